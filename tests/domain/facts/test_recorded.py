"""The facts of a scan rebuild the same scan: for the next session, and for a recording."""

from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from heimdall_desktop.domain.facts.activity_log import MOST_ROWS
from heimdall_desktop.domain.facts.known_scan import CANCELLING_S
from heimdall_desktop.domain.facts.observation import (
    Activity,
    Counts,
    EndSeen,
    FindingsListed,
    ListingEnded,
    LiveRead,
    Observation,
    RepoRead,
    ScanGone,
    ScanRead,
    ScanSource,
    Settled,
    Snoozed,
    SourceSeen,
    StageRow,
    StatusSeen,
)
from heimdall_desktop.domain.facts.recorded import PastScan
from heimdall_desktop.domain.facts.scan import Outcome, Scan
from heimdall_desktop.domain.facts.server import server_url
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
) -> ScanRead:
    moments = (BEGAN, started_at, completed_at, started_at)
    return ScanRead(SCAN_ID, asked_at_s, REPO_ID, status, None, None, *moments)


def live_read(asked_at_s: float, status: str, stage: StageRow) -> LiveRead:
    counts = Counts(2, 0, 2, 0, 0)
    updated_at = stage.timestamp
    return LiveRead(
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


def seen_scan() -> Scan:
    """A scan in its second attempt, with two findings."""
    scan = Scan(SCAN_ID, SERVER)
    rows = tuple(make_finding(number) for number in range(2))
    later = BEGAN + timedelta(minutes=5)
    for observation in (
        scan_read(1.0),
        RepoRead(SCAN_ID, "shop", "main"),
        live_read(2.0, "ingesting", StageRow("ingest", "running", None, BEGAN)),
        scan_read(9.0, "completed", started_at=later, completed_at=later),
        live_read(9.5, "completed", StageRow("ingest", "completed", None, later)),
        FindingsListed(SCAN_ID, 10.0, rows),
        ListingEnded(SCAN_ID, 10.0, 2, 2, is_whole=True),
        Settled(SCAN_ID, is_settled=True),
    ):
        scan.observe(observation)
    return scan


def folded(past: PastScan) -> Scan:
    """A new scan out of what was kept."""
    scan = Scan(past.scan_id, past.server)
    for observation in (*past.opening(), *past.rows, *past.closing(len(past.rows))):
        scan.observe(observation)
    return scan


def kept(scan: Scan) -> PastScan:
    """What is kept of a scan."""
    rows = tuple(scan.kept_row(finding_id) for finding_id in scan.findings)
    return PastScan(SERVER, SCAN_ID, scan.last_update_at_s, scan.kept_facts(), rows)


def test_an_end_that_only_the_stream_reported_is_kept() -> None:
    scan = Scan(SCAN_ID, SERVER)
    scan.observe(scan_read(1.0, "hunting"))
    scan.observe(EndSeen(SCAN_ID, 2.0, is_complete=False))
    back = folded(kept(scan))
    back.observe(SourceSeen(SCAN_ID, 3.0, ScanSource.STREAM))
    assert back.status == "ended"


def test_the_error_of_a_scan_that_now_only_streams_is_kept() -> None:
    scan = Scan(SCAN_ID, SERVER)
    scan.observe(replace(scan_read(1.0, "failed"), error="The model did not answer"))
    scan.observe(SourceSeen(SCAN_ID, 2.0, ScanSource.STREAM))
    back = Scan(SCAN_ID, SERVER)
    for observation in scan.kept_facts():
        back.observe(observation)
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
    assert back.ledger == scan.ledger
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
    scan = Scan(SCAN_ID, SERVER)

    scan.observe(replace(scan_read(1.0), asked_at_s=-3600.0))

    assert scan.last_answer_at_s == -3600.0


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
    scan = Scan(SCAN_ID, SERVER)
    later = BEGAN + timedelta(minutes=5)
    for observation in (
        scan_read(1.0),
        ListingEnded(SCAN_ID, 9.5, 0, 0, is_whole=True),
        scan_read(10.0, "completed", started_at=later, completed_at=later),
        live_read(10.0, "completed", StageRow("ingest", "completed", None, later)),
    ):
        scan.observe(observation)
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
    """Also once its watch has begun, which doubts every end anew."""
    scan = Scan(SCAN_ID, SERVER)
    for asked_at_s in (1.0, 2.0 + CANCELLING_S):
        scan.observe(scan_read(asked_at_s, "cancelled", completed_at=BEGAN))
    assert not scan.is_cancelling
    back = folded(kept(scan))
    back.observe(Settled(SCAN_ID, is_settled=False))
    assert not back.is_cancelling


def test_a_restored_scan_cancelled_just_now_is_cancelling() -> None:
    scan = Scan(SCAN_ID, SERVER)
    scan.observe(scan_read(1.0, "cancelled", completed_at=BEGAN))
    assert folded(kept(scan)).is_cancelling


STATUSES = st.sampled_from(["queued", "hunting", "completed", "failed", "cancelled"])
ROWS = st.lists(st.integers(0, 6), max_size=4, unique=True)


def facts(number: int) -> st.SearchStrategy[Observation]:
    """Something that is learned at the n-th moment."""
    at_s, later = float(number), BEGAN + timedelta(minutes=number)
    stage = StageRow("hunt", "running", None, BEGAN)
    return st.one_of(
        STATUSES.map(lambda status: scan_read(at_s, status)),
        STATUSES.map(lambda status: scan_read(at_s, status, started_at=later)),
        STATUSES.map(lambda status: live_read(at_s, status, stage)),
        STATUSES.map(lambda status: StatusSeen(SCAN_ID, at_s, later, status)),
        ROWS.map(lambda rows: FindingsListed(SCAN_ID, at_s, tuple(map(make_finding, rows)))),
        st.integers(0, 3).map(lambda n: ListingEnded(SCAN_ID, at_s, n, n, is_whole=True)),
        st.integers(0, 3).map(lambda n: ListingEnded(SCAN_ID, at_s, n + 1, n, is_whole=False)),
        st.booleans().map(lambda is_settled: Settled(SCAN_ID, is_settled)),
        st.just(ScanGone(SCAN_ID, at_s)),
    )


HISTORIES = st.integers(1, 12).flatmap(lambda n: st.tuples(*map(facts, range(1, n + 1))))


@given(HISTORIES)
@example(
    (
        ListingEnded(SCAN_ID, 1.0, 0, 0, is_whole=True),
        ListingEnded(SCAN_ID, 2.0, 1, 0, is_whole=False),
    )
)
def test_any_facts_are_restored_and_never_look_more_checked(seen: tuple[Observation, ...]) -> None:
    scan = Scan(SCAN_ID, SERVER)
    for observation in (scan_read(0.0), *seen):
        scan.observe(observation)

    back = folded(kept(scan))

    assert back.findings == scan.findings
    assert (back.status, back.started_at) == (scan.status, scan.started_at)
    assert back.attempt == scan.attempt
    assert back.stages == scan.stages
    assert back.last_answer_at_s == scan.last_answer_at_s
    assert back.is_settled <= scan.is_settled
    assert back.is_checked_to_the_end <= scan.is_checked_to_the_end
    assert back.ledger.is_whole <= scan.ledger.is_whole
    assert all(back.changes_of(each) == scan.changes_of(each) for each in scan.findings)
    if scan.ledger.read <= len(scan.findings):
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
    observed = (fact for fact in head if isinstance(fact, Observation))
    return replace(past, head=tuple(moved(o, now.to_clock) for o in observed), rows=tuple(rows))


@given(HISTORIES)
def test_any_facts_are_the_same_after_two_sessions(seen: tuple[Observation, ...]) -> None:
    scan = Scan(SCAN_ID, SERVER)
    for observation in (scan_read(0.0), *seen):
        scan.observe(observation)

    back = folded(through_a_file(kept(folded(through_a_file(kept(scan))))))

    assert back.findings == scan.findings
    assert (back.status, back.attempt, back.stages) == (scan.status, scan.attempt, scan.stages)
    if scan.ledger.read <= len(scan.findings):
        assert (back.outcome, back.is_settled) == (scan.outcome, scan.is_settled)
        assert back.is_checked_to_the_end == scan.is_checked_to_the_end
        assert back.returned_from == scan.returned_from


def test_seen_changes_of_a_finding_are_restored_and_continue() -> None:
    scan = seen_scan()
    reported = make_finding(1, title="changes")
    lowered = replace(reported, severity_text="medium", updated_at=FOUND_AT + timedelta(minutes=7))
    for asked_at_s, row in ((50.0, reported), (51.0, lowered)):
        scan.observe(FindingsListed(SCAN_ID, asked_at_s, (row,)))
    assert [change.new for change in scan.changes_of(reported.id)] == ["medium"]

    back = folded(kept(scan))

    assert back.changes_of(reported.id) == scan.changes_of(reported.id)
    raised = replace(lowered, severity_text="low", updated_at=FOUND_AT + timedelta(minutes=9))
    back.observe(FindingsListed(SCAN_ID, 60.0, (raised,)))
    assert [(change.old, change.new) for change in back.changes_of(reported.id)] == [
        ("high", "medium"),
        ("medium", "low"),
    ]


def test_gaps_in_the_log_are_restored_and_close_only_with_their_lines() -> None:
    def read(asked_at_s: float, *numbers: int) -> LiveRead:
        rows = tuple(
            Activity(f"k{n}", "task", "active", "running", "hunt", f"t{n}", "Row", None, None,
                     BEGAN + timedelta(seconds=n))
            for n in reversed(numbers)
        )  # fmt: skip
        stage = StageRow("hunt", "running", None, BEGAN)
        return replace(live_read(asked_at_s, "hunting", stage), activities=rows)

    scan = Scan(SCAN_ID, SERVER)
    scan.observe(scan_read(1.0))
    scan.observe(read(2.0, *range(MOST_ROWS)))
    scan.observe(read(3.0, *range(100, 100 + MOST_ROWS)))
    rows = tuple(scan.activities.values())
    past = PastScan(SERVER, SCAN_ID, scan.last_update_at_s, scan.kept_facts(), (), rows)
    back = Scan(SCAN_ID, SERVER)
    for observation in (*past.opening(), *past.log(rows)):
        back.observe(observation)
    assert back.log_gaps == scan.log_gaps
    assert [gap.newer.key for gap in back.log_gaps] == ["k0", "k100"]
    back.observe(read(9.0, *range(200, 200 + MOST_ROWS)))
    assert [gap.newer.key for gap in back.log_gaps] == ["k0", "k100", "k200"]
    back.observe(read(4.0, *range(50, 130)))
    assert [gap.newer.key for gap in back.log_gaps] == ["k0", "k200"]


SHOWN = (
    "source",
    "status",
    "outcome",
    "stages",
    "findings",
    "announced",
    "counted",
    "not_counted",
    "ledger",
    "reported_counts",
    "activities",
    "log_gaps",
    "attempt_starts",
    "has_listed_once",
    "lost_rows",
    "gaps",
    "is_settled",
    "looks_until_s",
    "is_cancelling",
    "is_checked_to_the_end",
    "is_resynchronising",
    "unread_events",
    "returned_from",
    "completed_at",
    "updated_at",
    "error",
    "last_answer_at_s",
    "connection",
)


@settings(max_examples=30)
@given(st.integers(0, 2**32), st.integers(0, 80))
def test_recorded_facts_rebuild_the_same_scan(seed: int, steps: int) -> None:
    life = Life(Random(seed))
    for _ in range(steps):
        life.step()
    scan, again = life.store.scan(SCAN_ID), Scan(SCAN_ID, LIFE_SERVER)
    assert scan is not None
    for fact in scan.recorded_facts():
        again.observe(fact)

    for name in SHOWN:
        now, then = getattr(again, name), getattr(scan, name)
        assert now == then, name


def test_recorded_facts_leave_out_later_ones() -> None:
    life = Life(Random(7))
    for _ in range(60):
        life.step()
    scan, again = life.store.scan(SCAN_ID), Scan(SCAN_ID, LIFE_SERVER)
    assert scan is not None
    assert scan.findings
    then, reported = dict(scan.findings), scan.recorded_facts()
    for _ in range(60):
        life.step()

    for fact in reported:
        again.observe(fact)
    assert again.findings == then
    assert scan.findings != then


def test_a_snooze_outlives_the_rows_of_a_scan_that_was_gone_for_a_while() -> None:
    until = FOUND_AT + timedelta(hours=1)
    scan, again = Scan(SCAN_ID, LIFE_SERVER), Scan(SCAN_ID, LIFE_SERVER)
    scan.observe(FindingsListed(SCAN_ID, 1.0, (make_finding(1),)))
    scan.observe(Snoozed(SCAN_ID, (finding_id(1),), until))
    scan.observe(ScanGone(SCAN_ID, 2.0))
    for fact in scan.recorded_facts():
        again.observe(fact)

    for each in (scan, again):
        each.observe(FindingsListed(SCAN_ID, 3.0, (make_finding(1),)))
    assert scan.findings[finding_id(1)].snoozed_until == until
    assert again.findings == scan.findings
