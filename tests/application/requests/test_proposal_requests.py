"""Decisions of earlier scans are proposed, accepted with one comment, undone, rejected and kept."""

import sqlite3
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from heimdall_desktop.application.memory import kept_decisions
from heimdall_desktop.application.requests import read_back, reasons
from heimdall_desktop.application.requests.decision_runs import Run
from heimdall_desktop.application.requests.proposal_matching import is_whole
from heimdall_desktop.application.requests.proposal_requests import Overtaken
from heimdall_desktop.domain.facts.decision import Field, WriteState
from heimdall_desktop.domain.facts.finding import FindingId, FindingStatus, ScanId, Severity
from heimdall_desktop.domain.facts.observation import ScanSource, SourceSeen
from heimdall_desktop.domain.facts.reason import Reason
from heimdall_desktop.domain.proposals import Certainty, Proposal
from heimdall_desktop.local.rows import FindingId as LocalFindingId
from tests.fakes.controller_desk import (
    EMAIL,
    ControllerDesk,
    decide_elsewhere,
    idle_server,
    later_session,
    signed_in_desk,
)
from tests.lab.faults import Fault, Shape
from tests.lab.scripting import ScriptedScan
from tests.lab.server import LabServer

CERTAIN, PROBABLE = Certainty.CERTAIN, Certainty.PROBABLE
OTHER = "olaf@example.test"


@pytest.fixture(scope="module")
def server() -> Iterator[LabServer]:
    with idle_server(EMAIL, OTHER) as running:
        yield running


@pytest.fixture
async def desk(server: LabServer, tmp_path: Path) -> AsyncIterator[ControllerDesk]:
    async with signed_in_desk(server, tmp_path) as made:
        prepare(made)
        yield made


@pytest.fixture(autouse=True)
def _no_long_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_back, "CHECK_AGAIN_S", 0.01)
    monkeypatch.setattr(reasons, "PACE_S", 0.01)


def prepare(desk: ControllerDesk) -> None:
    proposals = desk.controller.proposals
    desk.on_changes, proposals.is_automatic = proposals.take, True
    proposals.rest_s, proposals.longest_share = 0.05, 1.0
    desk.controller.reasons.follow(desk.store.on_pending)


def scan_of(server: LabServer, repo: str, *codes: str, source: str = "static") -> ScriptedScan:
    """Return a scan that has completed, with a finding for each piece of code, in this order."""
    scan = server.script_scan(repo, EMAIL).run_until("hunt")
    for number, code in enumerate(codes):
        path, _, snippet = code.partition(":")
        scan.add_findings(
            1,
            source=source,
            title="[CWE-95] eval",
            cwe_id="CWE-95",
            file_path=path,
            code_snippet=snippet,
            line_start=number + 1,
            fingerprint=f"{number:064x}",  # that of a line, so it says nothing
        )
    return scan.complete()


def events_of(server: LabServer, finding_id: str) -> list[tuple[str, str | None, str | None]]:
    events = server.database.finding_events(LocalFindingId(finding_id))
    return [(each.event_type, each.new_value, each.comment) for each in events]


def proposed(desk: ControllerDesk, scan: ScriptedScan) -> dict[int, Proposal]:
    """The proposals of a scan by the numbers of its findings."""
    known = desk.store.proposals.known.of_scan(ScanId(scan.id))
    return {scan.finding_ids.index(LocalFindingId(each)): known[each] for each in known}


async def over(desk: ControllerDesk, run: Run | None) -> Run:
    assert run is not None
    await desk.until(lambda: run.is_over)
    return run


def comments_of(server: LabServer, finding_id: str) -> list[str | None]:
    return [text for kind, _, text in events_of(server, finding_id) if kind == "comment"]


async def until_read(desk: ControllerDesk, scan: ScriptedScan, *numbers: int) -> None:
    """Wait until these findings have proposals whose histories were read."""

    def holds() -> bool:
        found = proposed(desk, scan)
        return set(found) == set(numbers) and not any(
            each.earlier is not None and each.earlier.is_reading for each in found.values()
        )

    await desk.until(holds)


async def watch_and_read(desk: ControllerDesk, scan: ScriptedScan, *numbers: int) -> None:
    """Watch a scan until these of its findings have proposals whose histories were read."""
    assert await desk.watch(scan.id) is None
    await until_read(desk, scan, *numbers)


async def test_decisions_of_the_last_scan_are_proposed(
    server: LabServer, desk: ControllerDesk
) -> None:
    before = scan_of(
        server, "first", "a.py:eval(x)", "a.py:eval(y)", "b.py:eval(z)", "c.py:eval(c)"
    )
    after = scan_of(
        server, "first", "c.py:eval(c)", "a.py: eval( x )", "d.py:eval(z)", "a.py:eval(w)"
    )
    decide_elsewhere(server, before, 0, "dismissed", comment="[reason: test-code] only in tests")
    decide_elsewhere(server, before, 1, "confirmed")
    decide_elsewhere(server, before, 2, "false_positive")
    await watch_and_read(desk, after, 1, 2, 3)
    found = proposed(desk, after)
    assert [(found[n].status, found[n].certainty) for n in (1, 2, 3)] == [
        (FindingStatus.DISMISSED, CERTAIN),
        (FindingStatus.FALSE_POSITIVE, PROBABLE),
        (FindingStatus.CONFIRMED, PROBABLE),
    ]
    assert (found[1].reason, found[1].text) == (Reason.TEST_CODE, "only in tests")
    earlier = found[1].earlier
    assert earlier is not None
    assert earlier.scan_id == ScanId(before.id)
    assert (earlier.is_own, earlier.is_here) == (True, False)
    assert len(desk.store) == 1, "the earlier scan is not put onto the board"
    assert desk.scan(after.id).counted.total() == 4, "proposals change no count"


async def test_accepted_decisions_are_written_with_one_comment_and_undone(
    server: LabServer, desk: ControllerDesk
) -> None:
    before = scan_of(server, "accept", "a.py:eval(x)", "b.py:eval(y)", "c.py:eval(z)")
    after = scan_of(server, "accept", "a.py:eval(x)", "b.py:eval(y)", "c.py:eval(z)")
    decide_elsewhere(server, before, 0, "dismissed", comment="[reason: not-reachable] dead code")
    decide_elsewhere(server, before, 1, "confirmed")
    decide_elsewhere(server, before, 1, "low", what="severity")
    await watch_and_read(desk, after, 0, 1)
    ids = [FindingId(each) for each in after.finding_ids]
    proposals = desk.controller.proposals
    plan = proposals.plan(ScanId(after.id))
    assert [each.finding_id for each in plan.least_certain] == [ids[1], ids[0]]
    rows_before = {each: server.database.finding(LocalFindingId(each)) for each in ids}

    runs = proposals.accept(ids)
    assert [run.step.what for run in runs] == [Field.STATUS, Field.SEVERITY]
    for run in runs:
        await over(desk, run)
    scan = server.database.scan(before.id)
    assert scan is not None
    source = f"from scan {before.id} of {scan.created_at.date().isoformat()}"
    await desk.until(
        lambda: (
            [("comment", None, f"[reason: not-reachable] dead code, {source}")]
            == [e for e in events_of(server, ids[0]) if e[0] == "comment"]
            and len([e for e in events_of(server, ids[1]) if e[0] == "comment"]) == 1
        )
    )
    assert events_of(server, ids[1])[-1][2] == f"[carried over] {source}"
    assert events_of(server, ids[2]) == []
    assert not proposed(desk, after)

    for _ in runs:
        await over(desk, desk.controller.decisions.undo())
    for each in ids:
        was, now = rows_before[each], server.database.finding(LocalFindingId(each))
        assert was is not None
        assert now is not None
        assert (was.status, was.severity) == (now.status, now.severity)
        assert (was.updated_at < now.updated_at) is (each != ids[2])
    assert len(comments_of(server, ids[0])) == 1
    await until_read(desk, after, 0, 1)


async def test_different_decisions_are_one_step(server: LabServer, desk: ControllerDesk) -> None:
    codes = [f"{name}.py:eval({name})" for name in "abcd"]
    before, after = scan_of(server, "step", *codes), scan_of(server, "step", *codes)
    words = ("dismissed", "confirmed", "fixed")
    for number, word in enumerate(words):
        decide_elsewhere(server, before, number, word)
    await watch_and_read(desk, after, 0, 1, 2)
    [run] = desk.controller.proposals.accept(map(FindingId, after.finding_ids))
    await over(desk, run)
    rows = [desk.store.finding(FindingId(each)) for each in after.finding_ids]
    assert [row and row.status_text for row in rows] == [*words, "open"]
    assert desk.controller.decisions.to_undo == [run.step]
    await over(desk, desk.controller.decisions.undo())
    rows = [desk.store.finding(FindingId(each)) for each in after.finding_ids]
    assert {row and row.status_text for row in rows} == {"open"}
    again = await over(desk, desk.controller.decisions.redo())
    assert again.result.is_whole


async def test_a_false_positive_of_the_scan_itself_is_not_proposed(
    server: LabServer, desk: ControllerDesk
) -> None:
    codes = ["a.py:eval(a)", "b.py:eval(b)"]
    before, after = scan_of(server, "review", *codes), scan_of(server, "review", *codes)
    before.change_finding(before.finding_ids[0], status="false_positive")
    decide_elsewhere(server, before, 1, "false_positive", by=OTHER)
    await watch_and_read(desk, after, 1)
    earlier = proposed(desk, after)[1].earlier
    assert earlier is not None
    assert earlier.is_own is False


async def test_comments_of_others_are_no_reasons(server: LabServer, desk: ControllerDesk) -> None:
    codes = ["a.py:eval(a)", "b.py:eval(b)", "c.py:eval(c)"]
    before, after = scan_of(server, "alike", *codes), scan_of(server, "alike", *codes)
    decide_elsewhere(
        server, before, 0, "dismissed", comment="[reason: test-code] of another", by=OTHER
    )
    decide_elsewhere(server, before, 1, "dismissed", comment="[reason: test-code] old")
    decide_elsewhere(server, before, 1, "dismissed")
    decide_elsewhere(server, before, 2, "dismissed", comment="so [reason: test-code] no form")
    await watch_and_read(desk, after, 0, 1, 2)
    found = proposed(desk, after)
    assert [(found[n].reason, found[n].text) for n in range(3)] == [(None, "")] * 3


async def test_a_decision_of_another_program_counts_and_the_proposal_is_gone(
    server: LabServer, desk: ControllerDesk
) -> None:
    codes = ["a.py:eval(a)", "b.py:eval(b)"]
    before, after = scan_of(server, "race", *codes), scan_of(server, "race", *codes)
    decide_elsewhere(server, before, 0, "dismissed")
    decide_elsewhere(server, before, 1, "dismissed")
    await watch_and_read(desk, after, 0, 1)
    overtaken: list[Overtaken] = []
    desk.controller.proposals.follow(overtaken.extend)
    decide_elsewhere(server, after, 0, "confirmed")
    desk.controller.request_refresh(None)
    await desk.until(lambda: set(proposed(desk, after)) == {1})
    first = FindingId(after.finding_ids[0])
    assert overtaken == [Overtaken(first, "confirmed")]
    assert desk.controller.proposals.accept([first]) == []
    [run] = desk.controller.proposals.accept([FindingId(after.finding_ids[1])])
    await over(desk, run)
    assert len(overtaken) == 1, "our own decision overtakes nothing"


async def test_a_decision_that_meets_another_one_writes_no_comment(
    server: LabServer, desk: ControllerDesk
) -> None:
    before, after = (scan_of(server, "meets", "a.py:eval(a)") for _ in range(2))
    decide_elsewhere(server, before, 0, "dismissed")
    await watch_and_read(desk, after, 0)
    finding_id = FindingId(after.finding_ids[0])
    server.faults.add(Fault(Shape.PAGE, "triage", status=500))
    [run] = desk.controller.proposals.accept([finding_id])
    await over(desk, run)
    assert run.counts[WriteState.REFUSED] == 1
    assert comments_of(server, finding_id) == []
    retried = await over(desk, desk.controller.decisions.retry(run))
    assert retried.result.is_whole
    await desk.until(lambda: len(comments_of(server, finding_id)) == 1)


async def test_redoing_an_accepted_decision_sends_its_reason_again(
    server: LabServer, desk: ControllerDesk
) -> None:
    before, after = (scan_of(server, "again", "a.py:eval(a)") for _ in range(2))
    decide_elsewhere(server, before, 0, "dismissed", comment="[reason: duplicate]")
    await watch_and_read(desk, after, 0)
    finding_id, decisions = FindingId(after.finding_ids[0]), desk.controller.decisions
    [run] = desk.controller.proposals.accept([finding_id])
    await over(desk, run)
    await desk.until(lambda: not desk.controller.reasons.runs)
    await over(desk, decisions.undo())
    await over(desk, decisions.redo())
    await desk.until(lambda: not desk.controller.reasons.runs)
    said = comments_of(server, finding_id)
    assert len(said) == 2
    assert len(set(said)) == 1
    row = desk.store.finding(finding_id)
    assert row is not None
    assert desk.store.reasons.known.word(row) is Reason.DUPLICATE


async def test_a_history_is_read_once_whoever_wants_it(
    server: LabServer, desk: ControllerDesk
) -> None:
    codes = ["a.py:eval(a)", "b.py:eval(b)"]
    before, after = scan_of(server, "once", *codes), scan_of(server, "once", *codes)
    decide_elsewhere(server, before, 0, "dismissed", comment="[reason: duplicate]")
    decide_elsewhere(server, before, 1, "dismissed")
    reasons, ids = desk.controller.reasons, [FindingId(each) for each in before.finding_ids]
    assert await desk.watch(after.id) is None
    server.requests.reset()
    await until_read(desk, after, 0, 1)
    assert await desk.watch(before.id) is None
    await desk.until(lambda: len(desk.scan(before.id).findings) == 2)
    read = server.requests.by_kind["events"]
    reasons.read(ids)
    await desk.until(lambda: not reasons.to_read)
    assert server.requests.by_kind["events"] == read, "what proposals have read, reasons know"
    decide_elsewhere(server, before, 1, "dismissed", comment="[reason: test-code]")
    desk.controller.request_refresh(None)
    await desk.until(lambda: proposed(desk, after)[1].reason is Reason.TEST_CODE)
    read = server.requests.by_kind["events"]
    reasons.read(ids)
    await desk.until(lambda: not reasons.to_read)
    assert server.requests.by_kind["events"] == read


async def test_a_rejected_pair_is_never_proposed_again(
    server: LabServer, desk: ControllerDesk
) -> None:
    codes = ["a.py:eval(a)", "b.py:eval(b)"]
    before, after = scan_of(server, "no", *codes), scan_of(server, "no", *codes)
    decide_elsewhere(server, before, 0, "dismissed")
    decide_elsewhere(server, before, 1, "confirmed")
    await watch_and_read(desk, after, 0, 1)
    desk.controller.proposals.reject([FindingId(after.finding_ids[0])])
    await desk.until(lambda: set(proposed(desk, after)) == {1})
    assert events_of(server, after.finding_ids[0]) == [], "nothing is written"
    last = scan_of(server, "no", *codes)
    await watch_and_read(desk, last, 1)
    async with later_session(desk) as later:
        prepare(later)
        await until_read(later, last, 1)
        decide_elsewhere(server, after, 0, "confirmed")
        later.controller.request_refresh(None)
        await until_read(later, last, 0, 1)  # a newer decision


async def test_decisions_outlive_their_scan(server: LabServer, desk: ControllerDesk) -> None:
    codes = "secret_path.py:eval(secret_code)", "b.py:eval(b)"
    before = scan_of(server, "kept", *codes, "c.py:eval(c)")
    assert await desk.watch(before.id) is None
    ids = [FindingId(each) for each in before.finding_ids]
    await desk.until(lambda: all(each in desk.scan(before.id).findings for each in ids))
    decisions = desk.controller.decisions
    await over(desk, decisions.decide(Field.STATUS, "false_positive", ids[:1]))
    await over(desk, decisions.decide(Field.SEVERITY, "low", ids[1:2]))
    decide_elsewhere(server, before, 2, "confirmed")
    desk.controller.request_refresh(None)
    kept = desk.controller.proposals.kept
    await desk.until(lambda: sum(map(len, kept._known.values())) == 3)
    await desk.history_writer.save()
    desk.controller.request_stop(ScanId(before.id))
    for _ in range(5):
        scan_of(server, "kept")
    async with later_session(desk) as later:
        prepare(later)
        await later.history_writer.save()
        text = b"".join(path.read_bytes() for path in later.profile.glob("heimdall.sqlite3*"))
        assert b"secret_" not in text
        [stored] = [
            repr(row)
            for row in sqlite3.connect(later.profile / "heimdall.sqlite3").execute(
                "SELECT group_concat(place || code || finding || account) FROM decisions"
            )
        ]
        assert not any(each in stored for each in (EMAIL, before.id, *before.finding_ids))
        after = scan_of(server, "kept", *codes, "d.py:eval(c)")
        await watch_and_read(later, after, 0, 1, 2)
        found = proposed(later, after)
        assert [(found[n].status, found[n].severity, found[n].certainty) for n in range(3)] == [
            (FindingStatus.FALSE_POSITIVE, None, CERTAIN),
            (None, Severity.LOW, CERTAIN),
            (FindingStatus.CONFIRMED, None, PROBABLE),
        ]
        earlier = [found[n].earlier for n in range(3)]
        assert [each is not None and each.is_here for each in earlier] == [True, True, False]
        history = later.controller.history
        assert await later.answer(history.request_decisions_deletion) is None
        assert history.size is not None
        assert history.size.decisions == 0
        assert not proposed(later, after)


async def test_repositories_that_are_no_longer_watched_are_forgotten(
    server: LabServer, desk: ControllerDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_decisions, "REMEMBERED", 1)
    proposals = desk.controller.proposals
    for repo in ("one", "two", "three"):
        scan = scan_of(server, repo, "a.py:eval(a)", "b.py:eval(b)")
        decide_elsewhere(server, scan, 0, "dismissed")
        assert await desk.watch(scan.id) is None
        await desk.until(lambda: any(proposals._known))
        await desk.history_writer.save()
        desk.controller.request_stop(ScanId(scan.id))
        await desk.until(lambda: not list(desk.store))
    [owner] = proposals.kept._known
    assert len(proposals.kept.of(owner)) == 1, "the last one is remembered"
    for _ in range(5):  # so that the decided one is on no page that is read
        scan_of(server, "one")
    after = scan_of(server, "one", "a.py:eval(a)", "b.py:eval(b)")
    await watch_and_read(desk, after, 0)


async def test_an_undone_decision_is_no_longer_kept(
    server: LabServer, desk: ControllerDesk
) -> None:
    before = scan_of(server, "undone", "a.py:eval(a)")
    assert await desk.watch(before.id) is None
    finding_id = FindingId(before.finding_ids[0])
    await desk.until(lambda: finding_id in desk.scan(before.id).findings)
    await over(desk, desk.controller.decisions.decide(Field.STATUS, "dismissed", [finding_id]))
    kept = desk.controller.proposals.kept
    await desk.until(lambda: sum(map(len, kept._known.values())) == 1)
    await over(desk, desk.controller.decisions.undo())
    await desk.until(lambda: sum(map(len, kept._known.values())) == 0)
    await desk.history_writer.save()
    assert (await desk.history.size()).decisions == 0


async def test_read_only_shows_proposals_and_accepts_none(
    server: LabServer, desk: ControllerDesk
) -> None:
    before, after = (scan_of(server, "only", "a.py:eval(a)") for _ in range(2))
    decide_elsewhere(server, before, 0, "dismissed")
    desk.controller.preferences.change_setting("is_read_only", True)
    await watch_and_read(desk, after, 0)
    proposals = desk.controller.proposals
    assert "read-only" in proposals.accept_obstacle(ScanId(after.id)).lower()
    assert proposals.accept([FindingId(after.finding_ids[0])]) == []
    desk.store.observe(SourceSeen(ScanId(after.id), time.monotonic(), ScanSource.STREAM))
    assert "doesn't list them" in proposals.obstacle(ScanId(after.id))


async def test_histories_of_findings_in_view_are_read_first(
    server: LabServer, desk: ControllerDesk
) -> None:
    codes = [f"m{number}.py:eval({number})" for number in range(6)]
    before, after = scan_of(server, "view", *codes), scan_of(server, "view", *codes)
    for number in range(6):
        decide_elsewhere(server, before, number, "dismissed")
    desk.controller.proposals.view([FindingId(after.finding_ids[4])])
    read: list[FindingId] = []
    reasons = desk.controller.reasons
    on_learned = reasons.on_learned

    def note(finding_id: FindingId) -> None:
        read.append(finding_id)
        on_learned(finding_id)

    reasons.on_learned = note
    await watch_and_read(desk, after, *range(6))
    assert read[0] == FindingId(before.finding_ids[4])
    assert len(read) == len(set(read)) == 6
    assert desk.controller.proposals.counts(ScanId(after.id)) == (6, 6, 0, 6, 0)


BLANKS = "x = 1\n" * 9  # snippets hold some lines more than their finding
SOURCE = f"{BLANKS}import subprocess, sys\n{BLANKS}subprocess.run({{}}, shell=True)\n{BLANKS}"


async def test_two_real_scans_of_an_edited_folder(tmp_path: Path) -> None:
    """Files are moved and edited between the scans; the list was made by hand."""
    folder = tmp_path / "shop"
    folder.mkdir()
    for name in ("same", "edited", "moved", "twice"):
        (folder / f"{name}.py").write_text(SOURCE.format(f"sys.argv[{len(name)}]"))
    desk = ControllerDesk(tmp_path / "profile")
    prepare(desk)
    controller, proposals = desk.controller, desk.controller.proposals
    try:
        assert await desk.answer(controller.request_folder_scan, folder) is None
        [first] = desk.store
        await desk.until(lambda: is_whole(first))
        assert proposals.folder_question(first.id) is None, "nothing is decided yet"
        by_path: dict[str, list[FindingId]] = {}
        for each in first.findings.values():
            by_path.setdefault(each.file_path, []).append(each.id)
        words = {"same.py": "dismissed", "edited.py": "confirmed", "moved.py": "fixed"}
        for path, word in {**words, "twice.py": "false_positive"}.items():
            await over(desk, controller.decisions.decide(Field.STATUS, word, by_path[path]))
        assert proposals.folder_question(first.id) == folder
        proposals.answer_folder(folder, is_kept=True)

        (folder / "same.py").write_text("# one line more\n" + (folder / "same.py").read_text())
        (folder / "edited.py").write_text(SOURCE.format("sys.argv[-1]"))
        (folder / "sub").mkdir()
        (folder / "moved.py").rename(folder / "sub" / "moved.py")
        (folder / "twice.py").write_text((folder / "twice.py").read_text() * 2)
        (folder / "new.py").write_text("import pickle, sys\n\npickle.load(sys.stdin.buffer)\n")
        assert await desk.answer(controller.scans.request_rescan, first.id) is None
        second = next(scan for scan in desk.store if scan is not first)
        await desk.until(lambda: is_whole(second))

        def shown() -> set[tuple[str, FindingStatus | None, Certainty]]:
            found = desk.store.proposals.known.of_scan(second.id)
            return {
                (row.file_path, proposal.status, proposal.certainty)
                for row in second.findings.values()
                if (proposal := found.get(row.id)) is not None
            }

        await desk.until(lambda: shown() == EDITED and not proposals.is_matching)
        found = desk.store.proposals.known.of_scan(second.id)
        unproposed = [row for row in second.findings.values() if row.id not in found]
        assert {row.file_path for row in unproposed} == {"twice.py", "new.py"}
    finally:
        await desk.aclose()

    later = ControllerDesk(tmp_path / "profile")
    prepare(later)
    await later.begin()
    try:  # the server of the first session is gone; what was kept is not
        assert await later.answer(later.controller.request_folder_scan, folder) is None
        [third] = later.store
        await later.until(lambda: is_whole(third))
        same = [row for row in third.findings.values() if row.file_path == "same.py"]

        def kept() -> set[FindingStatus | None]:
            found = later.store.proposals.known.of_scan(third.id)
            return {found[row.id].status for row in same if row.id in found}

        await later.until(lambda: kept() == {FindingStatus.DISMISSED})
    finally:
        await later.aclose()


EDITED = {
    ("same.py", FindingStatus.DISMISSED, CERTAIN),
    ("edited.py", FindingStatus.CONFIRMED, CERTAIN),  # its import, which was not edited
    ("edited.py", FindingStatus.CONFIRMED, PROBABLE),
    ("sub/moved.py", FindingStatus.FIXED, PROBABLE),
    ("twice.py", FindingStatus.FALSE_POSITIVE, PROBABLE),
}
