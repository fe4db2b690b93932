"""Reports when sessions end: always in the status bar, and in a strip from the last day on.

Source: behaviour.md feature 19, design picture 3 (Session ends soon).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject, Signal

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.domain.facts.observation import Connection
from heimdall_desktop.domain.facts.server import LAST_CALL_S, SOON_S, ServerUrl
from heimdall_desktop.models.scan_facts import Clock
from heimdall_desktop.models.ticker import Ticker
from heimdall_desktop.presentation.board.sign import Mood
from heimdall_desktop.presentation.hosts import host_text
from heimdall_desktop.presentation.i18n import tr, tr_noop
from heimdall_desktop.presentation.time_text import left_text
from heimdall_desktop.widgets.controls.problem_strip import StripText
from heimdall_desktop.widgets.window.problem_bar import ProblemBar
from heimdall_desktop.widgets.window.status_bar import StatusBar

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
        self._put_off: dict[ServerUrl, float] = {}
        ticker.second.connect(self._say)
        ticker.changed.connect(self._say)

    def show_sessions(self, ends: Mapping[ServerUrl, float], in_use: ServerUrl | None) -> None:
        """Report these sessions from now on.

        Args:
            ends: When each ends, by our clock.
            in_use: The server that the status bar shows.
        """
        for server in {*self._ends} - {*ends}:
            self._problems.clear(_key(server))
        for server in [each for each in self._put_off if self._ends.get(each) != ends.get(each)]:
            del self._put_off[server]  # the user postponed the reminder of another session
        self._ends, self._in_use = dict(ends), in_use
        self._say()

    def _say(self) -> None:
        lefts = {server: self._left_s(server) for server in self._ends}
        self._status.show_session(None if self._in_use is None else lefts.get(self._in_use))
        for server, left_s in lefts.items():
            is_due = left_s is not None and left_s <= self._put_off.get(server, SOON_S)
            if left_s is None or not is_due:
                self._problems.clear(_key(server))
            else:
                fact = tr("Your session on {host} expires in {time}.").format(
                    host=host_text(server), time=left_text(left_s)
                )
                consequence = tr("Watching then pauses until you sign in again.")
                actions = (LATER, SIGN_IN_AGAIN)
                self._problems.show_problem(
                    _key(server),
                    StripText(Mood.ATTENTION, "conn-signed-out", fact, consequence, actions),
                    partial(self._act, server),
                    is_dismissible=False,
                )

    def _left_s(self, server: ServerUrl) -> float | None:
        left_s = self._ends[server] - self._clock()
        is_refused = any(
            scan.connection_state is Connection.SIGNED_OUT
            for scan in self._store
            if scan.server == server
        )
        return left_s if left_s > 0 and not is_refused else None

    def _act(self, server: ServerUrl, action: str) -> None:
        if action != LATER:
            self.sign_in_wanted.emit(server)
            return
        is_last_call = self._ends[server] - self._clock() <= LAST_CALL_S
        self._put_off[server] = 0.0 if is_last_call else LAST_CALL_S
        self._say()


def _key(server: ServerUrl) -> str:
    return f"session {server}"
