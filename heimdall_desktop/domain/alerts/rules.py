"""The rules that raise alerts: each rule is one value of `RULES`.

Source: behaviour.md 2.5 ("What raises one"); protocol.md T-26, T-58.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from enum import Enum
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from heimdall_desktop.domain.facts.errors import CredentialError
from heimdall_desktop.domain.facts.finding import (
    Finding,
    FindingId,
    FindingStatus,
    ScanId,
    Severity,
)
from heimdall_desktop.domain.facts.observation import Connection
from heimdall_desktop.domain.facts.scan import Outcome, Scan
from heimdall_desktop.domain.facts.seen import News
from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.domain.filters.filter import Filter
from heimdall_desktop.domain.filters.filter_language import FilterError, parse_filter
from heimdall_desktop.domain.filters.filter_terms import Knowledge
from heimdall_desktop.domain.stages.stage_display import HEALTHY, ScanProgress
from heimdall_desktop.domain.table.table_layout import SavedView

# Servers that are unreachable or have signed us out, each as one incident for all its scans.
#
# Source: behaviour.md 2.5 ("Signed out, or stale for over 60 s: once per incident").


STALE_S = 60.0
KEYRING_S = 60.0  # a keyring may be locked or silent for this long when a desktop session starts
_BAD = (Connection.SIGNED_OUT, Connection.STALE, Connection.RECONNECTING)
_WELL = (Connection.LIVE, Connection.QUIET, Connection.POLLING_ONLY, Connection.BUSY)


class Server(Struct, frozen=True):
    """A server as its watched scans report it.

    Attributes:
        id: its address.
        scan_id: a scan that shows the problem, or the last one that did.
        scans: how many are cut off from it.
        is_watched: scans of it are still watched.
        is_signed_out: it responds, and no longer knows our session.
        is_stale: it has not responded for `STALE_S`; None of both while that is in doubt.
        incident: the id of the current problem, or of the last one.
        keyring: why its token can't be read, if that is why no account is signed in.
    """

    id: ServerUrl
    scan_id: ScanId
    scans: int = 0
    is_watched: bool = True
    is_signed_out: bool | None = None
    is_stale: bool | None = None
    incident: str = ""
    keyring: CredentialError | None = None


class Outages:
    """Reports for each server whether it has a problem, and names the problem until it ends.

    Args:
        clock: monotonic seconds.
        scans: all watched scans; iterated again each time.
        session: distinguishes the incidents of this session from those of earlier ones.
    """

    def __init__(self, clock: Callable[[], float], scans: Iterable[Scan], session: str) -> None:
        self._clock, self._scans, self._session = clock, scans, session
        self._count = 0
        self._woken_s = float("-inf")
        self._incidents: dict[ServerUrl, str] = {}
        self._watched_since_s: dict[ServerUrl, float] = {}
        self._cut_since_s: dict[ServerUrl, float] = {}
        self._shown_by: dict[ServerUrl, ScanId] = {}
        self._recalled: set[ServerUrl] = set()

    def recall(self, url: ServerUrl, incident: str, scan_id: ScanId) -> None:
        """Restore an incident in which an earlier session ended; a current problem continues it."""
        self._incidents[url] = incident
        self._shown_by[url] = scan_id
        self._recalled.add(url)

    def wake(self) -> None:
        """Count silence from now on, after the machine was away."""
        self._woken_s = self._clock()

    def look(self) -> Iterator[Server]:
        """Yield the state of each server, once more for one that is no longer watched."""
        watched: dict[ServerUrl, list[Scan]] = {}
        for scan in self._scans:
            if scan.connection_state not in (None, Connection.GONE, Connection.ENDED):
                watched.setdefault(scan.server, []).append(scan)
        now_s = self._clock()
        self._watched_since_s = {url: self._watched_since_s.get(url, now_s) for url in watched}
        for url, scans in watched.items():
            yield self._judge(url, scans)
        known = {scan.server for scan in self._scans}
        unsure = {scan.server for scan in self._scans if scan.connection_state is None}
        for url in [each for each in self._shown_by if each not in watched.keys() | unsure]:
            over = self._over(url, self._shown_by.pop(url))  # ended scans still get answers
            yield over if url in known else replace(over, is_watched=False)

    def _judge(self, url: ServerUrl, scans: list[Scan]) -> Server:
        states = {scan.connection_state for scan in scans}
        bad = [scan for scan in scans if scan.connection_state in _BAD]
        if not bad:
            if states.isdisjoint(_WELL):
                return Server(url, scans[0].id, incident=self._incidents.get(url, ""))
            return self._over(url, self._shown_by.get(url, scans[0].id))
        if url not in self._incidents:
            self._count += 1
            self._incidents[url] = f"{self._session}{self._count}"
        self._shown_by[url] = bad[0].id
        is_signed_out: bool | None = Connection.SIGNED_OUT in states
        is_stale = not is_signed_out and self._is_stale(url, bad)
        keyring = None
        seen = (scan.connection for scan in bad if scan.connection is not None)
        first = next((each for each in seen if each.connection is Connection.SIGNED_OUT), None)
        if first is not None and isinstance(first.error, CredentialError):
            keyring = first.error
            if self._clock() - first.since_s < KEYRING_S:
                is_signed_out = None
        may_go_on = None if url in self._recalled else False  # until the server sends an update
        return Server(
            url,
            bad[0].id,
            len(bad if is_signed_out is False else scans),  # without a session, none is watched
            is_signed_out=may_go_on if is_signed_out is False else is_signed_out,
            is_stale=is_stale or may_go_on,
            incident=self._incidents[url],
            keyring=keyring,
        )

    def _is_stale(self, url: ServerUrl, cut_off: list[Scan]) -> bool:
        """Whether it has not responded for long.

        A stream that is down means nothing if other answers arrive. For a scan that only has a
        stream, it is all there is; a retry starts no new silence.
        """
        known = [scan.last_answer_at_s for scan in cut_off if not scan.is_stream_only]
        answered = [at_s for at_s in known if at_s is not None]
        if answered:
            since_s = min(answered)
        else:
            seen = (scan.connection for scan in cut_off)
            since_s = min(each.since_s for each in seen if each is not None)
            since_s = self._cut_since_s[url] = min(since_s, self._cut_since_s.get(url, since_s))
        begin_s = max(since_s, self._woken_s, self._watched_since_s[url])
        return self._clock() - begin_s > STALE_S

    def _over(self, url: ServerUrl, scan_id: ScanId) -> Server:
        self._cut_since_s.pop(url, None)
        self._recalled.discard(url)
        incident = self._incidents.pop(url, "")
        return Server(url, scan_id, is_signed_out=False, is_stale=False, incident=incident)


#: The subject of an alert, which activating it opens.
Subject = Finding | Scan | Server


class Event(Enum):
    """An event that alerts report. The history stores the value, so it never changes."""

    __hash__ = object.__hash__  # a third of the time of Enum's own, for every finding

    CRITICAL = "critical"
    CONFIRMED = "confirmed"  # of a critical finding, reported in place of it
    HIGH = "high"
    FAILED = "failed"
    FINISHED = "finished"
    STALLED = "stalled"
    SIGNED_OUT = "signed_out"
    STALE = "stale"
    VIEW = "view"  # a new finding matches a saved view


class Rule(Struct, frozen=True, kw_only=True):
    """An event that is reported, and how.

    Attributes:
        stays: its notification stays on the screen until it is dismissed.
        is_for_away: the desktop reports it only while no window of ours has the focus.
    """

    event: Event
    stays: bool = False
    is_for_away: bool = False


class FindingRule(Rule, frozen=True, kw_only=True):
    """An event of a finding.

    Attributes:
        holds: whether it applies to a finding in its current state.
        starts: whether it follows a finding from now on, by its current state and the one before a
            change, which is None if the finding is new; a rule about a change is False until then.
        view_of: the saved view that reports a finding, "" for none.
    """

    holds: Callable[[Finding], bool]
    starts: Callable[[Finding, Finding | None], bool] = lambda _finding, _previous: True
    view_of: Callable[[FindingId], str] = lambda _finding_id: ""


class ScanRule(Rule, frozen=True, kw_only=True):
    """An event of a scan.

    Attributes:
        holds: whether it applies to a scan in its current state; None while that is in doubt, and a
            reported alert stays until then. It also receives the progress of the scan.
        incident: returns the id of an incident, the same in all sessions; each is reported once.
        is_end: it reports an end of the scan, which the digest after an absence counts.
    """

    holds: Callable[[Scan, ScanProgress], bool | None]
    incident: Callable[[Scan], str]
    is_end: bool = False


class ServerRule(Rule, frozen=True, kw_only=True):
    """An event of a server, reported for each of its incidents.

    Attributes:
        holds: whether it applies to a server in its current state; None while that is in doubt.
    """

    holds: Callable[[Server], bool | None]


class State(NamedTuple):
    """The result of a rule for a scan or a server now; no incident is named if it does not hold."""

    rule: ScanRule | ServerRule
    subject: Scan | Server
    holds: bool | None
    incident: str


def is_open(finding: Finding) -> bool:
    """Return whether a finding needs a review: triaged ones had theirs (rule 6)."""
    return finding.status in (FindingStatus.OPEN, FindingStatus.OTHER)


def is_alarming(finding: Finding) -> bool:
    return finding.counts_as is Severity.CRITICAL


def _has_failed(scan: Scan, _pace: ScanProgress) -> bool | None:
    """Whether a failure has stayed (T-26) that is not the result of a last cancel (T-58).

    Rows that still arrive only delay its settling (T-59).
    """
    if scan.outcome is Outcome.FAILED_MAY_RETRY and not scan.has_stayed:
        return None
    return scan.status == "failed" and not scan.was_cancelled


def _has_finished(scan: Scan, _pace: ScanProgress) -> bool | None:
    """Whether it is completed, and that has stayed; the server may run it again (T-61)."""
    if scan.outcome is not Outcome.COMPLETED:
        return False
    return scan.is_settled or None


def _has_stalled(scan: Scan, pace: ScanProgress) -> bool | None:
    """Whether its stage has been silent for long; unknown while the connection is down."""
    if pace.quiet_s is not None:
        return True
    is_connected = scan.connection_state in HEALTHY
    return False if is_connected or not scan.is_live else None


def _stage(scan: Scan) -> str:
    stage = scan.running_stage
    return f"{_attempt(scan)} {stage.name if stage else ''}"


def _attempt(scan: Scan) -> str:
    return str(scan.started_at or scan.attempt)


CRITICAL = FindingRule(event=Event.CRITICAL, holds=is_alarming, stays=True)
HIGH = FindingRule(event=Event.HIGH, holds=lambda finding: finding.counts_as is Severity.HIGH)
FAILED = ScanRule(event=Event.FAILED, holds=_has_failed, incident=_attempt, is_end=True, stays=True)
FINISHED = ScanRule(
    event=Event.FINISHED,
    holds=_has_finished,
    incident=lambda scan: str(scan.completed_at or _attempt(scan)),
    is_end=True,
    is_for_away=True,
)
STALLED = ScanRule(event=Event.STALLED, holds=_has_stalled, incident=_stage)
SIGNED_OUT = ServerRule(
    event=Event.SIGNED_OUT, holds=lambda server: server.is_signed_out, stays=True
)
STALE = ServerRule(event=Event.STALE, holds=lambda server: server.is_stale, stays=True)


#: Among finding rules, graver ones come first, because a lowered finding is no news.
RULES: tuple[Rule, ...] = (CRITICAL, HIGH, FAILED, FINISHED, STALLED, SIGNED_OUT, STALE)
SERVER_EVENTS = frozenset(rule.event for rule in RULES if isinstance(rule, ServerRule))


# Saved views that report new findings: which finding is reported by which view.
#
# The first view that a new finding matches reports it, and none does where a rule about its
# severity reports it on the desktop. Source: behaviour.md 1 (13).


class ViewMatches:
    """Knows for each finding whether a saved view will report it, or has.

    Args:
        now: the wall clock, aware.
        names: the names of the scans.
        known: what the findings don't know themselves.

    Attributes:
        reported: the view that reports each finding, or has, also in earlier sessions.
        rule: holds for a finding that a view reports, while it matches that view.
        is_reported_otherwise: whether a rule about its severity reports a finding on the desktop.
    """

    def __init__(
        self,
        now: Callable[[], datetime],
        names: Callable[[], Mapping[ScanId, str]] = dict,
        known: Callable[[], Knowledge] = Knowledge,
    ) -> None:
        self._now, self._names, self._known = now, names, known
        self._in_use: list[SavedView] = []
        self._filters: dict[str, Filter] = {}
        self._waiting: dict[FindingId, ScanId] = {}  # new findings that match no view yet
        self.reported: dict[FindingId, str] = {}
        self.is_reported_otherwise: Callable[[Finding], bool] = lambda _finding: False
        self.rule = FindingRule(
            event=Event.VIEW,
            holds=self._holds,
            starts=lambda finding, _previous: finding.id in self.reported,
            view_of=self.view_of,
        )

    def use(self, views: Iterable[SavedView]) -> None:
        """Report new findings of those views that notify, from now on."""
        in_use = [view for view in views if view.notifies]
        if in_use == self._in_use:
            return
        self._in_use = in_use
        self._filters.clear()
        for view in in_use:
            with suppress(FilterError):
                scope = view.scan_id if view.has_scope else None
                self._filters[view.name] = replace(parse_filter(view.text), scan_id=scope)
        if not self._filters:
            self._waiting.clear()

    def look(self) -> None:
        """Update the time and the scan names before findings are judged."""
        for name, wanted in self._filters.items():
            self._filters[name] = wanted.under(self._now(), self._names(), self._known())

    def view_of(self, finding_id: FindingId) -> str:
        """Return the name of the view that reports a finding; "" for none."""
        return self.reported.get(finding_id, "")

    def claim(self, finding: Finding, *, is_new: bool) -> bool:
        """Return whether a view will report a finding from now on.

        Args:
            finding: in its current state.
            is_new: it has just arrived; otherwise it is reported only if it was new before.
        """
        if not self._filters or not (is_new or finding.id in self._waiting):
            return False
        self._waiting.pop(finding.id, None)
        if self.is_reported_otherwise(finding):
            return False
        may_be_new = is_open(finding)
        name = next(
            (
                name
                for name, wanted in self._filters.items()
                if may_be_new and News.NEW in wanted.news and wanted.matches(finding)
            ),
            None,
        )
        if name is None:
            self._waiting[finding.id] = finding.scan_id
            return False
        self.reported[finding.id] = name
        return True

    def drop(self, finding_id: FindingId) -> None:
        self._waiting.pop(finding_id, None)

    def forget(self, scan_ids: Container[ScanId], reported: Container[str]) -> None:
        """Forget the findings of scans, of which some were reported."""
        waiting, known = self._waiting.items(), self.reported.items()
        self._waiting = {found: scan for found, scan in waiting if scan not in scan_ids}
        self.reported = {found: view for found, view in known if found not in reported}

    def _holds(self, finding: Finding) -> bool:
        name = self.reported.get(finding.id)
        if name is None or self.is_reported_otherwise(finding):
            return False
        wanted = self._filters.get(name)
        if wanted is None:
            return True  # a deleted view has still reported it
        in_time = replace(wanted.circumstances, now=None)  # it was recent then
        return replace(wanted, circumstances=in_time).matches(finding)
