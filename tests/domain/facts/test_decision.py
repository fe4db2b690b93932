"""Whether a finding was changed from elsewhere since a write of ours: by its value and entries."""

from datetime import timedelta

import pytest

from heimdall_desktop.domain.facts.decision import Field, OwnWrite, Touch, touched_since
from heimdall_desktop.domain.facts.finding import FindingEvent, FindingStatus
from tests.fakes.findings import FOUND_AT, make_event, make_finding

ROW = make_finding(1, status=FindingStatus.CONFIRMED)
WRITE = OwnWrite("open", "confirmed", FOUND_AT)


def entry(minutes: float, old: str, new: str, *, user: str | None = "me") -> FindingEvent:
    at = FOUND_AT + timedelta(minutes=minutes)
    values = {"old_value": old, "new_value": new, "user_id": user, "is_own": user == "me"}
    return make_event(1, event_type="status_change", created_at=at, **values)


OURS = entry(0, "open", "confirmed")
EARLIER = entry(-9, "open", "confirmed")


@pytest.mark.parametrize(
    "events",
    [
        [OURS],
        [EARLIER, entry(-5, "confirmed", "open"), OURS],
        [],  # changed but not logged, or a server that keeps no history (4.6, D15)
        [make_event(2), OURS],
    ],
    ids=["ours", "with earlier ones", "none", "another field"],
)
def test_what_only_we_have_written_is_untouched(events: list[FindingEvent]) -> None:
    assert touched_since(Field.STATUS, "confirmed", [WRITE], ROW, events) is None


def test_another_value_is_a_touch_even_without_an_entry() -> None:
    row = make_finding(1, status=FindingStatus.FALSE_POSITIVE)
    assert touched_since(Field.STATUS, "confirmed", [WRITE], row, [OURS]) == Touch("false_positive")


@pytest.mark.parametrize("user", ["me", "other"])
def test_there_and_back_is_a_touch(user: str) -> None:
    back = entry(2, "open", "confirmed", user=user)
    events = [OURS, entry(1, "confirmed", "open", user=user), back]
    touch = touched_since(Field.STATUS, "confirmed", [WRITE], ROW, events)
    assert touch == Touch("confirmed", back.created_at, user, user == "me")


def test_later_writes_of_ours_are_no_touch() -> None:
    later = [OwnWrite("confirmed", "fixed", None), OwnWrite("fixed", "confirmed", None)]
    events = [OURS, entry(1, "confirmed", "fixed"), entry(2, "fixed", "confirmed")]
    assert touched_since(Field.STATUS, "confirmed", [WRITE, *later], ROW, events) is None
    unlogged = [OURS, entry(2, "fixed", "confirmed")]
    assert touched_since(Field.STATUS, "confirmed", [WRITE, *later], ROW, unlogged) is None


def test_a_touch_between_two_writes_of_ours_is_one() -> None:
    later = [OwnWrite("open", "confirmed", None)]
    theirs = entry(1, "confirmed", "open", user="other")
    events = [OURS, theirs, entry(2, "open", "confirmed")]
    touch = touched_since(Field.STATUS, "confirmed", [WRITE, *later], ROW, events)
    assert touch == Touch("confirmed", theirs.created_at, "other")


def test_a_write_whose_row_was_never_read_is_found_by_its_entry() -> None:
    unread = OwnWrite("open", "confirmed", None)
    assert touched_since(Field.STATUS, "confirmed", [unread], ROW, [EARLIER, OURS]) is None
    events = [EARLIER, OURS, entry(1, "confirmed", "dismissed", user="other")]
    assert touched_since(Field.STATUS, "confirmed", [unread], ROW, events) is not None


def test_without_known_account_values_identify_our_writes() -> None:
    someone = entry(0, "open", "confirmed", user="a")
    assert touched_since(Field.STATUS, "confirmed", [WRITE], ROW, [someone]) is not None
    found = touched_since(Field.STATUS, "confirmed", [WRITE], ROW, [someone], knows_self=False)
    assert found is None
