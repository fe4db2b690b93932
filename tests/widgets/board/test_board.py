"""The board scopes, opens, asks and keeps still, by mouse and by keyboard."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6 import QtWidgets
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QEnterEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.memory.preferences import WindowMemory
from heimdall_desktop.application.memory.recordings import RecordingState
from heimdall_desktop.domain.facts.choices import MUTE_FOR
from heimdall_desktop.domain.facts.errors import Reason, ServerUnreachable
from heimdall_desktop.domain.facts.finding import ScanId, Severity
from heimdall_desktop.domain.facts.observation import Connection
from heimdall_desktop.domain.facts.server import ServerState, ServerUrl, Standing
from heimdall_desktop.models.rows_model import ROW_ROLE
from heimdall_desktop.models.scans_model import CardRow
from heimdall_desktop.models.ticker import Ticker
from heimdall_desktop.presentation.board.card_words import Tag, read_pins
from heimdall_desktop.presentation.time_text import minute_text
from heimdall_desktop.widgets.board.board import (
    BLOCK_PX,
    DEFAULT_WIDTH_PX,
    LEAST_WIDTH_PX,
    Board,
    EmptyBoard,
    ServerNotice,
)
from heimdall_desktop.widgets.board.board_head import BoardHead
from heimdall_desktop.widgets.board.card_plan import BoardForm, CardPlan, TableRowPlan
from heimdall_desktop.widgets.controls.dialog_frame import QuestionDialog
from heimdall_desktop.widgets.controls.pane import Pane
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.accessible_tree import select, toggle
from tests.fakes.board_scans import FakeTime, ScanStory, twelve_scans
from tests.fakes.hands import click, part, press
from tests.fakes.requests import RecordedRequests
from tests.widgets.conftest import Owned

SERVER = ServerUrl("https://heimdall.corp.example")
LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Shown:
    """A board with twelve scans in a window."""

    def __init__(
        self, theme: Theme, *, is_empty: bool = False, memory: WindowMemory | None = None
    ) -> None:
        self.time = FakeTime()
        self.store = Store()
        self.stories = {} if is_empty else twelve_scans(self.store, self.time)
        self.ticker = Ticker(self.store)
        self.requests = RecordedRequests()
        self.memory = memory or WindowMemory()
        self.theme = theme
        self.window = QtWidgets.QWidget()
        self.board = Board(
            self.store, self.ticker, self.requests, self.memory, self.time.clock,
            self.time.now, self.window
        )  # fmt: skip
        self.ticker.flush()
        self.board.resize(308, 840)
        self.window.resize(308, 840)
        self.window.show()
        self.scoped: list[str] = []
        self.opened: list[str] = []
        self.picked: list[tuple[str, Severity]] = []
        self.staged: list[tuple[str, str]] = []
        self.board.view.stage_picked.connect(lambda scan, stage: self.staged.append((scan, stage)))
        self.board.view.scan_scoped.connect(self.scoped.append)
        for source in (self.board.view, self.board.scans):
            source.stages_wanted.connect(self.opened.append)
        self.board.view.severity_picked.connect(lambda scan, what: self.picked.append((scan, what)))

    def id(self, name: str) -> ScanId:
        return self.stories[name].scan.id

    def place(self, name: str) -> QPoint:
        """A place on the card's name."""
        return self.rect(name).topLeft().toPoint() + QPoint(40, 10)

    def rect(self, name: str) -> QRectF:
        self.board.view.executeDelayedItemsLayout()
        return QRectF(self.board.view.visualRect(self.board.model.index(self.row_of(name))))

    def plan(self, name: str) -> CardPlan:
        widest, left_to_right = self.board.model.widest_counts, Qt.LayoutDirection.LeftToRight
        rect = self.rect(name)
        return CardPlan(self.theme, rect, widest, has_strip=True, direction=left_to_right)

    def row_of(self, name: str) -> int:
        row = self.board.model.row_of(self.id(name))
        assert row is not None
        return row

    def click(self, name: str) -> None:
        QTest.mouseClick(self.board.view.viewport(), LEFT, pos=self.place(name))

    def enter(self) -> None:
        point = QPointF(5, 5)
        QtWidgets.QApplication.sendEvent(self.board.view, QEnterEvent(point, point, point))

    def leave(self) -> None:
        QtWidgets.QApplication.sendEvent(self.board.view, QEvent(QEvent.Type.Leave))

    @property
    def attention(self) -> list[str]:
        """The names of the first cards."""
        cards = map(self.board.model.card, self.board.scan_ids[:4])
        return [card.name for card in cards if card]

    def first_name(self) -> str:
        row = self.board.model.index(1).data(ROW_ROLE)
        assert isinstance(row, CardRow)
        return row.card.name


@pytest.fixture
def shown(theme: Theme) -> Iterator[Shown]:
    shown = Shown(theme)
    yield shown
    shown.window.close()


def test_a_click_scopes_and_another_one_unscopes(shown: Shown) -> None:
    shown.click("web-shop")
    assert shown.board.view.scope == shown.id("web-shop")
    shown.click("payments-api")
    shown.click("payments-api")
    assert shown.scoped == [shown.id("web-shop"), shown.id("payments-api"), ""]
    assert shown.board.view.scope is None


def test_the_scope_is_the_selection_and_follows_its_card(shown: Shown) -> None:
    shown.click("web-shop")
    shown.leave()
    shown.stories["web-shop"].hear(Connection.STALE, 60)
    shown.ticker.flush()
    selected = shown.board.view.selectedIndexes()
    assert [index.data() for index in selected] == ["web-shop"]
    assert selected[0].row() == 2  # a retried scan stands above


def test_a_scope_set_from_elsewhere_is_not_reported_but_leaves_with_its_scan(shown: Shown) -> None:
    shown.board.view.set_scope(shown.id("web-shop"))
    assert shown.scoped == []
    assert [index.data() for index in shown.board.view.selectedIndexes()] == ["web-shop"]
    shown.store.remove(shown.id("web-shop"))
    shown.ticker.flush()
    assert shown.scoped[-1] == ""
    assert shown.board.view.scope is None


def test_a_double_click_opens_the_stages(shown: Shown) -> None:
    viewport, place = shown.board.view.viewport(), shown.place("web-shop")
    QTest.mouseClick(viewport, LEFT, pos=place)
    QTest.mouseDClick(viewport, LEFT, pos=place)
    assert shown.opened == [shown.id("web-shop")]
    assert shown.board.view.scope == shown.id("web-shop")


def test_a_click_on_a_number_picks_its_severity(shown: Shown) -> None:
    plan = shown.plan("payments-api")
    for column in (0, 2):
        place = plan.count(column).center().toPoint()
        QTest.mouseClick(shown.board.view.viewport(), LEFT, pos=place)
    scan_id = shown.id("payments-api")
    assert shown.picked == [(scan_id, Severity.CRITICAL), (scan_id, Severity.MEDIUM)]
    assert shown.scoped == [scan_id]
    assert plan.count(0).height() >= 24


def test_a_click_on_a_zero_is_one_on_the_card_and_one_on_a_head_is_nothing(shown: Shown) -> None:
    QTest.mouseClick(shown.board.view.viewport(), LEFT, pos=QPoint(40, 10))
    assert shown.scoped == []
    place = shown.plan("web-shop").count(0).center().toPoint()
    QTest.mouseClick(shown.board.view.viewport(), LEFT, pos=place)
    assert shown.picked == []
    assert shown.scoped == [shown.id("web-shop")]


def test_the_keyboard_walks_scopes_and_opens(shown: Shown) -> None:
    view = shown.board.view
    view.setFocus(Qt.FocusReason.TabFocusReason)
    assert view.currentIndex().data() == "mobile-gateway"
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert view.currentIndex().data() == "legacy-crm"
    assert shown.scoped == []
    QTest.keyClick(view, Qt.Key.Key_Space)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert shown.scoped == [shown.id("legacy-crm")]
    assert shown.opened == [shown.id("legacy-crm")]
    for _ in range(3):
        QTest.keyClick(view, Qt.Key.Key_Down)
    assert view.currentIndex().data() == "payments-api"


@pytest.mark.parametrize("is_by_keyboard", [False, True])
def test_cards_keep_still_under_pointer_and_keyboard(shown: Shown, is_by_keyboard: bool) -> None:
    view = shown.board.view
    shown.window.activateWindow()
    assert QTest.qWaitForWindowActive(shown.window)
    shown.leave()
    view.clearFocus()
    if is_by_keyboard:
        view.setFocus(Qt.FocusReason.TabFocusReason)
    else:
        shown.enter()
    shown.stories["web-shop"].hear(Connection.STALE, 60)
    shown.ticker.flush()
    assert shown.attention[:2] == ["mobile-gateway", "legacy-crm"]
    (view.clearFocus if is_by_keyboard else shown.leave)()
    assert shown.attention[:2] == ["mobile-gateway", "web-shop"]


def more_scans(shown: Shown, count: int) -> None:
    for number in range(count):
        story = ScanStory(shown.store, shown.time, f"more-{number}", "main", 100 + number)
        story.run([30, 90], number).find(number % 3).hear(Connection.LIVE).age(2)
        shown.stories[f"more-{number}"] = story
    shown.ticker.flush()


def test_twelve_scans_need_no_scrolling_in_both_usual_windows(shown: Shown) -> None:
    for height, form in ((788, BoardForm.FULL), (656, BoardForm.COMPACT)):
        shown.leave()
        shown.board.resize(308, height)
        shown.board.view.executeDelayedItemsLayout()
        assert shown.board.view.form is form
        assert shown.board.view.verticalScrollBar().maximum() == 0
        room = QRectF(shown.board.view.viewport().rect())
        rects = [shown.rect(name) for name in shown.stories]
        assert all(room.contains(rect) for rect in rects)
        assert len({rect.top() for rect in rects}) == 12


def test_problems_change_no_height(shown: Shown) -> None:
    shown.leave()
    for height in (840, 780, 640, 560, 500):
        shown.board.resize(308, height)
        before = {name: shown.rect(name).height() for name in shown.stories}
        for name in ("web-shop", "payments-api", "infra-terraform"):
            shown.stories[name].hear(Connection.STALE, 60)
        shown.ticker.flush()
        assert {name: shown.rect(name).height() for name in shown.stories} == before


def test_more_than_twelve_are_a_table_that_works_like_cards(shown: Shown) -> None:
    shown.leave()
    more_scans(shown, 1)
    view = shown.board.view
    assert view.form is BoardForm.TABLE
    head = part(shown.board, QtWidgets.QWidget, "board_table_head")
    assert head.isVisible()
    assert shown.rect("web-shop").height() == shown.theme.scale(28)
    shown.click("web-shop")
    assert shown.scoped == [shown.id("web-shop")]
    widest, left_to_right = shown.board.model.widest_counts, Qt.LayoutDirection.LeftToRight
    plan = TableRowPlan(shown.theme, shown.rect("payments-api"), widest, left_to_right)
    place = plan.count(0).center().toPoint()
    QTest.mouseClick(view.viewport(), LEFT, pos=place)
    assert shown.picked == [(shown.id("payments-api"), Severity.CRITICAL)]
    view.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert len(shown.opened) == 1


def test_the_head_of_the_table_stands_over_its_rows_in_a_mirrored_board(shown: Shown) -> None:
    view = shown.board.view
    view.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    more_scans(shown, 20)
    shown.stories["web-shop"].find(111, 222, 333, 444)
    shown.ticker.flush()
    view.resize(view.width(), 300)
    for _ in range(3):
        QtWidgets.QApplication.processEvents()
    head = part(shown.board, QtWidgets.QWidget, "board_table_head")
    rows = view.viewport().geometry()
    assert rows.x() == view.verticalScrollBar().width()
    assert (head.x(), head.width()) == (rows.x(), rows.width())
    rect, widest = head.rect().toRectF(), shown.board.model.widest_counts
    last = TableRowPlan(shown.theme, rect, widest, view.layoutDirection()).count(0).toRect()
    image = head.grab(last.adjusted(last.width() - 3, 0, 0, -2)).toImage()
    inked = {image.pixelColor(x, y).name() for x in range(3) for y in range(image.height())}
    assert len(inked) > 1, "the shape ends where the numbers end"


def test_a_scan_that_comes_under_the_pointer_changes_no_form(shown: Shown) -> None:
    shown.enter()
    more_scans(shown, 1)
    forms = [shown.board.view.form]
    shown.leave()
    forms.append(shown.board.view.form)
    assert forms == [BoardForm.FULL, BoardForm.TABLE]


def test_fifty_scans_are_one_list(shown: Shown) -> None:
    shown.leave()
    more_scans(shown, 38)
    view = shown.board.view
    view.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(view, Qt.Key.Key_End)
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert shown.scoped == [shown.id("docs-site")]
    assert view.visualRect(view.currentIndex()).bottom() <= view.viewport().height()


def test_pinned_ones_are_on_top_and_remembered_until_they_leave(shown: Shown, theme: Theme) -> None:
    choose(menu_of(shown, "docs-site"), "Pin")
    assert shown.first_name() == "docs-site"
    assert shown.board.model.index(0).data() == "Pinned"
    again = Shown(theme, memory=shown.memory)
    assert again.first_name() == "docs-site"
    choose(menu_of(again, "docs-site"), "Unpin")
    assert again.first_name() == "mobile-gateway"
    again.window.close()
    shown.store.remove(shown.id("docs-site"))
    shown.ticker.flush()
    assert read_pins(shown.memory.text("board")) == ()


def test_pinning_turns_the_card_the_keyboard_is_on(shown: Shown) -> None:
    view = shown.board.view
    shown.window.activateWindow()
    assert QTest.qWaitForWindowActive(shown.window)
    view.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(view, Qt.Key.Key_Down)
    current = shown.board.current_scan
    assert current is not None
    shown.board.scans.pin(current, is_pinned=True)
    assert shown.first_name() == "legacy-crm"
    assert view.currentIndex().data() == "legacy-crm"


def test_a_mute_is_on_the_card_in_every_form_and_is_shown(shown: Shown, qtbot: QtBot) -> None:
    scan_id, reported = shown.id("payments-api"), f"until {minute_text(shown.time.at + MUTE_FOR)}"

    def picture() -> QImage:
        return shown.board.view.viewport().grab(shown.rect("payments-api").toRect()).toImage()

    plain = picture()
    with qtbot.waitSignal(shown.board.mute_changed) as said:
        choose(menu_of(shown, "payments-api"), "Mute this scan for 1 h")
    assert said.args == [f"payments-api. Muted {reported}."]
    index = shown.board.model.index(shown.row_of("payments-api"))
    assert f"Muted {reported}." in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert picture() != plain
    more_scans(shown, 20)
    muted = picture()
    with qtbot.waitSignal(shown.board.mute_changed) as said:
        choose(menu_of(shown, "payments-api"), "Unmute")
    assert said.args == ["payments-api is no longer muted."]
    assert picture() != muted
    assert shown.requests.preferences.settings.alerts.muted_until(scan_id, shown.time.at) is None


def test_pinned_and_table_keep_still_under_the_pointer(shown: Shown) -> None:
    shown.leave()
    more_scans(shown, 4)
    for name in ("docs-site", "web-shop"):
        choose(menu_of(shown, name), "Pin")
    shown.enter()
    before = shown.board.scan_ids
    for name in ("web-shop", "docs-site", "payments-api", "more-2"):
        shown.stories[name].hear(Connection.STALE, 60)
    shown.ticker.flush()
    assert shown.board.scan_ids == before
    shown.leave()
    assert shown.board.scan_ids[:2] == [shown.id("docs-site"), shown.id("web-shop")]
    assert shown.board.scan_ids != before


def test_the_bar_of_a_search_takes_no_heads_and_no_form_away(shown: Shown) -> None:
    """Where all of the room is needed that the bar takes, too."""

    def form() -> tuple[BoardForm, bool]:
        model = shown.board.model
        rows = [model.row(number) for number in range(model.rowCount())]
        return shown.board.view.form, not all(isinstance(row, CardRow) for row in rows)

    for height in range(900, 640, -8):
        shown.board.resize(308, height)
        QtWidgets.QApplication.processEvents()
        before = form()
        shown.board.search("a-")
        QtWidgets.QApplication.processEvents()
        assert form() == before, height
        shown.board.search("")
        QtWidgets.QApplication.processEvents()


def test_a_search_leaves_what_it_finds_and_shows_the_rest(shown: Shown) -> None:
    shown.board.search("MAIN o")
    names = [shown.board.model.card(scan_id) for scan_id in shown.board.scan_ids]
    assert [card.name for card in names if card] == [
        "mobile-gateway", "billing-core", "infra-terraform", "notify-hub", "docs-site",
    ]  # fmt: skip
    bar = part(shown.board, QtWidgets.QWidget, "hidden_scans")
    assert bar.findChildren(QtWidgets.QLabel)[0].text() == "7 scans hidden."
    shown.board.scope_first()
    assert shown.scoped == [shown.id("mobile-gateway")]
    shown.board.search("")
    assert bar.isHidden()
    assert len(shown.board.scan_ids) == 12


def test_a_click_on_a_stage_picks_it(shown: Shown) -> None:
    strip = shown.plan("payments-api").strip
    place = QPointF(strip.left() + strip.width() * 5.5 / 9, strip.center().y() - 6)
    QTest.mouseClick(shown.board.view.viewport(), LEFT, pos=place.toPoint())
    assert shown.staged == [(shown.id("payments-api"), "hunt")]
    assert shown.scoped == [shown.id("payments-api")]


def test_the_keyboard_walks_along_the_stages_of_a_card(shown: Shown) -> None:
    view = shown.board.view
    view.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(4):
        QTest.keyClick(view, Qt.Key.Key_Down)
    assert view.currentIndex().data() == "payments-api"
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Left)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert shown.staged == [(shown.id("payments-api"), "hunt")]
    QTest.keyClick(view, Qt.Key.Key_Escape)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert shown.opened == [shown.id("payments-api")]


def test_the_list_and_its_strips_have_words(shown: Shown) -> None:
    assert shown.board.view.accessibleName() == "Scans"
    row = shown.board.model.row_of(shown.id("payments-api"))
    assert row is not None
    reported = shown.board.model.index(row).data(Qt.ItemDataRole.AccessibleDescriptionRole)
    assert reported == "stage 7 of 9, vidarr, running 3:12".replace("vidarr", "víðarr")


def test_a_page_opens_only_after_the_host_was_named(shown: Shown) -> None:
    choose(menu_of(shown, "web-shop"), "Open in browser")
    host = part(shown.board, QtWidgets.QLabel, "link-host")
    assert host.text() == "Open heimdall.corp.example in the browser?"


def menu_of(shown: Shown, name: str) -> QtWidgets.QMenu:
    return shown.board.scans.make_menu(shown.id(name))


def choose(menu: QtWidgets.QMenu, text: str) -> None:
    next(action for action in menu.actions() if action.text().startswith(text)).trigger()


def test_the_menu_asks_and_copies(shown: Shown) -> None:
    menu, scan_id = menu_of(shown, "web-shop"), shown.id("web-shop")
    choose(menu, "Refresh")
    choose(menu, "Stop watching")
    assert shown.requests.asked == [("again", scan_id), ("stop", scan_id)]
    choose(menu, "Copy scan ID")
    assert QGuiApplication.clipboard().text() == scan_id
    choose(menu, "Copy link")
    assert QGuiApplication.clipboard().text() == f"https://heimdall.corp.example/scans/{scan_id}"
    choose(menu, "Copy heimdall:// link")
    own = f"heimdall://heimdall.corp.example/scan/{scan_id}"
    assert QGuiApplication.clipboard().text() == own
    choose(menu, "Show stages")
    assert shown.opened == [scan_id]


def test_an_ended_scan_can_be_compared_from_its_menu(shown: Shown) -> None:
    wanted: list[str] = []
    shown.board.scans.compare_wanted.connect(wanted.append)
    for name in ("web-shop", "notify-hub"):
        choose(menu_of(shown, name), "Compare with")
    assert wanted == [shown.id("notify-hub")], "the other one runs"


def test_the_menu_opens_at_the_card(shown: Shown) -> None:
    shown.board.view.menu_wanted.emit(shown.id("web-shop"), QPoint(10, 10))
    menu = part(shown.board, QtWidgets.QMenu, "scan_menu")
    assert menu.isVisible()
    menu.close()


def test_cancelling_is_asked_about_first(shown: Shown) -> None:
    choose(menu_of(shown, "web-shop"), "Cancel scan")
    question = part(shown.board, QuestionDialog, "question")
    assert shown.requests.asked == []
    errors: list[object] = []
    shown.board.scans.request_failed.connect(errors.append)
    press(question, "Cancel scan")
    assert shown.requests.asked == [("cancel", shown.id("web-shop"))]
    error = ServerUnreachable(Reason.ANSWER_TIMED_OUT, host="h.test")
    shown.requests.answer(error)
    assert errors == [error]


def test_an_empty_board_says_so_until_there_are_scans(theme: Theme) -> None:
    shown = Shown(theme, is_empty=True)
    counts: list[int] = []
    shown.board.count_changed.connect(counts.append)
    assert not shown.board.view.isVisible()
    twelve_scans(shown.store, shown.time)
    shown.ticker.flush()
    assert shown.board.view.isVisible()
    assert counts == [12]
    shown.window.close()


@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
@pytest.mark.parametrize("width", [260, 308, 360])
def test_every_width_is_painted(shown: Shown, width: int, direction: Qt.LayoutDirection) -> None:
    shown.board.view.setLayoutDirection(direction)
    shown.board.resize(width, 840)
    assert not shown.board.grab().isNull()
    shown.theme.set_zoom(1.5)
    assert not shown.board.grab().isNull()


def test_the_head_shows_and_offers(theme: Theme) -> None:
    head = BoardHead()
    wanted: list[str] = []
    head.add_button.clicked.connect(lambda: wanted.append("add"))
    head.menu_button.clicked.connect(lambda: wanted.append("menu"))
    head.show_count(12)
    head.show()
    for name in ("board_add", "board_menu"):
        button = part(head, QtWidgets.QWidget, name)
        QTest.mouseClick(button, LEFT)
    assert wanted == ["add", "menu"]
    head.close()


def test_searching_from_the_head(theme: Theme) -> None:
    head = BoardHead()
    texts: list[str] = []
    others: list[str] = []
    head.field.edit.textChanged.connect(texts.append)
    head.field.edit.returnPressed.connect(lambda: others.append("first"))
    head.search_left.connect(lambda: others.append("list"))
    head.show()
    button = head.findChild(QtWidgets.QWidget, "board_search")
    field = head.findChild(QtWidgets.QWidget, "board_search_field")
    assert button is not None
    assert field is not None
    QTest.mouseClick(button, LEFT)
    assert field.isVisible()
    edit = field.findChildren(QtWidgets.QLineEdit)[0]
    QTest.keyClicks(edit, "ab")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    QTest.keyClick(edit, Qt.Key.Key_Down)
    assert others == ["first", "list"]
    edit.setFocus()
    QTest.keyClick(edit, Qt.Key.Key_Escape)
    assert texts == ["a", "ab", ""]
    assert field.isHidden()
    head.close()


def test_the_foot_switches_new_scans_where_there_is_a_server(shown: Shown) -> None:
    switch = part(shown.board, QtWidgets.QCheckBox, "watch-new-scans")
    assert not switch.isVisible()
    shown.board.offer_new_scans(is_offered=True)
    assert switch.isVisible()
    click(switch)
    assert shown.requests.preferences.settings.watches_new
    shown.board.show_new_scans(is_on=False)
    assert not switch.isChecked()
    assert shown.requests.preferences.settings.watches_new


def test_the_server_is_shown_while_every_scan_has_ended(shown: Shown, qtbot: QtBot) -> None:
    notice = part(shown.board, ServerNotice, "server-notice")
    shown.board.offer_new_scans(is_offered=True)
    shown.board.show_server(ServerState(SERVER, Standing.SIGNED_OUT))
    assert notice.isVisible()
    assert notice.accessibleName() == "Signed out. Watching is paused."
    shown.board.show_new_scans(is_on=True)
    assert notice.accessibleName() == "Signed out. New scans aren't being watched."
    words = part(notice, QtWidgets.QLabel, "server-notice-words")
    assert words.text() == "Signed out.\u2028New scans aren't being watched."
    button = part(notice, QtWidgets.QPushButton, "server-notice-action")
    assert button.accessibleName() == "Sign in"
    with qtbot.waitSignal(shown.board.notice.sign_in_wanted):
        click(button)
    shown.board.show_server(ServerState(SERVER, Standing.UNREACHABLE))
    assert words.text().startswith("No response.\u2028")
    assert button.accessibleName() == "Retry now"
    click(button)
    assert shown.requests.asked[-1] == ("again", None)
    shown.board.show_server(ServerState(SERVER))
    assert not notice.isVisible()
    shown.board.show_new_scans(is_on=False)
    for scan in list(shown.store):
        shown.store.remove(scan.id)
    shown.ticker.flush()
    shown.board.show_server(ServerState(SERVER, Standing.SIGNED_OUT))
    assert not notice.isVisible(), "without scans only if new ones are wanted"
    shown.board.show_new_scans(is_on=True)
    assert notice.isVisible()


def test_the_scan_in_scope_stands_out_wherever_the_keyboard_is(shown: Shown) -> None:
    field = QtWidgets.QLineEdit(shown.window)
    field.show()
    shown.window.activateWindow()
    assert QTest.qWaitForWindowActive(shown.window)
    shown.click("web-shop")
    for place in (shown.board.view, field):
        place.setFocus()
        image = shown.board.view.viewport().grab().toImage()
        assert image.pixelColor(1, shown.place("web-shop").y()) == shown.theme.tokens.accent


def test_the_foot_of_the_board_grows_with_its_words(shown: Shown, qtbot: QtBot) -> None:
    shown.board.offer_new_scans(is_offered=True)
    switch = part(shown.board, QtWidgets.QWidget, "watch-new-scans")
    foot = next(pane for pane in shown.board.findChildren(Pane) if pane.isAncestorOf(switch))
    before = foot.height()
    shown.theme.set_zoom(2.0)
    qtbot.waitUntil(lambda: foot.height() == 2 * before)


def test_assistive_technology_scopes_by_a_card_and_back_by_its_action(shown: Shown) -> None:
    view = shown.board.view
    for name in ("payments-api", "web-shop"):
        select(view, shown.row_of(name))
        assert shown.board.view.scope == shown.id(name)
        assert [index.row() for index in view.selectedIndexes()] == [shown.row_of(name)]
    toggle(view, shown.row_of("web-shop"))
    assert shown.board.view.scope is None
    assert shown.scoped == [shown.id("payments-api"), shown.id("web-shop"), ""]
    assert shown.opened == []


def test_no_key_selects_more_than_one_card(shown: Shown) -> None:
    shown.board.view.setFocus()
    for key, modifier in ((Qt.Key.Key_A, CONTROL), (Qt.Key.Key_Down, SHIFT)):
        QTest.keyClick(shown.board.view, key, modifier)
        QtWidgets.QApplication.processEvents()
    assert (shown.board.view.selectedIndexes(), shown.scoped) == ([], [])


def test_it_says_the_fact_and_the_ways_without_a_button(theme: Theme, owned: Owned) -> None:
    board = owned(EmptyBoard())
    board.resize(308, 800)
    board.show()
    theme.set_zoom(1.5)
    labels = board.findChildren(QtWidgets.QLabel)
    assert labels[0].text() == "No scans watched yet."
    assert max(label.geometry().bottom() for label in labels) < 150
    assert not board.findChildren(QtWidgets.QPushButton)


def test_a_scan_is_recorded_to_the_file_that_is_chosen(shown: Shown, tmp_path: Path) -> None:
    scan_id, file = shown.id("web-shop"), tmp_path / "web-shop.heimdall.jsonl"
    choose(menu_of(shown, "web-shop"), "Record to a file")
    dialog = part(shown.window, QtWidgets.QFileDialog, "recording-file")
    assert Path(dialog.selectedFiles()[0]).name.startswith("web-shop-20")
    dialog.fileSelected.emit(str(file))
    dialog.done(0)
    assert shown.requests.asked == [("record", scan_id, file)]
    shown.requests.recordings.reported[scan_id] = RecordingState(file.name, 0.0, 1)
    choose(menu_of(shown, "web-shop"), "Stop recording")
    assert shown.requests.asked[1:] == [("stop recording", scan_id)]


def test_what_a_scan_is_beside_being_watched_stands_behind_its_name(shown: Shown) -> None:
    scan_id = shown.id("web-shop")
    shown.store.tag(scan_id, Tag.RECORDING)
    shown.store.tag(scan_id, Tag.DEMO)
    shown.ticker.flush()
    card = shown.board.model.card(scan_id)
    assert card is not None
    assert card.tags == (Tag.DEMO, Tag.RECORDING)
    assert "Demo, Recording." in card.sentence
    shown.store.tag(scan_id, Tag.RECORDING, is_on=False)
    assert shown.store.tags_of(scan_id) == {Tag.DEMO}


NOW = datetime(2026, 7, 4, 12, tzinfo=UTC)


@pytest.mark.parametrize("width_px", [LEAST_WIDTH_PX, DEFAULT_WIDTH_PX])
def test_the_words_about_the_server_have_room(owned: Owned, width_px: int) -> None:
    notice = owned(ServerNotice())
    state = ServerState(SERVER, Standing.UNREACHABLE, datetime(2024, 7, 4, 12, tzinfo=UTC))
    notice.show_state(state, NOW, watches_new=True)
    notice.resize(width_px, notice.heightForWidth(width_px))
    label = part(notice, QtWidgets.QLabel, "server-notice-words")
    assert label.height() >= label.heightForWidth(label.width())
    assert notice.height() >= BLOCK_PX
