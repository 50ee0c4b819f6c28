"""The templates known: those shipped with the program and those a library keeps."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from forms.errors import TemplateRefused, TemplateUnknown
from forms.files import digest, resource
from forms.filing import Filing, TemplateRef
from forms.language import N_
from forms.template.load import is_set, load, load_set
from forms.template.model import FormSet, Template


class Templates:
    """Templates by 编号 and version; a text is parsed once, when it is first asked for. `texts` may hold sets too."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._texts: dict[str, str] = {}
        self._loaded: dict[str, Template] = {}
        self._sets: list[str] = []
        for text in texts:
            if is_set(text):
                self._sets.append(text)
            else:
                self.add(text)

    @classmethod
    def shipped(cls) -> Templates:
        """The templates that come with the program."""
        folder = resource("templates")
        return cls(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.yaml")))

    @classmethod
    def beside(cls, library: Path) -> Templates:
        """Those that come with the program and those installed beside `library`, which is not opened for it.

        A file there that is no template (any more) is passed over: the library itself keeps what was installed.
        """
        known = cls.shipped()
        for path in sorted(own_folder(library).glob("*.yaml")):
            with contextlib.suppress(OSError, UnicodeError, TemplateRefused):
                known.keep(load(path.read_text(encoding="utf-8")))
        return known

    @property
    def sets(self) -> tuple[FormSet, ...]:
        """The documents of several forms that are known."""
        return tuple(map(load_set, self._sets))

    def add(self, text: str) -> None:
        """Know one more template by its text."""
        self._texts[digest(text.encode())] = text

    def keep(self, template: Template) -> None:
        """Know a template that is read already."""
        key = digest(template.text.encode())
        self._texts[key], self._loaded[key] = template.text, template

    def __iter__(self) -> Iterator[Template]:
        """Every template, in the order they became known."""
        return (self._of(key) for key in list(self._texts))

    def of(self, filing: Filing) -> Template:
        """The very template a filing was filled on. Raises TemplateUnknown."""
        return self.named(filing.template)

    def named(self, ref: TemplateRef) -> Template:
        """The template of this exact digest. Raises TemplateUnknown."""
        if ref.digest not in self._texts:
            raise TemplateUnknown(N_("没有这份表用的表样 {id} {version}；请先安装它。"), id=ref.id, version=ref.version)
        return self._of(ref.digest)

    def newest(self, ident: str) -> Template:
        """The highest version of the form `ident`; of one version the text known last. Raises TemplateUnknown."""
        found = [one for one in self if one.id == ident]
        if not found:
            raise TemplateUnknown(N_("没有编号为“{id}”的表样；jixiao templates 列出编号。"), id=ident)
        return max(reversed(found), key=lambda one: _version_key(one.version))

    def current(self) -> tuple[Template, ...]:
        """The highest version of every form, in the order the forms became known."""
        return tuple(self.newest(ident) for ident in dict.fromkeys(one.id for one in self))

    def texts(self) -> Mapping[str, str]:
        """Every known text by digest."""
        return dict(self._texts)

    def _of(self, key: str) -> Template:
        if key not in self._loaded:
            self._loaded[key] = load(self._texts[key])
        return self._loaded[key]


def own_folder(library: Path) -> Path:
    """Where the templates installed in `library` also stand as files, for commands that do not open it."""
    return library.with_name(f"{library.stem}-templates")


def own_words(library: Path) -> Path:
    """Where the words for the checks stand that the user of `library` adds and takes away, if he does."""
    return library.with_name(f"{library.stem}-words.yaml")


def _version_key(version: str) -> list[tuple[int, str]]:
    """2022.10 comes after 2022.9, and words after each other as they are spelt."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"[.\-_]", version)]
