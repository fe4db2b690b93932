"""Bandit's results as findings: titles, severities, no passwords."""

from pathlib import Path

import pytest

from heimdall_desktop.local.quoted_source import Fingerprints, QuotedSource
from heimdall_desktop.local.scanner_findings import Issue, static_finding
from heimdall_desktop.local.source_tree import SourceFolder


def _issue(test_id: str = "B324", severity: str = "high", **fields: object) -> Issue:
    values: dict[str, object] = {
        "test_id": test_id,
        "severity": severity,
        "confidence": "high",
        "text": "Use of weak MD5 hash for security.",
        "cwe": 327,
        "help_url": "https://bandit.example/b324",
        "path": "a.py",
        "line_start": 2,
        "line_end": 2,
    }
    return Issue(**(values | fields))  # type: ignore[arg-type]


def _source(root: Path) -> QuotedSource:
    (root / "a.py").write_text("import hashlib\nhashlib.md5(b)\n")
    return QuotedSource(SourceFolder(root))


def test_a_result_becomes_a_finding_of_the_static_stage(tmp_path: Path) -> None:
    finding = static_finding(_issue(), _source(tmp_path), Fingerprints())
    assert finding.title == "[CWE-327] Use of weak MD5 hash for security."
    assert (finding.source, finding.cwe_id, finding.file_path) == ("static", "CWE-327", "a.py")
    assert (finding.line_start, finding.line_end) == (2, 2)
    assert finding.code_snippet == "hashlib.md5(b)"
    assert finding.references_json == (
        "https://cwe.mitre.org/data/definitions/327.html",
        "https://bandit.example/b324",
    )
    assert finding.fix_type == "code_change"
    assert finding.fix_summary
    assert len(finding.fingerprint) == 64


@pytest.mark.parametrize(
    ("test_id", "said", "meant"),
    [
        ("B605", "high", "critical"),
        ("B605", "low", "low"),
        ("B102", "medium", "high"),
        ("B324", "high", "high"),
        ("B101", "low", "low"),
        ("B999", "undefined", "low"),
    ],
)
def test_severities(tmp_path: Path, test_id: str, said: str, meant: str) -> None:
    finding = static_finding(_issue(test_id, said), _source(tmp_path), Fingerprints())
    assert finding.severity == meant


def test_a_password_that_bandit_quotes_is_not_repeated(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("\nopen_with = 'sesame'\n")
    source = QuotedSource(SourceFolder(tmp_path))
    source.note_secret("a.py", 2)
    issue = _issue("B105", text="Possible hardcoded password: 'sesame'")
    finding = static_finding(issue, source, Fingerprints())
    assert "sesame" not in repr(finding)


def test_what_bandit_leaves_open_stays_open(tmp_path: Path) -> None:
    issue = _issue("B999", cwe=None, help_url=None, confidence="undefined", path="odd\udcff.py")
    finding = static_finding(issue, _source(tmp_path), Fingerprints())
    assert finding.title.startswith("[B999] ")
    assert (finding.cwe_id, finding.references_json, finding.confidence) == (None, (), "medium")
    assert finding.file_path == "odd\\xff.py"
    assert finding.fix_type == "manual_review"


@pytest.mark.parametrize(
    ("comment", "is_silenced"),
    [
        ("# nosec", True),
        ("#nosec: reviewed", True),
        ("# nosec B324", True),
        ("# nosec B101, hashlib", True),
        ("# nosec B101", False),
        ("# no section", False),
        ("", False),
    ],
)
def test_a_nosec_comment_is_told_and_hides_nothing(
    tmp_path: Path, comment: str, *, is_silenced: bool
) -> None:
    (tmp_path / "a.py").write_text(f"import hashlib\nhashlib.md5(b)  {comment}\n")
    source = QuotedSource(SourceFolder(tmp_path))
    told = static_finding(_issue(test_name="hashlib"), source, Fingerprints()).description or ""
    assert ("Silenced in the code" in told) is is_silenced
