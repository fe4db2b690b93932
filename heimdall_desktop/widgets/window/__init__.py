"""The windows themselves: what lies in them, what can be done in them, and what is remembered."""
