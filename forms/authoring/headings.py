"""The lines around an unknown form: its title with what varies in it, its furniture, its notes and signatures."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from forms.authoring.given_cells import GivenForm
from forms.authoring.labels import field_name
from forms.authoring.lexicon import Lexicon
from forms.importers.mixed import unit_line
from forms.template.spelling import POSITION
from forms.values import Kind

_NUMBER = re.compile(r"^\s*[(（]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s*[)）]?\s*[、.．]\s*")
_YEAR = re.compile(r"(?:20\d\d|20[xX×_＿\s]{2}|[_＿]{2,}|\s{2,}|(?<=[(（]))(?=\s*年)")
_ATTACHED = re.compile(r"^\s*附\s*[件表]\s*[\d一二三四五六七八九十\-—.]*\s*[:：]?\s*")
_SIGN = re.compile(r"([^\s:：；;，,。]{2,16})\s*[:：]\s*([^:：]*?)(?=\s*[^\s:：；;，,。]{2,16}\s*[:：]|$)")
_BRACKETS = re.compile(r"[(（]([^()（）]*)[)）]")
_TITLE_END = re.compile(r"(?:表|书|单|情况|计划|目标|报告)(?:[(（][^()（）]*[)）])?\s*$")


@dataclass(slots=True)
class Headings:
    """What stands around the form; `fields` are the fields it prints, with the kind each is of."""

    name: str = ""
    title: str = ""
    left: str = ""
    right: str = ""
    unit: str = ""
    lines: list[tuple[str, str]] = field(default_factory=list)  # above the table: a label and the name of its field
    notes: list[str] = field(default_factory=list)
    signature: str = ""
    fields: dict[str, Kind] = field(default_factory=dict)


def read_headings(
    form: GivenForm, copies: Sequence[Sequence[str]], values: Mapping[str, str], lexicon: Lexicon
) -> Headings:
    """Take the lines apart. `copies` are the lines above other fillings, `values` what the form's fields hold."""
    made = Headings()
    titles: list[str] = []
    for line in form.above:
        _take_above(made, line.strip(), titles)
    _title(made, titles, [_titles(lines) for lines in copies], values)
    for line in form.below:
        _take_below(made, line.strip(), lexicon)
    return made


def _take_above(made: Headings, line: str, titles: list[str]) -> None:
    """Take one line above the table: 附件 and the unit of money are furniture, what is to be filled in is a line."""
    if attached := _ATTACHED.match(line):
        made.left = attached[0].strip()
        line = line[attached.end() :].strip()
    pieces = re.split(r"\s{2,}|\t", line)
    for piece in pieces if any(map(unit_line, pieces)) else [line]:
        if unit := unit_line(piece):
            made.unit = unit
            made.right = piece.strip()
        elif signed := _SIGN.match(piece):
            made.lines.append((signed[1].strip(), _field(signed[1]) or str(Kind.TEXT)))
        elif piece:
            titles.append(piece)


def _titles(lines: Sequence[str]) -> list[str]:
    other = Headings()
    titles: list[str] = []
    for line in lines:
        _take_above(other, line.strip(), titles)
    return titles


def _title(made: Headings, titles: Sequence[str], copies: Sequence[Sequence[str]], values: Mapping[str, str]) -> None:
    """The last line that ends as titles do, with the line in brackets after it."""
    at = next((number for number in range(len(titles) - 1, -1, -1) if _TITLE_END.search(titles[number])), None)
    if at is None:
        at = len(titles) - 1
    if at < 0:
        return
    line = titles[at]
    number = _NUMBER.match(line)
    bare = line[number.end() :] if number else line
    others = [re.sub(_NUMBER, "", copy[-1]) for copy in copies if copy]
    made.title = ("{" + POSITION + "}、" if number else "") + _varied(made, bare, others, values)
    made.name = _BRACKETS.sub("", re.sub(r"20\d\d\s*年度?", "", _fixed(bare, others))).strip() or bare
    after = titles[at + 1] if at + 1 < len(titles) else ""
    if after and _YEAR.search(after):
        made.title += "\n" + _dated(made, after)


def _fixed(line: str, others: Sequence[str]) -> str:
    """What a title has in common with those of other fillings."""
    before, after = _common(line, others)
    return line[: len(before)] + line[len(line) - len(after) :] if others else line


def _common(line: str, others: Sequence[str]) -> tuple[str, str]:
    """The beginning and the end that all titles share."""
    before = _shared([line, *others])
    turned = [one[len(before) :][::-1] for one in (line, *others)]
    return before, _shared(turned)[::-1]


def _shared(texts: Sequence[str]) -> str:
    """The beginning that all texts share."""
    same = (len(set(signs)) == 1 for signs in zip(*texts, strict=False))
    return texts[0][: sum(takewhile(bool, same))]


def _varied(made: Headings, line: str, others: Sequence[str], values: Mapping[str, str]) -> str:
    """The title with a field for what varies: named by the field that holds the same, else by where it stands."""
    name = next((name for name, value in values.items() if len(value) > 1 and value in line), "")
    if name:
        before, _, after = line.partition(values[name])
        return _escaped(before) + "{" + name + "}" + _escaped(after)
    before, after = _common(line, others) if others else (line, "")
    at = max(before.rfind("（"), before.rfind("(")) + 1
    if others and at and not _BRACKETS.search(before[at - 1 :]):  # all that stands in the brackets varies
        behind = re.match(r"[^()（）]*", line[at:])
        before, after = line[:at], line[at + len(behind[0] if behind else "") :]
    middle = line[len(before) : len(line) - len(after)]
    if others and middle and before.rstrip().endswith(("（", "(")):
        made.fields[Kind.REGION] = Kind.REGION
        return _dated(made, before) + "{" + Kind.REGION + "}" + _dated(made, after)
    return _dated(made, line)


def _dated(made: Headings, line: str) -> str:
    """A line with a field in the place of its year."""
    found = _YEAR.search(line)
    if found is None:
        return _escaped(line)
    made.fields[Kind.YEAR] = Kind.YEAR
    return _escaped(line[: found.start()]) + "{" + Kind.YEAR + "}" + _escaped(line[found.end() :].lstrip())


def _escaped(text: str) -> str:
    return re.sub(r"([{}\\])", r"\\\1", text)


def _take_below(made: Headings, line: str, lexicon: Lexicon) -> None:
    signs = list(_SIGN.finditer(line))
    first = line.startswith(lexicon.notes) and signs and signs[0].start() == 0
    noted = bool(first or (made.notes and _NUMBER.match(line)))
    if line and (not signs or noted or len(line) > 80 or any(len(sign[2]) > 20 for sign in signs)):
        made.notes.append(line)
    elif line:
        spelt = " | ".join(_signed(made, sign[0], sign, lexicon) for sign in signs)
        made.signature = " | ".join(filter(None, (made.signature, spelt)))


def _field(label: str) -> str:
    """The name of the field behind a label that may say in brackets who stamps or signs."""
    return field_name(re.sub(r"[(（].*?[)）]", "", label))


def _signed(made: Headings, line: str, sign: re.Match[str], lexicon: Lexicon) -> str:
    """A label with a blank behind it, as it is drawn."""
    name = _field(sign[1])
    if not name:
        return re.sub(r"([\[\]|\\])", r"\\\1", line)
    kind = lexicon.kind_of(name)
    made.fields.setdefault(name, Kind.DATE if kind is Kind.DATE else Kind.TEXT)
    return re.sub(r"([\[\]|\\])", r"\\\1", sign[1].strip()) + f"：[{name}]"
