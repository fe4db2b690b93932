"""What was decided here: it forges no verdict, and is no news, over undo, restart and replay."""

from collections.abc import AsyncIterator, Iterable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from heimdall_desktop.application.requests import read_back
from heimdall_desktop.application.requests.decision_runs import Run
from heimdall_desktop.domain.alerts.alert import Alert, InboxLine, Retraction
from heimdall_desktop.domain.facts import decision
from heimdall_desktop.domain.facts.change import Change
from heimdall_desktop.domain.facts.decision import Field
from heimdall_desktop.domain.facts.finding import Finding, FindingId, Severity, Verdict
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.local.rows import FindingId as LocalFindingId
from heimdall_desktop.presentation.alerts.alert_text import title_of
from heimdall_desktop.presentation.alerts.inbox import Announcements
from heimdall_desktop.presentation.mask import Mask
from heimdall_desktop.services.fact_codec import UsualTimesKnown
from heimdall_desktop.services.recording import read_recording
from tests.application.requests.test_decisions import CONFIRMED, DISMISSED, OPEN, moves
from tests.fakes.controller_desk import EMAIL, PASSWORD, ControllerDesk, idle_server
from tests.lab.faults import Fault, Shape
from tests.lab.scripting import ScriptedScan
from tests.lab.server import LabServer

__all__ = ["moves"]

#: Of one rule: it is sure, and has written why.
RULE = {"source": "static", "confidence": "high", "agent_reasoning": "Matches a known pattern."}
#: Of the same rule, upheld by Víðarr.
UPHELD = RULE | {"agent_reasoning": "A pattern.\n\n--- Víðarr Review ---\nNo guard found."}


@pytest.fixture(scope="module")
def server() -> Iterator[LabServer]:
    with idle_server(EMAIL) as running:
        yield running


@pytest.fixture(autouse=True)
def _no_long_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_back, "CHECK_AGAIN_S", 0.01)


class OwnDesk(ControllerDesk):
    """A desk that watches one scan, and notes all that it reports."""

    def __init__(self, profile: Path, server: LabServer, scripted: ScriptedScan) -> None:
        super().__init__(profile)
        self.server, self.scripted = server, scripted
        self.notified: list[str] = []
        self.said: list[str] = []
        self.now_s = 0.0
        self.news = Announcements(
            lambda: self.now_s, self.store.scan, self.store.name_of, lambda _id: False, Mask()
        )
        self.news.is_own = self.core.controller.decisions.is_own_change
        self.policy.notifications.is_on_desktop = lambda _key: True
        self.on_changes = self._tell

    def _tell(self, changes: list[Change]) -> None:
        entries = self.policy.take(changes)
        self.inbox.take(entries)
        for entry in entries:
            if isinstance(entry, Alert):
                self.notified.append(title_of(entry))
            elif isinstance(entry, Retraction):
                self.notified.append("withdrawn")
        self.news.take(changes)
        self.now_s += 60.0
        if said := self.news.due():
            self.said.append(said)

    @property
    def ids(self) -> list[FindingId]:
        return [FindingId(each) for each in self.scripted.finding_ids]

    @property
    def watched(self) -> Scan:
        return self.scan(str(self.scripted.id))

    def row(self, number: int) -> Finding:
        return self.watched.findings[self.ids[number]]

    async def open(self) -> "OwnDesk":
        """Sign in, and watch the scan until all its rows are read."""
        await self.begin()
        assert await self.sign_in(self.server.url, EMAIL, PASSWORD) is None
        assert await self.watch(str(self.scripted.id)) is None
        await self.until(lambda: len(self.watched.findings) == len(self.ids))
        await self.until(lambda: self.watched.has_listed_once)
        return self

    async def over(self, run: Run | None) -> Run:
        assert run is not None
        await run.over.wait()
        await self.until(lambda: True)
        return run

    async def decide(
        self, value: str, finding_ids: Iterable[FindingId], what: Field = Field.STATUS
    ) -> Run:
        return await self.over(self.controller.decisions.decide(what, value, finding_ids))

    async def undo(self) -> Run:
        return await self.over(self.controller.decisions.undo())

    async def redo(self) -> Run:
        return await self.over(self.controller.decisions.redo())

    async def change_elsewhere(self, number: int, **fields: str) -> None:
        """Change a finding in another session of the same account, and wait until it is read."""
        finding_id, [(name, value)] = LocalFindingId(self.ids[number]), fields.items()
        user = self.server.database.user_by_email(EMAIL)
        assert user is not None

        def change() -> None:
            self.server.database.update_finding(finding_id, **fields)
            self.server.database.add_finding_event(
                finding_id, user.id, f"{name}_change", new_value=value
            )

        self.server.call(change)
        self.controller.request_refresh(self.watched.id)
        await self.until(lambda: getattr(self.row(number), f"{name}_text") == value)


@pytest.fixture
async def desk(server: LabServer, tmp_path: Path) -> AsyncIterator[OwnDesk]:
    scripted = server.script_scan("shop", EMAIL).run_until("hunt")
    scripted.add_findings(4, "critical").add_findings(2, "high")
    scripted.add_findings(1, "high", **RULE).add_findings(1, "high", **UPHELD)
    made = await OwnDesk(tmp_path, server, scripted).open()
    made.notified.clear()
    made.said.clear()
    yield made
    server.faults.clear()
    await made.aclose()


def unread(desk: OwnDesk) -> list[str]:
    return [line.title for line in desk.inbox.lines if line.is_unread]


async def test_undo_forges_no_verdict_and_a_restart_keeps_it(
    desk: OwnDesk, server: LabServer, tmp_path: Path, moves: bool
) -> None:
    def verdicts(of: OwnDesk) -> list[Verdict]:
        return [of.row(6).verdict, of.row(7).verdict]

    assert verdicts(desk) == [Verdict.UNVERIFIED, Verdict.CONFIRMED]
    seen: list[dict[FindingId, Finding]] = []
    for number in range(2):
        path = tmp_path / f"{number}.heimdall.jsonl"
        await desk.controller.recordings.start(desk.watched.id, path)
        await (desk.redo() if number else desk.decide(DISMISSED, desk.ids))
        assert verdicts(desk) == [Verdict.WITHDRAWN] * 2
        await desk.undo()
        assert verdicts(desk) == [Verdict.UNVERIFIED, Verdict.CONFIRMED]
        desk.controller.recordings.stop(desk.watched.id)
        seen.append(dict(desk.watched.findings))
    await desk.aclose()

    later = ControllerDesk(tmp_path)
    try:
        await later.core.bring_back()
        later.controller.bring_back_rows()
        await later.until(lambda: len(later.scan(desk.scripted.id).findings) == len(desk.ids))
        assert later.scan(desk.scripted.id).findings == seen[-1]
    finally:
        await later.aclose()
    for number, shown in enumerate(seen):
        recording = read_recording(tmp_path / f"{number}.heimdall.jsonl")
        replayed = Scan(recording.head.scan_id, recording.head.server)
        for recorded in recording.facts:
            if not isinstance(recorded.fact, InboxLine | UsualTimesKnown):
                replayed.observe(recorded.fact)
        assert dict(replayed.findings) == shown


async def test_what_was_done_here_is_read_and_silent(desk: OwnDesk, moves: bool) -> None:
    server = desk.server
    desk.scripted.add_findings(2, "critical")
    await desk.until(lambda: len(desk.watched.findings) == len(desk.ids))
    assert len(unread(desk)) == 3, "a summary and two new ones"
    desk.notified.clear()
    desk.said.clear()
    for word in (DISMISSED, OPEN, DISMISSED, OPEN, CONFIRMED, OPEN):
        server.faults.add(Fault(Shape.CUT, "triage", after_bytes=0))
        match word:
            case "open":
                await desk.undo()
            case "dismissed" if desk.controller.decisions.to_redo:
                await desk.redo()
            case _:
                await desk.decide(word, desk.ids)
        assert {row.status_text for row in desk.watched.findings.values()} == {word}
    await desk.decide("critical", desk.ids[4:6], Field.SEVERITY)
    assert desk.row(4).severity is Severity.CRITICAL
    await desk.decide("2030-07-04T09:00:00+00:00", desk.ids[:1], Field.SNOOZE)
    await desk.decide("", desk.ids[:1], Field.SNOOZE)
    assert (unread(desk), set(desk.notified) - {"withdrawn"}, desk.said) == ([], set(), [])


async def test_what_another_session_of_the_account_does_is_news(desk: OwnDesk, moves: bool) -> None:
    await desk.decide(DISMISSED, desk.ids)
    await desk.undo()
    await desk.decide("critical", desk.ids[4:5], Field.SEVERITY)
    await desk.undo()
    assert unread(desk) == []
    desk.notified.clear()
    await desk.change_elsewhere(4, severity="critical")
    assert unread(desk) == desk.notified == ["Critical: Finding 5"]
    assert desk.said == ["New critical finding in shop: Finding 5."]
    await desk.decide(DISMISSED, desk.ids[4:5])
    assert unread(desk) == []
    await desk.change_elsewhere(4, status=OPEN)
    assert unread(desk) == ["Critical: Finding 5"]


async def test_a_value_of_ours_that_another_session_sets_again_is_not_ours(desk: OwnDesk) -> None:
    desk.scripted.add_findings(1, "critical")
    await desk.until(lambda: len(desk.watched.findings) == len(desk.ids))
    await desk.decide(DISMISSED, desk.ids[8:])
    await desk.undo()
    assert "Critical: Finding 9" not in unread(desk)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(decision, "SAME_WRITE", timedelta(0))
        for word in (DISMISSED, OPEN):
            await desk.change_elsewhere(8, status=word)
    assert "Critical: Finding 9" in unread(desk)
