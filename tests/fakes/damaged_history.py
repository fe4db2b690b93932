"""Histories with damage of every kind, and what a session comes to that meets one.

`python -m tests.fakes.damaged_history --trials 3000 --starts 200` prints how many sessions met
what, in this process and as whole programs; the exit status is 1 if any was hurt.
"""

import argparse
import asyncio
import logging
import shutil
import sqlite3
import sys
import tempfile
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import msgspec
from msgspec.structs import replace

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.memory.history_loader import HistoryLoader
from heimdall_desktop.application.runs.unattended import Exit
from heimdall_desktop.domain.alerts.alert import NotifiedRecord
from heimdall_desktop.domain.alerts.policy import AlertPolicy
from heimdall_desktop.domain.facts.errors import HistoryError
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.observation import Settled
from heimdall_desktop.domain.facts.threat_model import KeptThreatModel
from heimdall_desktop.domain.stages.stage_times import ScanTimes
from heimdall_desktop.presentation.alerts.inbox import Inbox
from heimdall_desktop.presentation.error_text import cause
from heimdall_desktop.services.history import History
from heimdall_desktop.services.history_file import DamagedHistory, NewerHistory
from heimdall_desktop.services.history_tables import Batch
from tests.fakes.findings import FOUND_AT, REPO_ID, SCAN_ID, make_finding
from tests.fakes.inbox_lines import make_line
from tests.fakes.past_scans import PAGE_BYTES, SERVER, HistoryDesk, activity, past_scan
from tests.fakes.program import Program
from tests.fakes.threat_models import large_model

OTHER = ScanId("1c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e21")
SCANS = (SCAN_ID, OTHER)
DAY_S = 86_400.0
TRIAL_LIMIT_S = 60.0  # a session of a sound file takes 0.03 s
LONG_S = 10  # for a start on a busy machine
HEADER_BYTES = 100
NO_SERVER = "http://127.0.0.1:1"
#: What may stand where something else is due, as far as it can be written.
ODD_VALUES: tuple[Any, ...] = (
    None, True, -1, 2**63 - 1, -(2**63), 1e308, -1e308, float("inf"), float("-inf"), float("nan"),
    "", "x" * 100_000, "\0\n\u202e", b"\xff", [], {}, datetime(1, 1, 1, tzinfo=UTC),
    datetime(9999, 12, 31, 23, tzinfo=UTC), datetime(2026, 1, 1),
)  # fmt: skip
_BLOBS = (
    ("scans", "head"), ("facts", "fact"), ("facts", "fact"), ("inbox", "line"),
)  # fmt: skip
_NUMBERS = (
    ("scans", "asked_at"), ("facts", "at"), ("inbox", "raised_at"),
    ("stage_times", "ended_at"), ("stage_times", "duration_s"),
)  # fmt: skip


@dataclass(frozen=True)
class Trial:
    """What two sessions, one after the other, met in a damaged file.

    Attributes:
        problems: what each was told.
        set_aside: how many files were put out of the way.
        is_usable: whether a third one finds what the second one wrote.
    """

    problems: tuple[tuple[HistoryError, ...], tuple[HistoryError, ...]]
    set_aside: int
    is_usable: bool

    @property
    def hurt(self) -> str:
        """What is not as it should be; "" for nothing."""
        first, second = (
            dict.fromkeys(cause(reported) for reported in each) for each in self.problems
        )
        if any(isinstance(reported, NewerHistory) for reported in self.problems[0]):
            return "" if first == second and len(first) == 1 and not self.set_aside else "newer"
        if len(first) + len(second) != self.set_aside or self.set_aside > 1:
            return f"told {[*first, *second]}, set aside {self.set_aside}"
        if not all(
            isinstance(reported, DamagedHistory) for each in self.problems for reported in each
        ):
            return f"told {[*first, *second]}"
        return "" if self.is_usable else "nothing can be written"


async def fill(history: History) -> None:
    """Write two scans with everything that is kept of any."""
    for number, scan_id in enumerate(SCANS):
        rows = [
            make_finding(100 * number + n, scan_id=scan_id, description="d" * 400)
            for n in range(60)
        ]
        lines = tuple(activity(n) for n in range(20))
        past = past_scan(rows, 990.0, scan_id=scan_id, activities=lines)
        settled = Settled(scan_id, is_settled=True)
        await history.save(
            Batch(
                scans=(replace(past, head=(*past.head, settled)),),
                notified=tuple(
                    NotifiedRecord(scan_id, row.id, row.fingerprint) for row in rows[:20]
                ),
                lines=tuple(make_line(100 * number + n) for n in range(20)),
                times=(ScanTimes(SERVER, REPO_ID, scan_id, FOUND_AT, (("hunt", 100.0),)),),
                threat_models=(KeptThreatModel(large_model(scan_id, 20), FOUND_AT),),
            )
        )
    await history.aclose()


def harm(path: Path, random: Random) -> None:
    """Do one kind of damage to a history."""
    if random.random() < 0.25:
        _write_nonsense(path, random)
    else:
        path.write_bytes(_harmed(path.read_bytes(), random))


def _harmed(content: bytes, random: Random) -> bytes:
    data, size = bytearray(content), len(content)
    pages = size // PAGE_BYTES
    match random.choice(("bits", "bits", "header", "bytes", "page", "swap", "cut", "more")):
        case "bits":
            for _ in range(random.randint(1, 8)):
                data[random.randrange(size)] ^= 1 << random.randrange(8)
        case "header":
            for _ in range(random.randint(1, 2)):
                data[random.randrange(HEADER_BYTES)] ^= 1 << random.randrange(8)
        case "bytes":
            start, count = random.randrange(size - 64), random.randint(1, 64)
            data[start : start + count] = random.randbytes(count)
        case "page":
            start = random.randrange(pages) * PAGE_BYTES
            nonsense = (bytes(PAGE_BYTES), b"\xff" * PAGE_BYTES, random.randbytes(PAGE_BYTES))
            data[start : start + PAGE_BYTES] = random.choice(nonsense)
        case "swap":
            one, two = (random.randrange(pages) * PAGE_BYTES for _ in range(2))
            first, second = data[one : one + PAGE_BYTES], data[two : two + PAGE_BYTES]
            data[one : one + PAGE_BYTES], data[two : two + PAGE_BYTES] = second, first
        case "cut":
            del data[random.randrange(size) :]
        case _:
            data += random.randbytes(random.randint(1, 5000))
    return bytes(data)


def _write_nonsense(path: Path, random: Random) -> None:
    """Put odd values into sound rows, as a program with a defect would."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for _ in range(random.randint(1, 4)):
            table, column = random.choice((*_BLOBS, *_NUMBERS))
            found = connection.execute(f"SELECT {column} FROM {table}").fetchall()  # noqa: S608
            old = random.choice(found)[0]
            new: object = random.choice((-1e308, 1e308, float("inf"), float("-inf")))
            if isinstance(old, bytes):
                new = _encoded(_bent(msgspec.json.decode(old), random))
            connection.execute(
                f"UPDATE {table} SET {column} = ? WHERE {column} = ?",  # noqa: S608
                (new, old),
            )


def _bent(value: Any, random: Random) -> Any:
    inner = list(value) if isinstance(value, list | dict) else []
    if not inner or random.random() < 0.1:
        return random.choice(ODD_VALUES)
    if isinstance(value, dict):
        key = random.choice(inner)
        return value | {key: _bent(value[key], random)}
    place = random.randrange(len(inner))
    return [*value[:place], _bent(value[place], random), *value[place + 1 :]]


def _encoded(value: Any) -> bytes:
    try:
        return msgspec.json.encode(value)
    except UnicodeError:
        return b"\xff"


async def session(desk: HistoryDesk) -> tuple[HistoryError, ...]:
    """Bring back all that is kept, as the program does, and write; return what was told."""
    problems: list[HistoryError] = []
    history = desk.history()
    store = Store()
    earlier = HistoryLoader(store, history)
    earlier.on_problem = problems.append
    await earlier.read()
    Inbox(lambda: desk.now).restore(earlier.past.lines)
    alerts = AlertPolicy(
        lambda: desk.clock_s, store.name_of, store.has_listed_once, store, store.attempt_starts
    )
    alerts.recall(earlier.past.notified, earlier.past.lines)
    earlier.restore_heads(SCANS)
    await earlier.recall_findings(alerts.recall)
    await earlier.restore_rows(SCANS)
    for scan_id in SCANS:
        await earlier.threat_model(scan_id)
    for scan in store:
        scan.kept_facts()
        list(scan.activity_rows)
    store.drain()
    for number in range(2):
        try:
            await history.save(written(number, desk.clock_s))
        except HistoryError as error:
            problems.append(error)
    await history.aclose()
    return tuple(problems)


def written(number: int, clock_s: float) -> Batch:
    scan = past_scan([make_finding(n, title="new") for n in range(40)], clock_s)
    reported = NotifiedRecord(SCAN_ID, make_finding(1).id, "print")
    return Batch(scans=(scan,), notified=(reported,), lines=(make_line(300 + number),))


def _damaged_desk(folder: Path, sound: bytes, seed: int) -> HistoryDesk:
    folder.mkdir(parents=True)
    desk = HistoryDesk(folder)
    desk.path.write_bytes(sound)
    harm(desk.path, Random(seed))
    return desk


async def trial(folder: Path, sound: bytes, seed: int) -> Trial:
    """Damage a copy of a sound file and let two sessions meet it, a day after it was written."""
    desk = _damaged_desk(folder, sound, seed)
    desk.pass_time(DAY_S)
    async with asyncio.timeout(TRIAL_LIMIT_S):
        first = await session(desk)
        second = await session(desk)
    is_newer = any(isinstance(reported, NewerHistory) for reported in first)
    is_usable = is_newer or "new" in await desk.rows()
    return Trial((first, second), len(desk.damaged()), is_usable)


def start(folder: Path, sound: bytes, seed: int, limit_s: int = 2) -> str:
    """Start the program on a damaged copy of a sound file; return what went wrong, "" for nothing.

    Its server is away, so that all it shows comes from the file. Where the machine is busy, damage
    may be found as the time is over, and not be told any more: then there is more time.
    """
    profile = folder / "profile"
    desk = _damaged_desk(profile, sound, seed)
    watched = [part for scan_id in SCANS for part in ("--watch", scan_id)]
    end = ("--quit-when-done", "--timeout", str(limit_s))
    ours = ("--profile-dir", str(profile), "--server", NO_SERVER, *watched, *end)
    ended = Program(folder, *ours, token="0" * 64).ended()
    log = (profile / "logs" / "heimdall.log").read_text()
    set_aside = len(desk.damaged())
    if ended.status != Exit.TIMEOUT or ended.out.count("\n") != 1 or "Traceback" in log:
        return f"{seed} ended with {ended.status}: {ended.err or log}"
    if log.count("HISTORY_SET_ASIDE") == set_aside <= 1:
        return ""
    if limit_s < LONG_S:
        return start(folder / "again", sound, seed, LONG_S)
    return f"{seed} set aside {set_aside} and said: {log}"


def main() -> int:
    """Print what sessions and programs meet, and return whether any was hurt."""
    parser = argparse.ArgumentParser(prog="python -m tests.fakes.damaged_history")
    parser.add_argument("--trials", type=int, default=3000)
    parser.add_argument("--starts", type=int, default=0)
    parser.add_argument("--seed", type=int, default=0, help="of the first; the others follow")
    options = parser.parse_args()
    logging.disable()
    met: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="heimdall-damage-") as place:
        folder = Path(place)
        sound = asyncio.run(sound_file(folder))
        for kind, number in (("trial", options.trials), ("start", options.starts)):
            for seed in range(options.seed, options.seed + number):
                hurt = _tried(kind, folder / f"{kind}-{seed}", sound, seed)
                met[f"{kind}: {hurt or 'unhurt'}"] += 1
                shutil.rmtree(folder / f"{kind}-{seed}", ignore_errors=True)
    for words, times in met.most_common():
        print(f"{times:6} {words}")  # noqa: T201
    return int(any(not words.endswith("unhurt") for words in met))


def _tried(kind: str, folder: Path, sound: bytes, seed: int) -> str:
    if kind == "start":
        return start(folder, sound, seed)
    try:
        return asyncio.run(trial(folder, sound, seed)).hurt
    except Exception as error:  # noqa: BLE001 - that is what is looked for
        return f"{seed} raised {error!r}"


async def sound_file(folder: Path) -> bytes:
    """What a session leaves that was not disturbed."""
    desk = HistoryDesk(folder)
    await fill(desk.history())
    return desk.path.read_bytes()


if __name__ == "__main__":
    sys.exit(main())
