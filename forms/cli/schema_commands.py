"""`jixiao schema`: the JSON Schema of a template's filings, printed or written to files."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator

from forms.cli.commands import DONE, known_templates, named_template
from forms.cli.output import as_json
from forms.cli.usage import Commands, command
from forms.cli.writing import file_named, folder_named, written
from forms.desk import make_folder
from forms.errors import SourceRefused, TemplateUnknown
from forms.interchange import Json
from forms.language import N_, sentence
from forms.template.model import Template

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
    path = file_named(given.output, ".json") if given.output else None
    if given.id is None:
        found: Json = generic_schema()
    else:
        found = _one(named_template(given.id, given), _INTERCHANGE if given.interchange else _FILING)
    if path:
        written(path, _bytes(found))
    else:
        as_json(found)
    return DONE


def _write_all(given: argparse.Namespace) -> int:
    if not given.output:
        raise SourceRefused(N_("请用 -o 写明放到哪个文件夹。"))
    folder = folder_named(given.output)
    make_folder(folder)
    for template in known_templates(given):
        for what, found in _known(template):
            written(folder / f"{template.id}-{template.version}.{what}.schema.json", _bytes(found))
    return DONE


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
