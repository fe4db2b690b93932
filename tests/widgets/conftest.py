"""What every widget test needs: a theme that found its icons."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol, TypeVar

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.look.app_style import dress
from heimdall_desktop.widgets.look.theme import Theme, ThemeMode
from tests.fakes.findings import WatchedFindings

AnyWidget = TypeVar("AnyWidget", bound=QWidget)
RESOURCES = Path(__file__).parents[2] / "resources"


@pytest.fixture
def resources() -> Path:
    return RESOURCES


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    system_font, system_palette = qapp.font(), qapp.palette()
    theme = Theme(RESOURCES, ThemeMode.LIGHT)
    dress(qapp, theme)
    yield theme
    theme.deleteLater()
    qapp.setFont(system_font)
    qapp.setPalette(system_palette)


@pytest.fixture
def watched(qapp: QApplication) -> WatchedFindings:
    watched = WatchedFindings()
    watched.watch("payments-api")
    return watched


class Owned(Protocol):
    """Has a widget deleted at the end of the test."""

    def __call__(self, widget: AnyWidget, /) -> AnyWidget:
        """Return the widget."""


@pytest.fixture
def owned(theme: Theme, qtbot: QtBot) -> Owned:
    def own(widget: AnyWidget, /) -> AnyWidget:
        qtbot.addWidget(widget)
        return widget

    return own
