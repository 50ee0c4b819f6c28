"""The window on the core: widgets, models and threads. No rules, no files, no SQL."""
