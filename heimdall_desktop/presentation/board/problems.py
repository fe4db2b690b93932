"""A problem of a scan or of its connection: one fact, one consequence and an action.

Source: behaviour.md 2.6, look.md 5 (Problem strip), design picture 3.
"""

from collections.abc import Hashable, Iterable
from datetime import datetime, timedelta
from functools import partial

from msgspec.structs import replace

from heimdall_desktop.domain.facts.finding import one_line
from heimdall_desktop.domain.facts.observation import ConnectionSeen
from heimdall_desktop.domain.facts.scan import Outcome, Scan
from heimdall_desktop.domain.facts.stage import Stage
from heimdall_desktop.domain.stages import stage_display
from heimdall_desktop.domain.stages.stage_times import NO_TIMES, UsualTimes
from heimdall_desktop.presentation import time_text
from heimdall_desktop.presentation.all_clear import NO_ALL_CLEAR, not_scanned_text, unlisted_text
from heimdall_desktop.presentation.board.card import ATTEMPTS
from heimdall_desktop.presentation.board.card_words import end_text, scan_names, waits_in_vain
from heimdall_desktop.presentation.board.scan_status import (
    Problem,
    ProblemAction,
    ScanStatus,
    age_s,
    has_nothing_more,
    status_of,
    wait_s,
)
from heimdall_desktop.presentation.board.source_text import Feature, lacks
from heimdall_desktop.presentation.error_text import brief, manual_entry, reason_text
from heimdall_desktop.presentation.i18n import filled, grouped, tr
from heimdall_desktop.presentation.labels import host_text, stage_in_text
from heimdall_desktop.presentation.stage_text import time_words

LONG_QUIET_S = 600.0  # protocol.md T-23
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
        is_not_picked_up: it is queued and is not picked up.
    """
    if has_nothing_more(scan):
        return _ended_problem(scan, now, attempt)
    of_connection = _connection_problem(scan, clock_s, now, usual)
    if status_of(scan).spec.is_cut_off:
        return of_connection
    if scan.outcome is Outcome.FAILED_MAY_RETRY:
        return _may_retry(scan, attempt)
    if scan.outcome is Outcome.ENDED:
        return _failed_or_cancelled(scan, now)
    if scan.is_cancelling or scan.outcome is Outcome.CANCELLED_MAY_RETURN:
        # Report that a cancel is not final: the server may start the scan again (T-58)
        more = tr("The server may restart it. Checking whether it does.")
        if scan.is_cancelling:
            return Problem(scan.id, ScanStatus.CANCELLED, tr("Cancelling…"), more)
        return Problem(
            scan.id, ScanStatus.CANCELLED, _cancelled_text(scan, now), more, _rescan(scan)
        )
    if scan.is_still_active:
        fact = tr("The server reports this scan as completed, but is still working on it.")
        more = tr("More findings may still arrive. This does not mean the code is clean.")
        return Problem(scan.id, ScanStatus.STILL_ACTIVE, fact, more)
    of_scan = _not_picked_up(scan, now) if is_not_picked_up else _came_back(scan, now, attempt)
    found = [problem for problem in (of_connection, of_scan) if problem is not None]
    return min(found, key=lambda problem: problem.status.spec.rank, default=None)


def problems_of(scans: Iterable[Scan], clock_s: float, now: datetime) -> list[Problem]:
    """Return the problems of several scans, the worst first.

    Only connection problems count here: a card reports the cancellation of its own scan. The fact
    names the scan if there is more than one. If several scans of one server share a problem, it is
    one problem with their number.
    """
    watched = list(scans)
    shared: dict[Hashable, list[Problem]] = {}
    for scan in watched:
        is_waiting = waits_in_vain(scan, watched, now)
        problem = problem_of(scan, clock_s, now, scan.attempt, is_not_picked_up=is_waiting)
        if problem is not None and problem.status.spec.is_in_every_scope:
            same = (scan.server, problem.status, problem.consequence)
            key = same if problem.status.spec.is_of_server else scan.id
            shared.setdefault(key, []).append(problem)
    found = [problem for problem, *_ in shared.values()]
    if len(watched) > 1:
        names, found = scan_names(watched).names, []
        for problem, *others in shared.values():
            who = tr("%n scans", "", 1 + len(others)) if others else names[problem.scan_id]
            fact = tr("{who}: {fact}").format(who=who, fact=problem.fact)
            ids = tuple(other.scan_id for other in others)
            found.append(replace(problem, fact=fact, others=ids))
    return sorted(found, key=lambda problem: problem.status.spec.rank)


# -- the connection --


def _connection_problem(
    scan: Scan, clock_s: float, now: datetime, usual: UsualTimes
) -> Problem | None:
    seen, status = scan.connection, status_of(scan)
    if seen is not None and (problem := _cut_off(scan, seen, clock_s, now)):
        return problem
    since_s = clock_s - seen.since_s if seen else 0.0
    say = partial(Problem, scan.id, status)
    match status:
        case ScanStatus.REPLAY:  # no server is contacted, so no action is possible
            return None
        case ScanStatus.NO_ACCESS:
            lost = tr(
                "Its %n findings were removed from the list.",
                "",
                scan.lost_rows,
                one="Its finding was removed from the list.",
            )
            if not scan.lost_rows:
                lost = tr("It may have been removed, or belong to another account.")
            return say(tr("No longer visible to your account."), lost)
        case ScanStatus.NOT_CHECKED:
            unread = tr("The scan has ended, but its list of findings wasn't loaded completely.")
            return say(unlisted_text(scan) or unread, tr("Findings may be missing."))
        case ScanStatus.RECONNECTING:
            return _reconnecting(scan, since_s, clock_s, now)
        case ScanStatus.CHECKING:
            is_all_read = scan.sync_status.retry_at_s is None and not scan.is_resynchronising
            is_short = is_all_read and _is_incomplete(scan)  # and reading again does not help
            return _incomplete(scan, clock_s) if is_short else _checking(scan)
        case ScanStatus.WAITING:
            wait = wait_s(seen, clock_s)
            fact = filled(
                tr("The server is busy; retrying in {time}."),
                tr("The server is busy."),
                time="" if wait is None else time_text.wait_text(wait),
            )
            return say(fact, tr("Live data resumes after that."))
        case ScanStatus.QUIET if not _is_incomplete(scan):
            return _quiet(scan, since_s, now, usual)
        case ScanStatus.POLLING if not _is_incomplete(scan):
            more = tr("The list is polled every few seconds instead.")
            return say(tr("Events aren't arriving."), more)
        case _:
            return _incomplete(scan, clock_s) if _is_incomplete(scan) else _bad_data(scan, clock_s)


def _cut_off(scan: Scan, seen: ConnectionSeen, clock_s: float, now: datetime) -> Problem | None:
    """Return why no updates of a scan arrive; None if they do, or if the scan is gone."""
    host, since_s, status = host_text(scan.server), clock_s - seen.since_s, status_of(scan)
    short = "" if seen.error is None else one_line(brief(seen.error))
    reason = (short or reason_text(seen)).rstrip(".")
    unreachable = tr("Can't reach {host}: {reason}.").format(host=host, reason=reason)
    counts = tr("Counts may be out of date.")
    if scan.last_answer_at_s is None:
        counts = tr("Nothing has been loaded yet.")
    paused = tr("Watching is paused.")
    say = partial(Problem, scan.id, status, help=manual_entry(seen.error))
    match status:
        case ScanStatus.STALE:
            more = " ".join(filter(None, (reason_text(seen), counts)))
            return say(tr("No data for {time}.").format(time=time_text.rough_text(since_s)), more)
        case ScanStatus.CANNOT_REACH:
            return say(unreachable, counts)
        case ScanStatus.NOT_TRUSTED:
            fact = tr("The certificate of {host} isn't trusted: {reason}.")
            return say(fact.format(host=host, reason=reason), tr("Nothing was sent."))
        case ScanStatus.SIGNED_OUT:
            fact = reason_text(seen) or tr("You're not signed in to {host}.").format(host=host)
            if seen.is_answered:  # otherwise it is unknown whether there was a session
                at = time_text.at_text(now - timedelta(seconds=since_s), now)
                fact = tr("Your session on {host} ended {at}.").format(host=host, at=at)
            return say(fact, tr("Watching is paused. The displayed data is kept."))
        case ScanStatus.KEYRING_LOCKED:
            return say(tr("The token is safe but can't be read: the keyring is locked."), paused)
        case ScanStatus.UNREAD_KEYRING:
            return say(reason_text(seen), paused)
        case ScanStatus.READ_ONLY:
            saved = time_text.at_text(now - timedelta(seconds=age_s(scan, clock_s) or 0.0), now)
            more = tr("Showing data saved {at}, read-only until the connection is restored.")
            return say(unreachable, more.format(at=saved))
        case _:
            return None


def _reconnecting(scan: Scan, since_s: float, clock_s: float, now: datetime) -> Problem:
    age, seen = age_s(scan, clock_s), scan.connection
    fact = tr("Connection lost {time} ago.").format(time=time_text.rough_text(since_s))
    if seen is not None and seen.is_rest_alone:
        since = time_text.second_text(now - timedelta(seconds=since_s), now)
        fact = tr("The stream is active, but the API hasn't responded since {time}.")
        fact = fact.format(time=since)
    more = [_retrying(wait_s(seen, clock_s))]
    if age is not None:
        as_of = time_text.second_text(now - timedelta(seconds=age), now)
        more.append(tr("Data as of {time}.").format(time=as_of))
    if scan.is_stream_only:
        more.append(tr("Anything announced in the meantime is lost."))
    return Problem(scan.id, ScanStatus.RECONNECTING, fact, " ".join(more))


def _retrying(wait: float | None) -> str:
    if wait is None or wait <= 0:
        return tr("Retrying now.")
    return tr("Retrying in {time}.").format(time=time_text.wait_text(wait))


def _checking(scan: Scan) -> Problem:
    has_ended = scan.outcome is Outcome.COMPLETED
    fact = tr("The scan has ended.") if has_ended else tr("The server dropped some events.")
    if not has_ended and scan.is_event_unread:
        fact = _unread_text(scan.unread_events)
    total = scan.reported_counts.total if scan.reported_counts else scan.sync_status.total
    read = len(scan.findings)
    more = tr("Checking against the full list.")
    if total and read < total:
        more = tr("Checking against the full list, {read} of {total}.")
        more = more.format(read=grouped(read), total=grouped(total))
    return Problem(scan.id, ScanStatus.CHECKING, fact, more)


def _bad_data(scan: Scan, clock_s: float) -> Problem | None:
    """Report for a while that an event was unreadable; the list was read instead."""
    unread_at_s = scan.unread_at_s
    if unread_at_s is None or clock_s - unread_at_s >= BAD_DATA_S:
        return None
    more = tr("The list was reloaded instead. Everything else continues.")
    if scan.is_stream_only:
        more = tr("What it reported is lost. Everything else continues.")
    return Problem(scan.id, ScanStatus.BAD_DATA, _unread_text(scan.unread_events), more)


def _unread_text(count: int) -> str:
    return tr("%n events couldn't be parsed.", "", count, one="One event couldn't be parsed.")


def _quiet(scan: Scan, since_s: float, now: datetime, usual: UsualTimes) -> Problem:
    stage, quiet = scan.running_stage, time_text.rough_text(since_s)
    known = usual.of(stage.name) if stage else None
    fact = tr("Connected, no updates for {time}.").format(time=quiet)
    more = tr("The {stage} stage is running.")
    if known:
        more = tr("The {stage} stage usually takes {time}.")
    if since_s > LONG_QUIET_S:
        since = time_text.moment_text(now - timedelta(seconds=since_s), now)
        fact = tr("No activity since {moment}, no updates for {time}.")
        fact = fact.format(moment=since, time=quiet)
        more = tr("The {stage} stage may be stuck.")
    time = time_words(known) if known else ""
    more = more.format(stage=stage_in_text(stage.name), time=time) if stage else ""
    return Problem(scan.id, ScanStatus.QUIET, fact, more)


def _is_incomplete(scan: Scan) -> bool:
    sync_status = scan.sync_status
    if not scan.has_listed_once or scan.is_stream_only:
        return False
    is_short = not sync_status.is_whole and sync_status.read < (sync_status.total or 0)
    return scan.recount_at_s is not None or is_short


def _incomplete(scan: Scan, clock_s: float) -> Problem:
    sync_status, retry_at_s = scan.sync_status, scan.recount_at_s or scan.sync_status.retry_at_s
    fact = tr("{read} of {total} findings loaded.").format(
        read=grouped(sync_status.read), total=grouped(sync_status.total or 0)
    )
    if scan.recount_at_s is not None:
        fact = tr("The server's severity counts don't match its list of findings.")
    if retry_at_s is not None:
        more = _retrying(retry_at_s - clock_s)
    elif not scan.is_full:
        more = tr("The rest couldn't be parsed.")
    else:
        more = tr(
            "The limit of stored findings is reached; review the rest on the server. This does not "
            "mean the code is clean."
        )
    return Problem(scan.id, ScanStatus.INCOMPLETE, fact, more)


# -- the scan --


def _came_back(scan: Scan, now: datetime, attempt: int) -> Problem | None:
    """Report that a scan runs again after a cancel, or after a refused cancel between attempts."""
    at = "" if scan.returned_at is None else time_text.moment_text(scan.returned_at, now)
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
            fact = filled(
                tr("Cancelled {at}, in the queue again."),
                tr("Cancelled, in the queue again."),
                at=at,
            )
        more = tr("The server makes up to three attempts, even after a cancel request.")
    elif scan.is_cancel_refused:
        fact = filled(
            tr(
                "The cancel request arrived between two attempts. The scan runs again as attempt "
                "{number}."
            ),
            tr("The cancel request arrived between two attempts. The scan runs again."),
            number=number,
        )
        more = tr("It can be cancelled now.")
    else:
        return None
    actions = _offered(scan, Feature.CANCEL, ProblemAction.CANCEL_AGAIN)
    return Problem(scan.id, ScanStatus.CANCELLED_AND_BACK, fact, more, actions)


def _not_picked_up(scan: Scan, now: datetime) -> Problem:
    since = scan.updated_at or scan.created_at
    waited = "" if since is None else time_text.rough_text((now - since).total_seconds())
    fact = tr("Queued for {time}, not picked up yet.").format(time=waited)
    more = tr(
        "You have no other running scans. Other users' scans may be ahead, or the server may "
        "have lost this one."
    )
    actions = (*_offered(scan, Feature.CANCEL, ProblemAction.CANCEL), *_rescan(scan))
    return Problem(scan.id, ScanStatus.NOT_PICKED_UP, fact, more, actions)


def _may_retry(scan: Scan, attempt: int) -> Problem:
    say = partial(Problem, scan.id, ScanStatus.FAILED_MAY_RETRY)
    if scan.was_cancelled:
        return say(_stopped_text(scan), tr("Checking for a while whether it restarts."))
    fact = filled(
        tr("Scan stopped in {stage}: {reason}."),
        tr("Scan stopped in {stage}."),
        tr("Scan stopped: {reason}."),
        tr("Scan stopped."),
        stage=_name_of(stage_display.failed_stage(scan)),
        reason=_reason(scan),
    )
    more = tr("The server may retry. This was attempt {number} of {most}.")
    more = more.format(number=attempt, most=max(attempt, ATTEMPTS))
    return say(fact, more, _copy_error(scan))


def _ended_problem(scan: Scan, now: datetime, attempt: int) -> Problem | None:
    if scan.outcome is Outcome.COMPLETED:
        fact = not_scanned_text(scan)  # even if findings fill the table
        named = tr("The log lists them.", "", scan.not_scanned or 0, one="The log lists it.")
        more = f"{tr(NO_ALL_CLEAR)} {named}"
        return Problem(scan.id, ScanStatus.NOT_SCANNED, fact, more) if fact else None
    if scan.outcome is Outcome.ENDED:
        return _failed_or_cancelled(scan, now)
    say = partial(Problem, scan.id, ScanStatus.CANCELLED)
    if scan.outcome is not Outcome.FAILED:
        return say(_cancelled_text(scan, now), _kept_text(scan), _rescan(scan))
    if scan.was_cancelled:
        return say(_stopped_text(scan), _kept_text(scan), _rescan(scan))
    stage = _name_of(stage_display.failed_stage(scan))
    fact = filled(tr("Scan failed in {stage}."), tr("Scan failed."), stage=stage)
    if attempt > 1:
        fact = filled(
            tr("Scan failed in {stage} after %n attempts.", "", attempt),
            tr("Scan failed after %n attempts.", "", attempt),
            stage=stage,
        )
    actions = (*_copy_error(scan), *_rescan(scan))
    return Problem(scan.id, ScanStatus.FAILED, fact, _kept_text(scan), actions)


def _failed_or_cancelled(scan: Scan, now: datetime) -> Problem:
    """Describe an end that only a stream reported, as an error (protocol.md 13)."""
    fact = filled(
        tr("Ended {at}, failed or cancelled: {reason}."),
        tr("Ended {at}, failed or cancelled."),
        tr("Ended, failed or cancelled: {reason}."),
        tr("Ended, failed or cancelled."),
        at=end_text(scan, now, is_in_sentence=True),
        reason=_reason(scan),
    )
    status = ScanStatus.FAILED_OR_CANCELLED
    return Problem(scan.id, status, fact, _kept_text(scan), _copy_error(scan))


def _cancelled_text(scan: Scan, now: datetime) -> str:
    return filled(
        tr("Cancelled {at} in {stage}."),
        tr("Cancelled {at}."),
        tr("Cancelled in {stage}."),
        tr("Cancelled."),
        at=end_text(scan, now, is_in_sentence=True),
        stage=_name_of(stage_display.last_touched_stage(scan)),
    )


def _stopped_text(scan: Scan) -> str:
    """Describe a cancel that left no attempt: the server calls it a failure."""
    return filled(
        tr(
            "Stopped by a cancel request in {stage}. The server reports it as failed: no "
            "attempts are left."
        ),
        tr("Stopped by a cancel request. The server reports it as failed: no attempts are left."),
        stage=_name_of(stage_display.last_touched_stage(scan)),
    )


def _kept_text(scan: Scan) -> str:
    if not scan.findings:
        return tr("It found nothing before that. This does not mean the code is clean.")
    return tr(
        "%n findings from earlier stages are kept.",
        "",
        len(scan.findings),
        one="%n finding from an earlier stage is kept.",
    )


def _name_of(stage: Stage | None) -> str:
    return "" if stage is None else stage_in_text(stage.name)


def _reason(scan: Scan) -> str:
    return one_line(stage_display.error_text(scan)).rstrip(".")


def _offered(scan: Scan, feature: Feature, action: ProblemAction) -> tuple[ProblemAction, ...]:
    return () if lacks(scan, feature) else (action,)


def _rescan(scan: Scan) -> tuple[ProblemAction, ...]:
    return _offered(scan, Feature.RESCAN, ProblemAction.SCAN_AGAIN)


def _copy_error(scan: Scan) -> tuple[ProblemAction, ...]:
    return (ProblemAction.COPY_ERROR,) if stage_display.error_text(scan) else ()
