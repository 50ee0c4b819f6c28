"""Import of the 12-form sample against python-docx merely opening it, and what the command line loads (T12)."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT.parent / "shared" / "samples" / "广东2022_任务清单与区域绩效目标申报表_1-12.docx"
HEAVY = ("reportlab", "openpyxl", "docx", "lxml", "sqlite_utils", "pypdfium2", "PIL", "PySide6", "jsonschema")
ROUNDS = 9

OURS = """
import sys
from pathlib import Path
from forms.desk import read_file
from forms.templates import Templates
assert len(read_file(Path(sys.argv[1]), Templates.shipped())) == 13
"""
PEER = "import sys, docx; docx.Document(sys.argv[1])"
LOADED = """
import sys
from forms.cli import main
main(["templates", "--json"])
print(*sorted(set(sys.argv[1:]) & set(sys.modules)), file=sys.stderr)
"""


def seconds(program: str, *arguments: str) -> float:
    """Wall time of a fresh process, children included."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", program, *arguments], check=True, cwd=ROOT, capture_output=True)
    return time.perf_counter() - start


def main() -> None:
    """Print name | ours | peer | ratio (quartiles) | target."""
    if SAMPLE.exists():
        pairs = [(seconds(OURS, str(SAMPLE)), seconds(PEER, str(SAMPLE))) for _ in range(ROUNDS)]
        ours, peer = (statistics.median(side) * 1000 for side in zip(*pairs, strict=True))
        low, ratio, high = statistics.quantiles([one / other for one, other in pairs], n=4)
        name = "import of 12 forms and a list, fresh process"
        sys.stdout.write(f"{name} | {ours:.0f} ms | {peer:.0f} ms (python-docx opens it) | ")
        sys.stdout.write(f"{ratio:.2f} ({low:.2f}-{high:.2f}) | told\n")
    else:
        sys.stdout.write("import of 12 forms | the samples are not on this machine\n")
    loaded = subprocess.run(
        [sys.executable, "-c", LOADED, *HEAVY], check=True, cwd=ROOT, capture_output=True, text=True
    )
    names = loaded.stderr.split()
    sys.stdout.write(f"T12 heavy modules after `jixiao templates` | {len(names)} {' '.join(names)} | 0 | | = 0\n")


if __name__ == "__main__":
    main()
