"""Layout + Filing -> Grid: a form filled, grown and measured."""
