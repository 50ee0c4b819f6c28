"""The published forms as they come in, each file read once for all tests."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from forms.importers.matching import Imported, match
from forms.importers.reading import read
from forms.importers.source import Source
from forms.rules import Review
from forms.scope import Gathering
from forms.templates import Templates

TEMPLATES = list(Templates.shipped())
GUANGDONG = "广东2022_任务清单与区域绩效目标申报表_1-12"
REGIONS = "广东2022_区域绩效目标申报表_1-12"
SHENZHEN = "深圳坪山2023_部门预算"
TABLES = "深圳坪山2023_部门预算_表格部分"
ZHANJIANG = "湛江2020_部门整体支出绩效目标申报表"
QINHUANGDAO = "秦皇岛2020_部门预算绩效信息_1-6"
GAOXIN = "高新区_部门总体绩效目标与预算项目绩效表_1-2"


@cache
def source(path: Path) -> Source:
    """A file as read."""
    return read(path)


@cache
def forms(path: Path) -> tuple[Imported, ...]:
    """The forms of a file."""
    return tuple(match(source(path), TEMPLATES, path.name, "set"))


def reviews(incoming: tuple[Imported, ...]) -> list[Review]:
    """The reviews of forms side by side, as the desk makes them."""
    beside = Gathering(((one.template, one.filing) for one in incoming), ())
    return [Review(one.template, one.filing, beside) for one in incoming]


def column(one: Imported, table: str, name: str) -> list[str]:
    """What a column holds from top to bottom."""
    return [row.cells.get(name, "") for row in one.filing.rows(table)]


def told(one: Imported, words: str) -> list[dict[str, str]]:
    """The notices whose sentence has some words."""
    return [notice.params for notice in one.notices if words in notice.message]


def branches(one: Imported) -> dict[str, int]:
    """How many indicators stand under each 二级."""
    counts: dict[str, int] = {}
    for indicator in one.filing.indicators:
        counts[indicator.level2] = counts.get(indicator.level2, 0) + 1
    return counts
