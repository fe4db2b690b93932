"""A run of the program: the window's controller, unattended runs, the embedded server."""
