"""What a reviewer would send back: quality checks of a filing as data, run only where a change touched them."""

from forms.checker.checking import Checker

__all__ = ["Checker"]
