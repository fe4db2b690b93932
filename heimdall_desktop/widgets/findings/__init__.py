"""The findings table and the controls around it."""
