"""Whatever people paste: the ids that are in it, in one spelling, or a LinkError."""

import contextlib
import re
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from heimdall_desktop.domain.facts.errors import LinkError
from heimdall_desktop.domain.facts.scan_link import ScanLink
from tests.fakes.patience import patient
from tests.fakes.scan_links import scan_links

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
    told = list(dict.fromkeys(link.scan_id for link in scan_links(text)))
    assert told == list(dict.fromkeys(str(uuid) for uuid, _ in pasted))
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
