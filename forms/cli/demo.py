"""The main job on the bundled examples: import, save, check, print, package, verify, told step by step."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from forms import desk
from forms.cli.demo_folder import DemoFolder, file_name
from forms.cli.output import complain, plain, problem_lines, progress, say, told, verdict
from forms.desk import Desk, Incoming
from forms.errors import SourceRefused
from forms.grid.arrange import title
from forms.language import N_, sentence
from forms.package.packing import verify
from forms.practice import examples
from forms.rules import Review
from forms.store.library import Library
from forms.templates import Templates

ENOUGH = 3  # packages written and verified, so that the demonstration counts as done


def run(folder: Path) -> int:
    """Do the whole demonstration in `folder`, which is made where it is missing; gives the exit code.

    What an earlier demonstration left there is replaced, everything else in the folder stays. Raises LibraryInUse
    while another process has the library of the demonstration open, SaveFailed where the folder cannot be written.
    """
    place = DemoFolder(folder)
    place.clear()
    place.claim(place.library)
    with Library.open(place.library) as library:
        open_desk = Desk(library, Templates.shipped())
        incoming = list(_take_in(open_desk))
        say(N_("存：{count} 张表都存进了库 {path}"), count=len(incoming), path=str(place.library))
        reviews = [open_desk.review(one.filing.id) for one in incoming]
        _tell_checks(reviews)
        _print(reviews, place)
        sound = [one.filing.id for one, review in zip(incoming, reviews, strict=True) if _sound(one, review)]
        packages = _export(open_desk, sound, place)
    faulty = [review for review in reviews if not review.exportable]
    intact = [package for package in packages if _verified(package)]
    say(N_("核验：{intact} 个申报包完整，共 {count} 个。"), intact=len(intact), count=len(packages))
    _tell_next(place, faulty, intact)
    return 0 if len(intact) >= ENOUGH else 1


def _take_in(open_desk: Desk) -> Iterator[Incoming]:
    """Take every example into the library, file by file, and tell of each how many forms it holds."""
    found = examples()
    if not found:
        raise SourceRefused(N_("程序自带的例子不见了；请重新安装程序。"))
    for path in found:
        incoming = desk.read_file(path, open_desk.templates)
        open_desk.take_in(incoming)
        partial = sum(not one.told["complete"] for one in incoming)
        say(N_("导入：{name}，{count} 张表"), name=path.name, count=len(incoming))
        if partial:
            message = N_("其中 {partial} 张在来文里就不完整，可能在分页处丢失了一部分。")
            plain("    " + sentence(message, {"partial": partial}))
        yield from incoming


def _sound(one: Incoming, review: Review) -> bool:
    return review.exportable and bool(one.told["complete"])


def _tell_checks(reviews: list[Review]) -> None:
    """A line for each form; what blocks a faulty one follows with its first problem, which is the gravest."""
    say(N_("检查："))
    for review in reviews:
        plain("    " + told(_title(review), verdict(review)))
        if not review.exportable:
            plain("      " + next(iter(problem_lines(review.problems, review))))


def _print(reviews: list[Review], place: DemoFolder) -> None:
    names = [f"{number:02d}_{file_name(_title(review))}" for number, review in enumerate(reviews, 1)]
    place.claim(*(place.printed / f"{name}{ending}" for name in names for ending in (".pdf", ".xlsx")))
    for number, (name, review) in enumerate(zip(names, reviews, strict=True), 1):
        progress(number, len(reviews), name)
        desk.write(place.printed / f"{name}.pdf", desk.pdf(review))
        desk.write(place.printed / f"{name}.xlsx", desk.xlsx(review))
    message = N_("打印：{count} 张表，各一份 PDF 和一份 Excel 工作簿，在 {path}")
    say(message, count=len(reviews), path=str(place.printed))


def _export(open_desk: Desk, idents: list[str], place: DemoFolder) -> list[Path]:
    packages = []
    for number, ident in enumerate(idents, 1):
        progress(number, len(idents), ident)
        packages.append(open_desk.export(ident, place.packages))
        place.note(packages[-1])
    say(N_("打包：{count} 张没有问题的表导出为申报包，在 {path}"), count=len(packages), path=str(place.packages))
    return packages


def _verified(package: Path) -> bool:
    """Whether the package is intact as it lies on the disk; what is wrong with it is told."""
    report = verify(package.read_bytes())
    if not report.intact:
        complain(f"{package}\n{report}")
    return report.intact


def _tell_next(place: DemoFolder, faulty: list[Review], intact: list[Path]) -> None:
    say(N_("接下来可以试："))
    library = _quoted(place.library)
    plain(f"    jixiao --library {library} list")
    for review in faulty[:1]:
        plain(f"    jixiao --library {library} check {review.filing.id}")
    for package in intact[:1]:
        plain(f"    jixiao verify {_quoted(package)}")


def _title(review: Review) -> str:
    return title(review.template, review.filing, review.computed)


def _quoted(path: Path) -> str:
    return f'"{path}"' if " " in str(path) else str(path)
