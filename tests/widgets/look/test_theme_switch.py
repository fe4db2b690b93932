"""A theme switched with everything open repaints every part, and leaves nothing unreadable."""

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from PySide6.QtGui import QImage, QPalette
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QTabBar, QWidget

from heimdall_desktop.widgets.look.theme import Theme, ThemeMode
from heimdall_desktop.widgets.look.tokens import DARK, LIGHT, Tokens, contrast
from tests.fakes.hands import part
from tests.fakes.shown_window import ShownWindow

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
    assert children <= set(shown.window.findChildren(QWidget)), "nothing is built anew"


def test_every_pane_keeps_the_new_colours_when_it_is_made_larger(
    shown: ShownWindow, theme: Theme
) -> None:
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
        theme.set_mode(ThemeMode.LIGHT if theme.is_dark else ThemeMode.DARK)
        _settle()
        for pane in (shown.detail, shown.panel):
            assert _left_over(pane, old, theme.tokens) <= MOST_LEFT


def test_dialogs_and_menus_that_are_open_take_the_new_colours(
    shown: ShownWindow, theme: Theme
) -> None:
    part(shown.window, QWidget, "board_add").click()  # type: ignore[attr-defined]
    part(shown.window, QWidget, "sign-in").click()  # type: ignore[attr-defined]
    part(shown.window, QWidget, "board_menu").click()  # type: ignore[attr-defined]
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
