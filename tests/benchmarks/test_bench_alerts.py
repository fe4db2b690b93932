"""What a whole program notifies of: each kind of news, and 100 critical findings in 5 s.

The window is hidden and the daemon is one that writes down. What it was asked to show is printed,
never asserted, one line for each: `packaging/desktop_session.sh .venv/bin/python -m pytest
--capture=no --timeout=0 tests/benchmarks/test_bench_alerts.py`
"""

import asyncio
import json
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from heimdall_desktop.domain.facts.choices import DAY_MIN, AlertChoices, QuietSpan, Settings
from heimdall_desktop.services.settings import SettingsFile
from tests.fakes.notification_daemons import PrivateBus, ScriptedDaemon, scripted_daemon
from tests.fakes.program import Program
from tests.fakes.raw_server import AttendedServer
from tests.lab.scripting import ScriptedScan

VIEW = {"name": "In auth", "text": "sev>=medium file:auth*", "notify": True}
CONFIG = "home/.config/heimdall-desktop"
LISTED_S = 10.0  # so long the first listings may take, which are no news
LATEST_S = 20.0
LONG_WINDOW_S = 70.0
BURSTS, BURST, BETWEEN_S = 20, 5, 0.25
QUIET_MIN = 2


class Reporter:
    """Prints what a daemon is asked to show, with the seconds since the beginning."""

    def __init__(self, daemon: ScriptedDaemon) -> None:
        self._daemon, self._began_s, self._printed = daemon, time.monotonic(), 0

    def say(self, *words: object) -> None:
        print(f"{time.monotonic() - self._began_s:6.1f}", *words)  # noqa: T201

    async def until_shown(self, count: int = 1, limit_s: float = LATEST_S) -> None:
        """Print so many that are new, or those that came within the limit."""
        end_s = time.monotonic() + limit_s
        while (  # noqa: ASYNC110 - as an onlooker
            len(self._daemon.shown) < self._printed + count and time.monotonic() < end_s
        ):
            await asyncio.sleep(0.05)
        for number, shown in list(enumerate(self._daemon.shown, 1))[self._printed :]:
            _, replaced, _, title, body, buttons, hints, expires = shown
            sound = "sound" if "sound-name" in hints else "silent"
            words = f"{title} | {body} | {', '.join(buttons[1::2])}"
            how = f"urgency {hints['urgency'][1]}, expires {expires}, {sound}"
            self.say(f"{number} in place of {replaced} | {words} | {how}")
        self._printed = len(self._daemon.shown)


@pytest.fixture
def server() -> Iterator[AttendedServer]:
    with AttendedServer() as running:
        yield running


async def script(step: Callable[[], Any]) -> None:
    """Let the server do something while the daemon answers."""
    await asyncio.to_thread(step)


@pytest.mark.timeout(0)
async def test_each_kind_of_news(
    server: AttendedServer, tmp_path: Path, private_desktop: None
) -> None:
    email, token = server.new_account()
    scans: dict[str, ScriptedScan] = {
        name: server.script_scan(name, email).run_until("hunt").add_findings(1, "low")
        for name in ("shop", "web", "api", "burst")
    }
    views = json.dumps({"views": [VIEW], "current": ""})
    (tmp_path / "program" / CONFIG).mkdir(parents=True)
    window = tmp_path / "program" / CONFIG / "window.toml"
    window.write_text(f"[states]\nviews = {json.dumps(views)}\n", encoding="utf-8")
    with PrivateBus(tmp_path) as bus:
        async with scripted_daemon(bus.address, "actions", "sound", "body-markup") as daemon:
            daemon.can_close = True
            reporter = Reporter(daemon)

            def start() -> Program:
                watched = [part for scan in scans.values() for part in ("--watch", scan.id)]
                return Program(
                    tmp_path / "program",
                    *("--background", "--server", server.url, *watched),
                    token=token,
                    desktop=os.environ,
                    environment={"DBUS_SESSION_BUS_ADDRESS": bus.address},
                )

            program = start()
            for scan in scans.values():
                await asyncio.to_thread(server.until_attended, scan)
            await asyncio.sleep(LISTED_S)
            await tell_each(server, scans, daemon, reporter)
            for _ in range(BURSTS):
                await script(lambda: scans["burst"].add_findings(BURST, "critical"))
                await asyncio.sleep(BETWEEN_S)
            reporter.say(f"{BURSTS * BURST} critical findings in {BURSTS * BETWEEN_S:.0f} s:")
            await reporter.until_shown(4, LONG_WINDOW_S)
            await script(lambda: server.expire_sessions(email))
            await reporter.until_shown()
            closed = len(daemon.closed)
            program.kill()
            program = start()
            await asyncio.sleep(LISTED_S)
            reporter.say("killed; the next start closed", daemon.closed[closed:])
            program.terminate()
            ended = await asyncio.to_thread(program.ended)
            assert ended.status == 0, ended.err
            [history] = (tmp_path / "program").rglob("heimdall.sqlite3")
            with closing(sqlite3.connect(history)) as opened:
                of_scan = "SELECT count(*) FROM inbox WHERE instr(line, CAST(? AS BLOB))"
                [(lines,)] = opened.execute(of_scan, (scans["burst"].id,))
            reporter.say("lines of the inbox about the scan of the burst:", lines)


async def tell_each(
    server: AttendedServer,
    scans: dict[str, ScriptedScan],
    daemon: ScriptedDaemon,
    reporter: Reporter,
) -> None:
    """Let each kind of news come once that a scan gives rise to, and mute a scan by its button."""
    shop, web, api = scans["shop"], scans["web"], scans["api"]
    await script(lambda: shop.add_findings(1, "critical", title="SQL injection in order_search"))
    await reporter.until_shown()
    await script(lambda: shop.change_finding(shop.finding_ids[-1], poc_validated=True))
    await reporter.until_shown()
    await daemon.act(len(daemon.shown), "mute")
    await script(lambda: shop.add_findings(1, "critical", title="Of a muted scan"))
    await reporter.until_shown(limit_s=LISTED_S)
    reporter.say("the button closed", daemon.closed, "and muted the scan")
    await script(lambda: api.add_findings(1, "medium", title="Weak token", file_path="auth.py"))
    await reporter.until_shown()
    await script(lambda: web.fail("Out of memory"))
    await script(lambda: server.age(web))
    await reporter.until_shown()
    await script(api.complete)
    await script(lambda: server.age(api))
    await reporter.until_shown()


@pytest.mark.timeout(0)
async def test_quiet_hours_that_end(
    server: AttendedServer, tmp_path: Path, private_desktop: None
) -> None:
    """Five critical findings within them, and what the desktop is reported once they are over."""
    email, token = server.new_account()
    scan = server.script_scan("shop", email).run_until("hunt").add_findings(1, "low")
    now = datetime.now()
    minute = now.hour * 60 + now.minute
    span = QuietSpan(start_min=minute % DAY_MIN, end_min=(minute + QUIET_MIN) % DAY_MIN)
    folder = tmp_path / "program" / CONFIG
    folder.mkdir(parents=True)
    SettingsFile(folder / "settings.toml", Settings).save(
        Settings(alerts=AlertChoices(is_quiet=True, quiet_hours=(span,)))
    )
    with PrivateBus(tmp_path) as bus:
        async with scripted_daemon(bus.address, "actions", "sound") as daemon:
            reporter = Reporter(daemon)
            program = Program(
                tmp_path / "program",
                *("--background", "--server", server.url, "--watch", scan.id),
                token=token,
                desktop=os.environ,
                environment={"DBUS_SESSION_BUS_ADDRESS": bus.address},
            )
            await asyncio.to_thread(server.until_attended, scan)
            await asyncio.sleep(LISTED_S)
            for _ in range(5):
                await script(lambda: scan.add_findings(1, "critical"))
                await asyncio.sleep(BETWEEN_S)
            reporter.say(f"five in quiet hours, which end {span.end_min % 60} past the hour")
            await reporter.until_shown(2, QUIET_MIN * 60 + LATEST_S)
            program.terminate()
            ended = await asyncio.to_thread(program.ended)
            assert ended.status == 0, ended.err
