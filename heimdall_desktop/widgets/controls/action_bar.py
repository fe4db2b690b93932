"""The bar at the foot of a table: a fact, and actions for it.

One bar serves the selection, the last decision and running work; only one is shown at a time.
Source: look.md 5 (Bulk bar), 10 (Inverse bar).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct, field
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QStyle, QWidget

from heimdall_desktop.domain.facts.finding import Severity
from heimdall_desktop.presentation.i18n import grouped, tr
from heimdall_desktop.presentation.labels import word_in_text
from heimdall_desktop.widgets.controls.buttons import Grounds, PaintedButton
from heimdall_desktop.widgets.controls.key_names import command_key_text
from heimdall_desktop.widgets.controls.pane import MeasuredWidget, shown_rows
from heimdall_desktop.widgets.controls.text_labels import Label, Mark, ProgressLine, new_menu
from heimdall_desktop.widgets.look.badges import draw_shape, inverse_colours
from heimdall_desktop.widgets.look.painting import RowCursor, fill, rounded_box
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Tone

HEIGHT_PX = 44
LINE_PX = 32  # of a second line
RADIUS_PX = 8
INSET_PX = 16
MARGIN_PX = 16  # minimum, on both sides of the widget below
FOOT_PX = 8  # above and below it
GAP_PX = 16
BUTTON_PX = 28
BUTTON_PADDING_PX = 8
RULE_PX = 20
PROGRESS_PX = QSize(120, 4)
SHAPE_PX = 12
SHAPE_GAP_PX = 5
COUNT_GAP_PX = 14
KEY_OPACITY, RULE_OPACITY, EDGE_OPACITY, HOVER_OPACITY = 0.68, 0.28, 0.55, 0.12


class BarAction(Struct, frozen=True):
    """One action of the bar."""

    text: str
    act: Callable[[], object]
    key: str = ""
    has_menu: bool = False
    is_main: bool = False


class BarState(Struct, frozen=True):
    """The content of the bar.

    Attributes:
        fact: in a few words; never cut.
        progress: how much is done, from 0 to 1; None for no progress.
        addition: additional text; cut first.
        actions: available actions; those that do not fit fold into "More".
        ends: actions that close the bar, after the others and never folded.
        has_two_lines: the actions have a line of their own.
    """

    fact: str
    counts: Mapping[Severity, int] = field(default_factory=dict)
    progress: float | None = None
    addition: str = ""
    actions: tuple[BarAction, ...] = ()
    ends: tuple[BarAction, ...] = ()
    has_two_lines: bool = False


class ActionBar(MeasuredWidget):
    """Shows one state at a time, centred at the foot of another widget.

    When space is short, keys are hidden first, then actions fold into "More" starting with the last
    one, then the addition is cut; fact and counts never are.

    Args:
        over: The widget it floats over.
        parent: Its owner, an ancestor of that widget.

    Attributes:
        lift_px: how much higher it is than at the foot; None puts it below a head of the widget.
        head_px: the height of that head.
    """

    def __init__(self, name: str, over: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._over, self._owner, self._state = over, parent, BarState("")
        self._rules: list[QPoint] = []
        self.lift_px: int | None = 0
        self.head_px = 0
        self.setObjectName("action_bar")
        self.setAccessibleName(name)
        tone = Tone.INVERSE_TEXT
        self._fact = Label("", Role.SMALL, Weight.SEMIBOLD, tone, parent=self)
        self._counts = SeverityCounts(self)
        self._progress = _Progress(PROGRESS_PX.width(), PROGRESS_PX.height(), self)
        elide = Qt.TextElideMode.ElideRight
        self._addition = Label("", Role.SMALL, tone=Tone.INVERSE_MUTED, elide=elide, parent=self)
        self._buttons: list[InverseButton] = []
        self._more = InverseButton(tr("More"), has_menu=True, parent=self)
        self._more.clicked.connect(self._open_more)
        self._end_buttons: list[InverseButton] = []
        over.installEventFilter(self)
        self.hide()

    @property
    def height_px(self) -> int:
        """How much of the foot the bar covers; 0 while it is hidden."""
        return 0 if self.isHidden() else self._bar_px + 2 * self._theme.scale(FOOT_PX)

    @property
    def _bar_px(self) -> int:
        more_px = self._theme.scale(LINE_PX) if self._state.has_two_lines else 0
        return self._theme.scale(HEIGHT_PX) + more_px

    def float_over(self, over: QWidget) -> None:
        """Float over another widget from now on."""
        if over is not self._over:
            self._over.removeEventFilter(self)
            self._over = over
            over.installEventFilter(self)

    def show_state(self, state: BarState | None) -> None:
        if state is None:
            self.hide()
            return
        self._state = state
        self._fact.setText(state.fact)
        self._counts.show_counts(state.counts)
        self._progress.show_fraction(state.progress)
        percent = round(100 * self._progress.fraction)
        self._progress.setAccessibleName(tr("{percent} %").format(percent=percent))
        self._addition.setText(state.addition)
        self._counts.setVisible(any(state.counts.values()))
        self._progress.setVisible(state.progress is not None)
        self._addition.setVisible(bool(state.addition))
        self._label(self._buttons, state.actions)
        self._label(self._end_buttons, state.ends)
        for one, other in pairwise((*self._buttons, self._more, *self._end_buttons)):
            QWidget.setTabOrder(one, other)
        self.show()
        self.place()

    def place(self) -> None:
        """Move to the middle of the foot, with as many actions as fit."""
        if self.isHidden():
            return
        scale = self._theme.scale
        area = QRect(self._over.mapTo(self._owner, QPoint(0, 0)), self._over.size())
        room = area.width() - 2 * scale(MARGIN_PX)
        actions = self._buttons[: len(self._state.actions)]
        ends, is_tall = self._end_buttons[: len(self._state.ends)], self._state.has_two_lines

        def needed(shown: list[InverseButton]) -> int:
            return self._places(shown)[1] if is_tall else self._places(shown, ends, parts)[1]

        parts = (self._fact, self._counts, self._progress, self._addition)
        for is_shown in (True, False):
            for button in (*actions, *ends):
                button.show_key(is_shown=is_shown)
            if needed(actions) <= room:
                break
        shown = actions
        for count in range(len(actions) - 1, -1, -1):
            if needed(shown) <= room:
                break
            shown = [*actions[:count], self._more]
        for button in (*self._buttons, self._more):
            button.setVisible(button in shown)
        first = [] if is_tall else shown
        whole = self._places(first, ends, parts)[1]
        least = whole
        if self._state.addition:
            least -= self._addition.sizeHint().width() + scale(GAP_PX)
        width = min(whole, max(room, least))
        places = self._places(first, ends, parts, whole - width)[0]
        self._rules = []
        if is_tall:
            own, width_above = self._places(shown), width
            width = max(width, min(own[1], room))
            moved = width - width_above  # the ends stay at the end
            places = [(p, x + moved if p is None or p in ends else x, w) for p, x, w in places]
            below = QRect(0, scale(HEIGHT_PX) - scale(LINE_PX) // 4, width, scale(LINE_PX))
            self._put([each for each in own[0] if each[0] is not None], below)
        self._put(places, QRect(0, 0, width, scale(HEIGHT_PX)))
        left = area.left() + max((area.width() - width) // 2, scale(MARGIN_PX))
        top = area.bottom() + 1 - scale(FOOT_PX) - self._bar_px - (self.lift_px or 0)
        if self.lift_px is None:
            top = area.top() + self.head_px + scale(FOOT_PX)
        bar = QRect(left, top, width, self._bar_px)
        self.setGeometry(QStyle.visualRect(self.layoutDirection(), area, bar))
        self.raise_()
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self.place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, rect = self._theme, QRectF(self.rect())
        height = theme.scale(RULE_PX)
        with QPainter(self) as painter:
            rounded_box(painter, rect, theme.scale(RADIUS_PX), ground=theme.tokens.inverse)
            for centre in self._rules:
                rule = QRectF(centre.x(), centre.y() - height // 2, 1, height)
                fill(painter, rule, _faded(theme.tokens.inverse_text, RULE_OPACITY))

    _measure = place

    # -- buttons --

    def _label(self, buttons: list[InverseButton], actions: tuple[BarAction, ...]) -> None:
        def make(_number: int) -> InverseButton:
            button = InverseButton(parent=self)
            button.clicked.connect(button.run)
            return button

        for button, action in zip(shown_rows(buttons, len(actions), make), actions, strict=True):
            button.show_action(action)

    def _open_more(self) -> None:
        menu = new_menu(self, tr("More"))
        for button, action in zip(self._buttons, self._state.actions, strict=False):
            if button.isHidden():
                key = command_key_text(action.key)
                keys = f"\t{key}" if key else ""
                line = menu.addAction(action.text.replace("&", "&&") + keys)
                line.triggered.connect(lambda _=False, act=action.act: act())
        above = QPoint(0, -menu.sizeHint().height() - 2)
        menu.popup(self._more.mapToGlobal(above))

    # -- places --

    def _places(
        self,
        actions: list[InverseButton],
        ends: Sequence[InverseButton] = (),
        parts: Sequence[QWidget] = (),
        cut_px: int = 0,
    ) -> tuple[list[tuple[QWidget | None, int, int]], int]:
        """Return each part with its left edge and width, None for a rule, and the width of all.

        Args:
            actions: The buttons of actions.
            ends: The buttons after them.
            parts: What comes before them; without it no rule is before the actions.
            cut_px: How much the addition is cut.
        """
        scale = self._theme.scale
        left, gap, padding = scale(INSET_PX), scale(GAP_PX), scale(BUTTON_PADDING_PX)
        groups = [group for group in (actions, ends) if group]
        places: list[tuple[QWidget | None, int, int]] = []
        for part in (each for each in parts if not each.isHidden()):
            width = part.sizeHint().width() - (cut_px if part is self._addition else 0)
            places.append((part, left, max(0, width)))
            left += max(0, width) + gap
        if not parts:
            left -= 1 + gap
        for group in groups:
            places.append((None, left, 1))
            left += 1 + gap - padding
            for button in group:
                places.append((button, left, button.sizeHint().width()))
                left += button.sizeHint().width()
            left += gap - padding
        return places, left - gap + scale(INSET_PX) + padding * max(0, len(groups) - 1)

    def _put(self, places: list[tuple[QWidget | None, int, int]], line: QRect) -> None:
        """Put parts into the middle of a line."""
        for part, left, width in places:
            height = part.sizeHint().height() if part else 1
            place = QRect(left, line.top() + (line.height() - height) // 2, width, height)
            place = QStyle.visualRect(self.layoutDirection(), line, place)
            if part:
                part.setGeometry(place)
            else:
                self._rules.append(place.topLeft())


class InverseButton(PaintedButton):
    """A button on the ground of the bar."""

    _tone = Tone.INVERSE_TEXT
    _padding_px = BUTTON_PADDING_PX
    _action = BarAction("", lambda: None)

    def show_action(self, action: BarAction) -> None:
        self._action, self._has_menu = action, action.has_menu
        self.set_key(action.key)
        self.set_label(action.text)
        self.setAccessibleDescription(command_key_text(action.key))

    def run(self) -> None:
        self._action.act()

    def _grounds(self) -> Grounds:
        ink = self._theme.tokens.inverse_text
        hover, edge = _faded(ink, HOVER_OPACITY), _faded(ink, EDGE_OPACITY)
        return Grounds(None, hover, hover, edge if self._action.is_main else None)

    def _draw_focus(self, painter: QPainter, rect: QRectF) -> None:
        ink = self._theme.tokens.inverse_text  # the accent would be too dark here
        rounded_box(painter, rect, self._radius(), line=ink, line_px=2)

    def _key_ink(self) -> QColor:
        return _faded(self._theme.tokens.inverse_text, KEY_OPACITY)


class SeverityCounts(Mark):
    """Counts for each severity: a shape with its number, on the ground of the bar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts: list[tuple[Severity, str]] = []
        self.setObjectName("severity_counts")

    def show_counts(self, counts: Mapping[Severity, int]) -> None:
        """Show other numbers; a severity with none is left out."""
        text = [(severity, counts.get(severity, 0)) for severity in Severity]
        self._counts = [(severity, grouped(count)) for severity, count in text if count]
        words = (f"{count} {word_in_text(severity)}" for severity, count in self._counts)
        self.setAccessibleName(", ".join(words))
        self.update()

    def sizeHint(self) -> QSize:
        theme, scale = self._theme, self._theme.scale
        width = scale(COUNT_GAP_PX) * max(0, len(self._counts) - 1)
        for _, count in self._counts:
            text_px = theme.text_width(count, Role.SMALL, Weight.MEDIUM, is_tabular=True)
            width += scale(SHAPE_PX) + scale(SHAPE_GAP_PX) + int(text_px) + 2
        return QSize(width, scale(BUTTON_PX))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, scale = self._theme, self._theme.scale
        font = theme.font(Role.SMALL, Weight.MEDIUM, is_tabular=True)
        with QPainter(self) as painter:
            row = RowCursor(theme, painter, QRectF(self.rect()), self.layoutDirection())
            for severity, count in self._counts:
                edge, place = scale(SHAPE_PX), row.take(scale(SHAPE_PX))
                top = place.top() + (place.height() - edge) // 2
                box = QRectF(place.left(), top, edge, edge)
                draw_shape(painter, severity, box, inverse_colours(theme.tokens, severity))
                row.skip(scale(SHAPE_GAP_PX))
                row.text(count, font, theme.tokens.inverse_text)
                row.skip(scale(COUNT_GAP_PX))


class _Progress(ProgressLine):
    """The progress, on the ground of the bar."""

    def _inks(self) -> tuple[QColor, QColor]:
        ink = self._theme.tokens.inverse_text
        return _faded(ink, RULE_OPACITY), ink


def _faded(colour: QColor, part: float) -> QColor:
    faded = QColor(colour)
    faded.setAlphaF(part)
    return faded
