"""The words of alerts, the inbox that keeps them, and what is read aloud."""
