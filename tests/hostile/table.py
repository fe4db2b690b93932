"""The attacks, by class. What many of them have in common is made in attack.py."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from functools import cache
from itertools import product
from typing import Any

from tests.hostile.attack import (
    Attack,
    Give,
    Sane,
    bent,
    bomb,
    changed,
    coded,
    deflated,
    endless,
    enveloped,
    event,
    framed,
    gzipped,
    head,
    leaves,
    moved,
    raw,
    refused,
    repeated,
    row,
    said,
    spliced,
    streamed,
    timed,
    without,
)

MANY = 1_000_000
LENGTH = "Content-Length: {n}"
CHUNKED = "Transfer-Encoding: chunked"


def _chunked(chunk: bytes) -> Give:
    return raw(head(CHUNKED), chunk)


def _in_chunks_of_one(sane: Sane) -> bytes:
    chunks = b"".join(b"1\r\n%c\r\n" % byte for byte in sane.body)
    return head(CHUNKED) + chunks + b"0\r\n\r\n"


def _length(change: int) -> Give:
    def give(sane: Sane) -> bytes:
        return head(f"Content-Length: {len(sane.body) + change}") + sane.body

    return give


def _twice(first: Give) -> Give:
    def give(sane: Sane) -> bytes:
        answers = first(sane)
        assert isinstance(answers, bytes)
        return answers + answers.replace(b'"status"', b'"sTatus"')

    return give


def _dripping(first: bytes, drop: bytes) -> Give:
    async def give(_: Sane) -> AsyncIterator[bytes]:
        yield first
        while True:  # until the client has had enough; its pace is the attack
            await asyncio.sleep(0.5)
            yield drop

    return give


def _silent(_: Sane) -> AsyncIterator[bytes]:
    async def give() -> AsyncIterator[bytes]:
        await asyncio.Event().wait()
        yield b""

    return give()


FRAMING = (
    Attack("framing: nothing at all", "live", raw(b""), 2),
    Attack("framing: a length that is too long", "live", _length(10), 2),
    Attack("framing: a length that is too short", "live", _length(-10), 2),
    Attack("framing: a length below zero", "live", framed("Content-Length: -1"), 2,
           is_core=False),
    Attack("framing: a length in words", "findings", framed("Content-Length: many")),
    Attack("framing: a length of 4,000 digits", "live", framed(f"Content-Length: {'9' * 4000}"),
           is_core=False),
    Attack("framing: two lengths", "live", framed(LENGTH, "Content-Length: 3"), 2),
    Attack("framing: a length of 9 EB", "findings", framed(f"Content-Length: {9 << 60}")),
    Attack("framing: a length and chunks", "live", framed(LENGTH, CHUNKED), 2, is_core=False),
    Attack("framing: chunks without a size", "live", _chunked(b"zz\r\n{}\r\n0\r\n\r\n"), 2),
    Attack("framing: a chunk of 2^72 bytes", "findings", _chunked(b"f" * 18 + b"\r\n{}")),
    Attack("framing: a chunk below zero", "live", _chunked(b"-5\r\n{}\r\n0\r\n\r\n"), 2,
           is_core=False),
    Attack("framing: a chunk cut off", "findings", _chunked(b"ff\r\n{")),
    Attack("framing: a chunk with 1 MB behind its size", "live",
           _chunked(b"2;" + b"x" * (1 << 20) + b"\r\n{}\r\n0\r\n\r\n"), is_core=False),
    Attack("framing: chunks of one byte", "findings", _in_chunks_of_one, is_core=False),
    Attack("framing: trailers without end", "live",
           endless(head(CHUNKED), b"2\r\n{}\r\n0\r\n", last=b"x: y\r\n"), 2),
    Attack("framing: chunks of nothing but sizes", "live",
           endless(head(CHUNKED), last=b"00000001\r\n \r\n"), is_core=False),
    Attack("framing: half a status line", "live", raw(b"HTTP/1.1 20"), 2),
    Attack("framing: half a head", "findings", raw(b"HTTP/1.1 200 OK\r\nContent-Ty"),
           is_core=False),
    Attack("framing: headers without end", "live",
           endless(b"HTTP/1.1 200 OK\r\n", last=b"x-more: y\r\n"), 2),
    Attack("framing: one header without end", "live",
           endless(b"HTTP/1.1 200 OK\r\nx-more: ", last=b"y"), 2),
    Attack("framing: a header of 60 KB", "live", framed(LENGTH, f"x: {'y' * 60_000}"), 2,
           is_core=False),
    Attack("framing: a header without a colon", "live", framed(LENGTH, "what"), 2,
           is_core=False),
    Attack("framing: a header with a NUL", "live", framed(LENGTH, "x: a\0b"), 2, is_core=False),
    Attack("framing: a header over two lines", "live", framed(LENGTH, "x: a\r\n b"),
           is_core=False),
    Attack("framing: a header of other bytes", "live", framed(LENGTH, "x: \xff\xfe\x80"), 2),
    Attack("framing: a header name with a blank", "live", framed(LENGTH, "x y: a"), 2,
           is_core=False),
    Attack("framing: status 99", "live", framed(LENGTH, status="99 Odd"), 2),
    Attack("framing: status 1000", "live", framed(LENGTH, status="1000 Odd"), 2, is_core=False),
    Attack("framing: status in words", "live", framed(LENGTH, status="OK"), 2, is_core=False),
    Attack("framing: status 299", "live", framed(LENGTH, status="299 Odd"), is_core=False),
    Attack("framing: status 600", "findings", framed(LENGTH, status="600 Odd")),
    Attack("framing: status 999 in a stream", "stream", refused("999 Odd"), 2, is_core=False),
    Attack("framing: HTTP/9.9", "live", raw(b"HTTP/9.9 200 OK\r\n\r\n{}"), 2, is_core=False),
    Attack("framing: HTTP/0.9", "live", lambda sane: sane.body, 2),
    Attack("framing: ICY 200 OK", "stream", raw(b"ICY 200 OK\r\n\r\ndata: x\n\n"), 2,
           is_core=False),
    Attack("framing: line feeds only", "live",
           lambda sane: head(f"Content-Length: {len(sane.body)}").replace(b"\r\n", b"\n")
           + sane.body, is_core=False),
    Attack("framing: 100 Continue 10,000 times", "live",
           raw(b"HTTP/1.1 100 Continue\r\n\r\n" * 10_000), 2),
    Attack("framing: 100 Continue without end", "findings",
           endless(last=b"HTTP/1.1 100 Continue\r\n\r\n"), is_core=False),
    Attack("framing: early hints without end", "live",
           endless(last=b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"), is_core=False),
    Attack("framing: 101 Switching Protocols", "live",
           raw(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n\x81")
           , 2),
    Attack("framing: 204 with a body", "live", framed(LENGTH, status="204 No Content"), 2),
    Attack("framing: 304 Not Modified", "findings", framed(LENGTH, status="304 Not Modified"),
           is_core=False),
    Attack("framing: 205 for a stream", "stream", refused("205 Reset Content"), 2,
           is_core=False),
    Attack("framing: a second answer at once", "live",
           _twice(framed(LENGTH)), 2, keeps_open=True),
    Attack("framing: a hundred answers at once", "scan",
           lambda sane: (head("Content-Length: 2") + b"{}") * 100, keeps_open=True),
    Attack("framing: a TLS hello", "live", raw(b"\x16\x03\x01\x02\x00\x01" + bytes(600)), 2),
    Attack("framing: the banner of ssh", "stream", raw(b"SSH-2.0-OpenSSH_9.9\r\n"), 2,
           is_core=False),
    Attack("framing: 1 MB of noise", "findings", raw(bytes(range(256)) * 4096)),
    Attack("framing: an answer of a web page", "live", said(b"<html>" * 9, kind="text/html"), 2,
           is_core=False),
    Attack("framing: no content type", "live", framed(LENGTH, kind=""), 2, is_core=False),
    Attack("framing: a content type of 60 KB", "live", framed(LENGTH, kind="x/" + "y" * 60_000),
           is_core=False),
    Attack("framing: JSON as UTF-16", "findings",
           lambda sane: said(sane.body.decode().encode("utf-16"),
                             kind="application/json; charset=utf-16")(sane)),
    Attack("framing: a dripping head", "live",
           _dripping(b"HTTP/1.1 200 OK\r\n", b"x: y\r\n"), is_core=False),
    Attack("framing: a dripping body", "findings",
           _dripping(head(CHUNKED), b"1\r\n \r\n"), is_core=False),
    Attack("framing: a dripping refusal", "stream",
           _dripping(head(CHUNKED, status="500 Bad"), b"1\r\n \r\n"), is_core=False),
    Attack("framing: silence", "live", _silent, is_core=False),
)  # fmt: skip


def _gigabyte() -> bytes:
    return bomb(1 << 30)


@cache
def _bomb_in_bomb() -> bytes:
    return gzipped(_gigabyte())


def _brackets() -> bytes:
    return gzipped(b'{"data": {"items": [' + b"[]," * 20_000_000 + b"[]]}}")


ENCODING = (
    Attack("encoding: gzip", "live", coded("gzip", gzipped)),
    Attack("encoding: gzip by capitals", "live", coded("GZip", gzipped), is_core=False),
    Attack("encoding: a bomb of 1 GB", "live", said(_gigabyte, "Content-Encoding: gzip"), 2),
    Attack("encoding: a bomb of 1 GB, listing", "findings",
           said(_gigabyte, "Content-Encoding: gzip")),
    Attack("encoding: a bomb in a bomb", "live",
           said(_bomb_in_bomb, "Content-Encoding: gzip, gzip"), 2),
    Attack("encoding: a bomb in a bomb, two headers", "live",
           said(_bomb_in_bomb, "Content-Encoding: gzip", "Content-Encoding: gzip"), 2,
           is_core=False),
    Attack("encoding: a bomb in a refusal", "live",
           refused("404 No", "Content-Encoding: gzip", body=_gigabyte, kind="application/json")),
    Attack("encoding: a bomb in a refusal in words", "findings",
           refused("500 No", "Content-Encoding: gzip", body=_gigabyte), is_core=False),
    Attack("encoding: a bomb in a stream", "stream",
           said(_gigabyte, "Content-Encoding: gzip", kind="text/event-stream"), 2),
    Attack("encoding: a bomb of line feeds in a stream", "stream",
           said(lambda: bomb(1 << 28, b"\n"), "Content-Encoding: gzip", kind="text/event-stream")),
    Attack("encoding: a bomb of comments in a stream", "stream",
           said(lambda: bomb(1 << 26, b":\n"), "Content-Encoding: gzip", kind="text/event-stream"),
           is_core=False),
    Attack("encoding: a bomb in a refused stream", "stream",
           refused("503 No", "Content-Encoding: gzip", body=_gigabyte, kind="application/json"), 2),
    Attack("encoding: brackets, 60 MB of gzip", "findings",
           said(_brackets, "Content-Encoding: gzip"), is_core=False),
    Attack("encoding: gzip ten times", "live",
           coded(", ".join(["gzip"] * 10), *[gzipped] * 10), 2),
    Attack("encoding: br", "live", coded("br", gzipped), 2),
    Attack("encoding: zstd", "live", coded("zstd", gzipped), 2, is_core=False),
    Attack("encoding: deflate", "live", coded("deflate", deflated), 2),
    Attack("encoding: compress", "findings", coded("compress", gzipped), is_core=False),
    Attack("encoding: an unknown one", "stream",
           said(b"data: x\n\n", "Content-Encoding: rot13", kind="text/event-stream"), 2,
           is_core=False),
    Attack("encoding: a name of 60 KB", "live", coded("x" * 60_000), 2, is_core=False),
    Attack("encoding: 10,000 names", "live", coded(",".join(["gzip"] * 10_000), gzipped), 2),
    Attack("encoding: identity, gzip", "live", coded("identity, gzip", gzipped), is_core=False),
    Attack("encoding: gzip cut off", "findings", coded("gzip", gzipped, lambda body: body[:-20])),
    Attack("encoding: gzip that is none", "live", coded("gzip"), 2),
    Attack("encoding: gzip of nothing", "live", coded("gzip", lambda _body: b""), 2,
           is_core=False),
    Attack("encoding: gzip and more behind it", "live", coded("gzip", gzipped, lambda b: b + b"x"),
           2, is_core=False),
    Attack("encoding: two gzips", "findings", coded("gzip", lambda b: gzipped(b) + gzipped(b))),
    Attack("encoding: gzip with a wrong sum", "live",
           coded("gzip", gzipped, lambda body: body[:-8] + bytes(8)), 2),
    Attack("encoding: the transfer is gzip", "live",
           framed("Transfer-Encoding: gzip, chunked"), 2, is_core=False),
)  # fmt: skip


def _rows(sane: Sane) -> Iterator[bytes]:
    """A million rows, all of which are the one there is."""
    reported = json.dumps({"id": sane.data["items"][0]["id"], "severity": "high"}).encode()
    give = repeated(b'{"data": {"total": 1, "items": [', reported + b",", MANY, reported + b"]}}")
    return iter(give(sane))  # type: ignore[arg-type]


DEEP = b"[" * 200_000 + b"]" * 200_000
LONG = "n" * 10_000_000
SIZE = (
    Attack("size: 70 MB of blanks", "live", repeated(b"", b" ", 70 << 20), is_core=False),
    Attack("size: blanks without end", "live", endless(head(), last=b" "), is_core=False),
    Attack("size: 60 MB of []", "findings",
           repeated(b'{"data": {"items": [', b"[],", 20_000_000, b"[]]}}"), is_core=False),
    Attack("size: 60 MB of [] in live", "live",
           repeated(b'{"data": {"stages": [', b"[],", 20_000_000, b"[]]}}"), is_core=False),
    Attack("size: 60 MB of {}", "scan", repeated(b'{"data": [', b"{},", 20_000_000, b"{}]}"),
           is_core=False),
    Attack("size: 1.9 million []", "findings",
           repeated(b'{"data": {"items": [', b"[],", 1_900_000, b"[]]}}"), is_core=False),
    Attack("size: 10 million empty texts", "findings",
           repeated(b'{"data": {"items": [', b'"",', 10_000_000, b'""]}}'), is_core=False),
    Attack("size: 16 million brackets", "findings",
           repeated(b'{"data": ', b"[", 16_000_000, b"]}"), is_core=False),
    Attack("size: 15 million line ends", "findings",
           bent("items.0.description", "\n" * 15_000_000), is_core=False),
    Attack("size: 100,000 []", "findings",
           repeated(b'{"data": {"items": [', b"[],", 100_000, b"[]]}}")),
    Attack("size: 1 million rows", "findings",
           _rows, is_core=False),
    Attack("size: 1 million rows of one id in live", "live",
           repeated(b'{"data": {"scan": {"status": "hunting"}, "counts": {}, "activity": [',
                    b'{"key": "x", "timestamp": "2026-07-04T08:00:09Z"},', MANY,
                    b'{}]}}'), is_core=False),
    Attack("size: 100,000 stages", "live",
           repeated(b'{"data": {"scan": {"status": "hunting"}, "counts": {}, "stages": [',
                    b'{"stage": "hunt"},', 100_000, b'{}]}}'), is_core=False),
    Attack("size: 100,000 activities", "live",
           bent("activity", [{"key": str(n), "timestamp": "2026-07-04T08:00:09Z", "title": "t"}
                             for n in range(100_000)]), is_core=False),
    Attack("size: an activity of 10 MB", "live",
           bent("activity", [{"key": "k", "timestamp": "2026-07-04T08:00:09Z", "title": LONG,
                              "detail": LONG, "stage": LONG, "task_key": LONG}])),
    Attack("size: an id of 1 MB, 40 times", "findings",
           changed(lambda d: {**d, "items": [{"id": str(n) * MANY} for n in range(40)]})),
    Attack("size: a scan id of 10 MB", "scan", bent("id", LONG)),
    Attack("size: a repository name of 10 MB", "repo", bent("name", LONG)),
    Attack("size: a branch of 10 MB", "repo", bent("default_branch", LONG), is_core=False),
    Attack("size: a repository id of 10 MB", "scan", bent("repo_id", LONG), is_core=False),
    Attack("size: a commit of 10 MB", "scan", bent("commit_sha", LONG), is_core=False),
    Attack("size: a status of 10 MB", "live", bent("scan.status", LONG)),
    Attack("size: a reason of 10 MB", "live", bent("scan.error_message", LONG), is_core=False),
    Attack("size: a stage name of 10 MB", "live", bent("stages.0.stage", LONG), is_core=False),
    Attack("size: a stage error of 10 MB", "live", bent("stages.0.error", LONG), is_core=False),
    Attack("size: a time of 10 MB", "live", bent("scan.updated_at", LONG), is_core=False),
    Attack("size: a fallback of 10 MB", "live",
           changed(lambda d: {**d, "fallback": {"used": True, "detail": LONG}}), is_core=False),
    Attack("size: 2,000 findings of 150 KB", "row", rows=2_000, is_core=False,
           fields=dict.fromkeys(("description", "code_snippet", "suggested_patch", "fix_summary",
                                 "agent_reasoning"), "x" * 30_000)),
    Attack("size: 200,000 deep", "findings", spliced("items.0.references_json", DEEP)),
    Attack("size: 200,000 deep in live", "live", spliced("counts", DEEP), 2),
    Attack("size: 900 deep in a manifest", "findings",
           row(manifest_coordinates_json={"a": json.loads("[" * 900 + "]" * 900)})),
    Attack("size: 320 deep in a manifest", "findings",
           row(manifest_coordinates_json={"a": json.loads("[" * 320 + "]" * 320)})),
    Attack("size: 300,000 keys", "scan", changed(lambda d: {**d, **{str(n): n for n in
                                                                    range(300_000)}})),
    Attack("size: a refusal of 60 MB", "live",
           lambda _sane: (part for part in [head(f"Content-Length: {60 << 20}", status="500 Bad",
                                                 kind="text/plain"), b"x" * (60 << 20)])),
    Attack("size: a refusal of 1 million []", "findings",
           refused("404 No", body=b'{"success": false, "error": [' + b"[]," * MANY + b"[]]}",
                   kind="application/json"), is_core=False),
    Attack("size: a refusal 200,000 deep", "live",
           refused("404 No", body=b'{"success": false, "error": ' + DEEP + b"}",
                   kind="application/json")),
)  # fmt: skip

_SWAPS: tuple[tuple[str, Any], ...] = (
    ("null", None), ("true", True), ("a number", 7), ("a text", "x"), ("a list", []),
    ("an object", {}),
)  # fmt: skip
_KINDS = ("live", "scan", "repo", "findings")
SHAPE = (
    *(Attack(f"shape: {kind} is {name}", kind, said(enveloped(value)),
             is_core=name == "null")
      for kind, (name, value) in product(_KINDS, _SWAPS)),
    *(Attack(f"shape: all of {kind} is {name}", kind, leaves(value),
             is_core=kind in ("live", "findings") and name == "null")
      for kind, (name, value) in product(_KINDS, _SWAPS)),
    *(Attack(f"shape: no {key} in {kind}", kind, without(key), is_core=False)
      for kind, keys in (("live", ("scan", "counts", "stages", "activity", "status", "stage")),
                         ("findings", ("items", "total", "per_page", "page", "id", "scan_id")),
                         ("scan", ("id", "status", "repo_id", "created_at", "updated_at")))
      for key in keys),
    Attack("shape: empty", "live", said(b""), 2),
    Attack("shape: half an object", "findings", said(b'{"success": true, "data": {"it')),
    Attack("shape: two objects", "live", said(b'{"success": true}{"success": true}'), 2),
    Attack("shape: keys twice", "live",
           said(b'{"data": {"scan": {"status": "completed", "status": "hunting"}, "counts":'
                b' {"total": 9, "total": 1, "high": 1}, "counts": {"total": 1, "high": 1}}}')),
    Attack("shape: success is false", "live",
           said(b'{"success": false, "error": {"message": "no"}}'), 2),
    Attack("shape: an error with 200", "findings", said(b'{"error": "no"}')),
    Attack("shape: bare", "live", lambda sane: said(json.dumps(sane.data).encode())(sane)),
    Attack("shape: bare rows", "findings",
           lambda sane: said(json.dumps(sane.data["items"]).encode())(sane)),
    Attack("shape: a byte order mark", "live", lambda s: said(b"\xef\xbb\xbf" + s.body)(s), 2),
    Attack("shape: no UTF-8", "repo", spliced("name", b'"\xff\xfe\xc3"')),
    Attack("shape: a lone surrogate", "findings",
           spliced("items.0.title", rb'"\ud800\udc00\udfff"')),
    Attack("shape: a NUL", "repo", bent("name", "a\0b")),
    Attack("shape: rows that are none", "findings",
           changed(lambda d: {**d, "items": [None, 1, "x", [], {}, *d["items"]]})),
    Attack("shape: an activity that is none", "live", bent("activity", [None, 1, "x", [], {}])),
    Attack("shape: stages as an object", "live", bent("stages", {"hunt": "running"})),
    Attack("shape: a text for each row", "findings", bent("items", ["x"] * 1000)),
)  # fmt: skip

_STAMPS = (
    "0001-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "1900-01-01T00:00:00Z",
    "1969-12-31T23:59:59Z", "1970-01-01T00:00:00Z", "2200-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z", "9999-12-31T23:59:59.999999-14:00", "-001-01-01T00:00:00Z",
    "2026-13-40T99:99:99Z", "2026-06-30T23:59:60Z", "tomorrow", "",
)  # fmt: skip
_EDGES = (_STAMPS[0], _STAMPS[7])
TIME = (
    *(Attack(f"time: {stamp or 'none'} in a finding", "row",
             fields={"created_at": stamp, "updated_at": stamp, "description": "Old."},
             is_core=stamp in _EDGES) for stamp in _STAMPS),
    *(Attack(f"time: {stamp or 'none'} in live", "live",
             timed(stamp, "updated_at", "timestamp"),
             is_core=stamp in _EDGES) for stamp in _STAMPS),
    *(Attack(f"time: {stamp or 'none'} in a scan", "scan",
             timed(stamp, "created_at", "started_at", "updated_at"),
             is_core=stamp in _EDGES) for stamp in _STAMPS),
    *(Attack(f"time: {stamp or 'none'} in a stream", "stream",
             streamed(event("stage_update", {"stage": "hunt", "status": "running",
                                             "timestamp": stamp}),
                      event("status_change", {"status": "hunting", "timestamp": stamp})),
             is_core=stamp in _EDGES) for stamp in _STAMPS),
    Attack("time: numbers", "live", bent("scan.updated_at", 1_780_000_000), 2),
    Attack("time: years one after the other", "live",
           bent("activity", [{"key": str(year), "timestamp": f"{year:04}-01-01T00:00:00Z"}
                             for year in range(1, 9999, 9)])),
)  # fmt: skip

_DIGITS = b"9" * 5000
NUMBERS = (
    *(Attack(f"numbers: {name} for each count", "live",
             spliced("counts", b'{"total": %b, "critical": %b, "high": %b}' % ((text,) * 3)),
             is_core=name != "2^31")
      for name, text in (("5,000 digits", _DIGITS), ("-1", b"-1"), ("2^31", b"2147483648"),
                         ("1.5", b"1.5"), ("true", b"true"), ("1e400", b"1e400"),
                         ("NaN", b"NaN"), ("-Infinity", b"-Infinity"))),
    *(Attack(f"numbers: {name} for the total", "findings", spliced("total", text), is_core=False)
      for name, text in (("5,000 digits", _DIGITS), ("-1", b"-1"), ("2^31", b"2147483648"),
                         ("2 billion", b"2000000000"), ("1e400", b"1e400"), ("NaN", b"NaN"))),
    Attack("numbers: 5,000 digits for pages", "findings",
           spliced("per_page", _DIGITS)),
    Attack("numbers: no rows a page", "findings", bent("per_page", 0)),
    Attack("numbers: one row a page of 4 billion", "findings",
           changed(lambda d: {**d, "per_page": 1, "total_pages": 4_294_967_295})),
    Attack("numbers: lines of 5,000 digits", "findings", spliced("items.0.line_start", _DIGITS)),
    Attack("numbers: lines below zero", "row", fields={"line_start": -5, "line_end": -9}),
    Attack("numbers: lines of 2^31", "row", fields={"line_start": 2**31 - 1, "line_end": 1}),
    Attack("numbers: progress of 1e308", "live", bent("activity.0.progress_pct", 1e308)),
    Attack("numbers: an exit code of 5,000 digits", "findings",
           spliced("items.0.poc_exploit_json", b'{"exit_code": %b}' % _DIGITS)),
    Attack("numbers: an exit code of 5,000 digits below zero in a manifest", "findings",
           spliced("items.0.manifest_coordinates_json", b'{"a": -%b, "b": [%b]}'
                   % (_DIGITS, _DIGITS))),
    Attack("numbers: hunks of 5,000 digits", "row",
           fields={"suggested_patch": f"--- a/x\n+++ b/x\n@@ -{'9' * 5000},1 +{'9' * 5000},1 @@\n"
                                      "-a\n+b\n"}),
    Attack("numbers: hunks of 4,299 digits", "row",
           fields={"suggested_patch": f"--- a/x\n+++ b/x\n@@ -{'9' * 4299},1 +1,{'9' * 4299} @@\n"
                                      "-a\n+b\n"}, is_core=False),
)  # fmt: skip

_BIDI = "\u202e\u2066gnp.exe\u2069\u200f" * 50
TEXTS: dict[str, str] = {
    "bidi": _BIDI,
    "zero width": "a\u200b\u200c\u200d\ufeff\u2060" * 200,
    "control": "".join(map(chr, range(32))) * 20,
    "ANSI": "\x1b[2J\x1b[31m\x1b]0;title\x07" * 50,
    "HTML": "<img src='http://127.0.0.1:9/x.png'><script>1</script><b>&lt;" * 50,
    "combining": "a" + "\u0301" * 20_000,
    "line ends": "\r\n\u2028\u2029\x85\x0b" * 2_000,
    "one word of 1 MB": "w" * MANY,
    "Arabic ligatures": "\ufdfd" * 5_000,
    "emoji": "\U0001f468\u200d\U0001f469\u200d\U0001f467" * 2_000,
    "Qt mnemonics": "&&&a&b %1 %2 %L9 {0} {x} %(a)s" * 50,
}
_LONG_TO_LAY_OUT = ("one word of 1 MB", "Arabic ligatures", "emoji", "combining")
MARKDOWN: dict[str, str] = {
    "a table of 2,000 x 300": "|".join(["a"] * 300)
    + "\n"
    + "|".join(["-"] * 300)
    + "\n"
    + ("|".join(["b"] * 300) + "\n") * 2_000,
    "10,000 links": "[a](http://127.0.0.1:9/x) " * 10_000,
    "odd links": "[a](file:///etc/passwd) [b](javascript:1) [c](http://[) ![d](http://x/y.png)",
    "200,000 brackets": "[" * 200_000,
    "200,000 stars": "*a" * 100_000,
    "20,000 quotes deep": ">" * 20_000 + " a",
    "10,000 lists deep": "\n".join(" " * n + "- a" for n in range(1_000)),
    "200,000 backquotes": "`" * 200_000,
    "100,000 fences": "```\n" * 100_000,
    "100,000 headings": "# a\n" * 100_000,
    "100,000 rules": "---\n" * 100_000,
    "10 MB": "word " * 2_000_000,
}
TEXT = (
    *(Attack(f"text: {name} in every text", "row",
             fields=dict.fromkeys(
                 ("title", "file_path", "description", "code_snippet", "cwe_id", "cve_id",
                  "fix_summary", "fix_type", "suggested_patch", "agent_reasoning", "status",
                  "source", "confidence", "fingerprint"), text) | {"references_json": [text]}
             | {"poc_exploit_json": dict.fromkeys(("script", "stdout", "verdict"), text)},
             is_core=name not in _LONG_TO_LAY_OUT) for name, text in TEXTS.items()),
    *(Attack(f"text: Markdown, {name}", "row",
             fields={"description": text, "agent_reasoning": text},
             is_core=name in ("odd links", "20,000 quotes deep", "10,000 lists deep"))
      for name, text in MARKDOWN.items()),
    *(Attack(f"text: {name} for a repository", "repo", bent("name", text),
             is_core=name in ("bidi", "HTML", "line ends")) for name, text in TEXTS.items()),
    *(Attack(f"text: {name} in the log", "live",
             bent("activity", [{"key": "t", "timestamp": "2026-07-04T08:00:10Z", "title": text,
                                "detail": text, "stage": text[:99], "status": text[:99],
                                "tone": text[:99], "event_type": text[:99]}]),
             is_core=name in ("ANSI", "combining")) for name, text in TEXTS.items()),
    Attack("text: a title of 10 MB", "row", fields={"title": "t " * 5_000_000}, is_core=False),
    Attack("text: a path of 10 MB", "row", fields={"file_path": "p/" * 5_000_000}, is_core=False),
    Attack("text: code of 10 MB on one line", "row", fields={"code_snippet": "c = 1; " * 1_400_000},
           is_core=False),
    Attack("text: code of 500,000 lines", "row", fields={"code_snippet": "c = 1\n" * 500_000},
           is_core=False),
    Attack("text: a patch of 500,000 lines", "row",
           fields={"suggested_patch": "--- a/x\n+++ b/x\n@@ -1,250000 +1,250000 @@\n"
                                      + "-a\n+b\n" * 250_000}, is_core=False),
    Attack("text: 100,000 references", "row", fields={"references_json": ["https://x.test/"]
                                                      * 100_000}, is_core=False),
    Attack("text: odd references", "row",
           fields={"references_json": ["http://[", "file:///etc/passwd", "javascript:1", "\0"]}),
)  # fmt: skip

_PLACES: tuple[tuple[str, str], ...] = (
    ("itself", "{path}"), ("another host", "{foreign}{path}"), ("half an address", "http://["),
    ("a file", "file:///etc/passwd"), ("a script", "javascript:alert(1)"),
    ("a data address", "data:application/json,{}"), ("another host without a scheme",
    "//127.0.0.1:1/x"), ("an account", "http://a:b@{host}/"), ("a port that is none",
    "http://x:99999999/"), ("a name of 60 KB", "http://" + "x" * 60_000), ("nowhere", ""),
    ("control characters", "/\x01\x02\x7f"), ("the sign-in page", "/login"),
)  # fmt: skip
REDIRECTS = (
    *(Attack(f"redirects: to {name}", "live", moved(place), 2,
             is_core=name in ("another host", "half an address", "a file"))
      for name, place in _PLACES),
    *(Attack(f"redirects: a stream to {name}", "stream", moved(place, "307 Moved"), 2,
             is_core=name in ("another host", "half an address")) for name, place in _PLACES),
    Attack("redirects: a listing to another host", "findings", moved("{foreign}{path}", "308 No")),
    Attack("redirects: two places", "live",
           refused("301 Gone", "Location: /a", "Location: http://[")),
    Attack("redirects: 300 without a place", "scan", refused("300 Choose")),
    Attack("redirects: cookies for everyone", "live",
           framed(LENGTH, *[f"Set-Cookie: c{n}={'x' * 100}; Domain=127.0.0.1" for n in range(50)])),
)  # fmt: skip

_WAITS = (
    ("in 10,000 years", "Fri, 31 Dec 9999 23:59:59 GMT"), ("beyond them", "Fri, 31 Dec 10000 23:"
     "59:59 GMT"), ("of 5,000 digits", "9" * 5000), ("below zero", "-5"), ("in words", "soon"),
    ("in fractions", "0.5"), ("not a number", "nan"), ("without end", "inf"), ("in other digits",
     "\u00b2\u00b3"), ("in the past", "Mon, 01 Jan 1900 00:00:00 GMT"), ("of nothing", ""),
    ("on no day", "Xxx, 99 Xxx 99999999999999999999 99:99:99 +9999999999999"),
)  # fmt: skip
RETRY = (
    *(Attack(f"retry: {name}", "events", refused("429 Busy", f"Retry-After: {wait}"),
             is_core=name in ("in 10,000 years", "beyond them", "of 5,000 digits", "on no day"))
      for name, wait in _WAITS),
    Attack("retry: below zero in live", "live", refused("503 Busy", "Retry-After: -9"), 2),
    Attack("retry: now, from a stream", "stream", refused("429 Busy", "Retry-After: 0"), 2),
    Attack("retry: a body that asks for 10^30 s", "events",
           refused("429 Busy", body=b"Too many requests, retry in " + b"9" * 30 + b"s")),
)  # fmt: skip

STREAMS = (
    Attack("streams: an id with a NUL", "stream", streamed(b"id: a\0b\ndata: x\n\n"), 2),
    Attack("streams: a line without end", "stream", endless(head(kind="text/event-stream"),
                                                            b"data: ", last=b"x"), 2),
    Attack("streams: data lines without end", "stream",
           endless(head(kind="text/event-stream"), last=b"data: x\n"), is_core=False),
    Attack("streams: frames of 1 MB without end", "stream",
           endless(head(kind="text/event-stream"), last=b"data: " + b"x" * 1_040_000 + b"\n\n"),
           is_core=False),
    Attack("streams: a byte order mark", "stream",
           lambda sane: head(kind="text/event-stream") + b"\xef\xbb\xbf" + sane.body, 2),
    Attack("streams: retry after 10^30", "stream", streamed(b"retry: " + b"9" * 30 + b"\n\n"), 2),
    Attack("streams: retry after no number", "stream", streamed(b"retry: \xff\n\n"), 2),
    Attack("streams: 10,000 comments", "stream", streamed(b": keepalive\n\n" * 10_000)),
    Attack("streams: 100,000 lag notices", "stream", streamed(b": lagged\n\n" * 100_000),
           is_core=False),
    Attack("streams: 2,000 lag notices", "stream", streamed(b": lagged\n\n" * 2_000)),
    Attack("streams: 1 million comments", "stream", streamed(b":\n\n" * MANY), is_core=False),
    Attack("streams: 1 million blank lines", "stream", streamed(b"\n" * MANY)),
    Attack("streams: unknown events", "stream", streamed(event("\x00\xff", {}) * 1000)),
    Attack("streams: an event name of 900 KB", "stream", streamed(event("e" * 900_000, {}))),
    Attack("streams: no JSON", "stream", streamed(event("status_change", "}{"),
                                                  event("stage_update", "[]"))),
    Attack("streams: deep JSON", "stream",
           streamed(event("status_change", "[" * 300_000), event("error", "[" * 300_000))),
    Attack("streams: a NUL in every field", "stream",
           streamed(event("stage_update", {"stage": "\0", "status": "\0", "error": "\0"}))),
    Attack("streams: the same event 10,000 times", "stream",
           streamed(event("stage_update", {"stage": "hunt", "status": "running"}) * 10_000),
           is_core=False),
    *(Attack(f"streams: {many:,} stages", "stream",
             streamed(*(event("stage_update", {"stage": str(n), "status": "running"})
                        for n in range(many))), is_core=many < 1_000) for many in (500, 10_000)),
    *(Attack(f"streams: {many:,} statuses", "stream",
             streamed(*(event("status_change", {"status": str(n)}) for n in range(many))),
             is_core=many < 1_000) for many in (500, 10_000)),
    *(Attack(f"streams: {many:,} unknown findings", "stream",
             streamed(*(event("finding_added", {"finding_id": f"f{n}", "severity": "low"})
                        for n in range(many))), is_core=many < 1_000) for many in (500, 20_000)),
    Attack("streams: an id of 900 KB", "stream",
           streamed(event("finding_added", {"finding_id": "f" * 900_000}))),
    Attack("streams: an id that leads elsewhere", "stream",
           streamed(event("finding_added", {"finding_id": "../../auth/logout?x=", "severity": "high"
                                            }))),
    Attack("streams: an id that is another host", "stream",
           streamed(event("finding_added", {"finding_id": "@127.0.0.1:1/", "severity": "high"}))),
    Attack("streams: events of another scan", "stream",
           streamed(event("status_change", {"scan_id": "other", "status": "failed"}),
                    event("finding_added", {"scan_id": "other", "finding_id": "o"}))),
    Attack("streams: an end that is none", "stream",
           streamed(event("scan_complete", {"finding_count": -1}), event("error", {"error": None})),
           2),
    Attack("streams: 200 ends", "stream", streamed(event("scan_complete", {}) * 200)),
    Attack("streams: a web page", "stream", said(b"<html>", kind="text/html"), 2),
    Attack("streams: no UTF-8", "stream", streamed(b"event: \xff\ndata: \xc3\x28\n\n")),
    Attack("streams: lone surrogates", "stream",
           streamed(event("stage_update", r'{"stage": "\ud800", "status": "\udfff"}'))),
    Attack("streams: chunks that break", "stream",
           raw(head(CHUNKED, kind="text/event-stream"), b"5\r\n: a\n\n\r\nzz\r\n"), 2),
    Attack("streams: ends at once", "stream", raw(head(kind="text/event-stream")), 3),
)  # fmt: skip


def _other(kind: str, *, is_core: bool = True) -> Attack:
    give: Give = lambda sane: said(enveloped(sane.other))(sane)  # noqa: E731
    return Attack(f"lies: {kind} of another scan", kind, give, is_core=is_core)


LIES = (
    _other("live"), _other("scan"), _other("findings", is_core=False), _other("repo"),
    Attack("lies: three counted, none listed", "findings",
           changed(lambda d: {**d, "items": [], "total": 0})),
    Attack("lies: more counted than there are", "findings", bent("total", 300)),
    Attack("lies: fewer counted than there are", "findings", bent("total", 0)),
    Attack("lies: completed, then it runs", "live", bent("scan.status", "completed")),
    Attack("lies: failed, then it runs", "live", bent("scan.status", "failed")),
    Attack("lies: completed without a finding", "live",
           changed(lambda d: {**d, "scan": {**d["scan"], "status": "completed"}, "counts": {}})),
    Attack("lies: it is gone", "live",
           refused("404 No", body=b'{"success": false, "error": "x"}', kind="application/json")),
    Attack("lies: the finding is gone", "finding",
           refused("404 No", body=b'{"success": false, "error": "x"}', kind="application/json")),
    Attack("lies: each row twice", "findings",
           changed(lambda d: {**d, "items": d["items"] * 2, "total": 2 * d["total"]})),
    Attack("lies: rows of another scan", "findings", row(scan_id="other")),
    Attack("lies: the row is false", "findings", row(severity="low", title="Nothing")),
    Attack("lies: the single row is another", "finding", bent("id", "another"),
           is_core=False),
    Attack("lies: the single row is of another scan", "finding", bent("scan_id", "other")),
    Attack("lies: another repository", "repo", bent("id", "other")),
    Attack("lies: a scan of another id", "scan", bent("id", "other")),
    Attack("lies: all statuses there are not", "live", bent("scan.status", "sleeping")),
    Attack("lies: counts of 2 billion", "live",
           bent("counts", dict.fromkeys(("total", "critical", "high"), 2**31 - 1))),
    Attack("lies: events without an end", "events",
           changed(lambda d: d * 50_000), is_core=False),
)  # fmt: skip

_NO_ROWS = changed(lambda data: {**data, "items": [], "total": 0})
#: Lies that are never taken back, of a scan that is said to be completed: no reason for a green.
HELD = tuple(
    Attack(f"held: {name}", on, give, is_held=True)
    for name, on, give in (
        ("three counted, none listed", "findings", _NO_ROWS),
        ("more counted than listed", "findings", bent("total", 3)),
        ("more counted live than listed", "live", bent("counts", {"total": 3, "high": 3})),
        ("rows without an id", "findings", changed(lambda data: {**data, "items": [{}]})),
        ("one row again and again", "findings",
         changed(lambda data: {**data, "items": data["items"] * 3, "total": 3})),
        ("every page is the first", "findings",
         changed(lambda data: {**data, "total": 250, "page": 1, "per_page": 100})),
        ("the listing is null", "findings", said(enveloped(None))),
        ("the listing fails", "findings", refused("500 Bad")),
        ("the listing is a web page", "findings", said(b"<html>", kind="text/html")),
        ("the listing is moved", "findings", moved("{foreign}{path}")),
    )
)  # fmt: skip

ATTACKS = (
    *FRAMING, *ENCODING, *SIZE, *SHAPE, *TIME, *NUMBERS, *TEXT, *REDIRECTS, *RETRY, *STREAMS, *LIES,
)  # fmt: skip
