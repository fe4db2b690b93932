"""Everything that accesses the outside: HTTP, keyring, notifications, files."""
