"""Formulas evaluated in exact decimals: values of computed fields, verdicts of rules."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import (
    ROUND_HALF_EVEN,
    Context,
    Decimal,
    DecimalException,
    DivisionByZero,
    InvalidOperation,
    Overflow,
    localcontext,
)

from forms.errors import FormulaRefused
from forms.formula.calculation import CHAINS, VALUES
from forms.formula.functions import sort
from forms.formula.measure import OPERATORS, ZERO, Measure, Verdict, compare, is_blank, number, settle, tolerance
from forms.formula.rows import TRUTHS
from forms.formula.scope import UNREAD, Blank, Budget, Failing, Pending, Scalar, Scope, Signal, unfilled, unread
from forms.formula.syntax import (
    Call,
    Chain,
    Comparison,
    Formula,
    Name,
    Negative,
    Node,
    Number,
    Percent,
    Reference,
    Text,
    is_column,
)
from forms.language import N_

# Constants and inputs are exact; only quotients, and results longer than 28 digits, are rounded here.
_CONTEXT = Context(prec=28, rounding=ROUND_HALF_EVEN, traps=[DivisionByZero, InvalidOperation, Overflow])


def evaluate(formula: Formula, scope: Scope, budget: Budget) -> Scalar | bool:
    """Calculate a computed field: its value, or whether it holds where it is a comparison.

    Gives None where every input is blank or a divisor is blank or zero; UNREAD where the value cannot be known: an
    unread input, another form that is not there, a text where a number belongs. Raises BudgetExceeded.
    """
    evaluation = Evaluation(scope, budget)
    try:
        with localcontext(_CONTEXT):
            if formula.is_comparison:
                return evaluation.truth(formula.root).state == "holds"
            result = evaluation.measure(formula.root)
            return None if result.empty else result.value
    except Blank:
        return None
    except (Pending, Failing, DecimalException):
        return UNREAD


def judge(formula: Formula, scope: Scope, budget: Budget) -> Verdict:
    """Judge a rule: it holds, it is broken, or it is pending; with the numbers of the part that decided.

    Pending while one whole side of a comparison has no filled input, or an input it needs is unread. Raises
    BudgetExceeded, and FormulaRefused for a formula that is no comparison.
    """
    if not formula.is_comparison:
        raise FormulaRefused(N_("规则应是条件，如 甲 = 乙 + 丙；“{text}”只是一个值。"), text=formula.text)
    try:
        with localcontext(_CONTEXT):
            return Evaluation(scope, budget).truth(formula.root)
    except Pending as signal:
        return Verdict("pending", message=signal.message, params=signal.params)
    except Failing as signal:
        return Verdict("broken", message=signal.message, params=signal.params)
    except DecimalException:
        return Verdict("broken", message=N_("数字太大，无法计算；请检查填写的数字。"))


class Evaluation:
    """One walk over a formula: `measure` for nodes that give a value, `truth` for those that hold or do not."""

    def __init__(self, scope: Scope, budget: Budget) -> None:
        self.scope = scope
        self.budget = budget

    def measure(self, node: Node) -> Measure:
        """The value of a node; raises Pending, Blank or Failing where it has none."""
        self.budget.spend()
        match node:
            case Number() | Percent() | Text():
                return Measure(node.value)
            case Reference(name):
                return self._reference(name)
            case Negative(operand):
                inner = self.measure(operand)
                return inner._replace(value=-number(inner.value))
            case Chain(operators):
                return CHAINS[operators[0]](self, node)
            case Call("IF", (condition, yes, no)):
                return self.measure(yes if self.holds(condition) else no)
            case Call(function, arguments):
                return VALUES[function](self, arguments)
            case _:
                raise TypeError(node)

    def truth(self, node: Node) -> Verdict:
        """Whether a node holds or is broken; raises Pending, Blank or Failing where that is not known."""
        self.budget.spend()
        match node:
            case Comparison():
                return self._comparison(node)
            case Call("AND", arguments):
                return self._any(arguments, "broken")
            case Call("OR", arguments):
                return self._any(arguments, "holds")
            case Call("NOT", (operand,)):
                inner = self.truth(operand)
                return settle(inner.state == "broken", inner.left, inner.right, column=inner.column, row=inner.row)
            case Call("IF", (condition, yes, no)):
                return self.truth(yes if self.holds(condition) else no)
            case Call(function, arguments):
                return TRUTHS[function](self, arguments)
            case _:
                raise TypeError(node)

    def holds(self, node: Node) -> bool:
        """Whether a condition holds."""
        return self.truth(node).state == "holds"

    def cells(self, name: Name) -> Sequence[Scalar]:
        """The cells of a column, counted against the budget."""
        cells = self.scope.column(name)
        self.budget.spend(len(cells))
        return cells

    def unit(self, name: Name) -> Decimal:
        """The last declared place of a field or column in a rounded form; 0 where figures are exact."""
        return Decimal(1).scaleb(-self.scope.places(name)) if self.scope.rounded else ZERO

    def raw(self, node: Node) -> Sequence[Scalar]:
        """The cells of a column or the one value of another node, unread ones as they are."""
        if is_column(node):
            return self.cells(node.name)
        if isinstance(node, Reference):
            return (self.scope.value(node.name),)
        return (self.measure(node).value,)

    def _reference(self, name: Name) -> Measure:
        value = self.scope.value(name)
        if value is UNREAD:
            raise unread(name)
        if is_blank(value):
            return Measure(None, filled=False)
        return Measure(value, True, 1, self.unit(name))

    def _any(self, parts: Sequence[Node], state: str) -> Verdict:
        # The first part in `state` decides; else one that is not known yet; else the first part's numbers stand.
        others: list[Verdict] = []
        unknown: list[Signal] = []
        for part in parts:
            try:
                verdict = self.truth(part)
            except Signal as signal:
                if isinstance(signal, Failing) and state == "broken":
                    raise
                unknown.append(signal)
            else:
                if verdict.state == state:
                    return verdict
                others.append(verdict)
        if unknown:
            raise min(unknown, key=lambda signal: isinstance(signal, Failing))
        return others[0]

    def _comparison(self, node: Comparison) -> Verdict:
        if sort(node.left) == "truth":
            same = self.holds(node.left) == self.holds(node.right)
            return settle(same == (node.operator == "="))
        left, right = self._sides(node)
        order = compare(left.value, right.value, tolerance(left, right))
        if order is not None:
            return settle(OPERATORS[node.operator](order), left.value, right.value)
        if node.operator in ("=", "<>"):
            return settle(node.operator == "<>", left.value, right.value)
        text = left.value if isinstance(left.value, str) else right.value
        raise Failing(N_("“{text}”不是数字，不能与数字比大小。"), text=str(text))

    def _sides(self, node: Comparison) -> Sequence[Measure]:
        measures: list[Measure] = []
        failing: list[Failing] = []
        for side in (node.left, node.right):
            try:
                measures.append(self.measure(side))
            except Failing as signal:
                failing.append(signal)
        # A comparison with "" asks for blankness itself.
        if any(one.empty for one in measures) and Text("") not in (node.left, node.right):
            raise unfilled()
        if failing:
            raise failing[0]
        return measures
