"""Painting cards and table rows, and the form of the board."""

from collections.abc import Iterator, Sequence

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.domain.facts.observation import Connection
from heimdall_desktop.models.rows_model import ROW_ROLE
from heimdall_desktop.models.scans_model import CardRow, ScanFacts
from heimdall_desktop.presentation.board.card_words import Tag
from heimdall_desktop.widgets.board import card_plan
from heimdall_desktop.widgets.board.card_delegate import CardDelegate
from heimdall_desktop.widgets.look.theme import Role, Theme, Weight
from tests.fakes.board_scans import FakeTime, ScanStory
from tests.fakes.pixels import longest_line, places
from tests.fakes.shown_window import ShownWindow
from tests.lab.scan_script import NOT_TRUSTED


@pytest.fixture
def shown(theme: Theme) -> Iterator[ShownWindow]:
    shown = ShownWindow().show()
    yield shown
    shown.close()


def story(shown: ShownWindow, *past: Sequence[float]) -> ScanStory:
    shown.watch("shop")
    return shown.stories["shop"].run([30, 90], 90).remember(*past)


def accent_px(shown: ShownWindow, theme: Theme) -> int:
    """How many points of the board's strips have the accent."""
    shown.ticker.flush()
    shown.ticker.second.emit()
    image = shown.board.view.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    wanted, inset = theme.tokens.accent.rgb(), theme.scale(16)
    points = ((x, y) for x in range(inset, image.width()) for y in range(image.height()))
    return sum(image.pixel(x, y) == wanted for x, y in points)


@pytest.fixture
def table(theme: Theme) -> Iterator[ShownWindow]:
    """So many scans from the start that each is a line."""
    shown = ShownWindow()
    for number in range(15):
        shown.watch(f"shop-{number}")
        shown.stories[f"shop-{number}"].run([30, 90], 90)
    shown.ticker.flush()
    yield shown.show()
    shown.close()


def test_a_ring_around_a_row_leaves_its_strip_alone(table: ShownWindow, theme: Theme) -> None:
    view = table.board.view
    assert view.form is card_plan.BoardForm.TABLE

    def row() -> tuple[QImage, QImage]:
        image = view.viewport().grab(view.visualRect(view.model().index(3, 0))).toImage()
        line = image.height() - theme.scale(card_plan.LINE_STRIP_PX)
        rest = image.height() - line
        return image.copy(0, 0, image.width(), line), image.copy(0, line, image.width(), rest)

    before = row()
    delegate = view.itemDelegate()
    assert isinstance(delegate, CardDelegate)
    delegate.ringed_row = 3
    above, strip = row()
    assert strip == before[1]
    rings = [longest_line(places(image, theme.tokens.accent)) for image in (before[0], above)]
    assert rings[0] < above.width() / 2 < rings[1]


def test_a_running_segment_fills_with_the_usual_time(shown: ShownWindow, theme: Theme) -> None:
    running = story(shown)
    unknown = accent_px(shown, theme)
    running.remember(*[[30, 90, 100]] * 3)
    nearly_over = accent_px(shown, theme)
    running.remember(*[[30, 90, 900]] * 3)
    assert nearly_over > unknown > accent_px(shown, theme) > 0


@pytest.mark.parametrize("width", [210, 224, 240, 260])
def test_all_marks_beside_a_name_leave_some_letters_of_it(
    shown: ShownWindow, theme: Theme, width: int
) -> None:
    story(shown)
    shown.ticker.flush()
    view = shown.board.view
    row, delegate = view.model().index(1, 0).data(ROW_ROLE), view.itemDelegate()
    assert isinstance(row, CardRow)
    assert isinstance(delegate, CardDelegate)

    def painted(name: str) -> QImage:
        tags, news = (Tag.DEMO,), ("219 new or changed", "219")
        card = replace(row.card, name=name, mark="4a49bdeb", tags=tags, news=news)
        image = QImage(theme.scale(width), theme.scale(60), QImage.Format.Format_RGB32)
        image.fill(0)
        shown_row, direction = replace(row, card=card), Qt.LayoutDirection.LeftToRight
        with QPainter(image) as painter:
            plan = delegate._plan(QRectF(image.rect()), shown_row, direction)
            delegate._draw_name(painter, plan, shown_row, direction)
        return image

    assert painted("harbor-market") == painted("harbor-market")
    assert painted("harbor-market") != painted("hearts-and-bones")


# -- A row of the board's table says what it has room for, and never loses the name of its scan --


class Row:
    """The row of one scan."""

    def __init__(self, theme: Theme) -> None:
        self._theme, self._store, self._time = theme, Store(), FakeTime()
        self._painter = card_plan.TableRowPainter(theme)
        self.story = ScanStory(self._store, self._time, "customer-portal").run([30, 90], 48)

    @property
    def row(self) -> CardRow:
        facts = ScanFacts(self._store, self._time.clock, self._time.now)
        return CardRow(facts.card(self.story.scan), is_short=False)

    def words(self, room: float, row: CardRow | None = None) -> str:
        return self._painter.words_for(row or self.row, room)

    def all_words(self) -> list[str]:
        """What is said, from much room to none."""
        return list(dict.fromkeys(self.words(room) for room in range(400, 40, -2)))

    def room_for_least_name(self, words: str) -> float:
        """A room in which the name has its least width beside some words."""
        words_px = self._theme.text_width(words, Role.SMALL, Weight.MEDIUM)
        return self._theme.scale(card_plan.LEAST_NAME_PX) + words_px


@pytest.fixture
def row(theme: Theme) -> Row:
    return Row(theme)


def test_words_get_shorter_until_only_the_glyph_is_left(row: Row) -> None:
    row.story.hear(Connection.RECONNECTING, 12, 8)
    assert row.all_words() == ["Reconnecting in 8 s", "Reconnecting", "Lost", ""]


def test_a_signed_out_scan_keeps_a_word_as_long_as_others(row: Row) -> None:
    row.story.hear(Connection.SIGNED_OUT, 12)
    assert row.all_words() == ["Signed out", "Paused", ""]


def test_the_name_keeps_its_room(row: Row) -> None:
    row.story.hear(Connection.RECONNECTING, 12, 8)
    assert row.words(row.room_for_least_name("Lost")) == ""


def test_a_problem_of_the_scan_comes_before_its_connection(row: Row) -> None:
    row.story.run([30, 90], 5, end="failed", status="failed").hear(Connection.LIVE)
    assert row.all_words() == ["Static failed", "Failed", ""]


def test_an_ended_scan_says_how_it_ended(row: Row) -> None:
    ended = replace(row.row, card=replace(row.row.card, connection=None))
    assert row.words(400, ended) == ended.card.line.fact


def test_obstacles_have_words_of_their_own(row: Row) -> None:
    row.story.hear(Connection.STALE, 60, error=NOT_TRUSTED)
    assert row.all_words() == ["Not trusted", "Untrusted", ""]


def test_a_mute_takes_the_room_of_the_state_but_not_of_the_name(row: Row) -> None:
    row.story.hear(Connection.RECONNECTING, 12, 8)
    muted = replace(row.row, card=replace(row.row.card, mute=("Muted until 16:00", "16:00")))
    plain, beside = row.row, muted
    rooms = range(400, 40, -2)
    assert all(len(row.words(room, beside)) <= len(row.words(room, plain)) for room in rooms)
    assert any(row.words(room, beside) != row.words(room, plain) for room in rooms)
    assert row.words(400, muted) == "Reconnecting in 8 s"


# -- The board takes the largest form that fits, and problems change no card's height --


def shape(cards: int, short_cards: int, groups: int, room_px: int) -> card_plan.BoardShape:
    return card_plan.board_shape(cards, short_cards, groups, room_px, round)


@pytest.mark.parametrize(
    ("cards", "short_cards", "groups", "room_px", "expected"),
    [
        (12, 0, 1, 794, card_plan.BoardShape(card_plan.BoardForm.FULL, has_heads=True)),
        (12, 0, 2, 794, card_plan.BoardShape(card_plan.BoardForm.FULL, has_heads=False)),
        (12, 3, 3, 792, card_plan.BoardShape(card_plan.BoardForm.FULL, has_heads=True)),
        (12, 0, 1, 767, card_plan.BoardShape(card_plan.BoardForm.COMPACT, has_heads=True)),
        (12, 3, 3, 630, card_plan.BoardShape(card_plan.BoardForm.COMPACT, has_heads=True)),
        (12, 3, 3, 629, card_plan.BoardShape(card_plan.BoardForm.COMPACT, has_heads=False)),
        (12, 3, 3, 551, card_plan.BoardShape(card_plan.BoardForm.TABLE, has_heads=True)),
        (12, 3, 3, 438, card_plan.BoardShape(card_plan.BoardForm.TABLE, has_heads=True)),
        (12, 3, 3, 437, card_plan.BoardShape(card_plan.BoardForm.TABLE, has_heads=False)),
        (12, 3, 3, 300, card_plan.BoardShape(card_plan.BoardForm.TABLE, has_heads=True)),
        (13, 13, 1, 2000, card_plan.BoardShape(card_plan.BoardForm.TABLE, has_heads=True)),
        (0, 0, 0, 800, card_plan.BoardShape(card_plan.BoardForm.FULL, has_heads=True)),
    ],
)
def test_what_fits(
    cards: int, short_cards: int, groups: int, room_px: int, expected: card_plan.BoardShape
) -> None:
    assert shape(cards, short_cards, groups, room_px) == expected


def test_problems_make_groups_but_change_no_height() -> None:
    for room_px in range(300, 1000, 7):
        forms = {shape(12, 0, groups, room_px).form for groups in (1, 2, 3, 4)}
        assert len(forms) == 1
