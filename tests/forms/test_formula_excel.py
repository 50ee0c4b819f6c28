"""Formulas in Excel's spelling, word for word."""

from __future__ import annotations

import pytest

from forms.formula import Name, parse, to_excel
from tests.forms.formula_sheet import Sheet

ADDRESSES = {
    Name("甲"): "$B$1", Name("乙"): "$B$2", Name("丙"): "$B$3",
    Name("金额", table="表"): "'表 1'!$C$5:$C$7", Name("地区", table="表"): "'表 1'!$A$5:$A$7",
}  # fmt: skip


def _excel(text: str, sheet: Sheet | None = None) -> str | None:
    return to_excel(parse(text), ADDRESSES.get, sheet)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("甲 > 0", "$B$1>0"),
        ("甲 = 乙 + 丙", "ROUND($B$1-($B$2+$B$3),6)=0"),
        ("甲 <= SUM(表[金额])", "ROUND($B$1-SUM('表 1'!$C$5:$C$7),6)<=0"),
        ("甲 - (乙 - 丙) < 5", "ROUND($B$1-($B$2-$B$3)-5,6)<0"),
        ("甲 >= 90%", "$B$1>=90"),
        ("甲 / 乙 >= 90%", "ROUND($B$1/$B$2-90%,6)>=0"),
        ("AND(甲 > 0, OR(乙 <> 1, NOT(丙 = 2)))", "AND($B$1>0,OR($B$2<>1,NOT($B$3=2)))"),
        ('甲 & "元" = "1""元"', '$B$1&"元"="1""元"'),
        ("ISBLANK(甲) = ISBLANK(乙)", "(LEN(TRIM($B$1))=0)=(LEN(TRIM($B$2))=0)"),
        ("甲 = XLOOKUP(乙, 表[地区], 表[金额])", "$B$1=INDEX('表 1'!$C$5:$C$7,MATCH($B$2,'表 1'!$A$5:$A$7,0))"),
        ('XLOOKUP("a*", 表[地区], 表[金额]) > 1', "INDEX('表 1'!$C$5:$C$7,MATCH(\"a~*\",'表 1'!$A$5:$A$7,0))>1"),
        ('SUMIFS(表[金额], 表[地区], "<>省?")', "SUMIFS('表 1'!$C$5:$C$7,'表 1'!$A$5:$A$7,\"<>省~?\")"),
        ("SUMIFS(表[金额], 表[地区], 乙)", "SUMPRODUCT(('表 1'!$A$5:$A$7=$B$2)*1,'表 1'!$C$5:$C$7)"),
        (
            "不减(甲, 乙, 丙)",
            'AND(OR($B$2="",COUNT($B$1)=0,MAX($B$1)<=$B$2),OR($B$3="",COUNT($B$1,$B$2)=0,MAX($B$1,$B$2)<=$B$3))',
        ),
    ],
)
def test_excel_spelling(text: str, wanted: str) -> None:
    assert _excel(text) == wanted


def test_excel_walks_down_a_column() -> None:
    assert _excel("不减(表[金额])") == (
        "AND(OR('表 1'!$C$6=\"\",COUNT('表 1'!$C$5)=0,MAX('表 1'!$C$5)<='表 1'!$C$6),"
        "OR('表 1'!$C$7=\"\",COUNT('表 1'!$C$5,'表 1'!$C$6)=0,MAX('表 1'!$C$5,'表 1'!$C$6)<='表 1'!$C$7))"
    )


def test_excel_finds_a_cell_that_stands_before() -> None:
    column = "'表 1'!$A$5:$A$7"
    assert _excel("唯一(表[地区])") == (
        f'(SUMPRODUCT(({column}<>"")*(MATCH({column}&"",{column}&"",0)<>ROW({column})-ROW(\'表 1\'!$A$5)+1))=0)'
    )


def test_excel_knows_the_interval_of_rounded_sums() -> None:
    sheet = Sheet(places={"甲": 0, "乙": 2, "丙": 0, "表[金额]": 0})
    assert _excel("甲 = 乙 + 丙", sheet) == (
        "ABS($B$1-($B$2+$B$3))<=(0.5*COUNT($B$1,$B$3)+0.005*COUNT($B$2))*(COUNT($B$2,$B$3)>1)"
    )
    assert _excel("SUM(表[金额]) >= 甲", sheet) == (
        "SUM('表 1'!$C$5:$C$7)-$B$1>=-(0.5*COUNT('表 1'!$C$5:$C$7,$B$1))*(COUNT('表 1'!$C$5:$C$7)>1)"
    )
    assert _excel("甲 = 丙", sheet) == "$B$1=$B$3"
    assert _excel("甲 = SUM(表[金额]) / 10000", sheet) is None


def test_excel_adds_up_levels() -> None:
    sheet = Sheet(levels=[0, 1, 1])
    rounded = Sheet(places={"表[金额]": 0}, levels=[0, 1, 1])
    cells = "'表 1'!$C$6,'表 1'!$C$7"
    assert _excel("分级汇总(表[金额])", sheet) == (
        f"AND(OR('表 1'!$C$5=\"\",COUNT({cells})=0,ROUND('表 1'!$C$5-SUM({cells}),6)=0))"
    )
    assert _excel("分级汇总(表[金额])", rounded) == (
        f"AND(OR('表 1'!$C$5=\"\",COUNT({cells})=0,ABS('表 1'!$C$5-SUM({cells}))<=0.5*COUNT('表 1'!$C$5,{cells})))"
    )


@pytest.mark.parametrize(
    "text",
    ["甲 = 任务清单!总额", "分级汇总(表[金额])", f'甲 = "{"长" * 256}"'],
    ids=["another form", "no levels", "a long text"],
)
def test_what_excel_cannot_say_stays_with_the_program(text: str) -> None:
    assert _excel(text) is None


def test_a_formula_longer_than_excel_takes_stays_with_the_program() -> None:
    addresses = {Name("列", table="表"): "$A$1:$A$200"}
    formula = parse("不减(表[列])")
    assert to_excel(formula, addresses.get) is None
