"""What is said of actions on findings: what each is called, what it asks first, how it stands."""

from collections.abc import Sequence

from msgspec import Struct

from heimdall_desktop.domain.facts.errors import HeimdallError
from heimdall_desktop.domain.facts.finding import Details, one_line
from heimdall_desktop.domain.facts.finding_action import (
    ActionState,
    FindingAction,
    IssueMade,
    IssuesSeen,
    IssueSums,
    Phase,
)
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.presentation.board.sign import Mood
from heimdall_desktop.presentation.board.source_text import Feature, lacks
from heimdall_desktop.presentation.error_text import cause, remedy
from heimdall_desktop.presentation.i18n import tr, tr_noop
from heimdall_desktop.presentation.time_text import clock_text

FEATURES = {
    FindingAction.EXPLAIN: Feature.AI,
    FindingAction.VERIFY: Feature.AI,
    FindingAction.ISSUE: Feature.ISSUES,
    FindingAction.ALL_ISSUES: Feature.ALL_ISSUES,
    FindingAction.FIX: Feature.FIXES,
    FindingAction.MARK_APPLIED: Feature.PATCHES,
}
TITLES = {
    FindingAction.EXPLAIN: tr_noop("Explain with AI"),
    FindingAction.VERIFY: tr_noop("Verify with AI"),
    FindingAction.ISSUE: tr_noop("Create issue"),
    FindingAction.ALL_ISSUES: tr_noop("Create issues for all open findings"),
    FindingAction.FIX: tr_noop("Open a fix request"),
    FindingAction.MARK_APPLIED: tr_noop("Mark the patch as applied"),
}


TITLE_SHOWN, TITLES_NAMED = 80, 3  # characters of a title, and titles, where several are named


class Question(Struct, frozen=True):
    """What is asked before something is done that cannot be taken back.

    Attributes:
        doing: heading and button.
        question: one sentence.
        consequence: what follows.
    """

    doing: str
    question: str
    consequence: str


class ActionLine(Struct, frozen=True):
    """How an action stands, in a line.

    Attributes:
        icon: name of the glyph.
        fact: one sentence.
        consequence: one more, or "".
        leave: label of the button that stops waiting or forgets it; "" for none.
        page_label: label of the button that opens what was made; "" for none.
        has_answer: a model's answer is there to be shown.
    """

    mood: Mood
    icon: str
    fact: str
    consequence: str = ""
    leave: str = ""
    page_label: str = ""
    has_answer: bool = False


def action_title(action: FindingAction) -> str:
    """Return what an action is called, with dots where it asks first."""
    asks = question(action, "", "") is not None
    return f"{tr(TITLES[action])}\u2026" if asks else tr(TITLES[action])


def question(action: FindingAction, host: str, title: str) -> Question | None:
    """Return what is asked before an action; None for what changes nothing.

    Args:
        action: what shall be done.
        host: the server.
        title: of the finding, or of the scan.
    """
    named = one_line(title)[:TITLE_SHOWN]
    if action is FindingAction.ISSUE:
        return Question(
            tr("Create issue"),
            tr("Create an issue of \u201c{title}\u201d?").format(title=named),
            tr("{host} writes it into the tracker of the repository, where others see it.").format(
                host=host
            ),
        )
    if action is FindingAction.ALL_ISSUES:
        return Question(
            tr("Create issues"),
            tr("Create an issue of each title among the open findings of {scan}?").format(
                scan=named
            ),
            tr("There may be many, others see them, and they cannot be taken back here."),
        )
    if action is FindingAction.FIX:
        return Question(
            tr("Open fix request"),
            tr("Let {host} fix \u201c{title}\u201d?").format(host=host, title=named),
            tr("Its model writes a change, and opens a pull request in the repository."),
        )
    if action is FindingAction.MARK_APPLIED:
        return Question(
            tr("Mark as applied"),
            tr("Mark the newest patch of \u201c{title}\u201d as applied?").format(title=named),
            tr("It is a note only: no file changes. The server has no way to take it back."),
        )
    return None


def obstacle_text(
    scan: Scan | None,
    action: FindingAction,
    *,
    is_not_offered: bool,
    is_under_way: bool,
    is_given_up: bool,
) -> str:
    """Return why an action cannot be asked for; "" if it can.

    Args:
        scan: the scan it is about; None if it is not watched.
        action: what is asked for.
        is_not_offered: the server has answered that it knows no such thing.
        is_under_way: it was asked for, and its end is still to come.
        is_given_up: the server broke its connection at each try (heimdall-api.md T-79).
    """
    if scan is None:
        return tr("Its scan is not watched.")
    if is_not_offered:
        return tr(FEATURES[action].value)
    if is_under_way:
        return tr("The server is at work on that.")
    if is_given_up:
        return tr("The server broke its connection at each try: it would again.")
    return lacks(scan, FEATURES[action])


_NOUNS = {
    FindingAction.EXPLAIN: tr_noop("Explanation"),
    FindingAction.VERIFY: tr_noop("Verification"),
    FindingAction.ISSUE: tr_noop("Issue"),
    FindingAction.ALL_ISSUES: tr_noop("Issues"),
    FindingAction.FIX: tr_noop("Fix request"),
    FindingAction.MARK_APPLIED: tr_noop("Patch"),
}
_DOING = {
    FindingAction.EXPLAIN: tr_noop("A model explains it, {time}."),
    FindingAction.VERIFY: tr_noop("A model judges it, {time}."),
    FindingAction.ISSUE: tr_noop("The issue is made, {time}."),
    FindingAction.ALL_ISSUES: tr_noop("Issues are made, {time}."),
    FindingAction.FIX: tr_noop("The fix request is asked for, {time}."),
    FindingAction.MARK_APPLIED: tr_noop("The patch is marked, {time}."),
}
_DONE = {
    FindingAction.EXPLAIN: tr_noop("A model has explained it."),
    FindingAction.VERIFY: tr_noop("A model has judged it."),
    FindingAction.FIX: tr_noop("The fix request is open."),
    FindingAction.MARK_APPLIED: tr_noop("The patch is marked as applied."),
}
_NOT_DONE = {
    FindingAction.EXPLAIN: tr_noop("Not explained."),
    FindingAction.VERIFY: tr_noop("Not judged."),
    FindingAction.ISSUE: tr_noop("No issue made."),
    FindingAction.ALL_ISSUES: tr_noop("No issues made."),
    FindingAction.FIX: tr_noop("No fix request."),
    FindingAction.MARK_APPLIED: tr_noop("Not marked."),
}


def action_line(state: ActionState, elapsed_s: float) -> ActionLine:
    """Return how an action stands.

    Args:
        state: the action.
        elapsed_s: since it was asked for.
    """
    time = clock_text(elapsed_s)
    what = tr(_NOUNS[state.action])
    match state.phase:
        case Phase.WAITING:
            fact = tr(_DOING[state.action]).format(time=time)
            patience = tr("It may take minutes.")
            return ActionLine(Mood.WORKING, "stage-running", fact, patience, tr("Stop waiting"))
        case Phase.LEFT:
            fact = tr("{what}: not waited for any more, {time}.").format(what=what, time=time)
            return ActionLine(
                Mood.CALM,
                "stage-quiet",
                fact,
                tr("The server goes on; its answer is shown here when it comes."),
            )
        case Phase.LOOKING:
            return ActionLine(
                Mood.ATTENTION,
                "conn-quiet",
                tr("{what}: unknown, looking, {time}.").format(what=what, time=time),
                tr("No answer came. The history is read for it; nothing is sent again."),
                tr("Stop looking"),
            )
        case Phase.FOLLOWED:
            return ActionLine(
                Mood.WORKING,
                "stage-running",
                tr("The fix request runs, {time}.").format(time=time),
                tr("Its end is looked for in the history."),
                tr("Stop looking"),
            )
        case Phase.DONE:
            return _done_line(state)
        case Phase.FAILED:
            return _failed_line(state, Mood.TROUBLE, "stage-failed", tr(_NOT_DONE[state.action]))
        case Phase.UNKNOWN if isinstance(state.made, IssuesSeen):
            fact, without = seen_text(state.made)
            return _failed_line(state, Mood.ATTENTION, "conn-quiet", fact, without)
        case Phase.UNKNOWN:
            fact = tr("{what}: unknown.").format(what=what)
            return _failed_line(state, Mood.ATTENTION, "conn-quiet", fact)


def _failed_line(
    state: ActionState, mood: Mood, icon: str, fact: str, more: str = ""
) -> ActionLine:
    error: HeimdallError | None = state.error
    why = () if error is None else (cause(error), remedy(error))
    words = " ".join(filter(None, (more, *why)))
    return ActionLine(mood, icon, fact, words, tr("Close"))


def _done_line(state: ActionState) -> ActionLine:
    fact, page_label = tr(_DONE.get(state.action, "")), ""
    consequence = ""
    if state.action is FindingAction.ISSUE:
        is_new = isinstance(state.made, IssueMade) and state.made.is_new
        fact = tr("An issue was created.") if is_new else tr("There is an issue of it already.")
        page_label = tr("Open issue\u2026")
    elif isinstance(state.made, IssueSums):
        fact, consequence = sums_text(state.made)
    elif isinstance(state.made, IssuesSeen):
        fact, consequence = seen_text(state.made)
    elif state.action is FindingAction.FIX:
        page_label = tr("Open pull request\u2026")
    elif state.action is FindingAction.MARK_APPLIED:
        consequence = tr("The server has no way to take that back.")
    elif not state.details:
        consequence = tr("Its answer was empty.")
    return ActionLine(
        Mood.CALM,
        "stage-done",
        fact,
        consequence,
        tr("Close"),
        page_label if state.page else "",
        has_answer=bool(state.details),
    )


def sums_text(sums: IssueSums) -> tuple[str, str]:
    """Return what came of issues for all, never as one sum: they count two things (T-77)."""
    created = tr("%n issues created", "", sums.created, one="%n issue created")
    linked = tr("%n linked", "", sums.linked)
    covered = tr("for {covered} of {findings} findings.").format(
        covered=sums.covered, findings=sums.findings
    )
    failed = tr("%n findings failed.", "", sums.failed, one="%n finding failed.")
    return f"{created}, {linked}, {covered}", failed if sums.failed else ""


def seen_text(seen: IssuesSeen) -> tuple[str, str]:
    """Return how many findings have an issue, and which have none as far as it is told (T-78)."""
    fact = tr("{found} of {findings} open findings known here have an issue now.").format(
        found=seen.found, findings=seen.findings
    )
    named = [one_line(title)[:TITLE_SHOWN] for title, _ in seen.without[:TITLES_NAMED]]
    more = sum(count for _, count in seen.without[TITLES_NAMED:])
    if more:
        named.append(tr("%n more findings", "", more, one="%n more finding"))
    without = tr("None is told for: {titles}.").format(titles="; ".join(named)) if named else ""
    unread = tr("%n could not be read.", "", seen.unread) if seen.unread else ""
    return fact, " ".join(filter(None, (without, unread)))


_NAMES = {
    "summary": tr_noop("Summary"),
    "why_flagged": tr_noop("Why it was flagged"),
    "what_to_review": tr_noop("What to review"),
    "remediation_focus": tr_noop("Where to begin the fix"),
    "verdict": tr_noop("Verdict"),
    "rationale": tr_noop("Rationale"),
    "true_positive_signals": tr_noop("Speaks for it"),
    "false_positive_signals": tr_noop("Speaks against it"),
    "recommended_status": tr_noop("Recommended status"),
}
_WORDS = {
    "confirmed": tr_noop("Confirmed"),
    "needs_review": tr_noop("Needs review"),
    "false_positive_likely": tr_noop("Likely a false positive"),
    "false_positive": tr_noop("False positive"),
    "open": tr_noop("Open"),
    "dismissed": tr_noop("Dismissed"),
    "fixed": tr_noop("Fixed"),
}


def answer_title(action: FindingAction) -> str:
    """Return what a model's answer is."""
    is_explanation = action is FindingAction.EXPLAIN
    return tr("AI explanation") if is_explanation else tr("AI verification")


def answer_parts(details: Details) -> tuple[tuple[str, str], ...]:
    """Return headings and texts of a model's answer, the known ones first and in their order."""
    order = list(_NAMES)
    known = sorted((d for d in details if d[0] in _NAMES), key=lambda d: order.index(d[0]))
    rest = [detail for detail in details if detail[0] not in _NAMES]
    return tuple((_heading(name), _body(lines)) for name, lines in (*known, *rest) if lines)


def _heading(name: str) -> str:
    known = _NAMES.get(name)
    return tr(known) if known else one_line(name.replace("_", " ")).capitalize() or tr("Answer")


def _body(lines: Sequence[str]) -> str:
    words = [tr(_WORDS[line]) if line in _WORDS else line for line in lines]
    return words[0] if len(words) == 1 else "\n".join(f"- {line}" for line in words)
