"""The stages of a scan: their states, their durations, and when they are quiet."""
