"""`jixiao template`: templates checked, written as workbooks and back, proposed from blank forms, compared."""

from __future__ import annotations

import argparse
from pathlib import Path

from forms import desk
from forms.authoring import files
from forms.cli.commands import DONE, UNREADABLE, opened
from forms.cli.output import as_json, complain, plain, say
from forms.cli.usage import Commands, Parser, command, json_switch
from forms.errors import SourceRefused, TemplateRefused, TemplateUnknown
from forms.language import N_, sentence
from forms.template.model import Template
from forms.templates import Templates

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


def named(what: str, given: argparse.Namespace) -> Template:
    """The template a person names: a file, or one that is shipped, or one that the library keeps."""
    path = Path(what)
    if path.suffix.lower() in (".yaml", ".yml", ".xlsx") or path.exists():
        return files.read(path)
    ident, _, version = what.partition("@")
    known = Templates.shipped()
    if not any(one.id == ident and version in ("", one.version) for one in known):
        with opened(given) as open_desk:  # only for what did not come with the program
            known = open_desk.templates
    if not version:
        return known.newest(ident)
    found = [one for one in known if (one.id, one.version) == (ident, version)]
    if not found:
        raise TemplateUnknown(N_("没有 {id} 的 {version} 版；jixiao templates 列出编号。"), id=ident, version=version)
    return found[-1]


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

    return _written(given, render(named(given.what_template, given)))


def write_text(given: argparse.Namespace) -> int:
    """Write a template as its text."""
    return _written(given, named(given.what_template, given).text.encode())


def _written(given: argparse.Namespace, data: bytes) -> int:
    desk.write(Path(given.output), data)
    say(N_("已写成 {path}"), path=given.output)
    return DONE


def propose(given: argparse.Namespace) -> int:
    """Propose a template for a form, write it, and tell what is to be looked at."""
    from forms.authoring import proposal  # noqa: PLC0415 — loaded when a form is read

    found = proposal.forms_of(Path(given.file))
    if not 1 <= given.number <= len(found):
        message = N_("“{name}”里有 {count} 张表，没有第 {number} 张。")
        raise SourceRefused(message, name=Path(given.file).name, count=len(found), number=given.number)
    known = Templates.shipped().current()
    made = proposal.propose(found, given.number - 1, known=known, ident=given.id, name=given.name)
    desk.write(Path(given.output), made.text.encode())
    if given.json:
        as_json(_proposed(made, given.output, len(found)))
        return DONE
    say(N_("已写成 {path}"), path=given.output)
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

    template = named(given.what_template, given)
    with opened(given) as open_desk:
        kept = open_desk.install(template.text)
        plain(render(arrange(kept, open_desk.new(kept), {})))
    say(N_("已装进库里：{id} {version} {name}"), id=kept.id, version=kept.version, name=kept.name)
    return DONE


def diff(given: argparse.Namespace) -> int:
    """Tell what changed between two templates."""
    from forms.authoring.difference import differences  # noqa: PLC0415 — loaded when asked for

    found = differences(named(given.old, given), named(given.new, given))
    if given.json:
        as_json([one.as_json() for one in found])
        return DONE
    for one in found:
        plain(str(one))
    if not found:
        say(N_("两份表样没有不同。"))
    return DONE
