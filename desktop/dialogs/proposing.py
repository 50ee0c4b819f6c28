"""A form nobody has a template for becomes one: what was made of its cells is shown as the form, and can be changed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from desktop.bridge import Bridge
from desktop.choice_box import ChoiceBox
from desktop.dialogs.frame import LARGEST, Frame, Role
from desktop.editor.filing_form import FormView
from desktop.labels import plain
from desktop.models.proposed import ProposedModel
from desktop.wrapped_table import WrappedTable
from forms.authoring.cell_roles import Decision, Part
from forms.authoring.given_cells import GivenForm
from forms.authoring.given_cells import Place as Spot
from forms.authoring.proposal import Proposal, ProposedCell, propose
from forms.draft import Draft
from forms.errors import JixiaoError
from forms.filing import Filing, Place, TemplateRef
from forms.language import N_, sentence
from forms.template.model import Template
from forms.values import Kind

_PARTS = (Part.WORDS, Part.BLANK, Part.EMPTY)
_KINDS = tuple(kind for kind in Kind if kind not in (Kind.SERIAL, Kind.ROW_LABEL, Kind.CHOICE))


class ProposalDialog(Frame):
    """Shows the proposed form as it will be filled in, beside its cells; `kept` gives the text of the template."""

    kept = Signal(str)

    def __init__(self, forms: Sequence[GivenForm], known: Sequence[Template], parent: QWidget | None = None) -> None:
        super().__init__("proposal_dialog", QSize(LARGEST.width(), LARGEST.height()), parent)
        self._forms, self._known = forms, known
        self._decisions: dict[Spot, Decision] = {}
        self._proposal: Proposal | None = None
        self._form: FormView | None = None
        self._which = ChoiceBox(self)
        self._which.setObjectName("which")
        self._which.addItems([str(number + 1) for number in range(len(forms))])
        self._which.setVisible(len(forms) > 1)
        self._name, self._ident = QLineEdit(self), QLineEdit(self)
        self._name.setObjectName("name")
        self._ident.setObjectName("ident")
        self._questions = QPlainTextEdit(self)
        self._questions.setObjectName("questions")
        self._questions.setReadOnly(True)
        self._questions.setTabChangesFocus(True)
        self._model = ProposedModel(self)
        self.table = WrappedTable("cells", self._model, self)
        self._part, self._field, self._kind = ChoiceBox(self), QLineEdit(self), ChoiceBox(self)
        self._labels = {name: QLabel(self) for name in ("which", "name", "ident", "part", "field", "kind")}
        self._told = plain("", "told")
        self._middle = QWidget(self)
        self._ok = self.button("accept", Role.ActionRole, self._keep)
        self._cancel = self.button("cancel", Role.RejectRole)
        self._ok.setDefault(True)
        self._lay_out()
        self._join()
        self.retranslate()
        self._propose()

    @property
    def proposal(self) -> Proposal | None:
        """What is proposed now; None where nothing could be made of the form."""
        return self._proposal

    def retranslate(self) -> None:
        """Say everything in the language in use."""
        self.setWindowTitle(sentence(N_("由空白表做表样")))
        words = {
            "which": N_("文件里的第几张表"), "name": N_("名称"), "ident": N_("编号"), "part": N_("这一格是"),
            "field": N_("字段名"), "kind": N_("类型"),
        }  # fmt: skip
        for name, label in self._labels.items():
            label.setText(sentence(words[name]))
        self._questions.setAccessibleName(sentence(N_("要核对的地方")))
        self.table.setAccessibleName(sentence(N_("各格当作什么")))
        self._ok.setText(sentence(N_("装到本机")))
        self._cancel.setText(sentence(N_("取消")))
        self._model.retranslate()
        self._ask()

    # --- the proposal

    def _propose(self) -> None:
        """Make the template of the form and of what was decided so far, and show it."""
        number = max(self._which.currentIndex(), 0)
        given = {"ident": self._ident.text().strip(), "name": self._name.text().strip()}
        try:
            self._proposal = propose(self._forms, number, known=self._known, decisions=self._decisions, **given)
            template = self._proposal.template
        except JixiaoError as error:
            self._told.setText(str(error))
            self._ok.setEnabled(False)
            return
        self._told.setText(sentence(N_("左边就是做成的表，可以试着填；右边逐格核对。装到本机后，新填和导入都能用它。")))
        self._ok.setEnabled(True)
        self._name.setPlaceholderText(template.name)
        self._ident.setPlaceholderText(template.id)
        at = self.table.currentIndex().row()
        self._model.show(self._proposal)
        self._show_form(template)
        self._ask()
        if 0 <= at < self._model.rowCount():
            self.table.selectRow(at)

    def _show_form(self, template: Template) -> None:
        if self._form is not None:
            self._form.deleteLater()
        filing = Filing("proposal", TemplateRef(template.id, template.version, template.digest))
        self._form = FormView(Bridge(Draft(filing), template, parent=self), self._middle)
        self._form.focused.connect(self._follow)
        layout = self._middle.layout()
        assert layout is not None  # noqa: S101 — laid out before anything is proposed
        layout.addWidget(self._form)

    def _ask(self) -> None:
        questions = self._proposal.questions if self._proposal is not None else ()
        told = "\n".join(map(str, questions)) or sentence(N_("没有拿不准的地方。"))
        self._questions.setPlainText(told)

    def _another(self) -> None:
        self._decisions.clear()
        self._name.clear()
        self._ident.clear()
        self._propose()

    def _keep(self) -> None:
        if self._proposal is not None:
            self.kept.emit(self._proposal.text)
            self.accept()

    # --- one cell

    def _cell(self) -> ProposedCell | None:
        row = self.table.currentIndex().row()
        return self._model.lines[row] if 0 <= row < len(self._model.lines) else None

    def _look(self, _chosen: QItemSelection) -> None:
        """Show the cell of the list in the form, and what can be decided about it."""
        cell = self._cell()
        free = cell is not None and cell.part in _PARTS
        for widget in (self._part, self._field, self._kind):
            widget.setEnabled(free)
        if cell is None:
            return
        for combo, text in ((self._part, str(cell.part)), (self._kind, cell.kind.rstrip("*0123456789."))):
            combo.blockSignals(True)
            combo.setCurrentIndex(combo.findText(text))
            combo.blockSignals(False)
        self._field.setText(cell.field)
        if cell.field and self._form is not None and not self._form.isAncestorOf(self.focusWidget()):
            self._form.show_place(Place(field=cell.field))

    def _decide(self) -> None:
        cell = self._cell()
        if cell is None:
            return
        part = _PARTS[max(self._part.currentIndex(), 0)]
        name, kind = self._field.text().strip(), self._kind.currentText()
        if part is not Part.BLANK:
            name = kind = ""
        self._decisions[cell.given.place] = Decision(part, name, kind)
        self._propose()

    def _follow(self, place: Place) -> None:
        """Show in the list the cell of the form that is being looked at."""
        row = self._model.line_of(place.field)
        if row >= 0:
            self.table.selectRow(row)

    # --- how it is made

    def _join(self) -> None:
        self._which.currentIndexChanged.connect(self._another)
        for line in (self._name, self._ident):
            line.editingFinished.connect(self._propose)
        self._part.activated.connect(self._decide)
        self._kind.activated.connect(self._decide)
        self._field.editingFinished.connect(self._renamed)
        self.table.selectionModel().selectionChanged.connect(self._look)

    def _renamed(self) -> None:
        cell = self._cell()
        if cell is not None and self._field.text().strip() not in ("", cell.field):
            self._decide()

    def _lay_out(self) -> None:
        self._part.addItems([str(part) for part in _PARTS])
        self._kind.addItems([str(kind) for kind in _KINDS])
        right = QWidget(self)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        top = QFormLayout()
        for name, widget in (("which", self._which), ("name", self._name), ("ident", self._ident)):
            top.addRow(self._labels[name], widget)
            self._labels[name].setBuddy(widget)
        self._labels["which"].setVisible(len(self._forms) > 1)
        cell = QHBoxLayout()
        for name, widget in (("part", self._part), ("field", self._field), ("kind", self._kind)):
            cell.addWidget(self._labels[name])
            cell.addWidget(widget, 1 if widget is self._field else 0)
            self._labels[name].setBuddy(widget)
        self._questions.setMaximumHeight(90)
        column.addLayout(top)
        column.addWidget(self._questions)
        column.addWidget(self.table, 1)
        column.addLayout(cell)
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for number, characters in ((1, 3.5), (2, 8.0), (3, 6.0), (4, 4.0)):
            self.table.widen(number, characters)
        QVBoxLayout(self._middle).setContentsMargins(0, 0, 0, 0)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.addWidget(self._middle)
        split.addWidget(right)
        split.setSizes([LARGEST.width() - 440, 440])
        self.content.addWidget(self._told)
        self.content.addWidget(split, 1)
