"""What leaves the program: notifications and exported files."""
