"""Typed text: what each kind reads, what it refuses, and what it offers instead."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.language import sentence
from forms.values import Kind, Unread, Value, fold, money_unit_factor, read, region_key, show

CHOICES = ("约束性", "指导性")


def unread(kind: Kind, text: str, unit: str = "", choices: tuple[str, ...] = (), places: int | None = None) -> Unread:
    value = read(kind, text, unit=unit, choices=choices, places=places)
    assert isinstance(value, Unread)
    assert value.text == text
    return value


def said(value: Unread) -> str:
    assert set(re.findall(r"{(\w+)}", value.message)) == set(value.params)
    return sentence(value.message, value.params)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("text", ["", " ", "\t\n", "\u3000\xa0", "\u200b\ufeff"])
def test_nothing_but_blanks_is_no_value(kind: Kind, text: str) -> None:
    assert read(kind, text, unit="万元", choices=CHOICES) is None


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("50", "50"),
        ("50万元", "50"),
        ("8254.22 万元", "8254.22"),
        ("５０", "50"),
        ("1,354", "1354"),
        ("１２，３００", "12300"),
        ("6,623,000.50", "6623000.50"),
        ("60.00", "60.00"),
        ("¥60", "60"),
        ("￥ 60.5", "60.5"),
        ("-3.5", "-3.5"),
        ("－3.5", "-3.5"),
        ("−3.5", "-3.5"),
        ("-0", "0"),
        ("\xa050\u3000", "50"),
        ("0.123456", "0.123456"),
    ],
)
def test_money_is_read_as_written(text: str, amount: str) -> None:
    value = read(Kind.MONEY, text, unit="万元")
    assert isinstance(value, Decimal)
    assert str(value) == amount


@pytest.mark.parametrize(
    ("text", "unit", "suggestion"),
    [
        ("220万", "万元", "220"),
        ("220 万", "万元", "220"),
        ("220万", "元", "2200000"),
        ("2200000元", "万元", "220"),
        ("2,200,001.50元", "万元", "220.00015"),
        ("0.022亿元", "万元", "220"),
        ("1亿", "万元", "10000"),
        ("5千元", "万元", "0.5"),
        ("1,35", "万元", "135"),
        ("12,3000", "万元", "123000"),
        ("0.1234560", "万元", "0.123456"),
    ],
)
def test_money_written_otherwise_is_offered_never_converted(text: str, unit: str, suggestion: str) -> None:
    value = unread(Kind.MONEY, text, unit)
    assert value.suggestion == suggestion
    assert unit in said(value) or "小数" in said(value)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "220左右",
            "约220",
            "50万元左右",
            "12a",
            "50 60",
            "50-60",
            "50万元60",
            "50.",
            "1.2.3",
            "--5",
            "（3.5）",
            "五十",
        ),
        *("10²", "½", "①", "¥", "万元", "50美元", "0.0000001元", "9" * 26),
    ],
)
def test_money_that_is_no_amount_has_no_fix(text: str) -> None:
    value = unread(Kind.MONEY, text, "万元")
    assert value.suggestion is None
    assert text[:40] in said(value)


def test_missing_yuan_is_said() -> None:
    assert said(unread(Kind.MONEY, "220万", "万元")) == "“220万”缺“元”字；本栏单位是万元，请只填数字。"


def test_money_of_a_form_without_unit_takes_numbers_only() -> None:
    assert read(Kind.MONEY, "50") == Decimal(50)
    assert unread(Kind.MONEY, "50万元").suggestion is None


@pytest.mark.parametrize(
    ("text", "unit", "places", "allowed", "suggestion"),
    [
        ("50.123", "万元", 2, "2", None),
        ("50.120", "万元", 2, "2", "50.12"),
        ("50.1234567", "万元", None, "6", None),
        ("50.123", "元", None, "2", None),
    ],
)
def test_too_many_decimals_are_counted(
    text: str, unit: str, places: int | None, allowed: str, suggestion: str | None
) -> None:
    value = unread(Kind.MONEY, text, unit, places=places)
    assert value.params["places"] == allowed
    assert value.suggestion == suggestion


def test_no_decimals_are_allowed_where_none_are_declared() -> None:
    assert unread(Kind.MONEY, "50.00", "万元", places=0).suggestion == "50"
    assert unread(Kind.MONEY, "50.5", "万元", places=0).suggestion is None


@pytest.mark.parametrize(
    ("text", "points"), [("25%", "25"), ("25", "25"), ("25％", "25"), ("100.00", "100.00"), ("-3.5 %", "-3.5")]
)
def test_percentages_are_points(text: str, points: str) -> None:
    assert str(read(Kind.PERCENT, text)) == points


def test_percentages_written_otherwise_are_refused() -> None:
    assert unread(Kind.PERCENT, "5‰").suggestion == "0.5"
    assert unread(Kind.PERCENT, "四分之一").suggestion is None
    assert unread(Kind.PERCENT, "25左右").suggestion is None


@pytest.mark.parametrize("text", ["2022", "2022年", "２０２２年度", "2022 年", "2022年度"])
def test_years_are_numbers(text: str) -> None:
    assert read(Kind.YEAR, text) == Decimal(2022)


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("汕尾市2022年执法装备", "2022"),
        ("2022年底", "2022"),
        ("2022-2024", None),
        ("12022", None),
        ("1822", None),
        ("22年", None),
        ("二〇二二年", None),
    ],
)
def test_a_year_inside_words_is_offered_where_it_is_the_only_one(text: str, suggestion: str | None) -> None:
    assert unread(Kind.YEAR, text).suggestion == suggestion


@pytest.mark.parametrize(
    "text",
    [
        "2023年12月31日",
        "2023 年 12 月 31 日",
        "2023-12-31",
        "2023/12/31",
        "2023.12.31",
        "20231231",
        "２０２３－１２－３１",
    ],
)
def test_dates_are_days(text: str) -> None:
    assert read(Kind.DATE, text) == date(2023, 12, 31)


@pytest.mark.parametrize("text", ["2023年2月30日", "2023-13-01", "20230000"])
def test_days_that_never_come_are_said_so(text: str) -> None:
    assert said(unread(Kind.DATE, text)).startswith("没有")


@pytest.mark.parametrize("text", ["2023年12月", "2023-12/31", "12月31日", "明天", "0023-12-31", "2023年12月31日前"])
def test_other_texts_are_no_dates(text: str) -> None:
    assert said(unread(Kind.DATE, text)).endswith("的样子填写。")


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [("187人", "187"), ("187 个工作日", "187"), ("187.0", "187"), ("1,87", "187"), ("187.5", None), ("187左右", None)],
)
def test_whole_numbers_stand_alone(text: str, suggestion: str | None) -> None:
    assert read(Kind.INTEGER, "１，８７０") == Decimal(1870)
    assert unread(Kind.INTEGER, text).suggestion == suggestion


def test_codes_keep_their_letters() -> None:
    assert read(Kind.CODE, " 000-9999-JSN-0448\xa0") == "000-9999-JSN-0448"
    assert read(Kind.CODE, "Ａ\u3000Ⅲ\u200b") == "Ａ Ⅲ"


@pytest.mark.parametrize("kind", [Kind.TEXT, Kind.LONG, Kind.REGION, Kind.SERIAL, Kind.ROW_LABEL])
def test_words_are_what_was_typed(kind: Kind) -> None:
    assert read(kind, " Ⅲ类\u3000（１）\n") == " Ⅲ类\u3000（１）\n"


@pytest.mark.parametrize(
    ("text", "choices", "chosen"),
    [
        ("约束性", CHOICES, "约束性"),
        (" 约束性\u3000", CHOICES, "约束性"),
        ("Ⅲ类（甲）", ("III类(甲)",), "III类(甲)"),
        ("√", ("☑",), "☑"),
        ("自由", (), "自由"),
    ],
)
def test_a_choice_is_the_templates_own(text: str, choices: tuple[str, ...], chosen: str) -> None:
    assert read(Kind.CHOICE, text, choices=choices) == chosen


@pytest.mark.parametrize(
    ("text", "choices", "suggestion"),
    [
        ("指导性任务", CHOICES, "指导性"),
        ("指道性", CHOICES, "指导性"),
        ("新增", ("新增项目", "延续项目"), "新增项目"),
        ("☑新增项目", ("新增项目", "延续项目"), "新增项目"),
        ("项目", ("新增项目", "延续项目"), None),
        ("约束性和指导性", CHOICES, None),
        ("不合格", ("合格", "优秀"), None),
        ("财政补贴", ("财政补助", "自筹"), "财政补助"),
        ("完全不同", CHOICES, None),
    ],
)
def test_a_near_choice_is_offered(text: str, choices: tuple[str, ...], suggestion: str | None) -> None:
    value = unread(Kind.CHOICE, text, choices=choices)
    assert value.suggestion == suggestion
    assert "、".join(choices) in said(value)


def test_a_long_wrong_text_is_shown_short() -> None:
    assert len(said(unread(Kind.MONEY, "很" * 5000, "万元"))) < 100


def test_folding_makes_spellings_the_same() -> None:
    assert fold(" 约束\xa0\u3000性\u200b（１）Ⅲ\n") == "约束 性(1)III"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("中山", "中山市"),
        ("广东", "广东省"),
        ("广西壮族自治区", "广西"),
        (" 中 山 市", "中山"),
        ("津市", "津市市"),
        ("吉林", "吉林省"),
    ],
)
def test_two_names_of_one_region(one: str, other: str) -> None:
    assert region_key(one) == region_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("沙市", "沙"), ("城区", "城"), ("中山市", "中山区"), ("吉林省", "吉林市"), ("恩施市", "恩施州"), ("赵县", "赵")],
)
def test_names_of_two_regions(one: str, other: str) -> None:
    assert region_key(one) != region_key(other)


@pytest.mark.parametrize(
    ("source", "target", "factor"),
    [("万元", "元", "10000"), ("元", "万元", "0.0001"), ("亿元", "万元", "10000"), ("百万元", "千元", "1000")],
)
def test_units_of_money_convert_exactly(source: str, target: str, factor: str) -> None:
    assert money_unit_factor(source, target) == Decimal(factor)


def test_unknown_units_do_not_convert() -> None:
    assert money_unit_factor("美元", "元") is None


def test_numbers_are_shown_without_exponent_and_padded() -> None:
    assert show(Kind.MONEY, Decimal("1E+3")) == "1000"
    assert show(Kind.MONEY, Decimal(1), places=2) == "1.00"
    assert show(Kind.PERCENT, Decimal(100) / Decimal(3), places=2) == "33.33"
    assert show(Kind.PERCENT, Decimal("0.125"), places=2) == "0.13"
    assert show(Kind.YEAR, Decimal(2022), places=2) == "2022"


NUMBERS = st.decimals(min_value=-(10**15), max_value=10**15, places=2)
VALUES: dict[Kind, st.SearchStrategy[Value]] = {
    Kind.MONEY: NUMBERS,
    Kind.PERCENT: NUMBERS,
    Kind.INTEGER: st.integers(-(10**15), 10**15).map(Decimal),
    Kind.YEAR: st.integers(1900, 2099).map(Decimal),
    Kind.DATE: st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    Kind.TEXT: st.text().filter(lambda text: read(Kind.TEXT, text) is not None),
}


@given(st.sampled_from(list(VALUES)).flatmap(lambda kind: st.tuples(st.just(kind), VALUES[kind])))
def test_what_is_shown_reads_as_the_same_value(case: tuple[Kind, Value]) -> None:
    kind, value = case
    shown = show(kind, value)
    again = read(kind, shown, unit="万元")
    assert again == value
    assert isinstance(again, str | Decimal | date)
    assert show(kind, again) == shown


TYPED = st.text() | st.text("0123456789,.-年月日万元亿%¥约人 ，．（）\u200b")


@given(st.sampled_from(Kind), TYPED, st.sampled_from(["", "元", "万元"]), st.sampled_from([None, 0, 2]))
def test_any_text_is_read_or_refused_and_every_fix_reads(kind: Kind, text: str, unit: str, places: int | None) -> None:
    value = read(kind, text, unit=unit, choices=CHOICES, places=places)
    if isinstance(value, Unread):
        assert value.text == text
        assert said(value)
        if value.suggestion is not None:
            fixed = read(kind, value.suggestion, unit=unit, choices=CHOICES, places=places)
            assert fixed is not None
            assert not isinstance(fixed, Unread)
    elif value is not None:
        shown = read(kind, show(kind, value, places=places), unit=unit, choices=CHOICES, places=places)
        assert shown == value
