"""One time for all that takes part: the loop's timers, the app's clocks and the server's stamps.

It passes by itself, as time does, and can be turned forward. On a `TurnedLoop` a stalled request
runs into its timeout as soon as the time for that has been turned.
"""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from heimdall_desktop.local import rows
from tests.fakes.watch_desk import WatchDesk


class TurnedLoop(asyncio.SelectorEventLoop):
    """A loop whose time can be turned forward."""

    turned_s = 0.0

    def time(self) -> float:
        return time.monotonic() + self.turned_s


class TurnedDesk(WatchDesk):
    """A watch desk that turns its loop's time with its own, if the loop can be turned."""

    def turn(self, seconds: float) -> None:
        loop = asyncio.get_running_loop()
        if isinstance(loop, TurnedLoop):
            loop.turned_s += seconds
        super().turn(seconds)


@contextmanager
def stamped_by(desk: WatchDesk) -> Iterator[None]:
    """Let servers of this process stamp what they write with the desk's time."""
    now, live_form = rows.now, rows.live_form

    def turned_now() -> datetime:
        return datetime.now(UTC) + timedelta(seconds=desk.turned_s)

    def turned_form(epoch_ns: int | None = None) -> str:
        turned_ns = time.time_ns() + int(desk.turned_s * 1e9)
        return live_form(turned_ns if epoch_ns is None else epoch_ns)

    rows.now, rows.live_form = turned_now, turned_form
    try:
        yield
    finally:
        rows.now, rows.live_form = now, live_form
