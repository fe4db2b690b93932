"""Replays, and servers that lack routes, as the window shows them."""

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QTabBar, QWidget

from heimdall_desktop.application.base.tasks import Tasks
from heimdall_desktop.application.memory.recordings import Recordings
from heimdall_desktop.application.memory.replay import Player, ReplayClock
from heimdall_desktop.domain.facts.observation import Connection, ConnectionSeen
from heimdall_desktop.domain.table.ordered_rows import GapRow
from heimdall_desktop.services.recording import Recording, read_recording
from heimdall_desktop.widgets.controls.tab_bar import TabBar
from heimdall_desktop.widgets.detail.detail_tabs import DetailTabs
from heimdall_desktop.widgets.detail.reasoning_view import AnnouncedView
from heimdall_desktop.widgets.findings.scan_problem_strip import SourceStrip
from heimdall_desktop.widgets.look.theme import Theme
from tests.application.memory.test_replay import Hands, moved
from tests.fakes.findings import SCAN_ID
from tests.fakes.hands import part, press_key
from tests.fakes.recorded_life import Life
from tests.fakes.shown_window import ShownWindow
from tests.lab.gallery import Gallery
from tests.lab.gallery_scenes import SCENES
from tests.widgets.window.test_main_window_texts import texts_of

KEY = Qt.Key


class Scenes:
    """A window that shows scenes of the gallery."""

    def __init__(self, theme: Theme) -> None:
        self.shown = ShownWindow().show()
        self._gallery = Gallery(theme, self.shown)

    def show(self, name: str) -> None:
        self._gallery.show_scene(name)
        settle()


@pytest.fixture
def scenes(theme: Theme) -> Iterator[Scenes]:
    scenes = Scenes(theme)
    yield scenes
    scenes.shown.close()


def settle() -> None:
    for _ in range(3):
        QApplication.processEvents()


def visible_texts(widget: QWidget) -> list[str]:
    labels = widget.findChildren(QLabel)
    return [label.text() for label in labels if label.isVisible() and label.text()]


def gap_row(shown: ShownWindow) -> int:
    model = shown.findings.model
    [row] = [row for row in range(model.rowCount()) if isinstance(model.row_at(row), GapRow)]
    return row


def asked(shown: ShownWindow) -> set[str]:
    return {request[0] for request in shown.requests.asked}


# -- the table --


def test_keys_and_clicks_pass_a_gap_by(scenes: Scenes) -> None:
    scenes.show("stream-only")
    findings, gap = scenes.shown.findings, gap_row(scenes.shown)
    table, model = findings.table, findings.model
    above, below = model.finding_at(gap - 1), model.finding_at(gap + 1)
    assert above is not None
    assert below is not None
    table.setFocus()
    table.show_finding(above.id)
    press_key(table, KEY.Key_Down)
    assert table.selected_id == below.id
    press_key(table, KEY.Key_Up)
    assert table.selected_id == above.id
    table.step(1)
    assert table.selected_id == below.id
    middle = table.rowViewportPosition(gap) + table.rowHeight(gap) // 2
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(80, middle))
    settle()
    assert table.selected_id == below.id


def test_home_skips_a_gap_in_the_first_row(scenes: Scenes) -> None:
    scenes.show("stream-only")
    scenes.shown.findings.filter_state.set_text("sev:low")
    settle()
    table = scenes.shown.findings.table
    assert [gap_row(scenes.shown), scenes.shown.findings.model.rowCount()] == [0, 2]
    table.setFocus()
    press_key(table, KEY.Key_Home)
    assert table.selected_row == 1


def test_the_foot_names_the_gap_where_rows_stand_otherwise(scenes: Scenes) -> None:
    scenes.show("stream-only-ended")
    foot = part(scenes.shown.window, QLabel, "findings_foot_ledger")
    assert "gap" not in foot.text()
    QTest.keyClick(scenes.shown.findings.table, KEY.Key_Escape)
    header = scenes.shown.findings.table.horizontalHeader()
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(30, 10))
    settle()
    assert foot.text().endswith("1 gap in the stream.")


# -- the detail --


def test_the_detail_of_an_announced_finding_asks_for_nothing(scenes: Scenes) -> None:
    scenes.show("stream-only")
    scenes.shown.findings.table.step(1)
    settle()
    view = part(scenes.shown.window, AnnouncedView, "detail-announced")
    assert view.isVisible()
    assert not scenes.shown.window.findChildren(DetailTabs)[0].isVisible()
    sentence, *reported = visible_texts(view)
    assert sentence == (
        "This server announces findings but doesn't list them. Details that are unknown here may "
        "exist on the server."
    )
    assert reported[:2] == ["Severity", "Critical, not verified"]
    assert reported[3].endswith(", in stage hunt")
    assert reported[4:] == [
        "Location",
        "unknown",
        "Code and reasoning",
        "unknown",
        "Status",
        "unknown, can't be changed here",
    ]
    assert not asked(scenes.shown) & {"events", "patches", "threat_model"}


def test_a_listed_row_takes_the_place_of_the_announced_one(scenes: Scenes) -> None:
    scenes.show("documented")
    scenes.shown.findings.table.step(1)
    settle()
    assert not part(scenes.shown.window, AnnouncedView, "detail-announced").isVisible()
    assert scenes.shown.window.findChildren(DetailTabs)[0].isVisible()


# -- strip, panel, menus --


@pytest.mark.parametrize("name", ["stream-only", "documented"])
def test_the_log_keeps_its_place_and_says_that_it_is_not_offered(scenes: Scenes, name: str) -> None:
    scenes.show(name)
    tabs = part(scenes.shown.window, TabBar, "panel_tabs")
    assert isinstance(tabs, QTabBar)
    assert tabs.accessibleTabName(1) == "Log, not offered"
    scenes.show("live")
    assert tabs.accessibleTabName(1) == "Log"


def test_the_threat_model_is_not_asked_for(scenes: Scenes) -> None:
    scenes.show("documented")
    scenes.shown.panel.turn_to(3)
    settle()
    assert "This server doesn't offer the threat model." in visible_texts(scenes.shown.window)
    assert "threat_model" not in asked(scenes.shown)


@pytest.mark.parametrize("name", ["stream-only", "stream-only-ended", "documented"])
def test_the_menu_of_a_scan_offers_what_there_is_and_says_why(
    scenes: Scenes, theme: Theme, name: str
) -> None:
    scenes.show(name)
    [scan] = scenes.shown.store
    menu = scenes.shown.board.scans.make_menu(scan.id)
    offered = {action.text(): action.isEnabled() for action in menu.actions() if action.text()}
    names = ("Cancel scan\u2026", "Scan again", "Open in browser\u2026", "Copy scan ID")
    assert [offered[each] for each in names] == [False, False, False, True]
    stream = "Stream only. Findings the server doesn't announce can't be shown here."
    assert list(offered)[-1].startswith((stream, "Documented API."))


def test_the_strip_follows_the_scope(scenes: Scenes) -> None:
    strip = part(scenes.shown.window, SourceStrip, "source_strip")
    scenes.shown.unpainted()  # how each scene is painted is for the reference pictures
    for name in SCENES:
        scenes.show(name)
        is_wanted = name.startswith("stream-only") or name == "documented"
        assert (strip.problem is not None) is is_wanted, name


STEPS, SEEDS = 80, (16, 20, 37)  # live data, a stream, a listing
CONNECTIONS = [each for each in Connection if each is not Connection.GONE]
#: What is true of a scan that is watched now, and of no recording.
OF_NOW = re.compile(
    r"\blive\b|against the (server|full list)|being checked|\bretrying\b", re.IGNORECASE
)
RECORDED = re.compile(r"(\d+) of (\d+) findings? recorded")


@pytest.fixture
def replayed(theme: Theme) -> Iterator[ShownWindow]:
    QApplication.setQuitOnLastWindowClosed(False)  # or closing it would end the test's loop
    replayed = ShownWindow().unpainted().show()
    yield replayed
    replayed.close()


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


async def words(replayed: ShownWindow, player: Player) -> dict[str, str]:
    """Return where each text of the window is, at the moment that is played."""
    replayed.time.clock_s, replayed.time.at = player.clock.clock(), player.clock.now()
    replayed.ticker.flush()
    replayed.ticker.second.emit()
    await asyncio.sleep(0)
    return {text: where for where, text in texts_of(replayed.window)}


@pytest.mark.parametrize("seed", SEEDS)
async def test_no_replay_looks_like_now(replayed: ShownWindow, tmp_path: Path, seed: int) -> None:
    broken: list[BaseException] = []
    tasks = Tasks(lambda _name, error: broken.append(error))
    try:
        recording = await recorded(Random(seed), tmp_path / "shop.heimdall.jsonl", tasks)
        clock = ReplayClock(recording.head.began_at, recording.duration_s, Hands())
        player = Player(recording, clock, replayed.store, replayed.inbox)
        await player.start(tasks)
        replayed.window.show_replay(player)
        while player.clock.position_s < recording.facts[-1].at_s:
            check(await words(replayed, player), player)
            player.step()
            await moved(player)
        player.use_pace(10.0)
        check(await words(replayed, player), player)
    finally:
        await tasks.aclose()
    assert not broken


def check(reported: dict[str, str], player: Player) -> None:
    """Fail with each text that is of now, and without the words of a replay."""
    assert {text: reported[text] for text in reported if OF_NOW.search(text)} == {}
    assert f"Replay {player.clock.pace:g}\u00d7" in reported
    scan = player.store.scan(SCAN_ID)
    assert scan is not None
    if scan.connection_state is not Connection.GONE:
        counts = [found for text in reported if (found := RECORDED.fullmatch(text))]
        assert {int(found[1]) for found in counts} == {len(scan.findings)}
