"""What is shown, as values and texts: words for what the domain knows and the services report."""
