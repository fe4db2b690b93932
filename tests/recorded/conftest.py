"""The embedded server on which nothing scans by itself, as its own tests have it."""

from tests.local.conftest import running_server, server

__all__ = ["running_server", "server"]
