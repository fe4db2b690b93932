"""The window that most of these tests look at."""

from collections.abc import Iterator

import pytest

from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.shown_window import ShownWindow


@pytest.fixture
def shown(theme: Theme) -> Iterator[ShownWindow]:
    """A window with the twelve scans of the board."""
    shown = ShownWindow().watch_twelve().show()
    yield shown
    shown.close()
