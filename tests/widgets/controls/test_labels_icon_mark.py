"""The icon beside a text."""

from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.controls.labels import IconMark
from heimdall_desktop.widgets.look.theme import Theme
from heimdall_desktop.widgets.look.tokens import Tone
from tests.fakes.pixels import places


def test_it_paints_its_icon_in_its_ink(theme: Theme, qtbot: QtBot) -> None:
    mark = IconMark(size_px=16)
    qtbot.addWidget(mark)
    mark.resize(mark.sizeHint())
    for icon, tone, inked in (
        ("", Tone.ACCENT, set()),
        ("ui-check", Tone.ACCENT, {"accent"}),
        ("ui-check", Tone.FAILED, {"failed"}),
    ):
        if icon:
            mark.show_icon(icon, tone)
        image = mark.grab().toImage()
        tokens = {"accent": theme.tokens.accent, "failed": theme.tokens.failed}
        assert {name for name, ink in tokens.items() if places(image, ink, near=20)} == inked


def test_it_grows_with_the_zoom(theme: Theme, qtbot: QtBot) -> None:
    mark = IconMark("ui-check", 16)
    qtbot.addWidget(mark)
    before = mark.sizeHint().width()
    theme.set_zoom(2.0)
    assert mark.sizeHint().width() == 2 * before
