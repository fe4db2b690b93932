"""Reasons for decisions: sent as comments once these are saved, never twice, and read back."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterable, Iterator
from itertools import pairwise

import pytest
from msgspec.structs import replace

from heimdall_desktop.application.requests import reasons as module
from heimdall_desktop.application.requests.reasons import Comment, ReasonRun, Reasons
from heimdall_desktop.domain.facts import errors
from heimdall_desktop.domain.facts.decision import Field, WriteState
from heimdall_desktop.domain.facts.finding import FindingEvent, FindingId, FindingStatus
from heimdall_desktop.domain.facts.observation import FindingsListed, ScanSource, SourceSeen
from heimdall_desktop.domain.facts.reason import Known, Reason, comment_of
from heimdall_desktop.local.rows import FindingId as LocalFindingId
from tests.fakes.decision_desk import MIRA, OLAF, DecisionDesk, deciding_server, decision_desk
from tests.fakes.waiting import WAIT_LIMIT_S
from tests.lab.faults import Fault, Shape
from tests.lab.server import LabServer

DISMISSED, OPEN = "dismissed", "open"


@pytest.fixture(scope="module")
def server() -> Iterator[LabServer]:
    with deciding_server() as running:
        yield running


@pytest.fixture
async def desk(server: LabServer) -> AsyncIterator[DecisionDesk]:
    async with decision_desk(server, MIRA) as made:
        yield made


@pytest.fixture
def reasons(desk: DecisionDesk, monkeypatch: pytest.MonkeyPatch) -> Reasons:
    monkeypatch.setattr(module, "PACE_S", 0.01)
    return desk.reasons


async def over(run: ReasonRun | None) -> ReasonRun:
    assert run is not None
    async with asyncio.timeout(WAIT_LIMIT_S):
        await run.over.wait()
    return run


def comments(desk: DecisionDesk, finding_id: FindingId) -> list[str | None]:
    """The comments of a finding, as its server has them."""
    events = desk.server.database.finding_events(LocalFindingId(finding_id))
    return [event.comment for event in events if event.event_type == "comment"]


def said(desk: DecisionDesk) -> list[list[str | None]]:
    return [comments(desk, each) for each in desk.ids]


def write_elsewhere(desk: DecisionDesk, finding_id: FindingId, comment: str, *, by: str) -> None:
    """Comment on a finding as another program of an account does."""
    desk.server.call(
        lambda: desk.server.database.add_finding_event(
            LocalFindingId(finding_id), desk.account_of(by), "comment", comment=comment
        )
    )


def words(desk: DecisionDesk) -> list[Reason | Known | None]:
    """What is known of the reason of each row."""
    return [desk.store.reasons.known.word(desk.row(each)) for each in desk.ids]


async def test_a_reason_follows_the_saved_decision_as_one_comment(
    desk: DecisionDesk, reasons: Reasons
) -> None:
    decision = desk.decisions.decide(Field.STATUS, DISMISSED, desk.ids[:1])
    run = await over(reasons.attach(desk.ids[:1], Reason.TEST_CODE, "only in tests"))
    assert decision.is_over
    assert run.counts[WriteState.SAVED] == 1
    events = desk.server.database.finding_events(LocalFindingId(desk.ids[0]))
    assert [(each.event_type, each.comment) for each in events] == [
        ("status_change", None),
        ("comment", "[reason: test-code] only in tests"),
    ]
    assert words(desk) == [Reason.TEST_CODE, None, None, None, None]
    assert reasons.unsaved == {}


async def test_it_waits_for_the_decision_and_is_sent_to_all_of_a_bulk_action(
    desk: DecisionDesk, reasons: Reasons
) -> None:
    desk.server.faults.add(Fault(Shape.LATE, "triage", delay_s=60.0, path_part=desk.ids[3]))
    decision = desk.decisions.decide(Field.STATUS, DISMISSED, desk.ids)
    run = reasons.attach(desk.ids, Reason.ACCEPTED)
    await desk.until(lambda: decision.counts[WriteState.SAVED] == 4)
    assert said(desk) == [[]] * 5
    assert run.settled == 0
    desk.server.faults.clear()
    await over(run)
    assert decision.counts[WriteState.SAVED] == 5
    assert said(desk) == [["[reason: accepted-risk]"]] * 5
    assert words(desk) == [Reason.ACCEPTED] * 5


async def test_a_lost_answer_is_checked_and_nothing_is_sent_twice(
    desk: DecisionDesk, reasons: Reasons
) -> None:
    await desk.decide(DISMISSED, desk.ids[:2])
    comment = Fault(Shape.CUT, "triage", path_part="/comment", after_bytes=5)
    desk.server.faults.add(comment)
    run = await over(reasons.attach(desk.ids[:1], Reason.TEST_CODE))
    assert run.counts[WriteState.SAVED] == 1
    assert said(desk)[0] == ["[reason: test-code]"]
    # the answer is lost, and so is the check: what happened is unknown until the retry
    desk.server.faults.add(
        comment, Fault(Shape.ENVELOPE, "events", times=None, path_part=desk.ids[1])
    )
    run = await over(reasons.attach(desk.ids[1:2], Reason.TEST_CODE))
    [unsaved] = reasons.unsaved.values()
    assert isinstance(unsaved.error, errors.OutcomeUnknown)
    assert words(desk)[1] is Known.UNKNOWN
    desk.server.faults.clear()
    again = await over(reasons.retry(reasons.failed))
    assert again.counts[WriteState.SAVED] == 1
    assert said(desk)[1] == ["[reason: test-code]"]
    assert reasons.unsaved == {}
    assert words(desk)[:2] == [Reason.TEST_CODE] * 2


async def test_a_comment_of_another_account_is_not_taken_for_the_lost_one(
    desk: DecisionDesk, reasons: Reasons
) -> None:
    await desk.decide(DISMISSED, desk.ids[:1])
    desk.server.faults.add(Fault(Shape.ENVELOPE, "triage", path_part="/comment"))
    await over(reasons.attach(desk.ids[:1], Reason.DUPLICATE))
    assert list(reasons.unsaved) == desk.ids[:1]
    assert said(desk)[0] == []
    write_elsewhere(desk, desk.ids[0], comment_of(Reason.DUPLICATE), by=OLAF)
    await over(reasons.retry(reasons.failed))
    assert said(desk)[0] == ["[reason: duplicate]"] * 2


async def test_a_failure_leaves_the_decision_and_can_be_retried_or_given_up(
    desk: DecisionDesk, reasons: Reasons
) -> None:
    await desk.decide(DISMISSED, desk.ids[:3])
    desk.server.faults.add(
        Fault(Shape.ENVELOPE, "triage", times=None, path_part=f"{desk.ids[1]}/comment")
    )
    run = await over(reasons.attach(desk.ids[:3], Reason.MITIGATED, "by the proxy"))
    assert (run.counts[WriteState.SAVED], run.left) == (2, desk.ids[1:2])
    assert desk.on_server()[:3] == [DISMISSED] * 3
    unsaved = reasons.unsaved[desk.ids[1]]
    assert (unsaved.reason, unsaved.text) == (Reason.MITIGATED, "by the proxy")
    reasons.forget(desk.ids)
    assert reasons.unsaved == {}
    assert reasons.retry(desk.ids) is None
    assert said(desk)[1] == []


async def test_no_reason_is_sent_for_a_decision_that_failed_until_its_retry_succeeds(
    desk: DecisionDesk, reasons: Reasons
) -> None:
    desk.server.faults.add(Fault(Shape.ENVELOPE, "triage", path_part="/status"))
    decision = desk.decisions.decide(Field.STATUS, DISMISSED, desk.ids[:1])
    await over(reasons.attach(desk.ids[:1], Reason.TEST_CODE))
    assert decision.counts[WriteState.REFUSED] == 1
    assert said(desk)[0] == []
    [unsaved] = reasons.unsaved.values()
    assert unsaved.error is not None
    assert unsaved.error.reason is errors.Reason.DECISION_NOT_SAVED
    await desk.over(desk.decisions.retry(decision))
    [again] = reasons.runs
    await over(again)
    assert said(desk)[0] == ["[reason: test-code]"]
    assert reasons.unsaved == {}


async def test_undo_restores_the_status_and_leaves_the_comment_which_no_longer_counts(
    desk: DecisionDesk, reasons: Reasons
) -> None:
    await desk.decide(DISMISSED, desk.ids[:2])
    await over(reasons.attach(desk.ids[:2], Reason.TEST_CODE))
    await desk.undo()
    assert desk.on_server() == [OPEN] * 5
    assert said(desk)[:2] == [["[reason: test-code]"]] * 2
    assert words(desk) == [None] * 5
    await desk.decide(DISMISSED, desk.ids[:1])
    assert words(desk)[0] is Known.UNKNOWN
    reasons.read(desk.ids)
    await desk.until(lambda: not reasons.to_read)
    assert words(desk)[0] is Known.NONE
    await desk.resync()
    assert words(desk)[0] is Known.NONE


async def test_redo_sends_the_reason_again_so_that_it_counts(
    desk: DecisionDesk, reasons: Reasons
) -> None:
    await desk.decide(DISMISSED, desk.ids[:2])
    await over(reasons.attach(desk.ids[:1], Reason.TEST_CODE))
    await desk.undo()
    await desk.redo()
    [again] = reasons.runs
    await over(again)
    assert said(desk)[:2] == [["[reason: test-code]"] * 2, []]
    assert words(desk)[:2] == [Reason.TEST_CODE, Known.UNKNOWN]
    await desk.undo()
    await desk.decide(DISMISSED, desk.ids[:1])  # this time without a reason
    await desk.undo()
    await desk.redo()
    assert not reasons.runs
    assert len(said(desk)[0]) == 2


async def test_an_undo_before_the_reason_is_sent_drops_it(
    desk: DecisionDesk, reasons: Reasons
) -> None:
    await desk.decide(DISMISSED, desk.ids[:1])
    undo = desk.decisions.undo()
    assert undo is not None
    run = reasons.attach(desk.ids[:1], Reason.TEST_CODE)
    run.jobs[desk.ids[0]].before = DISMISSED  # as if the digit had come before the undo
    await over(run)
    assert undo.is_over
    assert said(desk)[0] == []
    assert reasons.unsaved == {}


async def test_only_own_comments_since_the_newest_decision_are_read(
    desk: DecisionDesk, reasons: Reasons
) -> None:
    ids = desk.ids
    await desk.decide(DISMISSED, ids)
    write_elsewhere(desk, ids[0], "[reason: test-code] mine", by=MIRA)
    write_elsewhere(desk, ids[1], "[reason: test-code] not mine", by=OLAF)
    write_elsewhere(desk, ids[2], "[reason:test-code]", by=MIRA)
    write_elsewhere(desk, ids[3], "[reason: duplicate]", by=MIRA)
    desk.change_elsewhere(ids[3], "false_positive", by=desk.account_of(OLAF))
    await desk.resync()
    assert words(desk) == [Known.UNKNOWN] * 5
    desk.server.requests.reset()
    reasons.read(ids)
    await desk.until(lambda: not reasons.to_read)
    assert words(desk) == [Reason.TEST_CODE, *[Known.NONE] * 4]
    assert desk.server.requests.by_kind["events"] == 5
    reasons.read(ids)
    await desk.until(lambda: not reasons.to_read)
    assert desk.server.requests.by_kind["events"] == 5  # kept until a row changes
    read = desk.store.reasons.known.of(desk.row(ids[0]))
    assert read is not None
    assert read.given is not None
    assert read.given.text == "mine"


async def test_open_findings_are_not_read(desk: DecisionDesk, reasons: Reasons) -> None:
    desk.server.requests.reset()
    reasons.read(desk.ids)
    await desk.until(lambda: not reasons.to_read)
    assert desk.server.requests.by_kind["events"] == 0
    assert words(desk) == [None] * 5


async def test_reading_is_paced_and_waits_while_anything_is_written(
    desk: DecisionDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    moments: list[float] = []
    finding_events = desk.link.finding_events

    async def noted(finding_id: FindingId) -> tuple[FindingEvent, ...]:
        moments.append(asyncio.get_running_loop().time())
        return await finding_events(finding_id)

    await desk.decide(DISMISSED, desk.ids[:4])
    monkeypatch.setattr(module, "PACE_S", 0.1)
    monkeypatch.setattr(desk.link, "finding_events", noted)
    desk.reasons.read(desk.ids[:3])
    await desk.until(lambda: len(moments) == 3)
    gaps = [later - before for before, later in pairwise(moments)]
    assert min(gaps) >= 0.09
    await desk.until(lambda: not desk.reasons.to_read)
    desk.server.faults.add(Fault(Shape.LATE, "triage", delay_s=60.0, path_part=desk.ids[4]))
    decision = desk.decisions.decide(Field.STATUS, DISMISSED, desk.ids[4:])
    looks: list[float] = []

    def look() -> float:
        looks.append(time.monotonic())
        desk.news.set()
        return looks[-1]

    monkeypatch.setattr(desk.reasons, "_clock", look)
    desk.reasons.read(desk.ids[3:4])
    await desk.until(lambda: len(looks) == 5)  # it looks again and again whether it may read
    assert len(moments) == 3
    assert not decision.is_over
    desk.server.faults.clear()
    await desk.until(lambda: not desk.reasons.to_read)
    assert len(moments) == 4


async def test_an_empty_history_proves_nothing_where_only_documented_routes_exist(
    desk: DecisionDesk, reasons: Reasons
) -> None:
    row = desk.row(desk.ids[0])
    desk.change_elsewhere(row.id, "false_positive", by=None)  # as a scan does: without an entry
    await desk.resync()
    row = desk.row(row.id)
    for source, known in ((ScanSource.LISTING, Known.UNKNOWN), (ScanSource.LIVE, Known.NONE)):
        desk.store.observe(SourceSeen(row.scan_id, time.monotonic(), source))
        reasons.learn(row, ())
        assert desk.store.reasons.known.word(row) is known
        assert not desk.store.reasons.known.is_unread(row)
    desk.store.remove(row.scan_id)
    assert len(desk.store.reasons.known) == 0


async def test_a_server_that_fails_ends_the_reading_and_says_why(
    desk: DecisionDesk, reasons: Reasons
) -> None:
    await desk.decide(DISMISSED, desk.ids)
    desk.server.faults.add(Fault(Shape.ENVELOPE, "events", times=None))
    reasons.read(desk.ids)
    await desk.until(lambda: not reasons.to_read)
    assert isinstance(reasons.read_error, errors.ServerFault)
    assert words(desk) == [Known.UNKNOWN] * 5
    desk.server.faults.clear()
    reasons.read(desk.ids[:1])
    await desk.until(lambda: not reasons.to_read)
    assert words(desk)[0] is Known.NONE
    assert reasons.read_error is None


async def test_reading_can_be_stopped(desk: DecisionDesk, reasons: Reasons) -> None:
    await desk.decide(DISMISSED, desk.ids)
    reasons.read(desk.ids)
    await desk.until(lambda: len(reasons.to_read) < 5)
    reasons.stop_reading()
    assert not reasons.to_read
    await desk.until(lambda: not reasons._is_reading)
    assert Known.UNKNOWN in words(desk)


async def test_sending_to_many_shows_progress_and_can_be_cancelled(
    desk: DecisionDesk, reasons: Reasons
) -> None:
    await desk.decide(DISMISSED, desk.ids)
    desk.server.faults.add(
        Fault(Shape.LATE, "triage", delay_s=60.0, path_part=f"{desk.ids[3]}/comment")
    )
    run = reasons.attach(desk.ids, Reason.TEST_CODE)
    await desk.until(lambda: run.settled == 4)
    run.cancel()
    desk.server.faults.clear()
    await over(run)
    assert run.counts[WriteState.SAVED] == 5  # all were sent already
    await desk.decide("false_positive", desk.ids)
    run = reasons.attach(desk.ids, Reason.DUPLICATE)
    run.cancel()
    await over(run)
    assert run.ids(WriteState.UNSENT) == desk.ids
    assert {each.error for each in reasons.unsaved.values()} == {None}
    assert said(desk) == [["[reason: test-code]"]] * 5


async def test_nothing_is_sent_in_read_only_mode(desk: DecisionDesk, reasons: Reasons) -> None:
    await desk.decide(DISMISSED, desk.ids[:1])
    desk.is_read_only = True
    await over(reasons.attach(desk.ids[:1], Reason.TEST_CODE))
    assert said(desk)[0] == []
    [unsaved] = reasons.unsaved.values()
    assert unsaved.error is not None
    assert unsaved.error.reason is errors.Reason.READ_ONLY


async def test_it_waits_for_another_sign_in_and_continues(
    desk: DecisionDesk, reasons: Reasons
) -> None:
    await desk.decide(DISMISSED, desk.ids)
    desk.server.faults.add(Fault(Shape.ENVELOPE, "triage", status=401, path_part="/comment"))
    run = reasons.attach(desk.ids, Reason.TEST_CODE)
    await desk.until(lambda: isinstance(run.held, errors.SignedOut))
    reasons.resume()
    await over(run)
    assert run.counts[WriteState.SAVED] == 5
    assert said(desk) == [["[reason: test-code]"]] * 5


async def test_a_plain_text_is_sent_as_it_is(desk: DecisionDesk, reasons: Reasons) -> None:
    await desk.decide(DISMISSED, desk.ids[:1])
    await over(reasons.attach(desk.ids[:1], None, "Carried over from scan 019f, 3 Jul 2026."))
    assert said(desk)[0] == ["Carried over from scan 019f, 3 Jul 2026."]
    assert words(desk)[0] is Known.UNKNOWN


async def test_a_replay_keeps_reasons_and_sends_nothing(
    desk: DecisionDesk, reasons: Reasons
) -> None:
    def set_here(finding_ids: Iterable[FindingId], what: Field, value: str) -> None:
        rows = tuple(
            replace(desk.row(each), status_text=value, status=FindingStatus.of(value))
            for each in finding_ids
        )
        desk.store.observe(FindingsListed(rows[0].scan_id, time.monotonic(), rows))

    desk.server.requests.reset()
    desk.decisions.decide_here = set_here
    await desk.decide(DISMISSED, desk.ids[:1])
    await over(reasons.attach(desk.ids[:1], Reason.TEST_CODE))
    assert words(desk)[0] is Reason.TEST_CODE
    assert not desk.server.requests.by_kind["triage"]


async def test_a_known_reason_is_not_sent_again_but_another_one_is(
    desk: DecisionDesk, reasons: Reasons
) -> None:
    await desk.decide(DISMISSED, desk.ids[:1])
    for reason, text in (
        (Reason.TEST_CODE, ""),
        (Reason.TEST_CODE, " "),
        (Reason.TEST_CODE, "in tests"),
        (Reason.DUPLICATE, ""),
    ):
        run = await over(reasons.attach(desk.ids[:1], reason, text))
        assert not run.left
    assert said(desk)[0] == [
        "[reason: test-code]",
        "[reason: test-code] in tests",
        "[reason: duplicate]",
    ]
    assert words(desk)[0] is Reason.DUPLICATE


async def test_each_finding_gets_its_own_comment_about_what_was_decided(
    desk: DecisionDesk, reasons: Reasons
) -> None:
    await desk.decide("confirmed", desk.ids[1:2])
    desk.decisions.decide_each(Field.STATUS, {desk.ids[0]: DISMISSED, desk.ids[2]: DISMISSED})
    desk.decisions.decide(Field.SEVERITY, "low", desk.ids[1:2])
    comments = {
        desk.ids[0]: Comment(Reason.TEST_CODE, "from scan 019f"),
        desk.ids[1]: Comment(None, "[carried over] from scan 019f", Field.SEVERITY),
        desk.ids[2]: Comment(Reason.DUPLICATE),
    }
    # the answer and the check are lost: a retry looks since the severity was set
    lost = Fault(Shape.CUT, "triage", path_part=f"{desk.ids[1]}/comment", after_bytes=5)
    desk.server.faults.add(lost, Fault(Shape.ENVELOPE, "events", times=None, path_part=desk.ids[1]))
    run = await over(reasons.attach_each(comments))
    assert run.left == reasons.failed == [desk.ids[1]]
    desk.server.faults.clear()
    await over(reasons.retry(desk.ids))
    assert said(desk)[:3] == [
        ["[reason: test-code] from scan 019f"],
        ["[carried over] from scan 019f"],
        ["[reason: duplicate]"],
    ]
    assert words(desk)[:3] == [Reason.TEST_CODE, None, Reason.DUPLICATE]


async def test_a_decision_made_elsewhere_meanwhile_gets_no_comment(
    desk: DecisionDesk, reasons: Reasons
) -> None:
    await desk.decide(DISMISSED, desk.ids[:2])
    desk.server.faults.add(Fault(Shape.ENVELOPE, "triage", times=2, path_part="/comment"))
    await over(reasons.attach(desk.ids[:2], Reason.TEST_CODE))
    assert set(reasons.failed) == set(desk.ids[:2])
    desk.change_elsewhere(desk.ids[0], "confirmed", by=desk.account_of(OLAF))
    await desk.resync()
    await over(reasons.retry(desk.ids))
    assert said(desk)[:2] == [[], ["[reason: test-code]"]]
    assert reasons.unsaved == {}


async def test_the_reason_of_a_cancelled_decision_follows_its_retry(
    desk: DecisionDesk, reasons: Reasons
) -> None:
    decision = desk.decisions.decide(Field.STATUS, DISMISSED, desk.ids)
    run = reasons.attach(desk.ids, Reason.TEST_CODE)
    decision.cancel()
    await over(run)
    assert run.left == decision.left
    assert decision.left
    assert reasons.failed == []
    await desk.over(desk.decisions.retry(decision))
    [again] = reasons.runs
    await over(again)
    assert said(desk) == [["[reason: test-code]"]] * 5


async def test_nothing_is_sent_once_it_is_closed(desk: DecisionDesk, reasons: Reasons) -> None:
    desk.server.faults.add(Fault(Shape.ENVELOPE, "triage", path_part="/status"))
    decision = desk.decisions.decide(Field.STATUS, DISMISSED, desk.ids[:1])
    await over(reasons.attach(desk.ids[:1], Reason.TEST_CODE))
    await reasons.aclose()
    await desk.over(desk.decisions.retry(decision))
    assert reasons.runs == []
    assert said(desk)[0] == []
