"""Fault 11: a flipped bit anywhere in the file. It is found, or it has changed no filing."""

from __future__ import annotations

import random
from pathlib import Path

from forms.commands import SetValue
from forms.errors import JixiaoError
from forms.filing import Filing, Place
from forms.store.library import Addition, Library
from tests.forms.sample_filings import FORM, a_filing
from tests.reliability.campaign import rounds

FLIPS = rounds(100, 1000)


def contents(library: Library, idents: list[str]) -> list[tuple[Filing, object, object]]:
    """All that the library says about its filings."""
    return [(library.filing(one), library.journal(one), library.revisions(one)) for one in idents]


def after_flip(path: Path, idents: list[str]) -> tuple[bool, object]:
    """Whether the damage is found, and what the library says where it is not."""
    try:
        with Library.open(path) as library:
            faults = library.check()
            return bool(faults), None if faults else contents(library, idents)
    except JixiaoError:
        return True, None


def test_a_flipped_bit_is_found_or_has_changed_no_filing(tmp_path: Path) -> None:
    path, draw = tmp_path / "library.db", random.Random(11)
    with Library.open(path) as library:
        filings = [a_filing(values={"甲": f"项目{number}" + "质量达标，" * 60}) for number in range(12)]
        library.add_many([Addition(one, FORM, report={"source": "x"}) for one in filings])
        for one in filings:
            library.edit(
                one.id, SetValue(Place(field="乙"), "1"), SetValue(Place(field="乙"), "210.00"), origin="typed"
            )
        library.revise(filings[0].id, reason="check")
        idents = [one.id for one in filings]
        said = contents(library, idents)
    whole = path.read_bytes()
    found = 0
    for _ in range(FLIPS):
        broken = bytearray(whole)
        broken[draw.randrange(len(broken))] ^= 1 << draw.randrange(8)
        path.write_bytes(broken)
        path.with_name(f"{path.name}-wal").unlink(missing_ok=True)
        noticed, says = after_flip(path, idents)
        found += noticed
        assert noticed or says == said
    assert found > FLIPS // 4
