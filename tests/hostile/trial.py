"""Lets the real program meet some attacks at once, and measures what they do to it."""

import json
import sqlite3
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from heimdall_desktop.services.history import FILE_NAME
from tests.fakes.program import Ended, Program
from tests.hostile.attack import Attack
from tests.hostile.ping import PING_S, pinged
from tests.hostile.server import TOKEN, HostileServer, Story

HEART = Path(__file__).with_name("heart")
SAMPLE_S = 0.02
OPEN_S = 1.0  # so long a finding is waited for before it is opened again
PAGE_KB = 4
MEMORY_MB = 400.0


@dataclass
class Figures:
    """What was measured while a program ran.

    Attributes:
        peak_mb: most memory it had, in MB (2^20 bytes).
        start_mb: what it had before the first hostile answer.
        stalls: of its loop since then: when each ended and how long it was, in seconds.
    """

    peak_mb: float = 0.0
    start_mb: float = 0.0
    stalls: list[tuple[float, float]] = field(default_factory=list)
    sizes: list[tuple[float, float]] = field(default_factory=list)

    @property
    def longest_s(self) -> float:
        """The longest stall."""
        return max((length for _, length in self.stalls), default=0.0)


@dataclass
class Report:
    """What came of a trial.

    Attributes:
        troubles: what went wrong, one sentence each.
        by_attack: for each attack its longest stall in seconds and the peak in MB since it was
            given; of several given at once the last is blamed.
    """

    figures: Figures
    ended: Ended | None
    troubles: list[str]
    by_attack: dict[str, tuple[float, float]]

    def lines(self) -> Iterator[str]:
        """Yield what to print, one line for each attack, the worst first."""
        ranked = sorted(self.by_attack.items(), key=lambda each: each[1], reverse=True)
        for name, (stall_s, peak_mb) in ranked:
            yield f"{stall_s:7.2f} s {peak_mb:6.0f} MB  {name}"
        figures = self.figures
        yield f"{figures.longest_s:7.2f} s {figures.peak_mb:6.0f} MB  all of them"


def tried(
    attacks: Sequence[Attack],
    folder: Path,
    *,
    limit_s: float,
    desktop: Mapping[str, str] | None = None,
) -> Report:
    """Let one run of the program meet all these attacks, and look whether it came through.

    Args:
        attacks: each meets a scan of its own.
        folder: where the program's home is made.
        limit_s: so long the run may take.
        desktop: the environment of a real window; None for one that is not seen.
    """
    profile = folder / "profile"
    with HostileServer(attacks) as server:
        program = Program(
            folder,
            *("--server", server.url, "--profile-dir", profile, "--quit-when-done"),
            *("--timeout", str(limit_s), "--screenshot", folder / "end.png"),
            *(part for story in server.stories for part in ("--watch", story.id)),
            token=TOKEN,
            desktop=desktop,
            environment={"PYTHONPATH": str(HEART), "HEARTBEAT": str(folder)},
        )
        figures = Figures()
        ended, troubles = None, []
        try:
            with _measured(program.pid, folder, server, figures, desktop):
                _open_rows(server, folder, limit_s)
                ended = program.ended(limit_s + 60)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what came of the trial
            troubles.append(f"the run: {type(error).__name__} {str(error)[:300]}")
        finally:
            program.kill()
        troubles += _troubles(server, ended, profile)
        return Report(figures, ended, troubles, _blamed(server, figures))


def _open_rows(server: HostileServer, folder: Path, limit_s: float) -> None:
    """Open each hostile finding in the window, one after the other."""
    end_s = time.monotonic() + limit_s
    for story in server.stories:
        if story.attack.on not in ("row", "events"):
            continue
        server.until(partial(getattr, story, "was_listed"), end_s - time.monotonic())
        while not story.is_spent and time.monotonic() < end_s:
            with (folder / "open").open("a") as wanted:
                wanted.write(f"\n{story.rows[story.attack.rows - 1]['id']}\n")
            server.until(partial(getattr, story, "is_spent"), OPEN_S)


@contextmanager
def _measured(
    pid: int,
    folder: Path,
    server: HostileServer,
    figures: Figures,
    desktop: Mapping[str, str] | None,
) -> Iterator[None]:
    """Measure until the block ends: memory, and stalls by pings, or by beats without a window."""
    over = threading.Event()
    outside: list[tuple[float, float]] = []

    def ask() -> None:
        if desktop is None:
            return
        with suppress(subprocess.CalledProcessError), pinged(pid, desktop) as window:
            while not over.wait(PING_S) and Path(f"/proc/{pid}").exists():
                late_s = window.latency_s()
                outside.append((time.monotonic(), late_s))

    def watch() -> None:
        while not over.wait(SAMPLE_S):
            with suppress(OSError, ValueError, IndexError):  # it has ended
                pages = Path(f"/proc/{pid}/statm").read_text().split()[1]
                size = int(pages) * PAGE_KB / 1024
                figures.sizes.append((time.monotonic(), size))
                high = Path(f"/proc/{pid}/status").read_text()
                figures.peak_mb = int(high.partition("VmHWM:")[2].split()[0]) / 1024

    threads = [threading.Thread(target=target, daemon=True) for target in (watch, ask)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        threads[0].join()  # the window of the other one is gone, so it may wait for an answer
    first_s = server.given[0][0] if server.given else float("inf")
    figures.start_mb = max((size for at_s, size in figures.sizes if at_s < first_s), default=0.0)
    beats = folder / "beats"
    reported = beats.read_text().splitlines() if beats.exists() else []
    stalls = [(float(at), float(late)) for at, late in map(str.split, reported)]
    stalls = stalls if desktop is None else outside
    figures.stalls = [(at_s, late_s) for at_s, late_s in stalls if at_s > first_s]


def _blamed(server: HostileServer, figures: Figures) -> dict[str, tuple[float, float]]:
    found = {story.attack.name: (0.0, 0.0) for story in server.stories}
    given = sorted(server.given)
    for number, (at_s, name) in enumerate(given):
        until_s = given[number + 1][0] if number + 1 < len(given) else at_s + 5.0
        stalls = [late for end_s, late in figures.stalls if at_s <= end_s < until_s + late]
        sizes = [size for seen_s, size in figures.sizes if at_s <= seen_s < until_s]
        stall_s, peak_mb = found[name]
        found[name] = max([stall_s, *stalls]), max([peak_mb, *sizes])
    return found


def _troubles(server: HostileServer, ended: Ended | None, profile: Path) -> Iterator[str]:
    yield from server.mistakes
    for foreign in server.foreign:
        yield f"another server was talked to: {foreign[:200]!r}"
    for file in profile.rglob("*"):
        if file.is_file() and TOKEN.encode() in file.read_bytes():
            yield f"the token is in {file.name}"
    for file in profile.rglob("*.log"):
        if "Traceback" in file.read_text(errors="replace"):
            yield f"a defect is in {file.name}: {_last_of_traceback(file)}"
    reported = notified_ids(profile)
    scans: dict[str, dict[str, Any]] = {}
    if ended is not None:
        if ended.status != 0:
            yield f"exit status {ended.status}: {ended.err.strip()[:300]}"
        with suppress(ValueError, KeyError):
            scans = {scan["id"]: scan for scan in json.loads(ended.out)["scans"]}
    for story in server.stories:
        yield from _troubles_of(story, scans.get(story.id), reported)


def _troubles_of(story: Story, scan: dict[str, Any] | None, reported: set[str]) -> Iterator[str]:
    name = story.attack.name
    if not story.is_spent:
        yield f"{name}: not met, {story.given} of {story.attack.times}"
    if scan is None:
        yield f"{name}: nothing is said of the scan"
    elif scan["findings"] != story.findings or scan["ids_sha256"] != story.ids_sha256:
        yield f"{name}: {scan['status']}, {scan['findings']} in place of {story.findings}"
    elif scan["status"] != story.status:
        yield f"{name}: the scan is {scan['status']} in place of {story.status}"
    critical = story.rows[-1]["id"]
    if len(story.rows) <= story.attack.rows:
        yield f"{name}: the scan did not get as far as its critical finding"
    elif critical not in reported:
        yield f"{name}: the later critical finding was not notified"


def notified_ids(profile: Path) -> set[str]:
    """The ids of the findings that alerts were about."""
    file = next(profile.rglob(FILE_NAME), None)
    if file is None:
        return set()
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as history:
        return {each for (each,) in history.execute("SELECT finding_id FROM notified")}


def _last_of_traceback(file: Path) -> str:
    text = file.read_text(errors="replace").rpartition("Traceback")[2]
    lines = [line.strip() for line in text.splitlines() if line and not line.startswith(" ")]
    return lines[1][:200] if len(lines) > 1 else ""
