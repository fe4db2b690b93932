"""What the command line names is on the server it names, or is refused with its remedy."""

import pytest

from heimdall_desktop.application.wanted import Wanted, links_on
from heimdall_desktop.domain.facts.errors import LinkError
from heimdall_desktop.domain.facts.server import server_url

SERVER = server_url("https://heimdall.example")
SCAN = "3f2a9c1e-0000-4000-8000-000000000001"


def test_a_scan_that_is_named_twice_is_watched_once() -> None:
    links = links_on(SERVER, [SCAN, f"{SCAN} {SCAN}"])

    assert [link.scan_id for link in links] == [SCAN]


def test_a_link_to_another_server_is_refused_with_the_option_that_helps() -> None:
    with pytest.raises(LinkError) as caught:
        links_on(SERVER, [f"https://other.example/scans/{SCAN}"])

    assert "other.example" in caught.value.cause
    assert "--server" in caught.value.remedy


def test_the_token_stands_in_no_text_about_what_is_wanted() -> None:
    assert "secret" not in repr(Wanted(SERVER, "secret", (), (), is_demo=False))
