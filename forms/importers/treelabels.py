"""The labels of an indicator tree in a source: which 一级 or 二级 of the form a text means, if any."""

from __future__ import annotations

from forms.importers.columns import head
from forms.importers.synonyms import branches, limbs
from forms.template.model import Template, Tree
from forms.template.spelling import branch_key, label_key


class TreeLabels:
    """Every spelling of the labels of one tree."""

    def __init__(self, template: Template, tree: Tree) -> None:
        self.branches = branches(template, tree)
        self.limbs = limbs(template, tree)
        drawn = [words for limb in tree.limbs for words in (limb.label, *(branch.label for branch in limb.branches))]
        self._printed = set(map(label_key, drawn))

    def branch_of(self, text: str) -> tuple[str, str] | None:
        """The branch a label means: as it is spelt, or as it begins before a colon or bracket.

        `质量指标：…` and `数量指标（10分）` are labels; `数量（台）` is what somebody called an indicator.
        """
        return self.branches.get(branch_key(text)) or self.branches.get(beginning(text))

    def limb_of(self, text: str) -> str | None:
        """The 一级 a label means."""
        return self.limbs.get(branch_key(text)) or self.limbs.get(beginning(text))

    def names_label(self, text: str) -> bool:
        """Whether a text is the label of a 一级 or 二级."""
        return bool(self.limb_of(text) or self.branch_of(text))

    def is_printed(self, text: str) -> bool:
        """Whether a text is just what the form prints as a label."""
        return label_key(text) in self._printed


def beginning(text: str) -> str:
    """The key of the label a cell begins with; empty where it does not begin with one."""
    words = head(text)
    return branch_key(words) if words != text and looks_like_label(words) else ""


def looks_like_label(text: str) -> bool:
    """Whether a text looks like the label of a 一级 or 二级, though the form may have none of that name."""
    return label_key(text).endswith("指标")
