"""The three forms of a moment."""

from datetime import UTC, datetime

import pytest

from heimdall_desktop.local import rows

SECOND = datetime(2026, 7, 4, 8, 0, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("micros", "fraction"),
    [(0, ""), (4_000, ".004"), (551_020, ".551020"), (500_000, ".500"), (1, ".000001")],
)
def test_rest_and_snapshot_drop_trailing_groups_of_zeros(micros: int, fraction: str) -> None:
    moment = SECOND.replace(microsecond=micros)
    assert rows.z_form(moment) == f"2026-07-04T08:00:09{fraction}Z"
    assert rows.offset_form(moment) == f"2026-07-04T08:00:09{fraction}+00:00"
    assert datetime.fromisoformat(rows.z_form(moment)) == moment


def test_live_form_has_nine_digits() -> None:
    epoch_ns = int(SECOND.timestamp()) * 1_000_000_000
    assert rows.live_form(epoch_ns + 118_400_217) == "2026-07-04T08:00:09.118400217+00:00"
    assert rows.live_form(epoch_ns + 118_000_000) == "2026-07-04T08:00:09.118+00:00"
    assert datetime.fromisoformat(rows.live_form()).tzinfo == UTC


def test_micros_round_trip() -> None:
    moment = SECOND.replace(microsecond=999_999)
    assert rows.from_micros(rows.to_micros(moment)) == moment
