"""A filter for detect-secrets that drops lines which none of its detectors can match.

detect-secrets asks some thirty detectors about every line, a tenth of a millisecond for each line.
These few tests are what their patterns have in common, and take a hundredth of that. The file is
loaded by its path into the scanner's process, so it imports nothing of ours.
"""

import re

_WORDS = ("key", "pass", "pwd", "secret", "contrase", "token", "hmac", "cloudant", "softlayer")
_TOKEN_STARTS = ("xox", "k_live_", "eyj", "sk-", "pypi-")
_QUOTED = re.compile(r"[\"'](?:[A-Za-z0-9+/=\\_-]{20,}|[0-9A-Fa-f]{8,})[\"']")
_RUN = re.compile(r"[A-Za-z0-9+/=_-]{16,}")
_RUN_WITH_DIGIT = re.compile(r"(?<![A-Za-z0-9+/=_-])(?=[A-Za-z+/=_-]*\d)[A-Za-z0-9+/=_-]{16,}")
_ARTIFACTORY = re.compile(r"AKC[A-Za-z0-9]{10}|AP[\dA-F][A-Za-z0-9]{8}")
_LONG_RUN = re.compile(r"[A-Z0-9]{20}|[A-Za-z0-9]{22}")


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
