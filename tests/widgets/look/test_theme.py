"""Choosing a theme changes colours at once, for the application and for those who listen."""

from pathlib import Path

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.look.app_style import dress
from heimdall_desktop.widgets.look.fonts import Role
from heimdall_desktop.widgets.look.theme import Theme, ThemeMode
from heimdall_desktop.widgets.look.tokens import DARK, LIGHT, contrast, luminance


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


def test_what_people_told_their_desktop_is_followed_while_it_runs(
    qapp: QApplication, resources: Path, qtbot: QtBot
) -> None:
    theme = Theme(resources, ThemeMode.SYSTEM)
    dress(qapp, theme)
    before = theme.tokens
    with qtbot.waitSignal(theme.changed):
        theme.follow_desktop(before is LIGHT, have_high_contrast=False)
    assert theme.tokens is (DARK if before is LIGHT else LIGHT)
    with qtbot.waitSignal(theme.changed):
        theme.follow_desktop(None, have_high_contrast=False)
    assert theme.tokens is before


def test_whoever_has_chosen_colours_keeps_them(theme: Theme, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(theme.changed):
        theme.follow_desktop(True, have_high_contrast=True)
    assert theme.tokens is LIGHT
    theme.set_mode(ThemeMode.SYSTEM)
    assert theme.tokens.hairline == theme.tokens.text
    theme.follow_desktop(True, have_high_contrast=False)
    assert theme.tokens is DARK


def test_high_contrast_can_be_chosen_by_hand(theme: Theme, qapp: QApplication) -> None:
    theme.set_mode(ThemeMode.CONTRAST)
    assert contrast(theme.tokens.text, theme.tokens.window) >= 7
    assert luminance(theme.tokens.text) < luminance(theme.tokens.window)
    assert qapp.palette().window().color() == theme.tokens.window
    theme.follow_desktop(True, have_high_contrast=False)
    assert theme.tokens.text == QColor("#ffffff")
    assert theme.is_dark
    theme.set_mode(ThemeMode.LIGHT)
    assert theme.tokens is LIGHT
