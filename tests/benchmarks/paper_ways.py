"""Four ways to print the same form, each in a process that loads nothing else; bench_paper measures them.

python -m tests.benchmarks.paper_ways WAY SHAPE FOLDER prints one form and tells its peak memory in kB.
"""

from __future__ import annotations

import io
import json
import re
import sys
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any


def ours(shape: str) -> bytes:
    """The whole way: cells are measured and wrapped, laid out on pages, drawn."""
    from forms.paper.pages import paginate
    from forms.render.pdf import render
    from tests.forms.sample_grids import form, table

    return render(paginate(form() if shape == "60" else table()), title="表")


def register_stock_fonts() -> None:
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFont

    folder = Path(__file__).parents[2] / "resources" / "fonts"
    for name, file in (("text", "jixiao-serif-sc.ttf"), ("heading", "jixiao-sans-sc-bold.ttf")):
        registerFont(TTFont(name, str(folder / file)))


def bare(pages: Sequence[Any]) -> bytes:
    """The reference: reportlab's canvas and its own TTFont draw text at places found beforehand."""
    from reportlab.pdfgen.canvas import Canvas

    file = io.BytesIO()
    canvas = Canvas(file, invariant=1)
    for size, texts, rules in pages:
        canvas.setPageSize(size)
        canvas.setLineWidth(0.5)
        for rule in rules:
            canvas.line(*rule)
        for x, y, text, face, points in texts:
            canvas.setFont(face, points)
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def raw(pages: Sequence[Any]) -> bytes:
    """The floor: the same text and the same subsets written object by object, with no library at all."""
    from forms.render.cidfont import Subset
    from forms.typeset.fonts import faces

    subsets = {name: Subset(face, f"F{n}") for n, (name, face) in enumerate(faces().items())}
    contents = []
    for _, texts, rules in pages:
        operators = ["0.5 w", *(f"{a:.2f} {b:.2f} m {c:.2f} {d:.2f} l S" for a, b, c, d in rules), "BT"]
        for x, y, text, name, points in texts:
            subset = subsets[name]
            shown = "".join(map(subset.code, text))
            operators.append(f"/{subset.resource} {points:g} Tf 1 0 0 1 {x:.2f} {y:.2f} Tm <{shown}> Tj")
        contents.append("\n".join([*operators, "ET"]).encode())
    return _file(_objects(pages, contents, list(subsets.values())))


def _objects(pages: Sequence[Any], contents: Sequence[bytes], subsets: Sequence[Any]) -> Iterator[bytes]:
    fonts = " ".join(f"/{subset.resource} {3 + 5 * n} 0 R" for n, subset in enumerate(subsets))
    first = 3 + 5 * len(subsets)
    kids = " ".join(f"{first + 2 * n} 0 R" for n in range(len(pages)))
    yield b"<< /Type /Catalog /Pages 2 0 R >>"
    yield f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] /Resources << /Font << {fonts} >> >> >>".encode()
    for n, subset in enumerate(subsets):
        at = 3 + 5 * n
        yield (
            f"<< /Type /Font /Subtype /Type0 /BaseFont /{subset.name} /Encoding /Identity-H"
            f" /DescendantFonts [{at + 1} 0 R] /ToUnicode {at + 4} 0 R >>"
        ).encode()
        yield (
            f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{subset.name} /W {subset.widths()}"
            " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
            f" /CIDToGIDMap /Identity /FontDescriptor {at + 2} 0 R >>"
        ).encode()
        described = " ".join(f"/{key} {value}" for key, value in subset.descriptor().items())
        yield f"<< /Type /FontDescriptor /FontName /{subset.name} {described} /FontFile2 {at + 3} 0 R >>".encode()
        yield _stream(subset.font_file())
        yield _stream(subset.to_unicode())
    for n, (size, content) in enumerate(zip((page[0] for page in pages), contents, strict=True)):
        box = f"/MediaBox [0 0 {size[0]} {size[1]}]"
        yield f"<< /Type /Page /Parent 2 0 R {box} /Contents {first + 2 * n + 1} 0 R >>".encode()
        yield _stream(content)


def _stream(data: bytes) -> bytes:
    packed = zlib.compress(data)
    return b"<< /Filter /FlateDecode /Length %d >>\nstream\n%b\nendstream" % (len(packed), packed)


def _file(objects: Iterator[bytes]) -> bytes:
    file = bytearray(b"%PDF-1.4\n")
    starts = []
    for number, data in enumerate(objects, 1):
        starts.append(len(file))
        file += b"%d 0 obj\n%b\nendobj\n" % (number, data)
    xref = len(file)
    file += b"xref\n0 %d\n0000000000 65535 f \n" % (len(starts) + 1)
    file += b"".join(b"%010d 00000 n \n" % start for start in starts)
    return bytes(file + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(starts) + 1, xref))


def main(way: str, shape: str, folder: Path) -> None:
    """Print one form, and tell the peak memory of this process where the system tells it."""
    if way == "ours":
        data = ours(shape)
    else:
        pages = json.loads((folder / f"{shape}.json").read_text("utf-8"))
        if way == "bare":
            register_stock_fonts()
        data = {"bare": bare, "raw": raw}[way](pages)
    (folder / f"{way}-{shape}.pdf").write_bytes(data)
    status = Path("/proc/self/status")
    peak = re.search(r"VmHWM:\s+(\d+)", status.read_text()) if status.exists() else None
    sys.stdout.write(peak.group(1) if peak else "0")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
