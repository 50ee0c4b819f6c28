"""The one report of an import: for each file and each form in it what became of it, and the totals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from forms.desk import Incoming
from forms.importers.intake import Match
from forms.incoming.folders import LeftOut
from forms.incoming.reading import Brought
from forms.interchange import Json, notice_objects
from forms.language import N_, sentence


class Fate(StrEnum):
    """What became of a form."""

    TAKEN = "taken"
    HELD = "held"  # the library says the same already
    LEFT = "left"  # a person did not want it
    SEEN = "seen"  # nothing was to be taken in
    REFUSED = "refused"  # the library did not take its file

    def __str__(self) -> str:
        return sentence(_FATES[self])


_FATES = {
    Fate.TAKEN: N_("已存入"), Fate.HELD: N_("库中已有，没有再存"), Fate.LEFT: N_("没有勾选"),
    Fate.SEEN: N_("只看没有存"), Fate.REFUSED: N_("没有存入"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Counts:
    """How much of a form is filled in: fields of how many, rows of tables, indicators; and what was read otherwise."""

    filled: int
    fields: int
    rows: int
    indicators: int
    different: int


@dataclass(frozen=True, slots=True)
class FormLine:
    """One form of a file. `ident` is the filing of the library, also where that was there before (`held`)."""

    source: str
    title: str
    template: str
    template_id: str
    version: str
    runner_up: str
    complete: bool
    fate: Fate
    ident: str
    held: bool
    counts: Counts
    unplaced: tuple[str, ...]
    notices: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file: its forms, and why it, or what it holds, did not come in."""

    name: str
    forms: tuple[FormLine, ...] = ()
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Totals:
    """How many: files, those and folders that were refused, forms by what became of them, what was not read."""

    files: int
    refused: int
    folders: int
    forms: int
    taken: int
    held: int
    incomplete: int
    unplaced: int
    left_out: int
    unread: int


@dataclass(frozen=True, slots=True)
class Report:
    """What came in and what did not: files, folders that could not be searched or hold nothing, what is not read.

    `unread` names the files that an import which was broken off never came to.
    """

    files: tuple[FileLine, ...]
    folders: tuple[LeftOut, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def forms(self) -> Iterator[FormLine]:
        """The forms of all files."""
        return (form for file in self.files for form in file.forms)

    @property
    def whole(self) -> bool:
        """Whether everything that was to be read could be read and was taken."""
        return not (self.unread or self.folders or any(file.refused for file in self.files))

    @property
    def totals(self) -> Totals:
        """What it comes to."""
        fates = Counter(form.fate for form in self.forms)
        return Totals(
            files=len(self.files),
            refused=sum(bool(file.refused) for file in self.files),
            folders=len(self.folders),
            forms=fates.total(),
            taken=fates[Fate.TAKEN],
            held=fates[Fate.HELD],
            incomplete=sum(not form.complete for form in self.forms),
            unplaced=sum(len(form.unplaced) for form in self.forms),
            left_out=len(self.left_out),
            unread=len(self.unread),
        )


def file_line(
    brought: Brought, called: Sequence[str], fates: Sequence[Fate], known: Sequence[str] = (), refused: str = ""
) -> FileLine:
    """The line of a file, its forms with their titles and fates; `known` are the filings that say the same already."""
    known = known or ("",) * len(brought.forms)
    forms = [_form_line(*each) for each in zip(brought.forms, called, fates, known, strict=True)]
    return FileLine(brought.name, tuple(forms), refused or brought.refused)


def _form_line(one: Incoming, title: str, fate: Fate, known: str) -> FormLine:
    unplaced = one.told.get("unplaced")
    return FormLine(
        source=str(one.told.get("source", "")),
        title=title,
        template=one.template.name,
        template_id=one.template.id,
        version=one.template.version,
        runner_up=one.runner_up,
        complete=bool(one.told.get("complete", True)),
        fate=fate,
        ident=one.filing.id if fate is Fate.TAKEN else known,
        held=bool(known),
        counts=_counts(one),
        unplaced=tuple(map(str, unplaced)) if isinstance(unplaced, list) else (),
        notices=tuple((str(each["place"]), str(each["text"])) for each in notice_objects(one.told)),
    )


def _counts(one: Incoming) -> Counts:
    filing = one.filing
    fillable = [name for name, field in one.template.fields.items() if field.fillable]
    rows = [row.cells for rows in filing.tables.values() for row in rows]
    indicators = [indicator.columns for indicator in filing.indicators]
    return Counts(
        filled=sum(bool(filing.values.get(name, "").strip()) for name in fillable),
        fields=len(fillable),
        rows=sum(any(text.strip() for text in texts.values()) for texts in rows),
        indicators=sum(any(text.strip() for text in texts.values()) for texts in indicators),
        different=sum(map(_differs, one.matches)),
    )


def _differs(match: Match) -> bool:
    return "".join(match.original.split()) != "".join(match.taken.split())


def as_object(report: Report) -> Json:
    """The report as one JSON object."""
    totals = report.totals
    return {
        "totals": {name: getattr(totals, name) for name in Totals.__slots__},
        "files": [
            {"file": file.name, "refused": file.refused or None, "forms": [_form_object(form) for form in file.forms]}
            for file in report.files
        ],
        "folders": [{"folder": one.name, "why": str(one)} for one in report.folders],
        "left_out": [{"file": one.name, "why": str(one)} for one in report.left_out],
        "unread": list(report.unread),
    }


def _form_object(form: FormLine) -> Json:
    counts = form.counts
    return {
        "source": form.source,
        "title": form.title,
        "template": form.template,
        "template_id": form.template_id,
        "version": form.version,
        "runner_up": form.runner_up or None,
        "complete": form.complete,
        "fate": form.fate.value,
        "id": form.ident or None,
        "held": form.held,
        "counts": {name: getattr(counts, name) for name in Counts.__slots__},
        "unplaced": list(form.unplaced),
        "notices": [{"place": place, "text": text} for place, text in form.notices],
    }
