"""The rows of the stages, and the dark box with details of the row under pointer or focus.

A click filters the log to the stage.
"""

from collections.abc import Sequence

from PySide6 import QtCore, QtGui
from PySide6.QtWidgets import QAbstractItemView, QMenu, QWidget

from heimdall_desktop.models.panel_models import TimelineModel
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.panel.timeline import TimelineRow
from heimdall_desktop.widgets.controls import row_delegate
from heimdall_desktop.widgets.controls.key_names import copy_line, copy_text
from heimdall_desktop.widgets.controls.text_labels import new_menu
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.painting import rounded_box
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.panel import timeline_drawing

REST_MS = 250  # a pointer passing by opens nothing
_SELECT = QtCore.QItemSelectionModel.SelectionFlag.Select
_PICK_KEYS = (QtCore.Qt.Key.Key_Return, QtCore.Qt.Key.Key_Enter, QtCore.Qt.Key.Key_Space)

TIP_PADDING_PX = 12
TIP_TOP_PX = 9
TIP_WIDEST_PX = 420
MOST_LINES = 24  # of a wrapped text, so that the box fits into the lowest window
TIP_RADIUS_PX = 6
TIP_GAP_PX = 6
TIP_EDGE_PX = 8
LINE_SEPARATOR = "\u2028"


class StageTip(QWidget):
    """Shows lines over the window, clear of the row they belong to. It ignores the mouse.

    Args:
        owner: The box covers this widget's window, and closes with it.
    """

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self._theme = theme_of(self)
        self._owner = owner
        self._lines: tuple[str, ...] = ()
        self.setObjectName("stage_tip")
        self.setAttribute(QtCore.Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(QtCore.Qt.FocusPolicy.NoFocus)
        self.hide()

    @property
    def lines(self) -> tuple[str, ...]:
        return self._lines if self.isVisible() else ()

    def show_lines(self, lines: Sequence[str], beside: QtCore.QRect) -> None:
        """Show other lines, under what they belong to, or above it if there is no space.

        Args:
            lines: the first is a name.
            beside: the screen rectangle they belong to; it stays visible.
        """
        self._lines = tuple(lines)
        for text in map(self._wrapped, range(len(self._lines))):
            last, size = text.lineAt(text.lineCount() - 1), len(text.text().encode("utf-16-le"))
            if last.textStart() + last.textLength() < size // 2:
                self._lines += (tr("Copy to get the full text."),)
                break
        window = self._owner.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        self.resize(self.sizeHint())
        row = QtCore.QRect(window.mapFromGlobal(beside.topLeft()), beside.size())
        edge, gap = self._theme.scale(TIP_EDGE_PX), self._theme.scale(TIP_GAP_PX)
        left = min(max(row.left(), edge), max(window.width() - self.width() - edge, edge))
        top = row.bottom() + gap
        if top + self.height() + edge > window.height():
            top = max(row.top() - gap - self.height(), edge)
        self.move(left, top)
        self.update()
        if self.isHidden():  # widgets raised since then stay above it
            self.show()
            self.raise_()

    def sizeHint(self) -> QtCore.QSize:
        rects = [self._text_rect(self._wrapped(number)) for number in range(len(self._lines))]
        widest = max((rect.width() for rect in rects), default=0)
        height = sum(rect.height() for rect in rects)
        scale = self._theme.scale
        return QtCore.QSize(
            round(widest + 0.5) + 2 * scale(TIP_PADDING_PX),
            round(height + 0.5) + 2 * scale(TIP_TOP_PX),
        )

    def paintEvent(self, event: QtGui.QPaintEvent) -> None:
        theme = self._theme
        with QtGui.QPainter(self) as painter:
            tokens, scale = theme.tokens, theme.scale
            rounded_box(
                painter, QtCore.QRectF(self.rect()), scale(TIP_RADIUS_PX), ground=tokens.inverse
            )
            painter.setPen(tokens.inverse_text)
            painter.setLayoutDirection(QtCore.Qt.LayoutDirection.LeftToRight)
            painter.setClipRect(self.rect())
            top = float(scale(TIP_TOP_PX))
            for number in range(len(self._lines)):
                text = self._wrapped(number)
                text.draw(painter, QtCore.QPointF(scale(TIP_PADDING_PX), top))
                top += self._text_rect(text).height()

    def _wrapped(self, number: int) -> QtGui.QTextLayout:
        """Lay out a line, wrapped between words, and cut if it is too long."""
        font = self._theme.font(Role.SMALL, Weight.REGULAR if number else Weight.SEMIBOLD)
        option = QtGui.QTextOption(QtCore.Qt.AlignmentFlag.AlignLeft)
        option.setWrapMode(QtGui.QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout = QtGui.QTextLayout(self._lines[number].replace("\n", LINE_SEPARATOR), font)
        layout.setTextOption(option)
        spacing = QtGui.QFontMetricsF(font).lineSpacing()
        layout.beginLayout()
        while layout.lineCount() < MOST_LINES and (line := layout.createLine()).isValid():
            line.setLineWidth(self._theme.scale(TIP_WIDEST_PX))
            line.setPosition(QtCore.QPointF(0, (layout.lineCount() - 1) * spacing))
        layout.endLayout()
        return layout

    def _text_rect(self, text: QtGui.QTextLayout) -> QtCore.QRectF:
        lines = [text.lineAt(number) for number in range(text.lineCount())]
        width = max((line.naturalTextWidth() for line in lines), default=0)
        height = max(len(lines), 1) * QtGui.QFontMetricsF(text.font()).lineSpacing()
        return QtCore.QRectF(0, 0, width + 1, height)


class StagesList(row_delegate.MarkedList):
    """The rows. Errors can be copied from the menu or with its keys.

    Args:
        model: The stages.
    """

    stage_picked = QtCore.Signal(str)
    """The name of the stage whose log is requested; "" for the full log."""

    def __init__(self, model: TimelineModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme_of(self)
        self._stages = model
        self._is_second_click = False
        self._pointed_row = -1
        self._tip_row = -1  # the row whose tip is requested
        self._delegate = timeline_drawing.TimelineDelegate(model, self)
        self.tip = StageTip(self)
        self._rest = QtCore.QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._show_tip)
        self.setObjectName("stages_list")
        self.setAccessibleName(tr("Stages"))
        self.setFocusPolicy(QtCore.Qt.FocusPolicy.StrongFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)  # or none
        self.setModel(model)
        self._marks = row_delegate.ListMarks(self, self._delegate)
        self._marks.moved.connect(self._follow_marks)
        self._outside = row_delegate.OutsideChoice(self)
        self._outside.chosen.connect(self._take_outside_choice)
        model.dataChanged.connect(self._show_tip)
        model.modelReset.connect(self._show_tip)
        model.modelReset.connect(self._size_rows)
        model.modelReset.connect(self._mark_picked)
        self._theme.changed.connect(self._size_rows)

    def show_picked(self, stage: str) -> None:
        """Mark the stage that filters the log; "" for none."""
        self._delegate.picked = stage
        self._mark_picked()
        self.viewport().update()

    def make_menu(self, row: TimelineRow) -> QMenu:
        menu = new_menu(self, tr("Stage"), "stage_menu")
        icon = self._theme.icon("ui-copy")
        copy_error = menu.addAction(icon, tr("Copy error"))
        copy_error.setEnabled(bool(row.error))
        copy_error.triggered.connect(lambda: copy_line(row.error))
        copy_sentence = menu.addAction(tr("Copy line"))
        copy_sentence.triggered.connect(lambda: copy_line(row.sentence))
        copy_all = menu.addAction(tr("Copy all details"))
        copy_all.triggered.connect(lambda: copy_text(row.whole_text))
        return menu

    # -- picking --

    def _pick(self, row: TimelineRow | None) -> None:
        """Request the log of a stage; a second time for the same stage shows the full log again."""
        if row is not None:
            self.stage_picked.emit("" if row.name == self._delegate.picked else row.name)

    def _take_outside_choice(self, index: row_delegate.Index) -> None:
        self._pick(self._stages.row(index.row()))
        self._mark_picked()

    def _mark_picked(self) -> None:
        """Make the picked stage the selected one for Qt and assistive technology."""
        picked = self._delegate.picked
        with self._outside.expecting():
            self.clearSelection()
            for number in range(self._stages.rowCount()):
                row = self._stages.row(number)
                if row is not None and row.name == picked:
                    self.selectionModel().select(self._stages.index(number), _SELECT)

    def mousePressEvent(self, event: QtGui.QMouseEvent) -> None:
        self._is_second_click = False
        self._dismiss_tip()
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QtGui.QMouseEvent) -> None:
        self._is_second_click = True
        super().mouseDoubleClickEvent(event)

    def mouseReleaseEvent(self, event: QtGui.QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() is QtCore.Qt.MouseButton.LeftButton and not self._is_second_click:
            self._pick(self._stages.row(self.indexAt(event.position().toPoint()).row()))

    def keyPressEvent(self, event: QtGui.QKeyEvent) -> None:
        row = self._stages.row(self.currentIndex().row())
        if event.matches(QtGui.QKeySequence.StandardKey.Copy) and row is not None:
            copy_line(row.error or row.sentence)
        elif event.key() in _PICK_KEYS and not event.modifiers():
            self._dismiss_tip()
            self._pick(row)
        elif event.key() == QtCore.Qt.Key.Key_Escape and self.tip.isVisible():
            self._dismiss_tip()
        elif event.key() == QtCore.Qt.Key.Key_Escape and self._delegate.picked:
            self.stage_picked.emit("")
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QtGui.QContextMenuEvent) -> None:
        index, place = self._marks.menu_place(event)
        row = self._stages.row(index.row())
        if row is not None:
            self._dismiss_tip()
            self.make_menu(row).popup(place)

    # -- pointer and focus --

    def hideEvent(self, event: QtGui.QHideEvent) -> None:
        super().hideEvent(event)
        self._pointed_row = -1
        self._dismiss_tip()

    def _follow_marks(self) -> None:
        """Show the tip of the stage that pointer or focus entered last; none once they left.

        The first tip is shown once the pointer rests on a row, that of the next row at once.
        """
        hovered_row = self._delegate.hovered_row
        if hovered_row == self._pointed_row:
            self._tip_row = self._delegate.ringed_row
        else:
            self._pointed_row = self._tip_row = hovered_row
            if hovered_row >= 0 and not self.tip.isVisible():
                self._rest.start()
                return
            self._rest.stop()
        self._show_tip()

    def _dismiss_tip(self) -> None:
        """Hide the tip until pointer or focus enter another stage."""
        self._tip_row = -1
        self._rest.stop()
        self.tip.hide()

    def _show_tip(self) -> None:
        row = self._stages.row(self._tip_row)
        if row is None or not self.isVisible() or self._rest.isActive():
            self.tip.hide()
            return
        rect, timeline = self.visualRect(self._stages.index(self._tip_row)), self._stages.timeline
        left = rect.left()
        if timeline is not None:
            plan = timeline_drawing.TimelinePlan(self._theme, timeline, rect.width())
            left = int(plan.x(row.start_s) if row.start_s is not None else plan.axis_left)
        place = QtCore.QRect(left, rect.top(), max(rect.right() - left, 1), rect.height())
        corner = self.viewport().mapToGlobal(QtCore.QPoint(place.left(), place.top()))
        self.tip.show_lines((*row.details, *row.shown_error), QtCore.QRect(corner, place.size()))

    # -- form --

    def resizeEvent(self, event: QtGui.QResizeEvent) -> None:
        super().resizeEvent(event)
        self._size_rows()

    def _size_rows(self) -> None:
        """Use tall rows if all nine fit. Source: look.md 5 (large view)."""
        needed = self._theme.scale(timeline_drawing.LARGE_ROW_PX) * max(self._stages.rowCount(), 1)
        is_large = self.viewport().height() >= needed and self._stages.rowCount() > 0
        if is_large != self._delegate.is_large:
            self._delegate.is_large = is_large
            self.scheduleDelayedItemsLayout()
