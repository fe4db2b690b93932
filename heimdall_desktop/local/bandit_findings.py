"""Turns bandit's results into findings of the static stage.

Severity: bandit's high, medium and low are kept, with two exceptions. A shell command that is built
at run time (B605 at high) is critical. Code execution and unsafe deserialisation (B102, B202, B302,
B614) are at least high.
Tests that follow data into a sink are left to the taint stage.
"""

import re
from dataclasses import dataclass

from heimdall_desktop.local.quoted_source import Fingerprints, QuotedSource
from heimdall_desktop.local.rows import NewFinding
from heimdall_desktop.local.sarif import Issue
from heimdall_desktop.local.source_tree import shown_path

TAINT_TESTS = frozenset({"B301", "B307", "B506", "B602", "B608"})
PASSWORD_TESTS = frozenset({"B105", "B106", "B107"})
_AT_LEAST_HIGH = frozenset({"B102", "B202", "B302", "B614"})
_LEVELS = frozenset({"high", "medium", "low"})
_MASKED_TEXT = "Possible hard-coded password."
_NOSEC = re.compile(r"#\s*nosec:?\s*([^#]*)")
_TEST_ID = re.compile(r"B\d+")


@dataclass(frozen=True, slots=True)
class Advice:
    """The advice for the results of a test."""

    summary: str
    fix_type: str = "code_change"


ADVICE = {
    "B101": Advice("Raise an exception: an assert is gone under python -O."),
    "B102": Advice("Replace exec by a function, a table of functions or a parser."),
    "B103": Advice("Give the file the narrowest mode that works, 0o600 for private data."),
    "B104": Advice("Bind to 127.0.0.1, or to the one interface that has to be reachable."),
    "B105": Advice("Read the password from the environment or a secret store, and change it."),
    "B106": Advice("Pass the password in from a secret store, and change the present one."),
    "B107": Advice("Drop the default value and ask the caller for the password."),
    "B108": Advice("Use the tempfile module: it makes names that cannot be guessed."),
    "B110": Advice("Catch the one exception that is expected and log it."),
    "B112": Advice("Catch the one exception that is expected and log it."),
    "B113": Advice("Give the request a timeout."),
    "B201": Advice("Turn the debugger off: it runs code for anyone who reaches the port."),
    "B202": Advice("Check every member's path, or pass filter='data' to extractall."),
    "B302": Advice("Use json for data from outside."),
    "B303": Advice("Use SHA-256 or better."),
    "B304": Advice("Use AES-GCM or ChaCha20-Poly1305."),
    "B305": Advice("Use an authenticated mode such as GCM."),
    "B306": Advice("Use tempfile.mkstemp or NamedTemporaryFile."),
    "B310": Advice("Accept http and https addresses only."),
    "B311": Advice("Use the secrets module where the value must not be guessed."),
    "B314": Advice("Parse XML from outside with defusedxml."),
    "B324": Advice("Use SHA-256, or say usedforsecurity=False where no attacker is meant."),
    "B501": Advice("Let the certificate be verified."),
    "B603": Advice("Make sure that no argument comes from outside unchecked.", "manual_review"),
    "B604": Advice("Call without shell=True and pass a list of arguments."),
    "B605": Advice("Use subprocess.run with a list of arguments instead of a shell."),
    "B607": Advice("Name the program by its full path.", "manual_review"),
    "B610": Advice("Pass parameters apart from the SQL text."),
    "B701": Advice("Turn autoescape on."),
}
_NO_ADVICE = Advice("Look at this line with the linked explanation beside it.", "manual_review")


def static_finding(issue: Issue, source: QuotedSource, fingerprints: Fingerprints) -> NewFinding:
    """Create the finding of one result; results of a file must come in order of lines."""
    advice = ADVICE.get(issue.test_id, _NO_ADVICE)
    text = issue_text(issue)
    cwe = cwe_id(issue)
    line = source.line(issue.path, issue.line_start)
    return NewFinding(
        source="static",
        severity=_severity(issue),
        confidence=issue.confidence if issue.confidence in _LEVELS else "medium",
        title=f"[{cwe or issue.test_id}] {text}",
        description=f"{text}\n\nRule {issue.test_id} of bandit, which rates it "
        f"{issue.severity} with {issue.confidence} confidence.{silenced_text(issue, source)}",
        cwe_id=cwe,
        file_path=shown_path(issue.path),
        line_start=issue.line_start,
        line_end=issue.line_end,
        code_snippet=source.snippet(issue.path, issue.line_start, issue.line_end),
        fix_type=advice.fix_type,
        fix_summary=advice.summary,
        references_json=references(issue),
        fingerprint=fingerprints.of(issue.test_id, issue.path, line),
    )


def issue_text(issue: Issue) -> str:
    """Return bandit's sentence, without the password that some of its sentences quote."""
    return _MASKED_TEXT if issue.test_id in PASSWORD_TESTS else issue.text


def silenced_text(issue: Issue, source: QuotedSource) -> str:
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


def cwe_id(issue: Issue) -> str | None:
    """Return the weakness in its usual form."""
    return f"CWE-{issue.cwe}" if issue.cwe else None


def references(issue: Issue) -> tuple[str, ...]:
    """Return addresses that explain the result."""
    weakness = f"https://cwe.mitre.org/data/definitions/{issue.cwe}.html" if issue.cwe else None
    return tuple(address for address in (weakness, issue.help_url) if address)


def _severity(issue: Issue) -> str:
    if issue.test_id == "B605" and issue.severity == "high":
        return "critical"
    if issue.test_id in _AT_LEAST_HIGH:
        return "high"
    return issue.severity if issue.severity in _LEVELS else "low"
