"""The glyphs and inks for the state of a scan, and its strip of stages."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QAction, QColor, QImage, QPainter
from PySide6.QtWidgets import QMenu

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.domain.facts.choices import MUTE_FOR, AlertChoices
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.stages.stage_display import StageDisplay
from heimdall_desktop.presentation.board.scan_status import Mood, Problem, ProblemAction, ScanStatus
from heimdall_desktop.presentation.panel.log_lines import LogMark
from heimdall_desktop.widgets.controls import scan_marks
from heimdall_desktop.widgets.controls.problem_strip import MOOD_TONES
from heimdall_desktop.widgets.controls.text_labels import add_commands
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.board_scans import SERVER, FakeTime, ScanStory
from tests.fakes.requests import RecordedRequests


def test_every_state_has_a_mark(resources: Path) -> None:
    assert set(MOOD_TONES) == set(Mood)
    assert set(scan_marks.SEGMENTS) == set(StageDisplay)
    assert set(scan_marks.LOG_MARKS) == set(LogMark)
    icons = {
        *(status.spec.icon for status in ScanStatus),
        *(icon for icon, _ in scan_marks.LOG_MARKS.values()),
    }
    assert all((resources / "icons" / f"{icon}.svg").exists() for icon in icons)


def test_a_strip_says_what_the_problem_says() -> None:
    actions = (ProblemAction.RETRY,)
    strip = scan_marks.strip_of(
        Problem(ScanId("a"), ScanStatus.STALE, "Fact.", "So.", actions), more=2
    )
    assert strip is not None
    assert (strip.mood, strip.fact, strip.consequence) == (Mood.ERROR, "Fact.", "So.")
    assert (strip.actions, strip.more) == (("Retry now",), 2)
    assert scan_marks.strip_of(None) is None
    strip = scan_marks.strip_of(Problem(ScanId("a"), ScanStatus.POLLING, "Fact."))
    assert strip is not None
    assert ScanStatus.POLLING.spec.icon == strip.icon == "conn-quiet"  # behaviour.md 2.4


def test_the_mute_mark_shows_as_many_words_as_fit(theme: Theme) -> None:
    mute = ("Muted until 16:00", "until 16:00", "16:00")
    marks = [scan_marks.MuteMark.fitting(theme, mute, room) for room in range(200, 0, -1)]
    assert list(dict.fromkeys(mark.words for mark in marks)) == [*mute, ""]
    for room, mark in zip(range(200, 0, -1), marks, strict=True):
        assert mark.width <= room or not mark.words
    assert scan_marks.MuteMark.fitting(theme, (), 200)[:2] == (None, 0.0)
    assert scan_marks.MuteMark.fitting(theme, mute, 0, 200).words == "16:00"


# -- scan mutes --


HOUR = f"Mute this scan for 1 h\t{scan_marks.MUTE_KEYS}"
REST, END = "Mute this scan until it ends", "Unmute this scan"


class Desk:
    """A running scan, an ended one, and what the user chose."""

    def __init__(self) -> None:
        self.time, store = FakeTime(), Store()
        self.running = ScanStory(store, self.time, "shop").run([30], 4).scan.id
        ended = ScanStory(store, self.time, "auth", number=2).run([30], 4, end="failed")
        self.ended = ended.settle().scan.id
        self.bare = ScanId("bare")
        store.add(Scan(self.bare, SERVER))
        self.preferences = RecordedRequests().preferences
        self.mutes = scan_marks.ScanMutes(store, self.preferences, self.time.now)

    @property
    def alerts(self) -> AlertChoices:
        return self.preferences.settings.alerts

    def offered(self, menu: QMenu, scan_id: ScanId) -> dict[str, QAction]:
        """Return the rows of a menu for a scan."""
        menu.clear()
        add_commands(menu, self.mutes.commands_for(scan_id))
        return {action.text(): action for action in menu.actions() if action.menu() is None}

    def offered_for_repo(self, menu: QMenu, scan_id: ScanId) -> dict[str, QAction]:
        """Return the rows for the repository of a scan, which are in an inner menu."""
        self.offered(menu, scan_id)
        [inner] = [action.menu() for action in menu.actions() if action.menu() is not None]
        assert isinstance(inner, QMenu)
        assert inner.title() == "Mute repository"
        return {action.text(): action for action in inner.actions()}


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def menu(theme: Theme) -> Iterator[QMenu]:
    menu = QMenu()
    yield menu
    menu.deleteLater()


def test_a_scan_is_muted_for_an_hour_and_unmuted(desk: Desk, menu: QMenu) -> None:
    rows = desk.offered(menu, desk.running)
    assert [*rows] == [HOUR, REST]
    rows[HOUR].trigger()
    assert desk.alerts.muted_until(desk.running, desk.time.at) == desk.time.at + MUTE_FOR
    assert desk.mutes.text(desk.running).startswith("Muted until ")
    desk.offered(menu, desk.running)[END].trigger()
    assert desk.alerts == AlertChoices()
    assert desk.mutes.text(desk.running) == ""


def test_a_repository_is_muted_and_unmuted_apart_from_its_scan(desk: Desk, menu: QMenu) -> None:
    ways = ("1 h", "1 day", "1 week")
    rows = desk.offered_for_repo(menu, desk.running)
    assert [*rows] == [f"Mute this repository for {each}" for each in ways]
    rows["Mute this repository for 1 day"].trigger()
    repo = desk.mutes.repo_of(desk.running)
    assert desk.alerts.repo_muted_until(repo, desk.time.at) == desk.time.at + timedelta(days=1)
    assert desk.mutes.text(desk.running).startswith("Repository muted until 5 Jul ")
    assert END not in desk.offered(menu, desk.running), "the scan itself isn't muted"
    desk.offered(menu, desk.running)[HOUR].trigger()
    desk.offered(menu, desk.running)[END].trigger()
    assert desk.mutes.is_repo_muted(repo)
    desk.offered_for_repo(menu, desk.running)["Unmute this repository"].trigger()
    assert desk.alerts == AlertChoices()


def test_the_commands_for_a_repository_say_why_they_cannot_be_used(desk: Desk) -> None:
    meant: list[ScanId | None] = [None]
    hour, *_, end = desk.mutes.repo_commands(lambda: meant[0])
    assert hour.obstacle() == end.obstacle() == "No scan is selected."
    meant[0] = ScanId("left")
    assert hour.obstacle() == "The scan isn't watched."
    meant[0] = desk.bare
    assert hour.obstacle() == "The repository of this scan is unknown."
    meant[0] = desk.ended
    assert (hour.obstacle(), end.obstacle()) == ("", "The repository isn't muted.")


def test_a_mute_for_an_hour_is_extended_to_the_end_of_the_scan(desk: Desk, menu: QMenu) -> None:
    desk.offered(menu, desk.running)[HOUR].trigger()
    desk.offered(menu, desk.running)[REST].trigger()
    assert desk.alerts == AlertChoices(muted_to_the_end=(desk.running,))


def test_an_expired_mute_is_not_offered_for_unmuting(desk: Desk, menu: QMenu) -> None:
    desk.mutes.for_an_hour(desk.running)
    desk.time.pass_s(MUTE_FOR.total_seconds())
    assert END not in desk.offered(menu, desk.running)


def test_what_has_ended_or_is_not_watched_cannot_be_muted(desk: Desk, menu: QMenu) -> None:
    rows = desk.offered(menu, desk.ended)
    assert (rows[HOUR].isEnabled(), rows[REST].isEnabled()) == (True, False)
    rows = desk.offered(menu, ScanId("left"))
    assert not any(row.isEnabled() for row in rows.values())


def test_commands_say_why_they_cannot_be_used(desk: Desk) -> None:
    meant: list[ScanId | None] = [None]
    hour, rest, end = desk.mutes.commands(lambda: meant[0])
    assert hour.obstacle() == rest.obstacle() == end.obstacle() == "No scan is selected."
    hour.act()
    assert desk.alerts == AlertChoices()
    meant[0] = desk.ended
    assert (hour.obstacle(), rest.obstacle()) == ("", "The scan has ended.")
    meant[0] = desk.running
    assert end.obstacle() == "The scan isn't muted."
    rest.act()
    assert (desk.alerts.muted_to_the_end, end.obstacle()) == ((desk.running,), "")
    end.act()
    assert desk.alerts == AlertChoices()


PAPER = QColor("#FFFFFF")


def _image(width: int = 280, height: int = 16) -> QImage:
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(PAPER)
    return image


def _grey(image: QImage) -> bytes:
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)  # owns the bits
    return bytes(grey.constBits())


def _strip(theme: Theme, *segments: scan_marks.StripSegment, is_stale: bool = False) -> QImage:
    image = _image()
    with QPainter(image) as painter:
        scan_marks.draw_strip(painter, QRectF(0, 4, 280, 8), segments, theme, is_stale=is_stale)
    return image


def test_segments_share_the_width_equally() -> None:
    rects = list(scan_marks.segment_rects(QRectF(10, 0, 276, 8), 9, 3))
    assert {round(rect.width(), 6) for rect in rects} == {28}
    assert rects[0].left() == 10
    assert rects[-1].right() == pytest.approx(286)


def test_every_kind_has_its_own_form_without_colour(theme: Theme) -> None:
    looks = {
        _grey(_strip(theme, *[scan_marks.StripSegment(kind, 0.5)] * 9))
        for kind in scan_marks.SegmentKind
    }
    assert len(looks) == len(scan_marks.SegmentKind)


def test_a_running_stage_never_looks_finished() -> None:
    assert scan_marks.StripSegment(scan_marks.SegmentKind.RUNNING, 7.0).filled == 0.95
    assert scan_marks.StripSegment(scan_marks.SegmentKind.RUNNING, -1.0).filled == 0.0
    assert scan_marks.StripSegment(scan_marks.SegmentKind.RUNNING).filled == 0.40


def test_the_compact_strip_shows_progress(theme: Theme) -> None:
    image = _image()
    with QPainter(image) as painter:
        segments = [scan_marks.StripSegment(scan_marks.SegmentKind.RUNNING, 0.5)]
        scan_marks.draw_strip(painter, QRectF(0, 0, 280, 2), segments, theme, is_line=True)
    assert image.pixelColor(10, 1) == theme.tokens.accent
    assert image.pixelColor(270, 1) == theme.tokens.accent_soft
    assert image.pixelColor(10, 3) == PAPER


@pytest.mark.parametrize(("x", "index"), [(9, None), (10, 0), (50, 1), (285, 8), (286, None)])
def test_a_click_finds_its_segment(x: float, index: int | None) -> None:
    assert scan_marks.segment_at(QRectF(10, 0, 276, 8), 9, x) == index


def test_every_kind_has_a_glyph(theme: Theme) -> None:
    looks = set()
    for kind in scan_marks.SegmentKind:
        image = _image(20, 20)
        with QPainter(image) as painter:
            scan_marks.draw_stage_glyph(painter, theme, kind, QPointF(2, 2), 16)
        looks.add(_grey(image))
    assert len(looks) == len(scan_marks.SegmentKind)


def test_pending_stages_are_thinner_in_the_compact_strip(theme: Theme) -> None:
    def heights(kind: scan_marks.SegmentKind) -> int:
        image = _image(40, 4)
        with QPainter(image) as painter:
            scan_marks.draw_strip(
                painter, QRectF(0, 0, 40, 2), [scan_marks.StripSegment(kind)], theme, is_line=True
            )
        return sum(image.pixelColor(20, y) != PAPER for y in range(4))

    assert (heights(scan_marks.SegmentKind.DONE), heights(scan_marks.SegmentKind.PENDING)) == (2, 1)
