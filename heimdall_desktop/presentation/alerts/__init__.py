"""The texts of alerts, the inbox that keeps them, and the announcements that are read aloud."""
