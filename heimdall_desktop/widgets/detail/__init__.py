"""The detail of one finding, with all its tabs."""
