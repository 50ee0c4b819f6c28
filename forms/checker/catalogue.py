"""The catalogue of checks. A file of checks is entered here once; what is entered runs, is documented and measured."""

from __future__ import annotations

from forms.checker import (
    classes,
    columns,
    completeness,
    coverage,
    directions,
    goals,
    grounds,
    money,
    names,
    numbering,
    parties,
    placeholders,
    repeats,
    targets,
    texts,
    values,
    weights,
    wording,
)
from forms.checker.criteria import Checks, Criterion

_FILES = (
    texts, numbering, placeholders, values, directions, completeness, weights, money,
    targets, names, classes, goals, grounds, repeats, wording, columns, coverage, parties,
)  # fmt: skip

CHECKS: Checks = sum((file.CHECKS for file in _FILES), Checks())

BY_ID: dict[str, Criterion] = {one.id: one for one in CHECKS.criteria}
"""Every criterion by its id."""
