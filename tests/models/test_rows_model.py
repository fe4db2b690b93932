"""Rows follow edits as Qt wants them announced, between two signals for views."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.facts.finding import Finding, ScanId, Severity
from heimdall_desktop.domain.table import ordered_rows
from heimdall_desktop.domain.table.group import Group, GroupBy
from heimdall_desktop.models import suggestion_models as module
from heimdall_desktop.models.rows_model import ROW_ROLE, Index, RowsModel
from heimdall_desktop.models.suggestion_models import CompletionModel, PaletteModel, ValueCounter
from heimdall_desktop.presentation.filter_text import Completion, Offer
from heimdall_desktop.presentation.window.command import Command
from heimdall_desktop.presentation.window.command import Group as CommandGroup
from tests.fakes.findings import SCAN_ID, WatchedFindings, make_finding

A, B, C, D = (make_finding(number) for number in range(4))


class Plain(RowsModel):
    """Says nothing in its cells."""

    def data(self, index: Index, role: int = 0) -> None:
        return None


class Watched:
    """A model under the eyes of Qt's tester, and what it tells."""

    def __init__(self, tester: ModelTester) -> None:
        self.model, self.signals = Plain(), list[str]()
        tester.check(self.model)  # type: ignore[no-untyped-call]
        for name in ("about_to_change", "rowsInserted", "rowsRemoved", "rowsMoved", "modelReset"):
            getattr(self.model, name).connect(lambda *_, name=name: self.signals.append(name))
        self.model.changed.connect(lambda: self.signals.append("changed"))
        self.model.dataChanged.connect(lambda a, b: self.signals.append(f"{a.row()}-{b.row()}"))

    def replay(self, *edits: ordered_rows.Edit) -> list[str]:
        self.signals.clear()
        self.model.replay(edits)
        return self.signals

    @property
    def rows(self) -> list[Finding | None]:
        return [self.model.finding_at(row) for row in range(self.model.rowCount())]


@pytest.fixture
def watched(qtmodeltester: ModelTester, qapp: object) -> Iterator[Watched]:
    watched = Watched(qtmodeltester)
    watched.replay(ordered_rows.RowsReset((A, B, C)))
    yield watched
    watched.model.deleteLater()


@pytest.mark.parametrize(
    ("edits", "rows", "signals"),
    [
        ([ordered_rows.RowsInserted(1, (D,)), ordered_rows.RowsRemoved(2, 2)], [A, D],
         ["rowsInserted", "rowsRemoved"]),
        ([ordered_rows.RowMoved(0, 2, D)], [B, C, D], ["rowsMoved", "2-2"]),
        ([ordered_rows.RowMoved(2, 0, D)], [D, A, B], ["rowsMoved", "0-0"]),
        ([ordered_rows.RowMoved(1, 1, D)], [A, D, C], ["1-1"]),
        ([ordered_rows.RowsReplaced(1, (D, A))], [A, D, A], ["1-2"]),
    ],
)  # fmt: skip
def test_rows_follow_edits(
    watched: Watched, edits: list[ordered_rows.Edit], rows: list[Finding], signals: list[str]
) -> None:
    assert watched.replay(*edits) == ["about_to_change", *signals, "changed"]
    assert watched.rows == rows


def test_no_edit_is_not_announced(watched: Watched) -> None:
    assert watched.replay() == []
    watched.model.tell_replaced(0, 0)
    assert watched.signals == []


def test_the_head_of_a_group_is_a_row_but_no_finding(watched: Watched) -> None:
    group = Group(GroupBy.SCAN, A.scan_id, [A])
    assert watched.replay(ordered_rows.RowsReset((group, A))) == [
        "about_to_change",
        "modelReset",
        "changed",
    ]
    assert (watched.model.row_at(0), watched.model.finding_at(0)) == (group, None)
    assert (watched.model.row_at(2), watched.model.row_at(-1)) == (None, None)


# -- The palette lists commands by groups, those used of late first, and what matches best. --


ACCESSIBLE = Qt.ItemDataRole.AccessibleTextRole


def nothing() -> None:
    """Do nothing."""


COMMANDS = [
    Command("filter", "Filter", nothing, ("Ctrl+F",), group=CommandGroup.FINDINGS),
    Command("add-scans", "Add scans", nothing, ("Ctrl+N",), group=CommandGroup.SCANS),
    Command(
        "sign-out",
        "Sign out",
        nothing,
        group=CommandGroup.ACCOUNT,
        obstacle=lambda: "no one is signed in",
    ),
    Command("dark", "Dark", nothing, group=CommandGroup.VIEW, is_on=lambda: True),
]


@pytest.fixture
def model(qtmodeltester: ModelTester) -> PaletteModel:
    model = PaletteModel(lambda keys: keys.replace("+", " "))
    model.take(COMMANDS, [])
    qtmodeltester.check(model, force_py=True)  # type: ignore[no-untyped-call]
    return model


def shown(model: PaletteModel) -> list[str]:
    return [model.index(row).data() for row in range(model.rowCount())]


def test_commands_are_under_the_headings_of_their_groups(model: PaletteModel) -> None:
    assert shown(model)[:4] == ["Findings", "Filter", "Scans", "Add scans"]
    assert (model.count, model.shown) == (4, 4)


def test_recently_used_commands_come_first_and_count_once(model: PaletteModel) -> None:
    model.take(COMMANDS, ["dark", "gone", "filter"])
    assert shown(model)[:4] == ["Recently used", "Dark", "Filter", "Findings"]
    assert (model.count, model.shown) == (4, 4)


def test_what_is_typed_leaves_only_what_matches_without_headings(model: PaletteModel) -> None:
    model.search("f")
    assert shown(model) == ["Filter"]
    model.search("")
    assert shown(model)[0] == "Findings"


def test_steps_pass_over_headings_and_end_at_the_ends(model: PaletteModel) -> None:
    assert model.step(-1, 1) == 1
    assert model.step(1, 1) == 3
    assert model.step(3, -1) == 1
    assert model.step(1, -1) == 1
    last = model.step(model.rowCount(), -1)
    assert model.step(last, 1) == last


def test_assistive_technology_gets_keys_state_and_obstacle(model: PaletteModel) -> None:
    reported = [model.index(row).data(ACCESSIBLE) for row in range(model.rowCount())]
    assert "Filter, Ctrl F" in reported
    assert "Dark, on" in reported
    assert "Sign out, unavailable: no one is signed in" in reported


# -- Completions, and the counts of the values that findings have. --


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
