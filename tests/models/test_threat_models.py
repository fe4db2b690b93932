"""Threat models are read when they are viewed, once, and again when there may be another one."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.domain.facts.errors import NotVisible, Reason, ServerUnreachable
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.observation import Connection
from heimdall_desktop.domain.facts.threat_model import KeptThreatModel
from heimdall_desktop.models.threat_models import ThreatModels, ThreatRowsModel
from heimdall_desktop.models.ticker import Ticker
from tests.fakes.board_scans import FakeTime, ScanStory
from tests.fakes.requests import RecordedRequests
from tests.fakes.threat_models import large_model, small_model

FAILURE = ServerUnreachable(Reason.ANSWER_TIMED_OUT, host="h.test")
KEPT_AT = datetime(2026, 7, 3, 12, 2, tzinfo=UTC)


class Known:
    """A scan in Tyr, and what is known of its threat model."""

    def __init__(self) -> None:
        self.store, self.requests = Store(), RecordedRequests()
        self.ticker = Ticker(self.store)
        self.story = ScanStory(self.store, FakeTime(), "shop").run([3], 4)
        self.id = self.story.scan.id
        self.models = ThreatModels(self.store, self.ticker, self.requests)
        self.ticker.flush()

    @property
    def asked(self) -> int:
        return len(self.requests.asked)


@pytest.fixture
def known(qapp: QApplication) -> Known:
    return Known()


def test_it_is_read_once_however_often_it_is_viewed(known: Known) -> None:
    known.models.look(known.id)
    known.models.look(known.id)
    known.requests.answer(small_model(known.id))
    known.models.look(known.id)
    assert known.asked == 1
    assert known.models.of(known.id).model == small_model(known.id)
    assert known.models.of(None).model is None


def test_it_is_due_again_when_tyr_has_moved_on(known: Known) -> None:
    known.models.look(known.id)
    known.requests.answer(NotVisible(Reason.NOT_FOUND))
    known.models.look(known.id)
    assert known.asked == 1
    known.story.run([3, 9], 4)
    known.ticker.flush()
    known.models.read_if_due(known.id)
    assert known.asked == 2


def test_after_an_error_it_is_due_when_viewed_or_the_server_is_back(known: Known) -> None:
    known.models.look(known.id)
    known.requests.answer(FAILURE)
    known.models.read_if_due(known.id)
    assert (known.asked, known.models.of(known.id).has_failed) == (1, True)
    known.models.look(known.id)
    known.requests.answer(FAILURE)
    known.story.hear(Connection.LIVE)
    known.ticker.flush()
    known.models.read_if_due(known.id)
    assert known.asked == 3


def test_t56_what_could_not_be_read_is_due_again_after_a_while(known: Known) -> None:
    known.models.look(known.id)
    known.requests.answer(FAILURE)
    (later,) = known.models.findChildren(QTimer, "threats-later")
    assert later.isActive()
    later.timeout.emit()
    known.models.read_if_due(known.id)
    assert known.asked == 2
    later.stop()


def test_what_was_kept_never_takes_the_place_of_what_was_read(known: Known) -> None:
    kept = KeptThreatModel(small_model(known.id), KEPT_AT, FAILURE)
    known.models.look(known.id)
    known.requests.answer(kept)
    assert known.models.of(known.id).kept_at == KEPT_AT
    known.models.look(known.id)
    known.requests.answer(large_model(known.id))
    known.models.read(known.id)
    known.requests.answer(kept)
    reported = known.models.of(known.id)
    assert (reported.model, reported.kept_at, reported.error) == (
        large_model(known.id),
        None,
        FAILURE,
    )


def test_nothing_is_known_of_a_scan_that_has_left(known: Known) -> None:
    known.models.look(known.id)
    known.store.remove(known.id)
    known.ticker.flush()
    known.requests.answer(small_model(known.id))
    assert known.models.of(known.id).model is None


# -- the rows of a threat model as Qt asks for them --


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
