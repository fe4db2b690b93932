"""The windows: what they contain, what users can do in them, and what is remembered."""
