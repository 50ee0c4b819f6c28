"""From text to formula: the grammar of README.md by recursive descent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from forms.errors import FormulaRefused
from forms.formula.functions import call, find, require_value, sort
from forms.formula.syntax import (
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
    walk,
)
from forms.formula.tokens import Token, tokenize
from forms.language import N_

LIMIT = 1_000
DEPTH = 32

_COMPARISONS = ("=", "<>", "<", "<=", ">", ">=")


def parse(text: str) -> Formula:
    """Read a formula of the rule language, at most 1,000 characters and 32 levels deep; an = in front is allowed.

    Raises FormulaRefused with the position (from 0) and what was expected there.
    """
    if len(text) > LIMIT:
        raise FormulaRefused(N_("公式有 {count} 个字，最多 {limit} 个字。"), LIMIT, count=len(text), limit=LIMIT)
    root = _Parser(tuple(tokenize(text))).whole()
    kind = sort(root)
    if kind == "column":
        require_value(root, 0)
    names = frozenset(node.name for node in walk(root) if isinstance(node, Reference))
    return Formula(text, root, names, kind == "truth")


class _Parser:
    """The tokens still to be read and how deep the reader stands; each method reads one rule of the grammar."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    def whole(self) -> Node:
        self._take("=")
        node = self._comparison()
        if self._next.kind != "end":
            raise self._unexpected(N_("第 {place} 个字“{found}”处公式应已结束，或应有运算符。"))
        return node

    def _comparison(self) -> Node:
        start = self._next.position
        left = self._joined()
        operator = self._take(*_COMPARISONS)
        if not operator:
            return left
        middle = self._next.position
        right = self._joined()
        if self._next.kind == "sign" and self._next.text in _COMPARISONS:
            raise self._unexpected(N_("第 {place} 个字“{found}”处不能接着比较；几个比较请写成 AND(…, …)。"))
        if not (sort(left) == sort(right) == "truth" and operator in ("=", "<>")):
            require_value(left, start)
            require_value(right, middle)
        return Comparison(operator, _in_points(left, right), _in_points(right, left))

    def _joined(self) -> Node:
        return self._chain(("&",), self._sum)

    def _sum(self) -> Node:
        return self._chain(("+", "-"), self._product)

    def _product(self) -> Node:
        return self._chain(("*", "/"), self._signed)

    def _chain(self, signs: tuple[str, ...], operand: Callable[[], Node]) -> Node:
        positions = [self._next.position]
        operands = [operand()]
        operators: list[str] = []
        while operator := self._take(*signs):
            operators.append(operator)
            positions.append(self._next.position)
            operands.append(operand())
        if not operators:
            return operands[0]
        return Chain(tuple(operators), tuple(map(require_value, operands, positions)))

    def _signed(self) -> Node:
        position = self._next.position
        if self._take("-"):
            return Negative(require_value(self._deeper(self._signed), position))
        if self._take("+"):
            return require_value(self._deeper(self._signed), position)
        return self._percent()

    def _percent(self) -> Node:
        node = self._single()
        if self._next.kind == "sign" and self._next.text == "%":
            if not isinstance(node, Number):
                raise self._unexpected(N_("第 {place} 个字“{found}”只能写在数字后面，如 25%。"))
            self._take("%")
            return Percent(node.value)
        return node

    def _single(self) -> Node:
        token = self._next
        self._at += token.kind != "end"
        if token.kind == "number":
            return Number(Decimal(token.text))
        if token.kind == "text":
            return Text(token.text)
        if token.kind == "name":
            called = not token.quoted and self._take("(")
            return self._call(token) if called else self._reference(token)
        if token.kind == "sign" and token.text == "(":
            node = self._deeper(self._comparison)
            self._require(")")
            return node
        self._at -= token.kind != "end"
        raise self._unexpected(N_("第 {place} 个字“{found}”处应是数字、文字、名称或函数。"))

    def _call(self, word: Token) -> Node:
        name = find(word.text, word.position)
        arguments: list[Node] = []
        positions: list[int] = []
        if not self._take(")"):
            more = True
            while more:
                positions.append(self._next.position)
                arguments.append(self._deeper(self._comparison))
                more = bool(self._take(","))
            self._require(")")
        return call(name, arguments, positions, word.position)

    def _reference(self, word: Token) -> Node:
        form = ""
        if self._take("!"):
            form, word = word.text, self._next
            if word.kind != "name":
                raise self._unexpected(N_("第 {place} 个字“{found}”处应是名称。"))
            self._at += 1
        if self._next.kind != "column":
            return Reference(Name(word.text, form=form))
        column = self._next.text
        self._at += 1
        return Reference(Name(column, table=word.text, form=form))

    @property
    def _next(self) -> Token:
        return self._tokens[self._at]

    def _take(self, *signs: str) -> str:
        token = self._next
        if token.kind != "sign" or token.text not in signs:
            return ""
        self._at += 1
        return token.text

    def _require(self, sign: str) -> None:
        if not self._take(sign):
            raise self._unexpected(N_("第 {place} 个字“{found}”处应是“{sign}”。"), sign=sign)

    def _deeper(self, rule: Callable[[], Node]) -> Node:
        if self._depth == DEPTH:
            raise self._unexpected(N_("第 {place} 个字“{found}”处括号套得太深，最多 {limit} 层。"), limit=str(DEPTH))
        self._depth += 1
        node = rule()
        self._depth -= 1
        return node

    def _unexpected(self, message: str, **params: str) -> FormulaRefused:
        token = self._next
        if token.kind != "end":
            return FormulaRefused(message, token.position, place=token.position + 1, found=token.text, **params)
        if "sign" in params:
            return FormulaRefused(N_("公式没有写完，结尾处缺少“{sign}”。"), token.position, **params)
        return FormulaRefused(N_("公式没有写完，结尾处缺少数字、文字、名称或函数。"), token.position)


def _in_points(side: Node, other: Node) -> Node:
    # 执行率 >= 90% means points, as the form keeps them; 甲 / 乙 >= 90% means the fraction that Excel means.
    if not isinstance(side, Percent):
        return side
    ratio = any(isinstance(node, Chain) and node.operators[0] in "*/" for node in walk(other))
    return side if ratio else replace(side, points=True)
