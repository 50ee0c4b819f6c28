"""The sheet 校验: each rule of the template with a live formula that says 通过, 不通过 or 未填."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from math import ceil
from unicodedata import east_asian_width

from openpyxl.cell.cell import Cell
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from forms.filing import Filing, Place
from forms.formula import Budget, Name
from forms.grid.cells import Piece, Style
from forms.problem import Severity
from forms.render.addresses import Spot
from forms.render.looks import Look
from forms.render.outcome import BROKEN, HOLDS, PENDING, Outcome
from forms.render.typed_cells import cell_at, empty_format, figure
from forms.render.workbook import FormBook
from forms.scope import Alone, FilingScope, block, entries
from forms.template.model import Rule, Template

# The workbook goes to the receiver, who reads Chinese: none of its words are translated.
_TITLE = "校验"
_HEADS = ("规则", "公式", "结论", "级别", "不满足时的提示")
_INPUT_HEADS = ("取自文字中的数", "值")
_WIDTHS = (22.0, 50.0, 16.0, 8.0, 60.0)
_LINE = 14.25  # points
_MARGINS = (56.7, 51.0, 56.7, 51.0)  # points
_NOTE = "“结论”由公式实时得出，改动表中的数后随之改变。标明“程序内校验”的规则要与其他表核对，由填报程序得出结论。"
_SEVERITIES = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.HINT: "提示"}
_STATES = {"holds": HOLDS, "broken": BROKEN, "pending": PENDING}
_HOLE = re.compile(r"\{[^{}]*\}")  # the program's messages show the numbers here
_HEAD = Style("center", face="heading")
_TEXT = Style("left")
_NUMBER = Style("right")
_VERDICT = Style("center")
_REMARK = Style("left", border=False)


def add_check_sheet(book: FormBook, template: Template, filing: Filing, verdicts: Mapping[str, str]) -> None:
    """Add the sheet to a workbook whose forms are drawn."""
    sheet = book.add_sheet(_TITLE)
    for col, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(col)].width = width
    checks = list(_checks(template, filing))
    last = len(checks) + 1
    _add_inputs(book, sheet, template, filing, last + 2)
    scope = FilingScope(template, filing, Alone(), Budget())
    _put_row(book, sheet, 1, _HEADS, _HEAD)
    for row, (name, rule, at) in enumerate(checks, 2):
        texts = (name, rule.formula.text.strip(), "", _severity(template, rule), _message(rule))
        _put_row(book, sheet, row, texts, _TEXT)
        with scope.at_row(at):
            formula = Outcome(book.addresses, scope, at).formula(rule.formula)
        _put_verdict(book, cell_at(sheet, row, 3), formula, _STATES.get(verdicts.get(rule.name, ""), ""))
    _colour(sheet, last)
    book.set_up_page(sheet, "A4", _MARGINS, landscape=True)
    sheet.print_title_rows = "1:1"


def _checks(template: Template, filing: Filing) -> Iterator[tuple[str, Rule, Place | None]]:
    """The rules that are switched on; one for each row of a table as often as there are rows."""
    for rule in template.rules:
        if template.checks.get(rule.name) == "关":
            continue
        if not rule.each:
            yield rule.name, rule, None
        for number, (at, _) in enumerate(entries(filing, rule.each) if rule.each else (), 1):
            yield f"{rule.name}（第 {number} 行）", rule, at


def _severity(template: Template, rule: Rule) -> str:
    return template.checks.get(rule.name, _SEVERITIES[rule.severity])


def _message(rule: Rule) -> str:
    return _HOLE.sub("××", rule.message)


def _add_inputs(book: FormBook, sheet: Worksheet, template: Template, filing: Filing, row: int) -> None:
    """List the fields that formulas read but that share their cell with words or with each other."""
    wanted = _scattered(book, template)
    _put_row(book, sheet, row, (_NOTE,), _REMARK)
    sheet.merged_cells.ranges.add(CellRange(None, 1, row, len(_WIDTHS), row))
    if wanted:
        _put_row(book, sheet, row + 2, _INPUT_HEADS, _HEAD)
    for at, name in enumerate(wanted, row + 3):
        field = template.fields[name]
        text = filing.text(Place(field=name))
        _put_row(book, sheet, at, (name,), _TEXT)
        shown = figure((Piece(text),), 0, field, template) or text
        book.put(cell_at(sheet, at, 2), shown, Look(_NUMBER, empty_format(field)))
        book.addresses.put(Place(field=name), Spot(sheet.title, at, 2), alone=True)


def _scattered(book: FormBook, template: Template) -> list[str]:
    names = {
        name.name
        for rule in template.rules
        for name in rule.formula.names
        if not name.form and not name.table and not block(template, rule.each).column(name.name)
    }
    return [name for name in template.fields if name in names and book.addresses.locate(Name(name)) is None]


def _put_verdict(book: FormBook, cell: Cell, formula: str | None, state: str) -> None:
    if formula is None:
        book.put(cell, f"程序内校验：{state}" if state else "程序内校验", Look(_VERDICT))
        return
    book.looks.give(cell, Look(_VERDICT, "General"))
    cell.value = "=" + formula


def _put_row(book: FormBook, sheet: Worksheet, row: int, texts: Sequence[str], style: Style) -> None:
    for col, text in enumerate(texts, 1):
        book.put(cell_at(sheet, row, col), text, Look(style))
    widths = _WIDTHS if len(texts) > 1 else (sum(_WIDTHS),)
    lines = max(ceil(_units(text) / (width - 1)) for text, width in zip(texts, widths, strict=False))
    sheet.row_dimensions[row].height = max(lines, 1) * _LINE + _LINE / 2


def _units(text: str) -> int:
    """The width of a text in the units of column widths, of which a Chinese character takes two."""
    return sum(2 if east_asian_width(char) in "WFA" else 1 for char in text)


def _colour(sheet: Worksheet, last: int) -> None:
    for word, colour in ((BROKEN, "FFC00000"), (PENDING, "FF808080")):
        rule = CellIsRule(operator="equal", formula=[f'"{word}"'], font=Font(color=colour))  # type: ignore[no-untyped-call]  # its stub has none
        sheet.conditional_formatting.add(f"C2:C{last}", rule)
