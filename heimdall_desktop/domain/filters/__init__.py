"""The filter language: what is asked for, how it is typed, and its mistakes."""
