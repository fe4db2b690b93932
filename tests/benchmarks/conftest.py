"""What these benchmarks share with the tests of the widgets."""

from tests.widgets.conftest import theme

__all__ = ["theme"]
