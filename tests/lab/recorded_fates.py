"""Decides what the later stages of a recording make of its findings: verdicts and exploits."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from heimdall_desktop.local.rows import Json
from tests.lab.recorded_findings import Recorded

_EXAMINED_STAGES = frozenset({"hunt", "taint_analysis"})
_WEIGHTY = frozenset({"critical", "high"})
_WITHDRAWN_CRITICALS = (2, 5, 9, 12, 16)
_OTHER = {"critical": "high", "high": "medium", "medium": "low", "low": "medium"}
_EXPLOITS = ("confirmed", "confirmed", "unconfirmed", "confirmed", "inconclusive")


class Verdict(Enum):
    """What Víðarr says."""

    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of an examined finding."""

    recorded: Recorded
    verdict: Verdict
    new_severity: str | None
    reasoning: str

    @property
    def changes(self) -> dict[str, object]:
        """The fields that Víðarr overwrites. Source: heimdall-api.md §4.5."""
        if self.verdict is Verdict.WITHDRAWN:
            return {"status": "false_positive", "confidence": "low"}
        if self.verdict is Verdict.UNDECIDED:
            return {}
        severity = {"severity": self.new_severity} if self.new_severity else {}
        return {"confidence": "high", **severity}


@dataclass(frozen=True, slots=True)
class Exploit:
    """The run of a proof of concept in a container."""

    recorded: Recorded
    result: Json

    @property
    def is_confirmed(self) -> bool:
        """Whether the finding was proved."""
        return self.result["verdict"] == "confirmed"


_CONFIRMATIONS = (
    "Traced every caller. Nothing between the entry point and this line restricts the value.",
    "The tests of the module use this path with the very input described, and it goes through.",
    "Looked for a guard in the framework's settings and found none.",
    "The surrounding code was written for trusted callers; the route is public since the gateway"
    " was added.",
)
_WITHDRAWALS = (
    "The value is checked against a fixed list two calls earlier, so it cannot be what an attacker"
    " would need.",
    "This module is imported by tests only and is not part of any image.",
    "The route sits behind the back office's own sign-in and its network policy; what is described"
    " cannot be reached.",
    "The library escapes the value in the version that is locked here.",
)
_DOUBTS = (
    "Could not find out whether the flag that guards this is on in production."
    " A person should look.",
)


def fates(findings: Sequence[Recorded], chance: random.Random) -> tuple[Fate, ...]:
    """Decide for all findings that Víðarr examines: those of hunt and taint analysis first.

    Of the others it takes those that weigh most. Some of the critical ones are always withdrawn.
    """
    first = [one for one in findings if one.stage in _EXAMINED_STAGES]
    weighty = [one for one in findings if one.finding.severity in _WEIGHTY and one not in first]
    examined = first + weighty
    criticals = [one for one in examined if one.finding.severity == "critical"]
    withdrawn = {
        criticals[index].finding.fingerprint
        for index in _WITHDRAWN_CRITICALS
        if index < len(criticals)
    }
    return tuple(_fate(one, one.finding.fingerprint in withdrawn, chance) for one in examined)


def _fate(recorded: Recorded, is_withdrawn: bool, chance: random.Random) -> Fate:
    is_critical = recorded.finding.severity == "critical"
    throw = chance.random()
    if is_withdrawn or (throw < 0.15 and not is_critical):
        return Fate(recorded, Verdict.WITHDRAWN, None, chance.choice(_WITHDRAWALS))
    if throw < 0.25 and not is_critical:
        return Fate(recorded, Verdict.UNDECIDED, None, _DOUBTS[0])
    changed = _OTHER.get(recorded.finding.severity) if throw > 0.88 else None
    return Fate(recorded, Verdict.CONFIRMED, changed, chance.choice(_CONFIRMATIONS))


def exploits(decided: Sequence[Fate]) -> Iterator[Exploit]:
    """Yield the results of all proofs of concept for findings that stand."""
    standing = [fate.recorded for fate in decided if fate.verdict is not Verdict.WITHDRAWN]
    for number, recorded in enumerate(one for one in standing if one.poc_script):
        yield Exploit(recorded, _result(recorded, _EXPLOITS[number % len(_EXPLOITS)]))


def _result(recorded: Recorded, verdict: str) -> Json:
    """Make up the outcome. Source of the keys: heimdall-api.md §4.5, 11.4."""
    is_confirmed = verdict == "confirmed"
    analysis = {
        "confirmed": "The answer shows what only the flaw can have produced.",
        "unconfirmed": "The target refused the request; the flaw may need another account.",
        "inconclusive": "The container could not reach the target before its time was over.",
    }
    errors = {
        "confirmed": "",
        "unconfirmed": "urllib.error.HTTPError: HTTP Error 403: Forbidden",
        "inconclusive": "TimeoutError: timed out",
    }
    return {
        "script": recorded.poc_script,
        "language": "python",
        "exit_code": 0 if is_confirmed else 1,
        "stdout": recorded.poc_output if is_confirmed else "",
        "stderr": errors[verdict],
        "verdict": verdict,
        "llm_analysis": analysis[verdict],
    }
