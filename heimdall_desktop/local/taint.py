"""Tells bandit's results about dangerous sinks as flows: where the data comes from, where it ends.

The source is the nearest line above the sink, inside the same function, that reads something from
outside; failing that, the function's own arguments. It is a reading aid, not a proof.
Severity: a shell command (B602 at high) is critical; evaluation, deserialisation or SQL is one step
higher than bandit says when the source is user or network input, and evaluation is then critical.
"""

import re
from dataclasses import dataclass

from heimdall_desktop.local.bandit_findings import cwe_id, references, silenced_text
from heimdall_desktop.local.quoted_source import QuotedSource
from heimdall_desktop.local.reports import Issue
from heimdall_desktop.local.rows import NewFinding
from heimdall_desktop.local.source_tree import shown_path

_LINES_LOOKED_BACK = 60
_FUNCTION = re.compile(r"^\s*(?:async\s+)?def\s+\w+\s*\(")
_OUTER_INPUTS = frozenset({"UserInput", "NetworkInput"})
_RAISED = {"low": "medium", "medium": "high", "high": "high"}


@dataclass(frozen=True, slots=True)
class Sink:
    """Where data does harm."""

    name: str
    fix: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where data comes from, and the line that reads it."""

    name: str
    line: int


SINKS = {
    "B301": Sink("Deserialization", "Use json, or check a signature before unpickling."),
    "B307": Sink("Evaluation", "Use ast.literal_eval for literals, a parser for the rest."),
    "B506": Sink("YamlObject", "Use yaml.safe_load."),
    "B602": Sink("Command", "Call without shell=True and pass a list of arguments."),
    "B608": Sink("SqlQuery", "Pass values as parameters of the query."),
}
_READS = (
    (
        "UserInput",
        re.compile(
            r"\binput\(|\brequest\.|\bsys\.argv|\bargs?\.\w+|\.get_json\(|\.query_params"
            r"|\bself\.(?:request|headers|path)\b|\bPOST\[|\bGET\["
        ),
    ),
    (
        "NetworkInput",
        re.compile(r"\.recv(?:from)?\(|\burlopen\(|\brequests\.\w+\(|\bhttpx\.\w+\(|\bresponse\."),
    ),
    ("Environment", re.compile(r"\bos\.environ|\bgetenv\(")),
    ("FileContent", re.compile(r"\bopen\(|\.read(?:line|lines|_text|_bytes)?\(")),
)


def taint_finding(issue: Issue, source: QuotedSource) -> NewFinding:
    """Make the flow of one result whose test is in `SINKS`."""
    sink = SINKS[issue.test_id]
    origin = find_source(source.lines(issue.path), issue.line_start)
    path = shown_path(issue.path)
    return NewFinding(
        source="static",
        severity=_severity(issue, origin),
        confidence="medium",
        title=f"Taint flow: {origin.name} → {sink.name} in {path}",
        description=f"{issue.text}\n\nData from line {origin.line} ({origin.name}) may reach line "
        f"{issue.line_start} ({sink.name}). Rule {issue.test_id} of bandit."
        f"{silenced_text(issue, source)}",
        cwe_id=cwe_id(issue),
        file_path=path,
        line_start=origin.line,
        line_end=issue.line_start,
        code_snippet=_both_ends(issue, origin, source),
        fix_type="code_change",
        fix_summary=sink.fix,
        references_json=references(issue),
        fingerprint=f"taint-{path}-{origin.line}-{issue.line_start}",
    )


def find_source(lines: list[str], sink_line: int) -> Source:
    """Look for the source of what is used in a line.

    Args:
        lines: all lines of the file.
        sink_line: number of the line, from 1.
    """
    last = min(sink_line, len(lines))
    for number in range(last, max(0, last - _LINES_LOOKED_BACK), -1):
        line = lines[number - 1]
        for name, pattern in _READS:
            if pattern.search(line):
                return Source(name, number)
        if _FUNCTION.match(line) and number < sink_line:
            return Source("FunctionArgument", number)
    return Source("ModuleValue", max(1, sink_line))


def _severity(issue: Issue, origin: Source) -> str:
    severity = issue.severity if issue.severity in _RAISED else "medium"
    is_from_outside = origin.name in _OUTER_INPUTS
    if issue.test_id == "B602":
        return "critical" if severity == "high" else severity
    if issue.test_id == "B307" and is_from_outside:
        return "critical"
    return _RAISED[severity] if is_from_outside else severity


def _both_ends(issue: Issue, origin: Source, source: QuotedSource) -> str | None:
    """Quote the sink with its surroundings, and the source line before it if it is far away."""
    if issue.line_start - origin.line <= 8:
        return source.snippet(issue.path, origin.line, issue.line_end)
    head = source.line(issue.path, origin.line)
    tail = source.snippet(issue.path, issue.line_start, issue.line_end)
    return f"{head}\n…\n{tail}"
