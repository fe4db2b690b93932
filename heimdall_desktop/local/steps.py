"""The steps of a stage: the values that a plan yields and the pipeline carries out.

A plan knows where the facts come from (a real folder or a recording); only the pipeline writes them
to the database and notifies the subscribers.
"""

from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from typing import Protocol

from heimdall_desktop.local.rows import Json, NewFinding


@dataclass(frozen=True, slots=True)
class Activity:
    """A line for the execution log. Source of the words: heimdall-api.md §5.11."""

    status: str
    task_key: str
    title: str
    detail: str | None = None
    progress_pct: int | None = None
    event_type: str = "task"
    about: str | None = None
    """Fingerprint of the finding whose id ends the task key, as in `patch-<finding id>`."""


@dataclass(frozen=True, slots=True)
class AgentCall:
    """A tool call of an AI stage."""

    tool_name: str
    duration_ms: int | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """Findings to be stored now; no event reports them (heimdall-api.md §3.6)."""

    findings: tuple[NewFinding, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """Fields of a finding of this attempt to be overwritten, without any event."""

    fingerprint: str
    fields: Mapping[str, object]
    added_reasoning: str | None = None
    """Text to append to the agents' earlier text."""


@dataclass(frozen=True, slots=True)
class Patched:
    """A unified diff for a finding of this attempt."""

    fingerprint: str
    diff: str


@dataclass(frozen=True, slots=True)
class Answered:
    """The responses to actions on a finding of this attempt, by action."""

    fingerprint: str
    answers: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class ThreatModelDrawn:
    """What can be attacked, to be stored now. Source of the elements: heimdall-api.md §4.11."""

    summary: str
    boundaries: tuple[Json, ...]
    surfaces: tuple[Json, ...]
    data_flows: tuple[Json, ...]


@dataclass(frozen=True, slots=True)
class CommitSeen:
    """The scanned commit; None for a folder without one."""

    sha: str | None


@dataclass(frozen=True, slots=True)
class FilesSeen:
    """How far the files have been scanned.

    Attributes:
        unlooked: files that a scanner accepts but did not finish.
        not_taken: binary files and files of kinds that no scanner accepts.
    """

    unlooked: int
    not_taken: int


@dataclass(frozen=True, slots=True)
class Skipped:
    """The stage does nothing, for this reason; it ends as `skipped`."""

    reason: str


@dataclass(frozen=True, slots=True)
class Failure:
    """The stage ends here, and with it the attempt; later steps are ignored."""

    reason: str


@dataclass(frozen=True, slots=True)
class CancelAsked:
    """The scan is cancelled at this moment; later steps are ignored."""


@dataclass(frozen=True, slots=True)
class Pause:
    """A wait, as time at speed 1."""

    duration_s: float


Fact = (
    Activity
    | AgentCall
    | Found
    | Changed
    | Patched
    | Answered
    | ThreatModelDrawn
    | CommitSeen
    | FilesSeen
)
"""The steps that are recorded immediately."""

Step = Fact | Skipped | Failure | CancelAsked | Pause


class Plan(Protocol):
    """The source of a scan's steps."""

    def steps(self, stage: str, attempt: int) -> AsyncGenerator[Step, None]:
        """Yield the steps of one stage, which may take any time.

        Stages are requested in pipeline order, and from `ingest` again for the next attempt.

        Args:
            stage: its name on the wire.
            attempt: 1 for the first.
        """
