"""A mute says until when, and is gone by itself at its time or with the scan."""

from datetime import timedelta

from heimdall_desktop.application.store import Store
from heimdall_desktop.domain.facts.choices import AlertChoices
from heimdall_desktop.domain.facts.observation import Settled
from heimdall_desktop.presentation.board.card_words import mute_texts
from tests.fakes.board_scans import FakeTime, ScanStory

HOUR = timedelta(hours=1)


def test_a_mute_tells_its_end_and_is_gone_then() -> None:
    time = FakeTime()
    scan = ScanStory(Store(), time, "shop").run([30], 4).scan
    until = time.at + HOUR
    alerts = AlertChoices().with_mute(scan.id, until)
    clock = f"{until.astimezone():%H:%M}"
    assert mute_texts(alerts, scan, time.at) == (
        f"Muted until {clock}",
        f"until {clock}",
        clock,
    )
    assert mute_texts(alerts, scan, until - timedelta(seconds=1))[-1] == clock
    assert mute_texts(alerts, scan, until) == ()
    assert mute_texts(AlertChoices(), scan, time.at) == ()


def test_an_end_on_another_day_names_the_day() -> None:
    time = FakeTime()
    scan = ScanStory(Store(), time, "shop").run([30], 4).scan
    alerts = AlertChoices().with_mute(scan.id, time.at + 24 * HOUR)
    whole, _, short = mute_texts(alerts, scan, time.at)
    assert whole == f"Muted until 5 Jul {short}"


def test_a_mute_to_the_end_goes_with_the_end() -> None:
    time = FakeTime()
    scan = ScanStory(Store(), time, "shop").run([30], 4).scan
    alerts = AlertChoices().with_mute_to_the_end(scan.id)
    assert mute_texts(alerts, scan, time.at) == ("Muted until it ends", "Muted")
    scan.observe(Settled(scan.id, is_settled=True))
    assert mute_texts(alerts, scan, time.at) == ()
