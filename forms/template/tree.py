"""A template file as a tree of texts, lists and maps with line numbers; everything YAML offers beyond that is refused.

A YAML loader would turn code 0201 into 129, 12:30 into 750 and 95.00 into 95.0; here every scalar stays text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import yaml

from forms.errors import Fault
from forms.language import N_

MAX_BYTES = 5_000_000
MAX_DEPTH = 12
MAX_NODES = 60_000
MAX_FAULTS = 200

_SHOWN = 60  # characters of a wrong text that a fault repeats
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Faults:
    """The faults of one file, in the order they are found; after MAX_FAULTS no more are listed."""

    def __init__(self) -> None:
        self.found: list[Fault] = []

    def add(self, line: int, message: str, **params: object) -> None:
        """Note a fault at `line` (from 1; 0 for the whole file)."""
        if len(self.found) < MAX_FAULTS:
            self.found.append(Fault(line, message, tuple((name, _shown(str(text))) for name, text in params.items())))
        elif len(self.found) == MAX_FAULTS:
            self.found.append(Fault(0, N_("错误太多，只列出前 {most} 处。"), (("most", str(MAX_FAULTS)),)))

    def unknown(self, line: int, messages: tuple[str, str], name: str, known: Iterable[str], **params: object) -> None:
        """Note that `name` is not known: the first message, or the second with the `near`est known name in it."""
        near: list[str] = []
        if len(name) <= _SHOWN and len(self.found) < MAX_FAULTS:
            import difflib  # noqa: PLC0415 — needed for a faulty template only

            near = difflib.get_close_matches(name, list(known), 1, 0.5)
        if near:
            self.add(line, messages[1], name=name, near=near[0], **params)
        else:
            self.add(line, messages[0], name=name, **params)


def _shown(text: str) -> str:
    text = text.replace("\n", " ")
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


@dataclass(frozen=True, slots=True)
class Text:
    """A scalar as written. `block` marks a literal block, whose lines begin on the line after `line`.

    A drawing that comes from a workbook has a line number of its own for each of its `cells`, row by row.
    """

    text: str
    line: int
    block: bool = False
    cells: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Node, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Map:
    """A map with text keys in the order of the file; `lines` gives the line of each key."""

    entries: dict[str, Node]
    lines: dict[str, int]
    line: int

    def __iter__(self) -> Iterator[tuple[str, Node]]:
        return iter(self.entries.items())

    def get(self, key: str) -> Node | None:
        """The value of `key`, or None."""
        return self.entries.get(key)


Node = Text | Items | Map


def parse(data: str, faults: Faults) -> Map | None:
    """Read a template's text; None when it is no map at all, with the reason among `faults`."""
    try:
        if len(data.encode()) > MAX_BYTES:
            faults.add(0, N_("文件超过 5 MB，不是表样。"))
            return None
        root = yaml.compose(data, Loader=_Loader) if _plain(data, faults) else None
    except yaml.YAMLError as error:
        faults.add(_line_of(error), _NOT_YAML)
        return None
    except ValueError:  # half a surrogate pair, or the escape of a character that does not exist
        faults.add(0, N_("文件里有不成字的编码；请另存为 UTF-8。"))
        return None
    if faults.found:
        return None
    if not isinstance(root, yaml.MappingNode):
        faults.add(1, N_("文件应由“名称: 内容”各行组成。"))
        return None
    node = _convert(root, faults)
    return node if isinstance(node, Map) else None


_NOT_YAML = N_(
    "这里不合 YAML 的写法；请检查缩进（只用空格）、冒号（半角，后面空一格）；花括号里带方括号或逗号的文字要加引号。"
)


def _line_of(error: yaml.YAMLError) -> int:
    """The line where reading stopped; where something was never closed, the line where it began."""
    unclosed = re.search("end of stream|expected ':'", getattr(error, "problem", None) or "")
    mark = getattr(error, "context_mark" if unclosed else "problem_mark", None) or getattr(error, "problem_mark", None)
    return mark.line + 1 if mark else 0


def check_keys(node: Map, known: Iterable[str], faults: Faults) -> None:
    """Refuse every key that is not `known`, with the nearest known one as a suggestion."""
    names = list(known)
    for key in node.entries:
        if key not in names:
            faults.unknown(
                node.lines[key], (N_("不认识“{name}”。"), N_("不认识“{name}”，是不是“{near}”？")), key, names
            )


def _plain(data: str, faults: Faults) -> bool:
    """Whether the events hold no alias, anchor, tag or second document and stay within the limits."""
    depth = nodes = documents = 0
    for event in yaml.parse(data, Loader=_Loader):
        line = event.start_mark.line + 1 if event.start_mark else 0
        documents += isinstance(event, yaml.DocumentStartEvent)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.NodeEvent):
            nodes += 1
            _refuse_extras(event, line, faults)
        if message := _beyond(depth, nodes, documents):
            faults.add(line, message, depth=MAX_DEPTH, nodes=MAX_NODES)
            return False
    return not faults.found


def _beyond(depth: int, nodes: int, documents: int) -> str:
    if depth > MAX_DEPTH:
        return N_("这里层次太深，至多 {depth} 层。")
    if nodes > MAX_NODES:
        return N_("条目太多，至多 {nodes} 个。")
    return N_("一个文件只写一份表样，不能有第二个“---”。") if documents > 1 else ""


def _refuse_extras(event: yaml.NodeEvent, line: int, faults: Faults) -> None:
    if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
        faults.add(line, N_("不允许使用 & 和 * 引用；以 & 或 * 开头的文字请加引号。"))
    elif getattr(event, "tag", None) is not None:
        faults.add(line, N_("不允许使用 ! 标记；以 ! 开头的文字请加引号。"))


def _convert(node: yaml.Node, faults: Faults) -> Node:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        if UNPRINTABLE.search(node.value):
            faults.add(line, N_("这里有不能印出的控制字符。"))
        return Text(node.value, line, node.style == "|")
    if isinstance(node, yaml.SequenceNode):
        return Items(tuple(_convert(item, faults) for item in node.value), line)
    entries: dict[str, Node] = {}
    lines: dict[str, int] = {}
    for key, value in node.value:
        at = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            faults.add(at, N_("名称只能是文字。"))
        elif UNPRINTABLE.search(key.value):
            faults.add(at, N_("这里有不能印出的控制字符。"))
        elif key.value in entries:
            faults.add(at, N_("“{key}”写了两次。"), key=key.value)
        else:
            entries[key.value] = _convert(value, faults)
            lines[key.value] = at
    return Map(entries, lines, line)
