"""Mutes of scans: until a moment, or until the scan has ended."""

from datetime import UTC, datetime, timedelta

from heimdall_desktop.domain.facts.choices import (
    MUTE_FOR,
    AlertChoices,
    EditorChoices,
    Mute,
    RepoMute,
)
from heimdall_desktop.domain.facts.finding import RepoId, ScanId
from heimdall_desktop.domain.facts.server import Repo, ServerUrl

NOW = datetime(2026, 7, 4, 12, 7, tzinfo=UTC)
A, B, C = map(ScanId, "abc")
A_SECOND = timedelta(seconds=1)


def test_a_mute_holds_until_its_moment() -> None:
    muted = AlertChoices().with_mute(A, NOW + MUTE_FOR)
    assert muted.muted_until(A, NOW) == NOW + timedelta(hours=1)
    assert muted.muted_until(A, NOW + MUTE_FOR - A_SECOND) == NOW + MUTE_FOR
    assert muted.muted_until(A, NOW + MUTE_FOR) is None
    assert muted.muted_until(B, NOW) is None


def test_a_scan_has_one_mute_the_one_that_came_last() -> None:
    longer = AlertChoices().with_mute(A, NOW + MUTE_FOR).with_mute(A, NOW + 2 * MUTE_FOR)
    assert longer.muted == (Mute(A, NOW + 2 * MUTE_FOR),)
    to_the_end = longer.with_mute(A, None).with_mute(A, None)
    assert (to_the_end.muted, to_the_end.muted_to_the_end) == ((), (A,))
    shorter = to_the_end.with_mute(A, NOW + MUTE_FOR)
    assert (shorter.muted, shorter.muted_to_the_end) == ((Mute(A, NOW + MUTE_FOR),), ())
    assert shorter.without_mute(A) == AlertChoices()


def test_expired_mutes_are_removed() -> None:
    muted = AlertChoices(muted_to_the_end=(B, C)).with_mute(A, NOW + MUTE_FOR)
    present = muted.with_present_mutes(NOW + A_SECOND, {A, B, C}.__contains__, {C}.__contains__)
    assert (present.muted, present.muted_to_the_end) == (muted.muted, (B,))
    at_the_end = present.with_present_mutes(NOW + MUTE_FOR, {A, B}.__contains__, {B}.__contains__)
    assert at_the_end == AlertChoices()


def test_a_scan_that_left_the_board_is_not_muted() -> None:
    muted = AlertChoices(muted_to_the_end=(B,)).with_mute(A, NOW + MUTE_FOR)
    present = muted.with_present_mutes(NOW, {C}.__contains__, {C}.__contains__)
    assert present == AlertChoices()


SHOP: Repo = (ServerUrl("https://h.example"), RepoId("shop"))
ELSEWHERE: Repo = (ServerUrl("https://other.example"), RepoId("shop"))


def test_a_repository_is_muted_on_its_server_until_a_moment() -> None:
    muted = AlertChoices().with_repo_mute(SHOP, NOW + MUTE_FOR)
    assert muted.repo_muted_until(SHOP, NOW) == NOW + MUTE_FOR
    assert muted.repo_muted_until(SHOP, NOW + MUTE_FOR) is None
    assert muted.repo_muted_until(ELSEWHERE, NOW) is None
    assert muted.repo_muted_until(None, NOW) is None
    longer = muted.with_repo_mute(SHOP, NOW + 2 * MUTE_FOR).with_repo_mute(ELSEWHERE, NOW)
    assert longer.muted_repos == (RepoMute(*SHOP, NOW + 2 * MUTE_FOR), RepoMute(*ELSEWHERE, NOW))
    assert longer.without_repo_mute(SHOP).muted_repos == (RepoMute(*ELSEWHERE, NOW),)
    nothing = frozenset[ScanId]().__contains__
    present = longer.with_present_mutes(NOW, nothing, nothing)
    assert present.muted_repos == (RepoMute(*SHOP, NOW + 2 * MUTE_FOR),), "for scans to come too"


def test_a_source_folder_is_kept_for_each_repository() -> None:
    chosen = EditorChoices().with_folder(SHOP, "/a").with_folder(ELSEWHERE, "/b")
    moved = chosen.with_folder(SHOP, "/c")
    assert (moved.folder(SHOP), moved.folder(ELSEWHERE)) == ("/c", "/b")
    assert moved.with_folder(SHOP, "").folder(SHOP) == ""
