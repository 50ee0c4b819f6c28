"""What a filing is called in lists and file names: its title as printed, and what tells it from others of that."""

from __future__ import annotations

from forms.checker.usages import Usage, usages
from forms.filing import Filing
from forms.template.model import Template

APART = "\N{EM SPACE}"  # between title and subject; a subject never holds one, so they can be parted again
_LONGEST = 60  # characters of a subject


def called(title: str, template: Template, filing: Filing) -> str:
    """`title`, and after it the project or else the unit the filing is about, unless the title names that itself."""
    subject = _subject(template, filing)
    return title if not subject or subject in title else f"{title}{APART}{subject[:_LONGEST]}"


def parted(words: str) -> tuple[str, str]:
    """The title and the subject of what a filing is called; the subject is empty where the title says it all."""
    title, found, subject = words.rpartition(APART)
    return (title, subject) if found else (words, "")


def _subject(template: Template, filing: Filing) -> str:
    """The text of the first field that is for the name of the project; of the unit where there is none."""
    told = usages(template)
    for usage in (Usage.TITLE, Usage.UNIT):
        for name in template.fields:
            if told.get(("", name)) is usage and (text := " ".join(filing.values.get(name, "").split())):
                return text
    return ""
