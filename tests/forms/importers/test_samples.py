"""Conservation on the real forms: every character of a file is in its Source once, and two files of a form agree."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest

from forms.importers.reading import read_many
from forms.importers.source import Source, SourceRow, SourceText

pytestmark = pytest.mark.samples

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture(scope="module")
def sources(samples: Path) -> dict[str, Source]:
    paths = sorted(samples.iterdir())
    read = zip(paths, read_many(paths), strict=True)
    return {path.name: source for path, source in read if isinstance(source, Source)}


def texts(source: Source) -> list[str]:
    return [
        text
        for block in source.blocks
        for text in ([block.text] if isinstance(block, SourceText) else [cell.text for cell in block.cells])
    ]


def bare(text: str) -> str:
    return "".join(text.split())


def written(path: Path) -> str:
    """Every character a person wrote into the file, found without our readers."""
    if path.suffix == ".txt":
        text = re.sub(r"\[bookmark: _Toc\d+\]", "", path.read_text(encoding="utf-8"))
        return re.sub(r"</?[pu]>", "", text)
    found: list[str] = []
    with ZipFile(path) as archive:
        names = [name for name in archive.namelist() if re.fullmatch(r"word/document.xml|xl/worksheets/.*\.xml", name)]
        for name in names:
            tree = ET.fromstring(archive.read(name))
            found.extend(element.text or "" for tag in (W + "t", S + "t", S + "v") for element in tree.iter(tag))
    return "".join(found)


def test_every_sample_is_read_without_a_word(samples: Path, sources: dict[str, Source]) -> None:
    assert sorted(sources) == sorted(path.name for path in samples.iterdir())
    assert {name: source.notices for name, source in sources.items() if source.notices} == {}


def test_every_character_of_every_sample_is_in_its_source_once(samples: Path, sources: dict[str, Source]) -> None:
    for path in samples.iterdir():
        held = Counter(bare("".join(texts(sources[path.name]))))
        assert held == Counter(bare(written(path))), path.name


@pytest.mark.parametrize(("start", "missing"), [("广东", ""), ("高新区", ""), ("秦皇岛", "第二部分专项资金绩效目标")])
def test_the_word_file_and_the_text_of_a_form_say_the_same_in_the_same_order(
    start: str, missing: str, sources: dict[str, Source]
) -> None:
    # `missing`: a heading that the Word file of the sample lacks.
    word, text = (
        bare("".join(texts(source)))
        for suffix in (".docx", ".txt")
        for name, source in sources.items()
        if name.startswith(start) and name.endswith(suffix)
    )
    assert word == text.replace(missing, "")


@pytest.mark.parametrize(
    ("name", "tables", "rows"),
    [
        ("广东2022_任务清单与区域绩效目标申报表_1-12.docx", 13, 228),
        ("广东2022_区域绩效目标申报表_1-12.xlsx", 12, 218),
        ("深圳坪山2023_部门预算_表格部分.xlsx", 9, 294),
        ("湛江2020_部门整体支出绩效目标申报表.docx", 1, 39),
        ("湛江2020_部门整体支出绩效目标申报表.txt", 1, 39),
        ("秦皇岛2020_部门预算绩效信息_1-6.docx", 6, 67),
        ("秦皇岛2020_部门预算绩效信息_1-6.txt", 6, 67),
        ("高新区_部门总体绩效目标与预算项目绩效表_1-2.docx", 2, 32),
    ],
)
def test_tables_and_rows_are_as_many_as_counted_by_hand(
    name: str, tables: int, rows: int, sources: dict[str, Source]
) -> None:
    found = [block for block in sources[name].blocks if isinstance(block, SourceRow)]
    assert (len({row.table for row in found}), len(found)) == (tables, rows)


def test_cells_of_the_text_files_are_the_cells_of_the_word_files(sources: dict[str, Source]) -> None:
    for start in ("广东", "秦皇岛"):
        word, text = (
            Counter(map(bare, texts(source)))
            for suffix in (".docx", ".txt")
            for name, source in sources.items()
            if name.startswith(start) and name.endswith(suffix)
        )
        del word[""], text[""]
        # A heading glued to the cell before it (广东), one that the Word file lacks (秦皇岛); nothing else differs.
        assert sum((word - text).values()) <= 2
        assert sum((text - word).values()) <= 1
