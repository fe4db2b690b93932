"""What the tests of alerts share."""

import pytest

from tests.fakes.alert_policy import Alerts


@pytest.fixture
def alerts() -> Alerts:
    return Alerts()
