"""The icon beside a text."""

from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.controls.icon_mark import IconMark
from heimdall_desktop.widgets.look.theme import Theme
from heimdall_desktop.widgets.look.tokens import Tone


def test_it_paints_its_icon_in_its_ink(theme: Theme, qtbot: QtBot) -> None:
    mark = IconMark(theme, size_px=16)
    qtbot.addWidget(mark)
    mark.resize(mark.sizeHint())
    empty = mark.grab().toImage()
    mark.show_icon("ui-check", Tone.ACCENT)
    ticked = mark.grab().toImage()
    mark.show_icon("ui-check", Tone.FAILED)
    assert empty != ticked != mark.grab().toImage()


def test_it_grows_with_the_zoom(theme: Theme, qtbot: QtBot) -> None:
    mark = IconMark(theme, "ui-check", 16)
    qtbot.addWidget(mark)
    before = mark.sizeHint().width()
    theme.set_zoom(2.0)
    assert mark.sizeHint().width() == 2 * before
