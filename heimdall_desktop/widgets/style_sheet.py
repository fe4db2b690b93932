"""The palette and the few style sheets made from the colour tokens.

Style sheets stay away from item views and everything we paint: they would switch palette handling
off there. Source: design.md §7.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QColor, QPalette

from heimdall_desktop.widgets.tokens import Tokens

_SHEET = """
QScrollBar {{ background: transparent; border: none; margin: 0; }}
QScrollBar:vertical {{ width: {bar}px; }}
QScrollBar:horizontal {{ height: {bar}px; }}
QScrollBar::handle {{ background: {handle}; border-radius: 3px; margin: 2px; }}
QScrollBar::handle:hover, QScrollBar::handle:pressed {{ background: {control}; }}
QScrollBar::handle:vertical {{ min-height: {handle_min}px; }}
QScrollBar::handle:horizontal {{ min-width: {handle_min}px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; border: none; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: none; }}
QMenu {{ background: {raised}; color: {text}; border: 1px solid {handle}; padding: 4px; }}
QMenu::item {{ padding: 5px 20px 5px 28px; border-radius: 4px; }}
QMenu::item:selected {{ background: {pressed}; }}
QMenu::item:disabled {{ color: {disabled}; }}
QMenu::icon {{ padding-left: 8px; }}
QMenu::indicator {{ width: 14px; height: 14px; left: 8px; }}
QMenu::separator {{ height: 1px; background: {hairline}; margin: 4px 0; }}
QToolTip {{ background: {inverse}; color: {inverse_text}; border: none; padding: 4px 6px; }}
"""


def make_style_sheet(tokens: Tokens, scale: Callable[[float], int]) -> str:
    """Return the application's style sheet: scroll bars, menus and tool tips, nothing else."""
    return _SHEET.format(
        bar=scale(10),
        handle_min=scale(28),
        handle=tokens.hairline_strong.name(),
        control=tokens.control.name(),
        raised=tokens.raised.name(),
        text=tokens.text.name(),
        pressed=tokens.pressed.name(),
        disabled=tokens.disabled.name(),
        hairline=tokens.hairline.name(),
        inverse=tokens.inverse.name(),
        inverse_text=tokens.inverse_text.name(),
    )


def make_palette(tokens: Tokens) -> QPalette:
    """Return the palette for everything that Fusion draws by itself."""
    palette = QPalette()
    for role, colour in _roles(tokens).items():
        palette.setColor(role, colour)
    for role in _DIMMED:
        palette.setColor(QPalette.ColorGroup.Disabled, role, tokens.disabled)
    inactive = QPalette.ColorGroup.Inactive
    palette.setColor(inactive, QPalette.ColorRole.Highlight, tokens.selection_inactive)
    palette.setColor(inactive, QPalette.ColorRole.HighlightedText, tokens.text)
    return palette


_DIMMED = (
    QPalette.ColorRole.WindowText,
    QPalette.ColorRole.Text,
    QPalette.ColorRole.ButtonText,
    QPalette.ColorRole.PlaceholderText,
)


def _roles(tokens: Tokens) -> dict[QPalette.ColorRole, QColor]:
    role = QPalette.ColorRole
    return {
        role.Window: tokens.window,
        role.WindowText: tokens.text,
        role.Base: tokens.field,
        role.AlternateBase: tokens.alt,
        role.Text: tokens.text,
        role.PlaceholderText: tokens.faint,
        role.Button: tokens.surface,
        role.ButtonText: tokens.text,
        role.BrightText: tokens.failed,
        role.ToolTipBase: tokens.inverse,
        role.ToolTipText: tokens.inverse_text,
        role.Link: tokens.accent,
        role.LinkVisited: tokens.accent,
        role.Highlight: tokens.accent,
        role.HighlightedText: tokens.on_accent,
        role.Accent: tokens.accent,
        role.Light: tokens.raised,
        role.Midlight: tokens.hover,
        role.Mid: tokens.hairline_strong,
        role.Dark: tokens.control,
        role.Shadow: tokens.hairline_strong,
    }
