"""Push buttons, painted: outline, primary, ghost, icon only, and link.

They are real `QPushButton`s for the keyboard and assistive technology; only the painting is ours.
The mouse does not move the focus to them, so the ring always shows where the keyboard is.
Source: look.md 4 (button heights), 5.
"""

import math
from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, QUrl
from PySide6.QtGui import QColor, QDesktopServices, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.labels import safe_tip
from heimdall_desktop.widgets.controls.key_names import KEYS_IN_USE, command_key_text
from heimdall_desktop.widgets.look import painting
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Tone

RADIUS_PX = 6
ICON_PX = 16
ICON_GAP_PX = 6
KEY_GAP_PX = 8
ARROW_PX = 12
ARROW_GAP_PX = 4
PADDING_PX = 10
SMALL_PX = 24
STANDARD_PX = 28
DIALOG_PX = 32
SIGN_IN_PX = 34  # from this height on the text has the body's size
BADGE_PX = 15
COPIED_MS = 1500  # how long a copy button confirms


class Grounds(NamedTuple):
    """The ground of a button at rest, under the pointer and pressed, and its outline."""

    rest: QColor | None = None
    hovered: QColor | None = None
    pressed: QColor | None = None
    line: QColor | None = None


class PaintedButton(QPushButton):
    """Lays out icon, text, key and arrow side by side; subclasses choose ground and ink.

    Args:
        text: The label; also the accessible name.
        icon: Name of an icon before the text.
        key: The default shortcut of the same action; the current one is shown after the text.
        has_menu: Show an arrow after the text.
        height_px: Before scaling.

    Attributes:
        label: The shown text.
    """

    _tone = Tone.TEXT
    _padding_px = PADDING_PX
    _has_accented_icon = False  # while it is checked
    _ground_roles: tuple[str, ...] = ()  # the names of its `Grounds` in `Tokens`; "" for none
    _command_key, _shows_key, _follows_keys = "", True, False

    def __init__(
        self,
        text: str = "",
        *,
        icon: str = "",
        key: str = "",
        has_menu: bool = False,
        height_px: int = STANDARD_PX,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme_of(self)
        self.label, self._icon = text, icon
        self._has_menu, self._height_px = has_menu, height_px
        self.setAccessibleName(text)
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_key(key)

    def set_label(self, text: str) -> None:
        self.label = text
        self.setAccessibleName(text)
        self._refresh()

    def set_tone(self, tone: Tone) -> None:
        self._tone = tone
        self.update()

    def set_icon(self, icon: str) -> None:
        self._icon = icon
        self._refresh()

    def set_key(self, key: str) -> None:
        """Show the shortcut of a command, given as its default; "" for none."""
        if key and not self._follows_keys:  # most buttons never have one
            self._follows_keys = True
            KEYS_IN_USE.changed.connect(self._refresh)
        if key != self._command_key:
            self._command_key = key
            self._refresh()

    def show_key(self, *, is_shown: bool) -> None:
        """Show the key after the text, or hide it when space is short."""
        if is_shown != self._shows_key:
            self._shows_key = is_shown
            self._refresh()

    def _refresh(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = math.ceil(self._content_px()) + 2 * self._padding()
        return QSize(max(self._theme.scale(SMALL_PX), width), self._theme.scale(self._height_px))

    def paintEvent(self, event: QPaintEvent) -> None:
        rect = QRectF(self.rect())
        with QPainter(self) as painter:
            self._draw_ground(painter, rect)
            self._draw_content(painter, rect)
            if self.hasFocus():
                self._draw_focus(painter, rect)

    def _draw_ground(self, painter: QPainter, rect: QRectF) -> None:
        radius = self._radius()
        if self.isChecked():
            painting.rounded_box(painter, rect, radius, ground=self._theme.tokens.accent_soft)
            return
        grounds = self._grounds()
        ground = grounds.rest
        if self._is_active():
            ground = grounds.pressed if self.isDown() else grounds.hovered
        if ground or grounds.line:
            painting.rounded_box(painter, rect, radius, ground=ground, line=grounds.line)

    def _draw_content(self, painter: QPainter, rect: QRectF) -> None:
        row = self._content_row(painter, rect)
        for part in self._parts():
            row.part(part)

    def _content_row(self, painter: QPainter, rect: QRectF) -> painting.RowCursor:
        """Return a cursor at the start of the content, which is centred."""
        row = painting.RowCursor(self._theme, painter, rect, self.layoutDirection())
        row.skip(max(0.0, (rect.width() - self._content_px()) / 2))
        return row

    def _draw_focus(self, painter: QPainter, rect: QRectF) -> None:
        painting.focus_ring(painter, rect, self._radius(), self._theme)

    def _parts(self) -> Iterator[painting.Part]:
        if self._icon:
            is_accented = self._has_accented_icon and self.isChecked()
            ink = self._theme.tokens.accent if is_accented else self._ink()
            yield painting.Part(self._icon, ink, icon_px=ICON_PX)
        if self.label:
            gap_px = ICON_GAP_PX if self._icon else 0
            role, weight = self._role(), self._weight()
            yield painting.Part(self.label, self._ink(), role, weight, gap_px=gap_px)
        key = command_key_text(self._command_key) if self._shows_key else ""
        if key:
            yield painting.Part(key, self._key_ink(), Role.MICRO, Weight.MEDIUM, gap_px=KEY_GAP_PX)
        if self._has_menu:
            yield self._arrow()

    def _arrow(self) -> painting.Part:
        ink = self._key_ink()
        return painting.Part("ui-chevron-down", ink, gap_px=ARROW_GAP_PX, icon_px=ARROW_PX)

    def _content_px(self) -> float:
        return sum(painting.part_px(self._theme, part) for part in self._parts())

    def _grounds(self) -> Grounds:
        tokens = self._theme.tokens
        return Grounds(*(getattr(tokens, role) if role else None for role in self._ground_roles))

    def _padding(self) -> int:
        return self._theme.scale(self._padding_px)

    def _radius(self) -> float:
        return self._theme.scale(RADIUS_PX)

    def _ink(self) -> QColor:
        tokens = self._theme.tokens
        return tokens.ink(self._tone) if self.isEnabled() else tokens.disabled

    def _key_ink(self) -> QColor:
        tokens = self._theme.tokens
        return tokens.muted if self.isEnabled() else tokens.disabled

    def _role(self) -> Role:
        return Role.BODY if self._height_px >= SIGN_IN_PX else Role.SMALL

    def _weight(self) -> Weight:
        return Weight.MEDIUM

    def _is_active(self) -> bool:
        return self.isEnabled() and (self.underMouse() or self.isDown())


class OutlineButton(PaintedButton):
    """The usual button: a thin outline on the surface."""

    _ground_roles = ("surface", "hover", "pressed", "hairline_strong")


class ToggleButton(PaintedButton):
    """A button that is filled while it is on, and an outline while it is off."""

    _ground_roles = ("", "hover", "hover", "hairline_strong")


class StateButton(OutlineButton):
    """An outline button for a state: checked, with a tick, while the state is active.

    A click does not change its appearance: only the state does.

    Args:
        text: The action that leads to the state, like "Confirm".
        state: The name of the state, like "Confirmed".
        key: The shortcut of the action.
    """

    def __init__(self, text: str, state: str, key: str, parent: QWidget | None = None) -> None:
        super().__init__(text, key=key, parent=parent)
        self._text, self._state = text, state
        self.setCheckable(True)

    def nextCheckState(self) -> None:
        """Keep the current state."""

    def show_state(self, *, is_on: bool) -> None:
        self.setChecked(is_on)
        self.set_icon("ui-check" if is_on else "")
        self.set_label(self._state if is_on else self._text)


class PrimaryButton(PaintedButton):
    """The main action of a dialog: filled with the accent. Return presses it."""

    _padding_px = 14

    def __init__(
        self, text: str, *, height_px: int = DIALOG_PX, parent: QWidget | None = None
    ) -> None:
        super().__init__(text, height_px=height_px, parent=parent)
        self.setAutoDefault(True)

    def _grounds(self) -> Grounds:
        tokens = self._theme.tokens
        rest = tokens.accent if self.isEnabled() else tokens.hairline
        return Grounds(rest, tokens.accent_hover, tokens.accent_hover)

    def _draw_ground(self, painter: QPainter, rect: QRectF) -> None:
        super()._draw_ground(painter, rect)
        if self.hasFocus():  # the usual ring has the colour of the ground
            gap, ink = rect.adjusted(2, 2, -2, -2), self._theme.tokens.on_accent
            painting.rounded_box(painter, gap, self._radius() - 2, line=ink, line_px=1.5)

    def _ink(self) -> QColor:
        tokens = self._theme.tokens
        return tokens.on_accent if self.isEnabled() else tokens.disabled

    def _weight(self) -> Weight:
        return Weight.SEMIBOLD


class GhostButton(PaintedButton):
    """A button without an outline, for tool bars and section heads."""

    _padding_px = 8
    _has_accented_icon = True
    _ground_roles = ("", "hover", "pressed")


class GhostIconButton(GhostButton):
    """An icon alone, with a name for tool tip and assistive technology.

    Args:
        name: The action; shown as a tool tip.
        key: The shortcut of the same action, for the tool tip.
        height_px: Width and height of the target, at least 24.
    """

    _tone = Tone.MUTED
    _badge = ""

    def __init__(
        self,
        icon: str,
        name: str,
        *,
        key: str = "",
        height_px: int = STANDARD_PX,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(icon=icon, height_px=max(SMALL_PX, height_px), parent=parent)
        self._tip_key = key
        self.set_name(name)
        KEYS_IN_USE.changed.connect(self.set_name)

    def set_name(self, name: str | None = None, key: str | None = None) -> None:
        """Set name and shortcut for the tool tip and assistive technology; None keeps the last."""
        self._tip_key = self._tip_key if key is None else key
        name = self.accessibleName() if name is None else name
        self.setAccessibleName(name)
        keys = command_key_text(self._tip_key)
        self.setToolTip(safe_tip(f"{name} ({keys})" if keys else name))
        self._describe()

    def set_badge(self, text: str) -> None:
        """Show a small number at the upper corner; nothing for an empty text."""
        self._badge = text
        self._describe()
        self._refresh()

    def _describe(self) -> None:
        """Give assistive technology the number and the key; without both, Qt uses the tool tip."""
        text = filter(None, (self._badge, command_key_text(self._tip_key)))
        self.setAccessibleDescription(", ".join(text) or self.accessibleName())

    def sizeHint(self) -> QSize:
        edge = self._theme.scale(self._height_px)
        return QSize(edge + self._overhang(), edge)

    def _draw_content(self, painter: QPainter, rect: QRectF) -> None:
        start = rect.adjusted(0, 0, -self._overhang(), 0)
        super()._draw_content(painter, painting.mirrored(start, rect, self.layoutDirection()))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._badge:
            return
        theme, tokens, whole = self._theme, self._theme.tokens, QRectF(self.rect())
        font, height = theme.font(Role.MICRO, Weight.SEMIBOLD), theme.scale(BADGE_PX)
        width = self._badge_px(self._badge)
        corner = QRectF(whole.right() - width, 0, width, height)
        rect = painting.mirrored(corner, whole, self.layoutDirection())
        with QPainter(self) as painter:
            painting.rounded_box(painter, rect, height / 2, ground=tokens.accent)
            painting.draw_text(painter, rect, self._badge, font, tokens.on_accent, painting.CENTRED)

    def _overhang(self) -> int:
        """Return how much a badge of several digits widens the button, to keep the icon visible."""
        return max(0, self._badge_px(self._badge) - self._badge_px("0"))

    def _badge_px(self, text: str) -> int:
        height = self._theme.scale(BADGE_PX)
        text_px = self._theme.text_width(text, Role.MICRO, Weight.SEMIBOLD)
        return max(height, math.ceil(text_px + height / 2))


class LinkButton(PaintedButton):
    """A text in the accent colour that triggers the secondary action beside a button.

    Args:
        is_inline: Use no padding, so that it aligns with surrounding text.
        height_px: Its height, that of the text beside it if it is in its line.
    """

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        is_inline: bool = False,
        height_px: int = SMALL_PX,
    ) -> None:
        super().__init__(text, height_px=height_px, parent=parent)
        self._padding_px = 0 if is_inline else 4
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def _padding(self) -> int:
        return self._padding_px  # never scaled

    def _ink(self) -> QColor:
        tokens = self._theme.tokens
        if not self.isEnabled():
            return tokens.disabled
        return tokens.accent_hover if self._is_active() else tokens.accent


MANUAL_SCHEME = "heimdall-manual"


class HelpLink(LinkButton):
    """Opens the manual at the entry of an error; hidden without one.

    The main window handles its addresses: it knows the manual.
    """

    def __init__(
        self, parent: QWidget | None = None, *, is_inline: bool = False, height_px: int = SMALL_PX
    ) -> None:
        super().__init__(tr("Help"), parent, is_inline=is_inline, height_px=height_px)
        self.setObjectName("help-link")
        self.setToolTip(tr("More in the manual"))
        self._entry = ""
        self.clicked.connect(
            lambda: QDesktopServices.openUrl(QUrl(f"{MANUAL_SCHEME}:{self._entry}"))
        )
        self.hide()

    def show_entry(self, entry: str) -> None:
        """Lead to this entry of the manual; "" hides the link."""
        self._entry = entry
        self.setVisible(bool(entry))


class ToolButton(GhostButton):
    """A ghost button with an icon, which hides its words when space is short and keeps its name."""

    _words = ""
    _is_compact = False

    def show_words(self, words: str, name: str = "") -> None:
        """Show words, if there is room.

        Args:
            words: the label.
            name: the name for assistive technology; the words by default.
        """
        self._words = words
        self.set_label("" if self._is_compact else words)
        self.setAccessibleName(name or words)

    def set_compact(self, *, is_compact: bool) -> None:
        if is_compact != self._is_compact:
            self._is_compact = is_compact
            self.show_words(self._words, self.accessibleName())

    def full_width(self) -> int:
        shown, self.label = self.label, self._words
        width = self.sizeHint().width()
        self.label = shown
        return width


class CopyButton(GhostIconButton):
    """An icon that confirms for a moment that something was copied; the owner copies."""

    def __init__(self, icon: str, name: str, *, parent: QWidget | None = None) -> None:
        super().__init__(icon, name, height_px=SMALL_PX, parent=parent)
        self._rest_icon, self._rest_name = icon, name
        self._copied = QTimer(self, singleShot=True, interval=COPIED_MS)
        self._copied.timeout.connect(self.rest)

    def confirm(self) -> None:
        self.set_icon("ui-check")
        self.set_name(tr("Copied"))
        self._copied.start()

    def rest(self) -> None:
        self._copied.stop()
        self.set_icon(self._rest_icon)
        self.set_name(self._rest_name)


class CopyWordButton(GhostButton):
    """The same with a word instead of the icon."""

    _tone = Tone.MUTED

    def __init__(self, label: str, *, parent: QWidget | None = None) -> None:
        super().__init__(label, height_px=SMALL_PX, parent=parent)
        self._rest_label = label
        self._copied = QTimer(self, singleShot=True, interval=COPIED_MS)
        self._copied.timeout.connect(self.rest)

    def confirm(self) -> None:
        self.setMinimumWidth(self.width())
        self.set_label(tr("Copied"))
        self._copied.start()

    def rest(self) -> None:
        self._copied.stop()
        self.setMinimumWidth(0)
        self.set_label(self._rest_label)
