"""The path of data in a finding, as steps; only the steps its row really contains.

A taint finding gives its ends: `line_start` is the source, `line_end` the sink, and its title names
both. Any finding may list places in its description, one per entry; these are steps as well.
Source: protocol.md 4.5 (who writes what), behaviour.md feature 15.
"""

import re
from collections.abc import Iterator
from enum import Enum

from msgspec import Struct

from heimdall_desktop.domain.facts.finding import Finding, one_line
from heimdall_desktop.presentation.i18n import tr, tr_noop

STEP_LIMIT = 50  # of a description that is a list of anything
DESCRIPTION_LIMIT = 20_000  # characters searched for places
TEXT_LIMIT = 200  # characters of the text of a step
_TITLE = re.compile(r"^Taint flow: (.{1,80}?) (?:\u2192|->) (.{1,80}?)(?: in .*)?$")
_ENTRY = re.compile(r"^[ \t]*(?:\d{1,3}[.)]|[-*\u2022])[ \t]+(.+)$")
_LINE = re.compile(r":(\d{1,7})(?:-\d{1,7})?(?!\d)")
_PATH_BACKWARDS = re.compile(r"[\w./@+-]+")  # from the colon on, so that no text takes long
_LONGEST_ENDING = 10


class FlowRole(Enum):
    """The role of a step in the flow."""

    SOURCE = tr_noop("Source")
    STEP = tr_noop("Step")
    SINK = tr_noop("Sink")

    @property
    def word(self) -> str:
        return tr(self.value)


class FlowStep(Struct, frozen=True):
    """One place the data passes.

    Attributes:
        text: its text, in one harmless line; may be empty.
        path: its file, harmless.
    """

    role: FlowRole
    text: str
    path: str
    line: int

    @property
    def place(self) -> str:
        """Return "orders.py:88"."""
        return f"{self.path.rpartition('/')[2]}:{self.line}"


def flow_steps(finding: Finding) -> tuple[FlowStep, ...]:
    """Return the steps in order, two at least; none if the row describes no path."""
    steps = list(_listed(finding.description or ""))[:STEP_LIMIT]
    if is_taint(finding) and finding.line_end is not None:
        named = _TITLE.match(finding.title_line)
        source, sink = (named[1], named[2]) if named else ("", "")
        path = one_line(finding.file_path)
        first = FlowStep(FlowRole.SOURCE, source, path, finding.line_start)
        last = FlowStep(FlowRole.SINK, sink, path, finding.line_end)
        ends = {(path, first.line), (path, last.line)}
        steps = [first, *(step for step in steps if (step.path, step.line) not in ends), last]
    return tuple(steps) if len(steps) > 1 else ()


def is_taint(finding: Finding) -> bool:
    """Whether the row's lines are source and sink."""
    return finding.fingerprint.startswith("taint-") and bool(finding.file_path)


def _listed(text: str) -> Iterator[FlowStep]:
    """Yield the entries of lists that name a place."""
    for line in text[:DESCRIPTION_LIMIT].splitlines():
        entry = _ENTRY.match(line[: TEXT_LIMIT * 4])
        place = _place(entry[1]) if entry else None
        if entry and place:
            path, number, end = place
            rest = entry[1][: end - len(path) - len(number) - 1] + entry[1][end:]
            plain = one_line(rest.replace("`", "")).strip(" ,:;-\u2013\u2014")[:TEXT_LIMIT]
            yield FlowStep(FlowRole.STEP, plain, path, int(number.partition("-")[0]))


def _place(entry: str) -> tuple[str, str, int] | None:
    """Return the first path with a line, the line, and where they end."""
    for line in _LINE.finditer(entry):
        before = _PATH_BACKWARDS.match(entry[: line.start()][::-1])
        path = before[0][::-1] if before else ""
        stem, dot, ending = path.rpartition("/")[2].rpartition(".")
        is_file = bool(stem and dot and ending.isalnum() and len(ending) <= _LONGEST_ENDING)
        if is_file and not path.startswith("//"):  # after the scheme of an address
            return path, line[0][1:], line.end()
    return None
