"""Answers of a hostile size or shape: refused, or counted as unreadable, never dropped."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest

from heimdall_desktop.domain.facts.errors import NotVisible, RequestRefused, RouteMissing, WireError
from heimdall_desktop.domain.facts.finding import RepoId, ScanId
from heimdall_desktop.domain.facts.observation import StageSeen
from heimdall_desktop.services import envelope, finding_rows, wire
from heimdall_desktop.services.api import HeimdallApi
from heimdall_desktop.services.envelope import ID_LIMIT, WORD_LIMIT
from heimdall_desktop.services.transport.clients import Clients
from tests.fakes.desk_parts import raises_saying
from tests.fakes.raw_server import answer, answering, raw_server

SCAN = ScanId("b7c1")
MOMENT = datetime(2026, 7, 4, 8, 0, tzinfo=UTC)


@asynccontextmanager
async def api_told(body: bytes, status: int = 200) -> AsyncIterator[HeimdallApi]:
    """An API whose server answers everything with this body."""
    async with raw_server(answering(answer(status, "application/json", body))) as server:
        clients = Clients(server.url, lambda: None)
        try:
            yield HeimdallApi(clients, lambda: 0.0)
        finally:
            await clients.aclose()


def enveloped(data: object) -> bytes:
    return json.dumps({"success": True, "data": data}).encode()


def listed(*rows: bytes) -> bytes:
    return b'{"success": true, "data": {"items": [' + b",".join(rows) + b"]}}"


@pytest.mark.parametrize("item", [b"[]", b"{}", b"0", b'""'])
async def test_more_values_than_any_answer_has_are_refused_before_they_are_read(
    item: bytes,
) -> None:
    async with api_told(listed(*[item] * (envelope.VALUES_LIMIT + 2))) as api:
        with raises_saying(WireError, match="The server's response contains too many values."):
            await api.findings_page(SCAN, 1)


async def test_commas_and_brackets_in_texts_are_no_values() -> None:
    text = '[,{"\\' * envelope.VALUES_LIMIT
    async with api_told(enveloped({"items": [{"id": "f", "description": text}]})) as api:
        page = await api.findings_page(SCAN, 1)
    (finding,) = page.findings
    assert finding.description == envelope.cut_text(text)


async def test_a_finding_with_an_id_longer_than_any_is_counted_as_unreadable() -> None:
    rows = [{"id": "f" * length} for length in (ID_LIMIT, ID_LIMIT + 1, 1_000_000)]
    async with api_told(enveloped({"items": rows})) as api:
        page = await api.findings_page(SCAN, 1)
    assert [finding.id for finding in page.findings] == ["f" * ID_LIMIT]
    assert page.bad_rows == 2


async def test_rows_beyond_those_looked_at_are_counted_as_unreadable(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(finding_rows, "ROWS_LIMIT", 3)
    async with api_told(enveloped({"items": [{"id": f"f{number}"} for number in range(5)]})) as api:
        page = await api.findings_page(SCAN, 1)
    assert [finding.id for finding in page.findings] == ["f0", "f1", "f2"]
    assert page.bad_rows == 2


async def test_a_scan_with_an_id_longer_than_any_is_refused() -> None:
    async with api_told(enveloped({"id": "s" * (ID_LIMIT + 1), "status": "running"})) as api:
        with pytest.raises(WireError):
            await api.scan(SCAN)


async def test_short_texts_are_cut() -> None:
    long = "n" * 400_000
    async with api_told(enveloped({"id": "r", "name": long, "default_branch": long})) as api:
        repo = await api.repo(SCAN, RepoId("r"))
    assert (repo.name, repo.branch) == ("n" * WORD_LIMIT, "n" * WORD_LIMIT)
    async with api_told(enveloped({"id": SCAN, "status": long, "commit_sha": long})) as api:
        scan = await api.scan(SCAN)
    assert (scan.status, scan.commit_sha) == ("n" * WORD_LIMIT, "n" * WORD_LIMIT)
    words = dict.fromkeys(("source", "status", "severity", "confidence"), long)
    async with api_told(enveloped({"items": [{"id": "f", **words}]})) as api:
        (finding,) = (await api.findings_page(SCAN, 1)).findings
    assert finding.severity_text == finding.status_text == "n" * WORD_LIMIT
    assert finding.source_text == finding.confidence_text == "n" * WORD_LIMIT
    reported = json.dumps({"stage": long, "status": long})
    seen = wire.stream_event("stage_update", reported, SCAN, 0.0, MOMENT)
    assert isinstance(seen, StageSeen)
    assert (seen.stage, seen.status) == ("n" * WORD_LIMIT, "n" * WORD_LIMIT)


async def test_a_refusal_is_read_to_its_bound_only() -> None:
    reported = b'{"success": false, "error": {"message": "no"}}'
    async with api_told(reported + b" " * (8 << 20), 404) as api:
        with pytest.raises(NotVisible):
            await api.scan(SCAN)
    flood = b'{"success": false, "error": [' + b"[]," * 1_000_000 + b"[]]}"
    async with api_told(flood, 404) as api:
        with pytest.raises(RouteMissing):
            await api.scan(SCAN)
    async with api_told(flood, 400) as api:
        with raises_saying(RequestRefused, match="HTTP 400"):
            await api.scan(SCAN)


async def test_a_number_of_thousands_of_digits_is_left_out() -> None:
    rows = b'{"id": "f", "line_start": %b, "poc_exploit_json": {"exit_code": %b}}'
    for digits in (b"9" * 30, b"9" * 4_000, b"9" * 5_000):
        async with api_told(listed(rows % (digits, digits), b'{"id": "g"}')) as api:
            page = await api.findings_page(SCAN, 1)
        assert page.findings[-1].id == "g"
        assert len(page.findings) + page.bad_rows == 2
        assert all(row.proof is None or row.proof.exit_code is None for row in page.findings)
