"""The bucket of ten before `/api/auth/*`. Source: heimdall-api.md §1.5."""

import httpx

from tests.lab.browser_access import TokenBucket
from tests.lab.server import LabServer
from tests.local.conftest import EMAIL, PASSWORD

SECRET = "f" * 64


class SetClock:
    """A clock that stands where it was put."""

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


def test_a_rested_bucket_is_full_and_no_fuller() -> None:
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
