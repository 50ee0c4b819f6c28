"""The law of import: every character of every cell that is not wholly a label ends in a place or among the unplaced."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.errors import SourceRefused
from forms.importers.matching import Imported, match
from forms.importers.reading import read_many
from forms.importers.source import Source, SourceRow
from forms.templates import Templates
from tests.forms.importers import untidy_files as files
from tests.forms.importers import untidy_forms as untidy
from tests.forms.importers.untidy_files import Block, Box, Table

TEMPLATES = list(Templates.shipped())
TITLES = {
    "区域": "3、区域绩效目标申报表（云溪市）",
    "专项": "5、桥梁安全检测绩效目标表",
    "清单": "2024年河湖整治资金任务清单",
}
PRINTED = (
    "项目名称", "资金类型", "项目等级", "省级主管部门", "地方主管部门", "实施单位", "预算年度", "资金需求",
    "实施内容", "政策依据", "总体目标", "绩效指标", "一级指标", "二级指标", "三级指标", "指标值", "产出指标",
    "效益指标", "效果指标", "满意度指标", "数量指标", "质量指标", "时效指标", "实效指标", "成本指标",
    "经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标", "服务对象满意度指标", "序号", "地区",
    "“财政事权”名称", "“政策任务”名称", "补助资金（万元）", "任务要求/目标", "工作性质", "实施方式",
    "实施标准", "工作量", "完成时限", "项目编码", "专项资金名称", "预算规模及资金用途", "预算数",
    "其中：财政资金", "其他资金", "资金支出计划（%）", "3月底", "6月底", "10月底", "12月底", "绩效目标",
    "绩效指标描述", "指标值确定依据", "单位：万元",
)  # fmt: skip


def bare(texts: Iterable[str]) -> Counter[str]:
    return Counter("".join("".join(text.split()) for text in texts))


def held(forms: Iterable[Imported]) -> Counter[str]:
    """What the forms hold, as it stood in the source where a notice gives the original."""
    return bare(text for one in forms for text in _held(one))


def _held(one: Imported) -> Iterator[str]:
    told = {notice.params.get("text", "") for notice in one.notices}
    by_place = {match.place: match.original for match in one.matches}
    for found in one.matches:
        text = one.filing.text(found.place)
        assert text == found.taken
        shown = found.original.strip() in told
        yield by_place[found.place] if shown else text
    yield from one.unplaced
    yield from (notice.params["label"] for notice in one.notices if "label" in notice.params)
    yield from (row.label for rows in one.filing.tables.values() for row in rows)
    # The number of a row and of a form is printed by the form itself.
    yield from (str(number) for rows in one.filing.tables.values() for number, _ in enumerate(rows, 1))


def cells(source: Source) -> Iterator[str]:
    return (cell.text for block in source.blocks if isinstance(block, SourceRow) for cell in block.cells)


def is_title(text: str) -> bool:
    return any(mark in text for mark in ("区域绩效目标申报表（", "任务清单")) and len(text) < 40


@pytest.mark.samples
def test_no_character_of_any_sample_is_lost(samples: Path) -> None:
    paths = [path for path in sorted(samples.iterdir()) if path.name.startswith(("广东", "秦皇岛"))]
    printed = {"".join(unicodedata.normalize("NFKC", word).split()) for word in PRINTED}
    for path, source in zip(paths, read_many(paths), strict=True):
        assert isinstance(source, Source)
        said = [
            text for text in cells(source)
            if "".join(unicodedata.normalize("NFKC", text).split()) not in printed and not is_title(text)
        ]  # fmt: skip
        texts = [line for text in said for line in text.split("\n") if not is_title(line)]
        lost = bare(texts) - held(match(source, TEMPLATES, path.name, "set"))
        assert not lost, path.name
    assert len(paths) == 5


# Whatever is done to a form, nothing is lost and nothing fails.

FORMS: dict[str, Callable[[], Table]] = {"区域": untidy.regional, "专项": untidy.fund, "清单": untidy.tasks}


@st.composite
def disturbed(draw: st.DrawFn) -> tuple[str, list[Block]]:
    """A form whose rows and columns were swapped, dropped, cut, slid or filled with strange things."""
    name = draw(st.sampled_from(sorted(FORMS)))
    table = FORMS[name]()
    for change in draw(st.lists(st.sampled_from(CHANGES), min_size=1, max_size=3, unique=True)):
        table = change(draw, table)
    blocks: list[Block] = [TITLES[name], table]
    if len(table.rows) > 2 and draw(st.booleans()):
        cut = draw(st.integers(1, len(table.rows) - 1))
        between = draw(st.sampled_from(["（续表）", TITLES[name], "注：见附件。"]))
        blocks = [TITLES[name], Table(table.rows[:cut]), between, Table(table.rows[cut:])]
    if draw(st.booleans()):
        other = draw(st.sampled_from(sorted(FORMS.keys() - {name})))
        blocks += [TITLES[other], FORMS[other]()]
    return name, blocks


def shuffled(draw: st.DrawFn, table: Table) -> Table:
    return Table(draw(st.permutations(flat(table).rows)))


def turned(draw: st.DrawFn, table: Table) -> Table:
    """The columns in another order."""
    rows = flat(table).rows
    order = draw(st.permutations(range(max(map(len, rows)))))
    return Table([[row[at] for at in order if at < len(row)] for row in rows])


def thinned(draw: st.DrawFn, table: Table) -> Table:
    rows = [row for row in flat(table).rows if draw(st.integers(0, 4))]
    return Table(rows or table.rows)


def slid(draw: st.DrawFn, table: Table) -> Table:
    rows = flat(table).rows
    at = draw(st.integers(0, len(rows) - 1))
    rows[at] = draw(st.sampled_from([[Box(), *rows[at]], rows[at][1:] or rows[at], [Box(), Box(), *rows[at]]]))
    return Table(rows)


def cut(draw: st.DrawFn, table: Table) -> Table:
    """A row parted in two, inside a cell or between cells."""
    rows = flat(table).rows
    at = draw(st.integers(0, len(rows) - 1))
    col = draw(st.integers(0, len(rows[at]) - 1))
    box = rows[at][col]
    if box.label or len(box.text) < 2:
        rows[at : at + 1] = [part for part in (rows[at][:col], rows[at][col:]) if part]
    else:
        half = len(box.text) // 2
        first = [replace(one, text=box.text[:half]) if number == col else one for number, one in enumerate(rows[at])]
        rest = [Box(box.text[half:]) if number == col else Box() for number, _ in enumerate(rows[at])]
        rows[at : at + 1] = [first, rest]
    return Table(rows)


def mixed(draw: st.DrawFn, table: Table) -> Table:
    """A strange row, with words that spell a label or begin with one."""
    rows = flat(table).rows
    at = draw(st.integers(0, len(rows) - 1))
    words = draw(
        st.sampled_from(["其他资金", "合计", "注：共三处。", "产出", "无", "100", "绩效目标：见上", "质量指标：良好"])
    )
    extra = [[Box(words)], [Box(words, 3), Box("丙")], [Box("甲"), Box("乙"), Box(words), Box("丁")]]
    return Table([*rows[:at], draw(st.sampled_from(extra)), *rows[at:]])


CHANGES = (shuffled, turned, thinned, slid, cut, mixed)


def flat(table: Table) -> Table:
    """The table without downward merges, so that its rows may be moved."""
    return Table(
        [[Box(cols=box.cols) if below else replace(box, rows=1) for box, _, below in line] for line in table.grid()]
    )


def spelt_labels(blocks: Sequence[Block]) -> Counter[str]:
    """The cells that are no labels but spell one: standing where a label stands they may be taken for it."""
    printed = {"".join(word.split()) for word in (*PRINTED, *untidy.TASK_COLUMNS, "产出", "合计")}
    texts = (box.text for block in blocks if isinstance(block, Table) for box in files.boxes(block) if not box.label)
    return bare(text for text in texts if "".join(text.split()) in printed)


@given(disturbed(), st.sampled_from(sorted(files.WRITERS)))
@settings(max_examples=60, deadline=None)
def test_however_a_form_is_disturbed_nothing_is_lost(form: tuple[str, list[Block]], way: str) -> None:
    _, blocks = form
    try:
        forms = match(files.WRITERS[way](blocks), TEMPLATES, "来文", "set")
    except SourceRefused:
        return  # a form beyond recognition is refused as a whole
    lost = files.content(blocks) - held(forms) - spelt_labels(blocks)
    assert not lost
