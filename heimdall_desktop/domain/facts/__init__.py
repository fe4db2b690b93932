"""The facts that the server reports, and the scans and findings built from them."""
