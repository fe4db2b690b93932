"""The history of a finding: the server's audit, and the changes we saw that it does not list.

Persons leave entries in the audit; validation leaves none, so its changes are known only if we
watched. A change that an entry explains is listed once. Source: protocol.md 4.5, 4.6, 5.9,
T-82.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from heimdall_desktop.domain.facts.finding import FindingEvent, one_line
from heimdall_desktop.domain.facts.finding_action import FIX_OPENED, FindingAction, page_of
from heimdall_desktop.domain.facts.readings import SeenChange, Watched
from heimdall_desktop.presentation.detail.verdict_text import FIELD_WORDS, step_text
from heimdall_desktop.presentation.i18n import tr, tr_noop

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
            lines.append(_seen_line(change, same))
    return tuple(sorted(lines, key=lambda line: line.at))


def event_heading(event: FindingEvent) -> str:
    """Return the subject of an audit entry, in a word or two."""
    known = _HEADINGS.get(event.event_type)
    if known:
        return tr(known)
    return one_line(event.event_type.replace("_", " ")).capitalize() or tr("Changed")


def event_change(event: FindingEvent) -> str:
    """Return "high \u2192 medium"; "" if the entry carries no values."""
    return step_text(event.old_value, event.new_value) if event.event_type in _VALUES else ""


def _listed_line(event: FindingEvent) -> HistoryLine:
    who = tr("The server")
    if event.is_own:
        who = tr("You")
    elif event.user_id:
        who = tr("User {id}").format(id=one_line(event.user_id)[:ID_SHOWN])
    is_comment = event.event_type == "comment"  # others carry a fixed sentence (T-82)
    change, comment = event_change(event), (event.comment or "") if is_comment else ""
    page = page_of(event) if event.event_type in _WITH_PAGE else ""
    return HistoryLine(event.created_at, event_heading(event), change, who, comment, page=page)


def _seen_line(change: SeenChange, same: Sequence[FindingEvent]) -> HistoryLine:
    """Return the line of a change that no entry explains.

    Args:
        change: what was seen.
        same: the entries about the same field.
    """
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
    return HistoryLine(change.at, heading, words, who, is_seen=True)
