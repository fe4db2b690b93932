"""A window that a test leaves open, as a failed one does, is taken away before the next.

And one that is destroyed while it is seen goes without errors: those of an override that Qt calls
meanwhile may take the whole process with them.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget

from heimdall_desktop.widgets.look.app_style import dress
from heimdall_desktop.widgets.look.theme import Theme, ThemeMode
from tests.fakes.shown_window import ShownWindow

RESOURCES = Path(__file__).parents[1] / "resources"
LEFT: list[ShownWindow] = []  # as the trace of a failure keeps it


def test_a_window_is_left_open(qapp: QApplication) -> None:
    theme = Theme(RESOURCES, ThemeMode.LIGHT)
    dress(qapp, theme)
    shown = ShownWindow().watch_twelve().show()
    shown.read("payments-api")
    LEFT.append(shown)


def test_it_is_gone(qapp: QApplication) -> None:
    assert not QApplication.topLevelWidgets()
    LEFT.clear()


def destroy_later(window: QWidget) -> None:
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.mark.parametrize("destroy", [shiboken6.delete, destroy_later])
def test_a_window_is_destroyed_unclosed(
    qapp: QApplication, destroy: Callable[[QWidget], None]
) -> None:
    theme = Theme(RESOURCES, ThemeMode.LIGHT)
    dress(qapp, theme)
    shown = ShownWindow().watch_twelve().show()
    shown.read("payments-api")
    destroy(shown.window)  # an error in an override fails the test
    assert not shiboken6.isValid(shown.window)
