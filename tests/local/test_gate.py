"""The CSRF check, its cookie, and the session that lets a request pass."""

import re
from collections.abc import Iterator

import httpx
import pytest

from heimdall_desktop.local.scripting import ScriptedScan
from heimdall_desktop.local.server import EmbeddedServer
from tests.local.conftest import EMAIL

COOKIE = re.compile(r"_csrf=[0-9a-f]{64}; Path=/; SameSite=Strict; Max-Age=86400")


@pytest.fixture
def browser(server: EmbeddedServer) -> Iterator[httpx.Client]:
    """Has the session as a cookie and no header."""
    cookies = {"heimdall_session": server.new_session(EMAIL)}
    with httpx.Client(base_url=server.url, cookies=cookies, trust_env=False) as opened:
        yield opened


def test_nearly_every_answer_hands_out_the_cookie(
    stranger: httpx.Client, scan: ScriptedScan
) -> None:
    for path in ("/health", f"/api/scans/{scan.id}", "/", "/api/auth/me"):
        stranger.cookies.clear()
        assert COOKIE.fullmatch(stranger.get(path).headers["set-cookie"])
    assert "set-cookie" not in stranger.get("/health").headers


def test_the_refusal_hands_out_no_cookie(stranger: httpx.Client) -> None:
    assert "set-cookie" not in stranger.post("/api/auth/logout").headers


def test_the_stream_hands_it_out_too(client: httpx.Client, scan: ScriptedScan) -> None:
    with client.stream("GET", f"/api/scans/{scan.id}/progress/stream") as answer:
        assert COOKIE.fullmatch(answer.headers["set-cookie"])


def test_a_cookie_is_as_good_as_a_header_for_reading(
    browser: httpx.Client, scan: ScriptedScan
) -> None:
    assert browser.get(f"/api/scans/{scan.id}").status_code == 200


def test_a_header_wins_over_the_cookie(browser: httpx.Client, scan: ScriptedScan) -> None:
    def status(authorization: str) -> int:
        headers = {"authorization": authorization}
        return browser.get(f"/api/scans/{scan.id}", headers=headers).status_code

    assert status("Bearer " + "0" * 64) == 401
    assert status("Bearer") == 200
    assert status("bearer " + "0" * 64) == 200


def test_a_token_in_the_query_is_ignored(
    server: EmbeddedServer, stranger: httpx.Client, scan: ScriptedScan
) -> None:
    token = server.new_session(EMAIL)
    assert stranger.get(f"/api/scans/{scan.id}?token={token}").status_code == 401


def test_a_browser_writes_with_its_csrf_token_only(browser: httpx.Client) -> None:
    browser.get("/health")
    token = browser.cookies["_csrf"]
    body = {"name": "x"}
    assert browser.post("/api/repos", json=body).status_code == 403
    wrong = {"x-csrf-token": "0" * 64}
    assert browser.post("/api/repos", json=body, headers=wrong).status_code == 403
    right = {"x-csrf-token": token}
    assert browser.post("/api/repos", json=body, headers=right).status_code == 201
    assert browser.post(f"/api/repos?_csrf={token}", json=body).status_code == 201


def test_csrf_comes_before_the_session(stranger: httpx.Client) -> None:
    assert stranger.post("/api/auth/logout").status_code == 403
    assert stranger.delete("/api/repos/x").status_code == 403
    assert stranger.put("/api/repos/x").status_code == 401


def test_an_expired_session_is_over(
    server: EmbeddedServer, client: httpx.Client, scan: ScriptedScan
) -> None:
    assert client.get(f"/api/scans/{scan.id}").status_code == 200
    server.expire_sessions(EMAIL)
    assert client.get(f"/api/scans/{scan.id}").status_code == 401
