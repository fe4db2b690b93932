"""Collects the content of an export from the store at one moment, and has it written."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from heimdall_desktop import __version__
from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.base.tasks import Answer, CallOff, RequestTasks
from heimdall_desktop.domain.disagreements import search_overlaps
from heimdall_desktop.domain.facts.errors import HeimdallError, NotVisible
from heimdall_desktop.domain.facts.finding import Finding, FindingId, ScanId
from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.domain.filters.filter import EITHER, Filter
from heimdall_desktop.domain.handover import handovers_of
from heimdall_desktop.domain.histories import OwnWrites
from heimdall_desktop.domain.table.order import USUAL_COLUMNS, Column
from heimdall_desktop.presentation.board.scan_status import state_text
from heimdall_desktop.presentation.export.contents import (
    Contents,
    Format,
    LeaveOut,
    ScanFacts,
    Writer,
    scan_facts,
)
from heimdall_desktop.services.regular_file import Writing, write_file

READS_AT_ONCE = 2  # so that polls get their turn in between


class ExportWanted(Struct, frozen=True):
    """The export of an unattended run.

    Attributes:
        wanted: which findings, of all watched scans.
        filter_text: the filter as it was typed.
    """

    path: Path
    form: Format
    wanted: Filter
    filter_text: str
    leave_out: LeaveOut


class ExportUnderWay(Struct, frozen=True):
    """A file that is being written.

    Attributes:
        contents: their progress is how many findings are written.
        call_off: cancels the export: nothing is left of the file, and no answer comes.
        writing: knows the current size of the file.
    """

    contents: Contents
    call_off: CallOff
    writing: Writing


class Exports:
    """Makes and writes exports of one store.

    Args:
        with_texts: reads the long texts of a finding that were not kept.

    Attributes:
        now: the wall clock.
        started_at: when the program was started.
        own_findings, own_writes: return which findings were decided here, and how.
        account_of: returns the account signed in to a server; "" for none.
    """

    def __init__(
        self,
        store: Store,
        tasks: RequestTasks,
        *,
        clock: Callable[[], float],
        now: Callable[[], datetime],
        with_texts: Callable[[Finding], Awaitable[Finding]],
    ) -> None:
        self._store, self._tasks, self._clock, self.now = store, tasks, clock, now
        self._with_texts = with_texts
        self.started_at = now()
        self.own_findings: Callable[[], set[FindingId]] = set
        self.own_writes: OwnWrites = lambda _finding_id, _what: ()
        self.account_of: Callable[[ServerUrl], str] = lambda _url: ""

    def contents(
        self,
        findings: Sequence[Finding],
        scan_ids: Iterable[ScanId],
        *,
        columns: Sequence[Column] = USUAL_COLUMNS,
        filter_text: str = "",
        hidden: int = 0,
        is_selection: bool = False,
    ) -> Contents:
        """Return some findings, in their order, with the current data of their scans.

        `columns` are those of a table. `hidden` says how many findings of these scans are not
        among them, `is_selection` that they were chosen one by one.
        """
        now, clock_s = self.now(), self._clock()
        scans: dict[ScanId, ScanFacts] = {}
        for scan in filter(None, map(self._store.scan, scan_ids)):
            at_s = scan.last_update_at_s  # answers of an earlier session keep their age
            as_of = None if at_s is None else now - timedelta(seconds=clock_s - at_s)
            scans[scan.id] = scan_facts(scan, self._store.name_of(scan.id), as_of)
        return Contents(
            tuple(findings),
            scans,
            exported_at=now,
            version=__version__,
            columns=tuple(columns),
            filter_text=filter_text,
            hidden=hidden,
            is_selection=is_selection,
            changes=self._store.comparisons.changes,
            reasons=self._store.reasons.known,
            disagreements=self._store.disagreements.known,
        )

    def handovers(self, scan_ids: Sequence[ScanId]) -> Callable[[datetime], Contents]:
        """Collect what a shift hands over about some scans, once.

        Returns:
            What makes its content with decisions since a moment.
        """
        store = self._store
        scans = list(filter(None, map(store.scan, scan_ids)))
        since = handovers_of(
            ((scan, state_text(scan)) for scan in scans),
            self.own_writes,
            self.own_findings(),
            store.histories.known,
            store.proposals.known,
            store.reasons.known,
            started_at=self.started_at,
        )
        names = (self.account_of(scan.server) for scan in scans if not scan.is_local)
        accounts = tuple(dict.fromkeys(filter(None, names)))

        def contents(moment: datetime) -> Contents:
            made = replace(since(moment), accounts=accounts)
            return replace(self.contents(made.findings, scan_ids), handover=made)

        return contents

    def request_write(
        self, path: Path, form: Format, contents: Contents, writer: Writer, on_answer: Answer
    ) -> ExportUnderWay:
        """Write findings to a file the user has chosen, whole or not at all."""
        writing = Writing()
        write = partial(self._write, path, form, contents, writer, writing)
        call_off = self._tasks.start(write, on_answer, name="export findings")
        return ExportUnderWay(contents, call_off, writing)

    async def _write(
        self, path: Path, form: Format, contents: Contents, writer: Writer, writing: Writing
    ) -> None:
        has_texts = form is not Format.CSV and not contents.leaves_names_out
        is_waiting = has_texts and any(finding.is_cut for finding in contents.findings)
        if is_waiting:
            contents = replace(contents, with_texts=self._reader())
        await write_file(path, writer(contents), writing, is_waiting=is_waiting)

    def _reader(self) -> Callable[[Sequence[Finding]], list[Finding]]:
        """Return a function that reads long texts again that were not kept.

        The writing thread waits for each batch of them, so no others need to be kept.
        """
        loop, places = asyncio.get_running_loop(), asyncio.Semaphore(READS_AT_ONCE)
        lost: set[ScanId] = set()  # scans whose server doesn't respond

        async def read(finding: Finding) -> Finding:
            try:
                async with places:
                    is_wanted = finding.is_cut and finding.scan_id not in lost
                    return await self._with_texts(finding) if is_wanted else finding
            except NotVisible:
                return finding
            except HeimdallError:
                lost.add(finding.scan_id)  # thousands of refusals would take hours
                return finding

        async def read_all(findings: Sequence[Finding]) -> list[Finding]:
            return await asyncio.gather(*map(read, findings))

        def with_texts(findings: Sequence[Finding]) -> list[Finding]:
            return asyncio.run_coroutine_threadsafe(read_all(findings), loop).result()

        return with_texts

    async def write_wanted(
        self, wanted: ExportWanted, scan_ids: Sequence[ScanId], problem: str, writer: Writer
    ) -> HeimdallError | None:
        """Write the findings of an unattended run: by severity, then by when they were first seen.

        `problem` says why the run ended before all was read, as a sentence; "" if it did not.
        Returns why the file could not be written, if so.
        """
        names = {scan_id: self._store.name_of(scan_id) for scan_id in scan_ids}
        shared = replace(wanted.wanted, snoozed=EITHER)  # snoozes concern only their user
        scans = list(filter(None, map(self._store.scan, scan_ids)))
        if wanted.wanted.asks_for_disagreements:  # their rows may not have rested yet
            for scan in scans:
                *_, overlaps = search_overlaps(scan.findings.values())
                self._store.keep_overlaps(scan.id, overlaps or {})
        resolved = shared.under(self.now(), names, self._store.known)
        every = [finding for scan in scans for finding in scan.findings.values()]
        found = sorted(
            filter(resolved.matches, every),
            key=lambda finding: (finding.severity.rank, finding.created_at, finding.id),
        )
        folded = sum(finding.is_repeat for finding in every) if resolved.folds_repeats else 0
        contents = self.contents(
            found, scan_ids, filter_text=wanted.filter_text, hidden=len(every) - folded - len(found)
        )
        whole = replace(contents, is_by_severity=True, leave_out=wanted.leave_out, problem=problem)
        try:
            await self._write(wanted.path, wanted.form, whole, writer, Writing())
        except HeimdallError as error:
            return error
        return None
