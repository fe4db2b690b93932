"""A test for each trap of heimdall-api.md 8, by its number."""
