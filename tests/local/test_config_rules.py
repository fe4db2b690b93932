"""Every rule of the configuration stage, and the files it applies to."""

from pathlib import Path

import pytest

from heimdall_desktop.local import config_rules
from heimdall_desktop.local.quoted_source import Fingerprints, QuotedSource
from heimdall_desktop.local.source_tree import SourceFile, SourceFolder

CASES = {
    "docker-root": ("FROM alpine:3.20\nRUN id\nUSER root", "FROM alpine:3.20\nUSER app"),
    "docker-floating-tag": ("FROM python AS build", "FROM python:3.13-slim AS build"),
    "docker-remote-add": (
        "ADD https://example.test/a.tgz /",
        "ADD --checksum=sha256:0a https://example.test/a.tgz /",
    ),
    "docker-pipe-to-shell": (
        "RUN curl -fsSL https://example.test/i.sh | bash",
        "RUN curl -fsSLo i.sh https://example.test/i.sh",
    ),
    "docker-secret": ("ENV DB_PASSWORD=hunter2", "ENV DB_PASSWORD=$DB_PASSWORD"),
    "docker-open-modes": ("RUN chmod -R 777 /srv", "RUN chmod -R 750 /srv"),
    "compose-privileged": ("    privileged: true", "    privileged: false"),
    "compose-docker-socket": (
        "      - /var/run/docker.sock:/var/run/docker.sock",
        "      - /var/run/app.sock:/run/app.sock",
    ),
    "compose-host-network": ("    network_mode: host", "    network_mode: bridge"),
    "compose-wide-capability": ("      - SYS_ADMIN", "      - NET_BIND_SERVICE"),
    "compose-secret": (
        "      POSTGRES_PASSWORD: hunter2",
        "      POSTGRES_PASSWORD_FILE: /run/secrets/db\n      API_TOKEN: ${API_TOKEN}",
    ),
    "workflow-target-trigger": ("on:\n  pull_request_target:", "on:\n  pull_request:"),
    "workflow-injection": (
        '  run: echo "${{ github.event.issue.title }}"',
        '  run: echo "${{ github.sha }}"',
    ),
    "workflow-moving-action": (
        "      - uses: example/deploy@main",
        "      - uses: example/deploy@4f2d9c0b7a61e5d3c8b2a1908f7e6d5c4b3a2910",
    ),
    "workflow-write-all": ("permissions: write-all", "permissions: read-all"),
    "ci-pipe-to-shell": (
        "    - curl -s https://example.test/i.sh | sh",
        "    - curl -s https://example.test/data | jq .",
    ),
    "ci-secret": ("  DEPLOY_TOKEN: abcdef123456", "  DEPLOY_TOKEN: ${{ secrets.DEPLOY }}"),
    "env-secret": ("STRIPE_SECRET=abcdef", "STRIPE_SECRET=\nSTRIPE_TOKEN=${FROM_OUTSIDE}"),
    "env-debug": ("APP_DEBUG=true", "APP_DEBUG=false"),
    "django-debug": ("DEBUG = True", "DEBUG = env.bool('DEBUG')"),
    "django-any-host": ("ALLOWED_HOSTS = ['*']", "ALLOWED_HOSTS = ['shop.example.test']"),
    "django-secret-key": ("SECRET_KEY = 'abc'", "SECRET_KEY = os.environ['SECRET_KEY']"),
    "django-plain-cookie": ("SESSION_COOKIE_SECURE = False", "SESSION_COOKIE_SECURE = True"),
    "cors-any-origin": ("CORS_ALLOW_ALL_ORIGINS = True", "CORS_ALLOW_ALL_ORIGINS = False"),
    "flask-debug": ("app.run(host='::', debug=True)", "app.run(debug=settings.debug)"),
}


def test_every_rule_has_a_case_and_a_unique_name() -> None:
    assert sorted(rule.id for rule in config_rules.RULES) == sorted(CASES)
    assert all(rule.pattern or rule.required for rule in config_rules.RULES)
    assert all(
        rule.severity in {"critical", "high", "medium", "low"} for rule in config_rules.RULES
    )


@pytest.mark.parametrize("rule", config_rules.RULES, ids=lambda rule: rule.id)
def test_a_rule_fires(rule: config_rules.ConfigRule) -> None:
    assert list(config_rules.matching_lines(rule, CASES[rule.id][0].splitlines()))


@pytest.mark.parametrize("rule", config_rules.RULES, ids=lambda rule: rule.id)
def test_a_rule_stays_silent(rule: config_rules.ConfigRule) -> None:
    assert not list(config_rules.matching_lines(rule, CASES[rule.id][1].splitlines()))


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("Dockerfile", config_rules.ConfigKind.DOCKERFILE),
        ("deploy/Dockerfile.worker", config_rules.ConfigKind.DOCKERFILE),
        ("build/api.dockerfile", config_rules.ConfigKind.DOCKERFILE),
        ("docker-compose.yml", config_rules.ConfigKind.COMPOSE),
        ("ops/compose.prod.yaml", config_rules.ConfigKind.COMPOSE),
        (".github/workflows/build.yml", config_rules.ConfigKind.GITHUB_WORKFLOW),
        (".gitlab-ci.yml", config_rules.ConfigKind.GITLAB_CI),
        (".env", config_rules.ConfigKind.ENV),
        ("app/.env.production", config_rules.ConfigKind.ENV),
        (".env.example", None),
        ("shop/settings.py", config_rules.ConfigKind.PYTHON_SETTINGS),
        ("shop/settings/production.py", config_rules.ConfigKind.PYTHON_SETTINGS),
        ("app.py", config_rules.ConfigKind.PYTHON_SETTINGS),
        ("docs/Dockerfiles.md", None),
        ("compositor.yaml", None),
        ("environment.py", None),
    ],
)
def test_files_are_known_by_their_path(path: str, kind: config_rules.ConfigKind | None) -> None:
    assert config_rules.kind_of(path) is kind


def test_a_hit_becomes_a_finding_without_the_secret(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("# PASSWORD=commented\nAPP_DEBUG=1\nAPI_TOKEN=hunter2x\n")
    source = QuotedSource(SourceFolder(tmp_path))
    findings = config_rules.config_findings(
        SourceFile(".env", 50), config_rules.ConfigKind.ENV, source, Fingerprints()
    )
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
    findings = config_rules.config_findings(
        file, config_rules.ConfigKind.DOCKERFILE, source, Fingerprints()
    )
    assert [(finding.line_start, finding.cwe_id) for finding in findings] == [(1, "CWE-250")]
    assert not config_rules.config_findings(
        SourceFile("gone", 1), config_rules.ConfigKind.DOCKERFILE, source, Fingerprints()
    )
