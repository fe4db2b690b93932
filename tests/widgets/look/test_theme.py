"""Choosing a theme or zoom changes all open widgets at once, and no text becomes unreadable."""

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFont, QIcon, QImage, QPalette, QPixmap
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QMenu, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.application.memory.preferences import WindowMemory
from heimdall_desktop.models.filter_state import NAME, TableState
from heimdall_desktop.widgets.look.app_style import dress
from heimdall_desktop.widgets.look.theme import Role, Theme, ThemeMode, Weight, Zoom
from heimdall_desktop.widgets.look.tokens import DARK, LIGHT, Tokens, accented, contrast, luminance
from tests.fakes.hands import part
from tests.fakes.shown_window import ShownWindow


def test_a_theme_starts_in_its_mode(qapp: QApplication, resources: Path) -> None:
    assert Theme(resources, ThemeMode.DARK).tokens is DARK
    assert Theme(resources, ThemeMode.LIGHT).tokens is LIGHT


def test_with_no_named_scheme_the_palette_decides(qapp: QApplication, resources: Path) -> None:
    qapp.setPalette(QPalette(DARK.window))
    assert Theme(resources, ThemeMode.SYSTEM).tokens is DARK
    qapp.setPalette(QPalette(LIGHT.window))
    assert Theme(resources, ThemeMode.SYSTEM).tokens is LIGHT


def test_a_chosen_mode_repaints_everything(theme: Theme, qapp: QApplication, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(theme.changed):
        theme.set_mode(ThemeMode.LIGHT)  # the same colours
    assert theme.mode is ThemeMode.LIGHT
    with qtbot.waitSignal(theme.changed):
        theme.set_mode(ThemeMode.DARK)
    assert theme.tokens is DARK
    assert qapp.palette().window().color() == DARK.window


def test_zoom_changes_fonts_and_measures(theme: Theme, qtbot: QtBot) -> None:
    size_pt, row_px = theme.font().pointSizeF(), theme.scale(28)
    with qtbot.waitSignal(theme.changed):
        theme.set_zoom(1.5)
    assert theme.font().pointSizeF() == size_pt * 1.5
    assert theme.scale(28) == round(row_px * 1.5)


def test_a_row_is_never_lower_than_its_text(theme: Theme) -> None:
    assert theme.row_height(28) >= 28
    assert theme.row_height(4) == round(theme.metrics(Role.BODY).height()) + 8


def test_desktop_changes_are_followed(qapp: QApplication, resources: Path, qtbot: QtBot) -> None:
    theme = Theme(resources, ThemeMode.SYSTEM)
    dress(qapp, theme)
    before = theme.tokens
    with qtbot.waitSignal(theme.changed):
        theme.follow_desktop(before is LIGHT, have_high_contrast=False)
    assert theme.tokens is (DARK if before is LIGHT else LIGHT)
    with qtbot.waitSignal(theme.changed):
        theme.follow_desktop(None, have_high_contrast=False)
    assert theme.tokens is before


def test_the_accent_of_the_desktop_is_used_with_its_colours(
    qapp: QApplication, resources: Path, qtbot: QtBot
) -> None:
    theme = Theme(resources, ThemeMode.SYSTEM)
    dress(qapp, theme)
    before = theme.tokens
    green = (0.2, 0.6, 0.3)
    with qtbot.waitSignal(theme.changed):
        theme.follow_desktop(True, have_high_contrast=False, accent=green)
    assert theme.tokens == accented(DARK, green)
    assert theme.tokens.accent == qapp.palette().accent().color()
    theme.follow_desktop(True, have_high_contrast=True, accent=green)
    assert theme.tokens.accent not in (DARK.accent, accented(DARK, green).accent)
    theme.follow_desktop(None, have_high_contrast=False)
    assert theme.tokens is before


def test_the_window_has_the_icon_of_the_program(theme: Theme, qapp: QApplication) -> None:
    sizes = [size.width() for size in qapp.windowIcon().availableSizes()]
    assert sizes == [16, 22, 24, 32, 48, 64, 128, 256]
    small, large = (qapp.windowIcon().pixmap(edge, edge).toImage() for edge in (16, 256))
    assert small.pixelColor(4, 8) == QColor("#F2F7F7"), "the towers are whole pixels"
    assert large.pixelColor(70, 128).lightness() > 200


def test_a_chosen_theme_ignores_the_desktop(theme: Theme, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(theme.changed):
        theme.follow_desktop(True, have_high_contrast=True, accent=(0.2, 0.6, 0.3))
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
    assert theme.tokens.surface == QColor("#000000")
    theme.set_mode(ThemeMode.LIGHT)
    assert theme.tokens is LIGHT


# -- fonts --


@pytest.fixture
def themed(qapp: QApplication, resources: Path) -> Iterator[Callable[..., Theme]]:
    """Make themes for a size of the system font."""
    before = qapp.font()

    def make(size_pt: float, zoom: float = 1.0) -> Theme:
        base = QFont("DejaVu Sans")
        base.setPointSizeF(size_pt)
        qapp.setFont(base)
        return Theme(resources, ThemeMode.LIGHT, zoom=zoom)

    yield make
    qapp.setFont(before)


def test_sizes_are_half_points_of_the_system_font(themed: Callable[..., Theme]) -> None:
    theme = themed(10.0)
    sizes = [theme.font(role).pointSizeF() for role in (Role.BODY, Role.SMALL, Role.TITLE)]
    assert sizes == [10.0, 9.0, 12.5]
    assert themed(8.5).font(Role.MICRO).pointSizeF() == 8.0, "the smallest"


def test_weights_families_and_measures_that_never_shrink(themed: Callable[..., Theme]) -> None:
    theme = themed(10.0)
    assert theme.font(Role.BODY, Weight.SEMIBOLD).weight() == QFont.Weight.DemiBold
    assert theme.font(Role.BODY).family() == "DejaVu Sans"
    assert theme.font(Role.MONO).fixedPitch()
    assert themed(8.0).scale(28) == 28
    assert themed(20.0).scale(28) > 40
    zoomed = themed(9.0, zoom=2.0)
    assert (zoomed.font().pointSizeF(), zoomed.scale(28)) == (18.0, 56)


# -- icons --


INK = QColor("#0A6C6C")


def _inks(pixmap: QPixmap) -> set[str]:
    image = pixmap.toImage()
    points = ((x, y) for x in range(image.width()) for y in range(image.height()))
    pixels = (image.pixelColor(x, y) for x, y in points)
    return {pixel.name() for pixel in pixels if pixel.alpha() == 255}


def test_every_icon_draws_something(theme: Theme, resources: Path) -> None:
    names = [path.stem for path in (resources / "icons").glob("*.svg")]
    assert len(names) > 70
    for name in names:
        assert _inks(theme.pixmap(name, 48, INK, 1.0)), name


def test_an_icon_has_the_colour_and_density_it_is_given(theme: Theme) -> None:
    assert _inks(theme.pixmap("stage-cancelled", 16, INK, 2.0)) == {"#0a6c6c"}
    pixmap = theme.pixmap("ui-close", 14, INK, 1.25)
    assert (pixmap.size(), pixmap.devicePixelRatio()) == (QSize(18, 18), 1.25)


def test_fonts_and_pixmaps_are_made_once(theme: Theme) -> None:
    assert theme.font(Role.SMALL) is theme.font(Role.SMALL)
    assert theme.metrics(Role.SMALL) is theme.metrics(Role.SMALL)
    first = theme.pixmap("ui-close", 16, INK, 1.0)
    assert theme.pixmap("ui-close", 16, QColor(INK), 1.0) is first


def test_an_icon_has_a_disabled_form(theme: Theme) -> None:
    icon, grey = theme.icon("ui-close", 16, INK), theme.tokens.disabled
    for mode, ink in ((QIcon.Mode.Normal, INK), (QIcon.Mode.Disabled, grey)):
        assert _inks(icon.pixmap(QSize(48, 48), 2.0, mode)) == {ink.name()}


def test_an_unknown_name_is_an_error(qapp: QApplication, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Theme(tmp_path).pixmap("ui-close", 16, INK, 1.0)


# -- switch --


GROUNDS = ("window", "surface", "alt", "raised", "field", "track")
MOST_LEFT = 0.002  # labels of badges are white in both themes


@pytest.fixture
def shown(theme: Theme) -> Iterator[ShownWindow]:
    shown = ShownWindow().watch_twelve().show()
    shown.window.open_finding(shown.read("payments-api")[6].id)
    yield shown
    shown.close()


def _settle() -> None:
    for _ in range(3):
        QApplication.processEvents()


def _left_over(widget: QWidget, old: Tokens, new: Tokens) -> float:
    """Return which part of a widget still has a ground of the old theme that the new one lacks."""
    kept = {getattr(new, name).rgb() for name in GROUNDS}
    gone = {getattr(old, name).rgb() for name in GROUNDS} - kept - {new.text.rgb()}
    counts = _colours(widget)
    return sum(counts[colour] for colour in gone) / counts.total()


def _colours(widget: QWidget) -> Counter[int]:
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return Counter(memoryview(image.constBits()).cast("I"))


def _unreadable(root: QWidget) -> list[str]:
    """Return the widgets whose palette would give unreadable text."""
    role = QPalette.ColorRole
    found = []
    for widget in (each for each in root.findChildren(QWidget) if each.isEnabled()):
        palette = widget.palette()
        for ink, ground in ((role.WindowText, role.Window), (role.Text, role.Base)):
            under, over = palette.color(ground), palette.color(ink)
            if under.alpha() and contrast(over, under) < 3:
                colours = f"{over.name()} on {under.name()}"
                found.append(f"{type(widget).__name__} {widget.objectName()} {colours}")
    return found


MODES = [
    (ThemeMode.LIGHT, ThemeMode.DARK),
    (ThemeMode.DARK, ThemeMode.LIGHT),
    (ThemeMode.DARK, ThemeMode.CONTRAST),
]


@pytest.mark.parametrize(("before", "after"), MODES)
def test_every_pane_takes_the_new_colours(
    shown: ShownWindow, theme: Theme, before: ThemeMode, after: ThemeMode
) -> None:
    theme.set_mode(before)
    _settle()
    old = theme.tokens
    children = set(shown.window.findChildren(QWidget))
    theme.set_mode(after)
    _settle()
    assert _left_over(shown.window, old, theme.tokens) <= MOST_LEFT
    assert _unreadable(shown.window) == []
    assert children <= set(shown.window.findChildren(QWidget)), "nothing is built again"


def test_every_pane_keeps_the_colours_when_enlarged(shown: ShownWindow, theme: Theme) -> None:
    theme.set_mode(ThemeMode.LIGHT)
    _settle()
    theme.set_mode(ThemeMode.DARK)
    theme.set_zoom(1.2)
    _settle()
    assert _left_over(shown.window, LIGHT, DARK) < MOST_LEFT
    assert _unreadable(shown.window) == []


def test_every_tab_takes_the_new_colours(shown: ShownWindow, theme: Theme) -> None:
    pages = part(shown.detail, QTabBar, "detail-tabs")
    openings: list[Callable[[], object]] = [
        *(partial(pages.setCurrentIndex, index) for index in range(pages.count())),
        shown.panel.open_log,
        lambda: shown.panel.open_page(2),
    ]
    for open_page in openings:
        old = theme.tokens
        open_page()
        _settle()
        theme.set_mode(ThemeMode.LIGHT if old is DARK else ThemeMode.DARK)
        _settle()
        for pane in (shown.detail, shown.panel):
            assert _left_over(pane, old, theme.tokens) <= MOST_LEFT


def test_open_dialogs_and_menus_take_the_new_colours(shown: ShownWindow, theme: Theme) -> None:
    for name in ("board_add", "sign-in", "board_menu"):
        part(shown.window, QAbstractButton, name).click()
    _settle()
    opened = [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog | QMenu)]
    opened = [widget for widget in opened if widget.isVisible()]
    assert len(opened) >= 3
    theme.set_mode(ThemeMode.DARK)
    _settle()
    for widget in opened:
        assert _left_over(widget, LIGHT, DARK) <= MOST_LEFT, widget.objectName()
        assert _unreadable(widget) == []
        widget.close()


def test_the_shapes_stay_with_high_contrast(shown: ShownWindow, theme: Theme) -> None:
    theme.set_mode(ThemeMode.CONTRAST)
    _settle()
    colours = _colours(shown.window)
    assert colours[theme.tokens.text.rgb()]
    assert colours[theme.tokens.surface.rgb()] > colours.total() / 2


# -- zoom --


def test_follows_what_is_chosen_and_what_was_kept(theme: Theme) -> None:
    usual = theme.scale(100)
    memory = WindowMemory()
    memory.keep(NAME, '{"zoom": 150}')
    state = TableState(memory)
    zoom = Zoom(theme, state)
    assert theme.scale(100) == round(usual * 1.5)
    state.change(lambda table_layout: replace(table_layout, zoom=80))
    assert theme.scale(100) == round(usual * 0.8)
    assert zoom.parent() is state
