"""A test for each trap of protocol.md 8, by its number."""
