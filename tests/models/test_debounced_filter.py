"""A filter is set at once among few findings, and when the typing rests among many."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from heimdall_desktop.models import debounced_filter as module
from heimdall_desktop.models.debounced_filter import DebouncedFilter
from heimdall_desktop.models.filter_state import FilterState
from heimdall_desktop.models.findings_model import FindingsModel
from tests.fakes.watched_findings import WatchedFindings, realistic_findings


@pytest.fixture
def state(qapp: QApplication) -> FilterState:
    return FilterState()


@pytest.fixture
def model(state: FilterState) -> Iterator[FindingsModel]:
    watched = WatchedFindings()
    watched.watch("payments-api")
    model, owner = FindingsModel(watched.store, watched.ticker), QObject()
    DebouncedFilter(model, state, owner)
    watched.list(realistic_findings(60))
    yield model
    owner.deleteLater()
    model.deleteLater()


def test_few_findings_are_filtered_at_once(model: FindingsModel, state: FilterState) -> None:
    state.set_text("sev:critical")
    assert 0 < model.shown < 60


def test_many_findings_are_filtered_when_the_typing_rests(
    model: FindingsModel, state: FilterState, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MANY_FINDINGS", 10)
    with qtbot.waitSignal(model.changed):
        state.set_text("sev")
        state.set_text("sev:critical")
        assert model.shown == 60
    assert 0 < model.shown < 60
