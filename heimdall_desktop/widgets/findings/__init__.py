"""The findings table, and what stands around it."""
