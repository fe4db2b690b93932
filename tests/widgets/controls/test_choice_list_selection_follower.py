"""What a screen reader selects becomes the current row, and opens as by a key."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QApplication

from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.shown_window import ShownWindow

FLAGS = QItemSelectionModel.SelectionFlag


@pytest.fixture
def shown(theme: Theme) -> Iterator[ShownWindow]:
    shown = ShownWindow().watch_twelve().show()
    shown.read("payments-api")
    yield shown
    shown.close()


def select(shown: ShownWindow, row: int) -> None:
    """As Qt carries out the wish of assistive technology: the current row stays."""
    table = shown.findings.table
    table.clearSelection()
    table.selectionModel().select(shown.findings.model.index(row, 0), FLAGS.Select | FLAGS.Rows)
    QApplication.processEvents()


def test_a_row_that_is_selected_opens_and_keys_go_on_from_it(shown: ShownWindow) -> None:
    table, model = shown.findings.table, shown.findings.model
    told: list[str] = []
    table.finding_selected.connect(told.append)
    for row in (5, 2):
        select(shown, row)
        finding = model.finding_at(row)
        assert finding is not None
        assert table.selected_id == finding.id
        assert told[-1] == finding.id
    assert shown.visible("detail_pane")
    table.setFocus()
    shown.press(Qt.Key.Key_Down)
    assert table.selected_row == 3


def test_a_selection_that_is_taken_away_chooses_no_other_row(shown: ShownWindow) -> None:
    table = shown.findings.table
    select(shown, 5)
    chosen = table.selected_id
    table.clearSelection()
    QApplication.processEvents()
    assert table.selected_id == chosen
