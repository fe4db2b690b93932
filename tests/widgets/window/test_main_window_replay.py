"""A replay calls itself one in every text of the window, over the whole recording."""

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from PySide6.QtWidgets import QApplication

from heimdall_desktop.application.recordings import Recordings
from heimdall_desktop.application.replay import Player, clock_of
from heimdall_desktop.application.tasks import Tasks
from heimdall_desktop.domain.facts.observation import Connection, ConnectionSeen
from heimdall_desktop.services.recording import Recording, read_recording
from heimdall_desktop.widgets.look.theme import Theme
from tests.application.test_replay import Hands, moved
from tests.fakes.findings import SCAN_ID
from tests.fakes.recorded_life import Life
from tests.fakes.shown_window import ShownWindow
from tests.widgets.window.test_main_window_texts import texts_of

STEPS, SEEDS = 80, (16, 20, 37)  # live data, a stream, a listing
CONNECTIONS = [each for each in Connection if each is not Connection.GONE]
#: What is true of a scan that is watched now, and of no recording.
OF_NOW = re.compile(
    r"\blive\b|against the (server|full list)|being checked|\bretrying\b", re.IGNORECASE
)
RECORDED = re.compile(r"(\d+) of (\d+) findings? recorded")


@pytest.fixture
def shown(theme: Theme) -> Iterator[ShownWindow]:
    QApplication.setQuitOnLastWindowClosed(False)  # or closing it would end the test's loop
    shown = ShownWindow().unpainted().show()
    yield shown
    shown.close()


async def recorded(chance: Random, file: Path, tasks: Tasks) -> Recording:
    """Record a life with all that can happen to a scan and its connection."""
    life = Life(chance)
    recordings = Recordings(life.store, tasks, clock=life.clock, now=life.now)
    await recordings.start(SCAN_ID, file)
    for number in range(STEPS):
        life.step()
        connection = CONNECTIONS[number // 2 % len(CONNECTIONS)]
        life.store.observe(ConnectionSeen(SCAN_ID, connection, life.clock_s))
    await recordings.aclose()
    return read_recording(file)


async def words(shown: ShownWindow, player: Player) -> dict[str, str]:
    """Return where each text of the window is, at the moment that is played."""
    shown.time.clock_s, shown.time.at = player.clock.clock(), player.clock.now()
    shown.ticker.flush()
    shown.ticker.second.emit()
    await asyncio.sleep(0)
    return {text: where for where, text in texts_of(shown.window)}


@pytest.mark.parametrize("seed", SEEDS)
async def test_no_text_of_a_replay_claims_to_be_of_now(
    shown: ShownWindow, tmp_path: Path, seed: int
) -> None:
    broken: list[BaseException] = []
    tasks = Tasks(lambda _name, error: broken.append(error))
    try:
        recording = await recorded(Random(seed), tmp_path / "shop.heimdall.jsonl", tasks)
        player = Player(recording, clock_of(recording, Hands()), shown.store, shown.inbox)
        await player.start(tasks)
        shown.window.show_replay(player)
        while player.clock.position_s < recording.facts[-1].at_s:
            check(await words(shown, player), player)
            player.step()
            await moved(player)
        player.use_pace(10.0)
        check(await words(shown, player), player)
    finally:
        await tasks.aclose()
    assert not broken


def check(told: dict[str, str], player: Player) -> None:
    """Fail with each text that is of now, and without the words of a replay."""
    assert {text: told[text] for text in told if OF_NOW.search(text)} == {}
    assert f"Replay {player.clock.pace:g}\u00d7" in told
    scan = player.store.scan(SCAN_ID)
    assert scan is not None
    if scan.connection_state is not Connection.GONE:
        counts = [found for text in told if (found := RECORDED.fullmatch(text))]
        assert {int(found[1]) for found in counts} == {len(scan.findings)}
