"""The recorded scans: full runs of the AI pipeline over an invented shop, made up step by step.

Each attempt of a recording holds the steps of its stages; a pause is time at speed 1. The same name
always gives the same steps.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from heimdall_desktop.local.recorded_findings import recorded_findings
from heimdall_desktop.local.recorded_stages import RecordedRun
from heimdall_desktop.local.steps import Failure, Step

Attempt = Mapping[str, tuple[Step, ...]]

HUNT_FAILURE = "The model provider closed the connection: HTTP 529, overloaded."
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


_AFTER_HUNT = frozenset({"vidarr", "garmr", "report"})
_MAKERS: dict[str, Callable[[], Recording]] = {"ordinary": _ordinary, "retried": _retried}
NAMES = tuple(_MAKERS)
