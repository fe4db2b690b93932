"""Deciding by keys and buttons, against a real server: confirmed, refused, undone."""

import re
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6 import QtWidgets
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest

from heimdall_desktop.domain.comparison import Compared, ScanComparison, compare
from heimdall_desktop.domain.facts.choices import FindingsChoices
from heimdall_desktop.domain.facts.decision import Field, WriteState
from heimdall_desktop.domain.facts.errors import Reason, ServerUnreachable
from heimdall_desktop.domain.facts.finding import Finding, FindingId, ScanId, Severity
from heimdall_desktop.domain.facts.observation import FindingsListed
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.table.group import GroupBy
from heimdall_desktop.domain.table.order import COLUMNS, Column
from heimdall_desktop.models.rows_model import ROW_ROLE
from heimdall_desktop.widgets.board.board import Board
from heimdall_desktop.widgets.controls.buttons import StateButton
from heimdall_desktop.widgets.controls.chips import Chip
from heimdall_desktop.widgets.controls.dialog_frame import QuestionDialog
from heimdall_desktop.widgets.controls.problem_strip import ProblemStrip
from heimdall_desktop.widgets.detail.detail_tabs import DetailTabs
from heimdall_desktop.widgets.findings.findings_delegate import NOTE_PX, FindingsDelegate
from heimdall_desktop.widgets.look.theme import Theme
from heimdall_desktop.widgets.panel.comparison_list import ComparisonList
from heimdall_desktop.widgets.window.finding_dialogs import CommentDialog
from tests.fakes.decision_desk import MIRA, OLAF, deciding_server
from tests.fakes.hands import part
from tests.fakes.shown_window import DecidingWindow, deciding_window
from tests.lab.faults import Fault, Shape
from tests.lab.scripting import ScriptedScan
from tests.lab.server import LabServer

KEY, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton
SELECT_FIRST = "Select a finding first."
READ_ONLY = "Read-only: nothing is changed on the server."


@pytest.fixture(scope="module")
def server() -> Iterator[LabServer]:
    with deciding_server() as running:
        yield running


@pytest.fixture
async def shown(server: LabServer, theme: Theme) -> AsyncIterator[DecidingWindow]:
    async with deciding_window(server, MIRA) as made:
        made.press(KEY.Key_Home)
        yield made


def state_of(shown: DecidingWindow, finding_id: FindingId) -> WriteState | None:
    note = shown.desk.decisions.note(finding_id)
    return None if note is None else note.state


async def test_ten_findings_are_decided_with_ten_keys(shown: DecidingWindow) -> None:
    keys = [KEY.Key_C, KEY.Key_D, KEY.Key_F, KEY.Key_X, KEY.Key_C] * 2
    for number, key in enumerate(keys):
        assert shown.table.selected_id == shown.shown()[number]
        await shown.write(key)
    words = ["Confirmed", "Dismissed", "False positive", "Fixed", "Confirmed"] * 2
    assert shown.desk.on_server() == [word.lower().replace(" ", "_") for word in words]
    assert shown.said == [f"{word}, {place} of 10" for place, word in enumerate(words, 1)]
    assert len(shown.desk.decisions.to_undo) == 10


async def test_the_row_stays_against_the_filter_until_one_moves_on(shown: DecidingWindow) -> None:
    await shown.filter("status:open")
    first, second, third = shown.shown()[:3]
    shown.press(KEY.Key_D)
    assert state_of(shown, first) is WriteState.SENDING
    assert shown.table.selected_id == second
    await shown.until_quiet()
    assert state_of(shown, first) is WriteState.SAVED
    assert "Dismissed, Ctrl+Z" in shown.status_of(first)
    assert shown.shown()[:3] == [first, second, third]
    assert shown.strip_text() == ""
    await shown.write(KEY.Key_D)
    assert shown.shown()[:2] == [second, third]
    assert shown.table.selected_id == third
    shown.press(KEY.Key_Down)
    await shown.settle()
    assert third == shown.shown()[0]
    assert len(shown.shown()) == 8
    assert shown.strip_text() == ""


async def test_a_row_that_leaves_the_filter_after_its_decision_has_no_strip(
    shown: DecidingWindow,
) -> None:
    await shown.filter("status:open")
    first = shown.shown()[0]
    shown.press(KEY.Key_D)
    shown.press(KEY.Key_Down)
    assert state_of(shown, first) is WriteState.SENDING
    await shown.until_quiet()
    assert first not in shown.shown()
    assert shown.strip_text() == ""


async def test_a_refused_row_says_why_and_a_retry_saves_it(shown: DecidingWindow) -> None:
    first = shown.shown()[0]
    shown.desk.server.faults.add(Fault(Shape.ENVELOPE, "triage"))
    await shown.write(KEY.Key_C)
    assert "Not saved: error 500" in shown.status_of(first)
    assert shown.strip_text().startswith("One change wasn't saved: error 500.")
    assert shown.strip_text().endswith("Checked again: not changed.")
    assert shown.desk.shown() == shown.desk.on_server() == ["open"] * 10
    shown.press(KEY.Key_Down)
    assert state_of(shown, first) is WriteState.REFUSED
    QTest.mouseClick(shown.button("Show"), LEFT)
    assert shown.table.selected_id == first
    await shown.click(shown.button("Retry"))
    assert shown.desk.on_server()[0] == "confirmed"
    assert shown.strip_text() == ""


async def test_undo_twice_restores_both_and_says_so(shown: DecidingWindow) -> None:
    first, second = shown.shown()[:2]
    shown.press(KEY.Key_C)
    await shown.write(KEY.Key_D)
    titles = [shown.desk.row(each).title for each in (first, second)]
    assert shown.commands()["undo"].title == f"Undo: Dismissed: {titles[1]}"
    await shown.write(KEY.Key_Z, CONTROL)
    assert shown.strip_text() == f"Undone: Dismissed: {titles[1]}."
    assert shown.table.selected_id == second
    await shown.write(KEY.Key_Z, CONTROL)
    assert shown.strip_text() == f"Undone: Confirmed: {titles[0]}."
    assert shown.desk.shown() == shown.desk.on_server() == ["open"] * 10
    await shown.write(KEY.Key_Y, CONTROL)
    assert shown.desk.on_server()[0] == "confirmed"
    assert shown.strip_text() != ""
    await shown.write(KEY.Key_C)
    assert shown.strip_text() == ""


async def test_undo_and_redo_forge_no_verdict(server: LabServer, theme: Theme) -> None:
    rule: dict[str, Any] = {"source": "static", "confidence": "high", "agent_reasoning": "A match."}
    async with deciding_window(server, MIRA, findings=2, **rule) as shown:
        shown.press(KEY.Key_Home)
        verdict = part(shown.window.detail, QtWidgets.QLabel, "detail-verdict")
        for key in (KEY.Key_D, KEY.Key_Z, KEY.Key_Y, KEY.Key_Z):
            await shown.write(key, CONTROL if key != KEY.Key_D else Qt.KeyboardModifier.NoModifier)
            shown.press(KEY.Key_Home)
            await shown.settle()
            word = "Dismissed" if key in (KEY.Key_D, KEY.Key_Y) else "Unverified."
            assert verdict.text().startswith(word)
            news = part(shown.window.detail, ProblemStrip, "detail-news")
            assert not news.isVisible()  # it was done here


async def test_what_was_changed_from_elsewhere_is_asked_about(shown: DecidingWindow) -> None:
    first = shown.shown()[0]
    await shown.write(KEY.Key_C)
    olaf = shown.desk.account_of(OLAF)
    shown.desk.change_elsewhere(first, "dismissed", by=olaf)
    await shown.write(KEY.Key_Z, CONTROL)
    assert shown.strip_text() == (
        f"0 of 1 undone. Another account ({olaf[:8]}) changed it since then; it was left as it is."
    )
    assert shown.desk.on_server()[0] == shown.desk.shown()[0] == "dismissed"
    await shown.click(shown.button("Undo anyway"))
    assert shown.desk.on_server()[0] == shown.desk.shown()[0] == "open"


async def test_another_persons_change_comes_as_a_line_never_silently(shown: DecidingWindow) -> None:
    shown.press(KEY.Key_Down)
    shown.press(KEY.Key_Up)
    first = shown.shown()[0]
    await shown.write(KEY.Key_C)
    shown.press(KEY.Key_Up)
    await shown.settle()
    line = part(shown.window.detail, ProblemStrip, "detail-news")
    assert not line.isVisible()  # that was done here
    olaf = shown.desk.account_of(OLAF)
    shown.desk.change_elsewhere(first, "dismissed", by=olaf)
    await shown.desk.resync()
    await shown.settle()
    assert line.accessibleName() == "This was changed to Dismissed elsewhere. Was Confirmed."
    pages = next(iter(shown.window.detail.findChildren(DetailTabs)))
    pages.history.events_read.emit(await shown.desk.link.finding_events(first))
    who = f"Another account ({olaf[:8]})"
    assert line.accessibleName().startswith(f"{who} changed this to Dismissed at ")
    QTest.mouseClick(line.findChildren(QtWidgets.QPushButton)[-1], LEFT)
    tabs = part(shown.window.detail, QtWidgets.QTabBar, "detail-tabs")
    assert tabs.accessibleTabName(tabs.currentIndex()).startswith("History")
    shown.press(KEY.Key_Down)
    assert not line.isVisible()


async def test_buttons_of_the_detail_show_the_status_and_decide(shown: DecidingWindow) -> None:
    first = shown.shown()[0]
    shown.press(KEY.Key_Down)
    shown.press(KEY.Key_Up)
    confirm = part(shown.window.detail, StateButton, "triage-confirmed")
    assert (confirm.label, confirm.isChecked()) == ("Confirm", False)
    await shown.click(confirm)
    assert shown.desk.on_server()[0] == "confirmed"
    shown.press(KEY.Key_Up)
    await shown.settle()
    assert shown.window.detail.finding_id == first
    assert (confirm.label, confirm.isChecked()) == ("Confirmed", True)


async def test_the_severity_is_chosen_from_a_menu(shown: DecidingWindow) -> None:
    shown.press(KEY.Key_V)
    offered = {action.text(): action.isChecked() for action in shown.menu().actions()}
    assert offered == {"Critical": False, "High": True, "Medium": False, "Low": False}
    assert list(offered) == ["Critical", "High", "Medium", "Low"]
    await shown.choose("Low")
    assert shown.desk.on_server(Field.SEVERITY)[0] == "low"
    assert shown.said == ["Low, 1 of 10"]


async def test_a_comment_is_kept_until_the_server_has_it(shown: DecidingWindow) -> None:
    shown.press(KEY.Key_Down)
    shown.press(KEY.Key_M)
    dialog = part(shown.window, CommentDialog, "comment-dialog")
    send = part(dialog, QtWidgets.QPushButton, "comment-send")
    QTest.keyClicks(part(dialog, QtWidgets.QPlainTextEdit, "comment-text"), "seen in staging")
    shown.requests.asked.clear()
    shown.requests.waiting.clear()
    send.click()
    assert shown.requests.asked == [("comment", shown.window.detail.finding_id, "seen in staging")]
    assert not send.isEnabled()
    shown.requests.answer(ServerUnreachable(Reason.CONNECTION_REFUSED, host="127.0.0.1"))
    assert part(dialog, QtWidgets.QWidget, "error-words").isVisible()
    assert part(dialog, QtWidgets.QPlainTextEdit, "comment-text").toPlainText() == "seen in staging"
    send.click()
    shown.requests.answer(None)
    assert not dialog.isVisible()
    assert shown.said == ["Comment saved"]


async def test_the_menu_of_a_row_decides_too(shown: DecidingWindow) -> None:
    menu = shown.table.menu.make()
    next(each for each in menu.actions() if each.text().startswith("Dismiss")).trigger()
    menu.close()
    await shown.until_quiet()
    assert shown.desk.on_server()[0] == "dismissed"


def note_place(shown: DecidingWindow, finding_id: FindingId) -> QRectF:
    rect = shown.table.visualRect(shown.model.index(shown.model.row_of(finding_id) or 0, 0))
    delegate = shown.table.itemDelegate()
    assert isinstance(delegate, FindingsDelegate)
    place = delegate.note_rect(rect.top(), rect.height())
    assert place is not None
    return place


async def test_undo_is_a_word_in_the_row_wherever_there_is_a_place(shown: DecidingWindow) -> None:
    first, location = shown.shown()[0], COLUMNS.index(Column.LOCATION)

    async def click(place: QPoint) -> None:
        QTest.mouseClick(shown.table.viewport(), LEFT, pos=place)
        await shown.until_quiet()

    await shown.write(KEY.Key_D)
    await click(note_place(shown, first).center().toPoint())
    assert shown.desk.on_server() == ["open"] * 10
    off = {column for column in COLUMNS if column not in (*COLUMNS[:2], Column.LOCATION)}
    widths = {Column.LOCATION: 3 * NOTE_PX}
    state = shown.window.findings.table_state
    state.change(lambda layout: replace(layout, off=frozenset(off), widths_px=widths))
    shown.press(KEY.Key_Home)
    await shown.write(KEY.Key_D)
    place = note_place(shown, first)
    starts_px, width = shown.table.columnViewportPosition(location), place.width()
    assert NOTE_PX <= width <= shown.table.columnWidth(location) / 2
    assert place.right() == starts_px + shown.table.columnWidth(location)
    await click(QPoint(starts_px + 8, place.center().toPoint().y()))
    assert shown.desk.on_server()[0] == "dismissed"
    await click(place.center().toPoint())
    assert shown.desk.on_server() == ["open"] * 10


async def test_read_only_offers_no_decision_and_says_so(shown: DecidingWindow) -> None:
    shown.press(KEY.Key_Down)
    shown.press(KEY.Key_Up)
    await shown.set_read_only()
    for key in (KEY.Key_C, KEY.Key_D, KEY.Key_V):
        shown.press(key)
        assert shown.answer().startswith(READ_ONLY)
        shown.press(KEY.Key_J)
        assert shown.answer() == ""
    assert QtWidgets.QApplication.activePopupWidget() is None
    absent = {"set-confirmed", "severity", "undo", "redo", "comment", "explain-finding"}
    absent |= {"create-issue", "create-issues", "open-fix-request", "mark-patch-applied"}
    assert not shown.commands().keys() & absent
    assert not any("Confirm" in note.text for note in shown.window.commands.shortcuts())
    assert not part(shown.window.detail, StateButton, "triage-confirmed").isVisible()
    why = part(shown.window.detail, QtWidgets.QLabel, "triage-obstacle")
    assert why.isVisible()
    assert why.text() == READ_ONLY
    menu = shown.table.menu.make()
    offered = [each.text() for each in menu.actions()]
    assert not any(text.startswith(("Confirm", "Create issue")) for text in offered)
    menu.close()
    shown.press(KEY.Key_A, CONTROL)
    await shown.settle()
    assert shown.bar()[:2] == ["10 selected", READ_ONLY]
    await shown.write(KEY.Key_D)
    assert shown.desk.on_server() == ["open"] * 10
    await shown.set_read_only(is_on=False)
    await shown.click(shown.button("Confirm"))
    assert shown.desk.on_server() == ["confirmed"] * 10


async def test_fifty_selected_of_which_three_fail(server: LabServer, theme: Theme) -> None:
    async with deciding_window(server, MIRA, findings=50) as shown:
        shown.press(KEY.Key_Home)
        shown.press(KEY.Key_A, CONTROL)
        ids = shown.shown()
        for each in (ids[7], ids[20]):
            server.faults.add(Fault(Shape.ENVELOPE, "triage", path_part=each))
        server.faults.add(Fault(Shape.ENVELOPE, "triage", status=404, path_part=ids[33]))
        failed = {ids[7], ids[20], ids[33]}
        await shown.write(KEY.Key_D)
        assert shown.strip_text() == "47 done, 3 failed. 3 findings stay selected."
        reasons = part(shown.window, QtWidgets.QWidget, "decision-reasons").accessibleName()
        assert [line[:2] for line in reasons.splitlines()] == ["2 ", "1 "]
        assert shown.table.selection.ids == failed
        assert all(state_of(shown, each) is WriteState.REFUSED for each in failed)
        assert shown.desk.shown() == shown.desk.on_server()
        server.requests.reset()
        await shown.click(shown.button("Retry 3"))
        assert server.requests.by_kind["triage"] == 3
        assert shown.desk.on_server() == ["dismissed"] * 50
        assert shown.strip_text() == ""
        assert len(shown.desk.decisions.to_undo) == 1  # one action, however often it was tried
        await shown.write(KEY.Key_Z, CONTROL)
        assert shown.desk.shown() == shown.desk.on_server() == ["open"] * 50
        assert shown.bar()[0] == "Undone: Dismissed, 50 findings."
        await shown.click(shown.button("Redo"))
        assert shown.desk.on_server() == ["dismissed"] * 50


async def test_many_show_progress_and_can_be_called_off(server: LabServer, theme: Theme) -> None:
    async with deciding_window(server, MIRA, findings=40) as shown:
        shown.press(KEY.Key_Home)
        shown.press(KEY.Key_A, CONTROL)
        server.faults.add(Fault(Shape.LATE, "triage", delay_s=60.0, path_part=shown.shown()[30]))
        shown.press(KEY.Key_F)
        [run] = shown.desk.decisions.runs
        await shown.until(lambda: run.counts[WriteState.SAVED] >= 24)
        shown.window.triage.show_news()
        assert re.fullmatch(r"Marking \d+ of 40 as false positive", shown.bar()[0]), shown.bar()
        QTest.mouseClick(shown.button("Cancel"), LEFT)
        server.faults.clear()
        await shown.until_quiet()
        done = run.counts[WriteState.SAVED]
        assert shown.strip_text().startswith(f"{done} done, {40 - done} not sent.")
        assert len(shown.table.selection.ids) == 40 - done
        assert shown.desk.shown() == shown.desk.on_server()
        assert any(said.endswith("of 40 as false positive") for said in shown.said)


async def test_similar_findings_are_offered_never_written_by_it(shown: DecidingWindow) -> None:
    desk = shown.desk
    for number in (2, 4, 6):
        same = {"title": desk.row(desk.ids[0]).title, "file_path": desk.row(desk.ids[0]).file_path}
        desk.scripted.change_finding(desk.scripted.finding_ids[number], **same)
    await desk.resync()
    await shown.settle()
    shown.window.open_finding(desk.ids[0])
    shown.table.setFocus()
    await shown.write(KEY.Key_D)
    assert shown.bar()[0] == "3 similar findings"
    assert desk.on_server().count("dismissed") == 1
    await shown.click(shown.button("Dismiss all 3"))
    words = desk.on_server()
    assert [number for number, word in enumerate(words) if word == "dismissed"] == [0, 2, 4, 6]


@pytest.mark.parametrize(("key", "word"), [(KEY.Key_D, "Dismiss all 10"), (KEY.Key_C, "Confirm")])
async def test_many_are_confirmed_first_if_the_settings_say_so(
    shown: DecidingWindow, key: Qt.Key, word: str
) -> None:
    preferences = shown.window.session.requests.preferences
    preferences.change_setting("findings", FindingsChoices(confirm_from=10))
    await shown.write(KEY.Key_X)  # one needs no question
    assert shown.desk.on_server() == ["fixed", *["open"] * 9]
    shown.press(KEY.Key_A, CONTROL)
    for name, wanted in (("question-keep", False), ("question-do", True)):
        shown.window.activateWindow()
        QTest.qWaitForWindowActive(shown.window)
        shown.press(key)
        asked = part(shown.window, QuestionDialog, "question")
        assert asked.accessibleDescription().startswith("Apply this to 10 selected findings?")
        do = part(asked, QtWidgets.QPushButton, "question-do")
        assert do.accessibleName().startswith(word)
        await shown.click(part(asked, QtWidgets.QPushButton, name))
        await shown.until_quiet()
        assert ("open" not in shown.desk.on_server()) is wanted


async def test_only_what_passes_the_filter_is_written(shown: DecidingWindow) -> None:
    shown.press(KEY.Key_A, CONTROL)
    shown.desk.scripted.change_finding(shown.desk.scripted.finding_ids[0], severity="low")
    await shown.desk.resync()
    await shown.filter("sev:high")
    assert "1 more hidden" in shown.bar()[1]
    await shown.write(KEY.Key_X)
    assert shown.desk.on_server() == ["open", *["fixed"] * 9]
    assert shown.table.selection.ids == {shown.desk.ids[0]}
    shown.table.selection.choose_these(shown.desk.ids[1:])
    await shown.filter("sev:low")
    assert shown.shown() == [shown.desk.ids[0]]
    shown.table.setFocus()
    await shown.write(KEY.Key_D)
    assert shown.answer().startswith(SELECT_FIRST)
    assert shown.desk.on_server() == ["open", *["fixed"] * 9]


# -- which findings a command acts on: selection, filter, focus, Compare --


async def hide_first(shown: DecidingWindow) -> FindingId:
    """Select the first finding and filter it away, while the others stay."""
    first = shown.shown()[0]
    shown.press(KEY.Key_Down)
    shown.press(KEY.Key_Up)
    shown.desk.scripted.change_finding(shown.desk.scripted.finding_ids[0], severity="low")
    await shown.desk.resync()
    shown.press(KEY.Key_F, CONTROL)
    QTest.keyClicks(shown.window.findings.filter_field.edit, "sev:high")
    shown.press(KEY.Key_Return)
    await shown.settle()
    assert shown.table.hasFocus()
    assert first not in shown.shown()
    assert len(shown.shown()) == 9
    return first


def position(shown: DecidingWindow) -> str:
    return part(shown.window.detail, QtWidgets.QLabel, "detail-position").text()


@dataclass
class OtherScan:
    """A second scan of the same server, read into the store."""

    scripted: ScriptedScan
    rows: list[Finding]

    @property
    def id(self) -> ScanId:
        return ScanId(self.scripted.id)

    def on_server(self, shown: DecidingWindow) -> list[str]:
        found = shown.desk.server.database.findings_of(self.scripted.id)
        return [row.status for row in found]


async def add_scan(shown: DecidingWindow, findings: int = 3) -> OtherScan:
    desk = shown.desk
    scripted = desk.server.script_scan("shop", MIRA).run_until("hunt").add_findings(findings)
    other = OtherScan(scripted, [])
    desk.store.add(Scan(other.id, desk.link.url))
    listed = await desk.link.api.findings_page(other.id, 1)
    desk.store.observe(FindingsListed(other.id, time.monotonic(), listed.findings))
    await shown.settle()
    scan = desk.store.scan(other.id)
    assert scan is not None
    other.rows += scan.findings.values()
    assert len(other.rows) == findings
    return other


async def compare_with(shown: DecidingWindow, earlier: OtherScan) -> ComparisonList:
    """Compare the scan of the desk with an earlier one, and go to the first Fixed row."""
    desk, after = shown.desk, ScanId(shown.desk.scripted.id)
    fixed = [replace(row, fingerprint=row.id, file_path=row.id) for row in earlier.rows]
    known = compare(fixed, [desk.row(each) for each in desk.ids])
    kept = ScanComparison(earlier.id, after, known, is_whole=True, is_usual=True)
    desk.store.keep_comparison(kept)
    shown.window.panel.set_scope(after)
    shown.window.open_comparison()
    await shown.settle()
    return part(shown.window, ComparisonList, "comparison_list")


def click_compared(rows: ComparisonList, finding_id: FindingId) -> None:
    model = rows.model()
    for row in range(model.rowCount()):
        compared = model.index(row, 0).data(ROW_ROLE)
        if isinstance(compared, Compared) and compared.shown.id == finding_id:
            rows.scrollTo(model.index(row, 0))
            place = rows.visualRect(model.index(row, 0)).center()
            QTest.mouseClick(rows.viewport(), LEFT, pos=place)
            return
    raise AssertionError("not listed")


@pytest.mark.parametrize("key", [KEY.Key_C, KEY.Key_O, KEY.Key_V, KEY.Key_S, KEY.Key_M, KEY.Key_B])
async def test_a_row_hidden_by_the_filter_is_left_alone(shown: DecidingWindow, key: Qt.Key) -> None:
    first = await hide_first(shown)
    assert shown.window.detail.finding_id == first
    assert position(shown) == "Not in the list"
    await shown.write(key)
    assert shown.answer().startswith(SELECT_FIRST)
    assert QtWidgets.QApplication.activePopupWidget() is None
    assert shown.window.findChild(CommentDialog) is None
    assert not shown.desk.decisions.to_undo
    assert shown.desk.on_server() == ["open"] * 10
    shown.press(KEY.Key_J)
    await shown.write(KEY.Key_D)
    assert shown.answer() == ""
    assert shown.desk.on_server().count("dismissed") == 1


async def test_a_selected_row_of_another_scan_is_not_decided(shown: DecidingWindow) -> None:
    other = await add_scan(shown)
    shown.press(KEY.Key_Down)
    shown.window.scope.open_scan(other.id)
    await shown.settle()
    shown.table.setFocus()
    await shown.write(KEY.Key_C)
    assert shown.answer().startswith(SELECT_FIRST)
    assert shown.desk.on_server() == ["open"] * 10
    assert other.on_server(shown) == ["open"] * 3


async def test_the_detail_decides_its_hidden_finding_and_names_it(shown: DecidingWindow) -> None:
    first = await hide_first(shown)
    shown.window.detail.take_keyboard()
    await shown.write(KEY.Key_C)
    assert shown.desk.on_server() == ["confirmed", *["open"] * 9]
    assert shown.strip_text().startswith(f"Confirmed: {shown.desk.row(first).title}")
    assert shown.window.detail.finding_id == first
    news = part(shown.window.detail, ProblemStrip, "detail-news")
    assert not news.isVisible(), "it was changed here, not elsewhere"
    await shown.click(shown.button("Undo"))
    assert shown.desk.on_server() == ["open"] * 10


async def test_a_selected_row_is_scrolled_into_view(server: LabServer, theme: Theme) -> None:
    async with deciding_window(server, MIRA, findings=80) as shown:
        shown.press(KEY.Key_Home)
        first = shown.shown()[0]
        bar = shown.table.verticalScrollBar()
        bar.setValue(bar.maximum())
        assert not shown.table.sight.holds(0)
        shown.press(KEY.Key_C)
        assert shown.table.sight.holds(0)
        await shown.until_quiet()
        assert shown.desk.on_server()[shown.desk.ids.index(first)] == "confirmed"
        assert shown.desk.on_server().count("open") == 79
        assert shown.strip_text() == ""


async def test_a_fixed_row_of_compare_is_what_a_letter_decides(shown: DecidingWindow) -> None:
    earlier = await add_scan(shown)
    shown.press(KEY.Key_Home)
    selected = shown.table.selected_id
    rows = await compare_with(shown, earlier)
    rows.setFocus()
    shown.press(KEY.Key_Home)
    await shown.write(KEY.Key_C)
    assert shown.answer().startswith(SELECT_FIRST), "a head is no finding"
    assert not shown.desk.decisions.to_undo
    QTest.mouseClick(part(shown.window, QtWidgets.QPushButton, "comparison_filter"), LEFT)
    await shown.settle()
    filtered = shown.window.findings.filter_state.text
    assert filtered == "change:new,changed"
    fixed = earlier.rows[1].id
    click_compared(rows, fixed)
    await shown.settle()
    assert shown.window.findings.filter_state.text == filtered
    assert (shown.window.detail.finding_id, shown.table.selected_id) == (fixed, selected)
    assert shown.shown() == shown.desk.ids
    assert position(shown) == "Not in the list"
    assert rows.hasFocus()
    await shown.write(KEY.Key_D)
    assert sorted(earlier.on_server(shown)) == ["dismissed", "open", "open"]
    assert shown.desk.row(fixed).status_text == "dismissed"
    assert shown.desk.on_server() == ["open"] * 10
    assert shown.strip_text().startswith(f"Dismissed: {earlier.rows[1].title}")
    shown.window.detail.take_keyboard()
    await shown.write(KEY.Key_C)
    assert sorted(earlier.on_server(shown)) == ["confirmed", "open", "open"]
    shown.table.setFocus()
    await shown.write(KEY.Key_C)
    assert shown.desk.on_server() == ["confirmed", *["open"] * 9]


@pytest.mark.parametrize("is_in_detail", [True, False])
async def test_the_palette_acts_on_the_last_view(shown: DecidingWindow, is_in_detail: bool) -> None:
    first = await hide_first(shown)
    if is_in_detail:
        shown.window.detail.take_keyboard()
    shown.press(KEY.Key_K, CONTROL)
    assert shown.commands()["set-confirmed"].obstacle() == ("" if is_in_detail else SELECT_FIRST)
    field = part(shown.window, QtWidgets.QLineEdit, "palette-input")
    QTest.keyClicks(field, "confirm")
    QTest.keyClick(field, KEY.Key_Return)
    await shown.until_quiet()
    assert shown.desk.on_server() == ["confirmed" if is_in_detail else "open", *["open"] * 9]
    assert is_in_detail is (f"Confirmed: {shown.desk.row(first).title}" in shown.strip_text())


async def test_many_selected_rows_leave_the_detail_its_finding(shown: DecidingWindow) -> None:
    shown.press(KEY.Key_Down)
    open_id = shown.window.detail.finding_id
    shown.press(KEY.Key_A, CONTROL)
    assert open_id is not None
    number = shown.desk.ids.index(open_id)
    before, after = ["open"] * number, ["open"] * (9 - number)
    await shown.click(part(shown.window.detail, StateButton, "triage-confirmed"))
    assert shown.desk.on_server() == [*before, "confirmed", *after]
    shown.window.detail.take_keyboard()
    await shown.write(KEY.Key_X)
    assert shown.desk.on_server() == [*before, "fixed", *after]
    await shown.click(shown.button("Dismiss"))
    assert shown.desk.on_server() == ["dismissed"] * 10


async def test_the_only_row_of_a_closed_group_is_decided_at_its_head(shown: DecidingWindow) -> None:
    only = shown.desk.scripted.finding_ids[0]
    shown.desk.scripted.change_finding(only, file_path="only/here.py")
    await shown.desk.resync()
    shown.press(KEY.Key_Down)
    shown.model.group_by(GroupBy.FILE)
    shown.model.set_groups_open(are_open=False)
    await shown.settle()
    assert shown.shown() == []
    await shown.write(KEY.Key_C)
    assert shown.answer().startswith(SELECT_FIRST)
    assert shown.desk.on_server() == ["open"] * 10
    shown.window.open_finding(shown.desk.ids[0])
    shown.table.setFocus()
    shown.press(KEY.Key_Left)
    shown.press(KEY.Key_Left)
    await shown.settle()
    assert shown.desk.ids[0] not in shown.shown()
    await shown.write(KEY.Key_D)
    assert shown.desk.on_server() == ["dismissed", *["open"] * 9]
    assert shown.strip_text().startswith(f"Dismissed: {shown.desk.row(shown.desk.ids[0]).title}")


async def test_letters_are_text_while_the_palette_is_open(shown: DecidingWindow) -> None:
    shown.press(KEY.Key_K, CONTROL)
    shown.press(KEY.Key_K, CONTROL)
    for key in (KEY.Key_C, KEY.Key_O, KEY.Key_P, KEY.Key_Y):
        await shown.write(key)
    field = part(shown.window, QtWidgets.QLineEdit, "palette-input")
    assert (field.isVisible(), field.text()) == (True, "copy")
    assert shown.desk.on_server() == ["open"] * 10
    assert shown.model.frozen_at is None
    shown.press(KEY.Key_Escape)


@pytest.mark.parametrize("key", [KEY.Key_V, KEY.Key_S])
async def test_letters_do_nothing_under_an_open_menu(shown: DecidingWindow, key: Qt.Key) -> None:
    shown.press(key)
    menu = shown.menu()
    actions = shown.window.findChildren(QAction)
    dismissing = [action for action in actions if QKeySequence("D") in action.shortcuts()]
    assert dismissing
    for action in dismissing:
        action.trigger()  # what Qt does with a key that a menu doesn't take
    await shown.until_quiet()
    assert shown.desk.on_server() == ["open"] * 10
    assert shown.menu() is menu
    menu.close()


async def test_a_menu_decides_what_it_was_opened_for(shown: DecidingWindow) -> None:
    await shown.write(KEY.Key_D)
    shown.press(KEY.Key_Z, CONTROL)
    shown.press(KEY.Key_V)  # while the undo, which leads back to the first row, is being sent
    await shown.until_quiet()
    await shown.choose("Low")
    assert shown.desk.on_server() == ["open"] * 10
    assert shown.desk.on_server(Field.SEVERITY) == ["high", "low", *["high"] * 8]


async def test_cards_chips_and_panel_agree_while_a_decided_row_stays(shown: DecidingWindow) -> None:
    """The row that was just decided stays as it was, but it counts as what it has become."""
    board = part(shown.window, Board, "board").model
    scan_id = ScanId(shown.desk.scripted.id)
    chip = part(shown.window, Chip, "chip_high")

    def counts() -> tuple[int, str]:
        card = board.card(scan_id)
        assert card is not None
        return card.count_of(Severity.HIGH), chip.accessibleName()

    assert counts() == (10, "High, 10")
    for key, left in ((KEY.Key_X, 9), (KEY.Key_D, 8), (KEY.Key_C, 8)):
        await shown.write(key)
        assert counts() == (left, f"High, {left}")
    shown.press(KEY.Key_S)
    await shown.choose("In 1 hour")
    assert counts() == (7, "High, 7")
    card = board.card(scan_id)
    assert card is not None
    assert card.uncounted.endswith("Not counted here: 1 withdrawn, 1 fixed, 1 snoozed.")
