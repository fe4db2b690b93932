"""The content of exports and of the clipboard: tables, data and the report."""
