"""People who hear the window are reported of news, in one sentence at most every ten seconds."""

import pytest
from msgspec.structs import replace

from heimdall_desktop.application.store import Store
from heimdall_desktop.domain.facts.change import FindingAdded, FindingReplaced
from heimdall_desktop.domain.facts.finding import Finding, Severity
from heimdall_desktop.presentation.alerts.inbox import Announcements
from tests.fakes.board_scans import FakeTime, ScanStory, leave_unlooked
from tests.fakes.findings import make_finding


class Heard:
    """Two scans, of which someone looks at one."""

    def __init__(self) -> None:
        self.time, self.store = FakeTime(), Store()
        self.shop = ScanStory(self.store, self.time, "shop", number=1)
        self.bank = ScanStory(self.store, self.time, "bank", number=2)
        shop_id = self.shop.scan.id
        self.news = Announcements(
            self.time.clock,
            self.store.scan,
            self.store.name_of,
            lambda scan_id: scan_id == shop_id,
            self.store.mask,
        )
        self.told()

    def told(self) -> str:
        """Hand over all changes and return what is said of them."""
        self.news.take(self.store.drain())
        return self.news.due()

    def critical(self, number: int, story: ScanStory | None = None) -> Finding:
        scan_id = (story or self.shop).scan.id
        return make_finding(
            number, title=f"Hole {number}", severity=Severity.CRITICAL, scan_id=scan_id
        )

    def find(self, *findings: Finding) -> str:
        self.news.take([FindingAdded(finding) for finding in findings])
        return self.news.due()


@pytest.fixture
def heard() -> Heard:
    return Heard()


def test_one_critical_finding_is_notified_by_its_title(heard: Heard) -> None:
    assert heard.find(heard.critical(1)) == "New critical finding in shop: Hole 1."


def test_several_are_announced_by_their_count(heard: Heard) -> None:
    told = heard.find(heard.critical(1), heard.critical(2))
    assert told == "2 new critical findings in shop."
    heard.time.pass_s(10)
    told = heard.find(heard.critical(3), heard.critical(4, heard.bank))
    assert told == "2 new critical findings."


def test_nothing_is_said_within_ten_seconds_and_nothing_is_lost(heard: Heard) -> None:
    assert heard.find(heard.critical(1))
    heard.time.pass_s(5)
    assert heard.find(heard.critical(2)) == ""
    heard.time.pass_s(4.9)
    assert heard.find(heard.critical(3)) == ""
    heard.time.pass_s(0.1)
    assert heard.told() == "2 new critical findings in shop."
    heard.time.pass_s(60)
    assert heard.told() == ""


def test_what_is_no_news_is_not_notified(heard: Heard) -> None:
    first_read = FindingAdded(heard.critical(1), is_first_read=True)
    high = FindingAdded(replace(heard.critical(2), severity=Severity.HIGH))
    repeat = FindingAdded(replace(heard.critical(3), is_repeat=True))
    heard.news.take([first_read, high, repeat])
    assert heard.news.due() == ""


def test_what_becomes_critical_is_notified_and_what_is_withdrawn_in_time_is_not(
    heard: Heard,
) -> None:
    critical = heard.critical(1)
    high = replace(critical, severity=Severity.HIGH)
    heard.news.take([FindingReplaced(critical, high), FindingReplaced(high, critical)])
    assert heard.news.due() == ""
    heard.news.take([FindingReplaced(critical, high), FindingReplaced(critical, critical)])
    assert heard.news.due() == "New critical finding in shop: Hole 1."


def test_stages_are_announced_as_they_change_and_only_for_the_scan_in_view(heard: Heard) -> None:
    for story in (heard.shop, heard.bank):
        story.read("running", began_s=60).run([38], 20)
    assert heard.told() == ""  # so it was when we came
    for story in (heard.shop, heard.bank):
        story.run([38, 20], 1)
    assert heard.told() == "shop: Static analysis."
    heard.time.pass_s(10)
    heard.shop.run([38, 20], 5)
    assert heard.told() == ""


def test_t61_the_end_of_a_scan_that_ran_again_is_notified_only_if_it_differs(heard: Heard) -> None:
    def ends(*counts: int) -> str:
        heard.time.pass_s(60)
        heard.shop.run([38, 20], 1)
        heard.told()
        heard.time.pass_s(60)
        heard.shop.run([30] * 9, status="completed").find(*counts)
        return heard.told()

    assert ends(0, 2) == "shop: completed."
    assert ends(0, 0) == ""
    assert ends(0, 1) == "shop: completed."


def test_an_end_is_announced_with_the_files_that_were_not_scanned(heard: Heard) -> None:
    heard.shop.run([38, 20], 1)
    heard.told()
    heard.time.pass_s(60)
    heard.shop.run([30] * 9, status="completed")
    leave_unlooked(heard.shop.scan, 2)
    assert heard.told() == "shop: completed. 2 files were not scanned."


def test_two_scans_of_one_name_are_distinguished(heard: Heard) -> None:
    other = ScanStory(heard.store, heard.time, "shop", "develop", number=3)
    told = heard.find(heard.critical(1, other))
    assert told == "New critical finding in shop (develop): Hole 1."


def test_while_presenting_no_name_is_said_and_switching_says_nothing(heard: Heard) -> None:
    heard.shop.run([1.0, 2.0], 3.0)
    heard.told()
    heard.time.pass_s(60)
    heard.store.present(is_on=True)
    assert heard.told() == ""
    found = heard.find(heard.critical(1))
    assert ("Hole" in found, found.startswith("New critical finding in ")) == (False, True)
    heard.time.pass_s(60)
    heard.shop.run([1.0, 2.0, 3.0], 4.0)
    assert heard.told().startswith("Scan 1: ")
    heard.time.pass_s(60)
    heard.store.present(is_on=False)
    assert heard.told() == ""
