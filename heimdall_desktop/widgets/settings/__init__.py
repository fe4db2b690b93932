"""The settings window: its pages, and the row of each setting."""
