"""The first page: evidence alone, or with the fix."""

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.application.window_memory import WindowMemory
from heimdall_desktop.widgets.detail.evidence_page import BESIDE_FROM_PX, EvidencePage
from heimdall_desktop.widgets.detail.evidence_view import EvidenceView
from heimdall_desktop.widgets.detail.fix_view import FixView
from heimdall_desktop.widgets.detail.shown_patches import ShownPatches
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.findings import make_finding
from tests.fakes.requests import RecordedRequests

FIXED = make_finding(1, code_snippet="x = 1", fix_summary="Do this.")


@pytest.fixture
def page(theme: Theme, qapp: QApplication, qtbot: QtBot) -> EvidencePage:
    page = EvidencePage(theme, ShownPatches(RecordedRequests(), WindowMemory(), qapp))
    qtbot.addWidget(page)
    page.resize(400, 300)
    page.show()
    return page


def shown(page: EvidencePage) -> list[QWidget]:
    views = [*page.findChildren(EvidenceView), *page.findChildren(FixView)]
    return [view for view in views if view.isVisible()]


def test_the_fix_is_there_only_below_the_table(page: EvidencePage) -> None:
    page.show_finding(FIXED)
    assert len(shown(page)) == 1
    page.set_wide(is_wide=True)
    page.show_finding(FIXED)
    assert len(shown(page)) == 2


@pytest.mark.parametrize(("width", "is_beside"), [(BESIDE_FROM_PX, True), (400, False)])
def test_both_stand_side_by_side_where_they_can_be_read(
    page: EvidencePage, qtbot: QtBot, width: int, is_beside: bool
) -> None:
    page.set_wide(is_wide=True)
    page.resize(width, 300)
    page.show_finding(FIXED)
    evidence, fix = shown(page)
    qtbot.waitUntil(lambda: (fix.y() == evidence.y()) == is_beside)


def test_a_fix_alone_is_content_only_below_the_table(page: EvidencePage) -> None:
    alone = make_finding(2, fix_summary="Do this.")
    assert not page.has_content(alone)
    page.set_wide(is_wide=True)
    assert page.has_content(alone)
