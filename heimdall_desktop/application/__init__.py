"""Watches, the store, and the requests that the window may make: asyncio, no Qt."""
