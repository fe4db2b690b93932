"""The requests that widgets may make, and the writes they lead to."""
