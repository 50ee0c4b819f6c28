from __future__ import annotations

from decimal import Decimal

import pytest

from forms.importers.levels import indented, outlined


def levels(rows: str, *, rounded: bool = False) -> str:
    """The levels of rows such as `一、甲 10, 乙 4, 丙 6`; - where none is told."""
    pairs = [row.strip().rpartition(" ") for row in rows.split(",")]
    amounts = [Decimal(amount) if amount != "?" else None for _, _, amount in pairs]
    found = outlined([text for text, _, _ in pairs], amounts, rounded=rounded)
    return "".join("-" if level is None else str(level) for level in found)


def test_blanks_before_a_text_are_its_level() -> None:
    assert indented(["甲", "　乙", "　　丙"]) == [1, 2, 3]
    assert indented(["甲", "乙"]) == [None, None]


def test_numbers_of_several_kinds_stand_below_each_other_in_the_order_they_come() -> None:
    assert levels("一、收入 5, 1. 拨款 5, （1）本级 2, （2）上级 3, 二、其他 0") == "12331"
    assert levels("（一）收入 5, 1、拨款 5") == "12"


def test_rows_without_a_number_stand_where_their_sums_put_them() -> None:
    assert levels("一、服务 242, 人大 242, 运行 242, 二、保障 70, 养老 70, 基本 46, 年金 24") == "1231233"
    assert levels("一、环保 10, 管理 4, 治理 6, 二、住房 3, 公积金 3") == "12212"


def test_rounded_amounts_may_miss_their_sum() -> None:
    rows = "一、环保 12, 管理 4, 治理 5, 监测 2"
    assert levels(rows) == "1---"
    assert levels(rows, rounded=True) == "1222"


@pytest.mark.parametrize(
    "rows",
    [
        "一、甲 10, 乙 4, 丙 5",  # nothing adds up
        "一、甲 0, 乙 0, 丙 0, 丁 0, 二、戊 0, 己 0, 庚 0, 辛 0, 壬 1",  # and here the last does not
        "一、甲 10, 乙 ?",  # an amount that cannot be read
    ],
)
def test_what_the_sums_do_not_tell_is_left_open(rows: str) -> None:
    assert "-" in levels(rows)


def test_without_any_number_nothing_is_guessed() -> None:
    assert levels("甲 10, 乙 4, 丙 6") == "---"


@pytest.mark.parametrize("count", [90, 3000])
def test_amounts_that_fit_in_endless_ways_end_soon(count: int) -> None:
    texts = ["一、甲", *["乙"] * count, "二、丙", "丁"]
    amounts = [Decimal(0)] * (count + 2) + [Decimal(1)]
    assert outlined(texts, amounts, rounded=False)[:3] == [1, None, None]
