"""The dialogs that add scans: first start, sign-in, adding, starting."""
