"""Whatever an answer, its head or a page holds: a value that is bounded, or an error of ours."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import httpx
from hypothesis import given
from hypothesis import strategies as st

from heimdall_desktop.domain.facts.errors import HeimdallError, ServerBusy, ServerError, WireError
from heimdall_desktop.domain.facts.finding import FindingId, ScanId
from heimdall_desktop.domain.facts.server import Peer, server_url
from heimdall_desktop.presentation.error_text import error_text
from heimdall_desktop.services import action_rows, finding_rows, wire
from heimdall_desktop.services.envelope import ID_LIMIT, WORD_LIMIT, Earliest, Latest
from heimdall_desktop.services.page_links import LINKS_LIMIT, page_links
from heimdall_desktop.services.transport import answers
from tests.fakes.desk_parts import at_once, patient
from tests.hostile.attack import gzipped

SCAN = ScanId("8c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e21")
SERVER = server_url("http://h.test")
SENTENCE_LIMIT = answers.MESSAGE_LIMIT + 300  # what we say around a server's words

READERS: Mapping[str, Callable[[bytes], Any]] = {
    "scan": lambda body: wire.scan_read(body, 1.0),
    "live": lambda body: wire.live_read(body, SCAN, 1.0),
    "repo": lambda body: wire.repo_read(body, SCAN),
    "session": wire.session,
    "account": wire.account,
    "health": wire.health,
    "findings": lambda body: at_once(finding_rows.findings_page(body, SCAN)),
    "finding": finding_rows.finding,
    "events": lambda body: at_once(finding_rows.finding_events(body, FindingId("f"))),
    "patches": lambda body: at_once(finding_rows.patches(body)),
    "threat model": lambda body: action_rows.threat_model(body, SCAN),
}
KEYS = (
    "id", "scan_id", "repo_id", "status", "name", "default_branch", "items", "total", "page",
    "per_page", "scan", "counts", "stages", "activity", "fallback", "stage", "timestamp", "key",
    "title", "detail", "severity", "created_at", "updated_at", "started_at", "line_start",
    "line_end", "references_json", "manifest_coordinates_json", "poc_exploit_json", "exit_code",
    "token", "user", "email", "finding_id", "diff_content", "event_type", "critical", "high",
    "progress_pct", "error_message", "commit_sha", "surfaces_json", "data_flows_json",
)  # fmt: skip
STAMPS = st.one_of(
    st.datetimes(timezones=st.timezones()).map(lambda moment: moment.isoformat()),
    st.sampled_from(["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "1970-01-01", ""]),
)
LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.integers(-2, 3), st.just(10**400), st.floats(),
    st.text(max_size=300), st.just("n" * 5_000), STAMPS, st.sampled_from(["hunting", "critical"]),
)  # fmt: skip
SHAPES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=8)
    ),
    max_leaves=30,
)
#: What a header may hold once the HTTP library has let it pass.
VALUES = st.text(st.characters(max_codepoint=255, exclude_characters="\r\n\0"), max_size=400)
HEADERS = st.dictionaries(
    st.sampled_from(
        ["location", "retry-after", "x-ratelimit-after", "content-type", "content-encoding"]
    ),
    VALUES
    | STAMPS
    | st.integers().map(str)
    | st.sampled_from(
        ["application/json", "text/html", "text/plain", "text/event-stream", "http://[", "//[",
         "Fri, 31 Dec 9999 23:59:59 -2359", "Fri, 31 Dec 10000 23:59:59 GMT", "\xb2", "9" * 5_000,
         "gzip", "gzip, gzip", "br"]
    ),
    max_size=4,
)  # fmt: skip
PLACES = st.one_of(
    VALUES,
    st.builds(
        "{}{}{}".format,
        st.sampled_from(["", "/", "//", "http://", "http://[", "file://", "javascript:", "?", "#"]),
        VALUES,
        st.sampled_from(["", "/login", "]", ":99999", "/scans/" + SCAN, "%00"]),
    ),
)


def read(name: str, body: bytes) -> Any:
    """The value, None where the reader says what is wrong."""
    found, reported = judged(READERS[name], body)
    assert isinstance(reported, WireError | None)
    return found


def judged(judge: Callable[[Any], Any], what: Any) -> tuple[Any, HeimdallError | None]:
    """What comes of it, and our error if there was one, with a short sentence."""
    found, reported = None, None
    try:
        found = judge(what)
    except HeimdallError as error:
        reported = error
    assert reported is None or len(error_text(reported)) < SENTENCE_LIMIT
    return found, reported


def head(headers: dict[str, str]) -> httpx.Headers:
    """The headers as they come over the wire."""
    return httpx.Headers(
        [(name.encode(), reported.encode("latin-1")) for name, reported in headers.items()]
    )


@patient
@given(st.sampled_from(sorted(READERS)), SHAPES)
def test_any_shape_is_read_or_is_a_wire_error(name: str, data: Any) -> None:
    reported = json.dumps({"success": True, "data": data})
    read(name, reported.encode("utf-8", "surrogatepass"))
    read(name, json.dumps(data).encode())


@patient
@given(
    st.fixed_dictionaries(
        {"id": st.text(max_size=300), "status": st.text(max_size=300)},
        optional=dict.fromkeys(("created_at", "updated_at", "started_at", "completed_at"), STAMPS),
    )
)
def test_a_scan_has_short_words_and_moments_within_bounds(data: dict[str, Any]) -> None:
    scan = read("scan", json.dumps({"data": data}).encode())
    if scan is not None:
        assert len(scan.scan_id) <= ID_LIMIT
        assert len(scan.status) <= WORD_LIMIT
        moments = (scan.created_at, scan.started_at, scan.completed_at, scan.updated_at)
        assert all(Earliest <= moment <= Latest for moment in moments if moment is not None)


@patient
@given(
    st.lists(st.fixed_dictionaries({}, optional=dict.fromkeys(KEYS, LEAVES | SHAPES)), max_size=4)
)
def test_rows_are_all_read_or_counted(rows: list[dict[str, Any]]) -> None:
    page = read("findings", json.dumps({"data": {"items": rows}}).encode())
    assert page is not None
    assert len(page.findings) + page.bad_rows == len(rows)
    for finding in page.findings:
        assert 0 < len(finding.id) <= ID_LIMIT
        assert Earliest <= finding.created_at <= Latest
        assert Earliest <= finding.updated_at <= Latest
        assert max(len(finding.severity_text), len(finding.status_text)) <= WORD_LIMIT


@patient
@given(st.integers(100, 999), HEADERS, st.binary(max_size=300) | SHAPES.map(
    lambda shape: json.dumps({"success": False, "error": shape}).encode()))  # fmt: skip
def test_any_head_is_read_or_is_an_error_of_the_server(
    status: int, headers: dict[str, str], body: bytes
) -> None:
    answer = answers.Answer("h.test", status, head(headers), body)
    for judge in (answers.json_body, answers.html_body, answers.require_event_stream):
        _, reported = judged(judge, answer)
        assert isinstance(reported, ServerError | None)
        assert (
            not isinstance(reported, ServerBusy) or 0.0 <= reported.wait_s <= answers.LONGEST_WAIT_S
        )


@patient
@given(PLACES, st.integers(300, 399))
def test_any_place_of_a_redirect_is_told_in_one_short_line(place: str, status: int) -> None:
    reported = str(answers.failure(answers.Answer("h.test", status, head({"location": place}))))
    assert len(reported) < SENTENCE_LIMIT
    assert reported.isprintable()


@patient
@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                [b"<a ", b"href=", b'"', b"'", b">", b"<!--", b"&#x2f;", b"/scans/", b"/repos/",
                 SCAN.encode(), b"http://[", b"//h.test", b"\xff", b"\0", b" ", b"/dashboard"]
            ),
            st.binary(max_size=6),
            PLACES.map(lambda place: b"<a href='" + place.encode() + b"'>"),
        ),
        max_size=30,
    )
)  # fmt: skip
def test_any_page_has_links_or_none(parts: list[bytes]) -> None:
    links = page_links(b"".join(parts), SERVER, "/")
    assert max(len(links.scans), len(links.repos)) <= LINKS_LIMIT
    assert all(len(each) == len(SCAN) for each in (*links.scans, *links.repos))


@patient
@given(HEADERS, st.lists(st.binary(max_size=50), max_size=4), st.integers(0, 40))
def test_any_encoding_is_undone_in_small_pieces_or_refused(
    headers: dict[str, str], chunks: list[bytes], cut: int
) -> None:
    whole = gzipped(b"".join(chunks))
    for parts in (chunks, [whole], [whole[:cut], whole[cut:]]):
        try:
            decoder = answers.Decoder(head(headers), Peer("h.test"))
            for chunk in parts:
                assert all(len(piece) <= answers.PIECE_BYTES for piece in decoder.push(chunk))
            decoder.end()
        except (WireError, httpx.DecodingError, httpx.ReadError):
            continue
