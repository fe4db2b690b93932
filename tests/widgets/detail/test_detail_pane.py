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

from heimdall_desktop.application.store import Store
from heimdall_desktop.domain.comparison import ScanComparison, compare
from heimdall_desktop.domain.facts import listed_rows
from heimdall_desktop.domain.facts.finding import (
    Confidence,
    Finding,
    FindingStatus,
    Proof,
    ScanId,
    Severity,
)
from heimdall_desktop.domain.facts.observation import (
    FindingsListed,
    RowMissing,
    ScanRead,
    StageSeen,
)
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.models.ticker import Ticker
from heimdall_desktop.presentation.labels import description_text
from heimdall_desktop.services import finding_rows
from heimdall_desktop.widgets.controls.buttons import OutlineButton
from heimdall_desktop.widgets.controls.labels import short_moment
from heimdall_desktop.widgets.controls.pane import ScrollPage
from heimdall_desktop.widgets.controls.problem_strip import ProblemStrip
from heimdall_desktop.widgets.controls.wrapped_label import WrappedLabel
from heimdall_desktop.widgets.detail.code_view import CodeView
from heimdall_desktop.widgets.detail.detail_pane import DetailPane
from heimdall_desktop.widgets.detail.detail_tabs import Tab
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.findings import FOUND_AT, REPO_ID, SCAN_ID, finding_id, make_event, make_finding
from tests.fakes.hands import click, part, press
from tests.fakes.requests import RecordedRequests

HOSTILE = "<h1>x</h1><img src='file:///etc/hostname'>\u202e" + "y" * 1_000_000


@pytest.fixture
def store() -> Store:
    store = Store()
    store.add(Scan(SCAN_ID, ServerUrl("https://heimdall.example.org"), repo_name="payments-api"))
    return store


@pytest.fixture
def ticker(store: Store, qapp: QApplication) -> Ticker:
    return Ticker(store)


@pytest.fixture
def pane(theme: Theme, store: Store, ticker: Ticker, qtbot: QtBot) -> DetailPane:
    pane = DetailPane(store, ticker, RecordedRequests())
    qtbot.addWidget(pane)
    pane.resize(416, 600)
    pane.show()
    return pane


def read(store: Store, ticker: Ticker, asked_at_s: float, *findings: Finding) -> None:
    """Let the store learn of findings, and the window of it."""
    store.observe(FindingsListed(SCAN_ID, asked_at_s, findings))
    ticker.flush()


def title(pane: DetailPane) -> str:
    return part(pane, WrappedLabel, "detail-title").text()


def empty_text(pane: DetailPane) -> str:
    block = part(pane, QWidget, "detail-empty")
    if not block.isVisible():
        return ""
    return " ".join(label.text() for label in block.findChildren(QLabel) if label.isVisible())


def test_it_is_named_for_assistive_technology(pane: DetailPane) -> None:
    assert pane.accessibleName() == "Finding detail"


def test_without_a_selection_it_says_so(pane: DetailPane) -> None:
    assert empty_text(pane) == "No finding selected. Select a row to see its evidence."


def test_it_shows_the_finding_of_an_id(pane: DetailPane, store: Store, ticker: Ticker) -> None:
    read(store, ticker, 1.0, make_finding(1), make_finding(2, title="Path traversal"))
    pane.show_finding(finding_id(2))
    assert title(pane) == "Path traversal"
    assert empty_text(pane) == ""


def test_a_finding_nobody_read_yet_is_waited_for(
    pane: DetailPane, store: Store, ticker: Ticker
) -> None:
    pane.show_finding(finding_id(7))
    assert empty_text(pane).startswith("This finding hasn't been loaded yet.")
    read(store, ticker, 1.0, make_finding(7, title="Late"))
    assert title(pane) == "Late"
    assert empty_text(pane) == ""


def test_it_follows_the_finding_in_place(pane: DetailPane, store: Store, ticker: Ticker) -> None:
    read(store, ticker, 1.0, make_finding(1))
    pane.show_finding(finding_id(1))
    withdrawn = make_finding(1, status=FindingStatus.FALSE_POSITIVE, title="Not so bad")
    read(store, ticker, 2.0, withdrawn, make_finding(2, title="Another"))
    assert title(pane) == "Not so bad"
    assert part(pane, QLabel, "detail-verdict").text().startswith("Withdrawn.")


def reading(number: int, **fields: Any) -> Finding:
    """Return a row of one finding; the higher the number, the newer it is."""
    created_at = FOUND_AT + timedelta(seconds=number)
    return make_finding(number, fingerprint="f", created_at=created_at, **fields)


def test_t09_the_newest_row_takes_over_scrolled_as_the_old_one_was(
    pane: DetailPane, store: Store, ticker: Ticker, qtbot: QtBot
) -> None:
    code = "\n".join(f"line {n}" for n in range(90))
    read(store, ticker, 1.0, reading(1, code_snippet=code))
    pane.show_finding(finding_id(1))
    scroll = part(pane, ScrollPage, "page-evidence")
    qtbot.waitUntil(lambda: scroll.verticalScrollBar().maximum() > 300)
    scroll.scroll_to(300)
    store.observe(FindingsListed(SCAN_ID, 2.0, (reading(2, code_snippet=code),)))
    assert pane.finding_id == finding_id(2)  # asked before the pane has heard of it
    ticker.flush()
    assert pane.finding_id == finding_id(2)
    assert part(pane, QLabel, "repeats-fact").text() == "Found again."
    assert scroll.position_px == 300


def test_t09_what_becomes_of_the_old_row_is_told_beside_the_newest(
    pane: DetailPane, store: Store, ticker: Ticker
) -> None:
    read(store, ticker, 1.0, reading(1), reading(2))
    pane.show_finding(finding_id(2))
    link = part(pane, QPushButton, "repeats-link-0")
    assert link.accessibleName().endswith(", Open")
    read(store, ticker, 2.0, reading(1, status=FindingStatus.DISMISSED))
    assert link.accessibleName().endswith(", Dismissed")
    read(store, ticker, 3.0, reading(1, title="Another"))
    assert link.isHidden()


def test_t09_a_link_opens_the_other_row_which_stays_open(
    pane: DetailPane, store: Store, ticker: Ticker, qtbot: QtBot
) -> None:
    read(store, ticker, 1.0, reading(1, description="Old words"), reading(2))
    pane.show_finding(finding_id(2))
    with qtbot.waitSignal(pane.finding_wanted) as caught:
        click(part(pane, QPushButton, "repeats-link-0"))
    assert caught.args == [pane.finding_id] == [finding_id(1)]
    assert part(pane, QLabel, "repeats-fact").text() == "A repeat."
    read(store, ticker, 2.0, reading(3), reading(1, description="Other words"))
    assert pane.finding_id == finding_id(1)


def test_t09_a_finding_of_another_scan_is_no_other_row(
    pane: DetailPane, store: Store, ticker: Ticker
) -> None:
    other = ScanId("another")
    store.add(Scan(other, ServerUrl("https://heimdall.example.org")))
    read(store, ticker, 1.0, reading(1))
    pane.show_finding(finding_id(1))
    store.observe(FindingsListed(other, 2.0, (reading(2, scan_id=other),)))
    ticker.flush()
    assert pane.finding_id == finding_id(1)
    assert part(pane, QWidget, "detail-repeats").isHidden()


def test_a_finding_leaves_with_its_scan(pane: DetailPane, store: Store, ticker: Ticker) -> None:
    read(store, ticker, 1.0, make_finding(1))
    pane.show_finding(finding_id(1))
    store.remove(SCAN_ID)
    ticker.flush()
    assert empty_text(pane).startswith("Its scan is no longer watched.")
    assert pane.finding_id is None


def test_its_fields_name_the_scan(pane: DetailPane, store: Store, ticker: Ticker) -> None:
    read(store, ticker, 1.0, make_finding(1))
    pane.show_finding(finding_id(1))
    part(pane, QTabBar, "detail-tabs").setCurrentIndex(tuple(Tab).index(Tab.FIELDS))
    values = part(pane, QWidget, "fields").findChildren(QTextEdit)
    assert "payments-api" in [value.toPlainText() for value in values]


def test_an_announced_finding_that_the_server_does_not_have_leaves(
    pane: DetailPane, store: Store, ticker: Ticker
) -> None:
    read(store, ticker, 1.0, make_finding(1, is_announced=True))
    pane.show_finding(finding_id(1))
    store.observe(RowMissing(SCAN_ID, 2.0, finding_id(1)))
    ticker.flush()
    assert empty_text(pane).startswith("The server doesn't have this finding.")


def test_its_head_names_the_scan_where_it_may_be_another(
    pane: DetailPane, store: Store, ticker: Ticker
) -> None:
    read(store, ticker, 1.0, make_finding(1))
    pane.show_finding(finding_id(1))
    fact = part(pane, QWidget, "fact-scan")
    assert fact.isHidden()
    store.add(Scan(ScanId("another"), ServerUrl("https://heimdall.example.org")))
    ticker.flush()
    assert not fact.isHidden()
    assert [label.text() for label in fact.findChildren(QLabel)][-1] == "payments-api"
    store.remove(ScanId("another"))
    ticker.flush()
    assert fact.isHidden()


def test_hostile_texts_are_shown_as_they_are(
    pane: DetailPane, store: Store, ticker: Ticker
) -> None:
    finding = make_finding(
        1,
        title=HOSTILE,
        description=HOSTILE,
        code_snippet=HOSTILE,
        suggested_patch=HOSTILE,
        agent_reasoning=HOSTILE,
        references=(HOSTILE,),
        cwe_text=HOSTILE,
        file_path=HOSTILE,
        proof=Proof(HOSTILE, HOSTILE, HOSTILE, 1, HOSTILE, HOSTILE, HOSTILE),
    )
    read(store, ticker, 1.0, finding)
    pane.show_finding(finding_id(1))
    assert title(pane).startswith("<h1>x</h1><img src='file:///etc/hostname'>\ufffdyyy")
    for label in pane.findChildren(QLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText
    assert not pane.grab().isNull()


def test_links_are_asked_for_in_the_pane(pane: DetailPane, store: Store, ticker: Ticker) -> None:
    read(store, ticker, 1.0, make_finding(1, cwe_text="CWE-89"))
    pane.show_finding(finding_id(1))
    prompt = part(pane, QWidget, "link-prompt")
    assert not prompt.isVisible()
    click(part(pane, QPushButton, "fact-cwe-link"))
    assert prompt.isVisible()
    assert part(pane, QLabel, "link-host").text() == "Open cwe.mitre.org in the browser?"
    pane.show_finding(None)
    assert not prompt.isVisible()


def test_it_asks_for_other_rows_and_to_go(
    pane: DetailPane, qtbot: QtBot, store: Store, ticker: Ticker
) -> None:
    read(store, ticker, 1.0, make_finding(1))
    pane.show_finding(finding_id(1))
    pane.set_position(2, 3)
    wanted = {
        "detail-previous": pane.previous_wanted,
        "detail-next": pane.next_wanted,
        "detail-close": pane.closed,
    }
    for name, signal in wanted.items():
        with qtbot.waitSignal(signal):
            click(part(pane, QPushButton, name))


def test_below_the_table_the_facts_lie_left_of_the_evidence(
    pane: DetailPane, store: Store, ticker: Ticker, qtbot: QtBot
) -> None:
    read(store, ticker, 1.0, make_finding(1, description="Why.", code_snippet="x = 1"))
    pane.show_finding(finding_id(1))
    pane.resize(1066, 263)
    pane.set_layout(Qt.Orientation.Horizontal)
    assert part(pane, QWidget, "description-beside").isVisible()
    code = part(pane, CodeView, "evidence-code")
    qtbot.waitUntil(lambda: code.mapTo(pane, code.rect().topLeft()).x() > 390)
    pane.set_layout(Qt.Orientation.Vertical)
    assert not part(pane, QWidget, "description-beside").isVisible()


def test_the_verdict_says_what_was_seen_and_what_the_audit_tells(
    theme: Theme, store: Store, ticker: Ticker, qtbot: QtBot
) -> None:
    requests = RecordedRequests()
    pane = DetailPane(store, ticker, requests)
    qtbot.addWidget(pane)
    later = FOUND_AT + timedelta(minutes=6)
    read(store, ticker, 1.0, make_finding(1))
    pane.show_finding(finding_id(1))
    read(store, ticker, 2.0, make_finding(1, confidence=Confidence.HIGH, updated_at=later))
    verdict = part(pane, QLabel, "detail-verdict")
    assert verdict.text().startswith("High confidence. Confidence medium")
    store.observe(StageSeen(SCAN_ID, 5.0, FOUND_AT, "vidarr", "running", None))
    ticker.flush()
    assert verdict.text().startswith("Confirmed by V\u00ed\u00f0arr on 4 Jul")
    assert verdict.text().endswith("Confidence medium \u2192 high.")
    withdrawn = make_finding(1, status=FindingStatus.FALSE_POSITIVE, updated_at=later)
    read(store, ticker, 3.0, withdrawn)
    qtbot.waitUntil(lambda: bool(requests.waiting))
    said = {"event_type": "status_change", "old_value": "open", "new_value": "false_positive"}
    requests.answer((make_event(1, **said),))
    assert verdict.text().startswith("Withdrawn by a person on 4 Jul")


def test_the_page_is_opened_only_after_asking_and_without_a_token(
    pane: DetailPane, store: Store, ticker: Ticker
) -> None:
    pane.open_page()
    assert not part(pane, QWidget, "link-prompt").isVisible()
    read(store, ticker, 1.0, make_finding(1))
    pane.show_finding(finding_id(1))
    pane.open_page()
    assert part(pane, QLabel, "link-host").text() == "Open heimdall.example.org in the browser?"
    page = f"https://heimdall.example.org/findings/{finding_id(1)}"
    assert part(pane, QLabel, "link-address").text() == page


def test_a_local_finding_has_no_page_and_commands_say_why(
    pane: DetailPane, store: Store, ticker: Ticker
) -> None:
    scan = store.scan(SCAN_ID)
    assert scan is not None
    read(store, ticker, 1.0, make_finding(1))
    pane.show_finding(finding_id(1))
    assert pane.page_obstacle(make_finding(1)) == ""
    scan.is_local = True
    assert pane.page_obstacle(make_finding(1)) == "Local scans are available only in this program."
    pane.open_page()
    assert not part(pane, QWidget, "link-prompt").isVisible()


def test_below_a_narrow_table_the_facts_give_way_to_the_tabs(
    pane: DetailPane, store: Store, ticker: Ticker, qtbot: QtBot
) -> None:
    read(store, ticker, 1.0, make_finding(1, description="Why."))
    pane.show_finding(finding_id(1))
    pane.set_layout(Qt.Orientation.Horizontal)
    tabs = part(pane, QTabBar, "detail-tabs")
    pane.resize(716, 263)
    qtbot.waitUntil(lambda: tabs.mapTo(pane, tabs.rect().topLeft()).x() < 340)
    pane.resize(1066, 263)
    qtbot.waitUntil(lambda: tabs.mapTo(pane, tabs.rect().topLeft()).x() > 390)


def test_a_low_pane_shortens_the_title_and_leaves_half_to_the_tabs(
    pane: DetailPane, store: Store, ticker: Ticker
) -> None:
    read(store, ticker, 1.0, make_finding(1, title="word " * 100))
    pane.show_finding(finding_id(1))
    QApplication.processEvents()
    whole = part(pane, QWidget, "detail-title").height()
    pane.resize(416, 440)
    QApplication.processEvents()
    assert part(pane, QWidget, "detail-title").height() < whole
    assert part(pane, ScrollPage, "page-evidence").height() >= 215
    pane.resize(416, 900)
    QApplication.processEvents()
    assert part(pane, QWidget, "detail-title").height() == whole


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Tokyo"])
@pytest.mark.parametrize("year", ["0001", "1900", "1970", "2200", "9999"])
def test_a_finding_of_any_year_is_shown_whole(
    pane: DetailPane,
    store: Store,
    ticker: Ticker,
    monkeypatch: pytest.MonkeyPatch,
    year: str,
    zone: str,
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        moments = dict.fromkeys(("created_at", "updated_at"), f"{year}-01-01T00:00:00Z")
        row = {"id": finding_id(2), "scan_id": SCAN_ID, "title": "Odd", "code_snippet": "odd()"}
        odd = finding_rows.finding(json.dumps({"data": row | moments}).encode())
        read(store, ticker, 1.0, make_finding(1, code_snippet="sound()"), odd)
        pane.show_finding(finding_id(1))
        pane.show_finding(finding_id(2))
        assert title(pane) == "Odd"
        assert part(pane, CodeView, "evidence-code").text.toPlainText().strip() == "odd()"
        pane.grab()  # each part paints its moments
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.fixture
def west(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A zone in which the first moment of the year 1 cannot be told."""
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


UNTELLABLE = datetime.min.replace(tzinfo=UTC)  # the wire lets none through; a defect may


@pytest.mark.usefixtures("west")
def test_a_finding_that_cannot_be_shown_leaves_nothing_of_the_one_before(
    pane: DetailPane, store: Store, ticker: Ticker, caplog: pytest.LogCaptureFixture
) -> None:
    odd = make_finding(2, title="Odd", code_snippet="odd()", created_at=UNTELLABLE)
    read(store, ticker, 1.0, make_finding(1, title="Sound", code_snippet="sound()"), odd)
    pane.show_finding(finding_id(1))
    pane.show_finding(finding_id(2))
    assert empty_text(pane) == "This finding can't be shown. See its page on the server."
    assert not part(pane, WrappedLabel, "detail-title").isVisible()
    assert not part(pane, CodeView, "evidence-code").isVisible()
    assert pane.shown is None
    (record,) = caplog.records
    assert record.message.startswith("can't show a finding:")
    assert "Odd" not in record.message
    pane.show_finding(finding_id(1))
    assert (title(pane), empty_text(pane)) == ("Sound", "")
    read(store, ticker, 2.0, replace(odd, created_at=FOUND_AT))
    pane.show_finding(finding_id(2))
    assert (title(pane), empty_text(pane)) == ("Odd", "")


@pytest.mark.usefixtures("west")
def test_a_part_that_cannot_be_shown_says_so_in_its_place(
    pane: DetailPane, store: Store, ticker: Ticker, caplog: pytest.LogCaptureFixture
) -> None:
    odd = make_finding(2, title="Odd", updated_at=UNTELLABLE)
    read(store, ticker, 1.0, make_finding(1, title="Sound"), odd)
    pane.show_finding(finding_id(1))
    bar = part(pane, QTabBar, "detail-tabs")
    bar.setCurrentIndex(tuple(Tab).index(Tab.FIELDS))
    fields = part(pane, QWidget, "fields")
    assert fields.isVisible()
    pane.show_finding(finding_id(2))
    assert title(pane) == "Odd"
    assert not fields.isVisible()
    page = part(pane, ScrollPage, "page-fields")
    assert "This part can't be shown." in part(page, QWidget, "unreadable-part").accessibleName()
    (record,) = caplog.records
    assert record.message.startswith("can't show a part of a finding:")
    pane.show_finding(finding_id(1))
    assert fields.isVisible()
    assert not part(page, QWidget, "unreadable-part").isVisible()


def test_texts_that_were_not_kept_are_asked_for_once_it_is_open(
    theme: Theme, store: Store, ticker: Ticker, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listed_rows, "LONG_BYTES", 0)
    requests = RecordedRequests()
    pane = DetailPane(store, ticker, requests)
    qtbot.addWidget(pane)
    whole = make_finding(1, description="All of it.")
    read(store, ticker, 1.0, whole)
    pane.show_finding(whole.id)
    asked = ("texts", whole.id)
    assert requests.asked.count(asked) == 1
    assert pane.shown is not None
    assert description_text(pane.shown).startswith(
        "The text of this finding is too long to keep in full. It is loaded when you open the "
        "finding."
    )
    read(store, ticker, 2.0, replace(whole, status=FindingStatus.CONFIRMED))
    assert requests.asked.count(asked) == 1
    store.room.opened.append(whole.id)
    read(store, ticker, 3.0, whole)
    assert pane.shown == whole


EARLIER = ScanId("earlier")


def compared_detail(store: Store, ticker: Ticker, qtbot: QtBot) -> tuple[DetailPane, ProblemStrip]:
    """Return a detail over a scan of which an earlier one is known, and its line of news."""
    earlier = Scan(EARLIER, ServerUrl("https://heimdall.example.org"), repo_name="payments-api")
    earlier.observe(
        ScanRead(EARLIER, 1.0, REPO_ID, "completed", None, None, FOUND_AT, None, FOUND_AT, FOUND_AT)
    )
    requests = RecordedRequests()
    requests.comparisons.others[EARLIER] = earlier
    pane = DetailPane(store, ticker, requests)
    qtbot.addWidget(pane)
    pane.resize(416, 600)
    pane.show()
    read(store, ticker, 1.0, make_finding(1), make_finding(2, title="Other", fingerprint="f"))
    pane.show_finding(finding_id(1))
    return pane, part(pane, ProblemStrip, "detail-news")


def test_it_says_how_the_finding_was_in_the_scan_before(
    theme: Theme, store: Store, ticker: Ticker, qtbot: QtBot
) -> None:
    pane, news = compared_detail(store, ticker, qtbot)
    assert not news.isVisible()
    low = make_finding(9, scan_id=EARLIER, severity=Severity.LOW, fingerprint=f"{1:064x}")
    rows = store.scan(SCAN_ID)
    assert rows is not None
    found = compare([low], rows.findings.values())
    store.keep_comparison(ScanComparison(EARLIER, SCAN_ID, found, is_whole=True, is_usual=True))
    ticker.flush()
    at = short_moment(FOUND_AT)
    assert news.accessibleName() == f"It was low on {at} and is high here."
    assert [each.isVisible() for each in news.findChildren(OutlineButton)] == []
    pane.show_finding(finding_id(2))
    assert news.accessibleName() == f"New: not found in the scan on {at}."
    store.remove(SCAN_ID)
    ticker.flush()
    assert not news.isVisible()


def test_its_row_of_the_scan_before_is_a_step_away_where_that_is_watched(
    theme: Theme, store: Store, ticker: Ticker, qtbot: QtBot
) -> None:
    pane, news = compared_detail(store, ticker, qtbot)
    wanted: list[str] = []
    pane.finding_wanted.connect(wanted.append)
    store.add(Scan(EARLIER, ServerUrl("https://heimdall.example.org")))
    low = make_finding(9, scan_id=EARLIER, severity=Severity.LOW, fingerprint=f"{1:064x}")
    store.observe(FindingsListed(EARLIER, 1.0, (low,)))
    found = compare([low], [make_finding(1)])
    store.keep_comparison(ScanComparison(EARLIER, SCAN_ID, found, is_whole=True, is_usual=True))
    ticker.flush()
    press(news, "Show earlier")
    assert wanted == [low.id]
    assert pane.finding_id == low.id
    assert not news.isVisible(), "the earlier one is compared with nothing"
