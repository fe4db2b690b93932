"""Register, sign in, sign out, me. Source: heimdall-api.md §1.3."""

import re
import time

import httpx
import pytest

from tests.lab.server import LabServer
from tests.local.conftest import EMAIL, PASSWORD
from tests.local.test_errors import assert_envelope, assert_text

SESSION_COOKIE = re.compile(
    r"heimdall_session=[0-9a-f]{64}; HttpOnly; Max-Age=604800; Path=/; SameSite=lax"
)


def post(client: httpx.Client, path: str, body: dict[str, str]) -> httpx.Response:
    return client.post(f"/api/auth/{path}", json=body)


def set_cookies(answer: httpx.Response) -> list[str]:
    return answer.headers.get_list("set-cookie")


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


def test_login_and_me(stranger: httpx.Client) -> None:
    answer = post(stranger, "login", {"email": EMAIL, "password": PASSWORD})
    assert answer.status_code == 200
    stranger.cookies.clear()
    headers = {"authorization": f"Bearer {answer.json()['data']['token']}"}
    me = stranger.get("/api/auth/me", headers=headers).json()["data"]
    assert me.keys() == {"id", "email", "display_name", "avatar_url", "role", "created_at"}
    assert me["email"] == EMAIL
    assert me["display_name"] is None
    assert me["created_at"].endswith("Z")


def test_a_wrong_password_and_an_unknown_address_are_alike(stranger: httpx.Client) -> None:
    wrong = post(stranger, "login", {"email": EMAIL, "password": "wrong"})
    unknown = post(stranger, "login", {"email": "nobody@example.test", "password": "wrong"})
    assert_envelope(wrong, 401)
    assert wrong.text == unknown.text
    assert_envelope(post(stranger, "login", {"email": EMAIL, "password": ""}), 400)


def test_missing_fields_are_plain_text(stranger: httpx.Client) -> None:
    assert_text(post(stranger, "login", {"email": EMAIL}), 400)


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


def test_logout_without_any_token_is_401_once_csrf_is_satisfied(stranger: httpx.Client) -> None:
    stranger.get("/health")
    headers = {"x-csrf-token": stranger.cookies["_csrf"]}
    assert_envelope(stranger.post("/api/auth/logout", headers=headers), 401)


@pytest.mark.parametrize("path", ["github/authorize", "gitlab/callback"])
def test_browser_sign_in_does_not_exist_here(stranger: httpx.Client, path: str) -> None:
    assert stranger.get(f"/api/auth/{path}").status_code == 404
