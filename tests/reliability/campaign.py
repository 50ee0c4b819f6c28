"""How long the fault campaigns are: a part of them in the daily run, all of them in `make faults`."""

from __future__ import annotations

import os

ALL = os.environ.get("JIXIAO_FAULTS") == "full"


def rounds(daily: int, full: int) -> int:
    """The number of rounds of this run."""
    return full if ALL else daily
