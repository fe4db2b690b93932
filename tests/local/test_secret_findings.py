"""Secrets as findings: by kind, never in clear."""

from pathlib import Path

import pytest

from heimdall_desktop.local.quoted_source import Fingerprints, QuotedSource
from heimdall_desktop.local.reports import SecretHit
from heimdall_desktop.local.secret_findings import TITLE, secret_finding


def test_the_value_is_in_no_field(tmp_path: Path) -> None:
    (tmp_path / "app.env").write_text("# database\nHOST=db\nDB_PASSWORD=hunter2x\nAFTER=1\n")
    hit = SecretHit("app.env", 3, ("Secret Keyword",))
    finding = secret_finding(hit, QuotedSource(tmp_path), Fingerprints())
    assert finding.title == TITLE
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
    assert secret_finding(hit, QuotedSource(tmp_path), Fingerprints()).severity == severity
