"""Tolerant decoding: what is sound is kept, what is not is said in our own error."""

import contextlib
import json
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from heimdall_desktop.domain.facts.errors import WireError
from heimdall_desktop.services import envelope
from tests.fakes.desk_parts import at_once, patient, raises_saying
from tests.fakes.raw_server import bent_bytes


class Row(msgspec.Struct):
    """A row with one field it must have."""

    id: str
    line: envelope.Count = 0
    note: str | None = None


NUMBER = msgspec.json.Decoder(envelope.Envelope[int])


def test_envelope_gives_its_data() -> None:
    assert envelope.opened(NUMBER.decode, b'{"success": true, "data": 5, "more": {}}') == 5


@pytest.mark.parametrize(
    "body", [b'{"success": false, "error": {}}', b'{"data": "5"}', b"{", b"", b"[" * 100_000]
)
def test_anything_else_is_a_wire_error(body: bytes) -> None:
    with pytest.raises(WireError):
        envelope.opened(NUMBER.decode, body)


def test_error_says_where_but_not_what() -> None:
    with raises_saying(WireError, match=r"Expected `int`, got `str` - at `\$\.data`") as reported:
        envelope.opened(NUMBER.decode, b'{"data": "secret"}')
    assert "secret" not in str(reported.value)


def test_lone_surrogates_of_a_text_are_replaced() -> None:
    decode = msgspec.json.Decoder(str).decode
    assert envelope.decoded(decode, '"a\ud800b"') == "a?b"
    assert envelope.decoded(decode, b'"a\\ud800b"') == "a?b"


def test_number_that_is_none_hides_nothing_else() -> None:
    decode = msgspec.json.Decoder(list[float | None]).decode
    assert envelope.decoded(decode, b"[NaN, 1, Infinity]") == [None, 1.0, None]


def test_row_keeps_what_fits() -> None:
    assert envelope.fitting(Row, b'{"id": "a", "line": -1, "note": 5}') == Row("a")
    assert envelope.fitting(Row, b'{"id": "a", "line": "x", "note": "n"}') == Row("a", 0, "n")


@pytest.mark.parametrize("body", [b'{"line": 1}', b'{"id": 5}', b"[]", b"5", b"null", b"{"])
def test_row_without_what_it_must_have_is_a_wire_error(body: bytes) -> None:
    with pytest.raises(WireError):
        envelope.fitting(Row, body)


@pytest.mark.parametrize("stamp", ["", "yesterday", "5", "2026-13-01T00:00:00Z"])
def test_no_time_stamp_is_a_wire_error(stamp: str) -> None:
    with pytest.raises(WireError):
        envelope.moment(stamp)


@pytest.mark.parametrize(
    ("stamp", "at"),
    [
        ("0001-01-01T00:00:00Z", envelope.Earliest),
        ("0001-01-01T00:00:00+23:59", envelope.Earliest),
        ("0001-01-01T00:00:00", envelope.Earliest),
        ("1900-01-01T00:00:00Z", envelope.Earliest),
        ("1970-12-31T23:59:59-00:01", datetime(1971, 1, 1, 0, 0, 59, tzinfo=UTC)),
        ("2200-07-04T08:00:00+02:00", datetime(2200, 7, 4, 6, tzinfo=UTC)),
        ("9999-12-31T23:59:59Z", envelope.Latest),
        ("9999-12-31T23:59:59.999999999-23:59", envelope.Latest),
    ],
)
def test_a_moment_that_some_system_cannot_reckon_with_is_moved(stamp: str, at: datetime) -> None:
    assert envelope.moment(stamp) == at
    assert envelope.moment(stamp).tzinfo is UTC


def test_no_moment_is_none() -> None:
    assert envelope.moment_or_none(None) is None


@given(st.datetimes(datetime(1971, 1, 1), datetime(2200, 1, 1)), st.integers(0, 999))
def test_nine_digits_are_cut_to_six(told: datetime, nanoseconds: int) -> None:
    at = told.replace(tzinfo=UTC)
    stamp = f"{told.isoformat(timespec='microseconds')}{nanoseconds:03}+00:00"
    assert envelope.moment(stamp) == at


ROWS = [{"id": "a", "x": [{"y": '" ]} \\'}]}, {"id": "b", "items": [1]}, {"id": "c"}]


@pytest.mark.parametrize(
    "page",
    [
        {"success": True, "data": {"items": ROWS, "total": 3}},
        {"success": True, "data": {"total": 3, "tags": ["n"], "items": ROWS}},
        {"data": ROWS},
        {"items": ROWS},
        ROWS,
    ],
)
def test_of_a_list_that_is_cut_the_whole_rows_stay(page: object) -> None:
    body = json.dumps(page).encode()
    start = body.index(b'{"id"')
    counts = []
    for end in range(start, len(body)):
        reported = json.loads(at_once(envelope.whole_rows(body[:end])))
        while isinstance(reported, dict):
            reported = reported.get("data", reported.get("items"))
        assert reported == ROWS[: len(reported)]
        counts.append(len(reported))
    assert counts == sorted(counts)
    assert {0, 1, 2, 3} == set(counts)


@pytest.mark.parametrize("body", [b"", b'{"success": true, "da', b'{"x": [1, 2'])
def test_what_is_cut_before_its_rows_is_no_list(body: bytes) -> None:
    with pytest.raises(WireError):
        at_once(envelope.whole_rows(body))


_STAMP = b"2026-07-04T08:00:09.551020123+00:00"
_WHOLE = b'{"success": true, "data": {"id": "a", "line": 1}}'


_ROW = b'{"id": "a", "line": 1}'
_DECODER = msgspec.json.Decoder(envelope.Envelope[Row])


@patient
@given(bent_bytes(_STAMP) | st.text().map(lambda text: text.encode("utf-8", "replace")))
def test_any_stamp_is_a_moment_of_utc_or_a_wire_error(stamp: bytes) -> None:
    with contextlib.suppress(WireError):
        assert envelope.moment(stamp.decode("utf-8", "replace")).tzinfo is UTC


@patient
@given(bent_bytes(_WHOLE) | st.binary(max_size=60))
def test_any_envelope_is_opened_or_a_wire_error(body: bytes) -> None:
    with contextlib.suppress(WireError):
        assert isinstance(envelope.opened(_DECODER.decode, body).line, int)


@patient
@given(bent_bytes(_ROW) | st.binary(max_size=60))
def test_any_row_fits_or_is_a_wire_error(body: bytes) -> None:
    with contextlib.suppress(WireError):
        assert isinstance(envelope.fitting(Row, body), Row)
