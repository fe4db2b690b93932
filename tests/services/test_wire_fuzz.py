"""Bent answers and events: what can be read is read, all else is a WireError."""

import contextlib
import json
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from heimdall_desktop.domain.facts.errors import WireError
from heimdall_desktop.domain.facts.listed_rows import FindingHinted, announced_row
from heimdall_desktop.domain.facts.observation import FindingsListed
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import server_url
from heimdall_desktop.services import wire
from tests.fakes.bent_answers import bent, bent_bytes
from tests.fakes.patience import patient
from tests.services.test_wire import ARRIVED_AT, SCAN, live, scan

AT = "2026-07-04T08:00:09.551020Z"
EVENTS = {
    "stage_update": {"scan_id": SCAN, "stage": "hunt", "status": "failed", "timestamp": AT,
                     "error": "no"},
    "status_change": {"scan_id": SCAN, "status": "hunting", "timestamp": AT, "finding_count": 3},
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
        assert len(folded.log()) == len(folded.activities)


@patient
@given(st.data())
def test_a_bent_event_can_be_folded_or_is_a_wire_error(data: st.DataObject) -> None:
    event = data.draw(st.sampled_from(sorted(EVENTS)))
    told = data.draw(bent_bytes(json.dumps(EVENTS[event]).encode()))
    with contextlib.suppress(WireError):
        seen = wire.stream_event(event, told.decode("utf-8", "replace"), SCAN, 1.0, ARRIVED_AT)
        assert seen is not None
        scan = Scan(SCAN, server_url("http://h.test"))
        if isinstance(seen, FindingHinted):
            row = announced_row(seen, ARRIVED_AT, "")
            scan.observe(FindingsListed(SCAN, seen.heard_at_s, (row,)))
        else:
            scan.observe(seen)


@patient
@given(st.data())
def test_other_bent_answers_are_read_or_a_wire_error(data: st.DataObject) -> None:
    told, read = ANSWERS[data.draw(st.sampled_from(sorted(ANSWERS)))]
    with contextlib.suppress(WireError):
        read(data.draw(bent(told)))
