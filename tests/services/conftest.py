"""A private bus for each test, and tasks none of which may fail."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from heimdall_desktop.application.base.tasks import Tasks
from tests.fakes.notification_daemons import PrivateBus


@pytest.fixture
def bus(tmp_path: Path, private_desktop: None) -> Iterator[PrivateBus]:
    """A bus on which nothing starts by itself."""
    with PrivateBus(tmp_path) as bus:
        yield bus


@pytest.fixture
async def tasks() -> AsyncIterator[Tasks]:
    """The tasks of what is tested."""
    errors: list[BaseException] = []
    tasks = Tasks(lambda _name, error: errors.append(error))
    yield tasks
    await tasks.aclose()
    assert errors == []
