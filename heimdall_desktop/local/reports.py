"""Reads the JSON reports of bandit and detect-secrets."""

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass

_BROKEN_TEST = re.compile(rb"internal error running: \w+ on file (\S+) at line")


class ReportUnreadable(Exception):
    """A scanner wrote something else than its report."""


@dataclass(frozen=True, slots=True)
class Issue:
    """One result of bandit, in its own words."""

    test_id: str
    severity: str
    confidence: str
    text: str
    cwe: int | None
    help_url: str | None
    path: str
    line_start: int
    line_end: int
    test_name: str = ""


@dataclass(frozen=True, slots=True)
class SecretHit:
    """A line that holds secrets, and the kinds detect-secrets took them for."""

    path: str
    line: int
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BanditReport:
    """What bandit found, and which files it came to the end of.

    Attributes:
        gave_up: by path, what it says of files it could not read or parse.
        begun: the files it says anything of.
    """

    issues: tuple[Issue, ...]
    gave_up: Mapping[str, str]
    begun: frozenset[str]


def read_bandit(report: bytes) -> BanditReport:
    """Read a bandit report; the issues come in order of path and line.

    Raises:
        ReportUnreadable: it is none.
    """
    try:
        content = json.loads(report)
        issues = sorted((_issue(result) for result in content["results"]), key=_place)
        gave_up = {_clean(error["filename"]): str(error["reason"]) for error in content["errors"]}
        begun = frozenset(map(_clean, content["metrics"]))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ReportUnreadable("its report cannot be read") from error
    return BanditReport(tuple(issues), gave_up, begun)


def broken_off(complaints: bytes) -> frozenset[str]:
    """Return the files of which bandit says that one of its tests broke on them.

    It goes on with the other tests, and says so on standard error only.
    """
    return frozenset(_clean(os.fsdecode(path)) for path in _BROKEN_TEST.findall(complaints))


def read_secrets(report: bytes) -> tuple[SecretHit, ...]:
    """Read a detect-secrets report, one hit for each line, in order of path and line.

    Raises:
        ReportUnreadable: it is none.
    """
    kinds: dict[tuple[str, int], set[str]] = {}
    try:
        for path, secrets in json.loads(report)["results"].items():
            for secret in secrets:
                place = (_clean(path), int(secret["line_number"]))
                kinds.setdefault(place, set()).add(str(secret["type"]))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ReportUnreadable("its report cannot be read") from error
    return tuple(SecretHit(*place, tuple(sorted(kinds[place]))) for place in sorted(kinds))


def _issue(result: dict[str, object]) -> Issue:
    cwe = result.get("issue_cwe")
    cwe_number = cwe.get("id") if isinstance(cwe, dict) else None
    line = int(str(result["line_number"]))
    lines = result.get("line_range")
    last = (
        max([line, *(n for n in lines if isinstance(n, int))]) if isinstance(lines, list) else line
    )
    help_url = result.get("more_info")
    return Issue(
        test_id=str(result["test_id"]),
        severity=str(result["issue_severity"]).lower(),
        confidence=str(result["issue_confidence"]).lower(),
        text=str(result["issue_text"]),
        cwe=cwe_number if isinstance(cwe_number, int) else None,
        help_url=help_url if isinstance(help_url, str) else None,
        path=_clean(str(result["filename"])),
        line_start=line,
        line_end=last,
        test_name=str(result.get("test_name", "")),
    )


def _place(issue: Issue) -> tuple[str, int, str]:
    return issue.path, issue.line_start, issue.test_id


def _clean(path: str) -> str:
    return os.path.normpath(path).replace(os.sep, "/")
