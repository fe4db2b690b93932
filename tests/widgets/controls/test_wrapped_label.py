"""The label that wraps to a few lines."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.controls.wrapped_label import Run, WrappedLabel
from heimdall_desktop.widgets.look.theme import Role, Theme, Weight
from heimdall_desktop.widgets.look.tokens import Tone


@pytest.fixture
def label(theme: Theme, qtbot: QtBot) -> WrappedLabel:
    label = WrappedLabel(Role.TITLE, line_px=22, max_lines=3)
    qtbot.addWidget(label)
    return label


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


def test_what_is_beyond_is_elided_and_drawn(label: WrappedLabel) -> None:
    label.show_runs(Run("\U0001f600 word " * 200))
    label.resize(200, label.heightForWidth(200))
    assert not label.grab().isNull()


@pytest.mark.parametrize("words", [1, 200])
def test_it_begins_where_people_begin_to_read(label: WrappedLabel, words: int) -> None:
    label.show_runs(Run("word " * words))
    label.resize(400, label.heightForWidth(400))
    label.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    image = label.grab().toImage()
    last = range(image.height() - 20, image.height())
    right = [image.pixelColor(x, y) for x in range(380, 400) for y in last]
    assert len({colour.name() for colour in right}) > 1
