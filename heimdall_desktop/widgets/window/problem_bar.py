"""The strip across the whole window: troubles of the application, and notices no desktop showed.

One at a time, the worst first; the others wait behind "and 2 more". Source: design.md §5.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout, QWidget

from heimdall_desktop.domain.facts.errors import HeimdallError, SettingsError
from heimdall_desktop.domain.facts.finding import one_line
from heimdall_desktop.presentation.board.sign import Mood
from heimdall_desktop.presentation.error_text import cause, remedy
from heimdall_desktop.presentation.i18n import tr, tr_noop
from heimdall_desktop.widgets.controls.problem_strip import ProblemStrip, StripText

DISMISS = tr_noop("Dismiss")
SHOW = tr_noop("Show")
OPEN_FOLDER = tr_noop("Open folder")
NOTICE_LIMIT = 20  # the newest are kept; the inbox has them all
_NOTICE_PREFIX = "notice "
_RANKS = {
    Mood.TROUBLE: 0,
    Mood.ATTENTION: 2,
    Mood.WORKING: 3,
    Mood.CALM: 3,
}
_NOTICE_RANK = 1
ANSWER_MS = 10_000  # an answer to a key is shown this long at most
_ANSWER, _ANSWER_RANK = "answer", -1

OnAction = Callable[[str], object]


class _Waiting(Struct, frozen=True):
    key: str
    problem: StripText
    on_action: OnAction
    rank: int


class ProblemBar(QWidget):
    """Keeps what is wrong by key, so that the same trouble is told once and can be taken back.

    Args:
        parent: The owner.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._waiting: dict[str, _Waiting] = {}
        self._turned_to = ""
        self._notices = 0
        self._held: frozenset[str] = frozenset()
        self._strip = ProblemStrip(self)
        self._strip.setObjectName("problem-strip")
        self._strip.action_requested.connect(self._act)
        self._strip.more_requested.connect(self._turn)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._strip)
        self._answered = QTimer(self, singleShot=True, interval=ANSWER_MS)
        self._answered.timeout.connect(lambda: self.clear(_ANSWER))
        self.setAccessibleName(tr("Problems"))
        self.hide()

    @property
    def keys(self) -> tuple[str, ...]:
        """What is there, the worst first, and at last what is held."""
        held = (key for key in self._waiting if key in self._held)
        return (*(waiting.key for waiting in self._queue()), *held)

    def show_problem(
        self,
        key: str,
        problem: StripText,
        on_action: OnAction | None = None,
        *,
        is_dismissible: bool = True,
    ) -> None:
        """Tell of a problem; one of the same key is replaced.

        Args:
            key: What the problem is about, such as "keyring".
            problem: What to say.
            on_action: Takes the text of a pressed button; the problem stays until it is cleared.
            is_dismissible: Add a button to dismiss it.
        """
        offered = _with_dismissal(problem) if is_dismissible else problem
        self._add(key, offered, on_action or (lambda _: None), _RANKS[problem.mood])

    def show_error(self, key: str, error: HeimdallError) -> None:
        """Tell of an error of ours, by its cause and remedy."""
        path = error.fields.get("path") if isinstance(error, SettingsError) else None
        actions = () if path is None else (tr(OPEN_FOLDER),)
        problem = StripText(Mood.ATTENTION, "ui-warning", cause(error), remedy(error), actions)
        folder = QUrl.fromLocalFile(str(Path(path or "").parent))
        self.show_problem(key, problem, lambda _: QDesktopServices.openUrl(folder))

    def show_notice(
        self,
        title: str,
        body: str,
        on_activate: Callable[[], None],
        action: str = SHOW,
        icon: str = "ui-bell",
    ) -> str:
        """Show what a desktop notification would have said, or what can be undone.

        Args:
            title: What has happened.
            body: One more sentence; "" for none.
            on_activate: Does what its button says, and what a click on a notification would.
            action: The text of that button.
            icon: Name of the glyph.

        Returns:
            The key to take it back with.
        """
        self._notices += 1
        problem = StripText(Mood.WORKING, icon, one_line(title), one_line(body), (action,))
        key = f"{_NOTICE_PREFIX}{self._notices}"

        def activate(_: str) -> None:
            self.clear(key)
            on_activate()

        self._add(key, _with_dismissal(problem), activate, _NOTICE_RANK)
        notices = [known for known in self._waiting if known.startswith(_NOTICE_PREFIX)]
        for old in notices[:-NOTICE_LIMIT]:
            self.clear(old)
        return key

    def show_answer(self, text: str) -> None:
        """Show for a while, before all problems, why a command did nothing; "" clears it."""
        self.clear(_ANSWER)
        if text:
            answer = StripText(Mood.CALM, "ui-info", text)
            self._turned_to = _ANSWER
            self._add(_ANSWER, _with_dismissal(answer), lambda _: None, _ANSWER_RANK)
            self._answered.start()

    def hold(self, keys: Iterable[str]) -> None:
        """Show these no more until others are held: they may name what is hidden now."""
        self._held = frozenset(keys)
        self._show()

    def clear(self, key: str) -> None:
        """Take a problem back; nothing happens if it isn't there."""
        if self._waiting.pop(key, None) is not None:
            self._show()

    def _add(self, key: str, problem: StripText, on_action: OnAction, rank: int) -> None:
        self._held -= {key}
        self._waiting[key] = _Waiting(key, problem, on_action, rank)
        self._show()

    def _queue(self) -> list[_Waiting]:
        shown = (each for each in self._waiting.values() if each.key not in self._held)
        return sorted(shown, key=lambda waiting: waiting.rank)

    def _current(self) -> _Waiting | None:
        queue = self._queue()
        turned = [each for each in queue if each.key == self._turned_to]
        return next(iter((*turned, *queue)), None)

    def _turn(self) -> None:
        """Show the next one in the queue."""
        queue, current = self._queue(), self._current()
        if current is not None:
            place = queue.index(current)
            self._turned_to = queue[(place + 1) % len(queue)].key
            self._show()

    def _act(self, action: str) -> None:
        current = self._current()
        if current is None:
            return
        if action == DISMISS:
            self.clear(current.key)
        else:
            current.on_action(action)

    def _show(self) -> None:
        current = self._current()
        more = len(self._queue()) - 1
        self._strip.show_problem(None if current is None else replace(current.problem, more=more))
        self.setVisible(current is not None)


class Notices:
    """The alerts that a window shows in its bar, by their keys: it knows which is still there.

    Args:
        bar: Shows them.
    """

    def __init__(self, bar: ProblemBar) -> None:
        self._bar = bar
        self._shown: dict[str, str] = {}

    def __contains__(self, key: object) -> bool:
        """Whether one is still there, neither taken back nor dismissed nor followed."""
        return self._shown.get(str(key)) in self._bar.keys

    @property
    def bar_keys(self) -> frozenset[str]:
        """The keys they have in the bar."""
        return frozenset(self._shown.values())

    def show(self, key: str, title: str, body: str, on_activate: Callable[[], None]) -> None:
        """Show one in place of the one of its key."""
        self.withdraw(key)
        self._shown[key] = self._bar.show_notice(title, body, on_activate)

    def withdraw(self, key: str) -> None:
        """Take one back."""
        shown = self._shown.pop(key, None)
        if shown is not None:
            self._bar.clear(shown)


def _with_dismissal(problem: StripText) -> StripText:
    return replace(problem, actions=(DISMISS, *problem.actions))
