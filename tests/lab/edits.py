"""A later scan of the same source after an edit, made from the findings of an earlier one.

The truth is kept aside: each finding of the later scan knows which one of the earlier scan it is.
Fingerprints follow the server's formula, so they move with the lines, and after `COPIED_ABOVE` one
belongs to the neighbour.
"""

import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from heimdall_desktop.local.rows import NewFinding
from tests.lab.recorded_findings import Recorded, fingerprint_of, further_findings
from tests.lab.recorded_stages import Exploit, Fate, RecordedRun, Verdict, exploit_of, fates_of


class Edit(Enum):
    """What happened to a finding between the scans, apart from the lines above it."""

    NONE = "none"
    REFORMATTED = "reformatted"
    CODE_CHANGED = "code changed"
    FILE_MOVED = "file moved"
    DUPLICATED = "duplicated"
    """The same code is in the file once more."""
    COPIED_ABOVE = "copied above"
    """A changed copy is at its old line, and so has its old fingerprint."""
    RAISED = "raised"
    PROVEN = "proven"
    OTHER_VERSION = "other version"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Later:
    """A finding of the later scan.

    Attributes:
        origin: fingerprint, in the earlier scan, of the same finding; "" if it is new.
    """

    recorded: Recorded
    origin: str


@dataclass(frozen=True, slots=True)
class Edited:
    """Two scans of one repository.

    Attributes:
        before: the run of the earlier scan.
        findings: of the earlier scan.
        edits: by fingerprint, what happened to each finding of the earlier scan.
        later: the findings of the later scan, in the order in which they are found.
    """

    before: RecordedRun
    findings: tuple[Recorded, ...]
    edits: dict[str, Edit]
    later: tuple[Later, ...]

    @property
    def withdrawn(self) -> set[str]:
        """Fingerprints of what Víðarr withdrew in the earlier scan."""
        fates = (fate for fate in self.before.fates if fate.verdict is Verdict.WITHDRAWN)
        return {fate.recorded.finding.fingerprint for fate in fates}

    def run(self, tempo: float, seed: str, decided: Iterable[str], *, commit: str) -> RecordedRun:
        """Write down the later scan.

        Víðarr and Garmr say the same again of the same finding, with these exceptions: what a
        person decided against Víðarr stays open, a third of what else it withdrew too, and it
        withdraws some of what people decided.

        Args:
            tempo: as of `RecordedRun`.
            seed: as of `RecordedRun`.
            decided: fingerprints of the findings of the earlier scan that people decided.
            commit: what was scanned.
        """
        fates = tuple(self._fates(frozenset(decided), random.Random(seed)))
        findings = [each.recorded for each in self.later]
        exploits = tuple(self._exploits(fates))
        return RecordedRun(findings, tempo, seed, fates=fates, exploits=exploits, commit=commit)

    def _fates(self, decided: frozenset[str], chance: random.Random) -> Iterator[Fate]:
        before = {fate.recorded.finding.fingerprint: fate for fate in self.before.fates}
        yield from fates_of([each.recorded for each in self.later if not each.origin], chance)
        reviewed = 0
        for number, each in enumerate(self.later):
            fate = before.get(each.origin)
            if fate is None:
                continue
            if each.origin in decided:
                reviewed += 1
                if fate.verdict is Verdict.WITHDRAWN:
                    fate = replace(fate, verdict=Verdict.UNDECIDED)
                elif reviewed % _WITHDRAWN_LATER == 0 and self.edits[each.origin] is Edit.NONE:
                    fate = replace(fate, verdict=Verdict.WITHDRAWN)
            elif fate.verdict is Verdict.WITHDRAWN and number % 3 == 0:
                fate = replace(fate, verdict=Verdict.UNDECIDED)
            yield replace(fate, recorded=each.recorded)

    def _exploits(self, fates: Iterable[Fate]) -> Iterator[Exploit]:
        before = {
            exploit.recorded.finding.fingerprint: str(exploit.result["verdict"])
            for exploit in self.before.exploits
        }
        standing = {
            fate.recorded.finding.fingerprint
            for fate in fates
            if fate.verdict is not Verdict.WITHDRAWN
        }
        for each in self.later:
            if each.recorded.poc_script and each.recorded.finding.fingerprint in standing:
                is_proven = self.edits.get(each.origin) is Edit.PROVEN
                verdict = "confirmed" if is_proven else before.get(each.origin, "unconfirmed")
                yield exploit_of(each.recorded, verdict)


_WITHDRAWN_LATER = 12  # one of so many decided findings
_SHARES = {
    Edit.GONE: 22,
    Edit.CODE_CHANGED: 16,
    Edit.FILE_MOVED: 10,
    Edit.RAISED: 6,
    Edit.REFORMATTED: 6,
    Edit.COPIED_ABOVE: 4,
    Edit.DUPLICATED: 4,
    Edit.PROVEN: 4,
}
"""How many of 300 findings; in the order in which they are chosen, the rarest kinds first."""
_RAISED_PACKAGES = 3
_NEW = 18
_RAISED = {"low": "medium", "medium": "high", "high": "critical"}
_FOLDERS = {
    "services": "apps",
    "web": "frontend",
    "gateway": "edge",
    "deploy": "ops",
    "infra": "terraform",
    "tools": "scripts",
}
_HUNK = re.compile(r"^@@ -\d+,(\d+) \+\d+,(\d+) @@$", re.MULTILINE)
_NAME = re.compile(r"\b[a-z][a-z_]{3,}\b")
_REMARKS = ("Kept for old clients.", "Same as in the import.", "Ordered by the shop's owner.")


def edited(before: RecordedRun, seed: str) -> Edited:
    """Edit the source of a scan; the same seed gives the same edit."""
    findings, chance = before.findings, random.Random(seed)
    edits = _chosen_edits(before, chance)
    shifts = _shifts(findings, chance)
    later: list[Later] = []
    for number, recorded in enumerate(findings):
        finding = recorded.finding
        edit = edits[finding.fingerprint]
        if edit is not Edit.GONE:
            by = shifts[finding.file_path]
            later += _after(recorded, edit, by, number)
    new = further_findings(chance, max(1, _NEW * len(findings) // 300))
    later += [Later(recorded, "") for recorded in new]
    return Edited(before, findings, edits, tuple(later))


def _chosen_edits(before: RecordedRun, chance: random.Random) -> dict[str, Edit]:
    """Choose what happens to each finding, by fingerprint."""
    findings = before.findings
    edits = {one.finding.fingerprint: Edit.NONE for one in findings}
    judged = {fate.recorded.finding.fingerprint: fate for fate in before.fates}
    unproven = {
        exploit.recorded.finding.fingerprint
        for exploit in before.exploits
        if not exploit.is_confirmed
    }

    def may(one: Recorded, edit: Edit) -> bool:
        finding, fate = one.finding, judged.get(one.finding.fingerprint)
        is_code = finding.source != "dependencies"
        is_withdrawn = fate is not None and fate.verdict is Verdict.WITHDRAWN
        match edit:
            case Edit.GONE:
                return not is_withdrawn
            case Edit.PROVEN:
                return finding.fingerprint in unproven
            case Edit.RAISED:
                return fate is None and is_code and finding.severity in _RAISED
            case Edit.FILE_MOVED:
                is_flow = one.stage == "taint_analysis"  # its title may name the file
                return is_code and not is_flow and finding.file_path.split("/")[0] in _FOLDERS
            case _:
                is_long = (finding.code_snippet or "").count("\n") > 1
                return is_code and is_long and one.stage != "taint_analysis"

    for edit in sorted(_SHARES, key=lambda edit: edit is not Edit.PROVEN):
        free = [
            one.finding.fingerprint
            for one in findings
            if edits[one.finding.fingerprint] is Edit.NONE and may(one, edit)
        ]
        count = min(len(free), max(1, _SHARES[edit] * len(findings) // 300))
        edits |= dict.fromkeys(chance.sample(free, count), edit)
    packages = sorted({name for one in findings if (name := _package(one.finding))})
    raised = chance.sample(packages, min(len(packages), _RAISED_PACKAGES))
    for one in findings:
        if _package(one.finding) in raised:
            edits[one.finding.fingerprint] = Edit.OTHER_VERSION
    return edits


def _package(finding: NewFinding) -> str:
    return str((finding.manifest_coordinates_json or {}).get("name", ""))


def _shifts(findings: Sequence[Recorded], chance: random.Random) -> dict[str, int]:
    """Choose by file how many lines were inserted above its findings, or deleted."""
    shifts: dict[str, int] = defaultdict(int)
    for path in dict.fromkeys(one.finding.file_path for one in findings):
        throw = chance.random()
        if throw < 0.5:
            shifts[path] = chance.randint(1, 40)
        elif throw < 0.6:
            shifts[path] = -chance.randint(1, 4)
    return shifts


def _after(recorded: Recorded, edit: Edit, by: int, number: int) -> Iterator[Later]:
    """Yield what the later scan has of a finding: itself, and a copy if there is one now."""
    finding = recorded.finding
    origin, code = finding.fingerprint, finding.code_snippet or ""
    height = code.count("\n") + 3
    match edit:
        case Edit.REFORMATTED:
            code = "\n".join(f"    {line}" if line else line for line in code.split("\n"))
            yield Later(_placed(recorded, by, code=code), origin)
        case Edit.CODE_CHANGED:
            yield Later(_placed(recorded, by, code=_rewritten(finding, number)), origin)
        case Edit.FILE_MOVED:
            folder, _, rest = finding.file_path.partition("/")
            yield Later(_placed(recorded, by, path=f"{_FOLDERS[folder]}/{rest}"), origin)
        case Edit.DUPLICATED:
            yield Later(_placed(recorded, by), origin)
            yield Later(_placed(recorded, by + height), "")
        case Edit.COPIED_ABOVE:
            yield Later(_placed(recorded, 0, code=_rewritten(finding, number)), "")
            yield Later(_placed(recorded, height), origin)
        case Edit.RAISED:
            yield Later(_placed(recorded, by, severity=_RAISED[finding.severity]), origin)
        case Edit.OTHER_VERSION:
            yield Later(_with_other_version(_placed(recorded, by)), origin)
        case _:
            yield Later(_placed(recorded, by), origin)


def _placed(
    recorded: Recorded, by: int, *, path: str = "", code: str = "", severity: str = ""
) -> Recorded:
    """Return a finding some lines further down; in another file, with other code if wanted.

    A patch would no longer fit other code, so that has none.
    """
    finding = recorded.finding
    path = path or finding.file_path
    start = finding.line_start + by
    end = None if finding.line_end is None else finding.line_end + by
    has_rule = finding.source in ("static", "config")
    rule = recorded.task if has_rule else finding.title
    moved = replace(
        finding,
        file_path=path,
        line_start=start,
        line_end=end,
        code_snippet=code or finding.code_snippet,
        severity=severity or finding.severity,
        fingerprint=finding.fingerprint
        if finding.source == "dependencies"
        else fingerprint_of(recorded.stage, rule, path, start, end),
    )
    first_line = start if end is None else min(start, end)
    has_diff = recorded.diff is not None and not code
    diff = _diff_at(recorded.diff or "", path, first_line) if has_diff else None
    return replace(recorded, finding=moved, diff=diff)


def _diff_at(diff: str, path: str, line: int) -> str:
    body = _HUNK.sub(rf"@@ -{line},\1 +{line},\2 @@", diff).split("\n")[2:]
    return "\n".join((f"--- a/{path}", f"+++ b/{path}", *body))


def _rewritten(finding: NewFinding, number: int) -> str:
    """Return other code with the same fault: a name is longer, or there is a remark."""
    code = finding.code_snippet or ""
    names = [name for name in _NAME.findall(code) if _NAME.findall(code).count(name) > 1]
    if number % 2 and names:
        return re.sub(rf"\b{names[0]}\b", f"{names[0]}_given", code)
    first, _, rest = code.partition("\n")
    is_script = finding.file_path.endswith((".go", ".ts", ".tsx"))
    indent = rest[: len(rest) - len(rest.lstrip())]
    remark = f"{indent}{'//' if is_script else '#'} {_REMARKS[number % len(_REMARKS)]}"
    return f"{first}\n{remark}\n{rest}"


def _with_other_version(recorded: Recorded) -> Recorded:
    """Raise a package to another version, which has the same flaw; its title names the version."""
    finding = recorded.finding
    coordinates = dict(finding.manifest_coordinates_json or {})
    installed = str(coordinates["installed_version"])
    *rest, last = installed.split(".")
    raised = ".".join((*rest, str(int(last) + 1)))
    title = finding.title.removesuffix(installed) + raised
    coordinates["installed_version"] = raised
    return replace(
        recorded, finding=replace(finding, title=title, manifest_coordinates_json=coordinates)
    )
