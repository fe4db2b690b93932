"""Requests over real loopback sockets: token, cookies, retries, breakage and refusals."""

import asyncio
import gzip
import html
import itertools
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager, suppress
from pathlib import Path
from random import Random
from typing import Any

import pytest

from heimdall_desktop import __version__
from heimdall_desktop.domain.facts import errors
from heimdall_desktop.domain.facts.server import ServerUrl, server_url
from heimdall_desktop.presentation.error_text import cause
from heimdall_desktop.services.log import Redaction
from heimdall_desktop.services.transport import clients as clients_module
from heimdall_desktop.services.transport.answers import unescaped
from heimdall_desktop.services.transport.clients import REPEATS, Clients, Method, Request
from heimdall_desktop.services.transport.event_stream import Frame, StreamPart
from tests.fakes.desk_parts import raises_saying
from tests.fakes.raw_server import (
    STREAM_HEAD,
    Asked,
    RawServer,
    Script,
    answer,
    answering,
    raw_server,
    reset,
)

OK = answer(200, "application/json", "{}")
ASKED = Request("/x")
TOKEN = "0198c1f0a4b27c3e"  # noqa: S105 - of no account
SECRET = "5ec2e7" * 8
GZIP = {"Content-Encoding": "gzip"}
UNSUPPORTED = "uses an unsupported compression."


@asynccontextmanager
async def served(
    script: Script, *, keeps_alive: bool = False, token: str | None = TOKEN, **options: Any
) -> AsyncIterator[tuple[RawServer, Clients]]:
    async with raw_server(script, keeps_alive=keeps_alive) as server:
        clients = Clients(server.url, lambda: token, **options)
        try:
            yield server, clients
        finally:
            await clients.aclose()


async def ask(url: ServerUrl, request: Request, token: str | None = TOKEN) -> bytes:
    clients = Clients(url, lambda: token)
    try:
        return await clients.ask(request)
    finally:
        await clients.aclose()


async def refused(
    wire: bytes | list[bytes],
    kind: type[errors.HeimdallError],
    words: str = "",
    request: Request | None = ASKED,
) -> RawServer:
    """Check the error of a request, or of a stream, that is answered so; return the server."""
    parts = [wire] if isinstance(wire, bytes) else wire
    async with raw_server(answering(*parts)) as server:
        with raises_saying(kind, match=words):
            await (ask(server.url, request) if request else read_stream(server.url))
    return server


async def read_stream(url: ServerUrl) -> list[StreamPart]:
    clients = Clients(url, lambda: TOKEN)
    try:
        stream = await clients.open_stream("/s", lambda: 1.0)
        try:
            async with aclosing(aiter(stream)) as parts:
                return [part async for part in parts]
        finally:
            await stream.aclose()
    finally:
        await clients.aclose()


async def test_token_is_asked_for_at_each_request() -> None:
    tokens = iter(["one", "two", None])
    async with raw_server(answering(OK)) as server:
        clients = Clients(server.url, lambda: next(tokens))
        for _ in range(3):
            await clients.ask(Request("/x"))
        await clients.aclose()
    reported = [asked.headers.get("authorization") for asked in server.asked]
    assert reported == ["Bearer one", "Bearer two", None]


@pytest.mark.parametrize("token", ["with space", "line\nfeed", "n\u00f6n-ascii"])
async def test_an_impossible_token_is_refused_and_not_repeated(token: str) -> None:
    async with raw_server(answering(OK)) as server:
        with pytest.raises(errors.SignedOut) as reported:
            await ask(server.url, Request("/x"), token)
    assert token not in str(reported.value)
    assert server.asked == []


async def test_no_cookie_is_kept() -> None:
    cookie = {"Set-Cookie": "heimdall_session=abc; Path=/; HttpOnly"}
    wire = answer(200, "application/json", "{}", cookie)
    async with served(answering(wire)) as (server, clients):
        await clients.ask(Request("/x"))
        await clients.ask(Request("/x"))
    assert all("cookie" not in asked.headers for asked in server.asked)


@pytest.mark.parametrize("is_signed", [True, False])
async def test_the_secret_of_the_embedded_server_goes_with_each_request(is_signed: bool) -> None:
    async with served(answering(OK), secret=lambda: SECRET) as (server, clients):
        await clients.ask(Request("/x", is_signed=is_signed))
    assert server.asked[0].headers["x-heimdall-run-secret"] == SECRET
    assert ("authorization" in server.asked[0].headers) is is_signed


async def test_the_secret_opens_streams_too() -> None:
    async with served(answering(STREAM_HEAD), secret=lambda: SECRET) as (server, clients):
        await (await clients.open_stream("/s", lambda: 1.0)).aclose()
    assert server.asked[0].headers["x-heimdall-run-secret"] == SECRET


async def test_no_other_server_gets_the_secret_not_even_by_a_redirect() -> None:
    async with raw_server(answering(OK)) as other:
        moved = answer(307, "", "", {"Location": f"{other.url}/x"})
        async with raw_server(answering(moved)) as server:
            ours = Clients(server.url, lambda: TOKEN, secret=lambda: SECRET)
            theirs = Clients(other.url, lambda: TOKEN)
            with pytest.raises(errors.WrongServer):
                await ours.ask(Request("/x"))
            await theirs.ask(Request("/x"))
            await ours.aclose()
            await theirs.aclose()
    assert [asked.headers.get("x-heimdall-run-secret") for asked in server.asked] == [SECRET]
    assert [asked.headers.get("x-heimdall-run-secret") for asked in other.asked] == [None]


async def test_nothing_is_sent_once_the_embedded_server_has_ended() -> None:
    def ended() -> str:
        raise errors.ServerUnreachable(errors.Reason.LOCAL_SERVER_GONE)

    async with served(answering(OK), secret=ended) as (server, clients):
        with raises_saying(errors.ServerUnreachable, match="stopped"):
            await clients.ask(Request("/x"))
        with raises_saying(errors.ServerUnreachable, match="stopped"):
            await clients.open_stream("/s", lambda: 1.0)
    assert server.asked == []


async def test_a_request_has_the_path_of_its_server_and_json_and_no_token_unsigned() -> None:
    async with raw_server(answering(OK)) as server:
        await ask(server_url(f"{server.url}/heimdall/"), Request("/api/x", params={"page": 2}))
        await ask(server.url, Request("/health", is_signed=False))
        await ask(server.url, Request("/x", "POST", body={"name": "M\u00edmir"}))
    below, unsigned, written = server.asked
    assert below.target == "/heimdall/api/x?page=2"
    assert "authorization" not in unsigned.headers
    assert written.body == b'{"name": "M\\u00edmir"}'
    assert written.headers["content-type"] == "application/json"
    assert "origin" not in written.headers


async def test_redirect_is_not_followed() -> None:
    moved = answer(302, "", "", {"Location": "/login"})
    server = await refused(moved, errors.WrongServer, "/login")
    assert len(server.asked) == 1


async def test_get_on_a_connection_just_closed_is_sent_again() -> None:
    async def first_breaks(_: Asked, writer: asyncio.StreamWriter) -> None:
        if len(server.asked) == 2:
            reset(writer)
        else:
            writer.write(OK)

    async with served(first_breaks, keeps_alive=True) as (server, clients):
        await clients.ask(Request("/x"))
        assert await clients.ask(Request("/x")) == b"{}"
    assert len(server.asked) == 3


async def test_a_request_that_hangs_is_hung_up_and_sent_over_another_line() -> None:
    is_asked = asyncio.Event()

    async def first_hangs(_: Asked, writer: asyncio.StreamWriter) -> None:
        if len(server.asked) == 1:
            is_asked.set()
            await asyncio.Event().wait()
        writer.write(OK)

    async with served(first_hangs) as (server, clients):
        asking = asyncio.ensure_future(clients.ask(Request("/x")))  # noqa: TID251 - a test's own
        await is_asked.wait()
        clients.hang_up()
        assert await asking == b"{}"
    assert len(server.asked) == 2


async def test_a_write_that_hangs_is_not_hung_up() -> None:
    is_asked, may_answer = asyncio.Event(), asyncio.Event()

    async def waits(_: Asked, writer: asyncio.StreamWriter) -> None:
        is_asked.set()
        await may_answer.wait()
        writer.write(OK)

    async with served(waits) as (server, clients):
        asking = asyncio.ensure_future(clients.ask(Request("/x", "POST")))  # noqa: TID251 - a test's own
        await is_asked.wait()
        clients.hang_up()
        may_answer.set()
        assert await asking == b"{}"
    assert len(server.asked) == 1


@pytest.mark.parametrize("wire", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{"])
async def test_t24_t55_a_lost_write_is_never_sent_again_nor_called_failed(wire: bytes) -> None:
    server = await refused(wire, errors.OutcomeUnknown, request=Request("/x", "POST"))
    assert len(server.asked) == 1


GATEWAY = "<!DOCTYPE html><h1>Gateway trouble</h1>"


@pytest.mark.parametrize("method", ["POST", "PATCH", "DELETE"])
@pytest.mark.parametrize(
    "wire",
    [
        answer(502, "text/html", GATEWAY),
        answer(503, "text/plain", "upstream connect error or disconnect/reset before headers"),
        answer(504, "text/html", GATEWAY),
        answer(504, "", ""),
        answer(500, "application/json", '{"detail": "no"}'),
    ],
    ids=["502", "503", "504", "504 without a body", "500 in other words"],
)
async def test_t55_a_failure_in_other_words_leaves_it_open(wire: bytes, method: Method) -> None:
    async with raw_server(answering(wire)) as server:
        with raises_saying(
            errors.OutcomeUnknown, match="failed without reporting the result of the request:"
        ) as caught:
            await ask(server.url, Request("/x", method))
        assert "trouble" not in str(caught.value)
        with pytest.raises(errors.ServerFault):
            await ask(server.url, Request("/x"))
    assert [asked.method for asked in server.asked] == [method, "GET"]


@pytest.mark.parametrize(
    ("wire", "kind"),
    [
        (answer(502, "application/json", '{"success": false, "error": {}}'), errors.ServerFault),
        (answer(503, "application/json", '{"success": false, "error": {}}'), errors.ServerLacking),
        (answer(503, "text/html", GATEWAY, {"Retry-After": "7"}), errors.ServerBusy),
        (answer(501, "text/html", GATEWAY), errors.RouteMissing),
        (answer(413, "text/html", GATEWAY), errors.RequestRefused),
    ],
    ids=["502 of the server", "503 of the server", "503 with a wait", "501", "413"],
)
async def test_a_refused_write_has_failed(wire: bytes, kind: type[errors.HeimdallError]) -> None:
    async with raw_server(answering(wire)) as server:
        with pytest.raises(errors.HeimdallError) as caught:
            await ask(server.url, Request("/x", "POST"))
    assert type(caught.value) is kind


@pytest.mark.parametrize(
    "wire",
    [
        b"",
        b"HTTP/1.1 200",
        b"nonsense\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\nContent-Type: application/json\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nContent-Length: x\r\nContent-Type: application/json\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        answer(200, "application/json", gzip.compress(b"[1, 2]")[:-9], GZIP),
    ],
)
async def test_broken_answer_is_an_unreachable_server(wire: bytes) -> None:
    server = await refused(wire, errors.ServerUnreachable)
    assert len(server.asked) == 1 + REPEATS


@pytest.mark.parametrize("body", [b"no gzip", gzip.compress(b"[", mtime=0) * 2])
async def test_broken_compression_is_a_wire_error(body: bytes) -> None:
    wire = answer(200, "application/json", body, GZIP)
    await refused(wire, errors.WireError, "is corrupt.")


async def test_endless_answer_is_cut_off() -> None:
    bomb = gzip.compress(b" " * (clients_module.ANSWER_LIMIT_BYTES + 1), 1)
    await refused(answer(200, "application/json", bomb, GZIP), errors.WireError)


def stacked(times: int) -> bytes:
    body = b" " * (8 << 20)
    for _ in range(times):
        body = gzip.compress(body)
    return body


@pytest.mark.parametrize("encoding", ["gzip, gzip", "deflate", "br", "zstd", "gzip, identity, br"])
@pytest.mark.parametrize("status", [200, 404])
async def test_no_compression_but_one_gzip_is_undone(encoding: str, status: int) -> None:
    body = stacked(2) if encoding == "gzip, gzip" else b"never decompressed"
    wire = answer(status, "application/json", body, {"Content-Encoding": encoding})
    for request in (ASKED, Request("/x", "POST")):
        server = await refused(wire, errors.WireError, UNSUPPORTED, request)
        assert [asked.headers["accept-encoding"] for asked in server.asked] == ["gzip"]
        assert server.asked[0].headers["user-agent"] == f"heimdall-desktop/{__version__}"


async def test_compressions_in_two_headers_are_two() -> None:
    twice = answer(200, "application/json", stacked(2)).replace(
        b"\r\n\r\n", b"\r\nContent-Encoding: gzip\r\nContent-Encoding: gzip\r\n\r\n", 1
    )
    await refused(twice, errors.WireError, UNSUPPORTED)


@pytest.mark.parametrize("encoding", ["gzip", "X-GZip", "identity, gzip"])
async def test_one_gzip_is_undone_however_long(encoding: str) -> None:
    body = b'["%s"]' % (b"a" * 1_000_000)
    wire = answer(200, "application/json", gzip.compress(body), {"Content-Encoding": encoding})
    parts = [wire[start : start + 99] for start in range(0, len(wire), 99)]
    async with raw_server(answering(*parts)) as server:
        assert await ask(server.url, Request("/x")) == body


GZIP_STREAM = STREAM_HEAD.replace(b"\r\n\r\n", b"\r\nContent-Encoding: gzip\r\n\r\n")


async def test_a_compressed_stream_is_inflated_as_it_comes() -> None:
    body = gzip.compress(b"event: x\ndata: 1\n\n")
    async with raw_server(answering(GZIP_STREAM, body[:15], body[15:])) as server:
        assert await read_stream(server.url) == [Frame("x", "1")]


async def test_a_stream_that_inflates_without_end_is_cut_off() -> None:
    endless = [GZIP_STREAM, gzip.compress(b"a" * (32 << 20))]
    await refused(endless, errors.WireError, "The stream sent an event without an end.", None)


CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: %b\r\nTransfer-Encoding: chunked\r\n\r\n"
CHUNK = b"1\r\n \r\n"


async def test_an_answer_of_pieces_that_are_far_too_many_is_refused() -> None:
    head = CHUNKED % b"application/json"
    async with raw_server(answering(head, CHUNK * 2000, b"2\r\n{}\r\n0\r\n\r\n")) as server:
        assert (await ask(server.url, Request("/x"))).strip() == b"{}"
    many = [head, CHUNK * 10_000, b"2\r\n{}\r\n0\r\n\r\n"]
    await refused(many, errors.WireError, "comes in too many pieces.")


FLOODS = {
    "long frames": [STREAM_HEAD, b": %b\n\n" % (b"x" * 10_000) * 2_000],
    "short frames": [STREAM_HEAD, b":\n\n" * 70_000],
    "short pieces": [CHUNKED % b"text/event-stream", CHUNK * 70_000],
}


@pytest.mark.parametrize("flood", FLOODS.values(), ids=FLOODS)
async def test_a_stream_that_floods_is_cut_off(flood: list[bytes]) -> None:
    await refused(flood, errors.WireError, "sent too much data", None)


@pytest.mark.parametrize("status", [200, 404])
async def test_a_stream_compressed_twice_is_refused(status: int) -> None:
    content_type = "text/event-stream" if status == 200 else "application/json"
    wire = answer(status, content_type, stacked(2), {"Content-Encoding": "gzip, gzip"})
    await refused(wire, errors.WireError, UNSUPPORTED, None)


async def test_a_compressed_refusal_of_a_stream_is_read_to_its_bound() -> None:
    reported = b'{"success": false, "error": {"message": "full"}}'
    for body in (reported, reported + b" " * (32 << 20)):
        wire = answer(500, "application/json", gzip.compress(body), GZIP)
        await refused(wire, errors.ServerFault, "HTTP 500, full", None)


async def test_silence_ends_in_an_error() -> None:
    async def silent(_: Asked, writer: asyncio.StreamWriter) -> None:
        await release.wait()

    release = asyncio.Event()
    async with raw_server(silent) as server:
        with raises_saying(errors.ServerUnreachable, match="in time"):
            await ask(server.url, Request("/x", read_timeout_s=0.05))
        release.set()


class Dripping:
    """A script that writes its bytes one by one, the last again and again, until it is hung up."""

    def __init__(self, wire: bytes) -> None:
        self.wire = wire
        self.hung_up = 0
        self.moved = asyncio.Condition()

    async def __call__(self, _: Asked, writer: asyncio.StreamWriter) -> None:
        try:
            for byte in itertools.chain(self.wire, itertools.repeat(self.wire[-1])):
                writer.write(bytes([byte]))
                await writer.drain()
                await asyncio.sleep(0.001)
        finally:
            async with self.moved:
                self.hung_up += 1
                self.moved.notify_all()

    async def until(self, hung_up: int) -> None:
        async with self.moved:
            await self.moved.wait_for(lambda: self.hung_up == hung_up)


DRIPPING = [
    b"HTTP/1.1 200 OK\r\nX: a",
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n ",
    b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nX: a",
]


@pytest.mark.parametrize("wire", DRIPPING)
async def test_an_answer_that_drips_ends_in_an_error_and_gives_its_place_back(
    monkeypatch: pytest.MonkeyPatch, wire: bytes
) -> None:
    for extra in ("HEAD_EXTRA_S", "BODY_EXTRA_S"):
        monkeypatch.setattr(clients_module, extra, 0.1)
    dripping = Dripping(wire)
    async with served(dripping) as (server, clients):
        asked = [clients.ask(Request("/x", read_timeout_s=0.2)) for _ in range(5)]
        for reported in await asyncio.gather(*asked, return_exceptions=True):
            assert isinstance(reported, errors.ServerUnreachable)
            assert "didn't respond in time." in cause(reported)
        await dripping.until(5)
        assert clients.free_places == 2
        assert clients.traffic.lost == 0
        with pytest.raises(errors.OutcomeUnknown):
            await clients.ask(Request("/x", "POST", read_timeout_s=0.2))
        assert clients.free_places == 2
    assert len(server.asked) == 6


@pytest.mark.parametrize(
    "wire", [DRIPPING[0], b"HTTP/1.1 500 No\r\nContent-Type: text/plain\r\n\r\n "]
)
async def test_the_head_and_the_refusal_of_a_stream_are_bounded_too(
    monkeypatch: pytest.MonkeyPatch, wire: bytes
) -> None:
    for limit in ("ANSWER_LIMIT_S", "BODY_EXTRA_S"):
        monkeypatch.setattr(clients_module, limit, 0.2)
    dripping = Dripping(wire)
    async with served(dripping) as (_server, clients):
        with raises_saying(errors.ServerUnreachable, match="didn't respond in time."):
            await clients.open_stream("/s", lambda: 0.0)
        await dripping.until(1)
        assert clients.free_places == 2


async def test_a_slow_but_steady_body_is_read_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clients_module, "BODY_EXTRA_S", 0.5)
    monkeypatch.setattr(clients_module, "SLOWEST_BYTES_S", 100)
    body = b'"%b"' % (b"x" * 98)

    async def slowly(_: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(OK.replace(b"Length: 2", b"Length: 100").removesuffix(b"{}"))
        for start in range(0, len(body), 20):
            writer.write(body[start : start + 20])
            await writer.drain()
            await asyncio.sleep(0.15)

    async with raw_server(slowly) as server:
        assert await ask(server.url, Request("/x")) == body


async def test_an_open_stream_is_bounded_by_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clients_module, "ANSWER_LIMIT_S", 0.2)

    async def script(asked: Asked, writer: asyncio.StreamWriter) -> None:
        if asked.target == "/s":
            writer.write(STREAM_HEAD)
            await writer.drain()
            await may_speak.wait()
            writer.write(b"event: x\ndata: 1\n\n")
        else:
            await asyncio.Event().wait()

    may_speak = asyncio.Event()
    async with served(script) as (_server, clients):
        stream = await clients.open_stream("/s", lambda: 0.0)
        with pytest.raises(errors.ServerUnreachable):  # after the time of the stream's head
            await clients.ask(Request("/x", read_timeout_s=0.3))
        may_speak.set()
        assert [part async for part in stream] == [Frame("x", "1")]
        await stream.aclose()


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_a_closed_port_is_unreachable(method: Method) -> None:
    async with raw_server(answering(OK)) as server:
        url = server.url
    with raises_saying(errors.ServerUnreachable, match=r"127\.0\.0\.1:\d+ refuses connections"):
        await ask(url, Request("/x", method))


@pytest.mark.parametrize("url", ["http://nothing.invalid", f"http://{'a' * 70}.test"])
async def test_a_name_without_an_address_is_unreachable(url: str) -> None:
    with pytest.raises(errors.ServerUnreachable):
        await ask(server_url(url), Request("/x"))


async def test_tls_to_a_plain_server_has_its_own_error() -> None:
    async def plain(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(answer(400, "text/plain", "no TLS here"))
        writer.close()

    listening = await asyncio.start_server(plain, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    async with listening:
        words = "doesn't offer TLS that this system accepts."
        with raises_saying(errors.ServerUnreachable, match=words):
            await ask(server_url(f"https://127.0.0.1:{port}"), Request("/x"))


async def test_stream_yields_frames_until_its_end() -> None:
    parts = (STREAM_HEAD, b"event: x\nda", b"ta: 1\n\n", b"data: half")
    async with raw_server(answering(*parts)) as server:
        assert await read_stream(server.url) == [Frame("x", "1")]
    headers = server.asked[0].headers
    assert headers["accept"] == "text/event-stream"
    assert headers["accept-encoding"] == "identity"
    assert headers["authorization"] == f"Bearer {TOKEN}"


@pytest.mark.parametrize(
    ("wire", "kind"),
    [
        (answer(401, "application/json", '{"success": false, "error": {}}'), errors.SignedOut),
        (answer(404, "application/json", '{"success": false, "error": {}}'), errors.NotVisible),
        (answer(404, "text/html", "<html>"), errors.WrongServer),
        (answer(200, "text/html", "<html>"), errors.WrongServer),
        (answer(502, "text/html", "<html>"), errors.ServerFault),
        (b"", errors.ServerUnreachable),
    ],
)
async def test_refused_stream_says_why(wire: bytes, kind: type[errors.HeimdallError]) -> None:
    await refused(wire, kind, request=None)


async def test_stream_that_breaks_is_an_unreachable_server() -> None:
    async def breaks(_: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(STREAM_HEAD.replace(b"\r\n\r\n", b"\r\nTransfer-Encoding: chunked\r\n\r\n"))
        writer.write(b"9\r\ndata: 1\n\n\r\n")
        await writer.drain()

    async with raw_server(breaks) as server:
        with pytest.raises(errors.ServerUnreachable):
            await read_stream(server.url)


class Counting:
    """A script that holds its answers until it is released, and counts what is under way."""

    def __init__(self) -> None:
        self.under_way = self.most = 0
        self.moved = asyncio.Condition()
        self.may_answer = asyncio.Event()

    async def __call__(self, _: Asked, writer: asyncio.StreamWriter) -> None:
        await self._step(1)
        await self.may_answer.wait()
        await self._step(-1)
        writer.write(OK)

    async def until(self, under_way: int) -> None:
        async with self.moved:
            await self.moved.wait_for(lambda: self.under_way == under_way)

    async def _step(self, step: int) -> None:
        async with self.moved:
            self.under_way += step
            self.most = max(self.most, self.under_way)
            self.moved.notify_all()


async def test_t50_t54_requests_begin_with_two_at_once_and_end_with_four() -> None:
    counting, minutes = Counting(), 0
    async with (
        served(counting, clock=lambda: minutes * 60.0) as (_server, clients),
        asyncio.TaskGroup() as group,
    ):
        asked = [group.create_task(clients.ask(Request("/x"))) for _ in range(2)]
        for under_way in (2, 3, 4):
            await counting.until(under_way)
            assert clients.free_places == 0
            minutes += 1
            asked.append(group.create_task(clients.ask(Request("/x"))))
        asked += [group.create_task(clients.ask(Request("/x"))) for _ in range(16)]
        counting.may_answer.set()
        assert [await each for each in asked] == [b"{}"] * 21
    assert counting.most == 4


@pytest.mark.parametrize(
    ("status", "method", "places"),
    [(200, "GET", 3), (404, "GET", 3), (502, "GET", 2), (200, "POST", 2)],
)
async def test_t54_fifty_answered_reads_make_a_place(
    status: int, method: Method, places: int
) -> None:
    async def script(_: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(answer(status, "application/json", "{}"))

    async with served(script) as (_server, clients):
        for number in range(50):
            assert clients.free_places == 2, number
            with suppress(errors.HeimdallError):
                await clients.ask(Request("/x", method))
        assert clients.free_places == places


async def test_t54_what_is_lost_is_sent_again_after_a_wait_and_halves_the_limit() -> None:
    waits: list[float] = []

    class Chance(Random):
        def uniform(self, a: float, b: float) -> float:
            waits.append(super().uniform(a, b) / 10)
            return waits[-1]

    async def loses_three(_: Asked, writer: asyncio.StreamWriter) -> None:
        if len(server.asked) > 3:
            writer.write(OK)

    async with served(loses_three, random=Chance(1)) as (server, clients):
        assert await clients.ask(Request("/x")) == b"{}"
        assert clients.free_places == 1
        assert (clients.traffic.sent, clients.traffic.lost, clients.traffic.repeated) == (4, 3, 3)
    assert len(waits) == 3
    assert all(0.05 <= 10 * wait_s <= 0.4 for wait_s in waits)


async def test_t54_a_stream_counts_until_its_head_is_there() -> None:
    may_begin = asyncio.Event()

    async def script(asked: Asked, writer: asyncio.StreamWriter) -> None:
        if asked.target == "/s":
            await may_begin.wait()
            writer.write(STREAM_HEAD)
            await writer.drain()
            await release.wait()
        writer.write(OK)

    release = asyncio.Event()
    async with served(script) as (_server, clients), asyncio.TaskGroup() as group:
        opening = group.create_task(clients.open_stream("/s", lambda: 0.0))
        await clients.ask(Request("/x"))
        assert clients.free_places == 1
        may_begin.set()
        stream = await opening
        assert clients.free_places == 2
        release.set()
        await stream.aclose()


async def test_t54_a_read_lost_beside_a_write_is_harmless(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clients_module, "YOUNG_WRITE_S", 0.01)
    is_asked, may_answer = asyncio.Event(), asyncio.Event()

    async def one_thread(asked: Asked, writer: asyncio.StreamWriter) -> None:
        if asked.method == "POST":
            is_asked.set()
            await may_answer.wait()
            writer.write(OK)

    async with served(one_thread) as (_server, clients), asyncio.TaskGroup() as group:
        writing = group.create_task(clients.ask(Request("/x", "POST")))
        await is_asked.wait()
        words = "is still working on one of your requests."
        with raises_saying(errors.ServerUnreachable, match=words):
            await clients.ask(Request("/x"))
        assert clients.free_places == 2
        may_answer.set()
        assert await writing == b"{}"


async def test_t55_a_write_is_sent_while_no_read_is_under_way() -> None:
    counting = Counting()
    async with served(counting) as (server, clients), asyncio.TaskGroup() as group:
        reads = [group.create_task(clients.ask(Request("/x"))) for _ in range(3)]
        await counting.until(2)
        write = group.create_task(clients.ask(Request("/x", "POST")))
        await asyncio.sleep(0)
        counting.may_answer.set()
        await write
        await asyncio.gather(*reads)
    assert [asked.method for asked in server.asked] == ["GET", "GET", "POST", "GET"]


async def test_t56_a_server_answers_with_what_it_refuses_too() -> None:
    missing = answer(404, "application/json", '{"success": false, "error": {}}')
    answers = iter([b"nonsense"] * 6 + [answer(502, "text/html", "<html>"), missing])
    now_s = 7.0

    async def script(_: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(next(answers))

    async with served(script, clock=lambda: now_s) as (_server, clients):
        for refused in (errors.ServerUnreachable, errors.ServerFault):
            with pytest.raises(refused):
                await clients.ask(Request("/x"))
            assert clients.answered_at_s is None
        with pytest.raises(errors.NotVisible):
            await clients.ask(Request("/x"))
        assert clients.answered_at_s == now_s


async def test_many_streams_leave_requests_alone() -> None:
    async def script(asked: Asked, writer: asyncio.StreamWriter) -> None:
        if asked.target != "/s":
            writer.write(OK)
            return
        writer.write(STREAM_HEAD)
        await writer.drain()
        await release.wait()

    release = asyncio.Event()
    async with served(script) as (_server, clients):
        streams = [await clients.open_stream("/s", lambda: 0.0) for _ in range(110)]
        assert await clients.ask(Request("/x")) == b"{}"
        release.set()
        for stream in streams:
            await stream.aclose()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ALL_PROXY", "socks5://127.0.0.1:1080"),
        ("HTTPS_PROXY", "nonsense://x"),
        ("NO_PROXY", "[::1]"),
    ],
)
async def test_unusable_proxy_setting_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    for other in ("ALL_PROXY", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"):
        monkeypatch.delenv(other, raising=False)
        monkeypatch.delenv(other.lower(), raising=False)
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv(name, value)
    url = server_url("https://h.test")
    with raises_saying(errors.ServerUnreachable, match=name):
        Clients(url, lambda: None)
    await Clients(server_url("http://127.0.0.1:1"), lambda: None).aclose()


async def test_loopback_goes_past_the_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    async with raw_server(answering(OK)) as server:
        assert await ask(server.url, Request("/x")) == b"{}"


async def test_proxy_that_sees_the_token_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    clients = Clients(server_url("http://h.test"), lambda: TOKEN)
    assert clients.proxy == "127.0.0.1:1"
    words = r"h\.test \(via proxy 127\.0\.0\.1:1\) refuses"
    with raises_saying(errors.ServerUnreachable, match=words):
        await clients.ask(Request("/x"))
    await clients.aclose()


@pytest.mark.parametrize("is_installed", [False, True])
def test_sniffio_is_searched_for_once_and_never_hidden(is_installed: bool, tmp_path: Path) -> None:
    if is_installed:
        (tmp_path / "sniffio.py").touch()
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); import heimdall_desktop.services.transport; "
        "print('sniffio' in sys.modules)\ntry: import sniffio; print('imported')\n"
        "except ImportError: print('missing')"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    assert ended.stdout.split() == (["False", "imported"] if is_installed else ["True", "missing"])


def escaped(text: str) -> str:
    return "".join(f"\\u{ord(each):04X}" for each in text)


LONG = "correct/horse+battery_c0ffee~staple="  # unlike any other text
REPEATS_OF_IT = [
    ("application/json", json.dumps({"x": f"a {LONG} b"})),
    ("application/json", '{"x": "a ' + escaped(LONG) + ' b"}'),
    ("application/json", '{"x": "a ' + LONG.replace("/", r"\/") + ' b"}'),
    ("text/html", f"<p>a {LONG} b</p>"),
    ("text/html", "<p>a " + "".join(f"&#{ord(each)};" for each in LONG) + " b</p>"),
    ("text/html", "<p>a " + "".join(f"&#x{ord(each):X}" for each in LONG[:-1]) + "&#x3d; b</p>"),
]


def knows_long() -> Callable[[bytes], bytes]:
    redaction = Redaction()
    redaction.know(LONG)
    return redaction.masked


def shown_by(content_type: str, body: bytes) -> str:
    if content_type == "text/html":
        return html.unescape(body.decode())
    return str(json.loads(body)["x"])


@pytest.mark.parametrize(("content_type", "body"), REPEATS_OF_IT)
async def test_a_secret_a_server_repeats_is_masked_as_it_is(content_type: str, body: str) -> None:
    async with served(
        answering(answer(200, content_type, body)), token=LONG, mask=knows_long()
    ) as (_server, clients):
        request = Request("/x")
        page = content_type == "text/html"
        reported = await (clients.ask_page(request) if page else clients.ask(request))
    shown = shown_by(content_type, reported)
    assert f"a {'*' * len(LONG)} b" in shown


async def test_escapes_that_hide_nothing_stay_as_they_are() -> None:
    text = 'tab\t, quote ", slash /, backslash-u \\u0061, \\\\u0061, ü €, <&>'
    for body in (json.dumps(text), json.dumps(text).replace("<", "\\u003c")):
        data = f'{{"x": {body}}}'.encode()
        assert json.loads(unescaped(data, "application/json"))["x"] == text
    page = b"<p>&lt;&#60;&#x3c;&#38;&amp;&#34;&#228;&#8364;</p>"
    assert unescaped(page, "text/html") == page


@pytest.mark.parametrize("status", [302, 400, 500, 200])
async def test_no_error_repeats_a_secret_not_even_a_part_of_it(status: int) -> None:
    envelope = json.dumps({"success": False, "error": {"message": "x" * 180 + LONG}})
    where = {"Location": f"https://h.test/{'x' * 170}/{LONG}"}
    kind = "application/json" if status >= 400 else LONG
    async with served(
        answering(answer(status, kind, envelope, where)), token=LONG, mask=knows_long()
    ) as (_server, clients):
        for use in (clients.ask(Request("/x")), clients.open_stream("/s", lambda: 1.0)):
            with pytest.raises(errors.HeimdallError) as reported:
                await use
            assert LONG[:8] not in cause(reported.value) + str(reported.value)


@pytest.mark.parametrize("data", [LONG, escaped(LONG)])
async def test_a_secret_in_a_stream_is_masked_wherever_the_bytes_are_cut(data: str) -> None:
    frame = f'event: finding\ndata: {{"x": "{data}"}}\n\n'.encode()
    parts = (STREAM_HEAD, frame[:40], frame[40:])
    async with served(answering(*parts), token=LONG, mask=knows_long()) as (_server, clients):
        stream = await clients.open_stream("/s", lambda: 1.0)
        got = [part async for part in stream]
        await stream.aclose()
    assert got == [Frame("finding", json.dumps({"x": "*" * len(LONG)}))]


@pytest.mark.parametrize("is_stream", [False, True])
async def test_a_handshake_that_is_cancelled_closes_its_connection(is_stream: bool) -> None:
    has_begun, is_closed = asyncio.Event(), asyncio.Event()

    async def never_answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        has_begun.set()
        await reader.read()
        is_closed.set()
        writer.close()

    listening = await asyncio.start_server(never_answer, "127.0.0.1", 0)
    async with listening:
        port = listening.sockets[0].getsockname()[1]
        clients = Clients(server_url(f"https://127.0.0.1:{port}"), lambda: TOKEN)
        asking = clients.open_stream("/s", lambda: 1.0) if is_stream else clients.ask(Request("/x"))
        task = asyncio.create_task(asking)  # noqa: TID251 - cancelled below
        await has_begun.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await is_closed.wait()
        await clients.aclose()
