"""Labels never read markup, elide where told, and follow the theme."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QPalette
from pytestqt.qtbot import QtBot

from heimdall_desktop.presentation.labels import safe_tip
from heimdall_desktop.widgets.controls.labels import KeyCap, Label, Paragraph, show_tip
from heimdall_desktop.widgets.look.theme import Role, Theme, ThemeMode
from heimdall_desktop.widgets.look.tokens import DARK, Tone

MARKUP = "<b>bold</b> <img src='file:///etc/hostname'>"


@pytest.mark.parametrize("kind", [Label, Paragraph])
def test_markup_stays_text(theme: Theme, qtbot: QtBot, kind: type[Label]) -> None:
    label = kind(MARKUP)
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.text() == MARKUP


def test_a_tip_is_described_without_the_markup_it_is_shown_with(theme: Theme, qtbot: QtBot) -> None:
    label = Label("88")
    qtbot.addWidget(label)
    show_tip(label, MARKUP)
    told = QAccessible.queryAccessibleInterface(label).text(QAccessible.Text.Description)
    assert label.toolTip() == safe_tip(MARKUP)
    assert told == MARKUP


def test_a_label_may_be_elided(theme: Theme, qtbot: QtBot) -> None:
    label = Label("shop/api/orders.py:88", elide=Qt.TextElideMode.ElideMiddle)
    qtbot.addWidget(label)
    label.resize(80, 20)
    assert "…" in label.shown_text()
    assert label.minimumSizeHint().width() == 0
    assert label.text() == "shop/api/orders.py:88"


def test_a_whole_label_is_as_wide_as_its_text(theme: Theme, qtbot: QtBot) -> None:
    label = Label("payments-api", Role.SMALL)
    qtbot.addWidget(label)
    assert label.sizeHint().width() >= theme.text_width("payments-api", Role.SMALL)


def test_a_label_follows_tone_and_theme(theme: Theme, qtbot: QtBot) -> None:
    label = Label("Open", tone=Tone.MUTED)
    qtbot.addWidget(label)
    label.set_tone(Tone.FAILED)
    theme.set_mode(ThemeMode.DARK)
    assert label.palette().color(QPalette.ColorRole.WindowText) == DARK.failed


def test_a_paragraph_wraps_and_can_be_selected(theme: Theme, qtbot: QtBot) -> None:
    paragraph = Paragraph("word " * 60)
    qtbot.addWidget(paragraph)
    assert paragraph.heightForWidth(200) > paragraph.heightForWidth(800)
    flags = paragraph.textInteractionFlags()
    assert flags & Qt.TextInteractionFlag.TextSelectableByKeyboard


def test_a_key_cap_is_at_least_square(theme: Theme, qtbot: QtBot) -> None:
    cap = KeyCap("K")
    qtbot.addWidget(cap)
    assert cap.sizeHint().width() >= cap.sizeHint().height() == 18
