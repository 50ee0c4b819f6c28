"""A source matched with the known forms: for each form found a Batch of commands, what found no home, and notices."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain

from forms.bearings import PROFILE_REGION, PROFILE_UNIT, year_field
from forms.commands import Batch
from forms.errors import SourceRefused
from forms.filing import Filing, Membership, TemplateRef, Unit, new_id
from forms.importers.intake import Intake, Match, Notice
from forms.importers.outlines import settle
from forms.importers.segments import Segment, segments
from forms.importers.source import Source, SourceText
from forms.importers.titles import in_figures
from forms.importers.views import views
from forms.importers.walk import Walk
from forms.language import N_
from forms.rules import Review
from forms.template.model import Template
from forms.values import Kind, read

_YEAR = re.compile(r"(?<!\d)(20\d\d|二[〇○零][〇○零一二三四五六七八九]{2})(?=\s*年)")
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
    wholes = {view: template for template in templates for view in views(template)}
    found = _together(segments(source, list(wholes)), wholes)
    if not found:
        raise SourceRefused(
            N_("“{name}”里没有认出已有表样的表（现有 {count} 种）；请核对表的标题和栏目，或先安装这种表的表样。"),
            name=name, count=len({template.name for template in templates}),
        )  # fmt: skip
    told = [Notice(name, message, dict(params)) for message, params in source.notices]
    headings = [block.text for block in source.blocks[:6] if isinstance(block, SourceText)]
    forms = [_read(parts, wholes[parts[0].template], set_id, headings, told if number == 0 else [])
             for number, parts in enumerate(found)]  # fmt: skip
    units = {one.filing.unit for one in forms if one.filing.unit.name}
    return [_of_unit(one, units.copy().pop()) if len(units) == 1 else one for one in forms]


def _of_unit(one: Imported, unit: Unit) -> Imported:
    """A form that has no place for its unit, in a document whose other forms name but one."""
    if one.filing.unit.name or any(field.default == PROFILE_UNIT for field in one.template.fields.values()):
        return one
    told = Notice(one.template.name, N_("此表没有单位一栏，按同一文件里的“{unit}”记。"), {"unit": unit.name})
    blank, filing = one.blank.replace(unit=unit), one.filing.replace(unit=unit)
    return replace(one, blank=blank, filing=filing, notices=(*one.notices, told))


def _together(found: Sequence[Segment], wholes: Mapping[Template, Template]) -> list[list[Segment]]:
    """The segments that are sheets of one filing, put together: they follow each other in the order of the form."""
    forms: list[list[Segment]] = []
    for segment in found:
        sheets = views(wholes[segment.template])
        last = forms[-1][-1].template if forms else None
        if last in sheets and sheets.index(last) < sheets.index(segment.template):
            forms[-1].append(segment)
        else:
            forms.append([segment])
    return forms


def _read(
    parts: Sequence[Segment], template: Template, set_id: str, headings: Sequence[str], told: Sequence[Notice]
) -> Imported:
    intake = Intake(template)
    walks = [Walk(part, intake) for part in parts]
    for walk in walks:
        walk.read()
    settle(intake)
    complete = _has_all_sheets(parts, intake) and all(walk.complete for walk in walks)
    _tell_unit(parts, intake)
    columns = [words for walk in walks for words in walk.headings()]
    blank = _blank(parts[0], intake, set_id, [*headings, *columns])
    batch = Batch(intake.commands(), template.name)
    filing, _ = batch.apply(blank)
    if intake.computed:
        intake.tell_computed(Review(template, filing).computed)
    notices = (*told, *intake.notices, *intake.changes())
    return Imported(
        template, blank, batch, filing, intake.matches(), tuple(intake.unplaced), notices, complete,
        parts[0].runner_up,
    )  # fmt: skip


def _tell_unit(parts: Sequence[Segment], intake: Intake) -> None:
    """Tell that amounts were taken in the form's own unit, where the source says nowhere what they are in."""
    unit = intake.template.unit
    amounts = [name for name in intake.fields if intake.template.fields[name].kind is Kind.MONEY]
    cells = (cell.text for part in parts for row in part.rows for cell in row.cells)
    around = (text for part in parts for text in (*part.before, *part.texts))
    if unit and amounts and not any("元" in text for text in chain(cells, around)):
        intake.note(intake.template.name, N_("来文没有写明金额的单位，按“{unit}”读入，请核对。"), unit=unit)


def _has_all_sheets(parts: Sequence[Segment], intake: Intake) -> bool:
    there = {part.template for part in parts}
    gone = [view.sheets[0].name for view in views(intake.template) if view not in there]
    if gone:
        intake.note(intake.template.name, N_("来文没有这些表：{sheets}；此表不完整。"), sheets="、".join(gone))
    return not gone


def _blank(segment: Segment, intake: Intake, set_id: str, headings: Sequence[str]) -> Filing:
    """The empty filing that the form is to be taken into: its year, unit and place in the set."""
    template = intake.template
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
    template, title = intake.template, segment.title
    name = year_field(template)
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
    """The only year a text names, in figures; empty where there is none or more than one."""
    years = {in_figures(found) for found in _YEAR.findall(text)}
    return years.pop() if len(years) == 1 else ""
