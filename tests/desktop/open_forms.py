"""Real forms for window tests: those of the example file, read once."""

from __future__ import annotations

from functools import cache

from desktop.bridge import Bridge
from forms import desk
from forms.desk import Incoming
from forms.draft import Draft
from forms.files import resource
from forms.filing import Filing, TemplateRef
from forms.scope import Gathering
from forms.template.model import Template
from forms.templates import Templates

EXAMPLE = next(resource("examples").glob("*任务清单*.docx"))


@cache
def incoming() -> tuple[Incoming, ...]:
    """The forms of the example file."""
    return tuple(desk.read_file(EXAMPLE, Templates.shipped()))


def opened(words: str) -> Bridge:
    """The form of the example whose values hold `words`, open beside the others."""
    forms = incoming()
    chosen = next(one for one in forms if words in one.filing.values.values())
    beside = Gathering((one.template, one.filing) for one in forms)
    return Bridge(Draft(chosen.filing), chosen.template, beside)


def empty(template_id: str = "gd-quyu-2022") -> Bridge:
    """A form in which nothing is filled in."""
    template = named(template_id)
    return Bridge(Draft(Filing("f", TemplateRef(template.id, template.version, template.digest))), template)


def named(template_id: str) -> Template:
    """A shipped template."""
    return next(one for one in Templates.shipped() if one.id == template_id)
