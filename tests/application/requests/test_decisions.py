"""Decisions against a real server: confirmed or rolled back, never repeated, and undone."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from heimdall_desktop.application.requests import decisions as module
from heimdall_desktop.application.requests import read_back
from heimdall_desktop.application.requests.decision_runs import Job, Run, Step
from heimdall_desktop.domain.alerts.alert import Alert
from heimdall_desktop.domain.alerts.finding_alerts import RETURN_S
from heimdall_desktop.domain.alerts.policy import AlertPolicy
from heimdall_desktop.domain.facts import errors
from heimdall_desktop.domain.facts.decision import Act, Field, WriteState, snooze_value
from heimdall_desktop.domain.facts.finding import FindingId
from heimdall_desktop.domain.facts.observation import ScanSource, SourceSeen
from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.local.rows import FindingId as LocalFindingId
from heimdall_desktop.local.rows import FindingRow
from heimdall_desktop.presentation.error_text import error_text
from tests.fakes.decision_desk import MIRA, OLAF, DecisionDesk, deciding_server, decision_desk
from tests.fakes.fault_proxy import fault_proxy
from tests.lab.faults import Fault, Shape
from tests.lab.server import LabServer

CONFIRMED, DISMISSED, OPEN = "confirmed", "dismissed", "open"
SAVED, SAME, TOUCHED = WriteState.SAVED, WriteState.SAME, WriteState.TOUCHED
REFUSED, UNSENT, UNKNOWN = WriteState.REFUSED, WriteState.UNSENT, WriteState.UNKNOWN
SIGNED_OUT = Fault(Shape.ENVELOPE, "triage", status=401)
LOST, NOT_DONE = Fault(Shape.CUT, "triage", after_bytes=0), Fault(Shape.CLOSED, "triage")
UNREADABLE = Fault(Shape.PAGE, "finding", status=502, times=None)
BUSY = Fault(Shape.RATE_LIMITED, "triage", after_s=1)


@pytest.fixture(scope="module")
def server() -> Iterator[LabServer]:
    with deciding_server() as running:
        yield running


@pytest.fixture
async def desk(server: LabServer) -> AsyncIterator[DecisionDesk]:
    async with decision_desk(server, MIRA) as made:
        server.requests.reset()
        yield made


@pytest.fixture(autouse=True)
def _no_long_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_back, "CHECK_AGAIN_S", 0.01)
    monkeypatch.setattr(module, "Reconnect", _Soon)


@pytest.fixture(params=[True, False], ids=["moves updated_at", "never moves updated_at"])
def moves(request: pytest.FixtureRequest, server: LabServer) -> Iterator[bool]:
    """Whether the server moves `updated_at` of a row that it changes."""
    with pytest.MonkeyPatch.context() as patch:
        if not request.param:
            database = server.database
            patch.setattr(database, "update_finding", partial(database.update, FindingRow))
        yield request.param


class _Soon:
    """Looks again and again, without much of a wait."""

    def __init__(self, _random: object) -> None:
        pass

    def delay_s(self, _lived_s: float) -> float:
        return 0.02


async def lost(desk: DecisionDesk) -> Run:
    """Decide the first finding; the answer is lost, and it cannot be read either."""
    desk.server.faults.add(LOST, UNREADABLE)
    run = desk.decisions.decide(Field.STATUS, CONFIRMED, desk.ids[:1])
    await desk.until(lambda: run.counts[UNKNOWN])
    return run


def note_state(desk: DecisionDesk, finding_id: FindingId) -> WriteState | None:
    note = desk.decisions.note(finding_id)
    return None if note is None else note.state


def words(run: Run, finding_id: FindingId) -> str:
    """Why a finding was not changed."""
    error = run.jobs[finding_id].error
    return "" if error is None else error_text(error)


async def test_a_decision_is_pending_until_the_server_has_confirmed_it(desk: DecisionDesk) -> None:
    first = desk.ids[0]
    run = desk.decisions.decide(Field.STATUS, CONFIRMED, [first])
    note = desk.decisions.note(first)
    assert note is not None
    assert (note.state, note.value) == (WriteState.SENDING, CONFIRMED)
    assert desk.row(first).status_text == OPEN
    await desk.over(run)
    assert note_state(desk, first) is SAVED
    assert desk.shown() == desk.on_server() == [CONFIRMED, *[OPEN] * 4]
    desk.decisions.forget_note(first)
    assert desk.decisions.note(first) is None


async def test_ten_decisions_one_after_the_other_are_ten_writes(desk: DecisionDesk) -> None:
    words = [CONFIRMED, DISMISSED, "false_positive", "fixed", CONFIRMED]
    decide, wanted = desk.decisions.decide, zip(desk.ids, words, strict=True)
    runs = [decide(Field.STATUS, word, [each]) for each, word in wanted]
    for run in (*runs, *(decide(Field.SEVERITY, "low", [each]) for each in desk.ids)):
        await desk.over(run)
    assert desk.shown() == desk.on_server() == words
    assert desk.shown(Field.SEVERITY) == desk.on_server(Field.SEVERITY) == ["low"] * 5
    assert desk.server.requests.by_kind["triage"] == 10


async def test_two_decisions_on_one_finding_take_effect_in_their_order(desk: DecisionDesk) -> None:
    first = desk.ids[0]
    desk.server.faults.add(Fault(Shape.LATE, "triage", delay_s=0.05))
    desk.decisions.decide(Field.STATUS, CONFIRMED, [first])
    await desk.decide(DISMISSED, [first])
    assert desk.on_server()[0] == desk.shown()[0] == DISMISSED
    assert desk.writes(first) == [(OPEN, CONFIRMED), (CONFIRMED, DISMISSED)]


@pytest.mark.parametrize("is_done", [True, False])
async def test_t55_lost_answers_are_read_not_repeated(desk: DecisionDesk, is_done: bool) -> None:
    first = desk.ids[0]
    desk.server.faults.add(LOST if is_done else NOT_DONE)
    run = await desk.decide(CONFIRMED, [first])
    assert desk.server.requests.by_kind["triage"] == 1
    assert desk.shown() == desk.on_server()
    assert len(desk.writes(first)) == int(is_done)
    assert run.ids(SAVED) == [first] * is_done
    assert not run.unlogged
    if not is_done:
        assert words(run, first).endswith("Checked again: not changed. Try again.")
        assert desk.decisions.to_undo == []


async def test_t55_an_unknown_answer_is_looked_for_and_blocks_others(desk: DecisionDesk) -> None:
    run, first = await lost(desk), desk.ids[0]
    assert note_state(desk, first) is UNKNOWN
    other = desk.decisions.decide(Field.STATUS, DISMISSED, [first])
    assert not run.is_over
    desk.server.faults.clear()
    await desk.over(run)
    await desk.over(other)
    assert run.ids(SAVED) == [first]
    assert desk.writes(first) == [(OPEN, CONFIRMED), (CONFIRMED, DISMISSED)]
    assert desk.shown() == desk.on_server()


async def test_a_lost_answer_is_looked_for_at_once_where_the_network_is_another_one(
    desk: DecisionDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_Soon, "delay_s", lambda _self, _lived_s: 3600.0)
    run = await lost(desk)
    await asyncio.sleep(0)  # so that it waits
    desk.server.faults.clear()
    desk.decisions.resume()
    await desk.over(run)
    assert run.ids(SAVED) == desk.ids[:1]


async def test_a_write_done_after_its_run_ended_can_be_undone(desk: DecisionDesk) -> None:
    run, first = await lost(desk), desk.ids[0]
    run.cancel()
    await desk.over(run)
    assert run.ids(UNKNOWN)
    assert not (await desk.undo()).jobs  # as far as is known there is nothing to undo
    desk.server.faults.clear()
    await desk.until(lambda: run.ids(SAVED))
    assert len(desk.decisions.to_undo) == 1
    await desk.undo()
    assert desk.writes(first) == [(OPEN, CONFIRMED), (CONFIRMED, OPEN)]


async def test_a_called_off_undo_with_a_lost_answer_writes_nothing(desk: DecisionDesk) -> None:
    await desk.decide(CONFIRMED, desk.ids[:1])
    desk.server.faults.add(LOST, Fault(Shape.LATE, "finding"), UNREADABLE)
    run = desk.decisions.undo()
    assert run is not None
    await desk.until(lambda: run.counts[UNKNOWN])
    run.cancel()
    await desk.over(run)
    again = desk.decisions.undo()
    desk.server.faults.clear()
    assert (await desk.over(again)).result.same == 1
    assert desk.writes(desk.ids[0]) == [(OPEN, CONFIRMED), (CONFIRMED, OPEN)]


async def test_a_lost_answer_is_looked_for_on_a_closed_server(desk: DecisionDesk) -> None:
    [scan] = desk.store
    run = await lost(desk)
    desk.store.observe(SourceSeen(scan.id, 1e12, ScanSource.STREAM))
    desk.server.faults.clear()
    await desk.over(run)
    assert (run.ids(SAVED), run.counts[UNKNOWN]) == (desk.ids[:1], 0)


async def test_t55_two_writes_go_at_once_only_where_nothing_was_lost(server: LabServer) -> None:
    async with decision_desk(server, MIRA) as desk:
        for value, most in ((CONFIRMED, 2), (DISMISSED, 1)):
            server.requests.reset()
            server.faults.add(Fault(Shape.LATE, "triage", delay_s=0.05, times=None))
            await desk.decide(value, desk.ids)
            assert server.requests.most_in_flight == most
            server.faults.clear()
            server.faults.add(NOT_DONE)
            await desk.decide("fixed", desk.ids[:1])


async def test_a_reported_failure_is_checked_and_not_repeated(desk: DecisionDesk) -> None:
    done, not_done = desk.ids[:2]
    desk.server.faults.add(Fault(Shape.ENVELOPE, "triage", status=500, times=2))
    desk.change_elsewhere(done, CONFIRMED, by=None)  # changed, but not logged (4.6)
    run = await desk.decide(CONFIRMED, [done, not_done])
    assert (run.ids(SAVED), run.unlogged) == ([done], 1)
    [(error, count)] = run.result.reasons
    assert (type(error), error.reason, count) == (errors.ServerFault, errors.Reason.NOT_CHANGED, 1)
    assert desk.server.requests.by_kind["triage"] == 2
    assert desk.shown() == desk.on_server()


async def test_a_row_that_cannot_be_read_after_its_change_is_read_later(desk: DecisionDesk) -> None:
    first = desk.ids[0]
    desk.server.faults.add(Fault(Shape.PAGE, "finding", status=502, times=3))
    run = await desk.decide(CONFIRMED, [first])
    assert run.ids(SAVED) == [first]
    desk.store.drain()
    await desk.until(lambda: desk.row(first).status_text == CONFIRMED)
    assert (await desk.undo()).ids(SAVED)
    assert desk.shown() == desk.on_server() == [OPEN] * 5


async def test_what_is_cancelled_was_not_sent_the_rest_can_be_undone(desk: DecisionDesk) -> None:
    run = desk.decisions.decide(Field.STATUS, DISMISSED, desk.ids)
    await desk.until(lambda: run.ids(SAVED))
    run.cancel()
    await desk.over(run)
    assert run.counts[SAVED] + run.counts[UNSENT] == 5
    assert run.ids(UNSENT)
    assert desk.server.requests.by_kind["triage"] == run.counts[SAVED]
    assert desk.shown() == desk.on_server()
    await desk.undo()
    assert desk.shown() == desk.on_server() == [OPEN] * 5


def test_the_time_left_goes_by_what_was_worked_and_not_by_what_was_waited() -> None:
    ids = [FindingId(str(number)) for number in range(5)]
    jobs = {each: Job(each, ServerUrl("https://h.test"), CONFIRMED) for each in ids}
    run = Run(Act.DO, Step(Field.STATUS, CONFIRMED, len(ids), 100.0), jobs, began_s=100.0)
    assert run.left_s(110.0) is None
    run.move(jobs[ids[0]], SAVED)
    run.move(jobs[ids[1]], SAME)
    run.held_s = 4.0
    assert run.left_s(110.0) == 9.0
    run.held = errors.ServerBusy(errors.Reason.SERVER_BUSY, host="h", wait_s=4.0)
    assert run.left_s(110.0) is None


async def test_a_run_waits_for_as_long_as_the_server_asks(desk: DecisionDesk) -> None:
    desk.server.faults.add(Fault(Shape.RATE_LIMITED, "triage", after_s=0, times=2))
    run = desk.decisions.decide(Field.STATUS, CONFIRMED, desk.ids)
    await desk.until(lambda: run.held)
    assert run.left_s(0.0) is None
    await desk.over(run)
    assert run.counts[SAVED] == 5
    assert run.held_s > 0
    assert [len(desk.writes(each)) for each in desk.ids] == [1] * 5


@pytest.mark.parametrize(
    ("shape", "kind"), [(SIGNED_OUT, errors.SignedOut), (BUSY, errors.ServerBusy)]
)
async def test_a_401_or_429_in_the_middle_pauses_the_rest_and_then_it_goes_on(
    desk: DecisionDesk, shape: Fault, kind: type[errors.HeimdallError]
) -> None:
    first, refused, *rest = desk.ids
    late = Fault(Shape.LATE, "triage", path_part=first, delay_s=0.2)
    desk.server.faults.add(replace(shape, path_part=refused), late)
    run = desk.decisions.decide(Field.STATUS, CONFIRMED, desk.ids)
    await desk.until(lambda: run.held and first in run.ids(SAVED))
    assert isinstance(run.held, kind)
    await desk.resync()  # a write would go before these reads
    assert desk.server.requests.by_kind["triage"] == 2
    assert not any(desk.decisions.note(each) for each in rest)
    desk.link.use_token(desk.server.new_session(MIRA), "")
    desk.decisions.resume()
    await desk.over(run)
    assert (run.counts[SAVED], run.counts[REFUSED]) == (5, 0)
    assert [len(desk.writes(each)) for each in desk.ids] == [1] * 5


async def test_a_run_does_not_go_on_under_another_account(desk: DecisionDesk) -> None:
    desk.server.faults.add(Fault(Shape.ENVELOPE, "triage", status=401, path_part=desk.ids[0]))
    run = desk.decisions.decide(Field.STATUS, CONFIRMED, desk.ids)
    await desk.until(lambda: run.held)
    desk.link.use_token(desk.server.new_session(OLAF), OLAF)
    desk.decisions.resume()
    await desk.over(run)
    assert desk.ids[0] in run.ids(UNSENT)
    reasons = {each.error and each.error.reason for each in run.of(UNSENT)}
    assert reasons == {errors.Reason.OTHER_ACCOUNT}


async def test_what_is_there_already_or_cannot_be_written_is_not_sent(desk: DecisionDesk) -> None:
    first, [scan] = desk.ids[0], desk.store
    run = await desk.decide(OPEN, desk.ids)
    assert (run.counts[SAME], run.counts[SAVED]) == (5, 0)
    assert desk.decisions.to_undo == []
    desk.is_read_only = True
    assert (await desk.decide(CONFIRMED, desk.ids)).counts[UNSENT] == 5
    assert desk.server.requests.by_kind["triage"] == 0
    desk.is_read_only = False
    desk.server.faults.add(SIGNED_OUT)
    run = await desk.decide(CONFIRMED, [first])
    assert isinstance(run.jobs[first].error, errors.SignedOut)
    desk.store.observe(SourceSeen(scan.id, 1e12, ScanSource.STREAM))
    run = await desk.decide(CONFIRMED, [first])
    assert words(run, first) == "This server doesn't accept decisions on findings."
    assert desk.shown() == desk.on_server() == [OPEN] * 5


async def test_a_server_that_is_away_is_not_asked_for_every_row(server: LabServer) -> None:
    async with (
        fault_proxy(urlsplit(server.url).port or 0) as proxy,
        decision_desk(server, MIRA, url=proxy.url) as desk,
    ):
        await proxy.down()
        run = await desk.decide(CONFIRMED, desk.ids)
        assert run.counts[REFUSED] + run.counts[UNSENT] == 5
        assert run.counts[UNSENT] >= 3
        assert not run.ids(SAVED)


async def test_an_own_undo_raises_no_alert_another_reopening_does(desk: DecisionDesk) -> None:
    first = desk.ids[0]
    policy = AlertPolicy(desk.clock, str, lambda _scan_id: True, desk.store)
    policy.is_own = desk.decisions.is_own_change

    async def alerts() -> int:
        desk.clock.ahead_s += RETURN_S
        await desk.resync()  # a scan that was silent for so long would get a digest instead
        emitted = [*policy.take(desk.store.drain()), *policy.tick()]
        return sum(isinstance(each, Alert) for each in emitted)

    async def change(value: str, what: Field = Field.STATUS) -> int:
        desk.change_elsewhere(first, value, by=None, what=what)
        return await alerts()

    await alerts()
    assert await change("critical", Field.SEVERITY) == 1
    await desk.decide(DISMISSED, [first])
    assert await alerts() == 0
    await desk.undo()
    assert desk.row(first).status_text == OPEN
    assert await alerts() == 0
    assert await change(DISMISSED) == 0
    await desk.decide(CONFIRMED, [first])
    assert await change(OPEN) == 1


async def test_undo_twice_restores_both_and_redo_brings_them_back(desk: DecisionDesk) -> None:
    await desk.decide(CONFIRMED, desk.ids[:2])
    await desk.decide("critical", desk.ids[1:3], Field.SEVERITY)
    assert len(desk.decisions.to_undo) == 2
    await desk.undo()
    assert desk.shown(Field.SEVERITY) == desk.on_server(Field.SEVERITY) == ["high"] * 5
    assert desk.on_server()[:2] == [CONFIRMED] * 2
    await desk.undo()
    assert desk.shown() == desk.on_server() == [OPEN] * 5
    assert desk.decisions.undo() is None
    await desk.redo()
    await desk.redo()
    assert desk.decisions.redo() is None
    assert desk.on_server() == [CONFIRMED, CONFIRMED, OPEN, OPEN, OPEN]
    assert desk.on_server(Field.SEVERITY) == ["high", "critical", "critical", "high", "high"]
    assert desk.shown() == desk.on_server()


async def test_own_writes_are_known_without_updated_at(desk: DecisionDesk, moves: bool) -> None:
    first = desk.ids[0]
    made_at = desk.row(first).updated_at
    desk.change_elsewhere(first, DISMISSED, by=desk.account_of(MIRA))
    desk.change_elsewhere(first, OPEN, by=desk.account_of(MIRA))
    await desk.resync()
    await desk.decide(DISMISSED, desk.ids)
    for word in (OPEN, DISMISSED, OPEN, DISMISSED):
        run = await (desk.undo() if word == OPEN else desk.redo())
        assert (run.counts[SAVED], run.counts[TOUCHED]) == (5, 0)
        assert desk.shown() == desk.on_server() == [word] * 5
    assert (desk.row(first).updated_at > made_at) is moves


async def test_a_lost_answer_is_undone_like_any_write(desk: DecisionDesk, moves: bool) -> None:
    decide = partial(desk.decide, CONFIRMED, desk.ids)
    acts: list[Callable[[], Awaitable[Run]]] = [decide, desk.undo, desk.redo]
    for word, act in zip((CONFIRMED, OPEN, CONFIRMED), acts, strict=True):
        desk.server.faults.add(LOST)
        run = await act()
        assert (run.counts[SAVED], run.counts[TOUCHED]) == (5, 0)
        assert desk.shown() == desk.on_server() == [word] * 5


async def test_a_hundred_steps_are_kept_and_a_new_one_ends_the_undone(server: LabServer) -> None:
    async with decision_desk(server, MIRA, findings=2) as desk:
        await desk.decide(CONFIRMED, desk.ids[:1])
        await desk.undo()
        await desk.decide(DISMISSED, desk.ids[1:])
        assert desk.decisions.redo() is None
        for number in range(102):
            await desk.decide(CONFIRMED if number % 2 else DISMISSED, desk.ids[:1])
        assert len(desk.decisions.to_undo) == 100


@pytest.mark.parametrize("account", [None, OLAF, MIRA], ids=["the scan", "another", "myself"])
@pytest.mark.parametrize("is_back", [False, True], ids=["elsewhere", "there and back"])
async def test_what_was_changed_elsewhere_since_is_left_and_reported(
    desk: DecisionDesk, account: str | None, is_back: bool, moves: bool
) -> None:
    first, second = desk.ids[:2]
    user = desk.account_of(account) if account else None
    await desk.decide(CONFIRMED, [first, second])
    desk.change_elsewhere(first, DISMISSED, by=user)
    if is_back:
        desk.change_elsewhere(first, CONFIRMED, by=user)
    run = await desk.undo()
    if account is None and is_back:
        assert run.counts[SAVED] == 2  # no entry shows it, and the value is ours again
        return
    assert run.ids(SAVED) == [second]
    touch = run.jobs[first].touch
    assert touch is not None
    assert touch.value == (CONFIRMED if is_back else DISMISSED)
    assert (touch.user_id is None, touch.is_own) == (account is None, account == MIRA)
    assert desk.shown()[:2] == desk.on_server()[:2] == [touch.value, OPEN]
    assert desk.decisions.to_undo == []  # it does not block the step before
    forced = await desk.over(desk.decisions.force(run))
    assert forced.ids(SAVED) == [first]
    assert desk.shown() == desk.on_server() == [OPEN] * 5
    again = await desk.redo()
    assert again.counts[SAVED] == 2
    assert desk.on_server()[:2] == [CONFIRMED] * 2


async def test_an_undo_that_fails_can_be_tried_again(desk: DecisionDesk) -> None:
    await desk.decide(CONFIRMED, desk.ids)
    desk.server.faults.add(Fault(Shape.ENVELOPE, "triage", path_part=desk.ids[3]))
    run = await desk.undo()
    assert (run.counts[SAVED], run.ids(REFUSED)) == (4, [desk.ids[3]])
    assert desk.decisions.to_undo
    await desk.over(desk.decisions.retry(run))
    assert desk.on_server() == [OPEN] * 5
    assert desk.decisions.undo() is None
    assert (await desk.redo()).counts[SAVED] == 5


async def test_undo_of_what_is_under_way_waits_for_it(desk: DecisionDesk) -> None:
    begun = desk.decisions.decide(Field.STATUS, CONFIRMED, desk.ids)
    await desk.until(lambda: begun.ids(SAVED))
    run = await desk.undo()
    assert begun.is_over
    assert begun.ids(UNSENT)
    assert set(run.ids(SAVED)) == set(begun.ids(SAVED))
    assert desk.shown() == desk.on_server() == [OPEN] * 5
    saved = begun.ids(SAVED)
    assert all(len(desk.writes(each)) == (2 if each in saved else 0) for each in desk.ids)


async def test_without_a_known_user_values_alone_tell_our_writes(desk: DecisionDesk) -> None:
    desk.link.account_id = ""
    await desk.decide(CONFIRMED, desk.ids[:1])
    assert (await desk.undo()).ids(SAVED) == desk.ids[:1]


async def test_a_former_value_that_no_server_takes_is_said_to_be_one(desk: DecisionDesk) -> None:
    first = desk.ids[0]
    desk.scripted.change_finding(LocalFindingId(first), severity="info")
    await desk.resync()
    await desk.decide("low", [first], Field.SEVERITY)
    run = await desk.undo()
    assert words(run, first) == "Servers don't accept the value info."
    assert desk.on_server(Field.SEVERITY)[0] == "low"


WORDS = ["open", "confirmed", "dismissed", "false_positive", "fixed"]
FINDINGS = 3
rows = st.sets(st.integers(0, FINDINGS - 1), min_size=1)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("decide"), st.sampled_from(WORDS), rows),
        st.tuples(st.just("undo"), st.none(), st.none()),
        st.tuples(st.just("redo"), st.none(), st.none()),
        st.tuples(st.just("other"), st.sampled_from(WORDS), rows),
        st.tuples(st.just("scan"), st.sampled_from(WORDS), rows),
        st.tuples(st.just("lose"), st.booleans(), st.none()),
        st.tuples(st.just("resync"), st.none(), st.none()),
    ),
    max_size=12,
)


@settings(max_examples=40)
@given(steps=steps)
async def test_at_rest_the_app_equals_the_server_and_undoing_all_restores_all_untouched(
    server: LabServer, steps: list[tuple[str, object, set[int] | None]]
) -> None:
    async with decision_desk(server, MIRA, findings=FINDINGS) as desk:
        touched: set[FindingId] = set()
        olaf = desk.account_of(OLAF)
        for kind, value, numbers in steps:
            ids = [desk.ids[number] for number in sorted(numbers or ())]
            match kind:
                case "decide":
                    await desk.decide(str(value), ids)
                case "undo" if desk.decisions.to_undo:
                    await desk.undo()
                case "redo" if desk.decisions.to_redo:
                    await desk.redo()
                case "other" | "scan":
                    for each in ids:
                        by = olaf if kind == "other" else None
                        desk.change_elsewhere(each, str(value), by=by)
                    touched.update(ids)
                case "lose":
                    server.faults.add(LOST if value else NOT_DONE)
                case _:
                    await desk.resync()
        server.faults.clear()
        await desk.resync()
        assert desk.shown() == desk.on_server()
        while desk.decisions.to_undo:
            await desk.undo()
        await desk.resync()
        assert desk.shown() == desk.on_server()
        values = dict(zip(desk.ids, desk.on_server(), strict=True))
        assert {values[each] for each in desk.ids if each not in touched} <= {OPEN}
        assert not desk.decisions.runs


async def test_the_end_of_the_program_waits_for_no_answer(server: LabServer) -> None:
    async with decision_desk(server, MIRA) as desk:
        server.faults.add(Fault(Shape.LATE, "triage", delay_s=600.0, times=None))
        run = desk.decisions.decide(Field.STATUS, CONFIRMED, desk.ids)
        await desk.until(lambda: desk.decisions.note(desk.ids[0]))
        await desk.decisions.aclose()
        assert run.is_over
        assert not desk.decisions.runs
    assert not run.ids(SAVED)


async def test_the_undo_of_a_scan_that_is_no_longer_watched_still_works(desk: DecisionDesk) -> None:
    await desk.decide(CONFIRMED, desk.ids[:2])
    [scan] = desk.store
    desk.store.remove(scan.id)
    run = await desk.undo()
    assert run.counts[SAVED] == 2
    assert desk.on_server() == [OPEN] * 5


# -- snoozes: ours alone --


async def test_snoozes_are_undone_among_decisions_and_sent_to_no_server(desk: DecisionDesk) -> None:
    desk.is_read_only = True  # which is about servers
    until = datetime(2030, 7, 4, 9, 0, tzinfo=UTC)
    run = await desk.decide(snooze_value(until), desk.ids[:3], Field.SNOOZE)
    assert run.ids(SAVED) == desk.ids[:3]
    assert [desk.row(each).snoozed_until for each in desk.ids] == [*[until] * 3, None, None]
    assert (await desk.decide(snooze_value(until), desk.ids[:1], Field.SNOOZE)).result.same == 1
    ended = await desk.decide("", desk.ids[1:4], Field.SNOOZE)
    assert (ended.ids(SAVED), ended.ids(SAME)) == (desk.ids[1:3], desk.ids[3:4])
    await desk.undo()
    assert desk.shown(Field.SNOOZE)[1:3] == [snooze_value(until)] * 2
    await desk.undo()
    assert desk.shown(Field.SNOOZE) == [""] * 5
    await desk.redo()
    assert desk.shown(Field.SNOOZE) == [*[snooze_value(until)] * 3, "", ""]
    assert not desk.server.requests.by_kind


async def test_what_came_back_by_itself_is_left_so_by_undo(desk: DecisionDesk) -> None:
    first = desk.ids[0]
    await desk.decide(snooze_value(datetime(2030, 7, 4, tzinfo=UTC)), [first], Field.SNOOZE)
    await desk.decide("critical", [first], Field.SEVERITY)
    assert desk.row(first).is_back
    await desk.undo()
    run = await desk.undo()
    assert (run.result.same, run.result.is_whole) == (1, True)
    assert desk.decisions.to_undo == []


async def test_many_are_snoozed_in_turns(
    desk: DecisionDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def follow() -> None:
        if run.counts[SAVED] == 2:
            run.cancel()

    monkeypatch.setattr(module, "SNOOZED_AT_ONCE", 2)
    run = desk.decisions.decide(Field.SNOOZE, "2030-07-04T09:00:00+00:00", desk.ids)
    desk.decisions.follow(follow, lambda _run: None)
    await desk.over(run)
    assert (run.counts[SAVED], run.ids(UNSENT)) == (2, desk.ids[2:])
    assert [bool(each) for each in desk.shown(Field.SNOOZE)] == [True, True, False, False, False]
