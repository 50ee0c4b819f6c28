from __future__ import annotations

import pytest

from forms.errors import SourceRefused
from forms.importers import markup
from forms.importers.markup import Markup


def feed(text: str, kind: str = "xlsx", *, read: bool = True) -> Markup:
    look = Markup(kind)
    part = look.part(read=read)
    part.feed(text.encode())
    part.close()
    return look


@pytest.mark.parametrize(
    "text",
    [
        "<x>" * markup.MAX_DEPTH + "</x>" * markup.MAX_DEPTH,
        f'<x a="{"甲" * markup.MAX_ATTRIBUTE}"/>',
        f"<x>{'甲' * markup.MAX_RUN}</x>",
        f"<x>{'甲' * markup.MAX_RUN}<y/>{'甲' * markup.MAX_RUN}</x>",
        f'<row r="{markup.MAX_ROWS}"><c r="OJ{markup.MAX_ROWS}"><v>1</v></c></row>',
        '<x><mergeCell ref="A1:T1000"/></x>',
    ],
)
def test_what_reaches_a_limit_passes(text: str) -> None:
    assert isinstance(feed(text), Markup)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("<x>" * (markup.MAX_DEPTH + 1) + "</x>" * (markup.MAX_DEPTH + 1), "嵌套过深"),
        (f'<x a="{"甲" * (markup.MAX_ATTRIBUTE + 1)}"/>', "过多"),
        (f"<x>{'甲' * (markup.MAX_RUN + 1)}</x>", "过多"),
        (f'<row r="{markup.MAX_ROWS + 1}"><c><v>1</v></c></row>', "超出"),
        ('<row r="1"><c r="OK1"><f>1</f></c></row>', "超出"),
        ('<x><mergeCell ref="A1:T1000"/><mergeCell ref="A1"/></x>', "合并"),
        ("<!DOCTYPE x><x/>", "实体"),
        ("<x>&undeclared;</x>", "损坏"),
        ("<x/><x/>", "损坏"),
        ("<x>", "损坏"),
        ("", "损坏"),
    ],
)
def test_what_goes_beyond_is_refused(text: str, word: str) -> None:
    with pytest.raises(SourceRefused, match=word):
        feed(text)


def test_spans_of_a_document_have_a_limit_of_their_own() -> None:
    assert isinstance(feed(f'<gridSpan val="{markup.MAX_SPAN}"/>', "docx"), Markup)
    with pytest.raises(SourceRefused, match="合并"):
        feed(f'<w:gridSpan xmlns:w="w" w:val="{markup.MAX_SPAN + 1}"/>', "docx")


def test_elements_are_counted_over_all_parts() -> None:
    look = Markup("docx")
    for _ in range(3):
        part = look.part(read=True)
        part.feed(b"<x>" + b"<y/>" * (markup.MAX_ELEMENTS // 3 - 1) + b"</x>")
        part.close()
    last = look.part(read=True)
    with pytest.raises(SourceRefused, match="过多"):
        last.feed(b"<x/>")


def test_a_part_that_no_reader_opens_is_searched_for_entities_only() -> None:
    part = Markup("docx").part(read=False)
    part.feed(b"<x>" * 5_000)
    assert part.settled
    with pytest.raises(SourceRefused, match="实体"):
        feed("<!DOCTYPE x><x/>", read=False)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
@pytest.mark.parametrize("size", [1, 7, 1_000])
def test_a_document_type_is_found_in_every_encoding_and_over_every_cut(encoding: str, size: int) -> None:
    name = encoding.removesuffix("-sig")
    data = f'<?xml version="1.0" encoding="{name}"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'.encode(encoding)
    part = Markup("docx").part(read=True)

    def feed_all() -> None:
        for start in range(0, len(data), size):
            part.feed(data[start : start + size])

    with pytest.raises(SourceRefused, match="实体"):
        feed_all()
