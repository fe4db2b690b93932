"""The settings window: its pages, and a row for each setting."""
