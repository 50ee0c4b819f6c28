"""A form in the columns of a finance system: what goes there, what the system would refuse, and everything back."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms import desk
from forms.cli.main import main
from forms.comparison import Side, compare
from forms.errors import ExportRefused, JixiaoError, MappingRefused, SourceRefused
from forms.files import resource
from forms.filing import Filing, Indicator, Membership, Place, Unit
from forms.interchange_data import Dataset, Mapped, dataset, dataset_of, filings, mapped, refusals, to_json
from forms.interchange_files import encode, read
from forms.mapping.load import load_mapping, load_system
from forms.mapping.model import Interchange, Measure, System
from forms.mapping.shipped import mapping_of, system
from forms.problem import Severity
from forms.rules import Review
from forms.store.library import Library
from forms.template.model import Template
from forms.templates import Templates
from tests.forms.filled_forms import BY_ID, FEW, blank, tidy
from tests.forms.filled_forms import filings as any_filings

SHIPPED = Templates.shipped()
MAPPED = [template for template in SHIPPED if mapping_of(template)]
QUYU = BY_ID["gd-quyu-2022"]
HEXIN = next(template for template in MAPPED if template.id == "mof-hexin-2021")


def the(template: Template) -> Interchange:
    found = mapping_of(template)
    assert found is not None
    return found


def rows(template: Template, filing: Filing) -> dict[str, list[dict[str, str]]]:
    return dataset(mapped([Review(template, filing)], mapping_of)).tables


def back_from(found: Dataset) -> list[Filing]:
    return list(filings(found, SHIPPED.named, mapping_of))


def read_json(data: bytes) -> Dataset:
    return dataset_of(json.loads(data), "x.json")


def same(template: Template, one: Filing, other: Filing) -> bool:
    return compare(Side(template, one), Side(template, other)).differences == ()


def indicator(**columns: str) -> Indicator:
    return Indicator("i1", "产出指标", "数量指标", columns)


# --- the files that come with the program ----------------------------------------------------------------------------


def test_every_file_beside_the_templates_belongs_to_one() -> None:
    named = {path.stem for path in resource("mappings").glob("*.yaml")}
    assert named <= {template.id for template in SHIPPED}
    assert {"gd-quyu-2022", "gd-qingdan-2022", "hb-zhuanxiang-2020"} <= {template.id for template in MAPPED}


@pytest.mark.parametrize("template", MAPPED, ids=lambda template: template.id)
def test_everything_comes_back_from_both_kinds_of_file(template: Template, tmp_path: Path) -> None:
    filing = tidy(template).replace(id="a1b2", unit=Unit("某县财政局", "某县", "122001"))
    made = mapped([Review(template, filing)], mapping_of)
    for name in ("a.json", "a.xlsx"):
        desk.write(tmp_path / name, encode(made, (tmp_path / name).name))
        (back,) = back_from(read(tmp_path / name))
        assert same(template, filing, back)
        assert (back.id, back.template, back.year, back.unit) == (filing.id, filing.template, filing.year, filing.unit)
        assert [one.id for one in back.indicators] == [one.id for one in filing.indicators]


@FEW
@given(st.data())
def test_whatever_was_typed_comes_back_text_for_text(data: st.DataObject) -> None:
    template = data.draw(st.sampled_from(MAPPED))
    filing = data.draw(any_filings(template))
    review = Review(template, filing)
    (back,) = back_from(read_json(to_json(dataset(mapped([review], mapping_of)))))
    assert same(template, filing, back)
    assert {name: text for name, text in filing.values.items() if text} == back.values


def test_filings_whose_ids_begin_alike_are_kept_apart() -> None:
    idents = ("a", "x-y", "ab", "b")
    many = [Review(QUYU, tidy(QUYU).replace(id=ident).put(Place(field="地区"), ident)) for ident in idents]
    back = back_from(read_json(to_json(dataset(mapped(many, mapping_of)))))
    assert [one.id for one in back] == list(idents)
    assert all(same(QUYU, one.filing, other) for one, other in zip(many, back, strict=True))


@pytest.mark.samples
def test_the_real_forms_come_back_from_one_workbook(samples: Path, tmp_path: Path) -> None:
    incoming = desk.read_file(samples / "广东2022_任务清单与区域绩效目标申报表_1-12.docx", SHIPPED)
    made = mapped(desk.review_together(incoming), mapping_of)
    desk.write(tmp_path / "a.xlsx", encode(made, (tmp_path / "a.xlsx").name))
    back = back_from(read(tmp_path / "a.xlsx"))
    assert len(back) == 13
    assert all(same(one.template, one.filing, other) for one, other in zip(incoming, back, strict=True))


GOLDEN = {
    "广东2022_任务清单与区域绩效目标申报表_1-12.docx": (0, 0, 2), "湛江2020_部门整体支出绩效目标申报表.docx": (1, 2, 2),
    "深圳坪山2023_部门预算_表格部分.xlsx": (0, 0, 1), "高新区_部门总体绩效目标与预算项目绩效表_1-2.docx": (0, 0, 0),
    "秦皇岛2020_部门预算绩效信息_1-6.docx": (0, 2, 3),
}  # fmt: skip


@pytest.mark.samples
@pytest.mark.parametrize("name", GOLDEN)
def test_the_real_values_longer_than_sixty_are_those_the_field_knows_of(samples: Path, name: str) -> None:
    """Values too long by characters, by bytes of GBK and by bytes of UTF-8 (golden counts of R-LEN)."""
    incoming = [one for one in desk.read_file(samples / name, SHIPPED) if mapping_of(one.template)]
    counts = []
    for measure in Measure:
        own = [(replace(the(one.template), measure=measure), Review(one.template, one.filing)) for one in incoming]
        found = [problem for interchange, review in own for problem in refusals(interchange, review)]
        counts.append(sum((one.rule, one.source) == ("R-LEN", "kpi_val") for one in found))
    assert tuple(counts) == GOLDEN[name]


# --- what goes where -------------------------------------------------------------------------------------------------


def test_fields_ids_and_fixed_words_stand_in_their_columns() -> None:
    filing = blank(
        QUYU, id="f0", unit=Unit("市局", "中山市", "219001"),
        values={"预算年度": "2022年", "总体目标": "甲\n乙", "地区": "中山"},
        indicators=(
            indicator(三级指标="面积", 指标值="≥1,200.50 亩"),
            Indicator("i2", "产出指标", "质量指标", {"三级指标": " "}),
        ),
    )  # fmt: skip
    tables = rows(QUYU, filing)
    assert tables["pm_perf_goal_info"] == [{
        "kpi_per_id": "f0", "fiscal_year": "2022", "mof_div_name": "中山市", "agency_code": "219001",
        "kpi_target": "甲\n乙", "perf_obj_type_code": "2", "perf_obj_type_name": "年度", "sub_mof_div_name": "中山",
        "is_deleted": "2",
    }]  # fmt: skip
    (row,) = tables["pm_perf_indicator"]
    assert row["kpi_id"] == "f0-i1"
    assert (row["lv1_perf_ind_code"], row["lv1_perf_ind_name"]) == ("1", "产出指标")
    assert (row["kpi_content"], row["kpi_val"]) == ("面积", "≥1,200.50 亩")
    assert (row["computesign"], row["indexval"], row["meterunit"]) == ("≥", "1200.50", "亩")


def test_an_empty_description_is_told_by_the_name_and_comes_back_empty() -> None:
    template = BY_ID["hb-zhuanxiang-2020"]
    filing = blank(template, indicators=(indicator(三级指标="面积", 指标值="是"),))
    found = dataset(mapped([Review(template, filing)], mapping_of))
    assert found.tables["pm_perf_indicator"][0]["kpi_content"] == "面积"
    assert back_from(found)[0].indicators[0].columns == {"三级指标": "面积", "指标值": "是"}


def test_sign_number_and_unit_become_one_value_and_a_quality_only_its_words() -> None:
    def value(**columns: str) -> str:
        filing = blank(HEXIN, indicators=(indicator(三级指标="率", **columns),))
        return rows(HEXIN, filing)["pm_perf_indicator"][0]["kpi_val"]

    assert value(计算符号="≥", 值="90", 单位="%") == "≥90%"
    assert value(计算符号="定性", 值="明显改善") == "明显改善"


def test_both_periods_go_into_one_table_and_come_back_apart() -> None:
    template = next(one for one in MAPPED if one.id == "mof-xiangmu-2015")
    some = (
        Indicator("a", "产出指标", "数量指标", {"三级指标": "里程", "指标值": "30公里"}, "中期"),
        Indicator("b", "产出指标", "数量指标", {"三级指标": "里程", "指标值": "10公里"}, "年度"),
    )
    filing = blank(template, values={"中期目标": "通车", "年度目标": "开工"}, indicators=some)
    found = dataset(mapped([Review(template, filing)], mapping_of))
    goals = found.tables["pm_perf_goal_info"]
    assert [(one["kpi_per_id"], one["perf_obj_type_code"], one["kpi_target"]) for one in goals] == [
        ("f-1", "1", "通车"), ("f-2", "2", "开工"),
    ]  # fmt: skip
    assert [one["perf_obj_type_code"] for one in found.tables["pm_perf_indicator"]] == ["1", "2"]
    assert back_from(found)[0].indicators == some


def test_what_has_no_column_is_kept_beside_and_nothing_else() -> None:
    filing = blank(QUYU, values={"总体目标": "甲", "资金需求": "50", "预算年度": "2022年"})
    rest = dataset(mapped([Review(QUYU, filing)], mapping_of)).portions[0].rest
    assert [(one.column, one.text) for one in rest] == [("资金需求", "50"), ("预算年度", "2022年")]


def test_a_form_without_a_mapping_is_refused_by_name() -> None:
    template = BY_ID["sx-xian"]
    with pytest.raises(ExportRefused, match=re.escape(f"{template.name}”（sx-xian）还没有")):
        mapped([Review(template, blank(template))], mapping_of)


# --- what the system would refuse ------------------------------------------------------------------------------------


def limits(name: str, text: str, measure: str = "字", *, awaiting: bool = True) -> tuple[Interchange, Filing]:
    spelt = f"""
语法: 1
系统: s
名称: 某系统
长度按: {measure}
待核: {"是" if awaiting else "否"}
数据表:
  t:
    名: 指标表
    列: {{v: {{名: 值, 长: 6, 禁: "*-"}}, w: {{名: 权重, 数: [5, 2]}}, n: {{名: 名称, 必填: 是}}}}
"""
    plan = "{取: " + name + "}"
    column = {"指标值": "v", "三级指标": "w"}[name]
    own = f"语法: 1\n表样: gd-quyu-2022\n系统: s\n数据表: {{t: {{逐: 指标, 列: {{{column}: {plan}}}}}}}\n"
    made = load_system(spelt)
    interchange = load_mapping(own, QUYU, lambda name: made if name == "s" else None)
    return interchange, blank(QUYU, indicators=(indicator(**{name: text}),))


def told(found: tuple[Interchange, Filing]) -> list[tuple[str, Place, tuple[int, int] | None]]:
    interchange, filing = found
    return [(one.rule, one.at, one.span) for one in refusals(interchange, Review(QUYU, filing)) if one.at != Place()]


AT = Place(indicator="i1", column="指标值")


@pytest.mark.parametrize(
    ("measure", "text", "span"),
    [
        ("字", "一二三四五六", None), ("字", "一二三四五六七", (6, 7)), ("GBK", "一二三", None),
        ("GBK", "一二三4", (3, 4)), ("UTF-8", "一二", None), ("UTF-8", "一二三", (2, 3)), ("GBK", "一㐀二", (2, 3)),
        ("UTF-8", "1𠮷2", None),
        ("UTF-8", "12𠮷3", (3, 4)),
    ],
)  # fmt: skip
def test_lengths_are_counted_as_the_system_counts_and_marked_where_they_run_over(
    measure: str, text: str, span: tuple[int, int] | None
) -> None:
    assert told(limits("指标值", text, measure)) == ([("R-LEN", AT, span)] if span else [])


def test_each_measure_has_its_own_sentence() -> None:
    sentences = {}
    for measure in Measure:
        interchange, filing = limits("指标值", "一二三四五六七", measure)
        sentences[measure] = [str(one) for one in refusals(interchange, Review(QUYU, filing)) if one.rule == "R-LEN"]
    assert sentences[Measure.CHARACTERS] == ["“值”在某系统里至多 6 字，现在 7 字；请缩短。"]
    assert "现在 14 字节" in sentences[Measure.GBK][0]
    assert "现在 21 字节" in sentences[Measure.UTF8][0]


def test_forbidden_characters_are_named_from_the_first_to_the_last() -> None:
    interchange, filing = limits("指标值", "5-1*0")
    (problem,) = [one for one in refusals(interchange, Review(QUYU, filing)) if one.rule == "R-CHAR"]
    assert (problem.at, problem.span) == (AT, (1, 4))
    assert "不能有“-”、“*”" in str(problem)


@pytest.mark.parametrize(
    ("text", "sound"),
    [("100", True), ("22.5", True), ("0.250", True), ("1000", False), ("1.234", False), ("约5", False)],
)
def test_a_number_has_no_more_digits_than_the_system_keeps(text: str, sound: bool) -> None:
    at = Place(indicator="i1", column="三级指标")
    assert told(limits("三级指标", text)) == ([] if sound else [("R-NUM-FMT", at, None)])


def test_a_required_column_the_form_lacks_is_told_once_for_the_form() -> None:
    interchange, filing = limits("指标值", "1")
    more = filing.replace(indicators=(*filing.indicators, Indicator("i2", "产出指标", "数量指标", {"指标值": "2"})))
    found = refusals(interchange, Review(QUYU, more))
    assert [str(one) for one in found] == ["某系统里“名称”必填，这份表样没有这一栏；请在系统里补填。"]


def test_an_empty_required_column_is_told_at_its_blank() -> None:
    filing = blank(QUYU, values={"预算年度": "2022"}, indicators=(indicator(三级指标="面积"),))
    found = [one for one in refusals(the(QUYU), Review(QUYU, filing)) if "这里没有内容" in str(one)]
    assert {(one.at.field or one.at.column, one.params["label"]) for one in found} >= {
        ("总体目标", "绩效目标"), ("指标值", "指标值"),
    }  # fmt: skip


def test_what_nobody_has_compared_with_a_real_system_only_warns() -> None:
    for awaiting, severity in ((True, Severity.WARNING), (False, Severity.ERROR)):
        interchange, filing = limits("指标值", "1-2", awaiting=awaiting)
        assert {one.severity for one in refusals(interchange, Review(QUYU, filing))} == {severity}


def test_the_examples_of_the_page_on_mappings_do_what_it_says() -> None:
    page = resource("mappings", "README.md").read_text(encoding="utf-8")
    spelt_system, spelt_mapping = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    demo = load_system(spelt_system)
    interchange = load_mapping(spelt_mapping, QUYU, {"demo": demo}.get)
    filing = tidy(QUYU).replace(indicators=(indicator(三级指标="面积", 指标值="≥30亩"),))
    made = [(interchange, Review(QUYU, filing))]
    assert dataset(made).tables["indicator"] == [{
        "ind_id": "f-i1", "type_code": "2", "lv1": "1", "name": "面积", "note": "面积", "val": "≥30亩", "unit": "亩",
    }]  # fmt: skip
    assert refusals(*made[0]) == []


# --- files that are wrong --------------------------------------------------------------------------------------------


def test_all_faults_of_a_mapping_are_told_at_once_with_their_lines() -> None:
    text = """语法: 1
表样: gd-quyu-2023
系统: yitihua
长度按: 斤
数据表:
  pm_perf_gaol_info:
    列: {kpi_target: 总体目标}
  pm_perf_indicator:
    逐: 指标
    列:
      kpi_val: 指标直
      kpi_valu: 指标值
      kpi_id: =行.号
      kpi_content: {取: 三级指标, 固定: 无}
      weight: {取: 指标值, 代码: {甲: "1", 乙: "1"}}
"""
    with pytest.raises(MappingRefused) as refused:
        load_mapping(text, QUYU, system, "a.yaml")
    lines = [fault.line for fault in refused.value.faults]
    assert lines == [2, 4, 6, 11, 12, 13, 14, 15]
    shown = str(refused.value)
    assert shown.startswith("对照表“a.yaml”不能使用，有 8 处错误。")
    assert "是不是“pm_perf_goal_info”" in shown
    assert "是不是“指标值”" in shown
    assert "可用：=填报.编号" in shown


def test_all_faults_of_a_system_are_told_at_once_with_their_lines() -> None:
    text = """语法: 2
系统: x
数据表:
  t:
    名: 表
    列:
      a: {名: 甲, 长: 很长}
      b: 乙
      c: {数: [2, 5]}
  u: 1
"""
    with pytest.raises(MappingRefused) as refused:
        load_system(text)
    assert [fault.line for fault in refused.value.faults] == [1, 1, 7, 8, 9, 9, 10]


def test_a_mapping_to_a_system_nobody_knows_is_refused() -> None:
    with pytest.raises(MappingRefused, match=r"没有名为“\.\./x”的系统"):
        load_mapping('语法: 1\n表样: gd-quyu-2022\n系统: "../x"\n数据表: {}\n', QUYU, system)


@pytest.mark.parametrize(
    "content", ['{"a": []}', '{"jixiao": {"format": "9"}}', '{"jixiao": {"format": "1"}, "t": "x"}']
)
def test_other_json_is_not_taken_for_an_interchange_file(content: str, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(content, encoding="utf-8")
    with pytest.raises(SourceRefused, match=r"“a\.json”不是本程序写出的交换文件"):
        read(tmp_path / "a.json")


@pytest.mark.parametrize("name", ["missing.json", "missing.xlsx"])
def test_a_file_that_is_not_there_is_one_sentence(name: str, tmp_path: Path) -> None:
    with pytest.raises(JixiaoError, match="missing"):
        read(tmp_path / name)


# --- the workbook ----------------------------------------------------------------------------------------------------


def write(path: Path, made: Mapped) -> openpyxl.Workbook:
    desk.write(path, encode(made, (path).name))
    return openpyxl.load_workbook(path)


def column(book: openpyxl.Workbook, sheet: str, name: str) -> Sequence[openpyxl.cell.cell.Cell]:
    cells = next(cells for cells in book[sheet].columns if cells[1].value == name)
    return [cell for cell in cells if isinstance(cell, openpyxl.cell.cell.Cell)]


def test_a_sheet_names_its_columns_for_people_and_programs_and_marks_the_required(tmp_path: Path) -> None:
    book = write(tmp_path / "a.xlsx", mapped([Review(QUYU, tidy(QUYU))], mapping_of))
    assert book.sheetnames == ["pm_perf_goal_info", "pm_perf_indicator", "填报", "其他内容"]
    heads = [(cell.value, name.value) for cell, name in book["pm_perf_indicator"].iter_cols(max_row=2)]
    assert ("*指标值", "kpi_val") in heads
    assert ("备注", "kpi_remark") in heads


def test_numbers_are_numeric_cells_with_their_decimals_and_texts_stay_texts(tmp_path: Path) -> None:
    some = (
        Indicator("i1", "产出指标", "数量指标", {"三级指标": "=1+1", "指标分值权重": "22.50", "值": "007"}),
        Indicator("i2", "产出指标", "数量指标", {"三级指标": "乙", "指标分值权重": "约十"}),
    )
    filing = blank(HEXIN, indicators=some)
    book = write(tmp_path / "a.xlsx", mapped([Review(HEXIN, filing)], mapping_of))
    _, _, first, second = column(book, "pm_perf_indicator", "weight")
    assert (first.data_type, Decimal(str(first.value)), first.number_format) == ("n", Decimal("22.5"), "0.00")
    assert (second.data_type, second.value) == ("s", "约十")
    assert [cell.data_type for cell in column(book, "pm_perf_indicator", "lv3_perf_ind_name")] == ["s"] * 4
    assert column(book, "pm_perf_indicator", "indexval")[2].value == "007"
    (back,) = back_from(read(tmp_path / "a.xlsx"))
    assert back.indicators == some


def test_the_same_filings_give_the_same_bytes(tmp_path: Path) -> None:
    made = mapped([Review(QUYU, tidy(QUYU))], mapping_of)
    for name in ("a.xlsx", "a.json"):
        desk.write(tmp_path / name, encode(made, (tmp_path / name).name))
        first = (tmp_path / name).read_bytes()
        desk.write(tmp_path / name, encode(made, (tmp_path / name).name))
        assert (tmp_path / name).read_bytes() == first


# --- the command -----------------------------------------------------------------------------------------------------


@pytest.fixture
def library(tmp_path: Path) -> Path:
    path = tmp_path / "l.jixiao"
    filing = tidy(QUYU).replace(id="0123456789abcdef", set=Membership("s", "1"))
    with Library.open(path) as opened:
        opened.add(filing, QUYU.text, title="一份表", template_name=QUYU.name)
    return path


def test_the_command_writes_a_file_says_what_is_refused_and_reads_it_back(
    library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "a.xlsx"
    assert main(["interchange", "0123", "-o", str(target), "--library", str(library)]) == 0
    said = capsys.readouterr()
    assert said.out == f"已写成 {target}\n"
    assert "“评（扣）分标准”必填" in said.err
    assert main(["interchange", "--read", str(target), "--json"]) == 0
    (shown,) = json.loads(capsys.readouterr().out)
    assert shown["values"] == tidy(QUYU).values
    assert main(["interchange", "--read", str(target)]) == 0
    assert capsys.readouterr().out.startswith("0123456789abcdef：")


def test_a_form_without_a_mapping_is_left_out_and_told(
    library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = BY_ID["gx-zongti"]
    with Library.open(library) as opened:
        opened.add(tidy(plan).replace(id="fedcba9876543210"), plan.text, title="规划", template_name=plan.name)
    target = tmp_path / "全套.json"
    assert main(["interchange", "fedc", "0123", "-o", str(target), "--library", str(library)]) == 0
    assert "的表样没有与财政系统的对照表，没有写出。" in capsys.readouterr().err
    assert [one["id"] for one in json.loads(target.read_bytes())["jixiao"]["filings"]] == ["0123456789abcdef"]
    assert main(["interchange", "fedc", "-o", str(tmp_path / "无.json"), "--library", str(library)]) == 3
    assert not (tmp_path / "无.json").exists()


def test_a_mapping_of_ones_own_takes_the_place_of_the_shipped_one(
    library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(
        "语法: 1\n表样: gd-quyu-2022\n系统: yitihua\n长度按: UTF-8\n"
        "数据表: {pm_perf_goal_info: {列: {kpi_target: 总体目标}}}\n",
        encoding="utf-8",
    )
    target = tmp_path / "a.json"
    words = ["interchange", "0123", "-o", str(target), "--library", str(library), "--mapping"]
    assert main([*words, str(own)]) == 0
    assert list(json.loads(target.read_bytes())) == ["province", "year", "pm_perf_goal_info", "jixiao"]
    capsys.readouterr()
    assert main([*words, str(tmp_path / "none.yaml")]) == 2
    assert capsys.readouterr().err == "“none.yaml”打不开；请检查文件名和权限。\n"


def test_words_that_are_lacking_are_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["interchange"]) == 2
    assert capsys.readouterr().err.startswith("请写明要写出的表的编号")
    assert main(["interchange", "0123", "-o", "a.xls"]) == 2
    assert capsys.readouterr().err == "“a.xls”没有写成；这里可用的扩展名是 .xlsx、.json。\n"


def test_systems_are_known_by_name_only() -> None:
    found = system("yitihua")
    assert isinstance(found, System)
    assert found.awaiting
    assert system("../systems/yitihua") is None
