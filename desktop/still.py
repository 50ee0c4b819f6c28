"""A filing under its rules as it stood at one moment: what jobs print and measure while the person types on."""

from __future__ import annotations

from forms.problem import Problem
from forms.rules import Review


class Still(Review):
    """A copy of a review that never changes: values, computed places, problems and verdicts."""

    def __init__(self, review: Review) -> None:
        # Nothing is settled anew: what the rules found is taken over as it is.
        self.template = review.template
        self.filing = review.filing
        self.computed = dict(review.computed)
        self.pending = dict(review.pending)
        self._problems = review.standing
        self._exportable = review.exportable
        self._verdicts = review.verdicts

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every problem, gravest first."""
        return self._problems

    @property
    def standing(self) -> tuple[Problem, ...]:
        """The same: nothing changes here."""
        return self._problems

    @property
    def exportable(self) -> bool:
        """Whether nothing blocked the export."""
        return self._exportable

    @property
    def verdicts(self) -> dict[str, str]:
        """How each rule stood."""
        return self._verdicts
