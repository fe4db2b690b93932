"""Where a scan is found in a browser depends on its server."""

from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.observation import Counts, LiveRead
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.scan_link import report_page, scan_page
from heimdall_desktop.domain.facts.server import ServerUrl

SERVER = ServerUrl("https://heimdall.corp.example/behind")


def a_scan(scan_id: str = "1b671a64", *, has_report: bool = False, is_local: bool = False) -> Scan:
    scan = Scan(ScanId(scan_id), SERVER, is_local=is_local)
    live = LiveRead(scan.id, 1.0, "completed", None, None, Counts(0), (), (), has_report=has_report)
    scan.observe(live)
    return scan


def test_the_newest_servers_make_a_report_and_others_have_a_page() -> None:
    assert report_page(a_scan(has_report=True)) == f"{SERVER}/scans/1b671a64/report"
    assert report_page(a_scan()) == f"{SERVER}/scans/1b671a64"
    assert scan_page(a_scan(has_report=True)) == f"{SERVER}/scans/1b671a64"


def test_the_embedded_server_has_no_pages_for_people() -> None:
    assert scan_page(a_scan(is_local=True)) == ""
    assert report_page(a_scan(has_report=True, is_local=True)) == ""


def test_an_id_stays_one_part_of_the_path() -> None:
    assert scan_page(a_scan("../x?y#z")) == f"{SERVER}/scans/..%2Fx%3Fy%23z"
