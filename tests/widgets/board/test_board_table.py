"""A row of the board's table says what it has room for, and never loses the name of its scan."""

import pytest
from msgspec.structs import replace

from heimdall_desktop.application.store import Store
from heimdall_desktop.domain.facts.observation import Connection
from heimdall_desktop.models.scan_facts import ScanFacts
from heimdall_desktop.models.scans_model import CardRow
from heimdall_desktop.widgets.board.board_table import LEAST_NAME_PX, TableRowPainter
from heimdall_desktop.widgets.look.theme import Role, Theme, Weight
from tests.fakes.board_scans import FakeTime, ScanStory
from tests.lab.scan_script import NOT_TRUSTED


class Row:
    """The row of one scan."""

    def __init__(self, theme: Theme) -> None:
        self._theme, self._store, self._time = theme, Store(), FakeTime()
        self._painter = TableRowPainter(theme)
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
        return self._theme.scale(LEAST_NAME_PX) + words_px


@pytest.fixture
def row(theme: Theme) -> Row:
    return Row(theme)


def test_words_get_shorter_until_only_the_glyph_is_left(row: Row) -> None:
    row.story.hear(Connection.RECONNECTING, 12, 8)
    assert row.all_words() == ["Reconnecting in 8 s", "Reconnecting", "Lost", ""]


def test_a_scan_nobody_is_signed_in_for_keeps_a_word_as_long_as_others(row: Row) -> None:
    row.story.hear(Connection.SIGNED_OUT, 12)
    assert row.all_words() == ["Signed out", "Paused", ""]


def test_the_name_keeps_its_room(row: Row) -> None:
    row.story.hear(Connection.RECONNECTING, 12, 8)
    assert row.words(row.room_for_least_name("Lost")) == ""


def test_trouble_of_the_scan_comes_before_its_connection(row: Row) -> None:
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
