"""The list keeps the current view by its name, and tells what is written over a name."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.table.saved_views import SavedView
from heimdall_desktop.widgets.filters.view_list import ViewList
from heimdall_desktop.widgets.look.theme import Theme

A, B, C = (SavedView(name, f"title:{name}") for name in "abc")


def test_the_current_view_stays_by_its_name_else_by_its_place(theme: Theme, qtbot: QtBot) -> None:
    views = ViewList(theme)
    qtbot.addWidget(views)
    views.show_views((A, B, C))
    views.setCurrentRow(1)
    views.show_views((B, A, C))
    assert views.name == "b"
    views.show_views((A, C))
    assert views.name == "a"
    views.show_views(())
    assert views.name == ""


def test_a_name_is_written_over(theme: Theme, qtbot: QtBot) -> None:
    views = ViewList(theme)
    qtbot.addWidget(views)
    views.show()
    views.show_views((A, B))
    views.setCurrentRow(0)
    QTest.keyClick(views, Qt.Key.Key_Return)
    editor = views.findChild(QLineEdit)
    assert editor is not None
    assert editor.textMargins().left() == theme.scale(12) - 2, "the name stays where it stands"
    editor.selectAll()
    QTest.keyClicks(editor, "z")
    with qtbot.waitSignal(views.name_edited) as caught:
        QTest.keyClick(editor, Qt.Key.Key_Return)
    assert caught.args == ["a", "z"]
