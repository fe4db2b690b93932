"""The server of a soak, as a process: scans that live, faults every few seconds, and the truth.

The server has two threads and drops the second of two requests on each. Or it is a small one: then
that is all that goes wrong, and every answer takes a while.

It reads a line of JSON from stdin for each question and answers with a line on stdout; see
`_Questions`. It ends when stdin does.
"""

import asyncio
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from heimdall_desktop.local.rows import STAGES, ScanId
from tests.fakes.fault_proxy import Fault, FaultKind, FaultProxy
from tests.lab.faults import Fault as ServerFault
from tests.lab.faults import Shape
from tests.lab.scripting import ScriptedScan
from tests.lab.server import LabServer
from tests.lab.workers import IdleWorker

EMAIL = "analyst@example.test"
THREADS = 2  # of the server, each of which drops the second of two requests (1.7)
ANSWER_S = 0.05  # a small server takes for each answer
STEP_S = 0.2  # between two steps of any scan
FAULT_S = 3.0  # between two faults
RESTART_S = 45.0
BEGUN_AGAIN = 0.1  # part of the scans that a restart sends back to their first stage
RETRY_S = 4.0  # a failure that stays for 30 s is believed (3.8)
REPLACE_S = 20.0  # so long a completed scan stays on the board
MOST_FINDINGS = 150  # of one scan, so that memory has a level to be at
MOST_ARMED = 12
#: What a fault may be, and the requests it may meet; 401 is left out: it would end all watches.
WAITING = (
    FaultKind.LAG,
    FaultKind.LATE,
    FaultKind.TRICKLE,
    FaultKind.BUSY_503,
    FaultKind.RATE_LIMITED,
)
CUTTING = (
    FaultKind.DROP,
    FaultKind.RESET,
    FaultKind.STALL,
    FaultKind.FAULT_500,
    FaultKind.HTML_502,
    FaultKind.HTML_200,
    FaultKind.HTML_404,
    FaultKind.CUT_JSON,
    FaultKind.WRONG_LENGTH,
)
FRAME = (
    FaultKind.DROP,
    FaultKind.RESET,
    FaultKind.STALL,
    FaultKind.DUPLICATE,
    FaultKind.SKIPPED,
    FaultKind.GARBLED,
    FaultKind.LATE,
    FaultKind.TRICKLE,
)
PLACES = ("live", "findings", "stream", "scan", "any")
#: Silent changes go one way only, so that no two of them hide each other (protocol.md 4.4).
WORSE = {"low": "medium", "medium": "high", "high": "critical"}
JUDGED = {"open": "confirmed", "confirmed": "false_positive"}


@dataclass
class _Life:
    """One scan, and where it stands."""

    scan: ScriptedScan
    stage: int = -1
    findings: int = 0
    failed_at_s: float | None = None
    ended_at_s: float | None = None


@dataclass
class Soaked:
    """The scans behind the proxy, and what happens to them.

    Attributes:
        threads: of the server, each of which drops the second of two requests.
        is_small: every answer takes a while, and nothing else goes wrong; there is no proxy.
    """

    folder: Path
    chance: Random
    threads: int = THREADS
    is_small: bool = False
    did: Counter[str] = field(default_factory=Counter)
    lives: dict[ScanId, _Life] = field(default_factory=dict)
    restarting: asyncio.Lock = field(default_factory=asyncio.Lock)
    _made: int = 0
    _hits: Counter[str] = field(default_factory=Counter)

    async def start(self, count: int) -> None:
        """Serve so many scans that have all come some way."""
        self._serve()
        self.proxy = FaultProxy(_port(self.server))
        await self.proxy.up()
        for _ in range(count):
            self._add(self.chance.randrange(len(STAGES)))

    @property
    def url(self) -> str:
        return self.server.url if self.is_small else self.proxy.url

    def reported(self) -> dict[str, Any]:
        """What was asked, what hit and what happened so far, and the scans there are."""
        hits = self.proxy.hits + self._hits + self.server.faults.hits
        asked = self.server.requests.by_kind if self.is_small else self.proxy.asked
        reported = {"asked": dict(asked), "hits": dict(hits), "did": dict(self.did)}
        return {**reported, "scans": list(self.lives)}

    def calm(self) -> None:
        """Let nothing go wrong any more."""
        self.proxy.disarm()
        self.server.faults.clear()

    async def live(self) -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(self._step_forever())
            if self.is_small:
                return
            group.create_task(self._break_forever())
            group.create_task(self._restart_forever())

    def stop(self) -> None:
        self.server.__exit__()

    def truth(self) -> dict[ScanId, dict[str, list[str]]]:
        findings_of = self.server.database.findings_of
        return {
            scan_id: {row.id: [row.severity, row.status] for row in findings_of(scan_id)}
            for scan_id in self.lives
        }

    def _serve(self) -> None:
        self.server = LabServer(self.folder, worker=lambda *_: IdleWorker())
        self.server.__enter__()
        self.server.add_account(EMAIL, "long enough")
        faults = [ServerFault(Shape.SECOND_OF_TWO, threads=self.threads, times=None)]
        if self.is_small:
            faults.append(ServerFault(Shape.LATE, delay_s=ANSWER_S, times=None))
        self.server.faults.add(*faults)

    async def _restart_forever(self) -> None:
        """Kill and start the server, or only break all connections, now and then."""
        while True:
            await asyncio.sleep(RESTART_S * self.chance.uniform(0.5, 1.5))
            async with self.restarting:
                await self.proxy.down()
                if self.chance.random() < 0.5:
                    await self._restart()
                await asyncio.sleep(self.chance.uniform(0.0, 8.0))
                await self.proxy.up()

    async def _restart(self) -> None:
        """Some scans begin again, as jobs of a server that died (3.8); others ran elsewhere."""
        self.did["restart"] += 1
        self._hits += self.server.faults.hits
        await asyncio.to_thread(self.server.__exit__)
        self._serve()
        self.proxy.upstream = _port(self.server)
        for life in self.lives.values():
            row = self.server.database.scan(life.scan.id)
            if row is not None:
                life.scan = ScriptedScan(
                    self.server.database, self.server.broadcaster, row, self.server.call
                )
                self._take_up(life)

    def _take_up(self, life: _Life) -> None:
        if life.ended_at_s is not None or life.failed_at_s is not None:
            return
        if life.stage < 0 or self.chance.random() < BEGUN_AGAIN:
            life.stage = -1
        else:
            life.scan.start_stage(STAGES[life.stage])

    async def _break_forever(self) -> None:
        while True:
            await asyncio.sleep(FAULT_S * self.chance.uniform(0.5, 1.5))
            if len(self.proxy.armed) < MOST_ARMED:
                for _ in range(self.chance.choice((1, 1, 3))):
                    self.proxy.arm(self._fault())

    def _fault(self) -> Fault:
        is_frame = self.chance.random() < 0.4
        kind = self.chance.choice(FRAME if is_frame else WAITING + CUTTING)
        amount = self.chance.randint(1, 4 if kind in WAITING else 4000)
        return Fault(kind, "frame" if is_frame else self.chance.choice(PLACES), amount)

    def _add(self, stage: int = -1) -> None:
        self._made += 1
        scan = self.server.script_scan(f"repo-{self._made}", EMAIL)
        life = self.lives[scan.id] = _Life(scan)
        if stage >= 0:
            life.stage = stage
            scan.run_until(STAGES[stage])
            self._find(life, self.chance.randint(1, MOST_FINDINGS))

    async def _step_forever(self) -> None:
        now = asyncio.get_running_loop().time
        while True:
            await asyncio.sleep(STEP_S)
            if not self.proxy.is_up:
                continue
            self._step(self.chance.choice(list(self.lives.values())), now())
            for life in list(self.lives.values()):
                if life.failed_at_s is not None and now() - life.failed_at_s > RETRY_S:
                    self._move(life)
                if life.ended_at_s is not None and now() - life.ended_at_s > REPLACE_S:
                    del self.lives[life.scan.id]
                    self._add()

    def _step(self, life: _Life, now_s: float) -> None:
        if life.ended_at_s is not None:
            return
        steps: list[Callable[[_Life], None]] = [self._move, self._find, self._judge, self._note]
        steps += [self._burst, self._fail]
        [step] = self.chance.choices(steps, (40, 25, 20, 8, 4, 3))
        if life.failed_at_s is not None:
            return
        step = self._move if life.stage < 0 else step
        step(life)
        if step == self._fail:
            life.failed_at_s = now_s
        self.did[step.__name__.strip("_")] += 1
        if life.stage >= len(STAGES):
            life.ended_at_s = now_s

    def _move(self, life: _Life) -> None:
        """Go to the next stage: the first after a failure, and the end after the last."""
        if life.failed_at_s is not None:
            life.stage, life.failed_at_s = -1, None
        life.stage += 1
        if life.stage >= len(STAGES):
            life.scan.complete()
            return
        if life.stage:
            life.scan.finish_stage()
        life.scan.start_stage(STAGES[life.stage])

    def _find(self, life: _Life, count: int = 0) -> None:
        room = MOST_FINDINGS - life.findings
        count = min(count or self.chance.randint(1, 20), room)
        life.findings += count
        severities = ("low", "medium", "high", "high", "critical", "odd")
        for _ in range(count):
            life.scan.add_findings(
                1,
                self.chance.choice(severities),
                description="It came as it was. " * 30,
                code_snippet="total = total + price\n" * 12,
            )

    def _judge(self, life: _Life) -> None:
        """Change some rows without a word."""
        rows = self.server.database.findings_of(life.scan.id)
        for row in self.chance.sample(rows, min(len(rows), 5)):
            life.scan.change_finding(
                row.id,
                severity=WORSE.get(row.severity, row.severity),
                status=JUDGED.get(row.status, row.status),
                agent_reasoning="It is reached from outside.",
            )

    def _note(self, life: _Life) -> None:
        life.scan.activity(f"Reads file {self.chance.randint(1, 999)}")

    def _burst(self, life: _Life) -> None:
        """Announce everything, over the length of the ring."""
        life.scan.burst()

    def _fail(self, life: _Life) -> None:
        life.scan.fail()


class _Questions:
    """What the soak asks.

    `{"ask": "start", "scans": 50, "seed": 1, "threads"?, "is_small"?}` -> `{"url", "token",
    "scans"}`;
    `{"ask": "status"}` -> `{"scans", "asked", "hits", "did"}`;
    `{"ask": "calm"}` ends all faults and all news -> `{}`;
    `{"ask": "truth"}` -> severity and status by finding by scan.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._living: asyncio.Task[None] | None = None
        self.soaked: Soaked | None = None

    async def answer(self, question: dict[str, Any]) -> object:
        if self.soaked is None:
            return await self._start(**{key: question[key] for key in question if key != "ask"})
        soaked = self.soaked
        match question["ask"]:
            case "calm":
                await self._calm()
                return {}
            case "truth":
                return soaked.truth()
            case _:
                return soaked.reported()

    async def _start(
        self, scans: int, seed: int, threads: int = THREADS, is_small: bool = False
    ) -> object:
        self.soaked = Soaked(self._folder, Random(seed), threads, is_small)
        await self.soaked.start(scans)
        self._living = asyncio.get_running_loop().create_task(self.soaked.live())
        token = self.soaked.server.new_session(EMAIL)
        return {"url": self.soaked.url, "token": token, "scans": list(self.soaked.lives)}

    async def _calm(self) -> None:
        if self._living is None or self.soaked is None:
            return
        async with self.soaked.restarting:
            self._living.cancel()
            with suppress(asyncio.CancelledError):
                await self._living
        self.soaked.calm()


def _port(server: LabServer) -> int:
    return int(server.url.rpartition(":")[2])


async def serve() -> None:
    with tempfile.TemporaryDirectory(prefix="heimdall-soak-") as folder:
        questions = _Questions(Path(folder))
        try:
            while line := await asyncio.to_thread(sys.stdin.readline):
                print(json.dumps(await questions.answer(json.loads(line))), flush=True)  # noqa: T201
        finally:
            if questions.soaked is not None:
                await questions.soaked.proxy.down()
                questions.soaked.stop()


if __name__ == "__main__":
    asyncio.run(serve())
