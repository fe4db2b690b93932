"""A replay in a window over a store that a test feeds: it stands in the midst of its recording."""

from datetime import timedelta

from heimdall_desktop.application.memory.replay import Marks, Player, ReplayClock
from heimdall_desktop.services.recording import VERSION, Recording, RecordingHead
from tests.fakes.shown_window import ShownWindow

DURATION_S, POSITION_S = 1900.0, 1148.0
MARKS = Marks(
    (590.0, 712.0, 790.0, 850.0, 1080.0, 1385.0), (0.0, 41.0, 197.0, 305.0, 370.0, 392.0, 956.0)
)


def show_replay(shown: ShownWindow, name: str) -> Player:
    """Let a scan that is watched be one that is played from a recording."""
    scan = shown.store.scan(shown.id(name)) if shown.stories else next(iter(shown.store))
    assert scan is not None
    began_at = shown.time.now() - timedelta(seconds=POSITION_S)
    head = RecordingHead(VERSION, "1.0", scan.id, scan.server, name, scan.is_local, began_at)
    clock = ReplayClock(began_at, DURATION_S, shown.time.clock)
    clock.move_to(POSITION_S)
    player = Player(Recording(head, (), DURATION_S), clock, shown.store, shown.inbox)
    player.use_pace(10.0)
    player.marks = MARKS
    shown.window.show_replay(player)
    shown.ticker.flush()
    return player
