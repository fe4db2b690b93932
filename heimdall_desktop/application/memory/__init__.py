"""What outlives a session: history, recordings and their replay, preferences."""
