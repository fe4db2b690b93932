"""A flat surface with hairlines on the sides where another region begins."""

from __future__ import annotations

from collections.abc import Callable
from enum import Flag, auto
from typing import ClassVar

from PySide6.QtCore import QEvent, QMargins, QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QSplitter,
    QSplitterHandle,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.widgets.controls.buttons import CopyWordButton
from heimdall_desktop.widgets.controls.empty_state import Emptiness, EmptyState
from heimdall_desktop.widgets.controls.focus import holds_focus, lead_in, settle_in
from heimdall_desktop.widgets.controls.key_names import copy_text
from heimdall_desktop.widgets.controls.labels import Label
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.painting import fill, horizontal_hairline, vertical_hairline
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Ground, Tone


class Edge(Flag):
    """Sides of a pane. `START` is left where lines run from left to right."""

    NONE = 0
    TOP = auto()
    BOTTOM = auto()
    START = auto()
    END = auto()


class MeasuredWidget(QWidget):
    """Has measures that go with the font: `_measure` is called for another font or direction.

    Args:
        parent: Its owner.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme_of(self)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.LayoutDirectionChange):
            self._measure()

    def _measure(self) -> None:
        """Set margins, gaps and heights."""


class Pane(MeasuredWidget):
    """Paints its ground and its hairlines; everything else is its layout's.

    Args:
        ground: The surface.
        edges: The sides that carry a hairline.
        is_strong: Take the strong hairline, as beside splits and under headers.
        parent: Its owner.
    """

    def __init__(
        self,
        ground: Ground = Ground.SURFACE,
        edges: Edge = Edge.NONE,
        *,
        is_strong: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._ground = ground
        self._edges = edges
        self._is_strong = is_strong

    def set_edges(self, edges: Edge) -> None:
        """Carry hairlines on other sides from now on."""
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
    widget: QWidget, layout: QLayout, *, start: int, end: int, top: int = 0, bottom: int = 0
) -> None:
    """Set margins by where a line begins, unlike Qt; call again when the direction changes.

    Args:
        widget: Whose direction counts.
        layout: Of that widget.
        start: Pixels before the first part.
        end: Pixels behind the last part.
        top: Pixels above.
        bottom: Pixels below.
    """
    is_mirrored = widget.layoutDirection() is Qt.LayoutDirection.RightToLeft
    left, right = (end, start) if is_mirrored else (start, end)
    layout.setContentsMargins(QMargins(left, top, right, bottom))


# A page that scrolls, and that can be told where it was before its content is laid out.


class ScrollPage(QScrollArea):
    """Holds one widget, as wide as itself.

    Args:
        content: What scrolls; it paints no ground of its own.
        parent: The owner.
    """

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wanted_px: int | None = None
        self._is_reaching = False
        self.setFrameShape(QFrame.Shape.NoFrame)
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
        """How far it is scrolled, or will be once there is room."""
        return self.verticalScrollBar().value() if self._wanted_px is None else self._wanted_px

    def scroll_to(self, position_px: int) -> None:
        """Scroll there, as soon as the content is long enough, until the user scrolls elsewhere."""
        self._wanted_px = position_px
        self._reach()

    def _reach(self) -> None:
        if self._wanted_px is not None:
            self._is_reaching = True
            self.verticalScrollBar().setValue(self._wanted_px)
            self._is_reaching = False

    def _stay(self) -> None:
        """Stay where the wheel, a key or the focus has led."""
        if not self._is_reaching:
            self._wanted_px = None


# A splitter that shows one hairline and is still easy to grab.
#
# Source: design.md §7 (Style and palette).


GRAB_PX = 7


class HairlineSplitter(QSplitter):
    """Divides regions by a strong hairline; the handle reaches 3 px over both neighbours.

    Args:
        orientation: Which way the regions lie.
        parent: Its owner.
    """

    def __init__(self, orientation: Qt.Orientation, parent: QWidget | None = None) -> None:
        super().__init__(orientation, parent)
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)

    def createHandle(self) -> QSplitterHandle:
        return _Handle(self.orientation(), self)


class _Handle(QSplitterHandle):
    """Wider than what it shows. Qt places a handle by its contents, so the margins overlap."""

    def __init__(self, orientation: Qt.Orientation, parent: QSplitter) -> None:
        super().__init__(orientation, parent)
        self._theme = theme_of(self)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep Qt from masking the handle down to five pixels."""
        margin = (GRAB_PX - 1) // 2
        if self.orientation() is Qt.Orientation.Horizontal:
            self.setContentsMargins(margin, 0, margin, 0)
        else:
            self.setContentsMargins(0, margin, 0, margin)
        QWidget.resizeEvent(self, event)

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


# The veil over a window while a dialog of it waits for an answer. Source: design.md §2, 4b.
#
# Qt itself tells a window that it is blocked and that it no longer is, so that the veil lies under
# every dialog, wherever it was opened, and is gone however it ends. It comes in a turn of its own:
# the window is painted again under it, which must not hold up the dialog.


class Scrim(QWidget):
    """Covers a window while that is blocked.

    Args:
        window: What it covers.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme_of(self)
        self.setObjectName("scrim")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._come)
        window.installEventFilter(self)

    def eventFilter(self, window: QObject, event: QEvent) -> bool:
        """Come and go with what blocks the window, in every size of it."""
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


# Covers what may hold names while presenting is on, and gives it back as it was.
#
# What is covered goes on: it keeps its selection, its scrolling and what was typed. A dialog and a
# page of the panel are covered unless they say that they name nothing: so none can be forgotten.


ICON = "ui-hide"


class Veil(QStackedWidget):
    """Shows its content, or that it is hidden.

    Args:
        content: What is covered.
        parent: The owner.

    Signals:
        turned: whether the content is covered now.
    """

    turned = Signal(bool)
    _is_presenting: ClassVar[bool] = False  # of all windows alike, as the language is

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content = content
        self._note: EmptyState | None = None  # made on first use
        self.addWidget(content)
        self._show()

    @classmethod
    def is_on(cls) -> bool:
        """Whether contents are covered."""
        return cls._is_presenting

    @classmethod
    def cover_all(cls, *, is_on: bool) -> None:
        """Cover the content of every veil there is or will be, or show it again."""
        cls._is_presenting = is_on
        for widget in QApplication.allWidgets():
            if isinstance(widget, Veil):
                widget._show()

    def _show(self) -> None:
        had_focus = holds_focus(self, QApplication.focusWidget())
        if self._is_presenting:
            shown: QWidget = self._made_note()
            self.removeWidget(self._content)  # else assistive technology could still read it
        else:
            shown = self._content
            self.addWidget(shown)
        self.setCurrentWidget(shown)
        if had_focus:
            shown.setFocus(Qt.FocusReason.OtherFocusReason)
        self.turned.emit(self._is_presenting)

    def _made_note(self) -> EmptyState:
        if self._note is None:
            self._note = EmptyState(self)
            told = tr("Hidden while presenting."), tr("Press Ctrl+Shift+H to show it again.")
            self._note.show_state(Emptiness(ICON, *told))
            self.addWidget(self._note)
        return self._note


# The place of a page that is made when it is first wanted, be it by being shown.


class LatePlace(QWidget):
    """Lies where its page will be.

    Args:
        on_shown: Makes the page and puts it here, if that is still to be done.
        parent: The owner.
    """

    def __init__(self, on_shown: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._on_shown = on_shown
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def put(self, page: QWidget) -> None:
        """Let a page fill the place."""
        self._column.addWidget(page)
        lead_in(self, page)
        settle_in(page)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._on_shown()


# The line above a block of the detail: what it is, a note, and a button that copies it.


class SectionHead(MeasuredWidget):
    """Title, muted note, and a copy button where there is something to copy.

    Args:
        title: What stands below.
        copy_label: The button's text; no button without it.
        parent: The owner.
        copy: Puts the text on the clipboard.
    """

    def __init__(
        self,
        title: str,
        copy_label: str = "",
        parent: QWidget | None = None,
        *,
        copy: Callable[[str], None] = copy_text,
    ) -> None:
        super().__init__(parent)
        self._copy_as = copy
        self._title = Label(title, Role.SMALL, Weight.SEMIBOLD, parent=self)
        right = Qt.TextElideMode.ElideRight
        self._note = Label("", Role.SMALL, tone=Tone.MUTED, elide=right, parent=self)
        self._copy = CopyWordButton(copy_label, parent=self)
        self._copy.setObjectName("copy")
        self._copy.clicked.connect(self._copy_text)
        self._copy.setVisible(bool(copy_label))
        self._can_copy = bool(copy_label)
        self._text = ""
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._title)
        self._row.addWidget(self._note)
        self._row.addStretch(1)
        self._row.addWidget(self._copy)
        self._measure()

    def insert(self, widget: QWidget) -> None:
        """Put something before the copy button."""
        self._row.insertWidget(self._row.indexOf(self._copy), widget)
        widget.stackUnder(self._copy)  # so that the Tab key comes to it first

    def append(self, widget: QWidget) -> None:
        """Put something behind the copy button."""
        self._row.addWidget(widget)

    def set_title(self, title: str) -> None:
        """Say what else stands below."""
        self._title.setText(title)

    def describe(self, note: str, text: str = "") -> None:
        """Say more beside the title, and what the button copies."""
        self._note.setText(note)
        if text != self._text:
            self._copy.rest()
        self._text = text
        self._copy.setVisible(self._can_copy and bool(text))

    def _copy_text(self) -> None:
        self._copy_as(self._text)
        self._copy.confirm()

    def _measure(self) -> None:
        self._row.setSpacing(self._theme.scale(8))
        self._row.setContentsMargins(0, self._theme.scale(6), 0, 0)
        self.setFixedHeight(self._theme.scale(30))
