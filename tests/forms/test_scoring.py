"""What an indicator earns, and the working that is shown with it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.formula import Scored, scored
from forms.language import sentence


def told(found: Scored) -> str:
    return sentence(found.message, found.params)


# Target, actual value, points to be had; the points earned and the working.
WORKINGS = [
    ("≥90%", "95%", "10", "10", "“95%”达到“≥90%”，得满分 10 分。"),
    ("≥90%", "81%", "10", "9.00", "“81%”对“≥90%”按 90% 计，10 × 90% ＝ 9 分。"),
    ("≤24小时", "30小时", "5", "3.75", "“30小时”对“≤24小时”按 75% 计，5 × 75% ＝ 3.75 分。"),
    ("11月30日前", "逾期", "5", None, "“逾期”不能与“11月30日前”比较大小，请直接填写得分。"),
    ("2025年6月底前", "2025年7月", "5", None,
     "“2025年7月”晚于“2025年6月底前”，扣多少分没有统一的算法，请直接填写得分。"),
    ("≤60天", "3个月", "5", None, "“3个月”与“≤60天”单位不同，请换算后填写，或直接填写得分。"),
    ("2次/季度", "2次/年", "5", None, "“2次/年”与“2次/季度”单位不同，请换算后填写，或直接填写得分。"),
    ("有效提升", "部分达成", "10", None, "“部分达成”可得分值的 60%～80%，请直接填写得分，或在后面注明比例。"),
    ("有效提升", "未达成（75%）", "10", None, "“未达成（75%）”的比例不在“未达成”的 0%～60% 之内，请核对。"),
    ("有效提升", "较好", "10", None, "“较好”不能与“有效提升”比较大小，请直接填写得分。"),
]  # fmt: skip


@pytest.mark.parametrize(("target", "actual", "weight", "points", "working"), WORKINGS)
def test_the_working_says_how_the_points_were_made(
    target: str, actual: str, weight: str, points: str | None, working: str
) -> None:
    found = scored(target, actual, Decimal(weight))
    assert (found.points, told(found)) == (None if points is None else Decimal(points), working)


def test_all_or_nothing_and_the_pass_line_say_so() -> None:
    direct = scored("≥90%", "89%", Decimal(10), "直接赋分")
    assert (direct.points, told(direct)) == (Decimal(0), "“89%”没有达到“≥90%”，直接赋分，得 0 分。")
    below = scored("≥90%", "50%", Decimal(10), "按照完成比例赋分", Decimal(60))
    assert (below.points, told(below)) == (Decimal(0), "“50%”对“≥90%”完成 55.56%，不到及格线 60%，得 0 分。")


NUMBERS = st.decimals(min_value=0, max_value=10_000, places=2)
WEIGHTS = st.decimals(min_value="0.01", max_value=100, places=2)
SIGNS = st.sampled_from("≥≤＝＞＜")


@given(SIGNS, NUMBERS, NUMBERS, WEIGHTS)
def test_points_lie_between_nothing_and_all(sign: str, target: Decimal, actual: Decimal, weight: Decimal) -> None:
    points = scored(f"{sign}{target}个", f"{actual}个", weight).points
    assert points is not None
    assert 0 <= points <= weight


@given(st.sampled_from("≥＝＞"), NUMBERS, st.tuples(NUMBERS, NUMBERS), WEIGHTS)
def test_more_never_earns_less_where_more_is_asked(
    sign: str, target: Decimal, actual: tuple[Decimal, Decimal], weight: Decimal
) -> None:
    less, more = (scored(f"{sign}{target + 1}个", f"{one}个", weight).points for one in sorted(actual))
    assert less is not None
    assert more is not None
    assert less <= more


@given(st.sampled_from("≤＜"), NUMBERS, st.tuples(NUMBERS, NUMBERS), WEIGHTS)
def test_more_never_earns_more_where_little_is_asked(
    sign: str, target: Decimal, actual: tuple[Decimal, Decimal], weight: Decimal
) -> None:
    less, more = (scored(f"{sign}{target}天", f"{one}天", weight).points for one in sorted(actual))
    assert less is not None
    assert more is not None
    assert less >= more


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_two_texts_are_scored_or_left_to_people(target: str, actual: str) -> None:
    found = scored(target, actual, Decimal(10))
    assert found.points is None or 0 <= found.points <= 10
    assert "{" not in told(found) or "{" in target + actual
