"""The published forms, counted by hand, and the workbooks this program writes: read back to what they hold."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from forms import desk
from forms.errors import SourceRefused
from forms.filing import Filing, Place, TemplateRef, new_id
from forms.importers.matching import Imported, match
from forms.importers.reading import read
from forms.importers.xlsx import read as read_workbook
from forms.rules import Review
from forms.scope import Alone
from forms.templates import Templates
from forms.values import Kind, fold
from forms.values import read as understood
from tests.forms.importers import untidy_files as files
from tests.forms.importers import untidy_forms as untidy

TEMPLATES = list(Templates.shipped())
LIST_AND_FORMS = "广东2022_任务清单与区域绩效目标申报表_1-12"
SHEETS = "广东2022_区域绩效目标申报表_1-12.xlsx"
FUNDS = "秦皇岛2020_部门预算绩效信息_1-6"


def forms(path: Path) -> list[Imported]:
    return match(read(path), TEMPLATES, path.name, "set")


def column(one: Imported, table: str, name: str) -> list[str]:
    return [row.cells.get(name, "") for row in one.filing.tables[table]]


def messages(one: Imported, words: str) -> list[dict[str, str]]:
    return [notice.params for notice in one.notices if words in notice.message]


@pytest.fixture(params=[".docx", ".txt"])
def guangdong(request: pytest.FixtureRequest, samples: Path) -> list[Imported]:
    return forms(samples / (LIST_AND_FORMS + request.param))


@pytest.fixture(params=[".docx", ".txt", "sheets"])
def regional(request: pytest.FixtureRequest, samples: Path) -> list[Imported]:
    if request.param == "sheets":
        return forms(samples / SHEETS)
    return forms(samples / (LIST_AND_FORMS + request.param))[1:]


@pytest.fixture(params=[".docx", ".txt"])
def funds(request: pytest.FixtureRequest, samples: Path) -> list[Imported]:
    return forms(samples / (FUNDS + request.param))[1:]  # the first is the narrative part


@pytest.mark.samples
def test_the_list_of_tasks_has_its_twenty_rows(guangdong: list[Imported]) -> None:
    one = guangdong[0]
    assert one.template.name == "任务清单"
    amounts = [Decimal(text) for text in column(one, "任务", "补助资金")]
    assert (len(amounts), sum(amounts), sum(amounts[:12])) == (20, 4000, 2370)
    assert Counter(column(one, "任务", "工作性质")) == {"指导性": 8, "约束性": 7, "指导性任务": 5}
    assert sorted(Counter(column(one, "任务", "实施方式")).values()) == [1, 1, 18]
    assert sorted(Counter(column(one, "任务", "实施标准")).values()) == [1, 1, 18]
    assert Counter(column(one, "任务", "完成时限")) == {"2022年底": 20}
    assert sum(not name.endswith("市") for name in column(one, "任务", "地区")) == 3
    assert one.filing.values == {"附件号": "1-8", "预算年度": "2022", "资金名称": "生态环境执法和应急资金"}
    assert (one.complete, one.unplaced, one.notices) == (True, (), ())


@pytest.mark.samples
def test_every_regional_form_asks_for_what_the_list_gives(guangdong: list[Imported]) -> None:
    given = dict(zip(column(guangdong[0], "任务", "地区"), column(guangdong[0], "任务", "补助资金"), strict=True))
    given |= {name + "市": amount for name, amount in given.items() if not name.endswith("市")}
    asked = {one.filing.values["地区"]: one.filing.values["资金需求"] for one in guangdong[1:]}
    assert {name: text.removesuffix("万") for name, text in asked.items()} == {name: given[name] for name in asked}
    assert [text for text in asked.values() if not text.isdecimal()] == ["220万"]


@pytest.mark.samples
def test_twelve_regional_forms_two_of_them_cut_off(regional: list[Imported]) -> None:
    assert len(regional) == 12
    assert [one.filing.values["地区"] for one in regional if not one.complete] == ["中山市", "江门市"]
    offices = Counter(one.filing.values["省级主管部门"] for one in regional)
    assert offices == {"省生态环境厅": 11, "广东省生态环境厅": 1}
    assert all(one.filing.unit.name == one.filing.values["地区"] + "生态环境局" for one in regional)
    assert {one.filing.year for one in regional} == {"2022"}
    assert [one.filing.values["预算年度"] for one in regional if one.filing.values["预算年度"] != "2022"] == [
        "汕尾市2022年执法装备"
    ]
    assert [text for one in regional for text in one.unplaced] == []


@pytest.mark.samples
def test_regional_indicators_stand_under_their_branches(regional: list[Imported]) -> None:
    named = Counter(
        one.level2 for form in regional for one in form.filing.indicators if one.columns.get("三级指标", "-") != "-"
    )
    assert named == {
        "数量指标": 10, "质量指标": 10, "社会效益指标": 1, "生态效益指标": 9, "可持续影响指标": 10,
        "服务对象满意度指标": 10,
    }  # fmt: skip
    dashes = [one for form in regional for one in form.filing.indicators if one.columns.get("三级指标") == "-"]
    assert [one.level2 for one in dashes] == ["经济效益指标"]
    told = [params["branches"] for form in regional for params in messages(form, "缺少这些行")]
    assert told == ["成本指标", "经济效益指标"]
    assert [params["right"] for form in regional for params in messages(form, "已按表样归到")] == ["满意度指标"]


@pytest.mark.samples
def test_blanks_before_a_name_are_kept(samples: Path) -> None:
    found = forms(samples / f"{LIST_AND_FORMS}.txt")  # the Word file has lost them
    names = [one.columns["三级指标"] for form in found for one in form.filing.indicators]
    assert sum(name.startswith(" ") for name in names) == 4


@pytest.mark.samples
def test_six_funds_with_nineteen_indicators(funds: list[Imported]) -> None:
    assert [one.filing.values["预算数"] for one in funds] == ["60.00", "90.00", "85.00", "1052.00", "70.00", "100.00"]
    assert all(one.filing.values["财政资金"] == one.filing.values["预算数"] for one in funds)
    assert all("其他资金" not in one.filing.values for one in funds)
    assert [len(one.filing.indicators) for one in funds] == [3, 3, 3, 3, 4, 3]
    assert Counter(one.level2 for form in funds for one in form.filing.indicators) == {
        "质量指标": 7, "可持续影响指标": 3, "社会效益指标": 3, "时效指标": 2, "数量指标": 2, "生态效益指标": 2,
    }  # fmt: skip
    assert not any("指标值确定依据" in one.columns for form in funds for one in form.filing.indicators)
    assert all(one.complete for one in funds)
    assert {one.filing.year for one in funds} == {"2020"}


@pytest.mark.samples
def test_the_plan_of_payments_stands_under_its_months(funds: list[Imported]) -> None:
    months = ("3月底", "6月底", "10月底", "12月底")
    assert [[one.filing.values.get(name, "").removesuffix(".00") for name in months] for one in funds] == [
        ["", "", "100", ""], ["95", "", "", "100"], ["20", "35", "20", "25"],
        ["30", "40", "30", ""], ["50", "70", "100", ""], ["", "", "50", "100"],
    ]  # fmt: skip


def test_forms_of_other_kinds_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "通讯录.txt"
    path.write_text("通讯录\n姓名\t电话\n张三\t12345\n李四\t23456\n", encoding="utf-8")
    with pytest.raises(SourceRefused, match="没有认出"):
        forms(path)


# What this program prints itself


def printed(one: Imported) -> Imported:
    review = Review(one.template, one.filing, Alone())
    (back,) = match(read_workbook(desk.xlsx(review)), TEMPLATES, "导出.xlsx", "set")
    return back


def same(one: Imported, back: Imported) -> None:
    assert back.template is one.template
    for name, text in one.filing.values.items():
        assert alike(one.template.fields[name].kind, text, back.filing.values.get(name, "")), name
    assert back.filing.values.keys() == one.filing.values.keys()
    assert [row.cells for rows in back.filing.tables.values() for row in rows] == [
        row.cells for rows in one.filing.tables.values() for row in rows
    ]
    held, again = ([(i.level2, sorted(i.columns.items())) for i in form.filing.indicators] for form in (one, back))
    assert sorted(again) == sorted(held)  # the paper prints them in the order of its branches
    assert back.unplaced == ()


def alike(kind: Kind, text: str, back: str) -> bool:
    return fold(text) == fold(back) or understood(kind, text) == understood(kind, back)


def test_a_workbook_of_ours_comes_back_as_it_was() -> None:
    sources = [
        files.as_docx(["附件2", "2024年河湖整治资金任务清单", untidy.tasks()]),
        files.as_docx(["3、区域绩效目标申报表（云溪市）", untidy.regional()]),
        files.as_docx(["5、桥梁安全检测绩效目标表", untidy.fund()]),
    ]
    for source in sources:
        (one,) = match(source, TEMPLATES, "来文.docx", "set")
        back = printed(one)
        same(one, back)
        assert back.complete
        assert messages(back, "校验表没有导入") == [{}]


@pytest.mark.samples
def test_workbooks_of_the_published_forms_come_back_as_they_were(
    guangdong: list[Imported], funds: list[Imported]
) -> None:
    for one in (guangdong[0], guangdong[1], guangdong[9], funds[0], funds[4]):
        same(one, printed(one))


def test_an_empty_workbook_of_ours_comes_back_empty_and_complete() -> None:
    for template in TEMPLATES:
        blank = Filing(new_id(), TemplateRef(template.id, template.version, template.digest))
        (back,) = match(read_workbook(desk.xlsx(Review(template, blank, Alone()))), TEMPLATES, "空表.xlsx", "set")
        assert (back.filing.values, back.filing.indicators, back.filing.tables) == ({}, (), {})
        assert (back.complete, back.unplaced) == (True, ())


# What a person looks through before anything enters


def test_every_text_taken_is_shown_with_its_original_and_its_cell() -> None:
    (one,) = match(files.as_xlsx(["区域绩效目标申报表（云溪市）", untidy.regional()]), TEMPLATES, "来文.xlsx", "set")
    found = {found.place: found for found in one.matches}
    amount = found[Place(field="资金需求")]
    assert (amount.original, amount.taken, amount.address) == ("135.50万元", "135.50", "C7")
    assert all(one.filing.text(place) == match.taken for place, match in found.items())
    assert {"text": "135.50万元", "taken": "135.50"} in messages(one, "导入为")


def test_the_batch_is_one_step_that_can_be_undone() -> None:
    (one,) = match(files.as_docx(["区域绩效目标申报表（云溪市）", untidy.regional()]), TEMPLATES, "来文.docx", "set")
    filing, inverse = one.batch.apply(one.blank)
    assert filing == one.filing
    assert inverse.apply(filing)[0] == one.blank
