"""The checker: what it finds, what it leaves alone, and that it stays true while people type."""
