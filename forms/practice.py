"""Examples to play with: copies of the bundled files that say everywhere that they are for practice and never leave."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from forms.desk import Desk, read_file
from forms.files import resource
from forms.filing import PRACTICE

_KINDS = frozenset({".docx", ".xlsx", ".txt"})


def examples() -> tuple[Path, ...]:
    """The example files that come with the program, by name."""
    return tuple(sorted(path for path in resource("examples").glob("*") if path.suffix in _KINDS))


def practise(desk: Desk, example: Path) -> tuple[str, ...]:
    """Put the forms of an example file into a library as forms for practice; gives their ids.

    Each time they come anew, as they stand in the file. Raises as `read_file` and `Desk.take_in`.
    """
    incoming = [replace(one, filing=one.filing.replace(origin=PRACTICE)) for one in read_file(example, desk.templates)]
    desk.take_in(incoming, origin="practice")
    return tuple(one.filing.id for one in incoming)
