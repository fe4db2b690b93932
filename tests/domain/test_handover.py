"""A handover has what was decided since a moment, and counts as the window does."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from heimdall_desktop.domain.facts.decision import Field, OwnWrite
from heimdall_desktop.domain.facts.finding import Finding, FindingId, FindingStatus, Severity
from heimdall_desktop.domain.facts.observation import FindingsListed, Snoozed
from heimdall_desktop.domain.facts.reason import KnownReasons
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.filters.filter_language import parse_filter
from heimdall_desktop.domain.handover import Handover, handovers_of
from heimdall_desktop.domain.histories import (
    CHANGES_KEPT,
    DecidedBy,
    Histories,
    KnownHistories,
    OwnWrites,
    changes_in,
    decided_since,
    knows_decision,
)
from heimdall_desktop.domain.proposals import Doubt, KnownProposals, Proposal
from tests.fakes.findings import FOUND_AT, SCAN_ID, SERVER, make_event, make_finding

NONE_READ = KnownHistories({})
HOUR = timedelta(hours=1)
Writes = Mapping[tuple[FindingId, Field], Sequence[OwnWrite]]


def own(writes: Writes) -> OwnWrites:
    return lambda finding_id, what: writes.get((finding_id, what), ())


def write(old: str, new: str, at: datetime | None = FOUND_AT) -> OwnWrite:
    return OwnWrite(old, new, at)


def changed(number: int, old: str, new: str, at: datetime = FOUND_AT, **more: Any) -> Any:
    fields: dict[str, Any] = {"event_type": "status_change", "user_id": "5f0c", "created_at": at}
    return make_event(number, old_value=old, new_value=new, **fields | more)


DISMISSED = make_finding(1, status=FindingStatus.DISMISSED)
WRITTEN: Writes = {(DISMISSED.id, Field.STATUS): [write("open", "dismissed")]}


def test_a_decision_made_here_counts_from_its_moment_on() -> None:
    [found] = decided_since([DISMISSED], own(WRITTEN), NONE_READ, FOUND_AT)
    assert (found.old, found.new, found.at, found.by) == (
        *("open", "dismissed"),
        FOUND_AT,
        DecidedBy.HERE,
    )
    later = FOUND_AT + timedelta(seconds=1)
    assert decided_since([DISMISSED], own(WRITTEN), NONE_READ, later) == []


def test_one_that_was_not_read_back_counts_from_its_confirmation() -> None:
    writes = {(DISMISSED.id, Field.STATUS): [OwnWrite("open", "dismissed", None, FOUND_AT + HOUR)]}
    [found] = decided_since([DISMISSED], own(writes), NONE_READ, FOUND_AT + HOUR)
    assert found.at == FOUND_AT + HOUR


def test_what_was_undone_is_no_decision() -> None:
    writes = {
        (DISMISSED.id, Field.STATUS): [write("open", "dismissed"), write("dismissed", "open")]
    }
    assert decided_since([make_finding(1)], own(writes), NONE_READ, FOUND_AT) == []


def test_a_history_adds_the_decisions_of_others_and_no_decision_twice() -> None:
    histories, other = Histories(), make_finding(2, status=FindingStatus.CONFIRMED)
    histories.put(DISMISSED, [changed(1, "open", "dismissed", is_own=True)])
    histories.put(other, [changed(2, "open", "confirmed", FOUND_AT + HOUR)])
    rows = [DISMISSED, other]
    found = decided_since(rows, own(WRITTEN), histories.known, FOUND_AT)
    assert [(each.finding.id, each.by) for each in found] == [
        (other.id, DecidedBy.OTHER),
        (DISMISSED.id, DecidedBy.HERE),
    ]
    elsewhere = decided_since(rows, own({}), histories.known, FOUND_AT)
    assert elsewhere[1].by is DecidedBy.OWN


def test_what_the_scan_changed_is_no_decision() -> None:
    histories = Histories()
    row = make_finding(1, status=FindingStatus.FALSE_POSITIVE)
    histories.put(row, [changed(1, "open", "false_positive", user_id=None)])
    assert decided_since([row], own({}), histories.known, FOUND_AT) == []
    assert histories.known.shows(row, Field.STATUS)


def test_an_empty_or_older_history_shows_no_decision() -> None:
    histories = Histories()
    histories.put(DISMISSED, [])
    assert not knows_decision(DISMISSED, own({}), histories.known)
    histories.put(DISMISSED, [changed(1, "open", "confirmed")])
    assert not knows_decision(DISMISSED, own({}), histories.known)
    histories.put(DISMISSED, [changed(1, "open", "dismissed")])
    assert knows_decision(DISMISSED, own({}), histories.known)
    assert knows_decision(DISMISSED, own(WRITTEN), NONE_READ)


def test_hostile_histories_are_cut() -> None:
    events = [changed(n, "x" * 10_000, "\u202eopen") for n in range(1000)]
    found = changes_in(events)
    assert len(found) == CHANGES_KEPT
    assert max(len(each.old) for each in found) < 100
    assert "\u202e" not in found[0].new


def test_a_removed_scan_leaves_no_history() -> None:
    histories = Histories()
    assert histories.put(DISMISSED, [changed(1, "open", "dismissed")])
    assert not histories.put(DISMISSED, [changed(1, "open", "dismissed")]), "nothing is new"
    assert histories.read_in(SCAN_ID) == 1
    histories.drop(SCAN_ID)
    assert histories.known.of(DISMISSED.id) is None
    assert histories.read_in(SCAN_ID) == 0


def story() -> tuple[Scan, list[Finding]]:
    scan = Scan(SCAN_ID, SERVER)
    statuses = [*FindingStatus][:5]
    rows = [make_finding(n, status=statuses[n % 5], file_path=f"{n}.py") for n in range(40)]
    rows += [make_finding(50, severity=Severity.LOW), make_finding(51, severity=Severity.CRITICAL)]
    scan.observe(FindingsListed(SCAN_ID, 1.0, tuple(rows)))
    scan.observe(Snoozed(SCAN_ID, (rows[0].id, rows[5].id), FOUND_AT + HOUR))
    scan.observe(Snoozed(SCAN_ID, (rows[10].id,), FOUND_AT))
    return scan, rows


def test_its_numbers_are_those_of_the_filters() -> None:
    scan, rows = story()
    proposals = {
        row.id: Proposal(row.id, FindingStatus.DISMISSED, doubts=doubts)
        for row, doubts in zip(rows[-2:] + rows[15:16], ((), (), (Doubt.MATCH,)), strict=True)
    }
    proposals[FindingId("gone")] = Proposal(FindingId("gone"), None)
    since = handovers_of(
        [(scan, "Hunt, Live")],
        own(WRITTEN),
        {DISMISSED.id},
        NONE_READ,
        KnownProposals({SCAN_ID: proposals}),
        KnownReasons({}),
        started_at=FOUND_AT,
    )
    made: Handover = since(FOUND_AT)
    assert made.is_session
    assert not since(FOUND_AT - HOUR).is_session
    snoozed = parse_filter("is:snoozed").under(FOUND_AT, {})
    wanted = [row for row in scan.findings.values() if snoozed.matches(row)]
    assert {row.id for row in made.snoozed} == {row.id for row in wanted}
    assert made.snoozed[0].id == rows[10].id, "the first to return is the first"
    closed = parse_filter("-status:open show:repeats -is:repeat").under(FOUND_AT, {})
    assert made.closed == sum(closed.matches(row) for row in scan.findings.values())
    assert [row.severity for row, _ in made.proposed] == [Severity.CRITICAL, Severity.LOW]
    assert [row.id for row, _ in made.doubtful] == [rows[15].id]
    assert [(each.scan_id, each.state) for each in made.running] == [(SCAN_ID, "Hunt, Live")]
    listed = [row.id for row in made.findings]
    assert len(listed) == len(set(listed))
