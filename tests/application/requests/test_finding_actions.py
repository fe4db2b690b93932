"""What is asked about findings beyond decisions: once, and looked for where the answer was lost.

Over real sockets, with a server that refuses, delays, breaks off, and answers what was written down
(protocol.md 4.6, T-24, T-55, T-77 to T-81).
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

from heimdall_desktop.application.base.tasks import RequestTasks
from heimdall_desktop.application.requests import finding_actions as module
from heimdall_desktop.application.requests.finding_actions import FindingActions
from heimdall_desktop.application.requests.read_back import add_comment
from heimdall_desktop.domain.facts import finding_action
from heimdall_desktop.domain.facts.errors import HeimdallError, Reason
from heimdall_desktop.domain.facts.finding import FindingId, ScanId, Source
from heimdall_desktop.domain.facts.finding_action import ActionState, FindingAction, Phase
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.local.rows import FindingId as LocalFindingId
from heimdall_desktop.presentation.action_text import action_line
from heimdall_desktop.presentation.board.source_text import Feature
from heimdall_desktop.presentation.detail.finding_text import history_lines
from heimdall_desktop.presentation.error_text import error_text
from tests.fakes.controller_desk import EMAIL, ControllerDesk, idle_server, signed_in_desk
from tests.fakes.findings import make_event
from tests.lab.faults import Fault, Shape
from tests.lab.scripting import ScriptedScan
from tests.lab.server import LabServer

EXPLAIN, VERIFY, ISSUE = FindingAction.EXPLAIN, FindingAction.VERIFY, FindingAction.ISSUE
FIX, ALL_ISSUES, MARK = FindingAction.FIX, FindingAction.ALL_ISSUES, FindingAction.MARK_APPLIED
DONE, FAILED, UNKNOWN = Phase.DONE, Phase.FAILED, Phase.UNKNOWN
SAID = {"summary": "Built by hand.", "what_to_review": ["Who calls it?", 4, None, {"a": 1}]}
DETAILS = (("summary", ("Built by hand.",)), ("what_to_review", ("Who calls it?", "4", '{"a": 1}')))
PAGE = "https://host.example/shop/issues/4"
DIFF = "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n"
PATHS = {ISSUE: "/issue", ALL_ISSUES: "/create-all-issues", MARK: "/apply-patch", FIX: "/remediate"}
PULL = "https://host.example/shop/pull/7"


@pytest.fixture(scope="module")
def running() -> Iterator[LabServer]:
    with idle_server(EMAIL) as running:
        yield running


@pytest.fixture
async def desk(running: LabServer, tmp_path: Path) -> AsyncIterator[ControllerDesk]:
    async with signed_in_desk(running, tmp_path) as made:
        yield made


class Asked:
    """A watched scan with two findings, and what is asked about them."""

    def __init__(self, running: LabServer, desk: ControllerDesk, script: ScriptedScan) -> None:
        self.server, self.desk, self.script = running, desk, script
        self.scan_id = ScanId(script.id)
        self.finding_id = FindingId(script.finding_ids[0])
        self.tasks = RequestTasks(desk.tasks)
        self.looks: list[float] = []
        self.before_look: dict[int, Callable[[], object]] = {}
        self.may_look = asyncio.Event()
        self.may_look.set()
        self.actions = FindingActions(
            desk.store,
            self.tasks,
            link_of_scan=desk.controller.scans.link_of_scan,
            clock=time.monotonic,
            now=desk.now,
            pause=self._pause,
        )

    async def _pause(self, wait_s: float) -> None:
        self.looks.append(wait_s)
        self.before_look.get(len(self.looks), lambda: None)()
        await asyncio.sleep(0)
        await self.may_look.wait()

    @property
    def scan(self) -> Scan:
        scan = self.desk.store.scan(self.scan_id)
        assert scan is not None
        return scan

    @property
    def first(self) -> LocalFindingId:
        return self.script.finding_ids[0]

    def answer_issue(self) -> None:
        """Let an issue of the first finding be made at a code host."""
        self.script.connect().answer(self.first, "issue", {"issue_url": PAGE})

    def title(self, number: int) -> str:
        return self.scan.findings[FindingId(self.script.finding_ids[number])].title

    def state(self, action: FindingAction) -> ActionState:
        subject = self.scan_id if action is ALL_ISSUES else self.finding_id
        state = self.actions.state(subject, action)
        assert state is not None
        return state

    def ask(self, action: FindingAction) -> None:
        self.actions.request(self.scan_id if action is ALL_ISSUES else self.finding_id, action)

    async def ended(self, action: FindingAction) -> ActionState:
        self.ask(action)
        await self.desk.until(lambda: not self.state(action).is_under_way)
        return self.state(action)

    def error(self, action: FindingAction) -> HeimdallError:
        error = self.state(action).error
        assert error is not None
        return error

    async def refused(self, action: FindingAction) -> Reason:
        """Ask for an action that fails, and return why."""
        assert (await self.ended(action)).phase is FAILED
        return self.error(action).reason

    async def unsure(self, action: FindingAction) -> str:
        """Ask for an action whose result stays unknown, and return what is said of it."""
        assert (await self.ended(action)).phase is UNKNOWN
        return error_text(self.error(action))

    def posts(self) -> int:
        """How often the server was asked to do something about a finding."""
        return self.server.requests.by_kind["triage"]


@pytest.fixture
async def asked(running: LabServer, desk: ControllerDesk, tmp_path: Path) -> AsyncIterator[Asked]:
    script = running.script_scan(tmp_path.name, EMAIL).run_until("hunt").add_findings(2, "high")
    await desk.watch(script.id)
    await desk.until(lambda: desk.store.has_listed_once(ScanId(script.id)))
    running.requests.reset()
    made = Asked(running, desk, script)
    yield made
    running.faults.clear()
    await made.tasks.aclose()


def triage(path_part: str, shape: Shape, **fields: object) -> Fault:
    return Fault(shape, "triage", path_part=path_part, **fields)  # type: ignore[arg-type]


async def test_nothing_is_asked_where_nothing_may_be_changed(asked: Asked) -> None:
    asked.desk.controller.preferences.must_read_only = True
    actions = asked.desk.controller.actions
    for action in FindingAction:
        subject = asked.scan_id if action is ALL_ISSUES else asked.finding_id
        assert actions.obstacle(subject, action) == "Read-only: nothing is changed on the server."
        actions.request(subject, action)
        assert actions.states(subject) == ()
    assert asked.posts() == 0


@pytest.mark.parametrize("is_lost", [False, True])
@pytest.mark.parametrize("action", [EXPLAIN, VERIFY])
async def test_t55_a_model_is_asked_once_and_its_answer_kept_or_found_in_the_history(
    asked: Asked, action: FindingAction, is_lost: bool
) -> None:
    asked.script.answer(asked.first, action.name.lower(), SAID)
    if is_lost:
        asked.server.faults.add(triage(f"/{action.name.lower()}", Shape.CUT, after_bytes=0))
    state = await asked.ended(action)
    assert (state.phase, state.details) == (DONE, DETAILS)
    assert action_line(state, 1.0).has_answer
    assert (bool(asked.looks), asked.posts()) == (is_lost, 1)


async def test_each_refusal_of_a_model_has_its_words_and_is_never_repeated(asked: Asked) -> None:
    for fault, reason, words in (
        (None, Reason.NO_AI_MODEL, "has no AI provider set up. Set one up in the server's"),
        (triage("/explain", Shape.ENVELOPE, status=502), Reason.AI_FAILED, "The AI model used by"),
        (triage("/explain", Shape.RATE_LIMITED), Reason.SERVER_BUSY, "requests a wait of 5 s"),
        (triage("/explain", Shape.ENVELOPE, status=401), Reason.TOKEN_REFUSED, "Sign in again."),
    ):
        asked.server.requests.reset()
        if fault is not None:
            asked.server.faults.add(fault)
        assert await asked.refused(EXPLAIN) is reason
        assert words in error_text(asked.error(EXPLAIN))
        assert asked.posts() == 1


async def test_what_no_entry_shows_stays_unknown(asked: Asked) -> None:
    for shape in (Shape.CLOSED, Shape.PAGE):
        asked.server.faults.add(triage("/verify", shape))
        words = await asked.unsure(VERIFY)
        assert "The finding's history doesn't show whether it succeeded." in words
    assert sum(asked.looks) > 2 * 180
    assert asked.posts() == 2


async def test_to_stop_waiting_ends_nothing(asked: Asked) -> None:
    asked.script.answer(asked.first, "explain", SAID)
    asked.server.faults.add(triage("/explain", Shape.LATE, delay_s=3600))
    asked.ask(EXPLAIN)
    await asked.desk.until(lambda: asked.posts() == 1)
    assert asked.state(EXPLAIN).phase is Phase.WAITING
    assert (
        asked.actions.obstacle(asked.finding_id, EXPLAIN)
        == "The server is already working on this."
    )
    asked.ask(EXPLAIN)
    asked.actions.leave(asked.finding_id, EXPLAIN)
    assert asked.state(EXPLAIN).phase is Phase.LEFT
    assert "The server continues." in action_line(asked.state(EXPLAIN), 5.0).consequence
    asked.server.faults.clear()
    await asked.desk.until(lambda: asked.state(EXPLAIN).phase is DONE)
    assert asked.state(EXPLAIN).details == DETAILS
    assert asked.posts() == 1
    asked.actions.leave(asked.finding_id, EXPLAIN)
    assert asked.actions.states(asked.finding_id) == ()


async def test_an_issue_is_made_or_was_there(asked: Asked) -> None:
    asked.script.connect("gitlab")
    asked.script.answer(asked.first, "issue", {"issue_url": PAGE})
    first = await asked.ended(ISSUE)
    made = finding_action.IssueMade(is_new=True, page=PAGE)
    assert (first.phase, first.made, first.page) == (DONE, made, PAGE)
    again = await asked.ended(ISSUE)
    assert again.made == finding_action.IssueMade(False, PAGE)
    line = action_line(again, 0.0)
    assert (line.fact, line.page_label) == ("An issue already exists.", "Open issue…")


async def test_t78_a_refused_issue_may_have_been_made(asked: Asked) -> None:
    assert await asked.refused(ISSUE) is Reason.REPO_TAKES_NO_ISSUES
    asked.script.connect()
    words = await asked.unsure(ISSUE)
    assert "HTTP 400, The provider answered 410: issues are disabled" in words
    assert "Check the code host before you retry" in words


@pytest.mark.parametrize("action", [ISSUE, ALL_ISSUES, MARK, FIX])
async def test_after_a_server_failure_it_may_be_done(asked: Asked, action: FindingAction) -> None:
    asked.script.patch(asked.first, DIFF)
    asked.server.faults.add(Fault(Shape.ENVELOPE, path_part=PATHS[action]))
    assert "HTTP 500" in await asked.unsure(action)


async def test_a_patch_marked_but_not_logged_is_found_among_the_patches(asked: Asked) -> None:
    finding = asked.script.patch(asked.first, DIFF).finding_ids[0]
    patch = asked.server.database.newest_patch(finding)
    assert patch is not None
    asked.server.database.set_patch_applied(patch.id)
    asked.server.faults.add(triage("/apply-patch", Shape.ENVELOPE))
    assert (await asked.ended(MARK)).phase is DONE


async def test_t79_after_two_lost_tries_an_issue_is_not_asked_for_again(asked: Asked) -> None:
    asked.script.connect()
    for _ in range(2):
        assert asked.actions.obstacle(asked.finding_id, ISSUE) == ""
        asked.server.faults.add(triage("/issue", Shape.CLOSED))
        assert (await asked.ended(ISSUE)).phase is UNKNOWN
    assert (
        "The server dropped the connection on every attempt. Another attempt would fail too."
        in asked.actions.obstacle(asked.finding_id, ISSUE)
    )
    asked.ask(ISSUE)
    assert asked.posts() == 2


async def test_t79_an_answer_ends_the_count_of_lost_tries(asked: Asked) -> None:
    asked.answer_issue()
    for fault in (True, False, True):
        if fault:
            asked.server.faults.add(triage("/issue", Shape.CLOSED))
        await asked.ended(ISSUE)
        assert asked.actions.obstacle(asked.finding_id, ISSUE) == ""


async def test_to_stop_looking_ends_the_looks(asked: Asked) -> None:
    asked.may_look.clear()
    asked.server.faults.add(triage("/explain", Shape.CLOSED))
    asked.ask(EXPLAIN)
    await asked.desk.until(lambda: asked.state(EXPLAIN).phase is Phase.LOOKING)
    read = asked.server.requests.by_kind["events"]
    asked.actions.leave(asked.finding_id, EXPLAIN)
    assert asked.actions.states(asked.finding_id) == ()
    asked.may_look.set()
    assert (await asked.ended(MARK)).phase is FAILED
    assert asked.server.requests.by_kind["events"] == read + 1  # by the newer one


async def test_what_has_ended_is_forgotten_where_much_has_ended_since(
    asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "KEPT_LIMIT", 1)
    for action in (MARK, EXPLAIN):
        assert (await asked.ended(action)).phase is FAILED
    assert [state.action for state in asked.actions.states(asked.finding_id)] == [EXPLAIN]


async def test_a_lost_issue_is_found_with_its_page(asked: Asked) -> None:
    asked.answer_issue()
    asked.server.faults.add(triage("/issue", Shape.CUT, after_bytes=3))
    state = await asked.ended(ISSUE)
    assert (state.phase, state.page) == (DONE, PAGE)


async def test_t77_the_sums_of_issues_for_all_are_kept_apart(asked: Asked) -> None:
    assert await asked.refused(ALL_ISSUES) is Reason.REPO_TAKES_NO_ISSUES
    asked.answer_issue()
    state = await asked.ended(ALL_ISSUES)
    assert state.made == finding_action.IssueSums(
        created=1, linked=0, failed=1, covered=1, findings=2
    )
    line = action_line(state, 0.0)
    assert line.fact == "1 issue created, 0 linked, for 1 of 2 findings."
    assert line.consequence == "Failed for 1 finding."
    asked.server.faults.add(Fault(Shape.CUT, path_part="create-all-issues", after_bytes=0))
    words = await asked.unsure(ALL_ISSUES)
    assert "Issues may have been created. Check the code host before you retry." in words


async def test_t78_after_a_lost_answer_each_finding_is_looked_at_for_an_issue(asked: Asked) -> None:
    asked.script.connect().add_findings(3, title="Same").add_findings(1, title="Later")
    asked.script.add_findings(1, title="Gone", status="dismissed")
    await asked.desk.until(lambda: len(asked.scan.findings) == 7)
    first, _, same, *_, later, _ = asked.script.finding_ids
    for finding in (first, same):  # one issue is of all findings of a title
        asked.script.answer(finding, "issue", {"issue_url": PAGE})
    asked.before_look[3] = lambda: asked.script.note(later, "issue_linked", new_value=PAGE)
    asked.server.faults.add(Fault(Shape.CUT, path_part="create-all-issues", after_bytes=0))
    state = await asked.ended(ALL_ISSUES)
    second = asked.title(1)
    assert (state.phase, state.made) == (UNKNOWN, finding_action.IssuesSeen(5, ((second, 1),)))
    line = action_line(state, 0.0)
    assert len(asked.looks) == 5
    assert line.fact == "5 of 6 open findings known here now have an issue."
    assert line.consequence.startswith(f"No known issue for: {second}. ")
    assert "Check the code host before you retry" in line.consequence
    assert asked.server.requests.by_kind["other"] == 1


async def test_after_a_lost_answer_issues_of_all_are_all_there_is_to_want(asked: Asked) -> None:
    asked.script.connect()
    for finding in asked.script.finding_ids:
        asked.script.answer(finding, "issue", {"issue_url": PAGE})
    asked.server.faults.add(Fault(Shape.CUT, path_part="create-all-issues", after_bytes=0))
    state = await asked.ended(ALL_ISSUES)
    assert (state.phase, state.made) == (DONE, finding_action.IssuesSeen(2))
    assert action_line(state, 0.0).fact == "2 of 2 open findings known here now have an issue."


async def test_a_history_that_cannot_be_read_is_not_one_without_an_issue(asked: Asked) -> None:
    asked.script.connect()
    second = asked.script.finding_ids[1]
    asked.server.faults.add(Fault(Shape.CLOSED, path_part="create-all-issues"))
    asked.server.faults.add(Fault(Shape.PAGE, path_part=f"{second}/events", times=None))
    state = await asked.ended(ALL_ISSUES)
    assert state.made == finding_action.IssuesSeen(0, ((asked.title(0), 1),), unread=1)
    assert "1 couldn't be checked." in action_line(state, 0.0).consequence


async def test_a_server_that_answers_no_more_is_not_asked_for_each_finding(asked: Asked) -> None:
    asked.script.connect()
    asked.server.faults.add(Fault(Shape.CLOSED, path_part="create-all-issues"))
    asked.server.faults.add(Fault(Shape.ENVELOPE, "events", status=401, times=None))
    state = await asked.ended(ALL_ISSUES)
    assert (state.phase, state.made) == (UNKNOWN, finding_action.IssuesSeen(0, (), unread=2))
    assert asked.looks == [0.0, 10.0, 10.0]
    assert asked.server.requests.by_kind["events"] == 3
    assert asked.server.requests.by_kind["other"] == 1


async def test_t82_only_what_a_person_said_is_shown_as_a_comment(asked: Asked) -> None:
    asked.script.connect().answer(asked.first, "explain", SAID)
    asked.script.answer(asked.first, "issue", {"issue_url": PAGE})
    for action in (EXPLAIN, ISSUE):
        assert (await asked.ended(action)).phase is DONE
    link = asked.desk.controller.scans.link_of_scan(asked.scan_id, Feature.DETAILS)
    await add_comment(link, asked.finding_id, "Seen in staging")
    events = await link.finding_events(asked.finding_id)
    assert all(event.comment for event in events)
    assert [(line.heading, line.comment) for line in history_lines(events, ())] == [
        ("AI explanation", ""),
        ("Issue linked", ""),
        ("Comment", "Seen in staging"),
    ]


async def test_t80_a_fix_request_is_followed_by_the_history(asked: Asked) -> None:
    finding = asked.first
    assert await asked.refused(FIX) is Reason.REPO_TAKES_NO_FIXES
    asked.script.connect()
    assert await asked.refused(FIX) is Reason.NO_AI_MODEL
    asked.script.answer(finding, "remediate", {"pr_url": PULL})
    opened = await asked.ended(FIX)
    assert (opened.phase, opened.page) == (DONE, PULL)
    asked.script.answer(finding, "remediate", {"error": "The tests fail."})
    assert (await asked.ended(FIX)).phase is FAILED
    assert error_text(asked.error(FIX)) == "The server couldn't create the fix: The tests fail."


async def test_a_fix_request_ends_when_the_server_says_so(asked: Asked) -> None:
    finding = asked.script.connect().finding_ids[0]
    asked.script.answer(finding, "remediate", {})
    asked.server.faults.add(triage("/remediate", Shape.CUT, after_bytes=0))
    asked.ask(FIX)
    await asked.desk.until(lambda: asked.state(FIX).phase is Phase.FOLLOWED)
    asked.script.note(finding, "remediation_pr_opened", new_value=PULL)
    await asked.desk.until(lambda: asked.state(FIX).phase is DONE)
    assert asked.state(FIX).page == PULL
    assert asked.posts() == 1


async def test_t80_the_end_of_another_fix_request_is_not_taken_for_ours(asked: Asked) -> None:
    finding = asked.script.connect().finding_ids[0]
    asked.script.answer(finding, "remediate", {})
    ours = {"branch": f"heimdall/fix-{finding[:8]}", "pr_url": PULL}
    theirs = {"branch": "heimdall/fix-theirs", "pr_url": f"{PULL}1"}
    other = "00000000-0000-4000-8000-000000000000"
    note = asked.script.note
    asked.before_look = {
        1: lambda: note(finding, "remediation_started", new_value=other, metadata=theirs),
        2: lambda: note(finding, "remediation_failed", new_value=other, metadata={"error": "no"}),
        3: lambda: note(finding, "remediation_pr_opened", new_value=f"{PULL}1", metadata=theirs),
        5: lambda: note(finding, "remediation_pr_opened", new_value=PULL, metadata=ours),
    }
    state = await asked.ended(FIX)
    assert (state.phase, state.page) == (DONE, PULL)


@pytest.mark.parametrize("fix_id", ["", "7"])
def test_the_end_of_a_fix_request_is_taken_where_no_entry_says_whose_it_is(fix_id: str) -> None:
    branch = (("branch", ("heimdall/fix-1",)),)
    opened = make_event(2, event_type="remediation_pr_opened", new_value=PULL, details=branch)
    unknown = make_event(3, event_type="remediation_failed", new_value="7")
    for event in (opened, unknown):
        assert finding_action.end_of_fix([event], frozenset(), fix_id) == event
        assert finding_action.end_of_fix([event], frozenset([event.id]), fix_id) is None


async def test_t80_without_an_end_for_half_an_hour_it_is_unknown(asked: Asked) -> None:
    asked.script.connect().answer(asked.first, "remediate", {})
    state = await asked.ended(FIX)
    assert state.phase is UNKNOWN
    assert sum(asked.looks) == 30 * 60
    assert "Check the code host." in error_text(asked.error(FIX))


async def test_t81_a_patch_is_marked_once_and_each_refusal_has_its_reason(asked: Asked) -> None:
    finding = asked.first
    assert await asked.refused(MARK) is Reason.NO_PATCH_THERE
    asked.script.patch(finding, DIFF)
    assert (await asked.ended(MARK)).phase is DONE
    assert await asked.refused(MARK) is Reason.PATCH_MARKED
    asked.server.database.execute("DELETE FROM findings WHERE id = ?", (finding,))
    assert await asked.refused(MARK) is Reason.NOT_FOUND


async def test_what_a_server_does_not_offer_is_known_after_one_try(asked: Asked) -> None:
    asked.server.generation = "A"
    await asked.ended(FIX)
    assert error_text(asked.error(FIX)) == "This server doesn't support fix requests."
    obstacle = asked.actions.obstacle(FindingId(asked.script.finding_ids[1]), FIX)
    assert obstacle == "This server doesn't support fix requests."
    asked.server.generation = "B"


async def test_nothing_is_asked_about_what_is_not_watched(asked: Asked) -> None:
    unwatched = FindingId("00000000-0000-4000-8000-000000000000")
    assert asked.actions.obstacle(unwatched, EXPLAIN) == "Its scan isn't watched."
    asked.actions.request(unwatched, EXPLAIN)
    assert asked.actions.states(unwatched) == ()


async def test_the_demo_answers_what_was_recorded_and_says_why_not_else(tmp_path: Path) -> None:
    desk = ControllerDesk(tmp_path)
    assert await desk.answer(desk.controller.request_demo) is None
    actions = desk.controller.actions

    def scan() -> Scan | None:
        return next((scan for scan in desk.store if scan.name == "harbor-checkout"), None)

    def findings(source: Source) -> list[FindingId]:
        found = scan()
        rows = [] if found is None else found.findings.values()
        return [row.id for row in rows if row.source is source]

    await desk.until(lambda: bool(findings(Source.AI) and findings(Source.DEPENDENCIES)))
    asked = [findings(Source.AI)[0], findings(Source.DEPENDENCIES)[0]]
    for finding_id in asked:
        assert actions.obstacle(finding_id, ISSUE) != ""
        actions.request(finding_id, EXPLAIN)

    def states() -> list[ActionState]:
        return [state for each in asked for state in actions.states(each)]

    await desk.until(lambda: not any(state.is_under_way for state in states()))
    reported, refused = states()
    assert dict(reported.details).keys() >= {"summary", "why_flagged"}
    assert refused.error is not None
    assert refused.error.reason is Reason.NO_AI_EMBEDDED
    await desk.aclose()
