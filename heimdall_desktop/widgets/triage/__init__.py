"""Deciding about findings: keys, results, undo, snooze, comments."""
