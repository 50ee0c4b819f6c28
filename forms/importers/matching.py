"""A source matched with the known forms: for each form found a Batch of commands, what found no home, and notices."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from forms.commands import Batch
from forms.errors import SourceRefused
from forms.filing import Filing, Membership, TemplateRef, Unit, new_id
from forms.importers.intake import Intake, Match, Notice
from forms.importers.segments import Segment, segments
from forms.importers.source import Source, SourceText
from forms.importers.walk import Walk
from forms.language import N_
from forms.template.model import Template
from forms.values import Kind, read

PROFILE_UNIT, PROFILE_REGION = "=档案.单位名称", "=档案.区划"
_LONGEST_HEADING = 60  # characters of a line that may tell the year of a document


@dataclass(frozen=True, slots=True)
class Imported:
    """One form of a source, read: nothing has entered a filing before the user takes `batch` on `blank`."""

    template: Template
    blank: Filing
    batch: Batch
    filing: Filing
    matches: tuple[Match, ...]
    unplaced: tuple[str, ...]
    notices: tuple[Notice, ...]
    complete: bool
    runner_up: str = ""


def match(source: Source, templates: Sequence[Template], name: str, set_id: str) -> list[Imported]:
    """The forms of `source`, in order. Raises SourceRefused where no form is recognised; `name` is the file's."""
    found = segments(source, templates)
    if not found:
        raise SourceRefused(
            N_("“{name}”里没有认出已有表样的表（现有：{known}）；请核对表的标题和栏目，或先安装这种表的表样。"),
            name=name, known="、".join(dict.fromkeys(template.name for template in templates)),
        )  # fmt: skip
    told = [Notice(name, message, dict(params)) for message, params in source.notices]
    headings = [block.text for block in source.blocks[:6] if isinstance(block, SourceText)]
    return [_read(segment, set_id, headings, told if number == 0 else []) for number, segment in enumerate(found)]


def _read(segment: Segment, set_id: str, headings: Sequence[str], told: Sequence[Notice]) -> Imported:
    walk = Walk(segment)
    walk.read()
    intake, template = walk.intake, segment.template
    blank = _blank(segment, intake, set_id, headings)
    batch = Batch(intake.commands(), template.name)
    filing, _ = batch.apply(blank)
    notices = (*told, *intake.notices, *intake.changes())
    return Imported(
        template, blank, batch, filing, intake.matches(), tuple(intake.unplaced), notices, walk.complete,
        segment.runner_up,
    )  # fmt: skip


def _blank(segment: Segment, intake: Intake, set_id: str, headings: Sequence[str]) -> Filing:
    """The empty filing that the form is to be taken into: its year, unit and place in the set."""
    template = segment.template
    held = {name: taken.text for name, taken in intake.fields.items()}
    by_default = {field.default: held.get(field.name, "") for field in template.fields.values()}
    title = segment.title
    return Filing(
        new_id(),
        TemplateRef(template.id, template.version, template.digest),
        year=_year(segment, intake, held, headings),
        unit=Unit(by_default.get(PROFILE_UNIT, ""), by_default.get(PROFILE_REGION, "")),
        set=Membership(set_id, title.position if title else ""),
    )


def _year(segment: Segment, intake: Intake, held: dict[str, str], headings: Sequence[str]) -> str:
    """The year of a form: its own field's; else what its title, the lines around it or the document's heading name.

    A year that no field of the form holds is told, for nobody can see it on the paper.
    """
    template, title = segment.template, segment.title
    name = next((field.name for field in template.fields.values() if field.kind is Kind.YEAR), "")
    written = held.get(name, "")
    understood = read(Kind.YEAR, written)
    if isinstance(understood, Decimal):
        return str(understood)
    told = [title.year + "年"] if title else []
    lines = [written, *told, *_short(segment.texts), *_short(headings), *([title.text] if title else [])]
    year, line = next(((year, line) for line in lines if (year := _year_in(line))), ("", ""))
    if year and not name:
        intake.note(template.name, N_("此表没有年度一栏，按“{line}”记为 {year} 年。"), line=line, year=year)
    return year


def _short(lines: Iterable[str]) -> list[str]:
    return [line for line in lines if len(line) < _LONGEST_HEADING]


def _year_in(text: str) -> str:
    """The only year a text names; empty where there is none or more than one."""
    years = set(re.findall(r"(?<!\d)(20\d\d)(?=\s*年)", text))
    return years.pop() if len(years) == 1 else ""
