"""The log grows on top without losing a place; the timeline changes in place."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QAbstractItemModel, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.models.panel_models import LogModel, TimelineModel
from heimdall_desktop.models.scans_model import ScanFacts
from heimdall_desktop.presentation.panel.log_lines import LogSign
from tests.fakes.board_scans import FakeTime, ScanStory


@pytest.fixture
def story(qapp: QApplication) -> ScanStory:
    return ScanStory(Store(), FakeTime(), "shop").run([30], 50)


@pytest.fixture
def model(qapp: QApplication) -> Iterator[LogModel]:
    model = LogModel()
    tester = checked(model)
    yield model
    tester.deleteLater()


def checked(model: QAbstractItemModel) -> QAbstractItemModelTester:
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    return QAbstractItemModelTester(model, mode)


def titles(model: LogModel) -> list[str]:
    return [model.index(number).data() for number in range(model.rowCount())]


def test_new_lines_come_on_top_and_old_ones_keep_their_index(
    story: ScanStory, model: LogModel
) -> None:
    counts: list[str] = []
    model.count_changed.connect(counts.append)
    story.log(story.line("Index", task="index", status="running", ago_s=30))
    model.show_scan(story.scan)
    index = QPersistentModelIndex(model.index(0))
    story.log(story.line("Index done", task="index", ago_s=20))
    model.show_scan(story.scan)
    assert titles(model) == ["Index done", "Index"]
    assert index.row() == 1
    line = model.row(1)
    assert line is not None
    assert line.sign is LogSign.STARTED
    assert counts == ["1", "2"]


def test_a_late_line_finds_its_place(story: ScanStory, model: LogModel) -> None:
    story.log(story.line("Two", task="two", ago_s=5))
    model.show_scan(story.scan)
    story.log(story.line("One", task="one", ago_s=30))
    model.show_scan(story.scan)
    assert titles(model) == ["Two", "One"]


def test_another_scan_has_another_log(story: ScanStory, model: LogModel) -> None:
    story.log(story.line("One"))
    model.show_scan(story.scan)
    model.show_scan(ScanStory(Store(), FakeTime(), "other").scan)
    assert titles(model) == []
    model.show_scan(None)
    assert model.row(0) is None


def test_a_line_is_read_as_a_sentence(story: ScanStory, model: LogModel) -> None:
    story.log(story.line("Index", "12 files", task="index"))
    model.show_scan(story.scan)
    sentence = model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert sentence.endswith("Hunt: Index. 12 files")


def test_the_timeline_changes_in_place(story: ScanStory) -> None:
    store = Store()
    story = ScanStory(store, FakeTime(), "shop").run([30], 50)
    facts = ScanFacts(store, story.time.clock, story.time.now)
    model = TimelineModel()
    tester = checked(model)
    model.show_timeline(facts.timeline(story.scan))
    changed: list[int] = []
    model.dataChanged.connect(lambda first, last, roles: changed.append(last.row()))
    model.show_timeline(facts.timeline(story.scan))
    assert changed == []
    story.time.pass_s(1)
    model.show_timeline(facts.timeline(story.scan))
    assert changed == [8]
    assert model.index(1).data() == "Tyr"
    assert model.index(1).data(Qt.ItemDataRole.AccessibleTextRole) == (
        "Tyr, running, 0:51. No estimate (needs 3 past scans)"
    )
    model.show_timeline(None)
    assert model.rowCount() == 0
    tester.deleteLater()
