"""Records watched scans to files: each scan's initial state, and then every fact about it.

The store passes every fact on as it is folded. Facts are turned into lines and written now and
then, so that neither the loop nor a watch ever waits for the disk.
"""

import asyncio
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from itertools import chain
from pathlib import Path

from msgspec import Struct

from heimdall_desktop import __version__
from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.base.tasks import Answer, RequestTasks, Tasks
from heimdall_desktop.domain.alerts.alert import InboxLine
from heimdall_desktop.domain.facts.change import Change, ScanRemoved
from heimdall_desktop.domain.facts.errors import HeimdallError, NotVisible, Reason, RecordingError
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.observation import ScanRead
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.stages.stage_times import StageTimes
from heimdall_desktop.presentation.board.card_words import Tag
from heimdall_desktop.presentation.time_text import file_moment
from heimdall_desktop.services import recording
from heimdall_desktop.services.envelope import Slices, in_slices
from heimdall_desktop.services.fact_codec import Fact, UsualTimesKnown
from heimdall_desktop.services.local_process import open_replay

WRITE_S = 0.5
WAITING_LIMIT = 200_000  # facts, while the disk accepts none
CHUNK_BYTES = 1 << 20
CLOSE_S = 5.0


class RecordingState(Struct, frozen=True):
    """The progress of a recording.

    Attributes:
        file: its name, without its folder.
        began_s: monotonic time of its start.
    """

    file: str
    began_s: float
    written_bytes: int


class Recordings:
    """Owns the active recordings, at most one for each scan.

    Attributes:
        mask: removes tokens from the written lines.
        lines_of: the inbox lines of a scan, oldest first.
        on_problem: receives the reason when a recording has ended unexpectedly.
        on_moved: called when one has started or ended.
        play_command: starts this program; a recording is played in a separate process.
    """

    def __init__(
        self, store: Store, tasks: Tasks, *, clock: Callable[[], float], now: Callable[[], datetime]
    ) -> None:
        self._store, self._tasks, self._clock, self._now = store, tasks, clock, now
        self._requests = RequestTasks(tasks)
        self._running: dict[ScanId, _Recorder] = {}
        self._ending: set[asyncio.Task[None]] = set()
        self.mask: Callable[[bytes], bytes] = bytes
        self.lines_of: Callable[[ScanId], Iterable[InboxLine]] = lambda _scan_id: ()
        self.on_problem: Callable[[HeimdallError], None] = lambda _error: None
        self.on_moved: Callable[[], None] = lambda: None
        self.play_command: Sequence[str] = ()
        store.times.on_learnt = self._record_times

    @property
    def states(self) -> dict[ScanId, RecordingState]:
        return {scan_id: recorder.state for scan_id, recorder in self._running.items()}

    def file_name(self, name: str) -> str:
        """Return a name for the file of a scan whose recording starts now."""
        plain = re.sub(r"[^\w.-]+", "-", name).strip("-.")[:60] or "scan"
        return f"{plain}-{file_moment(self._now())}{recording.SUFFIX}"

    def __contains__(self, scan_id: ScanId) -> bool:
        return scan_id in self._running

    def request_start(self, scan_id: ScanId, path: Path, on_answer: Answer) -> None:
        """Record a scan from now on; an active recording continues unchanged."""
        self._requests.start(
            partial(self.start, scan_id, path), on_answer, name="begin a recording"
        )

    async def start(self, scan_id: ScanId, path: Path) -> None:
        """Record a scan from now on; an active recording continues unchanged.

        Raises:
            NotVisible: it is not watched.
            FileNotWritten: the file cannot be written there.
        """
        file = recording.RecordingFile(path, self.mask)
        if self._store.scan(scan_id) is not None and scan_id not in self._running:
            await file.open()
        scan = self._store.scan(scan_id)
        if scan is None:
            await file.aclose()
            raise NotVisible(Reason.SCAN_NOT_WATCHED)
        if scan_id in self._running:
            await file.aclose()
            return
        head = recording.RecordingHead(
            recording.VERSION,
            __version__,
            scan.id,
            scan.server,
            scan.name,
            scan.is_local,
            self._now(),
        )
        lines = tuple(self.lines_of(scan.id))
        recorder = _Recorder(head, file, self._clock, self._store.times, scan, lines)
        self._running[scan_id] = recorder
        self._store.follow(scan_id, recorder.take)
        self._store.tag(scan_id, Tag.RECORDING)

        async def record() -> None:
            try:
                await recorder.run()
            except HeimdallError as error:
                self.on_problem(error)
            finally:
                if self._running.get(scan_id) is recorder:
                    self.stop(scan_id)

        recorder.task = self._tasks.spawn(record(), name="record a scan")
        self.on_moved()

    def request_play(self, path: Path, on_answer: Answer) -> None:
        self._requests.start(partial(self.play, path), on_answer, name="open a replay")

    async def play(self, path: Path) -> None:
        """Open a window that plays a recording; `on_problem` receives a later failure.

        Raises:
            RecordingError: it cannot be played.
        """
        replay = await open_replay(self.play_command, path)

        async def follow_replay() -> None:
            try:
                await replay.until_closed()
            except RecordingError as error:
                self.on_problem(error)

        self._tasks.spawn(follow_replay(), name="follow a replay")

    def stop(self, scan_id: ScanId) -> None:
        """End the recording of a scan, if there is one; everything received so far is written."""
        recorder = self._running.pop(scan_id, None)
        if recorder is None:
            return
        self._store.follow(scan_id, None)
        self._store.tag(scan_id, Tag.RECORDING, is_on=False)
        recorder.stopped.set()
        if recorder.task is not None:
            self._ending.add(recorder.task)
            recorder.task.add_done_callback(self._ending.discard)
        self.on_moved()

    def take(self, changes: Iterable[Change]) -> None:
        """End the recordings of scans that are no longer watched."""
        for change in changes:
            if isinstance(change, ScanRemoved) and self._store.scan(change.scan_id) is None:
                self.stop(change.scan_id)

    def _record_times(self) -> None:
        for recorder in self._running.values():
            recorder.record_times()

    def take_line(self, line: InboxLine) -> None:
        recorder = self._running.get(line.scan_id)
        if recorder is not None:
            recorder.take(line)

    async def aclose(self) -> None:
        """End all recordings, and wait a while for the disk."""
        await self._requests.aclose()
        for scan_id in list(self._running):
            self.stop(scan_id)
        if self._ending:
            await asyncio.wait(self._ending, timeout=CLOSE_S)


class _Recorder:
    """One recording; it starts with the current state of the scan and its inbox."""

    def __init__(
        self,
        head: recording.RecordingHead,
        file: recording.RecordingFile,
        clock: Callable[[], float],
        times: StageTimes,
        scan: Scan,
        lines: Iterable[InboxLine],
    ) -> None:
        self._head, self._file, self._clock, self._times = head, file, clock, times
        self._began_s = clock()
        self._writer = recording.LineWriter(head, self._began_s)
        self._waiting: deque[tuple[float, Fact]] = deque()
        self._usual = UsualTimesKnown(head.scan_id, ())
        self._repo_id = scan.repo_id
        self._known: Iterator[Fact] = chain(self._news_of_times(), scan.recorded_facts(), lines)
        self.stopped = asyncio.Event()
        self.task: asyncio.Task[None] | None = None

    @property
    def state(self) -> RecordingState:
        return RecordingState(self._file.path.name, self._began_s, self._file.written_bytes)

    def take(self, fact: Fact) -> None:
        if isinstance(fact, ScanRead):
            self._repo_id = fact.repo_id
            self.record_times()
        if len(self._waiting) < WAITING_LIMIT:
            self._waiting.append((self._clock(), fact))

    def record_times(self) -> None:
        """Write how long scans of the repository took, if that has changed."""
        for fact in self._news_of_times():
            self._waiting.append((self._clock(), fact))

    def _news_of_times(self) -> tuple[Fact, ...]:
        if self._repo_id is None:
            return ()
        before, times = self._usual, self._times.of_repo(self._head.server, self._repo_id)
        self._usual = UsualTimesKnown(self._head.scan_id, times)
        return () if self._usual == before else (self._usual,)

    async def run(self) -> None:
        """Write the state of the scan, and then its facts, until stopped."""
        try:
            await self._file.write(self._writer.first)
            await self._write((self._began_s, fact) for fact in self._known)
            while not self.stopped.is_set():
                with suppress(TimeoutError):
                    async with asyncio.timeout(WRITE_S):
                        await self.stopped.wait()
                if len(self._waiting) >= WAITING_LIMIT:
                    raise RecordingError(Reason.RECORDING_SLOW, file=self._file.path.name)
                await self._write(self._take_waiting())
            await self._write(self._take_waiting())  # facts that arrived during the last write
            await self._file.write(self._writer.end(self._clock()))
        finally:
            await self._file.aclose()

    def _take_waiting(self) -> Iterator[tuple[float, Fact]]:
        while self._waiting:
            yield self._waiting.popleft()

    async def _write(self, facts: Iterator[tuple[float, Fact]]) -> None:
        while chunk := await in_slices(self._chunk(facts)):
            await self._file.write(bytes(chunk))

    def _chunk(self, facts: Iterator[tuple[float, Fact]]) -> Slices[bytearray]:
        chunk = bytearray()
        for at_s, fact in facts:
            for line in self._writer.lines(at_s, fact):
                chunk += line
            yield
            if len(chunk) >= CHUNK_BYTES:
                break
        return chunk
