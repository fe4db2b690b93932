"""While presenting is on, no part of any window shows a name from a server."""

from collections.abc import Iterator
from functools import partial

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QAccessible, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QTabBar, QWidget

from heimdall_desktop.domain.facts.errors import Reason, ServerUnreachable
from heimdall_desktop.domain.facts.finding import Finding
from heimdall_desktop.domain.facts.finding_action import FindingAction
from heimdall_desktop.domain.facts.observation import FindingsListed, RepoRead
from heimdall_desktop.domain.facts.server import (
    Peer,
    ServerState,
    ServerUrl,
    Standing,
    TokenStanding,
)
from heimdall_desktop.domain.table.group import GroupBy
from heimdall_desktop.widgets.controls.buttons import GhostIconButton
from heimdall_desktop.widgets.controls.dialog_frame import QuestionDialog
from heimdall_desktop.widgets.export.export_dialog import ExportDialog
from heimdall_desktop.widgets.look.theme import Theme
from heimdall_desktop.widgets.window.scan_window import ScanWindow
from heimdall_desktop.widgets.window.workspace import Workspace
from tests.fakes.board_scans import SERVER
from tests.fakes.hands import part
from tests.fakes.inbox_lines import make_line
from tests.fakes.shown_window import ShownWindow
from tests.widgets.window.test_main_window_texts import texts_of

HOST = SERVER.partition("://")[2]
MARK = "zqx"
FAINT = 8  # edges of shapes are not drawn alike each time
ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)


def marked(finding: Finding, mark: str) -> Finding:
    """Put the mark into every text of a finding that names something."""
    return replace(
        finding,
        title=f"{mark} {finding.title}",
        file_path=f"{mark}/{finding.file_path}{mark}",
        description=mark,
        code_snippet=f"{mark}\n{mark}",
        suggested_patch=mark,
        fix_summary=mark,
        agent_reasoning=mark,
        references=(f"https://{mark}.example",),
        fingerprint=f"{mark}-{finding.fingerprint}",
    )


def named(mark: str, *, has_twelve: bool = True) -> ShownWindow:
    """Return a window in which all names from a server contain this mark."""
    shown = ShownWindow()
    if has_twelve:
        shown.watch_twelve()
    else:
        shown.watch("payments-api")
    for name, story in shown.stories.items():
        shown.store.observe(RepoRead(story.scan.id, f"{mark}-{name}", f"{mark}-branch"))
        at_work = story.scan.running_stage
        stage = "hunt" if at_work is None else at_work.name
        task = story.line(mark, mark, stage=stage, status="running", task="t")
        story.log(story.line(f"Read {mark}/orders.py", mark), task)
        if story.scan.error:
            story.live(story.scan.status, story.scan.stage_rows, error=f"No space in {mark}")
    found = shown.read("payments-api")
    story = shown.stories["payments-api"]
    rows = tuple(marked(each, mark) for each in found)
    shown.store.observe(FindingsListed(story.scan.id, story.asked_s() + 1, rows))
    shown.inbox.put(replace(make_line(1), title=mark, body=mark, scan_name=mark))
    shown.window.show_inbox()
    shown.window.show_account(ServerUrl(SERVER), f"{mark}@corp.example")
    shown.window.problems.show_notice(mark, mark, lambda: None)
    shown.ticker.flush()
    shown.window.open_finding(found[0].id)
    return shown.show()


@pytest.fixture
def shown(theme: Theme) -> Iterator[ShownWindow]:
    shown = named(MARK)
    yield shown
    present(shown, is_on=False)
    shown.close()


@pytest.fixture
def small(theme: Theme) -> Iterator[ShownWindow]:
    small = named(MARK, has_twelve=False)
    yield small
    present(small, is_on=False)
    small.close()


def present(shown: ShownWindow, *, is_on: bool = True) -> None:
    shown.requests.preferences.change_setting("privacy.is_presenting", is_on)
    QApplication.processEvents()


def leaks() -> dict[str, str]:
    """Where the mark or the host can be seen or heard in any window, and in which text."""
    QApplication.processEvents()
    found: dict[str, str] = {}
    for top in QApplication.topLevelWidgets():
        if not top.isVisible():
            continue
        for where, text in (*texts_of(top), *more_texts_of(top)):
            if MARK in text or HOST in text:
                found[f"{top.objectName()}: {where}"] = text[:100]
    return found


def more_texts_of(top: QWidget) -> Iterator[tuple[str, str]]:
    for widget in (top, *top.findChildren(QWidget)):
        if isinstance(widget, QLineEdit) and widget.isVisible():
            yield f"text of {widget.objectName()}", widget.displayText()
        model = getattr(widget, "model", None)
        if widget.isVisible() and callable(model) and isinstance(model(), QAbstractItemModel):
            yield from ((f"cells of {widget.objectName()}", each) for each in cells(model()))


def cells(model: QAbstractItemModel) -> Iterator[str]:
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount()
    for row in range(min(model.rowCount(), 20)):
        for column in range(columns):
            for role in ROLES:
                reported = model.index(row, column, QModelIndex()).data(role)
                if isinstance(reported, str):
                    yield reported


def test_no_part_of_the_window_names_anything(shown: ShownWindow) -> None:
    assert len(leaks()) > 15, "the walk sees names where there are any"
    present(shown)
    assert leaks() == {}
    tabs = part(shown.panel, QTabBar, "panel_tabs")
    shown.panel.set_collapsed(False)
    for number in range(tabs.count()):
        shown.panel.turn_to(number)
        assert leaks() == {}
    for by in GroupBy:
        shown.findings.model.group_by(by)
        shown.findings.model.set_groups_open(are_open=False)
        assert leaks() == {}
    shown.findings.filter_state.set_text(f"file:{MARK} {MARK}")
    assert leaks() == {}
    shown.findings.filter_state.set_text(f"{MARK}:")
    assert leaks() == {}


def test_no_other_window_menu_palette_or_dialog_names_anything(shown: ShownWindow) -> None:
    shown.window.scan_windows.tear_off(shown.id("payments-api"))
    shown.window.open_settings()
    shown.window.open_wallboard()
    asked = QuestionDialog("Stop", "Keep", f"Stop {MARK}?", MARK, shown.window)
    asked.open()
    assert leaks()
    present(shown)
    assert leaks() == {}
    menus = shown.board.scans.make_menu(shown.id("payments-api")), shown.findings.table.menu.make()
    reported = [action.text() for menu in menus for action in menu.actions()]
    reported += [command.title for command in shown.window.commands.commands()]
    assert reported
    assert not [text for text in reported if MARK in text]
    shown.window.command_palette.open()
    assert leaks() == {}
    shown.window.detail.request_action(FindingAction.ISSUE)
    shown.window.exporter()
    assert leaks() == {}
    present(shown, is_on=False)
    assert asked.accessibleDescription() == f"Stop {MARK}? {MARK}"
    asked.close()


def test_no_text_about_a_server_names_it(shown: ShownWindow) -> None:
    server = ServerUrl(SERVER)
    error = ServerUnreachable(Reason.NAME_NOT_FOUND, host=Peer(HOST, f"proxy.{HOST}"))
    for standing in (Standing.UNREACHABLE, Standing.SIGNED_OUT):
        present(shown)
        shown.window.show_server(ServerState(server, standing, shown.time.at, error))
        shown.window.show_account(
            server, "a@b.example", is_signed_in=False, token=TokenStanding.REFUSED
        )
        shown.window.problems.show_error("server", error)
        shown.ticker.second.emit()
        assert leaks() == {}
        present(shown, is_on=False)
        shown.ticker.second.emit()
        assert [text for text in leaks().values() if HOST in text]


def test_pictures_are_the_same_for_all_names(theme: Theme) -> None:
    pictures = [pictures_of(mark) for mark in (MARK, "a much longer name")]
    assert list(pictures[0]) == ["main-window", "scan_window", "wallboard"]
    differences = [difference(pictures[0][name], pictures[1][name]) for name in pictures[0]]
    assert max(differences) < FAINT, differences


def difference(one: QImage, other: QImage) -> int:
    """How much the greys of two pictures differ at most, of 255."""
    one, other = (each.convertToFormat(QImage.Format.Format_RGB32) for each in (one, other))
    with QPainter(one) as painter:
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Difference)
        painter.drawImage(0, 0, other)
    greys = one.convertToFormat(QImage.Format.Format_Grayscale8)
    return max(bytes(greys.constBits()))


def pictures_of(mark: str) -> dict[str, QImage]:
    """Every window, by its name."""
    shown = named(mark, has_twelve=False)
    shown.window.scan_windows.tear_off(shown.id("payments-api"))
    shown.window.open_wallboard()
    present(shown)
    for window in QApplication.topLevelWidgets():
        if isinstance(window, Workspace):
            window.findings.model.see_all()  # which rows are new goes by what was in sight when
    for _ in range(10):  # layouts in layouts
        QApplication.processEvents()
    tops = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
    found = {each.objectName(): each.grab().toImage() for each in tops}
    present(shown, is_on=False)
    shown.close()
    QApplication.processEvents()
    return dict(sorted(found.items()))


def test_copies_exports_and_drags_are_refused(small: ShownWindow) -> None:
    table = small.findings.table
    QApplication.clipboard().setText("before")
    present(small)
    table.menu.copy()
    small.window.exporter().copy_csv()
    small.window.exporter().copy_markdown()
    small.window.export()
    assert QApplication.clipboard().text() == "before"
    assert small.window.exporter().dragged().formats() == []
    assert not small.window.findChildren(ExportDialog)
    assert "presenting" in table.drag.obstacle()
    menu = {action.text(): action.isEnabled() for action in table.menu.make().actions()}
    assert (menu["Copy row"], menu["Copy as Markdown"], menu["Copy link"]) == (False, False, True)


def test_switching_back_shows_all_as_it_was(small: ShownWindow) -> None:
    table, texts = small.findings.table, leaks()
    small.findings.filter_state.set_text(f"file:{MARK}")
    rows, chosen = small.findings.model.shown, table.selection.ids
    table.verticalScrollBar().setValue(5)
    scrolled = table.verticalScrollBar().value()
    present(small)
    assert part(small.window, GhostIconButton, "presenting").isChecked()
    assert small.findings.model.shown == rows > 0
    present(small, is_on=False)
    assert (table.selection.ids, table.verticalScrollBar().value()) == (chosen, scrolled)
    small.findings.filter_state.set_text("")
    assert leaks().keys() == texts.keys()


def test_the_switch_the_key_and_the_setting_do_the_same(small: ShownWindow) -> None:
    button = part(small.window, GhostIconButton, "presenting")
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    states = []
    small.window.scan_windows.tear_off(small.id("payments-api"))
    [torn_off] = [each for each in QApplication.topLevelWidgets() if isinstance(each, ScanWindow)]
    for window in (small.window, torn_off):
        window.activateWindow()
        QTest.qWaitForWindowActive(window)
        for turn in (button.click, partial(QTest.keyClick, window, Qt.Key.Key_H, both)):
            turn()
            privacy = small.requests.preferences.settings.privacy
            states.append((privacy.is_presenting, button.isChecked()))
    assert states == [(True, True), (False, False)] * 2


def spoken(top: QWidget) -> Iterator[tuple[str, str]]:
    """Yield every text that assistive technology can read of a window, hidden parts included."""
    waiting = [(top.objectName(), QAccessible.queryAccessibleInterface(top))]
    while waiting:
        where, interface = waiting.pop()
        if not interface.isValid():
            continue
        for kind in (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value):
            yield where, interface.text(kind)
        here = f"{where} > {interface.role().name}"
        count = min(interface.childCount(), 200)
        waiting += [(here, interface.child(number)) for number in range(count)]


def readable() -> dict[str, str]:
    """Where the mark can be read by assistive technology or in a title, and in which text."""
    QApplication.processEvents()
    return {
        where: text
        for top in QApplication.topLevelWidgets()
        for where, text in (*spoken(top), (top.objectName(), top.windowTitle()))
        if MARK in text
    }


@pytest.mark.parametrize(
    "steps", ["open present close", "present open close", "open close present", "present open"]
)
def test_nothing_hidden_can_be_read_while_presenting(shown: ShownWindow, steps: str) -> None:
    shown.window.scan_windows.tear_off(shown.id("payments-api"))
    for step in steps.split():
        if step == "present":
            present(shown)
        else:
            shown.window.open_wallboard()
    assert readable() == {}
    if "close" not in steps:
        shown.window.open_wallboard()
    present(shown, is_on=False)
    shown.window.open_wallboard()
    assert {"main-window", "wallboard"} <= {where.partition(" > ")[0] for where in readable()}
    shown.window.open_wallboard()
