"""A text that shows more on demand."""

import pytest
from PySide6.QtWidgets import QPushButton, QTextEdit
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.controls.wrapped_label import STEP_CHARACTERS, TextBlock
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.hands import click, part


@pytest.fixture
def block(theme: Theme, qtbot: QtBot) -> TextBlock:
    block = TextBlock()
    qtbot.addWidget(block)
    block.resize(400, 300)
    block.show()
    return block


def shown(block: TextBlock) -> str:
    return part(block, QTextEdit, "text").toPlainText()


def test_a_short_text_is_whole(block: TextBlock) -> None:
    block.set_text("short", "Description")
    assert shown(block) == "short"
    assert part(block, QTextEdit, "text").accessibleName() == "Description"
    assert part(block, QPushButton, "show-more").isHidden()


def test_a_long_text_comes_in_steps_to_its_end(block: TextBlock) -> None:
    lines = [f"line {number:05d}" for number in range(3000)]
    block.set_text("\n".join(lines))
    assert len(shown(block)) < STEP_CHARACTERS + 100
    more = part(block, QPushButton, "show-more")
    while not more.isHidden():
        click(more)
    assert shown(block) == "\n".join(lines)


def test_a_megabyte_in_one_line_freezes_nothing(block: TextBlock) -> None:
    block.set_text("x" * 1_000_000)
    assert len(shown(block)) < STEP_CHARACTERS + 100
    assert shown(block).endswith("more characters in this line)")


def test_the_same_text_keeps_how_much_is_shown(block: TextBlock) -> None:
    text = "\n".join(["twelve chars"] * 2000)
    block.set_text(text)
    click(part(block, QPushButton, "show-more"))
    before = shown(block)
    block.set_text(text)
    assert shown(block) == before
