from __future__ import annotations

import io
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook

from forms.filing import Filing, Indicator, Row, TemplateRef
from forms.formula import Budget, judge
from forms.scope import Alone, FilingScope, entries
from forms.template.load import load
from forms.template.model import Template
from tests.forms.sample_workbook import FULL, TASKS, TEMPLATE_TEXT, cell_with, drawn, filing_of, opened

ROUNDED_TEXT = """\
语法: 1
编号: test-rounded
模板: 取整表
版本: "1"
适用: 测试
标题: 取整表
单位: 万元
取整: 是
期间: [年度]
字段: {总数: 金额, 上年: 金额, 编号: 编码, 比例: 百分比}
表:
  科目:
    列: {科目编码: 编码, 科目名称: 文本, 金额: 金额, 份数: 整数}
    行: 1..20
    级: {科目编码: [3, 5, 7]}
列宽: [14, 18, 18, 18]
版式: |
  总数 | [总数] | 上年 | [上年]
  编号 | [编号] | 比例 | [比例]
  科目编码 | 科目名称 | 金额 | 份数
  @科目
规则:
  分级: 分级汇总(科目[金额]) | 不等。
  两项: 总数 = 上年 + SUM(科目[金额]) | 不等。
  条件和: 总数 = SUMIFS(科目[金额], 科目[科目名称], "甲", 科目[份数], ">1") | 不等。
  最大: MAX(科目[金额]) <= 总数 | 太大。
  最小: MIN(科目[金额], 上年) >= 0 | 太小。
  相差: ABS(总数 - 上年) < 10 | 差太多。
  四舍: ROUND(总数 / 3, 1) <> 3.3 | 不应。
  开头: LEFT(编号, 2) = "02" | 不对。
  连写: 编号 & "x" = "0201x" | 不对。
  否则: NOT(总数 > 上年) | 不应多于上年。
  如果: IF(总数 > 10, 上年 > 10, 上年 <= 10) | 不一致。
  百分: 比例 >= 50% | 太低。
  编码不重: 唯一(科目[科目编码]) | 重复。
  金额不减: 不减(科目[金额]) | 减了。
"""
PAYLOADS = [
    sign + body
    for sign in "=+-@\t\r＝＋－＠"
    for body in ("1+1", "cmd|' /C calc'!A0", 'HYPERLINK("http://x","y")', "SUM(A1:A9)", "100%", "DDE(\"a\";\"b\")")
]  # fmt: skip


@pytest.fixture(scope="module")
def template() -> Template:
    return load(TEMPLATE_TEXT)


def test_each_rule_has_a_row_with_its_formula_and_severity(template: Template) -> None:
    sheet = opened(drawn(template, filing_of(template, FULL, TASKS)))["校验"]
    rows = {row[0].value: row for row in sheet.iter_rows(min_row=2, max_row=len(template.rules) + 1) if row[0].value}
    rules = [rule.name for rule in template.rules if rule.name not in ("逐行", "关掉")]
    assert list(rows) == [*rules, "逐行（第 1 行）", "逐行（第 2 行）"]
    _, formula, verdict, severity, message = rows["相等"]
    assert formula.value == "总额 = 财政 + 其他"
    assert verdict.data_type == "f"
    assert severity.value == "错误"
    assert message.value == "总额 ×× 不等于 ××，差 ××。"
    assert [rows[rule][3].value for rule in ("条数", "不减", "唯一")] == ["提示", "警告", "提示"]


def test_rules_on_other_filings_show_what_the_program_found(template: Template) -> None:
    filing = filing_of(template, FULL, TASKS)
    for verdicts, shown in (({}, "程序内校验"), ({"清单": "broken"}, "程序内校验：不通过")):
        sheet = opened(drawn(template, filing, verdicts=verdicts))["校验"]
        cell = sheet.cell(cell_with(sheet, "清单").row, 3)
        assert (cell.value, cell.data_type) == (shown, "s")


def test_amounts_in_prose_are_listed_as_inputs(template: Template) -> None:
    sheet = opened(drawn(template, filing_of(template, FULL, TASKS)))["校验"]
    start = cell_with(sheet, "取自文字中的数").row
    listed = {sheet.cell(row, 1).value: sheet.cell(row, 2).value for row in range(start + 1, sheet.max_row + 1)}
    assert listed == {"甲": 1000, "乙": 354}


def test_a_form_without_rules_has_no_check_sheet(template: Template) -> None:
    bare = replace(template, rules=())
    assert "校验" not in opened(drawn(bare, filing_of(template, FULL))).sheetnames


# --- recalculated by another program ---


@pytest.fixture(scope="session")
def office() -> str:
    found = shutil.which("soffice")
    if not found:
        pytest.skip("LibreOffice is not on this machine: recalculation of the workbook is not tested")
    return found


def recalculated(office: str, folder: Path, books: dict[str, bytes]) -> dict[str, Workbook]:
    """Each workbook as LibreOffice saves it again, with its values calculated."""
    for name, data in books.items():
        (folder / f"{name}.xlsx").write_bytes(data)
    home = f"-env:UserInstallation={(folder / 'home').as_uri()}"
    command = [office, home, "--headless", "--convert-to", "xlsx", "--outdir", str(folder / "out")]
    subprocess.run([*command, *(str(folder / f"{name}.xlsx") for name in books)], check=True, capture_output=True)
    return {name: openpyxl.load_workbook(folder / "out" / f"{name}.xlsx", data_only=True) for name in books}


FILINGS: dict[str, tuple[dict[str, str], tuple[tuple[str, str], ...]]] = {
    "full": (FULL, TASKS),
    "blank": ({}, ()),
    "found unread": (FULL, (("甲", "1000"), ("丙", "x"))),
    "found blank": (FULL, (("甲", "1000"), ("丙", ""))),
    "broken": ({**FULL, "总额": "1354.01", "二季": "10", "年份": "2019", "说明": "短", "指标": "率"}, TASKS),
    "unread": ({**FULL, "总额": "12a", "三季": "约5"}, TASKS),
    "half": ({"名称": "丙", "总额": "200"}, ()),
    "other half": ({"财政": "3", "三季": "5", "甲": "1"}, (("丙", "3"),)),
    "unread row": (FULL, (("甲", "x"), ("甲", "354"))),
    "not in the list": ({**FULL, "名称": "丁"}, TASKS),
    "decimals": ({**FULL, "总额": "0.3", "财政": "0.1", "其他": "0.2", "甲": "0.1", "乙": "0.2"}, (("丙", "0.3"),)),
    "negative": ({**FULL, "总额": "-1", "财政": "-0.5", "其他": "-0.5"}, (("丙", "-1"),)),
}
STATES = {"holds": "通过", "broken": "不通过", "pending": "未填"}


def judged(template: Template, filing: Filing) -> dict[str, str]:
    scope = FilingScope(template, filing, Alone(), Budget())
    verdicts = {}
    for rule in template.rules:
        rows = [at for at, _ in entries(filing, rule.each)] if rule.each else [None]
        for number, row in enumerate(rows, 1):
            with scope.at_row(row):
                name = f"{rule.name}（第 {number} 行）" if rule.each else rule.name
                verdicts[name] = STATES[judge(rule.formula, scope, Budget()).state]
    return {name: verdict for name, verdict in verdicts.items() if name not in ("清单", "关掉")}


def shown_verdicts(book: Workbook) -> dict[str, str]:
    sheet = book["校验"]
    rows = sheet.iter_rows(min_row=2, max_col=3, values_only=True)
    return {str(name): str(verdict) for name, _, verdict in rows if verdict and not str(verdict).startswith("程序内")}


def test_the_live_verdicts_are_those_of_the_program(template: Template, office: str, tmp_path: Path) -> None:
    filings = {name: filing_of(template, *given) for name, given in FILINGS.items()}
    books = recalculated(office, tmp_path, {name: drawn(template, one) for name, one in filings.items()})
    outcomes = set()
    for name, filing in filings.items():
        expected = judged(template, filing)
        shown = shown_verdicts(books[name])
        assert shown == expected, name
        outcomes |= set(shown.items())
    assert len(outcomes) >= 30  # the filings bring out most rules in most of their three outcomes


def rounded_filing(template: Template, fields: str, *rows: str) -> Filing:
    filled = dict(zip(template.fields, fields.split(","), strict=True))
    columns = [column.name for column in template.tables["科目"].columns]
    table = tuple(Row(f"r{n}", dict(zip(columns, row.split(","), strict=True))) for n, row in enumerate(rows))
    reference = TemplateRef(template.id, template.version, template.digest)
    return Filing("fedcba9876543210", reference, values=filled, tables={"科目": table})


ROUNDED = {
    "sums within half a unit": ("10,3,0201,50%", "201,甲,5,2", "20101,甲,2,2", "20102,乙,2,1", "202,乙,1,0"),
    "sums beyond it": ("20,3,0201,49.9", "201,甲,5,2", "20101,甲,1,2", "20102,乙,1,1", "20102,乙,4,3"),
    "exact sums": ("11,3,0201,50%", "201,甲,4,2", "20101,乙,4,2"),
    "exact condition": ("4,9,0201,50", "201,甲,4,2", "20101,甲,4,1"),
    "blank": (",,,",),
    "text and blank cells": ("6,7,1201,100", "201,甲,,2", "20101,甲,6,x", "202,乙,,"),
    "negative": ("-1,7,0201,-3", "201,甲,-2,2", "20101,甲,-1,2"),
}


@pytest.mark.parametrize("text", [ROUNDED_TEXT, ROUNDED_TEXT.replace("取整: 是\n", "")], ids=["rounded", "exact"])
def test_every_function_of_the_rule_language_is_judged_alike(text: str, office: str, tmp_path: Path) -> None:
    template = load(text)
    filings = {name: rounded_filing(template, *given) for name, given in ROUNDED.items()}
    books = recalculated(office, tmp_path, {name: drawn(template, one) for name, one in filings.items()})
    # A rounded sum inside a function has an interval that Excel cannot tell.
    inexpressible = {"条件和", "相差"} if template.rounded else set()
    passed = set()
    for name, filing in filings.items():
        expected = {rule: verdict for rule, verdict in judged(template, filing).items() if rule not in inexpressible}
        assert shown_verdicts(books[name]) == expected, name
        passed |= {rule for rule, verdict in expected.items() if verdict == "通过"}
    assert len(passed) == len(template.rules) - len(inexpressible)


def test_verdicts_change_when_a_number_is_changed_in_the_workbook(
    template: Template, office: str, tmp_path: Path
) -> None:
    data = drawn(template, filing_of(template, FULL, TASKS))
    changed = opened(data)
    form, check = changed.worksheets
    cell_with(form, 1000.5).value = 999
    cell_with(form, 25).value = None
    cell_with(form, 50).value = 101
    check.cell(cell_with(check, "甲").row, 2).value = 1
    saved = io.BytesIO()
    changed.save(saved)
    books = recalculated(office, tmp_path, {"before": data, "after": saved.getvalue()})
    before, after = shown_verdicts(books["before"]), shown_verdicts(books["after"])
    assert {name for name in before if before[name] != after[name]} == {"相等", "不减", "分散"}
    assert {before[name] + after[name] for name in ("相等", "不减", "分散")} == {"通过不通过"}


def test_no_payload_is_a_formula_in_another_program(template: Template, office: str, tmp_path: Path) -> None:
    tasks = tuple((text, text) for text in PAYLOADS[:20])
    filing = filing_of(template, {"名称": PAYLOADS[0], "说明": PAYLOADS[1], "总额": PAYLOADS[2]}, tasks)
    filing = filing.replace(
        indicators=tuple(
            Indicator(f"i{n}", "产出指标", "数量指标", {"三级指标": text, "指标值": text})
            for n, text in enumerate(PAYLOADS)
        )
    )
    data = drawn(template, filing)
    (tmp_path / "values").mkdir()
    books = [opened(data), recalculated(office, tmp_path / "values", {"p": data})["p"]]
    again = openpyxl.load_workbook(tmp_path / "values" / "out" / "p.xlsx")
    assert len(PAYLOADS) == 60
    for book in (*books, again):
        sheet = book.worksheets[0]
        texts = [cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} <= {"s", "n"}
        for payload in PAYLOADS:
            assert payload.replace("\r", "\n") in texts
