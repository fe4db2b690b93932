"""A tool gives its words up and keeps its name."""

from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.controls.buttons import ToolButton
from heimdall_desktop.widgets.look.theme import Theme


def test_words_go_and_the_name_stays(theme: Theme, qtbot: QtBot) -> None:
    button = ToolButton(icon="ui-views", has_menu=True)
    qtbot.addWidget(button)
    button.show_words("Confirmed, changed", "View Confirmed, changed")
    full = button.sizeHint().width()
    button.set_compact(is_compact=True)
    assert (button.label, button.accessibleName()) == ("", "View Confirmed, changed")
    assert button.sizeHint().width() < button.full_width() == full
    button.show_words("Views")
    assert (button.label, button.accessibleName()) == ("", "Views")
    button.set_compact(is_compact=False)
    assert button.label == "Views"
