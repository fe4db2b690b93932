"""How often a scan is asked for, how long an end is doubted, and how long it is looked at after.

Source: heimdall-api.md T-50 (intervals), 8.1 steps 3 to 7 (hints, listings, settling, slow looks).
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from random import Random

from heimdall_desktop.domain.facts.scan import Outcome, Scan

IN_VIEW_S = 2.5
LIVE_S = 8.0
QUEUED_S = 30.0
LONG_QUEUED = timedelta(minutes=5)
DOUBTED_S = 3.0  # a failed or cancelled scan that may come back
JITTER = 0.05  # part of the interval, so that many watches do not beat in step

HINT_GAP_S = 0.1  # polls brought forward by events
BURST_REST_S = 0.3  # after the last finding event, T-2
LISTING_GAP_S = 5.0
LISTING_REST_LIMIT_S = 60.0
INCOMPLETE_RETRY_S = 4.0
RECOUNT_LIMIT_S = 60.0  # between two listings that don't agree with the server's counts
AWAY_S = 60.0  # after so long without an answer rows may have changed that nothing tells of
GONE_CHECK_S = 1.5  # so long a scan must stay unknown to the server before its rows leave
ABSENT_S = 60.0  # a server that offers nothing but streams is asked for more so often
RESTING_RETRY_S = 30.0  # after rows of a scan that is over could not be read again
FINAL_LISTING_S = 5.0  # after the first sight of `completed`, T-38

FAILED_DOUBT_S = 30.0  # T-26
CANCELLED_DOUBT_S = 60.0  # 3.8
STILL_S = 60.0  # so long counts stand still before a stopped scan is believed, T-59
OLD_END = timedelta(minutes=10)
SLOW_LOOK_S = 60.0  # from one look at a settled scan to the next
RETRY_LOOK_S = 10.0  # the same of one that has just failed, which may run again
RETRY_LOOKS_S = 300.0  # for so long, after it has settled
RETRIES_LOOKED_AT = 10  # of a server: those that failed last
LOOKED_AT = timedelta(minutes=35)  # so old an end gets by slow looks: runs begin again until then
CANCELLED_LOOKED_AT = timedelta(hours=1)

LAG_GAP_S = 5.0  # at most so often a listing is wanted while the server drops events, T-68
CUT_S = 5.0  # so long after a cancel the server may end the stream of the next attempt, T-60


def poll_interval_s(scan: Scan, is_in_view: bool, now: datetime, random: Random) -> float:
    """Return the time to the next regular poll of a scan."""
    if not scan.is_live:
        interval_s = DOUBTED_S
    elif is_in_view:
        interval_s = IN_VIEW_S
    elif scan.status == "queued" and scan.created_at and now - scan.created_at > LONG_QUEUED:
        interval_s = QUEUED_S
    else:
        interval_s = LIVE_S
    return interval_s * random.uniform(1 - JITTER, 1 + JITTER)


def first_interval_s(scan: Scan, is_in_view: bool, now: datetime, random: Random) -> float:
    """Return the time to the second poll of a scan: watches that begin together spread out."""
    return poll_interval_s(scan, is_in_view, now, random) * random.random()


def doubt_s(scan: Scan, now: datetime) -> float:
    """Return how long an end must stay before it is believed, in seconds.

    A completed scan is listed again after a while; an end that is old already is believed at once.
    """
    if scan.updated_at is not None and now - scan.updated_at > OLD_END:
        return 0.0
    if scan.status == "completed":
        return FINAL_LISTING_S
    return CANCELLED_DOUBT_S if scan.status == "cancelled" else FAILED_DOUBT_S


def slow_look_s(scan: Scan, others: Iterable[Scan], settled_s: float, random: Random) -> float:
    """Return the time to the next slow look at a settled scan.

    Args:
        scan: the scan.
        others: the other scans of its server.
        settled_s: how long ago it settled.
        random: spreads many scans apart.
    """
    interval_s = SLOW_LOOK_S
    if scan.outcome is Outcome.FAILED and settled_s < RETRY_LOOKS_S:
        failed = (each for each in others if each.outcome is Outcome.FAILED)
        newer = sum(_failed_at(each) > _failed_at(scan) for each in failed)
        interval_s = RETRY_LOOK_S if newer < RETRIES_LOOKED_AT else SLOW_LOOK_S
    return interval_s * random.uniform(1 - JITTER, 1 + JITTER)


def _failed_at(scan: Scan) -> tuple[bool, datetime | None, str]:
    """Return what sorts failed scans by the time of their failure."""
    return scan.updated_at is not None, scan.updated_at, scan.id


def is_looked_at(scan: Scan, now: datetime, *, do_others_run: bool) -> bool:
    """Return whether a settled scan may still begin again, so that it is worth slow looks.

    Args:
        scan: the scan.
        now: the wall clock, aware UTC.
        do_others_run: other scans of the account run or wait: a cancelled one may wait for their
            places.
    """
    changed_at = scan.newest_at
    if scan.status == "cancelled" and do_others_run:
        return True
    limit = CANCELLED_LOOKED_AT if scan.status == "cancelled" else LOOKED_AT
    return changed_at is None or now - changed_at < limit


def recount_s(recounts: int) -> float:
    """Return the pause before a listing because the server's counts differ from the rows.

    Args:
        recounts: how many listings in a row have not changed that.
    """
    doublings = min(recounts - 1, 4)
    return min(INCOMPLETE_RETRY_S * 2**doublings, RECOUNT_LIMIT_S) if recounts else 0.0


def listing_rest_s(took_s: float) -> float:
    """Return the pause after a listing: never more than half of the time is spent listing.

    One during which the machine slept, or a page stood still, took less than the clock says.
    """
    return min(max(LISTING_GAP_S - took_s, took_s), LISTING_REST_LIMIT_S)
