"""Commands, the window's title, positions and layout, and the empty table."""
