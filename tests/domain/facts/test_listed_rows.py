"""Rows merged by id: nothing dropped, nothing twice, counts that always add up."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from heimdall_desktop.domain.facts import finding, listed_rows
from heimdall_desktop.domain.facts.listed_rows import ENDED, Announced, ListedRows, TextRoom
from heimdall_desktop.domain.facts.observation import Counts, EndSeen, Gap, GapsSeen, StatusSeen
from heimdall_desktop.domain.facts.readings import LatestValue
from heimdall_desktop.domain.facts.repeats import readings_of
from tests.fakes.findings import FOUND_AT, SCAN_ID, finding_id, make_finding

READINGS = st.lists(
    st.builds(
        lambda number, severity, status, confidence, fingerprint, title, line, seconds, text: (
            make_finding(
                number,
                severity=severity,
                status=status,
                confidence=confidence,
                fingerprint=fingerprint,
                title=title,
                line_start=line,
                created_at=FOUND_AT + timedelta(seconds=seconds),
                agent_reasoning=text,
            )
        ),
        st.integers(1, 5),
        st.sampled_from(finding.Severity),
        st.sampled_from([finding.FindingStatus.OPEN, finding.FindingStatus.DISMISSED]),
        st.sampled_from(finding.Confidence),
        st.sampled_from(["", "f", "f", "g"]),
        st.sampled_from(["Told", "Told", "Told", "Other"]),
        st.sampled_from([1, 1, 1, 2]),
        st.integers(0, 2),
        st.sampled_from([None, "Told.", "Told.\n--- V\u00ed\u00f0arr ---\nSo it is."]),
    ),
    max_size=12,
)
OLDER, NEWER = (
    make_finding(number, fingerprint="f", created_at=FOUND_AT + timedelta(seconds=number))
    for number in (1, 2)
)


def repeats(rows: ListedRows) -> dict[int, bool]:
    """Return of each row, by its number, whether it is a repeat."""
    return {int(row.id[-2:], 16): row.is_repeat for row in rows.findings.values()}


def is_found_again(row: finding.Finding, others: Iterable[finding.Finding]) -> bool:
    """Say by the rule alone, without any index, whether a row is a repeat."""
    return any(
        row.fingerprint
        and row.fingerprint == other.fingerprint
        and (row.title, row.file_path) == (other.title, other.file_path)
        and (row.line_start, row.line_end) == (other.line_start, other.line_end)
        and (other.created_at, other.id) > (row.created_at, row.id)
        for other in others
    )


def read(*readings: tuple[float, finding.Finding]) -> ListedRows:
    rows = ListedRows()
    for asked_at_s, row in readings:
        rows.read_row(asked_at_s, row)
    return rows


def test_t27_a_row_changes_only_by_a_newer_reading_that_differs() -> None:
    rows = ListedRows()
    before, after = make_finding(1), make_finding(1, severity=finding.Severity.LOW)
    assert rows.read_row(1.0, before) == ((before, None),)
    assert rows.read_row(2.0, before) == ()
    assert rows.read_row(4.0, after) == ((after, before),), "with the row it replaces"
    assert rows.read_row(3.0, before) == ()
    assert rows.findings == {after.id: after}
    assert +rows.severities == Counter({finding.Severity.LOW: 1})


def test_a_rise_is_seen_even_if_the_lower_reading_comes_late() -> None:
    rows = read((2.0, make_finding(1, confidence=finding.Confidence.HIGH)))
    ((changed, _),) = rows.read_row(1.0, make_finding(1, confidence=finding.Confidence.LOW))
    assert changed.has_risen
    assert changed.confidence is finding.Confidence.HIGH


def test_a_row_that_was_announced_before_it_was_read_has_not_risen() -> None:
    announced = make_finding(1, confidence=finding.Confidence.OTHER, is_announced=True)
    rows = read((1.0, announced), (2.0, make_finding(1, confidence=finding.Confidence.HIGH)))
    assert not rows.findings[finding_id(1)].has_risen


def test_only_a_row_that_was_announced_before_the_listing_and_never_read_leaves() -> None:
    announced = [(float(n), make_finding(n, is_announced=True)) for n in (1, 2, 3)]
    rows = read(*announced, (4.0, make_finding(1)))
    assert list(rows.announced) == [finding_id(2), finding_id(3)]
    dropped = [rows.drop_announced(finding_id(number), 3.0) for number in (1, 2, 3, 4)]
    assert dropped == [None, make_finding(2, is_announced=True), None, None]
    assert list(rows.findings) == [finding_id(1), finding_id(3)]
    assert rows.severities.total() == 2


def test_t09_a_row_that_is_found_again_becomes_a_repeat() -> None:
    rows, repeat = read((1.0, OLDER)), replace(OLDER, is_repeat=True)
    assert rows.read_row(2.0, NEWER) == ((NEWER, None), (repeat, OLDER))
    assert rows.read_row(3.0, OLDER) == rows.read_row(3.0, NEWER) == ()
    assert rows.severities.total() == 2


def test_t09_an_older_row_that_comes_late_arrives_as_a_repeat() -> None:
    rows = read((1.0, NEWER))
    assert rows.read_row(2.0, OLDER) == ((replace(OLDER, is_repeat=True), None),)


def test_t09_a_repeat_of_an_earlier_session_is_checked_again() -> None:
    assert repeats(read((1.0, replace(OLDER, is_repeat=True)))) == {1: False}


def test_t09_of_rows_as_old_as_each_other_the_higher_id_is_shown() -> None:
    rows = read(*((1.0, make_finding(number, fingerprint="f")) for number in (2, 3, 1)))
    assert repeats(rows) == {1: True, 2: True, 3: False}


@pytest.mark.parametrize(
    "differs",
    [
        {"title": "Another"},
        {"file_path": "shop/api/other.py"},
        {"line_start": 87},
        {"line_end": 93},
        {"line_end": None},
        {"fingerprint": "g"},
    ],
)
def test_t09_a_row_in_another_place_is_no_repeat(differs: dict[str, Any]) -> None:
    assert repeats(read((1.0, OLDER), (1.0, replace(NEWER, **differs)))) == {1: False, 2: False}


def test_t09_rows_without_a_fingerprint_are_no_repeats() -> None:
    rows = read(*((1.0, make_finding(number, fingerprint="")) for number in (1, 2)))
    assert repeats(rows) == {1: False, 2: False}


def test_t09_a_row_that_moves_away_lets_the_older_one_show_again() -> None:
    rows = read((1.0, OLDER), (1.0, NEWER))
    moved, repeat = replace(NEWER, line_start=5), replace(OLDER, is_repeat=True)
    assert rows.read_row(2.0, moved) == ((moved, NEWER), (OLDER, repeat))
    assert rows.read_row(3.0, NEWER) == ((NEWER, moved), (repeat, OLDER))


def test_t09_removed_rows_leave_nothing_behind() -> None:
    rows = read((1.0, OLDER), (1.0, NEWER))
    rows.clear()
    assert rows.read_row(2.0, OLDER) == ((OLDER, None),)


@given(READINGS, st.randoms(use_true_random=False))
def test_any_order_of_readings_makes_the_same_rows(
    readings: list[finding.Finding], random: st.DataObject
) -> None:
    aged = [(float(moment), row) for moment, row in enumerate(readings)]
    in_order = read(*aged)
    random.shuffle(aged)  # type: ignore[attr-defined]
    shuffled = read(*aged)
    assert shuffled.findings == in_order.findings
    assert +shuffled.severities == +in_order.severities
    assert shuffled.severities.total() == len(shuffled.findings)
    rows = shuffled.findings.values()
    assert +shuffled.counted == Counter(row.counts_as for row in rows if not row.not_counted)
    left_out = Counter(row.not_counted for row in rows if row.not_counted)
    assert +shuffled.not_counted == left_out


@given(READINGS)
def test_t09_changes_show_whether_each_row_is_a_repeat(readings: list[finding.Finding]) -> None:
    rows, reported = ListedRows(), dict[finding.FindingId, finding.Finding]()
    for moment, row in enumerate(readings):
        for newest, known in rows.read_row(float(moment), row):
            assert reported.get(newest.id) == known
            assert newest != known
            reported[newest.id] = newest
    assert reported == rows.findings
    for row in reported.values():
        assert row.is_repeat is is_found_again(row, reported.values())
        same = readings_of(row, reported.values())
        assert [each.is_repeat for each in same] == [place > 0 for place in range(len(same))]


LONG = {"description": "d" * 600, "agent_reasoning": "r" * 300, "suggested_patch": "p" * 100}


def test_long_texts_are_kept_while_there_is_room_and_every_row_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(listed_rows, "LONG_BYTES", 2_500)
    reported = [make_finding(number, **LONG) for number in range(5)]
    rows = read(*((1.0, row) for row in reported))
    assert [row.is_cut for row in rows.findings.values()] == [False, False, True, True, True]
    assert rows.room.long == 2 * (1_000 + 3 * finding.TEXT_BYTES)
    for row, kept in zip(reported, rows.findings.values(), strict=True):
        for name in ("id", "severity", "status", "title", "file_path", "verdict", "has_fix"):
            assert getattr(row, name) == getattr(kept, name)
    assert all(rows.read_row(2.0, row) == () for row in reported)  # which is no news
    rows.room.opened.append(reported[4].id)
    ((opened, _),) = rows.read_row(3.0, reported[4])
    assert opened == reported[4]
    assert rows.read_row(4.0, reported[4]) == ()


def share_room() -> tuple[TextRoom, ListedRows, ListedRows]:
    """Return the rows of two scans, and the room that they share."""
    room, one, other = TextRoom(), ListedRows(), ListedRows()
    one.move_to(room)
    other.move_to(room)
    return room, one, other


def test_a_scan_gives_its_room_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listed_rows, "LONG_BYTES", 1_500)
    room, one, other = share_room()
    one.read_row(1.0, make_finding(1, **LONG))
    other.read_row(1.0, make_finding(2, **LONG))
    assert [row.is_cut for row in other.findings.values()] == [True]
    one.clear()
    other.read_row(2.0, make_finding(2, **LONG))
    assert [row.is_cut for row in other.findings.values()] == [False]
    other.move_to(TextRoom())
    assert (room.short, room.long) == (0, 0)


def test_no_short_text_grows_beyond_the_room_and_each_scan_has_some_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(listed_rows, "SHORT_BYTES", 20_000)
    monkeypatch.setattr(listed_rows, "RESERVE_BYTES", 2_000)
    room, one, other = share_room()
    for number in range(200):
        one.read_row(1.0, make_finding(number))
    assert one.is_full
    assert 20 < len(one.findings) < 60
    full = room.short
    longer = make_finding(0, title="t" * 4_000, severity=finding.Severity.CRITICAL)
    ((grown, _),) = one.read_row(2.0, longer)
    assert (grown.title, grown.severity) == (make_finding(0).title, finding.Severity.CRITICAL)
    assert room.short < full + 100
    other.read_row(1.0, make_finding(500))
    assert len(other.findings) == 1


@given(st.lists(st.tuples(st.integers(0, 5), st.text(max_size=40), st.text(max_size=40))))
def test_the_room_is_what_the_rows_take(reported: list[tuple[int, str, str]]) -> None:
    texts = [make_finding(n, title=title, description=text) for n, title, text in reported]
    rows = read(*((float(at_s), row) for at_s, row in enumerate(texts)))
    sizes = [finding.text_bytes(row) for row in rows.findings.values()]
    assert rows.room.long == sum(long for _, long in sizes)
    assert rows.room.short == sum(short + listed_rows.ROW_BYTES for short, _ in sizes)


START = datetime(2026, 7, 4, 8, 0, tzinfo=UTC)


def at(second: float) -> datetime:
    return START + timedelta(seconds=second)


def reported(status: str, second: float, heard_s: float | None = None) -> LatestValue[str]:
    """What `status_change` events say of a status."""
    made = LatestValue("queued")
    made.by_stream(at(second), second if heard_s is None else heard_s, status)
    return made


def end(second: float, *, is_complete: bool = True, counts: Counts | None = None) -> EndSeen:
    return EndSeen(SCAN_ID, second, is_complete, at(second), counts)


def announced(*seen: EndSeen) -> Announced:
    made = Announced()
    for each in seen:
        made.see(each)
    return made


def test_before_an_end_the_reported_status_counts() -> None:
    assert announced().status(reported("hunting", 1)) == "hunting"


@pytest.mark.parametrize(
    ("is_complete", "status", "second", "heard_s", "expected"),
    [
        (True, "reporting", 1, 1, "completed"),
        (False, "hunting", 1, 1, ENDED),  # failed and cancelled look the same
        (True, "cancelled", 1, 1, "cancelled"),  # T-33
        (False, "cancelled", 1, 1, "cancelled"),
        (False, "ingesting", 3, 3, "ingesting"),  # it runs again
        (False, "hunting", 1, 9, ENDED),  # a replayed event has an old stamp
    ],
)
def test_status_after_an_end(
    is_complete: bool, status: str, second: float, heard_s: float, expected: str
) -> None:
    seen = announced(end(2, is_complete=is_complete))
    assert seen.status(reported(status, second, heard_s)) == expected


def test_rest_that_was_asked_after_the_end_knows_better() -> None:
    status = reported("hunting", 1)
    status.by_rest(3.0, "ingesting")
    assert announced(end(2, is_complete=False)).status(status) == "ingesting"


def test_of_two_ends_the_one_heard_later_counts() -> None:
    newer, older = end(4, is_complete=False), end(2)
    assert announced(newer, older).end is newer


def test_t31_a_status_without_counts_leaves_those_of_before() -> None:
    made = Announced()
    made.see(StatusSeen(SCAN_ID, 1, at(1), "hunting", Counts(3, critical=1)))
    made.see(StatusSeen(SCAN_ID, 2, at(2), "hunted"))
    assert made.counts("hunted") == Counts(3, critical=1)


def test_at_the_end_its_own_counts_are_the_ones_and_none_are_none() -> None:
    made = announced(end(3, is_complete=False))
    made.see(StatusSeen(SCAN_ID, 1, at(1), "hunting", Counts(3)))
    assert made.counts(ENDED) is None
    assert made.counts("hunting") == Counts(3)
    made.see(end(4, counts=Counts(7)))
    assert made.counts("completed") == Counts(7)


def test_the_newest_word_on_gaps_is_all_of_it() -> None:
    made, gap = Announced(), Gap(at(1), at(2))
    made.see(GapsSeen(SCAN_ID, 2.0, ()))
    made.see(GapsSeen(SCAN_ID, 1.0, (gap,)))
    assert made.gaps == ()
