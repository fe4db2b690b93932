"""The line filter lets through whatever a detector of detect-secrets could match."""

import pytest

from heimdall_desktop.local.secret_candidates import has_no_candidate


@pytest.mark.parametrize(
    "line",
    [
        'x = "0123abcd"',
        "x = 'c3VwZXIgbG9uZyBzdHJpbmcgc2hvdWxk'",
        "AKIA" + "IOSFODNN7EXAMPLE",
        "ABIA" + "QWERTYUIOPASDFGH",
        "curl -u x:AKCabcdefghijk",
        "x=AP5abcdefgh",
        "https://mira:pw@host",
        "gh" + "p_0123456789abcdefghijABCDEFGHIJ012345",
        "glpat-" + "0123456789abcdefghij",
        "xox" + "b-1234-abcd",
        "sk_live_" + "abcdefghijklmnopqrstuvwx",
        "eyJhbGciOiJub25lIn0.e30.",
        "AC" + "0123456789abcdef0123456789abcdef",
        "-----BEGIN EC PRIVATE KEY-----",
        "PuTTY-User-Key-File-2: ssh-rsa",
        "DB_PASSWD=x",
        "contraseña = 'x'",
        "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw",
        "//registry.example/:_authToken=npm_x",
        "MTIzNDU2Nzg5MDEyMzQ1Njc4.abcdef.abcdefghijklmnopqrstuvwxyza",
        "0123456789abcdef0123456789abcdef-us5",
    ],
)
def test_a_line_that_a_detector_may_match_stays(line: str) -> None:
    assert not has_no_candidate(line)


@pytest.mark.parametrize(
    "line", ["", "import os", "for number in range(10):", "def read_the_configuration_file(path):"]
)
def test_plain_lines_are_dropped(line: str) -> None:
    assert has_no_candidate(line)
