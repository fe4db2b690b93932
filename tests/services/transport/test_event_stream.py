"""Frames, comments and limits of the byte wrapper, in any chunking."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heimdall_desktop.domain.facts.errors import WireError
from heimdall_desktop.services.transport.event_stream import (
    ENDLESS_LIMIT_BYTES,
    FRAME_LIMIT_BYTES,
    BadFrame,
    Comment,
    Frame,
    FrameCutter,
    StreamPart,
)


def cut(*chunks: bytes) -> list[StreamPart]:
    cutter = FrameCutter()
    return [part for chunk in chunks for part in cutter.push(chunk)]


def test_frame_has_its_name_and_data() -> None:
    stream = b'event: stage_update\ndata: {"a":1}\n\nevent: error\ndata: {}\n\n'
    assert cut(stream) == [Frame("stage_update", '{"a":1}'), Frame("error", "{}")]


def test_nameless_frame_is_a_message() -> None:
    assert cut(b"data: x\n\n") == [Frame("message", "x")]


def test_data_lines_are_joined() -> None:
    assert cut(b"data: a\ndata: b\n\n") == [Frame("message", "a\nb")]


def test_unfinished_frame_is_held_back() -> None:
    assert cut(b"data: a\n\ndata: b\n") == [Frame("message", "a")]


def test_frame_without_data_is_none() -> None:
    assert cut(b"event: x\n\nretry: 5\n\nid: 4\n\ndata:\n\ndata: y\n\n") == [Frame("message", "y")]


def test_comment_after_an_id_makes_no_phantom_event() -> None:
    assert cut(b"id: 1\ndata: a\n\n: keepalive\n\n") == [Frame("message", "a"), Comment(False)]


def test_keepalive_and_lag_are_seen_in_order() -> None:
    stream = "data: a\n\n: keepalive\n\ndata: b\n\n: lagged \u2014 events dropped\n\ndata: c\n\n"
    assert cut(stream.encode()) == [
        Frame("message", "a"),
        Comment(is_lagged=False),
        Frame("message", "b"),
        Comment(is_lagged=True),
        Frame("message", "c"),
    ]


def test_comment_inside_a_frame_leaves_the_frame_whole() -> None:
    assert cut(b"event: x\n:lagged\ndata: 1\n\n") == [Comment(is_lagged=True), Frame("x", "1")]


def test_byte_order_mark_does_not_eat_the_first_line() -> None:
    assert cut(b"\xef", b"\xbb", b"\xbfevent: x\ndata: 1\n\n") == [Frame("x", "1")]
    assert cut(b"\xef\xbbdata: 1\n\ndata: 2\n\n") == [Frame("message", "2")]


@pytest.mark.parametrize("end", [b"\n", b"\r", b"\r\n"])
def test_each_line_end_is_one(end: bytes) -> None:
    stream = end.join([b"event: x", b"data: 1", b"", b": k", b"", b"data: 2", b"", b""])
    parts = [Frame("x", "1"), Comment(is_lagged=False), Frame("message", "2")]
    assert cut(stream) == parts
    assert cut(*(stream[i : i + 1] for i in range(len(stream)))) == parts


def test_unicode_line_separators_stay_in_the_data() -> None:
    text = "a\u2028b\u2029c\x85d\x0be\x0cf\x1cg"
    assert cut(f"data: {text}\n\n".encode()) == [Frame("message", text)]


def test_bad_utf8_is_shown_as_such() -> None:
    assert cut(b"data: a\xff\xfeb\n\ndata: \xc3\n\n") == [
        Frame("message", "a\ufffd\ufffdb"),
        Frame("message", "\ufffd"),
    ]


@pytest.mark.parametrize("step", [1 << 16, 1 << 24])
def test_huge_frame_is_skipped_and_the_next_is_read(step: int) -> None:
    stream = b"data: 0\n\ndata: " + b"x" * FRAME_LIMIT_BYTES + b"\n\ndata: 1\n\n"
    first, bad, last = cut(*(stream[i : i + step] for i in range(0, len(stream), step)))
    assert (first, last) == (Frame("message", "0"), Frame("message", "1"))
    assert isinstance(bad, BadFrame)


def test_largest_frame_is_read() -> None:
    data = b"x" * (FRAME_LIMIT_BYTES - len(b"data: "))
    assert cut(b"data: " + data + b"\n\n") == [Frame("message", data.decode())]


@pytest.mark.parametrize("step", [1 << 16, 1 << 25])
def test_endless_frame_drops_the_stream(step: int) -> None:
    stream = b"data: 0\n\ndata: " + b"x" * ENDLESS_LIMIT_BYTES + b"\n\ndata: 1\n\n"
    cutter = FrameCutter()
    chunks = (stream[start : start + step] for start in range(0, len(stream), step))
    with pytest.raises(WireError):
        list(itertools.chain.from_iterable(map(cutter.push, chunks)))
    assert len(cutter._pending) <= max(step, FRAME_LIMIT_BYTES) * 2


_LINES = st.sampled_from(
    [b"data: a", b"data:", b"event: x", b": keepalive", b": lagged \xe2\x80\x94 x", b"id: 7", b"",
     b"data: \xe2\x80\xa8\xff\xc3", b"retry: 9", b"\xef\xbb\xbfdata: bom", b"junk", b""]
)  # fmt: skip
_STREAMS = st.lists(st.tuples(_LINES, st.sampled_from([b"\n", b"\r", b"\r\n"])), max_size=40).map(
    lambda lines: b"".join(line + end for line, end in lines)
)


@given(_STREAMS | st.binary(max_size=200), st.lists(st.integers(0, 400), max_size=30))
def test_chunking_makes_no_difference(stream: bytes, cuts: list[int]) -> None:
    places = sorted({0, len(stream), *(place for place in cuts if place < len(stream))})
    chunks = [stream[a:b] for a, b in itertools.pairwise(places)]
    assert cut(*chunks) == cut(stream)
