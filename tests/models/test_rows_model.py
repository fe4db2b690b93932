"""Rows follow edits as Qt wants to be told of them, between two signals for views."""

from collections.abc import Iterator

import pytest
from pytestqt.modeltest import ModelTester

from heimdall_desktop.domain.facts.finding import Finding
from heimdall_desktop.domain.table.group import Group, GroupBy
from heimdall_desktop.domain.table.ordered_rows import (
    Edit,
    RowMoved,
    RowsInserted,
    RowsRemoved,
    RowsReplaced,
    RowsReset,
)
from heimdall_desktop.models.rows_model import Index, RowsModel
from tests.fakes.findings import make_finding

A, B, C, D = (make_finding(number) for number in range(4))


class Plain(RowsModel):
    """Says nothing in its cells."""

    def data(self, index: Index, role: int = 0) -> None:
        return None


class Watched:
    """A model under the eyes of Qt's tester, and what it tells."""

    def __init__(self, tester: ModelTester) -> None:
        self.model, self.told = Plain(), list[str]()
        tester.check(self.model)  # type: ignore[no-untyped-call]
        for name in ("about_to_change", "rowsInserted", "rowsRemoved", "rowsMoved", "modelReset"):
            getattr(self.model, name).connect(lambda *_, name=name: self.told.append(name))
        self.model.changed.connect(lambda: self.told.append("changed"))
        self.model.dataChanged.connect(lambda a, b: self.told.append(f"{a.row()}-{b.row()}"))

    def replay(self, *edits: Edit) -> list[str]:
        self.told.clear()
        self.model.replay(edits)
        return self.told

    @property
    def rows(self) -> list[Finding | None]:
        return [self.model.finding_at(row) for row in range(self.model.rowCount())]


@pytest.fixture
def watched(qtmodeltester: ModelTester, qapp: object) -> Iterator[Watched]:
    watched = Watched(qtmodeltester)
    watched.replay(RowsReset((A, B, C)))
    yield watched
    watched.model.deleteLater()


def test_rows_come_and_go(watched: Watched) -> None:
    told = watched.replay(RowsInserted(1, (D,)), RowsRemoved(2, 2))
    assert watched.rows == [A, D]
    assert told == ["about_to_change", "rowsInserted", "rowsRemoved", "changed"]


@pytest.mark.parametrize(("start", "end", "rows"), [(0, 2, [B, C, D]), (2, 0, [D, A, B])])
def test_a_row_moves_and_says_something_new(
    watched: Watched, start: int, end: int, rows: list[Finding]
) -> None:
    told = watched.replay(RowMoved(start, end, D))
    assert watched.rows == rows
    assert told == ["about_to_change", "rowsMoved", f"{end}-{end}", "changed"]


def test_a_row_that_moves_nowhere_only_says_something_new(watched: Watched) -> None:
    assert watched.replay(RowMoved(1, 1, D)) == ["about_to_change", "1-1", "changed"]
    assert watched.rows == [A, D, C]


def test_rows_are_replaced_in_place(watched: Watched) -> None:
    assert watched.replay(RowsReplaced(1, (D, A))) == ["about_to_change", "1-2", "changed"]
    assert watched.rows == [A, D, A]


def test_nothing_is_told_of_nothing(watched: Watched) -> None:
    assert watched.replay() == []
    watched.model.tell_replaced(0, 0)
    assert watched.told == []


def test_the_head_of_a_group_is_a_row_but_no_finding(watched: Watched) -> None:
    group = Group(GroupBy.SCAN, A.scan_id, [A])
    assert watched.replay(RowsReset((group, A))) == ["about_to_change", "modelReset", "changed"]
    assert (watched.model.row_at(0), watched.model.finding_at(0)) == (group, None)
    assert (watched.model.row_at(2), watched.model.row_at(-1)) == (None, None)
