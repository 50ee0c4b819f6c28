"""Indicators to take over: packs are sound, own ones are learned, and a few letters find what is meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from forms.errors import IndicatorsRefused
from forms.filing import Filing, Indicator
from forms.indicator_library import Entry, IndicatorLibrary, used_in
from forms.indicator_library.packs import read, shipped
from forms.indicator_value import understand
from forms.template.model import Field, Role, Tree
from forms.template.spelling import branch_key
from forms.templates import Templates
from forms.values import Kind

RATE = Entry("设备验收合格率", "质量指标", "≥95%", "%", "采购合同", "验收合格数÷总数", "设备购置", "常用指标")
COUNT = Entry("购置设备数量", "数量指标", "＝", "台（套）", "采购方案", category="设备购置", source="常用指标")
NATIONAL = {"数量", "质量", "时效", "成本", "经济效益", "社会效益", "生态效益", "可持续影响", "服务对象满意度"}


def tree(*roles: Role) -> Tree:
    return Tree("指标", tuple(Field(role.value, Kind.TEXT, role=role) for role in roles), ())


def test_the_shipped_packs_are_sound_and_cover_every_category() -> None:
    found = shipped()
    assert {branch_key(one.level2) for one in found} == NATIONAL
    assert len({one.key for one in found}) == len(found)
    assert all(one.category and one.basis for one in found)


@pytest.mark.parametrize("one", shipped(), ids=lambda one: one.name)
def test_every_usual_value_is_understood(one: Entry) -> None:
    if len(one.value) == 1:
        assert one.value in "≥≤＝"
        assert one.unit
    else:
        assert understand(one.value).kind not in ("text", "multi")


def test_a_value_is_split_where_the_tree_prints_its_parts() -> None:
    roles = (Role.NAME, Role.SIGN, Role.NUMBER, Role.UNIT, Role.BASIS)
    assert dict(RATE.texts(tree(*roles))) == {
        "名称": "设备验收合格率", "符号": "≥", "数值": "95", "单位": "%", "依据": "采购合同",
    }  # fmt: skip
    assert dict(COUNT.texts(tree(*roles))) == {
        "名称": "购置设备数量",
        "符号": "＝",
        "单位": "台（套）",
        "依据": "采购方案",
    }


def test_a_value_in_one_column_is_given_only_with_its_number() -> None:
    both = tree(Role.NAME, Role.VALUE)
    assert dict(RATE.texts(both)) == {"名称": "设备验收合格率", "指标值": "≥95%"}
    assert dict(COUNT.texts(both)) == {"名称": "购置设备数量"}


def test_those_of_the_branch_come_first_and_names_before_other_words() -> None:
    library = IndicatorLibrary((RATE, COUNT, Entry("设备完好率", "质量指标", category="运行维护")))
    assert [one.name for one in library.search("设备", "数量")] == ["购置设备数量", "设备验收合格率", "设备完好率"]
    assert [one.name for one in library.search("设备", "质量指标")][:2] == ["设备验收合格率", "设备完好率"]
    assert [one.name for one in library.search("设备购置", "质量指标")] == ["设备验收合格率", "购置设备数量"]
    assert library.search("高铁") == ()


def test_without_words_the_usual_ones_of_the_branch_are_offered() -> None:
    library = IndicatorLibrary((RATE, COUNT))
    assert library.search("", "质量指标") == (RATE,)
    assert library.search("", "") == ()


def test_what_was_used_is_learned_newest_first_and_offered_before_what_was_not() -> None:
    library = IndicatorLibrary((Entry("培训合格率", "质量指标", "≥95%"), RATE))
    library.learn([Entry("设备验收合格率", "质量", "≥98%", used=1)])
    library.learn([Entry("设备验收合格率", "质量", "≥90%", used=1)])
    first = library.search("", "质量指标")[0]
    assert (first.name, first.value, first.used) == ("设备验收合格率", "≥98%", 2)
    assert (first.category, first.source, first.basis) == ("设备购置", "常用指标", "采购合同")


def test_the_named_indicators_of_a_filing_are_used() -> None:
    template = Templates.shipped().newest("gd-quyu-2022")
    columns = [{"三级指标": "监测\n点位数", "指标值": "≥12个"}, {"指标值": "≥1个"}]
    filing = Filing(
        "f", template.ref, indicators=tuple(Indicator(str(n), "产出指标", "数量指标", c) for n, c in enumerate(columns))
    )
    (one,) = used_in(template, filing)
    assert (one.name, one.level2, one.value, one.used) == ("监测 点位数", "数量指标", "≥12个", 1)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("指标:\n  数量指标:\n    - {值: 3}", "第 3 行"),
        ("指标:\n  数量指标:\n    - {名称: 甲, 单味: 个}", "单位"),
        ("指标: 无", "二级指标"),
        ("指标:\n  数量指标: 甲", "第 2 行"),
        ("指标:\n  数量指标:\n    - 甲", "第 3 行"),
    ],
)
def test_a_faulty_pack_is_refused_with_the_line(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "本县.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(IndicatorsRefused, match="本县") as refused:
        read(path)
    assert told in str(refused.value)


def test_a_pack_that_is_no_utf8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "本县.yaml"
    path.write_bytes("指标: {}".encode("gb18030"))
    with pytest.raises(IndicatorsRefused, match="UTF-8"):
        read(path)
