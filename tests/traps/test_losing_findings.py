"""T-1 to T-10: no finding is lost or falsified, and no silence is taken for an all-clear."""

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from heimdall_desktop.domain.facts import finding
from heimdall_desktop.domain.facts.change import FindingAdded
from heimdall_desktop.domain.facts.observation import Connection
from heimdall_desktop.domain.facts.scan import Outcome
from heimdall_desktop.domain.table.listing import Listing
from heimdall_desktop.local.rows import STAGES
from heimdall_desktop.presentation.board.scan_status import ScanStatus
from heimdall_desktop.presentation.labels import severity_word
from heimdall_desktop.presentation.window.empty_table import Cause
from tests.fakes.hand_server import AT, FAULT, SCAN_ID
from tests.fakes.odd_server import OddServer
from tests.fakes.shown_words import all_words, card, empty, is_healthy, problem
from tests.fakes.watch_desk import EMAIL, WatchDesk, connection, outcome
from tests.lab.server import LabServer
from tests.traps.waiting import rested_scan, shown_problem


def found(*ids: str, severity: str = "critical") -> str:
    """Return the events that announce findings."""
    reported = [{"finding_id": each, "title": "Told", "severity": severity} for each in ids]
    return "".join(f"event: finding_added\ndata: {json.dumps(each)}\n\n" for each in reported)


# -- T-1 --


async def test_t01_rows_are_there_before_any_event(server: LabServer, desk: WatchDesk) -> None:
    scripted = server.script_scan("shop", EMAIL).run_until("static_analysis")
    scan = await rested_scan(desk, scripted.id)
    scripted.add_findings(3)
    await desk.pass_until(lambda: len(scan.findings) == 3)
    assert scan.name == "shop"
    assert scan.running_stage is not None
    assert scan.running_stage.name == "static_analysis"


async def test_t01_any_count_that_moves_has_the_rows_read(
    server: LabServer, desk: WatchDesk
) -> None:
    scripted = server.script_scan("shop", EMAIL).run_until("vidarr").add_findings(2, "critical")
    scan = await rested_scan(desk, scripted.id, in_view=False)
    scripted.change_finding(scripted.finding_ids[0], severity="low")
    lowered = finding.FindingId(scripted.finding_ids[0])
    await desk.pass_until(lambda: scan.findings[lowered].severity is finding.Severity.LOW)
    assert desk.turned_s < 6 + 15


async def test_t01_the_end_of_a_stage_has_the_rows_read(
    odd: OddServer, odd_desk: WatchDesk
) -> None:
    odd.stages = [{"stage": "ingest", "status": "running", "timestamp": AT}]
    await rested_scan(odd_desk, in_view=False)
    listings = odd.listings
    odd.stages = [{"stage": "ingest", "status": "completed", "timestamp": AT}]
    await odd_desk.pass_until(lambda: odd.listings > listings)


# -- T-2 --


async def test_t02_a_burst_over_the_ring_is_read_whole(server: LabServer, desk: WatchDesk) -> None:
    scripted = server.script_scan("shop", EMAIL).run_until("hunt")
    scan = await rested_scan(desk, scripted.id)
    for severity in ("critical", "high", "medium", "low"):
        scripted.add_findings(75, severity)
    scripted.finish_stage()
    await desk.pass_until(lambda: len(scan.findings) == 300)
    assert [scan.severities[severity] for severity in finding.Severity] == [75, 75, 75, 75, 0]
    added = [change.finding.id for change in desk.changes if isinstance(change, FindingAdded)]
    assert len(added) == len(set(added)) == 300


async def test_t02_a_part_of_a_burst_is_enough_to_read_all(
    odd: OddServer, odd_desk: WatchDesk
) -> None:
    scan = await rested_scan(odd_desk, in_view=False)
    odd.holds.add("live")
    odd.add_rows(*(f"row-{number}" for number in range(150)))
    listings = odd.listings
    await odd.send(found(*(f"row-{number}" for number in range(20))))
    await odd_desk.pass_until(lambda: len(scan.findings) == 150, step_s=0.1)
    assert listings < odd.listings <= listings + 2
    assert odd.asked.count("finding") < 20


# -- T-3 --


@pytest.mark.parametrize("stage", ["vidarr", "garmr", "report"])
async def test_t03_what_a_stage_changed_in_silence_is_read_at_its_end(
    server: LabServer, desk: WatchDesk, stage: str
) -> None:
    scripted = server.script_scan("shop", EMAIL).run_until(stage).add_findings(2)
    scan = await rested_scan(desk, scripted.id, in_view=False)
    changed = finding.FindingId(scripted.finding_ids[0])
    scripted.change_finding(scripted.finding_ids[0], confidence="high", agent_reasoning="Looked at")
    await desk.pass_until(lambda: desk.turned_s > 20)
    assert scan.findings[changed].confidence is finding.Confidence.MEDIUM
    if stage == STAGES[-1]:
        scripted.reach_completed()
    else:
        scripted.finish_stage()
    await desk.pass_until(lambda: scan.findings[changed].confidence is finding.Confidence.HIGH)
    assert scan.findings[changed].verdict is finding.Verdict.CONFIRMED


async def test_t03_a_verdict_that_nobody_announced_withdraws_the_row(
    server: LabServer, desk: WatchDesk
) -> None:
    scripted = server.script_scan("shop", EMAIL).run_until("vidarr").add_findings(2, "critical")
    scan = await rested_scan(desk, scripted.id)
    row_id = finding.FindingId(scripted.finding_ids[0])
    fields = {"status": "false_positive", "confidence": "low"}
    scripted.change_finding(scripted.finding_ids[0], **fields).finish_stage()
    await desk.pass_until(lambda: scan.findings[row_id].verdict is finding.Verdict.WITHDRAWN)
    assert scan.findings[row_id].status is finding.FindingStatus.FALSE_POSITIVE


async def test_t03_what_an_event_says_is_no_row_no_count_and_no_alert(
    odd: OddServer, odd_desk: WatchDesk
) -> None:
    scan = await rested_scan(odd_desk)
    odd.holds.add("finding")
    await odd.send(found("a", severity="critical"))
    await odd_desk.pass_until(lambda: "finding" in odd.asked)
    assert scan.findings == {}
    assert card(odd_desk, scan).counts == (0, 0, 0, 0)
    odd.add_rows("a", severity="low", title="Read")
    odd.release()
    await odd_desk.pass_until(lambda: len(scan.findings) == 1)
    row = scan.findings[finding.FindingId("a")]
    assert (row.severity, row.title) == (finding.Severity.LOW, "Read")
    reported = [change for change in odd_desk.changes if isinstance(change, FindingAdded)]
    assert [change.finding.severity for change in reported] == [
        finding.Severity.LOW
    ]  # nothing to alert of


async def test_t03_a_few_announced_rows_are_read_at_once(
    server: LabServer, desk: WatchDesk
) -> None:
    scripted = server.script_scan("shop", EMAIL).run_until("hunt")
    scan = desk.watch(scripted.id)
    await desk.until(lambda: connection(scan) is Connection.LIVE and scan.has_listed_once)
    scripted.add_findings(2).burst()
    await desk.until(lambda: len(scan.findings) == 2)
    assert desk.turned_s == 0


# -- T-4 --


async def test_t04_rows_that_move_between_pages_are_all_collected(
    odd: OddServer, odd_desk: WatchDesk
) -> None:
    odd.status, odd.per_page = "completed", 2
    odd.add_rows(*"abcd")
    odd.orders = ["abcd", "acbd", "abcd"]  # the first round reads b twice and misses c
    scan = odd_desk.watch(SCAN_ID)
    await odd_desk.pass_until(lambda: scan.is_settled)
    assert sorted(scan.findings) == list("abcd")
    assert scan.is_checked_to_the_end
    added = [change for change in odd_desk.changes if isinstance(change, FindingAdded)]
    assert len(added) == 4


async def test_t04_a_list_that_never_adds_up_is_called_incomplete(
    odd: OddServer, odd_desk: WatchDesk
) -> None:
    odd.total = 3
    odd.add_rows(*"ab")
    scan = odd_desk.watch(SCAN_ID)
    await odd_desk.until(lambda: scan.has_listed_once)
    assert sorted(scan.findings) == list("ab")
    assert odd.listings == 3
    await odd_desk.pass_until(lambda: problem(odd_desk, scan) is not None)
    reported = shown_problem(odd_desk, scan)
    assert reported.status is ScanStatus.INCOMPLETE
    assert "2 of 3" in reported.fact
    odd.add_rows("c")
    await odd_desk.pass_until(lambda: len(scan.findings) == 3 and problem(odd_desk, scan) is None)


async def test_t04_a_row_that_a_listing_misses_stays(odd: OddServer, odd_desk: WatchDesk) -> None:
    odd.add_rows(*"abc")
    scan = await rested_scan(odd_desk)
    missed = odd.rows.pop()
    listings = odd.listings
    odd_desk.watches.refresh()
    await odd_desk.pass_until(lambda: odd.listings > listings + 1)
    assert sorted(scan.findings) == list("abc")
    odd.rows.append(missed)


# -- T-5 and T-6 --


async def test_t05_no_listing_that_settles_anything_is_filtered(
    odd: OddServer, odd_desk: WatchDesk
) -> None:
    odd.add_rows(*(f"row-{number}" for number in range(130)), status="false_positive")
    scan = await rested_scan(odd_desk)
    await odd_desk.pass_until(lambda: odd_desk.turned_s > 20)
    odd.status = "completed"
    await odd_desk.pass_until(lambda: scan.is_settled)
    assert len(scan.findings) == 130
    filters = {"severity", "status"}
    for target in odd.targets:
        asked = parse_qs(urlsplit(target).query, keep_blank_values=True)
        assert all(all(values) and len(values) == 1 for values in asked.values())
        assert asked.get("per_page") == ["1"] or filters.isdisjoint(asked)


async def test_t06_pages_are_as_long_as_the_server_makes_them(
    odd: OddServer, odd_desk: WatchDesk
) -> None:
    odd.status, odd.per_page = "completed", 30
    odd.add_rows(*(f"row-{number}" for number in range(100)))
    scan = odd_desk.watch(SCAN_ID)
    await odd_desk.pass_until(lambda: scan.is_settled)
    assert len(scan.findings) == 100
    assert scan.is_checked_to_the_end
    sizes = {parse_qs(urlsplit(target).query).get("per_page", [""])[0] for target in odd.targets}
    assert {int(size) for size in sizes if size} <= set(range(1, 101))


async def test_t06_rows_behind_the_cap_of_a_page_are_read(
    server: LabServer, desk: WatchDesk
) -> None:
    scripted = server.script_scan("shop", EMAIL).run_until("report").add_findings(201).complete()
    scan = desk.watch(scripted.id)
    await desk.pass_until(lambda: scan.is_checked_to_the_end)
    assert len(scan.findings) == 201


# -- T-7 and T-8 --


async def test_t07_rows_are_counted_and_the_counters_of_the_scan_are_not_shown(
    odd: OddServer, odd_desk: WatchDesk
) -> None:
    counters = ("finding_count", "critical_count", "high_count", "medium_count", "low_count")
    odd.scan_fields = dict.fromkeys(counters, 777)
    odd.add_rows("a", severity="critical")
    odd.add_rows("b", "c", severity="low")
    scan = await rested_scan(odd_desk)
    assert card(odd_desk, scan).counts == (1, 0, 0, 2)
    odd.rows[0]["severity"] = "low"
    odd.status = "completed"
    await odd_desk.pass_until(lambda: scan.is_settled)
    assert card(odd_desk, scan).counts == (0, 0, 0, 3)
    assert "777" not in all_words(odd_desk, scan)


async def test_t08_a_severity_nobody_foresaw_is_counted_as_other(
    odd: OddServer, odd_desk: WatchDesk
) -> None:
    odd.status = "completed"
    odd.live_fields = {"counts": {"total": 3, "critical": 0, "high": 1, "medium": 0, "low": 0}}
    odd.add_rows("a")
    odd.add_rows("b", severity="blocker")
    odd.add_rows("c", severity="")
    scan = odd_desk.watch(SCAN_ID)
    await odd_desk.pass_until(lambda: scan.is_settled)
    shown = card(odd_desk, scan)
    assert (shown.counts, shown.other) == ((0, 1, 0, 0), 2)
    assert "1 high, 2 other" in shown.sentence
    assert severity_word(scan.findings[finding.FindingId("b")]) == "Blocker"
    assert scan.is_checked_to_the_end


# -- T-9 --


def listed(desk: WatchDesk) -> Listing:
    """Return what a table shows of everything the watches have read by now."""
    listing = Listing()
    listing.apply([*desk.changes, *desk.store.drain()])
    return listing


async def test_t09_duplicates_of_a_retry_are_shown_as_the_newest_one(
    server: LabServer, desk: WatchDesk
) -> None:
    reported: dict[str, Any] = {"title": "Told twice", "fingerprint": "f" * 64}
    reported |= {"file_path": "shop/api.py", "line_start": 7, "line_end": 7}
    scripted = (
        server.script_scan("shop", EMAIL).run_until("hunt").add_findings(1, **reported).fail()
    )
    scan = await rested_scan(desk, scripted.id)
    await desk.pass_until(lambda: len(scan.findings) == 1)
    scripted.start_stage("ingest").run_until("hunt").add_findings(1, **reported)
    await desk.pass_until(lambda: len(scan.findings) == 2)
    listing = listed(desk)
    assert [str(row.id) for row in listing.rows] == [str(scripted.finding_ids[1])]
    assert (listing.counts.total, listing.counts.folded) == (2, 1)
    shown = card(desk, scan)
    assert shown.counts == (0, 1, 0, 0)
    assert shown.uncounted == "The server counts 2 findings. Not counted here: 1 repeat."


async def test_t09_findings_of_one_fingerprint_in_different_places_are_all_shown(
    server: LabServer, desk: WatchDesk
) -> None:
    scripted = server.script_scan("shop", EMAIL).run_until("hunt")
    for line in (7, 8):
        place: dict[str, Any] = {"file_path": "a.py", "line_start": line, "line_end": line}
        scripted.add_findings(1, title="Told twice", fingerprint="f" * 64, **place)
    scan = desk.watch(scripted.id)
    await desk.pass_until(lambda: len(scan.findings) == 2)
    listing = listed(desk)
    assert (len(listing.rows), listing.counts.folded) == (2, 0)


async def test_t09_duplicates_of_a_retry_stay_reachable(server: LabServer, desk: WatchDesk) -> None:
    scripted = server.script_scan("shop", EMAIL).run_until("hunt")
    scripted.add_findings(1, fingerprint="f" * 64).fail()
    scan = desk.watch(scripted.id)
    await desk.until(lambda: len(scan.findings) == 1)
    scripted.start_stage("ingest").run_until("hunt").add_findings(1, fingerprint="f" * 64)
    await desk.pass_until(lambda: len(scan.findings) == 2)
    assert all(desk.store.finding(finding.FindingId(each)) for each in scripted.finding_ids)


# -- T-10 --


async def test_t10_a_failed_scan_without_findings_is_no_all_clear(
    server: LabServer, desk: WatchDesk
) -> None:
    scripted = server.script_scan("shop", EMAIL).run_until("tyr").fail()
    scan = desk.watch(scripted.id)
    await desk.until(lambda: scan.has_listed_once)
    assert empty(scan).cause is Cause.STOPPED
    await desk.pass_until(lambda: scan.is_settled)
    assert outcome(scan) is Outcome.FAILED
    table, strip = empty(scan), problem(desk, scan)
    assert "does not mean the code is clean" in table.consequence
    assert strip is not None
    assert "does not mean the code is clean" in strip.consequence


@pytest.mark.parametrize("end", ["failed", "cancelled"])
async def test_t10_the_card_of_a_scan_that_stopped_does_not_say_no_findings(
    odd: OddServer, odd_desk: WatchDesk, end: str
) -> None:
    odd.status = end
    scan = odd_desk.watch(SCAN_ID)
    await odd_desk.pass_until(lambda: scan.is_settled)
    assert "no findings." not in card(odd_desk, scan).sentence.lower()


async def test_t10_a_completed_scan_is_clear_only_after_a_whole_listing(
    odd: OddServer, odd_desk: WatchDesk
) -> None:
    scan = await rested_scan(odd_desk)
    assert empty(scan).cause is Cause.NOT_YET
    odd.refusals["findings"] = FAULT
    odd.status = "completed"
    await odd_desk.pass_until(lambda: outcome(scan) is Outcome.COMPLETED)
    await odd_desk.pass_until(lambda: odd_desk.turned_s > 40)
    assert empty(scan).cause is Cause.LOADING
    assert not is_healthy(scan)
    assert "no findings" not in all_words(odd_desk, scan).lower().replace("no findings yet", "")
    odd.refusals.clear()
    await odd_desk.pass_until(lambda: scan.is_checked_to_the_end)
    assert empty(scan).cause is Cause.FINISHED
    await odd_desk.pass_until(lambda: scan.is_settled)
    assert is_healthy(scan)


async def test_t10_a_list_with_holes_is_no_all_clear(odd: OddServer, odd_desk: WatchDesk) -> None:
    odd.status, odd.total = "completed", 1
    scan = odd_desk.watch(SCAN_ID)
    await odd_desk.pass_until(lambda: scan.is_settled)
    assert empty(scan).cause is Cause.LOADING
    assert not is_healthy(scan)
    strip = shown_problem(odd_desk, scan)
    assert strip.status is ScanStatus.NOT_CHECKED
