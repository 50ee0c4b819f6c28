"""The later forms of a filing's life: 监控 and 自评 on the same indicators, and next year's target from this year's."""

from forms.succession.carry import Carried, Left, Reseated, Taken, carry

__all__ = ["Carried", "Left", "Reseated", "Taken", "carry"]
