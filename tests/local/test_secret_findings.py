"""Secrets as findings: by kind, never in clear."""

from pathlib import Path

import pytest

from heimdall_desktop.local.quoted_source import Fingerprints, QuotedSource
from heimdall_desktop.local.scanner_findings import SECRET_TITLE, SecretHit, secret_finding
from heimdall_desktop.local.source_tree import SourceFolder


def test_the_value_is_in_no_field(tmp_path: Path) -> None:
    (tmp_path / "app.env").write_text("# database\nHOST=db\nDB_PASSWORD=hunter2x\nAFTER=1\n")
    hit = SecretHit("app.env", 3, ("Secret Keyword",))
    finding = secret_finding(hit, QuotedSource(SourceFolder(tmp_path)), Fingerprints())
    assert finding.title == SECRET_TITLE
    assert finding.code_snippet == "DB_PASSWORD=********"
    assert (finding.cwe_id, finding.confidence, finding.line_start) == ("CWE-798", "medium", 3)
    assert "hunter2x" not in repr(finding)


@pytest.mark.parametrize(
    ("kinds", "severity"),
    [
        (("Private Key",), "critical"),
        (("AWS Access Key", "Secret Keyword"), "high"),
        (("Basic Auth Credentials",), "medium"),
        (("Hex High Entropy String",), "low"),
    ],
)
def test_the_worst_kind_decides(tmp_path: Path, kinds: tuple[str, ...], severity: str) -> None:
    (tmp_path / "a").write_text("x")
    hit = SecretHit("a", 1, kinds)
    assert (
        secret_finding(hit, QuotedSource(SourceFolder(tmp_path)), Fingerprints()).severity
        == severity
    )


@pytest.mark.parametrize(
    ("text", "is_silenced"),
    [
        ("pin = 'x'  # pragma: allowlist secret", True),
        ("pin = 'x'  // pragma: whitelist secret", True),
        ("pin = 'x'  # pragma: no cover", False),
    ],
)
def test_an_allowlist_comment_is_told_and_hides_nothing(
    tmp_path: Path, text: str, *, is_silenced: bool
) -> None:
    (tmp_path / "a").write_text(f"\n{text}\n")
    source = QuotedSource(SourceFolder(tmp_path))
    hit = SecretHit("a", 2, ("Secret Keyword",))
    told = secret_finding(hit, source, Fingerprints()).description or ""
    assert ("Silenced in the code" in told) is is_silenced


def test_an_allowlist_comment_may_stand_in_the_line_before(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("# pragma: allowlist nextline secret\npin = 'x'\npin = 'y'\n")
    source = QuotedSource(SourceFolder(tmp_path))
    told = [
        secret_finding(SecretHit("a", line, ("Secret Keyword",)), source, Fingerprints())
        for line in (2, 3)
    ]
    assert ["Silenced" in (finding.description or "") for finding in told] == [True, False]
