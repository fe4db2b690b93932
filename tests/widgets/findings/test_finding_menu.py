"""A row is copied, and its menu does what the detail does."""

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QWidget

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.domain.facts.observation import FindingsListed
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.domain.table.group import GroupBy
from heimdall_desktop.widgets.findings.finding_menu import FindingCopies, severity_menu
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.findings import SCAN_ID, finding_id, make_finding
from tests.fakes.hands import part
from tests.fakes.shown_window import ShownTable, ShownWindow, aged
from tests.widgets.conftest import Owned


def opened(shown: ShownTable) -> QMenu:
    """Open the menu by its key, and return it."""
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), QPoint(5, 5))
    QApplication.sendEvent(shown.table.viewport(), event)
    return part(shown.table, QMenu, "findings_menu")


def test_a_row_is_copied_as_text_and_by_its_menu(shown: ShownTable) -> None:
    shown.read([aged(1, title="SQL injection")])
    shown.press(Qt.Key.Key_Home)
    shown.table.menu.copy()
    assert "\tSQL injection\t" in QGuiApplication.clipboard().text()
    menu = opened(shown)
    assert copied(menu, menu.actions()[0].text()).startswith("High\t")
    assert copied(menu, "Copy finding ID") == finding_id(1)
    menu.close()


def test_a_group_is_copied_as_its_rows(shown: ShownTable) -> None:
    shown.read(aged(n, title=f"Finding {n}", file_path="shop/a.py") for n in range(2))
    shown.model.group_by(GroupBy.FILE)
    shown.press(Qt.Key.Key_Home)
    shown.table.menu.copy()
    rows = QGuiApplication.clipboard().text().split("\n")
    assert [row.split("\t")[1] for row in rows] == ["Finding 0", "Finding 1"]


def test_all_that_is_shown_is_marked_as_seen_by_the_menu(shown: ShownTable) -> None:
    shown.end_listing()
    shown.read(aged(n) for n in range(10, 13))
    shown.press(Qt.Key.Key_Home)
    menu = opened(shown)
    menu.actions()[-1].trigger()
    menu.close()
    assert (shown.model.counts.new, list(shown.model.listing.marks)) == (0, [])


class Copies:
    """The lines of a menu that copy a finding; its scan is watched at most."""

    def __init__(self, owned: Owned, scan: Scan | None, **fields: Any) -> None:
        store = Store()
        if scan is not None:
            store.add(scan)
        self.copies, self.menu = FindingCopies(store), owned(QMenu())
        self.copies.add_to(self.menu, make_finding(1, **fields))
        self.lines = {action.text(): action.isEnabled() for action in self.menu.actions()}


def copied(menu: QMenu, text: str) -> str:
    """Trigger the line with this text and return what is on the clipboard."""
    QGuiApplication.clipboard().clear()
    next(action for action in menu.actions() if action.text() == text).trigger()
    return QGuiApplication.clipboard().text()


def test_each_line_copies_what_it_says(owned: Owned) -> None:
    menu = Copies(owned, Scan(SCAN_ID, ServerUrl("https://heimdall.example.org"))).menu
    page = f"https://heimdall.example.org/findings/{finding_id(1)}"
    assert copied(menu, "Copy link") == page
    own = f"heimdall://heimdall.example.org/scan/{SCAN_ID}/finding/{finding_id(1)}"
    assert copied(menu, "Copy heimdall:// link") == own
    assert f"<{page}>" in copied(menu, "Copy as Markdown")
    assert "Bearer $HEIMDALL_TOKEN" in copied(menu, "Copy as curl")
    assert copied(menu, "Copy finding ID") == finding_id(1)


def test_a_finding_of_the_embedded_server_has_no_link_and_says_why(owned: Owned) -> None:
    of = Copies(owned, Scan(SCAN_ID, ServerUrl("http://127.0.0.1:40001"), is_local=True))
    assert of.copies.page(make_finding(1)) == ""
    names = ("Copy link", "Copy heimdall:// link", "Copy as curl")
    assert [of.lines[name] for name in names] == [False] * 3
    assert of.lines["Local scans are available only in this program."] is False
    assert "http" not in copied(of.menu, "Copy as Markdown")


@pytest.mark.parametrize(
    ("server", "is_announced", "why"),
    [
        (
            "http://localhost:8080",
            False,
            "heimdall:// links don't open scans of a server on this computer.",
        ),
        ("https://h.test", True, "This finding hasn't been loaded yet."),
    ],
)
def test_a_disabled_link_says_why(owned: Owned, server: str, is_announced: bool, why: str) -> None:
    lines = Copies(owned, Scan(SCAN_ID, ServerUrl(server)), is_announced=is_announced).lines
    assert (lines["Copy link"], lines["Copy heimdall:// link"], lines[why]) == (True, False, False)


def test_without_its_scan_only_what_needs_no_server_is_offered(owned: Owned) -> None:
    of = Copies(owned, scan=None)
    enabled = [text for text, is_enabled in of.lines.items() if is_enabled]
    assert enabled == ["Copy as Markdown", "Copy finding ID"]
    assert copied(of.menu, "Copy as Markdown").startswith("### High")


def test_many_rows_are_copied_in_three_forms(theme: Theme) -> None:
    shown = ShownWindow().show()
    shown.watch("shop")
    shown.read("shop", 3)
    shown.window.findings.table.setFocus()
    shown.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    menu = shown.window.findings.table.menu.make()
    rows = copied(menu, "Copy 3 rows").splitlines()
    assert [row.split("\t")[0] for row in rows] == ["High", "Medium", "Critical"]
    head, rule, *rows = copied(menu, "Copy 3 rows as Markdown").splitlines()
    assert (head.startswith("| Severity |"), set(rule), len(rows)) == (True, set("| -"), 3)
    head, *rows = copied(menu, "Copy 3 rows as CSV").splitlines()
    assert (head.startswith("Severity,"), len(rows)) == (True, 3)
    menu.close()
    shown.close()


@pytest.fixture
def window(theme: Theme) -> Iterator[ShownWindow]:
    shown = ShownWindow().show()
    shown.watch("shop")
    found = make_finding(
        1, scan_id=shown.id("shop"), file_path="shop/crypto.py", cwe_text="CWE-327: Weak hash"
    )
    shown.store.observe(FindingsListed(found.scan_id, 1.0, (found,)))
    shown.ticker.flush()
    shown.findings.table.setFocus()
    shown.press(Qt.Key.Key_Home)
    yield shown
    shown.close()


def test_the_menu_of_a_row_offers_all_that_its_finding_allows(window: ShownWindow) -> None:
    menu = window.findings.table.menu.make()
    texts = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert {
        *("Comment\tM", "Open in browser\u2026\tB", "Explain with AI", "Verify with AI"),
        *("Only this file", "Only this CWE"),
    } <= set(texts)
    menu.close()


@pytest.mark.parametrize(
    ("text", "filter_text"),
    [("Only this file", "file:shop/crypto.py"), ("Only this CWE", "cwe:327")],
)
def test_a_rows_menu_filters_by_it(window: ShownWindow, text: str, filter_text: str) -> None:
    window.findings.filter_state.set_text("status:open")
    window.press(Qt.Key.Key_Home)
    menu = window.findings.table.menu.make()
    next(action for action in menu.actions() if action.text() == text).trigger()
    menu.close()
    assert window.findings.filter_state.text == f"status:open {filter_text}"
    assert window.findings.model.shown == 1


@pytest.mark.parametrize(
    ("text", "copied_text"),
    [("copy finding id", finding_id(1)), ("copy as curl", f"/api/findings/{finding_id(1)}")],
)
def test_the_palette_copies_of_it(window: ShownWindow, text: str, copied_text: str) -> None:
    QGuiApplication.clipboard().clear()
    window.press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    field = part(window.window, QLineEdit, "palette-input")
    field.setText(text)
    field.textEdited.emit(text)
    window.press(Qt.Key.Key_Return)
    assert copied_text in QGuiApplication.clipboard().text()


def test_severities_are_offered_with_their_shapes(owned: Owned) -> None:
    chosen, parent = list[str](), owned(QWidget())
    actions = severity_menu(parent, "low", chosen.append).actions()
    assert [action.text() for action in actions if action.isChecked()] == ["Low"]
    shapes = [action.icon().pixmap(16).toImage() for action in actions]
    assert all(left != right for left, right in combinations(shapes, 2))
    actions[0].trigger()
    assert chosen == ["critical"]
