"""The steps of a scan, and the recordings that replay them.

A plan yields the steps of a stage and knows where the facts come from, a real folder or a
recording; only the pipeline writes them to the database and notifies the subscribers.

A recording is a run of the AI pipeline over an invented shop. Its file in `recordings/` is JSON,
line by line. The first line names the repository, `{"attempt": 1, "stage": "hunt"}` starts a stage,
and each other line is a step of it, `{"pause": {"duration_s": 2.5}}`; a pause is time at speed 1.
A text with repetitions is written as `{"before": "<b>", "again": "ab", "times": 900, "after": ""}`.
A recording of a later scan names the one before, `"follows": "ordinary"`, in its first line; what
people did with the findings of that one comes next, `{"decided": {…}}`.
`tests/lab/recordings.py` writes the files.
"""

import asyncio
import json
import math
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Protocol

from heimdall_desktop.local.rows import Json, NewFinding


@dataclass(frozen=True, slots=True)
class Activity:
    """A line for the execution log. Source of the words: protocol.md 5.11."""

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
    """Findings to be stored now; no event reports them (protocol.md 3.6)."""

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
    """What can be attacked, to be stored now. Source of the elements: protocol.md 4.11."""

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
        not_scanned: files that a scanner accepts but did not finish.
        not_taken: binary files and files of kinds that no scanner accepts.
    """

    not_scanned: int
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


NAMES = ("ordinary", "retried", "modelled", "quiet", "cancelled", "hostile", "edited")
KINDS: Mapping[str, type[Step]] = {
    "activity": Activity,
    "agent_call": AgentCall,
    "answered": Answered,
    "cancel": CancelAsked,
    "changed": Changed,
    "commit": CommitSeen,
    "failure": Failure,
    "found": Found,
    "patched": Patched,
    "pause": Pause,
    "threat_model": ThreatModelDrawn,
}
"""The kinds of steps in a recording, by their words."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What a person did with a finding of the scan before.

    Attributes:
        fingerprint: of the finding.
        after_s: how long after the end of that scan.
        kind: "status", "severity" or "comment".
        text: the new word, or the comment.
        is_own: the owner of the repository did it; otherwise another person.
    """

    fingerprint: str
    after_s: float
    kind: str
    text: str
    is_own: bool = True


Stages = Mapping[str, tuple[Step, ...]]
"""The steps of an attempt, by stage."""


@dataclass(frozen=True, slots=True)
class Recording:
    """A scan that can be replayed: a plan.

    Attributes:
        name: identifies it in requests.
        repository: the scanned repository, as it is shown.
        attempts: all but the last one end in a failure; further attempts repeat the last.
        follows: the recording of an earlier scan of the repository; "" for none.
        decided: what people did with the findings of that scan, in order.
    """

    name: str
    repository: str
    attempts: tuple[Stages, ...]
    follows: str = ""
    decided: tuple[Decided, ...] = ()

    async def steps(self, stage: str, attempt: int) -> AsyncGenerator[Step, None]:
        """Yield the recorded steps of a stage, as `Plan` describes it."""
        recorded = self.attempts[min(attempt, len(self.attempts)) - 1]
        for step in recorded.get(stage, ()):
            yield step


@cache
def recording(name: str) -> Recording:
    """Return a recording by its name.

    Raises:
        LookupError: there is none; the message lists the existing ones.
    """
    if name not in NAMES:
        raise LookupError(f"no recording {name!r}; there are {', '.join(NAMES)}")
    text = (files("heimdall_desktop.local") / "recordings" / f"{name}.jsonl").read_text("utf-8")
    return read_recording(name, text)


def read_recording(name: str, text: str) -> Recording:
    head, *lines = (json.loads(line, object_hook=_whole) for line in text.splitlines())
    attempts: list[dict[str, list[Step]]] = []
    steps: list[Step] = []
    decided: list[Decided] = []
    for line in lines:
        if "decided" in line:
            decided.append(Decided(**line["decided"]))
        elif "stage" in line:
            if line["attempt"] > len(attempts):
                attempts.append({})
            steps = attempts[-1].setdefault(line["stage"], [])
        else:
            ((kind, fields),) = line.items()
            if kind == "found":
                found = (NewFinding(**_with_tuples(one)) for one in fields["findings"])
                steps.append(Found(tuple(found)))
            else:
                steps.append(KINDS[kind](**_with_tuples(fields)))
    return Recording(
        name,
        head["repository"],
        tuple({stage: tuple(steps) for stage, steps in attempt.items()} for attempt in attempts),
        head.get("follows", ""),
        tuple(decided),
    )


def _with_tuples(fields: dict[str, Any]) -> dict[str, Any]:
    return {
        key: tuple(value) if isinstance(value, list) else value for key, value in fields.items()
    }


def _whole(value: dict[str, Any]) -> object:
    if value.keys() == {"before", "again", "times", "after"}:
        return value["before"] + value["again"] * value["times"] + value["after"]
    return value


@dataclass(frozen=True, slots=True)
class ReplayClock:
    """Recorded seconds per real second; 0 and infinity mean: as fast as possible."""

    speed: float = 1.0

    async def wait(self, recorded_s: float) -> None:
        """Wait this many recorded seconds, but yield to the loop at least once."""
        await asyncio.sleep(self.real_s(recorded_s))

    def real_s(self, recorded_s: float) -> float:
        """Return the real duration of this many recorded seconds."""
        return recorded_s / self.speed if 0 < self.speed < math.inf else 0.0
