"""The palette lists commands by groups, those used of late first, and what matches best."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from heimdall_desktop.models.palette_model import PaletteModel
from heimdall_desktop.presentation.window.command import Command, Group

ACCESSIBLE = Qt.ItemDataRole.AccessibleTextRole


def nothing() -> None:
    """Do nothing."""


COMMANDS = [
    Command("filter", "Filter", nothing, ("Ctrl+F",), group=Group.FINDINGS),
    Command("add-scans", "Add scans", nothing, ("Ctrl+N",), group=Group.SCANS),
    Command(
        "sign-out", "Sign out", nothing, group=Group.ACCOUNT, obstacle=lambda: "no one is signed in"
    ),
    Command("dark", "Dark", nothing, group=Group.VIEW, is_on=lambda: True),
]


@pytest.fixture
def model(qtmodeltester: ModelTester) -> PaletteModel:
    model = PaletteModel(lambda keys: keys.replace("+", " "))
    model.take(COMMANDS, [])
    qtmodeltester.check(model, force_py=True)  # type: ignore[no-untyped-call]
    return model


def shown(model: PaletteModel) -> list[str]:
    return [model.index(row).data() for row in range(model.rowCount())]


def test_commands_stand_under_the_headings_of_their_groups(model: PaletteModel) -> None:
    assert shown(model)[:4] == ["Findings", "Filter", "Scans", "Add scans"]
    assert (model.count, model.shown) == (4, 4)


def test_what_was_used_of_late_stands_first_and_counts_once(model: PaletteModel) -> None:
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


def test_assistive_technology_hears_keys_state_and_obstacle(model: PaletteModel) -> None:
    reported = [model.index(row).data(ACCESSIBLE) for row in range(model.rowCount())]
    assert "Filter, Ctrl F" in reported
    assert "Dark, on" in reported
    assert "Sign out, unavailable: no one is signed in" in reported
