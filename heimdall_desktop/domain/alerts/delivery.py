"""Where news is delivered now, and what holds it back: the choices, quiet hours, a mute.

Source: behaviour.md 2.5 (defaults; rules 4, 7).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from heimdall_desktop.domain.alerts.alert import Decision
from heimdall_desktop.domain.alerts.rules import Event, Rule
from heimdall_desktop.domain.facts.choices import DAY_MIN, AlertChoices, QuietSpan
from heimdall_desktop.domain.facts.finding import ScanId, Severity
from heimdall_desktop.domain.facts.observation import Connection
from heimdall_desktop.domain.facts.scan import Outcome, Scan

WEEK_DAYS = 7


class Delivery:
    """Decides how each piece of news is delivered. The choices may change at any time.

    Args:
        local_now: the wall clock, aware, in the user's time zone.
        scans: all watched scans; iterated again each time.

    Attributes:
        choices: what the user chose.
    """

    def __init__(self, local_now: Callable[[], datetime], scans: Iterable[Scan]) -> None:
        self.choices = AlertChoices()
        self._local_now = local_now
        self._scans = scans

    def is_on_desktop(self, event: Event) -> bool:
        return self.choices.of(event.value).on_desktop

    def is_unread(self, rule: Rule) -> bool:
        return self.choices.of(rule.event.value).is_unread

    def held(self, event: Event, scan_id: ScanId | None) -> Decision | None:
        """Return why an event is not reported on the desktop now; None if it is.

        Args:
            event: the event.
            scan_id: the scan; None for a server, which cannot be muted.
        """
        if not self.is_on_desktop(event):
            return Decision.INBOX
        if scan_id is not None and self.is_muted(scan_id):
            return Decision.MUTED
        return Decision.QUIET_HOURS if self.is_quiet() else None

    def is_silent(self, scan_ids: Iterable[ScanId]) -> bool:
        """Whether notifications of these scans are held back now."""
        return self.is_quiet() or all(map(self.is_muted, scan_ids))

    def has_sound(self, news: Iterable[Event]) -> bool:
        """Whether a notification makes a sound, by the events it reports for the first time."""
        return any(self.choices.of(event.value).has_sound for event in news)

    def stays(self, rule: Rule) -> bool:
        """Whether a notification stays on the screen until it is dismissed."""
        return rule.stays and (rule.event is not Event.CRITICAL or self.choices.stays)

    def is_quiet(self) -> bool:
        return self.choices.is_quiet and _is_within(self.choices.quiet_hours, self._local_now())

    @property
    def has_mutes(self) -> bool:
        choices = self.choices
        return bool(choices.muted or choices.muted_to_the_end or choices.muted_repos)

    def is_muted(self, scan_id: ScanId) -> bool:
        """Whether a scan is muted, alone or with all scans of its repository."""
        if not self.has_mutes:
            return False
        now, choices = self._local_now(), self.choices
        scan = next((scan for scan in self._scans if scan.id == scan_id), None)
        repo = None if scan is None else scan.repo
        if choices.muted_until(scan_id, now) or choices.repo_muted_until(repo, now):
            return True
        has_ended = scan is not None and scan.is_settled
        return scan_id in choices.muted_to_the_end and not has_ended


def quiet_change(spans: Sequence[QuietSpan], local: datetime) -> tuple[bool, datetime | None]:
    """Return whether a moment is within quiet hours, and when that changes next.

    Args:
        spans: the quiet hours.
        local: the moment, by the wall clock.

    Returns:
        The second value is a moment by that clock, without a zone, because the clock may be set
            before it. It is None if there is no change.
    """
    local = local.replace(tzinfo=None)
    is_quiet = _is_within(spans, local)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    edges = sorted({edge % DAY_MIN for span in spans for edge in (span.start_min, span.end_min)})
    moments = (
        midnight + timedelta(days=day, minutes=edge)
        for day in range(WEEK_DAYS + 1)
        for edge in edges
    )
    later = (moment for moment in moments if moment > local)
    return is_quiet, next((at for at in later if _is_within(spans, at) is not is_quiet), None)


def _is_within(spans: Iterable[QuietSpan], local: datetime) -> bool:
    """Whether a moment is in quiet hours, by the wall clock.

    When the clock is set forward or back, the hours start and end as it shows.
    """
    minute, today = local.hour * 60 + local.minute, local.weekday()
    for span in spans:
        has_started = today in span.days and minute >= span.start_min
        if span.start_min < span.end_min:
            if has_started and minute < span.end_min:
                return True
        elif has_started or ((today - 1) % 7 in span.days and minute < span.end_min):
            return True
    return False


# Which scans have been silent for long, and until when their news is collected.
#
# Source: behaviour.md 2.5, rule 4. One digest reports what arrived while the machine slept, while a
# server was unreachable, or while the program did not run. It is complete once each of these
# scans was listed after the absence. It never waits longer than `COLLECT_S`.


GAP_S = 60.0  # after this long without an answer, news goes into a digest
COLLECT_S = 30.0
_NOT_WATCHED = frozenset({Connection.SIGNED_OUT, Connection.GONE, Connection.ENDED})
_CUT_OFF = frozenset({Connection.RECONNECTING, Connection.STALE, Connection.CONNECTING})


class _Missed(Struct):
    """A scan that is or was silent.

    Attributes:
        since_s: since when; it is missed until it has responded and a digest is closed.
        former: its outcome then; None until that is known.
        is_collected: its news is in the current digest.
    """

    since_s: float
    former: Outcome | None = None
    is_collected: bool = False


class CatchUpTracker:
    """Tracks which scans are missed, and which have come back in the current digest.

    Args:
        clock: monotonic seconds.
        scans: all watched scans; iterated again each time.
    """

    def __init__(self, clock: Callable[[], float], scans: Iterable[Scan]) -> None:
        self._clock = clock
        self._scans = scans
        self._missed: dict[ScanId, _Missed] = {}
        self._ends_at_s: float | None = None

    def wake(self) -> None:
        """Mark watched, already listed scans as missed after the machine was away."""
        now_s = self._clock()
        self._ends_at_s = now_s + COLLECT_S
        for scan in self._scans:
            if scan.has_listed_once and scan.connection_state not in _NOT_WATCHED:
                self._missed[scan.id] = _Missed(now_s, scan.outcome, is_collected=True)

    def restore(self, scan_id: ScanId) -> None:
        self._missed[scan_id] = _Missed(self._clock())
        self.collects(scan_id)

    def look(self) -> None:
        """Check which scans are silent and which respond again. Call this often."""
        now_s = self._clock()
        for scan in self._scans:
            missed = self._missed.get(scan.id)
            if missed is None:
                if _is_silent(scan, now_s):
                    self._missed[scan.id] = _Missed(now_s, scan.outcome)
            elif _has_answered(scan, missed.since_s):
                self.collects(scan.id)
            elif scan.last_answer_at_s is not None:
                missed.former = missed.former or scan.outcome

    def collects(self, scan_id: ScanId) -> bool:
        """Return whether news of a scan waits for the digest; start one if needed."""
        missed = self._missed.get(scan_id)
        if missed is None:
            return False
        if not missed.is_collected:
            missed.is_collected = True
            if self._ends_at_s is None:
                self._ends_at_s = self._clock() + COLLECT_S
        return True

    def is_complete(self) -> bool:
        """Whether a digest has started and each of its scans has been listed since."""
        for scan in self._scans:
            missed = self._missed.get(scan.id)
            if missed is None or not missed.is_collected or scan.connection_state in _NOT_WATCHED:
                continue
            if not _is_caught_up(scan, missed.since_s):
                return False
        return self.is_collecting

    @property
    def is_collecting(self) -> bool:
        return self._ends_at_s is not None

    def is_late(self) -> bool:
        """Whether a digest has waited the maximum time."""
        return self._ends_at_s is not None and self._clock() >= self._ends_at_s

    def ended(self) -> Iterator[tuple[Scan, Outcome]]:
        """Yield the digest's scans that ran when we left, with their outcome."""
        for scan in self._scans:
            missed = self._missed.get(scan.id)
            ran = missed is not None and missed.is_collected and missed.former is Outcome.NONE_YET
            if ran and scan.outcome is not Outcome.NONE_YET:
                yield scan, scan.outcome

    def close(self) -> None:
        """Close the digest; a scan that is still silent waits for another one."""
        for scan in self._scans:
            missed = self._missed.get(scan.id)
            if missed is not None and _has_answered(scan, missed.since_s):
                del self._missed[scan.id]
        for missed in self._missed.values():
            missed.is_collected = False
        self._ends_at_s = None

    def forget(self, scan_id: ScanId) -> None:
        self._missed.pop(scan_id, None)


def _is_silent(scan: Scan, now_s: float) -> bool:
    """Whether answers are long overdue; a session that has ended may continue later."""
    how = scan.connection_state
    if scan.is_stream_only:
        since_s = now_s if scan.connection is None else scan.connection.since_s
        return how in _CUT_OFF and now_s - since_s > GAP_S
    if scan.last_answer_at_s is None or scan.is_settled:
        return False
    is_over = how in (Connection.GONE, Connection.ENDED)
    return not is_over and now_s - scan.last_answer_at_s > GAP_S


def _has_answered(scan: Scan, since_s: float) -> bool:
    if scan.is_stream_only:  # its stream may be silent for long and still work
        how = scan.connection_state
        return how is not None and how not in _CUT_OFF | _NOT_WATCHED
    return scan.last_answer_at_s is not None and scan.last_answer_at_s >= since_s


def _is_caught_up(scan: Scan, since_s: float) -> bool:
    """Whether a listing was requested since then, or the server counts no more than we know."""
    listed_at_s, reported = scan.sync_status.asked_at_s, scan.reported_counts
    if listed_at_s is not None and listed_at_s >= since_s:
        return True
    if scan.is_stream_only:
        return _has_answered(scan, since_s)  # there is nothing else to catch up with
    if reported is None or not _has_answered(scan, since_s):
        return False
    known = len(scan.findings), scan.severities[Severity.CRITICAL]
    return known == (reported.total, reported.critical)
