"""Which files are configuration, and what becomes of a hit."""

from pathlib import Path

import pytest

from heimdall_desktop.local.config_rules import ConfigKind, config_findings, kind_of
from heimdall_desktop.local.quoted_source import Fingerprints, QuotedSource
from heimdall_desktop.local.source_tree import SourceFile, SourceFolder


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("Dockerfile", ConfigKind.DOCKERFILE),
        ("deploy/Dockerfile.worker", ConfigKind.DOCKERFILE),
        ("build/api.dockerfile", ConfigKind.DOCKERFILE),
        ("docker-compose.yml", ConfigKind.COMPOSE),
        ("ops/compose.prod.yaml", ConfigKind.COMPOSE),
        (".github/workflows/build.yml", ConfigKind.GITHUB_WORKFLOW),
        (".gitlab-ci.yml", ConfigKind.GITLAB_CI),
        (".env", ConfigKind.ENV),
        ("app/.env.production", ConfigKind.ENV),
        (".env.example", None),
        ("shop/settings.py", ConfigKind.PYTHON_SETTINGS),
        ("shop/settings/production.py", ConfigKind.PYTHON_SETTINGS),
        ("app.py", ConfigKind.PYTHON_SETTINGS),
        ("docs/Dockerfiles.md", None),
        ("compositor.yaml", None),
        ("environment.py", None),
    ],
)
def test_files_are_known_by_their_path(path: str, kind: ConfigKind | None) -> None:
    assert kind_of(path) is kind


def test_a_hit_becomes_a_finding_without_the_secret(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("# PASSWORD=commented\nAPP_DEBUG=1\nAPI_TOKEN=hunter2x\n")
    source = QuotedSource(SourceFolder(tmp_path))
    findings = config_findings(SourceFile(".env", 50), ConfigKind.ENV, source, Fingerprints())
    by_line = {finding.line_start: finding for finding in findings}
    assert sorted(by_line) == [2, 3]
    secret = by_line[3]
    assert secret.title.startswith("[CWE-798] ")
    assert (secret.source, secret.confidence, secret.severity) == ("config", "high", "high")
    assert secret.fix_type == "config_change"
    assert secret.code_snippet
    assert secret.code_snippet.endswith("API_TOKEN=********")
    assert "hunter2x" not in repr(findings)


def test_a_missing_line_is_reported_once_at_the_top(tmp_path: Path) -> None:
    (tmp_path / "Dockerfile").write_text("FROM alpine:3.20\nRUN id\n")
    source = QuotedSource(SourceFolder(tmp_path))
    file = SourceFile("Dockerfile", 24)
    findings = config_findings(file, ConfigKind.DOCKERFILE, source, Fingerprints())
    assert [(finding.line_start, finding.cwe_id) for finding in findings] == [(1, "CWE-250")]
    assert not config_findings(SourceFile("gone", 1), ConfigKind.DOCKERFILE, source, Fingerprints())
