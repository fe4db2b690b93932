"""What leaves the program as a file or on the clipboard: tables, data and the report."""
