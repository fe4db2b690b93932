"""The facts of a scan rebuild the same scan: for the next session, and for a recording."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from heimdall_desktop.domain.facts import observation
from heimdall_desktop.domain.facts.activity_log import MOST_ROWS
from heimdall_desktop.domain.facts.known_scan import CANCELLING_S
from heimdall_desktop.domain.facts.recorded import PastScan
from heimdall_desktop.domain.facts.scan import Outcome, Scan
from heimdall_desktop.domain.facts.server import ServerUrl, server_url
from heimdall_desktop.services.fact_codec import decode_facts, encode, fact_form, moved
from heimdall_desktop.services.history_tables import BothClocks
from tests.fakes.findings import FOUND_AT, REPO_ID, SCAN_ID, finding_id, make_finding
from tests.fakes.recorded_life import SERVER as LIFE_SERVER
from tests.fakes.recorded_life import Life

SERVER = server_url("http://127.0.0.1:8080")
BEGAN = datetime(2026, 7, 4, 8, 0, tzinfo=UTC)


def scan_read(
    asked_at_s: float,
    status: str = "hunting",
    started_at: datetime = BEGAN,
    completed_at: datetime | None = None,
) -> observation.ScanRead:
    moments = (BEGAN, started_at, completed_at, started_at)
    return observation.ScanRead(SCAN_ID, asked_at_s, REPO_ID, status, None, None, *moments)


def live_read(asked_at_s: float, status: str, stage: observation.StageRow) -> observation.LiveRead:
    counts = observation.Counts(2, 0, 2, 0, 0)
    updated_at = stage.timestamp
    return observation.LiveRead(
        SCAN_ID,
        asked_at_s,
        status,
        None,
        updated_at,
        counts,
        (stage,),
        (),
        not_scanned=4,
        not_taken=12,
    )


def fold(facts: Iterable[observation.Observation], server: ServerUrl = SERVER) -> Scan:
    scan = Scan(SCAN_ID, server)
    for fact in facts:
        scan.observe(fact)
    return scan


def seen_scan() -> Scan:
    """A scan in its second attempt, with two findings."""
    rows = tuple(make_finding(number) for number in range(2))
    later = BEGAN + timedelta(minutes=5)
    facts = (
        scan_read(1.0),
        observation.RepoRead(SCAN_ID, "shop", "main"),
        live_read(2.0, "ingesting", observation.StageRow("ingest", "running", None, BEGAN)),
        scan_read(9.0, "completed", started_at=later, completed_at=later),
        live_read(9.5, "completed", observation.StageRow("ingest", "completed", None, later)),
        observation.FindingsListed(SCAN_ID, 10.0, rows),
        observation.ListingEnded(SCAN_ID, 10.0, 2, 2, is_whole=True),
        observation.Settled(SCAN_ID, is_settled=True),
    )
    return fold(facts)


def folded(past: PastScan) -> Scan:
    """A new scan out of what was kept."""
    return fold((*past.opening(), *past.rows, *past.closing(len(past.rows))))


def kept(scan: Scan) -> PastScan:
    """What is kept of a scan."""
    rows = tuple(scan.kept_row(finding_id) for finding_id in scan.findings)
    return PastScan(SERVER, SCAN_ID, scan.last_update_at_s, scan.kept_facts(), rows)


def test_an_end_that_only_the_stream_reported_is_kept() -> None:
    scan = fold((scan_read(1.0, "hunting"), observation.EndSeen(SCAN_ID, 2.0, is_complete=False)))
    back = folded(kept(scan))
    back.observe(observation.SourceSeen(SCAN_ID, 3.0, observation.ScanSource.STREAM))
    assert back.status == "ended"


def test_the_error_of_a_scan_that_now_only_streams_is_kept() -> None:
    failed = replace(scan_read(1.0, "failed"), error="The model did not answer")
    streams = observation.SourceSeen(SCAN_ID, 2.0, observation.ScanSource.STREAM)
    back = fold(fold((failed, streams)).kept_facts())
    assert (back.error, back.status) == ("The model did not answer", "failed")
    assert back.is_stream_only


def test_a_scan_folded_from_what_was_kept_of_it_is_the_same() -> None:
    scan = seen_scan()

    back = folded(kept(scan))

    assert back.findings == scan.findings
    assert back.stages == scan.stages
    assert back.attempt == scan.attempt == 2
    assert (back.outcome, back.is_settled) == (Outcome.COMPLETED, True)
    assert back.is_checked_to_the_end
    assert back.sync_status == scan.sync_status
    assert back.reported_counts == scan.reported_counts
    assert (back.not_scanned, back.not_taken) == (scan.not_scanned, scan.not_taken) == (4, 12)
    assert back.last_answer_at_s == scan.last_answer_at_s


def test_the_kept_facts_do_not_grow_from_session_to_session() -> None:
    scan = folded(kept(seen_scan()))
    count = len(scan.kept_facts())
    for _ in range(5):
        scan = folded(kept(scan))
        assert len(scan.kept_facts()) == count
    assert scan.findings == seen_scan().findings
    assert (scan.status, scan.attempt, scan.last_answer_at_s) == ("completed", 2, 10.0)


def test_answers_of_an_earlier_session_are_older_than_any_of_this_one() -> None:
    assert fold((scan_read(-3600.0),)).last_answer_at_s == -3600.0


def test_nothing_is_kept_of_a_scan_without_an_answer() -> None:
    assert Scan(SCAN_ID, SERVER).kept_facts() == ()


def test_a_check_counts_while_polls_report_the_same() -> None:
    """The newest answer is newer than the listing that checked the rows."""
    scan = seen_scan()
    scan.observe(scan_read(60.0, "completed", completed_at=BEGAN))
    assert scan.is_checked_to_the_end
    back = folded(kept(scan))
    assert back.is_checked_to_the_end
    assert back.last_answer_at_s == 60.0


def test_a_restored_listing_from_before_the_end_is_no_check() -> None:
    later = BEGAN + timedelta(minutes=5)
    facts = (
        scan_read(1.0),
        observation.ListingEnded(SCAN_ID, 9.5, 0, 0, is_whole=True),
        scan_read(10.0, "completed", started_at=later, completed_at=later),
        live_read(10.0, "completed", observation.StageRow("ingest", "completed", None, later)),
    )
    scan = fold(facts)
    assert not scan.is_checked_to_the_end
    back = folded(kept(scan))
    assert back.attempt == scan.attempt == 2
    assert not back.is_checked_to_the_end


def test_without_all_rows_no_restored_listing_is_whole() -> None:
    past = kept(seen_scan())
    back = folded(replace(past, rows=past.rows[1:]))
    assert len(back.findings) == 1
    assert not back.has_listed_once
    assert not back.is_checked_to_the_end
    assert not back.is_settled


def test_a_restored_scan_cancelled_long_ago_is_not_cancelling() -> None:
    """Also once its watch has started, which doubts every end again."""
    moments_s = (1.0, 2.0 + CANCELLING_S)
    scan = fold(scan_read(at_s, "cancelled", completed_at=BEGAN) for at_s in moments_s)
    assert not scan.is_cancelling
    back = folded(kept(scan))
    back.observe(observation.Settled(SCAN_ID, is_settled=False))
    assert not back.is_cancelling


def test_a_restored_scan_cancelled_just_now_is_cancelling() -> None:
    scan = fold((scan_read(1.0, "cancelled", completed_at=BEGAN),))
    assert folded(kept(scan)).is_cancelling


STATUSES = st.sampled_from(["queued", "hunting", "completed", "failed", "cancelled"])
ROWS = st.lists(st.integers(0, 6), max_size=4, unique=True)


def facts(number: int) -> st.SearchStrategy[observation.Observation]:
    """Something that is learned at the n-th moment."""
    at_s, later = float(number), BEGAN + timedelta(minutes=number)
    stage = observation.StageRow("hunt", "running", None, BEGAN)
    return st.one_of(
        STATUSES.map(lambda status: scan_read(at_s, status)),
        STATUSES.map(lambda status: scan_read(at_s, status, started_at=later)),
        STATUSES.map(lambda status: live_read(at_s, status, stage)),
        STATUSES.map(lambda status: observation.StatusSeen(SCAN_ID, at_s, later, status)),
        ROWS.map(
            lambda rows: observation.FindingsListed(SCAN_ID, at_s, tuple(map(make_finding, rows)))
        ),
        st.integers(0, 3).map(
            lambda n: observation.ListingEnded(SCAN_ID, at_s, n, n, is_whole=True)
        ),
        st.integers(0, 3).map(
            lambda n: observation.ListingEnded(SCAN_ID, at_s, n + 1, n, is_whole=False)
        ),
        st.booleans().map(lambda is_settled: observation.Settled(SCAN_ID, is_settled)),
        st.just(observation.ScanGone(SCAN_ID, at_s)),
    )


HISTORIES = st.integers(1, 12).flatmap(lambda n: st.tuples(*map(facts, range(1, n + 1))))


@given(HISTORIES)
@example(
    (
        observation.ListingEnded(SCAN_ID, 1.0, 0, 0, is_whole=True),
        observation.ListingEnded(SCAN_ID, 2.0, 1, 0, is_whole=False),
    )
)
def test_any_facts_are_restored_and_never_look_more_checked(
    seen: tuple[observation.Observation, ...],
) -> None:
    scan = fold((scan_read(0.0), *seen))
    back = folded(kept(scan))

    assert back.findings == scan.findings
    assert (back.status, back.started_at) == (scan.status, scan.started_at)
    assert back.attempt == scan.attempt
    assert back.stages == scan.stages
    assert back.last_answer_at_s == scan.last_answer_at_s
    assert back.is_settled <= scan.is_settled
    assert back.is_checked_to_the_end <= scan.is_checked_to_the_end
    assert back.sync_status.is_whole <= scan.sync_status.is_whole
    assert all(back.changes_of(each) == scan.changes_of(each) for each in scan.findings)
    if scan.sync_status.read <= len(scan.findings):
        assert back.has_listed_once == scan.has_listed_once
        assert back.is_settled == scan.is_settled
        assert back.is_checked_to_the_end == scan.is_checked_to_the_end


def through_a_file(past: PastScan) -> PastScan:
    """Return a kept scan as the next session reads it, an hour later."""
    then = BothClocks(1_783_166_400.123456, 54_321.987654)
    now = BothClocks(then.wall_s + 3600.0, 17.123456)
    moments = (moved(fact, then.to_wall) for fact in past.head)
    head = decode_facts(encode([(type(fact).__name__, fact_form(fact)) for fact in moments]))
    rows = (
        replace(row, asked_at_s=now.to_clock(then.to_wall(row.asked_at_s))) for row in past.rows
    )
    observed = (fact for fact in head if isinstance(fact, observation.Observation))
    return replace(past, head=tuple(moved(o, now.to_clock) for o in observed), rows=tuple(rows))


@given(HISTORIES)
def test_any_facts_are_the_same_after_two_sessions(
    seen: tuple[observation.Observation, ...],
) -> None:
    scan = fold((scan_read(0.0), *seen))
    back = folded(through_a_file(kept(folded(through_a_file(kept(scan))))))

    assert back.findings == scan.findings
    assert (back.status, back.attempt, back.stages) == (scan.status, scan.attempt, scan.stages)
    if scan.sync_status.read <= len(scan.findings):
        assert (back.outcome, back.is_settled) == (scan.outcome, scan.is_settled)
        assert back.is_checked_to_the_end == scan.is_checked_to_the_end
        assert back.returned_from == scan.returned_from


def test_seen_changes_of_a_finding_are_restored_and_continue() -> None:
    scan = seen_scan()
    reported = make_finding(1, title="changes")
    lowered = replace(reported, severity_text="medium", updated_at=FOUND_AT + timedelta(minutes=7))
    for asked_at_s, row in ((50.0, reported), (51.0, lowered)):
        scan.observe(observation.FindingsListed(SCAN_ID, asked_at_s, (row,)))
    assert [change.new for change in scan.changes_of(reported.id)] == ["medium"]

    back = folded(kept(scan))

    assert back.changes_of(reported.id) == scan.changes_of(reported.id)
    raised = replace(lowered, severity_text="low", updated_at=FOUND_AT + timedelta(minutes=9))
    back.observe(observation.FindingsListed(SCAN_ID, 60.0, (raised,)))
    assert [(change.old, change.new) for change in back.changes_of(reported.id)] == [
        ("high", "medium"),
        ("medium", "low"),
    ]


def test_gaps_in_the_log_are_restored_and_close_only_with_their_lines() -> None:
    words = ("task", "active", "running", "hunt")

    def at(seconds: float) -> datetime:
        return BEGAN + timedelta(seconds=seconds)

    def read(asked_at_s: float, *numbers: int) -> observation.LiveRead:
        rows = tuple(
            observation.Activity(f"k{n}", *words, f"t{n}", "Row", None, None, at(n))
            for n in reversed(numbers)
        )
        stage = observation.StageRow("hunt", "running", None, BEGAN)
        return replace(live_read(asked_at_s, "hunting", stage), activities=rows)

    numbers = (range(MOST_ROWS), range(100, 100 + MOST_ROWS))
    scan = fold((scan_read(1.0), *(read(2.0 + n, *each) for n, each in enumerate(numbers))))
    rows = tuple(scan.activities.values())
    past = PastScan(SERVER, SCAN_ID, scan.last_update_at_s, scan.kept_facts(), (), rows)
    back = fold((*past.opening(), *past.log(rows)))
    assert back.log_gaps == scan.log_gaps
    assert [gap.newer.key for gap in back.log_gaps] == ["k0", "k100"]
    back.observe(read(9.0, *range(200, 200 + MOST_ROWS)))
    assert [gap.newer.key for gap in back.log_gaps] == ["k0", "k100", "k200"]
    back.observe(read(4.0, *range(50, 130)))
    assert [gap.newer.key for gap in back.log_gaps] == ["k0", "k200"]


SHOWN = (
    *("source", "status", "outcome", "stages", "findings", "announced", "counted", "not_counted"),
    *(
        "sync_status",
        "reported_counts",
        "activities",
        "log_gaps",
        "attempt_starts",
        "has_listed_once",
    ),
    *("lost_rows", "gaps", "is_settled", "looks_until_s", "is_cancelling"),
    *("is_checked_to_the_end", "is_resynchronising", "unread_events", "returned_from"),
    *("completed_at", "updated_at", "error", "last_answer_at_s", "connection"),
)


@settings(max_examples=30)
@given(st.integers(0, 2**32), st.integers(0, 80))
def test_recorded_facts_rebuild_the_same_scan(seed: int, steps: int) -> None:
    life = Life(Random(seed))
    for _ in range(steps):
        life.step()
    scan = life.store.scan(SCAN_ID)
    assert scan is not None
    again = fold(scan.recorded_facts(), LIFE_SERVER)
    for name in SHOWN:
        now, then = getattr(again, name), getattr(scan, name)
        assert now == then, name


def test_recorded_facts_leave_out_later_ones() -> None:
    life = Life(Random(7))
    for _ in range(60):
        life.step()
    scan = life.store.scan(SCAN_ID)
    assert scan is not None
    assert scan.findings
    then, reported = dict(scan.findings), scan.recorded_facts()
    for _ in range(60):
        life.step()

    assert fold(reported, LIFE_SERVER).findings == then
    assert scan.findings != then


def test_a_snooze_outlives_the_rows_of_a_scan_that_was_gone_for_a_while() -> None:
    until = FOUND_AT + timedelta(hours=1)
    facts = (
        observation.FindingsListed(SCAN_ID, 1.0, (make_finding(1),)),
        observation.Snoozed(SCAN_ID, (finding_id(1),), until),
        observation.ScanGone(SCAN_ID, 2.0),
    )
    scan = fold(facts)
    again = fold(scan.recorded_facts())
    for each in (scan, again):
        each.observe(observation.FindingsListed(SCAN_ID, 3.0, (make_finding(1),)))
    assert scan.findings[finding_id(1)].snoozed_until == until
    assert again.findings == scan.findings
