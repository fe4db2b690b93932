"""T-40 to T-46 and T-48 to T-52: what the wire says is read as it is meant, at a fair pace."""

import json
import re
from datetime import timedelta

import pytest

from heimdall_desktop.domain.facts.finding import FindingId, ScanId
from heimdall_desktop.domain.facts.observation import Connection
from heimdall_desktop.domain.facts.scan import Outcome, Scan
from heimdall_desktop.domain.facts.stage import StageState
from heimdall_desktop.presentation import labels
from heimdall_desktop.presentation.board.problems import problems_of
from heimdall_desktop.presentation.board.scan_status import ProblemAction, ScanStatus
from heimdall_desktop.presentation.detail.finding_markdown import finding_markdown
from heimdall_desktop.presentation.error_text import reason_text
from heimdall_desktop.services.transport.limiter import FIRST_AT_ONCE
from tests.fakes.hand_server import AT, FAULT, NOT_FOUND, SCAN_ID, UNAUTHORIZED
from tests.fakes.odd_server import OddServer
from tests.fakes.raw_server import answer
from tests.fakes.scan_links import scan_links
from tests.fakes.shown_words import all_words, card, is_healthy, problem
from tests.fakes.watch_desk import EMAIL, WatchDesk, connection, outcome
from tests.lab.server import LabServer
from tests.traps.waiting import NO_SCAN, look_away, rested_scan, time_passes

PAGE = answer(200, "text/html", "<!DOCTYPE html><title>Welcome to the hotel</title>")
LOST = answer(404, "text/html", "<!DOCTYPE html><title>Not found</title>")
REST = ("scan", "repo", "live", "findings", "finding")
STEPS_S = (1, 2, 4, 8, 15, 30, 30)


def other(number: int) -> ScanId:
    """Return the id of one more scan."""
    return ScanId(f"{number:08x}-2f0e-4a0c-9a77-6a3c1b0d4e21")


def kind_of_problem(desk: WatchDesk, scan: Scan) -> ScanStatus | None:
    """Return which problem a scan has."""
    reported = problem(desk, scan)
    return None if reported is None else reported.status


def reason(scan: Scan) -> str:
    """Return what is wrong with the connection of a scan."""
    return reason_text(scan.connection)


def wait_s(desk: WatchDesk, scan: Scan) -> float:
    """Return how long it is to the next try; 0 where none is waited for."""
    seen = scan.connection
    next_at_s = None if seen is None else seen.next_try_at_s
    return 0.0 if next_at_s is None else max(next_at_s - desk.clock(), 0.0)


# -- T-40 to T-43 --


async def test_t40_a_weakness_is_linked_only_where_the_text_names_one(
    server: LabServer, desk: WatchDesk
) -> None:
    script = server.script_scan("weak", EMAIL).run_until("hunt")
    linked = {"CWE-89": 89, "cwe-079: Cross-site\nscripting": 79, "CWE-0022 (path)": 22}
    texts = (*linked, "89", "SQL injection (89)", "CWE-", "OWASP A03](https://evil.example)")
    for text in texts:
        script.add_findings(1, cwe_id=text)
    scan = desk.watch(script.id)
    await desk.until(lambda: len(scan.findings) == len(texts))
    pages = {
        row.cwe_text: re.findall(r"\]\((.*?)\)", finding_markdown(row))
        for row in scan.findings.values()
    }
    page = "https://cwe.mitre.org/data/definitions/{}.html"
    assert pages == {text: [page.format(linked[text])] if text in linked else [] for text in texts}


async def test_t41_line_separators_in_an_event_do_not_cut_it(
    odd: OddServer, odd_desk: WatchDesk
) -> None:
    scan = await rested_scan(odd_desk, in_view=False)
    odd.holds.add("live")
    odd.add_rows("a", title="Read")
    reported = {"finding_id": "a", "title": "One\u2028two\u2029three\u0085four", "severity": "high"}
    await odd.send(f"event: finding_added\ndata: {json.dumps(reported, ensure_ascii=False)}\n\n")
    await odd_desk.pass_until(lambda: "/api/findings/a" in odd.targets, step_s=0)
    await odd_desk.pass_until(lambda: len(scan.findings) == 1, step_s=0)
    assert not scan.sync_status.has_skips
    assert odd.asked.count("stream") == 1


async def test_t41_a_frame_that_makes_no_sense_costs_a_listing_and_not_the_stream(
    odd: OddServer, odd_desk: WatchDesk
) -> None:
    scan = await rested_scan(odd_desk, in_view=False)
    odd.holds.add("live")
    odd.add_rows("a")
    event = {"status": "hunted", "timestamp": odd_desk.now().isoformat()}
    broken = 'event: finding_added\ndata: {"finding_id": "a", "tit\n\n'
    await odd.send(f"{broken}event: status_change\ndata: {json.dumps(event)}\n\n")
    await odd_desk.until(lambda: scan.status == "hunted")
    await odd_desk.pass_until(lambda: len(scan.findings) == 1)
    assert scan.sync_status.has_skips
    assert connection(scan) is Connection.LIVE
    assert odd.asked.count("stream") == 1


async def test_t42_a_lag_notice_has_the_rows_read_and_is_shown_until_then(
    odd: OddServer, odd_desk: WatchDesk
) -> None:
    scan = await rested_scan(odd_desk, in_view=False)
    odd.holds |= {"live", "findings"}
    odd.add_rows("a")
    await odd.send(": lagged \u2014 events were dropped\n\n")
    await odd_desk.until(lambda: kind_of_problem(odd_desk, scan) is ScanStatus.CHECKING)
    assert not is_healthy(scan)
    odd.holds.discard("live")
    odd.release()
    await odd_desk.pass_until(lambda: len(scan.findings) == 1)
    await odd_desk.pass_until(lambda: kind_of_problem(odd_desk, scan) is None)


async def test_t42_keepalives_are_signs_of_life(odd: OddServer, odd_desk: WatchDesk) -> None:
    scan = await rested_scan(odd_desk)
    for _ in range(6):
        await odd.send(": keepalive\n\n")
        await time_passes(odd_desk, 15, step_s=5)
        assert connection(scan) is Connection.LIVE
    assert odd.asked.count("stream") == 1


async def test_t43_what_a_stream_asks_for_is_not_asked_of_others(
    odd: OddServer, odd_desk: WatchDesk
) -> None:
    scan = await rested_scan(odd_desk)
    odd.end_streams()
    await odd_desk.pass_until(lambda: odd.asked.count("stream") == 2)
    await odd_desk.pass_until(lambda: connection(scan) is Connection.LIVE)
    streams = [asked.headers for asked in odd.requests if asked.target.endswith("/stream")]
    others = [asked.headers for asked in odd.requests if not asked.target.endswith("/stream")]
    assert streams[0] == streams[1]
    assert streams[0]["accept"] == "text/event-stream"
    assert {headers["accept"] for headers in others} == {"*/*"}
    assert all("cache-control" not in headers for headers in others)


# -- T-44 --


@pytest.mark.parametrize(
    ("refusal", "state", "words"),
    [
        (UNAUTHORIZED, Connection.SIGNED_OUT, "doesn't accept the token"),
        (NOT_FOUND, Connection.GONE, "belongs to another account"),
        (LOST, Connection.RECONNECTING, "doesn't have this API path."),
        (FAULT, Connection.RECONNECTING, "HTTP 500"),
        (answer(502, "text/html", "<h1>Proxy</h1>"), Connection.RECONNECTING, "HTTP 502"),
        (PAGE, Connection.RECONNECTING, "doesn't respond like a Heimdall server"),
        (
            answer(200, "application/json", "{}"),
            Connection.RECONNECTING,
            "doesn't respond like a Heimdall server",
        ),
    ],
)
async def test_t44_a_stream_is_judged_by_its_status_before_it_is_read(
    odd: OddServer, odd_desk: WatchDesk, refusal: bytes, state: Connection, words: str
) -> None:
    scan = await rested_scan(odd_desk)
    odd.refusals["stream"] = refusal
    if state is Connection.GONE:
        odd.refusals["live"] = refusal  # a scan that the stream alone does not know is not gone
    odd.end_streams()
    await odd_desk.pass_until(
        lambda: connection(scan) is state and words in reason(scan), step_s=0.2
    )
    assert "<" not in reason(scan)
    if state is Connection.RECONNECTING:
        assert wait_s(odd_desk, scan) > 0
        odd.refusals.clear()
        await odd_desk.pass_until(lambda: connection(scan) is Connection.LIVE)


# -- T-45 --


async def test_t45_waits_grow_while_streams_end_at_once(
    odd: OddServer, odd_desk: WatchDesk
) -> None:
    odd.ends_streams = True
    scan = odd_desk.watch(SCAN_ID)
    for number, step_s in enumerate(STEPS_S, 1):
        await odd_desk.pass_until(
            lambda number=number: (
                odd.asked.count("stream") == number and wait_s(odd_desk, scan) > 0
            ),  # type: ignore[misc]
            step_s=0,
        )
        assert step_s / 2 - 0.2 <= wait_s(odd_desk, scan) <= step_s
        odd_desk.turn(wait_s(odd_desk, scan))
    odd.ends_streams = False
    odd_desk.watches.refresh()
    await odd_desk.until(lambda: connection(scan) is Connection.LIVE)


async def test_t45_a_stream_that_lived_for_long_comes_back_soon(
    odd: OddServer, odd_desk: WatchDesk
) -> None:
    odd.ends_streams = True
    scan = odd_desk.watch(SCAN_ID)
    await odd_desk.pass_until(lambda: odd.asked.count("stream") == 4)
    odd.ends_streams = False
    await odd_desk.pass_until(lambda: connection(scan) is Connection.LIVE)
    await time_passes(odd_desk, 21)
    odd.end_streams()
    await odd_desk.until(lambda: connection(scan) is Connection.RECONNECTING)
    assert wait_s(odd_desk, scan) <= 1
    odd_desk.turn(1)
    await odd_desk.until(lambda: connection(scan) is Connection.LIVE)


async def test_t45_each_new_stream_begins_with_a_look_at_rest(
    odd: OddServer, odd_desk: WatchDesk
) -> None:
    scan = await rested_scan(odd_desk, in_view=False)
    odd.end_streams()
    await odd_desk.pass_until(lambda: odd.asked.count("stream") == 2, step_s=0.2)
    await odd_desk.until(lambda: connection(scan) is Connection.LIVE)
    polls = odd.asked.count("live")
    odd.status = "hunted"
    reported = {"stage": "hunt", "status": "running", "timestamp": AT}
    await odd.send(f"event: stage_update\ndata: {json.dumps(reported)}\n\n")  # its initial state
    await odd_desk.pass_until(lambda: scan.status == "hunted", step_s=0)
    assert odd.asked.count("live") > polls


# -- T-46 --


async def test_t46_a_stream_without_a_byte_leaves_polling_only(
    odd: OddServer, odd_desk: WatchDesk
) -> None:
    odd.is_mute = True
    scan = odd_desk.watch(SCAN_ID)
    await odd_desk.pass_until(lambda: connection(scan) is Connection.POLLING_ONLY)
    assert odd_desk.turned_s <= 22
    assert kind_of_problem(odd_desk, scan) is ScanStatus.POLLING
    assert not is_healthy(scan)
    odd.add_rows("a")
    await odd_desk.pass_until(lambda: len(scan.findings) == 1)


# -- T-48 --


async def test_t48_a_refused_token_pauses_the_watch_and_keeps_what_is_known(
    server: LabServer, desk: WatchDesk
) -> None:
    scripted = server.script_scan("shop", EMAIL).run_until("tyr").add_findings(1)
    scan = desk.watch(scripted.id)
    await desk.until(lambda: len(scan.findings) == 1)
    server.expire_sessions(EMAIL)
    desk.watches.refresh()
    await desk.until(lambda: connection(scan) is Connection.SIGNED_OUT)
    assert len(scan.findings) == 1
    shown = card(desk, scan)
    assert shown.connection is not None
    assert shown.connection.text == "Signed out"
    assert shown.is_dimmed
    desk.link.use_token(server.new_session(EMAIL), EMAIL)
    desk.watches.start(scan, desk.link)
    await desk.until(lambda: connection(scan) is Connection.LIVE)


async def test_t48_many_refused_requests_ask_for_one_sign_in(
    odd: OddServer, odd_desk: WatchDesk
) -> None:
    scans = [odd_desk.watch(other(number)) for number in range(6)]
    await odd_desk.until(lambda: all(connection(scan) is Connection.LIVE for scan in scans))
    odd.refusals = dict.fromkeys((*REST, "stream"), UNAUTHORIZED)
    odd.end_streams()
    await odd_desk.pass_until(
        lambda: all(connection(scan) is Connection.SIGNED_OUT for scan in scans)
    )
    (reported,) = problems_of(scans, odd_desk.clock(), odd_desk.now())
    assert reported.actions == (ProblemAction.SIGN_IN,)
    assert set(reported.scan_ids) == {scan.id for scan in scans}
    await time_passes(odd_desk, 1)  # what was on its way has come
    asked = len(odd.asked)
    await time_passes(odd_desk, 60, step_s=5)
    assert odd.asked[asked:] == []


# -- T-49 --


async def test_t49_a_page_in_place_of_data_is_no_data(odd: OddServer, odd_desk: WatchDesk) -> None:
    odd.add_rows(*"ab")
    scan = await rested_scan(odd_desk)
    odd.refusals = dict.fromkeys((*REST, "stream"), PAGE)
    odd.end_streams()
    odd_desk.watches.refresh()
    await odd_desk.pass_until(lambda: connection(scan) is Connection.STALE)
    assert sorted(scan.findings) == list("ab")
    assert outcome(scan) is Outcome.NONE_YET
    words = all_words(odd_desk, scan)
    assert "doesn't respond like a Heimdall server" in words
    assert "hotel" not in words
    odd.refusals.clear()
    odd_desk.watches.refresh()
    await odd_desk.pass_until(lambda: connection(scan) is Connection.LIVE)


# -- T-50 --


async def test_t50_the_scan_in_view_is_asked_for_more_often_than_others(
    odd: OddServer, odd_desk: WatchDesk
) -> None:
    watched = [odd_desk.watch(other(number)) for number in (1, 2)]
    odd_desk.watches.set_in_view(other(1))
    await odd_desk.until(lambda: all(scan.has_listed_once for scan in watched))
    await odd_desk.until(lambda: all(connection(scan) is Connection.LIVE for scan in watched))
    polls, began_s = [odd.polls(scan.id) for scan in watched], odd_desk.passed_s
    await time_passes(odd_desk, 40, step_s=0.5)
    in_view, out_of_view = (odd.polls(scan.id) - polls.pop(0) for scan in watched)
    passed_s = odd_desk.passed_s - began_s
    assert 40 / 3.5 <= in_view <= passed_s / 2.25 + 1
    assert 40 / 10 <= out_of_view <= passed_s / 7.2 + 1


async def test_t50_a_scan_that_is_queued_for_long_is_asked_for_seldom(
    odd: OddServer, odd_desk: WatchDesk
) -> None:
    odd.status = "queued"
    odd.scan_fields = {"created_at": (odd_desk.now() - timedelta(minutes=6)).isoformat()}
    scan = odd_desk.watch(SCAN_ID)
    look_away(odd_desk)
    await odd_desk.until(lambda: scan.has_listed_once and connection(scan) is Connection.LIVE)
    await time_passes(odd_desk, 40, step_s=2)  # until the pace of before is over
    polls, began_s = odd.polls(SCAN_ID), odd_desk.passed_s
    while odd_desk.passed_s < began_s + 90:
        await odd.send(": keepalive\n\n")  # a stream that is lost would be a reason to ask
        await time_passes(odd_desk, 10, step_s=2)
    assert 2 <= odd.polls(SCAN_ID) - polls <= (odd_desk.passed_s - began_s) / 27 + 1


async def test_t50_a_settled_scan_is_left_alone_but_for_its_rows_in_view(
    odd: OddServer, odd_desk: WatchDesk
) -> None:
    odd.status = "completed"
    odd.add_rows("a")
    scan = odd_desk.watch(SCAN_ID)
    look_away(odd_desk)
    await odd_desk.pass_until(lambda: scan.is_settled)
    asked = len(odd.asked)
    await time_passes(odd_desk, 60, step_s=3)
    assert odd.asked[asked:] == []
    odd_desk.watches.set_in_view(SCAN_ID)
    await time_passes(odd_desk, 60, step_s=3)
    assert set(odd.asked[asked:]) <= {"findings"}


async def test_t50_one_poll_of_a_scan_is_in_flight_and_few_requests_of_a_server(
    odd: OddServer, odd_desk: WatchDesk
) -> None:
    odd.holds |= set(REST)
    for number in range(8):
        odd_desk.watch(other(number))
    await time_passes(odd_desk, 15)
    held = [target for target in odd.targets if not target.endswith("/stream")]
    assert len(held) == FIRST_AT_ONCE
    assert len(set(held)) == FIRST_AT_ONCE
    odd.release()
    await odd_desk.pass_until(lambda: all(scan.has_listed_once for scan in odd_desk.store))


# -- T-51 --


async def test_t51_unknown_words_are_shown_as_they_came(
    odd: OddServer, odd_desk: WatchDesk
) -> None:
    odd.status = "dream_walking"
    odd.stages = [
        {"stage": "tyr", "status": "levitating", "timestamp": AT, "extra": [1]},
        {"stage": "scrying", "status": "running", "timestamp": AT},
        {"stage": 7},
    ]
    odd.live_fields = {"fallback": {"used": True, "provider_label": "Other"}, "novel": {"a": 1}}
    odd.scan_fields = {"novel": None, "scan_type": ["?"]}
    odd.add_rows("a", status="snoozed", severity="apocalyptic", confidence="gut", source="oracle")
    odd.rows[0] |= {"novel": {"deep": [1, 2]}, "line_start": "seven", "references_json": 5}
    scan = await rested_scan(odd_desk)
    assert card(odd_desk, scan).line.fact == "Dream walking"
    assert scan.stages[1].state is StageState.OTHER
    row = scan.findings[FindingId("a")]
    words = (labels.severity_word(row), labels.status_word(row), labels.confidence_word(row))
    assert words == ("Apocalyptic", "Snoozed", "Gut")
    for name in ("mystery", "stage_update", "status_change"):
        reported = {"stage": "tyr", "status": "levitating", "timestamp": AT, "novel": 1}
        await odd.send(f"event: {name}\ndata: {json.dumps(reported)}\n\n")
    await time_passes(odd_desk, 10)
    assert connection(scan) is Connection.LIVE
    assert not scan.sync_status.has_skips


async def test_t51_keys_that_an_older_server_leaves_out_are_not_missed(
    odd: OddServer, odd_desk: WatchDesk
) -> None:
    odd.live_fields = {"scan": {"status": "hunting"}}
    odd.rows = [{"id": "a"}, {"id": "b", "severity": None, "title": None}]
    scan = await rested_scan(odd_desk)
    assert sorted(scan.findings) == list("ab")
    assert labels.title_text(scan.findings[FindingId("a")]) == "(no title)"
    assert problem(odd_desk, scan) is None


# -- T-52 --


@pytest.mark.parametrize(
    "pasted",
    [
        "{upper}",
        "{{{upper}}}",
        "  <{upper}>. ",
        "urn:uuid:{plain}",
        "https://heimdall.test/base/scans/{upper}/findings?status=open#top",
    ],
)
async def test_t52_an_id_is_normalised_before_it_is_asked_for(
    odd: OddServer, odd_desk: WatchDesk, pasted: str
) -> None:
    forms = {"upper": SCAN_ID.upper(), "plain": SCAN_ID.replace("-", "")}
    [link] = scan_links(pasted.format(**forms))
    assert link.scan_id is not None
    scan = odd_desk.watch(link.scan_id)
    await odd_desk.until(lambda: scan.has_listed_once)
    assert scan.id != NO_SCAN
    assert {target.split("/")[3] for target in odd.targets if "/scans/" in target} == {SCAN_ID}
