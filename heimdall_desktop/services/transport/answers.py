"""Converts the status and content type of an answer to its JSON body or one of our errors.

The status is checked first, and the body is read only if its content type allows it: pages of
proxies and captive portals are never shown. Source: protocol.md 2.2, T-44, T-49.
"""

import html
import json
import re
import zlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import SplitResult, urlsplit

import httpx
from msgspec import Struct

from heimdall_desktop.domain.facts import errors
from heimdall_desktop.domain.facts.finding import one_line
from heimdall_desktop.domain.facts.server import Peer

MESSAGE_LIMIT = 200  # characters of a server's own words that we repeat
LONGEST_WAIT_S = 600.0  # no request waits longer because a server says so
USUAL_WAIT_S = 6.0  # Source: protocol.md 1.5, one request every 6 s
REFUSAL_KINDS = frozenset({"application/json", "text/plain", "text/html"})  # read for the reason

#: Part of the page with which nginx refuses a client without a certificate, after the handshake.
_NO_CERTIFICATE_PAGE = b"No required SSL certificate was sent"
_LACKING = frozenset({405, 501})  # protocol.md 13; no route of the real server answers so

_RETRY_IN = re.compile(r"retry in (\d{1,6})\s*s", re.IGNORECASE)

#: Letters, digits and marks of tokens written as an escape, which is never necessary. A pair of
#: backslashes is matched to leave it unchanged.
_JSON_ESCAPE = re.compile(
    rb"\\\\|\\/|\\u00(?i:2[013-57-9a-f]|3[0-9abdf]|[46][0-9a-f]|5[0-9abd-f]|7[0-9a-e])"
)
_HTML_ESCAPE = re.compile(
    rb"&#(?i:x0*[2-7][0-9a-f](?![0-9a-f])|0*(?:3[2-9]|[4-9][0-9]|1[01][0-9]|12[0-6])(?![0-9]));?"
)
_HTML_MARKS = frozenset("<>&\"'")


class Answer(Struct, frozen=True):
    """A server's answer.

    Attributes:
        host: the server's host, as shown to the user.
        headers: names are found in any case.
        is_cut: the body is longer than its limit; this is its start.
    """

    host: str
    status: int
    headers: Mapping[str, str]
    body: bytes = b""
    is_cut: bool = False

    @property
    def content_type(self) -> str:
        """The content type in lower case, without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


def unescaped(body: bytes, content_type: str) -> bytes:
    """Return a body of the same meaning in which no token can hide behind escapes."""
    if content_type in ("application/json", "text/event-stream") and b"\\" in body:
        return _JSON_ESCAPE.sub(_json_character, body)
    if content_type == "text/html" and b"&#" in body:
        return _HTML_ESCAPE.sub(_html_character, body)
    return body


def _json_character(match: re.Match[bytes]) -> bytes:
    escape = match[0]
    if escape == b"\\\\":
        return escape
    return b"/" if escape == b"\\/" else bytes([int(escape[2:], 16)])


def _html_character(match: re.Match[bytes]) -> bytes:
    character = html.unescape(match[0].decode())
    return match[0] if character in _HTML_MARKS else character.encode()


def json_body(answer: Answer) -> bytes:
    """Return the body of a successful JSON answer.

    Raises:
        RouteMissing: success, but with a web page. Source: protocol.md 13.
        WrongServer: success, but with something other than JSON.
        ServerError: any of the errors of `failure`.
    """
    if not 200 <= answer.status < 300:
        raise failure(answer)
    if answer.content_type == "text/html":
        raise _not_heimdall(answer, errors.RouteMissing)
    if answer.content_type != "application/json":
        raise _not_heimdall(answer)
    return answer.body


def html_body(answer: Answer) -> bytes:
    """Return the body of a web page.

    Raises:
        SignedOut: it redirects to the sign-in page. Source: protocol.md 2.2, E3.
        NotVisible: there is no such page for this account.
        PageUnreadable: it is not HTML, or redirects elsewhere.
        ServerError: any other of the errors of `failure`.
    """
    host = answer.host
    location = _parts(answer.headers.get("location", "")).path
    if 300 <= answer.status < 400 and location.rstrip("/").endswith("/login"):
        raise errors.SignedOut(errors.Reason.TOKEN_REFUSED, host=host)
    if answer.status == 404:
        raise errors.NotVisible(errors.Reason.NOT_FOUND)
    if answer.status >= 400:
        raise failure(answer)
    if answer.status != 200 or answer.content_type != "text/html":
        raise errors.PageUnreadable(
            errors.Reason.PAGE_NOT_HTML,
            host=host,
            status=answer.status,
            kind=one_line(answer.content_type)[:60],
        )
    return answer.body


def require_event_stream(answer: Answer) -> None:
    """Accept the head of an event stream.

    Raises:
        WrongServer: success, but not an event stream.
        ServerError: any of the errors of `failure`.
    """
    if not 200 <= answer.status < 300:
        raise failure(answer)
    if answer.status == 204 or answer.content_type != "text/event-stream":
        raise _not_heimdall(answer)


def failure(answer: Answer) -> errors.ServerError:
    """Return the error of an unsuccessful answer. Source: protocol.md 2.2, E1-E13."""
    host, status = answer.host, answer.status
    if status < 400:
        return _moved(answer)
    if status == 401:
        return errors.SignedOut(errors.Reason.TOKEN_REFUSED, host=host)
    if status == 404:
        if _envelope(answer) is None:
            return errors.RouteMissing(errors.Reason.ROUTE_MISSING, host=host)
        return errors.NotVisible(errors.Reason.NOT_FOUND)
    if status in _LACKING:
        return errors.RouteMissing(errors.Reason.ROUTE_MISSING, host=host)
    if status == 407:
        return errors.ServerUnreachable(errors.Reason.PROXY_PASSWORD_MISSING)
    if status == 410:
        return errors.NotVisible(errors.Reason.REMOVED, host=host)
    if status == 400 and _NO_CERTIFICATE_PAGE in answer.body:
        return errors.ServerUnreachable(errors.Reason.CLIENT_CERTIFICATE_REQUIRED, host=host)
    wait_s = _wait_s(answer)
    if status == 429 or (status == 503 and wait_s is not None):
        wait_s = USUAL_WAIT_S if wait_s is None else wait_s
        return errors.ServerBusy(errors.Reason.SERVER_BUSY, host=host, wait_s=wait_s)
    if status < 500:
        return errors.RequestRefused(
            errors.Reason.REQUEST_REFUSED, host=host, answer=_shown_answer(answer), status=status
        )
    is_own = status == 503 and _envelope(answer) is not None
    kind = errors.ServerLacking if is_own else errors.ServerFault
    return kind(errors.Reason.SERVER_FAILED, host=host, answer=_shown_answer(answer), status=status)


def require_known_outcome(answer: Answer) -> None:
    """Reject an answer to a change that leaves the result of the change unknown.

    A proxy that has lost its server sends 502, 503 or 504, although the server may have made the
    change. A failure in the server's own words is a refusal. So is a 503 that names a wait: its
    sender has forwarded nothing.

    Raises:
        OutcomeUnknown: the result is unknown. Source: protocol.md 2.2 (E1, E12), T-55.
    """
    is_fault = answer.status >= 500 and answer.status not in _LACKING
    names_wait = answer.status == 503 and _wait_s(answer) is not None
    if is_fault and not names_wait and _envelope(answer) is None:
        raise errors.OutcomeUnknown(
            errors.Reason.OUTCOME_NOT_TOLD, host=answer.host, answer=_shown_answer(answer)
        )


def _parts(location: str) -> SplitResult:
    """Return the parts of an address; all empty if it is invalid."""
    try:
        return urlsplit(location)
    except ValueError:
        return urlsplit("")


def _moved(answer: Answer) -> errors.ServerError:
    location = _parts(answer.headers.get("location", ""))
    place = location.netloc.rpartition("@")[2] + location.path
    address = f"{location.scheme}://{place}" if location.scheme and location.netloc else place
    shown = one_line(address)[:MESSAGE_LIMIT]
    return errors.WrongServer(errors.Reason.MOVED, host=answer.host, place=shown)


def _not_heimdall(
    answer: Answer, kind_of: type[errors.WrongServer] = errors.WrongServer
) -> errors.WrongServer:
    status, kind = answer.status, one_line(answer.content_type)[:60]
    return kind_of(errors.Reason.NOT_HEIMDALL, host=answer.host, status=status, kind=kind)


def _shown_answer(answer: Answer) -> str:
    """Return the status and, if it may be shown, the server's own message in one line."""
    text = ""
    if answer.content_type == "text/plain":
        text = answer.body[: 8 * MESSAGE_LIMIT].decode("utf-8", "replace")
    elif (envelope := _envelope(answer)) is not None:
        error = envelope.get("error", envelope.get("message"))  # flat where documented so (D12)
        message = error.get("message") if isinstance(error, dict) else error
        text = message if isinstance(message, str) else ""
    line = one_line(text)[:MESSAGE_LIMIT].rstrip(". ")
    return f"HTTP {answer.status}" + (f", {line}" if line else "")


def _envelope(answer: Answer) -> dict[str, object] | None:
    """Return the error envelope; None for any other body, JSON or not."""
    if answer.content_type != "application/json":
        return None
    try:
        content = json.loads(answer.body)
    except (ValueError, RecursionError):
        return None
    is_ours = isinstance(content, dict) and ("error" in content or "success" in content)
    return content if is_ours else None


def _wait_s(answer: Answer) -> float | None:
    """Return the requested wait, plus one second because it is rounded down; None if none is."""
    for name in ("x-ratelimit-after", "retry-after"):
        text = answer.headers.get(name, "").strip()
        if text.isascii() and text.isdigit():
            wait_s = float(text[:9])
        else:
            try:
                moment = parsedate_to_datetime(text)
            except (ValueError, OverflowError):  # beyond year 9999; beyond what C counts in
                continue
            aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
            wait_s = (aware - datetime.now(UTC)).total_seconds()
        return min(max(wait_s, 0.0) + 1.0, LONGEST_WAIT_S)
    if answer.status == 429 and answer.content_type == "text/plain":
        found = _RETRY_IN.search(answer.body[:1000].decode("utf-8", "replace"))
        return min(float(found[1]) + 1.0, LONGEST_WAIT_S) if found else None
    return None


# Decompresses an answer in pieces, so that its true size can be limited.
#
# The HTTP library undoes every compression that the answer names, however often, and each step as a
# whole: a few hundred bytes become gigabytes before anything can be counted. The server compresses
# nothing and a proxy needs only gzip, so only that is accepted. Source: protocol.md 1.


ACCEPTED = "gzip"  # the Accept-Encoding of requests
PIECE_BYTES = 1 << 16

_GZIP = frozenset({"gzip", "x-gzip"})
_GZIP_WINDOW = 16 + zlib.MAX_WBITS  # 16: with the header and the checksum of gzip


class Decoder:
    """Decompresses one answer; push its raw bytes, then call `end`.

    Raises:
        WireError: the answer is compressed more than once, or with something other than gzip.
    """

    def __init__(self, headers: httpx.Headers, peer: Peer) -> None:
        named = headers.get_list("content-encoding", split_commas=True)
        codings = [coding for word in named if (coding := word.strip().lower()) != "identity"]
        if len(codings) > 1 or not _GZIP.issuperset(codings):
            raise errors.WireError(errors.Reason.COMPRESSION_UNKNOWN, host=peer)
        self._gzip = zlib.decompressobj(_GZIP_WINDOW) if codings else None
        self._has_begun = False

    def push(self, chunk: bytes) -> Iterator[bytes]:
        """Yield the pieces that this chunk completes, of `PIECE_BYTES` at most if inflated.

        Raises:
            httpx.DecodingError: it is not gzip, or something follows its end.
        """
        if self._gzip is None:
            yield chunk
            return
        self._has_begun = True
        is_full = True
        while chunk or is_full:
            if self._gzip.eof and chunk:
                raise httpx.DecodingError("more than one gzip")
            try:
                piece = self._gzip.decompress(chunk, PIECE_BYTES)
            except zlib.error:
                raise httpx.DecodingError("no gzip") from None
            chunk = self._gzip.unconsumed_tail or self._gzip.unused_data
            is_full = len(piece) == PIECE_BYTES
            if piece:
                yield piece

    def end(self) -> None:
        """Accept the end of the answer.

        Raises:
            httpx.ReadError: the compressed body was cut off.
        """
        if self._gzip is not None and self._has_begun and not self._gzip.eof:
            raise httpx.ReadError("cut off")
