"""The indicators that can be taken over, gathered in small pieces, so that no save has to wait for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.librarian import Librarian
from forms.errors import JixiaoError

if TYPE_CHECKING:  # the core is loaded after the first paint
    from forms.errors import IndicatorsRefused
    from forms.indicator_library import Entry, IndicatorLibrary

_AT_ONCE = 20  # filings: some milliseconds of the store's thread


class KnownIndicators(QObject):
    """Asks the librarian for what is known; `library` is None until the packs are there, and grows from then on."""

    refused = Signal(object)  # forms.errors.IndicatorsRefused: a pack of the library's own people
    gathered = Signal()  # everything is known

    def __init__(self, librarian: Librarian, parent: QObject) -> None:
        super().__init__(parent)
        self._librarian = librarian
        self.library: IndicatorLibrary | None = None

    def gather(self) -> None:
        """Begin to ask; each answer asks for the next piece."""
        from forms.known_indicators import newest, packs  # noqa: PLC0415 — after the first paint

        self._ask(packs, self._begin)
        self._ask(newest, self._go_on)

    def _begin(self, found: tuple[tuple[Entry, ...], tuple[IndicatorsRefused, ...]]) -> None:
        from forms.indicator_library import IndicatorLibrary  # noqa: PLC0415 — after the first paint

        entries, refused = found
        self.library = IndicatorLibrary(entries)
        for error in refused:
            self.refused.emit(error)

    def _go_on(self, idents: tuple[str, ...]) -> None:
        from forms.known_indicators import used  # noqa: PLC0415 — after the first paint

        if not idents:
            self.gathered.emit()
            return
        piece, rest = idents[:_AT_ONCE], idents[_AT_ONCE:]
        self._ask(lambda desk: used(desk, piece), lambda found: self._learn(found, rest))

    def _learn(self, found: tuple[Entry, ...], rest: tuple[str, ...]) -> None:
        if self.library is not None:
            self.library.learn(found)
        self._go_on(rest)

    def _ask(self, what: Callable[..., object], answer: Callable[..., None]) -> None:
        self._librarian.ask(what, answer, _unheard)


def _unheard(_: JixiaoError) -> None:
    """Nothing is offered then; why the library cannot be read is said by whoever needs it."""
