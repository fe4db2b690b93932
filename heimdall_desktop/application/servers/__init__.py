"""The servers: sessions, accounts, sleep and network changes, the self-test."""
