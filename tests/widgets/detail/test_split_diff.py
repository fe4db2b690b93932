"""A patch side by side."""

import pytest
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.detail.code_block import CodeBlock, LineMark
from heimdall_desktop.widgets.detail.split_diff import SplitDiff
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.hands import part
from tests.fakes.shown_code import inks

PATCH = "@@ -88,3 +88,4 @@\n same\n-old\n+new\n+newer " + "x" * 400 + "\n end\n"


@pytest.fixture
def split(theme: Theme, qtbot: QtBot) -> SplitDiff:
    split = SplitDiff(theme)
    qtbot.addWidget(split)
    split.resize(600, 200)
    split.show()
    return split


def test_each_side_has_its_lines_and_a_gap_where_it_has_none(split: SplitDiff) -> None:
    assert split.show_patch(PATCH)
    old, new = part(split, CodeBlock, "patch-before"), part(split, CodeBlock, "patch-after")
    assert [line.numbers for line in old.lines] == [(88,), (89,), (None,), (90,)]
    assert [line.numbers for line in new.lines] == [(88,), (89,), (90,), (91,)]
    assert [line.mark for line in old.lines][1:3] == [LineMark.REMOVED, LineMark.NONE]
    assert [line.mark for line in new.lines][1:3] == [LineMark.ADDED, LineMark.ADDED]
    assert old.text.toPlainText() == "same\nold\n\nend"


def test_both_sides_scroll_together(split: SplitDiff, qtbot: QtBot) -> None:
    split.show_patch(PATCH.replace("-old", "-old " + "y" * 400))
    bars = [
        part(split, CodeBlock, name).text.horizontalScrollBar()
        for name in ("patch-before", "patch-after")
    ]
    qtbot.waitUntil(lambda: all(bar.maximum() > 100 for bar in bars))
    bars[0].setValue(90)
    assert bars[1].value() == 90
    bars[1].setValue(30)
    assert bars[0].value() == 30


def test_what_is_no_diff_is_not_shown(split: SplitDiff) -> None:
    assert not split.show_patch("Do this.")
    assert part(split, CodeBlock, "patch-before").lines == []


def test_each_side_is_coloured_for_itself(theme: Theme, split: SplitDiff, qtbot: QtBot) -> None:
    split.show_patch("@@ -1,2 +1,3 @@\n same\n-old  # why\n+new\n+newer  # so\n", file_name="x.py")
    comment = theme.tokens.code.comment
    old, new = part(split, CodeBlock, "patch-before"), part(split, CodeBlock, "patch-after")
    qtbot.waitUntil(lambda: comment in inks(old.text, 1) and comment in inks(new.text, 2))
