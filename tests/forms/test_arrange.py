"""The filled grid: cells that cover it, texts that stand where they belong, and pictures a person can read."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.desk import pdf
from forms.filing import Filing, Membership, Place
from forms.grid.arrange import arrange, title
from forms.grid.cells import Cell, Grid, Piece
from forms.render.text import render
from forms.rules import Review
from forms.template.model import Template
from forms.values import Kind, fold
from tests.forms.filled_forms import BY_ID, FEW, TEMPLATES, blank, filings, tidy

PICTURES = Path(__file__).parents[1] / "fixtures" / "pictures"
UPDATE = os.environ.get("JIXIAO_PICTURES") == "update"

each_template = pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.id)


def grids_of(template: Template, filing: Filing) -> tuple[Grid, ...]:
    return arrange(template, filing, Review(template, filing).computed)


def pieces_at(grids: tuple[Grid, ...]) -> dict[Place, list[Piece]]:
    found: dict[Place, list[Piece]] = {}
    for grid in grids:
        for cell in grid.cells:
            for piece in cell.parts:
                if piece.place:
                    found.setdefault(piece.place, []).append(piece)
    return found


def covered(grid: Grid) -> Counter[tuple[int, int]]:
    return Counter(
        (row, col)
        for cell in grid.cells
        for row in range(cell.row, cell.row + cell.rows)
        for col in range(cell.col, cell.col + cell.cols)
    )


def check_covered(grid: Grid) -> None:
    places = covered(grid)
    assert set(places.values()) == {1}
    signed = {cell.row for cell in grid.cells if cell.kind == "note"}
    whole = {(row, col) for row in range(len(grid.heights)) for col in range(len(grid.widths))}
    assert {row for row, _ in whole - set(places)} <= signed
    assert set(places) <= whole


def typed(template: Template, filing: Filing) -> Iterator[tuple[Place, str]]:
    """Every text of the filing that has a place on the form."""
    for name, text in filing.values.items():
        yield Place(field=name), text
    for table in template.tables.values():
        hidden = table.level_column if not table.level_lengths else ""
        for row in filing.rows(table.name):
            yield from ((Place(table=table.name, row=row.id, column=name), text)
                        for name, text in row.cells.items() if name != hidden)  # fmt: skip
    for one in filing.indicators:
        yield from ((Place(indicator=one.id, column=name), text) for name, text in one.columns.items())


@each_template
@given(st.data())
@FEW
def test_cells_cover_the_form_and_hold_every_text_once(template: Template, data: st.DataObject) -> None:
    filing = data.draw(filings(template))
    review = Review(template, filing)
    grids = arrange(template, filing, review.computed)
    for grid in grids:
        check_covered(grid)
        for cell in grid.cells:
            check_lines(cell)
    pieces = pieces_at(grids)
    for place, text in typed(template, filing):
        if not any(piece.tick for piece in pieces[place]):
            assert [piece.text for piece in pieces[place] if not piece.computed] == [text] * len(pieces[place])
    for place, text in review.computed.items():
        assert [piece.text for piece in pieces[place]] == [text] * len(pieces[place])


def check_lines(cell: Cell) -> None:
    lines, text = "".join(cell.lines), cell.text.replace("\n", "")
    if cell.kind == "heading":  # the paragraphs of prose are set in like the first
        lines, text = lines.replace("　", ""), text.replace("　", "")
    assert lines == text
    assert not cell.style.vertical or all(len(line) == 1 for line in cell.lines)


@each_template
@given(st.data())
@FEW
def test_rows_are_as_high_as_their_lines(template: Template, data: st.DataObject) -> None:
    for grid in grids_of(template, data.draw(filings(template))):
        for cell in grid.cells:
            room = sum(grid.heights[cell.row : cell.row + cell.rows])
            assert len(cell.lines) * cell.style.size * grid.leading + 2 * grid.padding <= room + 0.01
        assert sum(grid.widths) == pytest.approx(grid.paper.width - grid.margins[1] - grid.margins[3])


@each_template
@given(st.data())
@FEW
def test_a_box_is_ticked_only_for_the_choice_that_was_typed(template: Template, data: st.DataObject) -> None:
    filing = data.draw(filings(template))
    for place, pieces in pieces_at(grids_of(template, filing)).items():
        for piece in pieces:
            if piece.tick:
                chosen = fold(filing.text(place)) == fold(piece.tick)
                assert piece.text == piece.tick + ("☑" if chosen else "□")


@each_template
@given(st.data())
@FEW
def test_every_indicator_stands_on_one_row_beside_its_own_labels(template: Template, data: st.DataObject) -> None:
    filing = data.draw(filings(template))
    grids = grids_of(template, filing)
    for one in filing.indicators:
        grid, row = next(
            (grid, cell.row) for grid in grids for cell in grid.cells
            for piece in cell.parts if piece.place and piece.place.indicator == one.id
        )  # fmt: skip
        labels = {cell.text for cell in grid.cells if cell.kind == "label" and cell.row <= row < cell.row + cell.rows}
        assert one.level2 in labels
        assert one.level1 in labels


@each_template
def test_headings_stand_right_above_what_they_head(template: Template) -> None:
    for grid in grids_of(template, tidy(template)):
        for head in grid.heads:
            assert head.rows.stop <= head.body.start < head.body.stop <= len(grid.heights)


@each_template
def test_the_picture_of_the_form(template: Template) -> None:
    drawn = "\n\n".join(render(grids_of(template, filing)) for filing in (blank(template), tidy(template))) + "\n"
    path = PICTURES / f"{template.id}.txt"
    if UPDATE:
        path.write_text(drawn, encoding="utf-8")
    assert drawn == path.read_text(encoding="utf-8")


@each_template
def test_the_paper_bears_every_text_of_the_form(template: Template) -> None:
    review = Review(template, tidy(template))
    document = pypdfium2.PdfDocument(pdf(review))
    printed = Counter("".join(page.get_textpage().get_text_range() for page in document))
    wanted = Counter("".join(cell.text for grid in grids_of(template, tidy(template)) for cell in grid.cells))
    for char in [*wanted]:
        if char.isspace():
            del wanted[char]
    assert not wanted - printed
    document.close()


def test_a_title_is_one_line_and_falls_back_on_the_name_of_the_form() -> None:
    form = BY_ID["mof-xiangmu-2015"]
    assert title(form, blank(form, values={"年度": "2026"}), {}) == "项目支出绩效目标申报表（2026年度）"
    untitled = BY_ID["gx-shuoming"]
    assert title(untitled, blank(untitled), {}) == "部门总体绩效目标"


def test_without_a_number_its_mark_is_not_printed() -> None:
    form = BY_ID["gd-quyu-2022"]
    assert title(form, blank(form, values={"地区": "中山市"}), {}) == "区域绩效目标申报表（中山市）"
    numbered = blank(form, values={"地区": "中山市"}, set=Membership("s", "11"))
    assert title(form, numbered, {}) == "11、区域绩效目标申报表（中山市）"


def test_every_paragraph_of_prose_is_set_in_like_the_first() -> None:
    form = BY_ID["hb-zhengti-2020"]
    told = blank(form, values={"总体绩效目标": "甲。\n乙。\n　　丙。"})
    (cell,) = [one for one in grids_of(form, told)[0].cells if "乙。" in one.text]
    assert cell.lines == ("　　甲。", "　　乙。", "　　丙。")


def test_a_narrow_label_is_written_upright() -> None:
    form = BY_ID["gd-quyu-2022"]
    cells = [cell for cell in grids_of(form, blank(form))[0].cells if cell.style.vertical]
    assert {cell.text for cell in cells} == {"绩效指标"}
    assert all(cell.lines == tuple(cell.text) for cell in cells)


def test_repeated_rows_are_those_the_form_asks_for() -> None:
    form = BY_ID["gd-qingdan-2022"]
    (grid,) = grids_of(form, tidy(form))
    repeated = [cell.kind for head in grid.heads for cell in grid.cells if cell.row in head.rows and cell.col == 0]
    assert repeated == ["furniture", "title", "label"]
    assert [head.body for head in grid.heads[:2]] == [range(2, 5)] * 2
    assert grid.heads[2].body == range(3, 5)


def test_a_column_of_numbers_or_names_is_centred_and_long_texts_stand_left() -> None:
    form = BY_ID["zj-zhengti-2020"]
    long = tidy(form).put(Place(table="重点任务", row="重点任务0", column="主要实施内容"), "很长的内容" * 20)
    (grid,) = grids_of(form, long)
    block = next(one for one in form.sheets[0].blocks if one.name == "重点任务")
    column = {one.name: one.col for one in block.columns}
    places = [(cell, part.place) for cell in grid.cells for part in cell.parts if part.place]
    rows = [(cell, at.column) for cell, at in places if at.table == "重点任务"]
    assert {cell.style.align for cell, name in rows if cell.col == column["主要实施内容"]} == {"left"}
    assert {cell.style.align for cell, name in rows if name == form.tables["重点任务"].columns[2].name} == {"center"}
    assert form.tables["重点任务"].columns[2].kind is Kind.MONEY
