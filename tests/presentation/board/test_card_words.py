"""The parts of a card: when its scan ended, unique names, tags."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.domain.facts.choices import AlertChoices
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.observation import Settled
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import server_url
from heimdall_desktop.presentation.board import card_words
from heimdall_desktop.presentation.time_text import day_text
from tests.fakes.board_scans import SERVER, FakeTime, ScanStory
from tests.fakes.findings import FOUND_AT, SCAN_ID


def test_success_has_a_moment_of_its_own() -> None:
    time = FakeTime()
    story = ScanStory(Store(), time, "shop").read("completed", began_s=90, ended_s=30)
    assert card_words.end_text(story.scan, time.at) == day_text(
        story.scan.completed_at or time.at, time.at
    )


def test_t37_other_ends_are_shown_by_the_last_change_as_about_then() -> None:
    time = FakeTime()
    story = ScanStory(Store(), time, "shop").read("failed", began_s=90)
    assert card_words.ended_at(story.scan) == story.scan.updated_at
    assert card_words.end_text(story.scan, time.at) == f"≈ {day_text(time.at, time.at)}"


def test_a_scan_no_one_has_read_has_no_end() -> None:
    scan = Scan(SCAN_ID, server_url("http://127.0.0.1:8080"))
    assert card_words.end_text(scan, FakeTime().at) == ""


# -- No two scans are called the same, and none is called more than it needs --


MINUTE = timedelta(minutes=1)


def scan(number: int, name: str, branch: str | None = None, at: datetime | None = None) -> Scan:
    scan_id = ScanId(f"{number:08x}-2f0e-4a0c-9a77-6a3c1b0d4e21")
    return Scan(scan_id, SERVER, repo_name=name, branch=branch, created_at=at)


def names(scans: Sequence[Scan]) -> list[str]:
    return list(card_words.scan_names(scans).names.values())


def test_a_scan_alone_with_its_name_has_just_that() -> None:
    scans = [scan(1, "shop", "main"), scan(2, "auth", "main", FOUND_AT)]
    assert names(scans) == ["shop", "auth"]
    assert card_words.scan_names(scans).marks == {}


def test_scans_of_one_name_differ_by_branch_or_id() -> None:
    scans = [
        scan(1, "slow", "develop"),
        scan(2, "slow", "main", FOUND_AT),
        scan(3, "slow", "main", FOUND_AT + MINUTE),
        scan(4, "slow"),
    ]
    assert names(scans) == ["slow (develop)", "slow 00000002", "slow 00000003", "slow 00000004"]
    assert list(card_words.scan_names(scans).marks.values()) == [
        *("develop", "00000002", "00000003", "00000004")
    ]


@pytest.mark.parametrize("length", [30, 60, 5000])
def test_a_long_name_is_cut_before_what_tells_it_apart(length: int) -> None:
    scans = [scan(number, "x" * length, f"branch-{number}") for number in (1, 2)]
    reported = names(scans)
    assert [name.rpartition(" ")[2] for name in reported] == ["(branch-1)", "(branch-2)"]
    assert all(len(name) <= max(card_words.NAME_LIMIT, 30 + 11) for name in reported)


def test_ids_that_begin_alike_are_shown_whole() -> None:
    one, other = scan(1, "slow"), scan(1, "slow")
    other.id = ScanId("00000001-ffff")
    assert names([one, other])[1] == "slow 00000001-ffff"


# -- A mute says until when, and is gone by itself at its time or with the scan --


HOUR = timedelta(hours=1)


def test_a_mute_shows_its_end_and_is_gone_then() -> None:
    time = FakeTime()
    scan = ScanStory(Store(), time, "shop").run([30], 4).scan
    until = time.at + HOUR
    alerts = AlertChoices().with_mute(scan.id, until)
    clock = f"{until.astimezone():%H:%M}"
    assert card_words.mute_texts(alerts, scan, time.at) == (
        f"Muted until {clock}",
        f"until {clock}",
        clock,
    )
    assert card_words.mute_texts(alerts, scan, until - timedelta(seconds=1))[-1] == clock
    assert card_words.mute_texts(alerts, scan, until) == ()
    assert card_words.mute_texts(AlertChoices(), scan, time.at) == ()


def test_an_end_on_another_day_names_the_day() -> None:
    time = FakeTime()
    scan = ScanStory(Store(), time, "shop").run([30], 4).scan
    alerts = AlertChoices().with_mute(scan.id, time.at + 24 * HOUR)
    minute = f"{time.at.astimezone():%H:%M}"
    texts = card_words.mute_texts(alerts, scan, time.at)
    assert texts == (f"Muted until 5 Jul {minute}", "until 5 Jul", "5 Jul")


def test_a_mute_of_its_repository_shows_the_later_end() -> None:
    time = FakeTime()
    scan = ScanStory(Store(), time, "shop").run([30], 4).scan
    assert scan.repo is not None
    until = time.at + HOUR
    alerts = AlertChoices().with_repo_mute(scan.repo, until)
    clock = f"{until.astimezone():%H:%M}"
    texts = card_words.mute_texts(alerts, scan, time.at)
    assert texts == (f"Repository muted until {clock}", f"until {clock}", clock)
    assert card_words.mute_texts(alerts, scan, until) == ()
    longer = alerts.with_mute(scan.id, until + HOUR)
    assert card_words.mute_texts(longer, scan, time.at)[0].startswith("Muted until ")
    to_the_end = alerts.with_mute(scan.id, None)
    assert card_words.mute_texts(to_the_end, scan, time.at)[0] == "Muted until it ends"
    scan.observe(Settled(scan.id, is_settled=True))
    assert card_words.mute_texts(to_the_end, scan, time.at) == texts


def test_a_mute_to_the_end_goes_with_the_end() -> None:
    time = FakeTime()
    scan = ScanStory(Store(), time, "shop").run([30], 4).scan
    alerts = AlertChoices().with_mute(scan.id, None)
    assert card_words.mute_texts(alerts, scan, time.at) == ("Muted until it ends", "Muted")
    scan.observe(Settled(scan.id, is_settled=True))
    assert card_words.mute_texts(alerts, scan, time.at) == ()


# -- Pins survive their text, and a damaged text is no pins. --


ONE, TWO = ScanId("one"), ScanId("two")


def test_they_come_back_in_their_order() -> None:
    pins = card_words.with_pin(card_words.with_pin((), TWO, is_pinned=True), ONE, is_pinned=True)
    assert card_words.read_pins(card_words.pins_text(pins)) == (TWO, ONE)
    assert card_words.with_pin(pins, TWO, is_pinned=False) == (ONE,)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"pinned": 3}', '{"other": ["one"]}', "[" * 100_000]
)
def test_a_damaged_text_is_none(text: str) -> None:
    assert card_words.read_pins(text) == ()


def test_only_names_count_and_each_once() -> None:
    assert card_words.read_pins('{"pinned": ["one", 4, null, "one", "two"]}') == (ONE, TWO)
