"""The rows of the findings table: filtered, sorted and grouped."""
