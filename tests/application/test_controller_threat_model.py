"""Threat models come over a real socket: from the embedded server, and in every odd shape."""

import asyncio
from pathlib import Path

import pytest

from heimdall_desktop.domain.facts.errors import (
    HeimdallError,
    NotVisible,
    ServerUnreachable,
    WireError,
)
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import server_url
from heimdall_desktop.domain.facts.stage import StageState
from heimdall_desktop.domain.facts.threat_model import KeptThreatModel, ThreatModel
from heimdall_desktop.presentation.error_text import cause
from heimdall_desktop.presentation.panel.threat_rows import making_stage
from heimdall_desktop.services.api import HeimdallApi
from heimdall_desktop.services.credentials import MemoryStore
from heimdall_desktop.services.transport.clients import Clients
from tests.fakes.controller_desk import ControllerDesk
from tests.fakes.raw_server import answer, answering, raw_server
from tests.lab.server import LabServer

EMAIL, PASSWORD = "mira@example.test", "long enough"
NOBODY = ScanId("00000000-0000-4000-8000-000000000000")


Told = ThreatModel | KeptThreatModel | HeimdallError


async def asked(desk: ControllerDesk, scan_id: ScanId) -> Told:
    answers: asyncio.Queue[Told] = asyncio.Queue()
    desk.controller.scans.request_threat_model(scan_id, answers.put_nowait)
    async with asyncio.timeout(30):
        return await answers.get()


async def test_a_recording_has_one_once_tyr_is_over(tmp_path: Path) -> None:
    desk = ControllerDesk(tmp_path)
    assert await desk.answer(desk.controller.request_demo) is None
    await desk.until(lambda: any(scan.name == "harbor-checkout" for scan in desk.store))
    scan = next(scan for scan in desk.store if scan.name == "harbor-checkout")
    await desk.until(lambda: making_stage(scan).state is StageState.COMPLETED)
    model = await asked(desk, scan.id)
    assert isinstance(model, ThreatModel)
    assert model.summary
    assert len(model.surfaces) > 1
    assert model.boundaries
    assert model.flows
    assert any(surface.file and surface.line for surface in model.surfaces)
    files = {surface.file for surface in model.surfaces}
    await desk.until(lambda: any(f.file_path in files for f in scan.findings.values()))
    await desk.aclose()


async def test_of_a_scan_nobody_watches_there_is_none(tmp_path: Path) -> None:
    desk = ControllerDesk(tmp_path)
    assert isinstance(await asked(desk, NOBODY), NotVisible)
    await desk.aclose()


async def test_missing_and_odd_answers_are_errors_of_ours() -> None:
    missing = '{"success": false, "error": {"code": 404, "message": "No threat model"}}'
    for status, body, kind in ((404, missing, NotVisible), (200, '{"data": []}', WireError)):
        async with raw_server(answering(answer(status, "application/json", body))) as raw:
            clients = Clients(raw.url, lambda: "token")
            with pytest.raises(kind):
                await HeimdallApi(clients, lambda: 1.0).threat_model(NOBODY)
            await clients.aclose()
            assert raw.asked[0].target == f"/api/scans/{NOBODY}/threat-model"


async def test_what_was_read_is_there_after_a_restart_while_the_server_cannot_be_asked(
    tmp_path: Path,
) -> None:
    keyring = MemoryStore()
    first = ControllerDesk(tmp_path, keyring)
    first.controller.scans.on_threat_model = first.history_writer.keep_threat_model
    with LabServer() as server:
        server.add_account(EMAIL, PASSWORD)
        assert await first.sign_in(server.url, EMAIL, PASSWORD) is None
        script = server.script_scan("shop", EMAIL).run_until("hunt")
        row = server.database.scan(script.id)
        assert row is not None
        server.database.add_threat_model(
            row, summary="A shop.", boundaries=[], surfaces=[{"name": "Login"}], data_flows=[]
        )
        scan_id = ScanId(script.id)
        await first.watch(script.id)
        await first.until(lambda: first.store.has_listed_once(scan_id))
        model = await asked(first, scan_id)
        assert isinstance(model, ThreatModel)
        await first.aclose()

    second = ControllerDesk(tmp_path, keyring)
    await second.begin()
    kept = await asked(second, scan_id)
    assert isinstance(kept, KeptThreatModel)
    assert kept.model == model
    assert isinstance(kept.trouble, ServerUnreachable)
    await second.aclose()

    signed_out = ControllerDesk(tmp_path)
    signed_out.store.add(Scan(scan_id, server_url(server.url)))
    kept = await asked(signed_out, scan_id)
    assert isinstance(kept, KeptThreatModel)
    assert kept.trouble is not None
    assert cause(kept.trouble) == f"Not connected to {server.url}."
    await signed_out.aclose()
