"""Anything where a time stamp or an envelope should be: a value or a WireError."""

import contextlib
from datetime import UTC

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from heimdall_desktop.domain.facts.errors import WireError
from heimdall_desktop.services.envelope import Envelope, fitting, moment, opened
from tests.fakes.bent_answers import bent_bytes
from tests.fakes.patience import patient

_STAMP = b"2026-07-04T08:00:09.551020123+00:00"
_WHOLE = b'{"success": true, "data": {"a": 1, "b": ["x"]}}'


class _Row(msgspec.Struct):
    a: int
    b: list[str] = []


_DECODER = msgspec.json.Decoder(Envelope[_Row])


@patient
@given(bent_bytes(_STAMP) | st.text().map(lambda text: text.encode("utf-8", "replace")))
def test_any_stamp_is_a_moment_of_utc_or_a_wire_error(stamp: bytes) -> None:
    with contextlib.suppress(WireError):
        assert moment(stamp.decode("utf-8", "replace")).tzinfo is UTC


@patient
@given(bent_bytes(_WHOLE) | st.binary(max_size=60))
def test_any_envelope_is_opened_or_a_wire_error(body: bytes) -> None:
    with contextlib.suppress(WireError):
        assert isinstance(opened(_DECODER.decode, body).a, int)


@patient
@given(bent_bytes(b'{"a": 1, "b": ["x"]}') | st.binary(max_size=60))
def test_any_row_fits_or_is_a_wire_error(body: bytes) -> None:
    with contextlib.suppress(WireError):
        assert isinstance(fitting(_Row, body), _Row)
