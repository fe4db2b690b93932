"""Ids and links out of whatever people paste."""

import contextlib
import re
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heimdall_desktop.domain.facts.errors import LinkError, Reason
from heimdall_desktop.domain.facts.finding import FindingId, ScanId
from heimdall_desktop.domain.facts.scan_link import ScanLink, own_link
from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.presentation.error_text import error_text
from tests.fakes.desk_parts import patient, raises_saying
from tests.fakes.scan_links import scan_links

ID = "8c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e21"
OTHER = "2b9b8f7e-0c55-4f0f-8a52-1f6f0f2f9d10"
SERVER = ServerUrl("https://h.test")
BARE = ScanLink(None, ScanId(ID))


@pytest.mark.parametrize(
    "text",
    [
        ID,
        ID.upper(),
        ID.replace("-", ""),
        f"  {{{ID}}}\n",
        f"urn:uuid:{ID}",
        f"({ID})",
        f"<{ID}>",
        f'"{ID}",',
        f"{ID}.",
        f"{ID} {ID.upper()}",
    ],
)
def test_bare_id_is_found(text: str) -> None:
    assert scan_links(text) == (BARE,)


@pytest.mark.parametrize(
    "text",
    [
        f"https://h.test/scans/{ID}",
        f"HTTPS://H.test:443/scans/{ID.upper()}/",
        f"https://mira:pw@h.test/scans/{ID}?tab=findings#top",
        f"<https://h.test/scans/{ID}/findings>",
        f"https://h.test/scans/{ID}.",
    ],
)
def test_web_link_names_its_server(text: str) -> None:
    assert scan_links(text) == (ScanLink(SERVER, ScanId(ID)),)


@pytest.mark.parametrize(
    ("text", "server", "finding_id"),
    [
        (f"heimdall://h.test/scan/{ID}", "https://h.test", None),
        (f"HEIMDALL://H.test/scan/{ID.upper()}/", "https://h.test", None),
        (f"<heimdall://h.test:8443/scan/{ID}/finding/{OTHER}>", "https://h.test:8443", OTHER),
        (f"heimdall://[::1]:8080/scan/{ID}", "https://[::1]:8080", None),
    ],
)
def test_a_link_of_the_program_names_host_scan_and_finding(
    text: str, server: str, finding_id: str | None
) -> None:
    found = None if finding_id is None else FindingId(finding_id)
    assert scan_links(text) == (ScanLink(ServerUrl(server), ScanId(ID), found, is_own=True),)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (f"heimdall://h.test/scan/{ID}?token=s3cret", Reason.PARAMETER_IN_LINK),
        (f"heimdall://h.test/scan/{ID}#s3cret", Reason.MORE_IN_LINK),
        (f"heimdall://h.test/scan/{ID}?s3cret", Reason.MORE_IN_LINK),
        (f"heimdall://h.test/scan/{ID}?", Reason.MORE_IN_LINK),
        (f"heimdall://s3cret@h.test/scan/{ID}", Reason.MORE_IN_LINK),
        (f"heimdall://mira:s3cret@h.test/scan/{ID}", Reason.MORE_IN_LINK),
        (f"heimdall://h.test/scan/{ID}/s3cret", Reason.NO_SCAN_IN_LINK),
        ("heimdall://h.test/scan/s3cret", Reason.NO_SCAN_IN_LINK),
        (f"heimdall:/scan/{ID}", Reason.NO_ADDRESS),
        (f"heimdall://h.test:port/scan/{ID}", Reason.NO_ADDRESS),
        (f"heimdall://h\u202e.test/scan/{ID}", Reason.NO_SCAN_IN_LINK),
    ],
)
def test_a_link_of_the_program_holds_nothing_else(text: str, reason: Reason) -> None:
    with pytest.raises(LinkError) as caught:
        scan_links(text)
    assert caught.value.reason is reason
    assert "s3cret" not in error_text(caught.value)


def test_a_parameter_is_refused_by_its_name() -> None:
    with raises_saying(LinkError, match="'token'"):
        scan_links(f"heimdall://h.test/scan/{ID}?token=s3cret")


@pytest.mark.parametrize(
    ("link", "server", "is_on"),
    [
        (f"heimdall://h.test/scan/{ID}", "https://h.test", True),
        (f"heimdall://h.test/scan/{ID}", "http://h.test/below", True),
        (f"heimdall://h.test/scan/{ID}", "https://h.test:8443", False),
        (f"heimdall://h.test:8443/scan/{ID}", "http://h.test:8443/below", True),
        (f"heimdall://h.test:8443/scan/{ID}", "https://h.test", False),
        (f"heimdall://h.test/scan/{ID}", "https://h.test.other", False),
        (f"https://h.test/scans/{ID}", "https://h.test", True),
        (f"https://h.test/scans/{ID}", "http://h.test", False),
    ],
)
def test_a_link_of_the_program_goes_by_host_and_port(link: str, server: str, is_on: bool) -> None:
    assert scan_links(link)[0].is_on(ServerUrl(server)) is is_on


def test_a_link_has_a_form_for_each_server() -> None:
    scan, finding = scan_links(
        f"heimdall://h.test/scan/{ID} heimdall://h.test/scan/{ID}/finding/{OTHER}"
    )
    below = ServerUrl("http://h.test/below")
    assert scan.web_link(below) == f"http://h.test/below/scans/{ID}"
    assert scan_links(finding.web_link(below)) == (ScanLink(below, None, FindingId(OTHER)),)


@pytest.mark.parametrize(
    ("server", "place"),
    [
        ("https://h.test", "h.test"),
        ("http://h.test/below", "h.test"),
        ("http://h.test:8080/below", "h.test:8080"),
        ("https://[2001:db8::1]:8443", "[2001:db8::1]:8443"),
    ],
)
def test_a_link_of_the_program_leads_back_to_what_it_was_made_of(server: str, place: str) -> None:
    url, kept = ServerUrl(server), ScanId(f"{ID}@{server}")
    assert own_link(url, ScanId(ID)) == f"heimdall://{place}/scan/{ID}"
    [link] = scan_links(own_link(url, kept, FindingId(OTHER)))
    assert (link.scan_id, link.finding_id, link.is_own) == (ID, OTHER, True)
    assert link.is_on(url)


@pytest.mark.parametrize("server", ["http://127.0.0.1:8080", "https://localhost", "http://[::1]"])
def test_of_what_no_link_would_open_none_is_made(server: str) -> None:
    assert own_link(ServerUrl(server), ScanId(ID)) == ""
    assert own_link(SERVER, ScanId("scan-1")) == ""
    assert own_link(SERVER, ScanId(ID), FindingId("1/../2")) == ""


def test_link_to_a_finding_names_no_scan() -> None:
    assert scan_links(f"https://h.test/findings/{ID}") == (ScanLink(SERVER, None, FindingId(ID)),)


def test_server_may_live_below_a_path() -> None:
    link = scan_links(f"http://h.test:8080/heimdall/scans/{ID}")[0]
    assert link.server == "http://h.test:8080/heimdall"


def test_several_are_found_in_order_and_once() -> None:
    text = f"{OTHER}, https://h.test/scans/{ID};\n{OTHER}\n - {ID}"
    with pytest.raises(LinkError):
        scan_links(text)
    links = scan_links(text.replace(" - ", ""))
    assert links == (ScanLink(None, ScanId(OTHER)), ScanLink(SERVER, ScanId(ID)), BARE)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ,; ",
        "nothing",
        ID[:-1],
        f"{ID}0",
        f"ftp://h.test/scans/{ID}",
        f"https://h.test/repos/{ID}",
        f"https://h.test/scans/{ID}0",
        f"https:///scans/{ID}",
        f"https://h.test:99999/scans/{ID}",
        f"{ID} and more",
        "x" * 10_000,
    ],
)
def test_anything_else_is_refused_whole(text: str) -> None:
    with pytest.raises(LinkError) as caught:
        scan_links(text)
    assert len(str(caught.value)) < 250


@given(
    st.uuids(),
    st.sampled_from(["{}", "https://h.test/scans/{}", "<{}>", "https://h.test/a/scans/{}/?x"]),
)
def test_every_uuid_is_found(uuid: UUID, form: str) -> None:
    assert [link.scan_id for link in scan_links(form.format(uuid))] == [str(uuid)]


@given(st.text() | st.text(alphabet="https:/scanfd0123456789-{}@[]:.?# ", max_size=120))
def test_any_text_gives_links_or_a_link_error(text: str) -> None:
    try:
        links = scan_links(text)
    except LinkError:
        return
    assert all(link.scan_id or link.finding_id for link in links)


# -- whatever people paste: the ids that are in it, in one spelling, or a LinkError --


_CANONICAL = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_PIECES = [
    "https://", "HTTP://", "h.test", "[::1]:8080", "user:secret@h.test", "/scans/", "/findings/",
    "/", "?page=2", "#top", " ", "\n", ",", ";", "{", "}", "<", ">", "(", ")", ".", '"',
    "urn:uuid:", "8C0E6F52-2F0E-4A0C-9A77-6A3C1B0D4E21", "8c0e6f522f0e4a0c9a776a3c1b0d4e21",
    "8c0e6f52", "\u2028", "\uff11", "\u0661", "\0", "xn--", "..", "%2f", "\\",
]  # fmt: skip
SPELLINGS = [
    str, lambda uuid: str(uuid).upper(), lambda uuid: uuid.hex, lambda uuid: uuid.hex.upper(),
    lambda uuid: uuid.urn, lambda uuid: f"{{{str(uuid).upper()}}}", lambda uuid: f"({uuid})",
    lambda uuid: f"<https://h.test/scans/{uuid}>", lambda uuid: f'"https://H.test/scans/{uuid}/",',
    lambda uuid: f"https://h.test/heimdall/scans/{str(uuid).upper()}?page=2#top",
    lambda uuid: f"HTTPS://user:secret@h.test:8443/SCANS/{uuid.hex}/findings",
]  # fmt: skip
spelled = st.tuples(st.uuids(), st.sampled_from(SPELLINGS))


@patient
@given(st.lists(spelled, min_size=1, max_size=4), st.sampled_from([" ", "\n", ", ", ";\t", "\r\n"]))
def test_t52_every_spelling_gives_the_one_form_a_server_takes(
    pasted: list[tuple[UUID, object]], between: str
) -> None:
    text = between.join(spelling(uuid) for uuid, spelling in pasted)  # type: ignore[operator]
    caught = list(dict.fromkeys(link.scan_id for link in scan_links(text)))
    assert caught == list(dict.fromkeys(str(uuid) for uuid, _ in pasted))
    assert "secret" not in repr(scan_links(text))


@patient
@given(st.lists(st.sampled_from(_PIECES), max_size=14).map("".join))
def test_pieces_of_links_give_whole_links_or_a_link_error(text: str) -> None:
    with contextlib.suppress(LinkError):
        for link in scan_links(text):
            check(link)


def check(link: ScanLink) -> None:
    """One id, in the form a server takes; an address without anybody's password."""
    found = link.scan_id or link.finding_id
    assert found is not None
    assert _CANONICAL.fullmatch(found)
    assert (link.scan_id is None) != (link.finding_id is None)
    if link.server is not None:
        assert link.server.startswith(("http://", "https://"))
        assert "secret" not in link.server
