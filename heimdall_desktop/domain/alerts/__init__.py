"""What is worth a notification or an announcement, and the inbox."""
