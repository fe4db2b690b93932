"""Alerts of one rule about findings: its inbox lines and its notifications.

Source: ux.md 2.5, rules 1 and 6: a finding is reported once for each rule, over all sessions, and
withdrawn when the rule no longer holds; T-9 (a retry finds the same under another id).
"""

from collections.abc import Callable, Iterable, Sequence

from heimdall_desktop.domain.alerts.alert import (
    Action,
    Decision,
    InboxLine,
    LogEntry,
    PendingAlert,
    Raised,
    ToldRecord,
    Updated,
    Withdrawal,
    Withdrawn,
    mark_of,
    record_of,
)
from heimdall_desktop.domain.alerts.coalescing import AlertCoalescer
from heimdall_desktop.domain.alerts.delivery import Delivery
from heimdall_desktop.domain.alerts.rules import Event, FindingRule, Level, is_open
from heimdall_desktop.domain.facts.finding import Finding, FindingId, ScanId, Verdict
from heimdall_desktop.domain.facts.repeats import RetryDuplicates, is_same_place

RETURN_S = 600.0  # minimum between two notifications of a finding withdrawn between them


class FindingAlerts:
    """Applies one rule to all findings.

    Args:
        rule: the rule.
        notifications: the desktop notifications, reported and pending.
        duplicates: the findings reported by this rule, to recognize them under another id.
        scan_name: the name of a scan as shown, "" if it is gone.
        digest_of: the digest that news of a scan now waits for; None if it waits for none.
        delivery: where news is delivered now.
        write: receives the entries for the inbox.
        is_only_confident: whether a finding counts as confirmed only because of its confidence.
    """

    def __init__(
        self,
        rule: FindingRule,
        notifications: AlertCoalescer,
        duplicates: RetryDuplicates,
        scan_name: Callable[[ScanId], str],
        digest_of: Callable[[ScanId], PendingAlert | None],
        delivery: Delivery,
        write: Callable[[LogEntry], None],
        is_only_confident: Callable[[Finding], bool],
    ) -> None:
        self.rule = rule
        self._notifications = notifications
        self._duplicates = duplicates
        self._scan_name = scan_name
        self._digest_of = digest_of
        self._delivery = delivery
        self._write = write
        self._is_only_confident = is_only_confident
        self._silent: set[FindingId] = set()  # now worth reporting, through the user's own change
        self._confirmed_in_quiet: list[FindingId] = []
        self._lines: dict[FindingId, str] = {}
        self._handed_over: set[FindingId] = set()  # a newer row of the finding has the line
        self._confirmed: set[FindingId] = set()  # seen as confirmed, and reported if that was news
        self._withdrawn: dict[FindingId, Finding] = {}  # deserved an alert before, and may again
        self._newest: dict[FindingId, Finding] = {}  # newest rows, by the older, reported row
        self._first_reads: dict[ScanId, PendingAlert] = {}
        self._silent_first_reads: set[ScanId] = set()
        self._silenced: list[ToldRecord] = []

    # -- earlier sessions --

    def recall(self, record: ToldRecord) -> None:
        """Restore a record of a finding reported by an earlier session."""
        if record.event is Event.CONFIRMED:
            self._confirmed.add(record.subject_id)
        else:
            self._duplicates.recall(record.scan_id, record.fingerprint, record.subject_id)
            self._notifications.silence(self.rule, record.subject_id)
        self._notifications.recall(record.finding_id)

    def recall_line(self, line: InboxLine) -> None:
        """Restore a line of a finding written by an earlier session."""
        first = FindingId(line.key.rpartition(" ")[2])
        self._lines[first] = self._lines[line.finding_id] = line.key
        self._handed_over |= {first} - {line.finding_id}

    def silence_first_read(self, scan_id: ScanId) -> None:
        """Report nothing from the first listing of a scan."""
        self._silent_first_reads.add(scan_id)

    def take_silenced(self) -> list[ToldRecord]:
        """Return, once, the findings counted as reported although no alert of ours reports them."""
        silenced, self._silenced = self._silenced, []
        return silenced

    def line_of(self, finding_id: FindingId) -> str:
        """Return the key of the line of a finding."""
        return self._lines.get(finding_id) or self._new_key(finding_id)

    # -- changes --

    def add(
        self,
        finding: Finding,
        again: Sequence[Finding],
        *,
        is_first_read: bool,
        is_news: bool = True,
    ) -> None:
        """Process a new row.

        Args:
            finding: the row.
            again: older rows that became repeats in the same batch.
            is_first_read: its scan held it when it was added.
            is_news: no other rule has its line.
        """
        self._hand_over(finding, again)
        self._write_down(finding, is_news=is_news and not is_first_read)

    def replace(self, finding: Finding, *, is_news: bool, is_own: bool = False) -> None:
        """Write down how a row has changed; the user's own change is read, and makes no line."""
        is_read = True if is_own else not self._delivery.is_unread(self.rule) if is_news else None
        self._write_down(finding, is_news=is_news and not is_own, is_read=is_read)

    def drop(self, finding: Finding) -> list[Action]:
        """Withdraw the alert of a row that the server does not have (T-3)."""
        self._note_withdrawn(finding)
        if key := self._lines.get(finding.id):
            self._write(Withdrawn(key, self.rule.event, finding, Withdrawal.NO_ROW))
        return self._let_go(finding)

    def follow(self, finding: Finding, *, is_own: bool = False) -> list[Action]:
        """Notify of a new or changed row, or withdraw that: raised, lowered, triaged.

        The user's own change notifies of nothing: a notification that it makes untrue is withdrawn,
        not shown again with other words.
        """
        pending = self._alert_of(finding.id)
        if not self._is_to_tell(finding):
            if finding.id in self._silent:
                self._silent.remove(finding.id)
                self._notifications.unsilence(self.rule, finding.id)  # its return may be news
            self._note_withdrawn(finding)
            newest = self._newest.pop(finding.id, None) if finding.is_repeat else None
            if newest is not None and pending is not None and self._is_to_tell(newest):
                self._duplicates.put(newest)
                return self._notifications.hand_over(self.rule, finding, newest)
            if pending is None:
                return self._let_older_go(finding, is_own=is_own)
            return self._let_go(finding, is_own=is_own)
        self._note_return(finding, is_own=is_own)
        is_confirmed_now = self._is_confirmed_now(finding) and not is_own
        if pending is not None:
            if self._has_newer(finding):
                return self._notifications.let_go(self.rule, finding)
            former = pending.findings[finding.id]
            pending.findings[finding.id] = finding
            if is_confirmed_now and pending.is_shown:
                self._confirm(finding)
            elif former.verdict is not finding.verdict:
                return self._notifications.renew(pending, is_own=is_own)
        elif self._notifications.knows(self.rule, finding.id):
            if is_confirmed_now and self._has_told(finding):
                self._confirm(finding)
        elif is_own:
            self._notifications.silence(self.rule, finding.id)
            self._silent.add(finding.id)
        elif self._is_inbox_only or self._held(finding) is Decision.MUTED:
            self._notifications.silence(self.rule, finding.id)  # also if it returns
        elif self._is_told_otherwise(finding):
            older = None if finding.is_repeat else self._duplicates.older_of(finding)
            if older is not None:
                self._newest[older] = finding
            if line := self._lines.get(finding.id):
                self._update(line, finding, Decision.OTHER_ROW)
        elif (digest := self._digest_of(finding.scan_id)) is not None:
            held = self._held(finding)
            if held is not None and finding.id in self._lines:  # which may apply again
                self.hold(finding, held)
            self._put_in_digest(finding, digest)
        else:
            self._notifications.note(self.rule, finding)
            self._duplicates.put(finding)
        return []

    def _note_withdrawn(self, finding: Finding) -> None:
        """Remember a formerly critical finding, so that its return is news."""
        is_known = self._notifications.knows(self.rule, finding.id)
        if is_known and self.rule.event is Event.CRITICAL:
            self._withdrawn[finding.id] = finding

    def _note_return(self, finding: Finding, *, is_own: bool) -> None:
        """Notify of a returning finding again, or write down why not."""
        before = self._withdrawn.pop(finding.id, None)
        if before is None or is_own:
            return
        decision = Decision.INBOX if self._is_inbox_only else self._held(finding)
        if decision in (None, Decision.QUIET_HOURS):
            told_s = self._notifications.told_s(mark_of(self.rule.event, finding.id))
            if told_s < RETURN_S:
                decision = Decision.REPEATED
            else:
                self._notifications.untell(self.rule, finding.id)
        if finding.id not in self._handed_over:
            self._raise(finding, decision)

    def hold(self, finding: Finding, decision: Decision) -> None:
        """Write down why a pending finding is not notified now."""
        if line := self._lines.get(finding.id):
            self._update(line, finding, decision)
        else:
            self._write_down(finding, is_news=True)

    def end_first_reads(self, has_listed_once: Callable[[ScanId], bool]) -> None:
        """Release the findings that scans held, once their first listing has ended."""
        for scan_id in [each for each in self._first_reads if has_listed_once(each)]:
            self._notifications.note_held(scan_id, self._first_reads.pop(scan_id))

    def forget(self, scan_id: ScanId) -> None:
        """Stop following a scan."""
        self._first_reads.pop(scan_id, None)
        self._newest = {o: each for o, each in self._newest.items() if each.scan_id != scan_id}
        self._withdrawn = {f: e for f, e in self._withdrawn.items() if e.scan_id != scan_id}
        self._silent_first_reads.discard(scan_id)

    # -- lines --

    def _new_key(self, finding_id: FindingId) -> str:
        return mark_of(self.rule.event, finding_id)

    def _hand_over(self, newer: Finding, again: Iterable[Finding]) -> None:
        """Link the line of a finding to the row under which a retry found it again (T-9)."""
        for older in again:
            is_same = older.scan_id == newer.scan_id and is_same_place(newer, older)
            if is_same and older.id in self._lines:
                self._lines[newer.id] = self._lines[older.id]
                self._handed_over.add(older.id)

    def _write_down(self, finding: Finding, *, is_news: bool, is_read: bool | None = None) -> None:
        """Write down that a finding now deserves a line, or how it has changed.

        Args:
            finding: the row.
            is_news: it gets a line if it has none.
            is_read: as in `Updated`.
        """
        holds, event = self.rule.holds(finding), self.rule.event
        key = self._lines.get(finding.id)
        if finding.id in self._handed_over:
            return
        if key is None:
            if holds and is_news:
                self._raise(finding, Decision.INBOX if self._is_inbox_only else self._held(finding))
        elif holds:
            self._update(key, finding, is_read=is_read)
        else:
            self._write(Withdrawn(key, event, finding, is_own=bool(is_read)))

    def _update(
        self,
        key: str,
        finding: Finding,
        decision: Decision = Decision.NOT_TOLD,
        *,
        is_read: bool | None = None,
    ) -> None:
        is_confident = self._is_only_confident(finding)
        self._write(Updated(key, self.rule.event, finding, decision, is_read, is_confident))

    def _raise(self, finding: Finding, decision: Decision | None) -> None:
        """Write the line of a finding, or replace its earlier one."""
        key = self._lines[finding.id] = self.line_of(finding.id)
        self._write(
            Raised(
                key,
                self.rule.event,
                finding,
                self._scan_name(finding.scan_id),
                decision=decision or Decision.NOT_TOLD,
                is_unread=self._delivery.is_unread(self.rule),
                view=self.rule.view_of(finding.id),
                is_only_confident=self._is_only_confident(finding),
            )
        )

    # -- notifications --

    @property
    def _is_inbox_only(self) -> bool:
        return not self._delivery.is_on_desktop(self.rule.event)

    def _held(self, finding: Finding) -> Decision | None:
        return self._delivery.held(finding.scan_id)

    def _is_to_tell(self, finding: Finding) -> bool:
        return is_open(finding) and self.rule.holds(finding)

    def _alert_of(self, finding_id: FindingId) -> PendingAlert | None:
        return self._notifications.alert_of(self.rule, finding_id)

    def _has_told(self, finding: Finding) -> bool:
        return self._notifications.has_told(mark_of(self.rule.event, finding.id))

    def _is_confirmed_now(self, finding: Finding) -> bool:
        """Return whether a finding is confirmed for the first time; once for each critical one."""
        if self.rule.event is not Event.CRITICAL or finding.verdict is not Verdict.CONFIRMED:
            return False
        is_new = finding.id not in self._confirmed
        self._confirmed.add(finding.id)
        return is_new

    def _confirm(self, finding: Finding) -> None:
        held = self._held(finding)
        if held is Decision.QUIET_HOURS:
            self._confirmed_in_quiet.append(finding.id)
        elif held is None and self._delivery.is_on_desktop(Event.CONFIRMED):
            self._notifications.confirm(self.rule, finding)

    def end_quiet(self) -> None:
        """Report the findings confirmed during quiet hours, if they are still reported."""
        confirmed, self._confirmed_in_quiet = self._confirmed_in_quiet, []
        for finding_id in confirmed:
            pending = self._alert_of(finding_id)
            finding = None if pending is None else pending.findings[finding_id]
            if finding is not None and finding.verdict is Verdict.CONFIRMED:
                self._confirm(finding)

    def _let_go(self, finding: Finding, *, is_own: bool = False) -> list[Action]:
        """Withdraw a finding that no longer deserves an alert or has left."""
        if not self._has_told(finding):
            self._duplicates.forget(finding)
        return self._notifications.let_go(self.rule, finding, is_own=is_own)

    def _has_newer(self, finding: Finding) -> bool:
        """Whether it is a repeat, reported too early, whose newest row is reported as well."""
        newest = self._duplicates.newest_of(finding) if finding.is_repeat else None
        if newest is None or newest == finding.id:
            return False
        return self._alert_of(newest) is not None

    def _let_older_go(self, newest: Finding, *, is_own: bool = False) -> list[Action]:
        """Withdraw an older row of a finding whose newest row is unreported, and needs no alert."""
        older = None if newest.is_repeat else self._duplicates.older_of(newest)
        pending = None if older is None else self._alert_of(older)
        if older is None or pending is None:
            return []
        return self._notifications.let_go(self.rule, pending.findings[older], is_own=is_own)

    def _is_told_otherwise(self, finding: Finding) -> bool:
        """Whether another row of the same problem is or will be reported: of a retry (T-9)."""
        if finding.is_repeat or self._duplicates.has_older(finding):
            return True
        older = self._duplicates.older_of(finding)  # known to be a repeat, but not of when (T-9)
        pending = None if older is None else self._alert_of(older)
        return older is not None and pending is not None and pending.findings[older].is_repeat

    def follow_first_read(self, finding: Finding) -> list[Action]:
        """Put a row that its scan held when it was added into a summary, or withdraw an older."""
        self._is_confirmed_now(finding)  # it was found that way, so it is no news
        if not self._is_to_tell(finding):
            self._note_withdrawn(finding)
            return self._let_older_go(finding)
        self._withdrawn.pop(finding.id, None)
        is_known = self._notifications.knows(self.rule, finding.id)
        if is_known or self._is_told_otherwise(finding):
            return []
        scan_id, held = finding.scan_id, self._held(finding)
        if self.rule.level is Level.URGENT and (self._is_inbox_only or held is not None):
            self._write_down(finding, is_news=True)  # no summary has a line for it now
        if self._is_inbox_only or held is Decision.MUTED:
            self._notifications.silence(self.rule, finding.id)
        elif scan_id in self._silent_first_reads:
            self._notifications.silence(self.rule, finding.id)
            self._silenced.append(record_of(self.rule.event, finding))
        elif (digest := self._digest_of(scan_id)) is not None:
            self._put_in_digest(finding, digest)
        else:
            if scan_id not in self._first_reads:
                self._first_reads[scan_id] = self._notifications.begin(self.rule)
            self._put(finding, self._first_reads[scan_id])
        return []

    def _put_in_digest(self, finding: Finding, digest: PendingAlert) -> None:
        if self.rule.event is digest.rule.event:
            self._put(finding, digest)
        else:  # a digest reports only the number of others
            self._notifications.silence(self.rule, finding.id)

    def _put(self, finding: Finding, pending: PendingAlert) -> None:
        self._notifications.put(self.rule.event, finding, pending)
        self._duplicates.put(finding)
