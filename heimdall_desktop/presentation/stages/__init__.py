"""The texts about the stages of a scan."""
