"""The heading above an indicator tree: that of the paper, the first column named after all the levels it holds."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from desktop.editor.heads import BlockHeader, Head
from forms.template.drawing import LEVEL1, LEVEL2
from forms.template.model import Block, Sheet

_BETWEEN = " / "


class TreeHeader(BlockHeader):
    """Headings over a tree, in which the 一级 and 二级 stand above their rows and have no column of their own."""

    def __init__(self, sheet: Sheet, block: Block, parent: QWidget | None = None) -> None:
        super().__init__(sheet, block, parent)
        self._levels = [one.name for one in block.columns if one.name in (LEVEL1, LEVEL2)]

    def heads(self) -> list[Head]:
        """Every heading cell; over the first column alone the levels in front of its own name."""
        return [
            replace(head, text=_BETWEEN.join([*self._levels, head.text])) if not head.last else head
            for head in super().heads()
        ]
