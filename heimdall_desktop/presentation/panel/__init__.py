"""What log, time axis, threat model and comparison say."""
