"""Steps of a scripted scan as JSON: what the test controls let a tester do to one.

A step is an object whose `do` names a method of `ScriptedScan`; the other keys are its arguments.
Where the method wants the id of a finding, `finding` gives it, or its number in the order in which
the scan's findings were added: 0 is the first, -1 the last.
"""

import sqlite3
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from heimdall_desktop.local.journal import CancelSeen
from heimdall_desktop.local.rows import FindingId
from tests.lab.scripting import ScriptedScan

Arguments = dict[str, Any]
_MISTAKES = (TypeError, ValueError, LookupError, ArithmeticError, RuntimeError, sqlite3.Error)


class StepRefused(ValueError):
    """The step is none, its arguments are wrong, or the scan is not where it could be taken."""


def take_step(scan: ScriptedScan, step: Mapping[str, Any]) -> None:
    """Take one step; to be called on the server's loop.

    Raises:
        StepRefused: nothing was done, or only a part where an argument broke it half-way.
    """
    name = step.get("do")
    method = STEPS.get(name) if isinstance(name, str) else None
    if method is None:
        raise StepRefused(f"do: {name!r} is none of {', '.join(STEPS)}")
    arguments = {key: value for key, value in step.items() if key != "do"}
    try:
        method(scan, arguments)
    except CancelSeen:
        raise StepRefused(f"{name}: the scan is cancelled; retry or revive it") from None
    except _MISTAKES as error:
        raise StepRefused(f"{name}: {type(error).__name__}: {error}") from error


def _plain(name: str) -> Callable[[ScriptedScan, Arguments], object]:
    return lambda scan, arguments: getattr(scan, name)(**arguments)


def _finding_id(scan: ScriptedScan, arguments: Arguments) -> FindingId:
    finding = arguments.pop("finding")
    return scan.finding_ids[finding] if isinstance(finding, int) else FindingId(str(finding))


def _change_finding(scan: ScriptedScan, arguments: Arguments) -> None:
    scan.change_finding(_finding_id(scan, arguments), **arguments)


def _patch(scan: ScriptedScan, arguments: Arguments) -> None:
    scan.patch(_finding_id(scan, arguments), **arguments)


def _answer(scan: ScriptedScan, arguments: Arguments) -> None:
    scan.answer(_finding_id(scan, arguments), **arguments)


def _note(scan: ScriptedScan, arguments: Arguments) -> None:
    scan.note(_finding_id(scan, arguments), **arguments)


def _age(scan: ScriptedScan, arguments: Arguments) -> None:
    scan.age(timedelta(**arguments))


STEPS: Mapping[str, Callable[[ScriptedScan, Arguments], object]] = {
    **{
        name: _plain(name)
        for name in (
            "prepare_stage",
            "start_stage",
            "repeat_stage",
            "finish_stage",
            "run_until",
            "add_findings",
            "add_duplicates",
            "add_hazards",
            "burst",
            "activity",
            "fall_back",
            "complete",
            "reach_completed",
            "announce_completed",
            "fail",
            "retry",
            "fail_finally",
            "cancel",
            "answer_cancel",
            "ignore_cancel",
            "revive",
            "send",
            "lag",
            "end_streams",
            "end_streams_later",
            "connect",
        )
    },
    "change_finding": _change_finding,
    "patch": _patch,
    "answer": _answer,
    "note": _note,
    "age": _age,
}
"""What `do` may say. `age` takes the arguments of `timedelta`, like `{"hours": 3}`."""
