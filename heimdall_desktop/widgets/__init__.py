"""Everything with a name on the screen."""
