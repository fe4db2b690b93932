"""What the board says of scans and servers."""
