"""What alerts a server that goes and comes back gives rise to, by a watch on a real one."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from heimdall_desktop.domain.alerts.alert import Action, Alert, LogEntry, Retraction
from heimdall_desktop.domain.alerts.delivery import GAP_S
from heimdall_desktop.domain.alerts.policy import AlertPolicy
from heimdall_desktop.domain.alerts.rules import STALE_S
from heimdall_desktop.domain.facts.observation import Connection
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.local.broadcaster import Broadcaster
from heimdall_desktop.local.database import Database
from heimdall_desktop.local.local_server import DATABASE_NAME
from heimdall_desktop.local.rows import ScanId
from heimdall_desktop.presentation.alerts.alert_text import title_of
from heimdall_desktop.services.reconnect import STEPS_S
from tests.fakes.watch_desk import WatchDesk, connection
from tests.lab.scripting import ScriptedScan
from tests.lab.server import LabServer

EMAIL = "analyst@example.test"


class RestartedServer:
    """A server that can be ended and started again with all it knows."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._running = ExitStack()
        self._port = 0
        self.start()

    def start(self) -> None:
        self.server = self._running.enter_context(LabServer(self._folder, port=self._port))
        self._port = int(self.server.url.rpartition(":")[2])

    def end(self) -> None:
        self._running.close()

    def find_meanwhile(self, scan_id: ScanId, count: int) -> None:
        """Write critical findings that no one is reported of."""
        database = Database(self._folder / DATABASE_NAME)
        row = database.scan(scan_id)
        assert row is not None
        scripted = ScriptedScan(database, Broadcaster(), row, lambda step: step())
        scripted.add_findings(count, "critical")
        database.close()


class AlertedDesk(WatchDesk):
    """A desk with watches whose changes a policy of alerts takes."""

    def __init__(self, url: str, token: str) -> None:
        super().__init__(url, token)
        self.host = url.removeprefix("http://")
        self.alerts: list[Action] = []
        self.policy = AlertPolicy(self.clock, lambda _scan_id: "shop", self._has_listed, self.store)

    def turn(self, seconds: float) -> None:
        super().turn(seconds)
        self._note(self.policy.tick())

    def _take_news(self) -> None:
        super()._take_news()
        self._note(self.policy.take(self.changes))
        self.changes.clear()

    def _note(self, emitted: Iterable[LogEntry | Action]) -> None:
        self.alerts += [each for each in emitted if isinstance(each, Action)]

    def _has_listed(self, scan_id: str) -> bool:
        return any(scan.id == scan_id and scan.has_listed_once for scan in self.store)

    @property
    def titles(self) -> list[str]:
        return [title_of(alert) for alert in self.alerts if isinstance(alert, Alert)]


@pytest.fixture
def restarted(tmp_path: Path) -> Iterator[RestartedServer]:
    restarted = RestartedServer(tmp_path)
    restarted.server.add_account(EMAIL, "long enough")
    yield restarted
    restarted.end()


async def watched(restarted: RestartedServer) -> tuple[AlertedDesk, Scan]:
    scripted = restarted.server.script_scan("shop", EMAIL)
    scripted.run_until("hunt").add_findings(1, "high")
    desk = AlertedDesk(restarted.server.url, restarted.server.new_session(EMAIL))
    scan = desk.watch(scripted.id)
    await desk.until(lambda: connection(scan) is Connection.LIVE and scan.has_listed_once)
    return desk, scan


async def away(restarted: RestartedServer, desk: AlertedDesk, scan: Scan, seconds: float) -> None:
    """Let the server be away for so long, with five critical findings at its return."""
    restarted.end()
    gone_s = desk.clock()
    await desk.pass_until(lambda: desk.clock() - gone_s >= seconds)
    restarted.find_meanwhile(ScanId(scan.id), 5)
    restarted.start()
    await desk.pass_until(lambda: len(scan.findings) == 6)


async def test_a_short_absence_is_not_reported(restarted: RestartedServer) -> None:
    """The minute ends with its next answer, so the longest wait between two tries is part of it."""
    desk, scan = await watched(restarted)
    restarted.end()
    gone_s = desk.clock()
    await desk.pass_until(lambda: desk.clock() - gone_s >= STALE_S - STEPS_S[-1] - 5)
    restarted.start()
    await desk.pass_until(lambda: connection(scan) is Connection.LIVE)
    await desk.pass_until(lambda: desk.clock() - gone_s >= GAP_S * 3)
    assert desk.alerts == []
    await desk.aclose()


async def test_a_server_that_was_away_for_long_gives_one_digest(restarted: RestartedServer) -> None:
    desk, scan = await watched(restarted)
    await away(restarted, desk, scan, GAP_S + 10)
    await desk.pass_until(lambda: bool(desk.alerts))
    gone_s = desk.clock()
    await desk.pass_until(lambda: desk.clock() - gone_s >= GAP_S)
    assert desk.titles == [
        f"No response from {desk.host} for a minute",
        "While you were away: 5 critical",
    ]
    assert any(isinstance(alert, Retraction) for alert in desk.alerts), "it answers again"
    await desk.aclose()


async def test_after_a_short_absence_they_are_notified_as_usual(restarted: RestartedServer) -> None:
    desk, scan = await watched(restarted)
    await away(restarted, desk, scan, 20)
    await desk.pass_until(lambda: bool(desk.alerts))
    assert desk.titles == ["5 new critical findings in shop"]
    await desk.aclose()
