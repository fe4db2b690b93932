"""The alert rules, and the policy that decides what is notified."""
