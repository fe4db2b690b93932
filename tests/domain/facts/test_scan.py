"""The fold: facts in any order and any number of times make the same scan."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from heimdall_desktop.domain.facts.change import (
    ActivityAdded,
    ConnectionMoved,
    FindingAdded,
    FindingReplaced,
    ScanMoved,
    StagesMoved,
)
from heimdall_desktop.domain.facts.finding import (
    Confidence,
    FindingId,
    RepoId,
    ScanId,
    Severity,
    Verdict,
)
from heimdall_desktop.domain.facts.observation import (
    Activity,
    CancelAnswer,
    CancelAsked,
    Connection,
    ConnectionSeen,
    Counts,
    EventsSkipped,
    FindingsListed,
    ListingEnded,
    LiveRead,
    Observation,
    RepoRead,
    ScanRead,
    Settled,
    StageRow,
    StageSeen,
    StatusSeen,
)
from heimdall_desktop.domain.facts.scan import UNREAD_LIMIT, Outcome, Scan
from heimdall_desktop.domain.facts.server import server_url
from heimdall_desktop.domain.facts.stage import STAGE_NAMES, StageState
from tests.fakes.findings import make_finding

SCAN = ScanId("8c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e21")
START = datetime(2026, 7, 4, 8, 0, tzinfo=UTC)


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def new_scan() -> Scan:
    return Scan(SCAN, server_url("http://127.0.0.1:8080"))


def scan_read(asked_at_s: float, status: str = "hunting", started_s: float = 0.0) -> ScanRead:
    return ScanRead(
        SCAN,
        asked_at_s,
        RepoId("r"),
        status,
        None,
        None,
        START,
        at(started_s),
        None,
        at(asked_at_s),
    )


def live(
    asked_at_s: float,
    status: str = "hunting",
    *,
    total: int = 0,
    stages: Sequence[StageRow] = (),
    activities: Sequence[Activity] = (),
) -> LiveRead:
    return LiveRead(
        SCAN,
        asked_at_s,
        status,
        None,
        at(asked_at_s),
        Counts(total),
        tuple(stages),
        tuple(activities),
    )


def task(key: str, seconds: float, status: str = "running", task_key: str = "task") -> Activity:
    return Activity(key, "task", "active", status, "hunt", task_key, key, None, None, at(seconds))


def listed(asked_at_s: float, **fields: Any) -> FindingsListed:
    finding = make_finding(scan_id=SCAN, **fields)
    return FindingsListed(SCAN, asked_at_s, (finding,))


def state(scan: Scan) -> object:
    """Everything a person could see of a scan."""
    return (
        scan.status,
        scan.stages,
        scan.findings,
        +scan.severities,
        scan.ledger,
        scan.reported_counts,
        scan.activities,
        scan.is_checked_to_the_end,
        scan.attempt,
        scan.started_at,
        scan.error,
        scan.last_answer_at_s,
    )


def folded(observations: Sequence[Observation]) -> Scan:
    scan = new_scan()
    for observation in observations:
        scan.observe(observation)
    return scan


# Moments are all different: two answers to one question are never asked for at the same time.
moments = st.lists(st.integers(1, 10_000), min_size=12, max_size=12, unique=True)
statuses = st.sampled_from(["queued", "ingesting", "hunting", "completed", "failed", "cancelled"])
stage_text = st.sampled_from(["pending", "running", "completed", "failed", "sneezing"])


@st.composite
def histories(draw: st.DrawFn) -> list[Observation]:
    times = [float(moment) for moment in draw(moments)]
    rows = [
        StageRow(name, draw(stage_text), None, at(draw(st.integers(0, 100))))
        for name in STAGE_NAMES
    ]
    ids = [FindingId(name) for name in "abc"]
    confidences = [Confidence.HIGH, Confidence.MEDIUM]
    return [
        scan_read(times[0], draw(statuses)),
        scan_read(times[1], draw(statuses), started_s=50),
        live(times[2], draw(statuses), total=3, stages=rows, activities=[task("1", 1)]),
        live(times[3], draw(statuses), total=4, stages=rows[::-1], activities=[task("2", 2)]),
        StageSeen(SCAN, times[4], at(draw(st.integers(0, 99))), "hunt", draw(stage_text), None),
        StatusSeen(SCAN, times[5], at(times[5]), draw(statuses)),
        StatusSeen(SCAN, times[6], at(times[6]), draw(statuses)),
        listed(times[7], id=draw(st.sampled_from(ids)), severity=Severity.HIGH),
        listed(times[8], id=draw(st.sampled_from(ids)), severity=draw(st.sampled_from(Severity))),
        listed(times[9], id=ids[0], confidence=draw(st.sampled_from(confidences))),
        ListingEnded(SCAN, times[10], 3, 3, is_whole=True),
        EventsSkipped(SCAN, times[11]),
    ]


@given(histories(), st.randoms(use_true_random=False))
def test_any_order_and_repetition_makes_the_same_scan(
    history: list[Observation], random: st.DataObject
) -> None:
    again = [*history, *history[:6]]
    random.shuffle(again)  # type: ignore[attr-defined]
    assert state(folded(again)) == state(folded(history))


@given(histories())
def test_what_is_known_changes_nothing(history: list[Observation]) -> None:
    scan = folded(history)
    assert [scan.observe(observation) for observation in history] == [[] for _ in history]


def test_a_new_row_is_an_addition_and_a_changed_one_a_replacement() -> None:
    scan = new_scan()
    first = scan.observe(listed(1, id=FindingId("a"), severity=Severity.HIGH))
    assert [type(change) for change in first] == [FindingAdded, ScanMoved]
    second = scan.observe(listed(2, id=FindingId("a"), severity=Severity.CRITICAL))
    assert [type(change) for change in second] == [FindingReplaced, ScanMoved]
    assert scan.severities == {Severity.HIGH: 0, Severity.CRITICAL: 1}


def test_t04_a_listing_that_misses_a_row_drops_nothing() -> None:
    scan = folded([listed(1, id=FindingId("a")), listed(2, id=FindingId("b"))])
    scan.observe(ListingEnded(SCAN, 3, 1, 1, is_whole=True))
    assert set(scan.findings) == {"a", "b"}


def test_rows_of_the_first_listing_are_no_news() -> None:
    scan = new_scan()
    early = scan.observe(listed(1, id=FindingId("a")))
    scan.observe(ListingEnded(SCAN, 1, 1, 1, is_whole=True))
    late = scan.observe(listed(2, id=FindingId("b")))
    assert [c.is_first_read for c in [*early, *late] if isinstance(c, FindingAdded)] == [
        True,
        False,
    ]


def test_a_rise_of_confidence_that_we_saw_confirms() -> None:
    scan = folded([listed(1, id=FindingId("a"), confidence=Confidence.MEDIUM)])
    scan.observe(listed(2, id=FindingId("a"), confidence=Confidence.HIGH))
    assert scan.findings[FindingId("a")].verdict is Verdict.CONFIRMED


def test_t27_of_two_answers_the_one_asked_for_later_wins() -> None:
    assert folded([live(2, "hunting"), live(1, "modeling")]).status == "hunting"


def test_t35_an_old_event_after_a_newer_answer_changes_nothing() -> None:
    scan = folded([StatusSeen(SCAN, 1, at(1), "ingesting"), live(5, "hunting")])
    assert scan.observe(StatusSeen(SCAN, 2, at(0.5), "ingesting")) == []
    assert scan.status == "hunting"


def test_t31_an_event_without_counts_leaves_them_alone() -> None:
    scan = folded([live(1, total=7), StatusSeen(SCAN, 2, at(2), "hunted")])
    assert scan.reported_counts == Counts(7)


def test_t29_rows_of_the_attempt_before_are_shown_as_pending() -> None:
    rows = [
        StageRow("ingest", "running", None, at(100)),
        StageRow("tyr", "completed", None, at(20)),
        StageRow("hunt", "failed", "no response", at(60)),
    ]
    scan = folded([live(1, "ingesting", stages=rows)])
    states = {stage.name: stage.state for stage in scan.stages}
    assert states["ingest"] is StageState.RUNNING
    assert states["tyr"] is states["hunt"] is StageState.PENDING


def test_t28_attempts_are_counted_by_their_start_rows() -> None:
    starts = [task(key, n, task_key="scan-start") for n, key in enumerate("ab")]
    assert folded([live(1, activities=starts)]).attempt == 2


def test_t30_a_task_that_has_ended_is_not_the_current_one() -> None:
    rows = [task("old", 1), task("done", 2, "completed"), task("other", 0, task_key="second")]
    hunts = [StageRow("hunt", "running", None, at(0))]
    current = folded([live(1, stages=hunts, activities=rows)]).current_task
    assert current is not None
    assert current.key == "other"
    assert folded([live(1, "completed", activities=rows)]).current_task is None


def test_t65_a_task_whose_stage_has_ended_or_not_begun_is_not_at_work() -> None:
    def at_work(**stages: str) -> list[str]:
        rows = [StageRow(name, status, None, at(1)) for name, status in stages.items()]
        scan = folded([live(2, stages=rows, activities=[task("hunts", 1)])])
        return [found.key for found in scan.open_tasks]

    assert at_work(hunt="running") == ["hunts"]
    assert at_work(hunt="completed", vidarr="running") == []
    assert at_work(ingest="running") == []


def test_t65_a_task_without_a_stage_is_at_work_while_the_scan_is() -> None:
    system = replace(task("waits", 1), stage=None)
    assert folded([live(2, activities=[system])]).current_task == system
    assert folded([live(2, "failed", activities=[system])]).current_task is None


def test_t63_a_completion_counts_only_for_the_attempt_it_is_of() -> None:
    def completed_at(status: str, started_s: float) -> datetime | None:
        read = replace(scan_read(1, status, started_s=started_s), completed_at=at(60))
        return folded([read]).completed_at

    assert completed_at("completed", 0) == at(60)
    assert completed_at("completed", 90) is None
    assert completed_at("cancelled", 0) is None
    assert completed_at("hunting", 0) is None


def test_t58_a_cancel_that_no_poll_saw_is_told_by_the_log_or_the_servers_yes() -> None:
    start = replace(task("2", 20, task_key="scan-start"), stage=None)
    cancelled = replace(task("hunt cancelled", 19, "cancelled"), event_type="stage")
    by_log = folded([live(30, "ingesting", activities=[start, cancelled])])
    assert (by_log.returned_from, by_log.returned_at) == ("cancelled", at(19))
    yes = CancelAsked(SCAN, 20, CancelAnswer.DONE)
    by_answer = folded([live(10), live(30, "ingesting"), yes])
    assert (by_answer.returned_from, by_answer.returned_at) == ("cancelled", None)
    heard = folded([StatusSeen(SCAN, 20.1, at(19), "cancelled"), yes, live(30, "ingesting")])
    assert (heard.returned_from, heard.returned_at) == ("cancelled", at(19))


def test_t58_of_two_ends_the_later_is_the_one_a_scan_has_come_back_from() -> None:
    start = replace(task("3", 40, task_key="scan-start"), stage=None)
    failed = replace(task("hunt failed", 35, "failed"), event_type="stage")
    seen = [live(20, "cancelled"), live(50, "ingesting", activities=[start, failed])]
    assert folded(seen).returned_from == "failed"


def test_t58_a_cancel_is_on_its_way_until_it_is_answered() -> None:
    scan = folded([live(1), CancelAsked(SCAN, 2, CancelAnswer.AWAITED)])
    assert scan.is_cancelling
    scan.observe(CancelAsked(SCAN, 2.5, CancelAnswer.REFUSED))
    scan.observe(CancelAsked(SCAN, 2, CancelAnswer.AWAITED))
    assert (scan.is_cancelling, scan.is_cancel_refused) == (False, True)
    scan.observe(live(3, "failed"))
    assert not scan.is_cancel_refused
    scan.observe(live(4, "ingesting"))
    assert scan.is_cancel_refused


def test_t61_a_completed_scan_whose_log_goes_on_is_no_all_clear() -> None:
    ended = replace(task("end", 10, "completed", "scan-finished"), stage=None)
    scan = folded([live(11, "completed", activities=[ended])])
    scan.observe(ListingEnded(SCAN, 12, 0, 0, is_whole=True))
    assert (scan.goes_on, scan.is_checked_to_the_end) == (False, True)
    scan.observe(live(20, "completed", activities=[task("hunts again", 19)]))
    assert (scan.goes_on, scan.is_checked_to_the_end) == (True, False)


def test_t68_thousands_of_lags_leave_one_mark() -> None:
    scan = folded([EventsSkipped(SCAN, float(moment)) for moment in range(5000)])
    assert scan.is_resynchronising
    scan.observe(ListingEnded(SCAN, 4998.5, 0, 0, is_whole=True))
    assert scan.is_resynchronising
    scan.observe(ListingEnded(SCAN, 5000, 0, 0, is_whole=True))
    assert (scan.is_resynchronising, scan.ledger.has_skips) == (False, True)


def test_t10_an_end_is_checked_only_by_a_listing_asked_for_after_it() -> None:
    scan = folded([ListingEnded(SCAN, 1, 0, 0, is_whole=True), live(2, "completed")])
    assert not scan.is_checked_to_the_end
    scan.observe(ListingEnded(SCAN, 3, 5, 4, is_whole=False))
    assert not scan.is_checked_to_the_end
    scan.observe(ListingEnded(SCAN, 4, 5, 5, is_whole=True))
    assert scan.is_checked_to_the_end


def test_t26_a_failure_is_final_only_once_it_has_settled() -> None:
    scan = folded([live(1, "failed")])
    assert scan.outcome is Outcome.FAILED_MAY_RETRY
    scan.observe(Settled(SCAN, is_settled=True))
    assert [scan.outcome] == [Outcome.FAILED]


def test_a_stage_is_measured_from_the_start_we_saw_to_its_end() -> None:
    running = [StageRow("ingest", "running", None, at(5))]
    ended = [
        StageRow("ingest", "completed", None, at(46)),
        StageRow("tyr", "completed", None, at(60)),
    ]
    scan = folded([scan_read(0), live(1, stages=running), live(2, stages=ended)])
    ingest, tyr = scan.stages[:2]
    assert (ingest.duration_s, ingest.is_start_inferred) == (41.0, False)
    assert (tyr.duration_s, tyr.is_start_inferred) == (14.0, True)


def test_changes_name_what_moved() -> None:
    scan = new_scan()
    rows = [StageRow("ingest", "running", None, at(1))]
    changes = scan.observe(live(1, stages=rows, activities=[task("a", 1)]))
    assert [type(change) for change in changes] == [ActivityAdded, StagesMoved, ScanMoved]
    seen = ConnectionSeen(SCAN, Connection.LIVE, 0.0)
    assert [type(change) for change in scan.observe(seen)] == [ConnectionMoved]
    assert scan.observe(seen) == []
    assert [type(c) for c in scan.observe(RepoRead(SCAN, "shop", "main"))] == [ScanMoved]
    assert scan.name == "shop"


def test_d24_repeated_events_of_a_running_stage_do_not_set_its_clock_back() -> None:
    scan = folded([scan_read(0), live(1, stages=[StageRow("ingest", "running", None, at(5))])])
    scan.observe(StageSeen(SCAN, 2, at(30), "ingest", "running", None))
    assert scan.stages[0].started_at == at(5)


def test_rows_that_cannot_be_read_do_not_keep_a_scan_checking_for_ever() -> None:
    history: list[Observation] = [EventsSkipped(SCAN, 1)]
    history += [ListingEnded(SCAN, 2, 5, 4, is_whole=False)]
    assert folded(history).is_resynchronising
    history += [ListingEnded(SCAN, 3, 5, 4, is_whole=False, unreadable=1)]
    scan = folded(history)
    assert not scan.is_resynchronising
    assert not scan.is_checked_to_the_end


def test_a_scan_that_runs_again_is_no_longer_believed_to_have_ended() -> None:
    scan = folded([live(1, "failed"), Settled(SCAN, is_settled=True)])
    scan.observe(live(2, "ingesting"))
    scan.observe(Settled(SCAN, is_settled=False))
    scan.observe(live(3, "failed"))
    assert scan.outcome is Outcome.FAILED_MAY_RETRY


def test_t59_only_what_is_older_than_the_attempt_is_told_apart() -> None:
    assert not new_scan().is_of_earlier_attempt(START)
    scan = folded([scan_read(1, started_s=60)])
    assert scan.is_of_earlier_attempt(at(30))
    assert not scan.is_of_earlier_attempt(at(59.5))  # two clocks
    assert not scan.is_of_earlier_attempt(at(90))  # which proves nothing


def test_events_that_cannot_be_understood_are_counted_to_a_bound() -> None:
    scan = folded([EventsSkipped(SCAN, float(at_s), is_unreadable=True) for at_s in range(1_200)])
    assert (scan.unread_events, scan.unread_at_s) == (UNREAD_LIMIT, 1_199.0)
    assert scan.is_event_unread
