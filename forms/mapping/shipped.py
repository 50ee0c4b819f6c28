"""The systems and mappings that come with the program: one file a system, one file a template, named after it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from forms.errors import SourceRefused
from forms.files import resource
from forms.language import N_
from forms.mapping.load import load_mapping, load_system
from forms.mapping.model import Interchange, System
from forms.template.model import Template


@cache
def system(name: str) -> System | None:
    """The shipped system of this id; None where there is none."""
    path = resource("mappings", "systems") / f"{name}.yaml"
    # A name from a file is compared, never joined to a path that could lead elsewhere.
    known = {one.stem for one in path.parent.glob("*.yaml")}
    return load_system(path.read_text(encoding="utf-8"), path.name) if name in known else None


@cache
def mapping_of(template: Template) -> Interchange | None:
    """How `template` goes into a finance system; None where no mapping is known. Raises MappingRefused."""
    ident = template.id
    while ident:
        path = resource("mappings") / f"{ident}.yaml"
        if path.is_file():
            return read_mapping(path, template)
        ident = ident.rpartition("-")[0]  # mof-hexin-2021-100 has the blanks of mof-hexin-2021
    return None


def read_mapping(path: Path, template: Template) -> Interchange:
    """The mapping in a file, for `template`, into a shipped system. Raises MappingRefused, SourceRefused."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeError) as error:
        raise SourceRefused(N_("“{name}”打不开；请检查文件名和权限。"), name=path.name) from error
    return load_mapping(text, template, system, path.name)
