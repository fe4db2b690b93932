"""Exporting findings: the dialog, and the report as PDF pages."""
