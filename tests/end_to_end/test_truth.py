"""What the program says of a scan is what the server holds, whatever has happened in between."""

from queue import Queue

import pytest

from heimdall_desktop.local import broadcaster
from heimdall_desktop.local.broadcaster import Lagged, StreamEvent, Subscription
from tests.end_to_end.conftest import Start
from tests.fakes.fault_proxy import Fault, FaultKind
from tests.fakes.raw_server import SEVERITIES, AttendedServer
from tests.fakes.tls_server import ProxyThread
from tests.fakes.waiting import WAIT_LIMIT_S

ROWS = 5_000
STREAM_DROPS = (
    Fault(FaultKind.DROP, "frame", 40),
    Fault(FaultKind.RESET, "frame", 1),
    Fault(FaultKind.DROP, "frame", 90),
)
PAGE_DROPS = (Fault(FaultKind.DROP, "findings", 30_000), Fault(FaultKind.RESET, "findings", 9_000))


@pytest.fixture
def lapped(monkeypatch: pytest.MonkeyPatch) -> Queue[str]:
    """Gets something whenever the ring has overwritten what a subscriber had not read yet."""
    laps: Queue[str] = Queue()

    class Overtaken(Subscription):
        async def next(self) -> StreamEvent | Lagged | None:
            event = await super().next()
            if isinstance(event, Lagged):
                laps.put("lapped")
            return event

    monkeypatch.setattr(broadcaster, "Subscription", Overtaken)
    return laps


@pytest.mark.timeout(120)
def test_5000_rows_agree_after_five_drops_and_two_laps_of_the_ring(
    server: AttendedServer, start: Start, lapped: Queue[str]
) -> None:
    email, token = server.new_account()
    scan = server.script_scan("shop", email).run_until("static_analysis")
    with ProxyThread(server.url) as proxy:
        program = start("--server", proxy.url, "--watch", scan.id, "--quit-when-done", token=token)
        server.until_attended(scan)
        for number, fault in enumerate(STREAM_DROPS):
            proxy.arm(fault)
            scan.add_findings(ROWS // 5, SEVERITIES[number]).repeat_stage()
            server.until_attended(scan)
        for fault in PAGE_DROPS:
            proxy.arm(fault)
        scan.add_findings(ROWS // 5, "low").run_until("hunt").add_findings(ROWS // 5, "odd")
        for _ in range(2):
            scan.burst()
            lapped.get(timeout=WAIT_LIMIT_S)
        scan.complete()
        run = program.ended()
        hits = proxy.hits

    assert run.scans == [server.reported(scan.id)]
    assert (run.status, run.err) == (0, "")
    assert run.scans[0]["findings"]["total"] == ROWS
    assert hits == {
        "closed at a byte (frame)": 2,
        "RST at a byte (frame)": 1,
        "closed at a byte (answer)": 1,
        "RST at a byte (answer)": 1,
    }
