"""The fold: facts in any order and any number of times make the same scan."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from heimdall_desktop.domain.facts import change
from heimdall_desktop.domain.facts.finding import (
    Confidence,
    Finding,
    FindingId,
    FindingStatus,
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
    CountsCompared,
    EndSeen,
    EventsSkipped,
    FindingsListed,
    Gap,
    GapsSeen,
    ListingEnded,
    LiveRead,
    Observation,
    RepoRead,
    ScanGone,
    ScanRead,
    ScanSource,
    Settled,
    SourceSeen,
    StageRow,
    StageSeen,
    StatusSeen,
)
from heimdall_desktop.domain.facts.scan import UNREAD_LIMIT, Outcome, Scan
from heimdall_desktop.domain.facts.scan_link import report_page, scan_page
from heimdall_desktop.domain.facts.server import ServerUrl, server_url
from heimdall_desktop.domain.facts.stage import STAGE_NAMES, StageState
from tests.fakes.desk_parts import patient
from tests.fakes.findings import SCAN_ID as SCAN
from tests.fakes.findings import make_finding

START = datetime(2026, 7, 4, 8, 0, tzinfo=UTC)


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def new_scan() -> Scan:
    return Scan(SCAN, server_url("http://127.0.0.1:8080"))


def scan_read(asked_at_s: float, status: str = "hunting", started_s: float = 0.0) -> ScanRead:
    moments = (START, at(started_s), None, at(asked_at_s))
    return ScanRead(SCAN, asked_at_s, RepoId("r"), status, None, None, *moments)


def live(
    asked_at_s: float,
    status: str = "hunting",
    *,
    total: int = 0,
    stages: Sequence[StageRow] = (),
    activities: Sequence[Activity] = (),
) -> LiveRead:
    known = (Counts(total), tuple(stages), tuple(activities))
    return LiveRead(SCAN, asked_at_s, status, None, at(asked_at_s), *known)


def task(key: str, seconds: float, status: str = "running", task_key: str = "task") -> Activity:
    return Activity(key, "task", "active", status, "hunt", task_key, key, None, None, at(seconds))


def listed(asked_at_s: float, **fields: Any) -> FindingsListed:
    return FindingsListed(SCAN, asked_at_s, (make_finding(scan_id=SCAN, **fields),))


def folded(observations: Sequence[Observation], scan: Scan | None = None) -> Scan:
    scan = new_scan() if scan is None else scan
    for observation in observations:
        scan.observe(observation)
    return scan


def test_a_new_row_is_an_addition_and_a_changed_one_a_replacement() -> None:
    scan = new_scan()
    first = scan.observe(listed(1, id=FindingId("a"), severity=Severity.HIGH))
    assert [type(each) for each in first] == [change.FindingAdded, change.ScanMoved]
    second = scan.observe(listed(2, id=FindingId("a"), severity=Severity.CRITICAL))
    assert [type(each) for each in second] == [change.FindingReplaced, change.ScanMoved]
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
    added = [each for each in (*early, *late) if isinstance(each, change.FindingAdded)]
    assert [each.is_first_read for each in added] == [True, False]


def test_a_rise_of_confidence_that_we_saw_confirms() -> None:
    scan = folded([listed(1, id=FindingId("a"), confidence=Confidence.MEDIUM)])
    scan.observe(listed(2, id=FindingId("a"), confidence=Confidence.HIGH))
    assert scan.findings[FindingId("a")].verdict is Verdict.CONFIRMED


def test_t27_of_two_answers_the_later_requested_wins() -> None:
    assert folded([live(2, "hunting"), live(1, "modeling")]).status == "hunting"


def test_t35_an_old_event_after_a_newer_answer_changes_nothing() -> None:
    scan = folded([StatusSeen(SCAN, 1, at(1), "ingesting"), live(5, "hunting")])
    assert scan.observe(StatusSeen(SCAN, 2, at(0.5), "ingesting")) == []
    assert scan.status == "hunting"


def test_t31_an_event_without_counts_leaves_them_alone() -> None:
    scan = folded([live(1, total=7), StatusSeen(SCAN, 2, at(2), "hunted")])
    assert scan.reported_counts == Counts(7)


def test_t67_counts_are_compared_with_listed_rows_of_every_status() -> None:
    dismissed = listed(1, id=FindingId("a"), severity=Severity.HIGH, status_text="dismissed")
    announced = listed(2, id=FindingId("b"), severity=Severity.CRITICAL, is_announced=True)
    whole = ListingEnded(SCAN, 1, 1, 1, is_whole=True)
    scan = folded([dismissed, whole, announced, replace(live(3), counts=Counts(1, high=1))])
    assert not scan.differs_from_counts
    scan.observe(replace(live(4), counts=Counts(1, critical=1)))
    assert scan.differs_from_counts


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


def test_t58_an_unseen_cancel_is_known_from_log_or_acceptance() -> None:
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


def test_t61_a_completed_scan_with_later_log_rows_is_not_checked() -> None:
    ended = replace(task("end", 10, "completed", "scan-finished"), stage=None)
    scan = folded([live(11, "completed", activities=[ended])])
    scan.observe(ListingEnded(SCAN, 12, 0, 0, is_whole=True))
    assert (scan.is_still_active, scan.is_checked_to_the_end) == (False, True)
    scan.observe(live(20, "completed", activities=[task("hunts again", 19)]))
    assert (scan.is_still_active, scan.is_checked_to_the_end) == (True, False)


def test_t68_thousands_of_lags_leave_one_mark() -> None:
    scan = folded([EventsSkipped(SCAN, float(moment)) for moment in range(5000)])
    assert scan.is_resynchronising
    scan.observe(ListingEnded(SCAN, 4998.5, 0, 0, is_whole=True))
    assert scan.is_resynchronising
    scan.observe(ListingEnded(SCAN, 5000, 0, 0, is_whole=True))
    assert (scan.is_resynchronising, scan.sync_status.has_skips) == (False, True)


def test_t10_an_end_is_checked_only_by_a_later_listing() -> None:
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
    ends = {"ingest": 46, "tyr": 60}
    ended = [StageRow(name, "completed", None, at(end_s)) for name, end_s in ends.items()]
    scan = folded([scan_read(0), live(1, stages=running), live(2, stages=ended)])
    ingest, tyr = scan.stages[:2]
    assert (ingest.duration_s, ingest.is_start_inferred) == (41.0, False)
    assert (tyr.duration_s, tyr.is_start_inferred) == (14.0, True)


def test_changes_name_what_moved() -> None:
    scan = new_scan()
    rows = [StageRow("ingest", "running", None, at(1))]
    changes = scan.observe(live(1, stages=rows, activities=[task("a", 1)]))
    moved = [change.ActivityAdded, change.StagesMoved, change.ScanMoved]
    assert [type(each) for each in changes] == moved
    seen = ConnectionSeen(SCAN, Connection.LIVE, 0.0)
    assert [type(each) for each in scan.observe(seen)] == [change.ConnectionMoved]
    assert scan.observe(seen) == []
    assert [type(c) for c in scan.observe(RepoRead(SCAN, "shop", "main"))] == [change.ScanMoved]
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


def test_t59_only_older_entries_belong_to_an_earlier_attempt() -> None:
    assert not new_scan().is_of_earlier_attempt(START)
    scan = folded([scan_read(1, started_s=60)])
    assert scan.is_of_earlier_attempt(at(30))
    assert not scan.is_of_earlier_attempt(at(59.5))  # two clocks
    assert not scan.is_of_earlier_attempt(at(90))  # which proves nothing


def test_events_that_cannot_be_understood_are_counted_to_a_bound() -> None:
    scan = folded([EventsSkipped(SCAN, float(at_s), is_unreadable=True) for at_s in range(1_200)])
    assert (scan.unread_events, scan.unread_at_s) == (UNREAD_LIMIT, 1_199.0)
    assert scan.is_event_unread


# -- where a scan is found in a browser depends on its server --


SERVER = ServerUrl("https://heimdall.corp.example/behind")


def a_scan(scan_id: str = "1b671a64", *, has_report: bool = False, is_local: bool = False) -> Scan:
    scan = Scan(ScanId(scan_id), SERVER, is_local=is_local)
    live = LiveRead(scan.id, 1.0, "completed", None, None, Counts(0), (), (), has_report=has_report)
    scan.observe(live)
    return scan


def test_the_newest_servers_make_a_report_and_others_have_a_page() -> None:
    assert report_page(a_scan(has_report=True)) == f"{SERVER}/scans/1b671a64/report"
    assert report_page(a_scan()) == f"{SERVER}/scans/1b671a64"
    assert scan_page(a_scan(has_report=True)) == f"{SERVER}/scans/1b671a64"
    assert scan_page(a_scan("../x?y#z")) == f"{SERVER}/scans/..%2Fx%3Fy%23z"
    assert scan_page(a_scan(is_local=True)) == "", "the embedded server has no pages for people"
    assert report_page(a_scan(has_report=True, is_local=True)) == ""


MOST_ROWS = 5
WORDS = ["queued", "ingesting", "hunting", "sneezing", "completed", "failed", "cancelled"]

all_statuses = st.sampled_from(WORDS)
all_stage_texts = st.sampled_from(["pending", "running", "completed", "failed", "cancelled", "odd"])
seconds = st.integers(0, 1000)
errors = st.sampled_from([None, "The model did not answer"])
stage_names = st.sampled_from([*STAGE_NAMES, "epilogue"])
randoms = st.randoms(use_true_random=False)


@st.composite
def rows(draw: st.DrawFn) -> Finding:
    """A reading of one of a few rows."""
    return make_finding(
        draw(st.integers(1, MOST_ROWS)),
        severity=draw(st.sampled_from(Severity)),
        status=draw(st.sampled_from(FindingStatus)),
        confidence=draw(st.sampled_from(Confidence)),
        agent_reasoning=draw(st.sampled_from([None, "Not reachable."])),
        is_announced=draw(st.sampled_from([False, False, True])),
    )


stage_rows = st.builds(StageRow, stage_names, all_stage_texts, errors, seconds.map(at))


@st.composite
def activities(draw: st.DrawFn) -> Activity:
    """A line of the log: what it says follows from its key, which is unique."""
    number = draw(st.integers(0, 9))
    status = ["running", "completed", "failed"][number % 3]
    task = ["scan-start", "task", "other"][number % 4 % 3]
    return Activity(
        str(number), "task", "active", status, "hunt", task, "Look", None, None, at(number)
    )


def unique_rows(most: int = MOST_ROWS) -> st.SearchStrategy[tuple[Finding, ...]]:
    return st.lists(rows(), max_size=most, unique_by=lambda row: row.id).map(tuple)


@st.composite
def observations(draw: st.DrawFn, moment_s: float) -> Observation:
    """A fact of a moment that no other fact shares, as no two requests do."""
    match draw(st.integers(0, 8)):
        case 0:
            started = draw(st.none() | seconds.map(at))
            ended = draw(st.none() | seconds.map(at))
            known = (draw(errors), START, started, ended, at(moment_s))
            return ScanRead(SCAN, moment_s, RepoId("r"), draw(all_statuses), None, *known)
        case 1 | 2:
            return LiveRead(
                SCAN,
                moment_s,
                draw(all_statuses),
                draw(errors),
                at(moment_s),
                Counts(draw(st.integers(0, MOST_ROWS))),
                tuple(draw(st.lists(stage_rows, max_size=9, unique_by=lambda row: row.name))),
                tuple(draw(st.lists(activities(), max_size=4))),
                draw(st.none() | st.just("another provider")),
            )
        case 3:
            stage, word, error = draw(stage_names), draw(all_stage_texts), draw(errors)
            return StageSeen(SCAN, moment_s, at(moment_s), stage, word, error)
        case 4:
            counts = draw(st.none() | st.integers(0, 9).map(Counts))
            return StatusSeen(SCAN, moment_s, at(moment_s), draw(all_statuses), counts)
        case 5 | 6:
            return FindingsListed(SCAN, moment_s, draw(unique_rows()))
        case 7:
            return EventsSkipped(SCAN, moment_s)
        case _:
            is_complete, counts = draw(st.booleans()), draw(st.none() | st.just(Counts(2)))
            reported: list[Observation] = [
                EndSeen(SCAN, moment_s, is_complete, at(moment_s), counts),
                SourceSeen(SCAN, moment_s, draw(st.sampled_from(ScanSource))),
                GapsSeen(SCAN, moment_s, (Gap(at(1), at(moment_s)),)),
                RepoRead(SCAN, "shop", "main"),
            ]
            return draw(st.sampled_from(reported))


@st.composite
def listings(draw: st.DrawFn, moment_s: float) -> Observation:
    """How a listing ended, or how its rows compare with the server's counts."""
    if draw(st.integers(0, 4)) == 0:
        return CountsCompared(SCAN, moment_s, draw(st.none() | st.just(moment_s + 4)))
    total, read = draw(st.integers(0, 9)), draw(st.integers(0, 9))
    unreadable, recovered = draw(st.integers(0, 2)), draw(st.integers(0, 3))
    whole = read >= total
    return ListingEnded(SCAN, moment_s, total, read, whole, unreadable, recovered=recovered)


@st.composite
def histories(draw: st.DrawFn) -> list[Observation]:
    """Facts, oldest first."""
    moments = sorted(draw(st.lists(st.integers(1, 9999), min_size=2, max_size=14, unique=True)))
    kinds = [observations, observations, observations, listings]
    return [draw(draw(st.sampled_from(kinds))(float(moment_s))) for moment_s in moments]


def mixed(history: Sequence[Observation], random: Random) -> list[Observation]:
    """The facts in another order, some of them twice."""
    again = [*history, *random.choices(history, k=len(history))]
    random.shuffle(again)
    return again


def shown(scan: Scan) -> dict[str, object]:
    """Everything a person could see of a scan."""
    names = (
        *(
            "status",
            "is_live",
            "outcome",
            "stages",
            "stage_rows",
            "findings",
            "sync_status",
            "error",
        ),
        *("reported_counts", "recount_at_s", "activities", "attempt", "current_task", "branch"),
        *("is_checked_to_the_end", "is_resynchronising", "has_listed_once", "repo_name"),
        *("created_at", "started_at", "completed_at", "updated_at", "fallback"),
        "last_answer_at_s",
    )
    seen = {name: getattr(scan, name) for name in names} | {"severities": +scan.severities}
    return seen | {"stage_rows": sorted(scan.stage_rows, key=lambda row: row.name)}


@patient
@given(histories(), randoms)
def test_histories_make_the_same_scan_in_any_order_and_repetition(
    history: list[Observation], random: Random
) -> None:
    assert shown(folded(mixed(history, random))) == shown(folded(history))


@patient
@given(histories())
def test_what_is_known_changes_nothing(history: list[Observation]) -> None:
    scan = folded(history)
    assert [scan.observe(observation) for observation in history] == [[] for _ in history]


@patient
@given(histories(), st.integers(0, 14), randoms)
def test_late_answers_about_a_scan_that_is_gone_bring_nothing_back(
    history: list[Observation], cut: int, random: Random
) -> None:
    early, late = history[:cut], history[cut:]
    moments_s = [getattr(o, "asked_at_s", getattr(o, "heard_at_s", 0.0)) for o in early]
    gone = ScanGone(SCAN, 0.5 + max(moments_s, default=0.0))
    stragglers = random.choices(early, k=3) if early else []
    scan = folded([*early, gone, *mixed([*stragglers, *late], random)])
    rows = {row.id for each in late if isinstance(each, FindingsListed) for row in each.findings}
    assert scan.findings.keys() == rows
    assert sum(scan.severities.values()) == len(rows)
    endings = [each for each in late if isinstance(each, ListingEnded)]
    assert scan.sync_status.total == (endings[-1].total if endings else None)


@patient
@given(unique_rows(), randoms, st.integers(1, 3))
def test_pages_in_any_order_make_the_rows_of_one_listing(
    listed: tuple[Finding, ...], random: Random, size: int
) -> None:
    starts = range(0, len(listed), size)
    pages = [FindingsListed(SCAN, 5.0 + n, listed[n : n + size]) for n in starts]
    random.shuffle(pages)
    whole = folded([FindingsListed(SCAN, 5.0, listed)])
    assert folded(pages).findings == whole.findings
    assert +folded(pages).severities == +whole.severities


@patient
@given(histories(), st.integers(0, 14))
def test_changes_alone_make_the_same_rows(history: list[Observation], cut: int) -> None:
    scan, copy = new_scan(), dict[FindingId, Finding]()
    for observation in [*history[:cut], ScanGone(SCAN, cut * 500.0), *history]:
        for each in scan.observe(observation):
            follow(each, copy)
        assert copy == scan.findings


def follow(each: change.Change, copy: dict[FindingId, Finding]) -> None:
    match each:
        case change.FindingAdded(finding):
            assert finding.id not in copy
            copy[finding.id] = finding
        case change.FindingReplaced(finding, previous):
            assert copy[finding.id] == previous
            copy[finding.id] = finding
        case change.ScanEmptied():
            copy.clear()
        case _:
            pass


@patient
@given(histories(), st.integers(0, 14))
def test_what_was_kept_of_a_moment_and_what_came_later_make_the_whole(
    history: list[Observation], cut: int
) -> None:
    early = [o for o in history[:cut] if not isinstance(o, EventsSkipped)]
    first = ScanRead(SCAN, 0.0, RepoId("r"), "queued", None, None, START, None, None, START)
    before = folded([first, *early])
    back = folded([*before.kept_facts(), *(before.kept_row(each) for each in before.findings)])
    late = history[cut:]
    whole, resumed = folded(late, before), folded(late, back)
    for what in ("findings", "severities", "status", "outcome", "error", "started_at"):
        assert shown(resumed)[what] == shown(whole)[what], what
    for what in ("total", "read", "is_whole", "unreadable"):
        assert getattr(resumed.sync_status, what) == getattr(whole.sync_status, what), what
    # What was kept may look older than it is, so that no end looks checked that was not.
    assert (resumed.sync_status.checked_at_s or 0) <= (whole.sync_status.checked_at_s or 0)


@patient
@given(histories(), st.integers(0, 14))
def test_a_late_snapshot_outweighs_all_that_was_said_before(
    history: list[Observation], cut: int
) -> None:
    snapshot: list[Observation] = [
        LiveRead(SCAN, 20_000.0, "verifying", None, at(9), Counts(1), (), ()),
        FindingsListed(SCAN, 20_001.0, tuple(make_finding(n) for n in range(MOST_ROWS + 1))),
        ListingEnded(SCAN, 20_001.0, MOST_ROWS + 1, MOST_ROWS + 1, is_whole=True),
    ]
    scan = folded([*history[:cut], *snapshot, *history[cut:]])
    assert (scan.status, scan.error, scan.reported_counts) == ("verifying", None, Counts(1))
    plain = [replace(finding, has_risen=False) for finding in scan.findings.values()]
    assert sorted(plain, key=lambda row: row.id) == [make_finding(n) for n in range(MOST_ROWS + 1)]
    assert scan.sync_status.is_whole
