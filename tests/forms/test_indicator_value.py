"""Indicator values against the conformance table, the published forms, and the laws of reading."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.indicator_value import Reading, cursor, express, parts, understand
from forms.indicator_value.tokens import tokens

TABLE = Path(__file__).with_name("indicator_values.tsv")
YEAR = 2024


def cases() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def written(value: object) -> str:
    return "" if value is None else str(value)


def brief(reading: Reading) -> str:
    per = f"/{reading.per}" if reading.per else ""
    return f"{reading.kind} {reading.sign}{written(reading.number)}{reading.unit}{per}"


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["raw"])
def test_conformance(case: dict[str, str]) -> None:
    reading = understand(case["raw"], YEAR)
    found = {name: written(getattr(reading, name)) for name in case if name not in ("clauses", "expressed")}
    assert found | {"expressed": express(reading), "clauses": " | ".join(map(brief, reading.clauses))} == case


def test_a_deadline_without_year_stays_one() -> None:
    reading = understand(" 年底前 ")
    assert (reading.kind, reading.deadline, express(reading)) == ("deadline", None, "年底前")
    assert understand("年底前", 2022).deadline == date(2022, 12, 31)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("≥90%", ("≥", "90", "%")),
        ("不超过24小时", ("≤", "24", "小时")),
        ("每季度不少于1次", ("≥", "1", "次/季度")),
        ("1,354.50万元", ("", "1354.50", "万元")),
        ("5～10天", None),
        ("购置11台执法车", None),
        ("2026年底前", None),
        ("2026年底前≥40%", None),
        ("≥90%；≤5天", None),
    ],
)
def test_parts_of_one_number_and_of_nothing_else(text: str, told: tuple[str, str, str] | None) -> None:
    assert parts(understand(text)) == told


def test_spans_point_at_what_was_read() -> None:
    text = " 购置\u300011 台执法车"
    start, end = understand(text).span
    assert text[start:end] == "11 台"


def test_clauses_keep_their_text_and_place() -> None:
    text = "空气质量优良率≥94%、PM2.5≤29（微克/立方米），…"
    assert [clause.raw for clause in understand(text).clauses] == ["空气质量优良率≥94%", "PM2.5≤29（微克/立方米）", "…"]
    assert [text[slice(*clause.span)] for clause in understand(text).clauses] == ["≥94%", "≤29（微克/立方米）", "…"]


def inside(reading: Reading, length: int) -> bool:
    start, end = reading.span
    return 0 <= start <= end <= length and all(inside(clause, length) for clause in reading.clauses)


PIECES = st.sampled_from(
    [*"0123456789,.-%≥≤<>=N/～（）；，、。和及《》“每第底前内一十百千万亿半两台次年月日天周个人元 \n", "\u200b"]
)
LONG_PIECES = st.sampled_from(
    ["2023年", "11月底前", "年底", "不少于", "控制在", "以上", "万元", "百分之", "为优", "Ⅲ类"]
)
TYPED = st.text() | st.lists(PIECES | LONG_PIECES).map("".join)


@given(TYPED, st.none() | st.integers(1900, 2099))
def test_any_text_has_a_reading_inside_it(text: str, year: int | None) -> None:
    reading = understand(text, year)
    assert reading.raw == text
    assert inside(reading, len(text))


@given(TYPED | st.sampled_from(cases()).map(lambda case: case["raw"]))
def test_what_is_expressed_expresses_the_same(text: str) -> None:
    once = express(understand(text, YEAR))
    assert express(understand(once, YEAR)) == once


@given(st.lists(PIECES | LONG_PIECES, min_size=1, max_size=20).map("".join))
def test_work_grows_with_the_text_alone(piece: str) -> None:
    steps = Counter[int]()

    class Counted(cursor.Cursor):
        def peek(self, *sorts: object, ahead: int = 0) -> object:  # type: ignore[override]  # counts, passes on
            steps[times] += 1
            return super().peek(*sorts, ahead=ahead)  # type: ignore[arg-type]  # the same arguments

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("forms.indicator_value.clause.Cursor", Counted)
        for times in (20, 200):
            understand(piece * times)
            assert len(tokens(piece * times)) <= 2 * len(piece * times)
    assert steps[200] <= 11 * steps[20] + 100


def indicator_cells(samples: Path) -> Iterator[tuple[str, str]]:
    """三级指标 and 指标值 of every row of the Guangdong workbook."""
    book = openpyxl.load_workbook(samples / "广东2022_区域绩效目标申报表_1-12.xlsx", read_only=False)
    for sheet in book.worksheets:
        heading = False
        for row in sheet.iter_rows(values_only=True):
            if heading and len(row) > 4:
                yield str(row[3] or ""), str(row[4] or "")
            heading = heading or "指标值" in row


@pytest.mark.samples
def test_the_guangdong_forms_count_as_published(samples: Path) -> None:
    kinds: Counter[str] = Counter()
    for name, value in indicator_cells(samples):
        reading = understand(value)
        assert reading.raw == value
        if value:
            plain = reading.kind == "compare"
            kinds["signed" if reading.sign else "bare" if plain else "设备" if "购置" in name else "words"] += 1
            assert plain or not reading.sign
    assert kinds == {"signed": 10, "bare": 11, "设备": 10, "words": 19}


@pytest.mark.samples
def test_the_shenzhen_indicators_count_as_published(samples: Path) -> None:
    lines = (samples / "深圳坪山2023_部门预算.txt").read_text(encoding="utf-8").splitlines()
    first = next(no for no, line in enumerate(lines) if "目标值" in line)
    filled = [[cell for cell in line.split("\t") if cell.strip()] for line in lines[first + 1 :]]
    readings = [understand(cells[-1]) for cells in filled if len(cells) > 1]
    kinds = Counter(reading.kind for reading in readings)
    signs = Counter(reading.sign for reading in readings if reading.kind != "deadline")
    assert (signs["≥"], signs["≤"]) == (46, 7)
    assert (kinds["interval"], kinds["deadline"], kinds["multi"], kinds["frequency"]) == (4, 3, 1, 2)


@pytest.mark.samples
def test_every_line_of_every_sample_is_kept(samples: Path) -> None:
    lines = [line for path in samples.glob("*.txt") for line in path.read_text(encoding="utf-8").splitlines()]
    assert len(lines) > 1000
    for line in lines:
        reading = understand(line)
        assert reading.raw == line
        assert inside(reading, len(line))
        assert express(understand(express(reading))) == express(reading)


def test_the_table_covers_every_kind() -> None:
    assert {case["kind"] for case in cases()} == {
        *("compare", "interval", "deadline", "frequency", "duration", "class"),
        *("choice", "rubric", "quantity", "text", "multi"),
    }
    assert {"clauses", "raw", "span"} < {one.name for one in fields(Reading)}
