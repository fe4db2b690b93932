"""Heimdall Desktop: a native monitor for Heimdall security scans."""

__version__ = "0.2.0"
