"""The words the checks know: resources/lexicons/checks.yaml, with what a user adds and takes away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from forms.checker.words import Words
from forms.errors import LexiconRefused
from forms.files import resource
from forms.language import N_
from forms.template.tree import Faults, Items, Map, Node, Text, check_keys, parse

ADDED, REMOVED = "增加", "去掉"
_PAIRED = ("错字", "五年规划")  # sections of pairs: a word and what it stands for
_GROUPED = ("异写",)  # sections of groups of words

Pairs = Mapping[str, str]
Groups = tuple[tuple[str, ...], ...]
_Section = dict[str, str]  # word -> what it stands for, which in a plain list is nothing; groups are joined words
_Sections = dict[str, _Section]
_JOINT = "\0"
_in_force: Lexicon | None = None


@dataclass(frozen=True, eq=False)
class Lexicon:
    """The words by what they tell; what each section is for stands in checks.yaml, in this order."""

    vague: Words
    uncounted: Words
    slogans: Words
    verdicts: Words
    measures: Words
    false_measures: Words
    generic: Words
    generic_ends: Words
    time: Words
    rates: Words
    cost: Words
    ecology: Words
    not_ecology: Words
    efficiency: Words
    outputs: Words
    output_ends: Words
    not_outputs: Words
    satisfaction: Words
    mishaps: Words
    less_is_better: Words
    things: Words
    anyone: Words
    internal: Words
    beneficiaries: Words
    spending: Words
    purposes: Words
    no_documents: Words
    yearly_documents: Words
    plans: Pairs
    typos: Words
    corrections: Pairs
    echoes: Words
    doubled: Words
    variants: Groups


def lexicon() -> Lexicon:
    """The words in force."""
    global _in_force  # noqa: PLW0603 — read when first asked for: a start that checks nothing needs none
    if _in_force is None:
        _in_force = _made(_shipped())
    return _in_force


def use(own: Path | None) -> None:
    """Take the words of the program from now on, with those of the file `own` where it exists.

    Raises LexiconRefused, which names the file, the line and what to do; the words in force stay as they are.
    """
    global _in_force  # noqa: PLW0603 — one process checks by one lexicon
    _in_force = _made(_changed(_shipped(), own)) if own is not None and own.is_file() else None


@cache
def _shipped() -> _Sections:
    faults = Faults()
    root = parse(resource("lexicons", "checks.yaml").read_text(encoding="utf-8"), faults)
    sections = _sections(root, faults)
    assert not faults.found, faults.found  # noqa: S101 — a file of ours, held by a test
    return sections


def _changed(shipped: _Sections, own: Path) -> _Sections:
    """The sections with the words a user's file adds, without those it takes away."""
    faults = Faults()
    try:
        root = parse(own.read_text(encoding="utf-8"), faults)
    except (OSError, UnicodeError):
        faults.add(0, N_("文件读不出来；请另存为 UTF-8 编码的文本。"))
        root = None
    if root is not None:
        check_keys(root, (ADDED, REMOVED), faults)
    added = _sections(_map(root, ADDED, faults), faults, shipped)
    removed = _sections(_map(root, REMOVED, faults), faults, shipped, bare=True)
    if faults.found:
        raise LexiconRefused(own.name, faults.found)
    return {
        name: {word: right for word, right in words.items() if word not in removed.get(name, {})} | added.get(name, {})
        for name, words in shipped.items()
    }


def _map(root: Map | None, key: str, faults: Faults) -> Map | None:
    node = root.get(key) if root is not None else None
    if isinstance(node, Map) or node is None:
        return node
    faults.add(node.line, N_("“{name}”下面一行一栏，先写栏名，如 笼统: [甲, 乙]。"), name=key)
    return None


def _sections(root: Map | None, faults: Faults, known: Iterable[str] = (), *, bare: bool = False) -> _Sections:
    """The sections of a map; where `bare` is on, a list is enough for the words of pairs."""
    if root is None:
        return {}
    if known:
        check_keys(root, known, faults)
    return {name: _section(name, node, faults, bare=bare) for name, node in root}


def _section(name: str, node: Node, faults: Faults, *, bare: bool) -> _Section:
    if isinstance(node, Map) and name in _PAIRED:
        return {word: _text(right, faults) for word, right in node}
    if not isinstance(node, Items) or (name in _PAIRED and not bare):
        shape = "{甲: 乙}" if name in _PAIRED else "[甲, 乙]"
        faults.add(node.line, N_("“{name}”应写成 {shape} 的样子。"), name=name, shape=shape)
        return {}
    if name in _GROUPED:
        groups = (one.items if isinstance(one, Items) else (one,) for one in node.items)
        return {_JOINT.join(_text(word, faults) for word in group): "" for group in groups}
    return {_text(word, faults): "" for word in node.items}


def _text(node: Node, faults: Faults) -> str:
    if isinstance(node, Text) and node.text.strip():
        return node.text
    faults.add(node.line, N_("这里应是一个词；词里有冒号、逗号或方括号时加引号。"))
    return ""


def _made(sections: _Sections) -> Lexicon:
    def words(name: str) -> Words:
        return Words(sections[name])

    return Lexicon(
        vague=words("含糊"), uncounted=words("数不清"), slogans=words("口号"), verdicts=words("陈述"),
        measures=words("计量尾"), false_measures=words("非计量尾"), generic=words("笼统"), generic_ends=words("笼统尾"),
        time=words("时效词"),
        rates=words("比率词"), cost=words("成本词"), ecology=words("生态词"), not_ecology=words("非生态"),
        efficiency=words("效率词"), outputs=words("产出词"), output_ends=words("产出尾"), not_outputs=words("非产出"),
        satisfaction=words("满意词"), mishaps=words("差错词"), less_is_better=words("越低越好"), things=words("物品尾"),
        anyone=words("泛指对象"), internal=words("内部事项"),
        beneficiaries=words("受益人"), spending=words("花钱"), purposes=words("用途"), no_documents=words("非文件"),
        yearly_documents=words("年度文件"), plans=sections["五年规划"],
        typos=Words(sections["错字"], sections["错字除外"]), corrections=sections["错字"],
        echoes=words("首尾重复"), doubled=words("叠词"),
        variants=tuple(tuple(group.split(_JOINT)) for group in sections["异写"]),
    )  # fmt: skip
