"""Names what a request asks for, by its path: the words of faults and counts."""

import re

ANY = "any"
STREAM = "stream"
OTHER = "other"

_ID = r"[^/]+"
_KINDS = tuple(
    (re.compile(path), kind)
    for path, kind in (
        (r"/api/auth/.*", "auth"),
        (rf"/api/scans/{_ID}", "scan"),
        (rf"/api/scans/{_ID}/live", "live"),
        (rf"/api/scans/{_ID}/progress/stream", STREAM),
        (rf"/api/scans/{_ID}/findings", "findings"),
        (rf"/api/scans/{_ID}/patches", "patches"),
        (rf"/api/scans/{_ID}/threat-model", "threat_model"),
        (rf"/api/scans/{_ID}/sarif", "sarif"),
        (rf"/api/scans/{_ID}/cancel", "cancel"),
        (rf"/api/findings/{_ID}", "finding"),
        (rf"/api/findings/{_ID}/events", "events"),
        (rf"/api/findings/{_ID}/.+", "triage"),
        (r"/api/repos(/.*)?", "repo"),
    )
)
REQUEST_KINDS = (*(kind for _, kind in _KINDS), OTHER)
"""All of them; `other` is what no name fits, like `/health` and the web pages."""


def request_kind(path: str) -> str:
    """Return the kind of a request, one of `REQUEST_KINDS`.

    Args:
        path: decoded, without the query.
    """
    return next((kind for pattern, kind in _KINDS if pattern.fullmatch(path)), OTHER)
