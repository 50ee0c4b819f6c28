"""Words are found in the order of the form and exchanged as one change that can be taken back."""

from __future__ import annotations

import pytest

from forms.filing import Filing, Indicator, Place
from forms.finding import exchange, find
from forms.template.model import Template
from forms.templates import Templates


@pytest.fixture(scope="module")
def template() -> Template:
    return Templates.shipped().newest("gd-quyu-2022")


@pytest.fixture
def filing(template: Template) -> Filing:
    def indicator(ident: str, level2: str, name: str, value: str) -> Indicator:
        return Indicator(ident, "产出指标", level2, {"三级指标": name, "指标值": value})

    return Filing(
        "f", template.ref,
        values={"总体目标": "建成监测站，监测站运行稳定。", "项目名称": "监测站建设", "资金需求": "２10"},
        indicators=(indicator("b", "质量指标", "监测站合格率", "≥95%"), indicator("a", "数量指标", "监测站", "≥3座")),
    )  # fmt: skip


def told(filing: Filing, found: tuple) -> list[str]:  # type: ignore[type-arg]
    return [f"{one.place.field or one.place.indicator}:{filing.text(one.place)[one.first : one.last]}" for one in found]


def test_places_come_in_the_order_of_the_form(template: Template, filing: Filing) -> None:
    found = find(template, filing, "监测站")
    assert told(filing, found) == ["项目名称:监测站", "总体目标:监测站", "总体目标:监测站", "b:监测站", "a:监测站"]
    assert found[2].span == (6, 9)


@pytest.mark.parametrize(("words", "exactly", "count"), [("210", False, 1), ("210", True, 0), ("２1", True, 1)])
def test_width_counts_only_where_it_is_asked_for(
    template: Template, filing: Filing, words: str, exactly: bool, count: int
) -> None:
    assert len(find(template, filing, words, exactly=exactly)) == count


def test_case_and_characters_that_fold_into_several_keep_their_places(template: Template, filing: Filing) -> None:
    filing = filing.put(Place(field="实施内容"), "ﬁ㎎PM2.5")
    (one,) = find(template, filing, "pm2")
    assert filing.text(one.place)[one.first : one.last] == "PM2"


def test_nothing_is_found_for_no_words(template: Template, filing: Filing) -> None:
    assert find(template, filing, "") == ()


def test_all_are_exchanged_as_one_change_with_an_inverse(template: Template, filing: Filing) -> None:
    change = exchange(filing, find(template, filing, "监测站"), "监测点位")
    after, inverse = change.apply(filing)
    assert after.values["总体目标"] == "建成监测点位，监测点位运行稳定。"
    assert [one.columns["三级指标"] for one in after.indicators] == ["监测点位合格率", "监测点位"]
    assert after.values["资金需求"] == "２10"
    assert inverse.apply(after)[0] == filing
    assert change.title == "把“监测站”换成“监测点位”"


def test_exchanging_for_nothing_leaves_no_empty_text_behind(template: Template, filing: Filing) -> None:
    after, _ = exchange(filing, find(template, filing, "监测站建设"), "").apply(filing)
    assert "项目名称" not in after.values
