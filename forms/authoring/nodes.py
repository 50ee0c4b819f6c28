"""Plain Python values as the tree of a template, for templates that are made rather than read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from forms.template.tree import Items, Map, Node, Text

Plain: TypeAlias = "str | Sequence[Plain] | Mapping[str, Plain]"


def node(value: Plain) -> Node:
    """The node of a text, a list or a map."""
    if isinstance(value, str):
        return Text(value, 0)
    if isinstance(value, Mapping):
        return tree(value)
    return Items(tuple(map(node, value)), 0)


def tree(entries: Mapping[str, Plain]) -> Map:
    """The map of `entries`, without those that hold nothing."""
    kept = {key: node(value) for key, value in entries.items() if value}
    return Map(kept, dict.fromkeys(kept, 0), 0)
