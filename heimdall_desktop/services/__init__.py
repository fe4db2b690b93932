"""Everything that touches the outside: HTTP, keyring, notifications, files."""
