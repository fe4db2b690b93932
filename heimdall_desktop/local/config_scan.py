"""Finds configuration files in a tree and holds the rules against them."""

import re
from collections.abc import Iterator

from heimdall_desktop.local.config_rules import RULES, ConfigKind, ConfigRule
from heimdall_desktop.local.quoted_source import Fingerprints, QuotedSource
from heimdall_desktop.local.rows import NewFinding
from heimdall_desktop.local.source_tree import SourceFile, shown_path

LONGEST_LINE = 1000
"""Characters of a line that the rules see: some take the square of its length in time."""

_SHAPES = (
    (ConfigKind.DOCKERFILE, r"(?:.*/)?(?:Dockerfile|Containerfile)(?:\.[\w.-]+)?"),
    (ConfigKind.DOCKERFILE, r".*\.dockerfile"),
    (ConfigKind.COMPOSE, r"(?:.*/)?(?:docker-)?compose(?:[.-][\w.-]+)?\.ya?ml"),
    (ConfigKind.GITHUB_WORKFLOW, r"(?:.*/)?\.github/workflows/[^/]+\.ya?ml"),
    (ConfigKind.GITHUB_WORKFLOW, r"(?:.*/)?action\.ya?ml"),
    (ConfigKind.GITLAB_CI, r"(?:.*/)?\.gitlab-ci(?:[.-][\w.-]+)?\.ya?ml"),
    (ConfigKind.ENV, r"(?:.*/)?(?:\.env(?:\.[\w.-]+)?|[\w.-]+\.env)"),
    (ConfigKind.PYTHON_SETTINGS, r"(?:.*/)?(?:settings|config|app|wsgi|main|run|server)\.py"),
    (ConfigKind.PYTHON_SETTINGS, r"(?:.*/)?settings/[^/]+\.py"),
    (ConfigKind.PYTHON_SETTINGS, r"(?:.*/)?[\w]*settings[\w]*\.py"),
)
_PATTERNS = tuple((kind, re.compile(shape, re.IGNORECASE)) for kind, shape in _SHAPES)
_SAMPLE = re.compile(r"\.(?:example|sample|template|dist)$", re.IGNORECASE)


def kind_of(path: str) -> ConfigKind | None:
    """Return what a file configures; None for all other files and for samples of `.env`."""
    for kind, pattern in _PATTERNS:
        if pattern.fullmatch(path):
            return None if kind is ConfigKind.ENV and _SAMPLE.search(path) else kind
    return None


def why_unlooked(file: SourceFile, source: QuotedSource) -> str:
    """Say why the rules do not reach all of a file; "" if they do."""
    lines = source.lines(file.path)
    if any(len(line) > LONGEST_LINE for line in lines):
        return f"a line is longer than {LONGEST_LINE:,} characters"
    return "" if lines else source.why_unread(file.path)


def config_findings(
    file: SourceFile, kind: ConfigKind, source: QuotedSource, fingerprints: Fingerprints
) -> list[NewFinding]:
    """Hold all rules for its kind against a file."""
    lines = source.lines(file.path)
    hits = [
        (rule, number)
        for rule in RULES
        if kind in rule.kinds
        for number in matching_lines(rule, lines)
    ]
    for rule, number in hits:
        if rule.holds_secret:
            source.note_secret(file.path, number)
    return [_finding(rule, file, number, source, fingerprints) for rule, number in hits]


def matching_lines(rule: ConfigRule, lines: list[str]) -> Iterator[int]:
    """Yield the numbers of the lines that a rule reports, from 1."""
    if rule.required and lines and not any(rule.required.search(line) for line in lines):
        yield 1
    if rule.pattern:
        for number, line in enumerate(lines, start=1):
            if not line.lstrip().startswith("#") and rule.pattern.search(line[:LONGEST_LINE]):
                yield number


def _finding(
    rule: ConfigRule,
    file: SourceFile,
    number: int,
    source: QuotedSource,
    fingerprints: Fingerprints,
) -> NewFinding:
    return NewFinding(
        source="config",
        severity=rule.severity,
        confidence="high",
        title=rule.title,
        description=f"{rule.text}.\n\nRule {rule.id}.",
        cwe_id=f"CWE-{rule.cwe}",
        file_path=shown_path(file.path),
        line_start=number,
        line_end=number,
        code_snippet=source.snippet(file.path, number, number),
        fix_type="config_change",
        fix_summary=rule.fix,
        references_json=(f"https://cwe.mitre.org/data/definitions/{rule.cwe}.html",),
        fingerprint=fingerprints.of(rule.id, file.path, source.line(file.path, number)),
    )
