"""What is said of the stages of a scan."""
