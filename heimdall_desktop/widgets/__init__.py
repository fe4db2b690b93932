"""All Qt widgets: everything that is visible on the screen."""
