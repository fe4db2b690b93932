"""Completions, and the counts of the values that findings have."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.facts.finding import ScanId, Severity
from heimdall_desktop.models import completion_model as module
from heimdall_desktop.models.completion_model import CompletionModel, ValueCounter
from heimdall_desktop.models.rows_model import ROW_ROLE
from heimdall_desktop.presentation.filters.filter_text import Completion, Offer
from tests.fakes.findings import SCAN_ID, WatchedFindings, make_finding


def test_offers_are_rows(qapp: object, qtmodeltester: ModelTester) -> None:
    model = CompletionModel()
    offer = Offer("sev>=", "sev>=", "Severity", 1200)
    model.show(Completion(0, 0, (offer,)))
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    index = model.index(0)
    assert (index.data(), index.data(ROW_ROLE)) == ("sev>=", offer)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "sev>=, Severity, 1\u00a0200"
    assert model.index(5).data() is None


# -- Values of the rows are counted beside the typing, within the scope --


OTHER = ScanId("1b671a64-40d5-491e-99b0-da01ff1f3341")


def test_values_are_counted_slice_by_slice(
    qapp: object, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SLICE", 2)
    watched = WatchedFindings()
    watched.watch("payments-api")
    watched.watch("web-shop", OTHER)
    watched.list(make_finding(n, file_path="a.py", cwe_text="CWE-89") for n in range(5))
    watched.list([make_finding(9, scan_id=OTHER, severity=Severity.LOW, cwe_text=None)], OTHER)
    values = ValueCounter(watched.store)
    with qtbot.waitSignal(values.changed):
        values.look(None)
        values.look(None)
    assert values.counts["scan"] == {"payments-api": 5, "web-shop": 1}
    assert (values.counts["file"]["a.py"], values.counts["cwe"]["89"]) == (5, 5)
    with qtbot.waitSignal(values.changed):
        values.look(SCAN_ID)
    assert (values.counts["sev"]["low"], values.counts["scan"].total()) == (0, 5)


def test_counts_that_are_fresh_are_not_made_again(
    qapp: object, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched = WatchedFindings()
    watched.watch("payments-api")
    values = ValueCounter(watched.store)
    with qtbot.waitSignal(values.changed):
        values.look(None)
    watched.list([make_finding(1)])
    with qtbot.assertNotEmitted(values.changed, wait=20):
        values.look(None)
    monkeypatch.setattr(module, "FRESH_MS", 0)
    with qtbot.waitSignal(values.changed):
        values.look(None)
    assert values.counts["sev"].total() == 1
