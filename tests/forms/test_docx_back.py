from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.filing import Filing, Indicator, Row
from forms.importers.docx import read
from forms.importers.guide import guide
from forms.importers.matching import match
from forms.importers.reading import read as read_file
from forms.importers.source import SourceRow
from forms.render.docx import render
from forms.template.model import Field, Template
from forms.template.spelling import label_key
from forms.templates import Templates
from forms.values import Kind
from tests.forms.filled_forms import BY_ID, FEW, TEMPLATES, blank, filings, tidy
from tests.forms.importers import office
from tests.forms.sample_docx import back, content, drawing, drawn, form_of, grids_of, matched, read_back, standing
from tests.reliability.campaign import rounds

RARE = "㛃㴋䶮堃𬭎𬸚☐☑⽬目⼈人 ０１２ｋ²　<b>&lt;\t≥90%…—“引号”"
LINES = RARE + "\n第二行：说明\n\n　　第四行。"
SAME = ("gd-qingdan-2022", "gd-quyu-2022", "hb-zhuanxiang-2020", "gx-xiangmu", "mof-quyu-2015", "mof-xiangmu-2015")

every = pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.id)
same = pytest.mark.parametrize("template", [BY_ID[name] for name in SAME], ids=SAME)


@every
def test_every_text_of_the_form_comes_back_from_its_place(template: Template) -> None:
    @FEW
    @given(filings(template))
    def law(filing: Filing) -> None:
        grids = grids_of(template, filing)
        assert read_back(read(drawn(*grids))) == [text for grid in grids for text in standing(grid)]

    law()


@every
def test_the_file_says_to_the_importer_what_the_paper_says(template: Template) -> None:
    @settings(max_examples=rounds(3, 100), deadline=None)
    @given(st.just(blank(template)) | st.just(tidy(template)) | filings(template))
    def law(filing: Filing) -> None:
        grids = grids_of(template, filing)
        from_file, from_paper = matched(read(drawn(*grids)), [template]), matched(drawing(grids), [template])
        if isinstance(from_file, str) or isinstance(from_paper, str):
            assert from_file == from_paper
            return
        assert [content(one.filing) for one in from_file] == [content(one.filing) for one in from_paper]
        assert [one.complete for one in from_file] == [one.complete for one in from_paper]
        # A label cut off its heading may be left over, never anything that was filled in.
        left = [text for one in from_file for text in one.unplaced if not printed(text, template)]
        assert set(left) <= {text for one in from_paper for text in one.unplaced}

    law()


@same
@pytest.mark.parametrize("typed", [RARE, LINES], ids=["rare", "lines"])
def test_a_filled_form_comes_back_as_the_same_filing(template: Template, typed: str) -> None:
    filing = retyped(tidy(template), template, typed)
    one = back(template, filing)
    assert content(one.filing) == content(filing)
    assert (one.complete, one.unplaced) == (True, ())


@pytest.mark.samples
def test_every_published_form_goes_out_and_comes_back(samples: Path) -> None:
    known = list(Templates.shipped())
    files = [path for path in sorted(samples.iterdir()) if path.suffix in (".docx", ".xlsx")]
    for path in files:
        forms = match(read_file(path), known, path.name, "set")
        found = matched(read(render([form_of(one.template, one.filing) for one in forms])), known)
        assert not isinstance(found, str)
        assert [content(one.filing) for one in found] == [content(one.filing) for one in forms], path.name
        assert [words for one in found for words in one.unplaced if not printed(words, one.template)] == []
    assert len(files) == 6


@same
def test_an_empty_form_comes_back_empty_and_whole(template: Template) -> None:
    one = back(template, blank(template))
    assert content(one.filing) == ({}, {}, [])
    assert one.complete


@same
def test_many_rows_over_many_pages_come_back_in_order(template: Template) -> None:
    filing = grown(tidy(template), template)
    one = back(template, filing)
    assert content(one.filing) == content(filing)
    assert (one.complete, one.unplaced) == (True, ())


def test_headings_repeated_inside_a_form_do_not_part_it() -> None:
    template = BY_ID["mof-jiankong-2019"]
    sheet = template.sheets[0]
    template = replace(template, sheets=(replace(sheet, repeat=frozenset({"标题", "表头"})),))
    filing = grown(tidy(template), template)
    source = read(render([form_of(template, filing)]))
    assert sum("一级指标" in str(block) for block in read_back(source)) == 1
    assert len({block.table for block in source.blocks if isinstance(block, SourceRow)}) == 1
    found = matched(source, TEMPLATES)
    assert not isinstance(found, str)
    assert [one.template.id for one in found] == [template.id]
    assert [row[:3] for row in content(found[0].filing)[2]] == [row[:3] for row in content(filing)[2]]


@pytest.mark.parametrize(
    ("between", "numbers"),
    [
        ("<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr></w:p>", [(1, 1), (1, 2)]),
        ("<w:p/>", [(1, 1), (2, 1)]),
        ("<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr></w:p><w:p/>", [(1, 1), (2, 1)]),
    ],
)
def test_only_a_hidden_paragraph_makes_two_tables_one(between: str, numbers: list[tuple[int, int]]) -> None:
    source = read(office.docx(office.table(office.cell("甲")) + between + office.table(office.cell("乙"))))
    assert [(block.table, block.row) for block in source.blocks if isinstance(block, SourceRow)] == numbers


def test_forms_of_a_set_come_back_one_by_one() -> None:
    template = BY_ID["gd-quyu-2022"]
    towns = ["中山市", "江门市", "𬭎安市"]
    set_of = [tidy(template).replace(id=town, values=tidy(template).values | {"地区": town}) for town in towns]
    found = matched(read(render([form_of(template, one) for one in set_of])), TEMPLATES)
    assert not isinstance(found, str)
    assert [one.filing.values["地区"] for one in found] == towns
    assert [content(one.filing) for one in found] == [content(one) for one in set_of]


def test_the_draft_mark_and_page_numbers_are_no_text_of_the_form() -> None:
    template = BY_ID["gd-quyu-2022"]
    source = read(render([form_of(template, blank(template), stamp="草稿")]))
    assert source.notices == []
    assert "草稿" not in str(source.blocks)


def printed(words: str, template: Template) -> bool:
    """Whether the form itself prints these words."""
    return label_key(words) in guide(template).words


def retyped(filing: Filing, template: Template, typed: str) -> Filing:
    """The filing with `typed` wherever a text of any kind may stand."""

    def texts(cells: dict[str, str], columns: dict[str, Field]) -> dict[str, str]:
        return {name: _typed(text, columns[name], typed) for name, text in cells.items()}

    trees = {name: {one.name: one for one in tree.columns} for name, tree in template.trees.items()}
    tables = {name: {one.name: one for one in table.columns} for name, table in template.tables.items()}
    return filing.replace(
        values=texts(filing.values, template.fields),
        tables={
            name: tuple(Row(row.id, texts(row.cells, tables[name]), row.label) for row in rows)
            for name, rows in filing.tables.items()
        },
        indicators=tuple(
            Indicator(one.id, one.level1, one.level2, texts(one.columns, trees[one.tree]), one.tree)
            for one in filing.indicators
        ),
    )


def _typed(text: str, column: Field, typed: str) -> str:
    if column.kind is Kind.LONG:
        return typed
    return typed.partition("\n")[0].replace("\t", " ") if column.kind is Kind.TEXT and not column.choices else text


def grown(filing: Filing, template: Template) -> Filing:
    """The filing with sixty indicators under every other branch and as many rows in every free table."""
    indicators = tuple(
        Indicator(f"{one.id}-{n}", one.level1, one.level2, _numbered(one.columns, n), one.tree)
        for one in filing.indicators
        for n in range(12)
    )
    free = {name for name, table in template.tables.items() if not table.labels}
    tables = {
        name: tuple(Row(f"{name}{n}", _numbered(rows[0].cells, n), rows[0].label) for n in range(60))
        if name in free
        else rows
        for name, rows in filing.tables.items()
    }
    return filing.replace(indicators=indicators, tables=tables)


def _numbered(cells: dict[str, str], number: int) -> dict[str, str]:
    return {name: f"{text}之{number + 1}" if "文字" in text else text for name, text in cells.items()}
