"""The catalogue of checks. A file of checks is entered here once; what is entered runs, is documented and measured."""

from __future__ import annotations

from forms.checker import classes, columns, coverage, goals, grounds, names, parties, repeats, targets, texts, wording
from forms.checker.criteria import Checks, Criterion

_FILES = (texts, targets, names, classes, goals, grounds, repeats, wording, columns, coverage, parties)

CHECKS: Checks = sum((file.CHECKS for file in _FILES), Checks())

BY_ID: dict[str, Criterion] = {one.id: one for one in CHECKS.criteria}
"""Every criterion by its id."""
