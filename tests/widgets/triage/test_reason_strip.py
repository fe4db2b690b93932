"""A reason with the key: the strip after a decision, its digits, and what became of the reason."""

from collections.abc import AsyncIterator, Iterator

import pytest
from msgspec.structs import replace
from PySide6 import QtWidgets
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from heimdall_desktop.application.requests import reasons
from heimdall_desktop.domain.facts.choices import FindingsChoices, ReasonsShown
from heimdall_desktop.domain.facts.decision import Field
from heimdall_desktop.domain.facts.finding import FindingId
from heimdall_desktop.domain.table.order import COLUMNS, Column
from heimdall_desktop.local.rows import FindingId as LocalFindingId
from heimdall_desktop.widgets.findings.findings_foot import FindingsFoot
from heimdall_desktop.widgets.look.theme import Theme
from heimdall_desktop.widgets.triage import reason_strip
from heimdall_desktop.widgets.window.finding_dialogs import CommentDialog, ReasonDialog
from tests.fakes.decision_desk import MIRA, deciding_server
from tests.fakes.hands import part
from tests.fakes.shown_window import DecidingWindow, deciding_window
from tests.lab.faults import Fault, Shape
from tests.lab.server import LabServer

KEY, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton
REASONS = [
    "1 Test code",
    "2 Not reachable",
    "3 Mitigated elsewhere",
    "4 Accepted risk",
    "5 Duplicate",
    "6 Other\u2026",
]


@pytest.fixture(scope="module")
def server() -> Iterator[LabServer]:
    with deciding_server() as running:
        yield running


@pytest.fixture
async def shown(
    server: LabServer, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[DecidingWindow]:
    monkeypatch.setattr(reason_strip, "SHOWN_MS", 600_000)  # a busy computer takes longer
    async with deciding_window(server, MIRA, width_px=1800) as made:
        made.press(KEY.Key_Home)
        yield made


def comments(shown: DecidingWindow) -> list[list[str | None]]:
    """The comments of each row, as the server has them."""
    database = shown.desk.server.database
    return [
        [e.comment for e in database.finding_events(LocalFindingId(each)) if e.comment is not None]
        for each in shown.shown()
    ]


def choose(shown: DecidingWindow, **choices: object) -> None:
    preferences = shown.requests.preferences
    for name, value in choices.items():
        preferences.change_setting(f"findings.{name}", value)


def reason_of(shown: DecidingWindow, finding_id: FindingId) -> str:
    row = shown.model.row_of(finding_id)
    assert row is not None
    return str(shown.model.index(row, COLUMNS.index(Column.REASON)).data())


@pytest.mark.parametrize("key", [KEY.Key_D, KEY.Key_F])
async def test_a_digit_adds_the_reason_to_what_was_just_decided(
    shown: DecidingWindow, key: Qt.Key
) -> None:
    first, second = shown.shown()[:2]
    title = shown.desk.row(first).title
    shown.press(key)
    assert shown.table.selected_id == second  # the strip holds nothing up
    assert len(shown.desk.decisions.runs) == 1
    word, named, *buttons = shown.reason_bar()
    assert word == ("Dismissed" if key is KEY.Key_D else "False positive")
    assert title.startswith(named.removesuffix("\u2026"))
    assert buttons == [*REASONS, "Close"]
    assert shown.offered == ["Press 1 to 6 to give a reason."]
    shown.press(KEY.Key_4)
    assert shown.reason_bar() == ["Reason: Accepted risk"]
    await shown.until_quiet()
    assert comments(shown)[:2] == [["[reason: accepted-risk]"], []]
    shown.press(KEY.Key_Down)
    await shown.settle()
    assert reason_of(shown, first) == "Accepted risk"
    assert reason_of(shown, second) == ""
    shown.press(KEY.Key_1)  # nothing is offered any longer
    await shown.until_quiet()
    assert comments(shown)[0] == ["[reason: accepted-risk]"]
    assert shown.answer() == "Dismiss a finding first, or mark it as false positive."


async def test_other_decisions_offer_no_reason(shown: DecidingWindow) -> None:
    for key in (KEY.Key_C, KEY.Key_X, KEY.Key_O):
        await shown.write(key)
        assert shown.reason_bar() == []
    shown.press(KEY.Key_D)
    assert shown.reason_bar() != []
    shown.press(KEY.Key_C)  # of the next finding
    assert shown.reason_bar() == []
    shown.press(KEY.Key_1)
    await shown.until_quiet()
    assert comments(shown) == [[]] * 10


async def test_buttons_give_reasons_too(shown: DecidingWindow) -> None:
    await shown.write(KEY.Key_D)
    await shown.click(shown.button("5 Duplicate"))
    assert comments(shown)[0] == ["[reason: duplicate]"]
    await shown.write(KEY.Key_D)
    QTest.mouseClick(shown.button("Close"), LEFT)
    assert shown.reason_bar() == []


async def test_the_strip_goes_after_three_seconds_and_moves_no_row(shown: DecidingWindow) -> None:
    strip, table = shown.window.triage.reasons, shown.table
    place = table.visualRect(shown.model.index(4, 1)).center()
    before, height = table.rowAt(place.y()), table.viewport().height()
    await shown.write(KEY.Key_D)
    assert strip.bar.isVisible()
    assert strip._timer.interval() == reason_strip.SHOWN_MS
    assert strip._timer.isActive()
    assert (table.rowAt(place.y()), table.viewport().height()) == (before, height)
    strip._timer.timeout.emit()
    assert not strip.bar.isVisible()
    assert (table.rowAt(place.y()), table.viewport().height()) == (before, height)
    shown.press(KEY.Key_1)
    await shown.until_quiet()
    assert comments(shown) == [[]] * 10


@pytest.mark.parametrize("height_px", [700, 420])
async def test_the_strip_never_covers_the_selected_row(
    server: LabServer, theme: Theme, height_px: int
) -> None:
    async with deciding_window(server, MIRA, findings=60, height_px=height_px) as shown:
        shown.press(KEY.Key_Home)
        bar = shown.window.triage.reasons.bar
        for _ in range(25):
            await shown.write(KEY.Key_D)
            row = shown.table.visualRect(shown.table.currentIndex())
            top = shown.table.viewport().mapTo(shown.window, row.topLeft())
            assert not bar.geometry().intersects(row.translated(top - row.topLeft()))
        rows = shown.window.findings.rows  # the last rows are at the foot
        assert bar.y() < rows.mapTo(shown.window, rows.rect().center()).y()  # it went to the top


async def test_all_of_a_bulk_action_get_the_reason(shown: DecidingWindow) -> None:
    shown.press(KEY.Key_A, CONTROL)
    shown.press(KEY.Key_F)
    assert shown.reason_bar()[:2] == ["False positive", "10 findings"]
    shown.press(KEY.Key_2)
    await shown.until_quiet()
    shown.window.triage.reasons.show_news()
    assert comments(shown) == [["[reason: not-reachable]"]] * 10
    assert shown.bar() == ["10 reasons saved"]
    assert shown.offered[-1] == "10 reasons saved"
    await shown.write(KEY.Key_Z, CONTROL)
    assert shown.desk.on_server() == ["open"] * 10
    assert comments(shown) == [["[reason: not-reachable]"]] * 10  # no comment can be removed
    assert {reason_of(shown, each) for each in shown.shown()} == {""}


async def test_reasons_of_many_show_progress_and_can_be_cancelled(shown: DecidingWindow) -> None:
    desk = shown.desk
    shown.press(KEY.Key_A, CONTROL)
    await shown.write(KEY.Key_F)
    for each in shown.shown()[5:7]:  # so many are sent at once
        late = Fault(Shape.LATE, "triage", delay_s=60.0, path_part=f"{each}/comment")
        desk.server.faults.add(late)
    shown.press(KEY.Key_3)
    [run] = desk.reasons.runs
    await shown.until(lambda: run.settled >= 5)
    shown.window.triage.reasons.show_news()
    assert shown.bar()[0].startswith("Saving ")
    assert shown.bar()[0].endswith(" of 10 reasons")
    QTest.mouseClick(shown.button("Cancel"), LEFT)
    desk.server.faults.clear()
    await shown.until_quiet()
    shown.window.triage.reasons.show_news()
    assert len(run.left) == len(desk.reasons.unsaved) > 0
    assert shown.desk.on_server() == ["false_positive"] * 10
    assert "saved. The decision" in shown.strip_text()


async def test_a_reason_that_fails_is_shown_at_its_row_and_retried(shown: DecidingWindow) -> None:
    first = shown.shown()[0]
    title = shown.desk.row(first).title
    shown.desk.server.faults.add(
        Fault(Shape.ENVELOPE, "triage", times=2, path_part=f"{first}/comment")
    )
    shown.press(KEY.Key_D)
    shown.press(KEY.Key_1)
    await shown.until_quiet()
    shown.window.triage.reasons.show_news()
    assert shown.desk.on_server()[0] == "dismissed"
    assert shown.strip_text().startswith(f"Reason not saved: {title}.")
    assert shown.strip_text().endswith("The decision is saved.")
    shown.press(KEY.Key_Down)
    await shown.settle()
    assert "Reason not saved" in shown.status_of(first)
    await shown.click(shown.button("Retry"))
    assert "Reason not saved" in shown.status_of(first)
    row = shown.model.row_of(first)
    assert row is not None
    index = shown.model.index(row, COLUMNS.index(Column.STATUS))
    place = shown.table.visualRect(index)
    QTest.mouseClick(
        shown.table.viewport(), LEFT, pos=QPoint(place.left() + 60, place.center().y())
    )
    await shown.until_quiet()
    shown.window.triage.reasons.show_news()
    assert comments(shown)[0] == ["[reason: test-code]"]
    assert "Reason not saved" not in shown.status_of(first)
    assert shown.strip_text() == ""
    assert reason_of(shown, first) == "Test code"


async def test_no_reason_is_offered_for_a_refused_decision(shown: DecidingWindow) -> None:
    shown.desk.server.faults.add(Fault(Shape.ENVELOPE, "triage", path_part="/status"))
    await shown.write(KEY.Key_D)
    assert shown.reason_bar() == []


async def test_undo_ends_the_offer(shown: DecidingWindow) -> None:
    await shown.write(KEY.Key_D)
    await shown.write(KEY.Key_Z, CONTROL)
    assert shown.reason_bar() == []
    shown.press(KEY.Key_1)
    await shown.until_quiet()
    assert comments(shown)[0] == []


async def test_other_opens_the_comment_with_the_form(shown: DecidingWindow) -> None:
    shown.press(KEY.Key_D)
    shown.press(KEY.Key_6)
    dialog = part(shown.window, CommentDialog, "comment-dialog")
    text = part(dialog, QtWidgets.QPlainTextEdit, "comment-text")
    assert text.toPlainText() == "[reason: other] "
    assert text.textCursor().atEnd()
    QTest.keyClicks(text, "asked the owner")
    QTest.mouseClick(part(dialog, QtWidgets.QPushButton, "comment-send"), LEFT)
    await shown.until_quiet()
    assert comments(shown)[0] == ["[reason: other] asked the owner"]
    shown.table.step(1)
    await shown.settle()
    assert reason_of(shown, shown.shown()[0]) == "Other"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("[reason: duplicate] of 7", "[reason: duplicate] of 7"),
        ("no form", "no form"),
        ("  ", None),
    ],
)
async def test_the_form_may_be_changed_or_removed(
    shown: DecidingWindow, typed: str, kept: str | None
) -> None:
    shown.press(KEY.Key_D)
    shown.press(KEY.Key_6)
    dialog = part(shown.window, CommentDialog, "comment-dialog")
    part(dialog, QtWidgets.QPlainTextEdit, "comment-text").setPlainText(typed)
    QTest.mouseClick(part(dialog, QtWidgets.QPushButton, "comment-send"), LEFT)
    await shown.until_quiet()
    assert comments(shown)[0] == ([] if kept is None else [kept])


async def test_until_the_next_key_it_stays_and_the_key_does_what_it_does(
    shown: DecidingWindow,
) -> None:
    choose(shown, reasons=ReasonsShown.NEXT_KEY)
    ids = shown.shown()
    await shown.write(KEY.Key_D)
    assert shown.reason_bar() != []
    assert not shown.window.triage.reasons._timer.isActive()
    QTest.keyClick(shown.table, KEY.Key_Shift)
    assert shown.reason_bar() != []
    shown.press(KEY.Key_J)
    assert shown.reason_bar() == []
    assert shown.table.selected_id == ids[2]
    await shown.write(KEY.Key_D)
    shown.press(KEY.Key_1)
    await shown.until_quiet()
    assert comments(shown)[:3] == [[], [], ["[reason: test-code]"]]
    await shown.write(KEY.Key_D)
    await shown.write(KEY.Key_F)  # decides the next one, whose strip it is now
    assert shown.reason_bar()[0] == "False positive"


async def test_it_can_be_switched_off(shown: DecidingWindow) -> None:
    choose(shown, reasons=ReasonsShown.NEVER)
    await shown.write(KEY.Key_D)
    assert shown.reason_bar() == []
    assert shown.offered == []


async def test_critical_findings_are_asked_about_if_the_settings_say_so(
    shown: DecidingWindow,
) -> None:
    choose(shown, asks_critical_reason=True)
    desk = shown.desk
    for number, severity in enumerate(["critical", "critical", *["high"] * 8]):
        desk.scripted.change_finding(desk.scripted.finding_ids[number], severity=severity)
    await desk.resync()
    await shown.settle()
    shown.press(KEY.Key_Home)
    await shown.write(KEY.Key_D)
    assert desk.on_server()[0] == "dismissed"  # written before it is asked
    dialog = part(shown.window, ReasonDialog, "reason-dialog")
    assert dialog.isVisible()
    assert shown.reason_bar() == []
    QTest.keyClick(dialog, KEY.Key_3)
    await shown.until_quiet()
    assert comments(shown)[0] == ["[reason: mitigated-elsewhere]"]
    shown.window.triage.decide(Field.STATUS, "false_positive", shown.table)
    await shown.until_quiet()
    [dialog] = [each for each in shown.window.findChildren(ReasonDialog) if each.isVisible()]
    QTest.keyClick(dialog, KEY.Key_Escape)  # it can be skipped
    await shown.until_quiet()
    assert desk.on_server()[1] == "false_positive"
    assert comments(shown)[1] == []
    shown.window.triage.decide(Field.STATUS, "dismissed", shown.table)
    await shown.until_quiet()
    assert not any(each.isVisible() for each in shown.window.findChildren(ReasonDialog))
    assert shown.reason_bar() != []


async def test_read_only_and_presenting_offer_nothing_that_tells_names(
    shown: DecidingWindow,
) -> None:
    await shown.write(KEY.Key_D)
    title = shown.desk.row(shown.shown()[0]).title
    assert any(title.startswith(each.removesuffix("\u2026")) for each in shown.reason_bar()[1:2])
    shown.window.present(is_on=True)
    assert shown.reason_bar() == []
    shown.store.present(is_on=True)
    await shown.write(KEY.Key_D)
    assert not any(
        shown.desk.row(each).title[:12] in text
        for each in shown.shown()
        for text in shown.reason_bar()
    )
    shown.store.present(is_on=False)
    shown.window.present(is_on=False)
    await shown.set_read_only()
    await shown.write(KEY.Key_D)
    commands = shown.commands()
    assert not [each for each in commands if each.startswith("reason-")]


async def test_the_foot_counts_reasons_that_are_not_loaded_and_loads_them(
    shown: DecidingWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reasons, "PACE_S", 0.01)
    desk, foot = shown.desk, part(shown.window, FindingsFoot, "findings_foot")
    text = foot._reasons._text
    mira = desk.account_of(MIRA)
    ids = shown.shown()
    for each in ids[:3]:
        desk.change_elsewhere(each, "dismissed", by=mira)
    desk.server.call(
        lambda: desk.server.database.add_finding_event(
            LocalFindingId(ids[0]), mira, "comment", comment="[reason: test-code] fixtures"
        )
    )
    await desk.resync()
    await shown.settle()
    count = shown.window.unread_reasons
    await counted(shown)
    assert text.isHidden()  # the column is not shown
    shown.window.findings.table_state.change(
        lambda layout: layout.with_column(Column.REASON, is_on=True)
    )
    await counted(shown)
    assert text.text() == "The reasons of 3 findings aren't loaded."
    assert [reason_of(shown, each) for each in ids[:4]] == [*["Not loaded"] * 3, ""]
    QTest.mouseClick(foot._reasons.link, LEFT)
    await shown.until(lambda: not desk.reasons.to_read)
    await counted(shown)
    assert text.isHidden()
    assert [reason_of(shown, each) for each in ids[:4]] == [
        "Test code",
        "No reason",
        "No reason",
        "",
    ]
    assert count.command().obstacle() == "All reasons shown are loaded."
    for wanted, found in (
        ("reason:test-code", ids[:1]),
        ("reason:test", ids[:1]),
        ("reason:none", ids[1:3]),
        ("reason:unknown", []),
        ("-reason:none status:dismissed", ids[:1]),
    ):
        await shown.filter(wanted)
        assert shown.shown() == found, wanted
    await shown.filter("reason:none")
    shown.press(KEY.Key_Home)
    shown.press(KEY.Key_D)  # it is already dismissed
    await shown.until_quiet()
    shown.press(KEY.Key_5)
    await shown.until_quiet()
    assert ids[1] not in shown.shown()
    await shown.filter("reason:duplicate")
    assert shown.shown() == ids[1:2]


async def counted(shown: DecidingWindow) -> None:
    """Let the foot count now."""
    unread = shown.window.unread_reasons
    unread._rest.stop()
    for _ in unread._counting():
        pass
    unread._show()
    await shown.settle()


async def test_settings_have_their_defaults() -> None:
    assert FindingsChoices() == replace(
        FindingsChoices(), reasons=ReasonsShown.SECONDS, asks_critical_reason=False
    )
    assert reason_strip.SHOWN_MS == 3_000  # it is not patched here
