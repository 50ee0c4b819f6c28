"""The forms of many files, read one after the other in one process; a file that cannot be read costs no other."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass

from forms.desk import Incoming, read_file
from forms.errors import JixiaoError
from forms.importers.reading import reader
from forms.incoming.folders import Found
from forms.templates import Templates

Step = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Brought:
    """A file that was read: its forms, or why there are none. `searched` says that it was found in a folder."""

    name: str
    forms: tuple[Incoming, ...] = ()
    refused: str = ""
    searched: bool = False


def read_each(files: Sequence[Found], templates: Templates, step: Step) -> Generator[Brought, None, None]:
    """Read files in their order; closing the iterator ends the process that reads.

    `step` is told the number of the file that comes next, how many there are, and its name; what it raises ends all.
    """
    with reader() as read_next:
        for number, found in enumerate(files, 1):
            step(number, len(files), found.name)
            try:
                forms = read_file(found.path, templates, read_next, found.name)
            except JixiaoError as error:
                yield Brought(found.name, refused=str(error), searched=found.searched)
            else:
                yield Brought(found.name, tuple(forms), searched=found.searched)
