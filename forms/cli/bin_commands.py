"""`jixiao delete` and `undelete`: filings go into the recycle bin and come back; there they are as whole as ever."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence

from forms.cli.usage import Commands, command
from forms.language import N_, sentence
from forms.store.library import Library


def add(commands: Commands) -> None:
    """The words of the commands."""
    for name, words, run in (
        ("delete", N_("把表放进回收站；连同历史原样留着，随时可以放回来"), delete),
        ("undelete", N_("把回收站里的表放回库里；list --bin 列出编号"), undelete),
    ):
        made = command(commands, name, sentence(words))
        made.add_argument("ids", nargs="+", metavar="ID", help=sentence(N_("表的编号，可以写几个")))
        made.set_defaults(run=run)


def delete(given: argparse.Namespace) -> int:
    """Put filings into the bin: all of them or none."""
    return _each(given, Library.remove)


def undelete(given: argparse.Namespace) -> int:
    """Take filings out of the bin: all of them or none."""
    return _each(given, Library.restore)


def _each(given: argparse.Namespace, work: Callable[[Library, Sequence[str]], object]) -> int:
    from forms.cli.commands import DONE, opened  # noqa: PLC0415 — kept out of the start of `jixiao --version`
    from forms.cli.output import say  # noqa: PLC0415 — as above

    with opened(given) as open_desk:
        idents = [open_desk.library.resolve(ident) for ident in given.ids]
        work(open_desk.library, idents)
    put, taken = N_("放进回收站 {count} 份表。"), N_("从回收站放回 {count} 份表。")
    say(put if work is Library.remove else taken, count=len(idents))
    return DONE
