"""Turns lines that detect-secrets reported into findings, never with the secret itself.

Severity: a private key is critical; a token of a named service is high; a password found by its
variable name, credentials in an address and signed tokens are medium; random-looking text is low.
"""

import re

from heimdall_desktop.local.quoted_source import Fingerprints, QuotedSource
from heimdall_desktop.local.rows import NewFinding
from heimdall_desktop.local.sarif import SecretHit
from heimdall_desktop.local.source_tree import shown_path

TITLE = "[CWE-798] Secret-like value in source text"
_RANKS = ("critical", "high", "medium", "low")
_KINDS = {
    "Private Key": "critical",
    "Secret Keyword": "medium",
    "Basic Auth Credentials": "medium",
    "JSON Web Token": "medium",
    "Base64 High Entropy String": "low",
    "Hex High Entropy String": "low",
    "Public IP (ipv4)": "low",
}
_OTHER_KINDS = "high"
_PRAGMA = re.compile(r"pragma: ?(?:allow|white)list[ -]secret")
_NEXT_LINE_PRAGMA = re.compile(r"pragma: ?allowlist[ -]nextline[ -]secret")


def secret_finding(hit: SecretHit, source: QuotedSource, fingerprints: Fingerprints) -> NewFinding:
    """Create the finding of one line; results of a file must come in order of lines."""
    source.note_secret(hit.path, hit.line)
    line = source.line(hit.path, hit.line)
    kinds = ", ".join(hit.kinds)
    return NewFinding(
        source="static",
        severity=_severity(hit.kinds),
        confidence="medium",
        title=TITLE,
        description=f"This line looks like a credential ({kinds}). The value is masked here; "
        f"whether it is live was not tried.{_silenced_text(hit, source)}",
        cwe_id="CWE-798",
        file_path=shown_path(hit.path),
        line_start=hit.line,
        line_end=hit.line,
        code_snippet=source.line(hit.path, hit.line),
        fix_type="code_change",
        fix_summary="Take the value out of the source, read it from a secret store, and change it.",
        references_json=("https://cwe.mitre.org/data/definitions/798.html",),
        fingerprint=fingerprints.of(f"secret {kinds}", hit.path, line),
    )


def _silenced_text(hit: SecretHit, source: QuotedSource) -> str:
    """Do the same as `bandit_findings.silenced_text`; the comment may be in the line before."""
    near = source.lines(hit.path)[max(0, hit.line - 2) : hit.line]
    is_told = near and _PRAGMA.search(near[-1])
    if is_told or (len(near) == 2 and _NEXT_LINE_PRAGMA.search(near[0])):
        return "\n\nSilenced in the code by an allowlist comment; it is reported anyway."
    return ""


def _severity(kinds: tuple[str, ...]) -> str:
    return min((_KINDS.get(kind, _OTHER_KINDS) for kind in kinds), key=_RANKS.index)
