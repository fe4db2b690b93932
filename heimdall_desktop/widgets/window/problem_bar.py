"""The messages of a window: its strip of answers, problems and alerts, and what is spoken.

The strip shows one message at a time: answers to the user first, then the worst problem, then the
newest alert. The others wait behind "2 more messages". Messages that need no action expire after a
minute. Source: look.md 5. The end of a session is a message from the last day on. Source:
behaviour.md feature 19, design picture 3 (Session ends soon). News is announced politely: a screen
reader finishes its current speech first. Source: behaviour.md 2.8.
"""

from collections.abc import Callable, Container, Iterable, Mapping
from functools import partial
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace
from PySide6 import QtGui
from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.domain.facts.change import Change
from heimdall_desktop.domain.facts.errors import HeimdallError, SettingsError
from heimdall_desktop.domain.facts.finding import Finding, ScanId, one_line
from heimdall_desktop.domain.facts.observation import Connection
from heimdall_desktop.domain.facts.server import LAST_CALL_S, SOON_S, ServerUrl
from heimdall_desktop.models.ticker import Clock, Ticker
from heimdall_desktop.presentation.alerts.inbox import Announcements
from heimdall_desktop.presentation.board.scan_status import Mood
from heimdall_desktop.presentation.error_text import cause, manual_entry, remedy
from heimdall_desktop.presentation.i18n import tr, tr_noop
from heimdall_desktop.presentation.labels import host_text
from heimdall_desktop.presentation.time_text import left_text
from heimdall_desktop.widgets.controls import problem_strip
from heimdall_desktop.widgets.window.status_bar import StatusBar

SHOW = tr_noop("Show")
OPEN_FOLDER = tr_noop("Open folder")
NOTICE_LIMIT = 20  # the newest are kept; the inbox has them all
_NOTICE_PREFIX = "notice "
ALERT_PREFIX = f"{_NOTICE_PREFIX}of "
_ANSWER = "answer"
SHOWN_MS = 60_000  # alerts are in the inbox, and an answer was read

OnAction = Callable[[str], object]


class _Waiting(Struct, frozen=True):
    key: str
    problem: problem_strip.StripText
    on_action: OnAction
    rank: int
    number: int


class ProblemBar(QWidget):
    """Keeps messages by key, so that a problem is shown once and can be withdrawn.

    Signals:
        moved: another message is shown.
        passed: after the last message, the messages of other strips must be shown.
    """

    moved = Signal()
    passed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._waiting: dict[str, _Waiting] = {}
        self._turned_to = ""
        self._notices = self._count = 0
        self._is_behind = False
        self._expiring: dict[str, QTimer] = {}
        self._held: frozenset[str] = frozenset()
        self._strip = problem_strip.ProblemStrip(self)
        self._strip.setObjectName("problem-strip")
        self._strip.action_requested.connect(self._act)
        self._strip.more_requested.connect(self._turn)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._strip)
        self.setAccessibleName(tr("Problems"))
        self.hide()

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of its messages, the worst first and held ones last."""
        held = (key for key in self._waiting if key in self._held)
        return (*(waiting.key for waiting in self._queue()), *held)

    def show_problem(
        self,
        key: str,
        problem: problem_strip.StripText,
        on_action: OnAction | None = None,
        *,
        is_dismissible: bool = True,
        is_note: bool = False,
    ) -> None:
        """Show a problem or the result of an action; it replaces one with the same key.

        Args:
            key: What the problem is about, such as "keyring".
            problem: The text to show.
            on_action: Receives the text of a pressed button; the problem stays until it is cleared.
            is_dismissible: Add a button to dismiss it.
            is_note: It describes the window's state, and can wait behind everything else.
        """
        rank = problem_strip.PROBLEM_RANKS.get(problem.mood, problem_strip.ANSWER)
        rank = problem_strip.NOTE if is_note else rank
        is_passing = problem.mood is Mood.CALM and is_dismissible and not is_note
        if is_dismissible:
            problem = replace(problem, actions=(_dismiss(), *problem.actions))
        self._add(key, problem, on_action or (lambda _: None), rank, is_passing=is_passing)

    def show_error(self, key: str, error: HeimdallError) -> None:
        """Show an error of ours, with its cause and remedy."""
        path = error.fields.get("path") if isinstance(error, SettingsError) else None
        actions = () if path is None else (tr(OPEN_FOLDER),)
        problem = problem_strip.StripText(
            Mood.ATTENTION,
            "ui-warning",
            cause(error),
            remedy(error),
            actions,
            help=manual_entry(error),
        )
        folder = QUrl.fromLocalFile(str(Path(path or "").parent))
        self.show_problem(key, problem, lambda _: QtGui.QDesktopServices.openUrl(folder))

    def show_notice(
        self,
        title: str,
        body: str,
        on_activate: Callable[[], None],
        action: str = SHOW,
        icon: str = "ui-bell",
        *,
        alert_key: str = "",
        is_passing: bool = True,
    ) -> str:
        """Show the content of a desktop notification, or what can be undone.

        Args:
            title: What has happened.
            body: One more sentence; "" for none.
            on_activate: Runs for its button, or for a click on a notification.
            action: The text of that button.
            icon: Name of the glyph.
            alert_key: Of an alert, which is not a response to a user action; it replaces one with
                the same key.
            is_passing: It expires after a minute.

        Returns:
            The key to withdraw it with; for an alert, see `alert_notice`.
        """
        self._notices += 1
        key = alert_notice(alert_key) if alert_key else f"{_NOTICE_PREFIX}{self._notices}"
        rank = problem_strip.ALERT if alert_key else problem_strip.ANSWER
        problem = problem_strip.StripText(
            Mood.WORKING, icon, one_line(title), one_line(body), (_dismiss(), action)
        )

        def activate(_: str) -> None:
            self.clear(key)
            on_activate()

        self.clear(key)
        self._add(key, problem, activate, rank, is_passing=is_passing)
        notices = [known for known in self._waiting if known.startswith(_NOTICE_PREFIX)]
        for old in notices[:-NOTICE_LIMIT]:
            self.clear(old)
        return key

    def show_answer(self, text: str) -> None:
        """Show for a minute, before all problems, why a command did nothing; "" clears it."""
        self.clear(_ANSWER)
        if text:
            self._turned_to = _ANSWER
            self.show_problem(_ANSWER, problem_strip.StripText(Mood.CALM, "ui-info", text))

    def hold(self, keys: Iterable[str]) -> None:
        """Hide these messages until others are held: they may show names that are hidden now."""
        self._held = frozenset(keys)
        self._show()

    def clear(self, key: str) -> None:
        """Withdraw a message; do nothing if it does not exist."""
        self._stop_expiring(key)
        if self._waiting.pop(key, None) is not None:
            self._show()

    @property
    def rank(self) -> int | None:
        """Its priority among the strips of its window; None if there is nothing to show."""
        queue = self._queue()
        return queue[0].rank if queue else None

    @property
    def count(self) -> int:
        return len(self._queue())

    def give_way(self, *, is_behind: bool, elsewhere: int) -> None:
        """Hide behind another strip of the window, or show how many messages are in others."""
        self._is_behind = is_behind
        self._strip.give_way(is_behind=False, elsewhere=elsewhere)
        self.setVisible(self.count > 0 and not is_behind)

    def _add(
        self,
        key: str,
        problem: problem_strip.StripText,
        on_action: OnAction,
        rank: int,
        *,
        is_passing: bool,
    ) -> None:
        self._held -= {key}
        self._count += 1
        known = self._waiting.get(key)
        number = known.number if known is not None and known.rank == rank else self._count
        self._waiting[key] = _Waiting(key, problem, on_action, rank, number)
        if known is None or known.problem != problem:
            self._stop_expiring(key)
            if is_passing:
                timer = self._expiring[key] = QTimer(self, singleShot=True, interval=SHOWN_MS)
                timer.setObjectName(f"expire {key}")
                timer.timeout.connect(partial(self.clear, key))
                timer.start()
        self._show()

    def _stop_expiring(self, key: str) -> None:
        timer = self._expiring.pop(key, None)
        if timer is not None:
            timer.stop()
            timer.deleteLater()

    def _queue(self) -> list[_Waiting]:
        """Return what can be shown, by rank; answers and alerts have the newest first."""

        def order(waiting: _Waiting) -> tuple[int, int]:
            is_newest_first = waiting.rank in (problem_strip.ANSWER, problem_strip.ALERT)
            return waiting.rank, -waiting.number if is_newest_first else waiting.number

        shown = (each for each in self._waiting.values() if each.key not in self._held)
        return sorted(shown, key=order)

    def _current(self) -> _Waiting | None:
        queue = self._queue()
        turned = [each for each in queue if each.key == self._turned_to]
        return next(iter((*turned, *queue)), None)

    def _turn(self) -> None:
        queue, current = self._queue(), self._current()
        if current is not None:
            place = (queue.index(current) + 1) % len(queue)
            self._turned_to = queue[place].key
            self._show()
            if place == 0:
                self.passed.emit()

    def _act(self, action: str) -> None:
        current = self._current()
        if current is None:
            return
        if action == _dismiss():
            self.clear(current.key)
        else:
            current.on_action(action)

    def _show(self) -> None:
        current = self._current()
        more = len(self._queue()) - 1
        self._strip.show_problem(None if current is None else replace(current.problem, more=more))
        self.setVisible(current is not None and not self._is_behind)
        self.moved.emit()


def _dismiss() -> str:
    return tr("Dismiss", "message")  # findings are dismissed too, in other words elsewhere


def alert_notice(key: str) -> str:
    """Return the key that the message about an alert has in a `ProblemBar`."""
    return f"{ALERT_PREFIX}{key}"


class Announcer(QObject):
    """Follows the store while its window lives.

    Args:
        window: The window whose news is announced.
        store: All watched scans.
        ticker: Reports changes, and ticks every second.
        clock: Our monotonic clock.
        is_in_view: Whether the user is viewing a scan.
        is_own: Whether the user made a finding's changes here, since a reading of it.
    """

    said = Signal(str)
    """The announced text, for users who cannot hear it."""

    def __init__(
        self,
        window: QWidget,
        store: Store,
        ticker: Ticker,
        clock: Callable[[], float],
        is_in_view: Callable[[ScanId], bool],
        is_own: Callable[[Finding, Finding], bool],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._news = Announcements(clock, store.whole.scan, store.name_of, is_in_view, store.mask)
        self._news.is_own = is_own
        ticker.changed.connect(self._take)
        ticker.second.connect(self._say_what_is_due)

    def _take(self, changes: list[Change]) -> None:
        self._news.take(changes)
        self._say_what_is_due()

    def _say_what_is_due(self) -> None:
        text = self._news.due()
        if text:
            say(self._window, text)
            self.said.emit(text)


def say(window: QWidget, text: str) -> None:
    """Have a screen reader announce a text."""
    news = QtGui.QAccessibleAnnouncementEvent(window, text)
    news.setPoliteness(QtGui.QAccessible.AnnouncementPoliteness.Polite)
    QtGui.QAccessible.updateAccessibility(news)


LATER = tr_noop("Later")
SIGN_IN_AGAIN = tr_noop("Sign in again")


class SessionReminder(QObject):
    """Covers only sessions with a known end that the server still accepts.

    Args:
        store: The scans, which detect first when a session ends early.
        ticker: Ticks every second.
        clock: Our monotonic clock, which continues while the machine sleeps.
        status: Shows the time left at the server in use.
        problems: The strip over the window.
    """

    sign_in_wanted = Signal(str)
    """The user wants to sign in to this server before its session ends."""

    def __init__(
        self,
        store: Store,
        ticker: Ticker,
        clock: Clock,
        status: StatusBar,
        problems: ProblemBar,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._store, self._clock = store, clock
        self._status, self._problems = status, problems
        self._ends: Mapping[ServerUrl, float] = {}
        self._in_use: ServerUrl | None = None
        self._likely: Container[ServerUrl] = ()
        self._put_off: dict[ServerUrl, float] = {}
        ticker.second.connect(self._say)
        ticker.changed.connect(self._say)

    def show_sessions(
        self,
        ends: Mapping[ServerUrl, float],
        in_use: ServerUrl | None,
        likely: Container[ServerUrl] = (),
    ) -> None:
        """Report these sessions from now on.

        Args:
            ends: When each ends, by our clock.
            in_use: The server that the status bar shows.
            likely: Those whose end is only likely.
        """
        for server in {*self._ends} - {*ends}:
            self._problems.clear(_key(server))
        for server in [each for each in self._put_off if self._ends.get(each) != ends.get(each)]:
            del self._put_off[server]  # the user postponed the reminder of another session
        self._ends, self._in_use, self._likely = dict(ends), in_use, likely
        self._say()

    def _say(self) -> None:
        now_s = self._clock()
        refused = {
            scan.server for scan in self._store if scan.connection_state is Connection.SIGNED_OUT
        }
        lefts = {
            server: None if server in refused or end_s <= now_s else end_s - now_s
            for server, end_s in self._ends.items()
        }
        in_use_s = None if self._in_use is None else lefts.get(self._in_use)
        self._status.show_session(in_use_s, is_likely=self._in_use in self._likely)
        for server, left_s in lefts.items():
            is_due = left_s is not None and left_s <= self._put_off.get(server, SOON_S)
            if left_s is None or not is_due:
                self._problems.clear(_key(server))
            else:
                fact = tr("Your session on {host} expires in {time}.").format(
                    host=host_text(server), time=left_text(left_s, is_likely=server in self._likely)
                )
                consequence = tr("Watching then pauses until you sign in again.")
                actions = (LATER, SIGN_IN_AGAIN)
                self._problems.show_problem(
                    _key(server),
                    problem_strip.StripText(
                        Mood.ATTENTION, "conn-signed-out", fact, consequence, actions
                    ),
                    partial(self._act, server),
                    is_dismissible=False,
                )

    def _act(self, server: ServerUrl, action: str) -> None:
        if action != LATER:
            self.sign_in_wanted.emit(server)
            return
        is_last_call = self._ends[server] - self._clock() <= LAST_CALL_S
        self._put_off[server] = 0.0 if is_last_call else LAST_CALL_S
        self._say()


def _key(server: ServerUrl) -> str:
    return f"session {server}"
