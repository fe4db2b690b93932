"""Qt models for the data in the store."""
