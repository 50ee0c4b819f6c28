"""`jixiao schema`: the JSON Schema of a template's filings, printed or written to files."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from forms import desk
from forms.cli.commands import DONE, known_templates
from forms.cli.output import as_json, say
from forms.cli.usage import Commands, command
from forms.errors import SourceRefused, TemplateUnknown
from forms.interchange import Json
from forms.language import N_, sentence
from forms.template.load import load
from forms.template.model import Template
from forms.templates import Templates

_FILING, _INTERCHANGE = "filing", "interchange"


def add(commands: Commands) -> None:
    """The words of the command."""
    made = command(commands, "schema", sentence(N_("给出表样的 JSON Schema（2020-12），供别的程序核对数据")))
    which = sentence(N_("表样的编号，可以写成 编号@版本，或表样文件；不写就是各表样通用的"))
    made.add_argument("id", nargs="?", metavar="ID", help=which)
    made.add_argument("--all", action="store_true", help=sentence(N_("各表样的都写到一个文件夹，与 -o 合用")))
    made.add_argument("-o", "--output", metavar="PATH", help=sentence(N_("写到哪个文件；--all 时是文件夹")))
    other = sentence(N_("不要 filing.json 的，要按财政系统列名的 JSON 的（jixiao interchange 写出的）"))
    made.add_argument("--interchange", action="store_true", help=other)
    made.set_defaults(run=schema)


def schema(given: argparse.Namespace) -> int:
    """Print one schema, or write one or all to files."""
    from forms.schema import generic_schema  # noqa: PLC0415 — only this command needs it

    if given.all:
        return _write_all(given)
    if given.id is None:
        found: Json = generic_schema()
    else:
        found = _one(_template(given.id, known_templates(given)), _INTERCHANGE if given.interchange else _FILING)
    if not given.output:
        as_json(found)
        return DONE
    desk.write(Path(given.output), _bytes(found))
    say(N_("已写成 {path}"), path=given.output)
    return DONE


def _write_all(given: argparse.Namespace) -> int:
    if not given.output:
        raise SourceRefused(N_("请用 -o 写明放到哪个文件夹。"))
    for template in known_templates(given):
        for what, found in _known(template):
            path = Path(given.output) / f"{template.id}-{template.version}.{what}.schema.json"
            desk.write(path, _bytes(found))
            say(N_("已写成 {path}"), path=path)
    return DONE


def _template(named: str, known: Templates) -> Template:
    """The template of an id, an id@version, or in a file; of several versions the last. TemplateUnknown."""
    if Path(named).suffix == ".yaml":
        try:
            return load(Path(named).read_text(encoding="utf-8"), Path(named).name)
        except (OSError, UnicodeError) as error:
            raise SourceRefused(N_("“{name}”打不开；请检查文件名和权限。"), name=Path(named).name) from error
    ident, _, version = named.partition("@")
    found = [one for one in known if one.id == ident and version in ("", one.version)]
    if not found:
        raise TemplateUnknown(N_("没有编号为“{id}”的表样；jixiao templates 列出编号。"), id=named)
    return found[-1]


def _one(template: Template, what: str) -> Json:
    found = dict(_known(template))
    if what not in found:
        raise TemplateUnknown(N_("表样“{name}”还没有与财政系统的对照表。"), name=template.name)
    return found[what]


def _known(template: Template) -> Iterator[tuple[str, Json]]:
    from forms.mapping.shipped import mapping_of  # noqa: PLC0415 — as above
    from forms.schema import filing_schema, interchange_schema  # noqa: PLC0415 — as above

    yield _FILING, filing_schema(template)
    if interchange := mapping_of(template):
        yield _INTERCHANGE, interchange_schema(interchange, template)


def _bytes(found: Json) -> bytes:
    return (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode()
