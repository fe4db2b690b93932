"""What stands before all routes: own names, the secret, the CSRF check and the session."""

import re
from collections.abc import Iterator

import httpx
import pytest

from tests.lab.scripting import ScriptedScan
from tests.lab.server import LabServer
from tests.lab.workers import IdleWorker
from tests.local.conftest import EMAIL, PASSWORD
from tests.local.test_errors import assert_envelope

SECRET = "f" * 64
COOKIE = re.compile(r"_csrf=[0-9a-f]{64}; Path=/; SameSite=Strict; Max-Age=86400")


@pytest.fixture
def browser(server: LabServer) -> Iterator[httpx.Client]:
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
    server: LabServer, stranger: httpx.Client, scan: ScriptedScan
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
    server: LabServer, client: httpx.Client, scan: ScriptedScan
) -> None:
    assert client.get(f"/api/scans/{scan.id}").status_code == 200
    server.expire_sessions(EMAIL)
    assert client.get(f"/api/scans/{scan.id}").status_code == 401


@pytest.fixture
def sealed() -> Iterator[LabServer]:
    """A server as the program starts it, with one account."""
    with LabServer(secret=SECRET, worker=lambda *_: IdleWorker()) as running:
        running.add_account(EMAIL, PASSWORD)
        yield running


def asked(server: LabServer, path: str, **headers: str) -> httpx.Response:
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.get(f"{server.url}{path}", headers=given, trust_env=False)


def test_without_the_secret_the_answer_is_the_envelope_and_nothing_else(
    sealed: LabServer,
) -> None:
    token = f"Bearer {sealed.new_session(EMAIL)}"
    for path in ("/api/auth/me", "/", "/login", "/nowhere", "/api/nowhere", "/health/"):
        answer = asked(sealed, path, authorization=token)
        assert_envelope(answer, 401)
        assert "set-cookie" not in answer.headers
        assert "www-authenticate" not in answer.headers
    assert sealed.requests.told()["total"] == 0
    assert asked(sealed, "/health").status_code == 200


def test_the_secret_is_no_session_and_a_session_no_secret(sealed: LabServer) -> None:
    token = f"Bearer {sealed.new_session(EMAIL)}"
    path = "/api/auth/me"
    assert asked(sealed, path, x_heimdall_run_secret=SECRET).status_code == 401
    assert asked(sealed, path, authorization=f"Bearer {SECRET}").status_code == 401
    both = asked(sealed, path, x_heimdall_run_secret=SECRET, authorization=token)
    assert both.json()["data"]["email"] == EMAIL


@pytest.mark.parametrize("given", ["", "f", "f" * 63, "f" * 65, "F" * 64, "f" * 63 + "\xff"])
def test_another_secret_is_none(sealed: LabServer, given: str) -> None:
    headers = {b"x-heimdall-run-secret": given.encode("latin-1")}
    answer = httpx.get(f"{sealed.url}/login", headers=headers, trust_env=False)
    assert answer.status_code == 401


def test_a_sealed_server_takes_no_new_accounts(sealed: LabServer) -> None:
    body = {"email": "mallory@example.test", "password": "long enough"}
    url, headers = f"{sealed.url}/api/auth/register", {"x-heimdall-run-secret": SECRET}
    answer = httpx.post(url, json=body, headers=headers, trust_env=False)
    assert_envelope(answer, 403)
    assert sealed.database.user_by_email("mallory@example.test") is None


@pytest.mark.parametrize("host", ["127.0.0.1:1", "localhost:80", "LOCALHOST", "127.0.0.1"])
def test_a_laboratory_may_have_a_proxy_before_it(server: LabServer, host: str) -> None:
    assert asked(server, "/health", host=host).status_code == 200
    assert asked(server, "/health", host=host, origin=f"http://{host.lower()}").status_code == 200


def test_a_laboratory_too_has_no_other_name_and_no_foreign_page(
    server: LabServer,
) -> None:
    for host in ("evil.example:80", "evil.example", "127.0.0.1.evil.example", "[::1]:1", "x"):
        assert_envelope(asked(server, "/health", host=host), 421)
    for origin in ("http://evil.example", "null", "https://127.0.0.1"):
        assert_envelope(asked(server, "/health", origin=origin), 403)
