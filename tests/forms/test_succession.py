"""From a target to its monitoring and self-evaluation, and to the next year: nothing is lost, results stay behind."""

from __future__ import annotations

from collections import Counter
from itertools import product
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.bearings import year_field
from forms.comparison import Side, compare
from forms.desk import Desk
from forms.errors import SourceRefused, TemplateUnknown
from forms.filing import Filing, Goal, Indicator, Origin, Place, Row
from forms.rules import Review
from forms.store.library import Library
from forms.succession import Carried, carry
from forms.template.load import load
from forms.template.model import Role, Template
from forms.templates import Templates
from tests.forms.filled_forms import BY_ID, FEW, TEMPLATES, blank, tidy
from tests.forms.national_filings import filled, national

TARGET, MONITORING, EVALUATION, CORE = "mof-xiangmu-2015", "mof-jiankong-2019", "mof-zipin-2020", "mof-hexin-2021"


def made(ident: str, to: str, year: str = "") -> Carried:
    forms = national()
    return carry(filled(ident).replace(year="2026"), forms[ident], forms[to], year=year, revision="3")


def named(carried: Carried, words: str) -> Indicator:
    return next(one for one in carried.filing.indicators if words in one.columns.values())


def texts(filing: Filing) -> Counter[str]:
    cells = [text for rows in filing.tables.values() for row in rows for text in row.cells.values()]
    columns = [text for one in filing.indicators for text in one.columns.values()]
    return Counter(text for text in (*filing.values.values(), *cells, *columns) if text.strip())


@pytest.mark.parametrize(("to", "goal"), [(MONITORING, "年度总体目标"), (EVALUATION, "预期目标")])
def test_goal_indicators_and_budget_of_the_year_go_along_unchanged(to: str, goal: str) -> None:
    old, new = filled(TARGET), made(TARGET, to)
    year = [one for one in old.indicators if one.tree == "年度"]
    assert new.filing.values[goal] == old.values["年度目标"]
    assert [one.id for one in new.filing.indicators] == [one.id for one in year]
    assert [one.columns["年度指标值"] for one in new.filing.indicators] == [one.columns["指标值"] for one in year]
    assert [row.cells["年初预算数"] for row in new.filing.rows("资金")] == ["320.25", "300", "20.25"]
    assert new.filing.origin == Origin(old.id, "3")
    assert (new.filing.year, new.filing.state, new.filing.set) == ("2026", "draft", None)


def test_what_the_middle_term_says_stays_behind_and_is_told() -> None:
    left = {one.text for one in made(TARGET, MONITORING).left}
    assert {"960.5", "≥36处", "2025年—2027年"} <= left
    assert "320.25" not in left


def test_indicators_stay_under_the_goal_they_belong_to() -> None:
    forms, old = national(), filled(TARGET)
    goal = Goal("g1", "年度", "1", "修好桥梁")
    old = old.replace(
        goals=(goal,), indicators=tuple(msgspec.structs.replace(one, goal="g1") for one in old.indicators)
    )
    new = carry(old, forms[TARGET], forms[MONITORING], revision="3").filing
    assert {one.goal for one in new.indicators} == {"g1"}
    assert new.goals == (goal,)


def test_results_do_not_come_along() -> None:
    again = made(EVALUATION, EVALUATION, "2027")
    template = national()[EVALUATION]
    (tree,) = template.trees.values()
    results = {column.name for column in tree.columns if column.role in (Role.ACTUAL, Role.SCORE)}
    assert again.filing.indicators
    assert not [one for one in again.filing.indicators if results & one.columns.keys()]


def test_a_value_in_parts_becomes_one_text_and_its_weight_the_points() -> None:
    core = made(CORE, EVALUATION)
    assert named(core, "开放乡镇分馆").columns == {"三级指标": "开放乡镇分馆", "年度指标值": "≥14个", "分值": "15"}


def test_a_value_in_one_text_is_taken_apart_where_it_is_one_number() -> None:
    core = made(TARGET, CORE)
    assert named(core, "划定水源地保护区").columns.items() >= {"计算符号": "≥", "值": "12", "单位": "处"}.items()
    forms = national()
    old = filled(TARGET)
    first = next(one for one in old.indicators if one.tree == "年度")
    words = old.put(Place(indicator=first.id, column="指标值"), "为优：全部完成；为差：未完成")
    told = carry(words, forms[TARGET], forms[CORE]).filing.indicators[0].columns
    assert (told["计算符号"], told["值"]) == ("定性", "为优：全部完成；为差：未完成")


def test_an_indicator_whose_branch_is_elsewhere_goes_there_and_is_told() -> None:
    core = made(CORE, EVALUATION)
    cost = named(core, "单册图书采购成本")
    assert (cost.level1, cost.level2) == ("产出指标", "成本指标")
    assert [(one.indicator, one.before) for one in core.reseated] == [(cost.id, ("成本指标", "经济成本指标"))]


def test_an_indicator_without_a_branch_is_told_whole() -> None:
    left = {one.text for one in made(TARGET, CORE).left}
    assert {"监测制度运行年限", "≥3年"} <= left


def test_next_year_has_everything_but_the_year_and_a_comparison_tells_what_is_changed() -> None:
    template = BY_ID["gd-quyu-2022"]
    old = tidy(template).replace(year="2026")
    next_year = carry(old, template, template, year="2027")
    assert next_year.left == ()
    assert next_year.filing.values == old.values | {"预算年度": "2027"}
    assert [
        (one.name, one.before, one.after)
        for one in compare(Side(template, old), Side(template, next_year.filing)).differences
    ] == [("预算年度", "2026", "2027")]


def test_money_is_converted_exactly_where_the_unit_differs() -> None:
    template = BY_ID["gd-quyu-2022"]
    text = template.text.replace("单位: 万元", "单位: 元").replace("[资金需求]万元", "[资金需求]元")
    in_yuan = load(text.replace('版本: "2022.1"', '版本: "2023.1"'))
    old = tidy(template).replace(values={"资金需求": "12.345678"})
    moved = carry(old, template, in_yuan)
    assert moved.filing.values["资金需求"] == "123456.78"
    (taken,) = [one for one in moved.taken if one.at.field == "资金需求"]
    assert (taken.original, taken.text) == ("12.345678", "123456.78")
    assert carry(old.replace(values={"资金需求": "12a"}), template, in_yuan).filing.values["资金需求"] == "12a"


def test_a_date_of_a_signature_does_not_come_along() -> None:
    template = BY_ID["sx-xian"]
    old = tidy(template)
    next_year = carry(old, template, template, year="2027")
    assert "填报日期" not in next_year.filing.values
    assert Place(field="填报日期") in {one.source for one in next_year.left}
    assert next_year.filing.values["起始日期"] == old.values["起始日期"]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda one: one.id)
@FEW
@given(data=st.data())
def test_every_text_is_in_the_new_filing_or_told_to_have_stayed(template: Template, data: st.DataObject) -> None:
    target = data.draw(st.sampled_from(TEMPLATES))
    old = tidy(template)
    carried = carry(old, template, target)
    sources = Counter(one.source for one in carried.taken)
    left = [one.source for one in carried.left]
    assert len(left) == len(set(left))
    held = [Place(field=name) for name, text in old.values.items() if text.strip()]
    held += [Place(table=table, row=row.id, column=name)
             for table, rows in old.tables.items() for row in rows for name in row.cells]  # fmt: skip
    assert all((place in sources) != (place in left) for place in held)
    assert {one.at for one in carried.taken} >= {Place(field=name) for name in carried.filing.values} - _defaults(
        target
    )
    assert all(carried.filing.text(one.at) == one.text for one in carried.taken)
    Review(target, carried.filing)


def _defaults(template: Template) -> set[Place]:
    own = {field.name for field in template.fields.values() if field.default} | {year_field(template)}
    return {Place(field=name) for name in own}


@pytest.mark.parametrize(("one", "other"), list(product((TARGET, CORE, EVALUATION), repeat=2)))
def test_indicators_are_neither_doubled_nor_lost(one: str, other: str) -> None:
    old, carried = filled(one), made(one, other)
    ids = [each.id for each in carried.filing.indicators]
    stayed = {each.source.indicator for each in carried.left if each.source.indicator}
    assert len(ids) == len(set(ids))
    assert {each.id for each in old.indicators} == set(ids) | stayed


def test_the_desk_makes_it_from_the_library_and_keeps_it_on_request(tmp_path: Path) -> None:
    with Library.open(tmp_path / "l.jixiao") as library:
        desk = Desk(library, Templates.shipped())
        old = filled(TARGET).replace(year="2026")
        desk.file(old)
        carried = desk.carry(old.id[:6], MONITORING)
        assert len(library.list()) == 1
        assert carried.filing.origin == Origin(old.id, "1")
        desk.file(carried.filing)
        assert library.filing(carried.filing.id) == carried.filing
        assert desk.carry(old.id).filing.year == "2027"
        with pytest.raises(SourceRefused, match="abcd"):
            desk.carry(old.id, year="abcd")
        with pytest.raises(TemplateUnknown, match="mof-nothing"):
            desk.carry(old.id, "mof-nothing")


def test_rows_of_a_free_table_keep_their_ids() -> None:
    template = national()["mof-zhengti-2015"]
    old = filled("mof-zhengti-2015").replace(year="2026")
    rows = carry(old, template, template, year="2027").filing.rows("任务")
    assert rows == old.rows("任务")
    assert isinstance(rows[0], Row)


def test_a_form_made_of_one_without_a_year_box_has_the_year_of_the_filing() -> None:
    template = BY_ID["gx-xiangmu"]
    made_of = carry(blank(template, year="2026"), template, national()[EVALUATION])
    assert made_of.filing.values["年度"] == "2026"


def test_nothing_comes_of_nothing() -> None:
    template = national()[TARGET]
    carried = carry(blank(template, year=""), template, template)
    assert (texts(carried.filing), carried.taken, carried.left) == (Counter(), (), ())


def test_texts_that_still_name_last_year_are_marked() -> None:
    template = BY_ID["mof-xiangmu-2015"]
    limb = next(iter(template.trees["年度"].limbs))
    texts = {"三级指标": "完工时间", "指标值": "2026年11月底前"}
    due = Indicator("i", limb.label, limb.branches[0].label, texts, "年度")
    goals = {"年度目标": "二〇二六年底前完工。", "中期目标": "2024年起，编号20261234。"}
    old = blank(template, year="2026", values=goals, indicators=(due,))
    made_of = carry(old, template, template, year="2027")
    assert [one.text for one in made_of.dated] == ["二〇二六年底前完工。", "2026年11月底前"]
    assert carry(old, template, template).dated == ()
