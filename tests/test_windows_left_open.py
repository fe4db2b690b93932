"""A window that a test leaves open, as a failed one does, is taken away before the next."""

from pathlib import Path

from PySide6.QtWidgets import QApplication

from heimdall_desktop.widgets.look.theme import Theme, ThemeMode
from tests.fakes.shown_window import ShownWindow

RESOURCES = Path(__file__).parents[1] / "resources"
LEFT: list[ShownWindow] = []  # as the trace of a failure keeps it


def test_a_window_is_left_open(qapp: QApplication) -> None:
    theme = Theme(RESOURCES, ThemeMode.LIGHT)
    theme.apply(qapp)
    shown = ShownWindow(theme).watch_twelve().show()
    shown.read("payments-api")
    LEFT.append(shown)


def test_it_is_gone(qapp: QApplication) -> None:
    assert not QApplication.topLevelWidgets()
    LEFT.clear()
