"""What the findings table says: its columns, its rows and the heads of its groups."""
