"""Desktop notifications, with one back end for each operating system."""
