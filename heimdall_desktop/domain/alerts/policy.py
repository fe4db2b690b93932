"""Decide which changes deserve an alert, by `RULES`. Pure; time is an argument.

Each change is judged once, for the inbox and for the notifications. Source: behaviour.md 2.5,
rules 1, 4 and 6: a finding, or an incident of a scan, is reported once, over all sessions;
everything that arrived while we were away is one notification; an alert that no longer applies is
withdrawn.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from itertools import accumulate

from heimdall_desktop.domain.alerts import alert, rules
from heimdall_desktop.domain.alerts.delivery import CatchUpTracker, Delivery
from heimdall_desktop.domain.alerts.finding_alerts import FindingAlerts
from heimdall_desktop.domain.alerts.notifications import Notifications
from heimdall_desktop.domain.alerts.state_alerts import StateAlerts
from heimdall_desktop.domain.facts import change
from heimdall_desktop.domain.facts.finding import Finding, FindingId, ScanId, Severity
from heimdall_desktop.domain.facts.scan import Outcome, Scan
from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.domain.stages.stage_display import STEADY, ScanProgress

LEFT_LIMIT = alert.LINE_LIMIT  # events of removed scans that are remembered, as many as lines
_SOME_TIME = datetime(2000, 1, 1, tzinfo=UTC)


class AlertPolicy:
    """Turns changes into alerts and inbox lines; remembers what was reported.

    Args:
        clock: monotonic seconds.
        scan_name: the name of a scan as shown, "" if it is gone.
        has_listed_once: whether a scan's first listing has ended, so that its initial content is
            known.
        scans: all watched scans; iterated again each time.
        attempt_starts: when each attempt of a scan started, by the server's clock.
        session: distinguishes the keys of this session from those that an inbox keeps of earlier
            ones.
        pace: the progress of a scan.
        local_now: the wall clock in the user's time zone, for quiet hours and mutes.
        views: saved views that report new findings.

    Attributes:
        notifications: the desktop notifications, reported and pending.
        delivery: the user's choices for alerts; may change at any time.
        views: saved views that report new findings.
        forgotten: scans that were removed, and many others since, so that if they come back it is
            not known what was reported.
        is_own: whether the user made this change of a finding here, since a reading of it; such a
            change is read and silent.
    """

    def __init__(
        self,
        clock: Callable[[], float],
        scan_name: Callable[[ScanId], str],
        has_listed_once: Callable[[ScanId], bool],
        scans: Iterable[Scan] = (),
        attempt_starts: Callable[[ScanId], Iterable[datetime]] = lambda _scan_id: (),
        session: str = "",
        pace: Callable[[Scan], ScanProgress] = lambda _scan: STEADY,
        local_now: Callable[[], datetime] = lambda: _SOME_TIME,
        views: rules.ViewMatches | None = None,
    ) -> None:
        self.is_own: Callable[[Finding, Finding], bool] = lambda _finding, _previous: False
        self._has_listed_once, self._scans = has_listed_once, scans
        self._was_quiet = False
        self._left: dict[ScanId, None] = {}  # scans that were removed, the last one at the end
        self.forgotten: set[ScanId] = set()
        self._counted_in: dict[tuple[rules.Event, FindingId], alert.PendingAlert] = {}
        self._catch_up = CatchUpTracker(clock, scans)
        self._outages = rules.Outages(clock, scans, session)
        self.delivery = Delivery(local_now, scans)
        self.views = views or rules.ViewMatches(local_now)
        self.views.is_reported_otherwise = self._is_reported_by_severity
        self.notifications = Notifications(clock, scan_name, self.delivery, self._catch_up, session)
        self.notifications.view_of = self.views.view_of
        self.notifications.only_confident = self._only_confident
        self._findings = {
            rule.event: FindingAlerts(rule, self.notifications, attempt_starts)
            for rule in (*rules.RULES, self.views.rule)
            if isinstance(rule, rules.FindingRule)
        }
        self._states = StateAlerts(scans, self.notifications, self._catch_up, self._outages, pace)

    def _only_confident(self, findings: Iterable[Finding]) -> frozenset[FindingId]:
        """Return those that count as confirmed although the stage that reviews has not run."""
        reviewed = {scan.id for scan in self._scans if scan.has_reviewed}
        by_confidence = (
            each.id
            for each in findings
            if each.scan_id not in reviewed and each.rests_on_confidence
        )
        return frozenset(by_confidence)

    def _is_reported_by_severity(self, finding: Finding) -> bool:
        """Whether the desktop reports a finding because of its severity."""
        return any(
            event is not rules.Event.VIEW
            and alerts.follows(finding)
            and alerts.rule.holds(finding)
            and self.delivery.is_on_desktop(event)
            for event, alerts in self._findings.items()
        )

    # -- earlier sessions and absences --

    def recall(
        self, reported: Iterable[alert.NotifiedRecord], lines: Iterable[alert.InboxLine] = ()
    ) -> None:
        """Restore what earlier sessions reported and wrote down, so that none of it is repeated."""
        lines = list(lines)
        active = {line.key for line in lines if not line.withdrawal}
        at_s = self.notifications.clock()  # unknown, so not too early
        for record in reported:
            event = record.event
            rule_event = rules.Event.CRITICAL if event is rules.Event.CONFIRMED else event
            if record.is_of_scan:
                self._states.recall(rule_event, record.scan_id, record.fingerprint, active)
            elif rule_event in self._findings:
                self._findings[rule_event].recall(record, event, at_s)
        for line in lines:
            if line.finding_id and not line.is_summary and line.event in self._findings:
                self._findings[line.event].recall_line(line)
                if line.event is rules.Event.VIEW:
                    self.views.reported[line.finding_id] = line.view
            elif line.event in rules.SERVER_EVENTS and not (line.withdrawal or line.is_summary):
                _, _, about = line.key.partition(" ")
                url, _, incident = about.rpartition(" ")
                if not (self._states.reports_start and line.event is rules.Event.SIGNED_OUT):
                    self._states.recall(line.event, url, incident, active)
                self._outages.recall(ServerUrl(url), incident, line.scan_id)

    def report_start(self) -> None:
        """Report what can't be watched from the start: no window will show it."""
        self._states.reports_start = True

    def restore(self, scan_id: ScanId, *, is_remembered: bool) -> None:
        """Watch a scan of an earlier session again; its news makes one digest.

        Args:
            scan_id: the scan.
            is_remembered: its content and reported alerts were restored too. If not, its news can't
                be recognized, so nothing that it already holds is reported.
        """
        self._catch_up.restore(scan_id)
        self._states.restored.add(scan_id)
        if not is_remembered:
            for alerts in self._findings.values():
                alerts.silent_scans.add(scan_id)

    def wake(self) -> None:
        self._catch_up.wake()
        self._outages.wake()

    # -- changes --

    def take(self, changes: Iterable[change.Change]) -> list[alert.LogEntry | alert.Action]:
        """Return the results of the changes: first inbox lines, then notifications."""
        self._catch_up.look()
        self.views.look()
        self.notifications.begin_turn()
        changes = list(changes)
        again = [
            each.finding
            for each in changes
            if isinstance(each, change.FindingReplaced) and each.finding.is_repeat
        ]
        for each in changes:
            match each:
                case change.FindingAdded(finding, is_first_read):
                    self._add(finding, again, is_first_read=is_first_read)
                case change.FindingReplaced(finding, previous):
                    self._replace(finding, previous)
                case change.FindingDropped(finding):
                    self.views.drop(finding.id)
                    self._count(finding)
                    for alerts in self._that_follow(finding):
                        alerts.drop(finding)
                case change.ScanRemoved(scan_id) | change.ScanEmptied(scan_id):
                    is_gone = isinstance(each, change.ScanEmptied)
                    reason = alert.Withdrawal.SCAN_GONE if is_gone else alert.Withdrawal.SCAN_LEFT
                    self.notifications.log.append(alert.ScanForgotten(scan_id, reason))
                    self._catch_up.forget(scan_id)
                    self._states.restored.discard(scan_id)
                    for alerts in self._findings.values():
                        alerts.forget(scan_id)
                    self.notifications.forget(scan_id)
                    if not is_gone:
                        self.forgotten.discard(scan_id)
                        self._left.pop(scan_id, None)
                        self._left[scan_id] = None
                case _:
                    pass
        if any(isinstance(each, change.ScanRemoved) for each in changes):
            self._forget_long_left()
        for alerts in self._findings.values():
            alerts.end_first_reads(self._has_listed_once)
        self._hold_muted()
        self.notifications.show_noted()
        self._show_complete_digest()
        return self._end_turn()

    def _forget_long_left(self) -> None:
        """Forget what was reported of scans that were removed before many others."""
        self._counted_in = {
            (event, found): digest
            for (event, found), digest in self._counted_in.items()
            if found in digest.counted[event]
        }
        watched = {scan.id for scan in self._scans}
        left = [scan_id for scan_id in reversed(self._left) if scan_id not in watched]
        rows = Counter(row.scan_id for row in self.notifications.rows.values())
        totals = accumulate(rows[scan_id] for scan_id in left)
        gone = {each for each, total in zip(left, totals, strict=True) if total > LEFT_LIMIT}
        gone.difference_update(left[:1])  # removing it can be undone, however large it is
        self._left = dict.fromkeys(each for each in reversed(left) if each not in gone)
        if gone:
            self.forgotten |= gone
            self.views.forget(gone, self.notifications.drop_rows(gone))
            for alerts in self._findings.values():
                alerts.forget_duplicates(gone)

    def _add(self, finding: Finding, again: list[Finding], *, is_first_read: bool) -> None:
        is_viewed = not is_first_read and self.views.claim(finding, is_new=True)
        self._count(finding, is_new=not is_first_read, is_viewed=is_viewed)
        for alerts in self._that_follow(finding):
            is_news = not is_viewed or alerts.rule.event is rules.Event.VIEW
            alerts.add(finding, again, is_first_read=is_first_read, is_news=is_news)

    def _replace(self, finding: Finding, previous: Finding) -> None:
        is_own = self.is_own(finding, previous)
        is_viewed = self.views.claim(finding, is_new=False)
        self._count(finding, is_viewed=is_viewed and not is_own)
        is_news = True
        for alerts in self._that_follow(finding, previous):
            is_news = is_news and not alerts.rule.holds(previous)  # lowered is no news
            is_of_view = alerts.rule.event is rules.Event.VIEW
            is_its_news = is_viewed if is_of_view else is_news and not is_viewed
            alerts.replace(finding, is_news=is_its_news, is_own=is_own)

    def _that_follow(
        self, finding: Finding, previous: Finding | None = None
    ) -> list[FindingAlerts]:
        """Return the rules that follow a finding, graver ones first."""
        return [each for each in self._findings.values() if each.follows(finding, previous)]

    def take_silenced(self) -> list[alert.NotifiedRecord]:
        """Return, once, the findings counted as reported although no alert of ours reports them."""
        silenced = [each for alerts in self._findings.values() for each in alerts.silenced]
        for alerts in self._findings.values():
            alerts.silenced.clear()
        return silenced

    def tick(self) -> list[alert.LogEntry | alert.Action]:
        """Return the replacements whose window has now ended, and a digest that is late.

        A complete digest is not returned: rows of its last listing may not be applied yet.
        """
        self._catch_up.look()
        self.notifications.begin_turn()
        self._hold_muted()
        was_quiet, self._was_quiet = self._was_quiet, self.delivery.is_quiet()
        if self._was_quiet and not was_quiet:
            for _, event, subject in list(self.notifications.waiting()):
                self._hold(event, subject, alert.Decision.QUIET_HOURS)
        elif was_quiet and not self._was_quiet:
            for alerts in self._findings.values():
                alerts.end_quiet()
            if not self._catch_up.is_collecting:
                self._show_digest()  # what was held back
        if not self._was_quiet:
            self.notifications.end_windows()
            if self._catch_up.is_late():
                self._show_digest()
        elif self._catch_up.is_late():
            self._catch_up.close()
        return self._end_turn()

    def _end_turn(self) -> list[alert.LogEntry | alert.Action]:
        self._states.follow_all()
        self.notifications.show_noted()
        return self.notifications.take_output()

    def _hold_muted(self) -> None:
        if self.delivery.has_mutes:
            for event, subject in self.notifications.hold(self.delivery.is_muted):
                self._hold(event, subject, alert.Decision.MUTED)

    def _hold(self, event: rules.Event, subject: rules.Subject, decision: alert.Decision) -> None:
        if isinstance(subject, Finding):
            self._findings[event].hold(subject, decision)
        else:
            line = self.notifications.line_of(event, subject)
            self.notifications.log.append(alert.Updated(line, event, subject, decision))

    # -- the digest (rule 4) --

    def _count(self, finding: Finding, *, is_new: bool = False, is_viewed: bool = False) -> None:
        """Count the findings a digest reports only as a number: high severity, or a saved view."""
        is_high = finding.severity is Severity.HIGH and rules.is_open(finding)
        counts = [(rules.Event.HIGH, is_high, is_new)]
        if finding.id in self.views.reported:
            counts.append(
                (
                    rules.Event.VIEW,
                    self.views.rule.holds(finding) and rules.is_open(finding),
                    is_viewed,
                )
            )
        for event, is_counted, is_news in counts:
            mark = event, finding.id
            if is_counted and is_news:
                digest = self.notifications.digest_of(finding.scan_id)
                if digest is not None:
                    self._counted_in[mark] = digest
                    digest.counted[event][finding.id] = finding
            elif not is_counted and mark in self._counted_in:
                self._counted_in.pop(mark).counted[event].pop(finding.id, None)

    def _show_complete_digest(self) -> None:
        """Report the digest if it is complete; for ends alone, once they have stayed (T-26)."""
        is_late = self._catch_up.is_late()
        if not (is_late or self._catch_up.is_complete()):
            return
        if self.delivery.is_quiet():
            self._catch_up.close()  # later news waits for the end of quiet hours
            return
        digest = self.notifications.digest
        has_subjects = digest is not None and bool(digest.subjects)
        if is_late or has_subjects or all(state.holds is not None for state in self._states.ends()):
            self._show_digest()

    def _show_digest(self) -> None:
        ends, ended = self._states.ends(), [outcome for _, outcome in self._catch_up.ended()]
        self._catch_up.close()
        digest, self.notifications.digest = self.notifications.digest, None
        if digest is not None:  # it counts only what the desktop reports; highs beside graver ones
            if not (digest.findings or self.delivery.is_on_desktop(rules.Event.HIGH)):
                digest.counted[rules.Event.HIGH].clear()
            if not self.delivery.is_on_desktop(rules.Event.VIEW):
                digest.counted[rules.Event.VIEW].clear()
        if digest is None or not digest.subjects:
            ends = [state for state in ends if state.holds]
            of_ends = [state.rule for state in ends]
            loud = [rule for rule in of_ends if self.delivery.is_on_desktop(rule.event)]
            if not loud:
                if digest is not None:
                    self._show_counted(digest)
                return
            if digest is None:
                digest = self.notifications.begin(loud[-1], is_digest=True)
        digest.ended = ended.count(Outcome.ENDED)
        for state in ends:
            self.notifications.put(state.rule.event, state.subject, digest)
            self._states.start(state)
        if not digest.findings:
            events = {event for event, _ in digest.subjects}
            digest.rule = max(
                (rule for rule in rules.RULES if rule.event in events), key=lambda rule: rule.stays
            )
        shown = self.notifications.show(digest)
        for state in ends:  # an end in doubt is written down once it is certain
            row = self.notifications.row(state.rule.event, state.subject.id)
            if not row.is_active:
                row.is_active, row.reported_by = True, shown

    def _show_counted(self, digest: alert.PendingAlert) -> None:
        """Report a digest that has nothing graver than its counted findings."""
        for event, found in digest.counted.items():
            if found:
                digest.rule = self._findings[event].rule
                for finding in found.values():
                    self.notifications.put(event, finding, digest)
                found.clear()
                self.notifications.show(digest)
                return
