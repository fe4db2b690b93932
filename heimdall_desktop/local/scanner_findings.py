"""Reads the reports of the scanners, and turns their results into findings.

Bandit's severities are kept, with two exceptions. A shell command that is built at run time (B605
at high) is critical. Code execution and unsafe deserialisation (B102, B202, B302, B614) are at
least high.

Its results about dangerous sinks become flows in the taint stage: where the data comes from and
where it ends. The source is the nearest line above the sink, inside the same function, that reads
external data; without one, the function's own arguments. It is a reading aid, not a proof. A shell
command (B602 at high) is critical; evaluation, deserialisation or SQL is one step higher than in
bandit's report when the source is user or network input, and evaluation is then critical.

Of the secrets, a private key is critical; a token of a named service is high; a password found by
its variable name, credentials in an address and signed tokens are medium; random-looking text is
low. A finding never contains the secret itself.
"""

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass

from heimdall_desktop.local import secret_candidates
from heimdall_desktop.local.quoted_source import Fingerprints, QuotedSource
from heimdall_desktop.local.rows import SEVERITIES, NewFinding
from heimdall_desktop.local.source_tree import shown_path

SECRET_TITLE = "[CWE-798] Secret-like value in source text"  # noqa: S105 - of its findings
PASSWORD_TESTS = frozenset({"B105", "B106", "B107"})
_AT_LEAST_HIGH = frozenset({"B102", "B202", "B302", "B614"})
_LEVELS = ("high", "medium", "low")
_NOSEC = re.compile(r"#\s*nosec:?\s*([^#]*)")
_TEST_ID = re.compile(r"B\d+")
_BROKEN_TEST = re.compile(rb"internal error running: \w+ on file (\S+) at line")

_CHANGE, _REVIEW = "code_change", "manual_review"
ADVICE = {
    "B101": (_CHANGE, "Raise an exception: an assert is gone under python -O."),
    "B102": (_CHANGE, "Replace exec by a function, a table of functions or a parser."),
    "B103": (_CHANGE, "Give the file the narrowest mode that works, 0o600 for private data."),
    "B104": (_CHANGE, "Bind to 127.0.0.1, or to the one interface that has to be reachable."),
    "B105": (_CHANGE, "Read the password from the environment or a secret store, and change it."),
    "B106": (_CHANGE, "Pass the password in from a secret store, and change the present one."),
    "B107": (_CHANGE, "Drop the default value and ask the caller for the password."),
    "B108": (_CHANGE, "Use the tempfile module: it makes names that cannot be guessed."),
    "B110": (_CHANGE, "Catch the one exception that is expected and log it."),
    "B112": (_CHANGE, "Catch the one exception that is expected and log it."),
    "B113": (_CHANGE, "Give the request a timeout."),
    "B201": (_CHANGE, "Turn the debugger off: it runs code for anyone who reaches the port."),
    "B202": (_CHANGE, "Check every member's path, or pass filter='data' to extractall."),
    "B302": (_CHANGE, "Use json for data from outside."),
    "B303": (_CHANGE, "Use SHA-256 or better."),
    "B304": (_CHANGE, "Use AES-GCM or ChaCha20-Poly1305."),
    "B305": (_CHANGE, "Use an authenticated mode such as GCM."),
    "B306": (_CHANGE, "Use tempfile.mkstemp or NamedTemporaryFile."),
    "B310": (_CHANGE, "Accept http and https addresses only."),
    "B311": (_CHANGE, "Use the secrets module where the value must not be guessed."),
    "B314": (_CHANGE, "Parse XML from outside with defusedxml."),
    "B324": (_CHANGE, "Use SHA-256, or say usedforsecurity=False where no attacker is meant."),
    "B501": (_CHANGE, "Let the certificate be verified."),
    "B603": (_REVIEW, "Make sure that no argument comes from outside unchecked."),
    "B604": (_CHANGE, "Call without shell=True and pass a list of arguments."),
    "B605": (_CHANGE, "Use subprocess.run with a list of arguments instead of a shell."),
    "B607": (_REVIEW, "Name the program by its full path."),
    "B610": (_CHANGE, "Pass parameters apart from the SQL text."),
    "B701": (_CHANGE, "Turn autoescape on."),
}
_NO_ADVICE = (_REVIEW, "Look at this line with the linked explanation beside it.")

SINKS = {
    "B301": ("Deserialization", "Use json, or check a signature before unpickling."),
    "B307": ("Evaluation", "Use ast.literal_eval for literals, a parser for the rest."),
    "B506": ("YamlObject", "Use yaml.safe_load."),
    "B602": ("Command", "Call without shell=True and pass a list of arguments."),
    "B608": ("SqlQuery", "Pass values as parameters of the query."),
}
"""The tests of the taint stage: where data causes harm, and what to do about it."""

_LINES_SEARCHED_BACK = 60
_FUNCTION = re.compile(r"^\s*(?:async\s+)?def\s+\w+\s*\(")
_OUTER_INPUTS = frozenset({"UserInput", "NetworkInput"})
_RAISED = {"low": "medium", "medium": "high", "high": "high"}
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


class ReportUnreadable(Exception):
    """A scanner wrote something other than its report."""


@dataclass(frozen=True, slots=True)
class Issue:
    """One result of bandit, in its own words."""

    test_id: str
    severity: str
    confidence: str
    text: str
    cwe: int | None
    help_url: str | None
    path: str
    line_start: int
    line_end: int
    test_name: str = ""

    @property
    def cwe_id(self) -> str | None:
        return f"CWE-{self.cwe}" if self.cwe else None

    @property
    def references(self) -> tuple[str, ...]:
        weakness = f"https://cwe.mitre.org/data/definitions/{self.cwe}.html" if self.cwe else None
        return tuple(address for address in (weakness, self.help_url) if address)


@dataclass(frozen=True, slots=True)
class SecretHit:
    """A line that contains secrets, and the kinds that were reported."""

    path: str
    line: int
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BanditReport:
    """Bandit's results, and which files it finished.

    Attributes:
        gave_up: by path, its message for files it could not read or parse.
        started: the files it mentions.
    """

    issues: tuple[Issue, ...]
    gave_up: Mapping[str, str]
    started: frozenset[str]


@dataclass(frozen=True, slots=True)
class Source:
    """Where data comes from, and the line that reads it."""

    name: str
    line: int


def read_bandit(report: bytes) -> BanditReport:
    """Read a bandit report; the issues come in order of path and line.

    Raises:
        ReportUnreadable: it is none.
    """
    try:
        content = json.loads(report)
        issues = [_issue(result) for result in content["results"]]
        gave_up = {_clean(error["filename"]): str(error["reason"]) for error in content["errors"]}
        started = frozenset(map(_clean, content["metrics"]))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ReportUnreadable("its report cannot be read") from error
    issues.sort(key=lambda issue: (issue.path, issue.line_start, issue.test_id))
    return BanditReport(tuple(issues), gave_up, started)


def _issue(result: dict[str, object]) -> Issue:
    cwe, lines, help_url = (result.get(key) for key in ("issue_cwe", "line_range", "more_info"))
    cwe_number = cwe.get("id") if isinstance(cwe, dict) else None
    line = int(str(result["line_number"]))
    numbers = [n for n in lines if isinstance(n, int)] if isinstance(lines, list) else []
    return Issue(
        test_id=str(result["test_id"]),
        severity=str(result["issue_severity"]).lower(),
        confidence=str(result["issue_confidence"]).lower(),
        text=str(result["issue_text"]),
        cwe=cwe_number if isinstance(cwe_number, int) else None,
        help_url=help_url if isinstance(help_url, str) else None,
        path=_clean(str(result["filename"])),
        line_start=line,
        line_end=max([line, *numbers]),
        test_name=str(result.get("test_name", "")),
    )


def files_of_broken_tests(complaints: bytes) -> frozenset[str]:
    """Return the files on which, according to bandit, one of its tests failed.

    It continues with the other tests, and reports this only on standard error.
    """
    return frozenset(_clean(os.fsdecode(path)) for path in _BROKEN_TEST.findall(complaints))


def read_secrets(report: bytes) -> tuple[SecretHit, ...]:
    """Read a report of secrets, one hit for each line, in order of path and line.

    Raises:
        ReportUnreadable: it is none.
    """
    kinds: dict[tuple[str, int], set[str]] = {}
    try:
        for path, line, kind in secret_candidates.results_of(report):
            kinds.setdefault((_clean(path), line), set()).add(kind)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ReportUnreadable("its report cannot be read") from error
    return tuple(SecretHit(*place, tuple(sorted(kinds[place]))) for place in sorted(kinds))


def _clean(path: str) -> str:
    return os.path.normpath(path).replace(os.sep, "/")


def static_finding(issue: Issue, source: QuotedSource, fingerprints: Fingerprints) -> NewFinding:
    """Create the finding of one result; results of a file must come in order of lines."""
    fix_type, fix_summary = ADVICE.get(issue.test_id, _NO_ADVICE)
    # some of bandit's sentences quote the password
    text = "Possible hard-coded password." if issue.test_id in PASSWORD_TESTS else issue.text
    severity = issue.severity if issue.severity in _LEVELS else "low"
    if issue.test_id == "B605" and issue.severity == "high":
        severity = "critical"
    elif issue.test_id in _AT_LEAST_HIGH:
        severity = "high"
    line = source.line(issue.path, issue.line_start)
    return NewFinding(
        source="static",
        severity=severity,
        confidence=issue.confidence if issue.confidence in _LEVELS else "medium",
        title=f"[{issue.cwe_id or issue.test_id}] {text}",
        description=f"{text}\n\nRule {issue.test_id} of bandit, which rates it "
        f"{issue.severity} with {issue.confidence} confidence.{_silenced_text(issue, source)}",
        cwe_id=issue.cwe_id,
        file_path=shown_path(issue.path),
        line_start=issue.line_start,
        line_end=issue.line_end,
        code_snippet=source.snippet(issue.path, issue.line_start, issue.line_end),
        fix_type=fix_type,
        fix_summary=fix_summary,
        references_json=issue.references,
        fingerprint=fingerprints.of(issue.test_id, issue.path, line),
    )


def _silenced_text(issue: Issue, source: QuotedSource) -> str:
    """Return the paragraph that says that the code suppresses this result; "" if it does not.

    A comment may name the tests that it applies to, by id or by name.
    """
    for line in source.lines(issue.path)[issue.line_start - 1 : issue.line_end]:
        comment = _NOSEC.search(line)
        named = set(re.findall(r"\w+", comment[1])) if comment else set()
        is_meant = bool({issue.test_id, issue.test_name} & named)
        if comment and (is_meant or not any(map(_TEST_ID.fullmatch, named))):
            return "\n\nSilenced in the code by # nosec; it is reported anyway."
    return ""


def taint_finding(issue: Issue, source: QuotedSource) -> NewFinding:
    """Create the flow of one result whose test is in `SINKS`."""
    sink, fix = SINKS[issue.test_id]
    origin = find_source(source.lines(issue.path), issue.line_start)
    path = shown_path(issue.path)
    if issue.line_start - origin.line <= 8:
        snippet = source.snippet(issue.path, origin.line, issue.line_end)
    else:
        tail = source.snippet(issue.path, issue.line_start, issue.line_end)
        snippet = f"{source.line(issue.path, origin.line)}\n…\n{tail}"
    return NewFinding(
        source="static",
        severity=_taint_severity(issue, origin),
        confidence="medium",
        title=f"Taint flow: {origin.name} → {sink} in {path}",
        description=f"{issue.text}\n\nData from line {origin.line} ({origin.name}) may reach line "
        f"{issue.line_start} ({sink}). Rule {issue.test_id} of bandit."
        f"{_silenced_text(issue, source)}",
        cwe_id=issue.cwe_id,
        file_path=path,
        line_start=origin.line,
        line_end=issue.line_start,
        code_snippet=snippet,
        fix_type="code_change",
        fix_summary=fix,
        references_json=issue.references,
        fingerprint=f"taint-{path}-{origin.line}-{issue.line_start}",
    )


def find_source(lines: list[str], sink_line: int) -> Source:
    """Find the source of the data used in a line.

    Args:
        lines: all lines of the file.
        sink_line: number of the line, from 1.
    """
    last = min(sink_line, len(lines))
    for number in range(last, max(0, last - _LINES_SEARCHED_BACK), -1):
        line = lines[number - 1]
        for name, pattern in _READS:
            if pattern.search(line):
                return Source(name, number)
        if _FUNCTION.match(line) and number < sink_line:
            return Source("FunctionArgument", number)
    return Source("ModuleValue", max(1, sink_line))


def _taint_severity(issue: Issue, origin: Source) -> str:
    severity = issue.severity if issue.severity in _RAISED else "medium"
    is_from_outside = origin.name in _OUTER_INPUTS
    if issue.test_id == "B602":
        return "critical" if severity == "high" else severity
    if issue.test_id == "B307" and is_from_outside:
        return "critical"
    return _RAISED[severity] if is_from_outside else severity


def secret_finding(hit: SecretHit, source: QuotedSource, fingerprints: Fingerprints) -> NewFinding:
    """Create the finding of one line; results of a file must come in order of lines."""
    source.note_secret(hit.path, hit.line)
    line = source.line(hit.path, hit.line)
    kinds = ", ".join(hit.kinds)
    severities = (secret_candidates.SEVERITIES.get(kind, "high") for kind in hit.kinds)
    near = source.lines(hit.path)[max(0, hit.line - 2) : hit.line]
    silenced = ""
    if (near and secret_candidates.SILENCED.search(near[-1])) or (
        len(near) == 2 and secret_candidates.NEXT_LINE_SILENCED.search(near[0])
    ):
        silenced = "\n\nSilenced in the code by an allowlist comment; it is reported anyway."
    return NewFinding(
        source="static",
        severity=min(severities, key=SEVERITIES.index),
        confidence="medium",
        title=SECRET_TITLE,
        description=f"This line looks like a credential ({kinds}). The value is masked here; "
        f"whether it is live was not tried.{silenced}",
        cwe_id="CWE-798",
        file_path=shown_path(hit.path),
        line_start=hit.line,
        line_end=hit.line,
        code_snippet=line,
        fix_type="code_change",
        fix_summary="Take the value out of the source, read it from a secret store, and change it.",
        references_json=("https://cwe.mitre.org/data/definitions/798.html",),
        fingerprint=fingerprints.of(f"secret {kinds}", hit.path, line),
    )
