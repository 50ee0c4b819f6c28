"""The dialog for a new filing: the forms by name, and a picture of the one that is looked at."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QSplitter, QVBoxLayout, QWidget

from desktop.dialogs.frame import LARGEST, Frame, Role
from desktop.dialogs.who_and_when import WhoAndWhen
from desktop.jobs import Job, Jobs
from desktop.labels import plain
from desktop.librarian import Librarian
from desktop.pagelist import PageList
from desktop.paper import Document
from desktop.two_lines import DETAILS_ROLE, TwoLines
from forms import desk
from forms.errors import JixiaoError
from forms.filing import Filing, TemplateRef, new_id
from forms.language import N_, sentence
from forms.profile import Profile
from forms.rules import Review
from forms.template.model import Template

_KEY = Qt.ItemDataRole.UserRole


class NewDialog(Frame):
    """Lets a person choose a form. `chosen` gives its 编号; nothing is made before the dialog is accepted."""

    def __init__(
        self, librarian: Librarian, jobs: Jobs, parent: QWidget | None = None, *, today: date | None = None
    ) -> None:
        super().__init__("new_dialog", QSize(860, LARGEST.height()), parent)
        self._jobs = jobs
        self._job: Job | None = None
        self._templates: dict[str, Template] = {}
        self._pictures: dict[str, bytes] = {}
        self._search = QLineEdit(self)
        self._search.setObjectName("search")
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._narrow)
        self._list = QListWidget(self)
        self._list.setObjectName("templates")
        self._list.setItemDelegate(TwoLines(self._list))
        self._list.setUniformItemSizes(True)
        self._list.currentItemChanged.connect(self._look)
        self._list.itemActivated.connect(self.accept)
        self._terms = WhoAndWhen(today or date.today(), self)
        self._about = plain("", "about")
        self._picture = PageList(self)
        self._ok = self.button("accept", Role.AcceptRole)
        self._cancel = self.button("cancel", Role.RejectRole)
        self._ok.setEnabled(False)
        self._lay_out()
        self.finished.connect(self._let_go)
        self.retranslate()
        fail = self.while_open(self._fail)
        librarian.ask(lambda desk: desk.templates.current(), self.while_open(self._show), fail)
        librarian.ask(lambda desk: desk.profiles(), self.while_open(self._terms.offer), fail)

    def chosen(self) -> str:
        """The 编号 of the form looked at; empty where there is none."""
        item = self._list.currentItem()
        return str(item.data(_KEY)) if item is not None and not item.isHidden() else ""

    def unit(self) -> Profile | None:
        """The unit that fills in the form; None where none is written down."""
        return self._terms.unit()

    def year(self) -> str:
        """The year the form is for."""
        return self._terms.year()

    def retranslate(self) -> None:
        """Say everything in the language in use."""
        self.setWindowTitle(sentence(N_("新填一份")))
        self._terms.retranslate()
        self._search.setPlaceholderText(sentence(N_("按名称、地区查找表样")))
        self._search.setAccessibleName(self._search.placeholderText())
        self._list.setAccessibleName(sentence(N_("表样")))
        for row in range(self._list.count()):
            item = self._list.item(row)
            item.setData(DETAILS_ROLE, _details(self._templates[item.data(_KEY)]))
        self._picture.setAccessibleName(sentence(N_("空白表的样子")))
        self._ok.setText(sentence(N_("新填这种表")))
        self._cancel.setText(sentence(N_("取消")))
        self._describe()

    # --- how it is done

    def _show(self, templates: tuple[Template, ...]) -> None:
        self._templates = {one.id: one for one in templates}
        for one in self._templates.values():
            item = QListWidgetItem(one.name, self._list)
            item.setData(_KEY, one.id)
            item.setData(DETAILS_ROLE, _details(one))
            item.setToolTip(one.name)
        self._list.setCurrentRow(0)
        self._search.setFocus()  # whoever types narrows the list; ↓ goes into it

    def _narrow(self, text: str) -> None:
        """Show the forms whose words hold all that was typed."""
        wanted = text.split()
        items = [self._list.item(row) for row in range(self._list.count())]
        for item in items:
            words = f"{item.text()} {item.data(DETAILS_ROLE)}"
            item.setHidden(not all(word in words for word in wanted))
        current = self._list.currentItem()
        if current is None or current.isHidden():
            self._list.setCurrentItem(next((item for item in items if not item.isHidden()), current))
        self._look()

    def _look(self) -> None:
        ident = self.chosen()
        self._ok.setEnabled(bool(ident))
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self._describe()
        template = self._templates.get(ident)
        if template is None:
            self._picture.show_document(None)
            return
        if ident in self._pictures:
            self._picture.show_document(Document(self._pictures[ident]))
            return
        self._job = self._jobs.run(
            self.windowTitle(), lambda _: _printed(template), lambda data: self._keep(ident, data), self._fail
        )

    def _describe(self) -> None:
        """Say what form is looked at, and what is not known of it."""
        template = self._templates.get(self.chosen())
        if template is None:
            self._about.setText(sentence(N_("没有这样的表样。")) if self._templates else "")
            return
        told = {"name": template.name, "region": template.region, "version": template.version}
        lines = [sentence(N_("{name}（{region}，{version}）"), told)]
        if template.awaiting:
            lines.append(sentence(N_("版面凭规定写出，还没有和空白表核对；用前请与当地印发的表对照。")))
        self._about.setText("\n".join(lines))

    def _keep(self, ident: str, data: bytes) -> None:
        self._pictures[ident] = data
        if ident == self.chosen():
            self._picture.show_document(Document(data))

    def _fail(self, error: JixiaoError) -> None:
        self._about.setText(str(error))

    def _let_go(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._picture.show_document(None)

    def _lay_out(self) -> None:
        left, right = QWidget(self), QWidget(self)
        for side, widgets in ((left, (self._search, self._list, self._terms)), (right, (self._about, self._picture))):
            column = QVBoxLayout(side)
            column.setContentsMargins(0, 0, 0, 0)
            for widget in widgets:
                column.addWidget(widget)
        both = QSplitter(Qt.Orientation.Horizontal, self)
        both.setChildrenCollapsible(False)
        both.addWidget(left)
        both.addWidget(right)
        both.setSizes([360, 480])
        self.content.addWidget(both, 1)


def _details(template: Template) -> str:
    """What tells forms of one name apart."""
    awaiting = sentence(N_("版面待核")) if template.awaiting else ""
    return " · ".join(filter(None, (template.region, template.version, awaiting)))


def _printed(template: Template) -> bytes:
    """The blank form as a PDF."""
    blank = Filing(new_id(), TemplateRef(template.id, template.version, template.digest))
    return desk.pdf(Review(template, blank))
