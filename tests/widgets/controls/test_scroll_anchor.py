"""Places on screen are kept by finding id, and the tail is followed only by a view at the tail."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QTableView
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.facts.finding import Finding
from heimdall_desktop.domain.filters.filter import Filter
from heimdall_desktop.domain.filters.filter_language import parse_filter
from heimdall_desktop.models.findings_model import FindingsModel
from heimdall_desktop.widgets.controls.scroll_anchor import ScrollAnchor
from tests.fakes.findings import FOUND_AT, WatchedFindings, finding_id, make_finding
from tests.widgets.conftest import Owned

ROW_PX = 20


@pytest.fixture
def model(watched: WatchedFindings) -> Iterator[FindingsModel]:
    model = FindingsModel(watched.store, watched.ticker)
    yield model
    model.deleteLater()


@pytest.fixture
def view(model: FindingsModel, owned: Owned) -> QTableView:
    view = owned(QTableView())
    view.verticalHeader().setMinimumSectionSize(ROW_PX)
    view.verticalHeader().setDefaultSectionSize(ROW_PX)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setModel(model)
    view.resize(400, 200)
    view.show()
    return view


@pytest.fixture
def scroll(view: QTableView, model: FindingsModel) -> ScrollAnchor:
    kept = ScrollAnchor(view, model)
    model.about_to_change.connect(lambda: kept.keep(finding_id(101)))
    model.changed.connect(kept.restore)
    return kept


def aged(number: int) -> Finding:
    moment = FOUND_AT + timedelta(seconds=number)
    return make_finding(number, created_at=moment, title=f"title{number % 2}")


def test_the_named_finding_stays_before_all_others(
    watched: WatchedFindings, view: QTableView, model: FindingsModel, scroll: ScrollAnchor
) -> None:
    watched.list(aged(n) for n in range(300))
    view.verticalScrollBar().setValue(98 * ROW_PX)
    model.set_filter(parse_filter("title1"))
    assert view.rowViewportPosition(50) == 3 * ROW_PX


def test_the_next_row_stays_in_place_if_the_first_ones_are_removed(
    watched: WatchedFindings, view: QTableView, model: FindingsModel, scroll: ScrollAnchor
) -> None:
    watched.list(aged(n) for n in range(300))
    view.verticalScrollBar().setValue(201 * ROW_PX - 7)
    model.set_filter(parse_filter("title0"))
    assert view.rowViewportPosition(100) == 7 - ROW_PX
    model.set_filter(Filter())
    assert view.rowViewportPosition(200) == 7 - ROW_PX


def test_the_tail_is_followed_through_resizing(
    watched: WatchedFindings, view: QTableView, scroll: ScrollAnchor, qtbot: QtBot
) -> None:
    watched.list(aged(n) for n in range(300))
    view.resize(400, 120)
    QApplication.processEvents()
    bar = view.verticalScrollBar()
    assert scroll.is_following
    assert bar.value() == bar.maximum() > 0
    with qtbot.waitSignal(scroll.following_changed) as caught:
        bar.setValue(0)
    assert caught.args == [False]


@pytest.mark.parametrize("doing", ["standing", "measuring", "staying"])
def test_rows_are_followed_again_after_an_error(
    watched: WatchedFindings, view: QTableView, scroll: ScrollAnchor, doing: str
) -> None:
    watched.list(aged(n) for n in range(300))
    view.scrollToBottom()
    assert scroll.is_following
    with pytest.raises(ZeroDivisionError):
        _fail_within(scroll.standing(None) if doing == "standing" else getattr(scroll, doing)())
    received = []
    for place in (0, view.verticalScrollBar().maximum()):
        view.verticalScrollBar().setValue(place)
        received.append(scroll.is_following)
    assert received == [False, True]


def _fail_within(held: AbstractContextManager[None]) -> None:
    with held:
        raise ZeroDivisionError
