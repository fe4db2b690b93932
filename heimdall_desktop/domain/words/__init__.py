"""Texts for people: translation, moments in words, and hostile text made inert."""
