"""Advisories as links where there is a page, as texts where there is none."""

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from heimdall_desktop.presentation.detail.advisories import Advisory
from heimdall_desktop.widgets.detail.advisory_list import AdvisoryList
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.hands import click, part, press

CVE = Advisory("CVE-2020-8203", "https://nvd.nist.gov/vuln/detail/CVE-2020-8203")


@pytest.fixture
def advisories(theme: Theme, qtbot: QtBot) -> AdvisoryList:
    advisories = AdvisoryList(theme)
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
