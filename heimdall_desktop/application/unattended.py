"""Decides when an unattended run is over, with which exit status, and what it prints.

The line of JSON is taken from the scans as the window shows them, never from the server's counters.
"""

import asyncio
import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from heimdall_desktop.application.core import Core
from heimdall_desktop.application.startup_targets import StartupTargets, take_up
from heimdall_desktop.application.store import Store
from heimdall_desktop.domain.facts.errors import HeimdallError, NotVisible, TooManyScans
from heimdall_desktop.domain.facts.finding import ScanId, Severity, one_line
from heimdall_desktop.domain.facts.identity import id_on_server
from heimdall_desktop.domain.facts.observation import Connection, ScanSource
from heimdall_desktop.domain.facts.scan import Outcome, Scan
from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.domain.words.i18n import grouped, tr
from heimdall_desktop.presentation.error_text import error_text

LOOK_S = 0.2  # how often it is looked whether a run is over


class Exit(IntEnum):
    """Exit status of the program."""

    DONE = 0
    FAILED = 1
    ARGUMENTS = 2
    NO_SERVER = 3
    NOT_VISIBLE = 4
    TIMEOUT = 5
    NOT_ALL_SEEN = 6


@dataclass(frozen=True, slots=True)
class Limits:
    """When a run is given up.

    Attributes:
        began_s: monotonic moment it began.
        timeout_s: so long after that; None never.
        unreachable_s: once a server has answered nothing at all for so long (T-56).
    """

    began_s: float
    timeout_s: float | None
    unreachable_s: float


@dataclass(frozen=True, slots=True)
class Result:
    """How a run ended.

    Attributes:
        line: why, for standard error; "" where there is nothing to say.
        answer: the line of JSON, without a line end; None where none is asked for.
    """

    status: Exit
    line: str = ""
    answer: str | None = None


async def watch_all(
    core: Core,
    wanted: StartupTargets,
    limits: Limits,
    scan_ids: list[ScanId],
    stopped: asyncio.Event,
) -> HeimdallError | None:
    """Watch all that is wanted, and return what keeps some of it from being watched.

    Args:
        core: watches it.
        wanted: what to watch.
        limits: so long a server that cannot be reached is asked again.
        scan_ids: takes the scans in their order, as far as it went.
        stopped: ends this, too.
    """

    async def start() -> HeimdallError | None:
        gives_up_at_s = limits.began_s + limits.unreachable_s
        try:
            await take_up(
                wanted, core.controller, scan_ids, clock=core.clock, gives_up_at_s=gives_up_at_s
            )
        except HeimdallError as error:
            return error
        return None

    starting = core.tasks.spawn(start(), name="watch what is wanted")
    stopping = core.tasks.spawn(stopped.wait(), name="wait for the end")
    await asyncio.wait([starting, stopping], return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if starting.done():
        return None if starting.exception() else starting.result()
    starting.cancel()
    await asyncio.wait([starting])
    return None


async def see_to_the_end(
    core: Core, wanted: StartupTargets, limits: Limits, stopped: asyncio.Event, stopped_words: str
) -> Result:
    """Watch what is wanted until all of it has ended, or enough was seen.

    Args:
        core: watches it; its store is drained by others.
        wanted: what to watch.
        limits: when to give up.
        stopped: whether it was ended from outside.
        stopped_words: says so, in one line.
    """
    scan_ids: list[ScanId] = []
    trouble = await watch_all(core, wanted, limits, scan_ids, stopped)
    unattended = Unattended(
        core.store,
        scan_ids,
        limits,
        answered_at_s=core.accounts.answered_at_s,
        clock=core.clock,
    )

    def verdict() -> tuple[Exit, str] | None:
        if stopped.is_set():
            return Exit.TIMEOUT, stopped_words
        if core.is_broken or core.watches.broken_for_s() > limits.unreachable_s:
            told = tr("A defect of Heimdall Desktop ended the watch; --debug tells more.")
            return Exit.FAILED, told
        return unattended.verdict()

    found = None if trouble is None else (_exit_status(trouble), error_text(trouble))
    while found is None:
        await asyncio.sleep(LOOK_S)
        found = verdict()
    return Result(*found, unattended.answer())


def _exit_status(error: HeimdallError) -> Exit:
    if isinstance(error, TooManyScans):
        return Exit.ARGUMENTS
    return Exit.NOT_VISIBLE if isinstance(error, NotVisible) else Exit.NO_SERVER


class Unattended:
    """Looks at the watched scans now and then, and says when enough has been seen.

    Args:
        scan_ids: what is to be seen to its end, in the order of the answer.
        limits: when to give up.
        answered_at_s: when a server last answered anything; None before the first time.
    """

    def __init__(
        self,
        store: Store,
        scan_ids: Sequence[ScanId],
        limits: Limits,
        *,
        answered_at_s: Callable[[ServerUrl], float | None],
        clock: Callable[[], float],
    ) -> None:
        self._store = store
        self._scan_ids = scan_ids
        self._limits = limits
        self._clock = clock
        self._answered_at_s = answered_at_s

    def verdict(self) -> tuple[Exit, str] | None:
        """Return exit status and reason, one line, once there is one; None while it goes on."""
        scans = self._scans()
        trouble = self._trouble(scans)
        if trouble is not None:
            return trouble
        if all(scan.is_settled for scan in scans):
            return _end(scans)
        timeout_s = self._limits.timeout_s
        if timeout_s is None or self._clock() - self._limits.began_s < timeout_s:
            return None
        failure = _failure(scan for scan in scans if scan.is_settled)
        if failure is not None:
            return failure
        return Exit.TIMEOUT, self._timeout_words(scans, timeout_s)

    def answer(self) -> str:
        """Return the line of JSON, without a line end."""
        return json.dumps({"scans": [_told(scan) for scan in self._scans()]}, ensure_ascii=False)

    def _scans(self) -> list[Scan]:
        found = (self._store.scan(scan_id) for scan_id in self._scan_ids)
        return [scan for scan in found if scan is not None]

    def _trouble(self, scans: list[Scan]) -> tuple[Exit, str] | None:
        """What ends the run before the scans do: a scan that is not there, then a server."""
        for scan in scans:
            if scan.connection_state is Connection.GONE:
                told = tr(
                    "Scan {scan_id} does not exist, or is not visible to this account. "
                    "Check the id, the account and the address."
                )
                return Exit.NOT_VISIBLE, told.format(scan_id=id_on_server(scan.id))
            if not scan.is_settled and self._is_mute(scan):
                told = tr(
                    "{server} answers, but says nothing of this scan, {scan_id}. "
                    "Check the id and the address."
                )
                return Exit.NOT_VISIBLE, told.format(
                    server=scan.server, scan_id=id_on_server(scan.id)
                )
        for scan in scans:
            if scan.connection_state is Connection.SIGNED_OUT:
                told = tr(
                    "{server} does not accept the token. Sign in again, or set HEIMDALL_TOKEN."
                )
                return Exit.NO_SERVER, told.format(server=scan.server)
            if not scan.is_settled and self._is_lost(scan):
                return Exit.NO_SERVER, self._lost_text(scan)
        return None

    def _timeout_words(self, scans: list[Scan], timeout_s: float) -> str:
        """Say how many scans were waited for, and what keeps the first of them from being read."""
        waiting = [scan for scan in scans if not scan.is_settled]
        told = tr("{waiting} of {total} scans had not settled after {timeout_s:g} s.")
        fact = told.format(waiting=len(waiting), total=len(scans), timeout_s=timeout_s)
        seen = (scan.connection for scan in waiting if scan.connection)
        why = next((one_line(each.reason) for each in seen if each.failing_since_s is not None), "")
        remedy = tr("Check the address and the network.") if why else tr("Give a longer --timeout.")
        return " ".join(filter(None, [fact, why, remedy]))

    def _lost_text(self, scan: Scan) -> str:
        why = one_line(scan.connection.reason) if scan.connection else ""
        fact = tr("{server} has given no good answer for {limit_s:g} s.")
        fact = fact.format(server=scan.server, limit_s=self._limits.unreachable_s)
        return " ".join(filter(None, [fact, why, tr("Check the address and the network.")]))

    def _is_mute(self, scan: Scan) -> bool:
        """Whether only a stream is there for the scan, and has said nothing for long."""
        since_s = scan.connection.mute_since_s if scan.connection else None
        return since_s is not None and self._clock() - since_s >= self._limits.unreachable_s

    def _is_lost(self, scan: Scan) -> bool:
        """Whether requests for a scan have failed for long, and its server answers no others."""
        seen = scan.connection
        if seen is None or seen.failing_since_s is None:
            return False
        answered_at_s = self._answered_at_s(scan.server)
        heard_at_s = self._limits.began_s if answered_at_s is None else answered_at_s
        since_s = max(seen.failing_since_s, heard_at_s)
        return self._clock() - since_s >= self._limits.unreachable_s


def _end(scans: list[Scan]) -> tuple[Exit, str]:
    """Return exit status and reason of scans that have all ended."""
    failure = _failure(scans)
    if failure is not None:
        return failure
    for scan in scans:
        unseen = _unseen(scan)
        if unseen:
            return Exit.NOT_ALL_SEEN, unseen
    return Exit.DONE, ""


def _failure(scans: Iterable[Scan]) -> tuple[Exit, str] | None:
    """Return exit status and reason if one of some scans that have ended has failed."""
    for scan in scans:
        if scan.outcome not in (Outcome.FAILED, Outcome.ENDED):
            continue
        end, error = scan.end_seen, scan.error
        if scan.is_stream_only and end is not None:
            error = end.error
        told = tr("The scan of {scan} failed: {reason}")
        if scan.outcome is Outcome.ENDED:
            told = tr("The scan of {scan} failed or was cancelled: {reason}")
        reason = one_line(error or tr("the server gives no reason"))
        return Exit.FAILED, told.format(scan=one_line(scan.name), reason=reason)
    return None


def _unseen(scan: Scan) -> str:
    """Return in one sentence what of a scan that has ended was not seen; "" if all was."""
    if scan.is_stream_only:
        return _unannounced(scan)
    ledger, told_counts = scan.ledger, scan.told_counts
    missing = 0 if ledger.is_whole else (ledger.total or 0) - ledger.read
    if told_counts is not None:
        missing = max(missing, told_counts.least - len(scan.findings))
    if missing <= 0:
        return _unlooked(scan)
    if scan.is_full:
        told = tr("{read} of {total} findings of {scan} were read: no more are kept.")
        read, total = grouped(ledger.read), grouped(ledger.read + missing)
        return told.format(read=read, total=total, scan=one_line(scan.name))
    told = tr(
        "%n findings of {scan} could not be read. The server counts them, but does not list them.",
        "",
        missing,
        one="%n finding of {scan} could not be read. The server counts it, but does not list it.",
    )
    return told.format(scan=one_line(scan.name))


def _unlooked(scan: Scan) -> str:
    if not scan.unlooked:
        return ""
    told = tr(
        "%n files of {scan} were not looked at. That is no all-clear.",
        "",
        scan.unlooked,
        one="%n file of {scan} was not looked at. That is no all-clear.",
    )
    return told.format(scan=one_line(scan.name))


def _unannounced(scan: Scan) -> str:
    seen, counts, name = len(scan.findings), scan.announced_counts, one_line(scan.name)
    if counts is None:
        told = tr("The stream of {scan} ended without saying how many findings there are.")
        return told.format(scan=name)
    if seen < counts.total:
        told = tr("{seen} of {total} findings of {scan} were seen: no more were announced.")
        return told.format(seen=seen, total=counts.total, scan=name)
    if scan.gaps:
        told = tr("What the stream of {scan} announced while it was not heard is lost.")
        return told.format(scan=name)
    return ""


def _told(scan: Scan) -> dict[str, object]:
    is_answered = scan.connection is not None and scan.connection.is_answered
    source = scan.source.value if scan.source is not None and is_answered else None
    is_read = scan.last_told_at_s is not None
    severities = {severity.value: scan.severities[severity] for severity in Severity}
    ids = "\n".join(sorted(map(id_on_server, scan.findings)))
    told: dict[str, object] = {
        "id": id_on_server(scan.id),
        "status": scan.status if is_read else "unknown",
        "source": source,
        "findings": {"total": len(scan.findings), **severities} if is_read else None,
        "ids_sha256": hashlib.sha256(ids.encode()).hexdigest(),
    }
    if source == ScanSource.STREAM.value:
        end = scan.end_seen
        counts = None if end is None else end.counts
        told["announced"] = None if counts is None else counts.total
        told["seen"] = len(scan.findings)
    if scan.unlooked is not None:
        told["unlooked"] = scan.unlooked
    return told
