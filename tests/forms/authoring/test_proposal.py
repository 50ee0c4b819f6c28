"""A form nobody has a template for becomes a template that loads, looks like it, and reads its own filled copies."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.authoring import workbook, workbook_reading
from forms.authoring.cell_roles import Decision, Part
from forms.authoring.given_forms import forms_in
from forms.authoring.headings import read_headings
from forms.authoring.lexicon import Lexicon
from forms.authoring.proposal import Proposal, forms_of, propose
from forms.errors import SourceRefused
from forms.filing import Filing, TemplateRef
from forms.grid.arrange import arrange
from forms.importers.matching import match
from forms.importers.reading import read
from forms.importers.source import Source, SourceCell, SourceRow, SourceText
from forms.render.xlsx import render
from forms.template.load import load
from forms.template.model import Role
from forms.values import Kind
from tests.forms.authoring import blank_forms
from tests.forms.authoring.content import content, every_template

_WORDS = st.sampled_from([
    "", "", "", "项目名称", "一级指标", "二级指标", "三级指标", "指标值", "产出指标", "数量指标", "……", "序号", "1",
    "2", "合计", "金额（万元）", "万元", "  年", "新增□ 延续□", "____万元", "盖章  年  月  日", "2022年", "50万元",
    "100%", "其中", "注：无", "填报人：", "样本：", "附件1", "年度绩效目标表", "（2020年度）", "[甲]", "@乙", "<", "^",
    "# 丙", "甲|乙", "{n}", "\\", "“”", "n", "一、", "\n", "甲\n乙", "长" * 50, "X" * 2100,
])  # fmt: skip


def _proposed(path: Path, number: int = 0) -> Proposal:
    return propose(forms_of(path), number)


def _drawing(proposal: Proposal) -> str:
    return proposal.text.partition("版式: |\n")[2].partition("\n别名")[0].partition("\n待核")[0]


def test_a_blank_project_form(tmp_path: Path) -> None:
    proposal = _proposed(blank_forms.project(tmp_path))
    assert (
        _drawing(proposal)
        == """\
  # 填报单位（盖章）：[填报单位]
  项目名称         | <        | [项目名称]
  主管部门         | <        | [主管部门]     | 实施单位 | [实施单位]
  项目属性         | <        | [项目属性□]    | <        | 项目期限 | [项目期限]年
  项目资金（万元） | <        | 年度资金总额   | [年度资金总额]
  ^                | <        | 其中：财政拨款 | [财政拨款]
  ^                | <        | 其他资金       | [其他资金]
  年度总体目标     | <        | [年度总体目标]
  绩效指标         | 一级指标 | 二级指标       | 三级指标 | <        | 指标值
  ^                | @指标
  主管部门审核意见 | <        | [主管部门审核意见]\\n（盖章）\\n 年 月 日"""
    )
    template = proposal.template
    assert template.awaiting
    assert (template.name, template.unit) == ("浣城县项目支出绩效目标申报表", "万元")
    kinds = {name: field.kind for name, field in template.fields.items()}
    assert kinds["财政拨款"] is Kind.MONEY
    assert kinds["年度总体目标"] is Kind.LONG
    assert kinds["项目期限"] is Kind.INTEGER
    assert kinds["填报日期"] is Kind.DATE
    assert template.fields["项目属性"].choices == ("新增项目", "延续项目")
    assert template.fields["填报单位"].default == "=档案.单位名称"
    tree = template.trees["指标"]
    assert [(b.label, b.preset, b.free) for b in tree.limbs[0].branches] == [
        ("数量指标", 2, False),
        ("质量指标", 1, False),
    ]
    assert [(b.label, b.free) for b in tree.limbs[1].branches] == [("经济效益指标", False), ("……", True)]
    assert template.sheets[0].notes == ("注：1.本表一式两份。",)
    assert proposal.questions == ()
    book = tmp_path / "表样.xlsx"
    book.write_bytes(workbook.render(template))
    assert content(workbook_reading.read_file(book)) == content(template)


@pytest.mark.parametrize("line", ["单位：万元", "金额单位：人民币万元", "（单 位：万元）"])
def test_the_unit_of_money_above_a_form_is_read_however_it_is_spelt(line: str, tmp_path: Path) -> None:
    form = forms_of(blank_forms.project(tmp_path))[0]
    spelt = tuple(one.replace("单位：万元", line) for one in form.above)
    assert line in spelt[-1]
    headings = read_headings(replace(form, above=spelt), (), {}, Lexicon.of())
    assert (headings.unit, headings.right) == ("万元", line)


def test_a_blank_evaluation_form(tmp_path: Path) -> None:
    proposal = _proposed(blank_forms.evaluation(tmp_path))
    template = proposal.template
    table = template.tables["项目资金"]
    assert table.labels == ("年度资金总额", "其中：当年财政拨款")
    assert table.absent == {("其中：当年财政拨款", "分值"), ("其中：当年财政拨款", "得分")}
    assert [column.kind for column in table.columns[:2]] == [Kind.ROW_LABEL, Kind.MONEY]
    roles = {column.name: column.role for column in template.trees["指标"].columns}
    assert roles["实际完成值"] is Role.ACTUAL
    assert (roles["分值"], roles["得分"]) == (Role.WEIGHT, Role.SCORE)
    assert "^                | [预期目标] | <          | <          | <          | [实际完成情况]" in _drawing(proposal)
    assert "| 100  | [总分] |" in _drawing(proposal)
    assert any("印着数字" in str(question) for question in proposal.questions)


def test_a_blank_register(tmp_path: Path) -> None:
    template = _proposed(blank_forms.register(tmp_path)).template
    table = template.tables["明细"]
    assert [column.name for column in table.columns] == [
        "序号", "项目名称", "建设地点", "合计", "财政资金", "自筹资金", "受益户数", "责任人",
    ]  # fmt: skip
    assert table.columns[0].kind is Kind.SERIAL
    assert table.labels == ()
    formula = template.fields["财政资金合计"].formula
    assert formula is not None
    assert formula.text == "SUM(明细[财政资金])"
    assert template.sheets[0].blocks[0].heads == (1, 2)


def test_a_total_above_its_rows_is_drawn_below_them_and_asked_about(tmp_path: Path) -> None:
    proposal = _proposed(blank_forms.summary(tmp_path))
    table, template = proposal.template.tables["明细"], proposal.template
    kinds = [Kind.SERIAL, Kind.TEXT, Kind.TEXT, Kind.MONEY, Kind.MONEY, Kind.LONG]
    assert [column.kind for column in table.columns] == kinds
    assert [name for name, field in template.fields.items() if field.formula] == ["投资合计", "财政资金合计"]
    assert "A4：合计印在各行的上面，表样里画在各行的下面，请核对。" in map(str, proposal.questions)
    assert len(template.sheets[0].notes) == 3
    path = blank_forms.summary(tmp_path, ["合计", "", "", "30", "12"], ["1", "引水", "水利局", "10", "4", "通水"],
                               ["2", "修路", "交通局", "20", "8", "通车"])  # fmt: skip
    (one,) = match(read(path), [template], path.name, "set")
    assert [row.cells["项目名称"] for row in one.filing.rows("明细")] == ["引水", "修路"]
    assert (one.unplaced, one.notices, one.complete) == ((), (), True)


def test_numbers_printed_to_write_behind_and_words_of_the_form_itself(tmp_path: Path) -> None:
    template = _proposed(blank_forms.schedule(tmp_path)).template
    columns = template.tables["项目实施进度计划"].columns
    assert [(one.name, one.kind) for one in columns] == [
        ("实施内容", Kind.LONG), ("开始时间", Kind.DATE), ("完成时间", Kind.DATE),
    ]  # fmt: skip
    limbs = {limb.label: [branch.label for branch in limb.branches] for limb in template.trees["指标"].limbs}
    assert limbs == {"产出目标": ["数量", "质量"], "影响力目标": ["长效管理"]}
    assert [column.role for column in template.trees["指标"].columns] == [Role.NAME, Role.VALUE, Role.REMARK]
    assert template.sheets[0].notes == ("注：1.金额以元为单位。", "2.指标：应细化量化。", "3.本表一式三份。")


def test_a_form_whose_labels_are_in_no_list(tmp_path: Path) -> None:
    template = _proposed(blank_forms.strange(tmp_path)).template
    assert list(template.fields) == [
        "服务点全称",
        "成立于",
        "是否新建",
        "占地",
        "建设背景",
        "土建",
        "设备",
        "村委会意见",
        "镇政府意见",
    ]
    assert template.fields["是否新建"].choices == ("是", "否")
    assert template.fields["建设背景"].kind is Kind.LONG
    assert (template.fields["土建"].kind, template.unit) == (Kind.MONEY, "元")


def test_a_filled_form(tmp_path: Path) -> None:
    path = blank_forms.filled(tmp_path)
    proposal = _proposed(path)
    assert list(proposal.template.fields) == [
        "年度", "项目名称", "项目编号", "承办科室", "经办人", "业务类别", "联系方式", "申请金额", "起止时间",
        "建设内容",
    ]  # fmt: skip
    assert "城东水厂" not in proposal.text
    (imported,) = match(read(path), [proposal.template], path.name, "s")
    assert imported.unplaced == ()
    assert imported.filing.values["申请金额"].startswith("120.5")
    assert imported.filing.values["年度"] == "2025"
    assert [one.columns["三级指标"] for one in imported.filing.indicators] == [
        "改造管网长度",
        "验收合格率",
        "惠及居民人数",
    ]


def test_many_filled_copies_tell_what_varies(samples: Path) -> None:
    path = samples / "广东2022_区域绩效目标申报表_1-12.xlsx"
    proposal = _proposed(path)
    template = proposal.template
    assert "标题: 区域绩效目标申报表（{地区}）" in proposal.text
    assert template.aliases == {"地方主管部门": ("实施单位",)}
    imported = match(read(path), [template], path.name, "s")
    assert len(imported) == 12
    assert [one.unplaced for one in imported] == [()] * 12
    assert {one.filing.values["地区"] for one in imported} >= {"广州市", "珠海市"}


def test_a_title_prints_the_field_that_holds_the_same(samples: Path) -> None:
    proposal = _proposed(samples / "秦皇岛2020_部门预算绩效信息_1-6.docx")
    assert '标题: "{序号}、{专项资金名称}绩效目标表"' in proposal.text
    kinds = {proposal.template.fields[name].kind for name in ("3月底", "6月底", "10月底", "12月底")}
    assert kinds == {Kind.PERCENT}


def test_two_tables_side_by_side(samples: Path) -> None:
    template = _proposed(samples / "深圳坪山2023_部门预算_表格部分.xlsx").template
    assert [*template.tables] == ["收入", "支出"]
    assert template.sheets[0].notes[0].startswith("注：财政拨款收支情况")
    assert template.fields["收入总计"].formula is None  # its rows have levels: a plain sum would count twice


@pytest.mark.parametrize("ending", ["docx", "xlsx", "txt"])
def test_every_form_of_the_samples_loads(ending: str, samples: Path) -> None:
    for path in sorted(samples.glob(f"*.{ending}")):
        forms = forms_of(path)
        for number in range(len(forms)):
            proposal = propose(forms, number)
            assert proposal.template.awaiting, path.name
            assert proposal.template.fields or proposal.template.tables or proposal.template.trees, path.name


@pytest.mark.parametrize(
    "ident",
    ["gd-quyu-2022", "mof-hexin-2021", "mof-jiankong-2019", "mof-quyu-2015", "mof-zipin-2020", "zj-zhengti-2020"],
)
def test_the_blank_sheet_of_a_shipped_form_gives_back_its_fields_and_indicators(ident: str, tmp_path: Path) -> None:
    template = load(every_template()[f"templates/{ident}"])
    blank = Filing("0" * 16, TemplateRef(template.id, template.version, template.digest))
    path = tmp_path / "空表.xlsx"
    path.write_bytes(render(arrange(template, blank, {}), template, blank))
    proposed = _proposed(path).template
    found = template.fields.keys() & proposed.fields.keys()
    assert len(found) * 5 >= len(template.fields) * 4
    (tree,), (other,) = template.trees.values(), proposed.trees.values()
    assert [[branch.label for branch in limb.branches] for limb in other.limbs] == [
        [branch.label for branch in limb.branches] for limb in tree.limbs
    ]
    assert {column.role for column in other.columns} >= {Role.NAME}


def test_what_a_person_decides_counts(tmp_path: Path) -> None:
    forms = forms_of(blank_forms.strange(tmp_path))
    assert [cell.part for cell in propose(forms).cells if cell.given.place == (0, 2)] == [Part.WORDS]
    said = {(0, 1): Decision(name="名称"), (0, 3): Decision(kind="日期"), (4, 0): Decision(part=Part.EMPTY)}
    proposal = propose(forms, decisions=said, ident="zhen-fuwudian", name="建设申请单")
    template = proposal.template
    assert (template.id, template.name) == ("zhen-fuwudian", "建设申请单")
    assert "服务点全称" not in template.fields
    assert template.fields["成立于"].kind is Kind.DATE
    cells = {cell.given.place: cell for cell in proposal.cells}
    assert (cells[0, 1].field, cells[0, 3].kind) == ("名称", "日期")
    assert (cells[4, 0].part, cells[4, 0].sure) == (Part.EMPTY, 100)


def test_a_doubtful_cell_is_asked_about(samples: Path) -> None:
    proposal = _proposed(samples / "广东2022_区域绩效目标申报表_1-12.xlsx")
    asked = [str(question) for question in proposal.questions]
    assert any("一级、二级指标取自填过的表" in text for text in asked)
    assert any(text.startswith("1广州市!C4：“二级项目”") for text in asked)


@st.composite
def _sources(draw: st.DrawFn) -> Source:
    """Documents nobody would make: words of forms in any cell, merges of any shape, rows of any length."""
    blocks: list[SourceRow | SourceText] = [SourceText(draw(_WORDS) or "甲", 1)]
    columns, taken = draw(st.integers(1, 6)), set[tuple[int, int]]()
    for row in range(draw(st.integers(1, 8))):
        cells: list[SourceCell] = []
        col = 0
        while col < columns:
            cols, rows = draw(st.integers(1, 2)), draw(st.sampled_from([1, 1, 1, 2, 3]))
            covered = (row, col) in taken
            cells.append(SourceCell("" if covered else draw(_WORDS), col, cols, rows, covered))
            taken.update((row + below, col + beside) for below in range(rows) for beside in range(cols))
            col += cols
        blocks.append(SourceRow(cells, 1, row + 1))
    return Source("docx", blocks)


@settings(deadline=None)
@given(_sources())
def test_whatever_the_document_the_template_loads(source: Source) -> None:
    forms = forms_in(source)
    for number in range(len(forms)):
        assert propose(forms, number).template.sheets


def test_a_form_too_wide_for_a_template_is_refused(tmp_path: Path) -> None:
    path = blank_forms.workbook(tmp_path / "宽表.xlsx", [[f"栏{col}" for col in range(70)], ["1"] * 70])
    with pytest.raises(SourceRefused, match="这张表有 70 列"):
        propose(forms_of(path))


def test_a_document_without_a_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "文字.txt"
    path.write_text("没有表格的一段话。\n", encoding="utf-8")
    with pytest.raises(SourceRefused, match="没有表格"):
        forms_of(path)


def test_signs_of_the_notation_in_a_form_are_words(tmp_path: Path) -> None:
    rows = [["[名称]", ""], ["<数量>", ""], ["@人", ""], ["# 号", ""], ["甲|乙{丙}\\", ""]]
    proposal = _proposed(blank_forms.document(tmp_path / "符号.docx", ["含{花括号}的表"], rows))
    words = [cell.words for cell in proposal.template.sheets[0].cells if cell.words]
    assert words == ["[名称]", "<数量>", "@人", "#号", "甲|乙{丙}\\"]
    assert load(proposal.text).name
