"""The window's fixtures, for errands that are done in it."""

from tests.desktop.conftest import chinese_and_light, library, make_window, settings, window

__all__ = ["chinese_and_light", "library", "make_window", "settings", "window"]
