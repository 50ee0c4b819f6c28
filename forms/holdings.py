"""What a library holds, known by its content, so that the same form under other ids is known again."""

from __future__ import annotations

from collections import defaultdict

from forms.canonical import canonical
from forms.contents import contents
from forms.errors import LibraryDamaged
from forms.files import digest
from forms.filing import Filing
from forms.store.library import Library

_Content = tuple[str, str]  # the title, and the digest of what is said under it


class Holdings:
    """The filings of a library as they stand and as they came in; each is read once, when its title is looked for."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._known: dict[_Content, str] = {}
        self._unread: defaultdict[str, list[str]] = defaultdict(list)
        for one in library.list():
            self._unread[one.printed].append(one.id)

    def find(self, title: str, filing: Filing) -> str:
        """The id of a filing with this title and this content; empty where there is none."""
        for ident in self._unread.pop(title, ()):
            for stored in self._stored(ident):
                self._known.setdefault(_content(title, stored), ident)
        return self._known.get(_content(title, filing), "")

    def add(self, title: str, filing: Filing) -> None:
        """Know one more, which has just come in."""
        self._known.setdefault(_content(title, filing), filing.id)

    def _stored(self, ident: str) -> tuple[Filing, ...]:
        try:
            return self._library.filing(ident), self._library.revision(ident, 1)[1]
        except LibraryDamaged:
            return ()  # told elsewhere; the same form may well come in once more


def _content(title: str, filing: Filing) -> _Content:
    return title, digest(canonical(contents(filing)))
