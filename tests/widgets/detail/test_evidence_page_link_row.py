"""One reference."""

from PySide6.QtWidgets import QPushButton, QTextEdit
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.detail.evidence_page import LinkRow
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.hands import click, part


def test_an_address_is_a_link_that_only_asks(theme: Theme, qtbot: QtBot) -> None:
    row = LinkRow()
    qtbot.addWidget(row)
    row.show_text("https://example.org/a")
    row.resize(200, 24)
    row.show()
    with qtbot.waitSignal(row.page_wanted) as asked:
        click(part(row, QPushButton, "link"))
    assert asked.args == ["https://example.org/a"]


def test_anything_else_is_a_text_to_copy(theme: Theme, qtbot: QtBot) -> None:
    row = LinkRow()
    qtbot.addWidget(row)
    row.show_text("<a href='file:///etc/passwd'>here</a>")
    row.show()
    assert not part(row, QPushButton, "link").isVisible()
    text = row.findChildren(QTextEdit)[0]
    assert text.toPlainText() == "<a href='file:///etc/passwd'>here</a>"
