"""Server addresses have one spelling, sessions end, and ids distinguish servers."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heimdall_desktop.domain.facts import server
from heimdall_desktop.domain.facts.errors import LinkError
from heimdall_desktop.domain.facts.finding import FindingId, ScanId


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("h.test", "https://h.test"),
        (" HTTPS://H.Test:443/ ", "https://h.test"),
        ("http://h.test:80", "http://h.test"),
        ("http://h.test:8080//", "http://h.test:8080"),
        ("https://mira:pw@h.test/heimdall/?token=x#y", "https://h.test/heimdall"),
        ("http://[::1]:8080", "http://[::1]:8080"),
        ("h.test:8443", "https://h.test:8443"),
    ],
)
def test_address_has_one_spelling(text: str, url: str) -> None:
    assert server.server_url(text) == url
    assert server.server_url(url) == url


@pytest.mark.parametrize(
    "text",
    ["", "  ", "ftp://h.test", "https://", "https://h.test:99999", "https://h:x", "http://[::1"],
)
def test_no_address_is_refused(text: str) -> None:
    with pytest.raises(LinkError):
        server.server_url(text)


@given(st.text() | st.text(alphabet="htps:/@[]?#.%0a", max_size=40))
def test_any_text_is_an_address_or_a_link_error(text: str) -> None:
    try:
        url = server.server_url(text)
    except LinkError:
        return
    assert server.server_url(url) == url
    assert server.host_name(url)


@pytest.mark.parametrize(
    ("url", "is_loopback", "is_sent_in_clear"),
    [
        ("http://localhost:8080", True, False),
        ("http://127.0.0.1", True, False),
        ("http://127.9.9.9:1", True, False),
        ("http://[::1]:8080", True, False),
        ("http://h.test", False, True),
        ("http://127.0.0.1.h.test", False, True),
        ("http://localhost.h.test", False, True),
        ("http://[2001:db8::1]:80", False, True),
        ("https://h.test", False, False),
    ],
)
def test_plain_http_is_readable_on_the_way_but_to_this_machine(
    url: str, *, is_loopback: bool, is_sent_in_clear: bool
) -> None:
    assert server.is_loopback(server.ServerUrl(url)) is is_loopback
    assert server.is_sent_in_clear(server.ServerUrl(url)) is is_sent_in_clear


def test_host_is_shown_with_an_unusual_port() -> None:
    assert server.host_name(server.server_url("https://h.test:8443/x")) == "h.test:8443"


# -- when a session ends --


BEGAN_AT = datetime(2026, 7, 4, 12, 0, tzinfo=UTC)
SESSION = server.Session(server.ServerUrl("https://h.example"), "mira@corp.example", BEGAN_AT)
DAY_S = 86_400


def test_it_ends_seven_days_after_its_beginning() -> None:
    assert SESSION.ends_s(BEGAN_AT, 500.0) == 500.0 + server.LIFE_S
    assert SESSION.ends_s(BEGAN_AT + timedelta(days=6), 500.0) == 500.0 + DAY_S


@pytest.mark.parametrize("days", [-1, 7, 300])
def test_nothing_is_said_where_the_clock_must_have_been_wrong(days: int) -> None:
    assert SESSION.ends_s(BEGAN_AT + timedelta(days=days), 500.0) is None


def test_a_moment_without_a_zone_is_no_moment() -> None:
    typed = server.Session(SESSION.server, SESSION.account, datetime(2026, 7, 4, 12, 0))
    assert typed.ends_s(BEGAN_AT, 500.0) is None


REST_OF_IT = "7c3e9d1f5a6b7c8d9e0f019f2c2267b87d11aa22bb33cc44dd55"


def token_of(at: datetime) -> str:
    return f"{round(at.timestamp() * 1000):012x}{REST_OF_IT}"


def test_t83_a_token_may_tell_when_its_session_ends() -> None:
    began = timedelta(days=6)
    assert server.likely_end_s(token_of(BEGAN_AT), BEGAN_AT + began, 500.0) == 500.0 + DAY_S
    ahead = token_of(BEGAN_AT + timedelta(minutes=4))
    assert server.likely_end_s(ahead, BEGAN_AT, 500.0) == 500.0 + server.LIFE_S


@pytest.mark.parametrize(
    "token",
    [
        "",
        "token",
        token_of(BEGAN_AT - timedelta(days=7)),
        token_of(BEGAN_AT + timedelta(hours=1)),
        token_of(BEGAN_AT).upper(),
        f" {token_of(BEGAN_AT)}",
        token_of(BEGAN_AT).replace("7c3e", "4c3e"),
        f"ffffffffffff{REST_OF_IT}",
        f"000000000000{REST_OF_IT}",
        "\u0660" * 12 + REST_OF_IT,
        "eyJhbGciOiJub25lIn0.eyJleHAiOjE3ODMxNjYwMDB9.",
        "\0" * 64,
        "9" * 100_000,
    ],
)
def test_t83_any_other_text_tells_nothing(token: str) -> None:
    assert server.likely_end_s(token, BEGAN_AT, 500.0) is None


# -- ids of one server or scan never mean those of another --


ONE, OTHER_SERVER = map(server.ServerUrl, ("https://one.example", "https://other.example"))
SCAN = ScanId("8c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e21")
FINDING = FindingId("c5b6a0c2-7d2e-4c0b-8f1a-90d1e2f3a4b5")
FIRST, SECOND = ScanId("scan-1"), ScanId("scan-2")


@pytest.fixture
def identities() -> server.Identities:
    return server.Identities()


def test_a_scan_is_called_as_its_server_calls_it(identities: server.Identities) -> None:
    assert identities.claim_scan(ONE, SCAN) == SCAN
    assert identities.claim_scan(ONE, SCAN) == SCAN
    assert server.id_on_server(SCAN) == SCAN


def test_the_second_server_with_an_id_gets_another_one(identities: server.Identities) -> None:
    identities.claim_scan(ONE, SCAN)
    second = identities.claim_scan(OTHER_SERVER, SCAN)
    assert second != SCAN
    assert server.id_on_server(second) == SCAN
    assert identities.claim_scan(OTHER_SERVER, second) == second
    assert identities.scan_id(OTHER_SERVER, SCAN) == second
    assert identities.scan_id(ONE, SCAN) == SCAN


def test_to_ask_what_a_scan_would_be_called_takes_nothing(identities: server.Identities) -> None:
    assert identities.scan_id(OTHER_SERVER, SCAN) == SCAN
    assert identities.claim_scan(ONE, SCAN) == SCAN


def test_one_keeps_the_id_it_had_in_an_earlier_session(identities: server.Identities) -> None:
    identities.recall_scan(OTHER_SERVER, ScanId(f"{SCAN}@{OTHER_SERVER}"))
    assert identities.claim_scan(OTHER_SERVER, SCAN) == f"{SCAN}@{OTHER_SERVER}"
    assert identities.claim_scan(ONE, SCAN) == SCAN


def test_findings_of_two_scans_never_have_one_id(identities: server.Identities) -> None:
    assert identities.claim_finding(FIRST, FINDING) == FINDING
    other = identities.claim_finding(SECOND, FINDING)
    assert other != FINDING
    assert server.id_on_server(other) == FINDING
    assert identities.claim_finding(SECOND, FINDING) == other
    assert identities.claim_finding(FIRST, FINDING) == FINDING
    identities.release(FINDING)
    assert identities.claim_finding(SECOND, FINDING) == other, "it keeps its id"
    assert identities.claim_finding(ScanId("scan-3"), FINDING) == FINDING


def test_scans_that_are_forgotten_release_what_nothing_names(identities: server.Identities) -> None:
    named, other = FindingId("named"), FindingId("other")
    for finding_id in (FINDING, named):
        identities.claim_finding(FIRST, finding_id)
    identities.claim_finding(SECOND, other)
    identities.release_scans({FIRST}, {named})
    third = ScanId("scan-3")
    assert identities.claim_finding(third, named) != named
    assert identities.claim_finding(third, other) != other
    assert identities.claim_finding(ScanId("scan-4"), FINDING) == FINDING


def test_nothing_is_gained_by_guessing_what_another_one_will_be_called(
    identities: server.Identities,
) -> None:
    guessing, guessed = ScanId("scan-b"), ScanId("scan-a")
    identities.claim_finding(guessing, FINDING)
    identities.claim_finding(guessing, FindingId(f"{FINDING}@{guessed}"))
    mine = identities.claim_finding(guessed, FINDING)
    assert server.id_on_server(mine) == FINDING
    assert identities.claim_finding(guessing, FINDING) == FINDING
    assert identities.claim_finding(guessed, FINDING) == mine


def test_an_answer_without_an_id_is_about_the_requested_one() -> None:
    known = f"{SCAN}@{OTHER_SERVER}"
    assert server.is_about("", known)
    assert server.is_about(SCAN.upper(), known)
    assert not server.is_about(FINDING, known)
