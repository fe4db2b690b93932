"""Creates the findings of a recording from the catalogue of an invented shop, always the same.

In a case `<<noun>>`, `<<nouns>>` and `<<Noun>>` stand for a thing of the shop; a case is copied
for several of them.
"""

import difflib
import hashlib
import random
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from heimdall_desktop.local.rows import Json, NewFinding

CATALOGUE = Path(__file__).parent / "catalogue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A kind of problem, with the code that has it."""

    id: str
    copies: int
    severities: list[str]
    """Taken in turn by the copies."""
    cwe: str
    title: str
    file: str
    code: str
    description: str
    fix_summary: str
    stage: str | None = None
    confidence: str | None = None
    fix_type: str | None = None
    fixed: str = ""
    """The code as it should be; without it there is no patch."""
    reasoning: str = ""
    surface: str = ""
    """What the hunt was looking at."""
    endpoint: str = ""
    exposure: str = ""
    """What makes the surface worth a place in the threat model; most have none."""
    poc: str = ""
    poc_output: str = ""
    ends_before_start: bool = False
    """Whether the sink of a flow is above its source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A package that does not exist, with an advisory that does not either."""

    ecosystem: str
    name: str
    installed: str
    declared: str
    fixed: list[str]
    advisory: str
    alias: str
    severity: str
    summary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """The threat model of the invented shop, but for its surfaces."""

    summary: str
    boundaries: tuple[dict[str, str], ...]
    data_flows: tuple[dict[str, str], ...]


def read_cases(name: str) -> list[Case]:
    """Return the cases of one file of the catalogue: `ai`, `static` or `config`."""
    return [Case(**case) for case in _read(name)["case"]]


def read_threat_model() -> Shop:
    read = _read("threat_model")
    return Shop(
        summary=read["summary"].strip("\n"),
        boundaries=tuple(read["boundary"]),
        data_flows=tuple(read["flow"]),
    )


def with_noun(text: str, noun: str) -> str:
    text = text.replace("<<nouns>>", f"{noun}s").replace("<<noun>>", noun)
    return text.replace("<<Noun>>", noun.capitalize()).strip("\n")


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((CATALOGUE / f"{name}.toml").read_text("utf-8"))


NOUNS = (
    "order",
    "invoice",
    "coupon",
    "shipment",
    "refund",
    "customer",
    "product",
    "review",
    "supplier",
    "ticket",
    "webhook",
    "voucher",
)
_STAGE = {"ai": "hunt", "static": "static_analysis", "config": "config_scan"}
_CONFIDENCE = {"ai": "medium", "static": "high", "config": "high"}
_FIX_TYPE = {"ai": "code_change", "static": "code_change", "config": "config_change"}
_MANIFESTS = {
    "npm": ("web/package.json", "admin/package.json", "services/mailer/package.json"),
    "PyPI": ("services/api/requirements.txt", "services/worker/requirements.txt", "tools/dev.txt"),
    "Go": ("gateway/go.mod", "edge/go.mod", "cli/go.mod"),
}
_DECLARATIONS = {
    "npm": '    "{name}": "{declared}",',
    "PyPI": "{name}{declared}",
    "Go": "\t{name} {declared}",
}


@dataclass(frozen=True, slots=True)
class Recorded:
    """A finding as it is first stored, and what later stages will make of it."""

    finding: NewFinding
    stage: str
    task: str
    """What finds it: a case of the rules, an advisory, or the surface that was looked at."""
    endpoint: str | None = None
    exposure: str = ""
    """What the threat model says of that surface; nothing if it is not in there."""
    diff: str | None = None
    poc_script: str | None = None
    poc_output: str = ""


def recorded_findings(
    most_copies: int = 7, most_packages: int = 14, first_noun: int = 0
) -> tuple[Recorded, ...]:
    """Make findings of all sources, in the order in which they are found.

    Args:
        most_copies: of one case; a package is in three manifests at most.
        most_packages: how many packages have advisories.
        first_noun: shifts the nouns, so that another repository has other files.
    """
    chance = random.Random("harbor")
    nouns = (*NOUNS[first_noun:], *NOUNS[:first_noun])
    static, config, hunt = (
        _copies(source, chance, most_copies, nouns) for source in ("static", "config", "ai")
    )
    audit = _advisories(
        chance,
        most_copies,
        [Package(**package) for package in _read("dependencies")["package"]][:most_packages],
    )
    return (*static, *audit, *config, *hunt)


def further_findings(
    chance: random.Random, count: int, first_copy: int = 7
) -> tuple[Recorded, ...]:
    """Make findings of things of the shop that `recorded_findings` has not got to.

    Args:
        chance: chooses the kinds and lines.
        count: how many.
        first_copy: how many copies there are of each case.
    """
    cases = [
        (source, index, case)
        for source in ("static", "config", "ai")
        for index, case in enumerate(read_cases(source))
        if case.copies >= first_copy
    ]
    return tuple(
        _copy(
            source,
            case,
            first_copy,
            NOUNS[(index + first_copy) % len(NOUNS)],
            chance.randrange(8, 240),
        )
        for source, index, case in sorted(chance.sample(cases, count), key=cases.index)
    )


def recorded_answers(recorded: Recorded) -> dict[str, Json]:
    """Return what a model responds about a finding (protocol.md 4.6)."""
    finding = recorded.finding
    place = f"{finding.file_path}, line {finding.line_start}"
    return {
        "explain": {
            "summary": finding.description,
            "why_flagged": finding.agent_reasoning or f"The code at {place} fits {finding.cwe_id}.",
            "what_to_review": [f"Who can reach {place}?", "Is the input checked before that?"],
            "remediation_focus": finding.fix_summary,
        },
        "verify": {
            "verdict": "confirmed" if recorded.poc_script else "needs_review",
            "rationale": finding.agent_reasoning or finding.description,
            "true_positive_signals": [f"The data comes from outside: {recorded.task}."],
            "false_positive_signals": ["No test shows what a caller checks beforehand."],
            "recommended_status": "confirmed" if recorded.poc_script else "open",
        },
    }


def _copies(
    source: str, chance: random.Random, most_copies: int, nouns: Sequence[str]
) -> list[Recorded]:
    return [
        _copy(source, case, number, nouns[(index + number) % len(nouns)], chance.randrange(8, 240))
        for index, case in enumerate(read_cases(source))
        for number in range(min(most_copies, case.copies))
    ]


def _copy(source: str, case: Case, number: int, noun: str, first_line: int) -> Recorded:
    path, code, fixed = (with_noun(text, noun) for text in (case.file, case.code, case.fixed))
    fix_summary = with_noun(case.fix_summary, noun)
    stage = case.stage or _STAGE[source]
    ends = [first_line, first_line + code.count("\n")]
    start, end = reversed(ends) if case.ends_before_start else ends
    finding = NewFinding(
        source=source,
        severity=case.severities[number % len(case.severities)],
        confidence=case.confidence or _CONFIDENCE[source],
        title=with_noun(case.title, noun),
        description=with_noun(case.description, noun),
        cwe_id=case.cwe,
        file_path=path,
        line_start=start,
        line_end=end,
        code_snippet=code,
        suggested_patch=fixed if source == "ai" else f"# {fix_summary}",
        fix_type=case.fix_type or _FIX_TYPE[source],
        fix_summary=fix_summary,
        references_json=_references(case.cwe),
        fingerprint=fingerprint_of(
            stage, with_noun(case.title, noun) if source == "ai" else case.id, path, start, end
        ),
        agent_reasoning=with_noun(case.reasoning, noun) or None,
    )
    return Recorded(
        finding,
        stage,
        task=with_noun(case.surface, noun) or case.id,
        endpoint=with_noun(case.endpoint, noun) or None,
        exposure=with_noun(case.exposure, noun),
        diff=_diff(path, first_line, code, fixed) if fixed else None,
        poc_script=with_noun(case.poc, noun) or None,
        poc_output=with_noun(case.poc_output, noun),
    )


def _advisories(
    chance: random.Random, most_manifests: int, packages: list[Package]
) -> list[Recorded]:
    return [
        Recorded(
            _advisory_finding(package, path, chance.randrange(5, 60)),
            "static_analysis",
            "dependency-audit",
        )
        for package in packages
        for path in _MANIFESTS[package.ecosystem][:most_manifests]
    ]


def _advisory_finding(package: Package, path: str, line: int) -> NewFinding:
    recommended = package.fixed[0] if package.fixed else None
    advice = f"Raise {package.name} to {recommended}." if recommended else "No release fixes it."
    return NewFinding(
        source="dependencies",
        severity=package.severity,
        confidence="high",
        title=f"{package.advisory} in {package.name} {package.installed}",
        description=f"{package.summary}\n\nKnown as {package.alias}.",
        cwe_id="CWE-1104",
        file_path=path,
        line_start=line,
        line_end=line,
        code_snippet=_DECLARATIONS[package.ecosystem].format(
            name=package.name, declared=package.declared
        ),
        suggested_patch=f"// {advice}",
        fix_type="dependency_upgrade" if recommended else "manual_review",
        fix_summary=advice,
        references_json=(f"https://github.com/advisories/{package.advisory}",),
        manifest_coordinates_json={
            "ecosystem": package.ecosystem,
            "name": package.name,
            "installed_version": package.installed,
            "declared_version": package.declared,
            "recommended_version": recommended,
            "fixed_versions": package.fixed,
            "advisory_id": package.advisory,
            "aliases": [package.alias],
        },
        fingerprint=f"deps-{package.ecosystem}-{package.name}-{package.advisory}-{path}".lower(),
    )


def _references(cwe: str) -> tuple[str, ...]:
    number = cwe.removeprefix("CWE-")
    return (f"https://cwe.mitre.org/data/definitions/{number}.html",)


def fingerprint_of(stage: str, rule: str, path: str, start: int, end: int | None) -> str:
    """Return the server's fingerprint: of rule or title, path and line, nothing of the code.

    Source: protocol.md 4.5. Dependencies have another, which no line is in.
    """
    if stage == "taint_analysis":
        return f"taint-{path}-{start}-{end}"
    return hashlib.sha256(f"{rule}\0{path}\0{start}".encode()).hexdigest()


def _diff(path: str, first_line: int, before: str, after: str) -> str:
    """Return a unified diff whose line numbers are those in the file."""
    old, new = before.split("\n"), after.split("\n")
    body = list(difflib.unified_diff(old, new, lineterm="", n=len(old) + len(new)))[3:]
    head = f"@@ -{first_line},{len(old)} +{first_line},{len(new)} @@"
    return "\n".join((f"--- a/{path}", f"+++ b/{path}", head, *body, ""))
