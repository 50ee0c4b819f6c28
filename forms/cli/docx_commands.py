"""`jixiao docx`: filings as one Word file."""

from __future__ import annotations

import argparse

from forms.cli.usage import Commands, command
from forms.language import N_, sentence


def add(commands: Commands) -> None:
    """The words of the command."""
    made = command(commands, "docx", sentence(N_("写成 Word 文件；几份表写在一个文件里，页码连续")))
    made.add_argument("ids", nargs="+", metavar="ID", help=sentence(N_("表的编号，可以写几个")))
    made.add_argument("-o", "--output", required=True, metavar="FILE", help=sentence(N_("写到哪个文件")))
    made.set_defaults(run=write_docx)


def write_docx(given: argparse.Namespace) -> int:
    """Write filings into one Word file, in the order they are named."""
    from forms import desk  # noqa: PLC0415 — kept out of the start of `jixiao --version`
    from forms.cli.commands import DONE, opened  # noqa: PLC0415 — as above
    from forms.cli.writing import file_named, written  # noqa: PLC0415 — as above

    path = file_named(given.output, ".docx")
    with opened(given) as open_desk:
        reviews = [open_desk.review(ident) for ident in given.ids]
    written(path, desk.docx(*reviews))
    return DONE
