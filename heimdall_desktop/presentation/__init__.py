"""What people read: the words for what the domain knows and the services report."""
