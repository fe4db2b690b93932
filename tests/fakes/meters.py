"""Meters for a program that runs for long: memory, loop lag, sockets, Qt timers, processor time."""

import asyncio
import gc
import resource
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QAbstractEventDispatcher, QCoreApplication, QObject
from PySide6.QtWidgets import QApplication

from heimdall_desktop.domain.facts.observation import Connection
from heimdall_desktop.domain.facts.scan import Scan

BEAT_S = 0.02
OLD_S = 15.0
NAMED_WITHIN_S = 20.0  # a scan that has just begun may still be without its name
#: What no scan may say of a server that answers again before a user would notice anything.
FALSE = {
    each.value
    for each in (Connection.STALE, Connection.GONE, Connection.SIGNED_OUT, Connection.BUSY)
}
_STATUS = Path("/proc/self/status")
_SCHEDULED = Path("/proc/thread-self/schedstat")


@dataclass
class LoopLag:
    """How late a beat of the loop comes that is due every 20 ms, in whole milliseconds.

    The time in which the machine gave the thread no processor is left out: no program can help it.
    """

    counted: Counter[int] = field(default_factory=Counter)

    async def run(self) -> None:
        while True:
            due_s = time.perf_counter() + BEAT_S - starved_s()
            await asyncio.sleep(BEAT_S)
            late_s = time.perf_counter() - starved_s() - due_s
            self.counted[max(0, round(late_s * 1000))] += 1

    def take(self) -> Counter[int]:
        taken, self.counted = self.counted, Counter()
        return taken


class Seen(NamedTuple):
    """What a scan says of its connection.

    Attributes:
        answered_at_s: of the program's clock; None before the first answer.
        why: what it says beside the name of the state.
    """

    scan_id: str
    status: str
    is_settled: bool
    answered_at_s: float | None
    connection: str
    why: str
    has_name: bool


def seen_of(scan: Scan) -> Seen:
    """Return what a scan says now."""
    heard = scan.connection
    state, why = ("", "") if heard is None else (heard.connection.value, f"{heard.error or ''}")
    if heard is not None and heard.next_try_at_s is not None:
        why = f"{why} until {heard.next_try_at_s:.1f} s".strip()
    answered_at_s, has_name = scan.last_answer_at_s, bool(scan.repo_name)
    return Seen(scan.id, scan.status or "", scan.is_settled, answered_at_s, state, why, has_name)


class Alarms:
    """How long scans were without an answer, and what they said of a server that is there."""

    def __init__(self) -> None:
        self._begun_s: dict[str, float] = {}
        self._oldest_s, self._oldest = 0.0, ""
        self._false: set[tuple[str, str]] = set()
        self._nameless = 0
        self._told: list[str] = []

    def view(self, scans: Iterable[Seen], now_s: float) -> None:
        self._nameless = 0
        for scan in scans:
            begun_s = self._begun_s.setdefault(scan.scan_id, now_s)
            answered_s = begun_s if scan.answered_at_s is None else scan.answered_at_s
            watched = f"{scan.status}, watched for {now_s - begun_s:.0f} s"
            if not scan.is_settled and now_s - answered_s > self._oldest_s:
                self._oldest_s, self._oldest = now_s - answered_s, watched
            alarm = scan.scan_id, scan.connection
            if scan.connection in FALSE and alarm not in self._false:
                self._false.add(alarm)
                self._told.append(
                    f"{scan.connection} at {now_s:.1f} s: {scan.scan_id[:8]}, {watched}, answered"
                    f" {now_s - answered_s:.1f} s ago; {scan.why}"
                )
            self._nameless += not scan.has_name and now_s - begun_s > NAMED_WITHIN_S

    @property
    def is_clear(self) -> bool:
        """Whether no scan was old, falsely alarmed or without a name at the last look."""
        return not (self._nameless or self._false) and self._oldest_s <= OLD_S

    def lines(self) -> list[str]:
        false = Counter(connection for _, connection in self._false)
        return [
            f"longest without answer   {self._oldest_s:.1f} s, of one scan: {self._oldest}",
            f"scans                    {len(self._begun_s)}",
            f"without a name           {self._nameless} at the end",
            f"false alarms             {dict(false)}",
            *(f"    {alarm}" for alarm in self._told),
        ]


def lag_text(counted: Counter[int]) -> str:
    """Median, the one in a hundred, and the worst."""
    return f"{_part(counted, 0.5)}/{_part(counted, 0.99)}/{max(counted, default=0)}"


def _part(counted: Counter[int], part: float) -> int:
    left = counted.total() * part
    for value in sorted(counted):
        left -= counted[value]
        if left <= 0:
            return value
    return 0


def starved_s() -> float:
    """How long this thread has waited for a processor; 0 where the system doesn't count it."""
    return int(_SCHEDULED.read_text().split()[1]) / 1e9 if _SCHEDULED.exists() else 0.0


def memory_mb() -> float:
    """Resident memory; 0 where the system does not report it in this form."""
    lines = _STATUS.read_text().splitlines() if _STATUS.exists() else []
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS")), 0) / 1024


def processor_s() -> float:
    """Processor time of this process so far, the threads of Qt and of the pool included."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def qt_timers(roots: Iterable[QObject]) -> int:
    """Count the running timers of these objects, of all windows, and of all they own.

    It does not search memory for them: what a collection has frozen would not be found there.
    """
    dispatcher = QAbstractEventDispatcher.instance()
    application = QCoreApplication.instance()
    if application is None or dispatcher is None:
        return 0
    tops = [*roots, application, *QApplication.topLevelWidgets()]
    reached = {id(each): each for top in tops for each in (top, *top.findChildren(QObject))}
    return sum(len(dispatcher.registeredTimers(each)) for each in reached.values())


def slope_mb_per_h(seen: Sequence[tuple[float, float]]) -> float:
    """The slope of the straight line through pairs of seconds and megabytes."""
    if len(seen) < 2:
        return 0.0
    mean_s = sum(at_s for at_s, _ in seen) / len(seen)
    mean_mb = sum(mb for _, mb in seen) / len(seen)
    spread = sum((at_s - mean_s) ** 2 for at_s, _ in seen)
    return sum((at_s - mean_s) * (mb - mean_mb) for at_s, mb in seen) / spread * 3600


def cyclic_garbage() -> int:
    """Collect everything, what was frozen too; return how many objects nobody referred to."""
    gc.unfreeze()
    return gc.collect()
