"""Writes down the stages of a recorded run: what is found when, and what changes later.

What changes: the threat model with the surfaces that findings are in, the verdicts of Víðarr, and
the exploits of Garmr.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from heimdall_desktop.local import steps
from heimdall_desktop.local.rows import STAGES, Json
from tests.lab.recorded_findings import Recorded, read_threat_model, recorded_answers

COMMIT = "7c1e4b90d2a85f3361b0c9e7d4f8a2b6053e9d17"
_PATCHES = 70
_STATIC_TASKS = (
    ("pattern-scan", "Running pattern rules"),
    ("secret-scan", "Looking for secrets"),
    ("semgrep-scan", "Running semgrep"),
    ("dependency-audit", "Auditing dependencies"),
)
_TOOLS = ("read_file", "search_code", "get_callers", "get_dependencies", "llm_completion")


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
        """The fields that Víðarr overwrites. Source: protocol.md 4.5."""
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


def fates_of(findings: Sequence[Recorded], chance: random.Random) -> tuple[Fate, ...]:
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


def exploits_of(decided: Sequence[Fate]) -> Iterator[Exploit]:
    """Yield the results of all proofs of concept for findings that stand."""
    standing = [fate.recorded for fate in decided if fate.verdict is not Verdict.WITHDRAWN]
    for number, recorded in enumerate(one for one in standing if one.poc_script):
        yield exploit_of(recorded, _EXPLOITS[number % len(_EXPLOITS)])


def exploit_of(recorded: Recorded, verdict: str) -> Exploit:
    """Make up the outcome. Source of the keys: protocol.md 4.5, 11.4."""
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
    result = {
        "script": recorded.poc_script,
        "language": "python",
        "exit_code": 0 if is_confirmed else 1,
        "stdout": recorded.poc_output if is_confirmed else "",
        "stderr": errors[verdict],
        "verdict": verdict,
        "llm_analysis": analysis[verdict],
    }
    return Exploit(recorded, result)


class RecordedRun:
    """One attempt that goes well.

    Args:
        findings: what is found, in that order.
        tempo: 1 for about ten minutes with 300 findings; larger is slower.
        seed: makes the run another one.
        fates, exploits: what becomes of the findings; made up if left out.
        commit: what was scanned.
    """

    def __init__(
        self,
        findings: Sequence[Recorded],
        tempo: float,
        seed: str,
        *,
        fates: Sequence[Fate] | None = None,
        exploits: Sequence[Exploit] | None = None,
        commit: str = COMMIT,
    ) -> None:
        self._commit = commit
        self.findings = tuple(findings)
        self._tempo = tempo
        self._chance = random.Random(seed)
        self.fates = fates_of(findings, self._chance) if fates is None else tuple(fates)
        self.exploits = tuple(exploits_of(self.fates) if exploits is None else exploits)

    def stages(self) -> dict[str, tuple[steps.Step, ...]]:
        makers = (
            self._ingest,
            self._tyr,
            self._static_analysis,
            self._taint_analysis,
            self._config_scan,
            self.hunt,
            self._vidarr,
            self._garmr,
            self._report,
        )
        return {stage: tuple(make()) for stage, make in zip(STAGES, makers, strict=True)}

    def hunt(self, most: int | None = None) -> Iterator[steps.Step]:
        """Write down the hunt, surface by surface, or only its beginning."""
        for recorded in self._of_stage("hunt")[:most]:
            yield from self._investigate(recorded)

    def _ingest(self) -> Iterator[steps.Step]:
        for pct in (0, 20, 45, 70, 90):
            yield steps.Activity(
                "running", "source-acquisition", "Cloning the repository", None, pct
            )
            yield self._pause(2.2)
        yield steps.Activity("completed", "source-acquisition", "Repository cloned", "48.2 MB", 100)
        yield steps.CommitSeen(self._commit)
        yield steps.Activity("completed", "commit-detection", "Commit detected", self._commit)
        for count in (400, 1100, 1830):
            yield steps.Activity("running", "index-build", "Building the index", f"{count:,} files")
            yield self._pause(2.2)
        languages = "Python 812, TypeScript 604, Go 297, YAML 88, Terraform 29"
        yield steps.Activity(
            "completed", "index-build", "Index built", f"1,830 files: {languages}", 100
        )

    def _tyr(self) -> Iterator[steps.Step]:
        yield steps.Activity("running", "recon", "Getting to know the repository")
        for path in ("README.md", "gateway/main.go", "services/api/app.py", "web/src/App.tsx"):
            yield self._call("read_file")
            yield steps.Activity("running", "recon", "Getting to know the repository", path)
            yield self._pause(4.5)
        yield steps.Activity(
            "completed", "recon", "Repository understood", "4 services, 2 web apps"
        )
        yield steps.Activity("running", "threat-model-request", "Drawing the threat model")
        yield self._pause(22)
        yield self._call("llm_completion")
        threat_model = recorded_threat_model(self.findings)
        yield threat_model
        detail = f"{len(threat_model.surfaces)} surfaces, {len(threat_model.boundaries)} boundaries"
        yield steps.Activity("completed", "threat-model-request", "Threat model drawn", detail)

    def _static_analysis(self) -> Iterator[steps.Step]:
        found = self._of_stage("static_analysis")
        for key, title in _STATIC_TASKS:
            mine = [one for one in found if _static_task(one) == key]
            yield from self._scan(key, title, mine, seconds=18, portion=6)

    def _taint_analysis(self) -> Iterator[steps.Step]:
        found = self._of_stage("taint_analysis")
        yield from self._scan("taint-scan", "Following data into sinks", found, 24, portion=2)

    def _config_scan(self) -> Iterator[steps.Step]:
        found = self._of_stage("config_scan")
        yield from self._scan("config-scan", "Reading configuration", found, 15, portion=4)

    def _scan(
        self, key: str, title: str, found: Sequence[Recorded], seconds: float, portion: int
    ) -> Iterator[steps.Step]:
        """Find a few at a time, with the percentage in between."""
        yield steps.Activity("running", key, title, None, 0)
        starts = range(0, len(found), portion)
        for start in starts:
            yield self._pause(seconds / len(starts))
            some = found[start : start + portion]
            yield steps.Found(tuple(one.finding for one in some))
            done = start + len(some)
            yield steps.Activity("running", key, title, f"{done} found", 100 * done // len(found))
        yield steps.Activity("completed", key, title, f"{len(found)} findings", 100)

    def _investigate(self, recorded: Recorded) -> Iterator[steps.Step]:
        finding = recorded.finding
        key = f"surface-{recorded.task.lower().replace(' ', '-')}"
        title = f"Investigating {recorded.task}"
        yield steps.Activity("running", key, title, f"Risk {finding.severity}. {finding.file_path}")
        for _ in range(self._chance.randint(1, 3)):
            yield self._pause(0.6)
            yield self._call(self._chance.choice(_TOOLS))
        yield self._pause(0.7)
        yield steps.Found((finding,))
        if recorded.diff is not None:
            yield steps.Answered(finding.fingerprint, recorded_answers(recorded))
        yield steps.Activity("completed", key, title, "1 finding", 100)

    def _vidarr(self) -> Iterator[steps.Step]:
        title = "Challenging findings"
        for number, fate in enumerate(self.fates):
            if number % 8 == 0:
                detail = f"{number} of {len(self.fates)}"
                pct = 100 * number // len(self.fates)
                yield steps.Activity("running", "challenge", title, detail, pct)
            yield self._call("challenge_finding")
            yield self._pause(0.6)
            yield steps.Changed(fate.recorded.finding.fingerprint, fate.changes, fate.reasoning)
        withdrawn = sum(fate.verdict is Verdict.WITHDRAWN for fate in self.fates)
        yield steps.Activity("completed", "challenge", title, f"{withdrawn} withdrawn", 100)

    def _garmr(self) -> Iterator[steps.Step]:
        for exploit in self.exploits:
            yield from self._prove(exploit)

    def _prove(self, exploit: Exploit) -> Iterator[steps.Step]:
        finding = exploit.recorded.finding
        title, place = "Running a proof of concept", f"{finding.file_path}:{finding.line_start}"
        yield steps.Activity("running", "poc", title, place, about=finding.fingerprint)
        yield self._pause(2.4)
        fields = {"poc_exploit_json": exploit.result, "poc_validated": exploit.is_confirmed}
        yield steps.Changed(finding.fingerprint, fields)
        detail = f"{place}: {exploit.result['verdict']}"
        yield steps.Activity("completed", "poc", title, detail, 100, about=finding.fingerprint)

    def _report(self) -> Iterator[steps.Step]:
        yield steps.Activity("running", "patch-generation", "Writing patches")
        patched = 0
        for fate in self.fates[:: max(1, len(self.fates) // _PATCHES)]:
            if fate.verdict is not Verdict.WITHDRAWN and fate.recorded.diff:
                yield from self._patch(fate, fate.recorded.diff)
                patched += 1
        yield steps.Activity("completed", "patch-generation", "Patches written", f"{patched}", 100)

    def _patch(self, fate: Fate, diff: str) -> Iterator[steps.Step]:
        finding = fate.recorded.finding
        yield steps.Activity(
            "running", "patch", "Writing a patch", finding.file_path, about=finding.fingerprint
        )
        yield self._pause(0.55)
        yield self._call("llm_completion")
        yield steps.Patched(finding.fingerprint, diff)
        yield steps.Activity(
            "completed", "patch", "Patch written", finding.file_path, 100, about=finding.fingerprint
        )

    def _of_stage(self, stage: str) -> list[Recorded]:
        return [one for one in self.findings if one.stage == stage]

    def _call(self, tool_name: str) -> steps.AgentCall:
        error = "no such file" if self._chance.random() < 0.03 else None
        return steps.AgentCall(tool_name, self._chance.randint(4, 2600), error)

    def _pause(self, seconds: float) -> steps.Pause:
        return steps.Pause(self._tempo * seconds * self._chance.uniform(0.6, 1.4))


def _static_task(recorded: Recorded) -> str:
    if recorded.finding.source == "dependencies":
        return "dependency-audit"
    if recorded.task.startswith("secret"):
        return "secret-scan"
    return "semgrep-scan" if recorded.task.startswith("semgrep") else "pattern-scan"


_MOST_SURFACES = 9


def recorded_threat_model(findings: Sequence[Recorded]) -> steps.ThreatModelDrawn:
    """Draw it from what will be found at its surfaces, spread over all kinds of them.

    Source of the elements' keys: protocol.md 4.11.
    """
    shop = read_threat_model()
    exposed = [one for one in findings if one.exposure]
    step = max(1, -(-len(exposed) // _MOST_SURFACES))
    return steps.ThreatModelDrawn(
        shop.summary,
        shop.boundaries,
        tuple(_surface(one) for one in exposed[::step]),
        shop.data_flows,
    )


def _surface(recorded: Recorded) -> Json:
    finding = recorded.finding
    return {
        "name": recorded.task,
        "description": recorded.exposure,
        "endpoint": recorded.endpoint,
        "file": finding.file_path,
        "line": finding.line_start,
        "risk_level": finding.severity,
    }
