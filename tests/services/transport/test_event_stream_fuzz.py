"""Any bytes in any chunks: the parts that the standard's own parsing finds, and no other error."""

import itertools
from collections.abc import Iterable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heimdall_desktop.domain.facts.errors import WireError
from heimdall_desktop.services.transport import event_stream
from heimdall_desktop.services.transport.event_stream import (
    BadFrame,
    Comment,
    Frame,
    FrameCutter,
    StreamPart,
)
from tests.fakes.patience import patient

SMALL_FRAME_BYTES = 30
SMALL_ENDLESS_BYTES = 90
FRAMES = 20_000
MANY_CHUNKS = 300_000

_bits = st.sampled_from(
    [b"data", b"event", b"id", b"retry", b":", b": ", b" ", b"x", b"lagged", b"\r", b"\n", b"\r\n",
     b"\n\n", b"\0", b"\xef\xbb\xbf", b"\xff", b"\xe2\x80\xa8", b"\xc2\x85", b"\x0b", b"\x1c"]
)  # fmt: skip
streams = st.lists(_bits, max_size=60).map(b"".join) | st.binary(max_size=300)
chunks = st.lists(streams, max_size=20)


def pushed(pushes: Iterable[bytes]) -> list[StreamPart]:
    cutter = FrameCutter()
    return list(itertools.chain.from_iterable(map(cutter.push, pushes)))


def by_the_standard(stream: bytes) -> Iterator[StreamPart]:
    """WHATWG HTML, "parsing an event stream", with the comments of a frame told before it."""
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
    assert pushed(pushes) == list(by_the_standard(b"".join(pushes)))


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


def until_refused(pushes: Iterable[bytes]) -> tuple[list[StreamPart], bool]:
    """The parts, and whether the stream was refused as endless."""
    cutter, parts = FrameCutter(), list[StreamPart]()
    try:
        for push in pushes:
            parts += cutter.push(push)
    except WireError:
        return parts, True
    return parts, False


def test_a_frame_that_drips_in_costs_no_more_than_its_bytes() -> None:
    """A cost that grew with what is pending would take minutes."""
    halves = [b"da", b"ta: 1\n\n"]
    frames = pushed(halves[n % 2] for n in range(FRAMES * 2))
    assert len(frames) == FRAMES
    pending = FrameCutter()
    for _ in range(MANY_CHUNKS):
        assert list(pending.push(b"x")) == []
    assert list(pending.push(b"\n\n")) == []


def test_a_long_frame_is_left_out_and_said_so() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(event_stream, "FRAME_LIMIT_BYTES", SMALL_FRAME_BYTES)
        stream = b"data: " + b"x" * SMALL_FRAME_BYTES + b"\n\ndata: 1\n\n"
        bad, frame = pushed([stream])
        assert isinstance(bad, BadFrame)
        assert frame == Frame("message", "1")
