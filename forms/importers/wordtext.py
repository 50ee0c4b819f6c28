"""The words of a Word document: what its runs say, what was left out, and which boxes of text hang on them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from forms.language import N_

if TYPE_CHECKING:
    from lxml.etree import _Element

CHANGES = N_("文件有修订痕迹：按接受修订后的内容读入，删去的文字没有读入。")
HIDDEN = N_("文件有隐藏的文字，已一并读入，请核对。")
NUMBERING = N_("文件有自动编号，编号不是文字，没有读入。")
FOOTNOTES = N_("文件有脚注或尾注，没有读入。")
COMMENTS = N_("文件有批注，没有读入。")
SYMBOLS = N_("文件有以符号字体插入的符号，没有读入，请核对。")
PROMPTS = N_("文件有尚未填写的提示文字（如“单击此处输入文字”），没有读入。")
NESTED = N_("表格的单元格里还有表格，其内容已并入该单元格，请核对。")
FURNITURE = N_("页眉或页脚里有文字，没有读入。")
OUTSIDE = N_("文件里嵌入了另一个文件，其内容没有读入。")
COVERED = N_("合并单元格遮住了文字，已并入合并后的单元格，请核对。")

_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_TOLD = {
    "del": CHANGES, "moveFrom": CHANGES, "delText": CHANGES, "sym": SYMBOLS, "footnoteReference": FOOTNOTES,
    "endnoteReference": FOOTNOTES, "commentReference": COMMENTS, "altChunk": OUTSIDE,
}  # fmt: skip
_SILENT = {"instrText", "delInstrText", "rt", "sdtPr", "fldData", "textpath"}
_PAGE_BREAKS = {"page", "column"}
_OFF = {"0", "false", "off", "none"}


def local(element: _Element) -> str:
    """The name of `element` without its namespace."""
    tag: str = element.tag
    return tag[tag.rfind("}") + 1 :]


def attribute(element: _Element | None, name: str, absent: str = "") -> str:
    """The attribute of any namespace called `name`: strict and transitional files differ in nothing else."""
    if element is not None:
        for key, value in element.items():
            if key.rpartition("}")[2] == name:
                return str(value)
    return absent


def child(element: _Element | None, *path: str) -> _Element | None:
    """The element reached by taking at each name of `path` the first child called so."""
    for name in path:
        if element is None:
            return None
        element = next((inner for inner in element if local(inner) == name), None)
    return element


def is_on(element: _Element | None) -> bool:
    """Whether a switch such as w:vanish is there and not turned off."""
    return element is not None and attribute(element, "val", "true").lower() not in _OFF


class Told(dict[str, None]):
    """What there is to say about the document, each once, in the order met."""

    def tell(self, message: str) -> None:
        """Add `message` unless it was said."""
        self[message] = None


def opened(element: _Element, told: Told) -> Iterator[_Element]:
    """The children of `element`, wrappers opened: content controls, tracked insertions, alternatives, links.

    Deleted content is left out and told; of alternatives the first that is understood stands.
    """
    for inner in element:
        name = local(inner)
        if name in _TOLD:
            told.tell(_TOLD[name])
        elif name in {"ins", "moveTo"}:
            told.tell(CHANGES)
            yield from opened(inner, told)
        elif name == "sdt":
            yield from _control(inner, told)
        elif name in {"sdtContent", "customXml", "smartTag", "hyperlink", "fldSimple", "dir", "bdo"}:
            yield from opened(inner, told)
        elif name == "AlternateContent":
            yield from _alternative(inner, told)
        else:
            yield inner


def _control(control: _Element, told: Told) -> Iterator[_Element]:
    if is_on(child(control, "sdtPr", "showingPlcHdr")):
        told.tell(PROMPTS)
        return
    content = child(control, "sdtContent")
    if content is not None:
        yield from opened(content, told)


def _alternative(alternatives: _Element, told: Told) -> Iterator[_Element]:
    chosen = child(alternatives, "Choice")
    if chosen is None:
        chosen = child(alternatives, "Fallback")
    if chosen is not None:
        yield from opened(chosen, told)


def paragraph(element: _Element, told: Told) -> tuple[str, list[_Element]]:
    """The text of a w:p with its line breaks as LF, and the boxes of text (w:txbxContent) that hang on it."""
    pieces: list[str] = []
    boxes: list[_Element] = []
    _collect(element, pieces, boxes, told)
    text = "".join(pieces)
    if text.strip() and child(element, "pPr", "numPr") is not None:
        told.tell(NUMBERING)
    return text, boxes


def _collect(element: _Element, pieces: list[str], boxes: list[_Element], told: Told) -> None:
    for inner in opened(element, told):
        name = local(inner)
        if name == "t":
            pieces.append(inner.text or "")
        elif name in _SIGNS:
            if attribute(inner, "type") not in _PAGE_BREAKS:
                pieces.append(_SIGNS[name])
        elif name == "rPr":
            if is_on(child(inner, "vanish")) and child(element, "t") is not None:
                told.tell(HIDDEN)
        elif name == "txbxContent":
            boxes.append(inner)
        elif name not in _SILENT and name != "pPr":
            _collect(inner, pieces, boxes, told)
