"""Every published form comes in whole: nothing of a file is lost, in whatever file and encoding it comes."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from forms.grid.arrange import arrange
from forms.importers.matching import Imported, match
from forms.importers.source import Source, SourceText
from forms.importers.text import read as read_text
from forms.language import sentence
from forms.rules import Review
from forms.scope import Alone
from tests.forms import sample_imports as some

pytestmark = pytest.mark.samples

_RUN = re.compile(r"[\w.%％≥≤]+")
KNOWN = {
    some.GUANGDONG: ["gd-qingdan-2022", *["gd-quyu-2022"] * 12],
    some.REGIONS: ["gd-quyu-2022"] * 12,
    some.ZHANJIANG: ["zj-zhengti-2020"],
    some.GAOXIN: ["gx-zongti", "gx-xiangmu", "gx-xiangmu"],
    some.QINHUANGDAO: ["hb-zhengti-2020", *["hb-zhuanxiang-2020"] * 6],
    some.SHENZHEN: ["sz-wenzi-2023", "sz-zhongdian-2023", "sz-yusuan-2023"],
    some.TABLES: ["sz-yusuan-2023"],
}


def bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def lines(source: Source) -> Iterator[str]:
    """Every line of every paragraph and cell."""
    for block in source.blocks:
        texts = [block.text] if isinstance(block, SourceText) else [cell.text for cell in block.cells]
        yield from (line for text in texts for line in text.split("\n") if bare(line))


def kept(forms: tuple[Imported, ...]) -> str:
    """All that the forms print, with what found no place and what the notices say; a mark between any two texts."""
    said: list[str] = []
    for one in forms:
        review = Review(one.template, one.filing, Alone())
        said += [cell.text for grid in arrange(one.template, one.filing, review.computed) for cell in grid.cells]
        said += one.unplaced
        said += [sentence(notice.message, notice.params) for notice in one.notices]
        said += [alias for aliases in one.template.aliases.values() for alias in aliases]
    return "\x00".join(map(bare, said))


def test_every_sample_is_known_and_each_form_by_its_own_template(samples: Path) -> None:
    paths = sorted(samples.iterdir())
    found = {path.name: [one.template.id for one in some.forms(path)] for path in paths}
    assert found == {path.name: KNOWN[path.stem] for path in paths}
    assert len(paths) == 11


def test_every_phrase_of_every_sample_is_printed_kept_apart_or_told(samples: Path) -> None:
    for path in sorted(samples.iterdir()):
        whole = kept(some.forms(path))
        lost = [
            phrase
            for line in lines(some.source(path))
            if bare(line) not in whole
            for phrase in _RUN.findall(bare(line))
            if phrase not in whole
        ]
        assert not lost, path.name


def test_the_narrative_and_the_forms_of_a_document_are_one_set_with_positions(samples: Path) -> None:
    for name, positions in ((some.QINHUANGDAO, ["", *"123456"]), (some.GUANGDONG, ["", *map(str, range(1, 13))])):
        forms = some.forms(samples / f"{name}.docx")
        sets = [one.filing.set for one in forms]
        assert [one.position for one in sets if one] == positions
        assert {one.id for one in sets if one} == {"set"}


@pytest.mark.parametrize("name", [some.ZHANJIANG, some.GAOXIN, some.QINHUANGDAO])
def test_the_word_file_and_the_text_of_a_form_give_the_same_filing(name: str, samples: Path) -> None:
    word, text = (some.forms(samples / f"{name}{ending}") for ending in (".docx", ".txt"))
    # A text may keep blanks and empty lines at the ends of what Word stores without them.
    assert [content(one) for one in word] == [content(one) for one in text]


def content(one: Imported) -> object:
    filing = one.filing
    return (
        {name: bare(text) for name, text in filing.values.items()},
        {
            name: [(row.label, {column: bare(text) for column, text in row.cells.items()}) for row in rows]
            for name, rows in filing.tables.items()
        },
        [
            (one.level1, one.level2, {column: bare(text) for column, text in one.columns.items()})
            for one in filing.indicators
        ],
        (filing.year, filing.unit, one.complete),
    )


@pytest.mark.parametrize("name", [some.GUANGDONG, some.SHENZHEN, some.ZHANJIANG, some.QINHUANGDAO, some.GAOXIN])
@pytest.mark.parametrize(
    ("mark", "encoding"),
    [(b"", "gb18030"), (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (b"", "utf-16-be")],
    ids=["GB 18030", "UTF-8 with a mark", "UTF-16 with a mark", "UTF-16 without"],
)
def test_a_text_says_the_same_in_every_encoding(name: str, mark: bytes, encoding: str, samples: Path) -> None:
    path = samples / f"{name}.txt"
    text = path.read_text(encoding="utf-8")
    assert read_text(mark + text.encode(encoding)) == read_text(text.encode())
    assert [content(one) for one in match(read_text(mark + text.encode(encoding)), some.TEMPLATES, "", "set")] == [
        content(one) for one in some.forms(path)
    ]
