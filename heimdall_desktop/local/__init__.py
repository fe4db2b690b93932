"""The embedded Heimdall: a server of its own that scans local folders."""
