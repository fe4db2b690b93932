"""Fields show focus and mistakes, hide secrets and clear themselves; rows and errors below them."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QTextEdit
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.facts.errors import HeimdallError, LocalServerError, Reason
from heimdall_desktop.widgets.controls.buttons import GhostIconButton
from heimdall_desktop.widgets.controls.fields import ErrorLine, FieldGrid, SearchField, TextField
from heimdall_desktop.widgets.controls.text_labels import KeyCap
from heimdall_desktop.widgets.controls.wrapped_label import WrappedLabel
from tests.fakes.hands import part
from tests.widgets.conftest import Owned


def test_the_frame_passes_its_focus_to_the_text(owned: Owned) -> None:
    field = owned(TextField("Server", icon="conn-live", placeholder="https://"))
    assert field.focusProxy() is field.edit
    assert field.edit.accessibleName() == "Server"
    assert field.sizeHint().height() == 34


def test_a_secret_is_hidden_until_revealed(owned: Owned) -> None:
    field = owned(TextField("Password", is_secret=True))
    assert field.edit.echoMode() is QLineEdit.EchoMode.Password
    reveal = field.findChildren(GhostIconButton)[0]
    QTest.mouseClick(reveal, Qt.MouseButton.LeftButton)
    assert field.edit.echoMode() is QLineEdit.EchoMode.Normal


def test_a_search_field_shows_its_key_or_a_clear_button(qtbot: QtBot, owned: Owned) -> None:
    field = owned(SearchField("Filter", keys="Ctrl+F"))
    with qtbot.waitExposed(field):
        field.show()
    key_cap = field.findChildren(KeyCap)[0]
    assert key_cap.isVisible()
    field.edit.setText("sev>=high")
    field.set_result("402 of 412")
    assert field.end.result.isVisible()
    assert not key_cap.isVisible()
    QTest.mouseClick(field.end.clear_button, Qt.MouseButton.LeftButton)
    assert field.edit.text() == ""
    assert key_cap.isVisible()


# -- error line --


def test_the_error_line_is_visible_only_with_an_error(owned: Owned) -> None:
    line = owned(ErrorLine())
    assert line.isHidden()
    words = "The embedded server stopped (1): <b>no</b>. "
    words += "Play the demo or scan a folder to start it again."
    line.show_error(LocalServerError(Reason.LOCAL_ENDED_SAYING, code=1, last_words="<b>no</b>"))
    assert line.isVisible()
    assert part(line, WrappedLabel, "error-words").text() == words
    assert line.accessibleName() == words
    line.clear()
    assert line.isHidden()


def test_a_cause_without_a_remedy_ends_with_itself(owned: Owned) -> None:
    line = owned(ErrorLine())
    line.show_error(HeimdallError(Reason.SCAN_NOT_WATCHED))
    assert part(line, WrappedLabel, "error-words").text() == "This scan is no longer watched."


# -- field grid --


def shown(grid: FieldGrid) -> dict[str, str]:
    labels = [label.text() for label in grid.findChildren(QLabel) if not label.isHidden()]
    edits = [edit for edit in grid.findChildren(QTextEdit) if edit.isVisibleTo(grid)]
    return dict(zip(labels, [edit.toPlainText() for edit in edits], strict=True))


def test_the_grid_shows_only_its_rows(owned: Owned) -> None:
    grid = owned(FieldGrid())
    grid.show_rows([("Status", "open"), ("CWE", "<b>CWE-89</b>"), ("File", "a.py")])
    grid.show_rows([("Status", "fixed"), ("File", "b.py")])
    assert shown(grid) == {"Status": "fixed", "File": "b.py"}
    grid.show_rows([("Status", "fixed"), ("CWE", "<b>CWE-89</b>")])
    assert shown(grid) == {"Status": "fixed", "CWE": "<b>CWE-89</b>"}


def test_a_grid_without_rows_is_hidden(owned: Owned) -> None:
    grid = owned(FieldGrid())
    grid.show_rows([])
    assert grid.isHidden()
