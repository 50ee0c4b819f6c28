"""A tree written as text reads back as the same tree, its comments with it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.template.comments import comments
from forms.template.load import load
from forms.template.tree import Faults, Items, Map, Node, Text, parse
from forms.template.writing import write
from tests.forms.authoring.content import content, every_template

_TEMPLATES = every_template()
_TEXTS = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Cn")) | st.sampled_from("\n:#-[]{},\"'*&!%@`|> "))
_NODES = st.recursive(
    _TEXTS.map(lambda text: Text(text, 0)),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: Items(tuple(items), 0))
        | st.dictionaries(_TEXTS, inner, max_size=3).map(lambda entries: Map(entries, dict.fromkeys(entries, 0), 0))
    ),
    max_leaves=12,
)


def _bare(node: Node | None) -> object:
    """A node without lines."""
    if isinstance(node, Map):
        return {key: _bare(value) for key, value in node}
    if isinstance(node, Items):
        return [_bare(item) for item in node.items]
    assert isinstance(node, Text)
    return node.text


def _parsed(text: str) -> Map:
    faults = Faults()
    root = parse(text, faults)
    assert root is not None, [str(fault) for fault in faults.found]
    return root


@given(_NODES)
def test_any_tree_reads_back(node: Node) -> None:
    root = Map({"键": node, "表": node}, {"键": 0, "表": 0}, 0)
    assert _bare(_parsed(write(root))) == _bare(root)


@pytest.mark.parametrize("name", _TEMPLATES)
def test_a_template_reads_back_and_is_written_alike_again(name: str) -> None:
    root = _parsed(_TEMPLATES[name])
    written = write(root, comments(_TEMPLATES[name], root))
    assert content(load(written)) == content(load(_TEMPLATES[name]))
    again = _parsed(written)
    assert write(again, comments(written, again)) == written


def test_comments_stay_above_their_keys() -> None:
    text = """# 出处
语法: 1
编号: demo-a  # 永远不变
模板: 甲
版本: "1"
字段:
  # 由财政局核定
  金额: 金额
  名称: 文本  # 全称
列宽: [1, 1]
版式: |
  # 一、标题不是注释
  金额 | [金额]
  名称 | [名称]
# 完
"""
    root = _parsed(text)
    found = comments(text, root)
    assert found == {
        ("语法",): ("出处",), ("编号",): ("永远不变",), ("字段", "金额"): ("由财政局核定",),
        ("字段", "名称"): ("全称",), (): ("完",),
    }  # fmt: skip
    written = write(root, found)
    assert comments(written, _parsed(written)) == found
    assert written.splitlines()[:2] == ["# 出处", "语法: 1"]
    assert "  # 由财政局核定\n  金额: 金额\n" in written


def test_the_bars_of_a_drawing_stand_in_line() -> None:
    root = Map(
        {"版式": Text("甲 | [乙] | 丙\n很长的名称 | < | [丁]\n| x\n# 小标题 | 带竖线", 0, block=True)}, {"版式": 0}, 0
    )
    assert write(root).splitlines()[1:] == [
        "  甲         | [乙] | 丙",
        "  很长的名称 | <    | [丁]",
        "  | x",
        "  # 小标题 | 带竖线",
    ]
