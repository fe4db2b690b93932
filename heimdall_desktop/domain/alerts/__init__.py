"""What is worth an alert, and what the policy makes of it."""
