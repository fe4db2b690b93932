"""Alerts that name nothing: no title, path, repository or server; sums stay as they are."""

import pytest
from msgspec.structs import replace

from heimdall_desktop.domain.alerts.alert import Alert
from heimdall_desktop.domain.alerts.rules import (
    FINISHED,
    HIGH,
    SIGNED_OUT,
    STALE,
    STALLED,
    Event,
    Rule,
    Server,
    ViewMatches,
)
from heimdall_desktop.domain.facts.finding import FindingId, FindingStatus, Severity
from heimdall_desktop.presentation.alerts.redacted import (
    event_words,
    redacted_action,
    redacted_words,
)
from tests.fakes.alert_policy import OTHER_SCAN, SERVER, THIRD_SCAN, critical
from tests.fakes.findings import FOUND_AT, SCAN_ID
from tests.presentation.alerts.test_alert_text import (
    NAMES,
    alert,
    digest,
    done,
    failed,
    found,
    stopped,
    words,
)

OPEN = "Open Heimdall to see it"
CONFIRMED = critical(1, status=FindingStatus.CONFIRMED)
SERVER_OUT = Server(SERVER, SCAN_ID, scans=3)


def of_state(rule: Rule, *servers: Server) -> Alert:
    return replace(failed(stopped()), rule=rule, servers=servers)


HIGHS = [replace(each, severity=Severity.HIGH) for each in found({SCAN_ID: 2})]
OF_EACH = {
    "New critical finding": alert(found({SCAN_ID: 1})),
    "Critical finding confirmed": alert([CONFIRMED]),
    "4 new critical findings": alert(found({SCAN_ID: 3, OTHER_SCAN: 1})),
    "2 confirmed critical findings": alert([CONFIRMED, replace(CONFIRMED, id=FindingId("2"))]),
    "New finding in a saved view": replace(
        alert(HIGHS[:1]), rule=ViewMatches(lambda: FOUND_AT).rule, view="payments-api"
    ),
    "New high finding": replace(alert(HIGHS[:1]), rule=HIGH),
    "2 new high findings": replace(alert(HIGHS), rule=HIGH),
    "A scan failed": failed(stopped(error="No space left in /srv/payments")),
    "2 scans failed": failed(stopped(), stopped(OTHER_SCAN)),
    "A scan finished": of_state(FINISHED),
    "2 scans finished": replace(failed(stopped(), stopped(OTHER_SCAN)), rule=FINISHED),
    "A scan has stalled": of_state(STALLED),
    "Signed out of a server": of_state(SIGNED_OUT, SERVER_OUT),
    "No response from a server for a minute": of_state(STALE, SERVER_OUT),
    "No response from 2 servers for a minute": of_state(STALE, SERVER_OUT, SERVER_OUT),
}


@pytest.mark.parametrize("title", OF_EACH)
def test_only_the_kind_of_news_is_told(title: str) -> None:
    made = OF_EACH[title]
    assert redacted_words(made, *words(made)) == (title, OPEN)


def test_each_event_can_be_told_without_names() -> None:
    assert len({event_words(event) for event in Event}) == len(Event)


def test_a_sum_counts_what_matched_saved_views() -> None:
    made = digest({SCAN_ID: 6}, viewed=2)
    full = words(made)
    assert full == ("While you were away: 6 critical", "2 in saved views")
    assert redacted_words(made, *full) == full
    named = replace(made, view="payments-api")
    assert words(named) == (full[0], "2 in “payments-api”")
    assert redacted_words(named, *words(named)) == full
    assert redacted_action(made) == "Show inbox"
    assert redacted_action(alert(found({SCAN_ID: 1}))) == "Open"


def test_a_sum_stays_as_it_is() -> None:
    made = digest({SCAN_ID: 6}, highs=14, scans=(stopped(OTHER_SCAN),), finished=(done(), done()))
    full = words(made)
    assert full == ("While you were away: 6 critical, 14 high", "2 scans finished, 1 failed")
    assert redacted_words(made, *full) == full


@pytest.mark.parametrize(
    "made",
    [
        digest({SCAN_ID: 4, OTHER_SCAN: 2}),
        digest({SCAN_ID: 4, OTHER_SCAN: 2}, highs=3),
        digest({THIRD_SCAN: 2}),
        replace(digest({SCAN_ID: 2}), rule=HIGH, findings=tuple(HIGHS)),
        replace(digest({SCAN_ID: 1}), findings=(), scans=(stopped(), stopped(OTHER_SCAN))),
        replace(digest({SCAN_ID: 1}), findings=(), scans=(stopped(),), names=NAMES),
    ],
)
def test_a_sum_that_names_scans_names_none(made: Alert) -> None:
    made = replace(made, names=NAMES)
    title, body = words(made)
    assert any(name in title + body for name in NAMES.values())
    assert redacted_words(made, title, body) == (title, OPEN)
