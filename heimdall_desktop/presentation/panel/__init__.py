"""What log, time axis and threat model say."""
