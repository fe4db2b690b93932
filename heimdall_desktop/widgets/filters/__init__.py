"""The filter of the findings: its field, its chips, and the saved views."""
