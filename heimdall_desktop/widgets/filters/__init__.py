"""The filter of the findings: its field, its chips, and the named views."""
