"""Fuzzing by hand: `python -m tests.fuzz event_stream --minutes 10`."""
