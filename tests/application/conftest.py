"""Servers and desks for tests of watches; those that need others make their own."""

from tests.fakes.watch_fixtures import desk, hand, hand_desk, server

__all__ = ["desk", "hand", "hand_desk", "server"]
