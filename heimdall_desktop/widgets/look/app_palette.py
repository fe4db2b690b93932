"""The palette made from the colour tokens, for everything that Fusion draws by itself."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette

from heimdall_desktop.widgets.look.tokens import Tokens


def make_palette(tokens: Tokens) -> QPalette:
    """Return the palette of a theme, disabled and inactive windows included."""
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
