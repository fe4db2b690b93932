"""Where a scan is found in a browser: its page, and its report. Source: heimdall-api.md 0, 4.13.

Neither address ever holds a token: the pages want the browser's own sign-in.
"""

from urllib.parse import quote

from heimdall_desktop.domain.facts.identity import id_on_server
from heimdall_desktop.domain.facts.observation import ScanSource
from heimdall_desktop.domain.facts.scan import Scan


def scan_page(scan: Scan) -> str:
    """Return the address of the page of a scan; "" where its server has no web pages."""
    has_none = scan.is_local or scan.source in (ScanSource.LISTING, ScanSource.STREAM)
    return "" if has_none else f"{scan.server}/scans/{quote(id_on_server(scan.id), safe='')}"


def report_page(scan: Scan) -> str:
    """Return where its results stand: on the report, where the server makes one, or on its page."""
    page = scan_page(scan)
    return f"{page}/report" if page and scan.has_report else page
