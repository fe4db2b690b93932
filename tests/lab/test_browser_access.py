"""Cookies, the CSRF check, registration and the rate limit. Source: protocol.md 1.3-1.6."""

import re
import time
from collections.abc import Iterator

import httpx
import pytest

from tests.lab.browser_access import TokenBucket
from tests.lab.scripting import ScriptedScan
from tests.lab.server import LabServer
from tests.local.conftest import EMAIL, PASSWORD, assert_envelope

SECRET = "f" * 64
SESSION_COOKIE = re.compile(
    r"heimdall_session=[0-9a-f]{64}; HttpOnly; Max-Age=604800; Path=/; SameSite=lax"
)
COOKIE = re.compile(r"_csrf=[0-9a-f]{64}; Path=/; SameSite=Strict; Max-Age=86400")


class SetClock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


def test_ten_at_once_then_one_every_six_seconds() -> None:
    clock = SetClock()
    bucket = TokenBucket(clock=clock)
    assert [bucket.take("peer") for _ in range(10)] == [0.0] * 10
    assert bucket.take("peer") == 6.0
    clock.now_s += 2
    assert bucket.take("peer") == 4.0
    clock.now_s += 4
    assert bucket.take("peer") == 0.0
    assert bucket.take("peer") == 6.0


def test_a_bucket_refills_up_to_its_burst() -> None:
    clock = SetClock()
    bucket = TokenBucket(clock=clock)
    for _ in range(10):
        bucket.take("peer")
    clock.now_s += 3_600
    assert [bucket.take("peer") for _ in range(11)] == [0.0] * 10 + [6.0]


def test_peers_do_not_share_a_bucket() -> None:
    bucket = TokenBucket(burst=1, clock=SetClock())
    assert bucket.take("one") == 0.0
    assert bucket.take("two") == 0.0
    assert bucket.take("one") > 0


def test_e11_over_the_wire() -> None:
    with LabServer() as server, httpx.Client(base_url=server.url, trust_env=False) as client:
        statuses = [client.get("/api/auth/me").status_code for _ in range(10)]
        client.cookies.clear()
        refused = client.get("/api/auth/nothing")
        elsewhere = client.get("/api/nothing")
    assert statuses == [401] * 10
    assert refused.status_code == 429
    assert refused.headers["content-type"].startswith("text/plain")
    wait_s = int(refused.headers["x-ratelimit-after"])
    assert 0 <= wait_s <= 6
    assert refused.text == f"Too many requests, retry in {wait_s}s"
    assert refused.headers["retry-after"] == str(wait_s)
    assert refused.headers["set-cookie"].startswith("_csrf=")
    assert elsewhere.status_code == 401


def test_requests_without_the_secret_take_nothing_from_the_bucket() -> None:
    body = {"email": EMAIL, "password": "guessed"}
    owner = {"x-heimdall-run-secret": SECRET}
    with (
        LabServer(secret=SECRET) as server,
        httpx.Client(base_url=server.url, trust_env=False) as client,
    ):
        server.add_account(EMAIL, PASSWORD)
        guessed = [client.post("/api/auth/login", json=body).status_code for _ in range(30)]
        login = client.post("/api/auth/login", json=body | {"password": PASSWORD}, headers=owner)
        assert login.status_code == 200
        token = {"authorization": f"Bearer {login.json()['data']['token']}"}
        rest = [client.get("/api/auth/me", headers=owner | token).status_code for _ in range(10)]
    assert guessed == [401] * 30
    assert rest == [200] * 9 + [429]


def post(client: httpx.Client, path: str, body: dict[str, str]) -> httpx.Response:
    return client.post(f"/api/auth/{path}", json=body)


def test_register_signs_in(stranger: httpx.Client) -> None:
    answer = post(
        stranger,
        "register",
        {"email": "new@example.test", "password": "8 chars!", "display_name": "New"},
    )
    assert answer.status_code == 201
    data = answer.json()["data"]
    assert re.fullmatch("[0-9a-f]{64}", data["token"])
    assert {data["token"][12], data["token"][44]} == {"7"}
    signed_in_at_s = int(data["token"][:12], 16) / 1000
    assert abs(signed_in_at_s - time.time()) < 60
    assert data["user"].keys() == {"id", "email", "display_name", "role", "created_at"}
    assert data["user"]["display_name"] == "New"
    assert data["user"]["role"] == "user"
    assert any(SESSION_COOKIE.fullmatch(cookie) for cookie in answer.headers.get_list("set-cookie"))


def test_register_refuses_with_one_message(stranger: httpx.Client) -> None:
    answer = post(stranger, "register", {"email": "nobody", "password": "short"})
    assert_envelope(answer, 400)
    lines = answer.json()["error"]["message"].splitlines()
    assert len(lines) == 2
    assert {line.split(":")[0] for line in lines} == {"email", "password"}


def test_an_address_is_used_once(stranger: httpx.Client) -> None:
    assert_envelope(post(stranger, "register", {"email": EMAIL, "password": "long enough"}), 409)


def test_logout_without_any_token_is_401_once_csrf_is_satisfied(stranger: httpx.Client) -> None:
    stranger.get("/health")
    headers = {"x-csrf-token": stranger.cookies["_csrf"]}
    assert_envelope(stranger.post("/api/auth/logout", headers=headers), 401)


@pytest.fixture
def browser(server: LabServer) -> Iterator[httpx.Client]:
    """Has the session as a cookie and no header."""
    cookies = {"heimdall_session": server.new_session(EMAIL)}
    with httpx.Client(base_url=server.url, cookies=cookies, trust_env=False) as opened:
        yield opened


def test_nearly_every_answer_sets_the_cookie(stranger: httpx.Client, scan: ScriptedScan) -> None:
    for path in ("/health", f"/api/scans/{scan.id}", "/", "/api/auth/me"):
        stranger.cookies.clear()
        assert COOKIE.fullmatch(stranger.get(path).headers["set-cookie"])
    assert "set-cookie" not in stranger.get("/health").headers


def test_the_refusal_sets_no_cookie(stranger: httpx.Client) -> None:
    assert "set-cookie" not in stranger.post("/api/auth/logout").headers


def test_the_stream_sets_the_cookie_too(client: httpx.Client, scan: ScriptedScan) -> None:
    with client.stream("GET", f"/api/scans/{scan.id}/progress/stream") as answer:
        assert COOKIE.fullmatch(answer.headers["set-cookie"])


def test_a_cookie_is_enough_for_reading(browser: httpx.Client, scan: ScriptedScan) -> None:
    assert browser.get(f"/api/scans/{scan.id}").status_code == 200


def test_a_header_wins_over_the_cookie(browser: httpx.Client, scan: ScriptedScan) -> None:
    def status(authorization: str) -> int:
        headers = {"authorization": authorization}
        return browser.get(f"/api/scans/{scan.id}", headers=headers).status_code

    assert status("Bearer " + "0" * 64) == 401
    assert status("Bearer") == 200
    assert status("bearer " + "0" * 64) == 200


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


def test_e4_a_write_without_bearer_or_csrf_token(stranger: httpx.Client) -> None:
    answer = stranger.post("/api/repos", json={"name": "x"})
    assert answer.status_code == 403
    assert answer.json() == {"success": False, "error": "CSRF token mismatch"}


def test_a_token_in_the_header_counts_before_the_one_in_the_query(stranger: httpx.Client) -> None:
    stranger.get("/health")
    cookie = stranger.cookies["_csrf"]
    path = f"/api/auth/logout?_csrf={cookie}"
    assert stranger.post(path).status_code == 401
    assert stranger.post(path, headers={"x-csrf-token": "0" * 64}).status_code == 403
