"""What a sign-in is refused for before anything is sent."""

import pytest

from heimdall_desktop.domain.facts.errors import HeimdallError
from heimdall_desktop.widgets.adding.sign_in import (
    checked_account,
    checked_server,
    checked_token,
    needs_to_allow_clear,
)
from tests.fakes.errors import raises_saying


@pytest.mark.parametrize(
    ("server", "expected"),
    [
        ("http://heimdall.example.org", True),
        ("http://10.0.0.7:8080", True),
        ("http://localhost:8080", False),
        ("http://127.0.0.1", False),
        ("https://heimdall.example.org", False),
        ("heimdall.example.org", False),
        ("ftp://heimdall.example.org", False),
    ],
)
def test_plain_http_to_another_machine_is_noticed(server: str, expected: bool) -> None:
    assert needs_to_allow_clear(server) is expected


def test_it_takes_an_explicit_exception() -> None:
    with raises_saying(
        HeimdallError,
        match=(
            "The connection to this server is unencrypted, so anyone on the network path can "
            "read the token."
        ),
    ):
        checked_server("http://heimdall.example.org", allows_clear=False)
    url = checked_server("http://heimdall.example.org/", allows_clear=True)
    assert url == "http://heimdall.example.org"


@pytest.mark.parametrize("server", ["", "   ", "ftp://x", "https://"])
def test_a_server_needs_an_address(server: str) -> None:
    with pytest.raises(HeimdallError):
        checked_server(server, allows_clear=True)


def test_blanks_around_a_token_are_no_part_of_it() -> None:
    assert checked_token(" 0a1b\n") == "0a1b"


@pytest.mark.parametrize("token", ["", "  ", "caf\u00e9", "a b", "a\nb", "a\u202eb"])
def test_a_token_no_header_could_carry_is_refused(token: str) -> None:
    with pytest.raises(HeimdallError) as caught:
        checked_token(token)
    assert not token.strip() or token not in str(caught.value)


def test_an_account_needs_both_parts() -> None:
    assert checked_account(" mira@example.org ", "x") == "mira@example.org"
    for email, password in (("", "x"), ("mira@example.org", "")):
        with pytest.raises(HeimdallError):
            checked_account(email, password)
