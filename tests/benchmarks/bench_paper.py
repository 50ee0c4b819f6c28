"""What paper costs beside its peers: python -m tests.benchmarks.bench_paper prints ours, theirs, ratio and target.

Cold figures are CPU time of a whole process, its Python included; every pair is measured in turn within one run, and
the median of the ratios is told, for times alone say nothing on a shared machine. The form has some 60 cells on one
page, the table 600 on about ten.
"""

from __future__ import annotations

import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from forms.grid.cells import Grid
from forms.paper.marks import LineMark, Page, TextMark
from forms.paper.pages import paginate
from forms.render.pdf import render
from forms.typeset.fonts import faces
from forms.typeset.linebreak import NEVER_FIRST, NEVER_LAST
from tests.benchmarks.paper_ways import bare, ours, register_stock_fonts
from tests.forms.sample_grids import form, table

ROUNDS = 9
SHAPES: dict[str, Callable[[], Grid]] = {"60": form, "600": table}
ROOT = Path(__file__).parents[2]


def places(pages: Sequence[Page]) -> list[Any]:
    """The same text and rules as plain lists with the origin at the bottom, for programs that only draw."""
    return [
        [
            (page.width, page.height),
            [(m.x, page.height - m.y, m.text, m.face, m.size) for m in page.marks if isinstance(m, TextMark)],
            [(m.x0, page.height - m.y0, m.x1, page.height - m.y1) for m in page.marks if isinstance(m, LineMark)],
        ]
        for page in pages
    ]


def cold(command: Sequence[str]) -> float:
    """CPU milliseconds of a process and its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, capture_output=True, check=True, cwd=ROOT)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def in_turn(
    first: Callable[[], float], second: Callable[[], float], rounds: int = ROUNDS
) -> tuple[float, float, float]:
    """Medians of both and of their ratio, measured alternately; one round beforehand is thrown away."""
    first(), second()
    pairs = [(first(), second()) for _ in range(rounds)]
    return (
        statistics.median(one for one, _ in pairs),
        statistics.median(other for _, other in pairs),
        statistics.median(one / other for one, other in pairs),
    )


def warm(work: Callable[[], object]) -> float:
    """CPU milliseconds of some work in this process."""
    start = time.process_time()
    work()
    return 1000 * (time.process_time() - start)


def row(name: str, one: object, other: object, ratio: object, target: str) -> None:
    """Print one line of the table."""
    cells = [f"{value:.1f}" if isinstance(value, float) else str(value) for value in (one, other)]
    told = f"{ratio:.2f}" if isinstance(ratio, float) else str(ratio)
    sys.stdout.write(f"{name:<52} | {cells[0]:>9} | {cells[1]:>9} | {told:>9} | {target}\n")
    sys.stdout.flush()


def printing(way: str, shape: str, folder: Path) -> list[str]:
    """The command of a child process."""
    return [sys.executable, "-m", "tests.benchmarks.paper_ways", way, shape, str(folder)]


def bench_cold(folder: Path) -> None:
    """T1, T2, T4: a fresh process from nothing to the file."""
    targets = {"60": ("T1 ≤ 0.50", "T4 ≤ 2.5"), "600": ("T2 ≤ 0.55", "T4 ≤ 2.5")}
    for shape, (bare_target, raw_target) in targets.items():
        for way, target in (("bare", bare_target), ("raw", raw_target)):
            told = in_turn(partial(cold, printing("ours", shape, folder)), partial(cold, printing(way, shape, folder)))
            peer = {"bare": "canvas with stock fonts", "raw": "raw writer"}[way]
            row(f"cold, {shape} cells, CPU ms / {peer}", *told, target)


def bench_memory(folder: Path) -> None:
    """T10: peak memory of one print."""
    one, other = (
        int(subprocess.run(printing(way, "600", folder), capture_output=True, check=True, cwd=ROOT).stdout) / 1024
        for way in ("ours", "bare")
    )
    row("peak memory, 600 cells, MB / canvas", one, other, one / other if other else "not told", "T10 ≤ 0.5")


def bench_warm() -> None:
    """T3: again in the same process, fonts open."""
    register_stock_fonts()
    for shape, grid in SHAPES.items():
        pages = places(paginate(grid()))
        told = in_turn(partial(warm, partial(ours, shape)), partial(warm, partial(bare, pages)), 15)
        row(f"warm, {shape} cells, CPU ms / canvas", *told, "T3 ≤ 1.10")


def bench_results(folder: Path) -> None:
    """T7, T8, T9: size, recall, and the rules of line breaking."""
    for shape, grid in SHAPES.items():
        pages = paginate(grid())
        data, peer = render(pages, title="表"), bare(places(pages))
        row(f"size, {shape} cells, kB / canvas", len(data) / 1024, len(peer) / 1024, len(data) / len(peer), "T7 ≤ 1.0")
        printed = Counter("".join(m.text for page in pages for m in page.marks if isinstance(m, TextMark)))
        (folder / "recall.pdf").write_bytes(data)
        for reader, found in _readers(folder / "recall.pdf"):
            kept = sum((printed & Counter(found)).values()) - printed[" "]
            asked = sum(printed.values()) - printed[" "]
            row(f"characters back, {shape} cells, {reader}", kept, asked, kept / asked, "T8 1.00")
        bad, wide, count = _broken_rules(grid())
        row(f"rules broken / lines too wide, {shape} cells", bad, wide, f"of {count}", "T9 0 / 0")


def _readers(path: Path) -> Iterator[tuple[str, str]]:
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    yield "pdfium", "".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    program = shutil.which("pdftotext")
    if program:
        shown = subprocess.run([program, "-raw", str(path), "-"], capture_output=True, check=True)
        yield "poppler", shown.stdout.decode("utf-8")


def _broken_rules(grid: Grid) -> tuple[int, int, int]:
    bad = wide = count = 0
    for cell in grid.cells:
        if cell.style.vertical:
            continue
        face, room = faces()[cell.style.face], sum(grid.widths[cell.col : cell.col + cell.cols]) - 2 * grid.padding
        count += len(cell.lines)
        wide += sum(face.width(line, cell.style.size) > room + 1e-6 for line in cell.lines)
        bad += sum(line[:1] in NEVER_FIRST for line in cell.lines[1:])
        bad += sum(line[-1:] in NEVER_LAST for line in cell.lines[:-1])
    return bad, wide, count


def bench_peers(folder: Path) -> None:
    """T5, T6: whole programs that print the same cells, where they are installed."""
    peers = {"soffice": (_workbook, ("T5 ≥ 8", "T5 ≥ 6")), "typst": (_typst, ("T6 ≤ 0.9", "T6 ≤ 0.9"))}
    for program, (write, targets) in peers.items():
        for shape, target in zip(SHAPES, targets, strict=True):
            if shutil.which(program) is None:
                row(f"cold, {shape} cells / {program}", "", "", "not here", target)
                continue
            command = write(SHAPES[shape](), folder / f"{program}-{shape}")
            this, other = partial(cold, printing("ours", shape, folder)), partial(cold, command)
            if program == "soffice":
                row(f"cold, {shape} cells, {program} / ours, CPU ms", *in_turn(other, this, 3), target)
            else:
                row(f"cold, {shape} cells, CPU ms / {program}", *in_turn(this, other, 3), target)


def _workbook(grid: Grid, stem: Path) -> list[str]:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Border, Side

    book = Workbook()
    sheet: Any = book.active
    side = Side("thin")
    border = Border(left=side, right=side, top=side, bottom=side)
    for cell in grid.cells:
        last = (cell.row + cell.rows, cell.col + cell.cols)
        place = sheet.cell(cell.row + 1, cell.col + 1, cell.text)
        place.alignment, place.border = Alignment(wrap_text=True, vertical="center"), border
        if (cell.rows, cell.cols) != (1, 1):
            sheet.merge_cells(None, cell.row + 1, cell.col + 1, *last)
    for number, height in enumerate(grid.heights, 1):
        sheet.row_dimensions[number].height = height
    book.save(stem.with_suffix(".xlsx"))
    profile = f"-env:UserInstallation=file://{stem.parent}/profile"
    return [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(stem.parent),
        str(stem.with_suffix(".xlsx")),
    ]


def _typst(grid: Grid, stem: Path) -> list[str]:
    quoted = [json.dumps(cell.text, ensure_ascii=False) for cell in grid.cells]
    cells = ",\n".join(
        f"table.cell(x: {cell.col}, y: {cell.row}, colspan: {cell.cols}, rowspan: {cell.rows}, {text})"
        for cell, text in zip(grid.cells, quoted, strict=True)
    )
    columns = ", ".join(f"{width:.1f}pt" for width in grid.widths)
    head = '#set page("a4", margin: 51pt)\n#set text(font: "Jixiao Serif SC", size: 10.5pt)\n'
    stem.with_suffix(".typ").write_text(f"{head}#table(columns: ({columns}),\n{cells})\n", "utf-8")
    fonts = str(ROOT / "resources" / "fonts")
    return ["typst", "compile", "--font-path", fonts, str(stem.with_suffix(".typ"))]


def main() -> None:
    """Measure everything and print the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for shape, grid in SHAPES.items():
            (folder / f"{shape}.json").write_text(json.dumps(places(paginate(grid()))), "utf-8")
        row("measure", "ours", "peer", "ratio", "target")
        bench_cold(folder)
        bench_memory(folder)
        bench_warm()
        bench_results(folder)
        bench_peers(folder)


if __name__ == "__main__":
    main()
