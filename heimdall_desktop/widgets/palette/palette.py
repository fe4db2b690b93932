"""The command palette: finds every command of the window by a few letters.

It covers the window and has the keyboard until a command runs or Escape is pressed. Then focus
returns to where it was. Source: behaviour.md feature 35; look.md 5 ("Palette"), picture 7b.
"""

import json

from PySide6 import QtGui, QtWidgets
from PySide6.QtCore import QEvent, QModelIndex, QObject, QRectF, QSize, Qt

from heimdall_desktop.application.memory.preferences import WindowMemory
from heimdall_desktop.models.rows_model import ROW_ROLE, Index
from heimdall_desktop.models.suggestion_models import Line, PaletteModel
from heimdall_desktop.presentation.i18n import grouped, tr
from heimdall_desktop.presentation.window.command import Command
from heimdall_desktop.widgets.controls import text_labels
from heimdall_desktop.widgets.controls.focus import KeyPrecedence
from heimdall_desktop.widgets.controls.key_names import key_caps, key_text
from heimdall_desktop.widgets.controls.pane import MeasuredWidget, set_row_margins
from heimdall_desktop.widgets.controls.row_delegate import ChoiceList
from heimdall_desktop.widgets.look import painting
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Tone
from heimdall_desktop.widgets.window.window_actions import WindowActions

KEYS = "Ctrl+K"
TOP_PX = 140
LEAST_TOP_PX, SIDE_PX = 24, 16  # margin around it in a small window
SHADOW_RADIUS_PX = 10
SHADOWS_PX = (3, 7, 12)  # how far each of the three faint rectangles reaches
MEMORY_NAME = "palette"
MOST_REMEMBERED = 20


class Palette(MeasuredWidget):
    """Covers the window while it is open.

    Args:
        actions: The commands.
        memory: Keeps recently used commands.
        window: The window it covers.
    """

    def __init__(
        self, actions: WindowActions, memory: WindowMemory, window: QtWidgets.QWidget
    ) -> None:
        super().__init__(window)
        self._actions, self._memory = actions, memory
        self.before: QtWidgets.QWidget | None = None
        self._model = PaletteModel(key_text, self)
        self._card = PaletteCard(self._model, self)
        self.setObjectName("palette")
        self._card.edit.textEdited.connect(self._search)
        self._card.list.index_chosen.connect(self._run)
        self._card.edit.installEventFilter(self)
        window.installEventFilter(self)
        self._precedence = KeyPrecedence(KEYS, window)
        self.hide()

    def open(self) -> None:
        """Show all other commands; if already open, its keys select the typed text."""
        if self.isVisible():
            self._card.edit.selectAll()
            return
        self.before = QtWidgets.QApplication.focusWidget()
        others = [command for command in self._actions.commands() if command.act != self.open]
        self._model.take(others, self._recent())
        self._card.edit.clear()
        self._card.list.scrollToTop()
        self._card.show_count(self._model.count, self._model.count)
        self._measure()
        self.show()
        self.raise_()
        self._card.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._card.go_to(self._model.step(-1, 1))

    def close_again(self) -> None:
        self.hide()
        if self.before is not None and self.before.isVisible():
            self.before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.before = None

    # -- typed text and choice --

    def _search(self, wanted: str) -> None:
        self._model.search(wanted)
        self._card.show_count(self._model.shown, self._model.count)
        self._card.go_to(self._model.step(-1, 1))
        self._measure()

    def _run(self, index: QModelIndex) -> None:
        command: Command | str | None = index.data(ROW_ROLE)
        if not isinstance(command, Command) or command.obstacle():
            return
        if command.is_remembered:
            ids = [command.id, *(id_ for id_ in self._recent() if id_ != command.id)]
            self._memory.keep(MEMORY_NAME, json.dumps(ids[:MOST_REMEMBERED]))
        self.close_again()
        self._actions.run(command)

    def _recent(self) -> list[str]:
        """Return the ids of recently used commands; a damaged memory has none."""
        try:
            kept = json.loads(self._memory.text(MEMORY_NAME) or "[]")
        except (ValueError, RecursionError):
            return []
        ids = kept if isinstance(kept, list) else []
        return [id_ for id_ in ids if isinstance(id_, str)][:MOST_REMEMBERED]

    # -- Qt --

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.parent():
            if event.type() is QEvent.Type.Resize and self.isVisible():
                self._measure()
            return False
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()  # the window's own keys are inactive
            return True
        if not isinstance(event, QtGui.QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        key, view, rows = event.key(), self._card.list, self._model.rowCount()
        row = view.currentIndex().row()
        places = {
            Qt.Key.Key_Down: lambda: self._model.step(row, 1),
            Qt.Key.Key_Up: lambda: self._model.step(row, -1),
            Qt.Key.Key_Home: lambda: self._model.step(-1, 1),
            Qt.Key.Key_End: lambda: self._model.step(rows, -1),
            Qt.Key.Key_PageDown: lambda: self._page(row, 1),
            Qt.Key.Key_PageUp: lambda: self._page(row, -1),
        }
        if key in places:
            self._card.go_to(places[Qt.Key(key)]())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run(view.currentIndex())
        elif key == Qt.Key.Key_Escape:
            self.close_again()
        else:
            return key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)  # there is no other focus target
        return True

    def mousePressEvent(self, event: QtGui.QMouseEvent) -> None:
        if not self._card.geometry().contains(event.position().toPoint()):
            self.close_again()

    def paintEvent(self, event: QtGui.QPaintEvent) -> None:
        scale = self._theme.scale
        with QtGui.QPainter(self) as painter:
            painting.fill(painter, QRectF(self.rect()), self._theme.tokens.scrim)
            shade = QtGui.QColor(self._theme.tokens.shadow)
            shade.setAlpha(shade.alpha() // 4)
            card, lower = QRectF(self._card.geometry()), scale(4)
            for reach in map(scale, SHADOWS_PX):
                rect = card.adjusted(-reach, lower - reach, reach, lower + reach)
                painting.rounded_box(painter, rect, scale(SHADOW_RADIUS_PX) + reach, ground=shade)

    def _page(self, row: int, step: int) -> int:
        height = self._card.list.viewport().height()
        for _ in range(max(1, height // self._theme.row_height(ROW_PX) - 1)):
            row = self._model.step(row, step)
        return row

    def _measure(self) -> None:
        window = self.parentWidget()
        if window is None:
            return
        self.setGeometry(window.rect())
        scale = self._theme.scale
        width = min(scale(self._card.WIDTH_PX), self.width() - 2 * scale(SIDE_PX))
        wanted = scale(INPUT_PX + LIST_PX + FOOT_PX)
        top = max(scale(LEAST_TOP_PX), min(scale(TOP_PX), (self.height() - wanted) // 2))
        height = min(wanted, self.height() - top - scale(LEAST_TOP_PX))
        self._card.setGeometry((self.width() - width) // 2, top, width, height)


ROW_PX, HEAD_PX = 34, 26
INSET_PX = 20
ROW_INSET_PX = 8  # of the background of the current row
ROW_RADIUS_PX = 6
BAR_PX, BAR_INSET_PX = 3, 6
ICON_PX, ICON_GAP_PX = 16, 14
CAP_GAP_PX, NOTE_GAP_PX = 5, 12
LEAST_NOTE_PX = 40
INPUT_PX, FOOT_PX = 52, 34
LIST_PX = 390  # nine commands under three headings
LIST_SPACE_PX = 6  # above the first heading
RADIUS_PX = 10
FOOT_GAP_PX, KEY_GAP_PX = 8, 16


class PaletteDelegate(QtWidgets.QStyledItemDelegate):
    """Draws headings and commands.

    Args:
        view: The list.
    """

    def __init__(self, view: QtWidgets.QAbstractItemView) -> None:
        super().__init__(view)
        self._theme, self._view = theme_of(view), view

    def sizeHint(self, option: QtWidgets.QStyleOptionViewItem, index: Index) -> QSize:
        if isinstance(index.data(ROW_ROLE), Command):
            return QSize(0, self._theme.row_height(ROW_PX))
        return QSize(0, self._theme.row_height(HEAD_PX, Role.SMALL))

    def paint(
        self, painter: QtGui.QPainter, option: QtWidgets.QStyleOptionViewItem, index: Index
    ) -> None:
        line: Line | None = index.data(ROW_ROLE)
        rect = QRectF(option.rect)
        if isinstance(line, str):
            row = self._row(painter, rect, option.direction)
            font = self._theme.font(Role.SMALL, Weight.SEMIBOLD)
            row.text(line, font, self._theme.tokens.muted)
        elif line is not None:
            if option.state & QtWidgets.QStyle.StateFlag.State_Selected:
                theme, tokens = self._theme, self._theme.tokens
                row = painting.RowCursor(theme, painter, rect, option.direction)
                row.skip(theme.scale(ROW_INSET_PX))
                row.skip_at_end(theme.scale(ROW_INSET_PX) - self._bar_width())
                ground = row.take(row.remaining)
                painting.rounded_box(
                    painter, ground, theme.scale(ROW_RADIUS_PX), ground=tokens.selection
                )
                inset = theme.scale(BAR_INSET_PX)
                height = ground.height() - 2 * inset
                bar = QRectF(ground.left(), ground.top() + inset, theme.scale(BAR_PX), height)
                painting.fill(
                    painter, painting.mirrored(bar, ground, option.direction), tokens.accent
                )
            self._draw_command(painter, rect, option.direction, line)

    def _draw_command(
        self, painter: QtGui.QPainter, rect: QRectF, direction: Qt.LayoutDirection, command: Command
    ) -> None:
        theme, tokens, obstacle = self._theme, self._theme.tokens, command.obstacle()
        row, edge = self._row(painter, rect, direction), theme.scale(ICON_PX)
        icon, is_on = row.take(edge), command.is_on() if command.is_on else None
        name = "ui-check" if is_on else command.icon
        if name:
            ink = tokens.disabled if obstacle else tokens.muted
            top_left = icon.topLeft()
            top_left.setY(top_left.y() + (icon.height() - edge) / 2)
            painting.draw_icon(painter, theme, name, top_left, edge, ink)
        row.skip(theme.scale(ICON_GAP_PX))
        caps = key_caps(command.keys[0]) if command.keys else []
        if painter.layoutDirection() is Qt.LayoutDirection.LeftToRight:
            caps.reverse()  # a chord is read from the left in every language
        for text in caps:
            size = text_labels.key_cap_size(theme, text)
            place = row.take_at_end(size.width())
            top = place.top() + (place.height() - size.height()) / 2
            text_labels.draw_key_cap(
                painter, QRectF(place.left(), top, size.width(), size.height()), text, theme
            )
            row.skip_at_end(theme.scale(CAP_GAP_PX))
        row.skip_at_end(theme.scale(NOTE_GAP_PX))
        ink = tokens.disabled if obstacle else tokens.text
        row.text(command.title, theme.font(Role.BODY, Weight.MEDIUM), ink)
        note = obstacle or ("" if is_on is None else tr("on") if is_on else tr("off"))
        if note and row.remaining > theme.scale(LEAST_NOTE_PX):
            row.skip(theme.scale(NOTE_GAP_PX))
            place = row.take(row.remaining)
            painting.draw_text(painter, place, note, theme.font(Role.SMALL), tokens.faint)

    def _row(
        self, painter: QtGui.QPainter, rect: QRectF, direction: Qt.LayoutDirection
    ) -> painting.RowCursor:
        row = painting.RowCursor(self._theme, painter, rect, direction)
        inset = self._theme.scale(INSET_PX)
        row.skip(inset)
        row.skip_at_end(inset - self._bar_width())
        return row

    def _bar_width(self) -> int:
        """Return the scroll bar's width in a row, so that keys align with and without it."""
        return self._view.width() - self._view.viewport().width()


class PaletteCard(QtWidgets.QWidget):
    """Shows a model of commands; its list reports the choice.

    Args:
        model: The listed commands.
    """

    WIDTH_PX = 640

    def __init__(self, model: PaletteModel, parent: QtWidgets.QWidget) -> None:
        super().__init__(parent)
        self._theme, self._model = theme_of(self), model
        self.setObjectName("palette-card")
        self.setAccessibleName(tr("Command palette"))
        self.edit = QtWidgets.QLineEdit(self)
        self.edit.setObjectName("palette-input")
        self.edit.setAccessibleName(tr("Action, scan or setting"))
        self.edit.setPlaceholderText(tr("Type an action, scan or setting"))
        self.edit.setFrame(False)
        self.list = ChoiceList(self)
        self.list.setObjectName("palette-list")
        self.list.setAccessibleName(tr("Actions"))
        self.list.setModel(model)
        self.list.setItemDelegate(PaletteDelegate(self.list))
        self._none = text_labels.Label(tr("No matching actions."), tone=Tone.MUTED, parent=self)
        self._none.setObjectName("palette-none")
        self._count = text_labels.Label("", Role.SMALL, tone=Tone.MUTED, parent=self)
        self._count.setObjectName("palette-count")
        self._icon = text_labels.IconMark("ui-search", ICON_PX, parent=self)
        self._compose()
        self._theme.changed.connect(self._dress)
        self._dress()

    def go_to(self, row: int) -> None:
        """Make a row current and notify screen readers, as the focus stays in the input above."""
        index = self._model.index(max(row, 0))
        self._none.setVisible(not self._model.rowCount())
        self.list.setVisible(self._model.rowCount() > 0)
        self.list.setCurrentIndex(index)
        if self._model.step(-1, 1) == row:
            self.list.scrollToTop()  # including the heading above the first row
        if row >= 0 and QtGui.QAccessible.isActive():
            news = QtGui.QAccessibleEvent(self.list, QtGui.QAccessible.Event.Focus)
            news.setChild(row)
            QtGui.QAccessible.updateAccessibility(news)

    def show_count(self, shown: int, count: int) -> None:
        """Show how many commands there are, and how many of them match."""
        text = tr("%n actions", "", count, one="%n action")
        if shown != count:
            text = tr("{shown} of {all}").format(shown=grouped(shown), all=text)
        self._count.setText(text)

    def paintEvent(self, event: QtGui.QPaintEvent) -> None:
        theme, tokens = self._theme, self._theme.tokens
        with QtGui.QPainter(self) as painter:
            rect = QRectF(self.rect())
            line = tokens.hairline_strong
            painting.rounded_box(
                painter, rect, theme.scale(RADIUS_PX), ground=tokens.raised, line=line
            )
            inner = rect.width() - 2
            painting.horizontal_hairline(
                painter, 1, theme.scale(INPUT_PX) - 1, inner, tokens.hairline
            )
            foot = rect.height() - theme.scale(FOOT_PX)
            painting.horizontal_hairline(painter, 1, foot, inner, tokens.hairline)

    def _compose(self) -> None:
        self._input_row, self._foot_row = QtWidgets.QHBoxLayout(), QtWidgets.QHBoxLayout()
        self._input_place, self._foot = QtWidgets.QWidget(self), QtWidgets.QWidget(self)
        self._input_place.setLayout(self._input_row)
        self._foot.setLayout(self._foot_row)
        self._input_row.addWidget(self._icon)
        self._input_row.addWidget(self.edit, 1)
        for keys, text in (("↑↓", tr("move")), ("Return", tr("run")), ("Esc", tr("close"))):
            cap = text_labels.KeyCap(key_text(keys), self)
            self._foot_row.addWidget(cap)
            self._foot_row.addWidget(
                text_labels.Label(text, Role.SMALL, tone=Tone.MUTED, parent=self)
            )
            self._foot_row.addSpacing(self._theme.scale(KEY_GAP_PX - FOOT_GAP_PX))
        self._foot_row.addStretch(1)
        self._foot_row.addWidget(self._count)
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._none.hide()
        self._column = QtWidgets.QVBoxLayout(self)
        self._column.setSpacing(0)
        self._column.addWidget(self._input_place)
        self._space = QtWidgets.QSpacerItem(0, 0)
        self._column.addItem(self._space)
        self._column.addWidget(self.list, 1)
        self._column.addWidget(self._none, 1)
        self._column.addWidget(self._foot)
        view = self.list
        view.setFrameShape(QtWidgets.QFrame.Shape.NoFrame)
        view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view.setMouseTracking(True)
        view.entered.connect(lambda index: self.go_to(index.row()))
        view.setEditTriggers(QtWidgets.QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setVerticalScrollMode(QtWidgets.QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _dress(self) -> None:
        theme, tokens, scale = self._theme, self._theme.tokens, self._theme.scale
        self.edit.setFont(theme.font(Role.TITLE))
        for widget in (self.edit, self.list):
            palette = widget.palette()
            palette.setColor(QtGui.QPalette.ColorRole.Base, tokens.raised)
            palette.setColor(QtGui.QPalette.ColorRole.Text, tokens.text)
            palette.setColor(QtGui.QPalette.ColorRole.PlaceholderText, tokens.faint)
            widget.setPalette(palette)
        self._input_place.setFixedHeight(scale(INPUT_PX))
        self._foot.setFixedHeight(scale(FOOT_PX))
        inset = scale(INSET_PX)
        set_row_margins(self._input_place, self._input_row, start=inset, end=inset)
        set_row_margins(self._foot, self._foot_row, start=inset, end=inset)
        self._input_row.setSpacing(scale(ICON_GAP_PX))
        self._foot_row.setSpacing(scale(FOOT_GAP_PX))
        self._column.setContentsMargins(1, 0, 1, 0)
        self._space.changeSize(0, scale(LIST_SPACE_PX))
        self._column.invalidate()
        self.list.scheduleDelayedItemsLayout()
        self.update()
