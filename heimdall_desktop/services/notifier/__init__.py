"""Desktop notifications, one back end a system."""
