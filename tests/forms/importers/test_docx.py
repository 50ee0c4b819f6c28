from __future__ import annotations

import pytest

from forms.errors import SourceRefused
from forms.importers.docx import read
from forms.importers.source import Source, SourceCell, SourceRow, SourceText
from tests.forms.importers.office import Parts, cell, docx, paragraph, relations, table

CHOICE = (
    "<mc:AlternateContent><mc:Choice Requires='wps'>{0}</mc:Choice><mc:Fallback>{1}</mc:Fallback></mc:AlternateContent>"
)


PROMPT = (
    "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>单击此处</w:t></w:r></w:sdtContent></w:sdt>"
)


def texts(source: Source) -> list[str]:
    return [block.text for block in source.blocks if isinstance(block, SourceText)]


def rows(source: Source) -> list[list[SourceCell]]:
    return [block.cells for block in source.blocks if isinstance(block, SourceRow)]


def only_cell(inside: str, more: Parts | None = None) -> SourceCell:
    return rows(read(docx(table(f"<w:tc>{inside}</w:tc>"), more)))[0][0]


def told(source: Source) -> str:
    return "".join(message for message, _ in source.notices)


def test_paragraphs_and_rows_come_in_order_and_are_numbered() -> None:
    source = read(
        docx(paragraph("附件 4") + "<w:p/>" + table(cell("甲") + cell("乙"), cell("丙") + cell()) + paragraph("注"))
    )
    assert source.kind == "docx"
    assert source.blocks == [
        SourceText("附件 4", 1),
        SourceRow([SourceCell("甲", 0), SourceCell("乙", 1)], 1, 1),
        SourceRow([SourceCell("丙", 0), SourceCell("", 1)], 1, 2),
        SourceText("注", 2),
    ]
    assert source.notices == []


def test_horizontal_and_vertical_merges_stand_once() -> None:
    restart, go_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    source = read(
        docx(
            table(
                cell("绩效指标", f'<w:gridSpan w:val="2"/>{restart}') + cell("值"),
                cell("", f'<w:gridSpan w:val="2"/>{go_on}') + cell("≥90%"),
                cell("目标", restart) + cell("甲", '<w:gridSpan w:val="2"/>'),
            )
        )
    )
    assert rows(source) == [
        [SourceCell("绩效指标", 0, 2, 2), SourceCell("值", 2)],
        [SourceCell("", 0, 2, covered=True), SourceCell("≥90%", 2)],
        [SourceCell("目标", 0), SourceCell("甲", 1, 2)],
    ]


def test_a_continued_merge_without_a_start_is_a_cell_of_its_own() -> None:
    assert rows(read(docx(table(cell("甲", "<w:vMerge/>"))))) == [[SourceCell("甲", 0)]]


def test_text_under_a_merge_joins_the_cell_above_and_is_told() -> None:
    source = read(docx(table(cell("甲", '<w:vMerge w:val="restart"/>'), cell("藏", "<w:vMerge/>"))))
    assert [row[0].text for row in rows(source)] == ["甲\n藏", ""]
    assert "遮住" in told(source)


def test_old_horizontal_merges_widen_the_first_cell() -> None:
    merged = cell("甲", '<w:hMerge w:val="restart"/>') + cell("", "<w:hMerge/>") + cell("乙")
    assert rows(read(docx(table(merged)))) == [[SourceCell("甲", 0, 2), SourceCell("乙", 2)]]


def test_a_page_break_is_no_line_break() -> None:
    runs = "<w:r><w:br w:type='page'/><w:t>甲</w:t><w:br w:type='textWrapping'/><w:t>乙</w:t></w:r>"
    assert texts(read(docx(f"<w:p>{runs}</w:p>"))) == ["甲\n乙"]


@pytest.mark.parametrize("span", ["<w:gridSpan/>", '<w:gridSpan w:val="0"/>', '<w:gridSpan w:val="1"/>'])
def test_a_span_that_says_nothing_is_one_column(span: str) -> None:
    assert rows(read(docx(table(cell("甲", span) + cell("乙"))))) == [[SourceCell("甲", 0), SourceCell("乙", 1)]]


def test_columns_skipped_before_a_row_count() -> None:
    row = f'<w:tr><w:trPr><w:gridBefore w:val="2"/></w:trPr>{cell("甲")}</w:tr>'
    assert rows(read(docx(f"<w:tbl>{row}</w:tbl>"))) == [[SourceCell("甲", 2)]]


def test_breaks_and_tabs_are_characters_and_blank_edges_of_a_cell_go() -> None:
    signs = "<w:br/><w:t>完好率</w:t><w:tab/><w:noBreakHyphen/><w:cr/><w:t>乙</w:t>"
    run = f"<w:p><w:r><w:t xml:space='preserve'>  设备</w:t>{signs}</w:r></w:p>"
    assert only_cell(f"<w:p/>{run}<w:p/>{paragraph('丙')}<w:p/><w:p/>").text == "  设备\n完好率\t-\n乙\n\n丙"


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{paragraph('框内')}</w:txbxContent>"
    shape = CHOICE.format(
        f"<w:drawing><wps:txbx>{box}</wps:txbx></w:drawing>", f"<w:pict><v:textbox>{box}</v:textbox></w:pict>"
    )
    held = f"<w:p><w:r><w:t>框外</w:t></w:r><w:r>{shape}</w:r></w:p>"
    assert texts(read(docx(held))) == ["框外", "框内"]
    assert only_cell(held).text == "框外\n框内"


def test_an_old_text_box_without_alternatives_is_read() -> None:
    box = f"<v:textbox><w:txbxContent>{paragraph('旧框')}</w:txbxContent></v:textbox>"
    held = f"<w:p><w:r><w:pict><v:shape>{box}</v:shape></w:pict></w:r></w:p>"
    assert texts(read(docx(held))) == ["旧框"]


@pytest.mark.parametrize(
    "wrapped",
    [
        "<w:hyperlink><w:r><w:t>甲</w:t></w:r></w:hyperlink>",
        "<w:smartTag><w:smartTag><w:r><w:t>甲</w:t></w:r></w:smartTag></w:smartTag>",
        "<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>甲</w:t></w:r></w:sdtContent></w:sdt>",
        '<w:fldSimple w:instr="PAGE"><w:r><w:t>甲</w:t></w:r></w:fldSimple>',
        "<w:r><w:fldChar w:fldCharType='begin'/><w:instrText>REF x</w:instrText></w:r><w:r><w:t>甲</w:t></w:r>",
        "<w:r><w:ruby><w:rt><w:r><w:t>jiǎ</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>甲</w:t></w:r></w:rubyBase></w:ruby></w:r>",
        "<m:oMath><m:r><m:t>甲</m:t></m:r></m:oMath>",
    ],
)
def test_wrappers_are_opened_without_a_word(wrapped: str) -> None:
    source = read(docx(f"<w:p>{wrapped}</w:p>"))
    assert texts(source) == ["甲"]
    assert source.notices == []


def test_controls_around_rows_cells_and_paragraphs_are_opened() -> None:
    def control(inside: str) -> str:
        return f"<w:sdt><w:sdtContent>{inside}</w:sdtContent></w:sdt>"

    row = control(f"<w:tr>{control(cell('甲'))}<w:tc>{control(paragraph('乙'))}</w:tc></w:tr>")
    assert rows(read(docx(control(f"<w:tbl>{row}</w:tbl>")))) == [[SourceCell("甲", 0), SourceCell("乙", 1)]]


@pytest.mark.parametrize(
    ("inside", "text", "word"),
    [
        ("<w:ins><w:r><w:t>新</w:t></w:r></w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del>", "新", "修订"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>", "藏", "隐藏"),
        ("<w:r><w:t>甲</w:t><w:footnoteReference w:id='1'/></w:r>", "甲", "脚注"),
        ("<w:r><w:t>甲</w:t><w:commentReference w:id='1'/></w:r>", "甲", "批注"),
        ("<w:r><w:t>甲</w:t><w:sym w:font='Wingdings' w:char='F0FE'/></w:r>", "甲", "符号"),
        ("<w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:t>甲</w:t></w:r>", "甲", "自动编号"),
        (f"<w:r><w:t>甲</w:t></w:r>{PROMPT}", "甲", "提示"),
    ],
)  # fmt: skip
def test_what_is_not_plain_text_is_told(inside: str, text: str, word: str) -> None:
    source = read(docx(f"<w:p>{inside}</w:p>" * 2))
    assert texts(source) == [text] * 2
    assert len(source.notices) == 1
    assert word in told(source)


def test_switched_off_hiding_is_no_hiding() -> None:
    assert read(docx("<w:p><w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>甲</w:t></w:r></w:p>")).notices == []


def test_deleted_rows_are_left_out_and_told() -> None:
    source = read(docx(f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr>{cell('旧')}</w:tr><w:tr>{cell('新')}</w:tr></w:tbl>"))
    assert [row[0].text for row in rows(source)] == ["新"]
    assert "修订" in told(source)


def test_a_table_in_a_cell_becomes_its_lines() -> None:
    source = read(
        docx(table(f"<w:tc>{paragraph('外')}{table(cell('甲') + cell('乙'), cell('丙'))}{paragraph('')}</w:tc>"))
    )
    assert rows(source) == [[SourceCell("外\n甲\t乙\n丙", 0)]]
    assert "单元格里还有表格" in told(source)


@pytest.mark.parametrize(("text", "notices"), [("第 3 页 共 5 页", 0), ("- 2 -", 0), ("某县财政局", 1), ("", 0)])
def test_words_in_headers_are_told_but_page_numbers_are_not(text: str, notices: int) -> None:
    header = f'<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{paragraph(text)}</w:hdr>'
    more: Parts = {"word/header1.xml": header, "word/_rels/document.xml.rels": relations(header="header1.xml")}
    assert len(read(docx(paragraph("甲"), more)).notices) == notices


def test_the_main_part_may_have_any_name_and_the_strict_namespace() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    main = f'<w:document xmlns:w="{strict}"><w:body><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:body></w:document>'
    more: Parts = {"_rels/.rels": relations(officeDocument="/word/document2.xml"), "word/document2.xml": main}
    assert texts(read(docx("", more))) == ["甲"]


def test_characters_are_kept_and_control_characters_are_not() -> None:
    assert texts(read(docx(paragraph("𬇕﹙１２﹪\u3000e\u0301")))) == ["𬇕﹙１２﹪\u3000e\u0301"]
    assert texts(read(docx(paragraph("a&#x85;b&#x9F;c")))) == ["a\nbc"]


@pytest.mark.parametrize("main", ["<x/>", "<w:document xmlns:w='w'/>", "<open>", ""])
def test_a_document_without_a_body_is_refused(main: str) -> None:
    with pytest.raises(SourceRefused):
        read(docx("", {"word/document.xml": main}))


def test_a_document_without_a_main_part_is_refused() -> None:
    with pytest.raises(SourceRefused):
        read(docx("", {"_rels/.rels": relations(officeDocument="../../etc/passwd")}))
