"""A problem of a scan: its kind, a fact, a consequence, what can be done. Source: ux.md 2.6."""

from dataclasses import dataclass
from enum import Enum

from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.words.i18n import tr_noop


class ProblemKind(Enum):
    """The kinds of problems, worst first."""

    STALE = "stale"
    CANNOT_REACH = "cannot reach"
    NOT_TRUSTED = "not trusted"
    NOT_CHECKED = "not checked"
    KEYRING = "keyring"
    SIGNED_OUT = "signed out"
    GONE = "gone"
    FAILED_MAY_RETRY = "failed, may be retried"
    FAILED = "failed"
    ENDED = "failed or cancelled"
    RECONNECTING = "reconnecting"
    OFFLINE = "offline"
    INCOMPLETE = "incomplete"
    RESYNCHRONISING = "resynchronising"
    BAD_DATA = "bad data"
    BUSY = "busy"
    GOES_ON = "completed, but goes on"
    NOT_PICKED_UP = "not picked up"
    CANCELLED_AND_BACK = "cancelled and back"
    QUIET = "quiet"
    POLLING_ONLY = "polling only"
    CANCELLED = "cancelled"
    UNLOOKED = "not all was looked at"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(ProblemKind).index(self)


class ProblemAction(Enum):
    """What can be done about a problem; the value is the text of its button."""

    TRY_NOW = tr_noop("Try now")
    SIGN_IN = tr_noop("Sign in")
    SIGN_IN_ONCE = tr_noop("This session only")
    UNLOCK = tr_noop("Unlock and retry")
    STOP_WATCHING = tr_noop("Stop watching")
    COPY_DETAILS = tr_noop("Copy details")
    COPY_ERROR = tr_noop("Copy error")
    SCAN_AGAIN = tr_noop("Scan again")
    CANCEL = tr_noop("Cancel scan")
    CANCEL_AGAIN = tr_noop("Cancel again")


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem of a scan, or of several.

    Attributes:
        scan_id: the scan; of several, the first one.
        fact: one sentence on what is so.
        consequence: one on what follows from it, or "".
        actions: what can be done, the main one last; none if there is nothing to do.
        others: further scans with the same problem.
    """

    scan_id: ScanId
    kind: ProblemKind
    fact: str
    consequence: str = ""
    actions: tuple[ProblemAction, ...] = ()
    others: tuple[ScanId, ...] = ()

    @property
    def scan_ids(self) -> tuple[ScanId, ...]:
        """All scans that have it."""
        return (self.scan_id, *self.others)
