"""How to fix a finding."""

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.application.window_memory import WindowMemory
from heimdall_desktop.presentation.detail.verdict_text import Advisory
from heimdall_desktop.widgets.detail.fix_view import ROWS_LIMIT, AdvisoryList, FixView
from heimdall_desktop.widgets.detail.history_view import field_rows
from heimdall_desktop.widgets.detail.shown_patches import ShownPatches
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.findings import make_finding
from tests.fakes.hands import click, part, press
from tests.fakes.requests import RecordedRequests

MANIFEST = {
    "name": "lodash",
    "installed_version": "4.17.11",
    "fixed_versions": "4.17.12, 4.17.21",
    "odd_thing": "1",
    "advisory_id": "GHSA-p6mc-m468-83gw",
}

CVE = Advisory("CVE-2020-8203", "https://nvd.nist.gov/vuln/detail/CVE-2020-8203")


@pytest.fixture
def view(theme: Theme, qapp: QApplication, qtbot: QtBot) -> FixView:
    patches = ShownPatches(RecordedRequests(), WindowMemory(), qapp)
    view = FixView(patches)
    qtbot.addWidget(view)
    view.resize(400, 600)
    view.show()
    return view


def texts(view: FixView, name: str) -> list[str]:
    edits = part(view, QWidget, name).findChildren(QTextEdit)
    return [edit.toPlainText() for edit in edits if edit.isVisible()]


def test_a_dependency_has_a_table_of_its_versions(view: FixView) -> None:
    view.show_finding(make_finding(manifest=MANIFEST, fix_type="dependency_upgrade"))
    assert texts(view, "fix-manifest") == ["lodash", "4.17.11", "4.17.12, 4.17.21", "1"]
    labels = [label.text() for label in part(view, QWidget, "fix-manifest").findChildren(QLabel)]
    assert labels == ["Package", "Installed", "Fixed in", "Odd thing"]
    assert texts(view, "fix-facts") == ["Dependency upgrade"]
    [label] = part(view, QWidget, "fix-facts").findChildren(QLabel)
    assert label.text() in dict(field_rows(make_finding(fix_type="x"), "shop"))


def test_only_what_is_there_is_shown(view: FixView) -> None:
    view.show_finding(make_finding(fix_summary="Bind the parameter."))
    assert texts(view, "fix-summary") == ["Bind the parameter."]
    for name in ("fix-facts", "fix-manifest", "patch-head"):
        assert not part(view, QWidget, name).isVisible()


def test_it_knows_whether_there_is_a_fix() -> None:
    assert not FixView.has_content(make_finding())
    for name in ("fix_type", "fix_summary", "suggested_patch"):
        assert FixView.has_content(make_finding(1, **{name: "x"}))
        assert not FixView.has_content(make_finding(1, **{name: " \u00a0\n"}))
    assert FixView.has_content(make_finding(manifest=MANIFEST))


def test_advisories_are_asked_for(view: FixView, qtbot: QtBot) -> None:
    view.show_finding(make_finding(manifest=MANIFEST))
    with qtbot.waitSignal(view.page_wanted) as wanted:
        click(part(view, QPushButton, "advisory-link-0"))
    assert wanted.args == ["https://github.com/advisories/GHSA-p6mc-m468-83gw"]


def test_a_dependency_with_any_number_of_fields_shows_the_first(view: FixView) -> None:
    fields = {f"field_{n}": "x" for n in range(ROWS_LIMIT + 5)}
    view.show_finding(make_finding(manifest=fields))
    grid = part(view, QWidget, "fix-manifest")
    last = part(part(grid, QWidget, f"value-{ROWS_LIMIT}"), QTextEdit, "text")
    assert last.toPlainText() == "5 more left out"
    assert grid.findChild(QWidget, f"value-{ROWS_LIMIT + 1}") is None


@pytest.fixture
def advisories(theme: Theme, qtbot: QtBot) -> AdvisoryList:
    advisories = AdvisoryList()
    qtbot.addWidget(advisories)
    advisories.show()
    return advisories


def test_a_link_only_tells_that_it_is_wanted(advisories: AdvisoryList, qtbot: QtBot) -> None:
    advisories.show_advisories((CVE, Advisory("<b>X-1</b>")))
    with qtbot.waitSignal(advisories.page_wanted) as wanted:
        click(part(advisories, QPushButton, "advisory-link-0"))
    assert wanted.args == [CVE.page]
    assert part(advisories, QPushButton, "advisory-link-1").isHidden()
    assert part(advisories, QLabel, "advisory-1").text() == "<b>X-1</b>"
    press(advisories, "Copy")
    assert QGuiApplication.clipboard().text() == "CVE-2020-8203\n<b>X-1</b>"


def test_without_any_it_is_gone(advisories: AdvisoryList) -> None:
    advisories.show_advisories((CVE,))
    advisories.show_advisories(())
    assert advisories.isHidden()
