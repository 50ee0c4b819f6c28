"""The small spellings inside a template: kinds of fields, cells with blanks, and how labels are compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from forms.errors import FormulaRefused
from forms.formula import Formula
from forms.formula import parse as parse_formula
from forms.language import N_
from forms.template.expected import check_name, switch, whole, word, words
from forms.template.model import Blank, Field, Part, Role, Words
from forms.template.tree import Faults, Items, Map, Node, Text, check_keys
from forms.values import Kind

POSITION = "序号"  # the pseudo field of a title: the place of the filing in its set
MONEY_UNITS = ("元", "千元", "万元", "百万元", "亿元")
MAX_CHOICES = 200
_KINDS = {str(kind): kind for kind in Kind}
_ROLES = {str(role): role for role in Role}
_ROLE_KINDS: dict[Role | None, Kind] = {
    Role.DESCRIPTION: Kind.LONG, Role.BASIS: Kind.LONG, Role.REMARK: Kind.LONG,
    Role.WEIGHT: Kind.MONEY, Role.SCORE: Kind.MONEY,  # plain numbers: a role has no money unit
}  # fmt: skip
_ROW_KINDS = (Kind.SERIAL, Kind.ROW_LABEL)  # they number or name the rows of a table
_DECIMALS = (Kind.MONEY, Kind.PERCENT)
# Possessive, or a long run of blanks would be tried at every split.
_TYPE = re.compile(
    r"(?P<kind>[^\s*.(（\d=]++)\s*+(?P<star>\*)?+\s*+(?:[(（](?P<inside>[^()（）]*+)[)）])?+\s*+(?P<required>\*)?+\s*+"
    r"(?P<limit>[1-9]\d{0,5})?+\s*+(?:\.(?P<places>\d))?+\s*+(?:=\s*+(?P<formula>.+))?+"
)
_FIELD_KEYS = ("类型", "必填", "限", "位", "单位", "选项", "说明", "默认", "公式", "角色")
LABEL_TAIL = re.compile(r"[(（](?:单位[:：])?(?:[\u4e00-\u9fff]{0,2}元|%|选填|必填|盖章)[)）]$")
# 中期目标（2026年—2028年）
_LABEL_TERM = re.compile(r"[(（]20[\d×x*]{2}年?度?[-—~至]+20[\d×x*]{2}(?:\+n)?年?度?[)）]$")
_LABEL_YEAR = re.compile(r"^20\d\d年度?(?=\D)")  # 2023年预算数 heads the same column as 2024年预算数
_MOST_TAILS = 3  # 金额（万元）（必填）
_QUOTES = str.maketrans("", "", "“”\"'‘’*:")


@lru_cache(maxsize=4096)
def label_key(text: str) -> str:
    """What two labels share when they are the same label: no blanks, widths, quotes, year before it, unit or 其中."""
    plain = "".join(unicodedata.normalize("NFKC", text).split()).translate(_QUOTES)
    plain = _LABEL_YEAR.sub("", plain) or plain
    plain = plain.removeprefix("其中") or plain
    for _ in range(_MOST_TAILS):
        shorter = _LABEL_TERM.sub("", LABEL_TAIL.sub("", plain))
        if shorter in ("", plain):
            break
        plain = shorter
    return plain


def branch_key(text: str) -> str:
    """`label_key` without the word 指标, which some forms print behind 一级 and 二级 and some do not."""
    plain = label_key(text)
    return plain.removesuffix("指标") or plain


class Owner(StrEnum):
    """Where a field stands; rows are numbered in tables only, roles are played in trees only."""

    FORM = "字段"
    TABLE = "表"
    TREE = "指标"


def read_field(name: str, node: Node, owner: Owner, faults: Faults) -> Field:
    """A field from its spelling: `金额*.2`, `长文*2000`, `金额(元)`, `[甲, 乙]`, or a map with the words spelt out.

    One that cannot be read is a plain text, so that a single mistake is told once.
    """
    check_name(name, node.line, faults)
    if isinstance(node, Items):
        spelt = words(Map({name: node}, {name: node.line}, node.line), name, faults)
        return _checked(Field(name, Kind.CHOICE, choices=_choices(name, spelt, node.line, faults)), node.line, faults)
    if isinstance(node, Text):
        field = _short(name, node, owner, faults)
    else:
        check_keys(node, _FIELD_KEYS, faults)
        kind = node.get("类型")
        start = _short(name, kind, owner, faults) if isinstance(kind, Text) else _untyped(name, node, faults)
        field = _spelt_out(start, node, owner, faults) if start else None
    return _checked(field, node.line, faults) if field else Field(name, Kind.TEXT)


def _untyped(name: str, node: Map, faults: Faults) -> Field | None:
    if "选项" in node.entries:
        return Field(name, Kind.CHOICE)
    role = _ROLES.get(word(node, "角色", faults))
    if role is None:
        faults.add(node.line, N_("“{name}”没有写明“类型”。"), name=name)
        return None
    return Field(name, _ROLE_KINDS.get(role, Kind.TEXT), role=role)


def _short(name: str, node: Text, owner: Owner, faults: Faults) -> Field | None:
    match = _TYPE.fullmatch(node.text.strip())
    spelt = match["kind"] if match else node.text
    kind, role = _KINDS.get(spelt), _ROLES.get(spelt) if owner is Owner.TREE else None
    if kind in _ROW_KINDS and owner is not Owner.TABLE:
        kind = None
    if match is None or (kind is None and role is None):
        faults.add(node.line, N_("“{name}”的类型“{text}”不认识；可用：{kinds}。"), name=name, text=node.text,
                   kinds=_kinds(owner))  # fmt: skip
        return None
    inside = (match["inside"] or "").strip()
    if inside and kind not in (Kind.CHOICE, Kind.MONEY):
        faults.add(node.line, N_("“{name}”的类型后面不能有括号；括号只用来写选项和金额的单位。"), name=name)
    return Field(
        name,
        kind or _ROLE_KINDS.get(role, Kind.TEXT),
        required=bool(match["required"] or match["star"]),
        choices=_choices(name, re.split(r"[,，、]", inside), node.line, faults)
        if kind is Kind.CHOICE and inside
        else (),
        limit=int(match["limit"]) if match["limit"] else None,
        places=int(match["places"]) if match["places"] else None,
        unit=inside if kind is Kind.MONEY else "",
        formula=read_formula(match["formula"], node.line, faults) if match["formula"] else None,
        role=role,
    )


def _kinds(owner: Owner) -> str:
    kinds = [str(kind) for kind in Kind if kind not in _ROW_KINDS or owner is Owner.TABLE]
    return "、".join([*_ROLES, *kinds] if owner is Owner.TREE else kinds)


def _spelt_out(start: Field, node: Map, owner: Owner, faults: Faults) -> Field:
    formula, role = word(node, "公式", faults), word(node, "角色", faults)
    if role and (role not in _ROLES or owner is not Owner.TREE):
        faults.add(node.lines["角色"], N_("“{name}”的角色“{text}”不能用；角色只用在指标里：{roles}。"), name=start.name,
                   text=role, roles="、".join(_ROLES))  # fmt: skip
    limit, places = whole(node, "限", 999_999, faults), whole(node, "位", 9, faults)
    choices = _choices(start.name, words(node, "选项", faults), node.line, faults)
    return replace(
        start,
        kind=Kind.CHOICE if choices else start.kind,
        required=start.required or switch(node, "必填", faults),
        choices=choices or start.choices,
        limit=limit or start.limit,
        places=start.places if places is None else places,
        unit=word(node, "单位", faults) or start.unit,
        default=word(node, "默认", faults),
        help=word(node, "说明", faults),
        formula=read_formula(formula, node.lines["公式"], faults) if formula else start.formula,
        role=_ROLES.get(role, start.role),
    )


def _choices(name: str, spelt: Sequence[str], line: int, faults: Faults) -> tuple[str, ...]:
    choices = tuple(one.strip() for one in spelt)
    if "" in choices or len(set(choices)) != len(choices) or len(choices) > MAX_CHOICES:
        faults.add(line, N_("“{name}”的选项有空的、重复的，或超过 {most} 个。"), name=name, most=MAX_CHOICES)
    return tuple(dict.fromkeys(choices))


def _checked(field: Field, line: int, faults: Faults) -> Field:
    """The field, with what its parts say against each other among the faults."""
    if field.kind is Kind.CHOICE and not field.choices:
        faults.add(line, N_("“{name}”没有写明选项。"), name=field.name)
    if field.unit and (field.kind is not Kind.MONEY or field.unit not in MONEY_UNITS):
        faults.add(line, N_("“{name}”的单位“{unit}”不是金额单位。"), name=field.name, unit=field.unit)
    if field.places is not None and field.kind not in _DECIMALS:
        faults.add(line, N_("“{name}”不是金额或百分比，没有小数位数。"), name=field.name)
    if field.formula is not None and field.formula.is_comparison:
        faults.add(line, N_("“{name}”的公式应算出一个值，不能是比较。"), name=field.name)
    return field


def read_formula(text: str, line: int, faults: Faults) -> Formula | None:
    """A formula, or None with the reason and its line among `faults`."""
    try:
        return parse_formula(text)
    except FormulaRefused as error:
        faults.add(line, N_("公式“{formula}”不能用：{reason}"), formula=text.strip(), reason=error)
        return None


_ESCAPES = {"n": "\n"} | {sign: sign for sign in "|[]@<^#{}\\"}


def unescape(text: str) -> str:
    r"""The words of a cell: `\n` is a line break, `\|` a bar, and so on (语法 1)."""
    return re.sub(r"\\(.)", lambda found: _ESCAPES.get(found[1], found[0]), text)


def split_bars(line: str) -> list[str]:
    """The cells of a line of the drawing: parted at bars that are not escaped."""
    bars = [found.start() for found in re.finditer(r"\\.|\|", line) if found[0] == "|"]
    return [line[start + 1 : end].strip() for start, end in pairwise([-1, *bars, len(line)])]


def read_parts(
    text: str, line: int, fields: Mapping[str, Field], faults: Faults, brackets: str = "[]"
) -> tuple[Part, ...]:
    """The parts of a cell: words, `[字段]`, `[字段□]` (a box for each choice), `[字段□选项]` (one box).

    A title is written with `{}`. A bracket without its partner is a fault.
    """
    parts: list[Part] = []
    for printed, name in _pieces(text, line, faults, brackets):
        if printed:
            parts.append(Words(unescape(printed)))
        if name is not None:
            parts.extend(_blank(name, line, fields, faults))
    return tuple(parts)


def _pieces(text: str, line: int, faults: Faults, brackets: str) -> Iterator[tuple[str, str | None]]:
    opening, closing = map(re.escape, brackets)
    at = 0
    for found in re.finditer(rf"\\.|{opening}([^{opening}{closing}]*+){closing}|[{opening}{closing}]", text):
        if found[1] is not None:
            yield text[at : found.start()], found[1].strip()
            at = found.end()
        elif found[0] in brackets:
            faults.add(line, N_("“{sign}”没有配成一对；要照字面印出，请写成 \\{sign}。"), sign=found[0])
    yield text[at:], None


def _blank(spelt: str, line: int, fields: Mapping[str, Field], faults: Faults) -> Iterator[Part]:
    name, box, choice = (part.strip() for part in spelt.partition("□"))
    if name not in fields and name != POSITION:
        messages = (
            N_("版式中的“{name}”没有在“字段”中定义。"),
            N_("版式中的“{name}”没有在“字段”中定义，是不是“{near}”？"),
        )
        faults.unknown(line, messages, name, fields)
        return
    if not box:
        yield Blank(name)
        return
    known = fields[name].choices if name in fields else ()
    if not known or (choice and choice not in known):
        if known:
            messages = N_("“{field}”没有选项“{name}”。"), N_("“{field}”没有选项“{name}”，是不是“{near}”？")
            faults.unknown(line, messages, choice, known, field=name)
        elif name == POSITION or fields[name].kind is not Kind.CHOICE:
            faults.add(line, N_("“{name}”不是选项，不能画方框。"), name=name)
        yield Blank(name)
        return
    for number, one in enumerate((choice,) if choice else known):
        if number:
            yield Words(" ")
        yield Blank(name, tick=one)
