"""The window says news to assistive technology; the words are those of domain/announcements."""

import pytest
from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.facts.finding import Severity
from heimdall_desktop.domain.facts.observation import FindingsListed
from heimdall_desktop.widgets.look.theme import Theme
from heimdall_desktop.widgets.window.announcer import Announcer
from tests.fakes.findings import make_finding
from tests.fakes.shown_window import ShownWindow


@pytest.fixture
def said() -> list[str]:
    return []


def test_a_new_critical_finding_is_said_once(theme: Theme, qtbot: QtBot, said: list[str]) -> None:
    shown = ShownWindow()
    shown.watch("shop")
    shown.read("shop", 9)
    shown.stories["shop"].list_again()
    shown.ticker.flush()
    announcer = shown.window.findChild(Announcer)
    assert announcer is not None
    announcer.said.connect(said.append)
    scan_id = shown.id("shop")
    found = replace(
        make_finding(500_000, title="SQL injection", severity=Severity.CRITICAL), scan_id=scan_id
    )
    asked_s = shown.stories["shop"].asked_s()
    shown.store.observe(FindingsListed(scan_id, asked_s, (found,)))
    shown.ticker.flush()
    shown.time.pass_s(60)
    shown.ticker.second.emit()
    assert said == ["New critical finding in shop: SQL injection."]
    shown.close()
