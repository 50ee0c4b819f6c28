"""The examples of resources/templates/README.md do what the page says of them."""

from __future__ import annotations

import re

import pytest

from forms.errors import TemplateRefused
from forms.files import resource
from forms.template import blocks, drawing, sheets, spelling, tree
from forms.template.expected import MAX_NAME
from forms.template.load import MAX_RULES, load, load_set

_BLOCK = re.compile(r"^```yaml ?(.*?)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BLOCKS = _BLOCK.findall(resource("templates", "README.md").read_text(encoding="utf-8"))
SOUND = [text for title, text in BLOCKS if not title]
REFUSED = [(title.removeprefix("拒绝 "), text) for title, text in BLOCKS if title.startswith("拒绝")]
SETS = [text for title, text in BLOCKS if title == "成套"]


def test_the_page_has_examples_of_every_kind() -> None:
    assert (len(SOUND), len(SETS)) == (6, 1)
    assert len(REFUSED) == 6


@pytest.mark.parametrize("text", SOUND, ids=lambda text: re.findall(r"编号: (\S+)", text)[0])
def test_sound_examples_load(text: str) -> None:
    template = load(text)
    assert template.text == text
    assert template.sheets


@pytest.mark.parametrize(("reason", "text"), REFUSED, ids=[reason for reason, _ in REFUSED])
def test_refused_examples_say_why(reason: str, text: str) -> None:
    with pytest.raises(TemplateRefused) as refused:
        load(text)
    assert reason in str(refused.value)


@pytest.mark.parametrize("text", SETS)
def test_sets_load(text: str) -> None:
    assert load_set(text).members == ("demo-zuixiao", "demo-ziduan")


def test_the_limits_on_the_page_are_those_of_the_program() -> None:
    page = resource("templates", "README.md").read_text(encoding="utf-8")
    for words in (
        f"{tree.MAX_BYTES // 1_000_000} MB、{tree.MAX_NODES:,} 个条目、{tree.MAX_DEPTH} 层",
        f"{MAX_NAME} 字，不含换行",
        f"{drawing.MAX_WORDS:,} 字",
        f"{drawing.MAX_COLUMNS} 列、{drawing.MAX_ROWS:,} 行、{drawing.MAX_CELLS:,} 格",
        f"{blocks.MAX_TABLE_ROWS:,} 行；{spelling.MAX_CHOICES} 个；{blocks.MAX_PRESET} 行",
        f"{MAX_RULES} 条；{sheets.MAX_SHEETS} 张",
        f"至多列出 {tree.MAX_FAULTS} 处",
    ):
        assert words in page
