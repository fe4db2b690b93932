"""The states of a scan and its connection: one row each with everything that is shown.

Source: behaviour.md 2.4, 2.6; look.md 5 (Scan card, Problem strip).
"""

from enum import Enum, auto, unique
from functools import partial

from msgspec import Struct

from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.presentation.i18n import tr, tr_noop


class Mood(Enum):
    """The mood of a text; widgets choose ink and ground."""

    PLAIN = auto()
    CALM = auto()
    WORKING = auto()
    ATTENTION = auto()
    TROUBLE = auto()


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


class SignSpec(Struct, frozen=True):
    """How a state is shown.

    Attributes:
        icon: the glyph.
        mood: the mood of the state.
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


_cut_off = partial(SignSpec, is_cut_off=True, needs_attention=True, is_in_every_scope=True)
_no_server = partial(_cut_off, is_of_server=True)


@unique
class Sign(Enum):
    """The states, those of the connection first and the worst of them first."""

    __hash__ = object.__hash__  # as of `Connection`; a spec would be hashed by all its fields
    _value_: SignSpec

    # fmt: off
    STALE = _cut_off("conn-broken", Mood.TROUBLE, tr_noop("Stale"), tr_noop("{count} stale"),
        shown=11, rank=0, actions=_COPY_RETRY)
    CANNOT_REACH = _no_server("conn-broken", Mood.TROUBLE, tr_noop("Unreachable"),
        tr_noop("{count} unreachable"), tr_noop("Offline"), shown=12, rank=1, actions=_COPY_RETRY)
    NOT_TRUSTED = _no_server("conn-certificate", Mood.TROUBLE, tr_noop("Not trusted"),
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
    NO_ACCESS = _cut_off("conn-broken", Mood.TROUBLE, tr_noop("No access"),
        tr_noop("{count} no access"), shown=15, rank=6, actions=_LEAVE)
    NOT_CHECKED = SignSpec("ui-warning", Mood.ATTENTION, tr_noop("Not checked"),
        tr_noop("{count} not checked"), tr_noop("Unchecked"), shown=14, needs_attention=True,
        rank=3, strip=Mood.TROUBLE, actions=_RETRY, is_in_every_scope=True)
    RECONNECTING = SignSpec("conn-reconnecting", Mood.ATTENTION, tr_noop("Reconnecting"),
        tr_noop("{count} reconnecting"), tr_noop("Lost"), shown=9, needs_attention=True, rank=10,
        actions=_RETRY, is_in_every_scope=True)
    QUIET = SignSpec("conn-quiet", Mood.ATTENTION, tr_noop("Quiet"), tr_noop("{count} quiet"),
        shown=8, needs_attention=True, rank=19, strip=Mood.CALM)
    WAITING = SignSpec("conn-quiet", Mood.ATTENTION, tr_noop("Waiting"), tr_noop("{count} waiting"),
        shown=6, rank=15, strip=Mood.CALM, is_in_every_scope=True)
    RECHECKING = SignSpec("conn-quiet", Mood.ATTENTION, tr_noop("Rechecking"),
        tr_noop("{count} rechecking"), shown=7)
    POLLING = SignSpec("conn-quiet", Mood.CALM, tr_noop("Polling only"),
        tr_noop("{count} polling only"), tr_noop("Polling"), shown=5, rank=20, actions=_RETRY)
    CHECKING = SignSpec("conn-reconnecting", Mood.WORKING, tr_noop("Checking"),
        tr_noop("{count} checking"), shown=4, rank=13, is_in_every_scope=True)
    CONNECTING = SignSpec("conn-reconnecting", Mood.CALM, tr_noop("Connecting"),
        tr_noop("{count} connecting"), shown=3)
    STREAM_ONLY = SignSpec("ui-info", Mood.CALM, tr_noop("Stream only"),
        tr_noop("{count} stream only"), tr_noop("Stream"), shown=2)
    DOCUMENTED = SignSpec("conn-live", Mood.CALM, tr_noop("Documented API"),
        tr_noop("{count} documented API"), tr_noop("API"), shown=1)
    LIVE = SignSpec("conn-live", Mood.CALM, tr_noop("Live"), tr_noop("{count} live"))
    REPLAY = SignSpec("ui-play", Mood.CALM, tr_noop("Replay"), tr_noop("{count} replayed"),
        shown=20)
    ENDED = SignSpec("stage-pending", Mood.CALM, tr_noop("Ended"), tr_noop("{count} ended"),
        shown=19)

    # Problems of the scan itself: only its problem strip shows them.
    FAILED_MAY_RETRY = SignSpec("stage-failed", Mood.TROUBLE, rank=7)
    FAILED = SignSpec("stage-failed", Mood.TROUBLE, rank=8)
    FAILED_OR_CANCELLED = SignSpec("ui-warning", Mood.ATTENTION, rank=9)
    INCOMPLETE = SignSpec("ui-warning", Mood.ATTENTION, rank=12, actions=_RETRY,
        is_in_every_scope=True)
    BAD_DATA = SignSpec("ui-warning", Mood.ATTENTION, rank=14,
        actions=(ProblemAction.COPY_DETAILS,))
    STILL_ACTIVE = SignSpec("stage-attempt", Mood.ATTENTION, rank=16, is_in_every_scope=True)
    NOT_PICKED_UP = SignSpec("ui-warning", Mood.ATTENTION, rank=17, is_in_every_scope=True)
    CANCELLED_AND_BACK = SignSpec("stage-attempt", Mood.CALM, rank=18, is_in_every_scope=True)
    CANCELLED = SignSpec("stage-cancelled", Mood.CALM, rank=21)
    NOT_SCANNED = SignSpec("ui-warning", Mood.ATTENTION, rank=22)
    # fmt: on

    @property
    def spec(self) -> SignSpec:
        return self._value_

    @property
    def word(self) -> str:
        """The state alone, for places without room for ages and countdowns."""
        return tr(self.spec.word)

    @property
    def short_word(self) -> str:
        """The shortest word for the state, beside a glyph that says the same."""
        return tr(self.spec.short_word or self.spec.word)

    def icon(self, *, is_clear: bool) -> str:
        """Return its glyph; an ended scan has a tick only if nothing is in doubt."""
        return "conn-ended" if is_clear and self is Sign.ENDED else self.spec.icon

    def counted(self, count: int) -> str:
        """Return "2 out of reach"."""
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
    """

    scan_id: ScanId
    sign: Sign
    fact: str
    consequence: str = ""
    own_actions: tuple[ProblemAction, ...] = ()
    others: tuple[ScanId, ...] = ()

    @property
    def scan_ids(self) -> tuple[ScanId, ...]:
        return (self.scan_id, *self.others)

    @property
    def actions(self) -> tuple[ProblemAction, ...]:
        """The available actions, the main one last; empty if there are none."""
        return self.own_actions or self.sign.spec.actions
