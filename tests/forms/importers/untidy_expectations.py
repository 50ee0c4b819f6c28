"""What a form made by code should have become, and how the tests of the matcher ask for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from forms.importers.matching import Imported, match
from forms.importers.source import Source
from forms.templates import Templates
from tests.forms.importers.untidy_files import WRITERS, Block, Table
from tests.forms.importers.untidy_forms import FUND, FUND_INDICATORS, INDICATORS, REGIONAL

TITLE = "3、区域绩效目标申报表（云溪市）"
LIST_TITLE = "2024年河湖整治资金任务清单"
FUND_TITLE = "桥梁安全检测绩效目标表"
TEMPLATES = list(Templates.shipped())
Write = Callable[[Sequence[Block]], Source]
every_file = pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS)


def read(source: Source) -> list[Imported]:
    return match(source, TEMPLATES, "来文.docx", "set")


def only(source: Source) -> Imported:
    (one,) = read(source)
    return one


def indicators(one: Imported) -> list[tuple[str, ...]]:
    names = [column.name for tree in one.template.trees.values() for column in tree.columns]
    return [(i.level1, i.level2, *(i.columns.get(name, "") for name in names)) for i in one.filing.indicators]


def messages(one: Imported) -> list[str]:
    return [notice.message for notice in one.notices]


def expect_regional(one: Imported, **changed: str) -> None:
    expected = {"地区": "云溪市"} | REGIONAL | changed
    assert one.filing.values == {name: text for name, text in expected.items() if text}
    assert indicators(one) == list(INDICATORS)
    assert one.complete
    assert one.unplaced == ()


def expect_fund(one: Imported) -> None:
    assert one.filing.values == {name: text for name, text in FUND.items() if text}
    assert indicators(one) == list(FUND_INDICATORS)
    assert one.complete
    assert one.unplaced == ()


def relabel(table: Table, change: Callable[[str], str]) -> Table:
    return Table([[replace(box, text=change(box.text)) if box.label else box for box in row] for row in table.rows])
