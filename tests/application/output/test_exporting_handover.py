"""A handover of a real server: what was decided here and elsewhere, as far as it was read."""

from collections.abc import AsyncIterator, Iterator
from datetime import datetime, timedelta

import pytest

from heimdall_desktop.application.output.exporting import Exports
from heimdall_desktop.domain.facts.decision import Field
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.handover import Handover
from heimdall_desktop.domain.histories import DecidedBy
from tests.fakes.decision_desk import MIRA, OLAF, DecisionDesk, deciding_server, decision_desk
from tests.fakes.requests import exports_of
from tests.lab.server import LabServer


@pytest.fixture(scope="module")
def server() -> Iterator[LabServer]:
    with deciding_server() as running:
        yield running


@pytest.fixture
async def desk(server: LabServer) -> AsyncIterator[DecisionDesk]:
    async with decision_desk(server, MIRA) as made:
        made.link.on_history = made.store.keep_history
        yield made


def exports(desk: DecisionDesk) -> Exports:
    made = exports_of(desk.store)
    made.own_findings = desk.decisions.own_findings
    made.own_writes = desk.decisions.own_writes
    made.account_of = desk.accounts.account_of
    return made


def handover(desk: DecisionDesk, since: datetime) -> Handover:
    made = exports(desk).handovers([ScanId(desk.scripted.id)])(since).handover
    assert made is not None
    return made


async def test_decisions_made_here_are_known_at_once(desk: DecisionDesk) -> None:
    desk.link.account = MIRA
    made = exports(desk)
    before = made.now() - timedelta(minutes=1)
    await desk.decide("dismissed", desk.ids[:3])
    await desk.decide("low", desk.ids[3:4], Field.SEVERITY)
    found = handover(desk, before)
    assert {(each.finding.id, each.new, each.by) for each in found.decided} == {
        *((each, "dismissed", DecidedBy.HERE) for each in desk.ids[:3]),
        (desk.ids[3], "low", DecidedBy.HERE),
    }
    assert (found.known, found.closed) == (3, 3)
    assert found.accounts == (MIRA,)
    await desk.undo()
    await desk.undo()
    assert handover(desk, before).decided == ()
    assert handover(desk, before).closed == 0


async def test_decisions_elsewhere_are_known_once_their_history_was_read(
    desk: DecisionDesk,
) -> None:
    before = exports(desk).now() - timedelta(minutes=1)
    olaf, mira = desk.account_of(OLAF), desk.account_of(MIRA)
    desk.change_elsewhere(desk.ids[0], "confirmed", by=olaf)
    desk.change_elsewhere(desk.ids[1], "dismissed", by=mira)
    desk.change_elsewhere(desk.ids[2], "false_positive", by=None)
    await desk.resync()
    found = handover(desk, before)
    assert (found.decided, found.known, found.closed) == ((), 0, 3)
    for finding_id in desk.ids[:3]:
        await desk.link.finding_events(finding_id)
    found = handover(desk, before)
    assert {(each.finding.id, each.by) for each in found.decided} == {
        (desk.ids[0], DecidedBy.OTHER),
        (desk.ids[1], DecidedBy.OWN),
    }
    assert (found.known, found.closed) == (2, 3), "no entry says who set the false positive"


async def test_a_reading_of_our_own_decision_makes_no_second_one(desk: DecisionDesk) -> None:
    before = exports(desk).now() - timedelta(minutes=1)
    await desk.decide("fixed", desk.ids[:1])
    await desk.link.finding_events(desk.ids[0])
    [found] = handover(desk, before).decided
    assert (found.old, found.new, found.by) == ("open", "fixed", DecidedBy.HERE)


async def test_an_override_of_the_review_is_known_once_its_history_was_read(
    desk: DecisionDesk,
) -> None:
    desk.change_elsewhere(desk.ids[0], "false_positive", by=None)
    desk.change_elsewhere(desk.ids[0], "open", by=desk.account_of(OLAF))
    await desk.resync()
    row = desk.row(desk.ids[0])
    assert desk.store.disagreements.known.override(row) is None
    await desk.link.finding_events(desk.ids[0])
    change = desk.store.disagreements.known.override(row)
    assert change is not None
    assert change.by is DecidedBy.OTHER
