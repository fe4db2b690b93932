"""A replay: its clocks, its steps, and what is decided in it."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from msgspec.structs import replace

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.base.tasks import Tasks
from heimdall_desktop.application.memory.replay import Marks, Player, ReplayClock
from heimdall_desktop.application.requests.decisions import Decisions
from heimdall_desktop.application.runs.core import utc_now
from heimdall_desktop.application.servers.accounts import Accounts
from heimdall_desktop.domain.facts import observation
from heimdall_desktop.domain.facts.decision import Field, WriteState
from heimdall_desktop.domain.facts.errors import HeimdallError, LinkError, Reason
from heimdall_desktop.domain.facts.finding import FindingStatus, ScanId, Severity
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.domain.stages.stage_times import ScanTimes
from heimdall_desktop.presentation.alerts.inbox import Inbox
from heimdall_desktop.services.credentials import MemoryStore
from heimdall_desktop.services.fact_codec import UsualTimesKnown
from heimdall_desktop.services.recording import Recorded, Recording
from tests.fakes.findings import REPO_ID, SCAN_ID, finding_id, make_finding
from tests.fakes.inbox_lines import make_line
from tests.services.test_recording import HEAD

CRITICAL = Severity.CRITICAL


def rows(at_s: float, *findings: Any) -> Recorded:
    return Recorded(at_s, observation.FindingsListed(SCAN_ID, at_s, findings))


def live(at_s: float) -> Recorded:
    return Recorded(at_s, observation.ConnectionSeen(SCAN_ID, observation.Connection.LIVE, at_s))


RECORDING = Recording(
    HEAD,
    (
        Recorded(0.0, observation.RepoRead(SCAN_ID, "shop", "main")),
        rows(0.0, make_finding(1)),
        live(5.0),
        Recorded(8.0, observation.RepoRead(SCAN_ID, "shop", "main")),
        rows(10.0, make_finding(2, severity=CRITICAL), make_finding(1)),
        Recorded(10.0, make_line()),
        rows(30.0, make_finding(1), make_finding(3)),
    ),
    duration_s=40.0,
)


class Hands:
    """A machine whose time a test sets."""

    def __init__(self) -> None:
        self.now_s = 900.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
async def tasks() -> AsyncIterator[Tasks]:
    broken: list[BaseException] = []
    tasks = Tasks(lambda _name, error: broken.append(error))
    yield tasks
    await tasks.aclose()
    assert not broken


@pytest.fixture
def hands() -> Hands:
    return Hands()


async def playing(hands: Hands, tasks: Tasks, recording: Recording = RECORDING) -> Player:
    clock = ReplayClock(recording.head.began_at, recording.duration_s, hands)
    player = Player(recording, clock, Store(), Inbox(clock.now))
    await player.start(tasks)
    return player


@pytest.fixture
async def player(hands: Hands, tasks: Tasks) -> Player:
    return await playing(hands, tasks)


async def moved(player: Player) -> None:
    """Wait until all is shown of where the player was sent."""
    has_moved = asyncio.Event()
    player.on_moved = has_moved.set
    while not player.is_there:
        has_moved.clear()
        await has_moved.wait()


async def sought(player: Player, position_s: float) -> Scan:
    """Go to a position, and return the scan once all of it is shown."""
    player.seek(position_s)
    await moved(player)
    scan = player.store.scan(SCAN_ID)
    assert scan is not None
    return scan


def numbers(player: Player) -> list[str]:
    scan = player.store.scan(SCAN_ID)
    assert scan is not None
    return sorted(each[-1] for each in scan.findings)


async def test_it_plays_at_its_pace_and_stops_at_the_end(player: Player, hands: Hands) -> None:
    assert numbers(player) == ["1"]

    hands.now_s += 9.5
    await player.feed()
    assert numbers(player) == ["1"]
    player.use_pace(10.0)
    hands.now_s += 1.0
    await player.feed()

    assert player.clock.position_s == pytest.approx(19.5)
    assert numbers(player) == ["1", "2"]
    assert player.clock.now() == HEAD.began_at + timedelta(seconds=19.5)
    hands.now_s += 100.0
    await player.feed()
    assert (player.clock.position_s, player.clock.is_playing) == (40.0, False)
    assert numbers(player) == ["1", "2", "3"]


async def test_the_monotonic_clock_never_goes_back(player: Player) -> None:
    seen = [player.clock.clock()]
    for position_s in (35.0, 2.0, 12.0, 0.0):
        await sought(player, position_s)
        seen.append(player.clock.clock())

    assert seen == sorted(seen)
    assert player.clock.position_s == 0.0


async def test_to_go_back_makes_it_as_it_was_with_its_inbox(player: Player) -> None:
    await sought(player, 35.0)
    assert (numbers(player), len(player.inbox.lines)) == (["1", "2", "3"], 1)

    await sought(player, 9.0)

    assert (numbers(player), len(player.inbox.lines)) == (["1"], 0)


async def test_a_step_goes_to_the_next_change(player: Player) -> None:
    seen = []
    for _ in range(3):
        player.step()
        await moved(player)
        seen.append(player.clock.position_s)

    assert seen == [10.0, 30.0, 30.0]
    assert not player.clock.is_playing


async def test_criticals_and_stages_are_marked(hands: Hands, tasks: Tasks) -> None:
    at = HEAD.began_at
    read = observation.ScanRead(SCAN_ID, 0.0, REPO_ID, "queued", None, None, at, None, None, at)

    def running(at_s: float, name: str) -> Recorded:
        stamped_at = at + timedelta(seconds=at_s)
        return Recorded(
            at_s, observation.StageSeen(SCAN_ID, at_s, stamped_at, name, "running", None)
        )

    started = (running(12.0, "ingest"), running(20.0, "hunt"), running(25.0, "hunt"))
    facts = sorted((Recorded(0.0, read), *RECORDING.facts, *started), key=lambda each: each.at_s)
    player = await playing(hands, tasks, replace(RECORDING, facts=tuple(facts)))
    has_moved = asyncio.Event()
    player.on_moved = has_moved.set
    await has_moved.wait()

    assert player.marks == Marks(criticals=(10.0,), stages=(12.0, 20.0))


async def test_at_its_end_it_plays_from_the_beginning(player: Player, hands: Hands) -> None:
    hands.now_s += 100.0
    await player.feed()
    player.play(is_on=True)
    await moved(player)

    assert (player.clock.position_s, player.clock.is_playing) == (0.0, True)
    assert numbers(player) == ["1"]


async def test_decisions_stay_in_the_replay(player: Player, hands: Hands, tasks: Tasks) -> None:
    decisions = Decisions(
        player.store,
        Accounts(MemoryStore(), clock=hands, now=player.clock.now, on_problem=lambda _: None),
        tasks,
        clock=player.clock.clock,
        now=player.clock.now,
        random=Random(1),
    )
    decisions.decide_here = player.decide

    def status() -> FindingStatus:
        finding = player.store.finding(finding_id(1))
        assert finding is not None
        return finding.status

    run = decisions.decide(Field.STATUS, "dismissed", [finding_id(1)])
    await run.over.wait()
    assert run.ids(WriteState.SAVED) == [finding_id(1)]
    assert status() is FindingStatus.DISMISSED
    for position_s in (35.0, 9.0, 35.0):
        await sought(player, position_s)
        assert status() is FindingStatus.DISMISSED

    undone = decisions.undo()
    assert undone is not None
    before = player.store.finding(finding_id(1))
    await undone.over.wait()
    assert status() is FindingStatus.OPEN
    after = player.store.finding(finding_id(1))
    assert before is not None
    assert after is not None
    assert decisions.is_own_change(after, before)


async def test_an_error_without_its_facts_has_words(hands: Hands, tasks: Tasks) -> None:
    error = HeimdallError(Reason.RECORDING_DAMAGED)
    seen: observation.Observation = observation.ConnectionSeen(
        SCAN_ID, observation.Connection.STALE, 0.0, error=error
    )

    player = await playing(hands, tasks, Recording(HEAD, (Recorded(0.0, seen),)))

    scan = player.store.scan(SCAN_ID)
    assert scan is not None
    assert scan.connection is not None
    assert scan.connection.error == HeimdallError(Reason.PART_NOT_SHOWN)


async def test_no_server_can_be_asked_in_a_replay(hands: Hands, tasks: Tasks) -> None:
    accounts = Accounts(MemoryStore(), clock=hands, now=utc_now, on_problem=lambda _: None)
    accounts.is_closed = True
    server = ServerUrl("https://heimdall.example")

    with pytest.raises(LinkError, match="RECORDING_ALONE"):
        await accounts.sign_in(server, "a@b.example", "a password", is_kept=False)
    with pytest.raises(LinkError, match="RECORDING_ALONE"):
        await accounts.use_token(server, "0" * 64, is_kept=False)
    with pytest.raises(LinkError, match="RECORDING_ALONE"):
        accounts.use(server)
    assert list(accounts) == []


async def test_only_what_is_snoozed_here_stays_so(hands: Hands, tasks: Tasks) -> None:
    later = Recorded(
        20.0, observation.Snoozed(SCAN_ID, (finding_id(1),), HEAD.began_at + timedelta(hours=1))
    )
    facts = sorted((*RECORDING.facts, later), key=lambda each: each.at_s)
    player = await playing(hands, tasks, replace(RECORDING, facts=tuple(facts)))

    async def snoozed_at(position_s: float) -> list[str]:
        scan = await sought(player, position_s)
        return [each[-1] for each, row in scan.findings.items() if row.snoozed_until is not None]

    assert await snoozed_at(25.0) == ["1"]
    assert await snoozed_at(15.0) == []
    until = player.clock.now() + timedelta(hours=1)
    player.decide([finding_id(2)], Field.SNOOZE, until.isoformat())
    assert await snoozed_at(15.0) == ["2"]
    assert await snoozed_at(35.0) == ["1", "2"]
    assert await snoozed_at(12.0) == ["2"]
    player.decide([finding_id(1)], Field.SNOOZE, "")
    assert await snoozed_at(35.0) == ["2"]


async def test_what_is_usual_is_what_was_known_then(hands: Hands, tasks: Tasks) -> None:
    took = (("hunt", 60.0),)
    known = [ScanTimes(HEAD.server, REPO_ID, ScanId(str(n)), HEAD.began_at, took) for n in range(3)]
    at = HEAD.began_at
    read = observation.ScanRead(SCAN_ID, 0.0, REPO_ID, "hunting", None, None, at, at, None, at)
    facts = (Recorded(0.0, read), Recorded(10.0, UsualTimesKnown(SCAN_ID, tuple(known))))
    player = await playing(hands, tasks, Recording(HEAD, facts, duration_s=20.0))

    async def scans_at(position_s: float) -> int:
        scan = await sought(player, position_s)
        return player.store.times.usual(scan).scans

    assert [await scans_at(at_s) for at_s in (5.0, 15.0, 5.0)] == [0, 3, 0]
