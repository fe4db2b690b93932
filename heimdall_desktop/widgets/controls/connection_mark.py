"""How a scan is heard of, drawn at the end of a line: its words, and its glyph before them."""

from __future__ import annotations

from heimdall_desktop.presentation.board.connection_text import ConnectionText, Mood
from heimdall_desktop.widgets.controls.scan_marks import MOOD_TONES, SIGN_ICONS
from heimdall_desktop.widgets.look.row_cursor import RowCursor
from heimdall_desktop.widgets.look.theme import Role, Theme, Weight

GLYPH_PX = 14
GLYPH_GAP_PX = 5
GAP_PX = 8


def draw_connection_at_end(row: RowCursor, theme: Theme, words: ConnectionText) -> None:
    """Draw the words whole, and leave a gap before the glyph."""
    weight = Weight.REGULAR if words.mood is Mood.CALM else Weight.MEDIUM
    ink = theme.tokens.ink(MOOD_TONES[words.mood])
    width = theme.text_width(words.text, Role.SMALL, weight) + 1
    row.text_at_end(words.text, width, theme.font(Role.SMALL, weight), ink)
    row.skip_at_end(theme.scale(GLYPH_GAP_PX))
    row.icon_at_end(SIGN_ICONS[words.sign], theme.scale(GLYPH_PX), ink)
    row.skip_at_end(theme.scale(GAP_PX))
