"""The states of a scan and its connection: a row each with all that is shown, and sentences.

Source: behaviour.md 2.4, 2.6; look.md 5 (Scan card, Problem strip).
"""

from collections.abc import Iterable
from datetime import datetime
from enum import Enum, auto, unique
from functools import partial

from msgspec import Struct

from heimdall_desktop.domain.facts import errors
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.observation import Connection, ConnectionSeen, ScanSource
from heimdall_desktop.domain.facts.scan import Outcome, Scan
from heimdall_desktop.domain.facts.server import ServerState, Standing
from heimdall_desktop.presentation.i18n import tr, tr_noop
from heimdall_desktop.presentation.labels import host_text, stage_label, value_in_text
from heimdall_desktop.presentation.time_text import at_text, moment_text, rough_text, wait_text


class Mood(Enum):
    """The mood of a text; widgets choose ink and ground."""

    PLAIN = auto()
    CALM = auto()
    WORKING = auto()
    ATTENTION = auto()
    ERROR = auto()


class ProblemAction(Enum):
    """An action for a problem; the value is the text of its button."""

    RETRY = tr_noop("Retry now")
    SIGN_IN = tr_noop("Sign in")
    SIGN_IN_ONCE = tr_noop("This session only")
    UNLOCK = tr_noop("Unlock and retry")
    STOP_WATCHING = tr_noop("Stop watching")
    COPY_DETAILS = tr_noop("Copy details")
    COPY_ERROR = tr_noop("Copy error")
    SCAN_AGAIN = tr_noop("Scan again")
    CANCEL = tr_noop("Cancel scan")
    CANCEL_AGAIN = tr_noop("Cancel again")


#: Actions that are absent if nothing may be changed on a server.
CHANGES_SERVER = frozenset(
    {ProblemAction.SCAN_AGAIN, ProblemAction.CANCEL, ProblemAction.CANCEL_AGAIN}
)
_RETRY = (ProblemAction.RETRY,)
_COPY_RETRY = (ProblemAction.COPY_DETAILS, ProblemAction.RETRY)
_UNLOCK = (ProblemAction.SIGN_IN_ONCE, ProblemAction.UNLOCK)
_LEAVE = (ProblemAction.COPY_DETAILS, ProblemAction.STOP_WATCHING)
NO_PROBLEM = 99


class StatusSpec(Struct, frozen=True):
    """How a state is shown.

    Attributes:
        word: the state alone, on a card; "" if only a problem strip shows it.
        short_word: the shortest word for it, beside a glyph that says the same; "" for `word`.
        counted: the text for a number of scans in it.
        shown: its position in the status bar, the calm ones first.
        is_cut_off: nothing new arrives, so the shown data may be out of date.
        needs_attention: a running scan in this state is in the group that needs attention.
        rank: as a problem, 0 for the worst.
        strip: the mood of its problem strip, if it differs from `mood`.
        actions: the available actions, the main one last.
        is_in_every_scope: it prevents updates of a scan, so it is shown beside other scans too.
        is_of_server: its cause is the server, and one remedy applies to all of its scans.
    """

    icon: str
    mood: Mood
    word: str = ""
    counted: str = ""
    short_word: str = ""
    shown: int = 0
    is_cut_off: bool = False
    needs_attention: bool = False
    rank: int = NO_PROBLEM
    strip: Mood | None = None
    actions: tuple[ProblemAction, ...] = ()
    is_in_every_scope: bool = False
    is_of_server: bool = False


_cut_off = partial(StatusSpec, is_cut_off=True, needs_attention=True, is_in_every_scope=True)
_no_server = partial(_cut_off, is_of_server=True)


@unique
class ScanStatus(Enum):
    """The states, those of the connection first and the worst of them first."""

    __hash__ = object.__hash__  # as of `Connection`; a spec would be hashed by all its fields
    _value_: StatusSpec

    # fmt: off
    STALE = _cut_off("conn-broken", Mood.ERROR, tr_noop("Stale"), tr_noop("{count} stale"),
        shown=11, rank=0, actions=_COPY_RETRY)
    CANNOT_REACH = _no_server("conn-broken", Mood.ERROR, tr_noop("Unreachable"),
        tr_noop("{count} unreachable"), tr_noop("Offline"), shown=12, rank=1, actions=_COPY_RETRY)
    NOT_TRUSTED = _no_server("conn-certificate", Mood.ERROR, tr_noop("Not trusted"),
        tr_noop("{count} not trusted"), tr_noop("Untrusted"), shown=13, rank=2,
        actions=_COPY_RETRY)
    SIGNED_OUT = _no_server("conn-signed-out", Mood.ATTENTION, tr_noop("Signed out"),
        tr_noop("{count} signed out"), tr_noop("Paused"), shown=18, rank=5,
        actions=(ProblemAction.SIGN_IN,))
    KEYRING_LOCKED = _no_server("conn-signed-out", Mood.ATTENTION, tr_noop("Keyring locked"),
        tr_noop("{count} keyring locked"), tr_noop("Locked"), shown=16, rank=4, actions=_UNLOCK)
    UNREAD_KEYRING = _no_server("conn-signed-out", Mood.ATTENTION, tr_noop("Keyring error"),
        tr_noop("{count} with keyring error"), tr_noop("Keyring"), shown=17, rank=4,
        actions=_UNLOCK)
    READ_ONLY = _no_server("conn-offline", Mood.CALM, tr_noop("Read-only"),
        tr_noop("{count} read-only"), shown=10, rank=11, actions=_RETRY)
    NO_ACCESS = _cut_off("conn-broken", Mood.ERROR, tr_noop("No access"),
        tr_noop("{count} no access"), shown=15, rank=6, actions=_LEAVE)
    NOT_CHECKED = StatusSpec("ui-warning", Mood.ATTENTION, tr_noop("Not checked"),
        tr_noop("{count} not checked"), tr_noop("Unchecked"), shown=14, needs_attention=True,
        rank=3, strip=Mood.ERROR, actions=_RETRY, is_in_every_scope=True)
    RECONNECTING = StatusSpec("conn-reconnecting", Mood.ATTENTION, tr_noop("Reconnecting"),
        tr_noop("{count} reconnecting"), tr_noop("Lost"), shown=9, needs_attention=True, rank=10,
        actions=_RETRY, is_in_every_scope=True)
    QUIET = StatusSpec("conn-quiet", Mood.ATTENTION, tr_noop("Quiet"), tr_noop("{count} quiet"),
        shown=8, needs_attention=True, rank=19, strip=Mood.CALM)
    WAITING = StatusSpec("conn-quiet", Mood.ATTENTION, tr_noop("Waiting"),
        tr_noop("{count} waiting"), shown=6, rank=15, strip=Mood.CALM, is_in_every_scope=True)
    RECHECKING = StatusSpec("conn-quiet", Mood.ATTENTION, tr_noop("Rechecking"),
        tr_noop("{count} rechecking"), shown=7)
    POLLING = StatusSpec("conn-quiet", Mood.CALM, tr_noop("Polling only"),
        tr_noop("{count} polling only"), tr_noop("Polling"), shown=5, rank=20, actions=_RETRY)
    CHECKING = StatusSpec("conn-reconnecting", Mood.WORKING, tr_noop("Checking"),
        tr_noop("{count} checking"), shown=4, rank=13, is_in_every_scope=True)
    CONNECTING = StatusSpec("conn-reconnecting", Mood.CALM, tr_noop("Connecting"),
        tr_noop("{count} connecting"), shown=3)
    STREAM_ONLY = StatusSpec("ui-info", Mood.CALM, tr_noop("Stream only"),
        tr_noop("{count} stream only"), tr_noop("Stream"), shown=2)
    DOCUMENTED = StatusSpec("conn-live", Mood.CALM, tr_noop("Documented API"),
        tr_noop("{count} documented API"), tr_noop("API"), shown=1)
    LIVE = StatusSpec("conn-live", Mood.CALM, tr_noop("Live"), tr_noop("{count} live"))
    REPLAY = StatusSpec("ui-play", Mood.CALM, tr_noop("Replay"), tr_noop("{count} replayed"),
        shown=20)
    ENDED = StatusSpec("stage-pending", Mood.CALM, tr_noop("Ended"), tr_noop("{count} ended"),
        shown=19)

    # Problems of the scan itself: only its problem strip shows them.
    FAILED_MAY_RETRY = StatusSpec("stage-failed", Mood.ERROR, rank=7)
    FAILED = StatusSpec("stage-failed", Mood.ERROR, rank=8)
    FAILED_OR_CANCELLED = StatusSpec("ui-warning", Mood.ATTENTION, rank=9)
    INCOMPLETE = StatusSpec("ui-warning", Mood.ATTENTION, rank=12, actions=_RETRY,
        is_in_every_scope=True)
    BAD_DATA = StatusSpec("ui-warning", Mood.ATTENTION, rank=14,
        actions=(ProblemAction.COPY_DETAILS,))
    STILL_ACTIVE = StatusSpec("stage-attempt", Mood.ATTENTION, rank=16, is_in_every_scope=True)
    NOT_PICKED_UP = StatusSpec("ui-warning", Mood.ATTENTION, rank=17, is_in_every_scope=True)
    CANCELLED_AND_BACK = StatusSpec("stage-attempt", Mood.CALM, rank=18, is_in_every_scope=True)
    CANCELLED = StatusSpec("stage-cancelled", Mood.CALM, rank=21)
    NOT_SCANNED = StatusSpec("ui-warning", Mood.ATTENTION, rank=22)
    # fmt: on

    @property
    def spec(self) -> StatusSpec:
        return self._value_

    @property
    def word(self) -> str:
        return tr(self.spec.word)

    @property
    def short_word(self) -> str:
        return tr(self.spec.short_word or self.spec.word)

    def icon(self, *, is_clear: bool) -> str:
        """Return its glyph; an ended scan has a tick only if nothing is in doubt."""
        return "conn-ended" if is_clear and self is ScanStatus.ENDED else self.spec.icon

    def counted(self, count: int) -> str:
        return tr(self.spec.counted).format(count=count)


class Problem(Struct, frozen=True):
    """One problem of a scan, or of several.

    Attributes:
        scan_id: the scan; of several, the first one.
        fact: one sentence that states the problem.
        consequence: one sentence on the result, or "".
        own_actions: the available actions, the main one last, if they differ from those of its
            state.
        others: further scans with the same problem.
        help: the entry of its reason in the manual, or "".
    """

    scan_id: ScanId
    status: ScanStatus
    fact: str
    consequence: str = ""
    own_actions: tuple[ProblemAction, ...] = ()
    others: tuple[ScanId, ...] = ()
    help: str = ""

    @property
    def scan_ids(self) -> tuple[ScanId, ...]:
        return (self.scan_id, *self.others)

    @property
    def actions(self) -> tuple[ProblemAction, ...]:
        """The available actions, the main one last; empty if there are none."""
        return self.own_actions or self.status.spec.actions


# The connection state in words: of a scan, of all watched scans, and of the server in use.
#
# Ages and countdowns use the monotonic clock, so a changed system time makes nothing look fresh.
# The overall state is the worst of all, never healthy while one scan is stale.
# Source: behaviour.md 2.6, protocol.md T-10, look.md 10 (Signed out while nothing runs).


OLD_S = 10.0  # data older than this is dimmed while the connection is down

_STATUSES = {
    Connection.SIGNED_OUT: ScanStatus.SIGNED_OUT,
    Connection.GONE: ScanStatus.NO_ACCESS,
    Connection.STALE: ScanStatus.STALE,
    Connection.RECONNECTING: ScanStatus.RECONNECTING,
    Connection.BUSY: ScanStatus.WAITING,
    Connection.POLLING_ONLY: ScanStatus.POLLING,
    Connection.QUIET: ScanStatus.QUIET,
    Connection.CONNECTING: ScanStatus.CONNECTING,
    Connection.LIVE: ScanStatus.LIVE,
    Connection.ENDED: ScanStatus.ENDED,
}
_SHOWN = sorted(ScanStatus, key=lambda status: status.spec.shown)
_HEALTHY = frozenset({ScanStatus.LIVE, ScanStatus.DOCUMENTED, ScanStatus.QUIET, ScanStatus.POLLING})
_SILENT = frozenset({Connection.STALE, Connection.RECONNECTING, Connection.SIGNED_OUT})


class ConnectionText(Struct, frozen=True):
    """The text a card shows for its connection."""

    status: ScanStatus
    text: str

    @property
    def mood(self) -> Mood:
        return self.status.spec.mood


def status_of(scan: Scan) -> ScanStatus:
    """Return the kind of state; a scan with unchecked rows is never live or ended (T-10)."""
    if scan.replay_pace and scan.connection_state is not Connection.GONE:
        return ScanStatus.REPLAY
    if scan.connection is None:
        return ScanStatus.CONNECTING
    status = _obstructed(scan, scan.connection) or _STATUSES[scan.connection.connection]
    if status is ScanStatus.QUIET and scan.status == "queued":  # no updates arrive before it starts
        status = ScanStatus.LIVE
    if scan.is_stream_only:  # there is no list to check
        return ScanStatus.STREAM_ONLY if status in (ScanStatus.LIVE, ScanStatus.ENDED) else status
    if status is ScanStatus.LIVE and scan.source is ScanSource.LISTING:
        status = ScanStatus.DOCUMENTED
    is_unchecked = scan.outcome is Outcome.COMPLETED and not scan.is_checked_to_the_end
    if is_unchecked and status is ScanStatus.ENDED:
        return ScanStatus.NOT_CHECKED
    if status in _HEALTHY and scan.outcome is Outcome.CANCELLED_MAY_RETURN:
        return status if scan.is_cancelling else ScanStatus.RECHECKING
    if status in _HEALTHY and (is_unchecked or scan.is_resynchronising):
        return ScanStatus.CHECKING
    return status


def state_text(scan: Scan) -> str:
    """Return the state of a running scan: its stage, and that of its connection."""
    stage = scan.running_stage
    word = stage_label(stage.name) if stage else value_in_text(scan.status).capitalize()
    return f"{word}, {status_of(scan).word}"


def _obstructed(scan: Scan, seen: ConnectionSeen) -> ScanStatus | None:
    """Return the known obstacle to reaching the server; a network gets time to recover."""
    is_stale = seen.connection is Connection.STALE
    is_waiting = seen.connection in (Connection.RECONNECTING, Connection.CONNECTING)
    is_signed_out = seen.connection is Connection.SIGNED_OUT
    match seen.error:
        case errors.CertificateUntrusted() if is_stale or is_waiting:
            return ScanStatus.NOT_TRUSTED
        case errors.HeimdallError(reason=reason) if is_stale and reason in errors.NO_CONNECTION:
            is_of_before = not seen.is_answered and scan.last_answer_at_s is not None
            return ScanStatus.READ_ONLY if is_of_before else ScanStatus.CANNOT_REACH
        case errors.KeyringLocked() if is_signed_out:
            return ScanStatus.KEYRING_LOCKED
        case errors.CredentialError() if is_signed_out:
            return ScanStatus.UNREAD_KEYRING
        case _:
            return None


def connection_text(scan: Scan, clock_s: float) -> ConnectionText:
    """Return status and text at a moment of the monotonic clock: "Live 2 s", "Stale for 3 min"."""
    status, age, wait = status_of(scan), age_s(scan, clock_s), wait_s(scan.connection, clock_s)
    since = rough_text(clock_s - scan.connection.since_s if scan.connection else 0.0)
    match status:
        case ScanStatus.REPLAY:
            text = tr("Replay {pace}\u00d7").format(pace=f"{scan.replay_pace:g}")
        case ScanStatus.LIVE if age is not None:
            text = tr("Live {time}").format(time=rough_text(age))
        case ScanStatus.POLLING if age is not None:
            text = tr("Polling {time}").format(time=rough_text(age))
        case ScanStatus.DOCUMENTED if age is not None:
            text = tr("Polled {time} ago").format(time=rough_text(age))
        case ScanStatus.RECHECKING if scan.looks_until_s is not None:
            left_s = max(scan.looks_until_s - clock_s, 0.0)
            text = tr("Rechecking, {time}").format(time=wait_text(left_s))
        case ScanStatus.QUIET:
            text = tr("Quiet for {time}").format(time=since)
        case ScanStatus.STALE:
            text = tr("Stale for {time}").format(time=since)
        case ScanStatus.RECONNECTING if wait is not None:
            text = tr("Reconnecting in {time}").format(time=wait_text(wait))
        case ScanStatus.WAITING if wait is not None:
            text = tr("Waiting {time}").format(time=wait_text(wait))
        case _:
            text = status.word
    return ConnectionText(status, text)


def has_nothing_more(scan: Scan) -> bool:
    """Return whether the scan has ended and is fully known, so its connection no longer matters."""
    if scan.outcome is Outcome.COMPLETED:
        return scan.is_settled if scan.is_stream_only else scan.is_checked_to_the_end
    if scan.outcome is Outcome.ENDED:
        return scan.is_settled
    return scan.outcome in (Outcome.FAILED, Outcome.CANCELLED)


def age_s(scan: Scan, clock_s: float) -> float | None:
    """Return the age of the newest successful REST response; None before the first.

    If only the stream reports the scan, this is the time since the stream went silent; None while
    it still reports.
    """
    seen = scan.connection
    if scan.is_stream_only:
        is_silent = seen is not None and seen.connection in _SILENT
        return max(clock_s - seen.since_s, 0.0) if seen is not None and is_silent else None
    return None if scan.last_answer_at_s is None else max(clock_s - scan.last_answer_at_s, 0.0)


def is_dimmed(scan: Scan, clock_s: float) -> bool:
    """Return whether the data may be out of date; at startup it is of an earlier session."""
    status = status_of(scan)
    if status.spec.is_cut_off:
        return True
    is_waiting = status in (ScanStatus.RECONNECTING, ScanStatus.CONNECTING)
    return is_waiting and (age_s(scan, clock_s) or 0.0) >= OLD_S


def wait_s(seen: ConnectionSeen | None, clock_s: float) -> float | None:
    """Return the time until the next attempt; None if none is planned or it is due."""
    if seen is None or seen.next_try_at_s is None or seen.next_try_at_s <= clock_s:
        return None
    return seen.next_try_at_s - clock_s


# -- all watched scans: "6 live, 1 reconnecting in 8 s, 3 ended" --


class ConnectionSum(Struct, frozen=True):
    """The number of scans in one connection state.

    Attributes:
        is_clear: all of them have ended, and everything was scanned and read.
    """

    status: ScanStatus
    text: str
    count: int
    is_clear: bool = False

    @property
    def icon(self) -> str:
        return self.status.icon(is_clear=self.is_clear)

    @property
    def mood(self) -> Mood:
        return self.status.spec.mood


def connection_sums(scans: Iterable[Scan], clock_s: float) -> tuple[ConnectionSum, ...]:
    """Return a sum for each state that some scan is in, the calm ones first.

    "3 live", or "2 reconnecting in 8 s", the time until the next attempt.
    """
    by_status: dict[ScanStatus, list[Scan]] = {}
    for scan in scans:
        status = status_of(scan)
        is_over = has_nothing_more(scan) and not scan.is_stream_only  # their end proves little
        if is_over and status is not ScanStatus.REPLAY:
            status = ScanStatus.ENDED
        by_status.setdefault(status, []).append(scan)
    forms = {
        ScanStatus.RECONNECTING: tr("{count} reconnecting in {time}"),
        ScanStatus.WAITING: tr("{count} waiting {time}"),
    }
    sums = []
    for status in filter(by_status.__contains__, _SHOWN):
        there, text = by_status[status], status.counted(len(by_status[status]))
        waits = [wait for scan in there if (wait := wait_s(scan.connection, clock_s)) is not None]
        if status is ScanStatus.REPLAY:  # there is only one
            text = connection_text(there[0], clock_s).text
        elif waits and status in forms:
            text = forms[status].format(count=len(there), time=wait_text(min(waits)))
        is_clear = status is ScanStatus.ENDED and all(scan.is_clear for scan in there)
        sums.append(ConnectionSum(status, text, len(there), is_clear))
    return tuple(sums)


# -- the server in use --


def server_status(state: ServerState) -> ScanStatus | None:
    """Return the status of a server that cannot be queried; None for one that can."""
    statuses = {
        Standing.SIGNED_OUT: ScanStatus.SIGNED_OUT,
        Standing.UNREACHABLE: ScanStatus.CANNOT_REACH,
    }
    return statuses.get(state.standing)


def server_fact(state: ServerState, now: datetime) -> str:
    """Return the problem, such as "No response since 09:14."; "" for none."""
    since = None if state.since is None else at_text(state.since, now)
    match state.standing:
        case Standing.SIGNED_OUT if since is None:
            return tr("Token not accepted.") if state.is_token_refused else tr("Signed out.")
        case Standing.SIGNED_OUT:
            form = tr("Signed out {at}.")
            if state.is_token_refused:
                form = tr("Token not accepted {at}.")
            return form.format(at=since)
        case Standing.UNREACHABLE if state.since is not None:
            return tr("No response since {time}.").format(time=moment_text(state.since, now))
        case Standing.UNREACHABLE:
            return tr("No response.")
        case Standing.GOOD:
            return ""


def server_consequence(*, watches_new: bool) -> str:
    return tr("New scans aren't being watched.") if watches_new else tr("Watching is paused.")


def server_brief(state: ServerState) -> str:
    """Return the problem in a few words, "signed out"; "" for none."""
    match state.standing:
        case Standing.SIGNED_OUT:
            return tr("token not accepted") if state.is_token_refused else tr("signed out")
        case Standing.UNREACHABLE:
            return tr("can't reach {host}").format(host=host_text(state.server))
        case Standing.GOOD:
            return ""


def server_sum(state: ServerState) -> ConnectionSum | None:
    """Return the status bar part about the server itself; it counts no scans."""
    status = server_status(state)
    if status is None:
        return None
    text = tr("Can't reach {host}").format(host=host_text(state.server))
    if status is ScanStatus.SIGNED_OUT:
        text = tr("Token not accepted") if state.is_token_refused else tr("Signed out")
    return ConnectionSum(status, text, 0)


def checked_words(state: ServerState, now: datetime) -> str:
    """Return when new scans were last searched for, "Checked 09:13"; "" if not yet."""
    if state.looked_at is not None:
        return tr("Checked {time}").format(time=moment_text(state.looked_at, now))
    return "" if can_check(state) else tr("Can't check")


def can_check(state: ServerState) -> bool:
    """Return whether a search for new scans is possible now, as far as is known."""
    return state.is_good and state.error is None
