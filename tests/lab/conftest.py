"""What these tests share with those of the widgets, and of the embedded server."""

from tests.local.conftest import (
    client,
    database,
    lab,
    open_stream,
    running_server,
    scan,
    server,
    stranger,
)
from tests.widgets.conftest import theme

__all__ = [
    "client",
    "database",
    "lab",
    "open_stream",
    "running_server",
    "scan",
    "server",
    "stranger",
    "theme",
]
