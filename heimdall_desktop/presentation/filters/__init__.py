"""What the filter language says: its sheet, its offers and its mistakes."""
