"""The embedded Heimdall: a separate server that scans local folders."""
