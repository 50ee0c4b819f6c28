"""Narratives: found by their headings, read by the pattern that prints them, no table of contents taken for one."""

from __future__ import annotations

import pytest

from forms.errors import SourceRefused
from forms.importers.matching import Imported, match
from forms.importers.text import read
from forms.template.load import load
from forms.templates import Templates

GOALS = load("""
语法: 1
编号: demo-mubiao
模板: 单位绩效目标
版本: "1"
标题: 第一部分　单位绩效目标
字段: {总述: 长文, 编制单位: 文本}
表:
  分项: {列: {名称: 文本*, 目标: 长文*, 指标: 长文}, 行: 1..20, 样: "（{n:一}）{名称}\\n目标：{目标}\\n指标：{指标}"}
  措施: {列: {措施: 长文*}, 行: 1..20, 样: "　　{n}.{措施}"}
  附言: {列: {话: 长文*}, 行: 0..9, 样: "　　{话}"}
落款: "[编制单位]编制"
列宽: [1]
版式: |
  # 一、总述
  # 　　[总述]
  # 二、分项目标
  @分项
  # 三、保障措施
  @措施
  # 四、附言
  @附言
别名: {"三、保障措施": [工作措施]}
""")

WHOLE = """云溪市水利局编制
第一部分  单位绩效目标
一、总述
全年完成治理。
守住底线。
二、分项目标
（一）河道治理
目标：治理12公里。
其中城区3公里。
指标：合格率100%。
(二)　水库除险
目标:完成2座
三、工作措施
1.加强领导。
2、落实资金。
每季度调度一次。
四、附言
第一句。
第二句。
"""


def imported(text: str) -> list[Imported]:
    return match(read(text.encode()), [GOALS], "来文.txt", "set")


def rows(one: Imported, table: str) -> list[dict[str, str]]:
    return [dict(row.cells) for row in one.filing.rows(table)]


def test_each_paragraph_goes_to_its_heading_and_each_number_begins_a_row() -> None:
    (one,) = imported(WHOLE)
    assert one.filing.values == {"总述": "全年完成治理。\n守住底线。", "编制单位": "云溪市水利局"}
    assert rows(one, "分项") == [
        {"名称": "河道治理", "目标": "治理12公里。\n其中城区3公里。", "指标": "合格率100%。"},
        {"名称": "水库除险", "目标": "完成2座"},
    ]
    assert rows(one, "措施") == [{"措施": "加强领导。"}, {"措施": "落实资金。\n每季度调度一次。"}]
    assert rows(one, "附言") == [{"话": "第一句。"}, {"话": "第二句。"}]
    assert (one.unplaced, one.complete) == ((), True)


def test_a_number_out_of_order_is_told() -> None:
    (one,) = imported(WHOLE.replace("2、落实", "5、落实"))
    assert [notice.params for notice in one.notices] == [{"text": "5", "count": "2"}]
    assert [notice.place for notice in one.notices] == ["措施 2"]


def test_a_table_of_contents_is_no_narrative() -> None:
    contents = "目录\n一、总述\n二、分项目标\n三、保障措施\n四、附言\n"
    (one,) = imported(contents + WHOLE)
    assert len(rows(one, "分项")) == 2
    assert one.unplaced == ("目录",)  # the headings are words of the form


def test_what_stands_before_a_heading_or_in_another_part_is_kept_apart() -> None:
    text = WHOLE.replace("一、总述\n", "本部分供公开。\n一、总述\n") + "第二部分  专项资金\n另有说明。\n"
    (one,) = imported(text)
    assert one.unplaced == ("本部分供公开。", "第二部分  专项资金", "另有说明。")
    assert rows(one, "附言")[-1] == {"话": "第二句。"}


def test_a_row_that_holds_nothing_is_no_row() -> None:
    (one,) = imported(WHOLE.replace("1.加强领导。\n2、落实资金。\n每季度调度一次。\n", "1.\n2.\n"))
    assert rows(one, "措施") == []
    assert one.unplaced == ()


def test_items_without_numbers_are_rows_all_the_same_and_told() -> None:
    text = (
        WHOLE.replace("（一）河道治理\n", "")
        .replace("(二)　水库除险\n", "")
        .replace("1.加强领导。\n2、落实资金。\n", "")
    )
    (one,) = imported(text)
    assert rows(one, "分项") == [
        {"目标": "治理12公里。\n其中城区3公里。", "指标": "合格率100%。"},
        {"目标": "完成2座"},
    ]
    assert rows(one, "措施") == [{"措施": "每季度调度一次。"}]
    places = [notice.place for notice in one.notices if "没有编号" in notice.message]
    assert places == ["分项", "措施"]
    assert one.unplaced == ()


def test_a_part_that_is_missing_below_the_title_is_told() -> None:
    (one,) = imported(WHOLE.replace("二、分项目标\n", ""))
    assert not one.complete
    assert {"parts": "二、分项目标"} in [notice.params for notice in one.notices]
    assert rows(one, "措施") == [{"措施": "加强领导。"}, {"措施": "落实资金。\n每季度调度一次。"}]
    assert one.unplaced == ()


def test_without_title_and_a_part_it_is_no_narrative() -> None:
    with pytest.raises(SourceRefused):
        imported(WHOLE.replace("第一部分  单位绩效目标\n", "").replace("二、分项目标\n", ""))


def test_items_may_be_numbered_the_other_way() -> None:
    text = WHOLE
    for mine, other in (("1.加", "（1）加"), ("2、落", "(2) 落"), ("（一）河", "1、河"), ("(二)　水", "2．水")):
        text = text.replace(mine, other)
    (one,) = imported(text)
    assert rows(one, "措施") == [{"措施": "加强领导。"}, {"措施": "落实资金。\n每季度调度一次。"}]
    assert [row["名称"] for row in rows(one, "分项")] == ["河道治理", "水库除险"]
    assert one.notices == ()


def test_a_gulf_of_blanks_is_read_at_once() -> None:
    gulf = "甲" + " " * 60_000 + "乙"
    (one,) = imported(WHOLE.replace("治理12公里。", gulf).replace("加强领导。", gulf))
    assert rows(one, "措施")[0] == {"措施": gulf}


def test_a_narrative_goes_on_behind_the_table_of_another_form() -> None:
    (head, tail) = WHOLE.split("三、工作措施\n")
    table = "区域绩效目标申报表（云溪市）\n\n项目名称\t\t治理\n资金类型\t\t其他资金\n项目等级\t\t二级项目\n"
    known = [GOALS, next(one for one in Templates.shipped() if one.id == "gd-quyu-2022")]
    prose, form = match(read(f"{head}{table}\n三、工作措施\n{tail}".encode()), known, "来文.txt", "set")
    assert [len(rows(prose, name)) for name in ("分项", "措施", "附言")] == [2, 2, 2]
    assert (prose.complete, prose.unplaced) == (True, ())
    assert form.filing.values["项目名称"] == "治理"
    assert form.unplaced == ()
