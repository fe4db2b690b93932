"""The line that says what went wrong."""

from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.facts.errors import HeimdallError, LocalServerError, Reason
from heimdall_desktop.widgets.controls.fields import ErrorLine
from heimdall_desktop.widgets.controls.wrapped_label import WrappedLabel
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.hands import part


def test_it_is_there_only_while_there_is_an_error(theme: Theme, qtbot: QtBot) -> None:
    line = ErrorLine()
    qtbot.addWidget(line)
    assert line.isHidden()
    words = "The embedded server stopped (1): <b>no</b>. "
    words += "Play the demo or scan a folder to start it again."
    line.show_error(LocalServerError(Reason.LOCAL_ENDED_SAYING, code=1, last_words="<b>no</b>"))
    assert line.isVisible()
    assert part(line, WrappedLabel, "error-words").text() == words
    assert line.accessibleName() == words
    line.clear()
    assert line.isHidden()


def test_a_cause_without_a_remedy_ends_with_itself(theme: Theme, qtbot: QtBot) -> None:
    line = ErrorLine()
    qtbot.addWidget(line)
    line.show_error(HeimdallError(Reason.SCAN_NOT_WATCHED))
    assert part(line, WrappedLabel, "error-words").text() == "This scan is no longer watched."
