"""What a clerk does with filings: take files in, check, print, export; one path for the command line and the window."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from forms.canonical import canonical
from forms.commands import SetMeta
from forms.errors import FilingUnknown, JixiaoError, SaveFailed
from forms.files import atomic_write, digest
from forms.filing import Filing, TemplateRef, new_id
from forms.grid.arrange import arrange, title
from forms.importers.intake import Match
from forms.importers.matching import match
from forms.importers.reading import kind_of, read
from forms.interchange import Json, report
from forms.journal import Edit
from forms.language import N_
from forms.package.packing import Payload, build, check_code, open_package
from forms.paper.marks import Page
from forms.problem import ExportBlocked, Severity
from forms.rules import Review
from forms.scope import Gathering, Neighbours
from forms.store.library import Addition, Library
from forms.template.checks import formulas
from forms.template.model import Template
from forms.templates import Templates


@dataclass(frozen=True, slots=True)
class Incoming:
    """One form of a file, read but not yet in any library, with what the import had to say.

    `matches` gives 原文 -> 导入值 for each place, for people to look through before anything enters.
    """

    template: Template
    filing: Filing
    told: Json
    matches: tuple[Match, ...] = ()


@dataclass(frozen=True, slots=True)
class Opened:
    """A filing of the library as it is opened for work: all of it immutable, none of it tied to the store."""

    template: Template
    filing: Filing
    journal: tuple[Edit, ...]
    neighbours: Neighbours


def read_file(path: Path, templates: Templates) -> list[Incoming]:
    """The forms of a docx, xlsx, txt or package. Raises SourceRefused, PackageRefused, TemplateRefused."""
    if kind_of(path) == "package":
        package = open_package(path.read_bytes())
        templates.add(package.template_text)
        told = report(path.name, (), (), complete=True)
        return [Incoming(templates.of(package.filing), package.filing, told)]
    # The set is this import's own: the same file taken in again must not give its forms a second task list.
    forms = match(read(path), list(templates), path.name, new_id())
    incoming = []
    for number, one in enumerate(forms, 1):
        told = report(f"{path.name}#{number}", one.unplaced, one.notices, complete=one.complete)
        incoming.append(Incoming(one.template, one.filing, told, one.matches))
    return incoming


def review_together(incoming: Sequence[Incoming]) -> list[Review]:
    """The reviews of forms that lie side by side without a library: of one file, or of files named together."""
    cut_off = (one.filing.id for one in incoming if not one.told.get("complete", True))
    neighbours = Gathering(((one.template, one.filing) for one in incoming), cut_off)
    return [Review(one.template, one.filing, neighbours) for one in incoming]


def pdf(review: Review) -> bytes:
    """The form on paper, marked as a draft while blocking problems remain. Raises GlyphMissing."""
    from forms.paper.pages import paginate_all  # noqa: PLC0415 — paper is loaded when something is printed
    from forms.render.pdf import render  # noqa: PLC0415

    grids = arrange(review.template, review.filing, review.computed)
    pages = paginate_all(grids, draft=not review.exportable, code=filed_code(review.filing))
    return render(pages, title=title(review.template, review.filing, review.computed), bookmarks=_bookmarks(pages))


def xlsx(review: Review) -> bytes:
    """The form as a workbook with its live 校验 sheet."""
    from forms.render.xlsx import render  # noqa: PLC0415 — openpyxl is loaded when a workbook is written

    grids = arrange(review.template, review.filing, review.computed)
    code = filed_code(review.filing)
    return render(grids, review.template, review.filing, code=code, verdicts=review.verdicts)


def _bookmarks(pages: Sequence[Page]) -> list[tuple[str, int]]:
    """The first page of each sheet, where a form has several."""
    first: dict[str, int] = {}
    for number, page in enumerate(pages, 1):
        first.setdefault(page.sheet, number)
    return list(first.items()) if len(first) > 1 else []


def filed_code(filing: Filing) -> str:
    """The 核验码 of a filing that has left the house; empty for a draft."""
    return "" if filing.state in ("draft", "returned") else check_code(canonical(filing))


class Desk:
    """An open library with its templates."""

    def __init__(self, library: Library, templates: Templates) -> None:
        self.library = library
        self.templates = templates
        known = templates.texts()
        for stored in library.templates():
            if stored.digest not in known:
                templates.add(library.template_text(stored.digest))

    def take_in(self, incoming: Iterable[Incoming], origin: str = "import") -> None:
        """Put forms into the library, all in one transaction; a package of what it already holds changes nothing."""
        forms = [one for one in incoming if not self._holds(one.filing)]
        reviews = review_together(forms)
        self.library.add_many([_addition(one, review, origin) for one, review in zip(forms, reviews, strict=True)])

    def _holds(self, filing: Filing) -> bool:
        """Whether this very content is the filing as it stands or one of its revisions."""
        try:
            current = self.library.filing(filing.id)
        except FilingUnknown:
            return False
        sha256 = digest(canonical(filing))
        return current == filing or any(one.sha256 == sha256 for one in self.library.revisions(filing.id))

    def review(self, ident: str) -> Review:
        """A filing of the library under its rules, beside the other filings of its set or year."""
        filing = self.library.filing(self.library.resolve(ident))
        return Review(self.templates.of(filing), filing, _Shelf(self))

    def open(self, ident: str) -> Opened:
        """A filing for the window: with its journal, and the filings its rules name read once."""
        filing = self.library.filing(self.library.resolve(ident))
        template = self.templates.of(filing)
        shelf = _Shelf(self)
        named = {name.form for _, formula, _ in formulas(template) for name in formula.names if name.form}
        pairs = [pair for form in sorted(named) for pair in shelf.named(form, filing)]
        beside = Gathering(pairs, (one.id for _, one in pairs if shelf.incomplete(one.id)))
        return Opened(template, filing, self.library.journal(filing.id), beside)

    def new(self, template: Template) -> Filing:
        """A new filing on `template`, its defaults filled in, already in the library."""
        values = {field.name: field.default for field in template.fields.values() if field.default[:1] not in ("", "=")}
        ref = TemplateRef(template.id, template.version, template.digest)
        filing = Filing(new_id(), ref, values=values)
        self.take_in([Incoming(template, filing, report("", (), (), complete=True))], origin="new")
        return filing

    def export(self, ident: str, folder: Path) -> Path:
        """Freeze a filing as a revision and write its package into `folder`; gives the package's path.

        Raises ExportBlocked with the problems that block it; a package that cannot be written leaves the filing as
        it was.
        """
        review = self.review(ident)
        filing = review.filing
        if not review.exportable:
            blocking = [problem for problem in review.problems if problem.severity is Severity.ERROR]
            raise ExportBlocked(
                N_("“{title}”还有 {count} 处必须改，不能导出。"), blocking,
                title=title(review.template, filing, review.computed), count=len(blocking),
            )  # fmt: skip
        _make_folder(folder)
        was = filing.state
        if was in ("draft", "returned"):
            self._set_state(filing, "exported")
        try:
            return self._write_package(self.review(filing.id), folder)
        except JixiaoError:
            if was in ("draft", "returned"):
                self._set_state(self.library.filing(filing.id), was)
            raise

    def _write_package(self, review: Review, folder: Path) -> Path:
        revision = self.library.revise(review.filing.id, reason="export")
        payload = Payload(
            review.filing, revision.number, revision.prev_sha256, review.template.text, pdf(review), xlsx(review),
            revision.time[:10],
        )  # fmt: skip
        name, data = build(payload)
        atomic_write(folder / name, data)
        return folder / name

    def _set_state(self, filing: Filing, state: str) -> None:
        command = SetMeta("state", state)
        _, inverse = command.apply(filing)
        self.library.edit(filing.id, command, inverse, origin="export")


def _addition(one: Incoming, review: Review, origin: str) -> Addition:
    shown = title(one.template, one.filing, review.computed)
    return Addition(one.filing, one.template.text, shown, one.template.name, one.told, origin)


class _Shelf:
    """The filings of a library that a rule may name; only those on the named form are read."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def named(self, form: str, of: Filing) -> Sequence[tuple[Template, Filing]]:
        library = self._desk.library
        found = [library.filing(one.id) for one in library.list() if form in (one.template, one.template_id)]
        pairs = [(self._desk.templates.of(filing), filing) for filing in found]
        return Gathering(pairs).named(form, of)

    def incomplete(self, ident: str) -> bool:
        told = self._desk.library.report(ident) or {}
        return not told.get("complete", True)


def write(path: Path, data: bytes) -> None:
    """Write what was made to a file a person named; its folder is made where it is missing."""
    _make_folder(path.parent)
    atomic_write(path, data)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SaveFailed(N_("不能建立文件夹“{path}”；请换一个位置。"), path=str(folder)) from error


__all__ = ["Desk", "Incoming", "Neighbours", "filed_code", "pdf", "read_file", "review_together", "write", "xlsx"]
