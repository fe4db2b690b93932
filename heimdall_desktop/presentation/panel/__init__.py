"""The texts of log, time axis, threat model and comparison."""
