"""The words of alerts (behaviour.md 2.5, "Wording")."""

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from heimdall_desktop.domain.alerts import rules
from heimdall_desktop.domain.alerts.alert import Alert
from heimdall_desktop.domain.facts import finding
from heimdall_desktop.domain.facts.choices import MUTE_FOR
from heimdall_desktop.domain.facts.observation import StageRow
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.proposals import KnownProposals
from heimdall_desktop.presentation.alerts import alert_text
from heimdall_desktop.presentation.alerts.event_text import EVENTS, NAME_LIMIT, TITLE_LIMIT
from tests.fakes.alert_policy import OTHER_SCAN, SERVER, THIRD_SCAN, critical, fail
from tests.fakes.findings import FOUND_AT, SCAN_ID
from tests.fakes.proposals import make_proposal, proposals_for

NAMES = {SCAN_ID: "payments-api", OTHER_SCAN: "web-shop", THIRD_SCAN: "auth"}


def found(counts: dict[finding.ScanId, int]) -> list[finding.Finding]:
    scans = [scan_id for scan_id, count in counts.items() for _ in range(count)]
    return [critical(number, scan_id=scan_id) for number, scan_id in enumerate(scans, 1)]


def alert(findings: list[finding.Finding], **fields: Any) -> Alert:
    newest = max(reversed(findings), key=lambda each: each.created_at)
    names = {each.scan_id: NAMES.get(each.scan_id, f"repo {each.scan_id}") for each in findings}
    scans = fields.get("scans", ())
    names |= {scan.id: NAMES[scan.id] for scan in scans}
    return Alert("alert-1", rules.CRITICAL, newest, tuple(findings), **({"names": names} | fields))


def digest(counts: dict[finding.ScanId, int], **fields: Any) -> Alert:
    return alert(found(counts), is_digest=True, **fields)


def failed(*scans: Scan, **fields: Any) -> Alert:
    return Alert("alert-1", rules.FAILED, scans[-1], scans=scans, **({"names": NAMES} | fields))


def stopped(scan_id: finding.ScanId = SCAN_ID, error: str | None = None, stage: str = "") -> Scan:
    scan = Scan(scan_id, SERVER)
    rows = (StageRow(stage, "failed", None, FOUND_AT),) if stage else ()
    fail(scan, 1.0, error=error, stages=rows)
    return scan


def done() -> Scan:
    return Scan(SCAN_ID, SERVER)


def words(made: Alert) -> tuple[str, str]:
    return alert_text.title_of(made), alert_text.body_of(made)


IN_FILE = {"title": "Weak hash in crypto.py", "file_path": "src/crypto.py", "line_start": 217}
FAILED_TWICE = stopped()
fail(FAILED_TWICE, 2.0, started_at=FOUND_AT + timedelta(minutes=5))
WORDS = {
    "one": (alert(found({SCAN_ID: 1})),
        ("Critical: Hole 1", "payments-api, orders.py:88. Not yet verified.")),
    "announced by the stream alone": (alert([critical(1, is_announced=True)]),
        ("Critical, announced: Hole 1", "payments-api, stream only. Not yet verified.")),
    "several of one scan": (alert(found({SCAN_ID: 4})),
        ("4 new critical findings in payments-api", "Latest: Hole 4 in orders.py:88")),
    "a file that the title names is not repeated": (alert([critical(1, **IN_FILE)]),
        ("Critical: Weak hash in crypto.py", "payments-api, line 217. Not yet verified.")),
    "nor is it for several": (alert([critical(1), critical(2, **IN_FILE)]),
        ("2 new critical findings in payments-api", "Latest: Weak hash in crypto.py")),
    "several scans, the one with most first": (
        alert(found({THIRD_SCAN: 2, SCAN_ID: 4, OTHER_SCAN: 3})),
        ("9 new critical findings in 3 scans", "payments-api 4, web-shop 3, auth 2")),
    "many scans are named in part": (
        alert(found({finding.ScanId(f"{number}"): 1 for number in range(50)})),
        (
            "50 new critical findings in 50 scans",
            "repo 0 1, repo 1 1, repo 2 1, repo 3 1, repo 4 1 and 45 more",
        ),
    ),
    "a digest": (
        digest({SCAN_ID: 6}, highs=14, finished=(done(), done()), scans=(stopped(SCAN_ID),)),
        ("While you were away: 6 critical, 14 high", "2 scans finished, 1 failed")),
    "a digest without ends names the scans": (digest({SCAN_ID: 2, OTHER_SCAN: 1}),
        ("While you were away: 3 critical", "payments-api 2, web-shop 1")),
    "a digest of one end": (digest({SCAN_ID: 1}, finished=(done(),)),
        ("While you were away: 1 critical", "1 scan finished")),
    "a digest of a lone finding has the words of one": (digest({SCAN_ID: 1}),
        ("Critical: Hole 1", "payments-api, orders.py:88. Not yet verified.")),
    "a digest of failures alone": (failed(stopped(SCAN_ID), stopped(THIRD_SCAN), is_digest=True),
        ("While you were away: 2 scans failed", "payments-api, auth")),
    "ends that may be failures": (digest({SCAN_ID: 2}, ended=1),
        ("While you were away: 2 critical", "1 scan failed or was cancelled")),
    "all kinds of ends": (
        digest({SCAN_ID: 2}, ended=1, finished=(done(),), scans=(stopped(OTHER_SCAN),)),
        (
            "While you were away: 2 critical",
            "1 scan finished, 1 failed, 1 scan failed or was cancelled",
        ),
    ),
    "a scan that failed names its stage, its attempt and the reason": (
        failed(stopped(error="No space\nleft on device.", stage="taint_analysis")),
        ("Scan of payments-api stopped in taint_analysis", "Attempt 1. No space left on device.")),
    "attempts are counted by us": (failed(FAILED_TWICE),
        ("Scan of payments-api stopped", "Attempt 2.")),
    "several scans that failed": (failed(*map(stopped, (SCAN_ID, OTHER_SCAN, THIRD_SCAN))),
        ("3 scans stopped", "payments-api, web-shop, auth")),
}  # fmt: skip


@pytest.mark.parametrize("name", WORDS)
def test_the_words_of_a_notification(name: str) -> None:
    made, expected = WORDS[name]
    assert words(made) == expected


def test_names_and_titles_are_cut() -> None:
    names = {SCAN_ID: "x" * 1000, OTHER_SCAN: "x" * 1000}
    title, body = words(alert(found({SCAN_ID: 2, OTHER_SCAN: 1}), names=names))
    assert len(title) <= TITLE_LIMIT
    assert len(body) <= 2 * (NAME_LIMIT + 10)
    assert len(alert_text.title_of(alert([critical(1, title="y" * 1000)]))) == TITLE_LIMIT


def test_of_a_long_name_the_stage_is_kept_and_hostile_reasons_are_one_line() -> None:
    scan = stopped(error="a\x1b[31m\u202e " + "b" * 5000, stage="static_analysis")
    title, body = words(failed(scan, names={SCAN_ID: "x" * 500}))
    assert title.endswith("… stopped in static_analysis")
    assert len(title) <= TITLE_LIMIT
    assert body.isprintable()
    assert len(body) < 300


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
    assert alert_text.action_of(made) == action


def test_a_mute_says_until_when() -> None:
    title, body = alert_text.muted_text(FOUND_AT + MUTE_FOR, FOUND_AT)
    time = f"{(FOUND_AT + MUTE_FOR).astimezone():%H:%M}"
    assert (title, body) == (f"The scan is muted until {time}.", "Its alerts are in the inbox.")


# -- without names: no title, path, repository or server --

OPEN = "Open Heimdall to see it"
CONFIRMED = critical(1, status=finding.FindingStatus.CONFIRMED)
SERVER_OUT = rules.Server(SERVER, SCAN_ID, scans=3)


def of_state(rule: rules.Rule, *servers: rules.Server) -> Alert:
    return replace(failed(stopped()), rule=rule, servers=servers)


HIGHS = [replace(each, severity=finding.Severity.HIGH) for each in found({SCAN_ID: 2})]
OF_EACH = {
    "New critical finding": alert(found({SCAN_ID: 1})),
    "Critical finding confirmed": alert([CONFIRMED]),
    "4 new critical findings": alert(found({SCAN_ID: 3, OTHER_SCAN: 1})),
    "2 confirmed critical findings": alert(
        [CONFIRMED, replace(CONFIRMED, id=finding.FindingId("2"))]
    ),
    "New finding in a saved view": replace(
        alert(HIGHS[:1]), rule=rules.ViewMatches(lambda: FOUND_AT).rule, view="payments-api"
    ),
    "New high finding": replace(alert(HIGHS[:1]), rule=rules.HIGH),
    "2 new high findings": replace(alert(HIGHS), rule=rules.HIGH),
    "A scan failed": failed(stopped(error="No space left in /srv/payments")),
    "2 scans failed": failed(stopped(), stopped(OTHER_SCAN)),
    "A scan finished": of_state(rules.FINISHED),
    "2 scans finished": replace(failed(stopped(), stopped(OTHER_SCAN)), rule=rules.FINISHED),
    "A scan has stalled": of_state(rules.STALLED),
    "Signed out of a server": of_state(rules.SIGNED_OUT, SERVER_OUT),
    "No response from a server for a minute": of_state(rules.STALE, SERVER_OUT),
    "No response from 2 servers for a minute": of_state(rules.STALE, SERVER_OUT, SERVER_OUT),
}


@pytest.mark.parametrize("title", OF_EACH)
def test_only_the_kind_of_news_is_notified(title: str) -> None:
    made = OF_EACH[title]
    assert alert_text.redacted_words(made, *words(made)) == (title, OPEN)


def test_each_event_has_a_redacted_title_of_its_own() -> None:
    assert len({EVENTS[event].redacted for event in rules.Event}) == len(rules.Event)


def test_a_sum_counts_what_matched_saved_views() -> None:
    made = digest({SCAN_ID: 6}, viewed=2)
    full = words(made)
    assert full == ("While you were away: 6 critical", "2 in saved views")
    assert alert_text.redacted_words(made, *full) == full
    named = replace(made, view="payments-api")
    assert words(named) == (full[0], "2 in “payments-api”")
    assert alert_text.redacted_words(named, *words(named)) == full
    assert alert_text.actions_of(made, is_redacted=True) == ("Show inbox", "")
    one = alert(found({SCAN_ID: 1}))
    assert alert_text.actions_of(one, is_redacted=True) == ("Open", "Mute for 1 h")


def test_a_sum_stays_as_it_is() -> None:
    made = digest({SCAN_ID: 6}, highs=14, scans=(stopped(OTHER_SCAN),), finished=(done(), done()))
    full = words(made)
    assert full == ("While you were away: 6 critical, 14 high", "2 scans finished, 1 failed")
    assert alert_text.redacted_words(made, *full) == full


@pytest.mark.parametrize(
    "made",
    [
        digest({SCAN_ID: 4, OTHER_SCAN: 2}),
        digest({SCAN_ID: 4, OTHER_SCAN: 2}, highs=3),
        digest({THIRD_SCAN: 2}),
        replace(digest({SCAN_ID: 2}), rule=rules.HIGH, findings=tuple(HIGHS)),
        replace(digest({SCAN_ID: 1}), findings=(), scans=(stopped(), stopped(OTHER_SCAN))),
        replace(digest({SCAN_ID: 1}), findings=(), scans=(stopped(),), names=NAMES),
    ],
)
def test_a_sum_that_names_scans_names_none(made: Alert) -> None:
    made = replace(made, names=NAMES)
    title, body = words(made)
    assert any(name in title + body for name in NAMES.values())
    assert alert_text.redacted_words(made, title, body) == (title, OPEN)


def test_an_alert_says_what_was_decided_before_and_counts_all_the_same() -> None:
    rows = found({SCAN_ID: 3})
    proposals = proposals_for(rows, probable=(2,))
    made, known = alert(rows), KnownProposals({SCAN_ID: proposals})
    body = alert_text.body_of(made, proposals=known)
    assert alert_text.title_of(made) == "3 new critical findings in payments-api"
    assert body == "Latest: Hole 3 in orders.py:88. 2 dismissed before."
    first, second, _ = rows
    proposals[second.id] = make_proposal(second.id, status=finding.FindingStatus.CONFIRMED)
    assert alert_text.body_of(made, proposals=known).endswith(" 2 decided before.")
    single = alert_text.body_of(alert([first]), proposals=known)
    assert single == "payments-api, orders.py:88. Not yet verified. Dismissed before."
    third = alert_text.body_of(alert(rows[2:]), proposals=known)
    assert "before" not in third, "probable ones are not worth a word"
