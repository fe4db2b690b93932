"""Where news is told at the moment, and what holds it back: the choices, quiet hours, a mute.

Source: ux.md 2.5 (defaults; rules 4, 7).
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

from heimdall_desktop.domain.alerts.alert import Decision
from heimdall_desktop.domain.alerts.rules import Event, Rule
from heimdall_desktop.domain.facts.choices import DAY_MIN, AlertChoices, QuietSpan
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.scan import Scan

WEEK_DAYS = 7


class Delivery:
    """Asked for each piece of news; the choices may change at any time.

    Args:
        local_now: the clock on the wall, aware, in the zone of the user.
        scans: all watched scans; looked through again each time.

    Attributes:
        choices: what the user chose.
    """

    def __init__(self, local_now: Callable[[], datetime], scans: Iterable[Scan]) -> None:
        self.choices = AlertChoices()
        self._local_now = local_now
        self._scans = scans

    def is_on_desktop(self, event: Event) -> bool:
        """Whether an event is told on the desktop, and not in the inbox alone."""
        return self.choices.of(event.value).on_desktop

    def is_unread(self, rule: Rule) -> bool:
        """Whether a new line of a rule waits for a reader."""
        return self.choices.of(rule.event.value).is_unread

    def held(self, scan_id: ScanId | None) -> Decision | None:
        """Return why news of a scan is held back now; None if it is not.

        Args:
            scan_id: the scan; None for a server, which cannot be muted.
        """
        if scan_id is not None and self.is_muted(scan_id):
            return Decision.MUTED
        return Decision.QUIET_HOURS if self.is_quiet() else None

    def is_silent(self, scan_ids: Iterable[ScanId]) -> bool:
        """Whether it is no time to say anything of these scans."""
        return self.is_quiet() or all(map(self.is_muted, scan_ids))

    def has_sound(self, news: Iterable[Event]) -> bool:
        """Whether a notification asks for a sound, by the events it tells for the first time."""
        return any(self.choices.of(event.value).has_sound for event in news)

    def stays(self, rule: Rule) -> bool:
        """Whether a notification stays on the screen until it is dismissed."""
        return rule.level.value and (rule.event is not Event.CRITICAL or self.choices.stays)

    def is_quiet(self) -> bool:
        """Whether it is within the quiet hours."""
        return self.choices.is_quiet and _is_within(self.choices.quiet_hours, self._local_now())

    @property
    def has_mutes(self) -> bool:
        """Whether any scan may be muted."""
        return bool(self.choices.muted or self.choices.muted_to_the_end)

    def is_muted(self, scan_id: ScanId) -> bool:
        """Whether a scan raises no notification now."""
        if self.choices.muted_until(scan_id, self._local_now()) is not None:
            return True
        if scan_id not in self.choices.muted_to_the_end:
            return False
        scan = next((scan for scan in self._scans if scan.id == scan_id), None)
        return scan is None or not scan.is_settled


def quiet_change(spans: Sequence[QuietSpan], local: datetime) -> tuple[bool, datetime | None]:
    """Return whether a moment lies within quiet hours, and when they end or else begin.

    Args:
        spans: the quiet hours.
        local: the moment, by the clock on the wall.

    Returns:
        A moment by that clock, without a zone: the clock may be set before it. None where it stays
        as it is for ever.
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
    return any(_covers(span, local) for span in spans)


def _covers(span: QuietSpan, local: datetime) -> bool:
    """Whether a moment lies in the hours of one of its days, by the clock on the wall.

    Where the clock is set forward or back, the hours begin and end as it shows.
    """
    minute, today = local.hour * 60 + local.minute, local.weekday()
    if span.start_min < span.end_min:
        return today in span.days and span.start_min <= minute < span.end_min
    is_from_yesterday = (today - 1) % 7 in span.days and minute < span.end_min
    return is_from_yesterday or (today in span.days and minute >= span.start_min)
