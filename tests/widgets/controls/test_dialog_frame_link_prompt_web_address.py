"""Which texts may be opened, and what host is named."""

import pytest

from heimdall_desktop.widgets.controls.dialog_frame import host_of, web_address


@pytest.mark.parametrize(
    "text",
    [
        "file:///etc/passwd",
        "javascript:alert(1)",
        "//example.org",
        "https://",
        "https://bank.example@evil.example/",
        "https://example.org/\u202egpj",
        "see https://example.org",
        "\\\\server\\share",
        "https://example.org/" + "x" * 2000,
        "",
    ],
)
def test_anything_but_an_open_web_address_stays_a_text(text: str) -> None:
    assert web_address(text) is None


def test_a_web_address_names_its_host() -> None:
    url = web_address(" https://cwe.mitre.org/data/definitions/89.html ")
    assert url is not None
    assert host_of(url) == "cwe.mitre.org"


def test_letters_that_look_alike_show() -> None:
    url = web_address("https://p\u0430ypal.example:8443/")
    assert url is not None
    assert host_of(url) == "xn--pypal-4ve.example:8443"
