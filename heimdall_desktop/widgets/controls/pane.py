"""A flat surface with hairlines on the sides next to other regions."""

from collections.abc import Callable
from enum import Flag, auto
from typing import ClassVar, NamedTuple, TypeVar

from PySide6 import QtGui, QtWidgets
from PySide6.QtCore import QEvent, QMargins, QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QShowEvent

from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.widgets.controls.buttons import CopyWordButton
from heimdall_desktop.widgets.controls.empty_state import Emptiness, EmptyState
from heimdall_desktop.widgets.controls.focus import holds_focus, lead_in, settle_in
from heimdall_desktop.widgets.controls.key_names import copy_text
from heimdall_desktop.widgets.controls.text_labels import Label
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.painting import fill, horizontal_hairline, vertical_hairline
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Ground, Tone


class Edge(Flag):
    """Sides of a pane. `START` is left in left-to-right layouts."""

    NONE = 0
    TOP = auto()
    BOTTOM = auto()
    START = auto()
    END = auto()


class _Spaces(NamedTuple):
    layout: QtWidgets.QLayout
    margins: tuple[float, float, float, float]
    gap: float
    lines: Edge
    height: float
    least_height: float


class MeasuredWidget(QtWidgets.QWidget):
    """Has measures that depend on the font: they are set again for another font or direction.

    Those that only need scaling are given once to `keep_spaces`; `_measure` sets the others.
    """

    def __init__(self, parent: QtWidgets.QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme_of(self)
        self._spaces: list[_Spaces] = []

    def keep_spaces(
        self,
        layout: QtWidgets.QLayout,
        start: float = 0,
        top: float = 0,
        end: float = 0,
        bottom: float = 0,
        *,
        gap: float = 0,
        lines: Edge = Edge.NONE,
        height: float = 0,
        least_height: float = 0,
    ) -> None:
        """Set margins, gap and height, now and for each other font, zoom or reading direction.

        Lengths are in pixels before scaling, a height of 0 is not set. Each hairline takes one
        pixel more, which is not scaled.
        """
        margins = (start, top, end, bottom)
        self._spaces.append(_Spaces(layout, margins, gap, lines, height, least_height))
        self._set_spaces(self._spaces[-1])

    def _set_spaces(self, spaces: _Spaces) -> None:
        scale = self._theme.scale
        edges = zip(("start", "top", "end", "bottom"), spaces.margins, strict=True)
        margins = {side: scale(px) + (Edge[side.upper()] in spaces.lines) for side, px in edges}
        set_row_margins(self, spaces.layout, **margins)
        spaces.layout.setSpacing(scale(spaces.gap))
        if spaces.height:
            self.setFixedHeight(scale(spaces.height))
        if spaces.least_height:
            self.setMinimumHeight(scale(spaces.least_height))
        self.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.LayoutDirectionChange):
            for spaces in self._spaces:
                self._set_spaces(spaces)
            self._measure()

    def _measure(self) -> None:
        """Set what depends on the font otherwise."""


class Column(MeasuredWidget):
    """Parts below each other, without margins.

    Args:
        gap_px: Between them, before scaling.
    """

    def __init__(self, gap_px: int, parent: QtWidgets.QWidget | None = None) -> None:
        super().__init__(parent)
        self.column = QtWidgets.QVBoxLayout(self)
        self.keep_spaces(self.column, gap=gap_px)


Q = TypeVar("Q", bound=QObject)
R = TypeVar("R", bound=QtWidgets.QWidget | tuple[QtWidgets.QWidget, ...])


def named(part: Q, name: str) -> Q:
    """Give a part its object name, and return it."""
    part.setObjectName(name)
    return part


def alert(part: QtWidgets.QWidget) -> None:
    """Have a screen reader read a part that says something new."""
    access = QtGui.QAccessible  # looked up on use: its lists of names are long
    access.updateAccessibility(QtGui.QAccessibleEvent(part, access.Event.Alert))


def shown_rows(rows: list[R], count: int, make: Callable[[int], R]) -> list[R]:
    """Return the first rows of a list, widgets or parts: missing ones are made, others hidden."""
    while len(rows) < count:
        rows.append(make(len(rows)))
    for number, row in enumerate(rows):
        for part in row if isinstance(row, tuple) else (row,):
            part.setVisible(number < count)
    return rows[:count]


L = TypeVar("L", bound=QtWidgets.QBoxLayout)


def tight(layout: L) -> L:
    """Remove the margins and gaps of a layout, and return it."""
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    return layout


class Pane(MeasuredWidget):
    """Paints its ground and its hairlines; its layout does everything else.

    Args:
        edges: The sides with a hairline.
        is_strong: Use the strong hairline, as beside splits and under headers.
    """

    def __init__(
        self,
        ground: Ground = Ground.SURFACE,
        edges: Edge = Edge.NONE,
        *,
        is_strong: bool = False,
        parent: QtWidgets.QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._ground = ground
        self._edges = edges
        self._is_strong = is_strong

    def set_edges(self, edges: Edge) -> None:
        self._edges = edges
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            tokens, rect = self._theme.tokens, QRectF(self.rect())
            fill(painter, rect, tokens.ground(self._ground))
            colour = tokens.hairline_strong if self._is_strong else tokens.hairline
            if Edge.TOP in self._edges:
                horizontal_hairline(painter, 0, 0, rect.width(), colour)
            if Edge.BOTTOM in self._edges:
                horizontal_hairline(painter, 0, rect.height() - 1, rect.width(), colour)
            is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
            left, right = (Edge.END, Edge.START) if is_mirrored else (Edge.START, Edge.END)
            if left in self._edges:
                vertical_hairline(painter, 0, 0, rect.height(), colour)
            if right in self._edges:
                vertical_hairline(painter, rect.width() - 1, 0, rect.height(), colour)


def set_row_margins(
    widget: QtWidgets.QWidget,
    layout: QtWidgets.QLayout,
    *,
    start: int,
    end: int,
    top: int = 0,
    bottom: int = 0,
) -> None:
    """Set margins by reading direction, unlike Qt; call again when the direction changes."""
    is_mirrored = widget.layoutDirection() is Qt.LayoutDirection.RightToLeft
    left, right = (end, start) if is_mirrored else (start, end)
    layout.setContentsMargins(QMargins(left, top, right, bottom))


class ScrollPage(QtWidgets.QScrollArea):
    """Scrolls one widget; its position can be set before the content is laid out.

    Args:
        content: The scrolled widget; it paints no ground of its own.
    """

    def __init__(self, content: QtWidgets.QWidget, parent: QtWidgets.QWidget | None = None) -> None:
        super().__init__(parent)
        self._wanted_px: int | None = None
        self._is_reaching = False
        self.setFrameShape(QtWidgets.QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(content)
        content.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        bar = self.verticalScrollBar()
        bar.rangeChanged.connect(self._reach)
        bar.valueChanged.connect(self._stay)

    @property
    def position_px(self) -> int:
        """The scroll position, or the one it will have once there is room."""
        return self.verticalScrollBar().value() if self._wanted_px is None else self._wanted_px

    def scroll_to(self, position_px: int) -> None:
        """Scroll there once the content is long enough, unless the user scrolls first."""
        self._wanted_px = position_px
        self._reach()

    def _reach(self) -> None:
        if self._wanted_px is not None:
            self._is_reaching = True
            self.verticalScrollBar().setValue(self._wanted_px)
            self._is_reaching = False

    def _stay(self) -> None:
        """Keep the position set by the wheel, a key or the focus."""
        if not self._is_reaching:
            self._wanted_px = None


GRAB_PX = 7


class HairlineSplitter(QtWidgets.QSplitter):
    """Divides regions by a strong hairline; the handle extends 3 px over both neighbours.

    Source: look.md 7 (Style and palette).
    """

    def __init__(
        self, orientation: Qt.Orientation, parent: QtWidgets.QWidget | None = None
    ) -> None:
        super().__init__(orientation, parent)
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)

    def createHandle(self) -> QtWidgets.QSplitterHandle:
        return _Handle(self.orientation(), self)


class _Handle(QtWidgets.QSplitterHandle):
    """Wider than its visible line. Qt places a handle by its contents, so the margins overlap."""

    def __init__(self, orientation: Qt.Orientation, parent: QtWidgets.QSplitter) -> None:
        super().__init__(orientation, parent)
        self._theme = theme_of(self)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)

    def resizeEvent(self, event: QResizeEvent) -> None:
        margin = (GRAB_PX - 1) // 2
        if self.orientation() is Qt.Orientation.Horizontal:
            self.setContentsMargins(margin, 0, margin, 0)
        else:
            self.setContentsMargins(0, margin, 0, margin)
        QtWidgets.QWidget.resizeEvent(self, event)

    def sizeHint(self) -> QSize:
        return QSize(1, 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        with QPainter(self) as painter:
            line = QRectF(self.contentsRect())
            if self.underMouse():
                fill(painter, line, tokens.control)
            elif self.orientation() is Qt.Orientation.Horizontal:
                vertical_hairline(painter, line.left(), 0, line.height(), tokens.hairline_strong)
            else:
                horizontal_hairline(painter, 0, line.top(), line.width(), tokens.hairline_strong)


class Scrim(QtWidgets.QWidget):
    """Covers a window while one of its dialogs is open. Source: look.md 2, 4b.

    Qt notifies a window when it is blocked and unblocked, wherever the dialog was opened and
    however it closes. It appears in its own loop turn: the repaint must not delay the dialog.
    """

    def __init__(self, window: QtWidgets.QWidget) -> None:
        super().__init__(window)
        self._theme = theme_of(self)
        self.setObjectName("scrim")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self._come)
        window.installEventFilter(self)

    def eventFilter(self, window: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind is QEvent.Type.WindowBlocked:
            self._soon.start()
        elif kind is QEvent.Type.WindowUnblocked:
            self._soon.stop()
            self.hide()
        elif kind is QEvent.Type.Resize:
            self.setGeometry(self.window().rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            fill(painter, QRectF(self.rect()), self._theme.tokens.scrim)

    def _come(self) -> None:
        self.setGeometry(self.window().rect())
        self.show()
        self.raise_()


ICON = "ui-hide"


class Veil(QtWidgets.QStackedWidget):
    """Covers content that may contain names while presenting is on, and restores it unchanged.

    Covered content stays active: it keeps its selection, its scroll position and typed text. A
    dialog and a page of the panel are covered unless they declare that they contain no names.

    Signals:
        turned: whether the content is covered now.
    """

    turned = Signal(bool)
    _is_presenting: ClassVar[bool] = False  # shared by all windows, like the language

    def __init__(self, content: QtWidgets.QWidget) -> None:
        super().__init__()
        self._content = content
        self._note: EmptyState | None = None  # made on first use
        self.addWidget(content)
        self._show()

    @classmethod
    def is_on(cls) -> bool:
        return cls._is_presenting

    @classmethod
    def cover_all(cls, *, is_on: bool) -> None:
        """Cover the content of all current and future veils, or show it again."""
        cls._is_presenting = is_on
        for widget in QtWidgets.QApplication.allWidgets():
            if isinstance(widget, Veil):
                widget._show()

    def _show(self) -> None:
        had_focus = holds_focus(self, QtWidgets.QApplication.focusWidget())
        if self._is_presenting and self._note is None:
            self._note = EmptyState(self)
            text = tr("Hidden while presenting."), tr("Press Ctrl+Shift+H to show it again.")
            self._note.show_state(Emptiness(ICON, *text))
            self.addWidget(self._note)
        shown = self._content
        if self._is_presenting and self._note is not None:
            shown = self._note
            self.removeWidget(self._content)  # otherwise assistive technology could still read it
        else:
            self.addWidget(shown)
        self.setCurrentWidget(shown)
        if had_focus:
            shown.setFocus(Qt.FocusReason.OtherFocusReason)
        self.turned.emit(self._is_presenting)


class LatePlace(QtWidgets.QWidget):
    """Holds the place of a page that is created on demand, for example when it is shown.

    Args:
        on_shown: Creates the page and puts it here, if that is still to be done.
    """

    def __init__(
        self, on_shown: Callable[[], object], parent: QtWidgets.QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._on_shown = on_shown
        self._column = tight(QtWidgets.QVBoxLayout(self))

    def put(self, page: QtWidgets.QWidget) -> None:
        self._column.addWidget(page)
        lead_in(self, page)
        settle_in(page)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._on_shown()


class SectionHead(MeasuredWidget):
    """The line above a block of the detail: title, muted note, and an optional copy button.

    Args:
        copy_label: The button's text; no button without it.
    """

    def __init__(
        self,
        title: str,
        copy_label: str = "",
        parent: QtWidgets.QWidget | None = None,
        *,
        copy: Callable[[str], None] = copy_text,
    ) -> None:
        super().__init__(parent)
        self._copy_as = copy
        self._title = Label(title, Role.SMALL, Weight.SEMIBOLD, parent=self)
        right = Qt.TextElideMode.ElideRight
        self._note = Label("", Role.SMALL, tone=Tone.MUTED, elide=right, parent=self)
        self._copy = named(CopyWordButton(copy_label, parent=self), "copy")
        self._copy.clicked.connect(self._copy_text)
        self._copy.setVisible(bool(copy_label))
        self._can_copy = bool(copy_label)
        self._text = ""
        self._row = QtWidgets.QHBoxLayout(self)
        self._row.addWidget(self._title)
        self._row.addWidget(self._note)
        self._row.addStretch(1)
        self._row.addWidget(self._copy)
        self.keep_spaces(self._row, top=6, gap=8, height=30)

    def insert(self, widget: QtWidgets.QWidget) -> None:
        self._row.insertWidget(self._row.indexOf(self._copy), widget)
        widget.stackUnder(self._copy)  # so that the Tab key reaches it first

    def append(self, widget: QtWidgets.QWidget) -> None:
        self._row.addWidget(widget)

    def set_title(self, title: str) -> None:
        self._title.setText(title)

    def describe(self, note: str, text: str = "") -> None:
        """Set the note beside the title, and the text that the button copies."""
        self._note.setText(note)
        if text != self._text:
            self._copy.rest()
        self._text = text
        self._copy.setVisible(self._can_copy and bool(text))

    def _copy_text(self) -> None:
        self._copy_as(self._text)
        self._copy.confirm()
