"""The life of one watch: poll, stream, list, lose the connection, reconnect, end.

The loop of protocol.md 8.1. REST decides, the stream only says when to poll; if a server offers
nothing but the stream, that has to do (protocol.md 13). Four tasks live and die together: the
poller of `/live`, the lister of findings, the listener to the stream and the timekeeper. Only the
timekeeper reads the clock, at each pulse that all watches share, and wakes the others when
something is due. That leaves no timers behind and lets tests control the clock.

Once the end has settled the watch rests: the rows in view are read again, slowly (T-50), and for a
while `/live` is polled once a minute, until they show that the scan has not ended (T-61).
"""

import asyncio
import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from random import Random

from msgspec.structs import replace

from heimdall_desktop.application.servers.server_session import (
    LONG_REST_S,
    PULSE_S,
    RESTING_PULSE_S,
    ServerSession,
)
from heimdall_desktop.application.watching import completion, poller
from heimdall_desktop.application.watching.health import Failure, Health, WatchContext
from heimdall_desktop.application.watching.row_checks import RowChecks
from heimdall_desktop.application.watching.source_selection import SourceSelection
from heimdall_desktop.application.watching.stream_listener import Listener
from heimdall_desktop.domain.facts import errors, observation
from heimdall_desktop.domain.facts.listed_rows import FindingHinted
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.services.transport.purpose import asking_for
from heimdall_desktop.services.wire import StreamEvent

log = logging.getLogger("heimdall.watch")


class Watch:
    """Follows one scan of the store until its end has settled.

    Args:
        scan, link, observe, clock, now, random: as in `WatchContext`.
        keeps_end: a settled end was settled in this session, and stays so until a poll reports
            another one.
        others: the other scans of the account.
    """

    def __init__(
        self,
        scan: Scan,
        link: ServerSession,
        observe: Callable[[observation.Observation], None],
        *,
        clock: Callable[[], float],
        now: Callable[[], datetime],
        random: Random,
        keeps_end: bool = False,
        others: Callable[[], Iterable[Scan]] = tuple,
    ) -> None:
        self.scan, self.link, self._observe = scan, link, observe
        self._clock, self._now = clock, now
        health = Health(scan.id, began_at_s=clock(), answered_before_s=scan.last_answer_at_s)
        context = WatchContext(scan, link, health, observe, clock, now, random)
        self._health = health
        self._completion = completion.Completion(link.retry_limit_s)
        self._marks = completion.Marks.of(scan)
        self._checks = RowChecks(context)
        self._sync = self._checks.sync
        self._pages_before = 0
        self._followed_at_s: float | None = None
        is_kept = keeps_end and scan.is_settled and not scan.is_stream_only
        self._settled_end = completion.end_of(scan) if is_kept else None
        self._ended_scan_polls = completion.EndedScanPolls(context, self._checks, others)
        self._poller = poller.Poller(
            replace(context, observe=self._take_answer),
            on_answer=self._follow_answer,
            on_absent=self._handle_absence,
            on_refused=self._handle_refusal,
        )
        self._listener = Listener(
            context,
            on_open=self._handle_open_stream,
            on_event=self._handle_event,
            on_lost=self._handle_lost_stream,
            on_refused=self._handle_refused_stream,
        )
        self._selection = SourceSelection(context, self._poller, self._listener)
        self._has_received = False  # an event, since the watch rests
        self._logged: observation.Connection | None = None
        self._has_completed = False  # so the final bookkeeping is still to come
        self._lagging_since_s: float | None = None
        self._lagged_at_s = float("-inf")
        self._pulsed = asyncio.Event()
        self._listing_due = asyncio.Event()
        self._ended = asyncio.Event()

    # -- life --

    @property
    def has_ended(self) -> bool:
        """Whether it has ended: settled, gone, or signed out."""
        return self._ended.is_set()

    async def run(self) -> None:
        """Watch until the scan is gone or the session has ended; rest while it has settled."""
        with asking_for(self.scan.id):
            async with asyncio.TaskGroup() as group:
                listening = group.create_task(self._listener.run())
                while True:
                    if self.scan.is_settled and self._settled_end is None:
                        self._observe(observation.Settled(self.scan.id, is_settled=False))
                    if not (self.link.has_live or self.scan.source is observation.ScanSource.LIVE):
                        self._listener.want(True)  # it may be the only source
                    async with asyncio.TaskGroup() as watching:
                        works = (self._keep_time, self._poller.run, self._list_forever)
                        tasks = [watching.create_task(work()) for work in works]
                        self._pulsed.set()
                        await self._ended.wait()
                        for task in tasks:
                            task.cancel()
                    if not self._health.is_ended or not await self._rest():
                        break
                listening.cancel()

    async def _rest(self) -> bool:
        """Poll now and then; return whether the scan must be watched again."""
        rereading = self._checks.rereading
        self._has_received = False
        self._ended_scan_polls.start()
        while True:
            await self._pulsed.wait()
            self._pulsed.clear()
            self._listener.tick(self._clock())
            if self._has_received:
                break  # the stream has reported the final bookkeeping, or something new
            try:
                is_shown = self._checks.is_in_view and not self.scan.is_stream_only
                has_moved = False
                if self._ended_scan_polls.is_due():
                    has_moved = await self._ended_scan_polls.poll()
                elif is_shown and rereading.is_due(self._clock()):
                    has_moved = await rereading.read_page()
                if has_moved:
                    break
            except errors.NotVisible:
                break
            except errors.SignedOut as error:
                self._health.is_signed_out, self._health.refusal = True, error.kept()
                self._end()
                return False
            except (errors.ServerError, errors.WireError) as error:
                wait_s = error.wait_s if isinstance(error, errors.ServerBusy) else 0.0
                rereading.postpone(max(poller.RESTING_RETRY_S, wait_s))
                self._ended_scan_polls.postpone(wait_s)
        self._health.is_ended = False
        self._ended.clear()
        self._completion.forget()
        self._poller.forget_row()
        self._poller.refresh()
        return True

    @property
    def is_busy(self) -> bool:
        """Whether to check the clock often: it does not rest, is in view, or has a stream open."""
        is_listening = self._health.stream_open_at_s is not None
        return not self._health.is_ended or self._checks.is_in_view or is_listening

    def pulse(self) -> float:
        """Check what is due; return within how many seconds to call this again."""
        is_busy = self.is_busy
        if not self._health.is_ended:
            self._check_clock()  # wakes no task: most of the time nothing is due
        elif is_busy or self._ended_scan_polls.is_due():
            self._pulsed.set()
        if is_busy:
            return PULSE_S
        may_restart = poller.is_polled_slowly(self.scan, self._now(), do_others_run=False)
        return RESTING_PULSE_S if may_restart else LONG_REST_S

    def refresh(self) -> None:
        """Refresh everything at once, over new connections instead of those that may hang."""
        self.link.clients.hang_up(self.scan.id)
        self._selection.decide_again()
        self._poller.refresh()
        self._listener.reconnect()
        self._sync.want(self._clock(), is_urgent=True)
        self._pulsed.set()

    def set_in_view(self, is_in_view: bool) -> None:
        """Set whether the analyst views this scan, so that it is polled most often (T-50)."""
        self._poller.set_in_view(is_in_view)
        self._checks.is_in_view = is_in_view

    async def _keep_time(self) -> None:
        while True:
            await self._pulsed.wait()
            self._pulsed.clear()
            self._check_clock()

    def _check_clock(self) -> None:
        now_s = self._clock()
        self._listener.tick(now_s)
        if self._lagging_since_s is not None:
            rested_at_s = self._lagged_at_s + poller.BURST_REST_S
            # list once the server stops dropping events, or after a while (T-68)
            if now_s >= min(rested_at_s, self._lagging_since_s + poller.LAG_GAP_S):
                self._lagging_since_s = None
                self._observe(observation.EventsSkipped(self.scan.id, self._lagged_at_s))
                self._sync.note_skip(now_s)
        if not self._health.is_busy(now_s):
            self._poller.tick(now_s)
            if self._checks.is_due(now_s):
                self._listing_due.set()
        if self.scan.is_stream_only and self._selection.stream_only.tick(now_s):
            self._health.is_ended = True
            self._end()
        self._health.server_answered_at_s = self.link.clients.answered_at_s
        self._observe_connection(now_s)

    def _poll_soon(self) -> None:
        self._poller.poll_at(self._clock())
        self._pulsed.set()  # events come by the thousand: their checks become one

    def _end(self) -> None:
        self._observe_connection(self._clock())
        self._ended.set()

    def _observe_connection(self, now_s: float) -> None:
        seen = self._health.state(now_s)
        if seen.connection is not self._logged:
            self._logged, problem = seen.connection, seen.error or errors.LogText("no error")
            log.info("scan %s: %s, %s", self.scan.id, seen.connection, problem)
        self._observe(seen)

    # -- stream events, and missing features of a server --

    def _handle_absence(self, error: errors.HeimdallError) -> None:
        self._selection.handle_absence(error)  # which needs the poller, and is made after it

    def _handle_open_stream(self) -> None:
        if self._selection.handle_open_stream():
            self._poll_soon()

    def _handle_event(self, seen: StreamEvent) -> None:
        """Fold one event in, and bring polls and listings forward.

        The stream is a hint (protocol.md T-2, T-3), so it decides hardly anything.
        """
        scan, now_s = self.scan, self._clock()
        self._has_received = True
        match seen:
            case observation.EventsSkipped(is_unreadable=False):
                self._lagged_at_s = now_s
                if self._lagging_since_s is not None:
                    return  # they come by the thousand (T-68)
                self._lagging_since_s = now_s
            case observation.EventsSkipped():
                self._sync.note_skip(now_s)
            case observation.EndSeen():
                if scan.status != "completed":
                    self._sync.want(now_s)
                elif scan.completed_since_s is not None and not self._health.is_ended:
                    self._checks.check_end(now_s)  # else the next poll doubts the end
                if seen.stamped_at is None:
                    seen = replace(seen, stamped_at=scan.status_stamped_at)
            case observation.StatusSeen(status="completed"):
                self._has_completed = self._followed_at_s is not None  # else the initial state
            case observation.StatusSeen(status="cancelled"):
                self._listener.expect_cut(now_s + poller.CUT_S)
            case FindingHinted(finding_id=finding_id):
                self._sync.hint(finding_id, now_s, is_known=finding_id in scan.findings)
            case _:
                pass
        is_news = not isinstance(seen, observation.EndSeen)
        if isinstance(seen, observation.StageSeen | observation.StatusSeen):  # not if initial
            is_news = scan.newest_at is None or seen.stamped_at > scan.newest_at
        if is_news:
            self._health.news_at_s = now_s
        counts = scan.announced_counts
        if not isinstance(seen, FindingHinted):
            self._observe(seen)
        if scan.source is observation.ScanSource.LISTING and scan.announced_counts != counts:
            self._sync.want(now_s)  # a hint, when `/live` does not count (D2)
        self._selection.handle_event(seen)
        if not scan.is_stream_only:
            self._poll_soon()

    def _handle_lost_stream(self) -> None:
        self._selection.stream_only.handle_loss()
        self._poll_soon()

    def _handle_refused_stream(self, error: errors.ServerError) -> bool:
        """Handle a refused stream; if there is no other source, the scan is absent."""
        if not isinstance(error, errors.ABSENT):
            return self._handle_refusal(error)
        refusal = self._selection.refusal_of_stream(error)
        return refusal is not None and self._handle_refusal(refusal)

    # -- handling responses --

    def _take_answer(self, seen: observation.Observation) -> None:
        """Apply the result of a poll; an end that differs from the settled one is doubted."""
        self._observe(seen)
        if self._settled_end is not None and self._settled_end != completion.end_of(self.scan):
            self._settled_end = None
            self._observe(observation.Settled(self.scan.id, is_settled=False))

    def _follow_answer(self, asked_at_s: float) -> None:
        """Apply the consequences of a poll: what to list, stream, doubt and believe."""
        self._selection.handle_answer()
        known, self._marks = self._marks, completion.Marks.of(self.scan)
        now_s, before_s, self._followed_at_s = self._clock(), self._followed_at_s, asked_at_s
        if self._marks != known or before_s is None:
            rest_s = self._idle_s() if before_s is None else 0.0
            self._health.news_at_s = now_s - rest_s
        owes_rows = self._checks.is_owed(now_s) or self._lagging_since_s is not None
        is_list_old = self._is_list_old(known)
        if is_list_old:
            self._sync.want(now_s)
        elif before_s is None or asked_at_s - before_s > poller.AWAY_S:
            self._checks.renew(now_s)  # rows change without notice
        differing = self._sync.compare_counts(asked_at_s)
        if differing == 1:  # one response proves nothing (T-67)
            self._poll_soon()
        self._follow_activity(known, now_s)
        if self._marks.status == "cancelled" != known.status:
            self._listener.expect_cut(now_s + poller.CUT_S)
        if self.scan.is_live:
            self._completion.forget()
            self._has_completed = False
            self._doubt_until(None)
            self._listener.want(True)
        elif self._completion.is_news(self.scan):
            self._doubt_end(now_s)
        elif (
            differing != 1
            and not self._poller.owes_name
            and self._completion.settles(
                asked_at_s, is_list_old=is_list_old or differing > 1 or owes_rows
            )
        ):
            self._settled_end = None
            self._observe(observation.Settled(self.scan.id, is_settled=True))
            self._health.is_ended = True
            self._end()
        else:
            self._doubt_until(self.scan.looks_until_s)
        self._pulsed.set()

    def _is_list_old(self, known: completion.Marks) -> bool:
        """Return whether there may be rows that the last listing lacks, or has outdated."""
        counts, ended = self._marks.counts, self._marks.ended_stages
        if counts != known.counts or ended - known.ended_stages:
            return True
        if self._marks.is_of_other_run(known):  # which reviews the earlier rows again (T-64)
            return True
        completed_s = self.scan.completed_since_s
        if completed_s is not None and self._sync.began_s < completed_s:
            return True  # listed because the stream reported the end, before REST confirmed it
        if counts is None:  # only the listing counts
            return self._marks.status != known.status
        return not self._sync.is_listing and counts.total != self.scan.sync_status.total

    def _doubt_end(self, now_s: float) -> None:
        reads_on = self._has_completed and self.link.retry_limit_s is None
        self._listener.want(False, reads_on=reads_on)
        self._poller.forget_row()
        self._checks.renew(now_s, is_urgent=True)
        if self._settled_end is None:
            until_s = self._completion.doubt(self.scan, now_s, self._now())
            if self.scan.status == "completed":
                self._checks.check_end(until_s)
            else:
                self._sync.want(until_s)
            self._doubt_until(until_s)
        else:
            self._sync.want(self._completion.believe(self.scan, now_s))

    def _follow_activity(self, known: completion.Marks, now_s: float) -> None:
        """Postpone an end while rows arrive or work continues."""
        has_new_rows = known.counts is not None and self._marks.counts != known.counts
        has_new_work = self.scan.is_still_active and self._marks.log_rows != known.log_rows
        if has_new_rows or has_new_work:
            put_off_to_s = self._completion.note_activity(self.scan, now_s)
            if put_off_to_s is not None:
                self._sync.want(put_off_to_s)
                self._doubt_until(put_off_to_s)

    def _doubt_until(self, until_s: float | None) -> None:
        """Set how long an end is doubted; None for no end."""
        asked_at_s = self._followed_at_s or 0.0
        has_stayed = until_s is not None and self._completion.has_stayed(asked_at_s)
        if (until_s, has_stayed) != (self.scan.looks_until_s, self.scan.has_stayed):
            self._observe(observation.Settled(self.scan.id, False, until_s, has_stayed))

    def _handle_refusal(self, error: errors.HeimdallError) -> bool:
        """Handle an error of the whole watch; return whether this error is one."""
        match error:
            case errors.ServerBusy():
                self._health.wait_for(error.wait_s, self._clock())
                self._health.polling = None
                self._poll_soon()  # at the end of the wait
                return True
            case errors.SignedOut():
                self._health.is_signed_out = True
            case errors.NotVisible():
                if not self._selection.is_gone_for_good():
                    return True
                if not self.scan.is_stream_only:  # its rows could never be read again
                    self._observe(observation.ScanGone(self.scan.id, self._clock()))
                self._health.is_gone = True
            case _:
                return False
        self._health.refusal = error.kept()
        self._end()
        return True

    # -- listing --

    async def _list_forever(self) -> None:
        while True:
            await self._listing_due.wait()
            self._listing_due.clear()
            asked_at_s, newest_at = self._clock(), self.scan.newest_at
            if self._health.is_busy(asked_at_s):
                continue
            try:
                ended = await self._checks.read()
            except (errors.ServerError, errors.WireError) as error:
                is_listed = self.scan.source is observation.ScanSource.LISTING
                if isinstance(error, errors.ABSENT) and is_listed:
                    self._poller.handle_missing_listing()
                    self._selection.stream_only.start()
                elif not self._handle_refusal(error):
                    retry_at_s = self._clock() + poller.INCOMPLETE_RETRY_S
                    failure = Failure(asked_at_s, retry_at_s, error.kept())
                    is_stuck = self._sync.pages_read == self._pages_before
                    former = self._health.listing
                    if former is None or former.error.reason is not error.reason:
                        log.info("listing of scan %s failed: %s", self.scan.id, error)
                    self._health.listing = failure.after(former) if is_stuck else failure
                    self._pages_before = self._sync.pages_read
                continue
            news_at_s = self._health.news_at_s
            if self.scan.newest_at != newest_at and news_at_s is not None:  # found while away
                self._health.news_at_s = max(news_at_s, self._clock() - self._idle_s())
            if ended is not None:
                self._health.listing = None
                is_last = self._completion.note_listing(ended, self._clock())
                if is_last:
                    self._poller.forget_row()
                if is_last or self._sync.recounts:
                    self._poll_soon()

    def _idle_s(self) -> float:
        """Return how long the server had done nothing for a running scan before we came (T-23)."""
        newest_at = self.scan.newest_at
        if newest_at is None or self.scan.status == "queued":
            return 0.0
        return max((self._now() - newest_at).total_seconds(), 0.0)
