"""Creates the recorded scans that the demo replays: `python -m tests.lab recordings`.

They are runs of the AI pipeline over an invented shop, made up step by step out of `catalogue/`.
Write the files again after this or the catalogue has changed.
"""

import argparse
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

from heimdall_desktop.local import steps as player
from heimdall_desktop.local.rows import STAGES
from heimdall_desktop.local.steps import KINDS, CancelAsked, Failure, Pause, Recording, Step
from tests.lab.decided_findings import decisions
from tests.lab.edits import Edited, edited
from tests.lab.recorded_findings import recorded_findings
from tests.lab.recorded_hazards import recorded_hazards
from tests.lab.recorded_stages import RecordedRun

HUNT_FAILURE = "The model provider closed the connection: HTTP 529, overloaded."
LATER_COMMIT = "b90f2ad6614c0e7d58b3a1f6c2947e80d15a3b4c"
SILENCE_S = 300.0
"""As long as a model may think without a word."""

PLACE = Path(player.__file__).parent / "recordings"

_HUNTED_BEFORE_FAILURE = 12
_REPEATED = re.compile(r"(.{1,16}?)\1{199,}", re.DOTALL)
_WORDS = {kind: word for word, kind in KINDS.items()}


def made(name: str) -> Recording:
    """Make a recording; the same name always gives the same steps."""
    return _MAKERS[name]()


def text_of(recording: Recording) -> str:
    """Write a recording down as `heimdall_desktop.local.recording` reads it."""
    follows = {"follows": recording.follows} if recording.follows else {}
    lines: list[object] = [{"repository": recording.repository, **follows}]
    lines += [{"decided": _given(decided)} for decided in recording.decided]
    for number, attempt in enumerate(recording.attempts, start=1):
        for stage, steps in attempt.items():
            lines.append({"attempt": number, "stage": stage})
            lines += [{_WORDS[type(step)]: _short(_given(step))} for step in steps]
    return "".join(f"{json.dumps(line)}\n" for line in lines)


def _given(value: object) -> object:
    """Return the fields of a step, or of what it holds, that are not as they are by default."""
    if isinstance(value, tuple):
        return [_given(each) for each in value]
    if not is_dataclass(value):
        return value
    given = {field.name: getattr(value, field.name) for field in fields(value)}
    defaults = {field.name: field.default for field in fields(value)}
    return {name: _given(each) for name, each in given.items() if each != defaults[name]}


def _short(value: object) -> object:
    """Leave out what a text only repeats."""
    if isinstance(value, Mapping):
        return {key: _short(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_short(each) for each in value]
    if isinstance(value, str) and (found := _REPEATED.search(value)):
        unit = found[1]
        return {
            "before": value[: found.start()],
            "again": unit,
            "times": (found.end() - found.start()) // len(unit),
            "after": value[found.end() :],
        }
    return value


def _ordinary() -> Recording:
    """300 findings of all sources, about eight minutes long."""
    return Recording("ordinary", "harbor-market", (_ordinary_run().stages(),))


def _ordinary_run() -> RecordedRun:
    return RecordedRun(recorded_findings(), tempo=0.78, seed="ordinary")


def market() -> Edited:
    """The ordinary scan and the one after an edit, with the truth of what is the same finding."""
    return edited(_ordinary_run(), "edited")


def _edited() -> Recording:
    """A later scan of what the ordinary one scanned, of which 60 findings were decided.

    It fetches little, so the first findings are there after some seconds, whatever the speed.
    """
    scans = market()
    decided = decisions(scans, 60, "decided")
    fingerprints = {each.fingerprint for each in decided}
    run = scans.run(0.78, "edited", fingerprints, commit=LATER_COMMIT)
    stages = run.stages()
    soon = {stage: _sooner(stages[stage]) for stage in ("ingest", "tyr")}
    return Recording("edited", "harbor-market", (stages | soon,), "ordinary", decided)


def _sooner(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    return tuple(
        replace(step, duration_s=step.duration_s / 12) if isinstance(step, Pause) else step
        for step in steps
    )


def _retried() -> Recording:
    """Breaks off in hunt after 58 rows, is tried again, and adds 64 with the same fingerprints."""
    findings = recorded_findings(most_copies=1)
    run = RecordedRun(findings, tempo=1.0, seed="retried")
    stages = run.stages()
    hunt = tuple(run.hunt(_HUNTED_BEFORE_FAILURE))
    broken = {stage: stages[stage] for stage in stages if stage not in _AFTER_HUNT}
    return Recording(
        "retried", "harbor-billing", (broken | {"hunt": (*hunt, Failure(HUNT_FAILURE))}, stages)
    )


def _modelled() -> Recording:
    """60 findings, and a threat model whose surfaces some of them are in."""
    findings = recorded_findings(most_copies=1, most_packages=10, first_noun=4)
    run = RecordedRun(findings, tempo=1.5, seed="modelled")
    return Recording("modelled", "harbor-checkout", (run.stages(),))


def _quiet() -> Recording:
    """In the middle of its hunt nothing happens for five minutes, then it continues."""
    findings = recorded_findings(most_copies=2, first_noun=8)
    stages = RecordedRun(findings, tempo=0.5, seed="quiet").stages()
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
    """Few findings, each of which tries to break what shows it."""
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
    "edited": _edited,
}


def main(arguments: Sequence[str]) -> int:
    argparse.ArgumentParser(
        prog="python -m tests.lab recordings",
        description="Write the recordings of the demo, out of the catalogue.",
    ).parse_args(arguments)
    for name in _MAKERS:
        (PLACE / f"{name}.jsonl").write_text(text_of(made(name)), "utf-8")
    return 0
