"""What these tests share with those of the widgets."""

from tests.widgets.conftest import theme

__all__ = ["theme"]
