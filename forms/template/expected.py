"""What stands under a key of a template: a map, a list of words, one word, a switch, a whole number; else a fault."""

from __future__ import annotations

import re

from forms.language import N_
from forms.template.tree import Faults, Items, Map, Node, Text

MAX_NAME = 40
_FORBIDDEN = re.compile(r"[\[\]{}|□\n\t]")


def mapping(parent: Map, key: str, faults: Faults) -> Map:
    """The map under `key`; an empty one where there is nothing."""
    node = parent.get(key)
    if isinstance(node, Map):
        return node
    if not _nothing(node):
        faults.add(parent.lines[key], N_("“{key}”下面应是“名称: 内容”各行。"), key=key)
    return Map({}, {}, parent.lines.get(key, parent.line))


def text(parent: Map, key: str, faults: Faults) -> str:
    """The text under `key` as written; empty where there is none."""
    node = parent.get(key)
    if node is not None and not isinstance(node, Text):
        faults.add(parent.lines[key], N_("“{key}”后面应是一段文字。"), key=key)
    return node.text if isinstance(node, Text) else ""


def word(parent: Map, key: str, faults: Faults) -> str:
    """The text under `key` without blanks around it; empty where there is none."""
    return text(parent, key, faults).strip()


def texts(parent: Map, key: str, faults: Faults) -> tuple[str, ...]:
    """The texts listed under `key` as written; a single text is a list of one."""
    node = parent.get(key)
    if node is None or _nothing(node):
        return ()
    items = node.items if isinstance(node, Items) else (node,)
    found = tuple(item.text for item in items if isinstance(item, Text))
    if len(found) != len(items):
        faults.add(parent.lines[key], N_("“{key}”应是一列文字，如 [甲, 乙]。"), key=key)
    return found


def words(parent: Map, key: str, faults: Faults) -> tuple[str, ...]:
    """The texts listed under `key` without blanks around them."""
    return tuple(map(str.strip, texts(parent, key, faults)))


def switch(parent: Map, key: str, faults: Faults) -> bool:
    """Whether `key` is 是; 否 where it is not written."""
    said = word(parent, key, faults)
    if said not in ("", "是", "否"):
        faults.add(parent.lines[key], N_("“{key}”只能写是或否。"), key=key)
    return said == "是"


def whole(parent: Map, key: str, most: int, faults: Faults) -> int | None:
    """The whole number under `key`, from 0 to `most`; None where there is none."""
    number = digits(word(parent, key, faults), most)
    if number is None and key in parent.entries:
        faults.add(parent.lines[key], N_("“{key}”应为整数，至多 {most}。"), key=key, most=most)
    return number


def digits(spelt: str, most: int) -> int | None:
    """The whole number a text spells, None where it spells none or more than `most`."""
    if not spelt.isdecimal() or len(spelt) > len(str(most)):
        return None
    return int(spelt) if int(spelt) <= most else None


def check_name(name: str, line: int, faults: Faults, most: int = MAX_NAME) -> bool:
    """Whether a name or label can be drawn and written in a formula; otherwise a fault."""
    sound = bool(name.strip()) and name == name.strip() and len(name) <= most and not _FORBIDDEN.search(name)
    if not sound:
        faults.add(
            line, N_("名称“{name}”不能用：不能空着、不超过 {most} 字、不含换行和 [ ] { } | □。"), name=name, most=most
        )
    return sound


def _nothing(node: Node | None) -> bool:
    return node is None or (isinstance(node, Text) and not node.text.strip())
