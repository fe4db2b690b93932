"""The controls of a recording: its position, with a handle, and its speed."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSlider, QVBoxLayout, QWidget

from heimdall_desktop.application.memory.replay import PACES, Marks, Player
from heimdall_desktop.domain.facts.finding import Severity, one_line
from heimdall_desktop.presentation.board.card_words import Tag
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.labels import safe_tip
from heimdall_desktop.presentation.time_text import clock_text, dated_words, second_text
from heimdall_desktop.widgets.controls.buttons import GhostIconButton, OutlineButton
from heimdall_desktop.widgets.controls.pane import Edge, Pane, named
from heimdall_desktop.widgets.controls.scan_marks import TagLabel
from heimdall_desktop.widgets.controls.text_labels import Label
from heimdall_desktop.widgets.controls.toggles import SegmentedControl
from heimdall_desktop.widgets.look import painting
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.badges import Badges
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Ground, Tone

BAR_PX, INSET_PX, GAP_PX = 136, 16, 8
TAG_PX, CLOSE_PX = 18, 24
LINE_PX, HANDLE_PX, SHAPE_PX, TICK_PX = 4, 14, 10, 5
SCALE_PX = 36  # criticals, line and ticks above each other
CENTRE_PX = 20
FOLLOW_MS = 100
STEP_S, PAGE_S = 5, 60  # of the arrow keys and of Page Up and Down
UNITS = 10  # of the line in a second


class ReplayBar(Pane):
    """Shows the position of a recording, and changes it."""

    def __init__(self, player: Player) -> None:
        super().__init__(Ground.ALT, Edge.BOTTOM)
        self.setObjectName("replay_bar")
        self.setAccessibleName(Tag.REPLAY.word)
        self._player, head = player, player.recording.head
        elide = Qt.TextElideMode.ElideRight
        name = Label("", Role.BODY, Weight.SEMIBOLD, elide=elide, parent=self)
        self._name, self._day = name, dated_words(head.began_at, has_year=False)
        self.show_name(player.name)
        leave = GhostIconButton("ui-close", tr("Leave replay"), height_px=CLOSE_PX, parent=self)
        self.leave = leave
        self.line = PositionLine(player.clock.duration_s, self)
        self.line.seek_wanted.connect(player.seek)
        self._position = Label("", Role.SMALL, Weight.SEMIBOLD, is_tabular=True, parent=self)
        length = tr("of {time}").format(time=clock_text(player.clock.duration_s))
        self._length = Label(length, Role.SMALL, tone=Tone.MUTED, parent=self)
        self._moment = Label("", Role.SMALL, tone=Tone.MUTED, elide=elide, parent=self)
        self._moment.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.play = named(OutlineButton(icon="ui-freeze", parent=self), "replay_play")
        self.play.clicked.connect(lambda: player.play(is_on=not player.clock.is_playing))
        step = named(OutlineButton(tr("Step"), icon="ui-chevron-right", parent=self), "replay_step")
        step.clicked.connect(player.step)
        words = [tr("{pace}\u00d7").format(pace=f"{pace:g}") for pace in PACES]
        self.pace = SegmentedControl(words, name=tr("Speed"), parent=self)
        self.pace.chosen.connect(lambda index: player.use_pace(PACES[index]))
        column = QVBoxLayout(self)
        for parts in (
            (TagLabel(Tag.REPLAY, self, TAG_PX), name, leave),
            (self.line,),
            (self._position, self._length, self._moment),
            (self.play, step, None, self.pace),
        ):
            row = QHBoxLayout()
            row.setSpacing(theme_of(self).scale(GAP_PX))
            for part in parts:
                if part is None:
                    row.addStretch(1)
                else:
                    row.addWidget(part, int(part in (name, self._moment, self.line)))
            column.addLayout(row)
        self._time = QTimer(self, interval=FOLLOW_MS)
        self._time.timeout.connect(self.follow)
        self._time.start()
        player.on_moved = self.follow
        self.keep_spaces(column, INSET_PX, GAP_PX, INSET_PX, GAP_PX, gap=2, height=BAR_PX)
        self.follow()

    def show_name(self, name: str) -> None:
        text = tr("{name}, {day}").format(name=one_line(name), day=self._day)
        self._name.setText(text)

    def follow(self) -> None:
        clock = self._player.clock
        self.line.show_position(clock.position_s, self._player.marks)
        self._position.setText(clock_text(clock.position_s))
        self._moment.setText(tr("recorded {time}").format(time=second_text(clock.now())))
        is_playing = clock.is_playing
        name = tr("Pause") if is_playing else tr("Play")
        self.play.setAccessibleName(name)
        self.play.setToolTip(safe_tip(name))
        self.play.set_icon("ui-freeze" if is_playing else "ui-play")
        self.pace.set_current(PACES.index(clock.pace))


class PositionLine(QSlider):
    """The time line of a recording: criticals above it, the starts of stages below it.

    Signals:
        seek_wanted: go to this many seconds from the beginning.
    """

    seek_wanted = Signal(float)

    def __init__(self, duration_s: float, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme, self._marks = theme_of(self), Marks()
        self._badges = Badges(self._theme)
        self._duration_s = max(duration_s, 1.0 / UNITS)
        self.setObjectName("replay_position")
        self.setAccessibleName(tr("Replay position"))
        self.setRange(0, round(self._duration_s * UNITS))
        self.setSingleStep(STEP_S * UNITS)
        self.setPageStep(PAGE_S * UNITS)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.actionTriggered.connect(lambda _action: self._emit_position())

    def show_position(self, position_s: float, marks: Marks) -> None:
        """Show the position, unless the handle is held."""
        if marks is not self._marks:
            self._marks = marks
            self.update()
        if not self.isSliderDown():
            self.setValue(round(position_s * UNITS))
        text = tr("{time} of {length}").format(
            time=clock_text(self.sliderPosition() / UNITS), length=clock_text(self._duration_s)
        )
        if text != self.accessibleDescription():  # its value is a number alone
            self.setAccessibleDescription(text)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.scale(120), self._theme.scale(SCALE_PX))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self._go(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self._go(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, tokens = self._theme, self._theme.tokens
        line_px, handle_px = theme.scale(LINE_PX), theme.scale(HANDLE_PX)
        centre_y, here_x = theme.scale(CENTRE_PX), self._x_of(self.value() / UNITS)
        with QPainter(self) as painter:
            line = QRectF(0, centre_y - line_px / 2, self.width(), line_px)
            painting.rounded_box(painter, line, line_px / 2, ground=tokens.hairline_strong)
            played = QRectF(0, line.top(), here_x, line_px)
            played = painting.mirrored(played, line, self.layoutDirection())
            painting.rounded_box(painter, played, line_px / 2, ground=tokens.accent)
            for at_s in self._marks.stages:
                x, tick_px = self._placed(self._x_of(at_s)), theme.scale(TICK_PX)
                painting.vertical_hairline(painter, x, line.bottom() + 3, tick_px, tokens.muted)
            shape_px = theme.scale(SHAPE_PX)
            for at_s in self._marks.criticals:
                left = self._placed(self._x_of(at_s)) - shape_px / 2
                self._badges.draw_shape(painter, Severity.CRITICAL, QPointF(left, 0), shape_px)
            handle = QRectF(0, 0, handle_px, handle_px)
            handle.moveCenter(QPointF(self._placed(here_x), centre_y))
            painting.rounded_box(painter, handle, handle_px / 2, ground=tokens.accent)
            if self.hasFocus():
                painting.focus_ring(painter, QRectF(self.rect()), theme.scale(4), theme)

    def _go(self, event: QMouseEvent) -> None:
        handle_px = self._theme.scale(HANDLE_PX)
        room = max(1.0, self.width() - handle_px)
        part = (self._placed(event.position().x()) - handle_px / 2) / room
        self.setSliderPosition(round(min(max(0.0, part), 1.0) * self.maximum()))
        self._emit_position()

    def _emit_position(self) -> None:
        self.seek_wanted.emit(self.sliderPosition() / UNITS)

    def _x_of(self, at_s: float) -> float:
        """Return the position of a moment, from the leading side."""
        handle_px = self._theme.scale(HANDLE_PX)
        return handle_px / 2 + (self.width() - handle_px) * min(1.0, at_s / self._duration_s)

    def _placed(self, x: float) -> float:
        return self.width() - x if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else x
