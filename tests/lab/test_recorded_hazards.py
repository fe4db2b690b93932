"""The findings that are hard to show: every hazard that the contract lists is among them."""

import unicodedata
from collections.abc import Callable

import pytest

from heimdall_desktop.local.rows import FINDING_STATUSES, SEVERITIES
from tests.lab.recorded_findings import Recorded
from tests.lab.recorded_hazards import (
    LONG_LINE_BYTES,
    LONG_TITLE_BYTES,
    recorded_hazards,
)

HAZARDS = recorded_hazards()
Property = Callable[[Recorded], bool]


def test_they_are_few_and_always_the_same() -> None:
    assert 15 <= len(HAZARDS) <= 25
    assert recorded_hazards() == HAZARDS
    assert len({one.finding.fingerprint for one in HAZARDS}) == len(HAZARDS)


@pytest.mark.parametrize(
    "has_it",
    [
        lambda one: "\u2028" in one.finding.title,
        lambda one: "\x85" in one.finding.title,
        lambda one: any(unicodedata.category(sign) == "So" for sign in one.finding.title),
        lambda one: "\u202e" in one.finding.title,
        lambda one: "<img src=x" in one.finding.title,
        lambda one: "\x1b[" in one.finding.title,
        lambda one: "\n" in one.finding.title,
        lambda one: len(one.finding.title) >= LONG_TITLE_BYTES,
        lambda one: not one.finding.title.strip(),
        lambda one: _longest_line(one.finding.code_snippet) >= LONG_LINE_BYTES,
        lambda one: one.finding.file_path == "",
        lambda one: ".." in one.finding.file_path,
        lambda one: one.finding.severity not in SEVERITIES,
        lambda one: one.finding.status not in FINDING_STATUSES,
        lambda one: one.finding.source not in {"ai", "static", "dependencies", "config"},
        lambda one: (one.finding.line_end or 0) < one.finding.line_start,
        lambda one: bool(one.diff) and "@@" not in (one.diff or ""),
        lambda one: (one.finding.cwe_id or "").startswith("CWE-89: "),
        lambda one: "see the wiki" in (one.finding.references_json or ()),
        lambda one: "javascript:alert(document.cookie)" in (one.finding.references_json or ()),
        lambda one: "<img src=x" in one.task and one.stage == "hunt",
        lambda one: "\x1b[" in one.task and one.stage == "hunt",
    ],
)
def test_there_is_one_with(has_it: Property) -> None:
    assert any(map(has_it, HAZARDS))


def _longest_line(text: str | None) -> int:
    return max(map(len, (text or "").split("\n")))
