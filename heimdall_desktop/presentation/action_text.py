"""The texts of actions on findings, their confirmation and state, and of the self-test."""

from collections.abc import Sequence

from msgspec import Struct

from heimdall_desktop.domain.facts import finding_action
from heimdall_desktop.domain.facts.finding import Details, one_line
from heimdall_desktop.domain.facts.finding_action import ActionState, FindingAction, Phase
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import SelfTestAnswer, SelfTestPart
from heimdall_desktop.presentation.board.scan_status import Mood
from heimdall_desktop.presentation.board.source_text import Feature, lacks
from heimdall_desktop.presentation.error_text import cause, manual_entry, remedy
from heimdall_desktop.presentation.i18n import tr, tr_noop
from heimdall_desktop.presentation.labels import shortened
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
    FindingAction.FIX: tr_noop("Open fix request"),
    FindingAction.MARK_APPLIED: tr_noop("Mark patch as applied"),
}


TITLE_SHOWN, TITLES_NAMED = 80, 3  # characters of a title, and titles, if several are named


class Question(Struct, frozen=True):
    """The confirmation of an action that cannot be undone.

    Attributes:
        doing: heading and button.
        question: one sentence.
        consequence: the result.
    """

    doing: str
    question: str
    consequence: str


class ActionLine(Struct, frozen=True):
    """The state of an action, in a line.

    Attributes:
        icon: name of the glyph.
        fact: one sentence.
        consequence: one more, or "".
        leave: label of the button that stops waiting or dismisses it; "" for none.
        page_label: label of the button that opens the created page; "" for none.
        has_answer: a model's answer is available.
        help: the entry of its error in the manual, or "".
    """

    mood: Mood
    icon: str
    fact: str
    consequence: str = ""
    leave: str = ""
    page_label: str = ""
    has_answer: bool = False
    help: str = ""


_QUESTIONS = {
    FindingAction.ISSUE: (
        tr_noop("Create issue"),
        tr_noop("Create an issue for \u201c{title}\u201d?"),
        tr_noop("{host} creates it in the repository's issue tracker, where others can see it."),
    ),
    FindingAction.ALL_ISSUES: (
        tr_noop("Create issues"),
        tr_noop("Create an issue for each distinct title among the open findings in {scan}?"),
        tr_noop("This may create many issues that others can see. They can't be removed here."),
    ),
    FindingAction.FIX: (
        tr_noop("Open fix request"),
        tr_noop("Let {host} fix \u201c{title}\u201d?"),
        tr_noop("Its model writes a change and opens a pull request in the repository."),
    ),
    FindingAction.MARK_APPLIED: (
        tr_noop("Mark as applied"),
        tr_noop("Mark the newest patch for \u201c{title}\u201d as applied?"),
        tr_noop("This only adds a note; no files are changed. It can't be undone on the server."),
    ),
}


def action_title(action: FindingAction) -> str:
    """Return the name of an action, with dots if it needs a confirmation."""
    return f"{tr(TITLES[action])}\u2026" if action in _QUESTIONS else tr(TITLES[action])


def question(action: FindingAction, host: str, title: str) -> Question | None:
    """Return the confirmation of an action; None for one that changes nothing.

    Args:
        title: of the finding, or of the scan.
    """
    if action not in _QUESTIONS:
        return None
    named = one_line(title)[:TITLE_SHOWN]
    texts = (tr(text).format(host=host, title=named, scan=named) for text in _QUESTIONS[action])
    return Question(*texts)


def obstacle_text(
    scan: Scan | None,
    action: FindingAction,
    *,
    is_not_offered: bool,
    is_under_way: bool,
    is_given_up: bool,
) -> str:
    """Return why an action is not available; "" if it is.

    Args:
        scan: the scan it is about; None if it is not watched.
        is_not_offered: the server has responded that it does not know the action.
        is_under_way: it was requested, and has not finished.
        is_given_up: the server broke its connection at each try (protocol.md T-79).
    """
    if scan is None:
        return tr("Its scan isn't watched.")
    if is_not_offered:
        return tr(FEATURES[action].value)
    if is_under_way:
        return tr("The server is already working on this.")
    if is_given_up:
        return tr(
            "The server dropped the connection on every attempt. Another attempt would fail too."
        )
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
    FindingAction.EXPLAIN: tr_noop("Explaining with AI, {time}."),
    FindingAction.VERIFY: tr_noop("Verifying with AI, {time}."),
    FindingAction.ISSUE: tr_noop("Creating issue, {time}."),
    FindingAction.ALL_ISSUES: tr_noop("Creating issues, {time}."),
    FindingAction.FIX: tr_noop("Requesting fix, {time}."),
    FindingAction.MARK_APPLIED: tr_noop("Marking patch as applied, {time}."),
}
_DONE = {
    FindingAction.EXPLAIN: tr_noop("AI explanation finished."),
    FindingAction.VERIFY: tr_noop("AI verification finished."),
    FindingAction.FIX: tr_noop("The fix request is open."),
    FindingAction.MARK_APPLIED: tr_noop("The patch is marked as applied."),
}
_NOT_DONE = {
    FindingAction.EXPLAIN: tr_noop("Couldn't explain the finding."),
    FindingAction.VERIFY: tr_noop("Couldn't verify the finding."),
    FindingAction.ISSUE: tr_noop("Couldn't create the issue."),
    FindingAction.ALL_ISSUES: tr_noop("Couldn't create the issues."),
    FindingAction.FIX: tr_noop("Couldn't open a fix request."),
    FindingAction.MARK_APPLIED: tr_noop("Couldn't mark the patch as applied."),
}


def action_line(state: ActionState, elapsed_s: float) -> ActionLine:
    """Return the state of an action.

    Args:
        elapsed_s: since it was requested.
    """
    time = clock_text(elapsed_s)
    what = tr(_NOUNS[state.action])
    match state.phase:
        case Phase.WAITING:
            fact = tr(_DOING[state.action]).format(time=time)
            patience = tr("This may take several minutes.")
            return ActionLine(Mood.WORKING, "stage-running", fact, patience, tr("Stop waiting"))
        case Phase.LEFT:
            fact = tr("{what}: no longer waiting, {time}.").format(what=what, time=time)
            return ActionLine(
                Mood.CALM,
                "stage-quiet",
                fact,
                tr("The server continues. The result appears here when it arrives."),
            )
        case Phase.LOOKING:
            return ActionLine(
                Mood.ATTENTION,
                "conn-quiet",
                tr("{what}: result unknown, checking, {time}.").format(what=what, time=time),
                tr("No response was received. Checking the history; nothing is sent again."),
                tr("Stop checking"),
            )
        case Phase.FOLLOWED:
            return ActionLine(
                Mood.WORKING,
                "stage-running",
                tr("The fix request is running, {time}.").format(time=time),
                tr("Checking the history for its result."),
                tr("Stop checking"),
            )
        case Phase.DONE:
            return _done_line(state)
        case Phase.FAILED:
            return _failed_line(state, Mood.ERROR, "stage-failed", tr(_NOT_DONE[state.action]))
        case Phase.UNKNOWN if isinstance(state.made, finding_action.IssuesSeen):
            fact, without = seen_text(state.made)
            return _failed_line(state, Mood.ATTENTION, "conn-quiet", fact, without)
        case Phase.UNKNOWN:
            fact = tr("{what}: result unknown.").format(what=what)
            return _failed_line(state, Mood.ATTENTION, "conn-quiet", fact)


def _failed_line(
    state: ActionState, mood: Mood, icon: str, fact: str, more: str = ""
) -> ActionLine:
    why = () if state.error is None else (cause(state.error), remedy(state.error))
    consequence, entry = " ".join(filter(None, (more, *why))), manual_entry(state.error)
    return ActionLine(mood, icon, fact, consequence, tr("Close"), help=entry)


def _done_line(state: ActionState) -> ActionLine:
    fact, page_label = tr(_DONE.get(state.action, "")), ""
    consequence = ""
    if state.action is FindingAction.ISSUE:
        is_new = isinstance(state.made, finding_action.IssueMade) and state.made.is_new
        fact = tr("An issue was created.") if is_new else tr("An issue already exists.")
        page_label = tr("Open issue\u2026")
    elif isinstance(state.made, finding_action.IssueSums):
        fact, consequence = sums_text(state.made)
    elif isinstance(state.made, finding_action.IssuesSeen):
        fact, consequence = seen_text(state.made)
    elif state.action is FindingAction.FIX:
        page_label = tr("Open pull request\u2026")
    elif state.action is FindingAction.MARK_APPLIED:
        consequence = tr("This can't be undone on the server.")
    elif not state.details:
        consequence = tr("The AI's answer was empty.")
    return ActionLine(
        Mood.CALM,
        "stage-done",
        fact,
        consequence,
        tr("Close"),
        page_label if state.page else "",
        has_answer=bool(state.details),
    )


def sums_text(sums: finding_action.IssueSums) -> tuple[str, str]:
    """Return the result of issues for all, never as one sum: they count two things (T-77)."""
    created = tr("%n issues created", "", sums.created, one="%n issue created")
    linked = tr("%n linked", "", sums.linked)
    fact = tr("{created}, {linked}, for {covered} of {findings} findings.").format(
        created=created, linked=linked, covered=sums.covered, findings=sums.findings
    )
    failed = tr("Failed for %n findings.", "", sums.failed, one="Failed for %n finding.")
    return fact, failed if sums.failed else ""


def seen_text(seen: finding_action.IssuesSeen) -> tuple[str, str]:
    """Return how many findings have an issue, and which have none, if that is reported (T-78)."""
    fact = tr("{found} of {findings} open findings known here now have an issue.").format(
        found=seen.found, findings=seen.findings
    )
    named = [one_line(title)[:TITLE_SHOWN] for title, _ in seen.without[:TITLES_NAMED]]
    more = sum(count for _, count in seen.without[TITLES_NAMED:])
    if more:
        named.append(tr("%n more findings", "", more, one="%n more finding"))
    without = tr("No known issue for: {titles}.").format(titles="; ".join(named)) if named else ""
    unread = tr("%n couldn't be checked.", "", seen.unread) if seen.unread else ""
    return fact, " ".join(filter(None, (without, unread)))


_NAMES = {
    "summary": tr_noop("Summary"),
    "why_flagged": tr_noop("Why it was flagged"),
    "what_to_review": tr_noop("What to review"),
    "remediation_focus": tr_noop("Where to start the fix"),
    "verdict": tr_noop("Verdict"),
    "rationale": tr_noop("Rationale"),
    "true_positive_signals": tr_noop("Arguments for"),
    "false_positive_signals": tr_noop("Arguments against"),
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
    is_explanation = action is FindingAction.EXPLAIN
    return tr("AI explanation") if is_explanation else tr("AI verification")


def answer_parts(details: Details) -> tuple[tuple[str, str], ...]:
    """Return headings and texts of a model's answer, the known ones first and in their order."""
    order = list(_NAMES)
    ordered = sorted(details, key=lambda d: order.index(d[0]) if d[0] in _NAMES else len(order))
    parts = []
    for name, lines in ordered:
        known = _NAMES.get(name)
        plain = one_line(name.replace("_", " ")).capitalize()
        words = [tr(_WORDS[line]) if line in _WORDS else line for line in lines]
        body = "\n".join(words if len(words) == 1 else [f"- {line}" for line in words])
        if lines:
            parts.append((tr(known) if known else plain or tr("Answer"), body))
    return tuple(parts)


# The results of a self-test, as lines to read and to copy.


LONGEST_NAME = 120  # a desktop service can have any name
PARTS = {
    SelfTestPart.NOTIFICATIONS: tr_noop("Notifications"),
    SelfTestPart.KEYRING: tr_noop("Keyring"),
    SelfTestPart.PORTAL: tr_noop("Desktop portal"),
    SelfTestPart.CONNECTION: tr_noop("Server"),
    SelfTestPart.TRAY: tr_noop("Tray"),
    SelfTestPart.LINKS: tr_noop("Links"),
    SelfTestPart.AT_LOGIN: tr_noop("Start at login"),
    SelfTestPart.VERSION: tr_noop("Version"),
}
#: Parts that are on or off, or have a name; the texts with a name, and without.
STATES = {
    SelfTestPart.TRAY: (
        tr_noop("Tray: available."),
        tr_noop("Tray: none. Closing the window minimises it instead."),
    ),
    SelfTestPart.LINKS: (
        tr_noop("Links: heimdall:// opens Heimdall Desktop."),
        tr_noop("Links: heimdall:// isn't set up. Run heimdall-desktop --install-desktop-entry."),
    ),
    SelfTestPart.AT_LOGIN: (tr_noop("Start at login: on."), tr_noop("Start at login: off.")),
    SelfTestPart.VERSION: (tr_noop("Version: {name}."), ""),
    SelfTestPart.KEYRING: (
        tr_noop("{part}: {name}, responded in {ms} ms."),
        tr_noop("{part}: none; tokens are kept for this session only."),
    ),
}


def self_test_notification() -> tuple[str, str]:
    """Return title and body of the notification that a self-test shows."""
    return tr("Notifications work"), tr("This notification was sent by the Heimdall self-test.")


def self_test_text(answers: Sequence[SelfTestAnswer]) -> str:
    lines = []
    for tested in answers:
        named, nameless = STATES.get(tested.part, STATES[SelfTestPart.KEYRING])
        text = tr(named if tested.name else nameless)
        if tested.error is not None:
            text = tr("{part}: failed after {ms} ms. {cause}")
        line = text.format(
            part=tr(PARTS[tested.part]),
            name=shortened(one_line(tested.name), LONGEST_NAME),
            ms=round(tested.took_s * 1000),
            cause="" if tested.error is None else cause(tested.error),
        )
        lines.append(line)
    return "\n".join(lines)
