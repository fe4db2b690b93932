"""The texts of the board about scans and servers."""
