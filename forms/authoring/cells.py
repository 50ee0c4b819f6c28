"""What a template's tree looks like in the cells of a workbook: plain texts, one a line for a list, else as in YAML."""

from __future__ import annotations

import re

from forms.language import N_
from forms.template.tree import Faults, Items, Map, Node, Text, parse
from forms.template.writing import flow

_STRUCTURED = ("[", "{")
_QUOTE = '"'
_SIGNS = re.compile(r"\\.|[|\n]|\\$", re.MULTILINE)


def spelt(node: Node) -> str:
    """A node as the text of one cell; `said` gives it back."""
    if isinstance(node, Text):
        structured = node.text.lstrip().startswith(_STRUCTURED)
        return flow(node) if structured or "\n" in node.text else plainly(node.text)
    texts = [item.text for item in node.items if isinstance(item, Text)] if isinstance(node, Items) else []
    if len(texts) > 1 and len(texts) == len(getattr(node, "items", ())) and all(map(_is_line, texts)):
        return "\n".join(texts)
    return flow(node)


def _is_line(text: str) -> bool:
    return bool(text) and text == text.strip() and "\n" not in text and not text.startswith((*_STRUCTURED, _QUOTE))


def said(text: str, line: int, faults: Faults) -> Node:
    """The node a cell spells; `line` is the number all of it is known by in faults."""
    if text.lstrip().startswith(_STRUCTURED):
        root = parse("a: " + text.replace("\n", " "), Faults())
        node = root.get("a") if root is not None and len(root.entries) == 1 else None
        if node is None:
            faults.add(line, N_("这一格读不懂：方括号、花括号和引号要成对，逗号和冒号用半角，冒号后面空一格。"))
            return Text("", line)
        return _at(node, line)
    unquoted = plain_text(text)
    if unquoted == text and "\n" in text.strip():
        lines = (one.strip() for one in text.split("\n"))
        return Items(tuple(Text(one, line) for one in lines if one), line)
    return Text(unquoted, line)


def _at(node: Node, line: int) -> Node:
    if isinstance(node, Text):
        return Text(node.text, line)
    if isinstance(node, Items):
        return Items(tuple(_at(item, line) for item in node.items), line)
    return Map({key: _at(value, line) for key, value in node}, dict.fromkeys(node.entries, line), line)


def plainly(text: str) -> str:
    """A text as a cell holds it: in quotes only where the cell would otherwise seem empty or quoted."""
    quoted = text.startswith(_QUOTE) and text.endswith(_QUOTE)
    return flow(Text(text, 0)) if quoted or not text.strip() else text


def plain_text(cell: str) -> str:
    """The text a cell holds; quotes around all of it are taken off where they are a pair."""
    shown = cell.strip()
    if len(shown) < 2 or not (shown.startswith(_QUOTE) and shown.endswith(_QUOTE)):
        return cell
    root = parse("a: " + shown.replace("\n", "\\n"), Faults())
    node = root.get("a") if root is not None and len(root.entries) == 1 else None
    return node.text if isinstance(node, Text) else cell


def drawn(token: str) -> str:
    """A cell of the drawing as it stands on the sheet: bars and line ends are themselves there."""
    shown = _SIGNS.sub(lambda found: {"\\n": "\n", "\\|": "|"}.get(found[0], found[0]), token)
    return shown if shown.strip() else token


def token(cell: str) -> str:
    """A cell of the sheet as the drawing spells it; `drawn` read backwards."""
    spelt = _SIGNS.sub(lambda found: {"\n": "\\n", "|": "\\|", "\\": "\\\\"}.get(found[0], found[0]), cell)
    return spelt.strip()
