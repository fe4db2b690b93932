"""What was seen of findings, and what is news since."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import pytest

from heimdall_desktop.domain.facts.change import (
    FindingAdded,
    FindingDropped,
    FindingReplaced,
    ScanEmptied,
    ScanRemoved,
)
from heimdall_desktop.domain.facts.decision import Field
from heimdall_desktop.domain.facts.finding import (
    Finding,
    FindingId,
    FindingStatus,
    ScanId,
    Severity,
)
from heimdall_desktop.domain.facts.seen import News, SeenFindings
from tests.fakes.findings import SCAN_ID, finding_id, make_finding

FRIDAY = datetime.fromisoformat("2026-07-03T16:20:00+02:00")
MONDAY = datetime.fromisoformat("2026-07-06T08:30:00+02:00")
OTHER = ScanId("other")


class Looks:
    """Findings that are listed, looked at, and changed."""

    def __init__(self) -> None:
        self.seen, self.rows = SeenFindings(), dict[FindingId, Finding]()
        self.seen.find = self.rows.get
        self.reported = list[ScanId]()
        self.seen.on_news = self.reported.append
        self.own: set[Field] = set()
        self.now = FRIDAY

    def read(self, *rows: Finding) -> None:
        """Read rows as a batch of changes."""
        changes = [
            FindingReplaced(row, self.rows[row.id]) if row.id in self.rows else FindingAdded(row)
            for row in rows
        ]
        self.rows.update((row.id, row) for row in rows)
        self.seen.take(changes, self.now, self._is_own)

    def look(self, *numbers: int) -> None:
        self.seen.see([self.rows[finding_id(number)] for number in numbers], self.now)

    def changed(self) -> list[int]:
        return [n for n in range(20) if finding_id(n) in self.seen.changed]

    def _is_own(self, new: Finding, old: Finding, fields: Iterable[Field]) -> bool:
        return all(each in self.own for each in fields if each.of(new) != each.of(old))


@pytest.fixture
def looks() -> Looks:
    looks = Looks()
    looks.read(*(make_finding(n) for n in range(5)))
    looks.look(0, 1, 2)
    looks.now = MONDAY
    return looks


@pytest.mark.parametrize(
    "fields",
    [
        {"severity": Severity.LOW},
        {"status": FindingStatus.CONFIRMED},
        {"poc_validated": True},
        {"line_start": 12},
        {"file_path": "other.py"},
    ],
)
def test_what_differs_from_what_was_seen_has_changed(looks: Looks, fields: dict[str, Any]) -> None:
    looks.read(make_finding(1, **fields))
    assert looks.changed() == [1]
    assert looks.seen.kind(finding_id(1)) is News.CHANGED
    assert looks.seen.count(SCAN_ID) == looks.seen.count(None) == 1
    state = looks.seen.shown_state(looks.rows[finding_id(1)])
    assert state is not None
    assert state.at == FRIDAY
    looks.read(make_finding(1))
    assert (looks.changed(), looks.seen.count(SCAN_ID)) == ([], 0), "it is as it was seen again"


def test_other_fields_are_no_news(looks: Looks) -> None:
    looks.read(make_finding(1, description="Other", updated_at=MONDAY, title="Other"))
    assert looks.changed() == []


def test_a_change_lingers_until_its_finding_leaves_the_view(looks: Looks) -> None:
    looks.read(make_finding(1, severity=Severity.LOW))
    looks.look(1)
    row = looks.rows[finding_id(1)]
    state = looks.seen.shown_state(row)
    assert (looks.changed(), state and state.at) == ([], FRIDAY)
    looks.look(1)  # it is still in view a minute later
    assert looks.seen.shown_state(row) is state
    looks.seen.leave([row.id])
    assert looks.seen.shown_state(row) is None
    looks.read(make_finding(1, severity=Severity.HIGH))
    state = looks.seen.shown_state(looks.rows[row.id])
    assert state is not None
    assert state.at == MONDAY


def test_own_decisions_are_no_news(looks: Looks) -> None:
    looks.own = {Field.STATUS}
    looks.read(make_finding(1, status=FindingStatus.CONFIRMED))
    assert looks.changed() == []
    looks.own.clear()
    looks.read(make_finding(1, status=FindingStatus.DISMISSED))
    assert looks.changed() == [1]


def test_an_own_decision_doesnt_hide_what_else_has_changed(looks: Looks) -> None:
    looks.own = {Field.STATUS}
    looks.read(make_finding(1, status=FindingStatus.CONFIRMED, severity=Severity.LOW))
    state = looks.seen.shown_state(looks.rows[finding_id(1)])
    assert state is not None
    assert (looks.changed(), state.status) == ([1], "confirmed")


def test_rows_that_were_never_in_view_are_compared_with_the_last_look_at_their_scan(
    looks: Looks,
) -> None:
    looks.read(make_finding(4, severity=Severity.LOW))
    state = looks.seen.shown_state(looks.rows[finding_id(4)])
    assert state is not None
    assert (looks.changed(), state.at) == ([4], FRIDAY)
    looks.own = {Field.STATUS}
    looks.read(make_finding(3, status=FindingStatus.CONFIRMED))
    assert looks.changed() == [4]


def test_rows_that_were_never_in_view_are_no_news_while_their_scan_is_looked_at(
    looks: Looks,
) -> None:
    looks.look(0)
    looks.now += timedelta(seconds=90)
    looks.read(make_finding(4, severity=Severity.LOW))
    assert looks.changed() == []


def test_nothing_changes_in_a_scan_that_was_never_looked_at(looks: Looks) -> None:
    looks.read(make_finding(9, scan_id=OTHER))
    looks.read(make_finding(9, scan_id=OTHER, severity=Severity.LOW))
    assert looks.changed() == []


def test_a_new_finding_is_new_until_it_was_in_view(looks: Looks) -> None:
    looks.seen.mark(finding_id(3), SCAN_ID)
    looks.read(make_finding(3, severity=Severity.LOW))
    row = looks.rows[finding_id(3)]
    assert (looks.changed(), looks.seen.kind(row.id)) == ([], News.NEW)
    looks.look(3)
    assert (looks.seen.kind(row.id), looks.seen.is_shown_as_new(row)) == (News.SEEN, True)
    looks.seen.leave([row.id])
    assert not looks.seen.is_shown_as_new(row)


def test_a_finding_counts_once_though_it_is_new_and_has_changed(looks: Looks) -> None:
    looks.read(make_finding(1, severity=Severity.LOW))
    looks.seen.mark(finding_id(1), SCAN_ID)
    assert (looks.seen.count(SCAN_ID), list(looks.seen)) == (1, [finding_id(1)])
    looks.look(1)
    assert (looks.seen.count(SCAN_ID), list(looks.seen)) == (0, [])


def test_t09_what_a_retry_finds_again_is_compared_with_what_was_seen_before(looks: Looks) -> None:
    first = make_finding(0, fingerprint="own")
    looks.read(first)
    looks.look(0)
    looks.read(
        make_finding(0, fingerprint="own", is_repeat=True),
        make_finding(10, fingerprint="own", severity=Severity.LOW, title=first.title),
    )
    assert looks.changed() == [10]


def test_announced_findings_are_seen_and_never_compared(looks: Looks) -> None:
    looks.read(make_finding(6, is_announced=True))
    looks.seen.mark(finding_id(6), SCAN_ID)
    looks.look(6)
    looks.read(make_finding(6))
    assert (looks.changed(), list(looks.seen.new)) == ([], [])


def test_all_is_seen_at_once(looks: Looks) -> None:
    looks.read(make_finding(1, severity=Severity.LOW))
    looks.seen.mark(finding_id(3), SCAN_ID)
    looks.seen.see_all([finding_id(1), finding_id(3), finding_id(4)])
    assert list(looks.seen) == []
    looks.read(make_finding(1, severity=Severity.LOW, updated_at=MONDAY))
    assert looks.changed() == []


@pytest.mark.parametrize("gone", [ScanRemoved(SCAN_ID), ScanEmptied(SCAN_ID)])
def test_what_was_seen_is_forgotten_with_its_scan(
    looks: Looks, gone: ScanRemoved | ScanEmptied
) -> None:
    looks.read(make_finding(1, severity=Severity.LOW))
    looks.seen.mark(finding_id(3), SCAN_ID)
    looks.seen.take([gone], MONDAY, lambda *_: False)
    assert (list(looks.seen), looks.seen.count(SCAN_ID), looks.seen.unsaved) == ([], 0, {})
    assert looks.seen.state_of(SCAN_ID, finding_id(1)) is None
    assert SCAN_ID not in looks.seen.looked_at


def test_what_was_seen_of_a_dropped_row_is_forgotten(looks: Looks) -> None:
    looks.read(make_finding(1, severity=Severity.LOW))
    looks.seen.take([FindingDropped(make_finding(1))], MONDAY, lambda *_: False)
    assert list(looks.seen) == []
    assert looks.seen.state_of(SCAN_ID, finding_id(1)) is None


def test_a_later_session_compares_with_what_an_earlier_one_has_seen(looks: Looks) -> None:
    states = {finding_id(n): looks.seen.state_of(SCAN_ID, finding_id(n)) for n in range(3)}
    later = Looks()
    later.seen.recall(SCAN_ID, {found: state for found, state in states.items() if state})
    later.now = MONDAY
    later.read(make_finding(0, severity=Severity.LOW), make_finding(1), make_finding(4))
    assert later.changed() == [0], "it had changed while the first session ran, without a look"
    later.read(make_finding(1, severity=Severity.LOW), make_finding(4, severity=Severity.LOW))
    assert later.changed() == [0, 1, 4]


def test_each_scan_is_reported_once_for_all_that_is_news(looks: Looks) -> None:
    looks.reported.clear()
    looks.read(*(make_finding(n, severity=Severity.LOW) for n in range(3)))
    assert looks.reported == [SCAN_ID]
    assert len(looks.seen.take_unsaved(SCAN_ID)) == 3
    assert looks.seen.take_unsaved(SCAN_ID) == []
