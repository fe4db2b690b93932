"""Each shape of an answer and the error it means. Source: protocol.md 2.2, 11.1."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from heimdall_desktop.domain.facts import errors
from heimdall_desktop.presentation.error_text import cause
from heimdall_desktop.services.transport import answers


def answer(
    status: int, content_type: str, body: str | bytes = "", **headers: str
) -> answers.Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    content = body.encode() if isinstance(body, str) else body
    return answers.Answer("h.test", status, {"content-type": content_type, **named}, content)


FLAT = '{"success": false, "%s": %s, "message": "No"}'


def envelope(status: int, message: str) -> answers.Answer:
    body = f'{{"success": false, "error": {{"code": {status}, "message": "{message}"}}}}'
    return answer(status, "application/json", body)


@pytest.mark.parametrize(
    ("response", "kind"),
    [
        (envelope(401, "Authentication required"), errors.SignedOut),
        (answer(401, "text/html", "<html>"), errors.SignedOut),
        (envelope(404, "Scan not found"), errors.NotVisible),
        (answer(404, "text/plain", "UUID parsing failed"), errors.RouteMissing),
        (answer(404, "text/html", "<!DOCTYPE html>"), errors.RouteMissing),
        (answer(404, "application/json", '{"detail": "Not Found"}'), errors.RouteMissing),
        (answer(404, "application/json", "broken"), errors.RouteMissing),
        (answer(404, "application/json", FLAT % ("code", "404")), errors.NotVisible),
        (answer(405, "text/plain"), errors.RouteMissing),
        (answer(501, "text/html"), errors.RouteMissing),
        (answer(410, "text/plain"), errors.NotVisible),
        (answer(403, "application/json", FLAT % ("error", '"CSRF"')), errors.RequestRefused),
        (answer(400, "text/plain", "Query deserialize error"), errors.RequestRefused),
        (envelope(409, "Already completed"), errors.RequestRefused),
        (answer(413, "text/plain", "too large"), errors.RequestRefused),
        (answer(407, "text/html"), errors.ServerUnreachable),
        (answer(429, "text/plain", "Too many requests, retry in 4s"), errors.ServerBusy),
        (answer(503, "text/html", retry_after="7"), errors.ServerBusy),
        (envelope(503, "No AI provider"), errors.ServerLacking),
        (answer(503, "text/html", "<html>"), errors.ServerFault),
        (answer(502, "text/html", "<html>Bad gateway"), errors.ServerFault),
        (envelope(500, "pool timed out"), errors.ServerFault),
        (answer(302, "", location="/login"), errors.WrongServer),
    ],
)
def test_failure_is_what_it_means(response: answers.Answer, kind: type[errors.ServerError]) -> None:
    assert type(answers.failure(response)) is kind


@pytest.mark.parametrize(
    ("response", "wait_s"),
    [
        (answer(429, "text/plain", "Too many requests, retry in 4s", x_ratelimit_after="4"), 5),
        (answer(429, "text/plain", "Too many requests, retry in 4s"), 5),
        (answer(429, "text/plain", x_ratelimit_after="0"), 1),
        (answer(429, "text/plain"), 6),
        (answer(429, "text/plain", retry_after="99999999999999999999999"), answers.LONGEST_WAIT_S),
        (answer(503, "text/plain", retry_after="Wed, 21 Oct 2015 07:28:00 GMT"), 1),
        (answer(429, "text/plain", retry_after="soon"), 6),
        (answer(429, "text/plain", retry_after="-5"), 6),
    ],
)
def test_the_wait_is_read_from_headers_and_text(response: answers.Answer, wait_s: float) -> None:
    error = answers.failure(response)
    assert isinstance(error, errors.ServerBusy)
    assert error.wait_s == wait_s


@given(st.text())
@example("Fri, 31 Dec 9999 23:59:59 GMT")
@example("Fri, 31 Dec 9999 23:59:59 -2359")
@example("Mon, 01 Jan 0001 00:00:00 +2359")
@example("Fri, 31 Dec 10000 23:59:59 GMT")
@example(f"Fri, 31 Dec {'9' * 30} 23:59:59 GMT")
@example(f"Fri, {'9' * 5000} Dec 2030 23:59:59 GMT")
@example("Fri, 31 Dec 2030 23:59:59 +99999999999999999999")
@example("Fri, 31 Dec 2030 99999999999999999999:59:59 GMT")
def test_an_absurd_wait_is_none_or_the_longest(response: str) -> None:
    error = answers.failure(answer(429, "text/plain", retry_after=response))
    assert isinstance(error, errors.ServerBusy)
    assert 1 <= error.wait_s <= answers.LONGEST_WAIT_S


@pytest.mark.parametrize("place", ["http://[", "//[::1", "https://a]", "http://\u2100/"])
def test_a_move_to_what_is_no_address_is_one_to_nowhere(place: str) -> None:
    moved = answer(302, "text/html", location=place)
    error = answers.failure(moved)
    assert isinstance(error, errors.WrongServer)
    assert "redirects to an empty address" in cause(error)
    with pytest.raises(errors.PageUnreadable):
        answers.html_body(moved)


def test_message_is_one_short_harmless_line() -> None:
    reported = cause(answers.failure(envelope(500, "two\\nlines \\u202e and <b>" + "x" * 1000)))
    assert reported.startswith("h.test returned an error: HTTP 500, two lines \ufffd and <b>xx")
    assert len(reported) < 300


def test_html_is_never_repeated_and_a_move_names_its_address_without_secrets() -> None:
    assert "gateway" not in str(answers.failure(answer(502, "text/html", "<h1>Bad gateway</h1>")))
    where = "https://mira:pw@new.test:8443/heimdall?token=abc#part"
    reported = str(answers.failure(answer(301, "", location=where)))
    assert "https://new.test:8443/heimdall" in reported
    assert "abc" not in reported
    assert "pw" not in reported


def test_success_gives_its_json_or_is_another_server() -> None:
    assert answers.json_body(answer(201, "Application/JSON; charset=utf-8", "{}")) == b"{}"
    for status, kind, body in ((200, "text/html", "<html>Sign in"), (204, "", ""), (200, "", "")):
        with pytest.raises(errors.WrongServer):
            answers.json_body(answer(status, kind, body))


def test_stream_needs_its_own_content_type() -> None:
    answers.require_event_stream(answer(200, "Text/Event-Stream; charset=iso-8859-1"))
    for other in ("application/x-text/event-streaming", "application/json", ""):
        with pytest.raises(errors.WrongServer):
            answers.require_event_stream(answer(200, other))
    with pytest.raises(errors.WrongServer):
        answers.require_event_stream(answer(204, "text/event-stream"))
    with pytest.raises(errors.SignedOut):
        answers.require_event_stream(envelope(401, "no"))
