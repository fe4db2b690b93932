"""The filter language: what a filter matches, its syntax and its errors."""
