"""Two filings of one form say the same whatever their ids, and not the same once a text or an order differs."""

from __future__ import annotations

import msgspec

from forms.contents import contents
from forms.filing import Filing, Goal, Indicator, Membership, Place, Row, TemplateRef, new_id

REF = TemplateRef("t", "1", "d")


def a_filing() -> Filing:
    """One filing; every call makes it with other ids."""
    goal = Goal(new_id(), "年度", "1", "目标")
    rows = (Row(new_id(), {"名": "甲"}), Row(new_id(), {"名": "乙"}))
    indicator = Indicator(new_id(), "产出", "数量", {"名": "丙"}, goal=goal.id)
    return Filing(
        new_id(), REF, set=Membership(new_id(), "1"), values={"甲": "一"}, tables={"任务": rows}, goals=(goal,),
        indicators=(indicator,),
    )  # fmt: skip


def test_ids_set_and_state_make_no_difference() -> None:
    assert contents(a_filing()) == contents(a_filing().replace(state="exported"))


def test_every_text_and_every_order_does() -> None:
    one = a_filing()
    row, indicator = one.tables["任务"][0], one.indicators[0]
    others = [
        one.put(Place(field="甲"), "二"),
        one.put(Place(table="任务", row=row.id, column="名"), "二"),
        one.put(Place(indicator=indicator.id, column="名"), "二"),
        one.with_rows("任务", one.rows("任务")[::-1]),
        one.replace(indicators=(msgspec.structs.replace(indicator, goal=""),)),
        one.replace(goals=()),
        one.replace(year="2027"),
    ]
    assert contents(one) not in [contents(other) for other in others]
