"""The shapes of refusal, E1 to E10, over the wire. Source: protocol.md 2.2."""

from uuid import UUID

import httpx
import pytest

from heimdall_desktop.local.connection import Connection
from tests.lab.scripting import ScriptedScan
from tests.local.conftest import Lab, assert_envelope, assert_page, assert_text

NOWHERE = UUID("7d0c5f1e-8a34-4b6f-9c55-2e1f0b3a9d68")


@pytest.mark.parametrize("noun", ["scans", "findings", "repos"])
def test_e1_unknown_rows_and_rows_of_others_get_the_same_404(lab: Lab, noun: str) -> None:
    lab.server.add_account("other@example.test", "password")
    theirs = lab.server.script_scan("theirs", "other@example.test").add_findings(1)
    ids = {"scans": theirs.id, "findings": theirs.finding_ids[0], "repos": theirs.repo_id}
    for path in (f"/api/{noun}/{NOWHERE}", f"/api/{noun}/{ids[noun]}"):
        assert_envelope(lab.client.get(path), 404)


def test_e2_missing_or_wrong_token(stranger: httpx.Client, scan: ScriptedScan) -> None:
    for token in ("", "Bearer", "Bearer " + "0" * 64, "bearer x", "Basic x"):
        answer = stranger.get(f"/api/scans/{scan.id}", headers={"authorization": token})
        assert_envelope(answer, 401)
        assert "www-authenticate" not in answer.headers
    assert_envelope(stranger.get("/auth/anything"), 401)


@pytest.mark.parametrize("path", ["/", "/dashboard", "/repos", "/scans/x", "/no/such/page"])
def test_e3_pages_redirect_to_the_sign_in(stranger: httpx.Client, path: str) -> None:
    answer = stranger.get(path)
    assert answer.status_code == 302
    assert answer.headers["location"] == "/login"
    assert answer.content == b""


@pytest.mark.parametrize("text", ["abc", "1234", f"{NOWHERE}0", f"{NOWHERE}"[:-1] + "g", "{x}"])
def test_e5_an_id_that_is_no_uuid(client: httpx.Client, text: str) -> None:
    assert_text(client.get(f"/api/scans/{text}"), 404)
    assert_text(client.get(f"/api/scans/{text}/progress/stream"), 404)
    assert_text(client.get(f"/api/findings/{text}"), 404)
    assert_text(client.get(f"/repos/{text}"), 404)


def test_all_usual_forms_of_uuids_are_accepted(client: httpx.Client, scan: ScriptedScan) -> None:
    bare = scan.id.replace("-", "")
    for text in (scan.id.upper(), bare, f"{{{scan.id}}}", f"urn:uuid:{scan.id}"):
        assert client.get(f"/api/scans/{text}").json()["data"]["id"] == scan.id


def test_e6_unknown_routes_wrong_methods_and_trailing_slashes(lab: Lab) -> None:
    path = f"/api/scans/{lab.scan.id}"
    for answer in (
        lab.client.get("/api/nothing"),
        lab.client.get("/api/repos"),
        lab.client.get("/api/scans"),
        lab.client.post(path),
        lab.client.put(path),
        lab.client.delete(f"{path}/live"),
        lab.client.get(f"{path}/"),
        lab.client.post("/api/repos/", json={"name": "x"}),
        lab.client.get("/no/such/page"),
    ):
        assert_page(answer)
    assert lab.client.head(path).status_code == 404


def test_e7_unknown_api_routes_without_a_token(stranger: httpx.Client) -> None:
    assert_envelope(stranger.get("/api/nothing"), 401)
    assert_page(stranger.get("/api/auth/nothing"))


def test_only_health_returns_405(client: httpx.Client) -> None:
    assert client.post("/health").status_code == 405
    assert client.get("/health/").status_code == 404


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (b"{", "application/json"),
        (b"[]", "application/json"),
        (b"{}", "application/json"),
        (b'{"name": 5}', "application/json"),
        (b'{"name": null}', "application/json"),
        (b'{"name": "\\ud800"}', "application/json"),
        (b'{"name": "\xff"}', "application/json"),
        (b"[" * 100_000, "application/json"),
        (b'{"name": "x"}', "text/plain"),
        (b'{"name": "x"}', ""),
    ],
)
def test_e8_bodies_that_cannot_be_read(lab: Lab, content: bytes, content_type: str) -> None:
    headers = {"content-type": content_type} if content_type else {}
    assert_text(lab.client.post("/api/repos", content=content, headers=headers), 400)


@pytest.mark.parametrize(
    "query",
    [
        "page=-1",
        "page=x",
        "page=",
        "page=1.0",
        "page=4294967296",
        "per_page=99999999999",
        "per_page=+5",
        "page=1&page=2",
        "page=\u0661",
    ],
)
def test_e9_query_values_that_are_no_u32(lab: Lab, query: str) -> None:
    assert_text(lab.client.get(f"/api/scans/{lab.scan.id}/findings?{query}"), 400)


def test_e9_comes_before_404_and_after_e5(client: httpx.Client) -> None:
    assert_text(client.get(f"/api/scans/{NOWHERE}/findings?page=x"), 400)
    assert_text(client.get("/api/scans/abc/findings?page=x"), 404)


def test_e10_bodies_over_the_limit(client: httpx.Client, scan: ScriptedScan) -> None:
    name = "x" * (2 * 1024 * 1024)
    answer = client.post("/api/repos", json={"name": name})
    assert_text(answer, 413)
    assert answer.headers["connection"] == "close"
    finding_id = scan.add_findings(1).finding_ids[0]
    path = f"/api/findings/{finding_id}/status"
    assert_text(client.patch(path, json={"status": "x" * 256 * 1024}), 413)
    assert_text(client.patch(path, data={"status": "x" * 256 * 1024}), 413)


def test_an_internal_error_is_a_500_envelope_and_the_server_continues(
    lab: Lab, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("disk on fire")

    client, path = lab.client, f"/api/scans/{lab.scan.id}"
    with monkeypatch.context() as patch:
        patch.setattr(Connection, "select", broken)
        assert client.get("/health").status_code == 200
        assert_envelope(client.get(path), 500)
    assert client.get(path).status_code == 200
    assert caplog.messages == [f"GET {path} failed"]


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "PUT"])
def test_e6_unknown_methods(client: httpx.Client, scan: ScriptedScan, method: str) -> None:
    for path in (f"/api/scans/{scan.id}", f"/api/scans/{scan.id}/live", "/api/auth/me"):
        answer = client.request(method, path)
        assert answer.status_code == 404
        assert answer.headers["content-type"].startswith("text/html")
