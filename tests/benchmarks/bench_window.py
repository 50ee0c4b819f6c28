"""What the window costs beside its peers: python -m tests.benchmarks.bench_window prints ours, theirs, ratio, target.

Cold figures are CPU time of a whole process, warm ones CPU time of the window's thread; every pair is measured in
turn. A trailing figure of milliseconds is told for the eye: only the ratios compare one machine with another.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from itertools import cycle
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFormLayout, QLineEdit, QTreeView, QWidget

from desktop.bridge import Bridge
from desktop.editor.filing_form import FormView
from desktop.editor.tree import IndicatorView
from desktop.paper import Document
from forms import desk
from forms.commands import SetValue
from forms.draft import Draft
from forms.filing import Filing, Place, TemplateRef
from forms.template.load import load
from tests.benchmarks.bench_paper import cold, in_turn, row, warm
from tests.benchmarks.bench_store import build
from tests.desktop.indicator_forms import indicator, thousand
from tests.desktop.indicator_forms import opened as opened_tree
from tests.desktop.open_forms import incoming

SCREEN = 96 / 72  # pixels a point of an ordinary screen

WINDOW = """
import os, sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
app = QApplication([])
from desktop.librarian import Librarian
from desktop.settings import Settings
from desktop.window import Window
window = Window(Librarian(Path(sys.argv[1])), Settings(Path(sys.argv[2])))
window.show()
while not window._painted:
    app.processEvents()
os._exit(0)
"""
BARE = """
import os
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
painted = []
class Bare(QMainWindow):
    def paintEvent(self, event):
        painted.append(event)
window = Bare()
window.resize(1366, 768)
window.show()
while not painted:
    app.processEvents()
os._exit(0)
"""


def form(fields: int) -> Bridge:
    """An empty form with so many fields, two in a row, and a sum over the amounts among them."""
    names = [f"栏目{number}" for number in range(fields)]
    kinds = "\n".join(f"  {name}: {kind}" for name, kind in zip(names, cycle(("文本", "金额", "长文", "日期"))))
    drawn = "\n".join(f"  {one} | [{one}] | {two} | [{two}]" for one, two in zip(names[::2], names[1::2], strict=True))
    text = (
        f'语法: 1\n编号: bench-{fields}\n模板: 测速表\n版本: "1"\n标题: 测速表\n单位: 万元\n字段:\n{kinds}\n'
        f"列宽: [10, 20, 10, 20]\n版式: |\n{drawn}\n规则:\n  合计: 栏目1 + 栏目5 >= 0 | 合计不能小于零\n"
    )
    template = load(text)
    return Bridge(Draft(Filing("f", TemplateRef(template.id, template.version, template.digest))), template)


def shown(widget: QWidget) -> QWidget:
    """The widget on the screen, laid out and painted."""
    widget.resize(900, 700)
    widget.show()
    QApplication.processEvents()
    return widget


def built(make: Callable[[], QWidget]) -> float:
    """CPU milliseconds until a widget that is made anew is on the screen."""
    kept: list[QWidget] = []
    spent = warm(lambda: kept.append(shown(make())))
    kept[0].close()
    kept[0].deleteLater()
    # Without an event loop it would live on, and follow every change that is measured after it.
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return spent


def bare_form() -> QWidget:
    """60 plain line edits."""
    widget = QWidget()
    layout = QFormLayout(widget)
    for number in range(60):
        layout.addRow(f"栏目{number}", QLineEdit())
    return widget


def bare_tree(bridge: Bridge) -> QWidget:
    """The texts of a tree in Qt's own model and view, which neither wrap nor count nor check."""
    model, view = QStandardItemModel(), QTreeView()
    branches: dict[str, QStandardItem] = {}
    for one in bridge.filing.indicators:
        if one.level2 not in branches:
            branches[one.level2] = QStandardItem(one.level2)
            model.appendRow(branches[one.level2])
        branches[one.level2].appendRow([QStandardItem(one.columns.get(name, "")) for name in one.columns])
    model.setParent(view)
    view.setModel(model)
    view.expandAll()
    return view


def tree(bridge: Bridge) -> IndicatorView:
    """The view of the tree of these tests."""
    return IndicatorView(bridge, bridge.template.sheets[0].blocks[0])


def key(view: FormView | IndicatorView, place: Place) -> float:
    """CPU milliseconds of one letter from the key to the paint, the rules settled; the mean of a few at a place."""
    view.activateWindow()
    view.reveal(place)
    QApplication.processEvents()
    editor = QApplication.focusWidget()
    assert editor is not None

    def press() -> None:
        for letter in (Qt.Key.Key_1, Qt.Key.Key_Backspace):
            QTest.keyClick(editor, letter)
            QApplication.processEvents()

    press()  # the window comes to the front and paints itself
    return statistics.mean(warm(press) / 2 for _ in range(10))


def edit_row(view: IndicatorView) -> float:
    """CPU milliseconds of a row copied and taken back, painted both times."""

    def work() -> None:
        view.rows.duplicate()
        QApplication.processEvents()
        view.bridge.undo()
        QApplication.processEvents()

    return warm(work) / 2


def bench_start(folder: Path) -> None:
    """T11: a fresh process to the first paint, beside an empty window of Qt."""
    build(folder / "hundred.db", 100)
    ours = [sys.executable, "-c", WINDOW, str(folder / "hundred.db"), str(folder / "settings.ini")]
    told = in_turn(partial(cold, ours), partial(cold, [sys.executable, "-c", BARE]))
    row("T11 to first paint, 100 filings, CPU ms / bare window", *told, "T11 ≤ 1.15")


def bench_preview() -> None:
    """T16: the page made anew and shown, beside PDFium that opens and draws it."""
    bridge = Bridge(Draft(incoming()[0].filing), incoming()[0].template)
    data = desk.pdf(bridge.review)

    def draw(pdf: bytes) -> None:
        document = Document(pdf)
        document.image(0, SCREEN)
        document.close()

    told = in_turn(lambda: warm(lambda: draw(desk.pdf(bridge.review))), lambda: warm(lambda: draw(data)))
    row("T16 page made anew and drawn, ms / drawn only", *told, "T16 ≤ 3")


def bench_form() -> None:
    """T17, T18: a form built, and a letter typed into a small and a large one."""
    told = in_turn(lambda: built(lambda: FormView(form(60))), lambda: built(bare_form))
    row("T17 60 fields built and shown, ms / 60 line edits", *told, "T17 ≤ 1.5")
    small, large = FormView(form(60)), FormView(form(500))
    shown(small)
    shown(large)
    at = Place(field="栏目1")
    told = in_turn(lambda: key(large, at), lambda: key(small, at))
    row("T18 letter to paint, 500 fields, ms / 60 fields", *told, "T18 ≤ 1.5")


def bench_tree() -> None:
    """1,000 indicators beside 20, and beside Qt's own model of the same texts."""
    large, small = thousand(), opened_tree([indicator(f"i{number}") for number in range(20)])
    told = in_turn(lambda: warm(lambda: settle(large)), lambda: warm(lambda: settle(small)))
    row("a letter and the rules, no view, 1,000, ms / 20", *told, "told")
    told = in_turn(lambda: built(lambda: tree(large)), lambda: built(lambda: bare_tree(large)))
    row("1,000 indicators built and shown, ms / Qt's own tree", *told, "told")
    views = [tree(large), tree(small)]
    for view in views:
        shown(view)
    at = Place(indicator="i15", column="指标值")
    told = in_turn(lambda: key(views[0], at), lambda: key(views[1], at))
    row("letter to paint, 1,000 indicators, ms / 20", *told, "≤ 50 ms on a slow machine")
    for view in views:
        QTest.keyClick(view.cell_editor() or view, Qt.Key.Key_Escape)
    told = in_turn(lambda: edit_row(views[0]), lambda: edit_row(views[1]))
    row("a row more or less, 1,000 indicators, ms / 20", *told, "≤ 100 ms on a slow machine")


def settle(bridge: Bridge) -> None:
    """Change one text without a view."""
    at = Place(indicator="i3", column="指标值")
    bridge.draft.do(SetValue(at, bridge.filing.text(at) + "1"), merge=at)


def main() -> None:
    """Print name | ours | peer | ratio | target."""
    app = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        bench_start(Path(folder))
    bench_preview()
    bench_form()
    bench_tree()
    app.quit()


if __name__ == "__main__":
    main()
