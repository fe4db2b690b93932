"""Every finding that alerts has a line; the line follows its finding and says what became of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from heimdall_desktop.domain.alerts.desk import Alert, AlertDesk, ToldFinding, Withdrawal
from heimdall_desktop.domain.alerts.inbox import LINE_LIMIT, Decision, Inbox, InboxLine, InboxPart
from heimdall_desktop.domain.facts.change import (
    FindingAdded,
    FindingDropped,
    FindingReplaced,
    ScanEmptied,
    ScanMoved,
    ScanRemoved,
)
from heimdall_desktop.domain.facts.finding import (
    Confidence,
    Finding,
    FindingStatus,
    ScanId,
    Severity,
)
from tests.fakes.findings import FOUND_AT, SCAN_ID, finding_id, make_finding
from tests.fakes.inbox_lines import make_line

OTHER_SCAN = ScanId("1c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e21")


@pytest.fixture
def inbox() -> Inbox:
    return Inbox(lambda: FOUND_AT, lambda _scan_id: "payments-api")


def critical(number: int, **fields: Any) -> Finding:
    return make_finding(number, severity=Severity.CRITICAL, title=f"Hole {number}", **fields)


def alert_of(*findings: Finding, key: str = "alert-1") -> Alert:
    newest = findings[-1]
    return Alert(key, f"{len(findings)} new ones", "Latest", newest.scan_id, newest.id)


def line_of(inbox: Inbox, key: str) -> InboxLine:
    line = inbox.line(key)
    assert line is not None
    return line


def titles(inbox: Inbox) -> Sequence[str]:
    return [line.title for line in inbox.lines]


def test_a_critical_finding_is_an_unread_line_that_leads_to_it(inbox: Inbox) -> None:
    assert inbox.take([FindingAdded(critical(1)), FindingAdded(make_finding(2))])
    assert inbox.lines == [
        InboxLine(
            finding_id(1),
            "Critical: Hole 1",
            "orders.py:88",
            SCAN_ID,
            "payments-api",
            finding_id(1),
            FOUND_AT,
        )
    ]
    assert inbox.unread == 1


def test_what_was_taken_back_is_unread_no_more_until_it_is_critical_again(inbox: Inbox) -> None:
    withdrawn = critical(1, status=FindingStatus.FALSE_POSITIVE)
    inbox.take([FindingAdded(critical(1)), FindingAdded(critical(2))])
    inbox.take([FindingReplaced(withdrawn, critical(1))])
    line = line_of(inbox, withdrawn.id)
    assert (inbox.unread, line.is_unread, InboxPart.UNREAD.has(line)) == (1, False, False)
    assert not line.sentence.startswith("Unread")
    inbox.take([FindingReplaced(critical(1), withdrawn)])
    assert (inbox.unread, line_of(inbox, withdrawn.id).is_unread) == (2, True)


def test_the_newest_line_comes_first(inbox: Inbox) -> None:
    inbox.take([FindingAdded(critical(1)), FindingAdded(critical(2))])
    assert titles(inbox) == ["Critical: Hole 2", "Critical: Hole 1"]


def test_changes_that_concern_no_line_move_nothing(inbox: Inbox) -> None:
    inbox.take([FindingAdded(critical(1))])
    assert not inbox.take([ScanMoved(SCAN_ID), ScanRemoved(OTHER_SCAN), FindingAdded(critical(1))])


def test_a_finding_that_rises_to_critical_is_news(inbox: Inbox) -> None:
    inbox.take([FindingReplaced(critical(1), make_finding(1))])
    assert titles(inbox) == ["Critical: Hole 1"]


def test_what_a_scan_held_before_is_one_line_for_all(inbox: Inbox) -> None:
    held = [critical(number) for number in range(30)]
    inbox.take(FindingAdded(finding, is_first_read=True) for finding in held)
    assert inbox.lines == []
    inbox.take_alert(alert_of(*held))
    inbox.decide(alert_of(*held), Decision.NOTIFIED)
    inbox.mark_read("alert-1")
    inbox.take_alert(alert_of(*held[:29]))
    [line] = inbox.lines
    assert (line.title, line.finding_id) == ("29 new ones", finding_id(28))
    assert (line.outcome, line.is_read) == ("Shown on the desktop", True)


def test_a_summary_of_which_nothing_is_left_keeps_its_line(inbox: Inbox) -> None:
    inbox.take_alert(alert_of(critical(1)))
    inbox.take_withdrawal(Withdrawal("alert-1"))
    inbox.take_withdrawal(Withdrawal("alert-2"))
    assert [line.outcome for line in inbox.lines] == ["Taken back: none is critical any more"]


def test_summaries_that_become_one_stay_and_say_so(inbox: Inbox) -> None:
    """Somebody adds many scans at once; the first summary goes on as the one that tells of all."""
    elsewhere = critical(2, scan_id=OTHER_SCAN)
    for number, finding in enumerate((critical(1), elsewhere), start=1):
        alert = alert_of(finding, key=f"alert-{number}")
        inbox.take_alert(alert)
        inbox.decide(alert, Decision.NOTIFIED)
        inbox.mark_read(alert.key)
    told = (ToldFinding(OTHER_SCAN, elsewhere.id, ""),)
    inbox.take_withdrawal(Withdrawal("alert-2", "2 new ones"))
    inbox.take_alert(replace(alert_of(critical(1), elsewhere), told=told))
    lines = {line.key: (line.outcome, line.is_read) for line in inbox.lines}
    assert lines == {
        "alert-1": ("Shown on the desktop", False),
        "alert-2": ("Merged into “2 new ones”", True),
    }


def test_a_line_for_several_scans_outlives_one_that_leaves(inbox: Inbox) -> None:
    inbox.take_alert(replace(alert_of(critical(1)), other_scans=(OTHER_SCAN,)))
    inbox.take([ScanRemoved(SCAN_ID)])
    inbox.take_alert(alert_of(critical(2, scan_id=OTHER_SCAN)))
    [line] = inbox.lines
    assert (line.scan_id, line.withdrawal) == (OTHER_SCAN, "")


def test_a_finding_told_before_that_moves_is_no_news(inbox: Inbox) -> None:
    inbox.take([FindingReplaced(critical(1, confidence=Confidence.HIGH), critical(1))])
    assert inbox.lines == []


def test_one_notification_for_several_is_written_to_each(inbox: Inbox) -> None:
    first, second, third = critical(1), critical(2), critical(3)
    elsewhere = critical(4, scan_id=OTHER_SCAN)
    inbox.take([FindingAdded(first)])
    inbox.take_alert(alert_of(first))
    inbox.decide(alert_of(first), Decision.NOTIFIED)
    inbox.take(FindingAdded(finding) for finding in (second, third, elsewhere))
    inbox.take_alert(alert_of(first, second, third))
    inbox.decide(alert_of(first, second, third), Decision.REFUSED)
    assert [line.outcome for line in inbox.lines] == [
        "Inbox only so far",
        "Window only: refused by the desktop",
        "Merged into “3 new ones”",
        "Shown on the desktop",
    ]


def test_a_shorter_notification_told_again_merges_nothing(inbox: Inbox) -> None:
    first, second, waiting = critical(1), critical(2), critical(3)
    inbox.take([FindingAdded(first), FindingAdded(second)])
    inbox.take_alert(alert_of(first, second))
    inbox.decide(alert_of(first, second), Decision.NOTIFIED)
    inbox.take([FindingAdded(waiting)])
    inbox.take_alert(alert_of(first))
    assert line_of(inbox, waiting.id).decision is Decision.NOT_TOLD


@pytest.mark.parametrize(
    ("now", "title", "outcome"),
    [
        (
            critical(1, status=FindingStatus.FALSE_POSITIVE),
            "Withdrawn: Hole 1",
            "Taken back: false positive",
        ),
        (
            critical(1, status=FindingStatus.DISMISSED),
            "Withdrawn: Hole 1",
            "Taken back: dismissed",
        ),
        (
            make_finding(1, title="Hole 1", severity=Severity.MEDIUM),
            "No longer critical: Hole 1",
            "Taken back: now medium",
        ),
    ],
)
def test_a_withdrawn_line_stays_and_says_why(
    inbox: Inbox, now: Finding, title: str, outcome: str
) -> None:
    inbox.take([FindingAdded(critical(1))])
    assert inbox.take([FindingReplaced(now, critical(1))])
    [line] = inbox.lines
    assert (line.title, line.outcome) == (title, outcome)
    assert line.sentence == f"{title}. payments-api. {outcome}."


def test_a_line_stands_again_with_its_finding(inbox: Inbox) -> None:
    withdrawn = critical(1, status=FindingStatus.FALSE_POSITIVE)
    inbox.take([FindingAdded(critical(1)), FindingReplaced(withdrawn, critical(1))])
    inbox.take([FindingReplaced(critical(1), withdrawn)])
    assert titles(inbox) == ["Critical: Hole 1"]
    assert line_of(inbox, finding_id(1)).withdrawal == ""


def test_a_confirmed_finding_says_so(inbox: Inbox) -> None:
    inbox.take([FindingAdded(critical(1))])
    inbox.take([FindingReplaced(critical(1, confidence=Confidence.HIGH), critical(1))])
    assert titles(inbox) == ["Confirmed critical: Hole 1"]


def test_lines_of_a_scan_that_left_stay_until_it_is_watched_again(inbox: Inbox) -> None:
    inbox.take([FindingAdded(critical(1)), ScanRemoved(SCAN_ID)])
    assert line_of(inbox, finding_id(1)).outcome == "Taken back: scan not watched any more"
    inbox.take([FindingAdded(critical(1), is_first_read=True)])
    assert line_of(inbox, finding_id(1)).withdrawal == ""


def test_lines_of_a_scan_the_server_knows_no_more_say_so(inbox: Inbox) -> None:
    inbox.take([FindingAdded(critical(1)), ScanEmptied(SCAN_ID)])
    assert line_of(inbox, finding_id(1)).outcome == "Taken back: scan not visible any more"


def test_the_line_of_an_announced_finding_the_server_does_not_have_says_so(inbox: Inbox) -> None:
    announced = critical(1, is_announced=True)
    inbox.take([FindingAdded(announced)])
    assert inbox.take([FindingDropped(announced)])
    told = "Taken back: announced, but not among the server's findings"
    assert line_of(inbox, finding_id(1)).outcome == told
    assert not inbox.take([FindingDropped(critical(2))])


def test_one_notification_for_several_scans_is_written_to_the_lines_of_all(inbox: Inbox) -> None:
    first, elsewhere = critical(1), critical(2, scan_id=OTHER_SCAN)
    inbox.take(FindingAdded(finding) for finding in (first, elsewhere))
    inbox.take_alert(replace(alert_of(first), other_scans=(OTHER_SCAN,)))
    assert line_of(inbox, elsewhere.id).outcome == f"Merged into “{alert_of(first).title}”"


def test_reading_counts_once(inbox: Inbox) -> None:
    inbox.take(FindingAdded(critical(number)) for number in range(3))
    assert inbox.mark_read(finding_id(1))
    assert not inbox.mark_read(finding_id(1))
    assert not inbox.mark_read("nobody")
    assert inbox.unread == 2
    assert inbox.mark_all_read()
    assert not inbox.mark_all_read()
    assert inbox.unread == 0
    assert not line_of(inbox, finding_id(1)).sentence.startswith("Unread")


def test_replacing_a_line_leaves_it_where_it_stands(inbox: Inbox) -> None:
    inbox.take(FindingAdded(critical(number)) for number in range(3))
    line = line_of(inbox, finding_id(0))
    assert inbox.put(replace(line, raised_at=FOUND_AT + timedelta(hours=1)))
    assert [line.key for line in inbox.lines] == [finding_id(n) for n in (2, 1, 0)]


def test_the_oldest_lines_go(inbox: Inbox) -> None:
    inbox.take(FindingAdded(critical(number)) for number in range(LINE_LIMIT + 5))
    assert len(inbox.lines) == LINE_LIMIT
    assert inbox.lines[-1].key == finding_id(5)


def test_lines_of_earlier_sessions_stand_below_those_of_this_one(inbox: Inbox) -> None:
    inbox.take([FindingAdded(critical(3))])
    inbox.restore([make_line(1), make_line(2, is_read=True)])
    assert [line.key for line in inbox.lines] == [finding_id(3), finding_id(2), finding_id(1)]
    assert inbox.unread == 2


def test_t09_a_line_follows_its_finding_to_the_row_of_a_retry(inbox: Inbox) -> None:
    first = critical(1, fingerprint="f")
    again = replace(first, id=finding_id(2))
    inbox.take([FindingAdded(first), FindingAdded(critical(3))])
    inbox.mark_read(first.id)
    old = replace(first, is_repeat=True)
    inbox.take([FindingAdded(again), FindingReplaced(old, first)])
    assert titles(inbox) == ["Critical: Hole 3", "Critical: Hole 1"]
    line = line_of(inbox, again.id)
    assert (line.finding_id, line.is_read) == (again.id, True)
    withdrawn = replace(again, status=FindingStatus.FALSE_POSITIVE)
    inbox.take([FindingReplaced(withdrawn, again)])
    assert line_of(inbox, again.id).outcome == "Taken back: false positive"
    third = replace(first, id=finding_id(4))
    repeated = replace(withdrawn, is_repeat=True)
    inbox.take([FindingAdded(third), FindingReplaced(repeated, withdrawn)])
    assert line_of(inbox, again.id).title == "Critical: Hole 1"

    later = Inbox(inbox.now, lambda _scan_id: "payments-api")
    later.restore(reversed(inbox.lines))
    later.take([FindingReplaced(replace(third, severity=Severity.LOW), third)])
    assert titles(later) == ["Critical: Hole 3", "No longer critical: Hole 1"]


def test_alerts_of_two_sessions_have_lines_of_their_own(inbox: Inbox) -> None:
    desks = [
        AlertDesk(lambda: 0.0, lambda _scan_id: "shop", lambda _scan_id: True, session=session)
        for session in ("20261127T0900-", "20261127T1000-")
    ]
    for number, desk in enumerate(desks):
        for alert in desk.take([FindingAdded(critical(number), is_first_read=True)]):
            assert isinstance(alert, Alert)
            inbox.take_alert(alert)
    assert titles(inbox) == ["Critical: Hole 1", "Critical: Hole 0"]


def test_a_line_of_this_session_counts_more_than_the_same_one_of_an_earlier(inbox: Inbox) -> None:
    inbox.take([FindingAdded(critical(1))])
    inbox.restore([make_line(1, is_read=True)])
    assert not line_of(inbox, finding_id(1)).is_read


def test_of_too_many_lines_of_earlier_sessions_the_newest_stay(inbox: Inbox) -> None:
    inbox.restore(make_line(number) for number in range(LINE_LIMIT + 5))
    assert len(inbox.lines) == LINE_LIMIT
    assert inbox.lines[-1].key == finding_id(5)


def test_a_line_of_an_earlier_session_follows_its_finding(inbox: Inbox) -> None:
    inbox.restore([make_line(1)])
    assert not inbox.take([FindingAdded(critical(1), is_first_read=True)])
    withdrawn = critical(1, status=FindingStatus.FALSE_POSITIVE)
    assert inbox.take([FindingReplaced(withdrawn, critical(1))])
    assert line_of(inbox, finding_id(1)).withdrawal == "Taken back: false positive"


@pytest.mark.parametrize("moment", ["", "2026-07-04T14:02:31+00:00 "])
def test_a_summary_of_an_earlier_session_does_not_follow_the_finding_it_opens(
    inbox: Inbox, moment: str
) -> None:
    """Histories of former versions have a moment before the keys of alerts."""
    summary = replace(make_line(1), key=f"{moment}alert-1", title="3 new critical findings in shop")
    inbox.restore([summary])
    inbox.take([FindingAdded(critical(1), is_first_read=True)])
    withdrawn = critical(1, status=FindingStatus.FALSE_POSITIVE)
    assert not inbox.take([FindingReplaced(withdrawn, critical(1))])
    assert inbox.lines == [summary]


def test_each_line_that_says_something_new_is_told_but_none_of_an_earlier_session(
    inbox: Inbox,
) -> None:
    told: list[str] = []
    inbox.on_put = lambda line: told.append(line.key)
    inbox.restore([make_line(1)])
    assert told == []
    inbox.take([FindingAdded(critical(2))])
    inbox.mark_read(finding_id(1))
    inbox.mark_read(finding_id(1))
    assert told == [finding_id(2), finding_id(1)]


def test_parts_of_the_inbox() -> None:
    shown = replace(make_line(1, is_read=True), decision=Decision.NOTIFIED)
    held = replace(make_line(2), decision=Decision.IN_VIEW)
    assert [part for part in InboxPart if part.has(shown)] == [InboxPart.ALL]
    assert [part for part in InboxPart if part.has(held)] == list(InboxPart)


def test_an_announced_finding_says_so_and_keeps_its_line_once_it_is_listed(inbox: Inbox) -> None:
    announced = critical(1, is_announced=True)
    inbox.take([FindingAdded(announced, is_first_read=False)])
    line = line_of(inbox, announced.id)
    assert line.title == f"Critical, stream only: {announced.title_line}"
    assert line.body == "stream only"
    listed = critical(1)
    inbox.take([FindingReplaced(listed, announced)])
    [kept] = inbox.lines
    assert kept.title == f"Critical: {listed.title_line}"
