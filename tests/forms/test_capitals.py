"""Amounts in capital numerals, as the rule for cheques writes them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.capitals import capitals

FIGURES = "零壹贰叁肆伍陆柒捌玖"


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "零元整"),
        ("1409.50", "壹仟肆佰零玖元伍角"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
        ("107000.53", "壹拾万柒仟元伍角叁分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("2100000", "贰佰壹拾万元整"),
        ("82542200", "捌仟贰佰伍拾肆万贰仟贰佰元整"),
        ("100000001", "壹亿零壹元整"),
        ("1000100000000", "壹万零壹亿元整"),
        ("0.05", "伍分"),
        ("0.5", "伍角"),
        ("-12", "负壹拾贰元整"),
        ("0.005", "壹分"),
        ("10000000000000000", ""),
    ],
)
def test_amounts_are_written_as_the_rule_writes_them(amount: str, words: str) -> None:
    assert capitals(Decimal(amount)) == words


@given(st.integers(min_value=0, max_value=10**12))
def test_no_two_zeros_stand_together_and_every_figure_is_there(number: int) -> None:
    words = capitals(Decimal(number))
    assert "零零" not in words
    if number:
        told = [str(FIGURES.index(char)) for char in words if char in FIGURES[1:]]
        assert told == [figure for figure in str(number) if figure != "0"]
