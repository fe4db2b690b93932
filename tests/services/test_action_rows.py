"""Threat models are read whatever their shape: both of the contract, and none at all."""

import json
import random
from datetime import UTC, datetime

import pytest

from heimdall_desktop.domain.facts.errors import WireError
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.threat_model import Boundary, DataFlow, Surface, ThreatModel
from heimdall_desktop.services.action_rows import threat_model

SCAN = ScanId("8c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e21")


def read(**reported: object) -> ThreatModel:
    return threat_model(json.dumps({"success": True, "data": reported}).encode(), SCAN)


def test_as_it_is_generated() -> None:
    model = read(
        summary="Shop.",
        boundaries_json=[
            {"name": "Internet to API", "description": "x", "from_zone": "net", "to_zone": "api"}
        ],
        surfaces_json=[
            {"name": "Search", "description": "y", "endpoint": "GET /orders",
             "file": "shop/orders.py", "line": 80, "risk_level": "high"}
        ],
        data_flows_json=[
            {"name": "Card", "description": "z", "source": "browser", "sink": "bank",
             "sensitive_data": "PAN"}
        ],
        model_version=3,
        edited_by="somebody",
    )  # fmt: skip
    assert model == ThreatModel(
        SCAN,
        "Shop.",
        (Surface("Search", "y", "GET /orders", "shop/orders.py", 80, "high"),),
        (Boundary("Internet to API", "x", "net", "api"),),
        (DataFlow("Card", "z", "browser", "bank", "PAN"),),
        version=3,
        is_edited=True,
    )


def test_as_it_is_added_by_hand() -> None:
    model = read(
        surfaces_json=[{"name": "Import", "risk": "medium", "description": "d"}],
        boundaries_json=[{"name": "DMZ", "description": "e"}],
        data_flows_json=[{"name": "Mail", "from": "app", "to": "relay", "description": "f"}],
    )
    assert model.surfaces == (Surface("Import", "d", risk="medium"),)
    assert model.boundaries == (Boundary("DMZ", "e"),)
    assert model.flows == (DataFlow("Mail", "f", "app", "relay"),)


def test_what_has_another_type_is_left_out_by_itself() -> None:
    model = read(
        summary=None,
        surfaces_json=[
            "bare name", 7, None, [], {}, {"name": ["a", "b"], "line": "12"},
            {"name": "x", "line": True, "description": {"no": "text"}}, {"name": "y", "line": -4},
            {"name": "z", "line": 3.0, "endpoint": 5},
        ],
        boundaries_json="none",
        data_flows_json={"name": "no list"},
        model_version="new",
    )  # fmt: skip
    assert model.surfaces == (
        Surface("bare name"),
        Surface("a, b", line=12),
        Surface("x"),
        Surface("y"),
        Surface("z", endpoint="5", line=3),
    )
    assert (model.boundaries, model.flows, model.version, model.summary) == ((), (), 1, "")


def test_a_flood_is_cut() -> None:
    many = [{"name": str(number)} for number in range(5000)]
    model = read(surfaces_json=many, summary="x" * 10**6)
    assert len(model.surfaces) == 2000
    assert len(model.summary) == 100_000


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b'{"data": []}', b'{"data": 3}'])
def test_what_is_no_threat_model_is_refused(body: bytes) -> None:
    with pytest.raises(WireError):
        threat_model(body, SCAN)


def test_nothing_foreseen_can_break_it() -> None:
    chance = random.Random(7)
    keys = ("name", "line", "risk", "surfaces_json", "data_flows_json", "summary", "from", "\ud800")

    def anything(depth: int) -> object:
        leaf: object = chance.choice([None, True, 1e300, -1, 10**30, "", "\x00", "text", [], {}])
        if depth == 0 or chance.random() < 0.2:
            return leaf
        if chance.random() < 0.5:
            return [anything(depth - 1) for _ in range(3)]
        return {chance.choice(keys): anything(depth - 1) for _ in range(3)}

    for _ in range(300):
        parts = {key: anything(3) for key in keys}
        body = json.dumps({"success": True, "data": parts}).encode()
        assert threat_model(body, SCAN).scan_id == SCAN


def test_t63_reads_when_it_was_last_changed_if_reported() -> None:
    made_at = datetime(2026, 7, 4, 8, 1, tzinfo=UTC)
    assert read(summary="a", updated_at="2026-07-04T08:01:00Z").updated_at == made_at
    assert read(summary="a", updated_at="yesterday").updated_at is None
    assert read(summary="a", updated_at=7).updated_at is None
