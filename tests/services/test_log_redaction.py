"""What a secret looks like, and what must stay readable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heimdall_desktop.domain.facts.errors import Reason, ServerFault
from heimdall_desktop.services.log import REDACTED, Redaction

TOKEN = "c0ffee" * 10 + "beef"  # as long as a session token


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Authorization: Bearer {TOKEN}", f"Authorization: {REDACTED}"),
        ("{'authorization': 'Bearer opaque', 'x': 1}", f"{{'authorization': {REDACTED}"),
        ("Set-Cookie: heimdall_session=opaque; Path=/", f"Set-Cookie: {REDACTED}"),
        ("sent bearer opaque-value, then more", f"sent bearer {REDACTED}, then more"),
        ("/progress?token=opaque&after=3", f"/progress?token={REDACTED}&after=3"),
        ('{"session_token": "opaque", "id": 7}', f'{{"session_token": "{REDACTED}", "id": 7}}'),
        ("password='hunter2'", f"password='{REDACTED}'"),
        ("https://ada:hunter2@example.org/x", f"https://{REDACTED}@example.org/x"),
        (f"unknown thing {TOKEN} here", f"unknown thing {REDACTED} here"),
    ],
)
def test_redacts_what_looks_like_a_secret(text: str, expected: str) -> None:
    assert Redaction().redact(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "watch of 3b1e6a52-9c44-4d8b-8f0e-2f8a5f1d6c77 reconnects in 8 s",
        "3 tokens in the keyring",
        "https://heimdall.example.org:8443/scans",
        "commit 0123456789abcdef0123456789abcdef01234567",
    ],
)
def test_leaves_the_rest_alone(text: str) -> None:
    assert Redaction().redact(text) == text


def test_redacts_what_it_was_told_whatever_it_looks_like() -> None:
    redaction = Redaction()
    redaction.know("short one")
    redaction.know("")

    assert redaction.redact("a short one, twice: short one") == (f"a {REDACTED}, twice: {REDACTED}")


def test_a_secret_is_known_for_a_while_in_every_spelling() -> None:
    redaction = Redaction()
    typed = "pä&s 'w\"rd"
    spelt = (
        typed,
        "p%C3%A4%26s%20%27w%22rd",
        "p%C3%A4%26s+%27w%22rd",
        r"p\u00e4&s 'w\"rd",
        "pä&amp;s &#x27;w&quot;rd",
    )
    told = "\n".join(spelt)
    with redaction.knowing(typed) as redact:
        assert redaction.redact(told) == redact(told) == "\n".join([REDACTED] * len(spelt))
        assert redaction.masked(told.encode()) == told.encode(), "it may be a word of any code"
    assert redaction.redact(told) == told


def test_what_is_known_for_good_is_not_forgotten_with_what_is_known_for_a_while() -> None:
    redaction = Redaction()
    redaction.know("the same")
    with redaction.knowing("the same"):
        pass
    assert redaction.redact("the same") == REDACTED


def test_after_a_refusal_it_is_forgotten_and_after_a_defect_it_is_not() -> None:
    redaction = Redaction()
    with pytest.raises(ServerFault), redaction.knowing("typed"):
        raise ServerFault(Reason.SERVER_FAILED, host="h.test", answer="HTTP 500")
    assert redaction.redact("typed") == "typed"
    with pytest.raises(ZeroDivisionError), redaction.knowing("typed"):
        raise ZeroDivisionError
    assert redaction.redact("typed") == REDACTED


@given(st.text(), st.text(), st.text(min_size=1))
def test_a_known_secret_never_comes_through(before: str, after: str, secret: str) -> None:
    redaction = Redaction()
    redaction.know(secret)
    shown = redaction.redact(f"{before}{secret}{after}")

    assert all(secret not in part for part in shown.split(REDACTED))


def test_bytes_are_masked_where_a_secret_in_use_stands_and_keep_their_length() -> None:
    redaction = Redaction()
    redaction.know("pässword of mine")
    redaction.know("short")
    told = f"before pässword of mine, short, {TOKEN}".encode()
    masked = redaction.masked(told)
    assert masked == f"before {'*' * 17}, short, {TOKEN}".encode()
    assert len(masked) == len(told)
