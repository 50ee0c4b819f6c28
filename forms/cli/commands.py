"""The commands one by one: each takes the parsed words and gives an exit code."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from forms import desk
from forms.authoring.files import read as read_template
from forms.cli.output import as_json, complain, plain, problem_lines, progress, say, told, verdict
from forms.cli.writing import file_named, folder_named, written
from forms.desk import Desk, Incoming
from forms.errors import FilingUnknown, JixiaoError, SourceRefused, TemplateUnknown
from forms.interchange import Json, check_object, filing_object
from forms.language import N_, sentence
from forms.problem import ExportBlocked
from forms.rules import Review
from forms.store.library import Library
from forms.template.model import Template
from forms.templates import Templates

DONE, UNREADABLE, BLOCKED = 0, 2, 3


def default_library() -> Path:
    """Where the user's library is: JIXIAO_LIBRARY, else the data folder of the system."""
    if named := os.environ.get("JIXIAO_LIBRARY"):
        return Path(named)
    if os.name == "nt":
        return Path(os.environ.get("LOCALAPPDATA", str(Path.home()))) / "jixiao" / "library.jixiao"
    data = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(data) / "jixiao" / "library.jixiao"


def library_path(given: argparse.Namespace) -> Path:
    """The library the command line names."""
    return Path(given.library) if given.library else default_library()


def known_templates(given: argparse.Namespace) -> Templates:
    """The templates of the program and of this machine, without opening the library."""
    return Templates.beside(library_path(given))


def named_template(what: str, given: argparse.Namespace) -> Template:
    """The template a person names: a file, or an id, also id@version, of the program or of this machine.

    Without a version the newest is meant. Raises TemplateUnknown, TemplateRefused, SourceRefused.
    """
    path = Path(what)
    if path.suffix.lower() in (".yaml", ".yml", ".xlsx") or path.exists():
        return read_template(path)
    ident, _, version = what.partition("@")
    known = known_templates(given)
    if not any(one.id == ident and version in ("", one.version) for one in known):
        with opened(given) as open_desk:  # which keeps older ones, and those of packages
            known = open_desk.templates
    if not version:
        return known.newest(ident)
    found = [one for one in known if (one.id, one.version) == (ident, version)]
    if not found:
        raise TemplateUnknown(N_("没有 {id} 的 {version} 版；jixiao templates 列出编号。"), id=ident, version=version)
    return found[-1]


@contextmanager
def opened(given: argparse.Namespace) -> Iterator[Desk]:
    """The desk over the library the command line names."""
    with Library.open(library_path(given)) as library, closing(Desk(library, Templates.shipped())) as open_desk:
        yield open_desk


def templates(given: argparse.Namespace) -> int:
    """List the templates known without opening a library."""
    known = list(known_templates(given))
    if given.json:
        as_json([{"id": t.id, "name": t.name, "version": t.version, "region": t.region, "digest": t.digest,
                  "awaiting": t.awaiting} for t in known])  # fmt: skip
        return DONE
    for one in known:
        awaiting = sentence(N_("版面待核")) if one.awaiting else ""
        plain("  ".join(filter(None, (one.id, one.version, one.name, one.region, awaiting))))
    return DONE


def _read_all(files: list[str], known: Templates) -> tuple[list[Incoming], int]:
    """The forms of every file that can be read; of each other one sentence, and the code that says so."""
    incoming: list[Incoming] = []
    code = DONE
    for number, name in enumerate(files, 1):
        progress(number, len(files), Path(name).name)
        try:
            incoming.extend(desk.read_file(Path(name), known))
        except JixiaoError as error:
            complain(str(error))
            code = UNREADABLE
    return incoming, code


def list_filings(given: argparse.Namespace) -> int:
    """List the filings of the library, those changed last first."""
    with opened(given) as open_desk:
        rows = open_desk.library.bin() if given.bin else open_desk.library.list()
        if given.search.strip():
            found = {one.id for one in open_desk.finder.search(given.search)[0]}
            rows = tuple(row for row in rows if row.id in found)
    if given.json:
        as_json([{"id": r.id, "template": r.template, "template_id": r.template_id, "title": r.printed, "unit": r.unit,
                  "year": r.year, "state": r.state, "updated": r.updated} for r in rows])  # fmt: skip
        return DONE
    for row in rows:
        plain(f"{row.id}  {row.year or '----'}  {row.state:9}  {row.title}  {row.unit}")
    if not rows and (given.search.strip() or given.bin):
        say(N_("没有找到。") if given.search.strip() else N_("回收站是空的。"))
    elif not rows:
        say(N_("库里还没有表；用 jixiao import 文件 导入。"))
    return DONE


def show(given: argparse.Namespace) -> int:
    """Show one filing: as the form in text, or as JSON."""
    from forms.grid.arrange import arrange  # noqa: PLC0415 — fonts are opened only when a form is laid out
    from forms.render.text import render  # noqa: PLC0415

    with opened(given) as open_desk:
        review = open_desk.review(given.id)
        told = open_desk.library.report(review.filing.id)
    if given.json:
        as_json(filing_object(review, told))
    else:
        plain(render(arrange(review.template, review.filing, review.computed)))
    return DONE


def check(given: argparse.Namespace) -> int:
    """Check filings, files and packages together; the worst outcome gives the code."""
    reviews, code = _reviews(given)
    if given.json:
        objects: list[Json] = [check_object(review) for review in reviews]
        as_json(objects)
    else:
        for review in reviews:
            plain(told(check_object(review)["title"], verdict(review)))
            for line in problem_lines(review.problems, review):
                plain(line)
            for rule, why in review.pending.items():
                plain(f"  [{sentence(N_('未核对'))}] {told(rule, sentence(why.message, why.params))}")
    blocked = any(not review.exportable for review in reviews)
    return code or (BLOCKED if blocked else DONE)


def _reviews(given: argparse.Namespace) -> tuple[list[Review], int]:
    """The reviews of what is named; the library is opened only for what is no file."""
    files = [what for what in given.what if Path(what).exists() or Path(what).suffix or os.sep in what]
    idents = [what for what in given.what if what not in files]
    incoming, code = _read_all(files, known_templates(given))
    reviews = desk.review_together(incoming)
    if idents:
        with opened(given) as open_desk:
            for ident in idents:
                try:
                    reviews.append(open_desk.review(ident))
                except FilingUnknown as error:
                    complain(str(error))
                    code = UNREADABLE
    return reviews, code


def write_xlsx(given: argparse.Namespace) -> int:
    """Write one filing as a workbook."""
    path = file_named(given.output, ".xlsx")
    with opened(given) as open_desk:
        review = open_desk.review(given.id)
    written(path, desk.xlsx(review))
    return DONE


def export(given: argparse.Namespace) -> int:
    """Write packages; what is blocked is listed with its problems, the others are written."""
    code = DONE
    folder = folder_named(given.output)
    with opened(given) as open_desk:
        for number, ident in enumerate(given.ids, 1):
            progress(number, len(given.ids), ident)
            try:
                say(N_("已导出 {path}"), path=str(open_desk.export(ident, folder)))
            except ExportBlocked as refused:
                complain(str(refused))
                review = open_desk.review(ident)
                for line in problem_lines(refused.problems, review):
                    complain(line)
                code = max(code, BLOCKED)
            except JixiaoError as error:
                complain(str(error))
                code = max(code, error.exit_code)
    return code


def verify(given: argparse.Namespace) -> int:
    """Verify packages without opening any library."""
    from forms.package.packing import verify as verify_package  # noqa: PLC0415 — digests are loaded when asked for

    code = DONE
    for name in given.packages:
        try:
            report = verify_package(Path(name).read_bytes())
        except OSError:
            complain(str(SourceRefused(N_("“{name}”打不开；请检查文件名和权限。"), name=name)))
            code = UNREADABLE
            continue
        plain(f"{name}\n{report}")
        if not report.intact:
            code = UNREADABLE
    return code


def demo(given: argparse.Namespace) -> int:
    """Do the main job on the bundled examples."""
    from forms.cli.demo import run  # noqa: PLC0415

    return run(folder_named(given.folder))


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "templates": templates, "list": list_filings, "show": show, "check": check,
    "xlsx": write_xlsx, "export": export, "verify": verify, "demo": demo,
}  # fmt: skip

__all__ = ["COMMANDS", "default_library"]
