"""An end is believed once it has stayed, was listed after that, and is still there."""

from datetime import UTC, datetime, timedelta

from heimdall_desktop.application.watching.completion import FINAL_LISTINGS, Completion
from heimdall_desktop.application.watching.row_checks import EndChecked
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.observation import Counts, ListingEnded, LiveRead
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import server_url

SCAN = ScanId("8c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e21")
NOW = datetime(2026, 7, 4, 12, 0, tzinfo=UTC)


def scan(status: str, updated_s: float = 0) -> Scan:
    made = Scan(SCAN, server_url("http://127.0.0.1:8080"))
    updated_at = NOW + timedelta(seconds=updated_s)
    made.observe(LiveRead(SCAN, 1.0, status, None, updated_at, Counts(), (), ()))
    return made


def listing(asked_at_s: float, total: int = 3, read: int = 3) -> ListingEnded:
    return ListingEnded(SCAN, asked_at_s, total, read, read >= total)


def doubting(status: str = "failed") -> Completion:
    ending = Completion()
    ending.doubt(scan(status), 100.0, NOW)
    return ending


def test_an_end_is_news_once_and_when_it_is_another() -> None:
    ending = Completion()
    assert not ending.is_news(scan("hunting"))
    assert ending.is_news(scan("failed"))
    assert ending.doubt(scan("failed"), 100.0, NOW) == 130.0
    assert not ending.is_news(scan("failed"))
    assert ending.is_news(scan("failed", updated_s=1)), "it was written again"
    assert ending.is_news(scan("completed"))
    assert not doubting("completed").is_news(scan("completed", updated_s=1)), "books are closed"


def test_a_listing_before_the_end_has_stayed_proves_nothing() -> None:
    ending = doubting()
    assert not ending.note_listing(listing(129.9), 130.0)
    assert ending.note_listing(listing(130.0), 130.5)


def test_the_last_poll_is_requested_after_the_last_listing() -> None:
    ending = doubting()
    assert not ending.settles(131.0, is_list_old=False)
    ending.note_listing(listing(130.0), 130.5)
    assert not ending.settles(130.4, is_list_old=False)
    assert ending.settles(130.5, is_list_old=False)


def test_t38_a_check_of_a_completed_scan_is_believed_only_after_the_doubt() -> None:
    ending = doubting("completed")
    assert ending.note_listing(listing(100.0), 101.0) is False
    assert ending.note_listing(EndChecked(104.9), 105.0) is False
    assert ending.note_listing(EndChecked(105.0), 105.2)
    assert not ending.settles(105.1, is_list_old=False)
    assert ending.settles(105.2, is_list_old=False)


def test_rows_that_are_missing_put_the_end_off_but_not_for_ever() -> None:
    ending = doubting()
    taken = [
        ending.note_listing(listing(130.0 + n, 5, 4), 131.0 + n) for n in range(FINAL_LISTINGS)
    ]
    assert taken == [False] * (FINAL_LISTINGS - 1) + [True]


def test_news_of_the_list_puts_the_end_off_but_not_for_ever() -> None:
    ending = doubting()
    stayed = []
    for n in range(FINAL_LISTINGS):
        assert ending.note_listing(listing(130.0 + n), 130.5 + n)
        stayed.append(ending.settles(130.6 + n, is_list_old=True))
    assert stayed == [False] * (FINAL_LISTINGS - 1) + [True]


def test_a_scan_that_runs_again_starts_over() -> None:
    ending = doubting()
    ending.note_listing(listing(130.0), 130.5)
    ending.forget()
    assert not ending.settles(200.0, is_list_old=False)
    assert ending.is_news(scan("failed"))
    assert not ending.note_listing(listing(200.0), 201.0)


def test_t59_rows_that_come_put_the_end_of_a_stopped_scan_off_until_they_cease() -> None:
    for status in ("failed", "cancelled"):
        ending, stopped = doubting(status), scan(status)
        assert ending.note_activity(stopped, 125.0) == 185.0
        assert ending.note_listing(listing(184.9), 184.9) is False
        assert ending.note_listing(listing(185.0), 185.5)
        assert ending.note_activity(stopped, 186.0) == 246.0
        assert not ending.settles(187.0, is_list_old=False)


def test_t59_rows_that_came_just_before_the_end_count_too() -> None:
    ending = Completion()
    assert ending.note_activity(scan("hunting"), 90.0) is None
    assert ending.doubt(scan("failed"), 100.0, NOW) == 150.0
    assert ending.doubt(scan("completed"), 100.0, NOW) == 105.0


def test_a_completed_scan_whose_books_close_is_not_put_off_by_its_last_rows() -> None:
    assert doubting("completed").note_activity(scan("completed"), 103.0) is None
