"""The line that says what went wrong."""

from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.facts.errors import HeimdallError
from heimdall_desktop.widgets.controls.error_line import ErrorLine
from heimdall_desktop.widgets.controls.wrapped_label import WrappedLabel
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.hands import part


def test_it_is_there_only_while_there_is_an_error(theme: Theme, qtbot: QtBot) -> None:
    line = ErrorLine(theme)
    qtbot.addWidget(line)
    assert line.isHidden()
    line.show_error(HeimdallError("It broke.", "Mend <b>it</b>."))
    assert line.isVisible()
    assert part(line, WrappedLabel, "error-words").text() == "It broke. Mend <b>it</b>."
    assert line.accessibleName() == "It broke. Mend <b>it</b>."
    line.clear()
    assert line.isHidden()


def test_a_cause_without_a_remedy_ends_with_itself(theme: Theme, qtbot: QtBot) -> None:
    line = ErrorLine(theme)
    qtbot.addWidget(line)
    line.show_error(HeimdallError("It broke."))
    assert part(line, WrappedLabel, "error-words").text() == "It broke."
