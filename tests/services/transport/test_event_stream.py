"""Frames, comments and limits of the byte wrapper, in any chunking."""

import itertools
from collections.abc import Iterable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heimdall_desktop.domain.facts.errors import WireError
from heimdall_desktop.services.transport import event_stream
from heimdall_desktop.services.transport.event_stream import BadFrame, Comment, Frame, FrameCutter
from tests.fakes.desk_parts import patient

Parts = list[event_stream.StreamPart]


def cut(*chunks: bytes) -> Parts:
    cutter = FrameCutter()
    return [part for chunk in chunks for part in cutter.push(chunk)]


CUTS: dict[str, tuple[str, Parts]] = {
    "a frame has its name and data": (
        'event: stage_update\ndata: {"a":1}\n\nevent: error\ndata: {}\n\n',
        [Frame("stage_update", '{"a":1}'), Frame("error", "{}")],
    ),
    "a frame without a name is a message": ("data: x\n\n", [Frame("message", "x")]),
    "data lines are joined": ("data: a\ndata: b\n\n", [Frame("message", "a\nb")]),
    "an unfinished frame is held back": ("data: a\n\ndata: b\n", [Frame("message", "a")]),
    "a frame without data is none": (
        "event: x\n\nretry: 5\n\nid: 4\n\ndata:\n\ndata: y\n\n",
        [Frame("message", "y")],
    ),
    "a comment after an id is no event": (
        "id: 1\ndata: a\n\n: keepalive\n\n",
        [Frame("message", "a"), Comment(is_lagged=False)],
    ),
    "comments and frames keep their order": (
        "data: a\n\n: keepalive\n\ndata: b\n\n: lagged \u2014 events dropped\n\ndata: c\n\n",
        [Frame("message", "a"), Comment(is_lagged=False), Frame("message", "b"),
         Comment(is_lagged=True), Frame("message", "c")],
    ),
    "a comment inside a frame leaves it whole": (
        "event: x\n:lagged\ndata: 1\n\n",
        [Comment(is_lagged=True), Frame("x", "1")],
    ),
    "Unicode line separators stay in the data": (
        "data: a\u2028b\u2029c\x85d\x0be\x0cf\x1cg\n\n",
        [Frame("message", "a\u2028b\u2029c\x85d\x0be\x0cf\x1cg")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("stream", "parts"), CUTS.values(), ids=CUTS)
def test_a_stream_is_cut_into_its_parts(stream: str, parts: Parts) -> None:
    assert cut(stream.encode()) == parts


def test_byte_order_mark_does_not_eat_the_first_line() -> None:
    assert cut(b"\xef", b"\xbb", b"\xbfevent: x\ndata: 1\n\n") == [Frame("x", "1")]
    assert cut(b"\xef\xbbdata: 1\n\ndata: 2\n\n") == [Frame("message", "2")]


@pytest.mark.parametrize("end", [b"\n", b"\r", b"\r\n"])
def test_each_line_end_is_one(end: bytes) -> None:
    stream = end.join([b"event: x", b"data: 1", b"", b": k", b"", b"data: 2", b"", b""])
    parts = [Frame("x", "1"), Comment(is_lagged=False), Frame("message", "2")]
    assert cut(stream) == parts
    assert cut(*(stream[i : i + 1] for i in range(len(stream)))) == parts


def test_bad_utf8_is_shown_as_such() -> None:
    first, second = cut(b"data: a\xff\xfeb\n\ndata: \xc3\n\n")
    assert first == Frame("message", "a\ufffd\ufffdb")
    assert second == Frame("message", "\ufffd")


@pytest.mark.parametrize("step", [1 << 16, 1 << 24])
def test_huge_frame_is_skipped_and_the_next_is_read(step: int) -> None:
    stream = b"data: 0\n\ndata: " + b"x" * event_stream.FRAME_LIMIT_BYTES + b"\n\ndata: 1\n\n"
    first, bad, last = cut(*(stream[i : i + step] for i in range(0, len(stream), step)))
    assert (first, last) == (Frame("message", "0"), Frame("message", "1"))
    assert isinstance(bad, BadFrame)


def test_largest_frame_is_read() -> None:
    data = b"x" * (event_stream.FRAME_LIMIT_BYTES - len(b"data: "))
    assert cut(b"data: " + data + b"\n\n") == [Frame("message", data.decode())]


@pytest.mark.parametrize("step", [1 << 16, 1 << 25])
def test_endless_frame_drops_the_stream(step: int) -> None:
    stream = b"data: 0\n\ndata: " + b"x" * event_stream.ENDLESS_LIMIT_BYTES + b"\n\ndata: 1\n\n"
    cutter = FrameCutter()
    chunks = (stream[start : start + step] for start in range(0, len(stream), step))
    with pytest.raises(WireError):
        list(itertools.chain.from_iterable(map(cutter.push, chunks)))
    assert len(cutter._pending) <= max(step, event_stream.FRAME_LIMIT_BYTES) * 2


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


SMALL_FRAME_BYTES, SMALL_ENDLESS_BYTES = 30, 90
FRAMES = 20_000
MANY_CHUNKS = 300_000
_bits = st.sampled_from(
    [b"data", b"event", b"id", b"retry", b":", b": ", b" ", b"x", b"lagged", b"\r", b"\n", b"\r\n",
     b"\n\n", b"\0", b"\xef\xbb\xbf", b"\xff", b"\xe2\x80\xa8", b"\xc2\x85", b"\x0b", b"\x1c"]
)  # fmt: skip
streams = st.lists(_bits, max_size=60).map(b"".join) | st.binary(max_size=300)
chunks = st.lists(streams, max_size=20)


def by_the_standard(stream: bytes) -> Iterator[event_stream.StreamPart]:
    """WHATWG HTML, "parsing an event stream", with the comments of a frame reported before it."""
    text = stream.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    *frames, _unfinished = text.split(b"\n\n")
    for frame in frames:
        event, data = "", list[str]()
        for line in frame.split(b"\n"):
            if line.startswith(b":"):
                yield Comment(line[1:].lstrip().startswith(b"lagged"))
                continue
            name, _, value = line.decode("utf-8", "replace").partition(":")
            value = value.removeprefix(" ")
            if name == "event":
                event = value
            elif name == "data":
                data.append(value)
        if "".join(data) or len(data) > 1:
            yield Frame(event or "message", "\n".join(data))


@patient
@given(chunks)
def test_any_chunks_are_parsed_as_the_standard_says(pushes: list[bytes]) -> None:
    assert cut(*pushes) == list(by_the_standard(b"".join(pushes)))


@patient
@given(chunks)
def test_limits_are_the_same_in_any_chunks(pushes: list[bytes]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(event_stream, "FRAME_LIMIT_BYTES", SMALL_FRAME_BYTES)
        patch.setattr(event_stream, "ENDLESS_LIMIT_BYTES", SMALL_ENDLESS_BYTES)
        stream = b"".join(pushes)
        bytewise = until_refused(stream[n : n + 1] for n in range(len(stream)))
        assert until_refused(pushes)[1] == bytewise[1]
        if not bytewise[1]:
            assert until_refused(pushes) == until_refused([stream]) == bytewise


def until_refused(pushes: Iterable[bytes]) -> tuple[Parts, bool]:
    """The parts, and whether the stream was refused as endless."""
    cutter, parts = FrameCutter(), Parts()
    try:
        for push in pushes:
            parts += cutter.push(push)
    except WireError:
        return parts, True
    return parts, False


def test_a_frame_that_drips_in_costs_no_more_than_its_bytes() -> None:
    """A cost that grew with what is pending would take minutes."""
    frames = cut(*[b"da", b"ta: 1\n\n"] * FRAMES)
    assert len(frames) == FRAMES
    pending = FrameCutter()
    for _ in range(MANY_CHUNKS):
        assert list(pending.push(b"x")) == []
    assert list(pending.push(b"\n\n")) == []


def test_a_long_frame_is_left_out_and_said_so() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(event_stream, "FRAME_LIMIT_BYTES", SMALL_FRAME_BYTES)
        stream = b"data: " + b"x" * SMALL_FRAME_BYTES + b"\n\ndata: 1\n\n"
        bad, frame = cut(stream)
        assert isinstance(bad, BadFrame)
        assert frame == Frame("message", "1")
