"""What differs between two filings or two revisions of one: as values, in words, and as a printed 修改对照表."""

from forms.comparison.compare import compare
from forms.comparison.model import Comparison, Difference, Seat, Side, What

__all__ = ["Comparison", "Difference", "Seat", "Side", "What", "compare"]
