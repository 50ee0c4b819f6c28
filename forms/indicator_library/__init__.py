"""Indicators to take over: packs of common ones, and those of the filings of a library, found by a few letters."""

from forms.indicator_library.entry import Entry
from forms.indicator_library.search import IndicatorLibrary
from forms.indicator_library.used import used_in

__all__ = ["Entry", "IndicatorLibrary", "used_in"]
