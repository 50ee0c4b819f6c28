"""`make bench`: every benchmark in one run, as ratios against a floor or a peer measured beside it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PARTS = ("bench_paper", "bench_store", "bench_search", "bench_xlsx", "bench_import", "bench_window")

for part in PARTS:
    if Path(__file__).with_name(f"{part}.py").exists():
        sys.stdout.write(f"\n== {part}\n")
        sys.stdout.flush()
        subprocess.run([sys.executable, "-m", f"tests.benchmarks.{part}"], check=True)
