"""Labels and values."""

from PySide6.QtWidgets import QLabel, QTextEdit
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.controls.fields import FieldGrid
from heimdall_desktop.widgets.look.theme import Theme


def shown(grid: FieldGrid) -> dict[str, str]:
    labels = [label.text() for label in grid.findChildren(QLabel) if not label.isHidden()]
    edits = [edit for edit in grid.findChildren(QTextEdit) if edit.isVisibleTo(grid)]
    return dict(zip(labels, [edit.toPlainText() for edit in edits], strict=True))


def test_it_shows_its_rows_and_no_others(theme: Theme, qtbot: QtBot) -> None:
    grid = FieldGrid()
    qtbot.addWidget(grid)
    grid.show_rows([("Status", "open"), ("CWE", "<b>CWE-89</b>"), ("File", "a.py")])
    grid.show_rows([("Status", "fixed"), ("File", "b.py")])
    assert shown(grid) == {"Status": "fixed", "File": "b.py"}
    grid.show_rows([("Status", "fixed"), ("CWE", "<b>CWE-89</b>")])
    assert shown(grid) == {"Status": "fixed", "CWE": "<b>CWE-89</b>"}


def test_without_rows_it_is_gone(theme: Theme, qtbot: QtBot) -> None:
    grid = FieldGrid()
    qtbot.addWidget(grid)
    grid.show_rows([])
    assert grid.isHidden()
