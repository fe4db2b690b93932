"""Scans that a stream alone tells of, in the states that the window shows."""

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.domain.facts.finding import Severity
from heimdall_desktop.domain.facts.observation import Connection, ScanSource
from tests.lab.scan_script import ScanScript, ScriptedTime

BEFORE_S, AFTER_S = (300.0, 280.0), (100.0, 80.0)
GAP = (260.0, 120.0)


def by_stream(store: Store, time: ScriptedTime, name: str = "partner-portal") -> ScanScript:
    """A scan that hunts: two findings, two minutes without a connection, two findings more."""
    scan = ScanScript(store, time, name, number=len(store) + 1).offer(ScanSource.STREAM)
    scan.hear_stage("ingest", "running", 400).hear_stage("ingest", "completed", 370)
    scan.hear_stage("hunt", "running", 369)
    for number, ago_s in enumerate((*BEFORE_S, *AFTER_S)):
        severity = Severity.CRITICAL if number == 0 else Severity.HIGH
        scan.announce(f"Announced {number}", severity, ago_s)
    return scan.lose(GAP).hear(Connection.LIVE)


def ended(
    store: Store, time: ScriptedTime, total: int | None, *, is_complete: bool = True
) -> ScanScript:
    """The same once it is over, with so many findings counted by the server."""
    scan = by_stream(store, time).hear_end(1, total, is_complete=is_complete)
    return scan.settle().hear(Connection.ENDED)


def empty(store: Store, time: ScriptedTime, total: int | None = 0) -> ScanScript:
    scan = ScanScript(store, time, "docs-site", number=len(store) + 1).offer(ScanSource.STREAM)
    scan.hear_stage("hunt", "completed", 5).hear_end(1, total)
    return scan.settle().hear(Connection.ENDED)


def documented(store: Store, time: ScriptedTime) -> ScanScript:
    """A scan of a server with the documented routes: two findings, all read."""
    scan = ScanScript(store, time, "inventory", number=len(store) + 1).offer(ScanSource.LISTING)
    scan.read("hunting", began_s=400).hear_stage("hunt", "running", 369)
    return scan.find(1, 1).hear(Connection.LIVE).age(1)
