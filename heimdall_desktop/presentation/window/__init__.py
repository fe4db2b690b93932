"""Commands, the window's title, places and layout, and the empty table."""
