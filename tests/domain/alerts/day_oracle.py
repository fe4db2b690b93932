"""What the policy of alerts promises, checked in every moment of a simulated day.

Source: behaviour.md 2.5.

Written from the text of the policy, not from the code: it uses what the program received from the
servers (`Day.known`), what was shown, and the inbox. It knows a finding by scan and fingerprint.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from heimdall_desktop.domain.alerts.alert import Action, Alert, Decision, InboxLine, Retraction
from heimdall_desktop.domain.alerts.rules import Event
from heimdall_desktop.domain.facts.finding import Finding, ScanId
from heimdall_desktop.domain.facts.observation import Connection
from tests.fakes.simulated_day import ENDS, SERVERS, Day, Shown, server_of

Hole = tuple[ScanId, str]  # a finding, whatever rows it has: scan and fingerprint
Incident = tuple[str, ...]  # event, scan or server, and which time

WINDOW_S = 10.0
GAP_S = 60.0
LONG_WINDOW_S = 60.0
BEAT_S = 40.0  # the longest that a simulated program takes between two looks
RETURN_S = 600.0  # between two notifications of a finding that was withdrawn in between
COLLECT_S = 30.0
CALM_S = LONG_WINDOW_S + 2 * BEAT_S
MOST_AT_ONCE = 3
MOST_CALLS = 3  # under one key
SCANS_FOR_ONE = 3
LEVELS = ("critical", "confirmed")
STATUSES = {Event.FAILED.value: "failed", Event.FINISHED.value: "completed"}
BAD = {Connection.SIGNED_OUT, Connection.STALE, Connection.RECONNECTING}
WELL = {Connection.LIVE, Connection.ENDED}


class Oracle:
    """Follows a day; fails where the policy is broken.

    Attributes:
        notified: the levels at which each finding was notified.
        became: since when each finding is critical and open, as far as the program knows.
        held: why each finding that became critical was to be held back, and when.
    """

    def __init__(self, day: Day) -> None:
        self.day = day
        self.notified: defaultdict[Hole, set[str]] = defaultdict(set)
        self._notified_rows: set[str] = set()  # ids
        self._notified_s: dict[Hole, float] = {}  # when each was notified last
        self.became: dict[Hole, float] = {}
        self.held: dict[Hole, Decision] = {}
        self._confirmed: dict[Hole, float] = {}  # since when, of those reported as critical before
        self.first_read: dict[Hole, int] = {}
        self.away_group: dict[Hole, float] = {}
        self._listed: dict[ScanId, int] = {}  # how often each scan was added
        self._additions = 0
        self._absent: set[ScanId] = set()
        self._lost_since: dict[ScanId, float] = {}
        self._calm_s = day.clock_s
        self._last: dict[str, Alert] = {}
        self._notifications: list[tuple[float, Shown, set[Hole]]] = []
        self._notified_groups: defaultdict[tuple[str, float], set[tuple[float, str]]] = defaultdict(
            set
        )
        self._calls: Counter[str] = Counter()
        self._seen_shown = 0
        self._merged_into: set[str] = set()  # keys of notifications that took over others
        self._incidents: dict[Incident, float] = {}
        self._notified_incidents: defaultdict[Incident, int] = defaultdict(int)
        self._woken_s = day.clock_s
        self._responded: set[str] = set()  # servers that were well in this session
        self._said: dict[str, set[Incident]] = {}
        self._problems: Counter[str] = Counter()
        self._problems_since: dict[str, float] = {}
        self._all_calm_s = day.clock_s
        self._unreached_s: dict[str, float] = {}
        self._old_ends: set[Incident] = set()
        self._held_ends: set[Incident] = set()
        self._is_quiet = False
        day.on_step = self.see

    # -- what happens to the program --

    def disturb(self) -> None:
        """Something happens after which news may be late: it is judged again after a calm time."""
        self._calm_s = self._all_calm_s = self.day.clock_s

    def restart(self) -> None:
        """The program restarts; it no longer reports what was about to be reported as confirmed."""
        self._confirmed = dict.fromkeys(self._confirmed, float("inf"))
        self._notified_s = dict.fromkeys(
            self._notified_s, self.day.clock_s
        )  # it may have been just now
        self._responded.clear()
        self._old_ends |= self._lost_ends()
        for incident in self._old_ends:
            self._incidents.pop(incident, None)
        self.miss(list(self.day.known))

    def _lost_ends(self) -> set[Incident]:
        """Return failures that settled while a digest was collected: a restart then loses them."""
        failed = {
            (Event.FAILED.value, scan_id, str(known.started_at))
            for scan_id, known in self.day.known.items()
            if known.is_settled and known.status == "failed"
        }
        is_collecting = self.day.clock_s - self._calm_s < COLLECT_S + BEAT_S
        return {each for each in failed if is_collecting and not self._notified_incidents[each]}

    def wake(self, seconds: float) -> None:
        """The computer is about to have slept for so long that the program notices."""
        self._woken_s = self.day.clock_s + seconds

    def miss(self, scan_ids: Iterable[ScanId]) -> None:
        """Scans are out of sight for so long that what comes next of them makes a digest."""
        known = {each: self.day.known[each] for each in scan_ids}
        self._absent |= {e for e, each in known.items() if each.has_listed and not each.is_settled}
        self.disturb()

    # -- every moment --

    def see(self, actions: list[Action]) -> None:
        """Judge what was reported or withdrawn in a moment, and all that is shown."""
        day = self.day
        was_quiet, self._is_quiet = self._is_quiet, self.is_quiet()
        if was_quiet and not self._is_quiet:
            self.disturb()
        for scan_id in day.known:
            if day.is_reached(scan_id):
                self._lost_since.pop(scan_id, None)
                continue
            self._unreached_s[scan_id] = self._all_calm_s = day.clock_s
            lost_s = day.clock_s - self._lost_since.setdefault(scan_id, day.clock_s)
            if lost_s > GAP_S + BEAT_S and scan_id not in self._absent:
                self.miss([scan_id])
        self._follow_rows()
        for url in SERVERS:
            self._follow_server(url)
        shown = day.shown[self._seen_shown :]
        self._seen_shown = len(day.shown)
        merged = self._merged(actions)
        self._merged_into |= merged.keys()
        for each in shown:
            self._judge_notification(each, merged[each.alert.key])
        for action in actions:
            if isinstance(action, Alert):
                self._last[action.key] = action
            elif action.merged_into is None:  # what is next in its window is reported at once
                gone = action.key
                self._notifications = [
                    each for each in self._notifications if each[1].alert.key != gone
                ]
        self._follow_incidents()
        self._judge_shown()
        self._judge_inbox()
        self._judge_lateness()

    def _merged(self, actions: list[Action]) -> defaultdict[str, set[Hole]]:
        """Return what each new notification takes over of others that it takes the place of."""
        merged: defaultdict[str, set[Hole]] = defaultdict(set)
        notified = self._last | {each.key: each for each in actions if isinstance(each, Alert)}
        for action in actions:
            if isinstance(action, Retraction) and action.merged_into is not None:
                before = notified.get(action.key)
                taken_over = merged[action.key] | (set() if before is None else holes_of(before))
                merged[action.merged_into.key] |= taken_over
        return merged

    # -- what is true, as far as the program was reported --

    def rows_of(self, hole: Hole) -> list[Finding]:
        """Return all rows of a finding that were read, oldest first."""
        return self._rows.get(hole, [])

    def is_critical(self, hole: Hole) -> bool:
        """Whether its newest row says that it is critical and open (rule 6, T-9)."""
        rows = self.rows_of(hole)
        return bool(rows) and (rows[-1].severity_text, rows[-1].status_text) == ("critical", "open")

    def level_of(self, hole: Hole) -> str:
        """Return at which level a critical finding is reported."""
        rows = self.rows_of(hole)
        return LEVELS[bool(rows) and rows[-1].poc_validated]

    def is_quiet(self) -> bool:
        """Whether it is in the quiet hours, by the clock on the wall."""
        choices = self.day.choices
        wall = self.day.now.astimezone(self.day.zone).replace(tzinfo=None)
        return choices.is_quiet and any(
            begins <= wall < ends
            for span in choices.quiet_hours
            for begins, ends in spans(wall, span.days, span.start_min, span.end_min)
        )

    def is_muted(self, scan_id: ScanId) -> bool:
        """Whether a scan is muted."""
        day, known = self.day, self.day.known.get(scan_id)
        if any(mute.scan_id == scan_id and day.now < mute.until for mute in day.choices.muted):
            return True
        has_ended = known is not None and known.is_settled and known.status in ENDS
        return scan_id in day.choices.muted_to_the_end and not has_ended

    def _read_rows(self) -> None:
        rows = [row for known in self.day.known.values() for row in known.rows.values()]
        self._rows: defaultdict[Hole, list[Finding]] = defaultdict(list)
        for row in sorted(rows, key=lambda row: (row.created_at, row.id)):
            self._rows[row.scan_id, row.fingerprint].append(row)

    def _follow_rows(self) -> None:
        """Note what has become critical, and what is no longer."""
        day = self.day
        self._read_rows()
        for scan_id in list(self._listed):
            if scan_id not in day.known:
                del self._listed[scan_id]
                self._absent.discard(scan_id)
        for scan_id, known in day.known.items():
            if not known.has_listed:
                continue
            is_first = scan_id not in self._listed
            if is_first:
                self._additions += 1
                self._listed[scan_id] = self._additions
                if known.status in ENDS:
                    self._old_ends.add((Event.FAILED.value, scan_id, str(known.started_at)))
                self.disturb()
            is_back = scan_id in self._absent and day.is_reached(scan_id)
            for hole in self._rows:
                if hole[0] != scan_id or hole in self.became or not self.is_critical(hole):
                    continue
                self.became[hole] = day.clock_s
                if is_first:
                    self.first_read[hole] = self._additions
                else:
                    self._note_return(hole)
                if is_back and not is_first:
                    self.away_group[hole] = day.clock_s  # that of all that come back now
                if self.is_muted(scan_id):
                    self.held[hole] = Decision.MUTED
                elif self._is_quiet:
                    self.held[hole] = Decision.QUIET_HOURS
            if is_back and known.updated_s == day.clock_s:
                self._absent.discard(scan_id)
                self.disturb()
        for hole in self.became:
            if not self.notified[hole] and self.is_muted(hole[0]):
                self.held[hole] = Decision.MUTED
        for hole in [hole for hole in self.became if not self.is_critical(hole)]:
            for notes in (self.became, self.held, self.first_read, self.away_group):
                notes.pop(hole, None)
        self._follow_confirmed()

    def _note_return(self, hole: Hole) -> None:
        """Expect another notification of what was notified, withdrawn and is back."""
        is_notified_row = self.rows_of(hole)[-1].id in self._notified_rows
        if is_notified_row and self.day.clock_s - self._notified_s[hole] >= RETURN_S:
            self.notified[hole].clear()

    def _follow_confirmed(self) -> None:
        """Note what is confirmed after it was reported, where that is to be reported."""
        notified = {hole for hole in self.became if self.notified[hole] == {"critical"}}
        notified = {hole for hole in notified if self.level_of(hole) == "confirmed"}
        for hole in notified:
            is_silenced = self._is_quiet or self.is_muted(hole[0])
            if hole not in self._confirmed:
                self._confirmed[hole] = float("inf") if is_silenced else self.day.clock_s
        for hole in self._confirmed.keys() - notified:
            del self._confirmed[hole]

    # -- rules 1 to 5: what is reported, when, and how often --

    def _judge_notification(self, shown: Shown, merged: set[Hole]) -> None:
        day, alert = self.day, shown.alert
        shown_before = set() if shown.before is None else holes_of(shown.before)
        before = merged | shown_before
        fresh = holes_of(alert) - before
        first_notified = {hole for hole in fresh if not self.notified[hole]}
        confirmed = {
            hole
            for hole in holes_of(alert) & before
            if self.level_of(hole) not in self.notified[hole]
        }
        for hole in fresh:
            notified = self.notified[hole]
            is_graver = self.level_of(hole) == "confirmed" not in notified
            assert not notified or is_graver, f"notified twice: {hole}, {notified}"
        for hole in holes_of(alert):
            if self.level_of(hole) not in self.notified[hole] or hole in fresh:
                self._notified_s[hole] = day.clock_s
            self.notified[hole].add(self.level_of(hole))
        self._notified_rows |= {finding.id for finding in alert.findings}
        said_before = self._said.get(alert.key, set()) if shown.before is not None else set()
        said = {(*each, self._times(each)) for each in self._incidents_in(alert)}
        self._said[alert.key], news = said, said - said_before
        for incident in news:
            self._old_ends.discard(incident)
            self._notified_incidents[incident] += 1
            if incident[0] == Event.STALE.value:
                silence_s = self._silence_s(incident[1])
                assert silence_s > GAP_S - 1, f"notified as silent after {silence_s} s"
            assert self._notified_incidents[incident] == 1, f"notified twice: {incident}"
        if shown.before is None and not merged:
            assert fresh or news or alert.finished or alert.highs, f"reports nothing new: {alert}"
        if fresh or news:
            assert not self._is_quiet, "notified in quiet hours"
        for hole in fresh:
            assert not self.is_muted(hole[0]), f"notified though muted: {hole}"
            for group in self._groups_of(hole) if hole in first_notified else ():
                self._notified_groups[group].add((shown.at_s, alert.key))
                count = len(self._notified_groups[group])
                assert count == 1, f"{count} notifications of what is one group: {group}"
        self._calls[alert.key] = 0 if shown.before is None else self._calls[alert.key]
        self._calls[alert.key] += 1
        is_third = self._calls[alert.key] <= MOST_CALLS
        assert is_third or not (fresh or confirmed), f"news in call 4 of {alert.key}"
        is_corrected = any(
            not self.is_critical(hole) for hole in shown_before
        )  # by rule 6, at any time
        if fresh | confirmed and not (is_corrected or alert.is_digest):
            self._notifications.append((day.clock_s, shown, fresh))
            self._judge_rate()

    def _groups_of(self, hole: Hole) -> Iterator[tuple[str, float]]:
        """Return what a finding belongs to of which one notification reports (rules 1 and 4)."""
        if hole in self.first_read:
            yield "added", self.first_read[hole]
        elif hole in self.away_group:
            yield "away", self.away_group[hole]

    def _judge_rate(self) -> None:
        """Judge how many notifications there are in a window (rules 2 and 3)."""
        now_s = self.day.clock_s
        begins_s = max(now_s - WINDOW_S, self.day.began_s)  # a session knows no other's windows
        recent = [each for each in self._notifications if each[0] > begins_s]
        for scan_id in {hole[0] for _, _, fresh in recent for hole in fresh}:
            of_scan = [each for each in recent if any(hole[0] == scan_id for hole in each[2])]
            is_shared = any(len(each.alert.scan_ids) > 1 for _, each, _ in of_scan)
            made_room = any(each.alert.key in self._merged_into for _, each, _ in of_scan)
            most = 3 if is_shared or made_room else 2  # another's window may end earlier
            assert len(of_scan) <= most, f"{len(of_scan)} notifications of a scan in {WINDOW_S} s"
        shown = [each[1] for each in recent]
        older = {each.alert.key for at_s, each, _ in self._notifications if at_s <= begins_s}
        popped = {each.alert.key for each in shown if each.before is None} - older
        assert len(popped) <= MOST_AT_ONCE, f"{len(popped)} notifications in {WINDOW_S} s"
        firsts = {hole for _, each, fresh in recent for hole in self._firsts(each, fresh)}
        sharing = [each for each in self.day.desktop.values() if holes_of(each) & firsts]
        if len({hole[0] for each in sharing for hole in holes_of(each) & firsts}) >= SCANS_FOR_ONE:
            assert len(sharing) <= 1, f"several scans, and {len(sharing)} notifications"
        active = [each for each in self.day.desktop.values() if holes_of(each)]
        assert len(active) <= MOST_AT_ONCE + 1, f"{len(active)} notifications are shown"

    def _firsts(self, shown: Shown, fresh: set[Hole]) -> set[Hole]:
        """Return what of scans a notification is the first to report, in their windows."""
        if shown.alert.is_digest or len(shown.alert.scan_ids) > 1:
            return set()
        notified = set() if shown.before is None else {hole[0] for hole in holes_of(shown.before)}
        return {hole for hole in fresh if hole[0] not in notified}

    def _judge_lateness(self) -> None:
        """Judge whether all is reported in time: the first at once, others with the window."""
        now_s = self.day.clock_s
        last_s = max((each[0] for each in self._notifications), default=float("-inf"))
        for hole, since_s in self.became.items():
            is_silenced = self.is_muted(hole[0]) or self._is_quiet
            if is_silenced or self.held.get(hole) is Decision.MUTED:
                continue
            if hole not in self.held and not self.notified[hole]:
                is_first = max(last_s, self._all_calm_s) + CALM_S < since_s
                assert not is_first, f"a first one is not notified at once: {hole}"
            late_s = now_s - max(since_s, self._calm_of(hole[0]))
            if late_s > CALM_S:
                why = self.held.get(hole)
                assert self.notified[hole], f"not notified after {late_s} s, held by {why}: {hole}"
        for hole, since_s in self._confirmed.items():
            late_s = now_s - max(since_s, self._calm_of(hole[0]))
            is_late = late_s > CALM_S and not self._is_quiet and not self.is_muted(hole[0])
            assert not is_late, f"not notified as confirmed after {late_s} s: {hole}"
        for incident, since_s in self._incidents.items():
            late_s = now_s - max(since_s, self._calm_of(ScanId(incident[1])))
            if late_s <= CALM_S:
                continue
            self._judge_line(incident)
            is_silenced = self._is_quiet or self.is_muted(ScanId(incident[1]))
            if not (
                is_silenced or incident in self._held_ends or self._notified_incidents[incident]
            ):
                raise AssertionError(f"not notified after {late_s} s: {incident}")

    def _calm_of(self, scan_id: ScanId) -> float:
        """Return since when nothing delays news of a scan, or of a server."""
        return max(self._calm_s, self._unreached_s.get(scan_id, 0.0))

    # -- rule 6: what is not true is withdrawn --

    def _judge_shown(self) -> None:
        for alert in (*self.day.desktop.values(), *self.day.strips.values()):
            for hole in holes_of(alert):
                assert self.is_critical(hole), f"is shown though it is not true: {hole}"
            for incident in self._incidents_in(alert):
                assert self._may_be_shown(incident), f"is shown though it is over: {incident}"

    # -- rule 7: the inbox --

    def _judge_inbox(self) -> None:
        of_rows: defaultdict[str, list[InboxLine]] = defaultdict(list)
        summaries = [line for line in self.day.inbox.lines if line.is_summary]
        for line in self.day.inbox.lines:
            if line.event is Event.CRITICAL and line.finding_id and not line.is_summary:
                of_rows[line.finding_id].append(line)
                if line.key != line.finding_id:
                    of_rows[line.key].append(line)
        for hole in self._rows:
            lines = [line for row in self.rows_of(hole) for line in of_rows[row.id]]
            active = [line for line in lines if not line.withdrawal]
            if self.rows_of(hole)[-1].severity_text != "critical":
                assert not active, f"a line is shown though it is not true: {hole}"
            elif hole in self.first_read:
                assert active or summaries, f"no line of what a new scan held: {hole}"
            elif hole in self.became:
                assert active, f"no line: {hole} {lines}"
                self._judge_reason(hole, active)
        for line in self.day.inbox.lines:
            last = self._last.get(line.key)
            if line.is_summary and last is not None and line.event is Event.CRITICAL:
                holds = any(self.is_critical(hole) for hole in holes_of(last)) or last.scans
                assert holds or line.withdrawal or line.merged_into, f"a summary applies: {line}"
            is_gone = line.scan_id not in self.day.known
            if is_gone and line.event in (Event.CRITICAL, Event.FAILED) and not line.is_summary:
                assert line.withdrawal, f"a line of a scan that left applies: {line}"

    def _judge_line(self, incident: Incident) -> None:
        """Judge whether the inbox has a line of what is so, reported or not."""
        active = [line for line in self.day.inbox.lines if not line.withdrawal]
        named = [line for line in active if line.event.value == incident[0]]
        assert any(incident[1] in line.key for line in named), f"no line: {incident}"

    def _judge_reason(self, hole: Hole, lines: list[InboxLine]) -> None:
        why = self.held.get(hole)
        found = {line.decision for line in lines}
        if why is not None and not self.notified[hole]:
            whys = {why, Decision.MUTED} if self.day.choices.muted else {why}
            whys |= {Decision.MUTED} if self.day.choices.muted_to_the_end else set()
            assert whys & found, f"held back by {why}, but the inbox says {found}: {hole}"
        if self.day.clock_s - max(self.became[hole], self._calm_of(hole[0])) > CALM_S:
            assert found != {Decision.UNDECIDED}, f"the inbox gives no reason: {hole} {lines}"

    # -- states of scans and servers --

    def _incidents_in(self, alert: Alert) -> Iterator[Incident]:
        """Return what an alert says of scans and servers, as it is shown now."""
        event = alert.rule.event
        for scan in alert.scans:
            yield Event.FAILED.value if alert.is_digest else event.value, scan.id
        for scan in alert.finished:
            yield Event.FINISHED.value, scan.id
        for server in alert.servers:
            is_out = server.is_signed_out
            of_server = Event.SIGNED_OUT if is_out else Event.STALE
            yield of_server.value if alert.is_digest else event.value, server.id

    def _times(self, incident: Incident) -> str:
        """Return which time it is that an event takes place."""
        known = self.day.known.get(ScanId(incident[1]))
        return str(self._problems[incident[1]] if known is None else known.started_at)

    def _may_be_shown(self, incident: Incident) -> bool:
        event, about = incident
        known = self.day.known.get(ScanId(about))
        if event in STATUSES:
            return known is not None and known.status == STATUSES[event]
        hows = [each.how for scan_id, each in self.day.known.items() if server_of(scan_id) == about]
        return any(how not in WELL for how in hows)

    def _follow_incidents(self) -> None:
        """Note what has failed, and which server has signed us out or is silent."""
        now_s = self.day.clock_s
        true: set[Incident] = set()
        for scan_id, known in self.day.known.items():
            is_end = known.is_settled and known.status == "failed"
            if known.has_listed and self._listed.get(scan_id) and is_end:
                true.add((Event.FAILED.value, scan_id, str(known.started_at)))
        for url in SERVERS:
            if self._is_out(url) and url not in self._responded:
                continue  # it was so at the start, and the window asks for a sign-in
            if url in self._problems_since and self._is_out(url):
                true.add((Event.SIGNED_OUT.value, url, str(self._problems[url])))
            elif url in self._problems_since and self._silence_s(url) > GAP_S:
                true.add((Event.STALE.value, url, str(self._problems[url])))
        for incident in list(self._incidents):
            if incident not in true:
                del self._incidents[incident]
        for incident in true:
            is_silenced = self._is_quiet or self.is_muted(ScanId(incident[1]))
            is_new = incident not in self._incidents
            if incident not in self._old_ends:
                self._incidents.setdefault(incident, now_s)
            if is_silenced and is_new:
                self._held_ends.add(incident)

    def _silence_s(self, url: str) -> float:
        """Return for how long a server has reported nothing, while the program ran to hear it."""
        known = [each for at, each in self.day.known.items() if server_of(at) == url]
        lost = [each for each in known if each.how in BAD]
        updated_s = min((each.updated_s for each in lost), default=self.day.clock_s)
        return self.day.clock_s - max(updated_s, self._woken_s)

    def _is_out(self, url: str) -> bool:
        known = self.day.known.items()
        return any(each.how is Connection.SIGNED_OUT for at, each in known if server_of(at) == url)

    def _follow_server(self, url: str) -> None:
        """Count the times that a server is in problem; one that is not asked stays as it was."""
        known = self.day.known.items()
        hows = {each.how for scan_id, each in known if server_of(scan_id) == url}
        if not hows.isdisjoint(BAD):
            if url not in self._problems_since:
                self._problems[url] += 1
                self._problems_since[url] = self.day.clock_s
        elif Connection.LIVE in hows or not hows:
            self._problems_since.pop(url, None)
        if Connection.LIVE in hows:
            self._responded.add(url)


def holes_of(alert: Alert) -> set[Hole]:
    """Return the findings that a notification reports."""
    return {(each.scan_id, each.fingerprint) for each in alert.findings}


def spans(
    wall: datetime, days: tuple[int, ...], start_min: int, end_min: int
) -> Iterator[tuple[datetime, datetime]]:
    """Return quiet hours that may lie around a moment, by the clock on the wall."""
    midnight = wall.replace(hour=0, minute=0, second=0, microsecond=0)
    for day in (midnight - timedelta(days=1), midnight):
        if day.weekday() in days:
            ends = day + timedelta(minutes=end_min)
            if end_min <= start_min:
                ends += timedelta(days=1)
            yield day + timedelta(minutes=start_min), ends
