"""Each problem is one fact, one consequence and an action, in the words of the pictures."""

from datetime import timedelta
from typing import Any

import pytest

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.domain.facts.errors import HeimdallError, Reason, ServerUnreachable, SignedOut
from heimdall_desktop.domain.facts.observation import CancelAnswer, Connection
from heimdall_desktop.domain.stages.stage_display import error_text
from heimdall_desktop.presentation.board.card_words import Group, place_of
from heimdall_desktop.presentation.board.problems import problem_of, problems_of
from heimdall_desktop.presentation.board.scan_status import (
    Problem,
    ProblemAction,
    ScanStatus,
    connection_sums,
    connection_text,
    is_dimmed,
    status_of,
)
from heimdall_desktop.presentation.time_text import day_text, moment_text, second_text
from heimdall_desktop.presentation.window.window_place import window_title
from tests.fakes.board_scans import FakeTime, ScanStory, leave_not_scanned, twelve_scans
from tests.lab.scan_script import LOCKED, NAME_NOT_FOUND, NO_KEYRING, NOT_TRUSTED

NO_ANSWER = ServerUnreachable(Reason.ANSWER_TIMED_OUT, host="h.test")


@pytest.fixture
def story() -> ScanStory:
    return ScanStory(Store(), FakeTime(), "shop").run([30, 90], 48)


def problem(story: ScanStory, attempt: int = 1) -> Problem:
    found = problem_of(story.scan, story.time.clock_s, story.time.at, attempt)
    assert found is not None
    return found


def said(story: ScanStory, attempt: int = 1) -> tuple[str, str]:
    shown = problem(story, attempt)
    return shown.fact, shown.consequence


@pytest.mark.parametrize("connection", [Connection.LIVE, Connection.CONNECTING])
def test_all_is_well(story: ScanStory, connection: Connection) -> None:
    story.hear(connection)
    assert problem_of(story.scan, story.time.clock_s, story.time.at) is None


NO_NAME = "Can't reach heimdall.corp.example: name not found."
KEPT = "Watching is paused. The displayed data is kept."
OLD, NONE_YET = "Counts may be out of date.", "Nothing has been loaded yet."
LATE = "h.test didn't respond in time."
SIGN_IN = (ProblemAction.SIGN_IN,)
UNLOCK = (ProblemAction.SIGN_IN_ONCE, ProblemAction.UNLOCK)
RETRY = (ProblemAction.RETRY,)
COPY_RETRY = (ProblemAction.COPY_DETAILS, ProblemAction.RETRY)


@pytest.mark.parametrize(
    ("connection", "fields", "fact", "consequence", "actions"),
    [
        (Connection.QUIET, {"since_s": 125}, "Connected, no updates for 2 min.",
         "The static analysis stage is running.", ()),
        (Connection.BUSY, {"next_s": 40}, "The server is busy; retrying in 40 s.",
         "Live data resumes after that.", ()),
        (Connection.POLLING_ONLY, {}, "Events aren't arriving.",
         "The list is polled every few seconds instead.", RETRY),
        (Connection.STALE, {"since_s": 185}, "No data for 3 min.", OLD, COPY_RETRY),
        (Connection.STALE, {"since_s": 185, "error": NO_ANSWER}, "No data for 3 min.",
         f"{LATE} {OLD}", COPY_RETRY),
        (Connection.STALE, {"error": NAME_NOT_FOUND}, NO_NAME, OLD, COPY_RETRY),
        (Connection.STALE, {"error": NOT_TRUSTED},
         "The certificate of heimdall.corp.example isn't trusted: unknown issuer.",
         "Nothing was sent.", COPY_RETRY),
        (Connection.SIGNED_OUT, {"error": LOCKED},
         "The token is safe but can't be read: the keyring is locked.", "Watching is paused.",
         UNLOCK),
        (Connection.SIGNED_OUT, {"error": NO_KEYRING},
         "This system has no usable keyring: none responds.", "Watching is paused.", UNLOCK),
        # without a session none is said to have ended
        (Connection.SIGNED_OUT, {"is_answered": False},
         "You're not signed in to heimdall.corp.example.", KEPT, SIGN_IN),
    ],
)  # fmt: skip
def test_each_connection_is_one_fact_one_consequence_and_its_actions(
    story: ScanStory,
    connection: Connection,
    fields: dict[str, Any],
    fact: str,
    consequence: str,
    actions: tuple[ProblemAction, ...],
) -> None:
    story.hear(connection, **fields)
    assert said(story) == (fact, consequence)
    assert problem(story).actions == actions


def test_counts_that_never_came_are_not_out_of_date() -> None:
    unread = ScanStory(Store(), FakeTime(), "shop")
    unread.hear(Connection.STALE, 15, error=NAME_NOT_FOUND)
    assert said(unread) == (NO_NAME, NONE_YET)
    unread.hear(Connection.STALE, 15, error=NO_ANSWER)
    assert said(unread)[1] == f"{LATE} {NONE_YET}"


def test_quiet_with_an_estimate(story: ScanStory) -> None:
    story.hear(Connection.QUIET, 125).remember(*[[30, 90, 540]] * 3)
    usual = story.pace().usual
    shown = problem_of(story.scan, story.time.clock_s, story.time.at, 1, usual)
    assert shown is not None
    assert shown.consequence == "The static analysis stage usually takes 9 min."


def test_reconnecting(story: ScanStory) -> None:
    story.hear(Connection.RECONNECTING, 12, 8).age(0)
    as_of = second_text(story.time.at)
    assert said(story) == ("Connection lost 12 s ago.", f"Retrying in 8 s. Data as of {as_of}.")
    assert problem(story).actions == (ProblemAction.RETRY,)
    story.time.pass_s(9)
    assert said(story)[1] == f"Retrying now. Data as of {as_of}."


def test_signed_out(story: ScanStory) -> None:
    story.hear(Connection.SIGNED_OUT, 0)
    at = day_text(story.time.at, story.time.at)
    assert said(story) == (
        f"Your session on heimdall.corp.example ended at {at}.",
        "Watching is paused. The displayed data is kept.",
    )
    assert problem(story).actions == (ProblemAction.SIGN_IN,)


def test_a_token_that_was_never_good_is_named_as_the_cause(story: ScanStory) -> None:
    refused = SignedOut(Reason.TOKEN_REFUSED, host="h.test")
    story.hear(Connection.SIGNED_OUT, 0, error=refused, is_answered=False)
    assert said(story) == (
        "h.test doesn't accept the token.",
        "Watching is paused. The displayed data is kept.",
    )
    story.hear(Connection.SIGNED_OUT, 0, error=refused)
    assert said(story)[0].startswith("Your session on ")


def test_gone(story: ScanStory) -> None:
    story.hear(Connection.GONE)
    assert problem(story).status is ScanStatus.NO_ACCESS
    assert problem(story).actions[-1] is ProblemAction.STOP_WATCHING


def test_dropped_events(story: ScanStory) -> None:
    story.find(3).hear(Connection.LIVE).skip_events()
    assert said(story) == ("The server dropped some events.", "Checking against the full list.")


def test_an_end_that_is_not_checked(story: ScanStory) -> None:
    story.live("completed").hear(Connection.LIVE)
    assert said(story) == ("The scan has ended.", "Checking against the full list.")
    story.hear(Connection.ENDED)
    assert problem(story).status is ScanStatus.NOT_CHECKED


def test_an_incomplete_list(story: ScanStory) -> None:
    story.find(6, is_whole=False).hear(Connection.LIVE)
    assert said(story)[0] == "6 of 30 findings loaded."


def test_a_failure(story: ScanStory) -> None:
    error = "worker ran\nout of memory."
    story.run([30, 90, 60], 5, end="failed", status="failed", error=error)
    story.hear(Connection.LIVE)
    assert said(story) == (
        "Scan stopped in taint analysis: worker ran out of memory.",
        "The server may retry. This was attempt 1 of 3.",
    )
    assert error_text(story.scan) == error
    story.find(38).settle()
    assert said(story, attempt=3) == (
        "Scan failed in taint analysis after 3 attempts.",
        "38 findings from earlier stages are kept.",
    )
    assert problem(story).actions == (ProblemAction.COPY_ERROR, ProblemAction.SCAN_AGAIN)


def test_a_failure_before_the_first_finding_is_no_all_clear(story: ScanStory) -> None:
    story.run([30], 5, end="failed", status="failed").settle()
    assert said(story) == (
        "Scan failed in tyr.",
        "It found nothing before that. This does not mean the code is clean.",
    )


def test_a_lost_session_counts_more_than_a_failure(story: ScanStory) -> None:
    story.run([30], 5, end="failed", status="failed").hear(Connection.SIGNED_OUT)
    assert problem(story).status is ScanStatus.SIGNED_OUT


def test_cancelled(story: ScanStory) -> None:
    story.run([30], 5, end="cancelled", status="cancelled")
    story.read("cancelled", began_s=35, ended_s=0)
    displays = "The server may restart it. Checking whether it does."
    assert said(story) == ("Cancelling…", displays)
    story.time.clock_s += 4
    story.read("cancelled", began_s=35, ended_s=0)
    at = day_text(story.time.at, story.time.at)
    assert said(story) == (f"Cancelled at ≈ {at} in tyr.", displays)
    story.find(1).settle()
    assert said(story)[1] == "1 finding from an earlier stage is kept."


def test_t58_a_cancelled_scan_that_runs_again_can_be_cancelled_again(story: ScanStory) -> None:
    line = story.line
    story.run([38], 22, status="modeling").log(
        line("Started", stage=None, task="scan-start", status="running", ago_s=400),
        line("Tyr cancelled", stage="tyr", status="cancelled", event_type="stage", ago_s=90),
        line("Started", stage=None, task="scan-start", status="running", ago_s=60),
    ).hear(Connection.LIVE)
    at = day_text(story.time.at - timedelta(seconds=90), story.time.at)
    back = problem(story, 2)
    assert back.fact == f"Cancelled {at}, running again as attempt 2."
    assert back.actions == (ProblemAction.CANCEL_AGAIN,)
    [shared] = problems_of([story.scan], story.time.clock_s, story.time.at)
    assert shared.status is ScanStatus.CANCELLED_AND_BACK
    story.hear(Connection.RECONNECTING, 12, 8)
    assert problem(story, 2).status is ScanStatus.RECONNECTING
    story.hear(Connection.LIVE).ask_to_cancel()
    assert problem(story, 2).fact == "Cancelling…"


def test_t58_a_scan_that_was_cancelled_in_the_queue_runs_for_the_first_time(
    story: ScanStory,
) -> None:
    story.read("cancelled").run([], 5, status="ingesting").hear(Connection.LIVE)
    at = day_text(story.time.at, story.time.at)
    assert problem(story).fact == f"Cancelled {at}, running again."


def test_a_cancel_of_minutes_ago_but_of_yesterday_is_shown_with_its_day(story: ScanStory) -> None:
    story.time.at = story.time.at.astimezone().replace(hour=23, minute=58)
    story.read("cancelled").run([], 5, status="ingesting").hear(Connection.LIVE)
    yesterday = moment_text(story.time.at, story.time.at + timedelta(minutes=5))
    assert yesterday.endswith(" 23:58")
    story.time.at += timedelta(minutes=5)
    assert problem(story).fact == f"Cancelled {yesterday}, running again."


def test_t58_a_cancel_refused_between_two_attempts_is_offered_once_it_runs_again(
    story: ScanStory,
) -> None:
    story.run([30], 5, end="failed", status="failed").hear(Connection.LIVE)
    story.ask_to_cancel(CancelAnswer.REFUSED)
    assert problem(story).status is ScanStatus.FAILED_MAY_RETRY
    story.read("ingesting", began_s=0).live("ingesting")
    reported = problem(story, 2)
    assert (
        reported.fact
        == "The cancel request arrived between two attempts. The scan runs again as attempt 2."
    )
    assert reported.actions == (ProblemAction.CANCEL_AGAIN,)


def test_t58_a_third_cancel_is_no_failure_to_be_retried(story: ScanStory) -> None:
    story.run([30], end="cancelled", status="failed").hear(Connection.LIVE)
    stopped = (
        "Stopped by a cancel request in tyr. The server reports it as failed: no attempts are left."
    )
    assert problem(story, 3).fact == stopped
    story.find(1).settle().hear(Connection.ENDED)
    assert problem(story, 3).fact == stopped
    assert problem(story, 3).status is ScanStatus.CANCELLED


def test_t61_a_completed_scan_that_works_on_is_shown(story: ScanStory) -> None:
    story.run([30] * 9, status="completed", ended_s=60).list_again().hear(Connection.LIVE)
    story.log(story.line("Scan finished", stage=None, task="scan-finished", ago_s=60))
    assert problem_of(story.scan, story.time.clock_s, story.time.at) is None
    story.log(story.line("Investigating", task="agent", status="running"))
    assert said(story) == (
        "The server reports this scan as completed, but is still working on it.",
        "More findings may still arrive. This does not mean the code is clean.",
    )


def test_t66_a_scan_in_the_queue_while_nothing_runs_was_not_picked_up() -> None:
    store, time = Store(), FakeTime()
    story = ScanStory(store, time, "shop").read("queued", began_s=1860).live("queued")
    story.hear(Connection.LIVE)
    time.pass_s(1860)
    [reported] = problems_of(store, time.clock_s, time.at)
    assert reported.fact == "Queued for 31 min, not picked up yet."
    assert reported.actions == (ProblemAction.CANCEL, ProblemAction.SCAN_AGAIN)
    other = ScanStory(store, time, "billing", number=2).run([30], 5).hear(Connection.LIVE)
    assert problems_of(store, time.clock_s, time.at) == []
    store.remove(other.scan.id)
    time.pass_s(-120)
    assert problems_of(store, time.clock_s, time.at) == []


def test_of_several_scans_the_worst_is_named() -> None:
    store, time = Store(), FakeTime()
    twelve_scans(store, time)
    worst, other = problems_of(store, time.clock_s, time.at)
    assert worst.fact.startswith("legacy-crm: Your session on ")
    assert other.fact.startswith("billing-core: ")


def test_what_a_server_has_against_several_scans_is_one_problem() -> None:
    store, time = Store(), FakeTime()
    stories = twelve_scans(store, time)
    stories["web-shop"].hear(Connection.SIGNED_OUT, 420)
    stories["infra-terraform"].hear(Connection.SIGNED_OUT, 360)
    shared, other = problems_of(store, time.clock_s, time.at)
    assert shared.fact.startswith("3 scans: Your session on heimdall.corp.example ended at ")
    names = ("legacy-crm", "web-shop", "infra-terraform")
    assert set(shared.scan_ids) == {stories[name].scan.id for name in names}
    assert other.fact.startswith("billing-core: ")


def test_what_each_scan_has_for_itself_is_not_joined() -> None:
    store, time = Store(), FakeTime()
    for number, name in enumerate(("shop", "mail"), 1):
        ScanStory(store, time, name, number=number).hear(Connection.STALE, 60)
    facts = [problem.fact for problem in problems_of(store, time.clock_s, time.at)]
    assert facts == ["shop: No data for 1 min.", "mail: No data for 1 min."]


def test_of_one_scan_the_name_is_left_out() -> None:
    store, time = Store(), FakeTime()
    ScanStory(store, time, "shop").hear(Connection.STALE, 60)
    (only,) = problems_of(store, time.clock_s, time.at)
    assert only.fact == "No data for 1 min."


def test_no_scans_have_no_problem() -> None:
    assert problems_of([], 0.0, FakeTime().at) == []


def test_files_that_were_not_scanned_are_said_beside_the_findings(story: ScanStory) -> None:
    story.run([30.0] * 9, status="completed", ended_s=60).read("completed", ended_s=60)
    story.find(1, 0, 0, 0)
    assert problem_of(story.scan, story.time.clock_s, story.time.at) is None
    leave_not_scanned(story.scan, 2)
    assert said(story) == (
        "2 files were not scanned.",
        "This does not mean the code is clean. The log lists them.",
    )
    assert problem(story).status is ScanStatus.NOT_SCANNED
    leave_not_scanned(story.scan, 1)
    assert said(story) == (
        "1 file was not scanned.",
        "This does not mean the code is clean. The log lists it.",
    )


# -- Each lost connection has its own text, with a fact, a consequence and what really helps --


OBSTACLES = [
    (Connection.STALE, NAME_NOT_FOUND, ScanStatus.CANNOT_REACH),
    (Connection.STALE, NOT_TRUSTED, ScanStatus.NOT_TRUSTED),
    (Connection.CONNECTING, NOT_TRUSTED, ScanStatus.NOT_TRUSTED),
    (Connection.SIGNED_OUT, LOCKED, ScanStatus.KEYRING_LOCKED),
    (Connection.SIGNED_OUT, NO_KEYRING, ScanStatus.UNREAD_KEYRING),
]


@pytest.fixture
def with_finding() -> ScanStory:
    return ScanStory(Store(), FakeTime(), "shop").run([30, 90], 48).find(1)


@pytest.mark.parametrize(("connection", "error", "status"), OBSTACLES)
def test_each_obstacle_is_a_state_of_its_own(
    with_finding: ScanStory, connection: Connection, error: HeimdallError, status: ScanStatus
) -> None:
    with_finding.hear(connection, 60, error=error).age(60)
    scan, clock_s = with_finding.scan, with_finding.time.clock_s
    problem = problem_of(scan, clock_s, with_finding.time.at)
    assert problem is not None
    assert (status_of(scan), problem.status) == (status, status)
    assert problem.actions
    assert is_dimmed(scan, clock_s)
    assert place_of(scan).group is Group.ATTENTION
    sums = connection_sums([scan], clock_s)
    assert [part.status for part in sums] == [status]
    assert window_title(1, 0, sums) == f"Heimdall, 1 scan, {sums[0].text}"


def test_a_network_is_given_time_to_come_back(with_finding: ScanStory) -> None:
    with_finding.hear(Connection.RECONNECTING, 5, 8, error=NAME_NOT_FOUND)
    assert status_of(with_finding.scan) is ScanStatus.RECONNECTING


def test_what_was_saved_is_shown_read_only_without_a_network(with_finding: ScanStory) -> None:
    with_finding.hear(Connection.STALE, 90, error=NAME_NOT_FOUND, is_answered=False)
    with_finding.age(5400)
    assert status_of(with_finding.scan) is ScanStatus.READ_ONLY
    assert connection_text(with_finding.scan, with_finding.time.clock_s).text == "Read-only"
    fact, consequence = said(with_finding)
    assert fact == "Can't reach heimdall.corp.example: name not found."
    assert consequence.startswith("Showing data saved at ")


def test_an_unreadable_event_is_reported_for_a_while(with_finding: ScanStory) -> None:
    with_finding.hear(Connection.LIVE).skip_events(is_unreadable=True)
    assert said(with_finding)[0] == "One event couldn't be parsed."
    with_finding.skip_events()
    assert said(with_finding)[0] == "The server dropped some events."
    with_finding.list_again()
    assert problem(with_finding).status is ScanStatus.BAD_DATA
    assert problem(with_finding).actions == (ProblemAction.COPY_DETAILS,)
    with_finding.time.pass_s(61)
    scan, time = with_finding.scan, with_finding.time
    assert problem_of(scan, time.clock_s, time.at) is None
