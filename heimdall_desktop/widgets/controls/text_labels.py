"""Texts on a surface: one line, a paragraph, a key cap, an icon beside them. Plain text always.

Otherwise Qt guesses rich text and would load files that a finding's title names.
Source: look.md 3, 7 (Text); behaviour.md 2.9.
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from datetime import datetime

from PySide6 import QtGui
from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtWidgets import QFrame, QLabel, QMenu, QSizePolicy, QTextBrowser, QWidget

from heimdall_desktop.presentation import time_text
from heimdall_desktop.presentation.labels import safe_tip
from heimdall_desktop.presentation.time_text import moment_text
from heimdall_desktop.presentation.window.command import Command
from heimdall_desktop.widgets.controls.key_names import command_key_text
from heimdall_desktop.widgets.look import painting
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.theme import Role, Theme, Weight
from heimdall_desktop.widgets.look.tokens import Tone

KEY_CAP_PX = 18
KEY_CAP_PADDING_PX = 5
KEY_CAP_RADIUS_PX = 4


def show_tip(widget: QWidget, text: str) -> None:
    """Show a plain text as a tool tip and give it to assistive technology.

    Without a description Qt would hand over the tool tip with its markup.
    """
    widget.setToolTip(safe_tip(text))
    widget.setAccessibleDescription(text)


def new_menu(parent: QWidget, title: str, name: str = "") -> QMenu:
    menu = QMenu(parent)
    menu.setObjectName(name)
    menu.setAccessibleName(title)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu


def sub_menu(menu: QMenu, title: str) -> QMenu:
    """Add a menu to another one; Qt alone exposes its title visually only."""
    inner = menu.addMenu(title)
    inner.setAccessibleName(title)
    return inner


def add_choice(
    menu: QMenu,
    text: str,
    act: Callable[[], object],
    *,
    is_on: bool,
    icon: QtGui.QIcon | None = None,
) -> QtGui.QAction:
    """Add a row with a tick to a menu; a text from outside must be escaped already."""
    action = menu.addAction(icon or QtGui.QIcon(), text)
    action.setCheckable(True)
    action.setChecked(is_on)
    action.triggered.connect(lambda _is_checked: act())
    return action


def pop_up_below(menu: QMenu, widget: QWidget) -> None:
    """Open a menu under a widget, at its leading edge."""
    is_mirrored = widget.layoutDirection() is Qt.LayoutDirection.RightToLeft
    left = widget.width() - menu.sizeHint().width() if is_mirrored else 0
    menu.popup(widget.mapToGlobal(QPoint(left, widget.height() + 2)))


def add_commands(menu: QMenu, commands: Iterable[Command], *, is_read_only: bool = False) -> None:
    """Append commands to a menu: their names and keys, enabled if they can run now.

    Args:
        menu: The menu.
        commands: In their order.
        is_read_only: Leave out those that change something on a server.
    """
    theme, begins_group, inner = theme_of(menu), False, dict[str, QMenu]()
    for command in commands:
        begins_group = begins_group or command.begins_group
        if is_read_only and command.writes_now:
            continue
        if begins_group:
            menu.addSeparator()
        key, name = command_key_text(next(iter(command.keys), "")), command.name.replace("&", "&&")
        if command.within and command.within not in inner:
            inner[command.within] = sub_menu(menu, command.within)
            inner[command.within].setIcon(theme.icon(command.icon))
        action = inner.get(command.within, menu).addAction(f"{name}\t{key}" if key else name)
        if command.icon:
            action.setIcon(theme.icon(command.icon))
        action.setEnabled(not command.obstacle())
        action.triggered.connect(lambda _is_checked, act=command.act: act())
        begins_group = False


def add_reasons(menu: QMenu, reasons: Iterable[str]) -> None:
    """Append why some commands of a menu are disabled, each reason once."""
    for why in filter(None, dict.fromkeys(reasons)):
        menu.addAction(theme_of(menu).icon("ui-info"), why.replace("&", "&&")).setEnabled(False)


class Label(QLabel):
    """One line of plain text, as wide as its text unless it may be elided.

    Args:
        elide: Where it is cut when space is short; `ElideNone` never cuts.
    """

    def __init__(
        self,
        text: str = "",
        role: Role = Role.BODY,
        weight: Weight = Weight.REGULAR,
        tone: Tone = Tone.TEXT,
        *,
        elide: Qt.TextElideMode = Qt.TextElideMode.ElideNone,
        is_tabular: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme_of(self)
        self._role = role
        self._weight = weight
        self._tone = tone
        self._elide = elide
        self._is_tabular = is_tabular
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        if elide is not Qt.TextElideMode.ElideNone:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._theme.changed.connect(self._dress)
        self._dress()

    def set_weight(self, weight: Weight) -> None:
        self._weight = weight
        self._dress()

    def set_tone(self, tone: Tone) -> None:
        self._tone = tone
        self._dress()

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        if self._elide is not Qt.TextElideMode.ElideNone:
            hint.setWidth(0)
        return hint

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        metrics = self.fontMetrics()
        hint.setWidth(math.ceil(metrics.horizontalAdvance(self.text())) + 1)
        if not self.text().isascii():  # the dots of an umlaut may be above the font's line
            above = -metrics.tightBoundingRect(self.text()).top() - metrics.ascent()
            hint.setHeight(max(hint.height(), metrics.height() + 2 * max(above, 0)))
        return hint

    def paintEvent(self, event: QtGui.QPaintEvent) -> None:
        if self._elide is Qt.TextElideMode.ElideNone:
            super().paintEvent(event)
            return
        alignment = QLabel.alignment(self) | Qt.AlignmentFlag.AlignVCenter
        colour = self._theme.tokens.ink(self._tone)
        with QtGui.QPainter(self) as painter:
            rect = QRectF(self.contentsRect())
            painting.draw_text(
                painter, rect, self.text(), self.font(), colour, alignment, self._elide
            )

    def shown_text(self) -> str:
        metrics = self._theme.metrics(self._role, self._weight, is_tabular=self._is_tabular)
        return painting.elided(self.text(), metrics, self.width(), self._elide)

    def _dress(self) -> None:
        font = self._theme.font(self._role, self._weight, is_tabular=self._is_tabular)
        self.setFont(font)
        tokens, palette = self._theme.tokens, self.palette()
        palette.setColor(QtGui.QPalette.ColorRole.WindowText, tokens.ink(self._tone))
        if self._tone in (Tone.INVERSE_TEXT, Tone.INVERSE_MUTED):
            palette.setColor(QtGui.QPalette.ColorRole.Window, tokens.inverse)  # the ground below it
        self.setPalette(palette)


class Paragraph(Label):
    """Plain text that wraps and can be selected by mouse and keyboard."""

    def __init__(
        self,
        text: str = "",
        role: Role = Role.BODY,
        weight: Weight = Weight.REGULAR,
        tone: Tone = Tone.TEXT,
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, role, weight, tone, parent=parent)
        self.setWordWrap(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )

    def sizeHint(self) -> QSize:
        return QLabel.sizeHint(self)


class Mark(QWidget):
    """A small painted widget of a fixed size, which subclasses give and draw."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme_of(self)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def _refresh(self) -> None:
        self.updateGeometry()
        self.update()


class KeyCap(Mark):
    """A key or chord as on the keyboard, such as `Ctrl+F`."""

    def __init__(self, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.show_keys(keys)

    def show_keys(self, keys: str) -> None:
        self.keys = keys
        self.setAccessibleName(keys)
        self._refresh()

    def sizeHint(self) -> QSize:
        return key_cap_size(self._theme, self.keys)

    def paintEvent(self, event: QtGui.QPaintEvent) -> None:
        with QtGui.QPainter(self) as painter:
            draw_key_cap(painter, QRectF(self.rect()), self.keys, self._theme)


def key_cap_size(theme: Theme, keys: str) -> QSize:
    height = theme.scale(KEY_CAP_PX)
    width = theme.text_width(keys, Role.MICRO, Weight.MEDIUM) + 2 * theme.scale(KEY_CAP_PADDING_PX)
    return QSize(max(height, math.ceil(width)), height)


def draw_key_cap(painter: QtGui.QPainter, rect: QRectF, keys: str, theme: Theme) -> None:
    tokens = theme.tokens
    painting.rounded_box(painter, rect, theme.scale(KEY_CAP_RADIUS_PX), line=tokens.hairline_strong)
    painting.draw_text(
        painter, rect, keys, theme.font(Role.MICRO, Weight.MEDIUM), tokens.muted, painting.CENTRED
    )


class IconMark(Mark):
    """Paints an icon beside a text; it adds no information to the text."""

    def __init__(
        self,
        icon: str = "",
        size_px: int = 14,
        tone: Tone = Tone.MUTED,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon, self._size_px, self._tone = icon, size_px, tone

    def show_icon(self, icon: str, tone: Tone) -> None:
        self._icon, self._tone = icon, tone
        self.update()

    def sizeHint(self) -> QSize:
        edge = self._theme.scale(self._size_px)
        return QSize(edge, edge)

    def paintEvent(self, event: QtGui.QPaintEvent) -> None:
        if self._icon:
            ink = self._theme.tokens.ink(self._tone)
            edge = self._theme.scale(self._size_px)
            with QtGui.QPainter(self) as painter:
                painting.draw_icon(painter, self._theme, self._icon, QPointF(0, 0), edge, ink)


class ProgressLine(Mark):
    """A thin bar that is filled as far as something has advanced.

    Args:
        width_px: Before scaling.
        height_px: Before scaling.
    """

    def __init__(self, width_px: int, height_px: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._width_px, self._height_px, self.fraction = width_px, height_px, 0.0

    def show_fraction(self, fraction: float | None) -> None:
        self.fraction = min(max(fraction or 0.0, 0.0), 1.0)
        self.update()

    def sizeHint(self) -> QSize:
        margins = self.contentsMargins()
        height = self._theme.scale(self._height_px) + margins.top() + margins.bottom()
        return QSize(self._theme.scale(self._width_px), height)

    def paintEvent(self, event: QtGui.QPaintEvent) -> None:
        rect, (ground, ink) = QRectF(self.contentsRect()), self._inks()
        radius = rect.height() / 2
        done = QRectF(rect.left(), rect.top(), rect.width() * self.fraction, rect.height())
        with QtGui.QPainter(self) as painter:
            painting.rounded_box(painter, rect, radius, ground=ground)
            if self.fraction:
                done = painting.mirrored(done, rect, self.layoutDirection())
                painting.rounded_box(painter, done, radius, ground=ink)

    def _inks(self) -> tuple[QtGui.QColor, QtGui.QColor]:
        return self._theme.tokens.accent_soft, self._theme.tokens.accent


RING_RADIUS_PX = 3
LINE_PX = {Role.BODY: 18, Role.MONO: 18, Role.SMALL: 17}  # look.md 3


class ReadText(QTextBrowser):
    """Shows a text of any length without scrolling, always plain; its height follows its width.

    A label would guess HTML in it, load its images, and could not break words without blanks.
    Source: behaviour.md 2.9, protocol.md T-15.
    """

    def __init__(
        self, role: Role = Role.BODY, tone: Tone = Tone.TEXT, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._role, self._tone = theme_of(self), role, tone
        self._text = ""
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QtGui.QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        self.document().setUndoRedoEnabled(False)
        self._theme.changed.connect(self._dress)
        self._dress()

    def set_text(self, text: str) -> None:
        """Show another text, already made safe; the same one keeps its selection."""
        if text != self._text:
            self._text = text
            self._fill()
            self._fit()

    def resizeEvent(self, event: QtGui.QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def paintEvent(self, event: QtGui.QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            place = QRectF(self.viewport().rect())
            with QtGui.QPainter(self.viewport()) as painter:
                painting.focus_ring(painter, place, RING_RADIUS_PX, self._theme)

    def focusInEvent(self, event: QtGui.QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QtGui.QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def wheelEvent(self, event: QtGui.QWheelEvent) -> None:
        event.ignore()

    def _dress(self) -> None:
        palette = self.palette()
        palette.setColor(QtGui.QPalette.ColorRole.Text, self._theme.tokens.ink(self._tone))
        palette.setColor(QtGui.QPalette.ColorRole.Link, self._theme.tokens.accent)
        inactive, line = QtGui.QPalette.ColorGroup.Inactive, self._theme.tokens.hairline_strong
        palette.setColor(
            inactive, QtGui.QPalette.ColorRole.WindowText, line
        )  # rules between paragraphs
        self.setPalette(palette)
        self.setFont(self._theme.font(self._role))
        self._fill()
        self._fit()

    def _fill(self) -> None:
        self.setPlainText(self._text)
        spacing = QtGui.QTextBlockFormat()
        kind = QtGui.QTextBlockFormat.LineHeightTypes.MinimumHeight.value
        spacing.setLineHeight(self._theme.scale(LINE_PX.get(self._role, 18)), kind)
        cursor = QtGui.QTextCursor(self.document())
        cursor.select(QtGui.QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(spacing)

    def _fit(self) -> None:
        self.document().setTextWidth(self.viewport().width())
        self.setFixedHeight(max(1, math.ceil(self.document().size().height())))


def short_moment(at: datetime, now: datetime | None = None) -> str:
    """Return "14:01" for today, else "4 Jul 14:01", with the year if it is another one."""
    return moment_text(at, now or datetime.now(at.tzinfo))


def at_text(at: datetime, now: datetime | None = None) -> str:
    """Return a moment for use in a sentence: "at 14:01", or "on 4 Jul 14:01" for another day."""
    return time_text.at_text(at, now or datetime.now(at.tzinfo))


Measure = Callable[[str], float]
ELLIPSIS = "…"
FOLDER_GAP_PX = 8
LEFT_TO_RIGHT = "\u200e"  # a path is left-to-right in every language
MIN_STEM = 1  # minimum characters of a file name before the ellipsis


def fit_file_line(text: str, room: float, measure: Measure) -> str:
    """Return "orders.py:88", cut inside the file's name so that extension and line stay whole."""
    if measure(text) <= room:
        return text
    name, colon, line = text.rpartition(":")
    name, end = (name, f":{line}") if colon else (text, "")
    stem, dot, extension = name.rpartition(".")
    stem, tail = (stem, f"{dot}{extension}{end}") if stem else (name, end)

    def cut(length: int) -> str:
        return f"{stem[:length]}{ELLIPSIS}{tail}"

    lengths = range(MIN_STEM, len(stem))  # bisected: a name may have thousands of odd characters
    fitting = bisect_right(lengths, room, key=lambda length: measure(cut(length)))
    return cut(lengths[fitting - 1] if fitting else 0)


def fit_folder(folder: str, room: float, measure: Measure) -> str:
    """Return the folder whole, or its end after an ellipsis, or "" if neither fits."""
    if not folder or measure(folder) <= room:
        return folder
    parts = folder.split("/")

    def end(start: int) -> str:
        return f"{ELLIPSIS}/{'/'.join(parts[start:])}"

    starts = range(1, len(parts))
    first = bisect_left(starts, -room, key=lambda start: -measure(end(start)))
    return end(starts[first]) if first < len(starts) else ""


def draw_location(
    cell: painting.RowCursor, theme: Theme, file_line: str, folder: str, ink: QtGui.QColor
) -> None:
    """Draw "orders.py:88", and as much of the folder as fits. Source: look.md 5 (Location)."""
    mono, small = theme.metrics(Role.MONO), theme.metrics(Role.SMALL)
    place = fit_file_line(file_line, cell.remaining, mono.horizontalAdvance)
    cell.text(place, theme.font(Role.MONO), ink)
    cell.skip(theme.scale(FOLDER_GAP_PX))
    shown = fit_folder(folder, cell.remaining, small.horizontalAdvance)
    if shown:
        cell.text(f"{LEFT_TO_RIGHT}{shown}", theme.font(Role.SMALL), theme.tokens.faint)
