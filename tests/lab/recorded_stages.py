"""Writes down the stages of a recorded run: what is found when, and what changes later."""

import random
from collections.abc import Iterator, Sequence

from heimdall_desktop.local.rows import STAGES
from heimdall_desktop.local.steps import (
    Activity,
    AgentCall,
    Answered,
    Changed,
    CommitSeen,
    Found,
    Patched,
    Pause,
    Step,
)
from tests.lab.recorded_fates import Exploit, Fate, Verdict, exploits, fates
from tests.lab.recorded_findings import Recorded, recorded_answers
from tests.lab.recorded_threat_model import recorded_threat_model

COMMIT = "7c1e4b90d2a85f3361b0c9e7d4f8a2b6053e9d17"
_PATCHES = 70
_STATIC_TASKS = (
    ("pattern-scan", "Running pattern rules"),
    ("secret-scan", "Looking for secrets"),
    ("semgrep-scan", "Running semgrep"),
    ("dependency-audit", "Auditing dependencies"),
)
_TOOLS = ("read_file", "search_code", "get_callers", "get_dependencies", "llm_completion")


class RecordedRun:
    """One attempt that goes well.

    Args:
        findings: what is found, in that order.
        tempo: 1 for about ten minutes with 300 findings; larger is slower.
        seed: makes the run another one.
    """

    def __init__(self, findings: Sequence[Recorded], tempo: float, seed: str) -> None:
        self._findings = findings
        self._tempo = tempo
        self._chance = random.Random(seed)
        self._fates = fates(findings, self._chance)

    def stages(self) -> dict[str, tuple[Step, ...]]:
        """Write down all nine stages."""
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

    def hunt(self, most: int | None = None) -> Iterator[Step]:
        """Write down the hunt, surface by surface, or only its beginning."""
        for recorded in self._of_stage("hunt")[:most]:
            yield from self._investigate(recorded)

    def _ingest(self) -> Iterator[Step]:
        for pct in (0, 20, 45, 70, 90):
            yield Activity("running", "source-acquisition", "Cloning the repository", None, pct)
            yield self._pause(2.2)
        yield Activity("completed", "source-acquisition", "Repository cloned", "48.2 MB", 100)
        yield CommitSeen(COMMIT)
        yield Activity("completed", "commit-detection", "Commit detected", COMMIT)
        for count in (400, 1100, 1830):
            yield Activity("running", "index-build", "Building the index", f"{count:,} files")
            yield self._pause(2.2)
        languages = "Python 812, TypeScript 604, Go 297, YAML 88, Terraform 29"
        yield Activity("completed", "index-build", "Index built", f"1,830 files: {languages}", 100)

    def _tyr(self) -> Iterator[Step]:
        yield Activity("running", "recon", "Getting to know the repository")
        for path in ("README.md", "gateway/main.go", "services/api/app.py", "web/src/App.tsx"):
            yield self._call("read_file")
            yield Activity("running", "recon", "Getting to know the repository", path)
            yield self._pause(4.5)
        yield Activity("completed", "recon", "Repository understood", "4 services, 2 web apps")
        yield Activity("running", "threat-model-request", "Drawing the threat model")
        yield self._pause(22)
        yield self._call("llm_completion")
        threat_model = recorded_threat_model(self._findings)
        yield threat_model
        detail = f"{len(threat_model.surfaces)} surfaces, {len(threat_model.boundaries)} boundaries"
        yield Activity("completed", "threat-model-request", "Threat model drawn", detail)

    def _static_analysis(self) -> Iterator[Step]:
        found = self._of_stage("static_analysis")
        for key, title in _STATIC_TASKS:
            mine = [one for one in found if _static_task(one) == key]
            yield from self._scan(key, title, mine, seconds=18, portion=6)

    def _taint_analysis(self) -> Iterator[Step]:
        found = self._of_stage("taint_analysis")
        yield from self._scan("taint-scan", "Following data into sinks", found, 24, portion=2)

    def _config_scan(self) -> Iterator[Step]:
        found = self._of_stage("config_scan")
        yield from self._scan("config-scan", "Reading configuration", found, 15, portion=4)

    def _scan(
        self, key: str, title: str, found: Sequence[Recorded], seconds: float, portion: int
    ) -> Iterator[Step]:
        """Find a few at a time, with the percentage in between."""
        yield Activity("running", key, title, None, 0)
        starts = range(0, len(found), portion)
        for start in starts:
            yield self._pause(seconds / len(starts))
            some = found[start : start + portion]
            yield Found(tuple(one.finding for one in some))
            done = start + len(some)
            yield Activity("running", key, title, f"{done} found", 100 * done // len(found))
        yield Activity("completed", key, title, f"{len(found)} findings", 100)

    def _investigate(self, recorded: Recorded) -> Iterator[Step]:
        finding = recorded.finding
        key = f"surface-{recorded.task.lower().replace(' ', '-')}"
        title = f"Investigating {recorded.task}"
        yield Activity("running", key, title, f"Risk {finding.severity}. {finding.file_path}")
        for _ in range(self._chance.randint(1, 3)):
            yield self._pause(0.6)
            yield self._call(self._chance.choice(_TOOLS))
        yield self._pause(0.7)
        yield Found((finding,))
        if recorded.diff is not None:
            yield Answered(finding.fingerprint, recorded_answers(recorded))
        yield Activity("completed", key, title, "1 finding", 100)

    def _vidarr(self) -> Iterator[Step]:
        title = "Challenging findings"
        for number, fate in enumerate(self._fates):
            if number % 8 == 0:
                detail = f"{number} of {len(self._fates)}"
                pct = 100 * number // len(self._fates)
                yield Activity("running", "challenge", title, detail, pct)
            yield self._call("challenge_finding")
            yield self._pause(0.6)
            yield Changed(fate.recorded.finding.fingerprint, fate.changes, fate.reasoning)
        withdrawn = sum(fate.verdict is Verdict.WITHDRAWN for fate in self._fates)
        yield Activity("completed", "challenge", title, f"{withdrawn} withdrawn", 100)

    def _garmr(self) -> Iterator[Step]:
        for exploit in exploits(self._fates):
            yield from self._prove(exploit)

    def _prove(self, exploit: Exploit) -> Iterator[Step]:
        finding = exploit.recorded.finding
        title, place = "Running a proof of concept", f"{finding.file_path}:{finding.line_start}"
        yield Activity("running", "poc", title, place, about=finding.fingerprint)
        yield self._pause(2.4)
        fields = {"poc_exploit_json": exploit.result, "poc_validated": exploit.is_confirmed}
        yield Changed(finding.fingerprint, fields)
        detail = f"{place}: {exploit.result['verdict']}"
        yield Activity("completed", "poc", title, detail, 100, about=finding.fingerprint)

    def _report(self) -> Iterator[Step]:
        yield Activity("running", "patch-generation", "Writing patches")
        patched = 0
        for fate in self._fates[:: max(1, len(self._fates) // _PATCHES)]:
            if fate.verdict is not Verdict.WITHDRAWN and fate.recorded.diff:
                yield from self._patch(fate, fate.recorded.diff)
                patched += 1
        yield Activity("completed", "patch-generation", "Patches written", f"{patched}", 100)

    def _patch(self, fate: Fate, diff: str) -> Iterator[Step]:
        finding = fate.recorded.finding
        yield Activity(
            "running", "patch", "Writing a patch", finding.file_path, about=finding.fingerprint
        )
        yield self._pause(0.55)
        yield self._call("llm_completion")
        yield Patched(finding.fingerprint, diff)
        yield Activity(
            "completed",
            "patch",
            "Patch written",
            finding.file_path,
            100,
            about=finding.fingerprint,
        )

    def _of_stage(self, stage: str) -> list[Recorded]:
        return [one for one in self._findings if one.stage == stage]

    def _call(self, tool_name: str) -> AgentCall:
        error = "no such file" if self._chance.random() < 0.03 else None
        return AgentCall(tool_name, self._chance.randint(4, 2600), error)

    def _pause(self, seconds: float) -> Pause:
        return Pause(self._tempo * seconds * self._chance.uniform(0.6, 1.4))


def _static_task(recorded: Recorded) -> str:
    if recorded.finding.source == "dependencies":
        return "dependency-audit"
    if recorded.task.startswith("secret"):
        return "secret-scan"
    return "semgrep-scan" if recorded.task.startswith("semgrep") else "pattern-scan"
