"""What came while we were away is one notification (behaviour.md 2.5, rules 4 and 6)."""

import pytest

from heimdall_desktop.domain.alerts.alert import Alert, Decision, NotifiedRecord, Retraction
from heimdall_desktop.domain.alerts.delivery import COLLECT_S, GAP_S
from heimdall_desktop.domain.facts import observation
from heimdall_desktop.domain.facts.change import ScanMoved, ScanRemoved
from heimdall_desktop.domain.facts.choices import AlertChoices, EventChoice
from heimdall_desktop.domain.facts.finding import FindingStatus, Severity
from heimdall_desktop.domain.facts.observation import Connection
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.presentation.alerts.alert_text import body_of, outcome, title_of
from tests.fakes import alert_policy
from tests.fakes.alert_policy import OTHER_SCAN, THIRD_SCAN, Alerts, critical, only, titles
from tests.fakes.findings import SCAN_ID, finding_id, make_finding

# -- after a rest of the machine --


def asleep(alerts: Alerts) -> Scan:
    """Watch a scan, and let the computer sleep."""
    scan = alerts.scan(SCAN_ID)
    alerts.sleep()
    return scan


def test_after_a_rest_one_notification_reports_all_scans(alerts: Alerts) -> None:
    shop, other = alerts.scan(SCAN_ID), alerts.scan(OTHER_SCAN)
    alerts.sleep()
    highs = [make_finding(n, severity=Severity.HIGH) for n in range(40, 54)]
    assert alerts.list_rows(shop, *map(critical, range(4)), *highs) == []
    found = [critical(n, scan_id=OTHER_SCAN) for n in (20, 21)]
    digest = only(alerts.list_rows(other, *found))
    assert title_of(digest) == "While you were away: 6 critical, 14 high"
    assert body_of(digest) == "repo-8 4, repo-0 2"
    assert digest.finding_id == finding_id(21)
    assert (digest.scan_id, digest.scan_ids) == (OTHER_SCAN, [OTHER_SCAN, SCAN_ID])
    assert len(digest.records) == 6
    assert alerts.after(100) == []


def test_twenty_criticals_found_during_sleep_are_one_notification(alerts: Alerts) -> None:
    shop = asleep(alerts)
    assert alerts.find(*range(5)) == []
    assert alerts.after(1) == []
    assert alerts.find(*range(5, 20)) == []
    assert titles(alerts.list_rows(shop)) == ["While you were away: 20 critical"]
    assert titles(alerts.find(30)) == ["Critical: Hole 30"]


def test_the_digest_says_which_scans_have_ended(alerts: Alerts) -> None:
    shop, other, third = (alerts.scan(scan_id) for scan_id in (SCAN_ID, OTHER_SCAN, THIRD_SCAN))
    alerts.sleep()
    alerts.answer(shop, "completed", total=2)
    alerts.answer(other, "completed")
    alerts.answer(third, "failed")
    alerts.list_rows(other)
    alerts.list_rows(third)
    digest = only(alerts.list_rows(shop, critical(1), critical(2)))
    assert title_of(digest) == "While you were away: 2 critical"
    assert body_of(digest) == "2 scans finished, 1 failed"


def test_a_scan_that_had_ended_before_is_not_notified_as_news(alerts: Alerts) -> None:
    shop, other = alerts.scan(SCAN_ID), alerts.scan(OTHER_SCAN)
    alerts.now_s = 1
    alerts.answer(other, "completed")
    alerts.sleep()
    alerts.list_rows(other)
    assert body_of(only(alerts.list_rows(shop, critical(1), critical(2)))) == "repo-8 2"


def test_a_lone_critical_finding_keeps_its_ordinary_words(alerts: Alerts) -> None:
    shop = asleep(alerts)
    assert titles(alerts.list_rows(shop, critical(1))) == ["Critical: Hole 1"]


def test_without_a_critical_finding_nothing_is_notified(alerts: Alerts) -> None:
    shop = asleep(alerts)
    alerts.answer(shop, "completed", total=2)
    highs = [make_finding(n, severity=Severity.HIGH) for n in (1, 2)]
    assert alerts.list_rows(shop, *highs) == []
    assert alerts.after(COLLECT_S) == []


@pytest.mark.parametrize("stays", [True, False])
def test_t26_a_failure_alone_is_notified_once_it_has_stayed(alerts: Alerts, *, stays: bool) -> None:
    shop = alerts.scan(SCAN_ID)
    alerts.list_rows(shop, make_finding(1))
    alerts.sleep()
    alerts.answer(shop, "failed", total=1)
    assert alerts.list_rows(shop) == []
    if not stays:
        assert alerts.after(COLLECT_S) == []
        return
    digest = only(alerts.settle(shop))
    assert (title_of(digest), body_of(digest)) == ("While you were away: 1 scan failed", "repo-8")
    assert (digest.scan_id, digest.finding_id) == (SCAN_ID, None)
    assert [each.finding_id for each in digest.records] == ["failed"]


def test_a_listing_that_began_before_the_rest_does_not_complete_the_digest(alerts: Alerts) -> None:
    shop = asleep(alerts)
    shop.observe(observation.ListingEnded(SCAN_ID, 5.0, 1, 1, is_whole=True))
    assert alerts.find(1, 2) == []
    assert titles(alerts.list_rows(shop)) == ["While you were away: 2 critical"]


def test_rows_that_are_still_pending_are_waited_for(alerts: Alerts) -> None:
    """The scan knows its listing before the desk is reported of the rows in it."""
    shop = asleep(alerts)
    rows = (critical(1), critical(2))
    changes = shop.observe(observation.FindingsListed(SCAN_ID, 600, rows))
    changes += shop.observe(observation.ListingEnded(SCAN_ID, 600, 2, 2, is_whole=True))
    assert alerts.after(0.1) == []
    assert titles(alerts.take(*changes)) == ["While you were away: 2 critical"]


def test_the_lines_of_what_a_digest_counts_say_so(alerts: Alerts) -> None:
    alerts.delivery.choices = AlertChoices((EventChoice("high", on_desktop=True),))
    shop = asleep(alerts)
    high = make_finding(3, severity=Severity.HIGH)
    title = "While you were away: 2 critical, 1 high"
    digest = only(alerts.list_rows(shop, critical(1), critical(2), high))
    assert title_of(digest) == title
    alerts.inbox.decide(digest, Decision.NOTIFIED)
    merged = f"Merged into “{title}”"
    assert sorted(map(outcome, alerts.inbox.lines)) == [merged, merged, "Shown on the desktop"]


def test_a_scan_that_stays_silent_holds_the_digest_for_30_s(alerts: Alerts) -> None:
    shop, silent = alerts.scan(SCAN_ID), alerts.scan(OTHER_SCAN)
    alerts.sleep()
    assert alerts.list_rows(shop, critical(1), critical(2)) == []
    assert alerts.after(COLLECT_S - 0.1) == []
    assert titles(alerts.after(0.1)) == ["While you were away: 2 critical"]
    assert titles(alerts.find(9)) == ["Critical: Hole 9"]
    alerts.now_s += 20
    alerts.answer(silent)
    found = [critical(n, scan_id=OTHER_SCAN) for n in (3, 4)]
    assert titles(alerts.list_rows(silent, *found)) == ["While you were away: 2 critical"]


@pytest.mark.parametrize("how", [Connection.SIGNED_OUT, Connection.GONE, Connection.ENDED])
def test_a_scan_that_is_not_polled_holds_nothing(alerts: Alerts, how: Connection) -> None:
    shop, other = alerts.scan(SCAN_ID), alerts.scan(OTHER_SCAN)
    alerts.hear(other, how)
    alerts.sleep()
    assert titles(alerts.list_rows(shop, critical(1)))[0] == "Critical: Hole 1"


def test_a_second_sleep_starts_the_wait_again(alerts: Alerts) -> None:
    shop = asleep(alerts)
    alerts.find(1)
    alerts.now_s = 1200
    alerts.policy.wake()
    assert alerts.after(0) == []
    assert titles(alerts.list_rows(shop, critical(2))) == ["While you were away: 2 critical"]


# -- after a silence of the server --


def test_a_server_that_was_away_for_long_makes_one_digest(alerts: Alerts) -> None:
    scans = [alerts.scan(scan_id) for scan_id in (SCAN_ID, OTHER_SCAN)]
    alerts.after(GAP_S + 1)
    alerts.now_s += 5
    for scan in scans:
        alerts.answer(scan, total=2)
    found = [critical(n, scan_id=OTHER_SCAN) for n in (3, 4)]
    assert alerts.list_rows(scans[1], *found) == []
    digest = only(alerts.list_rows(scans[0], critical(1), critical(2)))
    assert title_of(digest) == "While you were away: 4 critical"


def test_a_short_silence_makes_none(alerts: Alerts) -> None:
    shop = alerts.scan(SCAN_ID)
    assert alerts.after(GAP_S - 1) == []
    alerts.answer(shop, total=2)
    assert titles(alerts.find(1)) == ["Critical: Hole 1"]
    assert titles(alerts.list_rows(shop, critical(2))) == []


def test_other_scans_are_notified_at_once_meanwhile(alerts: Alerts) -> None:
    alerts.scan(SCAN_ID)
    other = alerts.scan(OTHER_SCAN)
    for _ in range(8):
        alerts.after(10)
        alerts.answer(other)
    assert titles(alerts.find(1, scan_id=OTHER_SCAN)) == ["Critical: Hole 1"]


def test_a_server_that_is_back_with_nothing_new_holds_nothing_back(alerts: Alerts) -> None:
    shop = alerts.scan(SCAN_ID)
    alerts.after(GAP_S + 1)
    alerts.now_s += 5
    alerts.answer(shop)
    assert alerts.take(ScanMoved(SCAN_ID)) == []
    assert titles(alerts.find(1)) == ["Critical: Hole 1"]


# -- after a restart --


def history(alerts: Alerts, *numbers: int) -> Scan:
    """A scan of the last session, with these criticals, as its history makes it."""
    scan = alerts.scans[SCAN_ID] = Scan(SCAN_ID, alert_policy.SERVER)
    rows = tuple(map(critical, numbers))
    counts = observation.Counts(len(rows), len(rows))
    scan.observe(observation.LiveRead(SCAN_ID, -50.0, "hunting", None, None, counts, (), ()))
    changes = scan.observe(observation.FindingsListed(SCAN_ID, -50.0, rows))
    scan.observe(observation.ListingEnded(SCAN_ID, -50.0, len(rows), len(rows), is_whole=True))
    alerts.policy.restore(SCAN_ID, is_remembered=True)
    assert alerts.take(*changes) == []
    return scan


def test_after_a_restart_only_what_is_new_is_notified(alerts: Alerts) -> None:
    alerts.policy.recall(
        NotifiedRecord(SCAN_ID, finding_id(n), critical(n).fingerprint) for n in (1, 2)
    )
    scan = history(alerts, 1, 2)
    alerts.now_s = 2.0
    alerts.answer(scan, "completed", total=5)
    digest = only(alerts.list_rows(scan, *map(critical, range(1, 6))))
    assert title_of(digest) == "While you were away: 3 critical"
    assert body_of(digest) == "1 scan finished"
    reported = [each.finding_id for each in digest.records]
    assert reported == [*map(finding_id, (3, 4, 5)), "finished"]


def test_what_was_read_but_not_notified_before_the_end_is_notified(alerts: Alerts) -> None:
    alerts.policy.recall([NotifiedRecord(SCAN_ID, finding_id(1), critical(1).fingerprint)])
    scan = history(alerts, 1, 2)
    assert titles(alerts.list_rows(scan)) == ["Critical: Hole 2"]


def test_a_failure_that_was_in_doubt_at_the_end_is_notified(alerts: Alerts) -> None:
    scan = alerts.scans[SCAN_ID] = Scan(SCAN_ID, alert_policy.SERVER)
    changes = alert_policy.fail(scan, -50.0)
    alerts.policy.restore(SCAN_ID, is_remembered=True)
    assert alerts.take(*changes) == []
    alerts.list_rows(scan)
    assert titles(alerts.fail(scan, is_settled=True)) == ["Scan of repo-8 stopped"]


def test_without_a_memory_nothing_counts_as_new(alerts: Alerts) -> None:
    scan = alerts.scans[SCAN_ID] = Scan(SCAN_ID, alert_policy.SERVER)
    alerts.policy.restore(SCAN_ID, is_remembered=False)
    assert alerts.list_rows(scan, critical(1), critical(2)) == []
    assert alerts.after(COLLECT_S) == []


def test_without_a_memory_what_a_scan_holds_when_it_is_added_again_is_notified(
    alerts: Alerts,
) -> None:
    alerts.policy.restore(SCAN_ID, is_remembered=False)
    alerts.take(ScanRemoved(SCAN_ID))
    alerts.listed.add(SCAN_ID)
    assert titles(alerts.hold(1, 2)) == ["2 new critical findings in repo-8"]


# -- rule 6 --


def digest_alert(alerts: Alerts) -> Alert:
    shop = asleep(alerts)
    highs = [make_finding(n, severity=Severity.HIGH) for n in (10, 11)]
    return only(alerts.list_rows(shop, *map(critical, (1, 2, 3)), *highs))


def test_rule_6_a_digest_is_counted_again_when_some_are_triaged(alerts: Alerts) -> None:
    digest = digest_alert(alerts)
    assert title_of(digest) == "While you were away: 3 critical, 2 high"
    again = only(alerts.change(2, status=FindingStatus.DISMISSED))
    assert (again.key, title_of(again)) == (digest.key, "While you were away: 2 critical, 2 high")
    assert again.records == ()
    done = make_finding(10, severity=Severity.HIGH, status=FindingStatus.FIXED)
    assert alerts.add(done) == []
    last = only(alerts.change(3, status=FindingStatus.DISMISSED))
    assert title_of(last) == "While you were away: 1 critical, 1 high"


def test_rule_6_a_digest_is_withdrawn_when_all_are_triaged(alerts: Alerts) -> None:
    digest = digest_alert(alerts)
    for number in (1, 2):
        alerts.change(number, status=FindingStatus.CONFIRMED)
    assert alerts.change(3, status=FindingStatus.FIXED) == [Retraction(digest.key)]


def test_rule_6_what_was_triaged_before_the_digest_is_left_out(alerts: Alerts) -> None:
    shop = asleep(alerts)
    alerts.find(1, 2, 3)
    assert alerts.change(2, severity=Severity.LOW) == []
    assert titles(alerts.list_rows(shop)) == ["While you were away: 2 critical"]


# -- no notification about the connection itself --


def test_a_server_that_returns_within_a_minute_is_not_reported(alerts: Alerts) -> None:
    shop = alerts.scan(SCAN_ID)
    names = ("RECONNECTING", "STALE", "CONNECTING", "LIVE")
    for how in map(Connection.__getitem__, names):
        alerts.hear(shop, how)
        assert alerts.take(ScanMoved(SCAN_ID)) == []
        assert alerts.after(14) == []
    alerts.answer(shop)
    assert alerts.list_rows(shop) == []
