"""Listings that drift while they are paged. Source: protocol.md 4.4."""

import httpx

from heimdall_desktop.local.rows import ScanId
from tests.lab.scripting import ScriptedScan
from tests.lab.server import LabServer
from tests.local.conftest import EMAIL, Lab
from tests.local.test_scan_routes import findings


def paged(client: httpx.Client, scan_id: ScanId) -> list[object]:
    pages = [findings(client, scan_id, f"?per_page=100&page={page}") for page in (1, 2, 3)]
    assert [page["total"] for page in pages] == [250] * 3
    return [row["id"] for page in pages for row in page["items"]]


def test_ties_may_swap_between_pages(lab: Lab) -> None:
    lab.scan.add_findings(250)
    lab.server.database.execute("UPDATE findings SET created_at = 0")
    try:
        lab.server.database.shuffle_ties = True
        seen = paged(lab.client, lab.scan.id)
    finally:
        lab.server.database.shuffle_ties = False
    assert len(seen) == 250
    assert len(set(seen)) < 250
    assert set(seen) < set(lab.scan.finding_ids)


def test_rows_may_move_while_one_pages(
    server: LabServer, client: httpx.Client, scan: ScriptedScan
) -> None:
    newest_first = scan.add_findings(250).finding_ids[::-1]
    try:
        server.database.moves_rows = True
        seen = paged(client, scan.id)
        for query in ("?status=confirmed", "?per_page=100&status=open", "?per_page=1"):
            findings(client, scan.id, query)  # neither a part of a listing nor a glance moves rows
            assert findings(client, scan.id, "?status=confirmed")["total"] == 1
    finally:
        server.database.moves_rows = False
    assert set(newest_first) - set(seen) == {newest_first[100]}
    assert [one for one in set(seen) if seen.count(one) == 2] == [newest_first[200]]


def test_a_moved_row_may_be_deleted_meanwhile(lab: Lab) -> None:
    lab.scan.add_findings(3)
    other = lab.server.script_scan("other", EMAIL).add_findings(3)
    try:
        lab.server.database.moves_rows = True
        findings(lab.client, lab.scan.id, "?per_page=2")
        lab.client.delete(f"/api/repos/{lab.scan.repo_id}")
        assert findings(lab.client, other.id, "?per_page=2")["total"] == 3
    finally:
        lab.server.database.moves_rows = False


def test_ties_may_swap_where_all_rows_are_read(server: LabServer, scan: ScriptedScan) -> None:
    scan.add_findings(300)
    server.database.execute("UPDATE findings SET created_at = 0")
    try:
        server.database.shuffle_ties = True
        orders = [[row.id for row in server.database.findings_of(scan.id)] for _ in range(2)]
    finally:
        server.database.shuffle_ties = False
    assert orders[0] != orders[1]
    assert set(orders[0]) == set(orders[1])
