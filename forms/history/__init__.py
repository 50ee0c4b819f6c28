"""The life of one filing: every change since it came in, what it was at any point, and the way back to it."""

from forms.history.past import Past, read_past
from forms.history.steps import Step, Stretch, stretches

__all__ = ["Past", "Step", "Stretch", "read_past", "stretches"]
