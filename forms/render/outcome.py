"""A rule as an Excel formula that ends as the program judges: 通过, 不通过, or 未填 while inputs are lacking."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from forms.filing import Place
from forms.formula import Formula, Name, Node, Scope, to_excel
from forms.formula.syntax import Call, Chain, Comparison, Reference, Text, children, walk
from forms.render.addresses import Addresses
from forms.values import NUMBERS

HOLDS, BROKEN, PENDING = "通过", "不通过", "未填"

_COUNTING = ("COUNTA", "ISBLANK")  # these take an unread text for something filled in
_LONGEST = 8_191  # characters of a formula, without the =


class _Inexpressible(Exception):
    """Something that the workbook cannot say."""


class Outcome:
    """Writes rules of one workbook; `scope` tells the levels and decimals of its filing.

    `row` is the row of a table or tree that a rule for each row is written for.
    """

    def __init__(self, addresses: Addresses, scope: Scope, row: Place | None = None) -> None:
        self._addresses = addresses
        self._scope = scope
        self._row = row

    def formula(self, rule: Formula) -> str | None:
        """The formula without the = in front; None for a rule Excel cannot judge, such as one on another filing."""
        try:
            text = self._outcome(rule)
        except _Inexpressible:
            return None
        # A key that a list does not have breaks a rule; any other error comes of an input that is no number yet.
        looked_up = any(isinstance(node, Call) and node.function == "XLOOKUP" for node in walk(rule.root))
        text = f'IFERROR({text},"{BROKEN if looked_up else PENDING}")'
        return text if len(text) <= _LONGEST else None

    def _outcome(self, rule: Formula) -> str:
        match rule.root:
            case Call("AND", parts):
                return self._joined(rule, parts, "NOT({})", BROKEN, HOLDS)
            case Call("OR", parts):
                return self._joined(rule, parts, "{}", HOLDS, BROKEN)
        lacking, holds = _any(self._lacking(rule.root)), self._written(rule)
        judged = f'IF({holds},"{HOLDS}","{BROKEN}")'
        return f'IF({lacking},"{PENDING}",{judged})' if lacking else judged

    def _joined(self, rule: Formula, parts: Iterable[Node], decides: str, decided: str, otherwise: str) -> str:
        """One part that is known decides; else the rule waits for the parts that are not."""
        known: list[str] = []
        waiting: list[str] = []
        for part in parts:
            lacking = _any(self._lacking(part))
            decisive = decides.format(self._written(replace(rule, root=part)))
            # IF, for AND would calculate a part whose inputs are no numbers.
            known.append(f"IF({lacking},FALSE,{decisive})" if lacking else decisive)
            waiting += [lacking] if lacking else []
        rest = f'IF({_any(waiting)},"{PENDING}","{otherwise}")' if waiting else f'"{otherwise}"'
        return f'IF({_any(known)},"{decided}",{rest})'

    def _written(self, rule: Formula) -> str:
        text = to_excel(rule, self._locate, self._scope)
        if text is None:
            raise _Inexpressible
        return text

    def _lacking(self, node: Node) -> Iterator[str]:
        """Conditions under which `node` cannot be judged: a side without input, an input that is no number."""
        if isinstance(node, Comparison) and Text("") not in (node.left, node.right):
            yield from self._empty(node.left)
            yield from self._empty(node.right)
        elif not isinstance(node, Comparison) and not (isinstance(node, Call) and node.function == "ISBLANK"):
            yield from self._empty(node)
        for read in _calculated(node):
            name = read.name if isinstance(read, Reference) else _results(read)
            field = self._addresses.field(name, self._row)
            if not field or field.kind not in NUMBERS:
                continue
            if isinstance(read, Reference):
                yield f"COUNT({self._address(name)})<COUNTA({self._address(name)})"
            else:
                yield f"ISTEXT({self._value(read)})"

    def _empty(self, node: Node) -> Iterator[str]:
        match node:
            case Chain((("*" | "/"), *_), operands):
                for operand in operands:
                    yield from self._empty(operand)
            case Call("XLOOKUP", (key, *_)):
                yield from self._empty(key)
                yield f"ISBLANK({self._value(node)})"
            case _:
                names = dict.fromkeys(one.name for one in walk(node) if isinstance(one, Reference))
                if names:
                    yield f"COUNTA({','.join(map(self._address, names))})=0"

    def _value(self, node: Node) -> str:
        return self._written(Formula("", node, frozenset(), is_comparison=False))

    def _locate(self, name: Name) -> str | None:
        return self._addresses.locate(name, self._row)

    def _address(self, name: Name) -> str:
        address = self._locate(name)
        if address is None:
            raise _Inexpressible
        return address


def _calculated(node: Node) -> Iterator[Reference | Call]:
    """The names and looked-up cells whose values are calculated with, not merely counted."""
    match node:
        case Reference():
            yield node
        case Call("XLOOKUP", (key, *_)):
            yield node
            yield from _calculated(key)
        case Call(function) if function in _COUNTING:
            return
        case _:
            for child in children(node):
                yield from _calculated(child)


def _results(lookup: Call) -> Name:
    results = lookup.arguments[-1]
    return results.name if isinstance(results, Reference) else Name("")


def _any(conditions: Iterable[str]) -> str:
    """Conditions joined by OR, each once; empty where there are none."""
    found = list(dict.fromkeys(conditions))
    return found[0] if len(found) == 1 else f"OR({','.join(found)})" if found else ""
