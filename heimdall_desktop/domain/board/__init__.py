"""The board of scans: cards, how each is heard of, and what troubles it."""
