"""Which part of a path gives way."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.detail.detail_head import PathLabel
from heimdall_desktop.widgets.look.theme import Theme


@pytest.fixture
def label(theme: Theme, qtbot: QtBot) -> PathLabel:
    label = PathLabel()
    qtbot.addWidget(label)
    return label


def test_a_path_that_fits_is_whole(label: PathLabel) -> None:
    label.show_path("shop/api", "orders.py:88")
    label.resize(label.sizeHint())
    assert label.shown_text() == "shop/api/orders.py:88"


def test_folders_give_way_in_their_middle_and_the_file_stays(label: PathLabel) -> None:
    label.show_path("a/very/deep/tree/of/folders/that/goes/on", "orders.py:88")
    label.resize(label.sizeHint().width() // 2, 20)
    shown = label.shown_text()
    assert shown.startswith("a/")
    assert "\u2026" in shown
    assert shown.endswith("/orders.py:88")


def test_without_room_for_folders_the_file_keeps_its_ends(label: PathLabel) -> None:
    label.show_path("src", "a_name_that_is_far_too_long_for_this.py:88")
    label.resize(label.sizeHint().width() // 2, 20)
    shown = label.shown_text()
    assert shown.startswith("a_")
    assert shown.endswith(".py:88")


def test_the_whole_path_is_in_the_tip_and_tags_are_characters(label: PathLabel) -> None:
    label.show_path("<b>x</b>", "y.py:1")
    assert label.toolTip() == "<qt>&lt;b&gt;x&lt;/b&gt;/y.py:1</qt>"
    assert label.textFormat() is Qt.TextFormat.PlainText
    label.resize(60, 20)
    assert not label.grab().isNull()
