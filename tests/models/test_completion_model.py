"""Offers are listed, and read out with what they mean."""

from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from heimdall_desktop.models.completion_model import OFFER_ROLE, CompletionModel
from heimdall_desktop.presentation.filters.filter_text import Completion, Offer


def test_offers_are_rows(qapp: object, qtmodeltester: ModelTester) -> None:
    model = CompletionModel()
    offer = Offer("sev>=", "sev>=", "Severity", 1200)
    model.show(Completion(0, 0, (offer,)))
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    index = model.index(0)
    assert (index.data(), index.data(OFFER_ROLE)) == ("sev>=", offer)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "sev>=, Severity, 1\u00a0200"
    assert model.index(5).data() is None
