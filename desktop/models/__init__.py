"""Qt models: adapters over the values of the core."""
