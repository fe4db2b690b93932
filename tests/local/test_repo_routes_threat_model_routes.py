"""Threat models read and edited by their own id. Source: heimdall-api.md §4.11."""

from uuid import uuid4

import httpx
import pytest

from tests.lab.scripting import ScriptedScan
from tests.lab.server import LabServer
from tests.local.test_errors import assert_envelope, assert_text


@pytest.fixture
def path(server: LabServer, scan: ScriptedScan) -> str:
    row = server.database.scan(scan.id)
    assert row
    drawn = {"name": "drawn"}
    model_id = server.database.add_threat_model(
        row, summary="A shop.", boundaries=[drawn], surfaces=[drawn], data_flows=[]
    )
    return f"/api/threat-models/{model_id}"


def test_it_is_the_model_of_the_scan(client: httpx.Client, scan: ScriptedScan, path: str) -> None:
    by_scan = client.get(f"/api/scans/{scan.id}/threat-model").json()["data"]
    assert client.get(path).json()["data"] == by_scan
    assert by_scan["summary"] == "A shop."


def test_an_edit_overwrites_what_it_names_with_any_json(client: httpx.Client, path: str) -> None:
    before = client.get(path).json()["data"]
    body = {"summary": "Two shops.", "surfaces": "all of it", "boundaries": None}
    answer = client.patch(path, json=body)
    assert answer.status_code == 200
    after = client.get(path).json()["data"]
    assert answer.json()["data"] == after
    assert after["updated_at"] > before["updated_at"]
    assert after == before | {
        "summary": "Two shops.",
        "surfaces_json": "all of it",
        "updated_at": after["updated_at"],
    }
    assert client.post(f"{path}/surfaces", json={"name": "n"}).json()["data"] == [
        {"name": "n", "risk": "", "description": ""}
    ]
    assert client.patch(path, json={}).json()["data"]["summary"] == "Two shops."


def test_elements_by_hand_have_keys_of_their_own(client: httpx.Client, path: str) -> None:
    for part, element in (
        ("surfaces", {"name": "s", "risk": "high", "description": "d"}),
        ("boundaries", {"name": "b", "description": "d"}),
        ("data-flows", {"name": "f", "from": "a", "to": "b", "description": "d"}),
    ):
        elements = client.post(f"{path}/{part}", json=element).json()["data"]
        assert elements[-1] == element
        last = len(elements) - 1
        assert client.delete(f"{path}/{part}/{last}").json()["data"] == elements[:-1]
        assert_envelope(client.delete(f"{path}/{part}/{last}"), 400)
        assert_text(client.delete(f"{path}/{part}/first"), 404)
        assert_text(client.post(f"{path}/{part}", json={}), 400)


def test_refusals(server: LabServer, client: httpx.Client, path: str) -> None:
    assert_envelope(client.get(f"/api/threat-models/{uuid4()}"), 404)
    assert_text(client.get("/api/threat-models/x"), 404)
    assert_envelope(client.patch(path, json={"boundaries": [{"name": "a\x00"}]}), 500)
    assert_envelope(client.patch(path, json={"summary": "\x00"}), 500)
    server.add_account("other@example.test", "password")
    other = {"authorization": f"Bearer {server.new_session('other@example.test')}"}
    assert_envelope(client.get(path, headers=other), 404)
    assert_envelope(client.patch(path, json={"summary": "x"}, headers=other), 404)
