"""The values and texts that are shown: words for what the domain knows and the services report."""
