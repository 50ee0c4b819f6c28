from __future__ import annotations

from collections import defaultdict
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from forms.grid.cells import Grid, Head, Style
from forms.paper.flow import CONTINUED_HEIGHT, Fragment, flow
from forms.paper.marks import LineMark, Page, QrMark, TextMark, WatermarkMark
from forms.paper.pages import paginate, paginate_all
from forms.typeset.papers import Paper
from tests.forms.sample_grids import A4, LABEL, LEADING, MARGINS, PADDING, UPRIGHT, Drawing, form, table

ALPHABET = "绩效目标完成率≥90%，（《“”》）。；1,354.00 a\n"
LOW = Paper("窄", 400.0, 260.0)


@st.composite
def drawings(draw: st.DrawFn) -> Grid:
    """Columns cut independently into cells of any height, kind and length: every overlap of spans there can be."""
    rows = draw(st.integers(1, 12))
    drawing = Drawing((40.0, 118.0, 140.0))
    for column in range(3):
        row = 0
        while row < rows:
            span = draw(st.integers(1, rows - row))
            length = draw(st.sampled_from((0, 3, 9, 40, 200, 900)))
            text = draw(st.text(ALPHABET, min_size=length // 2, max_size=length))
            label = draw(st.booleans())
            style = draw(st.sampled_from((Style(), Style("center"), Style(valign="top"), Style(size=16.0))))
            if label and column == 0:
                style, text = UPRIGHT, text.replace("\n", "")
            drawing.add(row, column, text, "label" if label else "blank", rows=span, style=style)
            row += span
    first = draw(st.integers(0, rows - 1))
    drawing.heads.append(Head(range(first, first + 1), range(first + 1, rows)))
    return drawing.grid(draw(st.sampled_from((A4, LOW))))


def printed(pages: tuple[tuple[Fragment, ...], ...], grid: Grid) -> dict[int, list[Fragment]]:
    """The fragments of each cell, in the order of pages."""
    numbers = {id(cell): number for number, cell in enumerate(grid.cells)}
    found: dict[int, list[Fragment]] = defaultdict(list)
    for page in pages:
        for fragment in page:
            found[numbers[id(fragment.cell)]].append(fragment)
    return found


@settings(max_examples=150, deadline=None)
@given(drawings())
def test_no_line_is_lost_and_none_comes_twice(grid: Grid) -> None:
    fragments = printed(flow(grid), grid)
    heads = {row for head in grid.heads for row in head.rows}
    for number, cell in enumerate(grid.cells):
        lines = cell.lines if any(cell.lines) else ()
        onward = tuple(line for fragment in fragments[number] for line in fragment.lines)
        if cell.kind == "label" or cell.row in heads:
            assert onward[: len(lines)] == lines
        else:
            assert onward == lines


@settings(max_examples=150, deadline=None)
@given(drawings())
def test_lines_stay_in_their_fragment_and_fragments_in_the_margins(grid: Grid) -> None:
    for page in flow(grid):
        for one in page:
            mark = CONTINUED_HEIGHT if one.continued else 0.0
            needed = len(one.lines) * one.size * LEADING + mark + (2 * PADDING if one.lines else 0)
            assert needed <= one.bottom - one.top + 1e-3
            assert one.top >= MARGINS[0] - 1e-3
            assert one.bottom <= grid.paper.height - MARGINS[2] + 1e-3


@settings(max_examples=150, deadline=None)
@given(drawings())
def test_fragments_of_a_page_never_overlap(grid: Grid) -> None:
    for page in flow(grid):
        for one, other in combinations(page, 2):
            a, b = one.cell, other.cell
            beside = a.col + a.cols <= b.col or b.col + b.cols <= a.col
            assert beside or one.bottom <= other.top + 1e-6 or other.bottom <= one.top + 1e-6


def texts(page: Page) -> list[str]:
    return [mark.text for mark in page.marks if isinstance(mark, TextMark)]


def test_a_form_that_fits_is_one_page_with_its_number() -> None:
    (page,) = paginate(form())
    assert (page.width, page.height) == (A4.width, A4.height)
    assert texts(page)[-1] == "第 1/1 页"
    assert "三级指标" in texts(page)


def test_an_empty_grid_is_one_page_with_its_number() -> None:
    (page,) = paginate(Drawing((100.0,)).grid())
    assert texts(page) == ["第 1/1 页"]


def test_pages_of_several_sheets_are_numbered_through() -> None:
    pages = paginate_all([form(), table(40)])
    assert [texts(page)[-1] for page in pages] == [f"第 {n}/{len(pages)} 页" for n in range(1, len(pages) + 1)]
    assert {page.sheet for page in pages} == {"表一"}
    assert texts(paginate(form(), start=4, total=9)[0])[-1] == "第 4/9 页"


def test_headings_and_spanning_labels_are_printed_again_on_every_page() -> None:
    pages = paginate(form(8))
    assert len(pages) > 2
    for page in pages[1:]:
        assert {"二级指标", "三级指标", "指标值"} <= set(texts(page))
        assert "绩效指标（年度）" in "".join(texts(page))
    assert not any("万元" in text for page in pages[1:] for text in texts(page))


def test_a_spanning_label_on_a_later_page_begins_beside_the_repeated_heading() -> None:
    later = flow(form(8))[1]
    label = next(one for one in later if one.cell.text == "绩效指标（年度）")
    assert label.top == MARGINS[0]


def test_a_row_that_fits_a_page_is_moved_rather_than_cut() -> None:
    drawing = Drawing((60.0, 433.0))
    for row in range(3):
        drawing.add(row, 0, "目标", "label", style=LABEL)
        drawing.add(row, 1, "完成年度任务。" * 200)
    pages = flow(drawing.grid())
    assert [[one.cell.row for one in page] for page in pages] == [[0, 0], [1, 1], [2, 2]]


def test_a_row_taller_than_a_page_is_cut_between_lines_and_marked() -> None:
    drawing = Drawing((60.0, 433.0))
    drawing.add(0, 0, "总体目标", "label", style=LABEL)
    drawing.add(0, 1, "按时完成年度任务。" * 900)
    pages = paginate(drawing.grid())
    assert len(pages) > 2
    assert "续" not in texts(pages[0])
    assert all(texts(page).count("续") == 1 for page in pages[1:])
    assert all("总体目标" in texts(page) for page in pages)
    assert "".join(t for page in pages for t in texts(page) if "任务" in t or "完成" in t).count("年度") == 900


def test_a_tall_cell_beside_many_rows_keeps_every_character() -> None:
    drawing = Drawing((60.0, 120.0, 313.0))
    drawing.add(0, 0, "绩效指标", "label", rows=120, style=UPRIGHT)
    body = "".join(chr(0x4E00 + n) for n in range(3984))
    drawing.add(0, 2, body, rows=120)
    for row in range(120):
        drawing.add(row, 1, f"指标{row}")
    grid = drawing.grid()
    pages = flow(grid)
    assert len(pages) > 3
    assert "".join(line for one in printed(pages, grid)[1] for line in one.lines) == body


def test_a_label_longer_than_a_page_runs_on() -> None:
    drawing = Drawing((30.0, 300.0))
    drawing.add(0, 0, "长" * 100, "label", style=UPRIGHT)
    drawing.add(0, 1, "短")
    grid = drawing.grid()
    pages = flow(grid)
    assert sum(len(one.lines) for one in printed(pages, grid)[0]) == 100


def test_a_heading_row_is_not_left_alone_at_the_foot_of_a_page() -> None:
    drawing = Drawing((300.0,))
    for row in range(29):
        drawing.add(row, 0, "行")
    drawing.add(29, 0, "表头", "label", style=LABEL)
    drawing.add(30, 0, "甲" * 60)
    drawing.heads.append(Head(range(29, 30), range(30, 31)))
    pages = flow(drawing.grid())
    assert [one.cell.row for one in pages[1]] == [29, 30]


def test_headings_higher_than_half_a_page_are_printed_once() -> None:
    drawing = Drawing((300.0,))
    drawing.add(0, 0, "表头。" * 350, "label", style=LABEL)
    for row in range(1, 60):
        drawing.add(row, 0, "行")
    drawing.heads.append(Head(range(1), range(1, 60)))
    pages = flow(drawing.grid())
    assert [sum(one.cell.row == 0 for one in page) for page in pages] == [1, *[0] * (len(pages) - 1)]


def test_paper_too_low_for_a_line_still_ends() -> None:
    drawing = Drawing((300.0,))
    drawing.add(0, 0, "一\n二\n三")
    pages = flow(drawing.grid(Paper("纸条", 400.0, 122.0)))
    assert [line for page in pages for one in page for line in one.lines] == ["一", "二", "三"]


def test_borders_are_drawn_once_and_close_the_page() -> None:
    drawing = Drawing((100.0, 100.0))
    for row in range(2):
        for col in range(2):
            drawing.add(row, col, "格")
    (page,) = paginate(drawing.grid())
    rules = [mark for mark in page.marks if isinstance(mark, LineMark)]
    assert len(rules) == 6  # 3 across and 3 down, each joined over both cells
    for later in paginate(form(8)):
        across = [mark.y0 for mark in later.marks if isinstance(mark, LineMark) and mark.y0 == mark.y1]
        down = [mark.y1 for mark in later.marks if isinstance(mark, LineMark) and mark.x0 == mark.x1]
        assert abs(max(across) - max(down)) < 0.01


def test_a_cell_without_border_has_no_rules() -> None:
    drawing = Drawing((100.0,))
    drawing.add(0, 0, "注", "note", style=Style(border=False))
    assert not any(isinstance(mark, LineMark) for mark in paginate(drawing.grid())[0].marks)


def test_text_stands_where_the_style_says() -> None:
    # Column 100 wide from x = 51, row 60 high from y = 56; a line of one character of 10 points is 13.5 high.
    places = {}
    for align in ("left", "center", "right"):
        for valign in ("top", "middle"):
            drawing = Drawing((100.0,))
            drawing.add(0, 0, "中", style=Style(align, valign, size=10.0))
            grid = drawing.grid()._replace(heights=(60.0,))
            mark = next(one for one in paginate(grid)[0].marks if isinstance(one, TextMark))
            places[align, valign] = (round(mark.x, 2), round(mark.y, 2))
    assert places["left", "top"] == (55.0, 70.55)  # 56 + 4 + (13.5 - 10) / 2 + 8.8
    assert places["center", "middle"] == (96.0, 89.8)  # 51 + 50 - 5; 56 + 30 - 6.75 + 1.75 + 8.8
    assert places["right", "middle"] == (137.0, 89.8)  # 151 - 4 - 10


def test_a_vertical_label_is_centred_in_its_fragment() -> None:
    drawing = Drawing((30.0,))
    drawing.add(0, 0, "产（出）", "label", style=UPRIGHT)
    marks = [one for one in paginate(drawing.grid()._replace(heights=(200.0,)))[0].marks if isinstance(one, TextMark)]
    assert [(one.text, one.vertical) for one in marks[:4]] == [(ch, True) for ch in "产（出）"]
    assert abs((marks[0].y + marks[3].y) / 2 - (156.0 + 0.38 * 10.5)) < 0.01


def test_drafts_and_filed_revisions_are_told_apart() -> None:
    (plain,) = paginate(form())
    (draft,) = paginate(form(), stamp="草稿")
    (filed,) = paginate(form(), code="A1B2-C3D4")
    assert not any(isinstance(mark, (WatermarkMark, QrMark)) for mark in plain.marks)
    assert isinstance(draft.marks[0], WatermarkMark)
    assert texts(draft)[-1] == "草稿　第 1/1 页"
    (code,) = [mark for mark in filed.marks if isinstance(mark, QrMark)]
    assert code.text == "A1B2-C3D4"
    assert code.y >= A4.height - MARGINS[2]
    assert "核验码 A1B2-C3D4" in texts(filed)


def test_the_grid_is_left_as_it_was() -> None:
    grid = form(8)
    before = repr(grid)
    paginate(grid)
    assert repr(grid) == before
