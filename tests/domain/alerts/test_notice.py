"""The words of a notification (ux.md 2.5, "Wording")."""

from datetime import timedelta

from heimdall_desktop.domain.alerts.notice import MANY, NAME_LIMIT, TITLE_LIMIT, Notice
from heimdall_desktop.domain.facts.finding import ScanId
from tests.fakes.alert_desk import OTHER_SCAN, THIRD_SCAN, critical
from tests.fakes.findings import FOUND_AT, SCAN_ID, make_finding

NAMES = {SCAN_ID: "payments-api", OTHER_SCAN: "web-shop", THIRD_SCAN: "auth"}


def notice(counts: dict[ScanId, int], *, is_digest: bool = False, high: int = 0) -> Notice:
    made = Notice("alert-1", 0.0, is_digest)
    scans = [scan_id for scan_id, count in counts.items() for _ in range(count)]
    for number, scan_id in enumerate(scans, 1):
        finding = critical(number, scan_id=scan_id)
        made.findings[finding.id] = finding
    made.highs = {each.id: each for each in map(make_finding, range(500, 500 + high))}
    return made


def words(made: Notice) -> tuple[str, str]:
    return made.words(lambda scan_id: NAMES.get(scan_id, f"repo {scan_id}"))


def test_one() -> None:
    assert words(notice({SCAN_ID: 1})) == (
        "Critical: Hole 1",
        "payments-api, orders.py:88. Not yet verified.",
    )


def test_several_of_one_scan() -> None:
    assert words(notice({SCAN_ID: 4})) == (
        "4 new critical findings in payments-api",
        "Latest: Hole 4 in orders.py:88",
    )


def test_the_latest_is_the_youngest_in_whatever_order_a_listing_tells_them() -> None:
    """The server lists the youngest of one severity first (heimdall-api.md 4.4)."""
    made = notice({})
    for age_min in (0, 1, 2):
        found = critical(3 - age_min, created_at=FOUND_AT - timedelta(minutes=age_min))
        made.findings[found.id] = found
    assert words(made)[1] == "Latest: Hole 3 in orders.py:88"


def test_several_scans_the_one_with_most_first() -> None:
    assert words(notice({THIRD_SCAN: 2, SCAN_ID: 4, OTHER_SCAN: 3})) == (
        "9 new critical findings in 3 scans",
        "payments-api 4, web-shop 3, auth 2",
    )


def test_many_scans_are_named_in_part() -> None:
    made = notice({ScanId(f"{number}"): 1 for number in range(50)})
    title, body = words(made)
    assert title == "50 new critical findings in 50 scans"
    assert body == "repo 0 1, repo 1 1, repo 2 1, repo 3 1, repo 4 1 and 45 more"


def test_a_digest() -> None:
    made = notice({SCAN_ID: 6}, is_digest=True, high=14)
    made.completed, made.failed = ("web-shop", "auth"), ("payments-api",)
    assert words(made) == (
        "While you were away: 6 critical, 14 high",
        "2 scans finished, 1 failed",
    )


def test_a_digest_without_ends_names_the_scans() -> None:
    made = notice({SCAN_ID: 2, OTHER_SCAN: 1}, is_digest=True)
    assert words(made) == ("While you were away: 3 critical", "payments-api 2, web-shop 1")


def test_a_digest_of_one_end() -> None:
    made = notice({SCAN_ID: 1}, is_digest=True)
    made.completed = ("web-shop",)
    assert words(made) == ("While you were away: 1 critical", "1 scan finished")


def test_a_digest_of_a_lone_finding_keeps_the_words_of_one() -> None:
    assert words(notice({SCAN_ID: 1}, is_digest=True))[0] == "Critical: Hole 1"


def test_a_digest_of_failures_alone() -> None:
    made = notice({}, is_digest=True)
    made.failed = ("payments-api", "auth")
    assert words(made) == ("While you were away: 2 scans failed", "payments-api, auth")


def test_names_and_titles_are_cut() -> None:
    made = notice({SCAN_ID: 2, OTHER_SCAN: 1})
    title, body = made.words(lambda _scan_id: "x" * 1000)
    assert len(title) <= TITLE_LIMIT
    assert len(body) <= 2 * (NAME_LIMIT + 10)
    one = Notice("alert-1", 0.0)
    finding = critical(1, title="y" * 1000)
    one.findings[finding.id] = finding
    assert len(words(one)[0]) == TITLE_LIMIT


def test_its_window_grows_with_what_is_in_it() -> None:
    assert notice({SCAN_ID: MANY}).ends_at_s() == 10
    assert notice({SCAN_ID: MANY + 1}).ends_at_s() == 60


def test_a_scan_can_be_left_out() -> None:
    made = notice({SCAN_ID: 1, OTHER_SCAN: 1}, high=2)
    made.drop(SCAN_ID)
    assert made.scan_ids == [OTHER_SCAN]
    assert made.highs == {}


def test_a_digest_names_ends_that_may_be_failures() -> None:
    made = notice({SCAN_ID: 2}, is_digest=True)
    made.ended = ("docs",)
    assert words(made)[1] == "1 scan failed or was cancelled"
    made.completed, made.failed = ("shop",), ("auth",)
    assert words(made)[1] == "1 scan finished, 1 failed, 1 scan failed or was cancelled"
