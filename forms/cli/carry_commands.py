"""`jixiao carry`: a later form of the same life, or next year's, from a filing."""

from __future__ import annotations

import argparse

from forms.cli.commands import DONE, opened
from forms.cli.output import as_json, plain, say
from forms.cli.usage import Commands, command, json_switch
from forms.filing import Filing
from forms.interchange import Json
from forms.language import N_, sentence
from forms.places import Positions
from forms.succession import Carried
from forms.template.model import Template


def add(commands: Commands) -> None:
    """The words of the command."""
    made = command(commands, "carry", sentence(N_("由一份表做下一年的表，或做它的监控表、自评表；指标跟着走")))
    made.add_argument("id", metavar="ID", help=sentence(N_("表的编号，可以只写开头几位；jixiao list 列出编号")))
    to = sentence(N_("做成哪种表；不写就是同一种表。jixiao templates 列出编号"))
    made.add_argument("--to", metavar="TEMPLATE", default="", help=to)
    made.add_argument(
        "--year", default="", metavar="YEAR", help=sentence(N_("年度；不写时同一种表用下一年，别的表用同一年"))
    )
    json_switch(made)
    made.set_defaults(run=carry)


def carry(given: argparse.Namespace) -> int:
    """Make the filing, put it into the library, and tell what came along and what did not."""
    with opened(given) as desk:
        made = desk.carry(given.id, given.to, given.year)
        desk.file(made.filing)
        old = desk.library.filing(made.filing.origin.filing) if made.filing.origin else made.filing
        template, source = desk.templates.of(made.filing), desk.templates.of(old)
    if given.json:
        as_json(_told(made, template, source, old))
        return DONE
    say(N_("已做成 {id}：带来 {count} 处。"), id=made.filing.id, count=len(made.taken))
    for one in made.reseated:
        before, after = " ".join(one.before), " ".join(one.after)
        plain("  " + sentence(N_("换了位置：{before} → {after}"), {"before": before, "after": after}))
    places = Positions(template, made.filing)
    for dated in made.dated:
        told = {"place": places.describe(dated.at), "year": old.year, "text": dated.text.replace("\n", " ")}
        plain("  " + sentence(N_("还写着 {year} 年，请核对：{place}：{text}"), told))
    positions = Positions(source, old)
    for left in made.left:
        told = {"place": positions.describe(left.source), "text": left.text.replace("\n", " ")}
        plain("  " + sentence(N_("没有带来：{place}：{text}"), told))
    return DONE


def _told(made: Carried, template: Template, source: Template, old: Filing) -> Json:
    there, here = Positions(source, old), Positions(template, made.filing)
    return {
        "id": made.filing.id,
        "template_id": template.id,
        "taken": [
            {"place": here.describe(one.at), "source": there.describe(one.source)}
            | {"original": one.original, "text": one.text}
            for one in made.taken
        ],
        "reseated": [
            {"indicator": one.indicator, "before": list(one.before), "after": list(one.after)} for one in made.reseated
        ],
        "dated": [{"place": here.describe(one.at), "text": one.text} for one in made.dated],
        "left": [{"place": there.describe(one.source), "text": one.text} for one in made.left],
    }
