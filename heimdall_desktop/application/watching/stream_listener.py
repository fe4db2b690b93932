"""Keeps the progress stream of one scan open while it is wanted, and passes its events on.

Source: protocol.md T-18 (silence), T-21, T-22 (yielding), T-45 (back-off), 3.7 (ends).
"""

import asyncio
import logging
from collections.abc import Callable

from heimdall_desktop.application.watching.health import SILENCE_S, Failure, WatchContext
from heimdall_desktop.domain.facts import errors
from heimdall_desktop.services.reconnect import Reconnect
from heimdall_desktop.services.wire import Heartbeat, StreamEvent

log = logging.getLogger("heimdall.stream")

READ_ON_S = 600.0  # issues may be written for minutes before `scan_complete`, 3.5
# Yield to the loop after this long while events flood in, architecture.md "Yielding"
TURN_S = 0.008
TURN_EVENTS = 10  # but let each of many streams make some progress in each turn


class Listener:
    """One connection at a time, reopened after a growing wait.

    It never waits for a point in time: `tick` sees what is due.

    Args:
        context: its health records the state of the stream.
        on_open: called when the server has accepted the stream, before any event.
        on_event: receives the events.
        on_lost: called when a wanted stream has ended, for whatever reason.
        on_refused: receives errors of the whole watch: signed out, not visible, busy.
    """

    def __init__(
        self,
        context: WatchContext,
        *,
        on_open: Callable[[], None],
        on_event: Callable[[StreamEvent], None],
        on_lost: Callable[[], None],
        on_refused: Callable[[errors.ServerError], object],
    ) -> None:
        self._link, self._health, self._clock = context.link, context.health, context.clock
        self._policy = Reconnect(context.random)
        self._on_open, self._on_event = on_open, on_event
        self._on_lost, self._on_refused = on_lost, on_refused
        self._due = asyncio.Event()
        self._next_at_s = self._clock()
        self._reads_on_until_s = float("-inf")
        self._cut: asyncio.Timeout | None = None
        self._is_renewed = False
        self._cut_until_s = float("-inf")

    def want(self, is_wanted: bool, *, reads_on: bool = False) -> None:
        """Set whether there should be a stream; an unneeded one is closed at the next tick.

        With `reads_on` it is read to its end, at most for a while (T-38).
        """
        if is_wanted and not self._health.is_stream_wanted:
            self.reconnect()
            self._health.streaming, self._health.holds_back = None, False
        self._health.is_stream_wanted = is_wanted
        self._reads_on_until_s = self._clock() + READ_ON_S if reads_on else float("-inf")

    def expect_cut(self, until_s: float) -> None:
        """Reopen a stream that ends before this time after the shortest wait (T-60)."""
        self._cut_until_s = until_s

    def reconnect(self) -> None:
        """Reset the waits: connect again at the next tick, even if the open stream works."""
        self._policy.reset()
        self._next_at_s = self._clock()
        self._is_renewed = self._health.is_stream_wanted and self._cut is not None

    def tick(self, now_s: float) -> None:
        """Open the stream when it is due; close it when it is silent or no longer wanted."""
        if self._cut is not None:
            is_silent = self._health.silence_s(now_s) >= SILENCE_S  # then it counts as dead
            is_needed = self._health.is_stream_wanted or now_s < self._reads_on_until_s
            if self._is_renewed or is_silent or not is_needed:
                self._cut.reschedule(asyncio.get_running_loop().time())
                self._cut = None
        elif self._is_due(now_s):
            self._due.set()

    async def run(self) -> None:
        while True:
            await self._due.wait()
            self._due.clear()
            if self._is_due(self._clock()):
                await self._connect()

    def _is_due(self, now_s: float) -> bool:
        health = self._health
        is_missing = health.is_stream_wanted and health.stream_open_at_s is None
        return is_missing and now_s >= self._next_at_s and not health.is_busy(now_s)

    async def _connect(self) -> None:
        health, link, count = self._health, self._link, 0
        health.stream_open_at_s = self._clock()
        try:
            async with asyncio.timeout(None) as self._cut, link.stream(health.scan_id) as stream:
                health.accepted_at_s = self._clock()
                log.info("stream of scan %s is open", health.scan_id)
                link.prove()
                self._on_open()
                async for seen in stream:
                    health.last_byte_at_s = stream.last_byte_at_s
                    health.holds_back, health.streaming = False, None
                    if not isinstance(seen, Heartbeat):
                        self._on_event(seen)
                    count += 1
                    if count % TURN_EVENTS == 0 and self._clock() - link.turned_at_s >= TURN_S:
                        await asyncio.sleep(0)
                        link.turned_at_s = self._clock()
        except TimeoutError:
            if not self._is_renewed:
                self._lose(errors.ServerError(errors.Reason.STREAM_SILENT), is_silent=True)
        except errors.ServerBusy as error:
            self._lose(error, error.wait_s)
            self._on_refused(error)
        except (errors.SignedOut, *errors.ABSENT) as error:
            self._lose(error)
            self._on_refused(error)
        except (errors.ServerError, errors.WireError) as error:
            self._lose(error)
        else:
            if self._clock() < self._cut_until_s:
                self._policy.reset()
            self._lose(errors.ServerError(errors.Reason.STREAM_CLOSED))
        finally:
            self._cut = None
            self._is_renewed = False
            health.stream_open_at_s = None

    def _lose(
        self, error: errors.HeimdallError, wait_s: float = 0.0, *, is_silent: bool = False
    ) -> None:
        health, now_s = self._health, self._clock()
        opened_s = now_s if health.stream_open_at_s is None else health.stream_open_at_s
        has_received = health.has_received()
        health.holds_back = not has_received and is_silent
        self._next_at_s = now_s + max(
            self._policy.delay_s(now_s - opened_s if has_received else 0.0), wait_s
        )
        if not health.is_stream_wanted:
            return
        if health.streaming is None or health.streaming.error.reason is not error.reason:
            in_s = self._next_at_s - now_s
            log.info("stream of scan %s lost: %s; retrying in %.0f s", health.scan_id, error, in_s)
        failure = Failure(now_s, self._next_at_s, error.kept())
        health.streaming = failure.after(health.streaming)
        self._on_lost()
