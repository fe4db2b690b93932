"""The detail pane as a whole: what it follows, and how fast it is."""

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTabBar, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.comparison import ScanComparison, compare
from heimdall_desktop.domain.facts import listed_rows, observation
from heimdall_desktop.domain.facts.finding import (
    Confidence,
    Finding,
    FindingStatus,
    Proof,
    ScanId,
    Severity,
)
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.presentation.labels import description_text
from heimdall_desktop.services import finding_rows
from heimdall_desktop.widgets.controls.buttons import OutlineButton
from heimdall_desktop.widgets.controls.pane import ScrollPage
from heimdall_desktop.widgets.controls.problem_strip import ProblemStrip
from heimdall_desktop.widgets.controls.text_labels import short_moment
from heimdall_desktop.widgets.controls.wrapped_label import WrappedLabel
from heimdall_desktop.widgets.detail.code_view import CodeView
from heimdall_desktop.widgets.detail.detail_tabs import Tab
from heimdall_desktop.widgets.findings.finding_menu import FindingCopies
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.findings import FOUND_AT, REPO_ID, SCAN_ID, finding_id, make_event, make_finding
from tests.fakes.hands import click, part, press
from tests.fakes.shown_detail import SERVER, ShownDetail

HOSTILE = "<h1>x</h1><img src='file:///etc/hostname'>\u202e" + "y" * 1_000_000


@pytest.fixture
def detail(theme: Theme, qtbot: QtBot) -> ShownDetail:
    return ShownDetail(qtbot)


def test_it_shows_the_finding_of_an_id_or_says_that_there_is_none(detail: ShownDetail) -> None:
    assert detail.pane.accessibleName() == "Finding detail"
    assert detail.empty_text == "No finding selected. Select a row to see its evidence."
    detail.read(1.0, make_finding(1), make_finding(2, title="Path traversal"))
    detail.pane.show_finding(finding_id(2))
    assert detail.title == "Path traversal"
    assert detail.empty_text == ""


def test_waits_for_a_finding_that_is_not_loaded_and_leaves_with_its_scan(
    detail: ShownDetail,
) -> None:
    detail.pane.show_finding(finding_id(7))
    assert detail.empty_text.startswith("This finding hasn't been loaded yet.")
    detail.read(1.0, make_finding(7, title="Late"))
    assert detail.title == "Late"
    assert detail.empty_text == ""
    detail.store.remove(SCAN_ID)
    detail.ticker.flush()
    assert detail.empty_text.startswith("Its scan is no longer watched.")
    assert detail.pane.finding_id is None


def test_it_follows_the_finding_in_place(detail: ShownDetail) -> None:
    detail.open(make_finding(1))
    withdrawn = make_finding(1, status=FindingStatus.FALSE_POSITIVE, title="Not so bad")
    detail.read(2.0, withdrawn, make_finding(2, title="Another"))
    assert detail.title == "Not so bad"
    assert part(detail.pane, QLabel, "detail-verdict").text().startswith("Withdrawn.")


def reading(number: int, **fields: Any) -> Finding:
    """Return a row of one finding; the higher the number, the newer it is."""
    created_at = FOUND_AT + timedelta(seconds=number)
    return make_finding(number, fingerprint="f", created_at=created_at, **fields)


def test_t09_the_newest_row_takes_over_as_scrolled(detail: ShownDetail, qtbot: QtBot) -> None:
    code = "\n".join(f"line {n}" for n in range(90))
    detail.read(1.0, reading(1, code_snippet=code))
    detail.pane.show_finding(finding_id(1))
    scroll = part(detail.pane, ScrollPage, "page-evidence")
    qtbot.waitUntil(lambda: scroll.verticalScrollBar().maximum() > 300)
    scroll.scroll_to(300)
    detail.store.observe(observation.FindingsListed(SCAN_ID, 2.0, (reading(2, code_snippet=code),)))
    assert detail.pane.finding_id == finding_id(2)  # asked before the detail.pane has heard of it
    detail.ticker.flush()
    assert detail.pane.finding_id == finding_id(2)
    assert part(detail.pane, QLabel, "repeats-fact").text() == "Found again."
    assert scroll.position_px == 300


def test_t09_links_show_the_current_state_of_other_rows(detail: ShownDetail) -> None:
    detail.read(1.0, reading(1), reading(2))
    detail.pane.show_finding(finding_id(2))
    link = part(detail.pane, QPushButton, "repeats-link-0")
    assert link.accessibleName().endswith(", Open")
    detail.read(2.0, reading(1, status=FindingStatus.DISMISSED))
    assert link.accessibleName().endswith(", Dismissed")
    detail.read(3.0, reading(1, title="Another"))
    assert link.isHidden()


def test_t09_a_link_opens_the_other_row_which_stays_open(detail: ShownDetail, qtbot: QtBot) -> None:
    detail.read(1.0, reading(1, description="Old words"), reading(2))
    detail.pane.show_finding(finding_id(2))
    with qtbot.waitSignal(detail.pane.finding_wanted) as caught:
        click(part(detail.pane, QPushButton, "repeats-link-0"))
    assert caught.args == [detail.pane.finding_id] == [finding_id(1)]
    assert part(detail.pane, QLabel, "repeats-fact").text() == "A repeat."
    detail.read(2.0, reading(3), reading(1, description="Other words"))
    assert detail.pane.finding_id == finding_id(1)


def test_t09_a_finding_of_another_scan_is_no_other_row(detail: ShownDetail) -> None:
    other = ScanId("another")
    detail.store.add(Scan(other, SERVER))
    detail.read(1.0, reading(1))
    detail.pane.show_finding(finding_id(1))
    detail.store.observe(observation.FindingsListed(other, 2.0, (reading(2, scan_id=other),)))
    detail.ticker.flush()
    assert detail.pane.finding_id == finding_id(1)
    assert part(detail.pane, QWidget, "detail-repeats").isHidden()


def test_its_fields_name_the_scan(detail: ShownDetail) -> None:
    detail.open(make_finding(1))
    part(detail.pane, QTabBar, "detail-tabs").setCurrentIndex(tuple(Tab).index(Tab.FIELDS))
    values = part(detail.pane, QWidget, "fields").findChildren(QTextEdit)
    assert "payments-api" in [value.toPlainText() for value in values]


def test_an_announced_finding_that_the_server_does_not_have_leaves(detail: ShownDetail) -> None:
    detail.open(make_finding(1, is_announced=True))
    detail.store.observe(observation.RowMissing(SCAN_ID, 2.0, finding_id(1)))
    detail.ticker.flush()
    assert detail.empty_text.startswith("The server doesn't have this finding.")


def test_its_head_names_the_scan_where_it_may_be_another(detail: ShownDetail) -> None:
    detail.open(make_finding(1))
    fact = part(detail.pane, QWidget, "fact-scan")
    assert fact.isHidden()
    detail.store.add(Scan(ScanId("another"), SERVER))
    detail.ticker.flush()
    assert not fact.isHidden()
    assert [label.text() for label in fact.findChildren(QLabel)][-1] == "payments-api"
    detail.store.remove(ScanId("another"))
    detail.ticker.flush()
    assert fact.isHidden()


def test_hostile_texts_are_shown_as_they_are(detail: ShownDetail) -> None:
    names = ["title", "description", "code_snippet", "suggested_patch", "agent_reasoning"]
    texts: dict[str, Any] = dict.fromkeys([*names, "cwe_text", "file_path"], HOSTILE)
    proof = Proof(HOSTILE, HOSTILE, HOSTILE, 1, HOSTILE, HOSTILE, HOSTILE)
    detail.open(make_finding(1, references=(HOSTILE,), proof=proof, **texts))
    assert detail.title.startswith("<h1>x</h1><img src='file:///etc/hostname'>\ufffdyyy")
    for label in detail.pane.findChildren(QLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText
    assert not detail.pane.grab().isNull()


def test_links_need_confirmation(detail: ShownDetail) -> None:
    detail.open(make_finding(1, cwe_text="CWE-89"))
    prompt = part(detail.pane, QWidget, "link-prompt")
    assert not prompt.isVisible()
    click(part(detail.pane, QPushButton, "fact-cwe-link"))
    assert prompt.isVisible()
    assert part(detail.pane, QLabel, "link-host").text() == "Open cwe.mitre.org in the browser?"
    detail.pane.show_finding(None)
    assert not prompt.isVisible()


def test_its_buttons_request_other_rows_and_close_it(detail: ShownDetail, qtbot: QtBot) -> None:
    detail.open(make_finding(1))
    detail.pane.set_position(2, 3)
    wanted = {
        "detail-previous": detail.pane.previous_wanted,
        "detail-next": detail.pane.next_wanted,
        "detail-close": detail.pane.closed,
    }
    for name, signal in wanted.items():
        with qtbot.waitSignal(signal):
            click(part(detail.pane, QPushButton, name))


def test_below_the_table_the_facts_are_left_of_the_tabs(detail: ShownDetail, qtbot: QtBot) -> None:
    detail.open(make_finding(1, description="Why.", code_snippet="x = 1"))
    detail.pane.resize(1066, 263)
    detail.pane.set_layout(Qt.Orientation.Horizontal)
    assert part(detail.pane, QWidget, "description-beside").isVisible()
    code = part(detail.pane, CodeView, "evidence-code")
    qtbot.waitUntil(lambda: code.mapTo(detail.pane, code.rect().topLeft()).x() > 390)
    detail.pane.resize(716, 263)  # where the facts are narrower
    qtbot.waitUntil(lambda: code.mapTo(detail.pane, code.rect().topLeft()).x() < 360)
    detail.pane.set_layout(Qt.Orientation.Vertical)
    assert not part(detail.pane, QWidget, "description-beside").isVisible()


@pytest.mark.parametrize("heights", [[221], [240], [263], [300], [221, 222], [400, 221]])
def test_below_the_table_no_line_of_the_head_is_cut_off(
    detail: ShownDetail, heights: list[int]
) -> None:
    detail.open(make_finding(1, title="GHSA-3f5g-7h9j-2m4p in tiny-yaml-reader 3.0.4"))
    detail.store.observe(observation.StageSeen(SCAN_ID, 5.0, FOUND_AT, "vidarr", "running", None))
    detail.ticker.flush()
    detail.pane.set_layout(Qt.Orientation.Horizontal)
    for height in heights:
        detail.pane.resize(700, height)
        for _ in range(3):  # a changed height is laid out from the inside out
            QApplication.processEvents()
    for name in ("detail-title", "detail-verdict"):
        shown = part(detail.pane, QWidget, name)
        assert shown.height() >= shown.heightForWidth(shown.width()), name


def test_the_verdict_uses_seen_changes_and_the_audit(detail: ShownDetail, qtbot: QtBot) -> None:
    later = FOUND_AT + timedelta(minutes=6)
    detail.open(make_finding(1))
    detail.read(2.0, make_finding(1, confidence=Confidence.HIGH, updated_at=later))
    verdict = part(detail.pane, QLabel, "detail-verdict")
    assert verdict.text().startswith("High confidence. Confidence medium")
    detail.store.observe(observation.StageSeen(SCAN_ID, 5.0, FOUND_AT, "vidarr", "running", None))
    detail.ticker.flush()
    assert verdict.text().startswith("Confirmed by V\u00ed\u00f0arr on 4 Jul")
    assert verdict.text().endswith("Confidence medium \u2192 high.")
    detail.read(3.0, make_finding(1, status=FindingStatus.FALSE_POSITIVE, updated_at=later))
    qtbot.waitUntil(lambda: bool(detail.requests.waiting))
    fields = {"event_type": "status_change", "old_value": "open", "new_value": "false_positive"}
    detail.requests.answer((make_event(1, **fields),))
    assert verdict.text().startswith("Withdrawn by a person on 4 Jul")


def test_the_page_is_opened_only_after_asking_and_without_a_token(detail: ShownDetail) -> None:
    detail.pane.open_page()
    assert not part(detail.pane, QWidget, "link-prompt").isVisible()
    detail.open(make_finding(1))
    detail.pane.open_page()
    host = part(detail.pane, QLabel, "link-host")
    assert host.text() == "Open heimdall.example.org in the browser?"
    page = f"https://heimdall.example.org/findings/{finding_id(1)}"
    assert part(detail.pane, QLabel, "link-address").text() == page


def test_a_local_finding_has_no_page_and_commands_say_why(detail: ShownDetail) -> None:
    scan = detail.store.scan(SCAN_ID)
    assert scan is not None
    detail.open(make_finding(1))
    copies = FindingCopies(detail.store)
    assert copies.why_no_page(make_finding(1)) == ""
    scan.is_local = True
    why = "Local scans are available only in this program."
    assert copies.why_no_page(make_finding(1)) == why
    detail.pane.open_page()
    assert not part(detail.pane, QWidget, "link-prompt").isVisible()


def test_a_low_pane_shortens_the_title_and_leaves_half_to_the_tabs(detail: ShownDetail) -> None:
    detail.open(make_finding(1, title="word " * 100))
    QApplication.processEvents()
    whole = part(detail.pane, QWidget, "detail-title").height()
    detail.pane.resize(416, 440)
    QApplication.processEvents()
    assert part(detail.pane, QWidget, "detail-title").height() < whole
    assert part(detail.pane, ScrollPage, "page-evidence").height() >= 215
    detail.pane.resize(416, 900)
    QApplication.processEvents()
    assert part(detail.pane, QWidget, "detail-title").height() == whole


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Tokyo"])
@pytest.mark.parametrize("year", ["0001", "1900", "1970", "2200", "9999"])
def test_a_finding_of_any_year_is_shown_whole(
    detail: ShownDetail, monkeypatch: pytest.MonkeyPatch, year: str, zone: str
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        moments = dict.fromkeys(("created_at", "updated_at"), f"{year}-01-01T00:00:00Z")
        row = {"id": finding_id(2), "scan_id": SCAN_ID, "title": "Odd", "code_snippet": "odd()"}
        odd = finding_rows.finding(json.dumps({"data": row | moments}).encode())
        detail.read(1.0, make_finding(1, code_snippet="sound()"), odd)
        detail.pane.show_finding(finding_id(1))
        detail.pane.show_finding(finding_id(2))
        assert detail.title == "Odd"
        assert part(detail.pane, CodeView, "evidence-code").text.toPlainText().strip() == "odd()"
        detail.pane.grab()  # each part paints its moments
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.fixture
def west(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A zone in which the first moment of the year 1 cannot be shown."""
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


UNSHOWABLE = datetime.min.replace(tzinfo=UTC)  # the wire lets none through; a defect may


@pytest.mark.usefixtures("west")
def test_a_finding_that_cannot_be_shown_leaves_nothing_of_the_one_before(
    detail: ShownDetail, caplog: pytest.LogCaptureFixture
) -> None:
    odd = make_finding(2, title="Odd", code_snippet="odd()", created_at=UNSHOWABLE)
    detail.read(1.0, make_finding(1, title="Sound", code_snippet="sound()"), odd)
    detail.pane.show_finding(finding_id(1))
    detail.pane.show_finding(finding_id(2))
    assert detail.empty_text == "This finding can't be shown. See its page on the server."
    assert not part(detail.pane, WrappedLabel, "detail-title").isVisible()
    assert not part(detail.pane, CodeView, "evidence-code").isVisible()
    assert detail.pane.shown is None
    (record,) = caplog.records
    assert record.message.startswith("can't show a finding:")
    assert "Odd" not in record.message
    detail.pane.show_finding(finding_id(1))
    assert (detail.title, detail.empty_text) == ("Sound", "")
    detail.read(2.0, replace(odd, created_at=FOUND_AT))
    detail.pane.show_finding(finding_id(2))
    assert (detail.title, detail.empty_text) == ("Odd", "")


@pytest.mark.usefixtures("west")
def test_a_part_not_shown_says_so(detail: ShownDetail, caplog: pytest.LogCaptureFixture) -> None:
    odd = make_finding(2, title="Odd", updated_at=UNSHOWABLE)
    detail.read(1.0, make_finding(1, title="Sound"), odd)
    detail.pane.show_finding(finding_id(1))
    part(detail.pane, QTabBar, "detail-tabs").setCurrentIndex(tuple(Tab).index(Tab.FIELDS))
    fields = part(detail.pane, QWidget, "fields")
    assert fields.isVisible()
    detail.pane.show_finding(finding_id(2))
    assert detail.title == "Odd"
    assert not fields.isVisible()
    page = part(detail.pane, ScrollPage, "page-fields")
    assert "This part can't be shown." in part(page, QWidget, "unreadable-part").accessibleName()
    (record,) = caplog.records
    assert record.message.startswith("can't show a part of a finding:")
    detail.pane.show_finding(finding_id(1))
    assert fields.isVisible()
    assert not part(page, QWidget, "unreadable-part").isVisible()


def test_loads_unkept_texts(detail: ShownDetail, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listed_rows, "LONG_BYTES", 0)
    whole = make_finding(1, description="All of it.")
    detail.read(1.0, whole)
    detail.pane.show_finding(whole.id)
    asked = ("texts", whole.id)
    assert detail.requests.asked.count(asked) == 1
    assert detail.pane.shown is not None
    assert description_text(detail.pane.shown).startswith(
        "The text of this finding is too long to keep in full. It is loaded when you open the "
        "finding."
    )
    detail.read(2.0, replace(whole, status=FindingStatus.CONFIRMED))
    assert detail.requests.asked.count(asked) == 1
    detail.store.room.opened.append(whole.id)
    detail.read(3.0, whole)
    assert detail.pane.shown == whole


EARLIER = ScanId("earlier")


def compared_news(detail: ShownDetail) -> ProblemStrip:
    """Add an earlier scan of the finding that is shown, and return the line of news."""
    earlier = Scan(EARLIER, SERVER, repo_name="payments-api")
    moments = (FOUND_AT, None, FOUND_AT, FOUND_AT)
    read = observation.ScanRead(EARLIER, 1.0, REPO_ID, "completed", None, None, *moments)
    earlier.observe(read)
    detail.requests.comparisons.others[EARLIER] = earlier
    detail.open(make_finding(1), make_finding(2, title="Other", fingerprint="f"))
    return part(detail.pane, ProblemStrip, "detail-news")


def keep_comparison(detail: ShownDetail, before: list[Finding], after: list[Finding]) -> None:
    found = compare(before, after)
    kept = ScanComparison(EARLIER, SCAN_ID, found, is_whole=True, is_usual=True)
    detail.store.keep_comparison(kept)
    detail.ticker.flush()


def test_it_says_how_the_finding_was_in_the_scan_before(detail: ShownDetail, qtbot: QtBot) -> None:
    news = compared_news(detail)
    assert not news.isVisible()
    low = make_finding(9, scan_id=EARLIER, severity=Severity.LOW, fingerprint=f"{1:064x}")
    rows = detail.store.scan(SCAN_ID)
    assert rows is not None
    keep_comparison(detail, [low], list(rows.findings.values()))
    at = short_moment(FOUND_AT)
    assert news.accessibleName() == f"It was low on {at} and is high here."
    assert [each.isVisible() for each in news.findChildren(OutlineButton)] == []
    detail.pane.show_finding(finding_id(2))
    assert news.accessibleName() == f"New: not found in the scan on {at}."
    detail.store.remove(SCAN_ID)
    detail.ticker.flush()
    assert not news.isVisible()


def test_the_row_of_a_watched_scan_before_is_a_step_away(detail: ShownDetail, qtbot: QtBot) -> None:
    news = compared_news(detail)
    wanted: list[str] = []
    detail.pane.finding_wanted.connect(wanted.append)
    detail.store.add(Scan(EARLIER, SERVER))
    low = make_finding(9, scan_id=EARLIER, severity=Severity.LOW, fingerprint=f"{1:064x}")
    detail.store.observe(observation.FindingsListed(EARLIER, 1.0, (low,)))
    keep_comparison(detail, [low], [make_finding(1)])
    press(news, "Show earlier")
    assert wanted == [low.id]
    assert detail.pane.finding_id == low.id
    assert not news.isVisible(), "the earlier one is compared with nothing"
