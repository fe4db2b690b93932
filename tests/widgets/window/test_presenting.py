"""While presenting is on no part of any window says a name that a server has told."""

from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from heimdall_desktop.domain.facts.finding import Finding
from heimdall_desktop.domain.facts.observation import FindingsListed, RepoRead
from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.widgets.look.theme import Theme
from heimdall_desktop.widgets.window.scan_window import ScanWindow
from tests.fakes.board_scans import SERVER
from tests.fakes.inbox_lines import make_line
from tests.fakes.shown_window import ShownWindow
from tests.widgets.window.test_main_window_texts import texts_of

MARK = "zqx"
ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)


def marked(finding: Finding) -> Finding:
    """Put the mark into every text of a finding that names something."""
    return replace(
        finding,
        title=f"{MARK} {finding.title}",
        file_path=f"{MARK}/{finding.file_path}{MARK}",
        description=MARK,
        code_snippet=f"{MARK}\n{MARK}",
        suggested_patch=MARK,
        fix_summary=MARK,
        agent_reasoning=MARK,
        references=(f"https://{MARK}.example",),
        fingerprint=f"{MARK}-{finding.fingerprint}",
    )


@pytest.fixture
def shown(theme: Theme) -> Iterator[ShownWindow]:
    shown = ShownWindow().watch_twelve()
    for name in tuple(shown.stories):
        shown.store.observe(RepoRead(shown.id(name), f"{MARK}-{name}", f"{MARK}-branch"))
        story = shown.stories[name]
        stage = story.scan.running_stage
        story.log(
            story.line(f"Read {MARK}/orders.py", MARK),
            story.line(
                MARK, MARK, stage=stage.name if stage else "hunt", status="running", task="t"
            ),
        )
    found = shown.read("payments-api")
    story = shown.stories["payments-api"]
    told = FindingsListed(story.scan.id, story.asked_s() + 1, tuple(map(marked, found)))
    shown.store.observe(told)
    shown.inbox.put(replace(make_line(1), title=MARK, body=MARK, scan_name=MARK))
    shown.window.show_inbox()
    shown.window.show_account(ServerUrl(SERVER), f"{MARK}@corp.example")
    shown.window.problems.show_notice(MARK, MARK, lambda: None)
    shown.ticker.flush()
    shown.window.open_finding(found[0].id)
    shown.show()
    yield shown
    present(shown, is_on=False)
    shown.close()


def present(shown: ShownWindow, *, is_on: bool = True) -> None:
    shown.requests.privacy.present(is_on=is_on)
    QApplication.processEvents()


def leaks() -> dict[str, str]:
    """Where the mark can be seen or heard in any window, and in which text."""
    QApplication.processEvents()
    found: dict[str, str] = {}
    for top in QApplication.topLevelWidgets():
        if not top.isVisible():
            continue
        for where, text in (*texts_of(top), *more_texts_of(top)):
            if MARK in text:
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
    for row in range(min(model.rowCount(), 80)):
        for column in range(columns):
            for role in ROLES:
                told = model.index(row, column, QModelIndex()).data(role)
                if isinstance(told, str):
                    yield told


def test_the_walk_sees_names_where_there_are_any(shown: ShownWindow) -> None:
    assert len(leaks()) > 15


def test_no_part_of_the_window_names_anything(shown: ShownWindow) -> None:
    present(shown)
    assert leaks() == {}
    for number in range(shown.panel._pages.count()):
        shown.panel.turn_to(number)
        shown.panel.set_collapsed(False)
        assert leaks() == {}
    shown.window.tear_off(shown.id("payments-api"))
    assert leaks() == {}
    shown.window.open_settings()
    shown.window.open_wallboard()
    assert leaks() == {}
    assert any(isinstance(each, ScanWindow) for each in QApplication.topLevelWidgets())
