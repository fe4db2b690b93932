"""The laboratory: a server to be scripted and broken, and a gallery of the window's states."""
