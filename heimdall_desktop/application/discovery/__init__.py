"""Finds the scans of an account, and lists repositories."""
