"""The library: every filing, its journal and its revisions in one SQLite file."""
