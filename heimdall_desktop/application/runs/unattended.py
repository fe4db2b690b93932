"""What a run watches from its start, when it is finished, its exit status, and what it prints.

The line of JSON is built from the scans as the window shows them, never from the server's counters.
"""

import asyncio
import json
from collections.abc import Callable, Iterable, Sequence
from enum import IntEnum
from pathlib import Path

from msgspec import Struct

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.output.exporting import ExportWanted
from heimdall_desktop.application.runs.core import Core
from heimdall_desktop.domain.comparison import ChangeKind, Compared, compare
from heimdall_desktop.domain.facts import errors
from heimdall_desktop.domain.facts.finding import ScanId, Severity
from heimdall_desktop.domain.facts.observation import Connection, ScanSource
from heimdall_desktop.domain.facts.scan import Outcome, Scan
from heimdall_desktop.domain.facts.scan_link import ScanLink, TextPart, read_links
from heimdall_desktop.domain.facts.server import ServerUrl, host_name, id_on_server
from heimdall_desktop.presentation import unattended_text
from heimdall_desktop.presentation.board.source_text import Feature, lacks
from heimdall_desktop.presentation.error_text import error_text
from heimdall_desktop.presentation.export.contents import Writer

RETRY_S = 1.0  # of an unreachable server
MATCHING_S = 60.0  # a filter waits this long for decisions of earlier scans
LOOK_S = 0.2  # how often the run is checked for its end


class Exit(IntEnum):
    """Exit status of the program."""

    DONE = 0
    FAILED = 1
    WORSE = 1
    """Of a comparison: something critical or high is new."""
    ARGUMENTS = 2
    NO_SERVER = 3
    NOT_VISIBLE = 4
    TIMEOUT = 5
    NOT_ALL_SEEN = 6


class Limits(Struct, frozen=True):
    """When a run gives up.

    Attributes:
        began_s: monotonic time of its start.
        timeout_s: this long after the start; None for never.
        unreachable_s: once a server has given no response at all for this long (T-56).
    """

    began_s: float
    timeout_s: float | None
    unreachable_s: float


class Result(Struct, frozen=True):
    """How a run ended.

    Attributes:
        line: why, for standard error; "" if there is nothing to say.
        answer: the line of JSON, without a line end; None if none is requested.
    """

    status: Exit
    line: str = ""
    answer: str | None = None


class StartupTargets(Struct, frozen=True):
    """Everything to watch from the start.

    Attributes:
        server: the one to use; None for the one that was used last.
        token: for that server, in this session only.
        links: scans and findings on it.
        folders: are scanned by the embedded server.
        is_demo: whether the recorded scans are played.
        links_alone: links that name their own server, for the window to open.
        compares: the two scans are compared once they have ended.
        mistakes: targets that name nothing on that server.
    """

    server: ServerUrl | None
    token: str | None
    links: Sequence[ScanLink]
    folders: Sequence[Path]
    is_demo: bool
    mistakes: Sequence[errors.LinkError] = ()
    compares: bool = False
    links_alone: Sequence[str] = ()

    def __repr__(self) -> str:
        shown = (name for name in self.__struct_fields__ if name != "token")
        return f"StartupTargets({', '.join(f'{name}={getattr(self, name)!r}' for name in shown)})"


def links_on(
    server: ServerUrl, texts: Iterable[str]
) -> tuple[tuple[ScanLink, ...], tuple[errors.LinkError, ...]]:
    """Return the scans and findings of a server that texts name, each once, and the errors.

    A text that names nothing is wrong, too.
    """
    links: dict[ScanLink, None] = {}
    mistakes: list[errors.LinkError] = []
    for text in texts:
        nothing = errors.LinkError(errors.Reason.NO_SCAN_IN_TEXT)
        for part in read_links(text) or (TextPart(text, None, nothing),):
            if part.link is None:
                mistakes += [] if part.error is None else [part.error]
            elif part.link.server is None or part.link.is_on(server):
                links[part.link] = None
            else:
                where = host_name(part.link.server)
                mistakes.append(errors.LinkError(errors.Reason.OTHER_SERVER_GIVEN, host=where))
    return tuple(links), tuple(mistakes)


def server_of(texts: Iterable[str]) -> ServerUrl:
    """Return the one server that web links name; raise `LinkError` for none, or several."""
    parts = [part for text in texts for part in read_links(text)]
    links = [part.link for part in parts if part.link is not None and not part.link.is_own]
    servers = {link.server for link in links}
    if len(servers) != 1 or len(links) < len(parts) or (server := servers.pop()) is None:
        raise errors.LinkError(errors.Reason.NO_ONE_SERVER)
    return server


async def _watch_targets(
    core: Core, wanted: StartupTargets, gives_up_at_s: float, scan_ids: list[ScanId]
) -> errors.HeimdallError | None:
    controller = core.controller
    try:
        if wanted.server is not None:
            link = controller.use_server(wanted.server, wanted.token)
            while True:
                try:
                    scan_ids += await controller.watch_links(link, wanted.links)
                    break
                except (errors.LinkError, errors.SignedOut, errors.NotVisible):
                    raise
                except errors.HeimdallError:
                    if core.clock() >= gives_up_at_s:
                        raise
                    await asyncio.sleep(RETRY_S)
        for folder in wanted.folders:
            scan_ids.append(await controller.watch_folder(folder))
        if wanted.is_demo:
            scan_ids += await controller.watch_demo()
    except errors.HeimdallError as error:
        return error
    return None


async def watch_all(
    core: Core,
    wanted: StartupTargets,
    limits: Limits,
    scan_ids: list[ScanId],
    stopped: asyncio.Event,
) -> errors.HeimdallError | None:
    """Watch everything wanted, and return what keeps some of it from being watched.

    An unreachable server is retried as `limits` allow. `scan_ids` receives the scans in their
    order, as far as possible. `stopped` ends this, too.
    """
    watching = _watch_targets(core, wanted, limits.began_s + limits.unreachable_s, scan_ids)
    starting = core.tasks.spawn(watching, name="watch what is wanted")
    stopping = core.tasks.spawn(stopped.wait(), name="wait for the end")
    await asyncio.wait([starting, stopping], return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if starting.done():
        return None if starting.exception() else starting.result()
    starting.cancel()
    await asyncio.wait([starting])
    return None


class Stop:
    """A stop of the run from outside.

    Attributes:
        event: set once the run is stopped.
        words: the cause, in one line.
    """

    def __init__(self) -> None:
        self.event = asyncio.Event()
        self.words = ""

    def because(self, words: str) -> None:
        """End the run; of several causes the first one counts."""
        if not self.event.is_set():
            self.words = words
            self.event.set()


class Ending(Struct, frozen=True):
    """What ends a run from outside, and what is written at its end.

    Attributes:
        stop: the stop from outside.
        export: the requested file; None for none.
        writer: writes that file.
        kind: formats the scans for printing; None for a line about each.
    """

    stop: Stop
    export: ExportWanted | None = None
    writer: Writer | None = None
    kind: "type[Unattended] | None" = None


async def see_to_the_end(
    core: Core, wanted: StartupTargets, limits: Limits, ending: Ending
) -> Result:
    """Watch what is wanted until all of it has ended, or enough was seen, and export that.

    The owner of `core` drains its store.
    """
    stop, words_of = ending.stop, unattended_text.for_command_line()(error_text)
    proposals = core.controller.proposals
    wants_proposals = ending.export is not None and ending.export.wanted.asks_for_proposals
    proposals.is_automatic |= wants_proposals
    scan_ids: list[ScanId] = []
    problem = await watch_all(core, wanted, limits, scan_ids, stop.event)
    unattended = (ending.kind or Unattended)(
        core.store, scan_ids, limits, answered_at_s=core.accounts.answered_at_s, clock=core.clock
    )

    @unattended_text.for_command_line()
    def verdict() -> tuple[Exit, str] | None:
        if stop.event.is_set():
            return Exit.TIMEOUT, stop.words
        if core.is_broken or core.watches.broken_for_s() > limits.unreachable_s:
            return Exit.FAILED, unattended_text.defect_text()
        return unattended.verdict()

    found: tuple[Exit, str] | None = None
    if isinstance(problem, errors.TooManyScans):
        found = Exit.ARGUMENTS, words_of(problem)
    elif problem is not None:
        status = Exit.NOT_VISIBLE if isinstance(problem, errors.NotVisible) else Exit.NO_SERVER
        found = status, words_of(problem)
    while found is None:
        await asyncio.sleep(LOOK_S)
        found = verdict()
    status, line = found
    if ending.export is not None and ending.writer is not None:
        exports = core.controller.exports
        waits_until_s = core.clock() + MATCHING_S
        while wants_proposals and proposals.is_matching:
            await asyncio.sleep(LOOK_S)
            if core.clock() >= waits_until_s or stop.event.is_set():
                break
        error = await exports.write_wanted(ending.export, scan_ids, line, ending.writer)
        if error is not None:
            status, line = Exit.ARGUMENTS, " ".join(filter(None, (line, words_of(error))))
    return Result(status, line, unattended.answer() or None)


class Unattended:
    """Checks the watched scans now and then, and decides when enough has been seen.

    Args:
        scan_ids: the scans to watch to their end, in the order of the answer.
        limits: when to give up.
        answered_at_s: when a server last responded at all; None before the first time.
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
        """Return exit status and reason, one line, once decided; None while the run continues."""
        scans, limit_s = self._scans(), self._limits.unreachable_s
        for scan in scans:
            if scan.connection_state is Connection.GONE:
                return Exit.NOT_VISIBLE, unattended_text.not_visible_text(scan)
            # a scan that has only a stream, and that has been silent for long
            mute_since_s = scan.connection.mute_since_s if scan.connection else None
            is_mute = mute_since_s is not None and self._clock() - mute_since_s >= limit_s
            if not scan.is_settled and is_mute:
                return Exit.NOT_VISIBLE, unattended_text.mute_text(scan)
        for scan in scans:
            if scan.connection_state is Connection.SIGNED_OUT:
                return Exit.NO_SERVER, unattended_text.signed_out_text(scan)
            if not scan.is_settled and self._is_lost(scan):
                return Exit.NO_SERVER, unattended_text.lost_text(scan, limit_s)
        if all(scan.is_settled for scan in scans):
            return self.end_of(scans)
        timeout_s = self._limits.timeout_s
        if timeout_s is None or self._clock() - self._limits.began_s < timeout_s:
            return None
        late = Exit.TIMEOUT, unattended_text.timeout_text(scans, timeout_s)
        return self.failure_of([scan for scan in scans if scan.is_settled]) or late

    def end_of(self, scans: Sequence[Scan]) -> tuple[Exit, str]:
        """Return exit status and reason of scans that have all ended."""
        failure = self.failure_of(scans)
        if failure is not None:
            return failure
        for scan in scans:
            unseen = unattended_text.unseen_text(scan)
            if unseen:
                return Exit.NOT_ALL_SEEN, unseen
        return Exit.DONE, ""

    def failure_of(self, scans: Sequence[Scan]) -> tuple[Exit, str] | None:
        """Return exit status and reason if one of some scans that have ended has failed."""
        for scan in scans:
            if scan.outcome in (Outcome.FAILED, Outcome.ENDED):
                return Exit.FAILED, unattended_text.failed_text(scan)
        return None

    def answer(self) -> str:
        """Return the line of JSON, without a line end; "" if nothing is printed."""
        return json.dumps(
            {"scans": [result_of(scan) for scan in self._scans()]}, ensure_ascii=False
        )

    def _scans(self) -> list[Scan]:
        found = (self._store.scan(scan_id) for scan_id in self._scan_ids)
        return [scan for scan in found if scan is not None]

    def _is_lost(self, scan: Scan) -> bool:
        """Return whether requests for a scan have long failed, and its server answers no others."""
        seen = scan.connection
        if seen is None or seen.failing_since_s is None:
            return False
        answered_at_s = self._answered_at_s(scan.server)
        responded_at_s = self._limits.began_s if answered_at_s is None else answered_at_s
        since_s = max(seen.failing_since_s, responded_at_s)
        return self._clock() - since_s >= self._limits.unreachable_s


def result_of(scan: Scan) -> dict[str, object]:
    """Return the printed data of a scan."""
    import hashlib  # noqa: PLC0415 - loads OpenSSL, which no window needs for this

    is_answered = scan.connection is not None and scan.connection.is_answered
    source = scan.source.value if scan.source is not None and is_answered else None
    is_read = scan.last_update_at_s is not None
    severities = {severity.value: scan.severities[severity] for severity in Severity}
    digest = hashlib.sha256()
    for number, line in enumerate(sorted(map(id_on_server, scan.findings))):
        digest.update(f"\n{line}".encode() if number else line.encode())  # at once it were 16 MB
    result: dict[str, object] = {
        "id": id_on_server(scan.id),
        "status": scan.status if is_read else "unknown",
        "source": source,
        "findings": {"total": len(scan.findings), **severities} if is_read else None,
        "ids_sha256": digest.hexdigest(),
    }
    if source == ScanSource.STREAM.value:
        end = scan.end_seen
        counts = None if end is None else end.counts
        result["announced"] = None if counts is None else counts.total
        result["seen"] = len(scan.findings)
    if scan.not_scanned is not None:
        result["unlooked"] = scan.not_scanned
    return result


# Compares two scans once both have ended: exit status, reason, and the line of JSON.


class UnattendedComparison(Unattended):
    """The earlier and the later scan of a comparison; one that is named twice is both."""

    _answer = ""

    def end_of(self, scans: Sequence[Scan]) -> tuple[Exit, str]:
        """Compare them, and return exit status and reason."""
        before, after = scans[0], scans[-1]
        for scan in (before, after):
            if lacking := lacks(scan, Feature.COMPARISON):
                return Exit.ARGUMENTS, lacking
        are_local = before.is_local and after.is_local  # two folders count as one repository
        if not are_local and before.repo_id != after.repo_id:
            return Exit.ARGUMENTS, unattended_text.other_repo_text(before, after)
        comparison = compare(before.findings.values(), after.findings.values())
        result: dict[str, object] = {"a": result_of(before), "b": result_of(after)}
        for kind in (ChangeKind.NEW, ChangeKind.FIXED, ChangeKind.CHANGED, ChangeKind.STILL):
            result[kind.value] = [_row(row) for row in comparison.of(kind)]
        self._answer = json.dumps(result, ensure_ascii=False)
        alarming = sum(row.is_alarming for row in comparison.rows)
        if alarming:
            return Exit.WORSE, unattended_text.alarming_text(alarming)
        for scan in scans:
            is_whole = scan.outcome is Outcome.COMPLETED
            words = unattended_text.unseen_text if is_whole else unattended_text.cut_short_text
            if missing := words(scan):
                return Exit.NOT_ALL_SEEN, missing
        return Exit.DONE, ""

    def failure_of(self, scans: Sequence[Scan]) -> tuple[Exit, str] | None:
        """Return nothing: a failed scan is compared as far as it got, and that is reported."""
        return None

    def answer(self) -> str:
        """Return the line of JSON; "" until both have ended: half a scan would look fixed."""
        return self._answer


def _row(row: Compared) -> dict[str, object]:
    verdicts = [None if verdict is None else verdict.value for verdict in row.verdicts]
    sides = (row.before, row.after)
    severities = [None if finding is None else finding.severity.value for finding in sides]
    return {
        "id": id_on_server(row.shown.id),
        "fingerprint": row.shown.fingerprint,
        "severity_before": severities[0],
        "severity_after": severities[1],
        "verdict_before": verdicts[0],
        "verdict_after": verdicts[1],
        "moved": row.is_moved,
        "paired_by": None if None in sides else "place" if row.is_probable else "code",
    }
