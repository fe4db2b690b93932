"""Every colour of the interface by its role, once for the light and once for the dark theme.

Nothing else in the application defines a colour. Source: look.md 2, which also has the contrast
each pair reaches; behaviour.md 2.3 for the severities.
"""

from enum import Enum
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtGui import QColor, QPalette


class Tone(Enum):
    """An ink that text and icons may have; the value is the name of its field in `Tokens`."""

    TEXT = "text"
    MUTED = "muted"
    FAINT = "faint"
    DISABLED = "disabled"
    ACCENT = "accent"
    ON_ACCENT = "on_accent"
    FAILED = "failed"
    WARNING = "warning"
    INVERSE_TEXT = "inverse_text"
    INVERSE_MUTED = "inverse_muted"


class Ground(Enum):
    """A background surface; the value is the name of its field in `Tokens`."""

    WINDOW = "window"
    SURFACE = "surface"
    ALT = "alt"
    RAISED = "raised"
    FIELD = "field"
    INVERSE = "inverse"
    SELECTION = "selection"
    FAILED = "failed_ground"
    WARNING = "warning_ground"


class SeverityColours(Struct, frozen=True):
    """The colours of one severity. Pale fills have a border that keeps the shape visible."""

    fill: QColor
    label: QColor
    border: QColor | None


class SeveritySet(Struct, frozen=True):
    """The fills of all severities; nothing else uses them."""

    critical: SeverityColours
    high: SeverityColours
    medium: SeverityColours
    low: SeverityColours
    other: SeverityColours


class CodeColours(Struct, frozen=True):
    """Grounds, bars and syntax inks of code and diffs."""

    ground: QColor
    line_number: QColor
    marked: QColor
    marked_bar: QColor
    keyword: QColor
    string: QColor
    number: QColor
    name: QColor
    comment: QColor
    added: QColor
    added_word: QColor
    added_bar: QColor
    removed: QColor
    removed_word: QColor
    removed_bar: QColor


class Tokens(Struct, frozen=True):
    """All colour roles of one theme."""

    window: QColor
    surface: QColor
    alt: QColor
    raised: QColor
    field: QColor
    track: QColor
    hover: QColor
    pressed: QColor
    selection: QColor
    selection_inactive: QColor
    hairline: QColor
    hairline_strong: QColor
    control: QColor
    text: QColor
    muted: QColor
    faint: QColor
    disabled: QColor
    accent: QColor
    accent_hover: QColor
    on_accent: QColor
    accent_soft: QColor
    failed: QColor
    failed_ground: QColor
    warning: QColor
    warning_ground: QColor
    warning_hairline: QColor
    stage_done: QColor
    stage_pending: QColor
    inverse: QColor
    inverse_text: QColor
    scrim: QColor
    shadow: QColor
    severity: SeveritySet
    code: CodeColours

    @property
    def inverse_muted(self) -> QColor:
        """The ink of text beside a fact on the inverse ground."""
        muted = QColor(self.inverse_text)
        muted.setAlphaF(0.8)
        return muted

    def ink(self, role: Tone | Ground) -> QColor:
        colour: QColor = getattr(self, role.value)
        return colour

    ground = ink


def _severity(fill: str, label: str, border: str | None = None) -> SeverityColours:
    return SeverityColours(QColor(fill), QColor(label), QColor(border) if border else None)


LIGHT = Tokens(
    window=QColor("#F6F8FA"),
    surface=QColor("#FFFFFF"),
    alt=QColor("#F3F5F7"),
    raised=QColor("#FFFFFF"),
    field=QColor("#FFFFFF"),
    track=QColor("#EAEEF2"),
    hover=QColor("#EDF1F4"),
    pressed=QColor("#E3E8ED"),
    selection=QColor("#E3F3F2"),
    selection_inactive=QColor("#EBEFF2"),
    hairline=QColor("#E1E6EA"),
    hairline_strong=QColor("#CDD5DC"),
    control=QColor("#868F99"),
    text=QColor("#1B1F24"),
    muted=QColor("#57606A"),
    faint=QColor("#656D76"),
    disabled=QColor("#8B949E"),
    accent=QColor("#0A6C6C"),
    accent_hover=QColor("#085858"),
    on_accent=QColor("#FFFFFF"),
    accent_soft=QColor("#D5ECEA"),
    failed=QColor("#A1121F"),
    failed_ground=QColor("#FBECEC"),
    warning=QColor("#765200"),
    warning_ground=QColor("#FFF6DA"),
    warning_hairline=QColor("#E8D396"),
    stage_done=QColor("#66717C"),
    stage_pending=QColor("#808993"),
    inverse=QColor("#1F2328"),
    inverse_text=QColor("#F2F5F8"),
    scrim=QColor(0x14, 0x1C, 0x26, 70),
    shadow=QColor(0x14, 0x1C, 0x26, 46),
    severity=SeveritySet(
        critical=_severity("#6E0B3F", "#FFFFFF"),
        high=_severity("#B93A08", "#FFFFFF"),
        medium=_severity("#F0AE0C", "#1B1F24", "#8A6200"),
        low=_severity("#E1EDF9", "#0B4A80", "#2F74B5"),
        other=_severity("#E6EAEE", "#3A424B", "#656D76"),
    ),
    code=CodeColours(
        ground=QColor("#F8FAFB"),
        line_number=QColor("#5F6872"),
        marked=QColor("#FFF3CC"),
        marked_bar=QColor("#A67A00"),
        keyword=QColor("#7A3E9D"),
        string=QColor("#0B5D4E"),
        number=QColor("#8A4B00"),
        name=QColor("#1F4E8C"),
        comment=QColor("#5F6872"),
        added=QColor("#E1ECFA"),
        added_word=QColor("#BBD6F6"),
        added_bar=QColor("#1F63B0"),
        removed=QColor("#FBE9E0"),
        removed_word=QColor("#F6CDB9"),
        removed_bar=QColor("#B0430F"),
    ),
)

DARK = Tokens(
    window=QColor("#14191F"),
    surface=QColor("#1B222A"),
    alt=QColor("#202831"),
    raised=QColor("#232C36"),
    field=QColor("#171D24"),
    track=QColor("#12171D"),
    hover=QColor("#242D37"),
    pressed=QColor("#2B3641"),
    selection=QColor("#12302F"),
    selection_inactive=QColor("#252E38"),
    hairline=QColor("#2A333D"),
    hairline_strong=QColor("#3A4652"),
    control=QColor("#6B7886"),
    text=QColor("#E6EAEF"),
    muted=QColor("#9AA7B4"),
    faint=QColor("#8F9CA9"),
    disabled=QColor("#667380"),
    accent=QColor("#4FD1C5"),
    accent_hover=QColor("#74DFD5"),
    on_accent=QColor("#0E1A1B"),
    accent_soft=QColor("#1D4A48"),
    failed=QColor("#FF8A80"),
    failed_ground=QColor("#3A2024"),
    warning=QColor("#FFDF8A"),
    warning_ground=QColor("#3A2E0A"),
    warning_hairline=QColor("#5C4B18"),
    stage_done=QColor("#8A96A3"),
    stage_pending=QColor("#6B7886"),
    inverse=QColor("#E6EAEF"),
    inverse_text=QColor("#14191F"),
    scrim=QColor(0, 0, 0, 130),
    shadow=QColor(0, 0, 0, 130),
    severity=SeveritySet(
        critical=_severity("#D1127E", "#FFFFFF", "#FF8CC6"),
        high=_severity("#F58B55", "#14191F"),
        medium=_severity("#FCE35A", "#14191F"),
        low=_severity("#1F3144", "#A9D2FA", "#6FB1F0"),
        other=_severity("#2E3843", "#C3CCD5", "#8B98A5"),
    ),
    code=CodeColours(
        ground=QColor("#161C23"),
        line_number=QColor("#93A1AF"),
        marked=QColor("#332D16"),
        marked_bar=QColor("#D9B64A"),
        keyword=QColor("#CDA9F7"),
        string=QColor("#8FD6C4"),
        number=QColor("#F0B97A"),
        name=QColor("#8CC2FF"),
        comment=QColor("#93A1AF"),
        added=QColor("#172F49"),
        added_word=QColor("#1F4B78"),
        added_bar=QColor("#6FB1F0"),
        removed=QColor("#3E261B"),
        removed_word=QColor("#6B3B24"),
        removed_bar=QColor("#F58B55"),
    ),
)


# The accent colour of the desktop.
#
# Source: look.md 2 ("Accent"); XDG Desktop Portal, accent-color of org.freedesktop.appearance.


_TAKEN_DEGREES = 30  # this near, a hue is that of a severity, a failure or a warning
_GREY_SATURATION = 0.12  # below it no one sees a hue
_LIGHTER = 0.01
_ACCENT_GROUNDS = (
    *("window", "surface", "alt", "raised", "field", "track", "hover", "pressed"),
    *("selection", "selection_inactive", "accent_soft", "on_accent"),
)


def accented(tokens: Tokens, wish: tuple[float, float, float]) -> Tokens:
    """Return the tokens with another accent, or as they are where it is of no use.

    The hue stays; the lightness moves away from that of the grounds until texts in it are readable.
    A hue that means something here already is not used.

    Args:
        wish: red, green and blue, from 0 to 1.
    """
    colour = QColor.fromRgbF(*wish)
    hue, saturation = colour.hslHueF(), colour.hslSaturationF()
    lightness = colour.lightnessF()
    if saturation > _GREY_SATURATION:
        means = (*(getattr(tokens.severity, name).fill for name in ("critical", "high", "medium")),
                 tokens.failed, tokens.warning)  # fmt: skip
        for taken in means:
            apart = abs(hue - taken.hslHueF()) * 360
            if min(apart, 360 - apart) < _TAKEN_DEGREES:
                return tokens
    away = _LIGHTER if luminance(tokens.surface) < luminance(tokens.text) else -_LIGHTER
    while 0 <= lightness <= 1:
        found = _with_accent(tokens, max(hue, 0.0), saturation, lightness, 8 * away)
        if _is_readable(found):
            return found
        lightness += away
    return tokens


def _with_accent(
    tokens: Tokens, hue: float, saturation: float, lightness: float, further: float
) -> Tokens:
    beyond = min(max(lightness + further, 0.0), 1.0)
    accent, hover = (
        QColor(QColor.fromHslF(hue, saturation, light).rgb()) for light in (lightness, beyond)
    )
    return replace(
        tokens,
        accent=accent,
        accent_hover=hover,
        accent_soft=_mixed(tokens.surface, accent, 0.18),
        selection=_mixed(tokens.surface, accent, 0.07 if further > 0 else 0.1),
    )


def _is_readable(tokens: Tokens) -> bool:
    texts = [
        *((ink, ground) for ink in ("accent", "accent_hover") for ground in _ACCENT_GROUNDS),
        *((ink, "selection") for ink in ("text", "muted", "faint", "failed", "warning")),
        ("text", "accent_soft"),
    ]
    marks = [(ink, "selection") for ink in ("stage_done", "stage_pending")]
    return all(
        contrast(getattr(tokens, ink), getattr(tokens, ground)) >= least
        for pairs, least in ((texts, 4.5), (marks, 3.0))
        for ink, ground in pairs
    )


# The colour tokens for a system set to high contrast.
#
# Every role comes from the system's palette; shapes, letters and words stay, and hairlines use the
# text colour. Source: look.md 2, last line; WCAG 2.2, relative luminance, contrast.


LEAST_TEXT = 7.0  # WCAG 2.2, 1.4.6: enhanced contrast
LEAST_DISABLED = 4.5  # distinguishable from enabled text, and still readable
_BLACK, _WHITE = QColor("#000000"), QColor("#FFFFFF")
_DIM, _STEP = 0.04045, 12.92  # where the curve of sRGB begins, and its slope before that
_FLARE = 0.05
_CONTRAST_GROUNDS = (
    *("window", "surface", "alt", "raised", "field", "track", "selection_inactive"),
    *("on_accent", "failed_ground", "warning_ground", "inverse_text"),
)
_CONTRAST_CODE_GROUNDS = ("ground", "marked", "added", "added_word", "removed", "removed_word")


def high_contrast_tokens(palette: QPalette, are_dark: bool | None = None) -> Tokens:
    """Return the tokens for a system's palette.

    Black and white replace its colours if its texts lack contrast, as on desktops that request
    contrast but give the usual palette, or if the palette is light and dark is requested.

    Args:
        palette: The system's, before ours was set.
        are_dark: Whether dark colours are requested; None if not set.
    """
    group, role = QPalette.ColorGroup.Active, QPalette.ColorRole
    ground, text = palette.color(group, role.Base), palette.color(group, role.Text)
    is_dark = contrast(ground, _BLACK) < contrast(ground, _WHITE)
    if contrast(ground, text) < LEAST_TEXT or are_dark not in (None, is_dark):
        wants_dark = is_dark if are_dark is None else are_dark
        ground, text = (_BLACK, _WHITE) if wants_dark else (_WHITE, _BLACK)
    link = palette.color(group, role.Link)
    accent = link if contrast(link, ground) >= LEAST_TEXT else text
    highlight = palette.color(group, role.Highlight)
    # as much of the highlight as texts allow: selections also have a bar
    tints = (highlight, *(_mixed(ground, highlight, part) for part in (0.3, 0.2, 0.12)))
    selection = ground
    for tint in tints:
        if all(contrast(tint, ink) >= LEAST_TEXT for ink in (text, accent)):
            selection = tint
            break
    disabled = palette.color(QPalette.ColorGroup.Disabled, role.Text)
    if contrast(disabled, ground) < LEAST_DISABLED or disabled == text:
        mixes = (_mixed(ground, text, part / 20) for part in range(8, 20))
        disabled = next((mix for mix in mixes if contrast(mix, ground) >= LEAST_DISABLED), text)
    return _tokens(ground, text, accent, selection, disabled)


def _mixed(under: QColor, over: QColor, part: float) -> QColor:
    pairs = zip(under.getRgb()[:3], over.getRgb()[:3], strict=True)  # type: ignore[index]
    return QColor(*(round(one + (other - one) * part) for one, other in pairs))


def _tokens(
    ground: QColor, text: QColor, accent: QColor, selection: QColor, disabled: QColor
) -> Tokens:
    """Give every role that is neither a ground nor listed here the colour of texts.

    The worst severity is filled with that colour, the others outlined: shape, letter, word.
    """
    shadow = QColor(_BLACK)
    shadow.setAlpha(130)
    outline = SeverityColours(ground, text, text)
    roles: dict[str, Any] = dict.fromkeys(Tokens.__struct_fields__, text)
    roles |= dict.fromkeys(_CONTRAST_GROUNDS, ground)
    roles |= dict.fromkeys(("hover", "pressed", "selection", "accent_soft"), selection)
    roles |= {"accent": accent, "disabled": disabled, "scrim": shadow, "shadow": shadow}
    roles["severity"] = SeveritySet(
        SeverityColours(text, ground, None), outline, outline, outline, outline
    )
    code = dict.fromkeys(CodeColours.__struct_fields__, text)
    code |= dict.fromkeys(_CONTRAST_CODE_GROUNDS, ground)
    return Tokens(**roles | {"code": CodeColours(**code)})


def luminance(colour: QColor) -> float:
    """Return the relative luminance, 0 for black to 1 for white, as if opaque."""
    red, green, blue = (
        (part / _STEP if part <= _DIM else ((part + 0.055) / 1.055) ** 2.4)
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast ratio, 1 for equal colours to 21 for black on white."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + _FLARE) / (low + _FLARE)
