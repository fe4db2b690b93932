"""A watched scan is recorded to a file, and its replay shows the same at each moment."""

import asyncio
import os
import stat
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.base.tasks import Tasks
from heimdall_desktop.application.memory import recordings as recordings_module
from heimdall_desktop.application.memory.recordings import Recordings
from heimdall_desktop.application.memory.replay import Player, ReplayClock
from heimdall_desktop.application.runs.core import Core, Kept
from heimdall_desktop.application.runs.unattended import Limits, StartupTargets, watch_all
from heimdall_desktop.domain.facts.errors import HeimdallError, Reason
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.observation import EventsSkipped
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.scan_link import read_links
from heimdall_desktop.domain.facts.server import server_url
from heimdall_desktop.models.scans_model import ScanFacts
from heimdall_desktop.presentation.alerts.inbox import Inbox
from heimdall_desktop.presentation.board.card_words import place_of
from heimdall_desktop.presentation.error_text import error_text
from heimdall_desktop.services.credentials import MemoryStore
from heimdall_desktop.services.log import Redaction
from heimdall_desktop.services.recording import read_recording
from tests.application.memory.test_replay import Hands, moved, playing
from tests.fakes.desk_parts import small_files
from tests.fakes.findings import SCAN_ID
from tests.fakes.raw_server import AttendedServer
from tests.fakes.recorded_life import Life
from tests.fakes.waiting import WAIT_LIMIT_S, until
from tests.lab.scripting import ScriptedScan


@pytest.fixture(scope="module")
def server() -> Iterator[AttendedServer]:
    with AttendedServer() as running:
        yield running


@pytest.fixture(autouse=True)
def no_desktop(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Leave the desktop of the tests alone."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'no-bus'}")


@asynccontextmanager
async def watching(
    server: AttendedServer, scan: ScriptedScan, token: str, profile: Path
) -> AsyncIterator[Core]:
    """Watch a scan without a window."""
    core = Core(Kept(profile, None, MemoryStore()), Redaction())
    try:
        core.tasks.spawn(core.follow(), name="take in what changes")
        await core.bring_back()
        await core.begin()
        links = tuple(part.link for part in read_links(scan.id) if part.link is not None)
        wanted = StartupTargets(server_url(server.url), token, links, (), is_demo=False)
        limits = Limits(core.clock(), WAIT_LIMIT_S, WAIT_LIMIT_S)
        assert await watch_all(core, wanted, limits, [], asyncio.Event()) is None
        yield core
    finally:
        await core.aclose()


def shown(store: Store, scan_id: ScanId, inbox: Inbox, clock: ReplayClock) -> dict[str, object]:
    """Return what can be seen of a scan at a moment that the clock shows."""
    scan = store.scan(scan_id)
    assert scan is not None
    facts = ScanFacts(store, clock.clock, clock.now)
    assert scan.connection is not None
    pace, scan.replay_pace = scan.replay_pace, 1.0  # a watched scan is worded as a replay, too
    card, timeline = facts.card(scan), facts.timeline(scan)
    scan.replay_pace = pace
    answered_s = scan.last_answer_at_s
    return {
        "card": rounded(replace(card, tags=())),
        "timeline": rounded(timeline),
        "findings": dict(scan.findings),
        "changes": {each: scan.changes_of(each) for each in scan.findings},
        "log": list(scan.activity_rows),
        "log gaps": scan.log_gaps,
        "gaps": scan.gaps,
        "sync_status": (scan.sync_status.total, scan.sync_status.read, scan.sync_status.recovered),
        "is whole": (scan.sync_status.is_whole, scan.is_checked_to_the_end, scan.is_settled),
        "resynchronising": (scan.is_resynchronising, scan.unread_events),
        "end": (
            scan.outcome,
            scan.is_clear,
            scan.is_still_active,
            scan.returned_from,
            scan.returned_at,
        ),
        "attempt": (scan.attempt, scan.attempt_starts, scan.has_listed_once, scan.lost_rows),
        "task": facts.task(scan),
        "place": place_of(scan, scan.attempt),
        "connection": scan.connection.connection,
        "connected for": round(clock.clock() - scan.connection.since_s, 3),
        "answered before": None if answered_s is None else round(clock.clock() - answered_s, 3),
        "inbox": inbox.lines,
    }


def rounded(value: object) -> object:
    """Return a value with all its seconds to the millisecond."""
    match value:
        case float():
            return round(value, 3)
        case tuple():
            return tuple(map(rounded, value))
        case Struct():
            return [rounded(getattr(value, name)) for name in value.__struct_fields__]
        case _:
            return value


async def paused(file: Path, tasks: Tasks) -> Player:
    """Return what plays a file, at its beginning, where it stands still."""
    recording = read_recording(file)
    assert recording.damage is None
    player = await playing(Hands(), tasks, recording)
    player.clock.play(is_on=False)
    return player


async def test_a_replay_shows_what_was_shown(server: AttendedServer, tmp_path: Path) -> None:
    email, token = server.new_account()
    scripted = server.script_scan("shop", email).run_until("hunt").add_findings(3, "critical")
    file = tmp_path / "shop.heimdall.jsonl"
    moments: list[tuple[float, dict[str, object]]] = []

    async with watching(server, scripted, token, tmp_path) as core:
        scan_id = ScanId(scripted.id)

        def scan() -> Scan:
            found = core.store.scan(scan_id)
            assert found is not None
            return found

        def look() -> None:
            """Keep what is shown now, in the words of the moment that the recording has for it."""
            began_s = core.controller.recordings.states[scan_id].began_s
            at_s = core.clock() - began_s
            clock = ReplayClock(head_began_at, at_s, lambda: began_s)
            clock.move_to(at_s)
            moments.append((at_s, shown(core.store, scan_id, core.inbox, clock)))

        await until(lambda: core.store.scan(scan_id) is not None and scan().has_listed_once)
        head_began_at = core.now()
        await core.controller.recordings.start(scan_id, file)
        await until(lambda: core.controller.recordings.states[scan_id].written_bytes > 0)
        head_began_at = read_recording(file).head.began_at
        look()
        scripted.add_findings(2, "high").activity("Reading the routes").add_findings(1, "low")
        await until(lambda: len(scan().findings) == 6)
        look()
        scripted.lag()
        await until(
            lambda: any(isinstance(fact, EventsSkipped) for fact in scan().recorded_facts())
        )
        look()
        scripted.complete()
        server.age(scripted)
        core.controller.request_refresh(scan_id)
        await until(lambda: scan().is_checked_to_the_end and scan().is_settled)
        look()
        core.controller.recordings.stop(scan_id)
        await core.controller.recordings.aclose()
        assert token.encode() not in file.read_bytes()
        assert stat.S_IMODE(file.stat().st_mode) == 0o600

        player = await paused(file, core.tasks)
        for at_s, then in [*moments, *reversed(moments), moments[2]]:
            player.seek(at_s)
            await moved(player)
            assert player.clock.position_s == at_s
            assert shown(player.store, scan_id, player.inbox, player.clock) == then


class LifeDesk:
    """A life that can be recorded, and what was reported of that."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "shop"
        self.life = Life(Random(3))
        self.reported: list[HeimdallError] = []
        self.defects: list[BaseException] = []
        self.tasks = Tasks(lambda _name, error: self.defects.append(error))
        self.recordings = Recordings(
            self.life.store, self.tasks, clock=self.life.clock, now=self.life.now
        )
        self.recordings.on_problem = self.reported.append


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[LifeDesk]:
    desk = LifeDesk(tmp_path)
    yield desk
    await desk.recordings.aclose()
    await desk.tasks.aclose()


async def test_a_full_disk_ends_the_recording_and_not_the_watching(desk: LifeDesk) -> None:
    await desk.recordings.start(SCAN_ID, desk.file)
    with small_files(20_000):
        for _ in range(200):
            desk.life.step()
        await until(lambda: bool(desk.reported))
    desk.life.step()
    assert SCAN_ID not in desk.recordings
    assert desk.life.store.tags_of(SCAN_ID) == frozenset()
    assert list(map(error_text, desk.reported)) == [
        "Recording to shop stopped: File too large. The part recorded so far can be played."
    ]
    assert desk.defects == []
    assert read_recording(desk.file).facts
    assert desk.file.stat().st_size <= 20_000


async def test_what_breaks_off_is_no_longer_shown_as_recorded(desk: LifeDesk) -> None:
    def broken(lines: bytes) -> bytes:
        raise ArithmeticError

    desk.recordings.mask = broken
    await desk.recordings.start(SCAN_ID, desk.file)
    assert SCAN_ID in desk.recordings
    await until(lambda: bool(desk.defects))
    assert SCAN_ID not in desk.recordings
    assert desk.life.store.tags_of(SCAN_ID) == frozenset()


async def test_a_slow_disk_ends_recording(desk: LifeDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recordings_module, "WAITING_LIMIT", 20)
    await desk.recordings.start(SCAN_ID, desk.file)
    for _ in range(100):  # so much comes before the disk takes anything
        desk.life.step()
    await until(lambda: bool(desk.reported))
    assert [error.reason for error in desk.reported] == [Reason.RECORDING_SLOW]
    assert SCAN_ID not in desk.recordings
    assert read_recording(desk.file).facts


# -- any life --

LIVES = int(os.environ.get("HEIMDALL_LIVES", "8"))  # by hand some thousands
BEFORE, RECORDED = (0, 60), (1, 60)  # steps

Moment = tuple[float, dict[str, object]]


@settings(max_examples=LIVES)
@given(st.integers(0, 2**32))
def test_a_replay_shows_the_same_at_each_moment_of_any_life(seed: int) -> None:
    with TemporaryDirectory() as folder:
        asyncio.run(_record_and_play(Random(seed), Path(folder) / "shop.heimdall.jsonl"))


async def _record_and_play(chance: Random, file: Path) -> None:
    broken: list[BaseException] = []
    tasks = Tasks(lambda _name, error: broken.append(error))
    try:
        moments = await _recorded(chance, file, tasks)
        await _compare(chance, file, tasks, moments)
    finally:
        await tasks.aclose()
    assert not broken


async def _recorded(chance: Random, file: Path, tasks: Tasks) -> list[Moment]:
    """Record a life from some moment on; return what was shown at each moment from then on."""
    life, moments = Life(chance), list[Moment]()
    for _ in range(chance.randint(*BEFORE)):
        life.step()
    recordings = Recordings(life.store, tasks, clock=life.clock, now=life.now)
    recordings.lines_of = lambda _scan_id: list(reversed(life.inbox.lines))
    life.inbox.on_put = recordings.take_line
    began_at, began_s = life.at, life.clock_s
    await recordings.start(SCAN_ID, file)
    for step in range(chance.randint(*RECORDED)):
        if step:
            life.step()
        at_s = life.clock_s - began_s
        clock = ReplayClock(began_at, at_s, lambda: began_s)
        clock.move_to(at_s)
        moments.append((at_s, shown(life.store, SCAN_ID, life.inbox, clock)))
        if chance.random() < 0.1:
            await asyncio.sleep(0)  # else it is written later, and tells of now all the same
    await recordings.aclose()
    return moments


async def _compare(chance: Random, file: Path, tasks: Tasks, moments: list[Moment]) -> None:
    """See that a replay shows each moment as it was, at first in order, then back and forth."""
    player = await paused(file, tasks)
    mixed = chance.choices(moments, k=len(moments) // 3 + 1)
    for at_s, then in [*moments, *mixed]:
        player.seek(at_s)
        await moved(player)
        now = shown(player.store, SCAN_ID, player.inbox, player.clock)
        assert now == then, f"at {at_s} s: {_differing(now, then)}"


def _differing(now: dict[str, object], then: dict[str, object]) -> str:
    return "\n".join(
        f"{name}:\n  now  {now[name]}\n  then {then[name]}"
        for name in then
        if now[name] != then[name]
    )
