"""The names of requests."""

import pytest

from tests.lab.faults import OTHER, REQUEST_KINDS, request_kind


@pytest.mark.parametrize(
    ("path", "kind"),
    {
        "/api/auth/login": "auth",
        "/api/scans/1": "scan",
        "/api/scans/1/live": "live",
        "/api/scans/1/progress/stream": "stream",
        "/api/scans/1/findings": "findings",
        "/api/scans/1/patches": "patches",
        "/api/scans/1/threat-model": "threat_model",
        "/api/scans/1/sarif": "sarif",
        "/api/scans/1/cancel": "cancel",
        "/api/findings/1": "finding",
        "/api/findings/1/events": "events",
        "/api/findings/1/status": "triage",
        "/api/repos": "repo",
        "/api/repos/1/scan": "repo",
        "/api/scans/1/live/": OTHER,
        "/health": OTHER,
        "/": OTHER,
        "": OTHER,
    }.items(),
)
def test_each_path_has_its_kind(path: str, kind: str) -> None:
    assert request_kind(path) == kind
    assert kind in REQUEST_KINDS
