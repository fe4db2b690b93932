"""Markdown of a server: readable, in both themes, and nothing in it loads, hides or opens."""

import base64
import gc
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QColor, QImage, QTextCharFormat, QTextCursor, QTextFrame, QTextTable
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.controls import markdown_text
from heimdall_desktop.widgets.look.theme import Role, Theme, ThemeMode, Weight
from heimdall_desktop.widgets.look.tokens import DARK
from tests.fakes.hands import asked_page
from tests.widgets.conftest import Owned

MARKDOWN = """# Head

Some *soft*, **strong** and `code` words, [docs](https://docs.example.org/x).

1. one
2. two
   - inner

```py
x = 1
```
"""


@pytest.fixture
def text(owned: Owned) -> markdown_text.MarkdownText:
    text = owned(markdown_text.MarkdownText())
    text.resize(380, 100)
    text.show()
    return text


def look_of(text: markdown_text.MarkdownText, words: str) -> QTextCharFormat:
    found = text.document().find(words)
    assert not found.isNull()
    return found.charFormat()


def looks(text: markdown_text.MarkdownText) -> Iterator[QTextCharFormat]:
    """The look of every character."""
    cursor = QTextCursor(text.document())
    while cursor.movePosition(QTextCursor.MoveOperation.NextCharacter):
        yield cursor.charFormat()


def test_parts_have_their_own_formats(text: markdown_text.MarkdownText, theme: Theme) -> None:
    text.set_text(MARKDOWN)
    assert text.toPlainText().splitlines()[:2] == [
        "Head",
        "Some soft, strong and code words, docs.",
    ]
    semibold = theme.font(Role.BODY, Weight.SEMIBOLD).weight()
    assert look_of(text, "Head").font().weight() == semibold
    assert look_of(text, "soft").font().italic()
    assert look_of(text, "strong").font().weight() == semibold
    assert look_of(text, "code").background().color() == theme.tokens.code.ground
    assert look_of(text, "docs").foreground().color() == theme.tokens.accent
    one, inner = (text.document().find(words).block() for words in ("one", "inner"))
    assert one.textList() is not None
    assert inner.textList().format().indent() > one.textList().format().indent()
    assert text.document().find("x = 1").blockFormat().background().color() == (
        theme.tokens.code.ground
    )


def test_another_theme_repaints_it(
    text: markdown_text.MarkdownText, theme: Theme, qapp: QApplication
) -> None:
    text.set_text(MARKDOWN)
    theme.set_mode(ThemeMode.DARK)
    inks = {look.foreground().color().name() for look in looks(text)}
    assert inks == {DARK.text.name(), DARK.accent.name()}


def test_a_table_has_the_lines_of_the_theme(text: markdown_text.MarkdownText, theme: Theme) -> None:
    theme.set_mode(ThemeMode.DARK)
    text.set_text("Table:\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nAfter.")
    (table,) = text.document().rootFrame().childFrames()
    assert isinstance(table, QTextTable)
    assert (table.rows(), table.columns()) == (2, 2)
    assert table.format().borderBrush().color() == DARK.hairline_strong
    assert table.format().borderCollapse()


def test_texts_that_are_no_longer_shown_leave_nothing(text: markdown_text.MarkdownText) -> None:
    def frames() -> int:
        gc.collect()
        return sum(isinstance(each, QTextFrame) for each in gc.get_objects())

    text.set_text(a_table(2, 3, 2))
    before = frames()
    for number in range(20):
        text.set_text(f"Text {number}.\n\n{a_table(2, 3, 2)}")
    assert frames() == before


def a_table(columns: int, rows: int, cells_written: int) -> str:
    lines = ["|head" * columns, "|-" * columns, *["|cell" * cells_written] * rows]
    return "\n".join(f"{line}|" for line in lines)


@pytest.mark.parametrize(
    "large",
    [
        a_table(2, markdown_text.CELLS_LIMIT, 2),
        a_table(300, 1, 300),
        a_table(100, 100, 1),
        "\n\n".join([a_table(3, 4, 3)] * 100),
        "\n".join(f"> {line}" for line in a_table(20, 50, 20).split("\n")),
        a_table(20, 50, 20).replace("-", ":-:"),
    ],
    ids=["rows", "columns", "rows of one cell", "many", "quoted", "aligned"],
)
def test_tables_of_too_many_cells_stay_text(text: markdown_text.MarkdownText, large: str) -> None:
    text.set_text(f"Before.\n\n{large}\n\nAfter.")
    frames = text.document().rootFrame().childFrames()
    tables = [frame for frame in frames if isinstance(frame, QTextTable)]
    assert sum(table.rows() * table.columns() for table in tables) <= markdown_text.CELLS_LIMIT
    shown = text.document().toPlainText()
    assert shown.startswith("Before.")
    assert shown.endswith("After.")
    assert "|head" in shown.replace("| ", "|")


def test_a_rule_is_a_line_of_the_theme(text: markdown_text.MarkdownText, theme: Theme) -> None:
    text.set_text("a\n\n---\n\nb")
    image = text.grab().toImage()
    middle = {image.pixelColor(image.width() - 20, y).name() for y in range(image.height())}
    assert theme.tokens.hairline_strong.name() in middle


def test_a_link_opens_once_confirmed(text: markdown_text.MarkdownText, qtbot: QtBot) -> None:
    text.set_text(MARKDOWN)
    url = QUrl("https://docs.example.org/x")
    assert asked_page(text, lambda: text.anchorClicked.emit(url)) == url.toString()
    text.highlighted.emit(QUrl("https://docs.example.org/<b>"))
    assert "docs.example.org" in text.toolTip()
    assert "<b>" not in text.toolTip()
    assert "Head" in text.toPlainText()


@pytest.mark.parametrize(
    "address",
    ["file:///etc/hostname", "javascript:alert(1)", "https://bank.example@evil.example/", "x.md"],
)
def test_forbidden_addresses_are_no_links(
    text: markdown_text.MarkdownText, qtbot: QtBot, address: str
) -> None:
    text.set_text(f"[words]({address})")
    assert not look_of(text, "words").isAnchor()
    assert asked_page(text, lambda: text.anchorClicked.emit(QUrl(address))) == ""
    assert text.toPlainText() == "words"


def test_t15_no_picture_is_loaded_from_anywhere(
    text: markdown_text.MarkdownText, tmp_path: Path, qapp: QApplication
) -> None:
    red = QImage(40, 40, QImage.Format.Format_RGB32)
    red.fill(QColor("#FF0000"))
    picture = tmp_path / "red.png"
    assert red.save(str(picture))
    data = f"data:image/png;base64,{base64.b64encode(picture.read_bytes()).decode()}"
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        remote = f"http://127.0.0.1:{server.getsockname()[1]}/x.png"
        sources = (f"file://{picture}", str(picture), data, remote, "//host/share/x.png")
        pictures = "\n\n".join(f"![alt]({source})" for source in sources)
        tags = "".join(f"<img src='{source}'>" for source in sources)
        text.set_text(f"{pictures}\n\n{tags}\n\n![ref][r]\n\n[r]: {picture}")
        image = text.grab().toImage()
        qapp.processEvents()
        with pytest.raises(BlockingIOError):
            server.accept()
    assert not any(look.isImageFormat() for look in looks(text))
    assert "(image not loaded: " in text.toPlainText()
    assert "<img src=" in text.toPlainText()
    reds = [
        (x, y)
        for x in range(0, image.width(), 3)
        for y in range(0, image.height(), 3)
        if image.pixelColor(x, y) == QColor("#FF0000")
    ]
    assert reds == []


def test_html_stays_text(text: markdown_text.MarkdownText) -> None:
    text.set_text("<h1>a</h1> <b>b</b> <a href='https://evil.example/'>c</a>\n\n<script>d</script>")
    shown = text.toPlainText()
    assert "<h1>a</h1>" in shown
    assert "<script>d</script>" in shown
    assert {look.font().weight() for look in looks(text)} == {look_of(text, "a").font().weight()}


@pytest.mark.parametrize(
    "hostile",
    [
        "\n".join(f"{'  ' * n}- x" for n in range(400)),
        "- " * 10_000 + "x",
        ">" * 10_000 + " x",
        "*" * 20_000,
        "[" * 20_000,
        "`" * 20_000 + "a",
        "x" * 1_000_000,
    ],
    ids=["nested lists", "markers", "quotes", "stars", "brackets", "ticks", "one line"],
)
def test_hostile_markdown_stays_in_the_pane(text: markdown_text.MarkdownText, hostile: str) -> None:
    text.set_text(hostile[:12_000])
    assert text.document().idealWidth() <= 380 + 1
    assert not text.grab().isNull()


def test_deeper_nesting_is_shown_at_the_limit() -> None:
    assert markdown_text.prepared(" " * 500 + "- x") == " " * (markdown_text.DEEPEST - 1) + "- x"
    assert markdown_text.prepared("- " * 50 + "x") == "- " * 6 + "x"


def test_short_lines_stay_and_long_ones_are_wrapped(text: markdown_text.MarkdownText) -> None:
    long = "word " * 12 + "end"
    text.set_text(f"first: 1\nsecond: 2\n\n{long}\ngoes on")
    assert text.toPlainText().splitlines() == ["first: 1", "second: 2", f"{long} goes on"]


def test_the_keyboard_reaches_links_and_selects(text: markdown_text.MarkdownText) -> None:
    flags = text.textInteractionFlags()
    assert flags & Qt.TextInteractionFlag.LinksAccessibleByKeyboard
    assert flags & Qt.TextInteractionFlag.TextSelectableByKeyboard


def test_the_focus_is_visible(text: markdown_text.MarkdownText, theme: Theme, qtbot: QtBot) -> None:
    text.set_text("words")
    text.clearFocus()
    before = text.grab().toImage()
    text.setFocus()
    qtbot.waitUntil(text.hasFocus)
    ring = text.grab().toImage()
    edge = (text.width() // 2, 1)
    assert ring.pixelColor(*edge) == theme.tokens.accent != before.pixelColor(*edge)
