"""Why no finding is shown, said as fact, consequence and one way on. Source: ux.md 2.6.

An empty table must never look like an all-clear unless it is one (heimdall-api.md T-10).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from heimdall_desktop.domain.finding import one_line
from heimdall_desktop.domain.hidden_words import hidden_words
from heimdall_desktop.domain.scan import Outcome, Scan
from heimdall_desktop.domain.stage import STAGE_NAMES, StageState
from heimdall_desktop.domain.wording import tr

STOPPED = {
    Outcome.FAILED: "failed",
    Outcome.FAILED_MAY_RETRY: "failed",
    Outcome.CANCELLED: "was cancelled",
    Outcome.CANCELLED_MAY_RETURN: "was cancelled",
}


class Way(Enum):
    """What the analyst can do about it; the value is the text of the button."""

    NONE = ""
    ADD_SCAN = "Add scans"
    CLEAR_FILTER = "Clear filter"


class Cause(Enum):
    """Why the table is empty."""

    NOTHING_WATCHED = "nothing watched"
    FILTER = "filter hides all"
    LOADING = "loading"
    NOT_YET = "no findings yet"
    FINISHED = "finished, none"
    STOPPED = "stopped, none"


@dataclass(frozen=True, slots=True)
class EmptyTable:
    """What an empty table says.

    Attributes:
        fraction: how much has been read, 0 to 1; None where that says nothing.
    """

    cause: Cause
    fact: str
    consequence: str = ""
    way: Way = Way.NONE
    fraction: float | None = None


def empty_table(
    scans: Sequence[Scan], hidden: int, filter_text: str, hidden_criticals: int = 0
) -> EmptyTable:
    """Return what to say while no row is shown.

    Args:
        scans: the scans in scope.
        hidden: findings in scope that the filter hides.
        filter_text: the filter as it was typed.
        hidden_criticals: how many of the hidden ones are critical.
    """
    if not scans:
        return EmptyTable(
            Cause.NOTHING_WATCHED,
            "No scans watched yet.",
            "Paste a scan link, or scan a folder of this computer.",
            Way.ADD_SCAN,
        )
    if hidden:
        nothing = tr("Nothing matches {filter}").format(filter=one_line(filter_text))
        return EmptyTable(
            Cause.FILTER,
            hidden_words(hidden, hidden_criticals),
            nothing if filter_text else "",
            Way.CLEAR_FILTER,
        )
    if len(scans) == 1:
        return _of_one(scans[0])
    return _of_several(scans)


def grouped(number: int) -> str:
    """Return a number with its thousands apart: "1 088"."""
    return f"{number:,}".replace(",", "\u00a0")


def _of_one(scan: Scan) -> EmptyTable:
    if scan.is_checked_to_the_end:
        at = f" at {scan.completed_at.astimezone():%H:%M}" if scan.completed_at else ""
        return EmptyTable(Cause.FINISHED, f"Finished{at} with no findings.", _stages_run(scan))
    told = scan.told_counts.total if scan.told_counts else 0
    if told or not scan.has_listed_once or scan.outcome is Outcome.COMPLETED:
        count = f"0 of {grouped(told)}. " if told else ""
        return EmptyTable(
            Cause.LOADING,
            f"Loading findings of {scan.name}",
            f"{count}Rows show as they come.",
            fraction=0.0 if told else None,
        )
    return _stopped(scan) if scan.outcome in STOPPED else _not_yet(scan)


def _stopped(scan: Scan) -> EmptyTable:
    stages = [
        stage
        for stage in scan.stages
        if stage.state in (StageState.FAILED, StageState.CANCELLED, StageState.RUNNING)
    ]
    may_retry = scan.outcome is Outcome.FAILED_MAY_RETRY
    where = f" in {stages[-1].label.lower()}" if stages else ""
    return EmptyTable(
        Cause.STOPPED,
        f"The scan {STOPPED[scan.outcome]}{where} before it found anything.",
        "That is no all-clear." + (" The server may retry." if may_retry else ""),
    )


def _not_yet(scan: Scan) -> EmptyTable:
    stage = scan.running_stage
    usual = "Findings usually start in static analysis."
    if stage is None:
        return EmptyTable(Cause.NOT_YET, "The scan is waiting for its turn.", usual)
    number = STAGE_NAMES.index(stage.name) + 1
    is_early = number <= STAGE_NAMES.index("static_analysis")
    fact = f"Scan is in stage {number} of {len(STAGE_NAMES)}, {stage.label.lower()}."
    return EmptyTable(Cause.NOT_YET, fact, usual if is_early else "No findings so far.")


def _of_several(scans: Sequence[Scan]) -> EmptyTable:
    if all(scan.is_checked_to_the_end for scan in scans):
        return EmptyTable(Cause.FINISHED, f"All {len(scans)} scans finished with no findings.")
    if all(scan.outcome in STOPPED or scan.is_checked_to_the_end for scan in scans):
        stopped = sum(scan.outcome in STOPPED for scan in scans)
        return EmptyTable(
            Cause.STOPPED,
            f"No findings, and {stopped} of {len(scans)} scans did not finish.",
            "That is no all-clear.",
        )
    running = sum(scan.is_live for scan in scans)
    if not running:
        return EmptyTable(Cause.LOADING, "Loading findings", "Rows show as they come.")
    verb = "is" if running == 1 else "are"
    fact = f"No findings yet in {len(scans)} scans."
    return EmptyTable(Cause.NOT_YET, fact, f"{running} of them {verb} still running.")


def _stages_run(scan: Scan) -> str:
    skipped = [s.label.lower() for s in scan.stages if s.state is StageState.SKIPPED]
    if not skipped:
        return "All nine stages ran."
    verb = "was" if len(skipped) == 1 else "were"
    return f"All stages ran, {_and(skipped)} {verb} skipped."


def _and(words: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
