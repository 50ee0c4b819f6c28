"""`jixiao print`: filings, or a whole set of them, as one PDF file."""

from __future__ import annotations

import argparse

from forms.cli.usage import Commands, command
from forms.language import N_, sentence


def add(commands: Commands) -> None:
    """The words of the command."""
    made = command(commands, "print", sentence(N_("打印成 PDF；几份表印在一个文件里，页码连续，带书签")))
    ids = sentence(N_("表的编号，可以写几个，可以只写开头几位；jixiao list 列出编号"))
    made.add_argument("ids", nargs="+", metavar="ID", help=ids)
    made.add_argument("--set", action="store_true", help=sentence(N_("连同成套的其他表一起印")))
    made.add_argument("-o", "--output", required=True, metavar="FILE", help=sentence(N_("写到哪个文件")))
    made.set_defaults(run=print_pdf)


def print_pdf(given: argparse.Namespace) -> int:
    """Print filings into one PDF file, in the order they are named; with --set each brings the rest of its set."""
    from forms import desk  # noqa: PLC0415 — kept out of the start of `jixiao --version`
    from forms.cli.commands import DONE, opened  # noqa: PLC0415 — as above
    from forms.cli.writing import file_named, written  # noqa: PLC0415 — as above

    path = file_named(given.output, ".pdf")
    with opened(given) as open_desk:
        sets = [open_desk.together(ident) if given.set else ("", [open_desk.review(ident)]) for ident in given.ids]
    reviews = {review.filing.id: review for _, forms in sets for review in forms}
    name = next((name for name, _ in sets if name), "")
    written(path, desk.pdf(*reviews.values(), name=name))
    return DONE
