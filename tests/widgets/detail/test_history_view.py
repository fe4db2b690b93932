"""The history of a finding: read, empty, failed, and outrun by another finding."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QPushButton, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.facts.errors import HeimdallError, Reason, ServerUnreachable
from heimdall_desktop.domain.facts.finding import FindingEvent, Severity
from heimdall_desktop.domain.facts.readings import SeenChange, Watched
from heimdall_desktop.presentation.detail.finding_text import HistoryLine
from heimdall_desktop.widgets.detail import history_view
from heimdall_desktop.widgets.detail.head_parts import cwe_address
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.findings import FOUND_AT, finding_id, make_event, make_finding
from tests.fakes.hands import click, part
from tests.fakes.requests import RecordedRequests
from tests.widgets.conftest import Owned

LIMIT_MS = 30_000  # hundreds of entries, on a machine that may have other work
COMMENT = "<b>Seen</b>\nby the team."


Answer = tuple[FindingEvent, ...] | HeimdallError


class Shown:
    """A history whose requests a test answers."""

    def __init__(self, qtbot: QtBot) -> None:
        self.requests = RecordedRequests()
        self.view = history_view.HistoryView(self.requests)
        qtbot.addWidget(self.view)
        self.view.resize(400, 600)
        self.view.show()

    def read(self, answer: Answer, *changes: SeenChange) -> None:
        """Show a finding, request its history, and answer."""
        self.view.show_finding(make_finding(), changes)
        self.view.read()
        self.requests.answer(answer)

    @property
    def state(self) -> str:
        label = part(self.view, QLabel, "history-state")
        return "" if label.isHidden() else label.text()

    @property
    def entries(self) -> list[str]:
        rows = [
            row for row in self.view.findChildren(history_view.HistoryEntry) if not row.isHidden()
        ]
        return [part(row, QLabel, "change").text() for row in rows]


@pytest.fixture
def shown(theme: Theme, qtbot: QtBot) -> Shown:
    return Shown(qtbot)


def test_it_is_read_once_the_finding_stays(shown: Shown, qtbot: QtBot) -> None:
    for number in range(1, 6):
        shown.view.show_finding(make_finding(number))
    assert shown.state == "Loading history\u2026"
    qtbot.waitUntil(lambda: bool(shown.requests.asked))
    assert shown.requests.asked == [("events", finding_id(5))]


def test_entries_are_sorted_oldest_first_and_counted(shown: Shown, qtbot: QtBot) -> None:
    counts: list[int] = []
    shown.view.counted.connect(counts.append)
    shown.read((make_event(1), make_event(2, new_value="low")))
    assert counts == [-1, 2]
    assert shown.entries == ["Severity  high \u2192 medium", "Severity  high \u2192 low"]
    assert shown.state == ""


def test_a_flood_of_entries_is_cut_counted_and_shown_in_parts(shown: Shown, qtbot: QtBot) -> None:
    shown.read(tuple(make_event(number) for number in range(history_view.ENTRY_LIMIT + 7)))
    assert len(shown.entries) == history_view.ENTRIES_AT_ONCE
    qtbot.waitUntil(lambda: len(shown.entries) == history_view.ENTRY_LIMIT, timeout=LIMIT_MS)
    assert "7 older ones are left out" in shown.state
    shown.view.show_finding(make_finding(2))
    assert shown.entries == []


def test_says_when_there_are_no_entries(shown: Shown) -> None:
    shown.read(())
    assert shown.state == "No changes yet."
    assert part(shown.view, QPushButton, "history-again").isHidden()


def test_a_failure_is_explained_and_can_be_retried(shown: Shown) -> None:
    shown.read(ServerUnreachable(Reason.NOT_REACHABLE, host="h.test"))
    expected = "Couldn't load the history. Can't reach h.test. Check the address and the network."
    assert shown.state == expected
    click(part(shown.view, QPushButton, "history-again"))
    assert len(shown.requests.asked) == 2
    shown.requests.answer((make_event(),))
    assert shown.entries == ["Severity  high \u2192 medium"]
    assert part(shown.view, QPushButton, "history-again").isHidden()


def test_t56_a_failed_reading_is_retried_while_it_is_visible(shown: Shown) -> None:
    later = part(shown.view, QTimer, "history-later")
    shown.read(ServerUnreachable(Reason.ANSWER_TIMED_OUT, host="h.test"))
    assert later.isActive()
    shown.view.hide()
    later.timeout.emit()
    assert len(shown.requests.asked) == 1
    shown.view.show()
    later.timeout.emit()
    assert len(shown.requests.asked) == 2
    shown.requests.answer((make_event(),))
    assert not later.isActive()


def test_an_answer_for_the_finding_before_is_dropped(shown: Shown) -> None:
    shown.view.show_finding(make_finding(1))
    shown.view.read()
    shown.view.show_finding(make_finding(2))
    shown.requests.answer((make_event(),))
    assert shown.entries == []
    assert shown.state == "Loading history\u2026"


def test_a_changed_finding_keeps_entries_while_it_reloads(shown: Shown, qtbot: QtBot) -> None:
    shown.read((make_event(),))
    shown.view.show_finding(make_finding(title="New words"))
    assert len(shown.entries) == 1
    qtbot.waitUntil(lambda: len(shown.requests.asked) == 2)
    shown.requests.answer(ServerUnreachable(Reason.NOT_REACHABLE, host="h.test"))
    assert shown.state.endswith("The entries shown may be out of date.")
    assert len(shown.entries) == 1


def test_without_a_finding_nothing_is_requested(shown: Shown) -> None:
    shown.view.show_finding(make_finding())
    shown.view.show_finding(None)
    shown.view.read()
    assert shown.requests.asked == []


def test_seen_changes_are_listed_among_the_entries(shown: Shown, qtbot: QtBot) -> None:
    seen = SeenChange(Watched.CONFIDENCE, "medium", "high", FOUND_AT - timedelta(minutes=1))
    with qtbot.waitSignals([shown.view.counted, shown.view.events_read]):
        shown.read((make_event(1),), seen)
    assert shown.entries == ["Confidence  medium \u2192 high", "Severity  high \u2192 medium"]
    row = part(shown.view, history_view.HistoryEntry, "history-0")
    assert part(row, QLabel, "who").text() == "V\u00ed\u00f0arr, seen while watching"


def test_seen_changes_are_shown_without_the_server(shown: Shown, qtbot: QtBot) -> None:
    seen = SeenChange(Watched.SEVERITY, "high", "medium", FOUND_AT)
    counts: list[int] = []
    shown.view.counted.connect(counts.append)
    shown.read(ServerUnreachable(Reason.NOT_REACHABLE, host="h.test"), seen)
    assert counts == [-1, 1]
    assert shown.entries == ["Severity  high \u2192 medium"]
    assert shown.state.endswith("Changes seen while watching are shown below.")


def test_it_says_what_changed_when_and_why(owned: Owned) -> None:
    entry = owned(history_view.HistoryEntry())
    line = HistoryLine(FOUND_AT, "Severity", "high \u2192 medium", "A person, 5f0c7f0e", COMMENT)
    entry.show_line(line)
    assert part(entry, QLabel, "who").text() == "A person, 5f0c7f0e"
    assert part(entry, QLabel, "change").text() == "Severity  high \u2192 medium"
    assert "2026-07-04" in part(entry, QLabel, "moment").toolTip()
    assert part(part(entry, QWidget, "comment"), QTextEdit, "text").toPlainText() == COMMENT


def test_without_a_comment_there_is_no_room_for_one(owned: Owned) -> None:
    entry = owned(history_view.HistoryEntry())
    entry.show_line(HistoryLine(FOUND_AT, "Comment", "", "The server"))
    assert part(entry, QLabel, "change").text() == "Comment"
    assert entry.findChild(QWidget, "comment") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CWE-89: SQL injection", "https://cwe.mitre.org/data/definitions/89.html"),
        ("cwe-089", "https://cwe.mitre.org/data/definitions/89.html"),
        ("89", ""),
        ("javascript:alert(1)", ""),
        (None, ""),
    ],
)
def test_only_a_real_weakness_has_an_address(text: str | None, expected: str) -> None:
    assert cwe_address(make_finding(cwe_text=text)) == expected


def test_lines_are_in_order_even_if_the_server_swaps_them() -> None:
    assert history_view.line_range(make_finding(line_start=92, line_end=88)) == "88\u201392"
    assert history_view.line_range(make_finding(line_start=9, line_end=None)) == "9"


def test_fields_without_a_value_are_left_out() -> None:
    labels = [label for label, _ in history_view.field_rows(make_finding(), "payments-api")]
    assert "CVE" not in labels
    assert {"Fingerprint", "Finding ID", "Scan ID", "Repository ID", "Scan"} <= set(labels)


def test_fields_hold_the_servers_own_words() -> None:
    finding = make_finding(severity=Severity.OTHER, severity_text="apocalyptic", cve_id="CVE-1")
    rows = dict(history_view.field_rows(finding, ""))
    assert (rows["Severity"], rows["CVE"]) == ("apocalyptic", "CVE-1")
