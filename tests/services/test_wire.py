"""Answers of every generation, odd ones, and plain rubbish."""

import contextlib
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heimdall_desktop.domain.facts import observation
from heimdall_desktop.domain.facts.errors import WireError
from heimdall_desktop.domain.facts.finding import FindingId, RepoId, ScanId, Severity
from heimdall_desktop.domain.facts.listed_rows import FindingHinted, announced_row
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import server_url
from heimdall_desktop.services import wire
from heimdall_desktop.services.envelope import LINE_LIMIT
from tests.fakes.desk_parts import patient
from tests.fakes.raw_server import bent, bent_bytes

SCAN = ScanId("8c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e21")
ARRIVED_AT = datetime(2026, 7, 4, 9, 0, tzinfo=UTC)
REPO = RepoId("2b9b8f7e-0c55-4f0f-8a52-1f6f0f2f9d10")
AT = datetime(2026, 7, 4, 8, 0, 9, 551020, UTC)
STAMP = "2026-07-04T08:00:09.551020Z"


def envelope(data: object) -> bytes:
    return json.dumps({"success": True, "data": data}, ensure_ascii=False).encode()


def scan(**changes: object) -> dict[str, object]:
    reported: dict[str, object] = {
        "id": SCAN,
        "repo_id": REPO,
        "scan_type": "full",
        "status": "hunting",
        "commit_sha": "4f2d",
        "finding_count": 0,
        "started_at": STAMP,
        "completed_at": None,
        "error_message": None,
        "created_at": STAMP,
        "updated_at": STAMP,
    }
    return reported | changes


def live(**changes: object) -> dict[str, object]:
    reported: dict[str, object] = {
        "scan": {"id": SCAN, "status": "hunting", "updated_at": STAMP, "error_message": None},
        "counts": {"total": 37, "critical": 2, "high": 11, "medium": 18, "low": 5},
        "current_task": {"stage": "hunt", "title": "x"},
        "stages": [
            {"stage": "hunt", "label": "Hunt", "status": "running", "attempt": 1,
             "timestamp": STAMP},
            {"stage": "vidarr", "status": "pending", "error": None, "timestamp": None},
        ],
        "activity": [
            {"key": "a2a6", "event_type": "task", "tone": "active", "status": "running",
             "stage": "hunt", "task_key": "surface-login", "title": "Investigating",
             "detail": "Risk high.", "progress_pct": 40, "timestamp": STAMP}
        ],
        "agent_calls": [],
    }  # fmt: skip
    return reported | changes


def test_scan_is_read() -> None:
    read = wire.scan_read(envelope(scan()), 3.0)
    assert (read.scan_id, read.repo_id, read.asked_at_s) == (SCAN, REPO, 3.0)
    assert (read.created_at, read.started_at, read.completed_at) == (AT, AT, None)


def test_scan_of_another_generation_is_read() -> None:
    reported = {key: scan()[key] for key in ("id", "repo_id", "status", "created_at", "updated_at")}
    read = wire.scan_read(envelope({**reported, "status": "dreaming", "new_key": [1]}), 0.0)
    assert (read.status, read.error, read.commit_sha) == ("dreaming", None, None)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"nonsense",
        b"[]",
        b"null",
        b'{"success": true}',
        b'{"success": false, "error": {"code": 500, "message": "x"}}',
        envelope(None),
        envelope(scan(status=None)),
        envelope(scan(id=7)),
        envelope(scan(updated_at="yesterday")),
        envelope(scan())[:-9],
        b"[" * 100_000,
        b'{"data": {"id": ' + b"9" * 10_000 + b"}}",
    ],
)
def test_wrong_answer_is_a_wire_error(body: bytes) -> None:
    with pytest.raises(WireError):
        wire.scan_read(body, 0.0)


def test_ill_formed_unicode_loses_nothing_else() -> None:
    reported = envelope(scan(error_message="a@b")).replace(b"a@b", b"a\\ud800b")
    assert wire.scan_read(reported, 0.0).error == "a?b"
    reported = envelope(scan(error_message="a@b")).replace(b"a@b", b"a\xffb")
    assert wire.scan_read(reported, 0.0).error == "a\ufffdb"


def test_live_snapshot_is_read() -> None:
    read = wire.live_read(envelope(live()), SCAN, 2.0)
    assert read.counts == observation.Counts(37, 2, 11, 18, 5)
    assert read.stages[0] == observation.StageRow("hunt", "running", None, AT)
    assert read.stages[1].timestamp is None
    assert (read.activities[0].task_key, read.activities[0].progress_pct) == ("surface-login", 40)
    assert read.fallback is None


@pytest.mark.parametrize(("more", "has_report"), [({}, False), ({"fallback": None}, True)])
def test_fallbacks_are_told_by_some_servers(more: dict[str, object], has_report: bool) -> None:
    assert wire.live_read(envelope(live(**more)), SCAN, 0.0).has_report is has_report


def test_live_rows_that_fit_nothing_are_left_out() -> None:
    rows = [{"status": "running"}, 5, None, {"stage": "hunt", "status": 5, "timestamp": 9}]
    lines = [{"key": "k"}, {"key": "k", "timestamp": STAMP, "progress_pct": "half", "title": None}]
    read = wire.live_read(envelope(live(stages=rows, activity=lines)), SCAN, 0.0)
    assert read.stages == (observation.StageRow("hunt", "pending", None, None),)
    [line] = read.activities
    assert (line.key, line.title, line.progress_pct) == ("k", "", None)


def test_missing_counts_are_not_zero() -> None:
    reported = live()
    del reported["counts"]
    with pytest.raises(WireError):
        wire.live_read(envelope(reported), SCAN, 0.0)


USED = {"used": True, "provider_label": "B", "detail": "A failed"}


@pytest.mark.parametrize(
    ("fallback", "expected", "at"),
    [
        (None, None, None),
        ({"used": False, "provider_label": "B"}, None, None),
        ({"used": True, "detail": None}, None, None),
        ("odd", None, None),
        ({**USED, "timestamp": None}, "B: A failed", None),
        ({**USED, "timestamp": "soon"}, "B: A failed", None),
        ({**USED, "timestamp": "2026-07-04T08:00:09.551020+00:00"}, "B: A failed", AT),
    ],
)
def test_a_fallback_is_read(fallback: object, expected: str | None, at: datetime | None) -> None:
    read = wire.live_read(envelope(live(fallback=fallback)), SCAN, 0.0)
    assert (read.fallback, read.fallback_at) == (expected, at)


def test_repo_is_read() -> None:
    reported = {"id": REPO, "name": "shop", "default_branch": None, "remote_url": "https://u:p@x"}
    assert wire.repo_read(envelope(reported), SCAN) == observation.RepoRead(SCAN, "shop", None)
    assert wire.repo_id(envelope(reported)) == REPO


def test_session_hides_its_token() -> None:
    user = {"id": "5f", "email": "mira@example.test", "role": "user"}
    session = wire.session(envelope({"token": "0198c1", "user": user}))
    assert (session.token, session.account) == ("0198c1", "mira@example.test")
    assert "0198c1" not in repr(session)


@pytest.mark.parametrize("token", ["", "line\nfeed", "n\u00f6"])
def test_token_that_no_header_carries_is_refused(token: str) -> None:
    with pytest.raises(WireError):
        wire.session(envelope({"token": token, "user": {"email": "m"}}))


def test_account_and_health_are_read() -> None:
    account = wire.account(envelope({"id": "5f", "email": "m@x", "display_name": None}))
    assert account == ("m@x", "5f")
    assert wire.health(envelope({"status": "healthy", "version": "0.1.0"})) == "healthy"


@pytest.mark.parametrize(
    ("stamp", "moment"),
    [
        ("2026-07-04T08:00:09Z", AT.replace(microsecond=0)),
        ("2026-07-04T08:00:09.5Z", AT.replace(microsecond=500_000)),
        ("2026-07-04T08:00:09.551020+00:00", AT),
        ("2026-07-04T08:00:09.551020217+00:00", AT),
        ("2026-07-04T10:00:09.551020+02:00", AT),
        ("2026-07-04T08:00:09.551020", AT),
    ],
)
def test_every_form_of_a_time_stamp_is_read(stamp: str, moment: datetime) -> None:
    read = wire.scan_read(envelope(scan(updated_at=stamp)), 0.0).updated_at
    assert read == moment
    assert read.utcoffset() == timedelta(0)


def test_a_hint_of_an_unknown_severity_is_kept_and_an_unknown_event_nothing() -> None:
    assert wire.stream_event("brand_new", "{}", SCAN, 0.0, ARRIVED_AT) is None
    data = '{"finding_id": "f", "severity": "x"}'
    seen = wire.stream_event("finding_added", data, SCAN, 1.0, ARRIVED_AT)
    assert seen == FindingHinted(SCAN, 1.0, FindingId("f"), Severity.OTHER, "", "x", ARRIVED_AT)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)  # JSON knows neither
    | st.text()
    | st.just(STAMP),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(st.sampled_from(sorted(scan())), st.sampled_from(sorted(live())), JSON)
def test_any_value_is_read_or_a_wire_error(scan_key: str, live_key: str, value: object) -> None:
    with contextlib.suppress(WireError):
        wire.scan_read(envelope(scan(**{scan_key: value})), 0.0)
    with contextlib.suppress(WireError):
        wire.live_read(envelope(live(**{live_key: value})), SCAN, 0.0)


@given(
    st.sampled_from(["stage_update", "status_change", "finding_added", "scan_complete", "error"]),
    st.text(st.characters()) | JSON.map(json.dumps),
)
def test_any_event_is_read_or_a_wire_error(event: str, data: str) -> None:
    with contextlib.suppress(WireError):
        wire.stream_event(event, data, SCAN, 0.0, ARRIVED_AT)


@given(st.binary())
def test_any_bytes_are_a_wire_error(body: bytes) -> None:
    with pytest.raises(WireError):
        wire.scan_read(body, 0.0)


def test_a_found_repository_is_named_harmlessly_or_by_its_id() -> None:
    fields = {"id": "elsewhere", "name": " a\u202e\nb ", "default_branch": None}
    assert wire.found_repo(envelope(fields), REPO) == observation.FoundRepo(REPO, "a\ufffd b")
    assert wire.found_repo(envelope({**fields, "name": ""}), REPO).name == REPO[:8]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, (None, None)),
        ({"files": {"unlooked": 4, "not_taken": 12}}, (4, 12)),
        ({"files": {"unlooked": -1, "not_taken": "many"}}, (None, None)),
        ({"files": [4]}, (None, None)),
        ({"files": None}, (None, None)),
    ],
)
def test_counts_of_scanned_files_are_read_if_reported(
    more: dict[str, object], expected: tuple[int | None, int | None]
) -> None:
    read = wire.live_read(envelope(live(**more)), SCAN, 0.0)
    assert (read.not_scanned, read.not_taken) == expected


@pytest.mark.parametrize("start", ["", "\n" * 5000, " " * 150_000])
@pytest.mark.parametrize("end", ["\n" + "x" * 150_000, "\nx" * 50_000])
def test_of_a_long_reason_the_first_line_is_kept(start: str, end: str) -> None:
    body = envelope(scan(error_message=f"{start}Model crashed{end}"))
    assert wire.scan_read(body, 1.0).error == "Model crashed"
    long = wire.scan_read(envelope(scan(error_message="x" * 150_000)), 1.0).error
    assert long == "x" * LINE_LIMIT


MOMENT = "2026-07-04T08:00:09.551020Z"
EVENTS = {
    "stage_update": {"scan_id": SCAN, "stage": "hunt", "status": "failed", "timestamp": MOMENT,
                     "error": "no"},
    "status_change": {"scan_id": SCAN, "status": "hunting", "timestamp": MOMENT,
                      "finding_count": 3},
    "finding_added": {"scan_id": SCAN, "finding_id": "f", "severity": "high", "title": "SQL"},
}  # fmt: skip
ANSWERS: dict[str, tuple[object, Callable[[bytes], object]]] = {
    "session": ({"token": "0" * 64, "user": {"email": "a@example.test"}}, wire.session),
    "account": ({"email": "a@example.test", "display_name": None}, wire.account),
    "health": ({"status": "healthy", "version": "0.1.0"}, wire.health),
    "repo": ({"id": "r", "name": "shop", "default_branch": None}, wire.repo_id),
}


@patient
@given(bent(scan()))
def test_a_bent_scan_can_be_folded_or_is_a_wire_error(body: bytes) -> None:
    with contextlib.suppress(WireError):
        Scan(SCAN, server_url("http://h.test")).observe(wire.scan_read(body, 1.0))


@patient
@given(bent(live()))
def test_a_bent_snapshot_can_be_folded_or_is_a_wire_error(body: bytes) -> None:
    with contextlib.suppress(WireError):
        folded = Scan(SCAN, server_url("http://h.test"))
        folded.observe(wire.live_read(body, SCAN, 1.0))
        assert folded.stages
        assert len(folded.activity_rows) == len(folded.activities)


@patient
@given(st.data())
def test_a_bent_event_can_be_folded_or_is_a_wire_error(data: st.DataObject) -> None:
    event = data.draw(st.sampled_from(sorted(EVENTS)))
    reported = data.draw(bent_bytes(json.dumps(EVENTS[event]).encode()))
    with contextlib.suppress(WireError):
        seen = wire.stream_event(event, reported.decode("utf-8", "replace"), SCAN, 1.0, ARRIVED_AT)
        assert seen is not None
        scan = Scan(SCAN, server_url("http://h.test"))
        if isinstance(seen, FindingHinted):
            row = announced_row(seen, ARRIVED_AT, "")
            scan.observe(observation.FindingsListed(SCAN, seen.heard_at_s, (row,)))
        else:
            scan.observe(seen)


@patient
@given(st.data())
def test_other_bent_answers_are_read_or_a_wire_error(data: st.DataObject) -> None:
    reported, read = ANSWERS[data.draw(st.sampled_from(sorted(ANSWERS)))]
    with contextlib.suppress(WireError):
        read(data.draw(bent(reported)))
