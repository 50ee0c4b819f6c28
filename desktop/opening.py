"""A filing that is open for work: its draft, its rules, its saving and the form it is filled in on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.autosave import Autosave
from desktop.bridge import Bridge
from desktop.editor.filing_form import FormView
from desktop.librarian import Librarian
from forms.desk import Opened
from forms.draft import Change, Draft
from forms.errors import JixiaoError
from forms.filing import Place
from forms.journal import meta_set
from forms.outputs import name_of
from forms.scope import Neighbours

_REVISION_MS = 5 * 60_000


class OpenFiling(QObject):
    """Joins the parts of one open filing; every change of the draft goes to the store by itself."""

    saved = Signal(str)  # the time of the last durable save, once nothing waits
    failed = Signal(object)  # forms.errors.JixiaoError: why a save did not succeed; it is tried again

    def __init__(self, librarian: Librarian, opened: Opened, parent: QObject) -> None:
        super().__init__(parent)
        self.ident = opened.filing.id
        self.place: Place | None = None
        self._gone = False
        self._librarian = librarian
        self.bridge = Bridge(Draft(opened.filing, opened.journal), opened.template, opened.neighbours, self)
        self._autosave = Autosave(librarian, self.ident, self, new=None if opened.kept else opened.filing)
        self._autosave.saved.connect(self._all_saved)
        self._autosave.failed.connect(self._not_saved)
        self._waiting: list[tuple[Callable[[], None], Callable[[], None]]] = []
        self.bridge.changed.connect(self._keep)
        self.form = FormView(self.bridge)
        self.form.focused.connect(self._stand)
        self.form.left.connect(self._autosave.flush)
        self._clock = QTimer(self)
        self._clock.setInterval(_REVISION_MS)
        self._clock.timeout.connect(lambda: self.revise("timer"))
        self._clock.start()

    @property
    def title(self) -> str:
        """What lists and the window call the filing."""
        return name_of(self.bridge.review)

    @property
    def idle(self) -> bool:
        """Whether everything that was typed is on the disk, the field under the caret aside."""
        return self._autosave.idle

    @property
    def kept(self) -> bool:
        """Whether the library holds the filing; a new one comes in with its first change."""
        return self._autosave.kept

    def flush(self) -> None:
        """Take what stands in the open editor and save it now."""
        self.form.flush()
        self._autosave.flush()

    def revise(self, reason: str) -> None:
        """Keep the filing as it stands on the disk as a whole revision; nothing new is no revision."""
        if self.kept:
            self._librarian.ask(
                lambda desk: desk.library.revise(self.ident, reason=reason), lambda _: None, self.failed.emit
            )

    def when_saved(self, then: Callable[[], None], otherwise: Callable[[], None], *, keep: bool = False) -> None:
        """Save everything; `then` follows once all of it is on the disk, `otherwise` where the disk refuses.

        `keep` puts a new filing into the library, too, though nobody has changed it.
        """
        self.flush()
        if keep:
            self._autosave.keep()
        if self.idle:
            then()
        else:
            self._waiting.append((then, otherwise))

    def discard(self) -> None:
        """Take the form off the screen; what was typed must be saved before."""
        self._gone = True
        self._clock.stop()
        self.form.deleteLater()
        self.deleteLater()

    def _keep(self, change: Change) -> None:
        self._autosave.add(change, self.title)
        if "year" in meta_set(change.forward):  # other filings stand beside it in another year
            filing = self.bridge.filing
            self._librarian.ask(lambda desk: desk.beside(filing), self._meet, self.failed.emit)

    def _meet(self, neighbours: Neighbours) -> None:
        if not self._gone:
            self.bridge.meet(neighbours)

    def _stand(self, place: Place) -> None:
        self.place = place

    def _all_saved(self, time: str) -> None:
        self.saved.emit(time)
        waiting, self._waiting = self._waiting, []
        for then, _ in waiting:
            then()

    def _not_saved(self, error: JixiaoError) -> None:
        self.failed.emit(error)
        waiting, self._waiting = self._waiting, []
        for _, otherwise in waiting:
            otherwise()
