"""The references of a finding."""

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.controls.link_row import LinkRow
from heimdall_desktop.widgets.detail.reference_list import REFERENCE_LIMIT, ReferenceList
from heimdall_desktop.widgets.look.theme import Theme


def rows(references: ReferenceList) -> int:
    return sum(not row.isHidden() for row in references.findChildren(LinkRow))


def test_it_shows_as_many_rows_as_there_are(theme: Theme, qtbot: QtBot) -> None:
    references = ReferenceList(theme)
    qtbot.addWidget(references)
    references.show_references(["https://a.example", "b", "c"])
    references.show_references(["https://a.example", " ", ""])
    assert rows(references) == 1
    references.show_references([])
    assert references.isHidden()


def test_a_flood_is_cut_and_counted(theme: Theme, qtbot: QtBot) -> None:
    references = ReferenceList(theme)
    qtbot.addWidget(references)
    references.show_references([f"https://a.example/{n}" for n in range(1050)])
    assert rows(references) == REFERENCE_LIMIT
    assert "1\u00a0000 more left out" in [label.text() for label in references.findChildren(QLabel)]
