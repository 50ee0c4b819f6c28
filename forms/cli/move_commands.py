"""`jixiao move`: a filing on another version of its template, with what was kept, moved, converted and dropped."""

from __future__ import annotations

import argparse

from forms.authoring.moving import Fate, Moved, moved
from forms.cli.commands import DONE, named_template, opened
from forms.cli.output import as_json, plain, say
from forms.cli.usage import Commands, command, json_switch
from forms.desk import Desk, Incoming
from forms.interchange import report
from forms.language import N_, sentence


def add(commands: Commands) -> None:
    """The words of the command."""
    made = command(
        commands, "move", sentence(N_("把一份表移到另一版表样上，原来的表留着；说明哪些保留、移动、换算、没有位置"))
    )
    made.add_argument("id", metavar="ID", help=sentence(N_("表的编号，可以只写开头几位；jixiao list 列出编号")))
    to = sentence(N_("移到哪个表样：编号（可写成 编号@版本），或 .yaml、.xlsx 文件"))
    made.add_argument("--to", required=True, metavar="TEMPLATE", help=to)
    made.add_argument("--dry-run", action="store_true", help=sentence(N_("只看会怎样，不存")))
    json_switch(made)
    made.set_defaults(run=move)


def move(given: argparse.Namespace) -> int:
    """Make the moved filing, put it into the library unless it is only looked at, and tell of every text."""
    new = named_template(given.to, given)
    with opened(given) as desk:
        filing = desk.library.filing(desk.library.resolve(given.id))
        made = moved(filing, desk.templates.of(filing), new)
        if not given.dry_run:
            _keep(desk, made, new.text)
    if given.json:
        as_json(_told(made))
        return DONE
    counts = {str(fate): sum(one.fate is fate for one in made.told) for fate in Fate}
    say(
        N_("{id}：保留 {kept} 处，移动 {moved} 处，换算 {converted} 处，没有位置 {dropped} 处。"),
        id=made.filing.id,
        **counts,
    )
    for one in made.told:
        if one.fate is not Fate.KEPT:
            plain(f"  {one}")
    return DONE


def _keep(desk: Desk, made: Moved, text: str) -> None:
    """Put the moved filing into the library; what has no place stays beside it as unplaced text."""
    desk.templates.add(text)
    told = report("", made.dropped, (), complete=True)
    desk.take_in([Incoming(desk.templates.of(made.filing), made.filing, told)], origin="move")


def _told(made: Moved) -> dict[str, object]:
    return {
        "id": made.filing.id,
        "told": [{"fate": str(one.fate), **one.params, "text": one.text, "message": str(one)} for one in made.told],
        "unplaced": list(made.dropped),
    }
