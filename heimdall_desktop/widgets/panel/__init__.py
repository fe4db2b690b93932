"""The bottom panel: stages, log, inbox and threat model of a scan, and its comparison."""
