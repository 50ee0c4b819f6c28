"""The forms of a source: chunks recognised, and put together again where a page had parted them."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from itertools import pairwise

from forms.importers.chunks import Chunk, chunks, keys_of
from forms.importers.columns import Columns, filled, reach
from forms.importers.fieldrows import inline_key
from forms.importers.guide import Guide, guide
from forms.importers.narrative import Prose, headings, parts
from forms.importers.source import Source, SourceRow
from forms.importers.synonyms import branches
from forms.importers.titles import Title, read_title
from forms.template.model import Template
from forms.template.spelling import branch_key, label_key

_LEAST_SHARE = 0.7  # of a form's rows, for a table that no title names
_BEGUN_SHARE = 0.4  # where its first row is the form's, or the title has the form's words
_FIRST_ROWS = 2  # of a table, which tell what it is
_CHECK_SHEET = ("规则", "公式", "结论", "级别", "不满足时的提示")  # the heading of forms.render.check_sheet


@dataclass(slots=True)
class Segment:
    """The part of a source that is one form: its own texts, and those `before` and `after` it that no form has.

    `breaks` are the indexes of rows before which a page may have broken; `runner_up` names the next best template;
    `prose` marks a narrative, whose `texts` are its paragraphs.
    """

    template: Template
    title: Title | None
    rows: list[SourceRow] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    breaks: set[int] = field(default_factory=set)
    runner_up: str = ""
    checked: bool = False
    prose: bool = False

    def go_on(self, chunk: Chunk) -> None:
        """Add what the next page says."""
        self.breaks.add(len(self.rows))
        self.rows.extend(chunk.rows)
        title, lines = _read_head(chunk, self.template)
        again = title is not None and self.title is not None and title.text == self.title.text
        self.texts.extend([*([title.text] if title and not again else []), *lines, *chunk.below])


def segments(source: Source, templates: Sequence[Template]) -> list[Segment]:
    """The forms of a source in order.

    Text before the first form goes with that form, what stands between two forms with the one it follows.
    """
    found: list[Segment] = []
    early: list[str] = []
    tabular = [template for template in templates if not headings(template)]
    for part in parts(source, templates):
        count = len(found)
        if isinstance(part, Prose) and part.more:
            begun = next(one for one in reversed(found) if one.prose)
            begun.texts.extend(part.paragraphs)
        elif isinstance(part, Prose):
            title = read_title(part.template, part.title) if part.title else None
            found.append(Segment(part.template, title, texts=[*part.paragraphs], before=[*part.before], prose=True))
        else:
            early.extend(_add_forms(part, tabular, found))
        if len(found) > count:
            found[count].before[:0], early = early, []
    return found


def _add_forms(source: Source, templates: Sequence[Template], found: list[Segment]) -> list[str]:
    """Add the forms of a source that holds no narrative; gives the texts before the first form of all."""
    early: list[str] = []
    cut = chunks(source, templates)
    for number, chunk in enumerate(cut):
        if _take(chunk, found, templates, final=number == len(cut) - 1):
            continue
        if chunk.title and chunk.rows and number + 1 < len(cut) and not cut[number + 1].title:
            # Something small stands between the title and its form: a line of units set as a table, say.
            cut[number + 1].title, chunk.title = chunk.title, ""
        (found[-1].after if found else early).extend(chunk.texts)
    return early


def _take(chunk: Chunk, found: list[Segment], templates: Sequence[Template], *, final: bool) -> bool:
    """Take a chunk as a new form or as part of the last one; False where it is neither."""
    last = found[-1] if found else None
    if last and _is_check_sheet(chunk):
        last.checked = True
        return True
    last = None if last and last.prose else last
    segment = _recognise(chunk, templates)
    if segment and not (last and _continues(last, segment)):
        found.append(segment)
    elif last and (segment or _belongs(last, chunk)):
        last.go_on(chunk)
    elif last and final and (bare := _bare(chunk, last, templates)):
        found.append(bare)
    else:
        return False
    return True


def _recognise(chunk: Chunk, templates: Sequence[Template]) -> Segment | None:
    """The template of a chunk: by its title and by how many of the form's labels it shows."""
    ranked = []
    keys = keys_of(chunk.rows)
    lines = [keys_of(pair) for pair in pairwise([*chunk.rows, *chunk.rows[-1:]])]  # a heading may have two rows
    for template in templates if chunk.rows else ():
        title, _ = _read_head(chunk, template)
        share = guide(template).share(keys, lines)
        if share >= _LEAST_SHARE or _is_part(guide(template), chunk, keys, title, share):
            ranked.append((share + (1.0 if title and title.exact else 0.2 if title else 0), template, title))
    if not ranked:
        return None
    ranked.sort(key=lambda entry: -entry[0])
    _, template, title = ranked[0]
    runner_up = next((other.name for _, other, _ in ranked if other.id != template.id), "")
    texts = [*_read_head(chunk, template)[1], *chunk.below]
    return Segment(template, title, list(chunk.rows), texts, runner_up=runner_up)


def _read_head(chunk: Chunk, template: Template) -> tuple[Title | None, list[str]]:
    """The title of this form above the rows of a chunk, and the other lines there.

    Of several titles it is the last that fits exactly, else the last; what stands in brackets on a line of its own
    (（云溪市）) may belong to it.
    """
    lines = [*chunk.above, chunk.title] if chunk.title else chunk.above
    titles = {at: title for at, line in enumerate(lines) if (title := read_title(template, line))}
    if not chunk.title or not titles:
        return None, [*lines]
    at = max(titles, key=lambda at: (titles[at].exact, at))
    rest = [*lines[:at], *lines[at + 1 :]]
    for text in rest if not titles[at].values else ():
        whole = read_title(template, titles[at].text + text.strip()) if text.strip()[:1] in ("(", "（") else None
        if whole and (whole.exact or whole.year) and whole.values:
            rest.remove(text)
            return whole, rest
    return titles[at], rest


def _is_part(made: Guide, chunk: Chunk, keys: Set[str], title: Title | None, share: float) -> bool:
    """Whether a chunk is a form that was cut off: its beginning, or rows that are mostly the form's."""
    begins = made.begins(keys)
    if (begins and title) or ((begins or title) and share >= _BEGUN_SHARE):
        return True
    leads = [lead for row in chunk.rows if (lead := _lead(row))]
    known = sum(bool(lead & made.labels.keys()) for lead in leads)
    strange = sum(not lead & made.words for lead in leads)
    needed = 1 if title and title.exact else 2
    return (begins or title is not None) and known >= needed and known > strange


def _lead(row: SourceRow) -> set[str]:
    """What the first cell of a row may be as a label."""
    cells = filled(row)
    return {label_key(cells[0].text), inline_key(cells[0].text)} - {""} if cells else set()


def _continues(last: Segment, segment: Segment) -> bool:
    """Whether a segment is the next page of the one before: the same title or none, and nothing filled in anew."""
    if last.template is not segment.template:
        return False
    if segment.title and (last.title is None or segment.title.text != last.title.text):
        return False
    made = guide(last.template)
    before, now = (_leading_rows(made, one.rows) for one in (last, segment))
    shared = before.keys() & now.keys()
    if len(shared) * 2 > len(before) or any(before[key] != now[key] for key in shared if key in _first_keys(made)):
        return False
    first, anew = (_first_entry(made, one.rows) for one in (last, segment))
    return not first or first[:1] != anew[:1] or (not first[0].isdecimal() and first != anew)


def _first_keys(made: Guide) -> set[str]:
    return {key for label in (made.rows[0] if made.rows else ()) for key in label.keys}


def _leading_rows(made: Guide, rows: Sequence[SourceRow]) -> dict[str, list[str]]:
    """The rows that begin with a label of the form: what follows it."""
    found: dict[str, list[str]] = {}
    for row in rows:
        for key in _lead(row) & set(made.labels):
            found.setdefault(key, [cell.text for cell in filled(row)[1:]])
    return found


def _first_entry(made: Guide, rows: Sequence[SourceRow]) -> list[str]:
    """The texts of the first filled row below a block's heading."""
    headed = False
    for row in rows:
        if Columns.told_by(made, row):
            headed = True
        elif headed and filled(row):
            return [label_key(cell.text) for cell in filled(row)]
    return []


def _belongs(last: Segment, chunk: Chunk) -> bool:
    """Whether a table without a title of its own goes on with the form before it rather than being something else."""
    made = guide(last.template)
    title, _ = _read_head(chunk, last.template)
    if title and title.exact and (last.title is None or title.text != last.title.text):
        return False
    if any(Columns.told_by(made, row) for row in chunk.rows):
        return True
    before = _leading_rows(made, last.rows).keys()
    drawn = {key for labels in made.rows for label in labels for key in label.keys}
    if any(_lead(row) & drawn - before for row in chunk.rows[:_FIRST_ROWS]):
        return True
    headings = [columns for row in last.rows if (columns := Columns.told_by(made, row))]
    return any(_fits_below(last.template, headings[-1], row) for row in chunk.rows[:1]) if headings else False


def _fits_below(template: Template, columns: Columns, row: SourceRow) -> bool:
    """Whether a row without a heading can be one of the block that was open: by its labels, number or blanks."""
    cells = filled(row)
    if not cells:
        return False
    tree = template.trees.get(columns.block)
    if tree is not None and any(branch_key(cell.text) in branches(template, tree) for cell in cells):
        return True
    same_width = reach(row) == columns.width
    lead = "" if cells[0].col > 0 else label_key(cells[0].text)
    return same_width and (not lead or (tree is None and lead.isdecimal()))


def _bare(chunk: Chunk, last: Segment, templates: Sequence[Template]) -> Segment | None:
    """A form of which a file that breaks off has the title only: numbered, or of the kind of the form before it."""
    for template in templates if not chunk.rows else ():
        title, texts = _read_head(chunk, template)
        if title and title.exact and title.values and (title.position or template is last.template):
            return Segment(template, title, texts=texts)
    return None


def _is_check_sheet(chunk: Chunk) -> bool:
    """Whether a table is the sheet of rules that this program writes into its own workbooks."""
    return bool(chunk.rows) and tuple(cell.text for cell in filled(chunk.rows[0])) == _CHECK_SHEET
