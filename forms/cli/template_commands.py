"""`jixiao template`: templates checked, written as workbooks and back, proposed from blank forms, compared."""

from __future__ import annotations

import argparse
from pathlib import Path

from forms.authoring import files
from forms.cli.backup_commands import keep_first
from forms.cli.commands import DONE, UNREADABLE, named_template, opened
from forms.cli.output import as_json, complain, plain, say
from forms.cli.usage import Commands, Parser, command, json_switch
from forms.cli.writing import file_named, written
from forms.desk import write
from forms.errors import SourceRefused, TemplateRefused
from forms.language import N_, sentence
from forms.templates import Templates

_TEXTS = (".yaml", ".yml")
_WHICH = N_("表样的编号（可写成 编号@版本），或 .yaml、.xlsx 文件")


def add(commands: Commands) -> None:
    """The words of the command and of what it can do."""
    made = command(commands, "template", sentence(N_("表样：核对、与 Excel 工作簿互转、由空表做出、比较两版")))
    made.set_defaults(run=check)
    inner = made.add_subparsers(dest="what", metavar=sentence(N_("命令")), parser_class=Parser, required=True)
    _add_check(inner)
    _add_conversions(inner)
    _add_new(inner)
    own = command(inner, "install", sentence(N_("显示一份表样的空表，并装进库里，作为本机的表样")))
    own.add_argument("what_template", metavar="ID|FILE", help=sentence(_WHICH))
    own.set_defaults(run=install)
    compare = command(inner, "diff", sentence(N_("说明两版表样有什么不同")))
    compare.add_argument("old", metavar="A", help=sentence(_WHICH))
    compare.add_argument("new", metavar="B", help=sentence(_WHICH))
    json_switch(compare)
    compare.set_defaults(run=diff)


def _add_check(inner: Commands) -> None:
    one = command(inner, "check", sentence(N_("核对表样，错误一次全部指出：第几行，或哪张工作表的哪一格")))
    one.add_argument("files", nargs="+", metavar="FILE", help=sentence(N_(".yaml 或 .xlsx 的表样，可以写几个")))
    json_switch(one)
    one.set_defaults(run=check)


def _add_conversions(inner: Commands) -> None:
    book = command(inner, "xlsx", sentence(N_("把表样写成 Excel 工作簿，版式就是空表，可以直接改")))
    book.add_argument("what_template", metavar="ID|FILE", help=sentence(_WHICH))
    _output(book)
    book.set_defaults(run=write_workbook)
    text = command(inner, "yaml", sentence(N_("把表样工作簿写成表样文件")))
    text.add_argument("what_template", metavar="ID|FILE", help=sentence(_WHICH))
    _output(text)
    text.set_defaults(run=write_text)


def _add_new(inner: Commands) -> None:
    new = command(inner, "new", sentence(N_("由空表或填过的 Word、Excel 文件做出表样，并列出要核对的地方")))
    new.add_argument("file", metavar="FILE", help=sentence(N_("空表或填过的表：.docx、.xlsx 或 .txt")))
    new.add_argument(
        "--number", type=int, default=1, metavar="N", help=sentence(N_("文件里的第几张表；不写就是第一张"))
    )
    new.add_argument("--id", default="", metavar="ID", help=sentence(N_("新表样的编号，如 xian-xiangmu-2026")))
    new.add_argument("--name", default="", metavar="NAME", help=sentence(N_("新表样的名称；不写就取标题")))
    _output(new)
    json_switch(new)
    new.set_defaults(run=propose)


def _output(to: Parser) -> None:
    to.add_argument("-o", "--output", required=True, metavar="FILE", help=sentence(N_("写到哪个文件")))


def check(given: argparse.Namespace) -> int:
    """Check template files; each fault with its line or cell."""
    code = DONE
    told: list[dict[str, object]] = []
    for name in given.files:
        faults: list[dict[str, object]] = []
        try:
            template = files.read(Path(name))
            shown = {"id": template.id, "name": template.name, "version": template.version}
            if not given.json:
                say(N_("{file}：可以使用（{id} {version} {name}）。"), file=name, **shown)
        except (TemplateRefused, SourceRefused) as refused:
            code, shown = UNREADABLE, {}
            faults = _faults(refused)
            if not given.json:
                complain(str(refused))
        told.append({"file": name, "sound": not faults, **shown, "faults": faults})
    if given.json:
        as_json(told)
    return code


def _faults(refused: TemplateRefused | SourceRefused) -> list[dict[str, object]]:
    if isinstance(refused, SourceRefused):
        return [{"line": None, "cell": "", "message": str(refused)}]
    return [
        {"line": one.line or None, "cell": one.cell, "message": sentence(one.message, dict(one.params))}
        for one in refused.faults
    ]


def write_workbook(given: argparse.Namespace) -> int:
    """Write a template as a workbook."""
    from forms.authoring.workbook import render  # noqa: PLC0415 — openpyxl is loaded when a workbook is written

    path = file_named(given.output, ".xlsx")
    written(path, render(named_template(given.what_template, given)))
    return DONE


def write_text(given: argparse.Namespace) -> int:
    """Write a template as its text."""
    path = file_named(given.output, *_TEXTS)
    written(path, named_template(given.what_template, given).text.encode())
    return DONE


def propose(given: argparse.Namespace) -> int:
    """Propose a template for a form, write it, and tell what is to be looked at."""
    from forms.authoring import proposal  # noqa: PLC0415 — loaded when a form is read

    path = file_named(given.output, *_TEXTS)
    found = proposal.forms_of(Path(given.file))
    if not 1 <= given.number <= len(found):
        message = N_("“{name}”里有 {count} 张表，没有第 {number} 张。")
        raise SourceRefused(message, name=Path(given.file).name, count=len(found), number=given.number)
    known = Templates.shipped().current()
    made = proposal.propose(found, given.number - 1, known=known, ident=given.id, name=given.name)
    if given.json:
        write(path, made.text.encode())
        as_json(_proposed(made, given.output, len(found)))
        return DONE
    written(path, made.text.encode())
    if len(found) > 1:
        say(
            N_("文件里有 {count} 张表，这是第 {number} 张；其余的用 --number 指明。"),
            count=len(found),
            number=given.number,
        )
    for question in made.questions:
        plain(f"  {question}")
    return DONE


def _proposed(made: object, path: str, count: int) -> dict[str, object]:
    from forms.authoring.proposal import Proposal  # noqa: PLC0415 — as above

    assert isinstance(made, Proposal)  # noqa: S101 — tells mypy what propose made
    template = made.template
    cells = [
        {"row": one.given.row + 1, "column": one.given.col + 1, "address": one.given.address, "text": one.given.text,
         "part": str(one.part), "sure": one.sure, "why": sentence(one.why), "field": one.field, "kind": one.kind}
        for one in made.cells
    ]  # fmt: skip
    return {
        "file": path, "forms": count, "id": template.id, "name": template.name,
        "questions": [str(question) for question in made.questions], "cells": cells,
    }  # fmt: skip


def install(given: argparse.Namespace) -> int:
    """Show the blank form of a template and keep it in the library."""
    from forms.grid.arrange import arrange  # noqa: PLC0415 — fonts are opened only when a form is laid out
    from forms.render.text import render  # noqa: PLC0415 — as above

    template = named_template(given.what_template, given)
    with opened(given) as open_desk:
        keep_first(open_desk.library, "template")
        kept = open_desk.install(template.text)
        plain(render(arrange(kept, open_desk.new(kept), {})))
    say(N_("已装进库里：{id} {version} {name}"), id=kept.id, version=kept.version, name=kept.name)
    return DONE


def diff(given: argparse.Namespace) -> int:
    """Tell what changed between two templates."""
    from forms.authoring.difference import differences  # noqa: PLC0415 — loaded when asked for

    found = differences(named_template(given.old, given), named_template(given.new, given))
    if given.json:
        as_json([one.as_json() for one in found])
        return DONE
    for one in found:
        plain(str(one))
    if not found:
        say(N_("两份表样没有不同。"))
    return DONE
