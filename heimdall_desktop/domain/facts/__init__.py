"""What the server tells, and scans and findings as they come of it."""
