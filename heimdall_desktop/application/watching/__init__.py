"""Watches one scan: poll, stream, listing, and when its end is believed."""
