"""Every control in every state on one sheet: for the comparison with the pictures kept of it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QEnterEvent, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from heimdall_desktop.domain.facts.errors import HeimdallError, Reason
from heimdall_desktop.domain.facts.finding import Severity
from heimdall_desktop.presentation.board.scan_status import Mood
from heimdall_desktop.widgets.controls import buttons, toggles
from heimdall_desktop.widgets.controls.action_bar import ActionBar, BarAction, BarState
from heimdall_desktop.widgets.controls.chips import Chip
from heimdall_desktop.widgets.controls.empty_state import Emptiness, EmptyState
from heimdall_desktop.widgets.controls.fields import ErrorLine, FieldGrid, SearchField, TextField
from heimdall_desktop.widgets.controls.pane import HairlineSplitter, SectionHead
from heimdall_desktop.widgets.controls.problem_strip import ProblemStrip, StripText
from heimdall_desktop.widgets.controls.tab_bar import TabBar
from heimdall_desktop.widgets.controls.text_labels import IconMark, KeyCap, Label, ReadText
from heimdall_desktop.widgets.look.theme import Role, Theme
from heimdall_desktop.widgets.look.tokens import Tone

WIDTH_PX, HEIGHT_PX = 1600, 2400
GAP_PX, AWAY_PX = 6, 40
_BY_TAB = (Qt.FocusPolicy.TabFocus, Qt.FocusPolicy.StrongFocus)
STATES = ("normal", "hover", "down", "focus", "disabled", "checked", "checked off")


def sheet(theme: Theme, direction: Qt.LayoutDirection) -> QImage:
    """Return the picture of all controls of a reading direction, in the theme and zoom in use."""
    window = QWidget()
    window.setLayoutDirection(direction)
    window.resize(WIDTH_PX, HEIGHT_PX)
    window.show()
    window.activateWindow()
    while not window.isActiveWindow():
        QApplication.processEvents()
    image = QImage(WIDTH_PX, HEIGHT_PX, QImage.Format.Format_RGB32)
    image.fill(theme.tokens.window)
    place, row_px = QPoint(GAP_PX, GAP_PX), 0
    with QPainter(image) as painter:
        for make in (*_BUTTONS, *_FIELDS, *_PARTS):
            for state in STATES if make in _BUTTONS else STATES[:1] + STATES[3:5]:
                pixmap = _in_state(make, state, window)
                if pixmap is None:
                    continue
                if place.x() + pixmap.width() > WIDTH_PX:
                    place, row_px = QPoint(GAP_PX, place.y() + row_px + GAP_PX), 0
                painter.drawPixmap(place, pixmap)
                place.setX(place.x() + pixmap.width() + GAP_PX)
                row_px = max(row_px, pixmap.height())
    window.close()
    window.deleteLater()
    return image.copy(0, 0, WIDTH_PX, min(HEIGHT_PX, place.y() + row_px + GAP_PX))


def _in_state(make: Callable[[QWidget], QWidget], state: str, window: QWidget) -> QPixmap | None:
    control = make(window)
    control.move(AWAY_PX, AWAY_PX)  # from the pointer, which is in the corner
    control.show()
    control.ensurePolished()
    width = max(control.sizeHint().width(), control.minimumWidth())
    control.resize(width, max(control.sizeHint().height(), control.minimumHeight()))
    if isinstance(control, QAbstractButton):
        if "checked" in state:
            control.setChecked(True)
        if state == "checked" and not control.isChecked() and not isinstance(control, Chip):
            control.deleteLater()
            return None
        control.setDown(state == "down")
    if state == "hover":
        QApplication.sendEvent(control, QEnterEvent(QPointF(2, 2), QPointF(2, 2), QPointF(2, 2)))
        control.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    if state == "focus":
        stops = (each for each in control.findChildren(QWidget) if each.focusPolicy() in _BY_TAB)
        holder = control if control.focusPolicy() in _BY_TAB else next(stops, control)
        holder.setFocus(Qt.FocusReason.TabFocusReason)
        if isinstance(holder, QLineEdit):
            holder.setReadOnly(True)  # no caret: versions of Qt draw it in different colours
    control.setEnabled(state not in ("disabled", "checked off"))
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    pixmap = control.grab(QRect(QPoint(), control.size()))
    control.hide()
    control.deleteLater()
    return pixmap


def _state_button(*, is_on: bool) -> Callable[[QWidget], QWidget]:
    def make(window: QWidget) -> QWidget:
        button = buttons.StateButton("Confirm", "Confirmed", "C", window)
        button.show_state(is_on=is_on)
        return button

    return make


def _checkable(button: QAbstractButton) -> QWidget:
    button.setCheckable(True)
    return button


def _toned(window: QWidget) -> QWidget:
    button = buttons.GhostButton("Delete", parent=window)
    button.set_tone(Tone.FAILED)
    return button


def _counted_chip(window: QWidget) -> QWidget:
    chip = Chip("Critical & more", severity=Severity.CRITICAL, parent=window)
    chip.set_count(1234)
    return chip


def _badged(window: QWidget) -> QWidget:
    button = buttons.GhostIconButton("ui-inbox", "Inbox", parent=window)
    button.set_badge("128")
    return button


def _tool(window: QWidget) -> QWidget:
    button = buttons.ToolButton(icon="ui-plus", has_menu=True, parent=window)
    button.show_words("Add scan")
    return button


def _partly(window: QWidget) -> QWidget:
    box = toggles.CheckBox("Some of them", window)
    box.setCheckState(Qt.CheckState.PartiallyChecked)
    return box


def _segments(window: QWidget) -> QWidget:
    control = toggles.SegmentedControl(("Unified", "Split", "Raw"), name="View", parent=window)
    control.offer(2, is_offered=False, reason="No text")
    return control


def _tabs(window: QWidget) -> QWidget:
    tabs = TabBar("Parts", parent=window)
    tabs.add_tab("Code & more", icon="ui-detail", count="12")
    tabs.add_tab("History", count="3")
    tabs.add_tab("Fix")
    tabs.setTabEnabled(2, False)  # Qt's own
    return tabs


def _narrow_tabs(window: QWidget) -> QWidget:
    tabs = _tabs(window)
    assert isinstance(tabs, TabBar)
    tabs.fit(tabs.least_px())
    tabs.setCurrentIndex(1)
    return tabs


def _mistaken(window: QWidget) -> QWidget:
    field = TextField("Address", icon="ui-link", placeholder="https://…", parent=window)
    field.set_mistake(has_mistake=True)
    return field


def _searching(window: QWidget) -> QWidget:
    field = SearchField("Findings", placeholder="sql", keys="Ctrl+F", parent=window)
    field.edit.setText("injection")
    field.set_result("402 of 412")
    return field


def _error(window: QWidget) -> QWidget:
    line = ErrorLine(window)
    line.show_error(HeimdallError(Reason.NOT_REACHABLE, host="scan.corp.example"))
    return line


def _grid(window: QWidget) -> QWidget:
    grid = FieldGrid(window)
    grid.show_rows([("Scanner", "semgrep 1.2"), ("Rule", "python.lang.security")])
    return grid


def _head(window: QWidget) -> QWidget:
    head = SectionHead("Evidence", "Copy", window)
    head.describe("3 lines", "text")
    return head


def _text(window: QWidget) -> QWidget:
    text = ReadText(Role.SMALL, parent=window)
    text.set_text("A text to read\nand to copy")
    return text


def _strip(window: QWidget) -> QWidget:
    strip = ProblemStrip(window)
    actions = ("Retry now",)
    strip.show_problem(
        StripText(Mood.ERROR, "ui-warning", "Connection lost.", "Retrying.", actions, 2)
    )
    return strip


def _empty(window: QWidget) -> QWidget:
    state = EmptyState(window)
    state.show_state(Emptiness("ui-search", "No findings.", "None yet.", "Add scan", fraction=0.4))
    return state


def _bar(window: QWidget) -> QWidget:
    bar = ActionBar("Actions", window, window)
    counts = {Severity.CRITICAL: 3, Severity.LOW: 1200}
    actions = (BarAction("Confirm", print, "C", is_main=True), BarAction("More", print, "", True))
    bar.show_state(BarState("3 selected", counts, 0.4, "of 412", actions, (actions[1],)))
    bar.setMinimumSize(bar.size())
    return bar


def _folded(orientation: Qt.Orientation) -> Callable[[QWidget], QWidget]:
    def make(window: QWidget) -> QWidget:
        bar = toggles.FoldedBar("ui-detail", "Detail", "Show detail", "Ctrl+D", parent=window)
        bar.lie(orientation, bar._edges)
        return bar

    return make


def _splitter(window: QWidget) -> QWidget:
    splitter = HairlineSplitter(Qt.Orientation.Horizontal, window)
    for _ in range(2):
        splitter.addWidget(Label("Part", parent=splitter))
    return splitter


_BUTTONS: tuple[Callable[[QWidget], QWidget], ...] = (
    lambda w: buttons.OutlineButton("Cancel & close", icon="ui-close", key="Ctrl+W", parent=w),
    lambda w: buttons.OutlineButton("Group by", has_menu=True, height_px=24, parent=w),
    lambda w: _checkable(buttons.ToggleButton("Mo", parent=w)),
    _state_button(is_on=False),
    _state_button(is_on=True),
    lambda w: buttons.PrimaryButton("Add scan", parent=w),
    lambda w: buttons.PrimaryButton("Sign in", height_px=34, parent=w),
    lambda w: _checkable(buttons.GhostButton("Details", icon="ui-info", parent=w)),
    _toned,
    lambda w: _checkable(buttons.GhostIconButton("ui-close", "Close", key="Esc", parent=w)),
    _badged,
    lambda w: buttons.LinkButton("Show all", w),
    lambda w: buttons.LinkButton("more", w, is_inline=True),
    _tool,
    lambda w: buttons.CopyButton("ui-copy", "Copy", parent=w),
    lambda w: buttons.CopyWordButton("Copy", parent=w),
    _counted_chip,
    lambda w: Chip("Snoozed", icon="ui-snooze", parent=w),
    lambda w: Chip("Status", has_menu=True, parent=w),
    lambda w: toggles.Switch("Sounds", w),
    lambda w: toggles.CheckBox("Remember me", w),
    lambda w: toggles.CheckBox("", w),
    _partly,
    lambda w: toggles.RadioRow("Follow the system", "Light or dark", w),
    lambda w: toggles.RadioRow("Light", "", w),
)
_FIELDS: tuple[Callable[[QWidget], QWidget], ...] = (
    _segments,
    _tabs,
    _narrow_tabs,
    lambda w: TextField("Name", placeholder="Your name", parent=w),
    lambda w: TextField("Secret", is_secret=True, parent=w),
    _mistaken,
    lambda w: SearchField("Findings", placeholder="sql", keys="Ctrl+F", parent=w),
    _searching,
)
_PARTS: tuple[Callable[[QWidget], QWidget], ...] = (
    lambda w: KeyCap("Ctrl+F", w),
    lambda w: IconMark("ui-warning", 16, Tone.FAILED, w),
    lambda w: Label("Label", Role.SMALL, tone=Tone.MUTED, parent=w),
    _text,
    _error,
    _grid,
    _head,
    _strip,
    _empty,
    _bar,
    _folded(Qt.Orientation.Vertical),
    _folded(Qt.Orientation.Horizontal),
    _splitter,
)
