"""The history of a finding: read, empty, failed, and outrun by another finding."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QPushButton, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.facts.errors import Reason, ServerUnreachable
from heimdall_desktop.domain.facts.finding import Severity
from heimdall_desktop.domain.facts.readings import SeenChange, Watched
from heimdall_desktop.presentation.detail.finding_history import HistoryLine
from heimdall_desktop.widgets.detail.head_parts import cwe_address
from heimdall_desktop.widgets.detail.history_view import (
    ENTRIES_AT_ONCE,
    ENTRY_LIMIT,
    HistoryEntry,
    HistoryView,
    field_rows,
    line_range,
)
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.findings import FOUND_AT, finding_id, make_event, make_finding
from tests.fakes.hands import click, part
from tests.fakes.requests import RecordedRequests

LIMIT_MS = 30_000  # hundreds of entries, on a machine that may have other work
COMMENT = "<b>Seen</b>\nby the team."


@pytest.fixture
def requests() -> RecordedRequests:
    return RecordedRequests()


@pytest.fixture
def view(theme: Theme, requests: RecordedRequests, qtbot: QtBot) -> HistoryView:
    view = HistoryView(requests)
    qtbot.addWidget(view)
    view.resize(400, 600)
    view.show()
    return view


def state(view: HistoryView) -> str:
    label = part(view, QLabel, "history-state")
    return "" if label.isHidden() else label.text()


def entries(view: HistoryView) -> list[str]:
    rows = [row for row in view.findChildren(HistoryEntry) if not row.isHidden()]
    return [part(row, QLabel, "change").text() for row in rows]


def test_it_is_read_once_the_finding_stays(
    view: HistoryView, requests: RecordedRequests, qtbot: QtBot
) -> None:
    for number in range(1, 6):
        view.show_finding(make_finding(number))
    assert state(view) == "Loading history\u2026"
    qtbot.waitUntil(lambda: bool(requests.asked))
    assert requests.asked == [("events", finding_id(5))]


def test_entries_stand_oldest_first_and_are_counted(
    view: HistoryView, requests: RecordedRequests, qtbot: QtBot
) -> None:
    view.show_finding(make_finding())
    view.read()
    with qtbot.waitSignal(view.counted) as counted:
        requests.answer((make_event(1), make_event(2, new_value="low")))
    assert counted.args == [2]
    assert entries(view) == ["Severity  high \u2192 medium", "Severity  high \u2192 low"]
    assert state(view) == ""


def test_many_entries_come_a_few_at_a_time(
    view: HistoryView, requests: RecordedRequests, qtbot: QtBot
) -> None:
    view.show_finding(make_finding())
    view.read()
    requests.answer(tuple(make_event(number) for number in range(ENTRY_LIMIT)))
    assert len(entries(view)) == ENTRIES_AT_ONCE
    qtbot.waitUntil(lambda: len(entries(view)) == ENTRY_LIMIT, timeout=LIMIT_MS)
    view.show_finding(make_finding(2))
    assert entries(view) == []


def test_no_entries_is_a_fact(view: HistoryView, requests: RecordedRequests) -> None:
    view.show_finding(make_finding())
    view.read()
    requests.answer(())
    assert state(view) == "No changes yet."
    assert part(view, QPushButton, "history-again").isHidden()


def test_a_failure_says_why_and_can_be_tried_again(
    view: HistoryView, requests: RecordedRequests
) -> None:
    view.show_finding(make_finding())
    view.read()
    requests.answer(ServerUnreachable(Reason.NOT_REACHABLE, host="h.test"))
    expected = "Couldn't load the history. Can't reach h.test. Check the address and the network."
    assert state(view) == expected
    click(part(view, QPushButton, "history-again"))
    assert len(requests.asked) == 2
    requests.answer((make_event(),))
    assert entries(view) == ["Severity  high \u2192 medium"]
    assert part(view, QPushButton, "history-again").isHidden()


def test_t56_what_could_not_be_read_is_asked_for_again_while_it_is_looked_at(
    view: HistoryView, requests: RecordedRequests
) -> None:
    later = part(view, QTimer, "history-later")
    view.show_finding(make_finding())
    view.read()
    requests.answer(ServerUnreachable(Reason.ANSWER_TIMED_OUT, host="h.test"))
    assert later.isActive()
    view.hide()
    later.timeout.emit()
    assert len(requests.asked) == 1
    view.show()
    later.timeout.emit()
    assert len(requests.asked) == 2
    requests.answer((make_event(),))
    assert not later.isActive()


def test_an_answer_for_the_finding_before_is_dropped(
    view: HistoryView, requests: RecordedRequests
) -> None:
    view.show_finding(make_finding(1))
    view.read()
    view.show_finding(make_finding(2))
    requests.answer((make_event(),))
    assert entries(view) == []
    assert state(view) == "Loading history\u2026"


def test_a_changed_finding_keeps_its_entries_while_it_is_read_again(
    view: HistoryView, requests: RecordedRequests, qtbot: QtBot
) -> None:
    view.show_finding(make_finding())
    view.read()
    requests.answer((make_event(),))
    view.show_finding(make_finding(title="New words"))
    assert len(entries(view)) == 1
    qtbot.waitUntil(lambda: len(requests.asked) == 2)
    requests.answer(ServerUnreachable(Reason.NOT_REACHABLE, host="h.test"))
    assert state(view).endswith("The entries shown may be out of date.")
    assert len(entries(view)) == 1


def test_a_flood_of_entries_is_cut_and_counted(
    view: HistoryView, requests: RecordedRequests, qtbot: QtBot
) -> None:
    view.show_finding(make_finding())
    view.read()
    requests.answer(tuple(make_event(number) for number in range(ENTRY_LIMIT + 7)))
    qtbot.waitUntil(lambda: len(entries(view)) == ENTRY_LIMIT, timeout=LIMIT_MS)
    assert "7 older ones are left out" in state(view)


def test_without_a_finding_nothing_is_asked(view: HistoryView, requests: RecordedRequests) -> None:
    view.show_finding(make_finding())
    view.show_finding(None)
    view.read()
    assert requests.asked == []


def test_what_was_seen_to_change_stands_among_the_entries(
    view: HistoryView, requests: RecordedRequests, qtbot: QtBot
) -> None:
    seen = SeenChange(Watched.CONFIDENCE, "medium", "high", FOUND_AT - timedelta(minutes=1))
    view.show_finding(make_finding(), (seen,))
    view.read()
    with qtbot.waitSignals([view.counted, view.events_read]):
        requests.answer((make_event(1),))
    assert entries(view) == ["Confidence  medium \u2192 high", "Severity  high \u2192 medium"]
    row = part(view, HistoryEntry, "history-0")
    assert part(row, QLabel, "who").text() == "V\u00ed\u00f0arr, seen while watching"


def test_what_was_seen_is_shown_also_without_the_server(
    view: HistoryView, requests: RecordedRequests, qtbot: QtBot
) -> None:
    seen = SeenChange(Watched.SEVERITY, "high", "medium", FOUND_AT)
    view.show_finding(make_finding(), (seen,))
    view.read()
    with qtbot.waitSignal(view.counted) as counted:
        requests.answer(ServerUnreachable(Reason.NOT_REACHABLE, host="h.test"))
    assert counted.args == [1]
    assert entries(view) == ["Severity  high \u2192 medium"]
    assert state(view).endswith("Changes seen while watching are shown below.")


def test_it_says_what_changed_when_and_why(theme: Theme, qtbot: QtBot) -> None:
    entry = HistoryEntry()
    qtbot.addWidget(entry)
    line = HistoryLine(FOUND_AT, "Severity", "high \u2192 medium", "A person, 5f0c7f0e", COMMENT)
    entry.show_line(line)
    assert part(entry, QLabel, "who").text() == "A person, 5f0c7f0e"
    assert part(entry, QLabel, "change").text() == "Severity  high \u2192 medium"
    assert "2026-07-04" in part(entry, QLabel, "moment").toolTip()
    comment = part(part(entry, QWidget, "comment"), QTextEdit, "text")
    assert comment.toPlainText() == COMMENT


def test_without_a_comment_there_is_no_room_for_one(theme: Theme, qtbot: QtBot) -> None:
    entry = HistoryEntry()
    qtbot.addWidget(entry)
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


def test_lines_are_in_order_even_if_the_servers_are_not() -> None:
    assert line_range(make_finding(line_start=92, line_end=88)) == "88\u201392"
    assert line_range(make_finding(line_start=9, line_end=None)) == "9"


def test_fields_without_a_value_are_left_out() -> None:
    labels = [label for label, _ in field_rows(make_finding(), "payments-api")]
    assert "CVE" not in labels
    assert {"Fingerprint", "Finding ID", "Scan ID", "Repository ID", "Scan"} <= set(labels)


def test_fields_hold_the_servers_own_words() -> None:
    finding = make_finding(severity=Severity.OTHER, severity_text="apocalyptic", cve_id="CVE-1")
    rows = dict(field_rows(finding, ""))
    assert (rows["Severity"], rows["CVE"]) == ("apocalyptic", "CVE-1")
