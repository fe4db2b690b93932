"""A window that a test leaves open, as a failed one does, is taken away before the next."""

from PySide6.QtWidgets import QApplication

from heimdall_desktop.widgets.theme import Theme
from tests.fakes.shown_window import ShownWindow

LEFT: list[ShownWindow] = []  # as the trace of a failure keeps it


def test_a_window_is_left_open(theme: Theme) -> None:
    shown = ShownWindow(theme).watch_twelve().show()
    shown.read("payments-api")
    LEFT.append(shown)


def test_it_is_gone(qapp: QApplication) -> None:
    assert not QApplication.topLevelWidgets()
    LEFT.clear()
