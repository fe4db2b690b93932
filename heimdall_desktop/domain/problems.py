"""What is wrong with a scan, or with how we hear of it, in one fact, one consequence and an action.

Source: ux.md 2.6, design.md 5 (Problem strip).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum

from heimdall_desktop.domain.card import ATTEMPTS, has_nothing_more
from heimdall_desktop.domain.connection_words import Sign, age_s, sign_of, wait_s
from heimdall_desktop.domain.end_words import end_words
from heimdall_desktop.domain.finding import ScanId, one_line
from heimdall_desktop.domain.scan import Outcome, Scan
from heimdall_desktop.domain.server import host_name
from heimdall_desktop.domain.stage_looks import failed_stage, last_touched_stage
from heimdall_desktop.domain.time_words import day_words, rough_words, second_words, wait_words

LONG_QUIET_S = 600.0  # heimdall-api.md T-23


class ProblemKind(Enum):
    """The kinds of problems, worst first."""

    STALE = "stale"
    NOT_CHECKED = "not checked"
    SIGNED_OUT = "signed out"
    GONE = "gone"
    FAILED_MAY_RETRY = "failed, may be retried"
    FAILED = "failed"
    RECONNECTING = "reconnecting"
    INCOMPLETE = "incomplete"
    RESYNCHRONISING = "resynchronising"
    BUSY = "busy"
    QUIET = "quiet"
    POLLING_ONLY = "polling only"
    CANCELLED = "cancelled"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(ProblemKind).index(self)


class ProblemAction(Enum):
    """What can be done about a problem; the value is the text of its button."""

    TRY_NOW = "Try now"
    SIGN_IN = "Sign in"
    STOP_WATCHING = "Stop watching"
    COPY_DETAILS = "Copy details"
    COPY_ERROR = "Copy error"
    WATCH_AGAIN = "Watch again"


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem of one scan.

    Attributes:
        fact: one sentence on what is so.
        consequence: one on what follows from it, or "".
        actions: what can be done, the main one last; none if there is nothing to do.
    """

    scan_id: ScanId
    kind: ProblemKind
    fact: str
    consequence: str = ""
    actions: tuple[ProblemAction, ...] = ()


_IN_EVERY_SCOPE = frozenset(
    {
        ProblemKind.STALE,
        ProblemKind.NOT_CHECKED,
        ProblemKind.SIGNED_OUT,
        ProblemKind.GONE,
        ProblemKind.RECONNECTING,
        ProblemKind.INCOMPLETE,
        ProblemKind.RESYNCHRONISING,
        ProblemKind.BUSY,
    }
)


def problem_of(scan: Scan, clock_s: float, now: datetime, attempt: int = 1) -> Problem | None:
    """Return the worst problem of a scan; None if all is well.

    Args:
        scan: what is known of it.
        clock_s: the moment on the monotonic clock.
        now: the same moment in UTC.
        attempt: which attempt of the server this is.
    """
    if has_nothing_more(scan):
        return _ended_problem(scan, now, attempt)
    if scan.outcome is Outcome.FAILED_MAY_RETRY and not _is_cut_off(scan):
        return _failure(scan, attempt)
    return _connection_problem(scan, clock_s, now)


def worst_problem(
    scans: Iterable[Scan], clock_s: float, now: datetime
) -> tuple[Problem | None, int]:
    """Return the worst problem of several scans and how many more there are behind it.

    Only what keeps us from hearing of a scan counts here: that one of many was cancelled is told
    by its card. The fact names the scan if there is more than one.
    """
    watched = list(scans)
    found: list[Problem] = []
    for scan in watched:
        problem = problem_of(scan, clock_s, now)
        if problem is not None and problem.kind in _IN_EVERY_SCOPE:
            named = replace(problem, fact=f"{one_line(scan.name)}: {_lower_first(problem.fact)}")
            found.append(named if len(watched) > 1 else problem)
    if not found:
        return None, 0
    return min(found, key=lambda problem: problem.kind.rank), len(found) - 1


def error_text(scan: Scan) -> str:
    """Return what the server says of the failure, whole, for the clipboard."""
    stage = failed_stage(scan)
    return (stage.error if stage and stage.error else scan.error) or ""


def _is_cut_off(scan: Scan) -> bool:
    return sign_of(scan) in (Sign.STALE, Sign.SIGNED_OUT, Sign.NO_ACCESS)


def _connection_problem(scan: Scan, clock_s: float, now: datetime) -> Problem | None:
    seen = scan.connection
    since_s = clock_s - seen.since_s if seen else 0.0
    wait = wait_s(seen, clock_s)
    match sign_of(scan):
        case Sign.STALE:
            reason = f"{one_line(seen.reason)} " if seen and seen.reason else ""
            return Problem(
                scan.id,
                ProblemKind.STALE,
                f"No data for {rough_words(since_s)}.",
                f"{reason}Counts may be out of date.",
                (ProblemAction.TRY_NOW,),
            )
        case Sign.SIGNED_OUT:
            at = day_words(now - timedelta(seconds=since_s), now)
            return Problem(
                scan.id,
                ProblemKind.SIGNED_OUT,
                f"Your session at {host_name(scan.server)} ended at {at}.",
                "Watching is paused. The view is kept.",
                (ProblemAction.SIGN_IN,),
            )
        case Sign.NO_ACCESS:
            return Problem(
                scan.id,
                ProblemKind.GONE,
                "No longer visible to your account.",
                _lost_words(scan.lost_rows),
                (ProblemAction.COPY_DETAILS, ProblemAction.STOP_WATCHING),
            )
        case Sign.NOT_CHECKED:
            return Problem(
                scan.id,
                ProblemKind.NOT_CHECKED,
                "The scan has ended, but its list was not read to the end.",
                "Findings may be missing.",
                (ProblemAction.TRY_NOW,),
            )
        case Sign.RECONNECTING:
            return _reconnecting(scan, since_s, wait, clock_s, now)
        case Sign.CHECKING:
            return _checking(scan)
        case Sign.WAITING:
            how_long = f" {wait_words(wait)}" if wait is not None else ""
            return Problem(
                scan.id,
                ProblemKind.BUSY,
                f"The server asks us to wait{how_long}.",
                "Live data goes on after that.",
            )
        case Sign.QUIET if not _is_incomplete(scan):
            return _quiet(scan, since_s, now)
        case Sign.POLLING if not _is_incomplete(scan):
            return Problem(
                scan.id,
                ProblemKind.POLLING_ONLY,
                "Events do not get through.",
                "The list is read every few seconds instead.",
                (ProblemAction.TRY_NOW,),
            )
        case _:
            return _incomplete(scan, clock_s) if _is_incomplete(scan) else None


def _reconnecting(
    scan: Scan, since_s: float, wait: float | None, clock_s: float, now: datetime
) -> Problem:
    age = age_s(scan, clock_s)
    next_try = f"Next try in {wait_words(wait)}." if wait is not None else "Trying now."
    as_of = f" Data as of {second_words(now - timedelta(seconds=age))}." if age is not None else ""
    return Problem(
        scan.id,
        ProblemKind.RECONNECTING,
        f"Connection lost {rough_words(since_s)} ago.",
        f"{next_try}{as_of}",
        (ProblemAction.TRY_NOW,),
    )


def _checking(scan: Scan) -> Problem:
    has_ended = scan.outcome is Outcome.COMPLETED
    fact = "The scan has ended." if has_ended else "The server dropped some events."
    told = scan.told_counts.total if scan.told_counts else scan.ledger.total
    read = len(scan.findings)
    progress = f", {read:,} of {told:,}" if told and read < told else ""
    consequence = f"Checking against the full list{progress}."
    return Problem(scan.id, ProblemKind.RESYNCHRONISING, fact, consequence)


def _quiet(scan: Scan, since_s: float, now: datetime) -> Problem:
    stage = scan.running_stage
    is_long = since_s > LONG_QUIET_S
    state = "may be stuck" if is_long else "is at work"
    consequence = f"Stage {stage.label.lower()} {state}." if stage else ""
    fact = f"Connected, no news for {rough_words(since_s)}."
    if is_long:
        since = day_words(now - timedelta(seconds=since_s), now)
        fact = f"No activity since {since}, no news for {rough_words(since_s)}."
    return Problem(scan.id, ProblemKind.QUIET, fact, consequence)


def _is_incomplete(scan: Scan) -> bool:
    ledger = scan.ledger
    return scan.has_listed_once and not ledger.is_whole and ledger.read < (ledger.total or 0)


def _incomplete(scan: Scan, clock_s: float) -> Problem:
    ledger = scan.ledger
    left_s = (ledger.retry_at_s or clock_s) - clock_s
    retry = f"Reading again in {wait_words(left_s)}." if left_s > 0 else "Reading again now."
    return Problem(
        scan.id,
        ProblemKind.INCOMPLETE,
        f"{ledger.read:,} of {ledger.total or 0:,} findings read.",
        "The rest cannot be understood." if ledger.retry_at_s is None else retry,
        (ProblemAction.TRY_NOW,),
    )


def _failure(scan: Scan, attempt: int) -> Problem:
    error = one_line(error_text(scan)).rstrip(".")
    reason = f": {error}" if error else ""
    return Problem(
        scan.id,
        ProblemKind.FAILED_MAY_RETRY,
        f"Scan stopped{_in_stage(scan)}{reason}.",
        f"The server may retry; attempt {attempt} of {max(attempt, ATTEMPTS)}.",
        _copy_action(scan),
    )


def _ended_problem(scan: Scan, now: datetime, attempt: int) -> Problem | None:
    if scan.outcome is Outcome.COMPLETED:
        return None
    kept = _kept_words(len(scan.findings))
    if scan.outcome is Outcome.FAILED:
        after = f" after {attempt} attempts" if attempt > 1 else ""
        fact = f"Scan failed{_in_stage(scan)}{after}."
        actions = (*_copy_action(scan), ProblemAction.WATCH_AGAIN)
        return Problem(scan.id, ProblemKind.FAILED, fact, kept, actions)
    looks = "We look for 60 s whether it comes back."
    if scan.is_cancelling:
        return Problem(scan.id, ProblemKind.CANCELLED, "Cancelling…", looks)
    stage, moment = last_touched_stage(scan), end_words(scan, now)
    at = f" at {moment}" if moment else ""
    where = f" in {stage.label.lower()}" if stage else ""
    may_return = scan.outcome is Outcome.CANCELLED_MAY_RETURN
    consequence = looks if may_return else kept
    actions = () if may_return else (ProblemAction.WATCH_AGAIN,)
    return Problem(scan.id, ProblemKind.CANCELLED, f"Cancelled{at}{where}.", consequence, actions)


def _lost_words(count: int) -> str:
    if count == 0:
        return "It may have been removed, or belong to somebody else."
    if count == 1:
        return "Its finding has left the list."
    return f"Its {count:,} findings have left the list."


def _kept_words(count: int) -> str:
    if count == 0:
        return "It had found nothing before that. That is no all-clear."
    if count == 1:
        return "1 finding of the stages before is kept."
    return f"{count:,} findings of the stages before are kept."


def _in_stage(scan: Scan) -> str:
    stage = failed_stage(scan)
    return f" in {stage.label.lower()}" if stage else ""


def _copy_action(scan: Scan) -> tuple[ProblemAction, ...]:
    return (ProblemAction.COPY_ERROR,) if error_text(scan) else ()


def _lower_first(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
