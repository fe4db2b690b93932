"""The rows of the findings table: listed, in order, in groups."""
