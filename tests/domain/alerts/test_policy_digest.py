"""What came while we were away is one notification (ux.md 2.5, rules 4 and 6)."""

import pytest

from heimdall_desktop.domain.alerts.alert import (
    Action,
    Alert,
    Decision,
    Retraction,
    ToldRecord,
)
from heimdall_desktop.domain.alerts.delivery import COLLECT_S, GAP_S
from heimdall_desktop.domain.facts.change import FindingAdded, ScanMoved, ScanRemoved
from heimdall_desktop.domain.facts.choices import AlertChoices, EventChoice
from heimdall_desktop.domain.facts.finding import FindingStatus, Severity
from heimdall_desktop.domain.facts.observation import (
    Connection,
    Counts,
    FindingsListed,
    ListingEnded,
    LiveRead,
)
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.presentation.alerts.alert_text import body_of, outcome, title_of
from tests.fakes.alert_policy import OTHER_SCAN, SERVER, THIRD_SCAN, Told, critical, fail, titles
from tests.fakes.findings import SCAN_ID, finding_id, make_finding


@pytest.fixture
def told() -> Told:
    return Told()


def only(actions: list[Action]) -> Alert:
    [alert] = actions
    assert isinstance(alert, Alert)
    return alert


# -- after a rest of the machine --


def test_after_a_rest_one_notification_tells_of_all_scans(told: Told) -> None:
    shop, other = told.scan(SCAN_ID), told.scan(OTHER_SCAN)
    told.now_s = 600
    told.policy.wake()
    highs = [make_finding(n, severity=Severity.HIGH) for n in range(40, 54)]
    assert told.list_rows(shop, *map(critical, range(4)), *highs) == []
    found = [critical(n, scan_id=OTHER_SCAN) for n in (20, 21)]
    digest = only(told.list_rows(other, *found))
    assert title_of(digest) == "While you were away: 6 critical, 14 high"
    assert body_of(digest) == "repo-8 4, repo-0 2"
    assert digest.finding_id == finding_id(21)
    assert (digest.scan_id, digest.scan_ids) == (OTHER_SCAN, [OTHER_SCAN, SCAN_ID])
    assert len(digest.records) == 6
    assert told.after(100) == []


def test_a_rest_of_twenty_criticals_is_one_notification(told: Told) -> None:
    shop = told.scan(SCAN_ID)
    told.now_s = 600
    told.policy.wake()
    assert told.find(*range(5)) == []
    assert told.after(1) == []
    assert told.find(*range(5, 20)) == []
    assert titles(told.list_rows(shop)) == ["While you were away: 20 critical"]
    assert titles(told.find(30)) == ["Critical: Hole 30"]


def test_the_digest_says_which_scans_have_ended(told: Told) -> None:
    shop, other, third = (told.scan(scan_id) for scan_id in (SCAN_ID, OTHER_SCAN, THIRD_SCAN))
    told.now_s = 600
    told.policy.wake()
    told.answer(shop, "completed", total=2)
    told.answer(other, "completed")
    told.answer(third, "failed")
    told.list_rows(other)
    told.list_rows(third)
    digest = only(told.list_rows(shop, critical(1), critical(2)))
    assert (title_of(digest), body_of(digest)) == (
        "While you were away: 2 critical",
        "2 scans finished, 1 failed",
    )


def test_a_scan_that_had_ended_before_is_not_told_as_news(told: Told) -> None:
    shop, other = told.scan(SCAN_ID), told.scan(OTHER_SCAN)
    told.now_s = 1
    told.answer(other, "completed")
    told.now_s = 600
    told.policy.wake()
    told.list_rows(other)
    assert body_of(only(told.list_rows(shop, critical(1), critical(2)))) == "repo-8 2"


def test_a_lone_critical_finding_keeps_its_ordinary_words(told: Told) -> None:
    shop = told.scan(SCAN_ID)
    told.now_s = 600
    told.policy.wake()
    assert titles(told.list_rows(shop, critical(1))) == ["Critical: Hole 1"]


def test_without_a_critical_finding_nothing_is_told(told: Told) -> None:
    shop = told.scan(SCAN_ID)
    told.now_s = 600
    told.policy.wake()
    told.answer(shop, "completed", total=2)
    highs = [make_finding(n, severity=Severity.HIGH) for n in (1, 2)]
    assert told.list_rows(shop, *highs) == []
    assert told.after(COLLECT_S) == []


def test_t26_a_failure_alone_is_told_once_it_has_stayed(told: Told) -> None:
    shop = told.scan(SCAN_ID)
    told.list_rows(shop, make_finding(1))
    told.now_s = 600
    told.policy.wake()
    told.answer(shop, "failed", total=1)
    assert told.list_rows(shop) == []
    digest = only(told.settle(shop))
    assert (title_of(digest), body_of(digest)) == ("While you were away: 1 scan failed", "repo-8")
    assert (digest.scan_id, digest.finding_id) == (SCAN_ID, None)
    assert [each.finding_id for each in digest.records] == ["failed"]


def test_t26_a_failure_alone_that_may_pass_is_not_told(told: Told) -> None:
    shop = told.scan(SCAN_ID)
    told.list_rows(shop, make_finding(1))
    told.now_s = 600
    told.policy.wake()
    told.answer(shop, "failed", total=1)
    assert told.list_rows(shop) == []
    assert told.after(COLLECT_S) == []


def test_a_listing_that_began_before_the_rest_does_not_complete_the_digest(told: Told) -> None:
    shop = told.scan(SCAN_ID)
    told.now_s = 600
    told.policy.wake()
    shop.observe(ListingEnded(SCAN_ID, 5.0, 1, 1, is_whole=True))
    assert told.find(1, 2) == []
    assert titles(told.list_rows(shop)) == ["While you were away: 2 critical"]


def test_rows_that_are_still_pending_are_waited_for(told: Told) -> None:
    """The scan knows its listing before the desk is told of the rows in it."""
    shop = told.scan(SCAN_ID)
    told.now_s = 600
    told.policy.wake()
    rows = (critical(1), critical(2))
    changes = shop.observe(FindingsListed(SCAN_ID, 600, rows))
    changes += shop.observe(ListingEnded(SCAN_ID, 600, 2, 2, is_whole=True))
    assert told.after(0.1) == []
    assert titles(told.take(*changes)) == ["While you were away: 2 critical"]


def test_the_lines_of_what_a_digest_counts_say_so(told: Told) -> None:
    told.policy.delivery.choices = AlertChoices((EventChoice("high", on_desktop=True),))
    shop = told.scan(SCAN_ID)
    told.now_s = 600
    told.policy.wake()
    high = make_finding(3, severity=Severity.HIGH)
    title = "While you were away: 2 critical, 1 high"
    digest = only(told.list_rows(shop, critical(1), critical(2), high))
    assert title_of(digest) == title
    told.inbox.decide(digest, Decision.NOTIFIED)
    merged = f"Merged into “{title}”"
    assert sorted(map(outcome, told.inbox.lines)) == [merged, merged, "Shown on the desktop"]


def test_a_scan_that_stays_silent_holds_the_digest_for_30_s(told: Told) -> None:
    shop, silent = told.scan(SCAN_ID), told.scan(OTHER_SCAN)
    told.now_s = 600
    told.policy.wake()
    assert told.list_rows(shop, critical(1), critical(2)) == []
    assert told.after(COLLECT_S - 0.1) == []
    assert titles(told.after(0.1)) == ["While you were away: 2 critical"]
    assert titles(told.find(9)) == ["Critical: Hole 9"]
    told.now_s += 20
    told.answer(silent)
    found = [critical(n, scan_id=OTHER_SCAN) for n in (3, 4)]
    assert titles(told.list_rows(silent, *found)) == ["While you were away: 2 critical"]


@pytest.mark.parametrize("how", [Connection.SIGNED_OUT, Connection.GONE, Connection.ENDED])
def test_a_scan_nobody_asks_for_holds_nothing(told: Told, how: Connection) -> None:
    shop, other = told.scan(SCAN_ID), told.scan(OTHER_SCAN)
    told.hear(other, how)
    told.now_s = 600
    told.policy.wake()
    assert titles(told.list_rows(shop, critical(1)))[0] == "Critical: Hole 1"


def test_a_second_rest_begins_the_wait_anew(told: Told) -> None:
    shop = told.scan(SCAN_ID)
    told.now_s = 600
    told.policy.wake()
    told.find(1)
    told.now_s = 1200
    told.policy.wake()
    assert told.after(0) == []
    assert titles(told.list_rows(shop, critical(2))) == ["While you were away: 2 critical"]


# -- after a silence of the server --


def test_a_server_that_was_away_for_long_makes_one_digest(told: Told) -> None:
    scans = [told.scan(scan_id) for scan_id in (SCAN_ID, OTHER_SCAN)]
    told.after(GAP_S + 1)
    told.now_s += 5
    for scan in scans:
        told.answer(scan, total=2)
    found = [critical(n, scan_id=OTHER_SCAN) for n in (3, 4)]
    assert told.list_rows(scans[1], *found) == []
    digest = only(told.list_rows(scans[0], critical(1), critical(2)))
    assert title_of(digest) == "While you were away: 4 critical"


def test_a_short_silence_makes_none(told: Told) -> None:
    shop = told.scan(SCAN_ID)
    assert told.after(GAP_S - 1) == []
    told.answer(shop, total=2)
    assert titles(told.find(1)) == ["Critical: Hole 1"]
    assert titles(told.list_rows(shop, critical(2))) == []


def test_other_scans_are_told_at_once_meanwhile(told: Told) -> None:
    told.scan(SCAN_ID)
    other = told.scan(OTHER_SCAN)
    for _ in range(8):
        told.after(10)
        told.answer(other)
    assert titles(told.find(1, scan_id=OTHER_SCAN)) == ["Critical: Hole 1"]


def test_a_server_that_is_back_with_nothing_new_holds_nothing_back(told: Told) -> None:
    shop = told.scan(SCAN_ID)
    told.after(GAP_S + 1)
    told.now_s += 5
    told.answer(shop)
    assert told.take(ScanMoved(SCAN_ID)) == []
    assert titles(told.find(1)) == ["Critical: Hole 1"]


# -- after a restart --


def history(told: Told, *numbers: int) -> Scan:
    """A scan of the last session, with these criticals, as its history makes it."""
    scan = told.scans[SCAN_ID] = Scan(SCAN_ID, SERVER)
    rows = tuple(map(critical, numbers))
    counts = Counts(len(rows), len(rows))
    scan.observe(LiveRead(SCAN_ID, -50.0, "hunting", None, None, counts, (), ()))
    changes = scan.observe(FindingsListed(SCAN_ID, -50.0, rows))
    scan.observe(ListingEnded(SCAN_ID, -50.0, len(rows), len(rows), is_whole=True))
    told.policy.restore(SCAN_ID, is_remembered=True)
    assert told.take(*changes) == []
    return scan


def test_after_a_restart_only_what_is_new_is_told(told: Told) -> None:
    told.policy.recall(ToldRecord(SCAN_ID, finding_id(n), critical(n).fingerprint) for n in (1, 2))
    scan = history(told, 1, 2)
    told.now_s = 2.0
    told.answer(scan, "completed", total=5)
    digest = only(told.list_rows(scan, *map(critical, range(1, 6))))
    assert title_of(digest) == "While you were away: 3 critical"
    assert body_of(digest) == "1 scan finished"
    assert [each.finding_id for each in digest.records] == [
        *(finding_id(n) for n in (3, 4, 5)),
        "finished",
    ]


def test_what_was_read_but_not_told_before_the_end_is_told(told: Told) -> None:
    told.policy.recall([ToldRecord(SCAN_ID, finding_id(1), critical(1).fingerprint)])
    scan = history(told, 1, 2)
    assert titles(told.list_rows(scan)) == ["Critical: Hole 2"]


def test_a_failure_that_was_in_doubt_at_the_end_is_told(told: Told) -> None:
    scan = told.scans[SCAN_ID] = Scan(SCAN_ID, SERVER)
    changes = fail(scan, -50.0)
    told.policy.restore(SCAN_ID, is_remembered=True)
    assert told.take(*changes) == []
    told.list_rows(scan)
    assert titles(told.fail(scan, is_settled=True)) == ["Scan of repo-8 stopped"]


def test_without_a_memory_nobody_knows_what_is_new(told: Told) -> None:
    scan = told.scans[SCAN_ID] = Scan(SCAN_ID, SERVER)
    told.policy.restore(SCAN_ID, is_remembered=False)
    assert told.list_rows(scan, critical(1), critical(2)) == []
    assert told.after(COLLECT_S) == []


def test_without_a_memory_what_a_scan_holds_when_it_is_added_again_is_told(told: Told) -> None:
    told.policy.restore(SCAN_ID, is_remembered=False)
    told.take(ScanRemoved(SCAN_ID))
    told.listed.add(SCAN_ID)
    found = [FindingAdded(critical(number), is_first_read=True) for number in (1, 2)]
    assert titles(told.take(*found)) == ["2 new critical findings in repo-8"]


# -- rule 6 --


def told_digest(told: Told) -> Alert:
    shop = told.scan(SCAN_ID)
    told.now_s = 600
    told.policy.wake()
    highs = [make_finding(n, severity=Severity.HIGH) for n in (10, 11)]
    return only(told.list_rows(shop, *map(critical, (1, 2, 3)), *highs))


def test_rule_6_a_digest_is_counted_anew_when_some_are_triaged(told: Told) -> None:
    digest = told_digest(told)
    assert title_of(digest) == "While you were away: 3 critical, 2 high"
    again = only(told.change(2, status=FindingStatus.DISMISSED))
    assert (again.key, title_of(again)) == (digest.key, "While you were away: 2 critical, 2 high")
    assert again.records == ()


def test_rule_6_a_digest_is_taken_back_when_all_are_triaged(told: Told) -> None:
    digest = told_digest(told)
    for number in (1, 2):
        told.change(number, status=FindingStatus.CONFIRMED)
    assert told.change(3, status=FindingStatus.FIXED) == [Retraction(digest.key)]


def test_rule_6_highs_that_were_triaged_are_left_out_of_the_next_count(told: Told) -> None:
    told_digest(told)
    done = make_finding(10, severity=Severity.HIGH, status=FindingStatus.FIXED)
    assert told.take(FindingAdded(done)) == []
    again = only(told.change(2, status=FindingStatus.DISMISSED))
    assert title_of(again) == "While you were away: 2 critical, 1 high"


def test_rule_6_what_was_triaged_before_the_digest_is_left_out(told: Told) -> None:
    shop = told.scan(SCAN_ID)
    told.now_s = 600
    told.policy.wake()
    told.find(1, 2, 3)
    assert told.change(2, severity=Severity.LOW) == []
    assert titles(told.list_rows(shop)) == ["While you were away: 2 critical"]


# -- no notification about the connection itself --


def test_a_server_that_goes_and_comes_back_within_a_minute_is_not_worth_a_word(told: Told) -> None:
    shop = told.scan(SCAN_ID)
    ways = (Connection.RECONNECTING, Connection.STALE, Connection.CONNECTING, Connection.LIVE)
    for how in ways:
        told.hear(shop, how)
        assert told.take(ScanMoved(SCAN_ID)) == []
        assert told.after(14) == []
    told.answer(shop)
    assert told.list_rows(shop) == []
