"""Forms into the library, file by file, and the line of the report that tells of each file."""

from __future__ import annotations

from collections.abc import Container
from itertools import compress

from forms.desk import Desk, titles
from forms.errors import FilingConflict, PackageRefused, TemplateUnknown
from forms.holdings import Holdings
from forms.incoming.reading import Brought
from forms.incoming.report import Fate, FileLine, file_line


def take_in(desk: Desk, brought: Brought, holdings: Holdings, chosen: Container[str] | None = None) -> FileLine:
    """Take the forms of one file into the library, in one transaction, and tell what became of them.

    `chosen` are the ids of the forms a person wants. Where nobody chose, a file that was named comes in as a whole, and
    of one that was found in a folder what the library does not hold: the same folder can be brought in again. A file
    the library refuses costs no other; SaveFailed where the disk takes no more, LibraryRefused.
    """
    called = titles(brought.forms)
    known = desk.known_as(brought.forms, called, holdings)
    wanted = [
        # A package that is there already stays as it is, whoever asks for it.
        other != one.filing.id and (one.filing.id in chosen if chosen is not None else not (other and brought.searched))
        for one, other in zip(brought.forms, known, strict=True)
    ]
    for one in compress(brought.forms, wanted):
        desk.templates.add(one.template.text)  # a package brings its own
    refused = _refusal(desk, brought, wanted)
    if not refused:
        for one, words in compress(zip(brought.forms, called, strict=True), wanted):
            holdings.add(words, one.filing)
    taken = Fate.REFUSED if refused else Fate.TAKEN
    fates = [taken if want else Fate.HELD if other else Fate.LEFT for want, other in zip(wanted, known, strict=True)]
    return file_line(brought, called, fates, known, refused)


def look_at(brought: Brought) -> FileLine:
    """The line of a file of which nothing is to be taken in."""
    return file_line(brought, titles(brought.forms), [Fate.SEEN] * len(brought.forms))


def _refusal(desk: Desk, brought: Brought, wanted: list[bool]) -> str:
    """Take in what is wanted; why the library refuses it, or nothing."""
    try:
        desk.take_in(compress(brought.forms, wanted))
    except (FilingConflict, TemplateUnknown, PackageRefused) as error:
        return str(error)
    return ""
