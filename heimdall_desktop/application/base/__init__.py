"""The store of all scans, and the tasks that everything runs in."""
