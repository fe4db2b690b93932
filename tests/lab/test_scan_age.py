"""A scan that is stuck."""

from datetime import UTC, datetime, timedelta

import httpx

from tests.lab.scripting import ScriptedScan


def test_a_stuck_scan_has_nothing_new(client: httpx.Client, scan: ScriptedScan) -> None:
    scan.run_until("hunt").activity("Reading").add_findings(1).age(timedelta(hours=3))
    long_ago = datetime.now(UTC) - timedelta(hours=2, minutes=59)
    live = client.get(f"/api/scans/{scan.id}/live").json()["data"]
    row = client.get(f"/api/scans/{scan.id}").json()["data"]
    (finding,) = client.get(f"/api/scans/{scan.id}/findings").json()["data"]["items"]
    told = [
        *(entry["timestamp"] for entry in live["activity"]),
        *(stage["timestamp"] for stage in live["stages"] if stage["timestamp"]),
        *(row[name] for name in ("created_at", "started_at", "updated_at")),
        *(finding[name] for name in ("created_at", "updated_at")),
    ]
    assert len(told) > 15
    assert all(datetime.fromisoformat(moment) < long_ago for moment in told)
    assert (row["status"], row["completed_at"]) == ("hunting", None)
