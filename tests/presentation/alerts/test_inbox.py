"""Every finding that alerts has a line; the line follows its finding and says what became of it."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.domain.alerts.alert import (
    LINE_LIMIT,
    Action,
    Alert,
    Decision,
    InboxLine,
    NotifiedRecord,
    Retraction,
    Withdrawal,
)
from heimdall_desktop.domain.alerts.policy import AlertPolicy
from heimdall_desktop.domain.alerts.rules import CRITICAL, Event
from heimdall_desktop.domain.facts import change
from heimdall_desktop.domain.facts.finding import (
    Confidence,
    Finding,
    FindingStatus,
    ScanId,
    Severity,
)
from heimdall_desktop.presentation.alerts.alert_text import outcome, sentence
from heimdall_desktop.presentation.alerts.inbox import Announcements, Inbox, InboxPart
from tests.fakes.board_scans import FakeTime, ScanStory, leave_not_scanned
from tests.fakes.findings import FOUND_AT, SCAN_ID, finding_id, make_finding
from tests.fakes.inbox_lines import make_line

OTHER_SCAN = ScanId("1c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e21")


class Log(Inbox):
    """An inbox that follows findings by what a policy emits of them, but not by its alerts."""

    def __init__(self) -> None:
        super().__init__(lambda: FOUND_AT)
        self.policy = AlertPolicy(
            lambda: 0.0, lambda _scan_id: "payments-api", lambda _scan_id: True
        )

    def follow(self, changes: Iterable[change.Change]) -> bool:
        emitted = self.policy.take(changes)
        return self.take(each for each in emitted if not isinstance(each, Action))

    def bring_back(self, *lines: InboxLine) -> None:
        self.restore(lines)
        self.policy.recall((), lines)


@pytest.fixture
def inbox() -> Log:
    return Log()


def critical(number: int, **fields: Any) -> Finding:
    return make_finding(number, severity=Severity.CRITICAL, title=f"Hole {number}", **fields)


def alert_of(*findings: Finding, key: str = "alert-1", reported: Sequence[Finding] = ()) -> Alert:
    """Return an alert that opens the last of these findings."""
    newest = findings[-1]
    return Alert(
        key,
        CRITICAL,
        newest,
        findings,
        names={finding.scan_id: "payments-api" for finding in findings},
        news=(Event.CRITICAL,) if reported else (),
        records=tuple(NotifiedRecord(each.scan_id, each.id, "") for each in reported),
        line=newest.id,
        merged_lines=tuple(each.id for each in reported if each is not newest),
    )


def line_of(inbox: Log, key: str) -> InboxLine:
    line = inbox.line(key)
    assert line is not None
    return line


def titles(inbox: Log) -> Sequence[str]:
    return [line.title for line in inbox.lines]


def test_a_critical_finding_is_an_unread_line_that_leads_to_it(inbox: Log) -> None:
    medium = make_finding(2, severity=Severity.MEDIUM)
    assert inbox.follow([change.FindingAdded(critical(1)), change.FindingAdded(medium)])
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


def test_a_withdrawn_line_is_read_until_it_is_critical_again(inbox: Log) -> None:
    withdrawn = critical(1, status=FindingStatus.FALSE_POSITIVE)
    inbox.follow([change.FindingAdded(critical(1)), change.FindingAdded(critical(2))])
    inbox.follow([change.FindingReplaced(withdrawn, critical(1))])
    line = line_of(inbox, withdrawn.id)
    assert (inbox.unread, line.is_unread, InboxPart.UNREAD.has(line)) == (1, False, False)
    assert not sentence(line, "").startswith("Unread")
    inbox.follow([change.FindingReplaced(critical(1), withdrawn)])
    assert (inbox.unread, line_of(inbox, withdrawn.id).is_unread) == (2, True)


WITHDRAWN = critical(1, status=FindingStatus.FALSE_POSITIVE)
ANNOUNCED = critical(1, is_announced=True)
FOUND, SECOND = change.FindingAdded(critical(1)), change.FindingAdded(critical(2))
NOT_YET = "Inbox only so far"


def becomes(now: Finding, before: Finding | None = None) -> change.FindingReplaced:
    return change.FindingReplaced(now, before or critical(1))


@pytest.mark.parametrize(
    ("changes", "lines"),
    [
        ([FOUND, SECOND], [("Critical: Hole 2", NOT_YET), ("Critical: Hole 1", NOT_YET)]),
        ([becomes(critical(1), make_finding(1))], [("Critical: Hole 1", NOT_YET)]),
        ([becomes(critical(1, confidence=Confidence.HIGH))], []),
        ([FOUND, becomes(critical(1, poc_validated=True))],
         [("Confirmed critical: Hole 1", NOT_YET)]),
        ([FOUND, becomes(WITHDRAWN)], [("Withdrawn: Hole 1", "Withdrawn: false positive")]),
        ([FOUND, becomes(critical(1, status=FindingStatus.DISMISSED))],
         [("Withdrawn: Hole 1", "Withdrawn: dismissed")]),
        ([FOUND, becomes(make_finding(1, title="Hole 1", severity=Severity.MEDIUM))],
         [("No longer critical: Hole 1", "Withdrawn: now medium")]),
        ([FOUND, becomes(WITHDRAWN), becomes(critical(1), WITHDRAWN)],
         [("Critical: Hole 1", "Inbox only: already notified")]),
        ([FOUND, change.ScanRemoved(SCAN_ID)],
         [("Critical: Hole 1", "Withdrawn: scan no longer watched")]),
        ([FOUND, change.ScanRemoved(SCAN_ID), change.FindingAdded(critical(1), is_first_read=True)],
         [("Critical: Hole 1", NOT_YET)]),
        ([FOUND, change.ScanEmptied(SCAN_ID)],
         [("Critical: Hole 1", "Withdrawn: scan no longer visible")]),
        ([change.FindingAdded(ANNOUNCED), change.FindingDropped(ANNOUNCED)],
         [("Critical, announced: Hole 1", "Withdrawn: announced, but not in the server's list")]),
        ([change.FindingAdded(ANNOUNCED), becomes(critical(1), ANNOUNCED)],
         [("Critical: Hole 1", NOT_YET)]),
    ],
)  # fmt: skip
def test_a_line_follows_its_finding_and_says_what_became_of_it(
    inbox: Log, changes: Sequence[change.Change], lines: Sequence[tuple[str, str]]
) -> None:
    for each in changes:
        assert inbox.follow([each]) or not lines
    assert [(line.title, outcome(line)) for line in inbox.lines] == lines
    for title, result in lines[:1]:
        said = f"{title}. payments-api. {result}. 14:02."
        assert sentence(inbox.lines[0], "14:02").removeprefix("Unread. ") == said


def test_changes_that_concern_no_line_move_nothing(inbox: Log) -> None:
    inbox.follow([change.FindingAdded(critical(1))])
    assert not inbox.follow(
        [
            change.ScanMoved(SCAN_ID),
            change.ScanRemoved(OTHER_SCAN),
            change.FindingDropped(critical(2)),
            change.FindingAdded(critical(1)),
        ]
    )


def test_what_a_scan_held_before_is_one_line_for_all(inbox: Log) -> None:
    held = [critical(number) for number in range(30)]
    inbox.follow(change.FindingAdded(finding, is_first_read=True) for finding in held)
    assert inbox.lines == []
    inbox.take([alert_of(*held)])
    inbox.decide(alert_of(*held), Decision.NOTIFIED)
    inbox.mark_read("alert-1")
    inbox.take([alert_of(*held[:29])])
    [line] = inbox.lines
    assert (line.title, line.finding_id) == (
        "29 new critical findings in payments-api",
        finding_id(28),
    )
    assert (outcome(line), line.is_read) == ("Shown on the desktop", True)


def test_a_summary_of_which_nothing_is_left_keeps_its_line(inbox: Log) -> None:
    inbox.take([alert_of(critical(1))])
    inbox.take([Retraction("alert-1")])
    inbox.take([Retraction("alert-2")])
    assert [outcome(line) for line in inbox.lines] == ["Withdrawn: none are still critical"]


def test_summaries_that_become_one_stay_and_say_so(inbox: Log) -> None:
    """Many scans are added at once; the first summary goes on as the one that reports all."""
    elsewhere = critical(2, scan_id=OTHER_SCAN)
    for number, finding in enumerate((critical(1), elsewhere), start=1):
        alert = alert_of(finding, key=f"alert-{number}")
        inbox.take([alert])
        inbox.decide(alert, Decision.NOTIFIED)
        inbox.mark_read(alert.key)
    joint = alert_of(critical(1), elsewhere, reported=[elsewhere])
    inbox.take([Retraction("alert-2", joint), joint])
    lines = {line.key: (outcome(line), line.is_read) for line in inbox.lines}
    assert lines == {
        "alert-1": ("Shown on the desktop", False),
        "alert-2": ("Merged into “2 new critical findings in 2 scans”", True),
    }


def test_a_line_for_several_scans_outlives_one_that_leaves(inbox: Log) -> None:
    inbox.take([alert_of(critical(2, scan_id=OTHER_SCAN), critical(1))])
    inbox.follow([change.ScanRemoved(SCAN_ID)])
    inbox.take([alert_of(critical(2, scan_id=OTHER_SCAN))])
    [line] = inbox.lines
    assert (line.scan_id, line.withdrawal) == (OTHER_SCAN, None)


def test_one_notification_for_several_is_written_to_each(inbox: Log) -> None:
    first, second, third = critical(1), critical(2), critical(3)
    elsewhere = critical(4, scan_id=OTHER_SCAN)
    inbox.follow([change.FindingAdded(first)])
    inbox.take([alert_of(first)])
    inbox.decide(alert_of(first), Decision.NOTIFIED)
    inbox.follow(change.FindingAdded(finding) for finding in (second, third, elsewhere))
    alert = alert_of(first, second, third, reported=[second, third])
    inbox.take([alert])
    inbox.decide(alert, Decision.REFUSED)
    assert [outcome(line) for line in inbox.lines] == [
        "Inbox only so far",
        "Window only: refused by the desktop",
        "Merged into “3 new critical findings in payments-api”",
        "Shown on the desktop",
    ]


def test_a_shorter_notification_notified_again_merges_nothing(inbox: Log) -> None:
    first, second, waiting = critical(1), critical(2), critical(3)
    inbox.follow([change.FindingAdded(first), change.FindingAdded(second)])
    inbox.take([alert_of(first, second)])
    inbox.decide(alert_of(first, second), Decision.NOTIFIED)
    inbox.follow([change.FindingAdded(waiting)])
    inbox.take([alert_of(first)])
    assert line_of(inbox, waiting.id).decision is Decision.UNDECIDED


def test_one_notification_for_several_scans_is_written_to_the_lines_of_all(inbox: Log) -> None:
    first, elsewhere = critical(1), critical(2, scan_id=OTHER_SCAN)
    inbox.follow(change.FindingAdded(finding) for finding in (first, elsewhere))
    inbox.take([alert_of(elsewhere, first, reported=[elsewhere, first])])
    merged = "Merged into “2 new critical findings in 2 scans”"
    assert outcome(line_of(inbox, elsewhere.id)) == merged


def test_reading_counts_once(inbox: Log) -> None:
    inbox.follow(change.FindingAdded(critical(number)) for number in range(3))
    assert inbox.mark_read(finding_id(1))
    assert not inbox.mark_read(finding_id(1))
    assert not inbox.mark_read("none")
    assert inbox.unread == 2
    assert inbox.mark_all_read()
    assert not inbox.mark_all_read()
    assert inbox.unread == 0
    assert not sentence(line_of(inbox, finding_id(1)), "").startswith("Unread")


def test_a_line_that_was_read_can_wait_again(inbox: Log) -> None:
    inbox.follow([change.FindingAdded(critical(1))])
    inbox.mark_read(finding_id(1))
    assert inbox.mark_read(finding_id(1), is_read=False)
    assert not inbox.mark_read(finding_id(1), is_read=False)
    assert inbox.unread == 1


def test_it_says_how_much_is_kept(inbox: Log) -> None:
    assert inbox.kept_text == ""
    day = f"{FOUND_AT.astimezone().day} Jul"
    inbox.put(make_line(0))
    assert inbox.kept_text == f"1 alert, from {day}. Up to 5\u00a0000 are kept."
    inbox.put(make_line(1, raised_at=FOUND_AT + timedelta(days=1)))
    assert inbox.kept_text == f"2 alerts, the oldest from {day}. Up to 5\u00a0000 are kept."
    for number in range(2, LINE_LIMIT + 1):
        inbox.put(make_line(number))
    assert inbox.kept_text.startswith("5\u00a0000 alerts are kept, the oldest from ")
    assert inbox.unread == LINE_LIMIT, "the oldest waits no more, as it is gone"
    inbox.clear()
    inbox.put(make_line(0, raised_at=FOUND_AT - timedelta(days=300)))
    assert inbox.kept_text.startswith("1 alert, from ")
    assert f"{(FOUND_AT - timedelta(days=300)).year}. Up to" in inbox.kept_text
    assert inbox.unread == 1


def test_a_replaced_line_keeps_its_place(inbox: Log) -> None:
    inbox.follow(change.FindingAdded(critical(number)) for number in range(3))
    line = line_of(inbox, finding_id(0))
    assert inbox.put(replace(line, raised_at=FOUND_AT + timedelta(hours=1)))
    assert [line.key for line in inbox.lines] == [finding_id(n) for n in (2, 1, 0)]


def test_the_oldest_lines_go(inbox: Log) -> None:
    inbox.follow(change.FindingAdded(critical(number)) for number in range(LINE_LIMIT + 5))
    assert len(inbox.lines) == LINE_LIMIT
    assert inbox.lines[-1].key == finding_id(5)


def test_read_alerts_are_dropped_first_then_unread_ones_that_are_not_critical(inbox: Log) -> None:
    for number in range(LINE_LIMIT - 2):
        inbox.put(make_line(number))
    inbox.put(replace(make_line(9001), event=Event.HIGH))
    inbox.put(make_line(9002, is_read=True))
    for number in range(9010, 9013):
        inbox.put(replace(make_line(number), event=Event.HIGH))
    kept = [line.key for line in reversed(inbox.lines)]
    assert kept == [finding_id(number) for number in (*range(LINE_LIMIT - 2), 9011, 9012)]
    inbox.bring_back(*(make_line(number, is_read=True) for number in (9020, 9021)))
    assert [line.key for line in reversed(inbox.lines)] == kept
    assert inbox.unread == LINE_LIMIT


def test_lines_of_earlier_sessions_are_below_those_of_this_one(inbox: Log) -> None:
    inbox.follow([change.FindingAdded(critical(3))])
    inbox.bring_back(make_line(1), make_line(2, is_read=True))
    assert [line.key for line in inbox.lines] == [finding_id(3), finding_id(2), finding_id(1)]
    assert inbox.unread == 2


def test_t09_a_line_follows_its_finding_to_the_row_of_a_retry(inbox: Log) -> None:
    first = critical(1, fingerprint="f")
    again = replace(first, id=finding_id(2))
    inbox.follow([change.FindingAdded(first), change.FindingAdded(critical(3))])
    inbox.mark_read(first.id)
    old = replace(first, is_repeat=True)
    inbox.follow([change.FindingAdded(again), change.FindingReplaced(old, first)])
    assert titles(inbox) == ["Critical: Hole 3", "Critical: Hole 1"]
    line = line_of(inbox, first.id)
    assert (line.finding_id, line.is_read) == (again.id, True)
    withdrawn = replace(again, status=FindingStatus.FALSE_POSITIVE)
    inbox.follow([change.FindingReplaced(withdrawn, again)])
    assert outcome(line_of(inbox, first.id)) == "Withdrawn: false positive"
    third = replace(first, id=finding_id(4))
    repeated = replace(withdrawn, is_repeat=True)
    inbox.follow([change.FindingAdded(third), change.FindingReplaced(repeated, withdrawn)])
    assert line_of(inbox, first.id).title == "Critical: Hole 1"

    later = Log()
    later.bring_back(*reversed(inbox.lines))
    later.follow([change.FindingReplaced(replace(third, severity=Severity.LOW), third)])
    assert titles(later) == ["Critical: Hole 3", "No longer critical: Hole 1"]


def test_alerts_of_two_sessions_have_lines_of_their_own(inbox: Log) -> None:
    desks = [
        AlertPolicy(lambda: 0.0, lambda _scan_id: "shop", lambda _scan_id: True, session=session)
        for session in ("20261127T0900-", "20261127T1000-")
    ]
    for number, desk in enumerate(desks):
        for alert in desk.take([change.FindingAdded(critical(number), is_first_read=True)]):
            assert isinstance(alert, Alert)
            inbox.take([alert])
    assert titles(inbox) == ["Critical: Hole 1", "Critical: Hole 0"]


def test_a_line_of_this_session_counts_more_than_the_same_one_of_an_earlier(inbox: Log) -> None:
    inbox.follow([change.FindingAdded(critical(1))])
    inbox.bring_back(make_line(1, is_read=True))
    assert not line_of(inbox, finding_id(1)).is_read


def test_of_too_many_lines_of_earlier_sessions_the_newest_stay(inbox: Log) -> None:
    inbox.bring_back(*map(make_line, range(LINE_LIMIT + 5)))
    assert len(inbox.lines) == LINE_LIMIT
    assert inbox.lines[-1].key == finding_id(5)


def test_a_line_of_an_earlier_session_follows_its_finding(inbox: Log) -> None:
    inbox.bring_back(make_line(1))
    assert not inbox.follow([change.FindingAdded(critical(1), is_first_read=True)])
    withdrawn = critical(1, status=FindingStatus.FALSE_POSITIVE)
    assert inbox.follow([change.FindingReplaced(withdrawn, critical(1))])
    assert line_of(inbox, finding_id(1)).withdrawal == Withdrawal.FALSE_POSITIVE


def test_a_summary_of_an_earlier_session_does_not_follow_the_finding_it_opens(inbox: Log) -> None:
    summary = replace(make_line(1), key="alert-1", title="3 new critical findings in shop")
    inbox.bring_back(summary)
    inbox.follow([change.FindingAdded(critical(1), is_first_read=True)])
    withdrawn = critical(1, status=FindingStatus.FALSE_POSITIVE)
    assert not inbox.follow([change.FindingReplaced(withdrawn, critical(1))])
    assert inbox.lines == [summary]


def test_each_line_that_says_something_new_is_notified_but_none_of_an_earlier_session(
    inbox: Log,
) -> None:
    changed: list[str] = []
    inbox.on_put = lambda line: changed.append(line.key)
    inbox.bring_back(make_line(1))
    assert changed == []
    inbox.follow([change.FindingAdded(critical(2))])
    inbox.mark_read(finding_id(1))
    inbox.mark_read(finding_id(1))
    assert changed == [finding_id(2), finding_id(1)]


def test_parts_of_the_inbox() -> None:
    shown = replace(make_line(1, is_read=True), decision=Decision.NOTIFIED)
    held = replace(make_line(2), decision=Decision.IN_VIEW)
    assert [part for part in InboxPart if part.has(shown)] == [InboxPart.ALL]
    assert [part for part in InboxPart if part.has(held)] == list(InboxPart)


def test_the_line_of_an_announced_finding_names_no_file(inbox: Log) -> None:
    inbox.follow([change.FindingAdded(ANNOUNCED)])
    assert [line.body for line in inbox.lines] == ["stream only"]


# -- announcements: one sentence at most every ten seconds --


class Spoken:
    """Two scans, of which someone looks at one."""

    def __init__(self) -> None:
        self.time, self.store = FakeTime(), Store()
        self.shop = ScanStory(self.store, self.time, "shop", number=1)
        self.bank = ScanStory(self.store, self.time, "bank", number=2)
        shop_id = self.shop.scan.id
        self.news = Announcements(
            self.time.clock,
            self.store.scan,
            self.store.name_of,
            lambda scan_id: scan_id == shop_id,
            self.store.mask,
        )
        self.announced()

    def announced(self) -> str:
        """Hand over all changes and return what is said of them."""
        self.news.take(self.store.drain())
        return self.news.due()

    def critical(self, number: int, story: ScanStory | None = None) -> Finding:
        scan_id = (story or self.shop).scan.id
        return make_finding(
            number, title=f"Hole {number}", severity=Severity.CRITICAL, scan_id=scan_id
        )

    def find(self, *findings: Finding) -> str:
        self.news.take([change.FindingAdded(finding) for finding in findings])
        return self.news.due()


@pytest.fixture
def spoken() -> Spoken:
    return Spoken()


def test_one_critical_finding_is_notified_by_its_title(spoken: Spoken) -> None:
    assert spoken.find(spoken.critical(1)) == "New critical finding in shop: Hole 1."


def test_several_are_announced_by_their_count(spoken: Spoken) -> None:
    announced = spoken.find(spoken.critical(1), spoken.critical(2))
    assert announced == "2 new critical findings in shop."
    spoken.time.pass_s(10)
    announced = spoken.find(spoken.critical(3), spoken.critical(4, spoken.bank))
    assert announced == "2 new critical findings."


def test_nothing_is_said_within_ten_seconds_and_nothing_is_lost(spoken: Spoken) -> None:
    assert spoken.find(spoken.critical(1))
    spoken.time.pass_s(5)
    assert spoken.find(spoken.critical(2)) == ""
    spoken.time.pass_s(4.9)
    assert spoken.find(spoken.critical(3)) == ""
    spoken.time.pass_s(0.1)
    assert spoken.announced() == "2 new critical findings in shop."
    spoken.time.pass_s(60)
    assert spoken.announced() == ""


def test_what_is_no_news_is_not_notified(spoken: Spoken) -> None:
    first_read = change.FindingAdded(spoken.critical(1), is_first_read=True)
    high = change.FindingAdded(replace(spoken.critical(2), severity=Severity.HIGH))
    repeat = change.FindingAdded(replace(spoken.critical(3), is_repeat=True))
    spoken.news.take([first_read, high, repeat])
    assert spoken.news.due() == ""


def test_what_becomes_critical_is_notified_and_what_is_withdrawn_in_time_is_not(
    spoken: Spoken,
) -> None:
    critical = spoken.critical(1)
    high = replace(critical, severity=Severity.HIGH)
    spoken.news.take(
        [change.FindingReplaced(critical, high), change.FindingReplaced(high, critical)]
    )
    assert spoken.news.due() == ""
    spoken.news.take(
        [change.FindingReplaced(critical, high), change.FindingReplaced(critical, critical)]
    )
    assert spoken.news.due() == "New critical finding in shop: Hole 1."


def test_stages_are_announced_as_they_change_and_only_for_the_scan_in_view(spoken: Spoken) -> None:
    for story in (spoken.shop, spoken.bank):
        story.read("running", began_s=60).run([38], 20)
    assert spoken.announced() == ""  # so it was when we came
    for story in (spoken.shop, spoken.bank):
        story.run([38, 20], 1)
    assert spoken.announced() == "shop: Static analysis."
    spoken.time.pass_s(10)
    spoken.shop.run([38, 20], 5)
    assert spoken.announced() == ""


def test_t61_the_end_of_a_scan_that_ran_again_is_notified_only_if_it_differs(
    spoken: Spoken,
) -> None:
    def ends(*counts: int) -> str:
        spoken.time.pass_s(60)
        spoken.shop.run([38, 20], 1)
        spoken.announced()
        spoken.time.pass_s(60)
        spoken.shop.run([30] * 9, status="completed").find(*counts)
        return spoken.announced()

    assert ends(0, 2) == "shop: completed."
    assert ends(0, 0) == ""
    assert ends(0, 1) == "shop: completed."


def test_an_end_is_announced_with_the_files_that_were_not_scanned(spoken: Spoken) -> None:
    spoken.shop.run([38, 20], 1)
    spoken.announced()
    spoken.time.pass_s(60)
    spoken.shop.run([30] * 9, status="completed")
    leave_not_scanned(spoken.shop.scan, 2)
    assert spoken.announced() == "shop: completed. 2 files were not scanned."


def test_two_scans_of_one_name_are_distinguished(spoken: Spoken) -> None:
    other = ScanStory(spoken.store, spoken.time, "shop", "develop", number=3)
    announced = spoken.find(spoken.critical(1, other))
    assert announced == "New critical finding in shop (develop): Hole 1."


def test_while_presenting_no_name_is_said_and_switching_says_nothing(spoken: Spoken) -> None:
    spoken.shop.run([1.0, 2.0], 3.0)
    spoken.announced()
    spoken.time.pass_s(60)
    spoken.store.present(is_on=True)
    assert spoken.announced() == ""
    found = spoken.find(spoken.critical(1))
    assert ("Hole" in found, found.startswith("New critical finding in ")) == (False, True)
    spoken.time.pass_s(60)
    spoken.shop.run([1.0, 2.0, 3.0], 4.0)
    assert spoken.announced().startswith("Scan 1: ")
    spoken.time.pass_s(60)
    spoken.store.present(is_on=False)
    assert spoken.announced() == ""
