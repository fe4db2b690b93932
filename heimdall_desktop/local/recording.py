"""Replays recorded scans: runs of the AI pipeline over an invented shop.

A file of `recordings/` is JSON, line by line. The first line names the repository, `{"attempt": 1,
"stage": "hunt"}` starts a stage, and each other line is a step of it, `{"pause": {"duration_s":
2.5}}`; a pause is time at speed 1. A text with repetitions is written as `{"before": "<b>",
"again": "ab", "times": 900, "after": ""}`. `tests/lab/recordings.py` writes the files.
"""

import asyncio
import json
import math
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from heimdall_desktop.local.rows import NewFinding
from heimdall_desktop.local.steps import (
    Activity,
    AgentCall,
    Answered,
    CancelAsked,
    Changed,
    CommitSeen,
    Failure,
    Found,
    Patched,
    Pause,
    Step,
    ThreatModelDrawn,
)

NAMES = ("ordinary", "retried", "modelled", "quiet", "cancelled", "hostile")
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

Attempt = Mapping[str, tuple[Step, ...]]
"""The steps by stage."""


@dataclass(frozen=True, slots=True)
class Recording:
    """A scan that can be replayed.

    Attributes:
        name: identifies it in requests.
        repository: the scanned repository, as it is shown.
        attempts: all but the last one end in a failure.
    """

    name: str
    repository: str
    attempts: tuple[Attempt, ...]


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
    """Read the text of a file."""
    head, *lines = (json.loads(line, object_hook=_whole) for line in text.splitlines())
    attempts: list[dict[str, list[Step]]] = []
    steps: list[Step] = []
    for line in lines:
        if "stage" in line:
            if line["attempt"] > len(attempts):
                attempts.append({})
            steps = attempts[-1].setdefault(line["stage"], [])
        else:
            ((kind, fields),) = line.items()
            steps.append(_step(kind, fields))
    return Recording(
        name,
        head["repository"],
        tuple({stage: tuple(steps) for stage, steps in attempt.items()} for attempt in attempts),
    )


def _step(kind: str, fields: dict[str, Any]) -> Step:
    if kind == "found":
        return Found(tuple(NewFinding(**_with_tuples(one)) for one in fields["findings"]))
    return KINDS[kind](**_with_tuples(fields))


def _with_tuples(fields: dict[str, Any]) -> dict[str, Any]:
    return {
        key: tuple(value) if isinstance(value, list) else value for key, value in fields.items()
    }


def _whole(value: dict[str, Any]) -> object:
    """Expand a text with repetitions."""
    if value.keys() == {"before", "again", "times", "after"}:
        return value["before"] + value["again"] * value["times"] + value["after"]
    return value


class RecordingPlan:
    """Replays a recording; attempts beyond its last one repeat the last."""

    def __init__(self, recording: Recording) -> None:
        self._attempts = recording.attempts

    async def steps(self, stage: str, attempt: int) -> AsyncGenerator[Step, None]:
        """Yield the recorded steps of a stage."""
        recorded = self._attempts[min(attempt, len(self._attempts)) - 1]
        for step in recorded.get(stage, ()):
            yield step


# The speed of recorded time.


@dataclass(frozen=True, slots=True)
class ReplayClock:
    """Recorded seconds per real second; 0 and infinity mean: as fast as possible."""

    speed: float = 1.0

    async def wait(self, recorded_s: float) -> None:
        """Wait this many recorded seconds, but yield to the loop at least once."""
        await asyncio.sleep(self.real_s(recorded_s))

    def real_s(self, recorded_s: float) -> float:
        """Return the real duration of this many recorded seconds."""
        if self.speed <= 0 or math.isinf(self.speed):
            return 0.0
        return recorded_s / self.speed
