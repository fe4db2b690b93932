"""Plays a recording into the store, with its own times, and without a server.

A run that plays uses the clocks of the recording. Its monotonic clock runs at the playing pace and
never back; its wall clock shows the recorded time. So all values that the window derives from them,
such as ages and time left, are as they were then. To go back, the scan is rebuilt from the
start; decisions made here meanwhile stay.
"""

import asyncio
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import filterfalse

from msgspec import Struct
from msgspec.structs import replace

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.base.tasks import Tasks
from heimdall_desktop.domain.alerts.alert import InboxLine
from heimdall_desktop.domain.facts import observation
from heimdall_desktop.domain.facts.change import (
    FindingAdded,
    FindingReplaced,
    ScanMoved,
    StagesMoved,
)
from heimdall_desktop.domain.facts.decision import Field, snooze_end
from heimdall_desktop.domain.facts.errors import HeimdallError, Reason
from heimdall_desktop.domain.facts.finding import Finding, FindingId, FindingStatus, Severity
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.presentation.alerts.inbox import Inbox
from heimdall_desktop.presentation.board.card_words import Tag
from heimdall_desktop.presentation.error_text import error_text
from heimdall_desktop.services.envelope import Slices, in_slices
from heimdall_desktop.services.fact_codec import UsualTimesKnown, moved
from heimdall_desktop.services.recording import Recorded, Recording

TICK_S = 0.05
PACES = (1.0, 10.0, 60.0)
FACTS_AT_ONCE = 20  # between two checks of how long the loop was held


class ReplayClock:
    """Both clocks of a run that plays a recording.

    Args:
        began_at: the first time of the recording.
        duration_s: its length.
        real: monotonic seconds of this machine.

    Attributes:
        shift_s: what our monotonic clock shows at the start of the recording.
        pace: how much faster it plays than it was recorded.
    """

    def __init__(
        self, began_at: datetime, duration_s: float, real: Callable[[], float] = time.monotonic
    ) -> None:
        self._began_at, self.duration_s, self._real = began_at, duration_s, real
        self.shift_s = real()
        self._from_s = 0.0
        self._since_s: float | None = None
        self.pace = 1.0

    @property
    def position_s(self) -> float:
        """The current position, in seconds of the recording."""
        if self._since_s is None:
            return self._from_s
        played_s = (self._real() - self._since_s) * self.pace
        return min(self._from_s + max(0.0, played_s), self.duration_s)

    @property
    def is_playing(self) -> bool:
        """Whether time passes; it stops at the end of the recording."""
        return self._since_s is not None and self.position_s < self.duration_s

    def play(self, *, is_on: bool, pace: float | None = None) -> None:
        """Let time pass from here on, or stop it."""
        self._from_s = self.position_s
        self.pace = self.pace if pace is None else pace
        self._since_s = self._real() if is_on else None

    def move_to(self, position_s: float) -> None:
        """Go to a position in the recording; the monotonic clock does not go back with it."""
        before_s, is_on = self.position_s, self._since_s is not None
        self._from_s = min(max(0.0, position_s), self.duration_s)
        self.shift_s += max(0.0, before_s - self._from_s)
        self._since_s = self._real() if is_on else None

    def clock(self) -> float:
        return self.shift_s + self.position_s

    def now(self) -> datetime:
        return self._began_at + timedelta(seconds=self.position_s)


class Marks(Struct, frozen=True):
    """The marks on the timeline of the recording, in seconds from its start."""

    criticals: tuple[float, ...] = ()
    stages: tuple[float, ...] = ()


class Player:
    """Feeds the store, and the inbox, from a recording.

    Args:
        recording: the recording to play.

    Attributes:
        scan_id: the scan that is played.
        marks: where criticals appear and stages start; computed while it plays already.
        on_moved: called when pace, position or play state has changed.
        on_inbox_moved: called when inbox lines were added or removed.
    """

    def __init__(
        self, recording: Recording, clock: ReplayClock, store: Store, inbox: Inbox
    ) -> None:
        self.recording, self.clock = recording, clock
        self.store, self.inbox = store, inbox
        self.scan_id = store.identities.claim_scan(recording.head.server, recording.head.scan_id)
        store.tag(self.scan_id, Tag.REPLAY)
        self._next = 0
        self._decided: dict[FindingId, dict[Field, str]] = {}
        self._feeding = asyncio.Lock()
        self._wanted_s: float | None = None
        self._is_stepping = False
        self._tasks: Tasks | None = None
        self.marks = Marks()
        self.on_moved: Callable[[], None] = lambda: None
        self.on_inbox_moved: Callable[[], None] = lambda: None

    @property
    def name(self) -> str:
        """The name of the scan, which may be unknown at the start."""
        facts = (recorded.fact for recorded in reversed(self.recording.facts))
        names = (
            fact.name for fact in facts if isinstance(fact, observation.RepoRead) and fact.name
        )
        return next(names, self.recording.head.name)

    async def start(self, tasks: Tasks) -> None:
        """Show the start, and play from there."""
        self._tasks = tasks
        self._restart()
        await self.feed()
        self.clock.play(is_on=True)
        tasks.spawn(self._play(), name="play a recording")
        tasks.spawn(self._find_marks(), name="look through a recording")

    # -- requests of the window --

    def play(self, *, is_on: bool) -> None:
        """Play, from the start once the end was reached, or pause."""
        is_at_end = self.clock.position_s >= self.clock.duration_s
        self.clock.play(is_on=is_on)
        if is_on and is_at_end:
            self.seek(0.0)
        self.on_moved()

    def use_pace(self, pace: float) -> None:
        self.clock.play(is_on=self.clock.is_playing, pace=pace)
        scan = self.store.scan(self.scan_id)
        if scan is not None:
            scan.replay_pace = pace
            self.store.note([ScanMoved(self.scan_id)])
        self.on_moved()

    def seek(self, position_s: float) -> None:
        """Go to a position; the display follows later if much has to be rebuilt."""
        is_first = self._wanted_s is None
        self._wanted_s = position_s
        if is_first and self._tasks is not None:
            self._tasks.spawn(self._seek(), name="go to a moment of a recording")

    @property
    def is_there(self) -> bool:
        """Whether everything at the current position is shown."""
        facts = self.recording.facts
        is_shown = self._next == len(facts) or facts[self._next].at_s > self.clock.position_s
        return is_shown and self._wanted_s is None and not self._is_stepping

    def step(self) -> None:
        """Pause, and go to the next time at which anything changed."""
        self.clock.play(is_on=False)
        if self._tasks is not None and not self._is_stepping:
            self._is_stepping = True
            self._tasks.spawn(self._step(), name="go one step on in a recording")

    def decide(self, finding_ids: Iterable[FindingId], what: Field, value: str) -> None:
        """Give findings a value here, whatever was recorded, and in no file or server."""
        rows: list[Finding] = []
        for finding_id in finding_ids:
            finding = self.store.finding(finding_id)
            if finding is not None:
                self._decided.setdefault(finding_id, {})[what] = value
                rows.append(self._as_decided(replace(finding, updated_at=self.clock.now())))
        if what is Field.SNOOZE:
            ids = tuple(row.id for row in rows)
            self.store.observe(observation.Snoozed(self.scan_id, ids, snooze_end(value)))
        elif rows:
            listed = observation.FindingsListed(self.scan_id, self.clock.clock(), tuple(rows))
            self.store.observe(listed)

    # -- feeding --

    async def feed(self) -> None:
        async with self._feeding:
            await in_slices(self._feed_to(self.clock.position_s))

    async def _play(self) -> None:
        was_playing = True
        while True:
            await asyncio.sleep(TICK_S)
            await self.feed()
            if was_playing != self.clock.is_playing:
                was_playing = self.clock.is_playing
                self.on_moved()

    async def _seek(self) -> None:
        """Go to where the handle was last released."""
        async with self._feeding:
            while (wanted_s := self._wanted_s) is not None:
                is_back = wanted_s < self.clock.position_s
                self.clock.move_to(wanted_s)
                if is_back:
                    self._restart()
                await in_slices(self._feed_to(wanted_s))
                if self._wanted_s == wanted_s:
                    self._wanted_s = None
        self.on_moved()

    async def _step(self) -> None:
        async with self._feeding:
            facts, count = self.recording.facts, len(self.recording.facts)
            has_moved = False
            while self._next < count and not has_moved:
                at_s = facts[self._next].at_s
                self.clock.move_to(max(at_s, self.clock.position_s))
                while self._next < count and facts[self._next].at_s <= at_s:
                    has_moved = self._show(facts[self._next]) or has_moved
                    self._next += 1
            self._is_stepping = False
        self.on_moved()

    def _feed_to(self, position_s: float) -> Slices[None]:
        facts = self.recording.facts
        while self._next < len(facts) and facts[self._next].at_s <= position_s:
            self._show(facts[self._next])
            self._next += 1
            if self._next % FACTS_AT_ONCE == 0:
                yield

    def _restart(self) -> None:
        head, self._next = self.recording.head, 0
        self.store.remove(self.scan_id)
        self.store.times.clear()
        self.store.snoozes.of_scan(self.scan_id).clear()
        pace = self.clock.pace
        self.store.add(Scan(self.scan_id, head.server, is_local=head.is_local, replay_pace=pace))
        self.inbox.clear()
        self.on_inbox_moved()

    def _show(self, recorded: Recorded) -> bool:
        """Show one fact; return whether it changed anything but the connection of the scan."""
        fact = moved(recorded.fact, lambda at_s: at_s + self.clock.shift_s)
        if isinstance(fact, observation.ConnectionSeen) and fact.error is not None:
            try:
                error_text(fact.error)
            except (LookupError, TypeError, ValueError, AttributeError):  # a file words any error
                fact = replace(fact, error=HeimdallError(Reason.PART_NOT_SHOWN))
        if isinstance(fact, InboxLine):
            has_moved = self.inbox.put(fact)
            if has_moved:
                self.on_inbox_moved()
            return has_moved
        if isinstance(fact, UsualTimesKnown):
            self.store.times.clear()
            server = self.recording.head.server
            news = [self.store.times.learn(replace(each, server=server)) for each in fact.times]
            self.store.note([StagesMoved(self.scan_id)])
            return any(news)
        changed = list(map(self.store.observe, self._with_decisions(fact)))
        return any(changed) and not isinstance(fact, observation.ConnectionSeen)

    def _with_decisions(self, fact: observation.Observation) -> Iterator[observation.Observation]:
        """Yield the recorded facts, with the decisions made here since."""
        match fact:
            case observation.FindingsListed() if self._decided:
                scan = self.store.scan(self.scan_id)
                known = scan.findings if scan is not None else {}
                new = [row.id for row in fact.findings if row.id not in known]
                yield replace(fact, findings=tuple(map(self._as_decided, fact.findings)))
                for finding_id in filter(self._is_snooze_decided, new):
                    until = snooze_end(self._decided[finding_id][Field.SNOOZE])
                    if until is None or until > self.clock.now():
                        yield observation.Snoozed(self.scan_id, (finding_id,), until)
            case observation.Snoozed():
                ids_left = tuple(filterfalse(self._is_snooze_decided, fact.finding_ids))
                yield replace(fact, finding_ids=ids_left)
            case _:
                yield fact

    def _is_snooze_decided(self, finding_id: FindingId) -> bool:
        return Field.SNOOZE in self._decided.get(finding_id, {})

    def _as_decided(self, finding: Finding) -> Finding:
        decided = self._decided.get(finding.id, {})
        if Field.STATUS in decided:
            word = decided[Field.STATUS]
            finding = replace(finding, status=FindingStatus.of(word), status_text=word)
        if Field.SEVERITY in decided:
            word = decided[Field.SEVERITY]
            finding = replace(finding, severity=Severity.of(word), severity_text=word)
        return finding

    async def _find_marks(self) -> None:
        self.marks = await in_slices(_marks_of(self.recording))
        self.on_moved()


def _marks_of(recording: Recording) -> Slices[Marks]:
    """Return where criticals appear and stages start, by playing it to a scan of no window."""
    scan = Scan(recording.head.scan_id, recording.head.server)
    criticals: dict[FindingId, float] = {}
    stages: dict[str, float] = {}
    for number, recorded in enumerate(recording.facts):
        if number % FACTS_AT_ONCE == 0:
            yield
        if isinstance(recorded.fact, InboxLine | UsualTimesKnown):
            continue
        for change in scan.observe(recorded.fact):
            match change:
                case FindingAdded(finding) | FindingReplaced(finding) if (
                    finding.counts_as is Severity.CRITICAL
                ):
                    criticals.setdefault(finding.id, recorded.at_s)
                case StagesMoved() if (stage := scan.running_stage) is not None:
                    stages.setdefault(stage.name, recorded.at_s)
                case _:
                    pass
    return Marks(tuple(criticals.values()), tuple(stages.values()))
