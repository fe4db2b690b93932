"""A run without a window: the core alone, on a plain asyncio loop. Loads no Qt."""

import asyncio

from heimdall_desktop import cli
from heimdall_desktop.application.runs.core import Core
from heimdall_desktop.application.runs.unattended import (
    Ending,
    Exit,
    Result,
    Stop,
    Unattended,
    UnattendedComparison,
    see_to_the_end,
)
from heimdall_desktop.domain.facts.errors import HeimdallError, NoSpace
from heimdall_desktop.instance import NotStarted
from heimdall_desktop.presentation.error_text import error_text
from heimdall_desktop.presentation.unattended_text import ended_text
from heimdall_desktop.start import Start, end_by_signal, started


def main(options: cli.Options) -> int:
    """Run the program and return its exit status."""
    try:
        with started(options) as start:
            return start.end(asyncio.run(_watch(start)))
    except NotStarted as refused:
        cli.complain(str(refused))
        return Exit.ARGUMENTS


async def _watch(start: Start) -> Result:
    """Watch the wanted scans until they end.

    Nothing alerts here: alerts of a scan are left for the next window of the profile.
    """
    stop = Stop()
    end_by_signal(lambda name: stop.because(ended_text(name)))
    core = Core(start.kept, start.redaction, speed=start.options.speed)
    core.is_alerting = False
    core.on_problem = _report
    limits = start.limits(core.clock())
    try:
        for problem in start.problems:
            core.report(problem)
        core.tasks.spawn(core.follow(), name="take in what changes")
        await core.bring_back({link.scan_id for link in start.wanted.links if link.scan_id})
        await core.begin()
        kind = UnattendedComparison if start.wanted.compares else Unattended
        ending = Ending(stop, start.export, start.writer(), kind)
        return await see_to_the_end(core, start.wanted, limits, ending)
    finally:
        await core.aclose()


def _report(error: HeimdallError) -> None:
    if isinstance(error, NoSpace):
        cli.complain(error_text(error))  # there may be no log
