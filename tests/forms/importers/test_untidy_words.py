"""Labels and titles as people spell them: the right text comes into the right place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.forms.importers import untidy_files as files
from tests.forms.importers import untidy_forms as untidy
from tests.forms.importers.untidy_expectations import (
    FUND_TITLE,
    TITLE,
    Write,
    every_file,
    expect_fund,
    expect_regional,
    indicators,
    messages,
    only,
    read,
    relabel,
)
from tests.forms.importers.untidy_files import Box, Table, label
from tests.forms.importers.untidy_forms import FUND, FUND_INDICATORS, INDICATORS, REGIONAL

# Labels


@pytest.mark.parametrize(
    "change",
    [
        " ".join,
        lambda words: words + "：",
        lambda words: words + ":",
        lambda words: "\n".join([words[:2], words[2:]]) if len(words) > 2 else words,
        lambda words: words.replace("（", "(").replace("）", ")"),
        lambda words: words + "（选填）" if words == "政策依据" else words,
        lambda words: words.replace("地方主管部门", "实施单位").replace("时效指标", "实效指标"),
        lambda words: words.replace("效益指标", "效果指标") if words == "效益指标" else words,
        lambda words: words if words.endswith("级指标") or words == "绩效指标" else words.removesuffix("指标"),
        lambda words: words + "（万元）" if words == "资金需求" else words,
        lambda words: "其中：" + words if words == "项目等级" else words,
        lambda words: words.replace("三级指标", "指标名称").replace("指标值", "年度指标值"),
        lambda words: "　" + words + " ",
    ],
    ids=["blanks", "colon", "ascii colon", "line break", "brackets", "optional", "aliases", "效果", "no 指标", "unit",
         "其中", "column names", "around"],
)  # fmt: skip
@every_file
def test_labels_may_be_spelt_otherwise(change: Callable[[str], str], write: Write) -> None:
    expect_regional(only(write([TITLE, relabel(untidy.regional(), change)])))


@every_file
def test_a_label_and_its_value_may_share_a_cell(write: Write) -> None:
    rows = [[Box(f"{row[0].text}：{row[1].text}", 5)] if len(row) == 2 else row for row in untidy.field_rows(REGIONAL)]
    one = only(write([TITLE, Table([*rows, *untidy.indicator_rows(INDICATORS)])]))
    expect_regional(one)


@every_file
def test_a_word_of_usage_is_taken_where_the_forms_own_is_missing(write: Write) -> None:
    one = only(write([TITLE, relabel(untidy.regional(), lambda words: words.replace("总体目标", "年度总体目标"))]))
    expect_regional(one)
    assert any("请核对" in message for message in messages(one))


@every_file
def test_a_value_may_spell_a_label(write: Write) -> None:
    one = only(
        write([TITLE, untidy.regional(REGIONAL | {"项目名称": "资金类型", "实施内容": "总体目标", "政策依据": "-"})])
    )
    expect_regional(one, 项目名称="资金类型", 实施内容="总体目标", 政策依据="-")


@every_file
def test_values_keep_their_blanks_and_signs(write: Write) -> None:
    rows = [list(row) for row in INDICATORS]
    rows[2][2:] = ["  验收合格率（％）", "=100%"]
    rows[4][2:] = ["无", "/"]
    one = only(write([TITLE, untidy.regional(indicators=rows)]))
    assert indicators(one) == [tuple(row) for row in rows]


@every_file
def test_a_vertical_label_may_stand_in_every_row_or_a_field_have_its_own(write: Write) -> None:
    rows = untidy.fund().rows
    for words in ("预算规模及资金用途", "资金用途", "用途"):
        rows[2][0] = replace(rows[2][0], rows=1)
        first = label(words) if words != "用途" else Box()
        table = Table([*rows[:3], [first, *rows[3]], *rows[4:]])
        expect_fund(only(write([FUND_TITLE, table])))


@every_file
def test_weights_behind_labels_are_kept_apart(write: Write) -> None:
    table = relabel(untidy.regional(), lambda words: words + "（10分）" if words in ("产出指标", "数量指标") else words)
    one = only(write([TITLE, table]))
    assert indicators(one) == list(INDICATORS)
    assert one.unplaced == ("（10分）", "（10分）")


@every_file
def test_branches_of_another_taxonomy_are_kept_as_they_are(write: Write) -> None:
    extra = [("成本指标", "经济成本指标", "投资", "≤135万元"), ("成本指标", "社会成本指标", "占道", "0处")]
    one = only(write([TITLE, untidy.regional(indicators=[*INDICATORS[:9], *extra, INDICATORS[9]])]))
    assert indicators(one) == [*INDICATORS[:9], *extra, INDICATORS[9]]
    assert any("没有一级指标" in message for message in messages(one))


# Titles


@pytest.mark.parametrize(
    ("line", "region", "position"),
    [
        ("区域绩效目标申报表（云溪市）", "云溪市", ""),
        ("区域绩效目标申报表(云溪市)", "云溪市", ""),
        ("三、区域绩效目标申报表（云溪市）", "云溪市", "三"),
        ("3．区域绩效目标申报表 （ 云溪市 ）", "云溪市", "3"),
        ("附件3：区域绩效目标申报表（云溪市）", "云溪市", ""),
        ("2024年区域绩效目标申报表（云溪市）", "云溪市", ""),
        ("区域绩效目标申报表（云溪市）（2024年度）", "云溪市", ""),
        ("云溪市区域绩效目标申报表", "云溪市", ""),
        ("区域绩效目标申报表", "", ""),
        ("区域\n绩效目标申报表", "", ""),
        ("区域绩效目标申报表（2024年度）", "", ""),
        ("区域绩效目标申报表\n（云溪市）", "云溪市", ""),
        ("附件3\n区域绩效目标申报表\n（云溪市）\n（2024年度）", "云溪市", ""),
        ("12、区域绩效目标申报表（云溪市）（续表）", "云溪市", "12"),
    ],
)
@every_file
def test_titles_are_known_in_all_their_forms(line: str, region: str, position: str, write: Write) -> None:
    one = only(write([line, untidy.regional()]))
    assert one.filing.values.get("地区", "") == region
    assert one.filing.set is not None
    assert one.filing.set.position == position
    assert indicators(one) == list(INDICATORS)


@pytest.mark.parametrize("line", ["专项资金绩效目标表", "2024年专项资金绩效目标表", "专项资金绩效目标表（2024年度）"])
@every_file
def test_the_name_of_the_form_is_no_name_of_a_fund(line: str, write: Write) -> None:
    one = only(write([line, untidy.fund()]))
    assert one.filing.values["专项资金名称"] == FUND["专项资金名称"]
    assert indicators(one) == list(FUND_INDICATORS)


def test_the_year_of_a_form_without_one_comes_from_the_lines_around_it_and_is_told() -> None:
    one = only(files.as_docx(["2024年部门预算绩效信息", FUND_TITLE, untidy.fund()]))
    assert one.filing.year == "2024"
    assert any("没有年度一栏" in message for message in messages(one))
    assert only(files.as_docx([FUND_TITLE, untidy.fund()])).filing.year == ""


@pytest.mark.parametrize("glue", ["\n ", "\n", "　", " "])
@every_file
def test_a_title_glued_behind_the_last_cell_begins_the_next_form(glue: str, write: Write) -> None:
    first = untidy.regional(indicators=())
    first.rows = first.rows[:-1]
    last = first.rows[-1]
    first.rows[-1] = [last[0], replace(last[1], text=f"{last[1].text}{glue}4、区域绩效目标申报表（石门市）")]
    source = write([TITLE, Table([*first.rows, *untidy.regional().rows])])
    one, two = read(source)
    assert one.filing.values == {"地区": "云溪市"} | REGIONAL
    assert not one.complete
    expect_regional(two, 地区="石门市")


def test_sheets_without_titles_are_forms_of_their_own() -> None:
    other = REGIONAL | {"地方主管部门": "石门市水利局"}
    for sheets in (
        ([untidy.regional()], [untidy.regional(other)]),
        (["单位：万元", untidy.regional()], [untidy.regional(other)]),
    ):
        one, two = read(files.as_sheets([*sheets]))
        assert [form.filing.values["地方主管部门"] for form in (one, two)] == ["云溪市水利局", "石门市水利局"]
        assert one.complete
        assert two.complete


@every_file
def test_the_same_form_twice_is_two_forms(write: Write) -> None:
    forms = read(write([TITLE, untidy.regional(), TITLE, untidy.regional()]))
    assert len(forms) == 2
    for one in forms:
        expect_regional(one)


@every_file
def test_forms_without_titles_below_each_other_are_told_apart_by_their_first_row(write: Write) -> None:
    other = untidy.fund(FUND | {"项目编码": "000-9999-ABC-0103", "专项资金名称": "道路养护"})
    one, two = read(write([untidy.fund(), other]))
    expect_fund(one)
    assert two.filing.values["专项资金名称"] == "道路养护"
    assert indicators(two) == list(FUND_INDICATORS)
    assert two.complete


def test_a_title_may_share_its_row_with_what_stands_above_a_form() -> None:
    table = Table([[Box("单位：万元"), Box(FUND_TITLE, 6)], *untidy.fund().rows[1:]])
    expect_fund(only(files.as_xlsx([table])))


def test_a_small_table_between_the_title_and_the_form_does_not_part_them() -> None:
    small = Table([[Box("填报日期"), Box("2024年3月1日")]])
    one = only(files.as_docx([TITLE, small, untidy.regional()]))
    assert one.filing.values["地区"] == "云溪市"
    assert one.unplaced == ("填报日期", "2024年3月1日")


@pytest.mark.parametrize(
    ("line", "unplaced"),
    [
        ("区域绩效目标申报表（云溪市） 单位：万元", ("单位：万元",)),
        ("区域绩效目标申报表（云溪市）（汇总）", ("汇总",)),
        ("附件3 2024年区域绩效目标申报表（云溪市）", ("附件3", "2024年")),
        ("附件3 农村资金区域绩效目标申报表（云溪市）", ("附件3", "农村资金")),
        ("区域绩效目标申报表\n（云溪市 2024年度）", ("2024年度",)),
    ],
)
@every_file
def test_what_is_no_part_of_a_title_is_kept_apart(line: str, unplaced: tuple[str, ...], write: Write) -> None:
    one = only(write([line, "（附：任务清单）", untidy.regional()]))
    assert one.filing.values["地区"] == "云溪市"
    assert sorted(one.unplaced) == sorted([*unplaced, "（附：任务清单）"])


@pytest.mark.parametrize("words", ["群众满意度指标", "满意度指标", "学员满意度"])
@every_file
def test_a_branch_under_a_word_of_usage_is_taken_and_told(words: str, write: Write) -> None:
    table = relabel(untidy.regional(), lambda label: words if label.startswith("服务对象") else label)
    one = only(write([TITLE, table]))
    expect_regional(one)
    assert {"label": words, "branch": "服务对象满意度指标"} in [notice.params for notice in one.notices]


@every_file
def test_names_and_values_may_begin_like_labels(write: Write) -> None:
    rows = [list(row) for row in INDICATORS]
    rows[0][2:] = ["数量（台）", "质量：合格"]
    rows[1][2:] = ["成本", "数量：3台"]
    one = only(write([TITLE, untidy.regional(REGIONAL | {"总体目标": "质量：全部合格；时效（工期）：一年"}, rows)]))
    assert indicators(one) == [tuple(row) for row in rows]
    assert one.unplaced == ()


@every_file
def test_a_goal_may_end_like_a_title(write: Write) -> None:
    goal = "1、完成检测；\n2、编制绩效目标表"
    one = only(write([FUND_TITLE, untidy.fund(FUND | {"绩效目标": goal})]))
    assert one.filing.values["绩效目标"] == goal


@pytest.mark.parametrize(
    "line",
    ["三、2024年区域绩效目标申报表（石桥县）", "附件5 区域绩效目标申报表——石桥县", "4.区域绩效目标申报表\n（石桥县）"],
)
@every_file
def test_a_variant_of_a_title_on_the_last_lines_of_a_cell_begins_the_next_form(line: str, write: Write) -> None:
    first = untidy.regional()
    last = first.rows[-1]
    last[-1] = replace(last[-1], text=last[-1].text + "\n" + line)
    one, two = read(write([TITLE, Table([*first.rows, *untidy.regional().rows])]))
    assert indicators(one) == list(INDICATORS)
    assert two.filing.values["地区"] == "石桥县"


@every_file
def test_every_cell_of_a_merge_may_repeat_its_text(write: Write) -> None:
    fields = [
        [Box(row[0].text), Box(row[0].text), *[Box(row[1].text)] * 3] if len(row) == 2 else row
        for row in untidy.field_rows(REGIONAL)
    ]
    one = only(write([TITLE, Table([*fields, *untidy.indicator_rows(INDICATORS)])]))
    expect_regional(one)
    assert one.unplaced == ()
