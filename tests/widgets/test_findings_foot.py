"""The bar counts what is hidden and leads back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.ledger_words import LedgerLine, Soundness
from heimdall_desktop.widgets.findings_foot import FindingsFoot
from heimdall_desktop.widgets.theme import Theme


@pytest.fixture
def bar(theme: Theme, qtbot: QtBot) -> FindingsFoot:
    bar = FindingsFoot(theme)
    qtbot.addWidget(bar)
    return bar


def said(bar: FindingsFoot) -> list[str]:
    return [label.text() for label in bar.findChildren(QLabel) if not label.isHidden()]


def test_it_says_how_far_all_is_checked(bar: FindingsFoot) -> None:
    bar.show_ledger(LedgerLine(Soundness.CHECKED, "2 of 2 findings checked", "Caught up"))
    assert not bar.isHidden()
    assert said(bar) == ["2 of 2 findings checked. Caught up"]
    bar.show_ledger(None)
    assert bar.isHidden()


def test_it_is_there_as_long_as_rows_are_hidden(bar: FindingsFoot) -> None:
    assert bar.isHidden()
    bar.show_hidden(1088)
    assert not bar.isHidden()
    assert said(bar) == ["1\u00a0088 findings are hidden by this filter."]
    bar.show_hidden(1)
    assert said(bar) == ["1 finding is hidden by this filter."]


def test_it_tells_that_new_rows_are_not_followed(bar: FindingsFoot) -> None:
    bar.show_following(is_following=False)
    assert "Following paused" in said(bar)


def test_it_leads_back(bar: FindingsFoot, qtbot: QtBot) -> None:
    bar.show_hidden(3)
    clear = bar.findChild(QPushButton, "findings_foot_clear")
    assert clear is not None
    with qtbot.waitSignal(bar.clear_requested):
        QTest.mouseClick(clear, Qt.MouseButton.LeftButton)
