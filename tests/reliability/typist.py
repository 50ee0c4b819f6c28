"""A process that types into a library until it is killed: `python -m tests.reliability.typist LIBRARY FILING`.

Each number on its standard output is an edit that the library has acknowledged.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from forms.commands import AnyCommand, Batch, SetValue
from forms.draft import Change, Draft
from forms.filing import Place
from forms.store.library import Library

REVISED = 7  # edits from one revision to the next


def text(seq: int) -> str:
    """What edit number `seq` types: long enough to spill over a page now and then."""
    return f"第 {seq} 次修改" + "质量达标，" * (seq % 97)


def edit(seq: int) -> AnyCommand:
    """Edit number `seq`: a field, and every fifth time two fields that only make sense together."""
    typed = SetValue(Place(field="甲"), text(seq))
    return Batch((typed, SetValue(Place(field="乙"), str(seq)))) if seq % 5 == 0 else typed


def main() -> None:
    """Type and tell what was acknowledged, for ever."""
    ident = sys.argv[2]
    with Library.open(Path(sys.argv[1]), create=False) as library:
        draft = Draft(library.filing(ident), library.journal(ident)[-1:])

        def save(change: Change) -> None:
            seq = library.edit(ident, change.forward, change.inverse, origin=change.origin, expected_seq=change.seq)
            os.write(1, f"{seq}\n".encode())

        draft.subscribe(save)
        while True:
            draft.do(edit(draft.seq + 1))
            if draft.seq % REVISED == 0:
                library.revise(ident, reason="timer")


if __name__ == "__main__":
    main()
