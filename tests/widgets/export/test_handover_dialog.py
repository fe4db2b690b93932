"""The dialog of a handover over a whole window: the file has the numbers of the window."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QPushButton, QRadioButton

from heimdall_desktop.domain.facts.decision import Field, OwnWrite
from heimdall_desktop.domain.facts.finding import FindingId, FindingStatus
from heimdall_desktop.domain.facts.observation import Snoozed
from heimdall_desktop.domain.proposals import Doubt, Proposal
from heimdall_desktop.presentation.export.contents import Format
from heimdall_desktop.widgets.controls.text_labels import Label
from heimdall_desktop.widgets.controls.toggles import SegmentedControl
from heimdall_desktop.widgets.export.exporter import ExportOutcome
from heimdall_desktop.widgets.export.handover_dialog import HandoverDialog
from heimdall_desktop.widgets.look.theme import Theme
from heimdall_desktop.widgets.window.workspace import shown_dialog
from tests.fakes.hands import click, part
from tests.fakes.shown_window import ShownWindow, export_outcome, web_shop_window

KEY = Qt.Key
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def shown(theme: Theme) -> Iterator[ShownWindow]:
    with web_shop_window(40) as shown:
        yield shown


def ask(shown: ShownWindow) -> HandoverDialog:
    """Open the dialog by its key."""
    if QApplication.activeWindow() is shown.window:
        shown.press(KEY.Key_E, CTRL_SHIFT)
    else:  # nothing gives it back after a dialog, without a window manager
        shown.window.hand_over()
    dialog = shown_dialog(shown.window, HandoverDialog)
    assert dialog is not None
    return dialog


def decide(shown: ShownWindow, ids: list[FindingId], hours_ago: float) -> None:
    """Let findings have been dismissed here so many hours ago."""
    at = shown.time.now() - timedelta(hours=hours_ago)
    made = dict.fromkeys(
        ((found, Field.STATUS) for found in ids), OwnWrite("open", "dismissed", at)
    )
    before = shown.requests.exports.own_writes

    def own(found: FindingId, what: Field) -> list[OwnWrite]:
        return [*before(found, what), *([made[found, what]] if (found, what) in made else [])]

    known = shown.requests.exports.own_findings()
    shown.requests.exports.own_findings = lambda: known | set(ids)
    shown.requests.exports.own_writes = own


def counts(dialog: HandoverDialog) -> list[str]:
    boxes = [part(dialog, QRadioButton, f"export-offer-{number}") for number in range(4)]
    return [box.accessibleName().rpartition(", ")[2] for box in boxes]


async def saved(shown: ShownWindow, dialog: HandoverDialog, path: Path) -> str:
    form = Format.of(path)
    assert form is not None
    part(dialog, QRadioButton, f"export-form-{form.name.lower()}").click()
    part(dialog, QLineEdit, "export-place").setText(str(path))
    click(part(dialog, QPushButton, "export-do"))
    outcome = await export_outcome(shown.window)
    assert "Handover saved" in outcome.accessibleDescription()
    outcome.reject()
    return path.read_text()  # noqa: ASYNC240 - a small file of this test


async def test_its_numbers_are_those_of_the_window(shown: ShownWindow, tmp_path: Path) -> None:
    scan_id, model = shown.id("web-shop"), shown.findings.model
    scan = shown.store.scan(scan_id)
    assert scan is not None
    open_ids = [row.id for row in scan.findings.values() if row.status is FindingStatus.OPEN]
    until = shown.time.now() + timedelta(days=2)
    shown.store.observe(Snoozed(scan_id, tuple(open_ids[:3]), until))
    certain: dict[FindingId, tuple[Doubt, ...]] = dict.fromkeys(open_ids[3:8], ())
    probable = dict.fromkeys(open_ids[8:10], (Doubt.MATCH,))
    shown.store.keep_proposals(
        scan_id,
        {
            each: Proposal(each, FindingStatus.DISMISSED, doubts=doubts)
            for each, doubts in (certain | probable).items()
        },
    )
    shown.ticker.flush()
    decide(shown, open_ids[10:14], hours_ago=1)
    dialog = ask(shown)
    words = part(dialog, Label, "export-amount").text()
    assert words.startswith("0 decided, 3 snoozed, 5 proposed, 2 doubtful, "), "since the start"
    part(dialog, QRadioButton, "export-offer-1").click()
    words = part(dialog, Label, "export-amount").text()
    text = await saved(shown, dialog, tmp_path / "a.md")
    shown.findings.filter_state.set_text("is:snoozed")
    assert f"## Snoozed ({model.shown})\n" in text
    known = shown.store.proposals.known.of_scan(scan_id)
    assert f"## Proposed and not reviewed ({len(certain)})\n" in text
    assert f"## Doubtful matches ({len(known) - len(certain)})\n" in text
    live = sum(scan.is_live for scan in shown.store)
    assert f"## Running scans ({live})\n" in text
    assert words == f"4 decided, {model.shown} snoozed, 5 proposed, 2 doubtful, {live} scan running"
    assert "## Decided (4)\n" in text


async def test_the_time_is_chosen_and_typed(shown: ShownWindow, tmp_path: Path) -> None:
    scan = shown.store.scan(shown.id("web-shop"))
    assert scan is not None
    ids = list(scan.findings)
    for number, hours_ago in enumerate((1, 10, 30)):
        decide(shown, ids[number : number + 1], hours_ago)
    dialog = ask(shown)
    assert counts(dialog) == ["0", "1", "2", "0"]
    since = part(dialog, QLineEdit, "handover-since")
    since.setFocus()
    QTest.keyClicks(since, "3")
    assert part(dialog, QRadioButton, "export-offer-3").isChecked()
    assert not part(dialog, QPushButton, "export-do").isEnabled()
    QTest.keyClicks(since, "1h")
    assert counts(dialog) == ["0", "1", "2", "3"]
    assert part(dialog, QPushButton, "export-do").isEnabled()
    part(dialog, QRadioButton, "export-offer-1").click()
    part(dialog, QRadioButton, "export-offer-3").click()
    assert part(dialog, Label, "export-amount").text().startswith("3 decided, ")
    assert "## Decided (3)\n" in await saved(shown, dialog, tmp_path / "a.md")


async def test_it_follows_what_is_left_out_and_names_the_account_if_asked(
    shown: ShownWindow, tmp_path: Path
) -> None:
    shown.requests.exports.account_of = lambda _url: "analyst@example.test"
    scan = shown.store.scan(shown.id("web-shop"))
    assert scan is not None
    decide(shown, list(scan.findings)[:2], hours_ago=1)
    for number, (is_named, leave_out) in enumerate(((False, 0), (True, 0), (True, 2))):
        dialog = ask(shown)
        part(dialog, QRadioButton, "export-offer-1").click()
        part(dialog, QRadioButton, "export-form-html").click()
        part(dialog, QCheckBox, "handover-account").setChecked(is_named)
        control = part(dialog, SegmentedControl, "export-leave-out")
        control.set_current(leave_out)
        text = await saved(shown, dialog, tmp_path / f"{number}.html")
        assert ("analyst@example.test" in text) is (is_named and not leave_out)
        assert ("web-shop" in text) is not bool(leave_out)


def test_it_cannot_be_saved_while_presenting(shown: ShownWindow) -> None:
    dialog = ask(shown)
    shown.store.present(is_on=True)
    shown.ticker.flush()
    asked = len(shown.requests.asked)
    click(part(dialog, QPushButton, "export-do"))
    assert shown_dialog(shown.window, ExportOutcome) is None
    assert len(shown.requests.asked) == asked
    QApplication.processEvents()
    shown.press(KEY.Key_E, CTRL_SHIFT)
    assert shown_dialog(shown.window, HandoverDialog) is None


def test_it_is_worked_by_keys_and_named_for_screen_readers(shown: ShownWindow) -> None:
    dialog = ask(shown)
    assert dialog.windowTitle() == "Shift handover"
    names = set[str]()
    for _ in range(20):
        widget = dialog.focusWidget()
        assert widget is not None
        names.add(widget.accessibleName() or widget.objectName())
        QTest.keyClick(widget, KEY.Key_Tab)
    assert {"Since", "Name the account", "File", "Save handover"} <= names
    QTest.keyClick(dialog, KEY.Key_Escape)
    assert shown_dialog(shown.window, HandoverDialog) is None
