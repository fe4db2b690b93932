"""Watches, the store and what the window may ask for: asyncio, no Qt."""
