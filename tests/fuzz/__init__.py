"""Fuzzing by hand, guided by coverage: `python -m tests.fuzz event_stream -max_total_time=600`."""
