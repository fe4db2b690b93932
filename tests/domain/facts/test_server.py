"""One spelling for each server address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heimdall_desktop.domain.facts.errors import LinkError
from heimdall_desktop.domain.facts.server import (
    ServerUrl,
    host_name,
    is_loopback,
    is_sent_in_clear,
    server_url,
)


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
    assert server_url(text) == url
    assert server_url(url) == url


@pytest.mark.parametrize(
    "text",
    ["", "  ", "ftp://h.test", "https://", "https://h.test:99999", "https://h:x", "http://[::1"],
)
def test_no_address_is_refused(text: str) -> None:
    with pytest.raises(LinkError):
        server_url(text)


@given(st.text() | st.text(alphabet="htps:/@[]?#.%0a", max_size=40))
def test_any_text_is_an_address_or_a_link_error(text: str) -> None:
    try:
        url = server_url(text)
    except LinkError:
        return
    assert server_url(url) == url
    assert host_name(url)


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("http://localhost:8080", True),
        ("http://127.0.0.1", True),
        ("http://127.9.9.9:1", True),
        ("http://[::1]:8080", True),
        ("http://h.test", False),
        ("http://127.0.0.1.h.test", False),
        ("http://localhost.h.test", False),
    ],
)
def test_loopback_is_this_machine_only(url: str, told: bool) -> None:
    assert is_loopback(ServerUrl(url)) is told


def test_host_is_shown_with_an_unusual_port() -> None:
    assert host_name(server_url("https://h.test:8443/x")) == "h.test:8443"


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("http://h.test", True),
        ("http://[2001:db8::1]:80", True),
        ("http://127.0.0.1.example.org", True),
        ("http://localhost:8080", False),
        ("http://[::1]:8080", False),
        ("https://h.test", False),
    ],
)
def test_plain_http_is_readable_on_the_way_but_to_ourselves(url: str, told: bool) -> None:
    assert is_sent_in_clear(ServerUrl(url)) is told
