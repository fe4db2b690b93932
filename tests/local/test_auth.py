"""Who may use the server: names, the secret of the run, sessions, passwords."""

import re
from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest

from heimdall_desktop.local import auth
from heimdall_desktop.local.database import Database
from tests.lab.server import LabServer
from tests.lab.workers import IdleWorker
from tests.local.conftest import EMAIL, PASSWORD, Lab, assert_envelope

SECRET = "f" * 64


def test_a_hash_matches_only_its_password() -> None:
    stored = auth.hash_password("päßword")
    assert "word" not in stored
    assert auth.hash_password("päßword") != stored
    assert auth.is_password("päßword", stored)
    assert not auth.is_password("password", stored)
    assert not auth.is_password("", None)


def test_the_database_never_sees_a_token(database: Database) -> None:
    user = database.add_user("a@b", "hash")
    token = auth.new_session(database, user.id)
    assert re.fullmatch("[0-9a-f]{64}", token)
    stored = [cells[0] for cells in database.cells("SELECT token_hash FROM sessions")]
    assert stored == [auth.token_hash(token)]
    assert token not in stored


def test_a_session_expires_after_its_lifetime(database: Database) -> None:
    user = database.add_user("a@b", "hash")
    over = auth.new_session(database, user.id, timedelta(0))
    assert database.user_of_session(auth.token_hash(over)) is None


def post(client: httpx.Client, path: str, body: dict[str, str]) -> httpx.Response:
    return client.post(f"/api/auth/{path}", json=body)


def set_cookies(answer: httpx.Response) -> list[str]:
    return answer.headers.get_list("set-cookie")


def test_wrong_password_and_unknown_address_get_the_same_answer(stranger: httpx.Client) -> None:
    wrong = post(stranger, "login", {"email": EMAIL, "password": "wrong"})
    unknown = post(stranger, "login", {"email": "nobody@example.test", "password": "wrong"})
    assert_envelope(wrong, 401)
    assert wrong.text == unknown.text
    assert_envelope(post(stranger, "login", {"email": EMAIL, "password": ""}), 400)


def test_logout_ends_this_session_only(server: LabServer, client: httpx.Client) -> None:
    other = {"authorization": f"Bearer {server.new_session(EMAIL)}"}
    ended = client.post("/api/auth/logout")
    assert ended.json()["data"].keys() == {"message"}
    assert any(cookie.startswith("heimdall_session=") for cookie in set_cookies(ended))
    client.cookies.clear()
    assert_envelope(client.get("/api/auth/me"), 401)
    again = client.post("/api/auth/logout")
    assert again.status_code == 200
    assert not any(cookie.startswith("heimdall_session=") for cookie in set_cookies(again))
    assert client.get("/api/auth/me", headers=other).status_code == 200


@pytest.mark.parametrize("path", ["github/authorize", "gitlab/callback"])
def test_browser_sign_in_is_not_supported(stranger: httpx.Client, path: str) -> None:
    assert stranger.get(f"/api/auth/{path}").status_code == 404


def test_a_token_in_the_query_is_ignored(lab: Lab) -> None:
    token = lab.server.new_session(EMAIL)
    assert lab.stranger.get(f"/api/scans/{lab.scan.id}?token={token}").status_code == 401


@pytest.fixture
def sealed() -> Iterator[LabServer]:
    with LabServer(secret=SECRET, worker=lambda *_: IdleWorker()) as running:
        running.add_account(EMAIL, PASSWORD)
        yield running


def get(server: LabServer, path: str, **headers: str) -> httpx.Response:
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.get(f"{server.url}{path}", headers=given, trust_env=False)


def test_without_the_secret_only_the_envelope_is_returned(sealed: LabServer) -> None:
    token = f"Bearer {sealed.new_session(EMAIL)}"
    for path in ("/api/auth/me", "/", "/login", "/nowhere", "/api/nowhere", "/health/"):
        answer = get(sealed, path, authorization=token)
        assert_envelope(answer, 401)
        assert "set-cookie" not in answer.headers
        assert "www-authenticate" not in answer.headers
    assert sealed.requests.as_json()["total"] == 0
    assert get(sealed, "/health").status_code == 200


def test_secret_and_session_are_both_required(sealed: LabServer) -> None:
    token = f"Bearer {sealed.new_session(EMAIL)}"
    path = "/api/auth/me"
    assert get(sealed, path, x_heimdall_run_secret=SECRET).status_code == 401
    assert get(sealed, path, authorization=f"Bearer {SECRET}").status_code == 401
    both = get(sealed, path, x_heimdall_run_secret=SECRET, authorization=token)
    assert both.json()["data"]["email"] == EMAIL


@pytest.mark.parametrize("given", ["", "f", "f" * 63, "f" * 65, "F" * 64, "f" * 63 + "\xff"])
def test_a_wrong_secret_is_refused(sealed: LabServer, given: str) -> None:
    headers = {b"x-heimdall-run-secret": given.encode("latin-1")}
    answer = httpx.get(f"{sealed.url}/login", headers=headers, trust_env=False)
    assert answer.status_code == 401


def test_a_server_with_a_secret_accepts_no_new_accounts(sealed: LabServer) -> None:
    body = {"email": "mallory@example.test", "password": "long enough"}
    url, headers = f"{sealed.url}/api/auth/register", {"x-heimdall-run-secret": SECRET}
    answer = httpx.post(url, json=body, headers=headers, trust_env=False)
    assert_envelope(answer, 403)
    assert sealed.database.user_by_email("mallory@example.test") is None


@pytest.mark.parametrize("host", ["127.0.0.1:1", "localhost:80", "LOCALHOST", "127.0.0.1"])
def test_without_a_secret_any_port_is_accepted(server: LabServer, host: str) -> None:
    assert get(server, "/health", host=host).status_code == 200
    assert get(server, "/health", host=host, origin=f"http://{host.lower()}").status_code == 200


def test_without_a_secret_foreign_hosts_and_origins_are_refused(server: LabServer) -> None:
    for host in ("evil.example:80", "evil.example", "127.0.0.1.evil.example", "[::1]:1", "x"):
        assert_envelope(get(server, "/health", host=host), 421)
    for origin in ("http://evil.example", "null", "https://127.0.0.1"):
        assert_envelope(get(server, "/health", origin=origin), 403)
