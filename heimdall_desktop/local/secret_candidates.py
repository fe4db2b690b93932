"""Everything that depends on detect-secrets, which finds secrets in text; no other module knows it.

It is no longer maintained. Whatever replaces it is called, read and rated here.

The file is also loaded by its path into the scanner's process, as a filter, so it imports nothing
of ours. detect-secrets asks some thirty detectors about every line, a tenth of a millisecond for
each line. The few tests of the filter are what their patterns have in common, and take a hundredth
of that.
"""

import json
import re
from collections.abc import Iterator

NAME = "detect-secrets"
ARGUMENTS = (
    *("-m", "detect_secrets", "-c", "1", "scan", "--no-verify"),
    *("--disable-filter", "detect_secrets.filters.allowlist.is_line_allowlisted"),
    *("--filter", f"file://{__file__}::has_no_candidate"),
)
"""For Python; paths follow."""

KEPT_EXTENSIONS = frozenset(
    {".cls", ".example", ".eyaml", ".go", ".java", ".js", ".m", ".php", ".py", ".pyi", ".swift"}
    | {".tf", ".yaml", ".yml", ".cs", ".c", ".cpp", ".cnf", ".conf", ".cfg", ".cf", ".ini"}
    | {".properties", ".toml"}
)
"""Names that change how it reads a file; it skips some others, such as `.css`."""

SKIPPED_NAMES = frozenset(
    {"Brewfile.lock.json", "Cartfile.resolved", "Cargo.lock", "Gemfile.lock", "Package.resolved"}
    | {"Pipfile.lock", "Podfile.lock", "composer.lock", "package-lock.json", "packages.lock.json"}
    | {"poetry.lock", "yarn.lock"}
)
"""Files with only checksums; it knows them by these names and skips them."""

SEVERITIES = {
    "Private Key": "critical",
    "Secret Keyword": "medium",
    "Basic Auth Credentials": "medium",
    "JSON Web Token": "medium",
    "Base64 High Entropy String": "low",
    "Hex High Entropy String": "low",
    "Public IP (ipv4)": "low",
}
"""By the kind that it reports; every other kind is high."""

SILENCED = re.compile(r"pragma: ?(?:allow|white)list[ -]secret")
NEXT_LINE_SILENCED = re.compile(r"pragma: ?allowlist[ -]nextline[ -]secret")
"""Comments in the code by which it would leave out a line, or the next one."""

_WORDS = ("key", "pass", "pwd", "secret", "contrase", "token", "hmac", "cloudant", "softlayer")
_TOKEN_STARTS = ("xox", "k_live_", "eyj", "sk-", "pypi-")
_QUOTED = re.compile(r"[\"'](?:[A-Za-z0-9+/=\\_-]{20,}|[0-9A-Fa-f]{8,})[\"']")
_RUN = re.compile(r"[A-Za-z0-9+/=_-]{16,}")
_RUN_WITH_DIGIT = re.compile(r"(?<![A-Za-z0-9+/=_-])(?=[A-Za-z+/=_-]*\d)[A-Za-z0-9+/=_-]{16,}")
_ARTIFACTORY = re.compile(r"AKC[A-Za-z0-9]{10}|AP[\dA-F][A-Za-z0-9]{8}")
_LONG_RUN = re.compile(r"[A-Z0-9]{20}|[A-Za-z0-9]{22}")


def results_of(report: bytes) -> Iterator[tuple[str, int, str]]:
    """Yield path, line and kind of each result of a report.

    Raises:
        ValueError, KeyError, TypeError, AttributeError: it is no report.
    """
    for path, secrets in json.loads(report)["results"].items():
        for secret in secrets:
            yield path, int(secret["line_number"]), str(secret["type"])


def has_no_candidate(line: str) -> bool:
    """Tell detect-secrets to leave out a line."""
    lowered = line.lower()
    return not (
        any(word in lowered for word in _WORDS)
        or any(start in lowered for start in _TOKEN_STARTS)
        or ("://" in line and "@" in line)
        or ("A" in line and _ARTIFACTORY.search(line))
        or _QUOTED.search(line)
        or (_RUN.search(line) and (_RUN_WITH_DIGIT.search(line) or _LONG_RUN.search(line)))
    )
