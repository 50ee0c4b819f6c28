"""What a clerk does with filings: take files in, check, print, export; one path for the command line and the window."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from forms.canonical import canonical
from forms.commands import SetMeta
from forms.comparison import Side
from forms.errors import ExportRefused, FilingUnknown, JixiaoError, SaveFailed, SourceRefused, TemplateConflict
from forms.files import atomic_write, digest, replaceable
from forms.filing import Filing, new_id
from forms.grid.arrange import title
from forms.holdings import Holdings
from forms.importers.intake import Match
from forms.importers.kinds import kind_of, shown, told_plainly
from forms.importers.matching import match
from forms.importers.reading import Reader, read
from forms.interchange import Json, report
from forms.journal import Edit
from forms.language import N_, sentence
from forms.outputs import docx, filed_code, name_of, pdf, title_of, xlsx
from forms.package.packing import Payload, build, open_package
from forms.problem import ExportBlocked, Severity
from forms.profile import Profile, begin, keep_profiles, profiles
from forms.rules import Review
from forms.scope import Gathering, Neighbours
from forms.store.finder import Finder
from forms.store.library import Addition, Library
from forms.store.records import StoredTemplate
from forms.succession import Carried, carry
from forms.template.checks import formulas
from forms.template.load import load
from forms.template.model import Template
from forms.templates import Templates, own_folder
from forms.values import Kind
from forms.values import read as understood


@dataclass(frozen=True, slots=True)
class Incoming:
    """One form of a file, read but not yet in any library, with what the import had to say.

    `matches` gives 原文 -> 导入值 for each place, for people to look through before anything enters; `runner_up` names
    the form that would have fitted second best.
    """

    template: Template
    filing: Filing
    told: Json
    matches: tuple[Match, ...] = ()
    runner_up: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """A filing as it is opened for work: all of it immutable, none of it tied to the store.

    `kept` says whether the library holds it; a new one comes in with its first change.
    """

    template: Template
    filing: Filing
    journal: tuple[Edit, ...]
    neighbours: Neighbours
    kept: bool = True


def read_file(path: Path, templates: Templates, reader: Reader = read, name: str = "") -> list[Incoming]:
    """The forms of a docx, xlsx, txt or package. Raises SourceRefused, PackageRefused, TemplateRefused.

    `name` is where the file lies, as people are told; its own name where it is left out.
    """
    name = name or shown(path.name)
    if kind_of(path) == "package":
        with told_plainly(path):
            package = open_package(path.read_bytes())
        templates.add(package.template_text)
        told = report(name, (), (), complete=True)
        return [Incoming(templates.of(package.filing), package.filing, told)]
    # The set is this import's own: the same file taken in again must not give its forms a second task list.
    forms = match(reader(path), list(templates), shown(path.name), new_id())
    incoming = []
    for number, one in enumerate(forms, 1):
        told = report(f"{name}#{number}", one.unplaced, one.notices, complete=one.complete)
        incoming.append(Incoming(one.template, one.filing, told, one.matches, one.runner_up))
    return incoming


def review_together(incoming: Sequence[Incoming]) -> list[Review]:
    """The reviews of forms that lie side by side without a library: of one file, or of files named together."""
    cut_off = (one.filing.id for one in incoming if not one.told.get("complete", True))
    neighbours = Gathering(((one.template, one.filing) for one in incoming), cut_off)
    return [Review(one.template, one.filing, neighbours) for one in incoming]


def titles(incoming: Sequence[Incoming]) -> list[str]:
    """What each form is called, beside the others of its file."""
    return [title_of(review) for review in review_together(incoming)]


class Desk:
    """An open library with its templates."""

    def __init__(self, library: Library, templates: Templates) -> None:
        self.library = library
        self.templates = templates
        self.finder = Finder(library)
        known = templates.texts()
        self._shipped = frozenset(known)
        for stored in library.templates():
            if stored.digest not in known:
                templates.add(library.template_text(stored.digest))

    def close(self) -> None:
        """Close the library and what is kept beside it."""
        self.finder.close()
        self.library.close()

    def install(self, text: str) -> Template:
        """Keep a template in the library, as one of this machine's own.

        Raises TemplateRefused with every fault, TemplateConflict where its 编号 and version have another content.
        """
        template = load(text)
        if any((t.id, t.version) == (template.id, template.version) and t.text != text for t in self.templates):
            message = N_("已有 {id} 的 {version} 版，内容不同；请给改过的表样换一个版本号。")
            raise TemplateConflict(message, id=template.id, version=template.version)
        form = StoredTemplate(template.digest, template.id, template.version, template.name)
        self.library.keep_template(form, text)
        folder = own_folder(self.library.path)
        make_folder(folder)
        atomic_write(folder / f"{template.id}-{template.digest[:12]}.yaml", text.encode())
        self.templates.add(text)
        return template

    def is_shipped(self, template: Template) -> bool:
        """Whether a template came with the program; the others are this machine's own."""
        return template.digest in self._shipped

    def take_in(self, incoming: Iterable[Incoming], origin: str = "import") -> None:
        """Put forms into the library, all in one transaction; a package of what it already holds changes nothing."""
        forms = [one for one in incoming if not self._holds(one.filing)]
        reviews = review_together(forms)
        self.library.add_many([_addition(one, review, origin) for one, review in zip(forms, reviews, strict=True)])

    def held(self, incoming: Sequence[Incoming]) -> tuple[bool, ...]:
        """Whether the library has the content of each form under its title, as it stands or as it once came in."""
        return tuple(map(bool, self.known_as(incoming, titles(incoming), Holdings(self.library))))

    def known_as(self, incoming: Sequence[Incoming], called: Sequence[str], holdings: Holdings) -> tuple[str, ...]:
        """The id of the filing that says what a form says, for each form with its title; empty where none does."""
        return tuple(
            one.filing.id if self._holds(one.filing) else holdings.find(words, one.filing)
            for one, words in zip(incoming, called, strict=True)
        )

    def _holds(self, filing: Filing) -> bool:
        """Whether this very content is the filing as it stands or one of its revisions; what lies in the bin is not."""
        if self.library.lies_in_bin(filing.id):
            return False
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

    def together(self, ident: str) -> tuple[str, list[Review]]:
        """The forms that came in or were made as one set with a filing, in order, and what the set is called."""
        filing = self.library.filing(self.library.resolve(ident))
        if filing.set is None:
            return "", [self.review(filing.id)]
        known = next((one for one in self.templates.sets if filing.template.id in one.members), None)
        beside = [
            self.library.filing(one.id)
            for one in self.library.members(filing.set.id)
            if known is None or one.template_id in known.members
        ]
        return known.name if known else "", [self.review(one.id) for one in sorted(beside, key=self._place)]

    def _place(self, filing: Filing) -> tuple[int, str]:
        """Where a form stood in the file that it came from: `source` ends in its number."""
        number = str((self.library.report(filing.id) or {}).get("source", "")).rpartition("#")[2]
        return int(number) if number.isdecimal() else 0, filing.id

    def open(self, ident: str) -> Opened:
        """A filing for the window: with its journal, and the filings its rules name read once."""
        filing = self.library.filing(self.library.resolve(ident))
        return Opened(self.templates.of(filing), filing, self.library.journal(filing.id), self.beside(filing))

    def side(self, ident: str, revision: int | None = None) -> Side:
        """A filing as it stands, or one of its revisions, to be compared. Raises as `Library.revision`."""
        if revision is None:
            filing = self.library.filing(self.library.resolve(ident))
            told = sentence(N_("现在的内容"))
        else:
            kept, filing = self.library.revision(self.library.resolve(ident), revision)
            told = sentence(N_("第 {number} 版，{time}"), {"number": kept.number, "time": kept.local_time})
        template = self.templates.of(filing)
        named = {"title": title(template, filing, {}), "told": told}
        return Side(template, filing, sentence(N_("{title}（{told}）"), named))

    def unkept(self, filing: Filing) -> Opened:
        """A filing the library does not hold, for the window: beside those of the library its rules name."""
        return Opened(self.templates.of(filing), filing, (), self.beside(filing), kept=False)

    def beside(self, filing: Filing) -> Gathering:
        """The filings its rules name, read once: those of its set or its year."""
        shelf = _Shelf(self)
        every = formulas(self.templates.of(filing))
        named = {name.form for _, formula, _ in every for name in formula.names if name.form}
        pairs = [pair for form in sorted(named) for pair in shelf.named(form, filing)]
        return Gathering(pairs, (one.id for _, one in pairs if shelf.incomplete(one.id)))

    def profiles(self) -> tuple[Profile, ...]:
        """The units that fill in forms here, the one used last first."""
        return profiles(self.library)

    def new(self, template: Template, profile: Profile | None = None, year: str = "") -> Filing:
        """A new filing on `template` for a unit, the one used last where none is named; `file` keeps it."""
        known = self.profiles()
        if profile in known[1:]:
            keep_profiles(self.library, (profile, *(one for one in known if one != profile)))
        return begin(template, profile or next(iter(known), Profile()), year)

    def carry(self, ident: str, template_id: str = "", year: str = "") -> Carried:
        """What a filing becomes on the newest version of another form, or of its own for the year after.

        Nothing is kept yet: `file` puts it into the library. FilingUnknown, TemplateUnknown.
        """
        if year and not isinstance(understood(Kind.YEAR, year), Decimal):
            raise SourceRefused(N_("“{year}”不是年度；请写四位年份，如 2027。"), year=year)
        filing = self.library.filing(self.library.resolve(ident))
        source = self.templates.of(filing)
        target = self.templates.newest(template_id or source.id)
        if not year and target.id == source.id and filing.year.isdecimal():
            year = str(int(filing.year) + 1)
        revision = self.library.revise(filing.id, reason="carry")
        return carry(filing, source, target, year=year, revision=str(revision.number))

    def file(self, filing: Filing) -> None:
        """Put a filing that was begun here into the library; the very same one again changes nothing."""
        self.take_in([Incoming(self.templates.of(filing), filing, report("", (), (), complete=True))], origin="new")

    def export(self, ident: str, folder: Path) -> Path:
        """Freeze a filing as a revision and write its package into `folder`; gives the package's path.

        Raises ExportBlocked with the problems that block it; a package that cannot be written leaves the filing as
        it was.
        """
        review = self.review(ident)
        filing = review.filing
        if filing.is_practice:
            raise ExportRefused(
                N_("“{title}”是练习用的表，不能导出；正式填报请新填一份或导入自己的文件。"), title=title_of(review)
            )
        if not review.exportable:
            blocking = [problem for problem in review.problems if problem.severity is Severity.ERROR]
            raise ExportBlocked(
                N_("“{title}”还有 {count} 处必须改，不能导出。"), blocking,
                title=title_of(review), count=len(blocking),
            )  # fmt: skip
        make_folder(folder)
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
    return Addition(one.filing, one.template.text, name_of(review), one.template.name, one.told, origin)


class _Shelf:
    """The filings of a library that a rule may name; only those on the named form are read."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def named(self, form: str, of: Filing) -> Sequence[tuple[Template, Filing]]:
        library, own = self._desk.library, of.set.id if of.set else ""
        kin = [one for one in library.kin(form, own, of.year) if one.id != of.id]
        read = [library.filing(one.id) for one in kin if own and one.set == own] or [
            library.filing(one.id) for one in kin
        ]
        pairs = [(self._desk.templates.of(filing), filing) for filing in read]
        return Gathering(pairs).named(form, of)

    def incomplete(self, ident: str) -> bool:
        told = self._desk.library.report(ident) or {}
        return not told.get("complete", True)


def write(path: Path, data: bytes) -> None:
    """Write what was made to a file a person named, in a folder that is there. Raises SaveFailed."""
    atomic_write(replaceable(path), data)


def make_folder(folder: Path) -> None:
    """Make a folder where it is missing. Raises SaveFailed."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SaveFailed(N_("不能建立文件夹“{path}”；请换一个位置。"), path=str(folder)) from error


__all__ = [
    "Desk", "Incoming", "Neighbours", "docx", "filed_code", "pdf", "read_file",
    "review_together", "titles", "write", "xlsx",
]  # fmt: skip
