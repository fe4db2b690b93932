"""The earlier scan of the demo over the wire: its moments, its decisions, and the scan after it."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from heimdall_desktop.local.local_server import COLLEAGUE
from heimdall_desktop.local.pipeline import VIDARR_DIVIDER
from heimdall_desktop.local.rows import STAGES
from heimdall_desktop.local.steps import Pause, recording
from tests.lab.server import LabServer
from tests.local.conftest import EMAIL, PASSWORD

_EVENT_KEYS = {
    *("id", "finding_id", "user_id", "event_type"),
    *("old_value", "new_value", "comment", "metadata", "created_at"),
}
_SCAN_LINK = re.compile(r"scans&#x2f;([0-9a-f-]{36})")


class Market:
    """A signed-in client of the server, the repository, and what its earlier scan has."""

    def __init__(self, server: LabServer, client: httpx.Client) -> None:
        self.server, self.client = server, client
        _, ended = server.add_recordings(["edited", "ordinary"], EMAIL)
        self.repo_id, self.earlier = ended["repo_id"], ended["scan_id"]
        self.own = str(self.read("auth/me")["id"])
        self.rows = self.findings(self.earlier)
        self.events = {row["id"]: self.read(f"findings/{row['id']}/events") for row in self.rows}

    def read(self, path: str) -> Any:
        return self.client.get(f"/api/{path}").raise_for_status().json()["data"]

    def findings(self, scan_id: str) -> list[Any]:
        pages = (
            self.read(f"scans/{scan_id}/findings?per_page=100&page={page}") for page in range(1, 5)
        )
        return [row for page in pages for row in page["items"]]


@pytest.fixture(scope="module")
def market() -> Iterator[Market]:
    with LabServer(speed=0) as server:
        server.add_account(EMAIL, PASSWORD)
        headers = {"authorization": f"Bearer {server.new_session()}"}
        with httpx.Client(base_url=server.url, headers=headers, trust_env=False) as client:
            yield Market(server, client)


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_it_has_the_moments_of_a_scan_that_ended_days_ago(market: Market) -> None:
    scan = market.read(f"scans/{market.earlier}")
    assert (scan["status"], scan["finding_count"]) == ("completed", 300)
    assert scan["triggered_by"] == market.own
    ago = datetime.now(UTC) - _at(scan["created_at"])
    assert timedelta(days=3) < ago < timedelta(days=5)
    assert _at(scan["created_at"]) < _at(scan["started_at"]) < _at(scan["completed_at"])
    live = market.read(f"scans/{market.earlier}/live")
    ends = [_at(stage["timestamp"]) for stage in live["stages"]]
    assert {stage["status"] for stage in live["stages"]} == {"completed"}
    (attempt,) = recording("ordinary").attempts
    for stage, began, ended in zip(STAGES[1:], ends, ends[1:], strict=False):
        planned_s = sum(step.duration_s for step in attempt[stage] if isinstance(step, Pause))
        assert planned_s <= (ended - began).total_seconds() < planned_s + 1, stage


def test_60_findings_were_decided_by_people_and_vidarr_left_no_event(market: Market) -> None:
    changed = {
        row["id"]
        for row in market.rows
        if any(event["event_type"] != "comment" for event in market.events[row["id"]])
    }
    assert len(changed) == 60
    decided = Counter(row["status"] for row in market.rows if row["id"] in changed)
    assert decided == {
        "dismissed": 25,
        "confirmed": 17,
        "false_positive": 10,
        "fixed": 6,
        "open": 2,
    }, "of the open ones a person changed the severity"
    others = [row for row in market.rows if row["id"] not in changed]
    assert Counter(row["status"] for row in others) == {"open": 209, "false_positive": 31}
    for row in others:
        assert market.events[row["id"]] == []
        if row["status"] == "false_positive":
            assert row["confidence"] == "low", "it is Víðarr's"
    overruled = [
        row["status"]
        for row in market.rows
        if row["id"] in changed and row["confidence"] == "low" and row["agent_reasoning"]
    ]
    assert overruled == ["confirmed"] * 3
    assert any(VIDARR_DIVIDER in (row["agent_reasoning"] or "") for row in others)


def test_every_event_is_as_the_contract_has_it(market: Market) -> None:
    now = datetime.now(UTC)
    ended_at = _at(market.read(f"scans/{market.earlier}")["completed_at"])
    people = Counter[tuple[str, bool]]()
    for row in market.rows:
        events = market.events[row["id"]]
        moments = [_at(event["created_at"]) for event in events]
        assert moments == sorted(moments)
        assert all(ended_at < moment < now for moment in moments)
        known = dict[str, str]()
        for event in events:
            assert event.keys() == _EVENT_KEYS
            assert event["finding_id"] == row["id"]
            assert event["created_at"].endswith("Z")
            assert event["user_id"]
            assert event["metadata"] is None
            kind = event["event_type"].removesuffix("_change")
            people[kind, event["user_id"] == market.own] += 1
            if kind == "comment":
                assert (event["old_value"], event["new_value"]) == (None, None)
                assert event["comment"]
                continue
            assert event["comment"] is None
            assert event["old_value"] == known.get(kind, event["old_value"])
            known[kind] = event["new_value"]
        assert {kind: row[kind] for kind in known} == known
        changes = [_at(e["created_at"]) for e in events if e["event_type"] != "comment"]
        if changes:
            assert timedelta() <= max(changes) - _at(row["updated_at"]) < timedelta(seconds=1)
    assert set(people) == {
        *(("status", True), ("status", False), ("severity", True)),
        *(("comment", True), ("comment", False)),
    }


def test_the_colleague_cannot_sign_in(market: Market) -> None:
    for password in ("", ":", "long enough"):
        body = {"email": COLLEAGUE, "password": password}
        assert market.client.post("/api/auth/login", json=body).status_code in (400, 401)


def test_the_later_scan_is_of_the_same_repository_and_was_created_later(market: Market) -> None:
    later = market.client.post(f"/api/repos/{market.repo_id}/scan").json()["data"]
    with market.client.stream("GET", f"/api/scans/{later['id']}/progress/stream") as answer:
        answer.read()
    listed = _SCAN_LINK.findall(market.client.get(f"/repos/{market.repo_id}").text)
    assert list(dict.fromkeys(listed)) == [later["id"], market.earlier], "newest first"
    earlier, ended = (market.read(f"scans/{each}") for each in (market.earlier, later["id"]))
    assert (ended["status"], ended["finding_count"]) == ("completed", 305)
    assert earlier["completed_at"] < ended["created_at"]
    assert earlier["commit_sha"] != ended["commit_sha"]
    assert all(
        not market.read(f"findings/{row['id']}/events") for row in market.findings(ended["id"])
    )


def test_it_is_written_once(tmp_path: Path) -> None:
    for _ in range(2):
        with LabServer(tmp_path, speed=0) as server:
            server.add_account(EMAIL, PASSWORD)
            repo_id = server.add_recording_repo("edited", EMAIL)
            assert len(server.database.scans_of_repo(repo_id)) == 1
