"""The stages of a scan: how they stand, how long they take, when they are quiet."""
