"""The comments of a template file, each with the key it stands above or beside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import yaml

from forms.template.tree import Items, Map, Node

Comments = Mapping[tuple[str, ...], tuple[str, ...]]
"""By the path of a key (`("字段", "地区")`; items of a list count from 1), without the sign; `()` is the file's end."""

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def comments(text: str, root: Map) -> Comments:
    """The comments of `text`, a sound template file whose tree is `root`."""
    keys = sorted(_keys(root, ()))
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for line, remark in _remarks(text):
        path = next((path for at, path in keys if at >= line), ())
        found[path] = (*found.get(path, ()), remark)
    return found


def _keys(node: Node, path: tuple[str, ...]) -> Iterator[tuple[int, tuple[str, ...]]]:
    if isinstance(node, Map):
        for key, value in node:
            yield node.lines[key], (*path, key)
            yield from _keys(value, (*path, key))
    elif isinstance(node, Items):
        for number, item in enumerate(node.items, 1):
            yield from _keys(item, (*path, str(number)))


def _remarks(text: str) -> Iterator[tuple[int, str]]:
    """Each comment with its line (from 1): what follows the last token of a line, and lines without any."""
    ends: dict[int, int] = {}
    for token in yaml.scan(text, Loader=_Loader):
        start, end = token.start_mark, token.end_mark
        if start.index == end.index:
            continue
        # A text of several lines covers them whole: what looks like a comment there is its words.
        ends.update(dict.fromkeys(range(start.line, end.line), -1))
        if end.column:
            ends[end.line] = max(ends.get(end.line, 0), end.column)
    for number, line in enumerate(text.split("\n")):
        end = ends.get(number, 0)
        rest = "" if end < 0 else line[end:].strip()
        if rest.startswith("#"):
            yield number + 1, rest[1:].strip()
