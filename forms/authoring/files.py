"""A template from whatever file a person has it in: the text itself, or a workbook."""

from __future__ import annotations

from pathlib import Path

from forms.authoring import workbook_reading
from forms.errors import SourceRefused
from forms.importers.kinds import told_plainly
from forms.language import N_
from forms.template.load import is_set, load
from forms.template.model import Template
from forms.template.tree import MAX_BYTES

_TEXTS = (".yaml", ".yml")


def read(path: Path) -> Template:
    """The template in a .yaml or .xlsx file. Raises SourceRefused, and TemplateRefused with every fault."""
    if path.suffix.lower() == ".xlsx":
        return workbook_reading.read_file(path)
    text = _text(path)
    if is_set(text):
        raise SourceRefused(N_("“{name}”是成套文件，不是一份表样；请给出其中一份表样。"), name=path.name)
    return load(text, path.name)


def _text(path: Path) -> str:
    with told_plainly(path):
        if path.suffix.lower() not in _TEXTS:
            raise SourceRefused(N_("“{name}”不是表样；表样是 .yaml 文件，或由它做成的 .xlsx 工作簿。"))
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise SourceRefused(N_("“{name}”超过 5 MB，不是表样。"))
        try:
            return data.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            raise SourceRefused(N_("“{name}”不是 UTF-8 编码；请用记事本打开，另存为 UTF-8 后再试。")) from error
