"""A problem of a scan or of its connection: one fact, one consequence and an action.

Source: ux.md 2.6, design.md 5 (Problem strip).
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from msgspec.structs import replace

from heimdall_desktop.domain.facts.finding import ScanId, one_line
from heimdall_desktop.domain.facts.scan import Outcome, Scan
from heimdall_desktop.domain.facts.stage import Stage
from heimdall_desktop.domain.stages.stage_display import (
    error_text,
    failed_stage,
    last_touched_stage,
)
from heimdall_desktop.domain.stages.stage_times import NO_TIMES, UsualTimes
from heimdall_desktop.presentation.all_clear import no_all_clear, unlisted_text, unlooked_text
from heimdall_desktop.presentation.board.card import ATTEMPTS, has_nothing_more
from heimdall_desktop.presentation.board.card_words import at_the_end, scan_names, waits_in_vain
from heimdall_desktop.presentation.board.connection_text import age_s, sign_of, wait_s
from heimdall_desktop.presentation.board.cut_off_problems import cut_off_problem
from heimdall_desktop.presentation.board.sign import Problem, ProblemAction, Sign
from heimdall_desktop.presentation.board.source_text import Feature, lacks
from heimdall_desktop.presentation.i18n import filled, grouped, tr
from heimdall_desktop.presentation.labels import stage_in_text
from heimdall_desktop.presentation.stages.stage_text import time_words
from heimdall_desktop.presentation.time_text import (
    moment_text,
    rough_text,
    second_text,
    wait_text,
)

LONG_QUIET_S = 600.0  # heimdall-api.md T-23
BAD_DATA_S = 60.0  # how long the message about an unreadable event is shown


def problem_of(
    scan: Scan,
    clock_s: float,
    now: datetime,
    attempt: int = 1,
    usual: UsualTimes = NO_TIMES,
    *,
    is_not_picked_up: bool = False,
) -> Problem | None:
    """Return the worst problem of a scan; None if there is none.

    Args:
        scan: its known state.
        clock_s: the moment on the monotonic clock.
        now: the same moment in UTC.
        attempt: the number of this attempt on the server.
        usual: the usual times for its repository.
        is_not_picked_up: it is queued and is not picked up.
    """
    if has_nothing_more(scan):
        return _ended_problem(scan, now, attempt)
    of_connection = _connection_problem(scan, clock_s, now, usual)
    if _is_cut_off(scan):
        return of_connection
    if scan.outcome is Outcome.FAILED_MAY_RETRY:
        return _failure(scan, attempt)
    if scan.outcome is Outcome.ENDED:
        return _untold_end(scan, now)
    if scan.is_cancelling or scan.outcome is Outcome.CANCELLED_MAY_RETURN:
        return _may_return(scan, now)
    if scan.goes_on:
        return _goes_on(scan)
    of_scan = _not_picked_up(scan, now) if is_not_picked_up else _came_back(scan, now, attempt)
    found = [problem for problem in (of_connection, of_scan) if problem is not None]
    return min(found, key=lambda problem: problem.sign.spec.rank, default=None)


def problems_of(scans: Iterable[Scan], clock_s: float, now: datetime) -> list[Problem]:
    """Return the problems of several scans, the worst first.

    Only connection problems count here: a card reports the cancellation of its own scan. The fact
    names the scan if there is more than one. If several scans of one server share a problem, it is
    one problem with their number.
    """
    watched = list(scans)
    shared: dict[Hashable, list[tuple[Scan, Problem]]] = {}
    for scan in watched:
        is_waiting = waits_in_vain(scan, watched, now)
        problem = problem_of(scan, clock_s, now, scan.attempt, is_not_picked_up=is_waiting)
        if problem is not None and problem.sign.spec.is_in_every_scope:
            same = (scan.server, problem.sign, problem.consequence)
            key = same if problem.sign.spec.is_of_server else scan.id
            shared.setdefault(key, []).append((scan, problem))
    names = scan_names(watched).names if len(watched) > 1 else {}
    found = [_joined(having, names) for having in shared.values()]
    return sorted(found, key=lambda problem: problem.sign.spec.rank)


def _joined(having: Sequence[tuple[Scan, Problem]], names: Mapping[ScanId, str]) -> Problem:
    """Return a problem of one or several scans; the fact starts with their name or number."""
    (scan, problem), *others = having
    if not names:
        return problem
    who = tr("%n scans", "", len(having)) if others else names[scan.id]
    fact = tr("{who}: {fact}").format(who=who, fact=problem.fact)
    return replace(problem, fact=fact, others=tuple(other.id for other, _ in others))


def _is_cut_off(scan: Scan) -> bool:
    return sign_of(scan).spec.is_cut_off


def _connection_problem(
    scan: Scan, clock_s: float, now: datetime, usual: UsualTimes
) -> Problem | None:
    seen = scan.connection
    since_s = clock_s - seen.since_s if seen else 0.0
    wait = wait_s(seen, clock_s)
    cut_off = cut_off_problem(scan, clock_s, now)
    if cut_off is not None:
        return cut_off
    match sign_of(scan):
        case Sign.REPLAY:  # no server is contacted, so no action is possible
            return None
        case Sign.NO_ACCESS:
            return Problem(
                scan.id,
                Sign.NO_ACCESS,
                tr("No longer visible to your account."),
                _lost_text(scan.lost_rows),
            )
        case Sign.NOT_CHECKED:
            return Problem(
                scan.id,
                Sign.NOT_CHECKED,
                unlisted_text(scan)
                or tr("The scan has ended, but its list of findings wasn't loaded completely."),
                tr("Findings may be missing."),
            )
        case Sign.RECONNECTING:
            return _reconnecting(scan, since_s, wait, clock_s, now)
        case Sign.CHECKING:
            is_all_read = scan.ledger.retry_at_s is None and not scan.is_resynchronising
            is_short = is_all_read and _is_incomplete(scan)  # and reading again does not help
            return _incomplete(scan, clock_s) if is_short else _checking(scan)
        case Sign.WAITING:
            return Problem(
                scan.id,
                Sign.WAITING,
                filled(
                    tr("The server is busy; retrying in {time}."),
                    tr("The server is busy."),
                    time="" if wait is None else wait_text(wait),
                ),
                tr("Live data resumes after that."),
            )
        case Sign.QUIET if not _is_incomplete(scan):
            return _quiet(scan, since_s, now, usual)
        case Sign.POLLING if not _is_incomplete(scan):
            return Problem(
                scan.id,
                Sign.POLLING,
                tr("Events aren't arriving."),
                tr("The list is polled every few seconds instead."),
            )
        case _:
            return _incomplete(scan, clock_s) if _is_incomplete(scan) else _bad_data(scan, clock_s)


def _reconnecting(
    scan: Scan, since_s: float, wait: float | None, clock_s: float, now: datetime
) -> Problem:
    age = age_s(scan, clock_s)
    next_try = (
        tr("Retrying in {time}.").format(time=wait_text(wait))
        if wait is not None
        else tr("Retrying now.")
    )
    as_of = (
        tr("Data as of {time}.").format(time=second_text(now - timedelta(seconds=age), now))
        if age is not None
        else ""
    )
    fact = tr("Connection lost {time} ago.").format(time=rough_text(since_s))
    if scan.connection is not None and scan.connection.is_rest_alone:
        since = second_text(now - timedelta(seconds=since_s), now)
        fact = tr("The stream is active, but the API hasn't responded since {time}.").format(
            time=since
        )
    lost = tr("Anything announced in the meantime is lost.") if scan.is_stream_only else ""
    return Problem(
        scan.id,
        Sign.RECONNECTING,
        fact,
        " ".join(filter(None, (next_try, as_of, lost))),
    )


def _checking(scan: Scan) -> Problem:
    has_ended = scan.outcome is Outcome.COMPLETED
    fact = tr("The scan has ended.") if has_ended else tr("The server dropped some events.")
    if not has_ended and scan.is_event_unread:
        fact = _unread_text(scan.unread_events)
    text = scan.told_counts.total if scan.told_counts else scan.ledger.total
    read = len(scan.findings)
    consequence = tr("Checking against the full list.")
    if text and read < text:
        consequence = tr("Checking against the full list, {read} of {told}.").format(
            read=grouped(read), told=grouped(text)
        )
    return Problem(scan.id, Sign.CHECKING, fact, consequence)


def _bad_data(scan: Scan, clock_s: float) -> Problem | None:
    """Report for a while that an event was unreadable; the list was read instead."""
    unread_at_s = scan.unread_at_s
    if unread_at_s is None or clock_s - unread_at_s >= BAD_DATA_S:
        return None
    consequence = tr("The list was reloaded instead. Everything else continues.")
    if scan.is_stream_only:
        consequence = tr("What it reported is lost. Everything else continues.")
    fact = _unread_text(scan.unread_events)
    return Problem(scan.id, Sign.BAD_DATA, fact, consequence)


def _unread_text(count: int) -> str:
    return tr("%n events couldn't be parsed.", "", count, one="One event couldn't be parsed.")


def _quiet(scan: Scan, since_s: float, now: datetime, usual: UsualTimes) -> Problem:
    stage = scan.running_stage
    is_long = since_s > LONG_QUIET_S
    consequence = _stage_text(stage, usual, is_long=is_long) if stage else ""
    fact = tr("Connected, no updates for {time}.").format(time=rough_text(since_s))
    if is_long:
        since = moment_text(now - timedelta(seconds=since_s), now)
        fact = tr("No activity since {moment}, no updates for {time}.").format(
            moment=since, time=rough_text(since_s)
        )
    return Problem(scan.id, Sign.QUIET, fact, consequence)


def _stage_text(stage: Stage, usual: UsualTimes, *, is_long: bool) -> str:
    known = usual.of(stage.name)
    words = tr("The {stage} stage is running.")
    if is_long:
        words = tr("The {stage} stage may be stuck.")
    elif known:
        words = tr("The {stage} stage usually takes {time}.")
    return words.format(stage=stage_in_text(stage.name), time=time_words(known) if known else "")


def _is_incomplete(scan: Scan) -> bool:
    ledger = scan.ledger
    is_listed = scan.has_listed_once and not scan.is_stream_only
    if is_listed and scan.recount_at_s is not None:
        return True
    return is_listed and not ledger.is_whole and ledger.read < (ledger.total or 0)


def _incomplete(scan: Scan, clock_s: float) -> Problem:
    ledger, retry_at_s = scan.ledger, scan.recount_at_s or scan.ledger.retry_at_s
    left_s = (retry_at_s or clock_s) - clock_s
    retry = (
        tr("Retrying in {time}.").format(time=wait_text(left_s))
        if left_s > 0
        else tr("Retrying now.")
    )
    fact = tr("{read} of {total} findings loaded.").format(
        read=grouped(ledger.read), total=grouped(ledger.total or 0)
    )
    if scan.recount_at_s is not None:
        fact = tr("The server's severity counts don't match its list of findings.")
    consequence = retry if retry_at_s is not None else _why_not_read(scan)
    return Problem(scan.id, Sign.INCOMPLETE, fact, consequence)


def _why_not_read(scan: Scan) -> str:
    """Explain why reading again does not help."""
    if not scan.is_full:
        return tr("The rest couldn't be parsed.")
    return tr(
        "The limit of stored findings is reached; review the rest on the server. This does not "
        "mean the code is clean."
    )


def _came_back(scan: Scan, now: datetime, attempt: int) -> Problem | None:
    """Report that a scan runs again after a cancel, or after a refused cancel between attempts."""
    at = "" if scan.returned_at is None else moment_text(scan.returned_at, now)
    number = str(attempt) if attempt > 1 else ""
    if scan.returned_from == "cancelled":
        fact = filled(
            tr("Cancelled {at}, running again as attempt {number}."),
            tr("Cancelled {at}, running again."),
            tr("Cancelled, running again as attempt {number}."),
            tr("Cancelled, running again."),
            at=at,
            number=number,
        )
        if scan.status == "queued":
            queued = (
                tr("Cancelled {at}, in the queue again."),
                tr("Cancelled, in the queue again."),
            )
            fact = filled(*queued, at=at)
        consequence = tr("The server makes up to three attempts, even after a cancel request.")
    elif scan.is_cancel_refused:
        fact = filled(
            tr(
                "The cancel request arrived between two attempts. The scan runs again as attempt "
                "{number}."
            ),
            tr("The cancel request arrived between two attempts. The scan runs again."),
            number=number,
        )
        consequence = tr("It can be cancelled now.")
    else:
        return None
    actions = () if lacks(scan, Feature.CANCEL) else (ProblemAction.CANCEL_AGAIN,)
    return Problem(scan.id, Sign.CANCELLED_AND_BACK, fact, consequence, actions)


def _goes_on(scan: Scan) -> Problem:
    return Problem(
        scan.id,
        Sign.GOES_ON,
        tr("The server reports this scan as completed, but is still working on it."),
        tr("More findings may still arrive. This does not mean the code is clean."),
    )


def _not_picked_up(scan: Scan, now: datetime) -> Problem:
    since = scan.updated_at or scan.created_at
    waited = "" if since is None else rough_text((now - since).total_seconds())
    return Problem(
        scan.id,
        Sign.NOT_PICKED_UP,
        tr("Queued for {time}, not picked up yet.").format(time=waited),
        tr(
            "You have no other running scans. Other users' scans may be ahead, or the server may "
            "have lost this one."
        ),
        (*_cancel_action(scan), *_rescan_action(scan)),
    )


def _failure(scan: Scan, attempt: int) -> Problem:
    if scan.was_cancelled:
        return Problem(
            scan.id,
            Sign.FAILED_MAY_RETRY,
            _stopped_text(scan),
            tr("Checking for a while whether it restarts."),
        )
    fact = filled(
        tr("Scan stopped in {stage}: {reason}."),
        tr("Scan stopped in {stage}."),
        tr("Scan stopped: {reason}."),
        tr("Scan stopped."),
        stage=_name_of(failed_stage(scan)),
        reason=_reason(scan),
    )
    return Problem(
        scan.id,
        Sign.FAILED_MAY_RETRY,
        fact,
        tr("The server may retry. This was attempt {number} of {most}.").format(
            number=attempt, most=max(attempt, ATTEMPTS)
        ),
        _copy_action(scan),
    )


def _ended_problem(scan: Scan, now: datetime, attempt: int) -> Problem | None:
    if scan.outcome is Outcome.COMPLETED:
        return _unlooked(scan)
    kept = _kept_text(len(scan.findings))
    if scan.outcome is Outcome.ENDED:
        return _untold_end(scan, now)
    if scan.outcome is Outcome.FAILED:
        stage = _name_of(failed_stage(scan))
        fact = filled(tr("Scan failed in {stage}."), tr("Scan failed."), stage=stage)
        if attempt > 1:
            fact = filled(
                tr("Scan failed in {stage} after %n attempts.", "", attempt),
                tr("Scan failed after %n attempts.", "", attempt),
                stage=stage,
            )
        if scan.was_cancelled:
            return Problem(
                scan.id,
                Sign.CANCELLED,
                _stopped_text(scan),
                kept,
                _rescan_action(scan),
            )
        actions = (*_copy_action(scan), *_rescan_action(scan))
        return Problem(scan.id, Sign.FAILED, fact, kept, actions)
    actions = _rescan_action(scan)
    return Problem(scan.id, Sign.CANCELLED, _cancelled_text(scan, now), kept, actions)


def _may_return(scan: Scan, now: datetime) -> Problem:
    """Report that a cancel is not final: the server may start the scan again (T-58)."""
    looks = tr("The server may restart it. Checking whether it does.")
    if scan.is_cancelling:
        return Problem(scan.id, Sign.CANCELLED, tr("Cancelling…"), looks)
    actions = _rescan_action(scan)
    return Problem(scan.id, Sign.CANCELLED, _cancelled_text(scan, now), looks, actions)


def _unlooked(scan: Scan) -> Problem | None:
    """Report that files were not scanned, even if findings fill the table."""
    fact = unlooked_text(scan)
    if not fact:
        return None
    named = tr("The log lists them.", "", scan.unlooked or 0, one="The log lists it.")
    consequence = f"{no_all_clear()} {named}"
    return Problem(scan.id, Sign.UNLOOKED, fact, consequence)


def _cancelled_text(scan: Scan, now: datetime) -> str:
    return filled(
        tr("Cancelled {at} in {stage}."),
        tr("Cancelled {at}."),
        tr("Cancelled in {stage}."),
        tr("Cancelled."),
        at=at_the_end(scan, now),
        stage=_name_of(last_touched_stage(scan)),
    )


def _stopped_text(scan: Scan) -> str:
    """Describe a cancel that left no attempt: the server calls it a failure."""
    return filled(
        tr(
            "Stopped by a cancel request in {stage}. The server reports it as failed: no "
            "attempts are left."
        ),
        tr("Stopped by a cancel request. The server reports it as failed: no attempts are left."),
        stage=_name_of(last_touched_stage(scan)),
    )


def _untold_end(scan: Scan, now: datetime) -> Problem:
    """Describe an end that only a stream reported, as an error (heimdall-api.md 13)."""
    fact = filled(
        tr("Ended {at}, failed or cancelled: {reason}."),
        tr("Ended {at}, failed or cancelled."),
        tr("Ended, failed or cancelled: {reason}."),
        tr("Ended, failed or cancelled."),
        at=at_the_end(scan, now),
        reason=_reason(scan),
    )
    kept = _kept_text(len(scan.findings))
    return Problem(scan.id, Sign.FAILED_OR_CANCELLED, fact, kept, _copy_action(scan))


def _lost_text(count: int) -> str:
    if count == 0:
        return tr("It may have been removed, or belong to another account.")
    return tr(
        "Its %n findings were removed from the list.",
        "",
        count,
        one="Its finding was removed from the list.",
    )


def _kept_text(count: int) -> str:
    if count == 0:
        return tr("It found nothing before that. This does not mean the code is clean.")
    return tr(
        "%n findings from earlier stages are kept.",
        "",
        count,
        one="%n finding from an earlier stage is kept.",
    )


def _name_of(stage: Stage | None) -> str:
    return "" if stage is None else stage_in_text(stage.name)


def _reason(scan: Scan) -> str:
    return one_line(error_text(scan)).rstrip(".")


def _rescan_action(scan: Scan) -> tuple[ProblemAction, ...]:
    return (ProblemAction.SCAN_AGAIN,) if not lacks(scan, Feature.RESCAN) else ()


def _cancel_action(scan: Scan) -> tuple[ProblemAction, ...]:
    return (ProblemAction.CANCEL,) if not lacks(scan, Feature.CANCEL) else ()


def _copy_action(scan: Scan) -> tuple[ProblemAction, ...]:
    return (ProblemAction.COPY_ERROR,) if error_text(scan) else ()
