"""Alerts of one rule about findings: its inbox lines and its notifications.

Source: behaviour.md 2.5, rules 1 and 6: a finding is reported once for each rule, over all
sessions, and withdrawn when the rule no longer holds; T-9 (a retry finds the same under another
id).
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from heimdall_desktop.domain.alerts import alert
from heimdall_desktop.domain.alerts.notifications import Notifications
from heimdall_desktop.domain.alerts.rules import Event, FindingRule, is_open
from heimdall_desktop.domain.facts.finding import Finding, FindingId, ScanId, Verdict
from heimdall_desktop.domain.facts.repeats import RetryDuplicates, is_same_place

RETURN_S = 600.0  # minimum between two notifications of a finding withdrawn between them


class FindingAlerts:
    """Applies one rule to all findings.

    Args:
        rule: the rule.
        notifications: the desktop notifications, reported and pending.
        attempt_starts: when each attempt of a scan started, by the server's clock.

    Attributes:
        silent_scans: scans of which the first listing is not reported.
        silenced: the records of the findings counted as reported although no alert reports them.
    """

    def __init__(
        self,
        rule: FindingRule,
        notifications: Notifications,
        attempt_starts: Callable[[ScanId], Iterable[datetime]],
    ) -> None:
        self.rule = rule
        self._event = rule.event
        self._notifications, self._delivery = notifications, notifications.delivery
        self._duplicates = RetryDuplicates(attempt_starts)
        self._confirmed_in_quiet: list[FindingId] = []
        self._first_reads: dict[ScanId, alert.PendingAlert] = {}
        self.silent_scans: set[ScanId] = set()
        self.silenced: list[alert.NotifiedRecord] = []

    # -- earlier sessions --

    def recall(self, record: alert.NotifiedRecord, event: Event, at_s: float) -> None:
        subject_id = record.subject_id
        row = self._row(subject_id, record.scan_id)
        row.notified_at_s = {**row.notified_at_s, event: at_s}
        if event is Event.CONFIRMED:
            row.is_confirmed = True
        else:
            self._duplicates.recall(record.scan_id, record.fingerprint, subject_id)
            row.key = ""

    def recall_line(self, line: alert.InboxLine) -> None:
        first = FindingId(line.key.rpartition(" ")[2])
        row = self._row(first, line.scan_id)
        row.line = self._row(line.finding_id, line.scan_id).line = line.key
        row.has_newer_line |= first != line.finding_id

    # -- changes --

    def follows(self, finding: Finding, previous: Finding | None = None) -> bool:
        """Whether the rule has started to follow a finding, or does with this change."""
        rows = self._notifications.rows
        return self.rule.starts(finding, previous) or (self._event, finding.id) in rows

    def add(
        self, finding: Finding, again: Iterable[Finding], *, is_first_read: bool, is_news: bool
    ) -> None:
        """Process a new row.

        Args:
            finding: the row.
            again: older rows that became repeats in the same batch.
            is_first_read: its scan held it when it was added.
            is_news: no other rule has its line.
        """
        for older in again:  # a retry found it again under another id (T-9)
            row = self._notifications.rows.get((self._event, older.id))
            is_same = older.scan_id == finding.scan_id and is_same_place(finding, older)
            if is_same and row is not None and row.line:
                self._row(finding.id, finding.scan_id).line, row.has_newer_line = row.line, True
        self._write_down(finding, is_news=is_news and not is_first_read)
        self._follow(finding, is_first_read=is_first_read)

    def replace(self, finding: Finding, *, is_news: bool, is_own: bool = False) -> None:
        """Write down how a row has changed; the user's own change is read, and makes no line."""
        is_read = True if is_own else not self._delivery.is_unread(self.rule) if is_news else None
        self._write_down(finding, is_news=is_news and not is_own, is_read=is_read)
        self._follow(finding, is_own=is_own)

    def drop(self, finding: Finding) -> None:
        """Withdraw the alert of a row that the server does not have (T-3)."""
        row = self._notifications.rows.get((self._event, finding.id))
        if row is not None:
            if row.key is not None and self._event is Event.CRITICAL:
                row.withdrawn = finding  # its return is news
            if row.line:
                withdrawn = alert.Withdrawn(row.line, self._event, finding, alert.Withdrawal.NO_ROW)
                self._notifications.log.append(withdrawn)
            self._withdraw(finding, row)

    def hold(self, finding: Finding, decision: alert.Decision) -> None:
        """Write down why a pending finding is not notified now."""
        if line := self._row(finding.id, finding.scan_id).line:
            self._update(line, finding, decision)
        else:
            self._write_down(finding, is_news=True)

    def end_first_reads(self, has_listed_once: Callable[[ScanId], bool]) -> None:
        """Release the findings that scans held, once their first listing has ended."""
        for scan_id in [each for each in self._first_reads if has_listed_once(each)]:
            self._notifications.note_held(scan_id, self._first_reads.pop(scan_id))

    def end_quiet(self) -> None:
        """Report the findings confirmed during quiet hours, if they are still reported."""
        confirmed, self._confirmed_in_quiet = self._confirmed_in_quiet, []
        for finding_id in confirmed:
            pending = self._alert_of(finding_id)
            finding = None if pending is None else pending.finding(self._event, finding_id)
            if finding is not None and finding.verdict is Verdict.CONFIRMED:
                self._confirm(finding)

    def forget(self, scan_id: ScanId) -> None:
        self._first_reads.pop(scan_id, None)
        self.silent_scans.discard(scan_id)

    def forget_duplicates(self, scan_ids: Iterable[ScanId]) -> None:
        """Forget which findings of scans are readings of one that was reported."""
        self._duplicates.forget_scans(scan_ids)

    # -- lines --

    def _write_down(self, finding: Finding, *, is_news: bool, is_read: bool | None = None) -> None:
        """Write down that a finding now deserves a line, or how it has changed.

        Args:
            finding: the row.
            is_news: it gets a line if it has none.
            is_read: as in `Updated`.
        """
        row = self._notifications.rows.get((self._event, finding.id))
        if row is not None and row.has_newer_line:
            return
        if row is None or not row.line:
            if is_news and self.rule.holds(finding):
                self._raise(finding, self._delivery.held(self._event, finding.scan_id))
        elif self.rule.holds(finding):
            self._update(row.line, finding, is_read=is_read)
        else:
            withdrawn = alert.Withdrawn(row.line, self._event, finding, is_own=bool(is_read))
            self._notifications.log.append(withdrawn)

    def _update(
        self,
        key: str,
        finding: Finding,
        decision: alert.Decision = alert.Decision.UNDECIDED,
        *,
        is_read: bool | None = None,
    ) -> None:
        is_confident = bool(self._notifications.only_confident((finding,)))
        updated = alert.Updated(key, self._event, finding, decision, is_read, is_confident)
        self._notifications.log.append(updated)

    def _raise(self, finding: Finding, decision: alert.Decision | None) -> None:
        """Write the line of a finding, or replace its earlier one."""
        row = self._row(finding.id, finding.scan_id)
        row.line = row.line or alert.mark_of(self._event, finding.id)
        self._notifications.log.append(
            alert.Raised(
                row.line,
                self._event,
                finding,
                self._notifications.scan_name(finding.scan_id),
                decision=decision or alert.Decision.UNDECIDED,
                is_unread=self._delivery.is_unread(self.rule),
                view=self.rule.view_of(finding.id),
                is_only_confident=bool(self._notifications.only_confident((finding,))),
            )
        )

    # -- notifications --

    def _row(self, finding_id: FindingId, scan_id: ScanId) -> alert.Row:
        return self._notifications.row(self._event, finding_id, scan_id)

    def _alert_of(self, finding_id: FindingId) -> alert.PendingAlert | None:
        return self._notifications.alert_of(self._event, finding_id)

    def _follow(
        self, finding: Finding, *, is_own: bool = False, is_first_read: bool = False
    ) -> None:
        """Notify of a new or changed row, or withdraw that: raised, lowered, triaged.

        The user's own change notifies of nothing: a notification that it makes untrue is withdrawn,
        not shown again with other words. A row that its scan held when it was added is in a
        summary.
        """
        if not (is_open(finding) and self.rule.holds(finding)):
            self._end(finding, is_own=is_own)
            return
        row, pending = self._row(finding.id, finding.scan_id), self._alert_of(finding.id)
        is_news = not (is_own or is_first_read)
        if row.withdrawn is not None:
            row.withdrawn = None
            if is_news:
                self._return(finding, row)
        is_confirmed_now = False
        if self._event is Event.CRITICAL and finding.verdict is Verdict.CONFIRMED:
            is_confirmed_now, row.is_confirmed = is_news and not row.is_confirmed, True
        if pending is not None:
            newest = self._duplicates.newest_of(finding) if finding.is_repeat else None
            if newest is not None and newest != finding.id and self._alert_of(newest) is not None:
                self._notifications.withdraw(self._event, finding.id)  # reported too early
                return
            former = pending.finding(self._event, finding.id)
            pending.put(self._event, finding)
            if is_confirmed_now and pending.is_shown:
                self._confirm(finding)
            elif former is not None and former.verdict is not finding.verdict:
                self._notifications.renew(pending, is_own=is_own)
        elif row.key is not None:
            if is_confirmed_now and self._event in row.notified_at_s:
                self._confirm(finding)
        elif is_own:
            row.key, row.is_silent = "", True
        else:
            self._report(finding, row, is_first_read=is_first_read)

    def _report(self, finding: Finding, row: alert.Row, *, is_first_read: bool) -> None:
        """Find the notification that reports a finding, or write down why none does."""
        scan_id, held = finding.scan_id, self._delivery.held(self._event, finding.scan_id)
        if is_first_read:
            if self._is_reported_otherwise(finding):
                return
            if held is not None and self.rule.stays:
                self._write_down(finding, is_news=True)  # no summary has a line for it now
        if held in (alert.Decision.INBOX, alert.Decision.MUTED):
            row.key = ""  # also if it returns
        elif not is_first_read and self._is_reported_otherwise(finding):
            older = (
                None if finding.is_repeat else self._duplicates.newest_of(finding, is_older=True)
            )
            if older is not None:
                self._row(older, scan_id).newest = finding
            if row.line:
                self._update(row.line, finding, alert.Decision.OTHER_ROW)
        elif is_first_read and scan_id in self.silent_scans:
            row.key = ""
            self.silenced.append(alert.record_of(self._event, finding))
        elif (digest := self._notifications.digest_of(scan_id)) is not None:
            if held is not None and row.line and not is_first_read:  # which may apply again
                self.hold(finding, held)
            if self._event is not digest.rule.event:
                row.key = ""  # a digest reports only the number of others
            else:
                self._put(finding, digest)
        elif is_first_read:
            if scan_id not in self._first_reads:
                self._first_reads[scan_id] = self._notifications.begin(self.rule)
            self._put(finding, self._first_reads[scan_id])
        else:
            self._notifications.note(self.rule, finding)
            self._duplicates.put(finding)

    def _end(self, finding: Finding, *, is_own: bool) -> None:
        """Withdraw the notification of a finding that deserves none now, or that of its rows."""
        row = self._notifications.rows.get((self._event, finding.id))
        pending, newest = self._alert_of(finding.id), None
        if row is not None:
            if row.is_silent:
                row.is_silent = False
                if row.key == "":
                    row.key = None  # its return may be news
            if row.key is not None and self._event is Event.CRITICAL:
                row.withdrawn = finding  # its return is news
            if finding.is_repeat:
                newest, row.newest = row.newest, None
        if row is None or pending is None:  # its newest row is unreported: an older one may be
            is_newest = not finding.is_repeat
            older = self._duplicates.newest_of(finding, is_older=True) if is_newest else None
            if older is not None:
                self._notifications.withdraw(self._event, older, is_own=is_own)
        elif newest is not None and is_open(newest) and self.rule.holds(newest):
            self._duplicates.put(newest)
            self._notifications.hand_over(self._event, finding, newest)
        else:
            self._withdraw(finding, row, is_own=is_own)

    def _return(self, finding: Finding, row: alert.Row) -> None:
        """Notify of a returning finding again, or write down why not."""
        decision = self._delivery.held(self._event, finding.scan_id)
        if decision in (None, alert.Decision.QUIET_HOURS):
            notified_at_s = row.notified_at_s.get(self._event, float("-inf"))
            if self._notifications.clock() - notified_at_s < RETURN_S:
                decision = alert.Decision.REPEATED
            else:
                row.notified_at_s = {}
                row.key = None
        if not row.has_newer_line:
            self._raise(finding, decision)

    def _confirm(self, finding: Finding) -> None:
        held = self._delivery.held(Event.CONFIRMED, finding.scan_id)
        if held is alert.Decision.QUIET_HOURS:
            self._confirmed_in_quiet.append(finding.id)
        elif held is None:
            self._notifications.confirm(self.rule, finding)

    def _withdraw(self, finding: Finding, row: alert.Row, *, is_own: bool = False) -> None:
        if self._event not in row.notified_at_s:
            self._duplicates.forget(finding)
        self._notifications.withdraw(self._event, finding.id, is_own=is_own)

    def _is_reported_otherwise(self, finding: Finding) -> bool:
        """Whether another row of the same problem is or will be reported: of a retry (T-9)."""
        if finding.is_repeat or self._duplicates.has_older(finding):
            return True
        # It is known to be a repeat, but not of when (T-9).
        older = self._duplicates.newest_of(finding, is_older=True)
        pending = None if older is None else self._alert_of(older)
        if older is None or pending is None:
            return False
        reported = pending.finding(self._event, older)
        return reported is not None and reported.is_repeat

    def _put(self, finding: Finding, pending: alert.PendingAlert) -> None:
        self._notifications.put(self._event, finding, pending)
        self._duplicates.put(finding)
