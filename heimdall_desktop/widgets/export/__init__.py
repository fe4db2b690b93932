"""Handing findings over: the dialog that exports them, and the report as pages."""
