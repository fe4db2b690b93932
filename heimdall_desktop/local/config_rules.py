"""The rules of the configuration stage: each rule is a value, with the files it applies to.

A rule either matches lines (`pattern`) or, for required settings, whole files that lack them
(`required`). Rules read text, not syntax trees: a hit needs a review.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from heimdall_desktop.local.quoted_source import Fingerprints, QuotedSource
from heimdall_desktop.local.rows import NewFinding
from heimdall_desktop.local.source_tree import SourceFile, shown_path

_CREDENTIAL_NAME = (
    r"[\w.-]*(?:password|passwd|pwd|secret|token|api_?key|private_?key|credential)[\w.-]*"
)
_LITERAL = r"(?![\"']?(?:\$|\{|<|changeme[\"']?\s*$|[\"']?\s*$))"


class ConfigKind(Enum):
    """The purpose of a configuration file."""

    DOCKERFILE = auto()
    COMPOSE = auto()
    GITHUB_WORKFLOW = auto()
    GITLAB_CI = auto()
    ENV = auto()
    PYTHON_SETTINGS = auto()


@dataclass(frozen=True, slots=True)
class ConfigRule:
    """One thing that should not be in a configuration."""

    id: str
    cwe: int
    severity: str
    text: str
    fix: str
    pattern: re.Pattern[str] | None = None
    """A line that matches is reported."""
    required: re.Pattern[str] | None = None
    """A file in which no line matches is reported at its first line."""
    holds_secret: bool = False
    """Whether the reported line must be masked when quoted."""


def _lines(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.IGNORECASE)


_KINDS = {
    "docker": frozenset({ConfigKind.DOCKERFILE}),
    "compose": frozenset({ConfigKind.COMPOSE}),
    "workflow": frozenset({ConfigKind.GITHUB_WORKFLOW}),
    "ci": frozenset({ConfigKind.GITHUB_WORKFLOW, ConfigKind.GITLAB_CI}),
    "env": frozenset({ConfigKind.ENV}),
    **dict.fromkeys(("django", "cors", "flask"), frozenset({ConfigKind.PYTHON_SETTINGS})),
}
"""The files that a rule applies to, by the first word of its id."""

RULES = (
    ConfigRule(
        "docker-root",
        250,
        "medium",
        "The image never leaves the root user",
        "Add a USER line with an unprivileged account.",
        required=_lines(r"^\s*USER\s+(?!root\b|0\b)\S"),
    ),
    ConfigRule(
        "docker-floating-tag",
        1104,
        "low",
        "The base image has no fixed version",
        "Name a version, better a digest.",
        pattern=_lines(
            r"^\s*FROM\s+(?:--\S+\s+)*(?!scratch\b)(?:[^\s:@]+(?::latest)?|\S+/[^\s:@]+(?::latest)?)"
            r"(?:\s+AS\s+\S+)?\s*$"
        ),
    ),
    ConfigRule(
        "docker-remote-add",
        494,
        "medium",
        "ADD fetches a file from the network without a checksum",
        "Use ADD --checksum, or RUN with a download that is verified.",
        pattern=_lines(r"^\s*ADD\s+(?!.*--checksum)\S*https?://"),
    ),
    ConfigRule(
        "docker-pipe-to-shell",
        494,
        "high",
        "A downloaded script goes straight into a shell",
        "Download, compare a checksum, then run.",
        pattern=_lines(r"\b(?:curl|wget)\b[^|#]*\|\s*(?:sudo\s+)?(?:ba|z|da)?sh\b"),
    ),
    ConfigRule(
        "docker-secret",
        798,
        "high",
        "A credential is baked into the image",
        "Use a build secret (RUN --mount=type=secret) and change the present value.",
        pattern=_lines(rf"^\s*(?:ENV|ARG)\s+{_CREDENTIAL_NAME}(?:=|\s+){_LITERAL}\S{{4,}}"),
        holds_secret=True,
    ),
    ConfigRule(
        "docker-open-modes",
        732,
        "medium",
        "Files are made writable for everybody",
        "Give the narrowest mode that works, with --chown for the owner.",
        pattern=_lines(r"\bchmod\s+(?:-\w+\s+)*(?:0?777|a\+rwx)\b"),
    ),
    ConfigRule(
        "compose-privileged",
        250,
        "high",
        "A service runs privileged",
        "Drop privileged and add the single capability that is needed.",
        pattern=_lines(r"^\s*privileged:\s*[\"']?true\b"),
    ),
    ConfigRule(
        "compose-docker-socket",
        668,
        "critical",
        "A service can command the Docker daemon of its host",
        "Do not mount docker.sock; put a filtering proxy before it if it is needed.",
        pattern=_lines(r"/var/run/docker\.sock"),
    ),
    ConfigRule(
        "compose-host-network",
        668,
        "medium",
        "A service shares the network of its host",
        "Publish the ports that are needed instead.",
        pattern=_lines(r"^\s*network_mode:\s*[\"']?host\b"),
    ),
    ConfigRule(
        "compose-wide-capability",
        250,
        "high",
        "A service gets nearly all rights of root",
        "Add single capabilities, never ALL or SYS_ADMIN.",
        pattern=_lines(r"^\s*-\s*[\"']?(?:CAP_)?(?:ALL|SYS_ADMIN)[\"']?\s*$"),
    ),
    ConfigRule(
        "compose-secret",
        798,
        "high",
        "A credential is in the compose file",
        "Use secrets: or an env_file outside the repository, and change the present value.",
        pattern=_lines(
            rf"^\s*-?\s*[\"']?{_CREDENTIAL_NAME}[\"']?\s*[:=]\s*{_LITERAL}[^\s#/.\[]\S{{3,}}"
        ),
        holds_secret=True,
    ),
    ConfigRule(
        "workflow-target-trigger",
        829,
        "high",
        "The workflow runs with secrets for pull requests of strangers",
        "Use pull_request, or never check out the head of the request here.",
        pattern=_lines(r"^\s*-?\s*pull_request_target\b|^\s*on:.*\bpull_request_target\b"),
    ),
    ConfigRule(
        "workflow-injection",
        94,
        "critical",
        "Text from outside becomes part of a script",
        "Put the value into env: and use the variable in the script, quoted.",
        pattern=_lines(
            r"\$\{\{\s*github\.(?:event\.(?:issue|pull_request|comment|review|discussion)"
            r"\.(?:title|body|head\.ref|head\.label)|head_ref)\b"
        ),
    ),
    ConfigRule(
        "workflow-moving-action",
        829,
        "medium",
        "An action is taken from a moving branch",
        "Pin it to a commit.",
        pattern=_lines(r"^\s*-?\s*uses:\s*[\"']?[\w.-]+/[^@\s]+@(?:main|master|latest|develop)\b"),
    ),
    ConfigRule(
        "workflow-write-all",
        732,
        "medium",
        "The workflow may write everything",
        "Give permissions: contents: read and add what single jobs need.",
        pattern=_lines(r"^\s*permissions:\s*[\"']?write-all\b"),
    ),
    ConfigRule(
        "ci-pipe-to-shell",
        494,
        "high",
        "The build runs a downloaded script unseen",
        "Download, compare a checksum, then run.",
        pattern=_lines(r"\b(?:curl|wget)\b[^|#]*\|\s*(?:sudo\s+)?(?:ba|z|da)?sh\b"),
    ),
    ConfigRule(
        "ci-secret",
        798,
        "high",
        "A credential is in the build's configuration",
        "Use the secret store of the CI, and change the present value.",
        pattern=_lines(rf"^\s*-?\s*{_CREDENTIAL_NAME}\s*:\s*{_LITERAL}[^\s#|>&*][^\s#]{{5,}}\s*$"),
        holds_secret=True,
    ),
    ConfigRule(
        "env-secret",
        798,
        "high",
        "A credential is in an environment file of the repository",
        "Keep the file out of the repository and change the value.",
        pattern=_lines(rf"^\s*(?:export\s+)?{_CREDENTIAL_NAME}\s*=\s*{_LITERAL}\S{{4,}}"),
        holds_secret=True,
    ),
    ConfigRule(
        "env-debug",
        489,
        "low",
        "Debugging is on in an environment file",
        "Turn it off wherever others can reach the service.",
        pattern=_lines(r"^\s*(?:export\s+)?[\w]*DEBUG\s*=\s*[\"']?(?:1|true|yes|on)\b"),
    ),
    ConfigRule(
        "django-debug",
        489,
        "high",
        "Django shows its debugging pages",
        "Set DEBUG = False outside development.",
        pattern=_lines(r"^\s*DEBUG\s*=\s*True\b"),
    ),
    ConfigRule(
        "django-any-host",
        183,
        "medium",
        "Django answers to any host name",
        "List the names that the service really has.",
        pattern=_lines(r"^\s*ALLOWED_HOSTS\s*=\s*[\[(]\s*[\"']\*[\"']"),
    ),
    ConfigRule(
        "django-secret-key",
        798,
        "high",
        "The signing key of the framework is in the source",
        "Read it from the environment, and change it: sessions can be forged with it.",
        pattern=_lines(
            r"^\s*(?:app\.config\[[\"'])?SECRET_KEY(?:[\"']\])?\s*=\s*[rbu]?[\"'][^\"']+"
        ),
        holds_secret=True,
    ),
    ConfigRule(
        "django-plain-cookie",
        614,
        "medium",
        "Cookies travel over plain HTTP",
        "Set the flag to True.",
        pattern=_lines(r"\b(?:SESSION|CSRF)_COOKIE_SECURE[\"'\]]*\s*=\s*False\b"),
    ),
    ConfigRule(
        "cors-any-origin",
        942,
        "medium",
        "Any web site may call the service with its user's rights",
        "List the origins that are trusted.",
        pattern=_lines(r"\bCORS_(?:ALLOW_ALL_ORIGINS|ORIGIN_ALLOW_ALL)\s*=\s*True\b"),
    ),
    ConfigRule(
        "flask-debug",
        489,
        "high",
        "Flask starts with its debugger, which runs code for visitors",
        "Leave debug out, or read it from the environment in development.",
        pattern=_lines(r"\.run\([^#]*\bdebug\s*=\s*True\b"),
    ),
)


LONGEST_LINE = 1000
"""Characters of a line that the rules check: some take time quadratic in its length."""

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
    """Return the kind of a configuration file; None for other files and for samples of `.env`."""
    for kind, pattern in _PATTERNS:
        if pattern.fullmatch(path):
            return None if kind is ConfigKind.ENV and _SAMPLE.search(path) else kind
    return None


def config_findings(
    file: SourceFile, kind: ConfigKind, source: QuotedSource, fingerprints: Fingerprints
) -> list[NewFinding]:
    lines = source.lines(file.path)
    hits = [
        (rule, number)
        for rule in RULES
        if kind in _KINDS[rule.id.partition("-")[0]]
        for number in matching_lines(rule, lines)
    ]
    for rule, number in hits:
        if rule.holds_secret:
            source.note_secret(file.path, number)
    return [
        NewFinding(
            source="config",
            severity=rule.severity,
            confidence="high",
            title=f"[CWE-{rule.cwe}] {rule.text}",
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
        for rule, number in hits
    ]


def matching_lines(rule: ConfigRule, lines: list[str]) -> Iterator[int]:
    """Yield the numbers of the lines that a rule reports, from 1."""
    if rule.required and lines and not any(rule.required.search(line) for line in lines):
        yield 1
    if rule.pattern:
        for number, line in enumerate(lines, start=1):
            if not line.lstrip().startswith("#") and rule.pattern.search(line[:LONGEST_LINE]):
                yield number
