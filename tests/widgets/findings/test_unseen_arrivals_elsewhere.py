"""N leads through what is new or has changed, with decisions made here and elsewhere."""

from collections.abc import AsyncIterator, Iterator

import pytest
from PySide6.QtCore import Qt

from heimdall_desktop.domain.facts.decision import Field
from heimdall_desktop.domain.table.group import GroupBy
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.decision_desk import MIRA, OLAF, deciding_server
from tests.fakes.shown_window import DecidingWindow, deciding_window
from tests.lab.server import LabServer

KEY, SHIFT = Qt.Key, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(scope="module")
def server() -> Iterator[LabServer]:
    with deciding_server() as running:
        yield running


@pytest.fixture
async def shown(server: LabServer, theme: Theme) -> AsyncIterator[DecidingWindow]:
    async with deciding_window(server, MIRA) as made:
        desk = made.desk
        made.ticker.changed.connect(
            lambda changes: desk.store.seen.take(
                changes, made.time.now(), desk.decisions.is_own_change
            )
        )
        desk.store.seen.see([desk.row(each) for each in made.shown()], made.time.now())
        await made.settle()
        made.table.setFocus()
        made.press(KEY.Key_Home)
        yield made


async def change(shown: DecidingWindow, number: int, value: str, what: Field) -> None:
    olaf = shown.desk.account_of(OLAF)
    shown.desk.change_elsewhere(shown.desk.ids[number], value, by=olaf, what=what)
    await shown.desk.resync()
    await shown.settle()


def news(shown: DecidingWindow) -> list[int]:
    """Return what is news, by number."""
    return sorted(map(shown.desk.ids.index, shown.desk.store.seen))


async def test_decisions_from_elsewhere_are_news_and_own_ones_are_not(
    shown: DecidingWindow,
) -> None:
    await shown.write(KEY.Key_C)
    await shown.desk.resync()
    await shown.settle()
    assert news(shown) == []
    await change(shown, 5, "dismissed", Field.STATUS)
    assert news(shown) == [5]
    await shown.write(KEY.Key_Z, Qt.KeyboardModifier.ControlModifier)
    await shown.desk.resync()
    await shown.settle()
    assert news(shown) == [5], "undoing is a decision made here as well"
    assert shown.window.detail.shown is not None
    shown.press(KEY.Key_N)
    await shown.settle()
    assert shown.table.selected_id == shown.desk.ids[5]


async def test_it_goes_round_once_and_says_what_the_filter_hides(shown: DecidingWindow) -> None:
    for number in (2, 4, 7):
        await change(shown, number, "low", Field.SEVERITY)
    await change(shown, 8, "confirmed", Field.STATUS)
    await shown.filter("-status:confirmed")
    rows = shown.shown()
    shown.table.show_finding(shown.desk.ids[3])
    wanted = sorted((2, 4, 7), key=lambda number: rows.index(shown.desk.ids[number]))
    start = rows.index(shown.desk.ids[3])
    after = [n for n in wanted if rows.index(shown.desk.ids[n]) > start]
    before = [n for n in wanted if rows.index(shown.desk.ids[n]) < start]
    went = []
    for _ in range(3):
        shown.press(KEY.Key_N)
        await shown.settle()
        went.append(shown.desk.ids.index(shown.table.selected_id or shown.desk.ids[0]))
        assert not shown.answer()
    assert went == [*after, *before]
    shown.press(KEY.Key_N)
    await shown.settle()
    assert shown.answer() == "No other finding is new or has changed. The filter hides 1 of them."
    shown.press(KEY.Key_N, SHIFT)
    await shown.settle()
    assert shown.table.selected_id == shown.desk.ids[went[-2]], "another direction"


async def test_it_opens_groups_and_the_filter_for_changed_ones_keeps_the_open_one(
    shown: DecidingWindow,
) -> None:
    for number in (2, 4):
        await change(shown, number, "low", Field.SEVERITY)
    shown.model.group_by(GroupBy.FILE)
    shown.model.set_groups_open(are_open=False)
    await shown.settle()
    shown.press(KEY.Key_N)
    await shown.settle()
    first = shown.table.selected_id
    assert first is not None
    assert shown.desk.ids.index(first) in (2, 4)
    shown.model.group_by(None)
    await shown.filter("is:changed")
    assert len(shown.shown()) == 2
    shown.table.show_finding(first)
    await shown.settle()
    shown.desk.store.seen.see([shown.desk.row(first)], shown.time.now())
    await shown.settle()
    assert len(shown.shown()) == 2
    shown.press(KEY.Key_N)
    await shown.settle()
    assert shown.table.selected_id != first
    assert shown.shown() == [shown.table.selected_id]


async def test_it_works_in_read_only_mode_and_nothing_left_is_said(shown: DecidingWindow) -> None:
    await shown.set_read_only()
    await change(shown, 2, "low", Field.SEVERITY)
    shown.press(KEY.Key_N)
    await shown.settle()
    assert shown.table.selected_id == shown.desk.ids[2]
    strip = [text for text in shown.texts(shown.window.detail) if text.startswith("Since ")]
    assert len(strip) == 1
    shown.model.see_all()
    await shown.settle()
    shown.press(KEY.Key_N)
    await shown.settle()
    assert shown.answer() == "Nothing is new or has changed since you looked."
