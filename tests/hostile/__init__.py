"""Answers that are meant to hurt."""
