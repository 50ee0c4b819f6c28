"""A tree of texts, lists and maps written as a template file: YAML that reads back as the same tree."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import yaml

from forms.template.comments import Comments
from forms.template.spelling import split_bars
from forms.template.tree import Items, Map, Node, Text

_WIDTH = 116  # places of a line; a 汉字 takes two
_WIDEST_CELL = 32  # places up to which the cells of a drawing are padded
_OPEN = ("字段", "说明", "规则", "表", "指标", "树", "页")  # always one entry a line, as a list on paper
_DRAWING = "版式"
_NUMBERS = ("版本", "生效", "失效")  # other readers of YAML would take them for numbers and dates
# In quotes YAML still folds these line ends and skips that mark.
_FOLDED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def write(root: Map, comments: Comments | None = None) -> str:
    """The text of a template's tree, its keys in the order of the tree, its comments above their keys."""
    told = comments or {}
    lines = [*_map(root, (), told), *_remarks((), told, "")]
    return "\n".join(lines) + "\n"


def flow(node: Node) -> str:
    """A node on one line, as it may stand anywhere in a template."""
    if isinstance(node, Text):
        return _scalar(node.text, flow=True)
    if isinstance(node, Items):
        return "[" + ", ".join(map(flow, node.items)) + "]"
    return "{" + ", ".join(f"{_scalar(key, flow=True)}: {flow(value)}" for key, value in node) + "}"


def places(text: str) -> int:
    """How many places a text takes on a line where a 汉字 takes two."""
    return sum(2 if unicodedata.east_asian_width(ch) in "WF" else 1 for ch in text)


def _map(node: Map, path: tuple[str, ...], comments: Comments) -> Iterator[str]:
    for key, value in node:
        here = (*path, key)
        indent = "  " * len(path)
        yield from _remarks(here, comments, indent)
        head = f"{indent}{_scalar(key, flow=False)}:"
        yield from _entry(head, value, here, comments)


def _entry(head: str, node: Node, path: tuple[str, ...], comments: Comments) -> Iterator[str]:
    indent = "  " * len(path)
    if isinstance(node, Text):
        if path[-1] == _DRAWING:
            yield f"{head} |"
            yield from (indent + line for line in drawing_lines(node.text))
        else:
            yield f"{head} {_value(path[-1], node.text)}"
    elif not _is_open(node, path, comments) and places(line := f"{head} {flow(node)}") <= _WIDTH:
        yield line
    elif isinstance(node, Map):
        yield head
        yield from _map(node, path, comments)
    else:
        yield head
        for number, item in enumerate(node.items, 1):
            yield from _item(item, (*path, str(number)), comments)


def _item(item: Node, path: tuple[str, ...], comments: Comments) -> Iterator[str]:
    indent = "  " * (len(path) - 1)
    if isinstance(item, Map) and item.entries and path[-2] in _OPEN:
        first, *rest = _map(item, path, comments)
        while first.lstrip().startswith("#"):  # what is said of the first key stands above the dash
            yield first[2:]
            first, *rest = rest
        yield f"{indent}- {first.lstrip()}"
        yield from rest
    else:
        yield f"{indent}- {flow(item)}"


def _is_open(node: Node, path: tuple[str, ...], comments: Comments) -> bool:
    """Whether a list or map is written one entry a line even where one line would hold it."""
    if isinstance(node, Map) and not node.entries:
        return False
    inside = any(len(one) > len(path) and one[: len(path)] == path for one in comments)
    return inside or (path[-1] in _OPEN and isinstance(node, Map) and len(path) < 4) or path == ("页",)


def _remarks(path: tuple[str, ...], comments: Comments, indent: str) -> Iterator[str]:
    return (f"{indent}# {remark}".rstrip() for remark in comments.get(path, ()))


def drawing_lines(text: str) -> list[str]:
    """The lines of a drawing with their bars in line, so that it looks like the form."""
    rows = [
        [line.strip()] if line.lstrip().startswith("# ") else split_bars(line)
        for line in text.split("\n")
        if line.strip()
    ]
    widths: dict[int, int] = {}
    for row in rows:
        for col, cell in enumerate(row[:-1]):
            if (width := places(cell)) <= _WIDEST_CELL:
                widths[col] = max(widths.get(col, 0), width)
    return [_drawn(row, widths) for row in rows]


def _drawn(row: Sequence[str], widths: Mapping[int, int]) -> str:
    cells = [cell + " " * (widths.get(col, 0) - places(cell)) for col, cell in enumerate(row[:-1])]
    line = " | ".join([*cells, row[-1]]).rstrip()
    return line if row[0] else "|" + line.partition("|")[2]  # a line that begins with blanks would indent the block


def _value(key: str, text: str) -> str:
    return json.dumps(text, ensure_ascii=False) if key in _NUMBERS else _scalar(text, flow=False)


def _scalar(text: str, *, flow: bool) -> str:
    if _is_plain(text, flow=flow):
        return text
    return _FOLDED.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


@cache
def _is_plain(text: str, *, flow: bool) -> bool:
    """Whether a text reads back without quotes, asked of the reader itself: as a value, as a key, within a list."""
    if not text or text != text.strip() or "\n" in text:
        return False
    probes = (f"a: {text}", f"{text}: a", *((f"[{text}]", f"{{{text}: a}}", f"{{a: {text}}}") if flow else ()))
    return all(_texts(probe) in ([text], ["a", text], [text, "a"]) for probe in probes)


def _texts(probe: str) -> list[str] | None:
    try:
        events = list(yaml.parse(probe, Loader=_Loader))
    except (yaml.YAMLError, ValueError):
        return None
    extras = any(getattr(event, "anchor", None) or getattr(event, "tag", None) for event in events)
    collections = sum(isinstance(event, yaml.CollectionStartEvent) for event in events)
    scalars = [event for event in events if isinstance(event, yaml.ScalarEvent)]
    if extras or collections != 1 or any(event.style for event in scalars):
        return None
    return [event.value for event in scalars]
