"""What filings are called: the title as printed, and what tells them apart, known by usage and never by a name."""

from __future__ import annotations

from pathlib import Path

import pytest

from forms.filing import Filing, TemplateRef
from forms.store.library import Library
from forms.template.load import load
from forms.template.model import Template
from forms.titles import APART, called, parted

FORM = """
语法: 1
编号: test-mingcheng
模板: 名称测试表
版本: "1"
标题: 名称测试表
字段: {%s: 文本, 备忘: 文本}
列宽: [4, 20]
版式: |
  甲 | [%s]
  乙 | [备忘]
"""


def form(field: str) -> Template:
    return load(FORM % (field, field))


def filing(template: Template, **values: str) -> Filing:
    return Filing("filing-1", TemplateRef(template.id, template.version, template.digest), values=values)


@pytest.mark.parametrize("field", ["项目名称", "专项名称", "部门名称"])
def test_the_project_or_the_unit_follows_a_title_that_does_not_name_it(field: str) -> None:
    template = form(field)
    words = called("名称测试表", template, filing(template, **{field: " 城区\n道路　养护 ", "备忘": "别的"}))
    assert words == f"名称测试表{APART}城区 道路 养护"
    assert parted(words) == ("名称测试表", "城区 道路 养护")


def test_nothing_follows_a_title_that_says_it_all_or_a_form_that_says_nothing() -> None:
    template = form("项目名称")
    named = filing(template, 项目名称="水库")
    assert called("三、水库维修养护绩效目标表", template, named) == "三、水库维修养护绩效目标表"
    assert called("名称测试表", template, filing(template, 备忘="别的")) == "名称测试表"
    assert parted("第一部分　部门整体绩效目标") == ("第一部分　部门整体绩效目标", "")


def test_the_list_of_a_library_parts_title_and_subject(tmp_path: Path) -> None:
    template = form("项目名称")
    with Library.open(tmp_path / "library.jixiao") as library:
        words = called("名称测试表", template, filing(template, 项目名称="水库"))
        library.add(filing(template, 项目名称="水库"), template.text, title=words, template_name=template.name)
        (one,) = library.list()
        assert (one.title, one.printed, one.subject) == (words, "名称测试表", "水库")
