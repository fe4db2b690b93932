"""The pill says its number and its key, and is there only with a number."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.findings.new_pill import NewPill
from heimdall_desktop.widgets.look.theme import Theme


def test_says_its_number_to_all(theme: Theme, qtbot: QtBot) -> None:
    view = QTableView()
    qtbot.addWidget(view)
    view.resize(300, 200)
    pill = NewPill(theme, view)
    view.show()
    pill.show_count(7, "End", "ui-arrow-down")
    with_key = pill.width()
    assert (pill.isVisible(), pill.label) == (True, "7 new")
    assert pill.accessibleName() == "7 new findings. Go there"
    pill.show_count(1, "", "ui-new")
    assert pill.accessibleName() == "1 new finding. Go there"
    assert pill.width() < with_key
    pill.show_count(0, "End", "ui-arrow-down")
    assert not pill.isVisible()


def test_stands_on_the_other_side_where_people_read_so(theme: Theme, qtbot: QtBot) -> None:
    view = QTableView()
    qtbot.addWidget(view)
    view.resize(300, 200)
    view.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    pill = NewPill(theme, view)
    view.show()
    pill.show_count(7, "End", "ui-arrow-down")
    assert pill.geometry().center().x() < 150
