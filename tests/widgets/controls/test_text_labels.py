"""Texts on a surface: one line, wrapped lines, times, and their parts."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QTextEdit, QWidget

from heimdall_desktop.presentation.labels import safe_tip
from heimdall_desktop.widgets.controls import text_labels, wrapped_label
from heimdall_desktop.widgets.look.theme import Role, Theme, ThemeMode, Weight
from heimdall_desktop.widgets.look.tokens import DARK, Tone
from tests.fakes.hands import click, part
from tests.widgets.conftest import Owned

MARKUP = "<b>bold</b> <img src='file:///etc/hostname'>"


@pytest.mark.parametrize("kind", [text_labels.Label, text_labels.Paragraph])
def test_markup_stays_text_also_in_a_tip(kind: type[text_labels.Label], owned: Owned) -> None:
    label = owned(kind(MARKUP))
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.text() == MARKUP
    text_labels.show_tip(label, MARKUP)
    received = QAccessible.queryAccessibleInterface(label).text(QAccessible.Text.Description)
    assert label.toolTip() == safe_tip(MARKUP)
    assert received == MARKUP


def test_a_label_is_as_wide_as_its_text_or_elided(theme: Theme, owned: Owned) -> None:
    label = owned(text_labels.Label("payments-api", Role.SMALL))
    assert label.sizeHint().width() >= theme.text_width("payments-api", Role.SMALL)
    label = owned(text_labels.Label("shop/api/orders.py:88", elide=Qt.TextElideMode.ElideMiddle))
    label.resize(80, 20)
    assert "…" in label.shown_text()
    assert label.minimumSizeHint().width() == 0
    assert label.text() == "shop/api/orders.py:88"


def test_a_label_has_room_for_the_dots_of_capital_umlauts(theme: Theme, owned: Owned) -> None:
    plain = owned(text_labels.Label("Uber", elide=Qt.TextElideMode.ElideRight))
    label = owned(text_labels.Label("Über", elide=Qt.TextElideMode.ElideRight))
    above = label.fontMetrics().tightBoundingRect("Ü").height() - label.fontMetrics().ascent()
    assert label.sizeHint().height() >= plain.sizeHint().height() + 2 * max(above, 0)


def test_a_label_follows_tone_and_theme(theme: Theme, owned: Owned) -> None:
    label = owned(text_labels.Label("Open", tone=Tone.MUTED))
    label.set_tone(Tone.FAILED)
    theme.set_mode(ThemeMode.DARK)
    assert label.palette().color(QPalette.ColorRole.WindowText) == DARK.failed


def test_a_paragraph_wraps_and_can_be_selected(owned: Owned) -> None:
    paragraph = owned(text_labels.Paragraph("word " * 60))
    assert paragraph.heightForWidth(200) > paragraph.heightForWidth(800)
    flags = paragraph.textInteractionFlags()
    assert flags & Qt.TextInteractionFlag.TextSelectableByKeyboard


# -- location text --


@pytest.mark.parametrize(
    ("text", "room", "shown"),
    [
        *(("orders.py:88", 12, "orders.py:88"), ("orders.py:88", 11, "orde….py:88")),
        *(("orders.py:88", 8, "o….py:88"), ("orders.py:88", 7, "….py:88")),
        *(("orders.py:88", 2, "….py:88"), ("Dockerfile:22", 8, "Dock…:22")),
        *((".gitlab-ci:7", 8, ".gitl…:7"), ("a long one.py", 7, "a l….py")),
    ],
)
def test_a_file_is_cut_inside_its_name(text: str, room: int, shown: str) -> None:
    assert text_labels.fit_file_line(text, room, len) == shown


@pytest.mark.parametrize(
    ("room", "shown"), [(13, "shop/auth/web"), (12, "…/auth/web"), (9, "…/web"), (4, ""), (0, "")]
)
def test_a_folder_shows_whole_or_its_end_or_not(room: int, shown: str) -> None:
    assert text_labels.fit_folder("shop/auth/web", room, len) == shown
    assert text_labels.fit_folder("", room, len) == ""


def test_a_long_place_is_measured_a_few_times_only() -> None:
    measured: list[str] = []

    def measure(text: str) -> float:
        measured.append(text)
        return len(text)

    assert text_labels.fit_file_line("n" * 4_000 + ".py:88", 20, measure) == "n" * 13 + "….py:88"
    assert text_labels.fit_folder("a/" * 2_000 + "b", 6, measure) == "…/a/b"
    assert len(measured) < 40


# -- read text --


@pytest.fixture
def text(owned: Owned) -> Iterator[text_labels.ReadText]:
    """A text inside something 400 px wide."""
    holder = owned(QWidget())
    holder.resize(400, 300)
    text = text_labels.ReadText(parent=holder)
    text.resize(400, 10)
    holder.show()
    yield text
    holder.close()


def test_it_is_as_high_as_its_lines_and_breaks_a_very_long_word(text: text_labels.ReadText) -> None:
    text.set_text("one line")
    one = text.height()
    text.set_text("one\ntwo\nthree")
    assert text.height() == 3 * one
    text.set_text("x" * 2000)
    assert text.document().size().width() <= 400


def test_tags_are_characters(text: text_labels.ReadText) -> None:
    text.set_text("<b>bold</b><img src='file:///etc/hostname'>")
    assert text.toPlainText() == "<b>bold</b><img src='file:///etc/hostname'>"
    assert "file:" not in text.toHtml().replace("file:///etc/hostname'&gt;", "")


def test_text_can_be_selected_but_not_changed_and_keeps_this(text: text_labels.ReadText) -> None:
    text.set_text("secret of the trade")
    QTest.keyClick(text, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(text, Qt.Key.Key_X)
    text.set_text("secret of the trade")
    assert text.textCursor().selectedText() == text.toPlainText() == "secret of the trade"


@pytest.fixture
def label(owned: Owned) -> wrapped_label.WrappedLabel:
    return owned(wrapped_label.WrappedLabel(Role.TITLE, line_px=22, max_lines=3))


def test_no_text_takes_more_lines_than_needed_or_allowed(label: wrapped_label.WrappedLabel) -> None:
    heights = []
    for text in ("Short", "word " * 20, "x" * 2000):
        label.show_runs(wrapped_label.Run(text))
        heights.append(label.heightForWidth(400))
    one, some, most = heights
    assert some in (2 * one, 3 * one)
    assert most == 3 * one


def test_tags_are_characters_and_all_runs_are_its_text(label: wrapped_label.WrappedLabel) -> None:
    label.show_runs(
        wrapped_label.Run("<b>Confirmed.</b> ", Weight.SEMIBOLD),
        wrapped_label.Run("\U0001f600 why", tone=Tone.MUTED),
    )
    assert label.text() == "<b>Confirmed.</b> \U0001f600 why"
    label.resize(200, 60)
    assert not label.grab().isNull()


@pytest.mark.parametrize("words", [1, 200])
def test_text_starts_at_the_reading_side(label: wrapped_label.WrappedLabel, words: int) -> None:
    label.show_runs(wrapped_label.Run("\U0001f600 word " * words))
    label.resize(400, label.heightForWidth(400))
    label.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    image = label.grab().toImage()
    last = range(image.height() - 20, image.height())
    right = [image.pixelColor(x, y) for x in range(380, 400) for y in last]
    assert len({colour.name() for colour in right}) > 1


# -- text block --


@pytest.fixture
def block(owned: Owned) -> wrapped_label.TextBlock:
    block = owned(wrapped_label.TextBlock())
    block.resize(400, 300)
    block.show()
    return block


def shown(block: wrapped_label.TextBlock) -> str:
    return part(block, QTextEdit, "text").toPlainText()


def test_a_short_text_is_whole(block: wrapped_label.TextBlock) -> None:
    block.set_text("short", "Description")
    assert shown(block) == "short"
    assert part(block, QTextEdit, "text").accessibleName() == "Description"
    assert part(block, QPushButton, "show-more").isHidden()


def test_a_long_text_is_shown_in_steps(block: wrapped_label.TextBlock) -> None:
    lines = [f"line {number:05d}" for number in range(3000)]
    block.set_text("\n".join(lines))
    assert len(shown(block)) < wrapped_label.STEP_CHARACTERS + 100
    more = part(block, QPushButton, "show-more")
    click(more)
    before = shown(block)
    block.set_text("\n".join(lines))
    assert shown(block) == before, "the same text keeps how much is shown"
    while not more.isHidden():
        click(more)
    assert shown(block) == "\n".join(lines)


def test_a_megabyte_in_one_line_causes_no_stall(block: wrapped_label.TextBlock) -> None:
    block.set_text("x" * 1_000_000)
    assert len(shown(block)) < wrapped_label.STEP_CHARACTERS + 100
    assert shown(block).endswith("more characters in this line)")
