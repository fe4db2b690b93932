"""One scan below the table: timeline, log and threat model."""
