"""Reasons in comments: written in a fixed form, and read only where this account wrote them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from heimdall_desktop.domain.facts.finding import FindingEvent, FindingId, FindingStatus
from heimdall_desktop.domain.facts.reason import (
    TEXT_LIMIT,
    GivenReason,
    Known,
    KnownReasons,
    ReadReason,
    ReadReasons,
    Reason,
    comment_of,
    reason_in,
    reason_of,
    since_decided,
)
from tests.fakes.findings import make_finding

BEGIN = datetime(2026, 7, 4, 10, 0, tzinfo=UTC)
FINDING = FindingId("f-1")


def entry(
    minute: int,
    comment: str | None = None,
    *,
    event_type: str = "comment",
    is_own: bool = True,
    **fields: Any,
) -> FindingEvent:
    at = BEGIN + timedelta(minutes=minute)
    whole = {"old_value": None, "new_value": None, "user_id": "mira"} | fields
    return FindingEvent(
        f"e-{minute}-{comment}",
        FINDING,
        event_type,
        comment=comment,
        created_at=at,
        is_own=is_own,
        **whole,
    )


def decided(minute: int, *, is_own: bool = True) -> FindingEvent:
    words = {"old_value": "open", "new_value": "dismissed"}
    return entry(minute, event_type="status_change", is_own=is_own, **words)


def given(*events: FindingEvent) -> tuple[Reason, str] | None:
    found = reason_of(events)
    return None if found is None else (found.reason, found.text)


@pytest.mark.parametrize("reason", Reason)
@pytest.mark.parametrize("text", ["", "only in tests", "[reason: duplicate] of another", "a\nb"])
def test_what_is_written_is_read_back(reason: Reason, text: str) -> None:
    assert reason_in(comment_of(reason, text)) == (reason, text)
    assert given(decided(0), entry(1, comment_of(reason, text))) == (
        reason,
        text.replace("\n", " "),
    )


@pytest.mark.parametrize(
    "comment",
    [
        None,
        "",
        "test-code",
        "[reason: test-code",
        "[reason:test-code]",
        "[Reason: test-code]",
        "[reason: Test-code]",
        "[reason: test_code]",
        "[reason: test code]",
        " [reason: test-code]",
        "\u200b[reason: test-code]",
        "[r\u0435ason: test-code]",  # a Cyrillic letter
        "[reason: t\u0435st-code]",
        "[reason: test-code]only in tests",
        "[reason: test-code]\u00a0only in tests",
        "> [reason: test-code]",
        "[reason: none]",
        "[reason: unknown]",
        "[reason: ]",
        f"[reason: {'a' * 41}]",
        f"[reason: {'a-' * 100_000}",
    ],
)
def test_a_look_alike_is_no_reason(comment: str | None) -> None:
    assert given(decided(0), entry(1, comment)) is None
    known = entry(1, "[reason: duplicate]")
    assert given(decided(0), known, entry(2, comment)) == (Reason.DUPLICATE, "")


@pytest.mark.parametrize(
    "event_type",
    ["severity_change", "patch_applied", "ai_explanation", "issue_linked", "Comment", "comment "],
)
def test_only_a_comment_counts(event_type: str) -> None:
    assert given(decided(0), entry(1, "[reason: test-code]", event_type=event_type)) is None


def test_a_comment_of_another_account_never_counts() -> None:
    other = entry(3, "[reason: accepted-risk] trust me", is_own=False, user_id="olaf")
    without = entry(4, "[reason: duplicate]", is_own=False, user_id=None)
    assert given(decided(0), other, without) is None
    assert given(decided(0), entry(1, "[reason: test-code]"), other) == (Reason.TEST_CODE, "")


def test_it_must_be_newer_than_the_newest_change_of_the_status() -> None:
    reason = entry(1, "[reason: test-code]")
    assert given(decided(0), reason) == (Reason.TEST_CODE, "")
    assert given(decided(0), reason, decided(2)) is None
    assert given(decided(0), reason, decided(2, is_own=False)) is None  # also by another account
    again = entry(3, "[reason: duplicate]")
    assert given(decided(0), reason, decided(2), again) == (Reason.DUPLICATE, "")
    severity = entry(2, event_type="severity_change")
    assert given(decided(0), reason, severity) == (Reason.TEST_CODE, "")
    assert given(reason) == (Reason.TEST_CODE, "")  # a scan's status has no entry


def test_the_newest_of_several_counts_whatever_their_order() -> None:
    events = [decided(0), entry(1, "[reason: test-code]"), entry(2, "[reason: duplicate] of 7")]
    assert given(*events) == given(*reversed(events)) == (Reason.DUPLICATE, "of 7")
    assert given(entry(5, "[reason: test-code]"), decided(7), decided(3)) is None


def test_of_one_moment_the_later_in_the_list_is_the_newer_one() -> None:
    status, reason = decided(1), entry(1, "[reason: test-code]")
    assert given(status, reason) == (Reason.TEST_CODE, "")
    assert given(reason, status) is None
    other = entry(1, "[reason: duplicate]")
    assert given(status, reason, other) == (Reason.DUPLICATE, "")
    assert given(status, other, reason) == (Reason.TEST_CODE, "")
    assert since_decided([reason, status, other]) == [other]


def test_its_text_is_one_line_of_limited_length() -> None:
    text = f"\u202efirst\nsecond\x07 {'long ' * 10_000}"
    found = given(decided(0), entry(1, f"[reason: other] {text}"))
    assert found is not None
    assert found[1].startswith("\ufffdfirst second")
    assert found[1].isprintable()
    assert len(found[1]) <= TEXT_LIMIT


def test_what_is_known_of_a_row() -> None:
    row = make_finding(1, status=FindingStatus.DISMISSED)
    reason = GivenReason(Reason.TEST_CODE, "", BEGIN)
    read = ReadReason(reason, row.updated_at)

    def known(entry: ReadReason | None) -> KnownReasons:
        return KnownReasons({} if entry is None else {row.id: entry})

    assert known(read).word(row) is Reason.TEST_CODE
    assert known(None).word(row) is Known.UNKNOWN
    assert known(None).is_unread(row)
    assert known(ReadReason(None, row.updated_at)).word(row) is Known.NONE
    empty = known(ReadReason(None, row.updated_at, is_whole=False))
    assert empty.word(row) is Known.UNKNOWN  # a server that may keep no history proves nothing
    assert not empty.is_unread(row)
    changed = replace(row, updated_at=row.updated_at + timedelta(seconds=1))
    assert known(read).word(changed) is Known.UNKNOWN
    assert known(read).is_unread(changed)
    confirmed = replace(row, status=FindingStatus.CONFIRMED)
    assert known(read).word(confirmed) is Reason.TEST_CODE
    undone = replace(row, status=FindingStatus.OPEN)
    for other in (confirmed, replace(row, is_announced=True), undone):
        assert known(None).word(other) is None
        assert not known(None).is_unread(other)
    assert known(read).word(undone) is None


def test_each_change_makes_another_object_to_compare() -> None:
    rows = [make_finding(number, status=FindingStatus.DISMISSED) for number in (1, 2)]
    owner = ReadReasons()
    first = owner.known
    owner.put({rows[0].id: ReadReason(None, rows[0].updated_at)})
    second = owner.known
    owner.put({rows[1].id: ReadReason(None, rows[1].updated_at)})
    assert first != second != owner.known
    assert [len(first), len(second), len(owner.known)] == [0, 1, 2]
    third = owner.known
    owner.drop([FindingId("unknown")])
    assert owner.known is third
    owner.drop([rows[0].id])
    assert owner.known.word(rows[0]) is Known.UNKNOWN
    assert owner.known.word(rows[1]) is Known.NONE
