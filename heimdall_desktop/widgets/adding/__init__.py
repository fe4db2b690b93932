"""The dialogs that add scans: first start, signing in, adding, starting."""
