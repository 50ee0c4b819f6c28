"""湛江 2020: the form counted by hand, with what two page breaks and a shifted table did to it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from forms.filing import Place
from forms.importers.matching import Imported
from forms.rules import Review
from forms.scope import Alone
from tests.forms import sample_imports as some

pytestmark = pytest.mark.samples

SPLITS = ("按支出类型", "按收入来源", "按支出性质", "按预算级次")


@pytest.fixture(params=[".docx", ".txt"])
def one(request: pytest.FixtureRequest, samples: Path) -> Imported:
    (found,) = some.forms(samples / (some.ZHANJIANG + request.param))
    return found


def broken(filing_of: Imported, changes: dict[str, str]) -> set[str]:
    filing = filing_of.filing
    for name, text in changes.items():
        filing = filing.put(Place(field=name), text)
    return {problem.rule for problem in Review(filing_of.template, filing, Alone()).problems}


def test_the_fields_stand_where_they_belong(one: Imported) -> None:
    values = one.filing.values
    assert (values["年度"], values["预算安排年度"], one.filing.year) == ("2020", "2020", "2020")
    assert (values["财政供养人员数量"], values["下属单位数量"], values["部门预算金额"]) == ("187", "11", "8254.22")
    assert one.filing.unit.name == "湛江市生态环境局"
    assert one.complete


def test_the_four_splits_each_equal_the_total_and_a_wrong_one_is_found(one: Imported) -> None:
    assert not broken(one, {}) & set(SPLITS)
    assert broken(one, {"部门预算金额": "8259.22"}) >= set(SPLITS)
    for name, split in (("项目支出", 0), ("其他资金", 1), ("运转性支出", 2), ("市本级预算", 3)):
        amount = str(Decimal(one.filing.values[name]) + 5)
        assert broken(one, {name: amount}) & set(SPLITS) == {SPLITS[split]}


def test_tasks_that_page_breaks_cut_are_five_again(one: Imported) -> None:
    assert some.column(one, "重点任务", "拟投入的资金") == ["300", "200", "300", "200", "650"]
    contents = some.column(one, "重点任务", "主要实施内容")
    assert contents[0].endswith("国控重点污染源的常规监测和应急监测工作")
    assert contents[1].endswith("8、无人机与无人船系统建设")
    assert contents[3].endswith("“一证式”管")
    assert some.told(one, "分页断开的一行已接回") == [{}]


def test_a_text_in_the_wrong_cell_is_told(one: Imported) -> None:
    assert some.told(one, "可能放错了格") == [{"column": "名称", "other": "期望达到的目标"}]


def test_indicators_of_rows_that_slid_stand_under_their_branch(one: Imported) -> None:
    assert some.branches(one) == {"生态效益指标": 3}
    names = [indicator.columns["三级指标"] for indicator in one.filing.indicators]
    assert names == ["强化水质达标攻坚", "强化优良空气提升", "强化农村污水治理"]
    assert all(indicator.columns["三级指标目标值"] for indicator in one.filing.indicators)
    assert len(some.told(one, "错了列")) == 1


def test_prose_in_label_cells_is_kept_apart_and_told_five_times(one: Imported) -> None:
    labels = [params["label"] for params in some.told(one, "请移到指标行中")]
    assert labels == ["产出指标：", "数量指标：", "质量指标：", "效益指标：", "生态效益指标："]
    assert sum(len(text) > 20 for text in one.unplaced) == 6
    assert [text for text in one.unplaced if len(text) <= 20] == ["..."]
