"""Lists of words of resources/lexicons, as they are written there."""

from __future__ import annotations

from functools import cache

from forms.files import resource
from forms.template.tree import Faults, Items, Map, Node, Text, parse


def listed(name: str, key: str) -> tuple[str, ...]:
    """The words under `key` of the list `name`; none where there is no such key."""
    return tuple(one.text for one in _items(_tree(name).get(key)) if isinstance(one, Text))


def grouped(name: str, key: str) -> tuple[tuple[str, ...], ...]:
    """The groups of words under `key` of the list `name`."""
    groups = (_items(group) for group in _items(_tree(name).get(key)))
    return tuple(tuple(one.text for one in group if isinstance(one, Text)) for group in groups)


def keyed(name: str, *path: str) -> dict[str, tuple[str, ...]]:
    """The words of the list `name` by their keys, below the keys of `path`."""
    node: Node | None = _tree(name)
    for key in path:
        node = node.get(key) if isinstance(node, Map) else None
    found = node.entries if isinstance(node, Map) else {}
    return {key: tuple(one.text for one in _items(items) if isinstance(one, Text)) for key, items in found.items()}


def _items(node: Node | None) -> tuple[Node, ...]:
    return node.items if isinstance(node, Items) else ()


@cache
def _tree(name: str) -> Map:
    root = parse(resource("lexicons", f"{name}.yaml").read_text(encoding="utf-8"), Faults())
    assert root is not None  # noqa: S101 — a file of ours, held by a test
    return root
