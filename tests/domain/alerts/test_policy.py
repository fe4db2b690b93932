"""Which findings are reported, once, and withdrawn (behaviour.md 2.5, rules 1 and 6; T-9)."""

import gc
from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from heimdall_desktop.domain.alerts import alert, policy
from heimdall_desktop.domain.alerts.alert import (
    Action,
    Decision,
    InboxLine,
    NotifiedRecord,
    Retraction,
    Updated,
)
from heimdall_desktop.domain.alerts.rules import Event
from heimdall_desktop.domain.facts import change
from heimdall_desktop.domain.facts.choices import MUTE_FOR, AlertChoices
from heimdall_desktop.domain.facts.finding import (
    Confidence,
    FindingStatus,
    ScanId,
    Severity,
    Source,
)
from heimdall_desktop.domain.facts.observation import StageSeen
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.table.table_layout import SavedView
from heimdall_desktop.presentation.alerts.alert_text import body_of, outcome, title_of
from heimdall_desktop.presentation.alerts.event_text import TITLE_LIMIT
from tests.fakes.alert_policy import OTHER_SCAN, SERVER, Alerts, critical, only, titles
from tests.fakes.findings import FOUND_AT, SCAN_ID, finding_id, make_finding


def test_the_first_critical_finding_is_notified_at_once(alerts: Alerts) -> None:
    alert = only(alerts.find(1))
    assert title_of(alert) == "Critical: Hole 1"
    assert body_of(alert) == "repo-8, orders.py:88. Not yet verified."
    assert (alert.scan_id, alert.finding_id) == (SCAN_ID, finding_id(1))


def test_an_announced_finding_that_the_server_does_not_have_is_withdrawn(alerts: Alerts) -> None:
    announced = make_finding(1, severity=Severity.CRITICAL, is_announced=True)
    alert = only(alerts.add(announced))
    dropped = change.FindingDropped(announced)
    assert alerts.take(dropped) == [Retraction(alert.key)]
    assert alerts.take(dropped) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("severity", severity) for severity in (Severity.HIGH, Severity.LOW, Severity.OTHER)),
        *(("status", each) for each in FindingStatus if each.value not in ("open", "other")),
    ],
)
def test_rule_6_lowered_or_triaged_is_not_notified_or_withdrawn(
    alerts: Alerts, name: str, value: object
) -> None:
    fields: dict[str, Any] = {name: value}
    assert alerts.add(critical(1, **fields)) == []
    alert = only(alerts.find(2))
    assert alerts.change(2, **fields) == [Retraction(alert.key)]


def test_rule_1_a_finding_alerts_once(alerts: Alerts) -> None:
    alerts.find(1)
    assert alerts.find(1) == []
    assert alerts.change(1, title="Renamed") == []
    assert alerts.after(100) == []


WITHDRAWN: list[dict[str, Any]] = [{"severity": Severity.LOW}, {"status": FindingStatus.DISMISSED}]


def withdraw_and_return(alerts: Alerts, passed_s: float, **fields: Any) -> list[Action]:
    """Withdraw finding 1, and let it be as it was after a while; return what that leads to."""
    withdrawn = critical(1, **fields)
    alerts.turn(withdrawn, critical(1))
    alerts.after(passed_s)
    return alerts.turn(critical(1), withdrawn)


@pytest.mark.parametrize("fields", WITHDRAWN)
def test_rule_1_a_finding_that_returns_is_notified_again_once_in_ten_minutes(
    alerts: Alerts, fields: dict[str, Any]
) -> None:
    alerts.find(1, 2)
    alerts.inbox.mark_all_read()
    assert withdraw_and_return(alerts, 599, **fields) == []
    newest = alerts.inbox.lines[0]
    assert (newest.title, newest.is_unread) == ("Critical: Hole 1", True)
    assert outcome(newest) == "Inbox only: already notified"
    assert titles(withdraw_and_return(alerts, 1, **fields)) == ["Critical: Hole 1"]
    alerts.inbox.mark_all_read()
    assert withdraw_and_return(alerts, 300, **fields) == []
    assert alerts.inbox.unread == 1
    assert titles(withdraw_and_return(alerts, 600, **fields)) == ["Critical: Hole 1"]
    lines = sorted(line.title for line in alerts.inbox.lines)
    assert lines == ["Critical: Hole 1", "Critical: Hole 2"]


def test_rule_1_a_return_in_the_next_session_may_be_within_ten_minutes(alerts: Alerts) -> None:
    alert = only(alerts.find(1))
    later = Alerts()
    later.inbox.restore(alerts.inbox.lines)
    later.policy.recall(alert.records, alerts.inbox.lines)
    later.hold(1)
    assert withdraw_and_return(later, 10, severity=Severity.LOW) == []
    assert titles(withdraw_and_return(later, 600, severity=Severity.LOW)) == ["Critical: Hole 1"]


@pytest.mark.parametrize(("passed_s", "notified"), [(599, []), (600, ["Critical: Hole 1"])])
def test_rule_1_a_finding_that_the_server_lacked_and_then_lists_has_returned(
    alerts: Alerts, passed_s: float, notified: list[str]
) -> None:
    announced = critical(1, is_announced=True)
    alerts.add(announced)
    alerts.take(change.FindingDropped(announced))
    alerts.inbox.mark_all_read()
    alerts.after(passed_s)
    assert titles(alerts.find(1)) == notified
    [line] = alerts.inbox.lines
    assert (line.title, line.is_unread, line.withdrawal) == ("Critical: Hole 1", True, None)


def test_rule_1_what_was_muted_and_returns_later_is_notified(alerts: Alerts) -> None:
    alerts.delivery.choices = AlertChoices().with_mute(SCAN_ID, FOUND_AT + MUTE_FOR)
    assert alerts.find(1) == []
    alerts.local_now += MUTE_FOR
    assert titles(withdraw_and_return(alerts, 1, severity=Severity.LOW)) == ["Critical: Hole 1"]


def test_rule_1_a_return_by_my_own_decision_is_no_news(alerts: Alerts) -> None:
    alerts.policy.is_own = lambda after, before: after.status_text == "open" != before.status_text
    alerts.find(1)
    alerts.inbox.mark_all_read()
    assert withdraw_and_return(alerts, 700, status_text="dismissed", **WITHDRAWN[1]) == []
    assert alerts.inbox.unread == 0
    returned = withdraw_and_return(alerts, 700, severity_text="low", **WITHDRAWN[0])
    assert titles(returned) == ["Critical: Hole 1"]


def test_a_finding_that_becomes_critical_is_notified(alerts: Alerts) -> None:
    assert titles(alerts.change(1)) == ["Critical: Hole 1"]


def test_rule_1_what_a_new_scan_holds_becomes_one_summary_once_it_is_listed(alerts: Alerts) -> None:
    assert alerts.hold(1, 2, 3) == []
    assert titles(alerts.end_listing()) == ["3 new critical findings in repo-8"]
    assert alerts.take(change.ScanMoved(SCAN_ID)) == []


def test_a_summary_opens_the_latest_which_it_names(alerts: Alerts) -> None:
    ages = {n: FOUND_AT - timedelta(minutes=n) for n in (1, 2, 3)}  # listed the youngest first
    held = [critical(n, created_at=at) for n, at in ages.items()]
    alerts.add(*held, is_first_read=True)
    alert = only(alerts.end_listing())
    assert (body_of(alert), alert.finding_id) == ("Latest: Hole 1 in orders.py:88", held[0].id)


@pytest.mark.parametrize("numbers", [(1, 2), (2,)])
def test_rule_1_a_summary_leaves_out_what_was_withdrawn_before(
    alerts: Alerts, numbers: tuple[int, ...]
) -> None:
    alerts.hold(*numbers)
    alerts.change(2, status=FindingStatus.FALSE_POSITIVE)
    assert titles(alerts.end_listing()) == ["Critical: Hole 1"] * (len(numbers) - 1)


def test_a_scan_of_the_last_session_says_nothing_of_what_it_holds(alerts: Alerts) -> None:
    scan = alerts.scans[SCAN_ID] = Scan(SCAN_ID, SERVER)
    alerts.policy.restore(SCAN_ID, is_remembered=False)
    alerts.listed.add(SCAN_ID)
    assert alerts.list_rows(scan, critical(1)) == []
    assert alerts.policy.take_silenced() == [notified_before(1)]
    assert alerts.policy.take_silenced() == []
    assert alerts.change(1, title="Renamed") == []
    assert titles(alerts.find(2)) == ["Critical: Hole 2"]


def test_rule_6_of_several_only_those_that_still_hold_are_notified(alerts: Alerts) -> None:
    alerts.find(1, 2, 3)
    assert titles(alerts.change(2, severity=Severity.LOW)) == ["2 new critical findings in repo-8"]
    assert titles(alerts.change(3, severity=Severity.LOW)) == ["Critical: Hole 1"]


def test_rule_6_what_is_lowered_together_is_said_once(alerts: Alerts) -> None:
    alerts.find(1, 2, 3, 4)
    lowered = [critical(number, severity=Severity.LOW) for number in (1, 2, 3)]
    changes = [change.FindingReplaced(each, critical(n)) for n, each in enumerate(lowered, 1)]
    assert titles(alerts.take(*changes)) == ["Critical: Hole 4"]


def test_rule_6_a_finding_withdrawn_before_its_window_ended_is_never_notified(
    alerts: Alerts,
) -> None:
    alerts.find(1)
    alerts.find(2, 3)
    assert alerts.change(2, status=FindingStatus.FALSE_POSITIVE) == [], "it was never notified"
    assert titles(alerts.after(11)) == ["2 new critical findings in repo-8"]
    last = only(alerts.change(1, severity=Severity.LOW))
    assert title_of(last) == "Critical: Hole 3"


def test_rule_6_a_scan_that_leaves_takes_its_notifications_along(alerts: Alerts) -> None:
    alerts.find(1)
    alerts.find(2, scan_id=OTHER_SCAN)
    alerts.find(3)
    assert titles(alerts.take(change.ScanRemoved(SCAN_ID))) == ["withdrawn"]
    assert alerts.after(11) == []
    assert alerts.change(1, severity=Severity.LOW) == []


def test_a_scan_that_the_server_forgot_withdraws_its_notifications(alerts: Alerts) -> None:
    alerts.find(1)
    assert titles(alerts.take(change.ScanEmptied(SCAN_ID))) == ["withdrawn"]
    assert alerts.hold(1) == []


def test_t09_the_newest_row_is_notified_in_place_of_an_older_one_that_is_dismissed(
    alerts: Alerts,
) -> None:
    first = only(alerts.find(1))
    alerts.attempt_starts.append(FOUND_AT + timedelta(hours=1))
    again = {"title": "Hole 1", "fingerprint": critical(1).fingerprint}
    newer = critical(2, created_at=FOUND_AT + timedelta(hours=2), **again)
    older = critical(1, is_repeat=True)
    assert alerts.take(change.FindingAdded(newer), change.FindingReplaced(older, critical(1))) == []
    dismissed = replace(older, status=FindingStatus.DISMISSED)
    alert = only(alerts.turn(dismissed, older))
    assert (alert.key, alert.finding_id, alert.records) == (first.key, newer.id, ())
    [line] = alerts.inbox.lines
    assert (line.finding_id, line.withdrawal) == (newer.id, None)
    lowered = replace(newer, severity=Severity.LOW)
    assert titles(alerts.turn(lowered, newer)) == ["withdrawn"]


def test_t09_a_repeat_of_a_retried_scan_is_not_notified_beside_its_newest_row(
    alerts: Alerts,
) -> None:
    assert alerts.add(critical(1, is_repeat=True)) == []
    assert len(alerts.add(critical(2))) == 1


def test_a_scan_that_comes_and_leaves_in_one_batch_is_not_notified(alerts: Alerts) -> None:
    assert alerts.take(change.FindingAdded(critical(1)), change.ScanRemoved(SCAN_ID)) == []


def test_a_scan_that_comes_back_does_not_report_the_same_finding_again(alerts: Alerts) -> None:
    alerts.find(1)
    alerts.take(change.ScanRemoved(SCAN_ID))
    assert alerts.find(1) == []


def test_a_scan_that_comes_back_reports_what_had_waited_for_its_window(alerts: Alerts) -> None:
    alerts.find(1)
    assert alerts.find(2) == []
    alerts.take(change.ScanRemoved(SCAN_ID))
    alerts.hold(1, 2)
    assert titles(alerts.end_listing()) == ["Critical: Hole 2"]


@pytest.mark.parametrize(
    ("has_reviewed", "title", "says"),
    [
        (True, "Confirmed critical: Hole 1", "The validator agrees."),
        (False, "Critical: Hole 1", "High confidence."),
    ],
)
def test_a_finding_is_called_confirmed_where_a_stage_that_confirms_has_run(
    alerts: Alerts, has_reviewed: bool, title: str, says: str
) -> None:
    scan = alerts.scan(SCAN_ID)
    if has_reviewed:
        scan.observe(StageSeen(SCAN_ID, 1.0, FOUND_AT, "vidarr", "running", None))
    sure = critical(1, source=Source.AI, confidence=Confidence.HIGH)
    alert = only(alerts.add(sure))
    assert (title_of(alert), alert.news) == (title, (Event.CRITICAL, Event.CONFIRMED))
    assert body_of(alert) == f"repo-8, orders.py:88. {says}"
    assert [line.title for line in alerts.inbox.lines] == [title]
    more = [critical(number, source=Source.AI, confidence=Confidence.HIGH) for number in (2, 3)]
    alerts.add(*more, critical(4, poc_validated=True))
    summary = only(alerts.after(100))
    words = "4 confirmed" if has_reviewed else "1 confirmed, 3 with high confidence"
    assert body_of(summary) == f"Latest: Hole 4 in orders.py:88. {words}."
    changed = replace(sure, confidence=Confidence.MEDIUM)
    alerts.turn(changed, sure)
    alerts.turn(sure, changed)
    assert alerts.inbox.lines[-1].title == title


def test_several_of_high_confidence_are_not_called_confirmed(alerts: Alerts) -> None:
    alerts.scan(SCAN_ID)
    for number in (1, 2):
        alerts.add(critical(number, source=Source.AI, confidence=Confidence.HIGH))
    summary = only(alerts.after(100))
    assert body_of(summary) == "Latest: Hole 2 in orders.py:88. 2 with high confidence."


def test_long_and_hostile_titles_are_cut_to_one_line(alerts: Alerts) -> None:
    alert = only(alerts.add(critical(1, title="a\nb\x1b[31m " + "x" * 5000)))
    assert len(title_of(alert)) <= TITLE_LIMIT
    assert title_of(alert).isprintable()


def notified_before(number: int, fingerprint: str | None = None) -> NotifiedRecord:
    print_ = critical(number).fingerprint if fingerprint is None else fingerprint
    return NotifiedRecord(SCAN_ID, finding_id(number), print_)


def test_a_finding_notified_by_an_earlier_session_is_never_notified_again(alerts: Alerts) -> None:
    alerts.policy.recall([notified_before(1)])
    assert alerts.find(1) == []
    assert alerts.change(1, title="Renamed") == []
    assert titles(alerts.find(1, 2)) == ["Critical: Hole 2"]


def test_t9_nor_is_its_twin_of_a_later_attempt(alerts: Alerts) -> None:
    alerts.policy.recall([notified_before(1, "abc")])
    assert alerts.add(critical(2, fingerprint="abc")) == []
    other = critical(3, fingerprint="abc", scan_id=OTHER_SCAN)
    assert titles(alerts.add(other)) == ["Critical: Hole 3"]


def test_t9_after_a_restart_its_line_leads_to_the_newest_row_still(alerts: Alerts) -> None:
    line = InboxLine(finding_id(1), "", "", SCAN_ID, "repo-8", finding_id(2), FOUND_AT)
    alerts.inbox.restore([line])
    alerts.policy.recall([], [line])
    alerts.change(1, title="Renamed")
    assert alerts.inbox.lines == [line]


def test_findings_without_a_fingerprint_are_no_twins(alerts: Alerts) -> None:
    alerts.policy.recall([notified_before(1, "")])
    assert titles(alerts.add(critical(2, fingerprint=""))) == ["Critical: Hole 2"]


# Two rows of a finding: a retry found it again. The newest may be refuted.
TWIN: dict[str, Any] = {"title": "Hole", "fingerprint": "abc", "file_path": "a.py"}
ONE, NEWEST = critical(1, **TWIN), critical(2, created_at=FOUND_AT + timedelta(seconds=90), **TWIN)
REPEAT = replace(ONE, is_repeat=True)
REFUTED = replace(NEWEST, status=FindingStatus.FALSE_POSITIVE)


def test_t9_within_one_session_a_twin_is_one_of_a_later_attempt(alerts: Alerts) -> None:
    alerts.add(critical(1, fingerprint="abc"))
    alerts.after(11)
    same_attempt = critical(2, fingerprint="abc", created_at=FOUND_AT + timedelta(seconds=5))
    assert titles(alerts.add(same_attempt)) == ["Critical: Hole 2"]
    alerts.after(11)
    alerts.attempt_starts.append(FOUND_AT + timedelta(seconds=60))
    retried = critical(3, fingerprint="abc", created_at=FOUND_AT + timedelta(seconds=90))
    assert alerts.add(retried) == []
    assert Updated(retried.id, Event.CRITICAL, retried, Decision.OTHER_ROW) in alerts.log
    assert alerts.after(11) == []


def test_t9_a_row_that_turns_out_to_be_a_repeat_is_no_longer_counted(alerts: Alerts) -> None:
    """That an attempt has begun between the two may be known only after both were reported."""
    alerts.find(9)
    elsewhere = critical(3, title="Hole", fingerprint="abc", file_path="b.py")
    for finding in (ONE, NEWEST, elsewhere):
        alerts.add(finding)
    summary = only(alerts.after(20))
    assert title_of(summary).startswith("4 new critical findings")
    summary = only(alerts.turn(REPEAT, ONE))
    assert title_of(summary).startswith("3 new critical findings")
    assert alerts.turn(replace(elsewhere, is_repeat=True), elsewhere) == []


def test_t9_a_repeat_leaves_its_alert_for_that_of_its_newest(alerts: Alerts) -> None:
    [first] = alerts.add(ONE)
    assert alerts.after(11) == []
    [second] = alerts.add(NEWEST)
    assert alerts.turn(REPEAT, ONE) == [Retraction(first.key)]
    assert second.key != first.key


def test_t9_the_newest_row_of_what_is_known_to_be_a_repeat_is_not_notified_beside_it(
    alerts: Alerts,
) -> None:
    """The rows may report a retry before the scan does: when its attempt began is not known."""
    [alert] = alerts.add(ONE)
    assert alerts.take(change.FindingReplaced(REPEAT, ONE), change.FindingAdded(NEWEST)) == []
    assert alerts.after(11) == []
    assert alerts.turn(REFUTED, NEWEST) == [Retraction(alert.key)]


def test_t9_a_row_goes_also_where_its_newest_came_with_the_first_listing(alerts: Alerts) -> None:
    """Rows of a retry that the listing meets on its way are none that came later."""
    [alert] = alerts.add(ONE)
    newest = change.FindingAdded(REFUTED, is_first_read=True)
    assert alerts.take(newest, change.FindingReplaced(REPEAT, ONE)) == [Retraction(alert.key)]


@pytest.mark.parametrize("is_known", [True, False])
def test_t9_a_row_is_withdrawn_with_its_newest_reading(alerts: Alerts, *, is_known: bool) -> None:
    """The newest may come refuted before the other is known to be a repeat."""
    [alert] = alerts.add(ONE)
    if is_known:
        alerts.attempt_starts.append(FOUND_AT + timedelta(seconds=60))
        assert alerts.take(change.FindingAdded(NEWEST), change.FindingReplaced(REPEAT, ONE)) == []
        assert alerts.turn(REFUTED, NEWEST) == [Retraction(alert.key)]
    else:
        assert alerts.add(REFUTED) == [Retraction(alert.key)]


def test_t9_the_twin_of_what_was_withdrawn_before_it_was_notified_is_notified(
    alerts: Alerts,
) -> None:
    alerts.attempt_starts.append(FOUND_AT + timedelta(seconds=60))
    alerts.find(9)
    alerts.add(critical(1, fingerprint="abc"))
    alerts.change(1, fingerprint="abc", status=FindingStatus.FALSE_POSITIVE)
    alerts.after(11)
    retried = critical(2, fingerprint="abc", created_at=FOUND_AT + timedelta(seconds=90))
    assert titles(alerts.add(retried)) == ["Critical: Hole 2"]


def test_an_alert_says_what_it_reports_for_the_first_time(alerts: Alerts) -> None:
    first = only(alerts.find(1))
    alerts.find(2)
    merged = only(alerts.after(10))
    recounted = only(alerts.change(1, severity=Severity.LOW))
    assert first.records == (notified_before(1),)
    assert merged.records == (notified_before(2),)
    assert recounted.records == ()


def test_t34_no_end_of_a_scan_makes_a_notification_however_often_it_comes(alerts: Alerts) -> None:
    scan = alerts.scan(SCAN_ID)
    alerts.answer(scan, "completed")
    moved = change.ScanMoved(SCAN_ID)
    assert alerts.take(moved, moved, change.ConnectionMoved(SCAN_ID)) == []
    assert alerts.after(100) == []


# -- what is remembered of removed scans --

MOST = 5


@pytest.fixture
def few_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """Little is remembered of removed scans."""
    monkeypatch.setattr(policy, "LEFT_LIMIT", 2 * MOST)


def scan_number(number: int) -> ScanId:
    return ScanId(f"{number:08}-2f0e-4a0c-9a77-6a3c1b0d4e21")


def watch_and_remove(alerts: Alerts, first: int, last: int) -> None:
    """Let scans come with a finding each, one after another, and go again."""
    for number in range(first, last + 1):
        scan_id = scan_number(number)
        alerts.find(number, scan_id=scan_id)
        alerts.add(make_finding(10_000 + number, scan_id=scan_id))
        alerts.after(120)
        alerts.take(change.ScanRemoved(scan_id))


def alive(kind: type[object]) -> list[object]:
    """Return all objects of a class in this process, where other tests may have left some."""
    gc.collect()
    return [each for each in gc.get_objects() if isinstance(each, kind)]


def rows_kept() -> int:
    return len(alive(alert.Row))


@pytest.mark.usefixtures("few_left")
def test_many_removed_scans_need_no_more_memory_than_some(alerts: Alerts) -> None:
    before = rows_kept()
    watch_and_remove(alerts, 1, MOST)
    of_some = rows_kept()
    assert of_some > before
    watch_and_remove(alerts, MOST + 1, 4 * MOST)
    assert rows_kept() == of_some
    assert alerts.policy.forgotten == {scan_number(number) for number in range(1, 3 * MOST + 1)}


@pytest.mark.usefixtures("few_left")
def test_a_scan_among_the_last_removed_comes_back_without_a_second_report(alerts: Alerts) -> None:
    watch_and_remove(alerts, 1, MOST + 1)
    assert alerts.find(2, scan_id=scan_number(2)) == []
    assert alerts.find(1, scan_id=scan_number(1)) != []


@pytest.mark.usefixtures("few_left")
def test_the_scan_removed_last_is_remembered_however_large_it_is(alerts: Alerts) -> None:
    many = range(1, 4 * MOST)
    alerts.find(*many)
    alerts.take(change.ScanRemoved(SCAN_ID))
    assert alerts.find(*many) == []
    assert alerts.policy.forgotten == set()


@pytest.mark.usefixtures("few_left")
def test_a_scan_that_has_come_back_is_not_forgotten_while_it_is_watched(alerts: Alerts) -> None:
    watch_and_remove(alerts, 1, 1)
    alerts.scan(scan_number(1))
    watch_and_remove(alerts, 2, 3 * MOST)
    assert alerts.find(1, scan_id=scan_number(1)) == []
    assert scan_number(1) not in alerts.policy.forgotten


@pytest.mark.usefixtures("few_left")
def test_views_forget_the_findings_of_scans_that_are_forgotten(alerts: Alerts) -> None:
    views = alerts.policy.views
    views.use([SavedView("Hot", "severity:medium", notifies=True)])
    for number in range(1, 3 * MOST + 1):
        scan_id = scan_number(number)
        alerts.add(make_finding(number, scan_id=scan_id))  # which no view reports
        alerts.add(make_finding(10_000 + number, scan_id=scan_id, severity=Severity.MEDIUM))
        alerts.take(change.ScanRemoved(scan_id))
    assert len(views.reported) == MOST


def test_a_notification_that_was_closed_leaves_with_its_scan(alerts: Alerts) -> None:
    before = {id(each) for each in alive(alert.PendingAlert)}
    alerts.policy.notifications.is_on_desktop = lambda _key: False
    first, *_ = alerts.find(1)
    assert not {id(each) for each in alive(alert.PendingAlert)} <= before
    alerts.after(120)
    assert [each.key for each in alerts.take(change.ScanRemoved(SCAN_ID))] == [first.key]
    assert {id(each) for each in alive(alert.PendingAlert)} <= before
