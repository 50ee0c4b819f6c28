"""Packs of indicators: resources/indicators/*.yaml, and files of the same spelling beside a library.

名称: the pack's name; 指标: the entries by 二级, each with 名称 and, as far as usual, 值 单位 依据 说明 类.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from forms.errors import IndicatorsRefused
from forms.files import resource
from forms.indicator_library.entry import Entry
from forms.language import N_
from forms.template.tree import Faults, Items, Map, Node, Text, check_keys, parse

_KEYS = {"名称": "name", "值": "value", "单位": "unit", "依据": "basis", "说明": "description", "类": "category"}


@cache
def shipped() -> tuple[Entry, ...]:
    """The indicators that come with the program."""
    return tuple(entry for path in sorted(resource("indicators").glob("*.yaml")) for entry in read(path))


def own_folder(library: Path) -> Path:
    """Where packs of a library's own people stand."""
    return library.with_name(f"{library.stem}-indicators")


def read(path: Path) -> tuple[Entry, ...]:
    """The entries of one pack. Raises IndicatorsRefused with every fault and its line."""
    faults = Faults()
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        faults.add(0, N_("文件读不出来，或者不是 UTF-8；请另存为 UTF-8 后再放进来。"))
        raise IndicatorsRefused(path.name, faults.found) from error
    root = parse(text, faults)
    found = tuple(_entries(root, path.stem, faults)) if root is not None else ()
    if faults.found:
        raise IndicatorsRefused(path.name, faults.found)
    return found


def _entries(root: Map, stem: str, faults: Faults) -> Iterator[Entry]:
    check_keys(root, ("名称", "指标"), faults)
    name, groups = root.get("名称"), root.get("指标")
    source = name.text if isinstance(name, Text) else stem
    if not isinstance(groups, Map):
        faults.add(root.line, N_("“指标”下面应按二级指标列出各条。"))
        return
    for level2, items in groups:
        if not isinstance(items, Items):
            faults.add(groups.lines[level2], N_("“{name}”下面应是一条条以“-”开头的指标。"), name=level2)
            continue
        for item in items.items:
            if (entry := _entry(item, level2, source, faults)) is not None:
                yield entry


def _entry(item: Node, level2: str, source: str, faults: Faults) -> Entry | None:
    if not isinstance(item, Map):
        faults.add(item.line, N_("每条指标应写成 {shape} 的样子。"), shape="{名称: …, 值: …}")
        return None
    check_keys(item, _KEYS, faults)
    texts = {_KEYS[key]: node.text.strip() for key, node in item if key in _KEYS and isinstance(node, Text)}
    if not texts.get("name"):
        faults.add(item.line, N_("这条指标没有名称。"))
        return None
    return Entry(level2=level2, source=source, **texts)  # type: ignore[arg-type]  # every key is one of the texts
