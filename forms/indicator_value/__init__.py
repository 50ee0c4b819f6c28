"""Indicator values (≥90%, 2023年12月31日前, 5～10天, 是/否) understood, and written out again."""

from forms.indicator_value.reading import IN_WORDS, Reading, ReadingKind, express, parts
from forms.indicator_value.understand import understand

__all__ = ["IN_WORDS", "Reading", "ReadingKind", "express", "parts", "understand"]
