"""The board scopes, opens, asks and keeps still, by mouse and by keyboard."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QEnterEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QMessageBox, QWidget

from heimdall_desktop.application.store import Store
from heimdall_desktop.domain.errors import ServerUnreachable
from heimdall_desktop.domain.finding import ScanId, Severity
from heimdall_desktop.domain.observation import Connection
from heimdall_desktop.models.scans_model import ROW_ROLE, CardRow
from heimdall_desktop.models.ticker import Ticker
from heimdall_desktop.widgets.board import Board
from heimdall_desktop.widgets.board_head import BoardHead
from heimdall_desktop.widgets.card_plan import CardPlan
from heimdall_desktop.widgets.theme import Theme
from tests.fakes.board_scans import FakeTime, twelve_scans
from tests.fakes.requests import RecordedRequests

LEFT = Qt.MouseButton.LeftButton


class Shown:
    """A board with twelve scans in a window."""

    def __init__(self, theme: Theme, *, is_empty: bool = False) -> None:
        self.time = FakeTime()
        self.store = Store()
        self.stories = {} if is_empty else twelve_scans(self.store, self.time)
        self.ticker = Ticker(self.store)
        self.requests = RecordedRequests()
        self.theme = theme
        self.window = QWidget()
        self.board = Board(
            theme, self.store, self.ticker, self.requests, self.time.clock, self.time.now,
            self.window,
        )  # fmt: skip
        self.ticker.flush()
        self.board.resize(308, 840)
        self.window.resize(308, 840)
        self.window.show()
        self.scoped: list[str] = []
        self.opened: list[str] = []
        self.picked: list[tuple[str, Severity]] = []
        self.board.scan_scoped.connect(self.scoped.append)
        self.board.stages_wanted.connect(self.opened.append)
        self.board.severity_picked.connect(lambda scan, what: self.picked.append((scan, what)))

    def id(self, name: str) -> ScanId:
        return self.stories[name].scan.id

    def place(self, name: str) -> QPoint:
        """A place on the card's name."""
        return self.rect(name).topLeft().toPoint() + QPoint(40, 10)

    def rect(self, name: str) -> QRectF:
        row = self.board.model.row_of(self.id(name))
        assert row is not None
        self.board.view.executeDelayedItemsLayout()
        return QRectF(self.board.view.visualRect(self.board.model.index(row)))

    def click(self, name: str) -> None:
        QTest.mouseClick(self.board.view.viewport(), LEFT, pos=self.place(name))

    def enter(self) -> None:
        point = QPointF(5, 5)
        QApplication.sendEvent(self.board.view, QEnterEvent(point, point, point))

    def leave(self) -> None:
        QApplication.sendEvent(self.board.view, QEvent(QEvent.Type.Leave))

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
    assert shown.board.scope == shown.id("web-shop")
    shown.click("payments-api")
    shown.click("payments-api")
    assert shown.scoped == [shown.id("web-shop"), shown.id("payments-api"), ""]
    assert shown.board.scope is None


def test_the_scope_is_the_selection_and_follows_its_card(shown: Shown) -> None:
    shown.click("web-shop")
    shown.leave()
    shown.stories["web-shop"].hear(Connection.STALE, 60)
    shown.ticker.flush()
    selected = shown.board.view.selectedIndexes()
    assert [index.data() for index in selected] == ["web-shop"]
    assert selected[0].row() == 1


def test_a_scope_set_from_elsewhere_is_not_told(shown: Shown) -> None:
    shown.board.set_scope(shown.id("web-shop"))
    assert shown.scoped == []
    assert [index.data() for index in shown.board.view.selectedIndexes()] == ["web-shop"]


def test_a_scoped_scan_that_leaves_takes_the_scope_along(shown: Shown) -> None:
    shown.click("web-shop")
    shown.store.remove(shown.id("web-shop"))
    shown.ticker.flush()
    assert shown.scoped[-1] == ""
    assert shown.board.scope is None


def test_a_double_click_opens_the_stages(shown: Shown) -> None:
    viewport, place = shown.board.view.viewport(), shown.place("web-shop")
    QTest.mouseClick(viewport, LEFT, pos=place)
    QTest.mouseDClick(viewport, LEFT, pos=place)
    assert shown.opened == [shown.id("web-shop")]
    assert shown.board.scope == shown.id("web-shop")


def test_a_click_on_a_number_picks_its_severity(shown: Shown) -> None:
    plan = CardPlan(
        shown.theme,
        shown.rect("payments-api"),
        shown.board.model.widest_counts,
        has_strip=True,
        direction=Qt.LayoutDirection.LeftToRight,
    )
    for column in (0, 2):
        place = plan.count(column).center().toPoint()
        QTest.mouseClick(shown.board.view.viewport(), LEFT, pos=place)
    scan_id = shown.id("payments-api")
    assert shown.picked == [(scan_id, Severity.CRITICAL), (scan_id, Severity.MEDIUM)]
    assert shown.scoped == [scan_id]
    assert plan.count(0).height() >= 24


def test_a_click_on_a_zero_is_a_click_on_the_card(shown: Shown) -> None:
    plan = CardPlan(
        shown.theme,
        shown.rect("web-shop"),
        shown.board.model.widest_counts,
        has_strip=True,
        direction=Qt.LayoutDirection.LeftToRight,
    )
    place = plan.count(0).center().toPoint()
    QTest.mouseClick(shown.board.view.viewport(), LEFT, pos=place)
    assert shown.picked == []
    assert shown.scoped == [shown.id("web-shop")]


def test_a_click_on_a_head_does_nothing(shown: Shown) -> None:
    QTest.mouseClick(shown.board.view.viewport(), LEFT, pos=QPoint(40, 10))
    assert shown.scoped == []


def test_the_keyboard_walks_scopes_and_opens(shown: Shown) -> None:
    view = shown.board.view
    view.setFocus(Qt.FocusReason.TabFocusReason)
    assert view.currentIndex().data() == "legacy-crm"
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert view.currentIndex().data() == "billing-core"
    assert shown.scoped == []
    QTest.keyClick(view, Qt.Key.Key_Space)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert shown.scoped == [shown.id("billing-core")]
    assert shown.opened == [shown.id("billing-core")]
    for _ in range(3):
        QTest.keyClick(view, Qt.Key.Key_Down)
    assert view.currentIndex().data() == "payments-api"


def test_cards_keep_still_under_the_pointer(shown: Shown) -> None:
    shown.enter()
    shown.stories["web-shop"].hear(Connection.STALE, 60)
    shown.ticker.flush()
    assert shown.first_name() == "legacy-crm"
    shown.leave()
    assert shown.first_name() == "web-shop"


def test_cards_keep_still_while_the_keyboard_is_inside(shown: Shown) -> None:
    view = shown.board.view
    shown.window.activateWindow()
    assert QTest.qWaitForWindowActive(shown.window)
    shown.leave()
    view.clearFocus()
    view.setFocus(Qt.FocusReason.TabFocusReason)
    shown.stories["web-shop"].hear(Connection.STALE, 60)
    shown.ticker.flush()
    assert shown.first_name() == "legacy-crm"
    view.clearFocus()
    assert shown.first_name() == "web-shop"


def test_low_cards_where_full_ones_do_not_fit(shown: Shown) -> None:
    shown.board.resize(308, 700)
    assert shown.rect("web-shop").height() == shown.theme.scale(46)
    assert shown.board.view.is_compact
    shown.board.resize(308, 840)
    assert shown.rect("web-shop").height() == shown.theme.scale(64)


def menu_of(shown: Shown, name: str) -> QMenu:
    return shown.board.make_menu(shown.id(name))


def choose(menu: QMenu, text: str) -> None:
    next(action for action in menu.actions() if action.text().startswith(text)).trigger()


def test_the_menu_asks_and_copies(shown: Shown) -> None:
    menu, scan_id = menu_of(shown, "web-shop"), shown.id("web-shop")
    choose(menu, "Try now")
    choose(menu, "Stop watching")
    assert shown.requests.asked == [("again", scan_id), ("stop", scan_id)]
    choose(menu, "Copy scan id")
    assert QGuiApplication.clipboard().text() == scan_id
    choose(menu, "Copy link")
    assert QGuiApplication.clipboard().text() == f"https://heimdall.corp.example/scans/{scan_id}"
    choose(menu, "Show stages")
    assert shown.opened == [scan_id]


def test_the_menu_opens_at_the_card(shown: Shown) -> None:
    shown.board.view.menu_wanted.emit(shown.id("web-shop"), QPoint(10, 10))
    menu = shown.board.findChild(QMenu, "scan_menu")
    assert menu is not None
    assert menu.isVisible()
    menu.close()


def test_cancelling_is_asked_about_first(shown: Shown) -> None:
    choose(menu_of(shown, "web-shop"), "Cancel scan")
    box = shown.board.findChild(QMessageBox, "cancel_scan")
    assert box is not None
    assert shown.requests.asked == []
    errors: list[object] = []
    shown.board.request_failed.connect(errors.append)
    button = next(button for button in box.buttons() if button.text() == "Cancel scan")
    button.click()
    assert shown.requests.asked == [("cancel", shown.id("web-shop"))]
    error = ServerUnreachable("The server did not answer.", "Try again.")
    shown.requests.answer(error)
    assert errors == [error]


def test_what_has_ended_cannot_be_cancelled(shown: Shown) -> None:
    menu = menu_of(shown, "notify-hub")
    action = next(action for action in menu.actions() if action.text().startswith("Cancel"))
    assert not action.isEnabled()


def test_names_for_assistive_technology(shown: Shown) -> None:
    assert shown.board.view.accessibleName() == "Scans"


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
def test_it_paints_at_every_width_and_direction(
    shown: Shown, width: int, direction: Qt.LayoutDirection
) -> None:
    shown.board.view.setLayoutDirection(direction)
    shown.board.resize(width, 840)
    assert not shown.board.grab().isNull()
    shown.theme.set_zoom(1.5)
    assert not shown.board.grab().isNull()


def test_the_head_tells_and_offers(theme: Theme) -> None:
    head = BoardHead(theme)
    wanted: list[str] = []
    head.add_wanted.connect(lambda: wanted.append("add"))
    head.menu_wanted.connect(lambda: wanted.append("menu"))
    head.show_count(12)
    head.show()
    for name in ("board_add", "board_menu"):
        button = head.findChild(QWidget, name)
        assert button is not None
        QTest.mouseClick(button, LEFT)
    assert wanted == ["add", "menu"]
    head.close()
