"""The window as a whole: commands, layout, places, title."""
