"""Which name of one form means the same as which of another: by label, alias, period or usage."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from forms.importers.synonyms import synonyms
from forms.template.model import Template
from forms.template.spelling import label_key

USAGE = "沿用"  # the groups of labels.yaml that hold through the life of a filing
_Keys = Callable[[str, Template], frozenset[str]]


def counterparts(old: Iterable[str], source: Template, new: Iterable[str], target: Template) -> dict[str, str]:
    """For each name of the new form the one of the old form that means the same; each is used once.

    What is nearer goes first: the same label, an alias of either form, the same label without the word of the last
    period (年度资金总额 and 资金总额), and what usage says, where it says it of one name only.
    """
    waiting, free = list(new), list(old)
    found: dict[str, str] = {}
    for keys in (_label, _spellings, _without_period, _usage):
        for name in list(waiting):
            wanted = keys(name, target)
            alike = [other for other in free if wanted & keys(other, source)]
            if len(alike) == 1:
                found[name] = alike[0]
                waiting.remove(name)
                free.remove(alike[0])
    return found


def _label(name: str, _: Template) -> frozenset[str]:
    return frozenset({label_key(name)})


def _spellings(name: str, template: Template) -> frozenset[str]:
    return frozenset(map(label_key, (name, *template.aliases.get(name, ()))))


def _without_period(name: str, template: Template) -> frozenset[str]:
    """The spellings, also without the period a budget year's form calls its own; the other periods stay apart."""
    last = template.periods[-1:]
    keys = _spellings(name, template)
    return keys | {key.removeprefix(period) for key in keys for period in last if key != period}


def _usage(name: str, template: Template) -> frozenset[str]:
    keys = _spellings(name, template)
    return keys | {other for key in keys for other in synonyms(USAGE, key)}
