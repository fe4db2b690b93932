"""The heads show where the sorting is."""

from PySide6.QtCore import QRect, Qt
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.columns import COLUMNS, Column
from heimdall_desktop.models.findings_model import FindingsModel
from heimdall_desktop.widgets.findings_header import FindingsHeader
from heimdall_desktop.widgets.theme import Theme
from tests.fakes.watched_findings import WatchedFindings


def test_the_arrow_stands_at_the_sorted_column(theme: Theme, qtbot: QtBot) -> None:
    watched = WatchedFindings()
    model = FindingsModel(watched.store, watched.ticker)
    header = FindingsHeader(theme)
    qtbot.addWidget(header)
    header.setModel(model)
    header.resize(1000, header.sizeHint().height())
    header.show()
    status = COLUMNS.index(Column.STATUS)
    left, width = header.sectionViewportPosition(status), header.sectionSize(status)
    place = QRect(left, 0, width, header.height())
    header.setSortIndicator(COLUMNS.index(Column.FINDING), Qt.SortOrder.AscendingOrder)
    plain = header.grab(place).toImage()
    header.setSortIndicator(status, Qt.SortOrder.AscendingOrder)
    rising = header.grab(place).toImage()
    header.setSortIndicator(status, Qt.SortOrder.DescendingOrder)
    assert plain != rising != header.grab(place).toImage()
    assert header.sizeHint().height() >= 28
