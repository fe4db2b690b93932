"""The rows of a threat model as Qt asks for them."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.models.threat_models import ThreatRowsModel
from tests.fakes.threat_models import small_model

SCAN = ScanId("8c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e21")


def test_rows_speak_and_heads_cannot_be_chosen() -> None:
    model = ThreatRowsModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert model.show_model(small_model(SCAN))
    assert not model.show_model(small_model(SCAN))
    head, row = model.index(1), model.index(2)
    assert head.data() == "Attack surfaces"
    assert not head.flags() & Qt.ItemFlag.ItemIsSelectable
    assert row.data() == "Order search"
    assert row.flags() & Qt.ItemFlag.ItemIsSelectable
    assert row.data(Qt.ItemDataRole.AccessibleTextRole).startswith("Order search. Risk high.")
    assert model.show_model(None)
    assert model.rowCount() == 0
    assert tester.model() is model
