"""`jixiao compare` and `jixiao revisions`: what differs between two filings, revisions or files."""

from __future__ import annotations

import argparse
import os
import re
from pathlib import Path

from forms import desk
from forms.cli.commands import DONE, known_templates, opened
from forms.cli.output import as_json, plain, say
from forms.cli.usage import Commands, command, json_switch
from forms.cli.writing import file_named, written
from forms.comparison import Comparison, Side, compare
from forms.comparison.documents import Documents, compare_documents
from forms.desk import Desk, Incoming
from forms.errors import FilingUnknown, SourceRefused
from forms.grid.arrange import title
from forms.interchange import Json, comparison_object
from forms.language import N_, sentence
from forms.templates import Templates

_FILE = re.compile(r"(?P<path>.+?)(?:#(?P<number>[1-9]\d{0,4}))?", re.DOTALL)
_REVISION = re.compile(r"(?P<id>[^@]+)@(?P<number>[1-9]\d{0,8})")


def add(commands: Commands) -> None:
    """The words of the command."""
    about = sentence(N_("逐项对照两份表、一份表的两版，或两个文件里的各份表；-o 打印成修改对照表"))
    made = command(commands, "compare", about)
    first = sentence(N_("原来的：编号、编号@版次（如 1a2b@3）、文件、文件#第几份，或申报包"))
    made.add_argument("old", metavar="A", help=first)
    made.add_argument("new", metavar="B", help=sentence(N_("现在的，写法相同")))
    made.add_argument("-o", "--output", metavar="FILE", help=sentence(N_("写成 PDF 的文件名")))
    json_switch(made)
    made.set_defaults(run=compare_filings)

    known = command(commands, "revisions", sentence(N_("列出一份表的各版")))
    known.add_argument("id", metavar="ID", help=sentence(N_("表的编号，可以只写开头几位")))
    json_switch(known)
    known.set_defaults(run=revisions)


def revisions(given: argparse.Namespace) -> int:
    """List the revisions of a filing, the first one first."""
    with opened(given) as open_desk:
        ident = open_desk.library.resolve(given.id)
        found = open_desk.library.revisions(ident)
    if given.json:
        as_json([{"id": ident, "number": one.number, "time": one.time, "reason": one.reason, "sha256": one.sha256}
                 for one in found])  # fmt: skip
        return DONE
    for one in found:
        plain(f"{ident}@{one.number}  {one.time}  {one.reason}")
    return DONE


def compare_filings(given: argparse.Namespace) -> int:
    """Tell what differs between two filings, or between two files form by form."""
    path = file_named(given.output, ".pdf") if given.output else None
    named = [given.old, given.new]
    if all(map(_is_file, named)):
        old, new = (_from_file(one, known_templates(given)) for one in named)
        if len(old) != 1 or len(new) != 1:
            return _documents(given, path, compare_documents(old, new))
    else:
        with opened(given) as open_desk:
            old, new = ([_side(one, open_desk)] for one in named)
    found = compare(old[0], new[0])
    if path:
        from forms.comparison_pdf import comparison_pdf  # noqa: PLC0415 — drawing is loaded when something is printed

        written(path, comparison_pdf(found))
    elif given.json:
        as_json(comparison_object(found))
    else:
        _told(found)
    return DONE


def _documents(given: argparse.Namespace, path: Path | None, found: Documents) -> int:
    only = (
        ("dropped", N_("只在原来的文件里：{name}"), found.dropped),
        ("added", N_("只在现在的文件里：{name}"), found.added),
    )
    if path:
        from forms.comparison_pdf import documents_pdf  # noqa: PLC0415 — drawing is loaded when something is printed

        written(path, documents_pdf(found))
    elif given.json:
        compared: Json = {"compared": [comparison_object(one) for one in found.compared]}
        as_json(compared | {key: [side.name for side in sides] for key, _, sides in only})
    else:
        for one in found.compared:
            _told(one)
        for _, message, sides in only:
            for side in sides:
                say(message, name=side.name)
    return DONE


def _told(found: Comparison) -> None:
    from forms.comparison.words import WHAT, lines  # noqa: PLC0415 — only this command tells it so

    say(N_("原来：{name}"), name=found.old.name)
    say(N_("现在：{name}"), name=found.new.name)
    for line in lines(found):
        where = " ".join(filter(None, [line.where.replace("\n", " "), line.name]))
        plain(f"[{sentence(WHAT[line.difference.what])}] {where}")
        for sign, text in (("-", line.before), ("+", line.after)):
            for one in text.split("\n") if text else ():
                plain(f"  {sign} {one}")
    if not found.differences:
        say(N_("没有不同。"))


def _is_file(named: str) -> bool:
    path = _path(named)[0]
    return path.exists() or bool(path.suffix) or os.sep in named


def _path(named: str) -> tuple[Path, int | None]:
    """A file, and which of its forms is meant, from 1; a file whose own name ends like that is that file."""
    found = _FILE.fullmatch(named)
    if found is None or not found["number"] or Path(named).exists():
        return Path(named), None
    return Path(found["path"]), int(found["number"])


def _side(named: str, open_desk: Desk) -> Side:
    """One filing: of the library, or the only form of a file."""
    if _is_file(named):
        sides = _from_file(named, open_desk.templates)
        if len(sides) != 1:
            name = _path(named)[0].name
            raise SourceRefused(
                N_("“{name}”里有 {count} 份表；请写明是第几份，如 {name}#2。"), name=name, count=len(sides)
            )
        return sides[0]
    found = _REVISION.fullmatch(named)
    return open_desk.side(found["id"], int(found["number"])) if found else open_desk.side(named)


def _from_file(named: str, known: Templates) -> list[Side]:
    """The forms of a file, or the one whose number is named."""
    path, number = _path(named)
    forms = desk.read_file(path, known)
    if number is not None and number > len(forms):
        raise FilingUnknown(N_("“{name}”里没有第 {number} 份表。"), name=path.name, number=number)
    wanted = forms if number is None else forms[number - 1 : number]
    return [Side(one.template, one.filing, _named(one)) for one in wanted]


def _named(one: Incoming) -> str:
    shown = {"title": title(one.template, one.filing, {}), "told": one.told["source"]}
    return sentence(N_("{title}（{told}）"), shown)
