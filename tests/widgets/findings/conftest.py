"""The table that most of these tests look at."""

import pytest

from tests.fakes.shown_window import ShownTable
from tests.widgets.conftest import Owned


@pytest.fixture
def shown(owned: Owned) -> ShownTable:
    """An empty table."""
    shown = ShownTable()
    owned(shown.pane)
    return shown
