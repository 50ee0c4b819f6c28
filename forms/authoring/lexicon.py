"""The words by which the parts of an unknown form are told: resources/lexicons/proposals.yaml and known templates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from forms.files import resource
from forms.importers.synonyms import groups
from forms.template.drawing import LEVEL1, LEVEL2
from forms.template.model import LayoutCell, Role, Template
from forms.template.spelling import branch_key, label_key
from forms.template.tree import Faults, Items, Map, Node, Text, parse
from forms.values import Kind

_NUMBER = re.compile(r"[-+≥≤＞＜><=]?\s*¥?\s*[\d,，.]+\s*[%％‰]?")
_DATE = re.compile(
    r"(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]?\s*(?:\d{1,2}\s*日?)?(?:底|前)?"
    r"|\d{1,2}\s*月\s*(?:底|前|\d{1,2}\s*日)"
)
_PLACEHOLDER = re.compile(r"[^\d:：]{0,4}\d{0,2}\s*[:：]")
_ONLY_SIGNS = re.compile(r"[\W_]*")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words of forms; all keys are folded as labels are (`label_key`). `profile` gives the default of some fields."""

    labels: frozenset[str]
    kinds: dict[str, Kind]
    roles: dict[str, Role]
    levels: dict[str, str]
    branches: frozenset[str]
    limbs: frozenset[str]
    totals: tuple[str, ...]
    names: dict[str, str]
    profile: dict[str, str]
    taxonomy: dict[str, tuple[str, ...]]
    money_units: tuple[str, ...]
    units: tuple[str, ...]
    notes: tuple[str, ...]

    @classmethod
    def of(cls, templates: Iterable[Template] = ()) -> Lexicon:
        """The shipped words, with the labels of `templates` among those that are known."""
        known = _shipped()
        return replace(known, labels=known.labels | {key for one in templates for key in _labels(one)})

    def is_known(self, text: str) -> bool:
        """Whether a text is a label of some form."""
        return label_key(text) in self.labels

    def kind_of(self, label: str) -> Kind | None:
        """What stands beside a label, by the longest of the known endings; None where none fits."""
        key = label_key(label)
        endings = (key[start:] for start in range(len(key)))
        return next((self.kinds[ending] for ending in endings if ending in self.kinds), None)

    def role_of(self, text: str) -> Role | str | None:
        """What a heading is in an indicator table: a level, the role of a column, or None."""
        key = label_key(text)
        return self.levels.get(key) or self.roles.get(key)

    def is_total(self, text: str) -> bool:
        """Whether a text names the sum of the rows above."""
        return label_key(text).endswith(self.totals)

    def is_branch(self, text: str) -> bool:
        """Whether a text is a 一级 or 二级 of indicators, or the dots that stand for more of them."""
        return branch_key(text) in self.branches or is_dots(text)


def is_dots(text: str) -> bool:
    """Whether a text is the dots of “and so on”."""
    return bool(text.strip()) and not text.strip().strip("…. 。·")


def is_placeholder(text: str) -> bool:
    """Whether a text only shows where to write: dots, or a word with its number and a colon (指标1)."""
    lines = (line.strip() for line in text.split("\n"))
    return all(not line or is_dots(line) or _PLACEHOLDER.fullmatch(line) for line in lines)


def counts(texts: Iterable[str]) -> bool:
    """Whether texts are the numbers of rows, one more each, with dots for more of them."""
    numbers = [text.strip(".、．") for text in texts if text and not is_dots(text)]
    return (
        bool(numbers)
        and all(text.isdecimal() for text in numbers)
        and all(int(after) == int(before) + 1 for before, after in pairwise(numbers))
    )


def is_number(text: str) -> bool:
    """Whether a text is a number, a percentage or an amount without its unit."""
    return _NUMBER.fullmatch(text.strip()) is not None


def is_date(text: str) -> bool:
    """Whether a text is a day or a month."""
    return _DATE.fullmatch(text.strip()) is not None


def is_sign(text: str) -> bool:
    """Whether a text has no word in it: a dash, a stroke."""
    return bool(text.strip()) and _ONLY_SIGNS.fullmatch(text.strip()) is not None


def _labels(template: Template) -> Iterator[str]:
    cells: Iterator[LayoutCell] = (cell for sheet in template.sheets for cell in sheet.cells)
    for text in (*(cell.words for cell in cells), *template.fields, *template.aliases):
        if key := label_key(text):
            yield key


@cache
def _shipped() -> Lexicon:
    faults = Faults()
    root = parse(resource("lexicons", "proposals.yaml").read_text(encoding="utf-8"), faults)
    assert root is not None, faults.found  # noqa: S101 — a file of ours
    kinds = {label_key(word): Kind(kind) for kind, words in _words(root, "类型").items() for word in words}
    roles = {label_key(word): Role(role) for role, words in _words(root, "角色").items() for word in words}
    levels = {
        label_key(word): level
        for level, words in zip((LEVEL1, LEVEL2), _rows(root.get("级")), strict=True)
        for word in words
    }
    known = [word for kind in ("列名", "栏目") for group in groups(kind) for word in group]
    labels = {label_key(word) for word in (*known, *_row(root.get("栏目")))} | roles.keys() | levels.keys()
    profile = {label_key(word): f"=档案.{own}" for own, words in _words(root, "档案").items() for word in words}
    branches, limbs = (frozenset(map(branch_key, _row(root.get(key)))) for key in ("分类词", "一级"))
    return Lexicon(
        labels=frozenset(labels - {""}), kinds=kinds, roles=roles, levels=levels, branches=branches, limbs=limbs,
        totals=_row(root.get("合计")), names=_texts(root, "起名"), profile=profile, taxonomy=_words(root, "分类"),
        money_units=_row(root.get("金额单位")), units=_row(root.get("计量单位")), notes=_row(root.get("注")),
    )  # fmt: skip


def _texts(root: Map, key: str) -> dict[str, str]:
    node = root.get(key)
    return {name: one.text for name, one in node if isinstance(one, Text)} if isinstance(node, Map) else {}


def _words(root: Map, key: str) -> dict[str, tuple[str, ...]]:
    node = root.get(key)
    return {name: _row(words) for name, words in node} if isinstance(node, Map) else {}


def _rows(node: Node | None) -> tuple[tuple[str, ...], ...]:
    return tuple(map(_row, node.items)) if isinstance(node, Items) else ()


def _row(node: Node | None) -> tuple[str, ...]:
    return tuple(item.text for item in node.items if isinstance(item, Text)) if isinstance(node, Items) else ()
