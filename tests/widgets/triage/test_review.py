"""Proposed decisions in the window: shown, reviewed by keys, accepted as a list, and taken away."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from heimdall_desktop.application.memory.preferences import WindowMemory
from heimdall_desktop.application.requests import read_back, reasons
from heimdall_desktop.application.requests.proposal_requests import Overtaken
from heimdall_desktop.domain.facts.errors import Reason as Why
from heimdall_desktop.domain.facts.errors import ServerUnreachable
from heimdall_desktop.domain.facts.finding import Finding, FindingId, FindingStatus
from heimdall_desktop.domain.facts.observation import FindingsListed, ScanSource, SourceSeen
from heimdall_desktop.domain.facts.reason import Reason
from heimdall_desktop.domain.table.group import GroupBy
from heimdall_desktop.domain.table.order import COLUMNS, Column
from heimdall_desktop.local.rows import FindingId as LocalFindingId
from heimdall_desktop.models.cell_text import NOTE_ROLE
from heimdall_desktop.models.rows_model import ACCESSIBLE_ROLE
from heimdall_desktop.models.ticker import Ticker
from heimdall_desktop.presentation.window.command import Command
from heimdall_desktop.widgets.controls.problem_strip import ProblemStrip
from heimdall_desktop.widgets.controls.toggles import CheckBox
from heimdall_desktop.widgets.detail.detail_head import ProposalLine
from heimdall_desktop.widgets.detail.history_view import HistoryView
from heimdall_desktop.widgets.look.theme import Theme
from heimdall_desktop.widgets.triage.review import AcceptDialog
from heimdall_desktop.widgets.window.main_window import MainWindow
from tests.fakes.controller_desk import (
    EMAIL,
    ControllerDesk,
    decide_elsewhere,
    idle_server,
    signed_in_desk,
)
from tests.fakes.findings import make_finding
from tests.fakes.hands import click, part, press
from tests.fakes.proposals import make_earlier, make_proposal, proposals_for
from tests.fakes.shown_window import ShownWindow, undo_lines, undo_sheet
from tests.fakes.waiting import until
from tests.lab.faults import Fault, Shape
from tests.lab.scripting import ScriptedScan
from tests.lab.server import LabServer

KEY, SHIFT = Qt.Key, Qt.KeyboardModifier.ShiftModifier
READ_ONLY = "Read-only: nothing is changed on the server."
COUNT = 8  # findings of the scan; the first six have proposals


@pytest.fixture
def shown(theme: Theme) -> Iterator[ShownWindow]:
    made = ShownWindow().show()
    made.watch("payments-api")
    rows = tuple(
        make_finding(n, scan_id=made.id("payments-api"), title=f"Finding {n}", line_start=n)
        for n in range(1, COUNT + 1)
    )
    story = made.stories["payments-api"]
    made.store.observe(FindingsListed(story.scan.id, story.asked_s(), rows))
    made.ticker.flush()
    propose(made, probable=(4, 5))
    made.findings.table.setFocus()
    yield made
    made.close()


def rows_of(shown: ShownWindow) -> list[Finding]:
    return list(shown.stories["payments-api"].scan.findings.values())


def propose(shown: ShownWindow, count: int = 6, probable: tuple[int, ...] = ()) -> None:
    scan_id = shown.id("payments-api")
    shown.store.keep_proposals(scan_id, proposals_for(rows_of(shown)[:count], probable))
    shown.ticker.flush()


def withdraw(shown: ShownWindow, *finding_ids: FindingId) -> None:
    """Propose nothing for some findings any longer."""
    scan_id = shown.id("payments-api")
    known = shown.store.proposals.known.of_scan(scan_id)
    left = {key: each for key, each in known.items() if key not in finding_ids}
    shown.store.keep_proposals(scan_id, left)
    shown.ticker.flush()


def bar(shown: ShownWindow) -> str:
    strip = shown.findings.proposals
    return strip.accessibleName() if strip.isVisible() else ""


def buttons(shown: ShownWindow) -> list[str]:
    found = shown.findings.proposals.findChildren(QPushButton)
    return [each.accessibleName() for each in found if each.isVisible()]


def listed(shown: ShownWindow) -> list[str]:
    model = shown.findings.model
    rows = [model.finding_at(row) for row in range(model.rowCount())]
    return [row.title for row in rows if row is not None]


def command(shown: ShownWindow, command_id: str) -> Command:
    return next(each for each in shown.window.commands.keyed() if each.id == command_id)


def notes(shown: ShownWindow) -> list[str]:
    """Return the longest form of what each row says in place of its status."""
    model, column = shown.findings.model, COLUMNS.index(Column.STATUS)
    found = [model.index(row, column).data(NOTE_ROLE) for row in range(model.rowCount())]
    return ["" if note is None else note.texts[0] for note in found]


# -- the bar and the filter --


def test_the_bar_leads_to_the_proposals_and_back(shown: ShownWindow) -> None:
    shown.findings.filter_state.set_text("sev:high")
    assert bar(shown) == "6 findings were decided before. 4 certain, 2 probable."
    press(shown.findings.proposals, "Review")
    assert shown.findings.filter_state.text == "proposed:any"
    assert listed(shown) == [f"Finding {n}" for n in range(1, 7)]
    assert shown.findings.table.selected_id == rows_of(shown)[0].id
    assert bar(shown) == "0 of 6 reviewed. 4 certain, 2 probable."
    assert buttons(shown) == ["Accept all…", "Close"]
    withdraw(shown, rows_of(shown)[0].id, rows_of(shown)[5].id)
    assert bar(shown) == "2 of 6 reviewed. 3 certain, 1 probable."
    press(shown.findings.proposals, "Close")
    assert shown.findings.filter_state.text == "sev:high"
    assert len(listed(shown)) == COUNT
    assert bar(shown) == "4 findings were decided before. 3 certain, 1 probable."


def test_the_bar_can_wait_until_there_is_more(shown: ShownWindow) -> None:
    press(shown.findings.proposals, "Later")
    assert bar(shown) == ""
    withdraw(shown, rows_of(shown)[0].id)
    assert bar(shown) == ""
    propose(shown, 7)
    assert bar(shown).startswith("7 findings")
    press(shown.findings.proposals, "Later")
    command(shown, "review-proposals").act()
    assert bar(shown).startswith("0 of 7 reviewed")


def test_a_worse_problem_is_shown_before_the_bar(shown: ShownWindow) -> None:
    shown.window.show_error(ServerUnreachable(Why.NAME_NOT_FOUND, host="x"))
    assert bar(shown) == ""
    strips = [each for each in shown.window.findChildren(ProblemStrip) if each.isVisible()]
    assert len(strips) == 1


def test_after_the_last_one_the_empty_table_says_so(shown: ShownWindow) -> None:
    press(shown.findings.proposals, "Review")
    withdraw(shown, *(row.id for row in rows_of(shown)))
    assert listed(shown) == []
    assert "All proposed decisions are reviewed." in shown.texts(shown.findings)
    assert bar(shown) == "6 of 6 reviewed."
    assert buttons(shown) == ["Close"]


def test_the_filter_tells_certain_and_probable_apart(shown: ShownWindow) -> None:
    for text, titles in {
        "proposed:certain": ["Finding 1", "Finding 2", "Finding 3", "Finding 4"],
        "proposed:probable": ["Finding 5", "Finding 6"],
        "proposed:certain,probable -title:1": [f"Finding {n}" for n in range(2, 7)],
        "-proposed:any": ["Finding 7", "Finding 8"],
    }.items():
        shown.findings.filter_state.set_text(text)
        assert listed(shown) == titles, text


def test_a_chip_filters_by_proposals(shown: ShownWindow) -> None:
    chip = part(shown.findings, QPushButton, "chip_proposed")
    assert chip.accessibleName() == "Decided before, 6"
    chip.click()
    assert shown.findings.filter_state.text == "proposed:any"
    shown.findings.filter_state.set_text("proposed:prob")
    assert chip.accessibleName() == "Decided before: Probable, 6"
    chip.click()
    assert shown.findings.filter_state.text == ""


def test_another_scope_has_its_own_bar(shown: ShownWindow) -> None:
    other = shown.watch("web-shop")
    press(shown.findings.proposals, "Review")
    shown.findings.set_scope(other)
    assert bar(shown) == ""
    shown.findings.set_scope(shown.id("payments-api"))
    assert bar(shown).startswith("0 of 6 reviewed")


# -- rows --


def test_rows_and_groups_say_what_was_decided(shown: ShownWindow) -> None:
    assert notes(shown) == [
        *["Dismissed on 3 Jun here: test code"] * 4,
        *["Probably: dismissed on 3 Jun here: test code"] * 2,
        *["", ""],
    ]
    model = shown.findings.model
    sentence = model.index(4, 0).data(ACCESSIBLE_ROLE)
    assert "Probably: dismissed on 3 Jun here: test code." in sentence
    model.group_by(GroupBy.FILE)
    assert "6 decided before." in model.index(0, 0).data(ACCESSIBLE_ROLE)
    withdraw(shown, rows_of(shown)[0].id)
    assert "5 decided before." in model.index(0, 0).data(ACCESSIBLE_ROLE)


def test_a_reason_that_arrives_is_shown_without_another_filtering(shown: ShownWindow) -> None:
    scan_id, (first, *_) = shown.id("payments-api"), rows_of(shown)
    reading = make_proposal(first.id, reason=None, earlier=make_earlier(at=None, is_reading=True))
    shown.store.keep_proposals(scan_id, {first.id: reading})
    shown.findings.filter_state.set_text("proposed:any")
    before = shown.findings.filter_state.filter
    assert notes(shown) == ["Dismissed in the scan of 2 Jun: loading reason"]
    read = make_proposal(first.id, reason=Reason.NOT_REACHABLE)
    shown.store.keep_proposals(scan_id, {first.id: read})
    shown.ticker.flush()
    assert notes(shown) == ["Dismissed on 3 Jun here: not reachable"]
    assert shown.findings.filter_state.filter is before


def test_while_presenting_texts_and_titles_are_masked(shown: ShownWindow) -> None:
    first = rows_of(shown)[0].id
    texts = {first: make_proposal(first, text="in the vault of mira")}
    shown.store.keep_proposals(shown.id("payments-api"), texts)
    shown.requests.preferences.change_setting("privacy.is_presenting", True)
    shown.store.present(is_on=True)
    shown.window.present(is_on=True)
    shown.ticker.flush()
    assert notes(shown)[0] == "Dismissed on 3 Jun here: test code"
    command(shown, "accept-all-proposals").act()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, AcceptDialog)
    texts_shown = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "vault" not in texts_shown
    assert "Finding 1" not in texts_shown
    dialog.close()


# -- keys --


def test_keys_accept_and_reject_the_row_and_move_on(shown: ShownWindow) -> None:
    press(shown.findings.proposals, "Review")
    first, second, third, *_ = (row.id for row in rows_of(shown))
    shown.press(KEY.Key_A)
    assert shown.asked("accept") == [((first,),)]
    assert shown.findings.table.selected_id == second
    shown.press(KEY.Key_R)
    assert shown.asked("reject") == [((second,),)]
    assert shown.findings.table.selected_id == third


def test_a_key_without_a_proposal_says_why(shown: ShownWindow) -> None:
    shown.findings.table.selection.clear()
    shown.window.close_detail()
    shown.press(KEY.Key_End)
    shown.press(KEY.Key_A)
    assert shown.strips()[0] == "No decision is proposed for this finding."
    scan = shown.stories["payments-api"].scan
    shown.store.observe(SourceSeen(scan.id, shown.time.clock(), ScanSource.STREAM))
    assert scan.is_stream_only
    shown.press(KEY.Key_R)
    assert shown.strips()[0].endswith("so earlier decisions are unknown.")
    assert not shown.asked("accept")
    assert not shown.asked("reject")


def test_a_selection_of_one_kind_is_accepted_and_a_mixed_one_is_asked_about(
    shown: ShownWindow,
) -> None:
    shown.press(KEY.Key_Home)
    shown.press(KEY.Key_Down, SHIFT)
    shown.press(KEY.Key_A)
    assert shown.strips()[0] == "Select a single finding first."
    shown.press(KEY.Key_A, SHIFT)
    first, second, *_ = (row.id for row in rows_of(shown))
    assert shown.asked("accept") == [((first, second),)]

    shown.findings.table.selectAll()
    shown.press(KEY.Key_A, SHIFT)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, AcceptDialog)
    assert part(dialog, CheckBox, "accept-certain").isChecked()
    assert not part(dialog, CheckBox, "accept-probable").isChecked()
    click(part(dialog, QPushButton, "accept-do"))
    assert shown.asked("accept")[1:] == [(tuple(row.id for row in rows_of(shown)[:4]),)]


def test_in_read_only_mode_proposals_are_shown_but_not_accepted(shown: ShownWindow) -> None:
    shown.requests.decisions._is_read_only = lambda: True
    press(shown.findings.proposals, "Review")
    assert bar(shown) == f"0 of 6 reviewed. 4 certain, 2 probable. {READ_ONLY}"
    assert buttons(shown) == ["Close"]
    shown.press(KEY.Key_A)
    assert shown.strips()[0] == READ_ONLY
    assert not shown.asked("accept")
    allowed = {each.id for each in shown.window.commands.commands()}
    assert not allowed & {"accept-proposal", "accept-all-proposals", "accept-selected-proposals"}
    shown.press(KEY.Key_R)
    assert shown.asked("reject") == [((rows_of(shown)[0].id,),)]


# -- accepting all --


def test_all_are_accepted_after_a_list_with_the_least_certain_first(shown: ShownWindow) -> None:
    press(shown.findings.proposals, "Review")
    press(shown.findings.proposals, "Accept all…")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, AcceptDialog)
    certain = part(dialog, CheckBox, "accept-certain")
    assert certain.accessibleDescription() == "4 dismissed"
    titles = [part(dialog, QLabel, f"accept-title-{n}").text() for n in range(6)]
    assert set(titles[:2]) == {"Finding 5", "Finding 6"}
    why = part(dialog, QLabel, "accept-why-0").text()
    assert why.startswith("Probably: dismissed on 3 Jun here: test code. The language model")
    do = part(dialog, QPushButton, "accept-do")
    assert do.accessibleName() == "Accept 4"
    certain.setChecked(False)
    assert not do.isEnabled()
    part(dialog, CheckBox, "accept-probable").setChecked(True)
    withdraw(shown, rows_of(shown)[5].id)  # decided elsewhere while the list is open
    click(do)
    assert shown.asked("accept") == [((rows_of(shown)[4].id,),)]


# -- the detail --


def test_the_detail_shows_the_proposal_with_its_buttons(shown: ShownWindow) -> None:
    row = rows_of(shown)[4]
    shown.window.open_finding(row.id)
    line = part(shown.detail, ProposalLine, "detail-proposal")
    assert line.isVisible()
    assert line.accessibleName().startswith("Probably: dismissed on 3 Jun here: test code. The")
    click(part(shown.detail, QPushButton, "proposal-accept"))
    assert shown.asked("accept") == [((row.id,),)]
    shown.window.open_finding(row.id)
    click(part(shown.detail, QPushButton, "proposal-reject"))
    assert shown.asked("reject") == [((row.id,),)]
    withdraw(shown, row.id)
    shown.window.open_finding(row.id)
    assert not line.isVisible()


def test_the_history_marks_the_earlier_decision(shown: ShownWindow) -> None:
    row = rows_of(shown)[0]
    shown.window.open_finding(row.id)
    (history,) = shown.detail.findChildren(HistoryView)
    history.read()
    shown.requests.answer(())

    def entries() -> list[str]:
        found = history.findChildren(QLabel, "change")
        return [each.text() for each in found if each.isVisibleTo(history)]

    assert entries() == ["Decided in an earlier scan  Dismissed"]
    withdraw(shown, row.id)
    assert entries() == []


# -- what becomes of them --


def test_a_decision_from_elsewhere_is_named(shown: ShownWindow) -> None:
    first = rows_of(shown)[0].id
    overtaken = [Overtaken(first, "confirmed"), Overtaken(FindingId("of another"), "fixed")]
    shown.requests.proposals.overtake(overtaken)
    assert shown.strips()[:2] == [
        "Finding 1 was decided elsewhere meanwhile: confirmed.",
        "That decision counts; its proposal is gone.",
    ]


@pytest.mark.parametrize(("after_end_s", "is_named"), [(-1, False), (0, False), (60, True)])
def test_what_the_scan_itself_withdrew_is_no_decision(
    shown: ShownWindow, after_end_s: int, is_named: bool
) -> None:
    story, first = shown.stories["payments-api"], rows_of(shown)[0]
    overtaken = [Overtaken(first.id, "false_positive")]

    def read(at: datetime) -> None:
        word = FindingStatus.FALSE_POSITIVE
        row = replace(first, updated_at=at, status=word, status_text=word.value)
        shown.store.observe(FindingsListed(story.scan.id, story.asked_s(), (row,)))
        shown.requests.proposals.overtake(overtaken)

    read(shown.time.now())
    assert not shown.window.problems.isVisible(), "the scan is running"
    story.read("completed", began_s=900, ended_s=0)
    ended = story.scan.completed_at
    assert ended is not None
    read(ended + timedelta(seconds=after_end_s))
    assert shown.window.problems.isVisible() is is_named


def test_a_local_folder_is_asked_about_once(shown: ShownWindow) -> None:
    requests, folder = shown.requests.proposals, Path("/home/mira/shop")
    requests.folder = folder
    shown.window.review._ask_for_folder()
    assert shown.strips()[0] == "Keep decisions on shop to propose them in later scans?"
    press(shown.window.problems, "Don't keep")
    assert shown.asked("keep decisions of a folder") == [(folder, False)]
    assert not shown.window.problems.isVisible()


def test_what_is_in_view_is_read_first(shown: ShownWindow) -> None:
    shown.ticker.second.emit()
    assert shown.requests.proposals.viewed == tuple(row.id for row in rows_of(shown)[:6])
    shown.findings.filter_state.set_text("title:3,8")
    shown.ticker.second.emit()
    assert shown.requests.proposals.viewed == (rows_of(shown)[2].id,)


# -- with a server --


@pytest.fixture(scope="module")
def server() -> Iterator[LabServer]:
    with idle_server(EMAIL) as running:
        yield running


class Reviewed:
    """The window of a whole program, signed in to a server with two scans of a repository."""

    def __init__(self, desk: ControllerDesk) -> None:
        QApplication.setQuitOnLastWindowClosed(False)
        self.desk, self.core = desk, desk.core
        self.ticker = Ticker(self.core.store)
        self._news = asyncio.Event()
        self.core.flush = self.ticker.flush
        self.ticker.changed.connect(self.core.take)
        self.ticker.changed.connect(lambda _changes: self._news.set())
        desk.controller.decisions.follow(self._news.set, lambda _run: self._news.set())
        desk.controller.reasons.follow(self._news.set)
        self.window = MainWindow(
            *(self.core.store, self.ticker, desk.controller, self.core.inbox, WindowMemory()),
            clock=self.core.clock,
            now=self.core.now,
            version="1.0.0",
        )
        self.window.resize(1440, 900)
        self.window.show()
        self.window.activateWindow()
        self.window.findings.model.changed.connect(self._news.set)  # filtered after a rest

    async def until(self, holds: Callable[[], object]) -> None:
        await until(holds, news=self._news, before=self.ticker.flush)
        for _ in range(5):
            await asyncio.sleep(0)

    def run(self, command_id: str) -> None:
        """Run a command as its key does; a key itself would nest loops, as it handles events."""
        found = next(each for each in self.window.commands.keyed() if each.id == command_id)
        assert found.obstacle() == ""
        found.act()

    @property
    def titles(self) -> list[str]:
        model = self.window.findings.model
        rows = [model.finding_at(row) for row in range(model.rowCount())]
        return [row.title for row in rows if row is not None]

    def proposed(self) -> int:
        found = self.window.findings.model.proposed
        known = self.core.store.proposals.known
        every = [each for scan in self.core.store for each in known.of_scan(scan.id).values()]
        is_read = not any(each.earlier is not None and each.earlier.is_reading for each in every)
        return found.total() if is_read else -1

    def strips(self) -> list[str]:
        found = self.window.findChildren(ProblemStrip)
        return [each.accessibleName() for each in found if each.isVisible()]


@asynccontextmanager
async def running(server: LabServer, profile: Path) -> AsyncIterator[Reviewed]:
    """A whole program with its window; inside a test, as nothing may run between its phases."""
    made: Reviewed | None = None
    try:
        async with signed_in_desk(server, profile) as desk:
            proposals = desk.controller.proposals
            proposals.is_automatic, proposals.rest_s, proposals.longest_share = True, 0.05, 1.0
            made = Reviewed(desk)
            yield made
    finally:
        if made is not None:  # answers reach it until everything has ended
            made.window.close()
            made.window.deleteLater()
        for _ in range(5):
            await asyncio.sleep(0)


@pytest.fixture(autouse=True)
def _no_long_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_back, "CHECK_AGAIN_S", 0.01)
    monkeypatch.setattr(reasons, "PACE_S", 0.01)


def scanned(server: LabServer, repo: str, count: int) -> ScriptedScan:
    scan = server.script_scan(repo, EMAIL).run_until("hunt")
    for number in range(count):
        scan.add_findings(
            1,
            source="static",
            title=f"Finding {number}",
            cwe_id="CWE-95",
            file_path="shop/api.py",
            code_snippet=f"eval(x{number})",
            line_start=number + 1,
        )
    return scan.complete()


def statuses(server: LabServer, scan: ScriptedScan) -> list[str]:
    rows = {row.id: row.status for row in server.database.findings_of(scan.id)}
    return [rows[each] for each in scan.finding_ids]


def severities(server: LabServer, scan: ScriptedScan) -> list[str]:
    rows = {row.id: row.severity for row in server.database.findings_of(scan.id)}
    return [rows[each] for each in scan.finding_ids]


def lines(program: Reviewed) -> list[str]:
    program.window.triage.show_news()  # the button appears
    sheet = undo_sheet(program.window)
    reported = undo_lines(sheet)
    sheet.close()
    return reported


def comments(server: LabServer, scan: ScriptedScan, number: int) -> list[str]:
    events = server.database.finding_events(LocalFindingId(scan.finding_ids[number]))
    return [each.comment or "" for each in events if each.event_type == "comment"]


async def test_a_repository_is_reviewed_by_keys_and_all_of_it_undone(
    server: LabServer, theme: Theme, tmp_path: Path
) -> None:
    before, after = scanned(server, "keys", 5), scanned(server, "keys", 5)
    async with running(server, tmp_path) as program:
        for number in range(3):
            decide_elsewhere(server, before, number, "dismissed", comment="[reason: test-code]")
        decide_elsewhere(server, before, 3, "confirmed")
        assert await program.desk.watch(after.id) is None
        await program.until(lambda: program.proposed() == 4)
        program.window.review.review()
        await program.until(lambda: len(program.titles) == 4)
        program.run("accept-proposal")
        assert program.titles == [f"Finding {n}" for n in range(4)], "it stays until one moves on"
        await program.until(lambda: program.proposed() == 3)
        assert len(program.titles) == 4
        program.run("accept-proposal")
        await program.until(lambda: program.proposed() == 2 and len(program.titles) == 3)
        program.run("reject-proposal")
        await program.until(lambda: program.proposed() == 1)
        program.run("accept-proposal")
        await program.until(lambda: statuses(server, after)[3] == "confirmed")
        await program.until(lambda: "4 of 4 reviewed." in program.strips())
        assert statuses(server, after) == ["dismissed", "dismissed", "open", "confirmed", "open"]
        await program.until(lambda: len(comments(server, after, 0)) == 1)
        assert comments(server, after, 0)[0].startswith("[reason: test-code]")
        for _ in range(3):
            program.window.triage.undo()
            await program.until(lambda: not program.desk.controller.decisions.runs)
        assert statuses(server, after) == ["open"] * 5
        await program.until(lambda: program.proposed() == 3)


async def test_accepting_all_is_one_step_to_undo(
    server: LabServer, theme: Theme, tmp_path: Path
) -> None:
    before, after = scanned(server, "all", 6), scanned(server, "all", 6)
    async with running(server, tmp_path) as program:
        for number, value in enumerate(("dismissed", "fixed", "confirmed", "dismissed")):
            decide_elsewhere(server, before, number, value)
        decide_elsewhere(server, before, 2, "low", what="severity")
        assert await program.desk.watch(after.id) is None
        await program.until(lambda: program.proposed() == 4)
        program.window.review.accept_all()
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, AcceptDialog)
        part(dialog, QPushButton, "accept-do").click()
        await program.until(lambda: not program.desk.controller.decisions.runs)
        await program.until(lambda: program.proposed() == 0)
        assert statuses(server, after) == [
            "dismissed",
            "fixed",
            "confirmed",
            "dismissed",
            *["open"] * 2,
        ]
        decisions = program.desk.controller.decisions
        was, low = severities(server, after), severities(server, before)
        assert was[2] == low[2] == "low"
        action = "Different decisions, 4 findings, with severity"
        assert lines(program) == [f"Undo up to: {action}"]
        program.window.triage.undo()
        await program.until(lambda: not decisions.runs and not decisions.to_undo)
        assert statuses(server, after) == ["open"] * 6
        assert len(set(severities(server, after))) == 1
        assert lines(program) == [f"Redo up to: {action}", "now"]
        program.window.triage.redo()
        await program.until(lambda: not decisions.runs and not decisions.to_redo)
        assert statuses(server, after)[:2] == ["dismissed", "fixed"]
        assert severities(server, after) == was


async def test_a_reason_that_cannot_be_saved_is_retried(
    server: LabServer, theme: Theme, tmp_path: Path
) -> None:
    before, after = scanned(server, "unsaved", 2), scanned(server, "unsaved", 2)
    async with running(server, tmp_path) as program:
        decide_elsewhere(server, before, 0, "dismissed", comment="[reason: duplicate]")
        assert await program.desk.watch(after.id) is None
        await program.until(lambda: program.proposed() == 1)
        server.faults.add(
            Fault(Shape.ENVELOPE, "triage", times=None, path_part="/comment", status=500)
        )
        program.window.review.review()
        await program.until(lambda: len(program.titles) == 1)
        program.run("accept-proposal")
        sent = program.desk.controller.reasons
        await program.until(lambda: bool(sent.failed))
        assert statuses(server, after)[0] == "dismissed"
        await program.until(lambda: any("Reason not saved" in text for text in program.strips()))
        server.faults.clear()
        program.run("retry-reasons")
        await program.until(lambda: not sent.unsaved and not sent.runs)
        commands = program.window.commands.keyed()
        retry = next(each for each in commands if each.id == "retry-reasons")
        assert retry.obstacle() == "All reasons are saved."
        await program.until(lambda: len(comments(server, after, 0)) == 1)
        assert not any("Reason not saved" in text for text in program.strips())


async def test_a_decision_of_another_program_takes_the_proposal_away(
    server: LabServer, theme: Theme, tmp_path: Path
) -> None:
    before, after = scanned(server, "race", 3), scanned(server, "race", 3)
    async with running(server, tmp_path) as program:
        for number in range(2):
            decide_elsewhere(server, before, number, "dismissed")
        assert await program.desk.watch(after.id) is None
        await program.until(lambda: program.proposed() == 2)
        decide_elsewhere(server, after, 0, "confirmed")
        program.desk.controller.request_refresh(None)
        words = "Finding 0 was decided elsewhere meanwhile: confirmed."
        await program.until(lambda: any(text.startswith(words) for text in program.strips()))
        assert program.proposed() == 1
        assert statuses(server, after) == ["confirmed", "open", "open"]
