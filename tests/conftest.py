"""Settings and fixtures for every test."""

import os

import pytest


@pytest.fixture(scope="session")
def desktop_session() -> None:
    """Only in the private desktop session, never on the bus and the keyring of a real user."""
    if "HEIMDALL_TEST_DESKTOP" not in os.environ:
        pytest.skip("needs packaging/desktop_session.sh, as packaging/dev.sh test starts it")
