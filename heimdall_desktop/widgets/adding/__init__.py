"""The ways to more scans: first start, signing in, adding, starting."""
