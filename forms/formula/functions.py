"""The closed list of functions: how each is written, what it takes and what it gives."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from forms.errors import FormulaRefused
from forms.formula.syntax import Call, Comparison, Node, Reference
from forms.language import N_

Sort = Literal["value", "column", "truth"]
Wanted = Literal["value", "column", "truth", "items", "either"]


@dataclass(frozen=True, slots=True)
class Function:
    """One function: its way of writing, what its arguments are, and what it gives.

    `items` takes a value or a whole column, `either` a value or a truth. The last `repeats` arguments may be written
    again and again; the first `least` are required.
    """

    usage: str
    takes: tuple[Wanted, ...]
    gives: Wanted = "value"
    least: int = 1
    repeats: int = 0

    def wanted(self, index: int) -> Wanted | None:
        """What argument `index` (from 0) has to be; None where there is no such argument."""
        if index < len(self.takes):
            return self.takes[index]
        return self.takes[-self.repeats :][(index - len(self.takes)) % self.repeats] if self.repeats else None

    def complete(self, count: int) -> bool:
        """Whether `count` arguments are neither too few nor a repetition cut off."""
        return count >= self.least and (not self.repeats or (count - len(self.takes)) % self.repeats == 0)


FUNCTIONS = {
    "SUM": Function("SUM(列或值, …)", ("items",), repeats=1),
    "MIN": Function("MIN(列或值, …)", ("items",), repeats=1),
    "MAX": Function("MAX(列或值, …)", ("items",), repeats=1),
    "COUNTA": Function("COUNTA(列或值, …)", ("items",), repeats=1),
    "AND": Function("AND(条件, …)", ("truth",), "truth", repeats=1),
    "OR": Function("OR(条件, …)", ("truth",), "truth", repeats=1),
    "NOT": Function("NOT(条件)", ("truth",), "truth"),
    "IF": Function("IF(条件, 成立时, 不成立时)", ("truth", "either", "either"), "either", least=3),
    "ABS": Function("ABS(值)", ("value",)),
    "LEN": Function("LEN(值)", ("value",)),
    "LEFT": Function("LEFT(值, 字数)", ("value", "value")),
    "ISBLANK": Function("ISBLANK(值)", ("value",), "truth"),
    "ROUND": Function("ROUND(值, 小数位数)", ("value", "value"), least=2),
    "SUMIFS": Function("SUMIFS(求和列, 条件列, 条件, …)", ("column", "column", "value"), least=3, repeats=2),
    "XLOOKUP": Function("XLOOKUP(查找值, 查找列, 结果列)", ("value", "column", "column"), least=3),
    "不减": Function("不减(列) 或 不减(值, 值, …)", ("items",), "truth", repeats=1),
    "唯一": Function("唯一(列)", ("column",), "truth"),
    "分级汇总": Function("分级汇总(列)", ("column",), "truth"),
    "评分": Function("评分(指标值, 实际值, 分值, 赋分规则, 及格线)", ("value",) * 5, least=3),
}


def find(word: str, position: int) -> str:
    """The function written as `word` in any case and width; raises FormulaRefused naming the nearest one."""
    name = unicodedata.normalize("NFKC", word).upper()
    if name in FUNCTIONS:
        return name
    near = _nearest(name)
    if near:
        raise FormulaRefused(N_("没有函数“{name}”，是不是“{near}”？"), position, name=word, near=near)
    raise FormulaRefused(
        N_("没有函数“{name}”；可用的有 {known}。如果是带括号的名称，请加单引号。"),
        position,
        name=word,
        known=" ".join(FUNCTIONS),
    )


def call(name: str, arguments: Sequence[Node], positions: Sequence[int], position: int) -> Call:
    """A call of `name` whose arguments, written at `positions`, fit it; raises FormulaRefused."""
    function = FUNCTIONS[name]
    wanted = [function.wanted(index) for index in range(len(arguments))]
    if None in wanted or not function.complete(len(arguments)):
        raise FormulaRefused(
            N_("函数“{name}”的参数个数不对，应写成 {usage}。"), position, name=name, usage=function.usage
        )
    for node, want, at in zip(arguments, wanted, positions, strict=True):
        _require_fit(node, want, at)
    _require_together(name, arguments, position)
    return Call(name, tuple(arguments))


def sort(node: Node) -> Sort:
    """Whether `node` gives a value, a whole column or a truth."""
    match node:
        case Comparison():
            return "truth"
        case Reference(name):
            return "column" if name.table else "value"
        case Call("IF", arguments):
            return sort(arguments[1])
        case Call(function, _):
            return "truth" if FUNCTIONS[function].gives == "truth" else "value"
        case _:
            return "value"


def require_value(node: Node, position: int) -> Node:
    """`node`, which has to give a single value; raises FormulaRefused."""
    _require_fit(node, "value", position)
    return node


def _require_fit(node: Node, want: Wanted | None, position: int) -> None:
    given = sort(node)
    if given == want or (want == "items" and given != "truth") or (want == "either" and given != "column"):
        return
    if want == "column":
        raise FormulaRefused(N_("第 {place} 个字处应是一整列，如 表名[列名]。"), position, place=position + 1)
    if want == "truth":
        raise FormulaRefused(N_("第 {place} 个字处应是条件，如 甲 > 0。"), position, place=position + 1)
    if given == "column":
        raise FormulaRefused(N_("第 {place} 个字处的整列要放在 SUM、COUNTA 等函数里。"), position, place=position + 1)
    raise FormulaRefused(N_("第 {place} 个字处应是数值或文字，不能是条件。"), position, place=position + 1)


def _require_together(name: str, arguments: Sequence[Node], position: int) -> None:
    tables = {(one.name.form, one.name.table) for one in arguments if isinstance(one, Reference) and one.name.table}
    if name in ("SUMIFS", "XLOOKUP") and len(tables) > 1:
        raise FormulaRefused(N_("函数“{name}”的各列应在同一张表里。"), position, name=name)
    if name == "IF" and sort(arguments[1]) != sort(arguments[2]):
        raise FormulaRefused(N_("IF 的后两个参数应同为条件，或同为值。"), position)
    if name == "不减" and len(arguments) == 1 and sort(arguments[0]) != "column":
        raise FormulaRefused(N_("函数“不减”应有两个以上的值，或一整列。"), position)


def _nearest(name: str) -> str:
    # Imported here: it is needed only to word a refusal.
    import difflib  # noqa: PLC0415 — as above

    near = difflib.get_close_matches(name, [*FUNCTIONS], 1, 0.6)
    return near[0] if near else ""
