"""Findings about which two judgements differ, and only those."""

from datetime import timedelta
from itertools import product
from random import Random
from typing import Any

import pytest
from msgspec.structs import replace

from heimdall_desktop.domain.disagreements import (
    SLICE,
    Disagreement,
    Disagreements,
    KnownDisagreements,
    Overlaps,
    override_of,
    search_overlaps,
)
from heimdall_desktop.domain.facts.finding import (
    Confidence,
    Finding,
    FindingStatus,
    Proof,
    Severity,
    Source,
)
from heimdall_desktop.domain.filters.filter_language import parse_filter
from heimdall_desktop.domain.filters.filter_terms import Knowledge
from heimdall_desktop.domain.histories import Histories, changes_in
from tests.fakes.findings import FOUND_AT, SCAN_ID, make_event, make_finding

FAILED = Proof("unconfirmed", "python", "run()", 1, "", "", "")
STATUS, SEVERITY = "status_change", "severity_change"
ANALYST = "5f0c"


def kinds(finding: Finding, known: KnownDisagreements | None = None) -> list[Disagreement]:
    found = (known or KnownDisagreements({})).of(finding)
    for kind in Disagreement:  # the filter says the same
        wanted = parse_filter(f"disagrees:{kind.value}")
        wanted = wanted.under(FOUND_AT, {}, Knowledge(disagreements=known))
        assert wanted.matches(finding) is (kind in [each.kind for each in found]), kind
    wanted = parse_filter("disagrees:any").under(FOUND_AT, {}, Knowledge(disagreements=known))
    assert wanted.matches(finding) is bool(found)
    return [each.kind for each in found]


@pytest.mark.parametrize(
    ("status", "disagrees"),
    [
        (FindingStatus.FALSE_POSITIVE, True),
        (FindingStatus.DISMISSED, True),
        (FindingStatus.OPEN, False),
        (FindingStatus.CONFIRMED, False),
        (FindingStatus.FIXED, False),
    ],
)
def test_a_proof_disagrees_with_a_withdrawal(status: FindingStatus, disagrees: bool) -> None:
    proven = make_finding(status=status, poc_validated=True)
    assert (Disagreement.PROOF in kinds(proven)) is disagrees
    assert kinds(make_finding(status=status)) == []


@pytest.mark.parametrize(
    ("verdict", "disagrees"),
    [
        ("unconfirmed", True),
        (" Unconfirmed ", True),
        ("inconclusive", False),
        ("confirmed", False),
        ("", False),
    ],
)
def test_a_failed_proof_disagrees_with_a_confirmation(verdict: str, disagrees: bool) -> None:
    proof = replace(FAILED, verdict=verdict)
    expected = [Disagreement.UNPROVEN] if disagrees else []
    for upheld in ({"status": FindingStatus.CONFIRMED}, {"confidence": Confidence.HIGH}):
        assert kinds(make_finding(proof=proof, **upheld)) == expected
    assert kinds(make_finding(proof=proof, confidence=Confidence.LOW)) == []
    closed: dict[str, Any] = {"status": FindingStatus.DISMISSED, "confidence": Confidence.HIGH}
    assert kinds(make_finding(proof=proof, **closed)) == []


def known_of(finding: Finding, *events: tuple[str, str, str, str | None]) -> KnownDisagreements:
    """Return what is known once the history of a finding was read: type, old, new and user."""
    histories = Histories()
    histories.put(
        finding,
        [
            make_event(n, event_type=kind, old_value=old, new_value=new, user_id=user)
            for n, (kind, old, new, user) in enumerate(events)
        ],
    )
    found = Disagreements()
    found.use(histories.known)
    return found.known


def test_a_person_who_reopens_a_false_positive_of_the_scan_overrides_it() -> None:
    open_again = make_finding()
    entry = (STATUS, "false_positive", "open", ANALYST)
    assert kinds(open_again) == [], "the history was not read"
    assert kinds(open_again, known_of(open_again, entry)) == [Disagreement.OVERRIDE]
    own = (STATUS, "open", "false_positive", ANALYST)  # the false positive was a person's
    assert kinds(open_again, known_of(open_again, own, entry)) == []
    silent = (STATUS, "false_positive", "open", None)
    assert kinds(open_again, known_of(open_again, silent)) == []
    dismissed = make_finding(status=FindingStatus.DISMISSED)
    entry = (STATUS, "false_positive", "dismissed", ANALYST)
    assert kinds(dismissed, known_of(dismissed, entry)) == [], "both say it is none"


def test_a_history_that_is_older_than_the_row_shows_no_override() -> None:
    entry = (STATUS, "false_positive", "open", ANALYST)
    changed_since = make_finding(status=FindingStatus.CONFIRMED)
    assert kinds(changed_since, known_of(changed_since, entry)) == []


@pytest.mark.parametrize("status", [FindingStatus.DISMISSED, FindingStatus.FALSE_POSITIVE])
def test_a_person_who_closes_what_was_confirmed_overrides_it(status: FindingStatus) -> None:
    entry = (STATUS, "open", status.value, ANALYST)
    upheld = make_finding(status=status, confidence=Confidence.HIGH)
    assert kinds(upheld, known_of(upheld, entry)) == [Disagreement.OVERRIDE]
    unsure = make_finding(status=status)
    assert kinds(unsure, known_of(unsure, entry)) == []
    static = make_finding(status=status, confidence=Confidence.HIGH, source=Source.STATIC)
    assert kinds(static, known_of(static, entry)) == [], "its producer was sure, not the review"
    reviewed = replace(static, is_reviewed=True)
    assert kinds(reviewed, known_of(reviewed, entry)) == [Disagreement.OVERRIDE]


def test_a_person_who_changes_a_reviewed_severity_overrides_it() -> None:
    reviewed = make_finding(severity=Severity.LOW, confidence=Confidence.HIGH, is_reviewed=True)
    entry = (SEVERITY, "high", "low", ANALYST)
    assert kinds(reviewed, known_of(reviewed, entry)) == [Disagreement.OVERRIDE]
    back = replace(reviewed, severity=Severity.HIGH, severity_text="high")
    again = (SEVERITY, "low", "high", ANALYST)
    assert kinds(back, known_of(back, entry, again)) == [], "it is as the review left it"


def test_the_newest_entry_counts_whatever_their_order() -> None:
    events = [
        make_event(
            n,
            event_type=STATUS,
            old_value=old,
            new_value=new,
            user_id=ANALYST,
            created_at=FOUND_AT + timedelta(minutes=minute),
        )
        for n, (old, new, minute) in enumerate(
            [("open", "confirmed", 2), ("false_positive", "open", 1)]
        )
    ]
    row = make_finding(status=FindingStatus.CONFIRMED)
    change = override_of(row, changes_in(events))
    assert change is not None
    assert change.new == "confirmed"


# -- two findings of one place --


def at(number: int, source: Source, first: int, last: int | None = None, **more: Any) -> Finding:
    fields: dict[str, Any] = {"cwe_text": "CWE-89", "file_path": "a/b.py"} | more
    return make_finding(number, source=source, line_start=first, line_end=last, **fields)


def overlaps_of(*findings: Finding) -> Overlaps:
    *_, found = search_overlaps(findings)
    assert found is not None
    return found


CONFIRMED: dict[str, Any] = {"status": FindingStatus.CONFIRMED}


def test_two_sources_overlap_with_other_verdicts() -> None:
    ai, static = at(1, Source.AI, 80, 92, **CONFIRMED), at(2, Source.STATIC, 92)
    assert overlaps_of(ai, static) == {ai.id: static, static.id: ai}
    known = Disagreements()
    assert known.put(SCAN_ID, overlaps_of(ai, static))
    assert not known.put(SCAN_ID, overlaps_of(ai, static)), "nothing is new"
    assert kinds(ai, known.known) == kinds(static, known.known) == [Disagreement.OVERLAP]
    known.drop(SCAN_ID)
    assert kinds(ai, known.known) == []


@pytest.mark.parametrize(
    "other",
    [
        at(2, Source.STATIC, 93),
        at(2, Source.STATIC, 79, 70),
        at(2, Source.STATIC, 88, **CONFIRMED),
        at(2, Source.STATIC, 88, cwe_text="CWE-79"),
        at(2, Source.STATIC, 88, cwe_text=None),
        at(2, Source.STATIC, 88, file_path="a/c.py"),
        at(2, Source.STATIC, 88, file_path=""),
        at(2, Source.STATIC, 88, is_repeat=True),
        at(2, Source.STATIC, 88, is_announced=True),
        at(2, Source.STATIC, 0),
        at(2, Source.AI, 88),
        at(2, Source.DEPENDENCIES, 88),
    ],
)
def test_others_do_not_overlap(other: Finding) -> None:
    assert overlaps_of(at(1, Source.AI, 80, 92, **CONFIRMED), other) == {}


def test_every_overlap_is_found_as_by_comparing_all_pairs() -> None:
    random = Random(7)
    statuses = [FindingStatus.OPEN, FindingStatus.CONFIRMED, FindingStatus.DISMISSED]
    for _ in range(200):
        rows = []
        for number in range(random.randrange(2, 14)):
            first = random.randrange(1, 60)
            source, status = random.choice((Source.AI, Source.STATIC)), random.choice(statuses)
            last = first + random.randrange(12) if random.random() < 0.8 else None
            rows.append(at(number, source, first, last, status=status))
        found = overlaps_of(*rows)
        expected = {
            one.id
            for one, other in product(rows, rows)
            if one.source is not other.source
            and one.verdict is not other.verdict
            and one.lines[0] <= other.lines[1]
            and other.lines[0] <= one.lines[1]
        }
        assert found.keys() == expected
        for row in rows:
            if (other := found.get(row.id)) is not None:
                assert other.source is not row.source
                assert other.verdict is not row.verdict
                assert other.lines[0] <= row.lines[1]
                assert row.lines[0] <= other.lines[1]


def test_a_large_scan_is_searched_in_slices() -> None:
    rows = [at(number, Source.STATIC, number + 1) for number in range(3 * SLICE)]
    rows.append(at(3 * SLICE, Source.AI, 1, 3 * SLICE, **CONFIRMED))
    steps = list(search_overlaps(rows))
    assert len(steps) > 6
    assert steps[:-1] == [None] * (len(steps) - 1)
    found = steps[-1]
    assert found is not None
    assert len(found) == len(rows)


def test_an_announced_finding_has_no_disagreement() -> None:
    row = make_finding(is_announced=True, poc_validated=True, status=FindingStatus.DISMISSED)
    assert KnownDisagreements({}).of(row) == ()
