"""A real server's answers as the measure of the client and of the embedded server."""
