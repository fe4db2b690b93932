"""What needs no server elsewhere."""

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.adding.local_page import LocalPage
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.hands import click, part


def test_a_folder_and_the_demo_can_be_had(theme: Theme, qtbot: QtBot) -> None:
    page = LocalPage(theme)
    qtbot.addWidget(page)
    page.show()
    with qtbot.waitSignal(page.folder_wanted):
        click(part(page, QPushButton, "add-folder"))
    with qtbot.waitSignal(page.demo_wanted):
        click(part(page, QPushButton, "add-demo"))
