"""Server actions on a finding other than decisions, and their state.

Explanations and second opinions come from a model. Issues and fix requests are made at a code host.
Each is requested once: if an answer is lost, the audit is checked for the result.
Source: protocol.md 4.6, T-24, T-55, T-77 to T-80.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import Enum, auto

from msgspec import Struct

from heimdall_desktop.domain.facts.errors import HeimdallError
from heimdall_desktop.domain.facts.finding import Details, Finding, FindingEvent, FindingId, ScanId
from heimdall_desktop.domain.facts.server import id_on_server


class FindingAction(Enum):
    """A requested action; the value is the audit entry that shows it succeeded."""

    EXPLAIN = "ai_explanation"
    VERIFY = "ai_verification"
    ISSUE = "issue_linked"
    FIX = "remediation_started"
    MARK_APPLIED = "patch_applied"
    ALL_ISSUES = "all issues of a scan"  # leaves one entry of ISSUE with each finding


AI_ACTIONS = (FindingAction.EXPLAIN, FindingAction.VERIFY)
FIX_OPENED, FIX_FAILED = "remediation_pr_opened", "remediation_failed"


class Phase(Enum):
    """The phase of an action."""

    WAITING = auto()
    """The server is working on it."""
    LEFT = auto()
    """The same, but nothing waits for it any longer."""
    LOOKING = auto()
    """No answer arrived; the audit is checked for the result."""
    FOLLOWED = auto()
    """A fix request is running; the audit is checked for its end."""
    DONE = auto()
    FAILED = auto()
    UNKNOWN = auto()
    """No answer arrived, and the audit does not show the result either."""


UNDER_WAY = frozenset({Phase.WAITING, Phase.LEFT, Phase.LOOKING, Phase.FOLLOWED})


class IssueSums(Struct, frozen=True):
    """The result of issues for all: the first two count issues, the others findings (T-77)."""

    created: int
    linked: int
    failed: int
    covered: int
    findings: int


class IssuesSeen(Struct, frozen=True):
    """The issues in the histories of the open findings, after an answer was lost.

    Attributes:
        found: how many findings have an issue; one issue covers all findings of its title.
        without: titles without a known issue, and how many findings have each.
        unread: for how many findings this is unknown, because no history could be read.
    """

    found: int
    without: tuple[tuple[str, int], ...] = ()
    unread: int = 0

    @property
    def findings(self) -> int:
        return self.found + sum(count for _, count in self.without) + self.unread

    @property
    def is_whole(self) -> bool:
        return 0 < self.found == self.findings


class IssueMade(Struct, frozen=True):
    """An issue at the code host.

    Attributes:
        is_new: it was made now; otherwise the same finding already had one.
        page: its address; "" if the server does not report it.
    """

    is_new: bool
    page: str


class CodeHost(Struct, frozen=True):
    """The code host of a repository, as far as it decides what can be made there (4.6, 4.10)."""

    source_type: str
    is_connected: bool

    def takes(self, action: FindingAction) -> bool:
        """Whether fixes can be requested there, or issues be made."""
        is_fix = action is FindingAction.FIX
        takers = ("github",) if is_fix else ("github", "gitlab", "bitbucket")
        return self.is_connected and self.source_type in takers


class ActionState(Struct, frozen=True):
    """The state of an action.

    Attributes:
        subject: the finding, or for all issues the scan.
        began_at_s: when it was requested, by our monotonic clock.
        at: when it ended, or was last checked.
        fix_id: the server's id of a fix request that has started; "" if it is not reported.
        page: address of what was made: an issue or a pull request.
        made: the issues that a server reported, or that were found.
        details: the answer of a model.
        error: why it failed, or why the result is unknown.
    """

    subject: FindingId | ScanId
    action: FindingAction
    phase: Phase
    began_at_s: float
    at: datetime | None = None
    fix_id: str = ""
    page: str = ""
    made: IssueMade | IssueSums | IssuesSeen | None = None
    details: Details = ()
    error: HeimdallError | None = None

    @property
    def is_under_way(self) -> bool:
        return self.phase in UNDER_WAY


class ModelAnswer(Struct, frozen=True):
    """A model's answer about a finding, and when it was given."""

    action: FindingAction
    at: datetime
    details: Details


def model_answers(
    events: Iterable[FindingEvent], states: Iterable[ActionState]
) -> tuple[ModelAnswer, ...]:
    """Return the newest answer to each question to a model, newest first.

    The audit and the answer have the same content. Without an audit entry yet, the answer is used.
    """
    newest: dict[FindingAction, ModelAnswer] = {}
    for state in states:
        if state.action in AI_ACTIONS and state.details and state.at is not None:
            newest[state.action] = ModelAnswer(state.action, state.at, state.details)
    for action in AI_ACTIONS:
        reported = [event for event in events if event.event_type == action.value and event.details]
        last = max(reported, key=lambda event: event.created_at, default=None)
        own = newest.get(action)
        if last is not None and (own is None or own.details == last.details):
            newest[action] = ModelAnswer(action, last.created_at, last.details)
    return tuple(sorted(newest.values(), key=lambda answer: answer.at, reverse=True))


def new_entry(
    events: Sequence[FindingEvent], before: frozenset[str], event_types: Iterable[str]
) -> FindingEvent | None:
    """Return the newest entry of some types that did not exist before."""
    wanted = frozenset(event_types)
    made = (e for e in events if e.event_type in wanted and e.id not in before)
    return max(made, key=lambda event: event.created_at, default=None)


def end_of_fix(
    events: Sequence[FindingEvent], before: frozenset[str], fix_id: str
) -> FindingEvent | None:
    """Return the new entry that reports the end of a fix request; None while there is none.

    Several may run at once. A failure names its request. A pull request names only the branch,
    which the entry of its start names too. Source: protocol.md 4.6.
    """
    made = [event for event in events if event.id not in before]
    begun = next((event for event in made if event.new_value == fix_id), None)
    branch = _value(begun, "branch") if begun is not None else ""

    def is_ours(event: FindingEvent) -> bool:
        if event.event_type == FIX_FAILED:
            return fix_id in ("", event.new_value)
        is_of_branch = not branch or _value(event, "branch") in ("", branch)
        return event.event_type == FIX_OPENED and is_of_branch

    return max(filter(is_ours, made), key=lambda event: event.created_at, default=None)


def _value(event: FindingEvent, name: str) -> str:
    lines = dict(event.details).get(name)
    return lines[0] if lines else ""


def page_of(event: FindingEvent) -> str:
    """Return the address that an entry names; "" if it names none.

    It is shown only after the host was named, see `LinkPrompt`.
    """
    return _value(event, "pr_url") or _value(event, "issue_url") or event.new_value or ""


# A patch the server's report stage made for a finding, and which of several counts.


class Patch(Struct, frozen=True):
    """One row of the server's list. Source: protocol.md 4.7.

    Attributes:
        diff: a unified diff, as far as the model that wrote it could.
        is_applied: it is marked as applied; the server itself applies none.
        created_at: None for the text in the finding's own row.
    """

    id: str
    finding_id: FindingId
    diff: str
    is_applied: bool = False
    created_at: datetime | None = None


def patches_to_show(finding: Finding, listed: Iterable[Patch]) -> tuple[Patch, ...]:
    """Return the patches of a finding, newest first; the newest one counts.

    The text in the finding's own row is added only if no listed patch has the same text.
    """
    own, there = finding.suggested_patch or "", id_on_server(finding.id)
    patches = sorted(
        (patch for patch in listed if patch.finding_id == there and patch.diff.strip()),
        key=lambda patch: patch.created_at or finding.created_at,
        reverse=True,
    )
    if own.strip() and own.strip() not in {patch.diff.strip() for patch in patches}:
        patches.append(Patch("", finding.id, own))
    return tuple(patches)
