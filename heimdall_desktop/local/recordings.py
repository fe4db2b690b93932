"""The recorded scans: runs of the AI pipeline over an invented shop, made up step by step.

Each attempt of a recording holds the steps of its stages; a pause is time at speed 1. The same name
always gives the same steps.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from heimdall_desktop.local.recorded_findings import recorded_findings
from heimdall_desktop.local.recorded_hazards import recorded_hazards
from heimdall_desktop.local.recorded_stages import RecordedRun
from heimdall_desktop.local.rows import STAGES
from heimdall_desktop.local.steps import CancelAsked, Failure, Pause, Step

Attempt = Mapping[str, tuple[Step, ...]]

HUNT_FAILURE = "The model provider closed the connection: HTTP 529, overloaded."
SILENCE_S = 300.0
"""As long as a model may think without a word."""

_HUNTED_BEFORE_FAILURE = 12


@dataclass(frozen=True, slots=True)
class Recording:
    """A scan that can be replayed."""

    name: str
    repository: str
    """What is scanned, for people."""
    attempts: tuple[Attempt, ...]
    """All but the last one end in a failure."""


@cache
def recording(name: str) -> Recording:
    """Return a recording by its name.

    Raises:
        LookupError: there is none; the message lists those that there are.
    """
    if name not in _MAKERS:
        raise LookupError(f"no recording {name!r}; there are {', '.join(NAMES)}")
    return _MAKERS[name]()


def _ordinary() -> Recording:
    """300 findings of all sources, about ten minutes long."""
    run = RecordedRun(recorded_findings(), tempo=1.0, seed="ordinary")
    return Recording("ordinary", "harbor-market", (run.stages(),))


def _retried() -> Recording:
    """Breaks off in hunt after 58 rows, is tried again, and adds 64 with the same fingerprints."""
    findings = recorded_findings(most_copies=1)
    run = RecordedRun(findings, tempo=1.0, seed="retried")
    stages = run.stages()
    hunt = tuple(run.hunt(_HUNTED_BEFORE_FAILURE))
    broken = {stage: stages[stage] for stage in stages if stage not in _AFTER_HUNT}
    return Recording(
        "retried",
        "harbor-billing",
        (broken | {"hunt": (*hunt, Failure(HUNT_FAILURE))}, stages),
    )


def _modelled() -> Recording:
    """60 findings, and a threat model whose surfaces some of them are in."""
    findings = recorded_findings(most_copies=1, most_packages=10, first_noun=4)
    run = RecordedRun(findings, tempo=1.5, seed="modelled")
    return Recording("modelled", "harbor-checkout", (run.stages(),))


def _quiet() -> Recording:
    """In the middle of its hunt nothing is to be seen for five minutes, then it goes on."""
    findings = recorded_findings(most_copies=2, first_noun=8)
    stages = RecordedRun(findings, tempo=0.8, seed="quiet").stages()
    before, after = _halves(stages["hunt"])
    return Recording(
        "quiet", "harbor-warehouse", (stages | {"hunt": (*before, Pause(SILENCE_S), *after)},)
    )


def _cancelled() -> Recording:
    """Somebody cancels it while half of its findings have been challenged."""
    findings = recorded_findings(most_copies=2, first_noun=6)
    stages = RecordedRun(findings, tempo=1.2, seed="cancelled").stages()
    before, _ = _halves(stages["vidarr"])
    until_then = {stage: stages[stage] for stage in STAGES[: STAGES.index("vidarr")]}
    return Recording(
        "cancelled", "harbor-search", (until_then | {"vidarr": (*before, CancelAsked())},)
    )


def _hostile() -> Recording:
    """Few findings, and every one of them tries to break whatever shows it."""
    run = RecordedRun(recorded_hazards(), tempo=2.0, seed="hostile")
    return Recording("hostile", "harbor-reviews", (run.stages(),))


def _halves(steps: tuple[Step, ...]) -> tuple[tuple[Step, ...], tuple[Step, ...]]:
    middle = len(steps) // 2
    return steps[:middle], steps[middle:]


_AFTER_HUNT = frozenset({"vidarr", "garmr", "report"})
_MAKERS: dict[str, Callable[[], Recording]] = {
    "ordinary": _ordinary,
    "retried": _retried,
    "modelled": _modelled,
    "quiet": _quiet,
    "cancelled": _cancelled,
    "hostile": _hostile,
}
NAMES = tuple(_MAKERS)
