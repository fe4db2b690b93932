"""Labels that wrap to a few lines, and texts that show more on demand."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QTextEdit

from heimdall_desktop.widgets.controls.wrapped_label import (
    STEP_CHARACTERS,
    Run,
    TextBlock,
    WrappedLabel,
)
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Tone
from tests.fakes.hands import click, part
from tests.widgets.conftest import Owned


@pytest.fixture
def label(owned: Owned) -> WrappedLabel:
    return owned(WrappedLabel(Role.TITLE, line_px=22, max_lines=3))


def test_a_short_text_takes_one_line(label: WrappedLabel) -> None:
    label.show_runs(Run("Short"))
    one = label.heightForWidth(400)
    label.show_runs(Run("word " * 20))
    assert label.heightForWidth(400) == 2 * one or label.heightForWidth(400) == 3 * one


def test_no_text_takes_more_lines_than_allowed(label: WrappedLabel) -> None:
    label.show_runs(Run("Short"))
    one = label.heightForWidth(400)
    label.show_runs(Run("x" * 2000))
    assert label.heightForWidth(400) == 3 * one


def test_tags_are_characters_and_all_runs_are_its_text(label: WrappedLabel) -> None:
    label.show_runs(
        Run("<b>Confirmed.</b> ", Weight.SEMIBOLD), Run("\U0001f600 why", tone=Tone.MUTED)
    )
    assert label.text() == "<b>Confirmed.</b> \U0001f600 why"
    label.resize(200, 60)
    assert not label.grab().isNull()


def test_text_beyond_the_last_line_is_elided(label: WrappedLabel) -> None:
    label.show_runs(Run("\U0001f600 word " * 200))
    label.resize(200, label.heightForWidth(200))
    assert not label.grab().isNull()


@pytest.mark.parametrize("words", [1, 200])
def test_text_starts_at_the_reading_side(label: WrappedLabel, words: int) -> None:
    label.show_runs(Run("word " * words))
    label.resize(400, label.heightForWidth(400))
    label.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    image = label.grab().toImage()
    last = range(image.height() - 20, image.height())
    right = [image.pixelColor(x, y) for x in range(380, 400) for y in last]
    assert len({colour.name() for colour in right}) > 1


# -- text block --


@pytest.fixture
def block(owned: Owned) -> TextBlock:
    block = owned(TextBlock())
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


def test_a_long_text_is_shown_in_steps(block: TextBlock) -> None:
    lines = [f"line {number:05d}" for number in range(3000)]
    block.set_text("\n".join(lines))
    assert len(shown(block)) < STEP_CHARACTERS + 100
    more = part(block, QPushButton, "show-more")
    while not more.isHidden():
        click(more)
    assert shown(block) == "\n".join(lines)


def test_a_megabyte_in_one_line_causes_no_stall(block: TextBlock) -> None:
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
