"""The catalogue of checks. A file of checks is entered here once; what is entered runs, is documented and measured."""

from __future__ import annotations

from forms.checker import classes, names, targets, texts
from forms.checker.criteria import Checks, Criterion

CHECKS: Checks = sum((texts.CHECKS, targets.CHECKS, names.CHECKS, classes.CHECKS), Checks())

BY_ID: dict[str, Criterion] = {one.id: one for one in CHECKS.criteria}
"""Every criterion by its id."""
