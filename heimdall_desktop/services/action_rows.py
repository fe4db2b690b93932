"""Gives meaning to what a server answers about explanations, issues and fix requests.

A model answers what it likes, so its answer is read as names and lines, whatever its form.
Source: heimdall-api.md 4.6, 4.10.
"""

import json
from collections.abc import Iterator, Mapping

import msgspec

from heimdall_desktop.domain.facts.finding import Details
from heimdall_desktop.domain.facts.finding_action import CodeHost, IssueMade, IssueSums
from heimdall_desktop.services.envelope import Count, Envelope, cut, cut_line, cut_text, opened

NAMES_LIMIT = 30  # of a model's answer; it is asked for at most five
LINES_LIMIT = 50  # of one of its lists


class _Issue(msgspec.Struct):
    issue_url: str | None = None


class _IssueAnswer(msgspec.Struct):
    created: bool = False
    issue: _Issue | None = None


class _Sums(msgspec.Struct):
    created: Count = 0
    linked: Count = 0
    failed: Count = 0
    findings_covered: Count = 0
    total_findings: Count = 0


class _Run(msgspec.Struct):
    id: str = ""


class _Repo(msgspec.Struct):
    source_type: str = ""
    oauth_connection_id: str | None = None
    remote_url: str | None = None


_ANY = msgspec.json.Decoder(Envelope[object])
_ISSUE = msgspec.json.Decoder(Envelope[_IssueAnswer])
_SUMS = msgspec.json.Decoder(Envelope[_Sums])
_RUN = msgspec.json.Decoder(Envelope[_Run])
_REPO = msgspec.json.Decoder(Envelope[_Repo])


def model_answer(body: bytes) -> Details:
    """Return what a model said; nothing where it said `null`.

    Raises:
        WireError: it is no JSON.
    """
    return details(opened(_ANY.decode, body))


def issue_made(body: bytes) -> IssueMade:
    """Return the issue of a finding.

    Raises:
        WireError: it is none.
    """
    told = opened(_ISSUE.decode, body)
    return IssueMade(told.created, cut_line((told.issue and told.issue.issue_url) or ""))


def issue_sums(body: bytes) -> IssueSums:
    """Return what came of issues for all findings of a scan.

    Raises:
        WireError: it does not say.
    """
    told = opened(_SUMS.decode, body)
    return IssueSums(
        told.created, told.linked, told.failed, told.findings_covered, told.total_findings
    )


def fix_run(body: bytes) -> str:
    """Return the id of a fix request that has begun.

    Raises:
        WireError: it is none.
    """
    return cut(opened(_RUN.decode, body).id)


def code_host(body: bytes) -> CodeHost:
    """Return where a repository lies.

    Raises:
        WireError: it is no repository.
    """
    repo = opened(_REPO.decode, body)
    is_connected = repo.oauth_connection_id is not None and repo.remote_url is not None
    return CodeHost(cut(repo.source_type), is_connected)


def details(value: object) -> Details:
    """Return free JSON as names and lines."""
    if isinstance(value, Mapping):
        return tuple(
            (cut(str(name)), tuple(_lines(told))) for name, told in [*value.items()][:NAMES_LIMIT]
        )
    lines = tuple(_lines(value))
    return (("", lines),) if lines else ()


def _lines(value: object) -> Iterator[str]:
    if isinstance(value, list):
        yield from (line for each in value[:LINES_LIMIT] for line in _text(each))
    else:
        yield from _text(value)


def _text(value: object) -> Iterator[str]:
    if value is None:
        return
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    if text.strip():
        yield cut_text(text)
