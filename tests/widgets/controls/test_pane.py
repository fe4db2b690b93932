"""A pane paints its ground and its hairlines, mirrored where people read so."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.controls.pane import Edge, Pane
from heimdall_desktop.widgets.look.theme import Theme, ThemeMode
from heimdall_desktop.widgets.look.tokens import DARK, Ground


def test_ground_and_edges(theme: Theme, qtbot: QtBot) -> None:
    pane = Pane(Ground.ALT, Edge.BOTTOM | Edge.START)
    qtbot.addWidget(pane)
    pane.resize(40, 30)
    image = pane.grab().toImage()
    assert image.pixelColor(20, 15) == theme.tokens.alt
    assert image.pixelColor(20, 29) == theme.tokens.hairline
    assert image.pixelColor(0, 15) == theme.tokens.hairline
    assert image.pixelColor(20, 0) == theme.tokens.alt


def test_start_is_right_where_people_read_from_right(theme: Theme, qtbot: QtBot) -> None:
    pane = Pane(edges=Edge.START, is_strong=True)
    qtbot.addWidget(pane)
    pane.resize(40, 30)
    pane.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    image = pane.grab().toImage()
    assert image.pixelColor(39, 15) == theme.tokens.hairline_strong
    assert image.pixelColor(0, 15) == theme.tokens.surface


def test_a_pane_follows_the_theme(theme: Theme, qtbot: QtBot) -> None:
    pane = Pane(Ground.RAISED)
    qtbot.addWidget(pane)
    theme.set_mode(ThemeMode.DARK)
    assert pane.grab().toImage().pixelColor(5, 5) == DARK.raised
