"""The words of alerts (ux.md 2.5, "Wording")."""

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from heimdall_desktop.domain.alerts.alert import Alert
from heimdall_desktop.domain.alerts.rules import (
    CRITICAL,
    FAILED,
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
from heimdall_desktop.domain.facts.choices import MUTE_FOR
from heimdall_desktop.domain.facts.finding import (
    Finding,
    FindingId,
    FindingStatus,
    ScanId,
    Severity,
)
from heimdall_desktop.domain.facts.observation import StageRow
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.presentation.alerts.alert_text import (
    action_of,
    body_of,
    muted_text,
    redacted_action,
    redacted_words,
    title_of,
)
from heimdall_desktop.presentation.alerts.event_text import EVENTS, NAME_LIMIT, TITLE_LIMIT
from tests.fakes.alert_policy import OTHER_SCAN, SERVER, THIRD_SCAN, critical, fail
from tests.fakes.findings import FOUND_AT, SCAN_ID

NAMES = {SCAN_ID: "payments-api", OTHER_SCAN: "web-shop", THIRD_SCAN: "auth"}


def found(counts: dict[ScanId, int]) -> list[Finding]:
    scans = [scan_id for scan_id, count in counts.items() for _ in range(count)]
    return [critical(number, scan_id=scan_id) for number, scan_id in enumerate(scans, 1)]


def alert(findings: list[Finding], **fields: Any) -> Alert:
    newest = max(reversed(findings), key=lambda each: each.created_at)
    names = {each.scan_id: NAMES.get(each.scan_id, f"repo {each.scan_id}") for each in findings}
    scans = fields.get("scans", ())
    names |= {scan.id: NAMES[scan.id] for scan in scans}
    return Alert("alert-1", CRITICAL, newest, tuple(findings), **({"names": names} | fields))


def digest(counts: dict[ScanId, int], **fields: Any) -> Alert:
    return alert(found(counts), is_digest=True, **fields)


def failed(*scans: Scan, **fields: Any) -> Alert:
    return Alert("alert-1", FAILED, scans[-1], scans=scans, **({"names": NAMES} | fields))


def stopped(scan_id: ScanId = SCAN_ID, error: str | None = None, stage: str = "") -> Scan:
    scan = Scan(scan_id, SERVER)
    rows = (StageRow(stage, "failed", None, FOUND_AT),) if stage else ()
    fail(scan, 1.0, error=error, stages=rows)
    return scan


def done() -> Scan:
    return Scan(SCAN_ID, SERVER)


def words(made: Alert) -> tuple[str, str]:
    return title_of(made), body_of(made)


def test_one() -> None:
    assert words(alert(found({SCAN_ID: 1}))) == (
        "Critical: Hole 1",
        "payments-api, orders.py:88. Not yet verified.",
    )


def test_one_that_the_stream_alone_has_announced() -> None:
    announced = critical(1, is_announced=True)
    assert words(alert([announced])) == (
        "Critical, announced: Hole 1",
        "payments-api, stream only. Not yet verified.",
    )


def test_several_of_one_scan() -> None:
    assert words(alert(found({SCAN_ID: 4}))) == (
        "4 new critical findings in payments-api",
        "Latest: Hole 4 in orders.py:88",
    )


def test_a_file_that_the_title_names_is_not_repeated() -> None:
    in_file = {"title": "Weak hash in crypto.py", "file_path": "src/crypto.py", "line_start": 217}
    assert words(alert([critical(1, **in_file)])) == (
        "Critical: Weak hash in crypto.py",
        "payments-api, line 217. Not yet verified.",
    )
    several = [critical(1), critical(2, **in_file)]
    assert words(alert(several))[1] == "Latest: Weak hash in crypto.py"


def test_several_scans_the_one_with_most_first() -> None:
    assert words(alert(found({THIRD_SCAN: 2, SCAN_ID: 4, OTHER_SCAN: 3}))) == (
        "9 new critical findings in 3 scans",
        "payments-api 4, web-shop 3, auth 2",
    )


def test_many_scans_are_named_in_part() -> None:
    title, body = words(alert(found({ScanId(f"{number}"): 1 for number in range(50)})))
    assert title == "50 new critical findings in 50 scans"
    assert body == "repo 0 1, repo 1 1, repo 2 1, repo 3 1, repo 4 1 and 45 more"


def test_a_digest() -> None:
    made = digest({SCAN_ID: 6}, highs=14, finished=(done(), done()), scans=(stopped(SCAN_ID),))
    assert words(made) == (
        "While you were away: 6 critical, 14 high",
        "2 scans finished, 1 failed",
    )


def test_a_digest_without_ends_names_the_scans() -> None:
    made = digest({SCAN_ID: 2, OTHER_SCAN: 1})
    assert words(made) == ("While you were away: 3 critical", "payments-api 2, web-shop 1")


def test_a_digest_of_one_end() -> None:
    made = digest({SCAN_ID: 1}, finished=(done(),))
    assert words(made) == ("While you were away: 1 critical", "1 scan finished")


def test_a_digest_of_a_lone_finding_keeps_the_words_of_one() -> None:
    assert title_of(digest({SCAN_ID: 1})) == "Critical: Hole 1"


def test_a_digest_of_failures_alone() -> None:
    made = failed(stopped(SCAN_ID), stopped(THIRD_SCAN), is_digest=True)
    assert words(made) == ("While you were away: 2 scans failed", "payments-api, auth")


def test_a_digest_names_ends_that_may_be_failures() -> None:
    assert body_of(digest({SCAN_ID: 2}, ended=1)) == "1 scan failed or was cancelled"
    made = digest({SCAN_ID: 2}, ended=1, finished=(done(),), scans=(stopped(OTHER_SCAN),))
    assert body_of(made) == "1 scan finished, 1 failed, 1 scan failed or was cancelled"


def test_names_and_titles_are_cut() -> None:
    names = {SCAN_ID: "x" * 1000, OTHER_SCAN: "x" * 1000}
    title, body = words(alert(found({SCAN_ID: 2, OTHER_SCAN: 1}), names=names))
    assert len(title) <= TITLE_LIMIT
    assert len(body) <= 2 * (NAME_LIMIT + 10)
    assert len(title_of(alert([critical(1, title="y" * 1000)]))) == TITLE_LIMIT


def test_a_scan_that_failed_names_its_stage_its_attempt_and_the_reason() -> None:
    scan = stopped(error="No space\nleft on device.", stage="taint_analysis")
    assert words(failed(scan)) == (
        "Scan of payments-api stopped in taint_analysis",
        "Attempt 1. No space left on device.",
    )


def test_attempts_are_counted_by_us() -> None:
    scan = stopped()
    fail(scan, 2.0, started_at=FOUND_AT + timedelta(minutes=5))
    assert words(failed(scan)) == ("Scan of payments-api stopped", "Attempt 2.")


def test_of_a_long_name_the_stage_is_kept_and_hostile_reasons_are_one_line() -> None:
    scan = stopped(error="a\x1b[31m\u202e " + "b" * 5000, stage="static_analysis")
    title, body = words(failed(scan, names={SCAN_ID: "x" * 500}))
    assert title.endswith("… stopped in static_analysis")
    assert len(title) <= TITLE_LIMIT
    assert body.isprintable()
    assert len(body) < 300


def test_several_scans_that_failed() -> None:
    made = failed(*map(stopped, (SCAN_ID, OTHER_SCAN, THIRD_SCAN)))
    assert words(made) == ("3 scans stopped", "payments-api, web-shop, auth")


@pytest.mark.parametrize(
    ("made", "action"),
    [
        (alert(found({SCAN_ID: 4})), "Show finding"),
        (alert(found({SCAN_ID: 1, OTHER_SCAN: 1})), "Show findings"),
        (digest({SCAN_ID: 2}), "Show inbox"),
        (digest({SCAN_ID: 1}), "Show finding"),
        (failed(stopped()), "Show scan"),
        (failed(stopped(), stopped(OTHER_SCAN)), "Show scans"),
    ],
)
def test_the_button_says_what_a_click_does(made: Alert, action: str) -> None:
    assert action_of(made) == action


def test_a_mute_says_until_when() -> None:
    title, body = muted_text(FOUND_AT + MUTE_FOR, FOUND_AT)
    time = f"{(FOUND_AT + MUTE_FOR).astimezone():%H:%M}"
    assert (title, body) == (f"The scan is muted until {time}.", "Its alerts are in the inbox.")


# -- without names: no title, path, repository or server --

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
def test_only_the_kind_of_news_is_notified(title: str) -> None:
    made = OF_EACH[title]
    assert redacted_words(made, *words(made)) == (title, OPEN)


def test_each_event_has_a_redacted_title_of_its_own() -> None:
    assert len({EVENTS[event].redacted for event in Event}) == len(Event)


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
