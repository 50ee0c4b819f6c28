"""What stands around the form: library, problems, preview."""
