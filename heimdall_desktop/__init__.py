"""Heimdall Desktop: a native monitor for Heimdall security scans."""
