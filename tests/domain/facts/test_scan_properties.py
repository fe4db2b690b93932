"""The fold over whole histories: pages, listings, attempts, gaps, a scan that is gone.

Any order and any repetition of the same facts makes the same scan; what was known at a moment and
what came after it make the whole; the changes alone make the same rows.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from heimdall_desktop.domain.facts.change import Change, FindingAdded, FindingReplaced, ScanEmptied
from heimdall_desktop.domain.facts.finding import (
    Confidence,
    Finding,
    FindingId,
    FindingStatus,
    RepoId,
    Severity,
)
from heimdall_desktop.domain.facts.observation import (
    Activity,
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
    SourceSeen,
    StageRow,
    StageSeen,
    StatusSeen,
)
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import server_url
from heimdall_desktop.domain.facts.stage import STAGE_NAMES
from tests.fakes.findings import SCAN_ID, make_finding
from tests.fakes.patience import patient

START = datetime(2026, 7, 4, 8, 0, tzinfo=UTC)
MOST_ROWS = 5
WORDS = ["queued", "ingesting", "hunting", "sneezing", "completed", "failed", "cancelled"]

statuses = st.sampled_from(WORDS)
stage_text = st.sampled_from(["pending", "running", "completed", "failed", "cancelled", "odd"])
seconds = st.integers(0, 1000)
errors = st.sampled_from([None, "The model did not answer"])
stage_names = st.sampled_from([*STAGE_NAMES, "epilogue"])
randoms = st.randoms(use_true_random=False)


def at(second: float) -> datetime:
    return START + timedelta(seconds=second)


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


stage_rows = st.builds(StageRow, stage_names, stage_text, errors, seconds.map(at))


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
            return ScanRead(SCAN_ID, moment_s, RepoId("r"), draw(statuses), None, *known)
        case 1 | 2:
            return LiveRead(
                SCAN_ID,
                moment_s,
                draw(statuses),
                draw(errors),
                at(moment_s),
                Counts(draw(st.integers(0, MOST_ROWS))),
                tuple(draw(st.lists(stage_rows, max_size=9, unique_by=lambda row: row.name))),
                tuple(draw(st.lists(activities(), max_size=4))),
                draw(st.none() | st.just("another provider")),
            )
        case 3:
            stage, word, error = draw(stage_names), draw(stage_text), draw(errors)
            return StageSeen(SCAN_ID, moment_s, at(moment_s), stage, word, error)
        case 4:
            counts = draw(st.none() | st.integers(0, 9).map(Counts))
            return StatusSeen(SCAN_ID, moment_s, at(moment_s), draw(statuses), counts)
        case 5 | 6:
            return FindingsListed(SCAN_ID, moment_s, draw(unique_rows()))
        case 7:
            return EventsSkipped(SCAN_ID, moment_s)
        case _:
            is_complete, counts = draw(st.booleans()), draw(st.none() | st.just(Counts(2)))
            told: list[Observation] = [
                EndSeen(SCAN_ID, moment_s, is_complete, at(moment_s), counts),
                SourceSeen(SCAN_ID, moment_s, draw(st.sampled_from(ScanSource))),
                GapsSeen(SCAN_ID, moment_s, (Gap(at(1), at(moment_s)),)),
                RepoRead(SCAN_ID, "shop", "main"),
            ]
            return draw(st.sampled_from(told))


@st.composite
def listings(draw: st.DrawFn, moment_s: float) -> Observation:
    """How a listing ended, or how its rows compare with the server's counts."""
    if draw(st.integers(0, 4)) == 0:
        return CountsCompared(SCAN_ID, moment_s, draw(st.none() | st.just(moment_s + 4)))
    total, read = draw(st.integers(0, 9)), draw(st.integers(0, 9))
    unreadable, recovered = draw(st.integers(0, 2)), draw(st.integers(0, 3))
    whole = read >= total
    return ListingEnded(SCAN_ID, moment_s, total, read, whole, unreadable, recovered=recovered)


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


def new_scan() -> Scan:
    return Scan(SCAN_ID, server_url("http://127.0.0.1:8080"))


def folded(history: Sequence[Observation], scan: Scan | None = None) -> Scan:
    scan = new_scan() if scan is None else scan
    for observation in history:
        scan.observe(observation)
    return scan


def shown(scan: Scan) -> dict[str, object]:
    """Everything a person could see of a scan."""
    names = (
        "status",
        "is_live",
        "outcome",
        "stages",
        "stage_rows",
        "findings",
        "ledger",
        "reported_counts",
        "recount_at_s",
        "activities",
        "attempt",
        "current_task",
        "is_checked_to_the_end",
        "is_resynchronising",
        "has_listed_once",
        "repo_name",
        "branch",
        "created_at",
        "started_at",
        "completed_at",
        "updated_at",
        "error",
        "fallback",
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
@given(histories(), st.integers(0, 14), randoms)
def test_late_answers_about_a_scan_that_is_gone_bring_nothing_back(
    history: list[Observation], cut: int, random: Random
) -> None:
    early, late = history[:cut], history[cut:]
    gone = ScanGone(SCAN_ID, 0.5 + max((told_at_s(each) for each in early), default=0.0))
    stragglers = random.choices(early, k=3) if early else []
    scan = folded([*early, gone, *mixed([*stragglers, *late], random)])
    rows = {row.id for each in late if isinstance(each, FindingsListed) for row in each.findings}
    assert scan.findings.keys() == rows
    assert sum(scan.severities.values()) == len(rows)
    endings = [each for each in late if isinstance(each, ListingEnded)]
    assert scan.ledger.total == (endings[-1].total if endings else None)


def told_at_s(told: Observation) -> float:
    return getattr(told, "asked_at_s", getattr(told, "heard_at_s", 0.0))


@patient
@given(unique_rows(), randoms, st.integers(1, 3))
def test_pages_in_any_order_make_the_rows_of_one_listing(
    listed: tuple[Finding, ...], random: Random, size: int
) -> None:
    starts = range(0, len(listed), size)
    pages = [FindingsListed(SCAN_ID, 5.0 + n, listed[n : n + size]) for n in starts]
    random.shuffle(pages)
    whole = folded([FindingsListed(SCAN_ID, 5.0, listed)])
    assert folded(pages).findings == whole.findings
    assert +folded(pages).severities == +whole.severities


@patient
@given(histories(), st.integers(0, 14))
def test_changes_alone_make_the_same_rows(history: list[Observation], cut: int) -> None:
    scan, copy = new_scan(), dict[FindingId, Finding]()
    for observation in [*history[:cut], ScanGone(SCAN_ID, cut * 500.0), *history]:
        for change in scan.observe(observation):
            follow(change, copy)
        assert copy == scan.findings


def follow(change: Change, copy: dict[FindingId, Finding]) -> None:
    match change:
        case FindingAdded(finding):
            assert finding.id not in copy
            copy[finding.id] = finding
        case FindingReplaced(finding, previous):
            assert copy[finding.id] == previous
            copy[finding.id] = finding
        case ScanEmptied():
            copy.clear()
        case _:
            pass


@patient
@given(histories(), st.integers(0, 14))
def test_what_was_kept_of_a_moment_and_what_came_later_make_the_whole(
    history: list[Observation], cut: int
) -> None:
    early = [o for o in history[:cut] if not isinstance(o, EventsSkipped)]
    first = ScanRead(SCAN_ID, 0.0, RepoId("r"), "queued", None, None, START, None, None, START)
    before = folded([first, *early])
    back = folded([*before.kept_facts(), *(before.kept_row(each) for each in before.findings)])
    late = history[cut:]
    whole, resumed = folded(late, before), folded(late, back)
    for what in ("findings", "severities", "status", "outcome", "error", "started_at"):
        assert shown(resumed)[what] == shown(whole)[what], what
    for what in ("total", "read", "is_whole", "unreadable"):
        assert getattr(resumed.ledger, what) == getattr(whole.ledger, what), what
    # What was kept may look older than it is, so that no end looks checked that was not.
    assert checked_at_s(resumed) <= checked_at_s(whole)


def checked_at_s(scan: Scan) -> float:
    checked = scan.ledger.checked_at_s
    return float("-inf") if checked is None else checked


@patient
@given(histories(), st.integers(0, 14))
def test_a_late_snapshot_outweighs_all_that_was_said_before(
    history: list[Observation], cut: int
) -> None:
    snapshot: list[Observation] = [
        LiveRead(SCAN_ID, 20_000.0, "verifying", None, at(9), Counts(1), (), ()),
        FindingsListed(SCAN_ID, 20_001.0, tuple(make_finding(n) for n in range(MOST_ROWS + 1))),
        ListingEnded(SCAN_ID, 20_001.0, MOST_ROWS + 1, MOST_ROWS + 1, is_whole=True),
    ]
    scan = folded([*history[:cut], *snapshot, *history[cut:]])
    assert (scan.status, scan.error, scan.reported_counts) == ("verifying", None, Counts(1))
    plain = [replace(finding, has_risen=False) for finding in scan.findings.values()]
    assert sorted(plain, key=lambda row: row.id) == [make_finding(n) for n in range(MOST_ROWS + 1)]
    assert scan.ledger.is_whole
