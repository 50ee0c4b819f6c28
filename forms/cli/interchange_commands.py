"""`jixiao interchange`: filings into a file of the finance system's columns, and such a file read back."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from forms.cli.commands import DONE, known_templates, opened
from forms.cli.output import as_json, complain, plain, problem_lines, told
from forms.cli.usage import Commands, command, json_switch
from forms.cli.writing import file_named, written
from forms.errors import SourceRefused
from forms.interchange import filing_object
from forms.language import N_, sentence
from forms.rules import Review
from forms.template.model import Template

if TYPE_CHECKING:  # read by this command only; `add` runs with every command
    from forms.interchange_data import Mapped
    from forms.mapping.model import Interchange

_KINDS = (".xlsx", ".json")


def add(commands: Commands) -> None:
    """The words of the command."""
    about = sentence(N_("按财政系统的列名写成 xlsx 或 JSON，或把这样的文件读回来看"))
    made = command(commands, "interchange", about)
    made.add_argument("ids", nargs="*", metavar="ID", help=sentence(N_("表的编号，可以写几个")))
    made.add_argument("-o", "--output", metavar="FILE", help=sentence(N_("写到哪个文件（.xlsx 或 .json）")))
    made.add_argument("--mapping", metavar="FILE", help=sentence(N_("自己改过的对照表；不写就用自带的")))
    made.add_argument("--read", metavar="FILE", help=sentence(N_("读回写出的文件，列出里面的表")))
    json_switch(made)
    made.set_defaults(run=interchange)


def interchange(given: argparse.Namespace) -> int:
    """Write filings in the columns of a finance system, with what it would refuse; or read such a file."""
    from forms.interchange_data import mapped  # noqa: PLC0415 — see above
    from forms.interchange_files import encode  # noqa: PLC0415 — as above

    if given.read:
        return _read(given)
    if not given.ids or not given.output:
        raise SourceRefused(N_("请写明要写出的表的编号和 -o 文件；或用 --read 读一个写出的文件。"))
    path = file_named(given.output, *_KINDS)
    with opened(given) as open_desk:
        reviews = [open_desk.review(ident) for ident in given.ids]
    made = mapped(reviews, _mappings(given))
    written_ids = {review.filing.id for _, review in made}
    for review in reviews:
        if review.filing.id not in written_ids:
            title = filing_object(review, None)["title"]
            complain(sentence(N_("“{title}”的表样没有与财政系统的对照表，没有写出。"), {"title": title}))
    data = encode(made, path.name)
    for line in _refused(made):
        complain(line)
    written(path, data)
    return DONE


def _mappings(given: argparse.Namespace) -> Callable[[Template], Interchange | None]:
    from forms.mapping.shipped import mapping_of, read_mapping  # noqa: PLC0415 — as above

    return (lambda template: read_mapping(Path(given.mapping), template)) if given.mapping else mapping_of


def _refused(made: Mapped) -> Iterator[str]:
    from forms.interchange_data import refusals  # noqa: PLC0415 — as above

    for mapping, review in made:
        found = refusals(mapping, review)
        if found:
            yield str(filing_object(review, None)["title"])
            yield from problem_lines(found, review)


def _read(given: argparse.Namespace) -> int:
    """Show the filings of an interchange file; nothing enters the library."""
    from forms.interchange_data import filings  # noqa: PLC0415 — as above
    from forms.interchange_files import read  # noqa: PLC0415 — as above

    known = known_templates(given)
    found = filings(read(Path(given.read)), known.named, _mappings(given))
    reviews = [Review(known.of(filing), filing) for filing in found]
    if given.json:
        as_json([filing_object(review, None) for review in reviews])
        return DONE
    for review in reviews:
        plain(told(review.filing.id, filing_object(review, None)["title"]))
    return DONE
