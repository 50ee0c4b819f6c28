"""Cells that mix words and blanks, read backwards: what each blank takes of a text, and what is left over."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from forms.template.model import Blank, Field, Part, Template, Words
from forms.template.spelling import MONEY_UNITS
from forms.units import unit_of
from forms.values import Kind, read

_UNITS = {Kind.YEAR: ("年度", "年"), Kind.PERCENT: ("%", "％")}
_NUMERIC = (Kind.MONEY, Kind.PERCENT, Kind.YEAR, Kind.INTEGER)
_BREAKS = re.compile("[：:，,；;。（()）]")
_GULF = re.compile(r"\s{200}")  # which patterns that allow blanks anywhere would try at every split
_MARKS = "☑√■✓✔þ"
_BOXES = _MARKS + "□☐"


def split_cell(template: Template, parts: Sequence[Part], text: str) -> tuple[dict[str, str], str]:
    """What each blank of a mixed cell takes from a text, and what is left over.

    The printed words are anchors: where all of them are there in order the blanks take what stands between; with a
    single blank the words around it may be missing, one by one. Boxes are read by the mark beside their choice.
    """
    blanks = [part for part in parts if isinstance(part, Blank)]
    if any(blank.tick for blank in blanks):
        return _ticked(blanks, text)
    if len(blanks) == 1:
        return {blanks[0].field: _between(template.fields[blanks[0].field], parts, text, template)}, ""
    pattern = "".join(
        rf"(?P<f{number}>.*?)" if isinstance(part, Blank) else loose(part.text) for number, part in enumerate(parts)
    )
    if match := re.fullmatch(pattern + r"\s*", text, re.DOTALL):
        return {part.field: match[f"f{n}"].strip() for n, part in enumerate(parts) if isinstance(part, Blank)}, ""
    if found := _pieces(template, parts, text):
        return found, ""
    prose = next((b.field for b in blanks if template.fields[b.field].kind is Kind.LONG), None)
    return ({prose: text}, "") if prose else ({}, text)


def _pieces(template: Template, parts: Sequence[Part], text: str) -> dict[str, str]:
    """What each blank takes where only some of the printed words are there; empty where more than they is left over.

    `预算数75万元，主要用于水站建设` has two of the five blanks of its form.
    """
    taken: dict[str, str] = {}
    rest = text if _GULF.search(text) is None else ""
    for number, part in enumerate(parts):
        before, after = (parts[at] if 0 <= at < len(parts) else None for at in (number - 1, number + 1))
        if not isinstance(part, Blank) or not isinstance(before, Words):
            continue
        word = _BREAKS.split(before.text.rstrip())[-1]
        unit = _BREAKS.split(after.text)[0] if isinstance(after, Words) else ""
        holds = r"[-\d.,，\s]*?" if template.fields[part.field].kind in _NUMERIC else r".*"
        match = re.search(rf"{loose(word)}(?P<held>{holds}){loose(unit)}", rest, re.DOTALL) if word.strip() else None
        if match:
            taken[part.field] = match["held"].strip()
            rest = rest[: match.start()] + rest[match.end() :]
    printed = {piece.strip() for part in parts if isinstance(part, Words) for piece in _BREAKS.split(part.text)}
    left = [piece for piece in _BREAKS.split(rest) if piece.strip() and piece.strip() not in printed]
    return taken if not left else {}


def loose(words: str) -> str:
    """A pattern for printed words, with blanks anywhere between their characters."""
    return r"\s*".join(re.escape(ch) for ch in words if not ch.isspace()) + (r"\s*" if words.strip() else "")


def _between(spec: Field, parts: Sequence[Part], text: str, template: Template) -> str:
    """A single blank's text without the words drawn around it, unless that would make it unreadable."""
    taken = text.strip()
    at = next(number for number, part in enumerate(parts) if isinstance(part, Blank))
    before = "".join(part.text for part in parts[:at] if isinstance(part, Words)).strip()
    after = "".join(part.text for part in parts[at + 1 :] if isinstance(part, Words)).strip()
    short = taken.removeprefix(before).removesuffix(after).strip()
    if not short:
        return ""
    for unit in _UNITS.get(spec.kind, ()) if after else ():
        short = short.removesuffix(unit).strip()
    if spec.kind in _NUMERIC and not isinstance(read(spec.kind, short, unit=unit_of(spec, template)), Decimal):
        return text
    return short if short != taken else text


def _ticked(blanks: Sequence[Blank], text: str) -> tuple[dict[str, str], str]:
    """The choice with a mark; boxes stand before the choices or behind them, as the first of either tells."""
    first_box = re.search(f"[{_BOXES}]", text)
    first_choice = min((at for blank in blanks if (at := text.find(blank.tick)) >= 0), default=len(text))
    before = first_box is not None and first_box.start() < first_choice
    taken: dict[str, str] = {}
    rest = text
    for blank in blanks:
        choice = re.escape(blank.tick)
        pattern = rf"([{_BOXES}]?)\s*{choice}" if before else rf"{choice}\s*([{_BOXES}]?)"
        if match := re.search(pattern, text):
            rest = rest.replace(match[0], "", 1)
            if match[1] and match[1] in _MARKS:
                taken.setdefault(blank.field, blank.tick)
    return taken, rest.strip()


def stated_unit(label: str) -> str:
    """The money unit a label states behind it: `资金需求（元）` gives 元; empty where it states none."""
    found = re.search(r"[(（](?:单位\s*[:：])?\s*([^()（）]+?)\s*[)）]\s*[:：]?\s*$", label)
    return found[1] if found and found[1] in MONEY_UNITS else ""


def unit_line(text: str) -> str:
    """The money unit that a line of its own states for the whole form: `单位：元`; empty where it states none."""
    found = re.fullmatch(r"\s*[(（]?\s*(?:金额)?单\s*位\s*[:：]\s*(?:人民币)?(\S+?)\s*[)）]?\s*", text)
    return found[1] if found and found[1] in MONEY_UNITS else ""


def with_unit(template: Template, spec: Field, stated: str, text: str) -> str:
    """A bare number where another unit than the form's is stated, with that unit written behind it.

    The check then finds the unit and offers the exact conversion; converting here would change a number unseen.
    """
    if spec.kind is not Kind.MONEY or not stated or stated == unit_of(spec, template) or spec.role:
        return text
    plain = isinstance(read(Kind.MONEY, text, unit=stated), Decimal) and not text.rstrip().endswith(stated)
    return text.strip() + stated if plain else text
