"""The rule language: a small subset of Excel's formulas over the Chinese names of a form; README.md is its grammar."""

from forms.errors import BudgetExceeded, FormulaRefused
from forms.formula.evaluation import evaluate, judge
from forms.formula.excel import to_excel
from forms.formula.measure import Verdict
from forms.formula.parser import parse
from forms.formula.printing import unparse
from forms.formula.scope import UNREAD, Budget, Failing, Marker, Pending, Scalar, Scope
from forms.formula.scoring import Scored, scored
from forms.formula.syntax import Formula, Name, Node

__all__ = [
    "UNREAD",
    "Budget",
    "BudgetExceeded",
    "Failing",
    "Formula",
    "FormulaRefused",
    "Marker",
    "Name",
    "Node",
    "Pending",
    "Scalar",
    "Scope",
    "Scored",
    "Verdict",
    "evaluate",
    "judge",
    "parse",
    "scored",
    "to_excel",
    "unparse",
]
