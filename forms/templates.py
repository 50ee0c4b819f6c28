"""The templates known: those shipped with the program and those a library keeps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from forms.errors import TemplateUnknown
from forms.files import digest, resource
from forms.filing import Filing, TemplateRef
from forms.language import N_
from forms.template.load import is_set, load
from forms.template.model import Template


class Templates:
    """Templates by 编号 and version; a text is parsed once, when it is first asked for."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._texts: dict[str, str] = {}
        self._loaded: dict[str, Template] = {}
        for text in texts:
            self.add(text)

    @classmethod
    def shipped(cls) -> Templates:
        """The templates that come with the program."""
        folder = resource("templates")
        texts = (path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.yaml")))
        return cls(text for text in texts if not is_set(text))

    def add(self, text: str) -> None:
        """Know one more template by its text."""
        self._texts[digest(text.encode())] = text

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

    def texts(self) -> Mapping[str, str]:
        """Every known text by digest."""
        return dict(self._texts)

    def _of(self, key: str) -> Template:
        if key not in self._loaded:
            self._loaded[key] = load(self._texts[key])
        return self._loaded[key]
