"""A formula tree printed as text again."""

from __future__ import annotations

from forms.formula.syntax import (
    ATOM,
    BINDING,
    SIGN,
    Call,
    Chain,
    Comparison,
    Name,
    Negative,
    Node,
    Number,
    Percent,
    Reference,
    Text,
)


def unparse(node: Node) -> str:
    """Print `node` in the rule language; parsing the result gives an equal tree."""
    return Printer().text(node)


class Printer:
    """Prints a tree with as few parentheses as it needs; other spellings override single methods."""

    gap = " "

    def text(self, node: Node) -> str:
        """The text of `node`, without parentheses around it."""
        match node:
            case Number(value):
                text = format(value, "f")
            case Percent():
                text = self.percent(node)
            case Text(value):
                text = '"' + value.replace('"', '""') + '"'
            case Reference(name):
                text = self.reference(name)
            case Negative(operand):
                text = "-" + self.operand(operand, SIGN)
            case Chain():
                text = self._chain(node)
            case Comparison():
                text = self.comparison(node)
            case Call():
                text = self.call(node)
        return text

    def operand(self, node: Node, least: int) -> str:
        """The text of `node`, in parentheses where it binds less tightly than `least`."""
        text = self.text(node)
        return text if binding(node) >= least else f"({text})"

    def percent(self, node: Percent) -> str:
        """A number with its percent sign."""
        return format(node.number, "f") + "%"

    def reference(self, name: Name) -> str:
        """A name that is read."""
        return str(name)

    def call(self, node: Call) -> str:
        """A function with its arguments."""
        return f"{node.function}({f',{self.gap}'.join(map(self.text, node.arguments))})"

    def comparison(self, node: Comparison) -> str:
        """Two sides with their operator."""
        return f"{self.operand(node.left, 2)}{self.gap}{node.operator}{self.gap}{self.operand(node.right, 2)}"

    def _chain(self, node: Chain) -> str:
        # Operands of the same binding keep their parentheses: a - (b - c) is another tree than a - b - c.
        first, *rest = (self.operand(one, BINDING[node.operators[0]] + 1) for one in node.operands)
        return first + "".join(
            f"{self.gap}{sign}{self.gap}{one}" for sign, one in zip(node.operators, rest, strict=True)
        )


def binding(node: Node) -> int:
    """How tightly the outermost operator of `node` binds; ATOM where there is none."""
    match node:
        case Negative():
            return SIGN
        case Chain(operators):
            return BINDING[operators[0]]
        case Comparison(operator):
            return BINDING[operator]
        case _:
            return ATOM
