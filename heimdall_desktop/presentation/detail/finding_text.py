"""The texts of a finding: its verdict in two sentences, its history and its data flow.

The author follows from what only that author can do: persons set statuses, which the server's audit
keeps with a name; Víðarr alone changes the confidence, and its false positives have a low one;
Garmr alone validates a proof. No text is interpreted, only whether Víðarr has written one.
Source: protocol.md 4.5, 4.6; behaviour.md 2.3.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from enum import Enum

from msgspec import Struct

from heimdall_desktop.domain.facts.finding import (
    Confidence,
    Finding,
    FindingEvent,
    FindingStatus,
    Verdict,
    one_line,
)
from heimdall_desktop.domain.facts.finding_action import FIX_OPENED, FindingAction, page_of
from heimdall_desktop.domain.facts.readings import SeenChange, Watched, parts_between
from heimdall_desktop.domain.proposals import Proposal
from heimdall_desktop.presentation.i18n import tr, tr_noop
from heimdall_desktop.presentation.labels import value_in_text, word_of
from heimdall_desktop.presentation.proposal_text import decision_word, reason_text

WORD_LIMIT = 20  # characters of an unknown word
FIELD_WORDS = {
    Watched.STATUS: tr_noop("Status"),
    Watched.SEVERITY: tr_noop("Severity"),
    Watched.CONFIDENCE: tr_noop("Confidence"),
    Watched.PROOF: tr_noop("Proof of concept"),
}


class VerdictWords(Struct, frozen=True):
    """A fact and its basis.

    Attributes:
        at: when it was reached; None if that was not seen.
    """

    fact: str
    reason: str
    at: datetime | None = None


def verdict_text(
    finding: Finding,
    changes: Sequence[SeenChange] = (),
    events: Sequence[FindingEvent] | None = None,
    *,
    has_reviewed: bool = False,
) -> VerdictWords:
    """Return the text of a finding's verdict; put the moment into the "{at}" of the fact.

    Args:
        changes: its observed changes.
        events: the server's audit of it; None while that has not been read.
        has_reviewed: whether Víðarr is known to have run in its scan.
    """
    is_status = (event for event in events or () if event.event_type == "status_change")
    last = max(is_status, key=lambda event: event.created_at, default=None)
    set_by_person = last if last is not None and last.new_value == finding.status_text else None
    match finding.verdict:
        case Verdict.WITHDRAWN if set_by_person or finding.status is FindingStatus.DISMISSED:
            step, at = _status_step(changes, set_by_person), _at(changes, by=set_by_person)
            return _words(*_decided(finding.status, set_by_person), at, step, _was(finding))
        case Verdict.WITHDRAWN:
            at = _at(changes)
            if events is None or finding.confidence is not Confidence.LOW:
                reason = tr("Marked as a false positive.")
                return _words(tr("Withdrawn."), tr("Withdrawn {at}."), at, reason, _was(finding))
            steps = " ".join(_steps(changes, Watched.CONFIDENCE)) or tr(
                "Marked as a false positive."
            )
            fact = tr("Withdrawn by V\u00ed\u00f0arr.")
            timed = tr("Withdrawn by V\u00ed\u00f0arr {at}.")
            return _words(fact, timed, at, steps, _was(finding))
        case Verdict.CONFIRMED:
            return _confirmed(finding, changes, set_by_person, has_reviewed=has_reviewed)
        case _:
            if finding.status is FindingStatus.FIXED:
                at = _at(changes, by=set_by_person)
                fact = tr("Unverified, marked as fixed.")
                timed = tr("Unverified, marked as fixed {at}.")
                return _words(fact, timed, at, _status_step(changes, set_by_person), "")
            steps = " ".join(_steps(changes, *Watched))
            if steps:
                return VerdictWords(tr("Unverified."), steps)
            if finding.is_reviewed:
                reviewed = tr("V\u00ed\u00f0arr reviewed it but neither confirmed nor refuted it.")
                return VerdictWords(tr("Unverified."), reviewed)
            return VerdictWords(tr("Unverified."), tr("No check has confirmed or refuted it yet."))


def step_text(old: str | None, new: str | None) -> str:
    """Return "high \u2192 medium"."""
    return f"{_word(old) or tr('none')} \u2192 {_word(new) or tr('none')}"


def _decided(status: FindingStatus, event: FindingEvent | None) -> tuple[str, str]:
    """Return a person's decision, without and with the moment."""
    is_own = event is not None and event.is_own
    match status:
        case FindingStatus.DISMISSED if is_own:
            return tr("Dismissed by you."), tr("Dismissed by you {at}.")
        case FindingStatus.DISMISSED:
            return tr("Dismissed by a person."), tr("Dismissed by a person {at}.")
        case FindingStatus.CONFIRMED if is_own:
            return tr("Confirmed by you."), tr("Confirmed by you {at}.")
        case FindingStatus.CONFIRMED:
            return tr("Confirmed by a person."), tr("Confirmed by a person {at}.")
        case _ if is_own:
            return tr("Withdrawn by you."), tr("Withdrawn by you {at}.")
        case _:
            return tr("Withdrawn by a person."), tr("Withdrawn by a person {at}.")


def _confirmed(
    finding: Finding,
    changes: Sequence[SeenChange],
    event: FindingEvent | None,
    *,
    has_reviewed: bool,
) -> VerdictWords:
    if finding.status is FindingStatus.CONFIRMED:
        at = _at(changes, by=event)
        step = _status_step(changes, event) or tr("According to its status.")
        return _words(*_decided(finding.status, event), at, step, "")
    if finding.poc_validated:
        at = _at(changes, Watched.PROOF)
        reason = tr("The proof of concept succeeded.")
        return _words(tr("Confirmed by Garmr."), tr("Confirmed by Garmr {at}."), at, reason, "")
    at = _at(changes, Watched.CONFIDENCE)
    reason = " ".join(_steps(changes, Watched.CONFIDENCE, Watched.SEVERITY))
    if not (reason or finding.has_risen or finding.starts_lower):
        kept = tr("It reviewed the finding and left the confidence high. See its reasoning.")
        return VerdictWords(tr("Upheld by V\u00ed\u00f0arr."), kept)
    scanner = word_of(finding.source) if finding.source.value == "ai" else tr("taint")
    derived = tr("Derived from its confidence, which is high; {source} findings start lower.")
    derived = derived.format(source=scanner)
    if finding.has_risen:
        derived = tr("Confidence rose to high.")
    if finding.rests_on_confidence and not has_reviewed:
        return VerdictWords(tr("High confidence."), reason or derived)
    fact, timed = tr("Confirmed by V\u00ed\u00f0arr."), tr("Confirmed by V\u00ed\u00f0arr {at}.")
    return _words(fact, timed, at, reason or derived, "")


def _words(fact: str, timed: str, at: datetime | None, reason: str, more: str) -> VerdictWords:
    reasons = " ".join(part for part in (reason, more) if part)
    return VerdictWords(fact if at is None else timed, reasons, at)


def _was(finding: Finding) -> str:
    return tr("It was {severity}.").format(severity=_word(finding.severity_text.lower()))


def _at(
    changes: Sequence[SeenChange], field: Watched = Watched.STATUS, by: FindingEvent | None = None
) -> datetime | None:
    """Return when a field was last changed, by an entry of the audit if there is one."""
    if by is not None:
        return by.created_at
    return max((change.at for change in changes if change.field is field), default=None)


def _status_step(changes: Sequence[SeenChange], event: FindingEvent | None) -> str:
    if event is not None:
        return _step(Watched.STATUS, event.old_value, event.new_value)
    return " ".join(_steps(changes, Watched.STATUS))


def _steps(changes: Sequence[SeenChange], *fields: Watched) -> Iterator[str]:
    """Yield the whole path of each field, from its first to its last word."""
    for field in fields:
        steps = [change for change in changes if change.field is field]
        if steps and steps[0].old != steps[-1].new:
            yield _step(field, steps[0].old, steps[-1].new)


def _step(field: Watched, old: str | None, new: str | None) -> str:
    return f"{tr(FIELD_WORDS[field])} {step_text(old, new)}."


def _word(text: str | None) -> str:
    return value_in_text(text or "")[:WORD_LIMIT]


# The advisories of a dependency finding: ids from its coordinates, and pages for known ids.
#
# A page's address is built only from an id in a known form, never from anything else the
# server sent. Source: protocol.md 4.5 (manifest_coordinates_json), T-40.


ADVISORY_LIMIT = 20  # of aliases; a server may send any number
_FORMS = (
    (
        re.compile(r"GHSA(?:-[23456789cfghjmpqrvwx]{4}){3}", re.IGNORECASE),
        "https://github.com/advisories/{id}",
    ),
    (re.compile(r"CVE-\d{4}-\d{4,7}", re.IGNORECASE), "https://nvd.nist.gov/vuln/detail/{id}"),
    (
        re.compile(r"(?:PYSEC|RUSTSEC|GO|OSV|MAL|GSD)-\d{4}-\d{1,7}", re.IGNORECASE),
        "https://osv.dev/vulnerability/{id}",
    ),
)


class Advisory(Struct, frozen=True):
    """One id.

    Attributes:
        page: the address of its page; "" for an id of no known form.
    """

    id: str
    page: str = ""


def advisories(finding: Finding) -> tuple[Advisory, ...]:
    """Return the advisory of a dependency finding and its other names, each once."""
    text = finding.manifest or {}
    names = [text.get("advisory_id", ""), *text.get("aliases", "").split(", ")]
    ids = dict.fromkeys(line for name in names[: ADVISORY_LIMIT + 1] if (line := one_line(name)))
    found = []
    for name in ids:
        is_lower_case = name[:4].upper() == "GHSA"
        spelling = f"GHSA{name[4:].lower()}" if is_lower_case else name.upper()
        pages = (address.format(id=spelling) for form, address in _FORMS if form.fullmatch(name))
        found.append(Advisory(name, next(pages, "")))
    return tuple(found)


# Splits a finding's reasoning into its finder's part and those of Víðarr, one for each attempt.
#
# If Víðarr reviewed a row without a text there is no divider, and the first part is its own.
# Source: protocol.md 4.5 (appended once per attempt).


class ReasoningPart(Struct, frozen=True):
    """The text of one author.

    Attributes:
        attempt: Víðarr's, counted from 1; 0 for the finder.
    """

    text: str
    attempt: int = 0


def reasoning_parts(finding: Finding) -> tuple[ReasoningPart, ...]:
    """Return the parts of a reasoning in order, without the dividers; empty ones are left out."""
    parts = parts_between(finding.agent_reasoning or "")
    first = int(finding.is_finder_silent)
    text = (ReasoningPart(part.strip("\n"), attempt) for attempt, part in enumerate(parts, first))
    return tuple(part for part in text if part.text.strip())


# The history of a finding: the server's audit, and the changes we saw that it does not list.
#
# Persons leave entries in the audit; validation leaves none, so its changes are known only if we
# watched. A change that an entry explains is listed once. Source: protocol.md 4.5, 4.6, 5.9,
# T-82.


SAME_WRITE = timedelta(seconds=2)  # row and entry are two statements (protocol.md 4.6)
ID_SHOWN = 8  # characters of a person's id; the server provides no names
_HEADINGS = {
    "status_change": tr_noop("Status"),
    "severity_change": tr_noop("Severity"),
    "comment": tr_noop("Comment"),
    "patch_applied": tr_noop("Patch applied"),
    "ai_explanation": tr_noop("AI explanation"),
    "ai_verification": tr_noop("AI verification"),
    "issue_linked": tr_noop("Issue linked"),
    "remediation_started": tr_noop("Fix request started"),
    "remediation_pr_opened": tr_noop("Fix request opened"),
    "remediation_failed": tr_noop("Fix request failed"),
}
_KINDS = {Watched.STATUS: "status_change", Watched.SEVERITY: "severity_change"}
_WITH_PAGE = frozenset((FindingAction.ISSUE.value, FIX_OPENED))
_VALUES = frozenset(("status_change", "severity_change"))


class HistoryLine(Struct, frozen=True):
    """One event of the history.

    Attributes:
        change: "high \u2192 medium"; "" if nothing has a value.
        who: who did it, if that is known.
        is_seen: we saw it; no entry lists it.
        page: address of the created page, as the server reports it; "" for none.
    """

    at: datetime
    heading: str
    change: str
    who: str
    comment: str = ""
    is_seen: bool = False
    page: str = ""


def history_lines(
    events: Sequence[FindingEvent], changes: Sequence[SeenChange]
) -> tuple[HistoryLine, ...]:
    """Return both in one list, oldest first."""
    lines = list(map(_listed_line, events))
    for change in changes:
        kind = _KINDS.get(change.field)
        same = [event for event in events if event.event_type == kind]
        latest = change.at + SAME_WRITE
        if not any(each.new_value == change.new and each.created_at <= latest for each in same):
            heading, words = tr(FIELD_WORDS[change.field]), step_text(change.old, change.new)
            who = "V\u00ed\u00f0arr"
            if change.field is Watched.PROOF:
                who = "Garmr"
                words = tr("succeeded") if change.new else tr("no longer valid")
            elif change.field is Watched.STATUS and change.new != "false_positive":
                who = tr("Unknown")  # a status without an author may be a person's (4.6)
            before = [event for event in same if event.created_at < change.at]
            newest = max(before, key=lambda event: event.created_at, default=None)
            if newest is not None and newest.user_id and newest.new_value == change.old:
                # a later attempt reviews old rows again (T-64)
                who = tr("{who}, overriding a value set by a person").format(who=who)
            lines.append(HistoryLine(change.at, heading, words, who, is_seen=True))
    return tuple(sorted(lines, key=lambda line: line.at))


def earlier_line(proposal: Proposal) -> HistoryLine | None:
    """Return the entry of a decision in an earlier scan, which no server lists for this finding."""
    earlier = proposal.earlier
    at = None if earlier is None else earlier.at or earlier.scan_at
    if earlier is None or at is None:
        return None
    who = tr("You") if earlier.is_own or earlier.is_here else tr("Unknown")
    if earlier.is_own is False:
        who = tr("Another account")
    heading = tr("Decided in an earlier scan")
    return HistoryLine(at, heading, decision_word(proposal), who, reason_text(proposal))


def _listed_line(event: FindingEvent) -> HistoryLine:
    kind = event.event_type
    heading = one_line(kind.replace("_", " ")).capitalize() or tr("Changed")
    if kind in _HEADINGS:
        heading = tr(_HEADINGS[kind])
    who = tr("The server")
    if event.is_own:
        who = tr("You")
    elif event.user_id:
        who = tr("User {id}").format(id=one_line(event.user_id)[:ID_SHOWN])
    change = step_text(event.old_value, event.new_value) if kind in _VALUES else ""
    comment = (event.comment or "") if kind == "comment" else ""  # others: a fixed sentence (T-82)
    page = page_of(event) if kind in _WITH_PAGE else ""
    return HistoryLine(event.created_at, heading, change, who, comment, page=page)


# The path of data in a finding, as steps; only the steps its row really contains.
#
# A taint finding gives its ends: `line_start` is the source, `line_end` the sink, and its title
# names both. Any finding may list places in its description, one per entry; these are steps, too.
# Source: protocol.md 4.5 (who writes what), behaviour.md feature 15.


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
    return finding.fingerprint.startswith("taint-") and bool(finding.file_path)


def _listed(text: str) -> Iterator[FlowStep]:
    """Yield the entries of lists that name a place, with the first they name."""
    for line in text[:DESCRIPTION_LIMIT].splitlines():
        found = _ENTRY.match(line[: TEXT_LIMIT * 4])
        entry = found[1] if found else ""
        for number in _LINE.finditer(entry):
            before = _PATH_BACKWARDS.match(entry[: number.start()][::-1])
            path = before[0][::-1] if before else ""
            stem, dot, ending = path.rpartition("/")[2].rpartition(".")
            is_file = bool(stem and dot and ending.isalnum() and len(ending) <= _LONGEST_ENDING)
            if is_file and not path.startswith("//"):  # after the scheme of an address
                rest = entry[: number.start() - len(path)] + entry[number.end() :]
                plain = one_line(rest.replace("`", "")).strip(" ,:;-\u2013\u2014")[:TEXT_LIMIT]
                yield FlowStep(FlowRole.STEP, plain, path, int(number[1]))
                break
