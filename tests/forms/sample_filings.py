"""A filing to test with, and commands drawn at random that fit it or do not."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import strategies as st

from forms.commands import (
    AddIndicator,
    AddRow,
    AnyCommand,
    Batch,
    Dismiss,
    DropIndicator,
    DropRow,
    Leaf,
    MoveIndicator,
    MoveRow,
    Restore,
    SetMeta,
    SetValue,
)
from forms.files import digest
from forms.filing import STATES, Filing, Indicator, Place, Row, TemplateRef, Unit, new_id

FORM = "语法: 1\n编号: sample\n"


def a_filing(**changes: object) -> Filing:
    """A small filing with fields, a table and indicators, of a fresh id."""
    filing = Filing(
        id=new_id(),
        template=TemplateRef("sample", "1", digest(FORM.encode())),
        year="2022",
        unit=Unit("某县农业农村局", "某县", "122001"),
        values={"甲": "高标准农田建设", "乙": "210.00"},
        tables={"任务": (Row("r1", {"名称": "一"}), Row("r2", {"名称": "二"}))},
        indicators=(Indicator("i1", "产出指标", "数量指标", {"三级指标": "面积", "指标值": "≥90%"}),),
    )
    return filing.replace(**changes)


def commands_for(filing: Filing, *, fitting: bool = True) -> st.SearchStrategy[AnyCommand]:
    """Commands that fit `filing`, and where `fitting` is off also some that name rows it does not have."""
    leaves = _leaves(filing, [] if fitting else ["nowhere"])
    # Within a batch each command meets what the ones before left, so only texts of fields are sure to fit.
    batches = st.lists(_texts_of_fields(), max_size=3).map(lambda some: Batch(tuple(some), "导入"))
    return st.one_of(leaves, batches)


def _texts_of_fields() -> st.SearchStrategy[Leaf]:
    return st.builds(lambda field, text: SetValue(Place(field=field), text), st.sampled_from("甲乙丙"), _TEXTS)


def _leaves(filing: Filing, strangers: list[str]) -> st.SearchStrategy[Leaf]:
    rows = [row.id for row in filing.rows("任务")] + strangers
    indicators = [one.id for one in filing.indicators] + strangers
    options: list[st.SearchStrategy[Leaf]] = [
        _texts_of_fields(),
        st.builds(SetMeta, st.just("state"), st.sampled_from(STATES)),
        st.builds(Dismiss, st.sampled_from(("R-甲", "R-乙")), st.builds(Place, st.sampled_from("甲乙")), _TEXTS),
        st.builds(SetMeta, st.just("year"), st.sampled_from(("2022", "2023"))),
        st.builds(lambda text, at: AddRow("任务", Row(new_id(), {"名称": text} if text else {}), at), _TEXTS, _PLACES),
        st.builds(lambda at: AddIndicator(Indicator(new_id(), "产出指标", "质量指标", {}), at), _PLACES),
    ]
    options += _each(rows, lambda row: SetValue(Place(table="任务", row=row, column="名称"), "三"))
    options += _each(rows, lambda row: DropRow("任务", row))
    options += _each(indicators, DropIndicator)
    if filing.dismissed:
        options.append(st.sampled_from(filing.dismissed).map(lambda one: Restore(one.rule, one.at)))
    options += [st.builds(MoveRow, st.just("任务"), st.sampled_from(rows), _PLACES)] if rows else []
    if indicators:
        branch = st.sampled_from(("数量指标", "质量指标"))
        options.append(st.builds(MoveIndicator, st.sampled_from(indicators), st.just("产出指标"), branch, _PLACES))
    return st.one_of(options)


def _each(idents: list[str], make: Callable[[str], Leaf]) -> list[st.SearchStrategy[Leaf]]:
    return [st.sampled_from(idents).map(make)] if idents else []


_TEXTS = st.text(st.characters(codec="utf-8"), max_size=6)
_PLACES = st.integers(0, 4)
