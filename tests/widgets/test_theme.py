"""Choosing a theme changes colours at once, for the application and for those who listen."""

from pathlib import Path

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.fonts import Role
from heimdall_desktop.widgets.theme import Theme, ThemeMode
from heimdall_desktop.widgets.tokens import DARK, LIGHT


def test_a_theme_starts_in_its_mode(qapp: QApplication, resources: Path) -> None:
    assert Theme(resources, ThemeMode.DARK).tokens is DARK
    assert Theme(resources, ThemeMode.LIGHT).tokens is LIGHT


def test_without_a_named_scheme_the_systems_palette_decides(
    qapp: QApplication, resources: Path
) -> None:
    qapp.setPalette(QPalette(DARK.window))
    assert Theme(resources, ThemeMode.SYSTEM).is_dark
    qapp.setPalette(QPalette(LIGHT.window))
    assert not Theme(resources, ThemeMode.SYSTEM).is_dark


def test_choosing_a_mode_repaints_everything(
    theme: Theme, qapp: QApplication, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(theme.changed):
        theme.set_mode(ThemeMode.DARK)
    assert theme.is_dark
    assert qapp.palette().window().color() == DARK.window
    assert DARK.inverse.name() in qapp.styleSheet()


def test_choosing_the_same_colours_says_nothing(theme: Theme, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(theme.changed):
        theme.set_mode(ThemeMode.LIGHT)
    assert theme.mode is ThemeMode.LIGHT


def test_zoom_changes_fonts_and_measures(theme: Theme, qtbot: QtBot) -> None:
    size_pt, row_px = theme.font().pointSizeF(), theme.scale(28)
    with qtbot.waitSignal(theme.changed):
        theme.set_zoom(1.5)
    assert theme.font().pointSizeF() == size_pt * 1.5
    assert theme.scale(28) == round(row_px * 1.5)


def test_a_row_is_never_lower_than_its_text(theme: Theme) -> None:
    assert theme.row_height(28) >= 28
    assert theme.row_height(4) == round(theme.metrics(Role.BODY).height()) + 8


def test_views_and_tables_are_free_of_style_sheets(theme: Theme, qapp: QApplication) -> None:
    assert "View" not in qapp.styleSheet()
    assert "QWidget" not in qapp.styleSheet()
