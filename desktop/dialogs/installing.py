"""A template that comes from outside, shown whole as the form it is before it is installed on this machine."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.bridge import Bridge
from desktop.dialogs.frame import LARGEST, Frame, Role
from desktop.editor.filing_form import FormView
from desktop.labels import plain
from forms.draft import Draft
from forms.filing import Filing, TemplateRef
from forms.language import N_, sentence
from forms.template.model import Template


class InstallDialog(Frame):
    """Accepted where the person wants the template; it is not signed, so it is for them to look at it."""

    def __init__(self, template: Template, parent: QWidget | None = None) -> None:
        super().__init__("install_dialog", LARGEST, parent)
        self._template = template
        self._told = plain("", "told")
        filing = Filing("look", TemplateRef(template.id, template.version, template.digest))
        self.form = FormView(Bridge(Draft(filing), template, parent=self), self)
        self._ok = self.button("accept", Role.AcceptRole)
        self._cancel = self.button("cancel", Role.RejectRole)
        self.content.addWidget(self._told)
        self.content.addWidget(self.form, 1)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language in use."""
        template = self._template
        told = {"name": template.name, "version": template.version, "rules": len(template.rules)}
        words = N_("表样“{name}”{version} 版，{rules} 条审核规则。它不是随程序来的，请看清楚再装；可以在下面试着填。")
        self._told.setText(sentence(words, told))
        self.setWindowTitle(sentence(N_("安装表样")))
        self._ok.setText(sentence(N_("装到本机")))
        self._cancel.setText(sentence(N_("取消")))
