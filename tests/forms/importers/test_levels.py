from __future__ import annotations

from decimal import Decimal

import pytest

from forms.importers.levels import indented, outlined


def levels(rows: str, *, rounded: bool = False, known: dict[str, int] | None = None) -> str:
    """The levels of rows such as `一、甲 10, 乙 4, 丙 6`; - where none is told, ! where a head adds up in no way."""
    pairs = [row.strip().rpartition(" ") for row in rows.split(",")]
    amounts = [Decimal(amount) if amount != "?" else None for _, _, amount in pairs]
    told = {name: frozenset({level}) for name, level in (known or {}).items()}
    found = outlined([text for text, _, _ in pairs], amounts, rounded=rounded, known=told)
    shown = ["-" if level is None else str(level) for level in found.levels]
    return "".join(level + "!" * (row in found.broken) for row, level in enumerate(shown))


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


def test_a_wrong_figure_leaves_its_rows_where_most_others_show_how_deep_the_table_goes() -> None:
    sound = "一、环保 10, 管理 10, 运行 10, 二、住房 3, 改革 3, 公积金 3"
    assert levels(f"{sound}, 三、卫生 9, 医疗 9, 行政 4, 事业 10") == "1231231!233"
    assert levels(f"{sound}, 三、卫生 9, 医疗 14, 行政 4, 事业 5") == "1231231!233"


def test_the_names_of_a_table_with_codes_tell_what_a_wrong_figure_hides() -> None:
    rows = "一、环保 15, 管理 4, 运行 9, 治理 6, 防治 6"
    assert levels(rows) == "1----"
    assert levels(rows, known={"管理": 2, "运行": 3, "治理": 2, "防治": 3}) == "1!2323"
    assert levels("一、保障 70, 养老 69, 年金 74, 其他 0, 其他 0", known={"养老": 2, "年金": 3}) == "1!2323"


def test_without_any_number_nothing_is_guessed() -> None:
    assert levels("甲 10, 乙 4, 丙 6") == "---"


@pytest.mark.parametrize("count", [90, 3000])
def test_amounts_that_fit_in_endless_ways_end_soon(count: int) -> None:
    texts = ["一、甲", *["乙"] * count, "二、丙", "丁"]
    amounts = [Decimal(0)] * (count + 2) + [Decimal(1)]
    assert outlined(texts, amounts, rounded=False).levels[:3] == (1, None, None)
