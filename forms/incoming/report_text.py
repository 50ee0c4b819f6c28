"""The report of an import as lines a person reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from forms.incoming.report import FileLine, FormLine, Report
from forms.language import N_, sentence

_STEP = "  "


def to_text(report: Report) -> str:
    """The whole report: the totals, what did not come in, and then file by file what did."""
    return "\n".join(line.rstrip() for line in _lines(report)) + "\n"


def totals(report: Report) -> list[str]:
    """What it comes to, in one sentence for each thing that happened."""
    counted = report.totals
    told = {name: getattr(counted, name) for name in counted.__slots__}
    said = [sentence(N_("{files} 个文件，{forms} 份表：存入 {taken} 份，库中已有 {held} 份。"), told)]
    for count, message in (
        (counted.incomplete, N_("{incomplete} 份表不完整，缺的部分要补填。")),
        (counted.refused, N_("{refused} 个文件没有读进来。")),
        (counted.folders, N_("{folders} 个文件夹打不开，或里面没有可以导入的文件。")),
        (counted.left_out, N_("另有 {left_out} 个文件或文件夹不是表，没有读。")),
        (counted.unread, N_("中途停下，{unread} 个文件还没有轮到；再导入一次就会接着做。")),
    ):
        said += [sentence(message, told)] if count else []
    return said


def _lines(report: Report) -> Iterator[str]:
    yield sentence(N_("导入报告"))
    yield from totals(report)
    refused = [(file.name, file.refused) for file in report.files if file.refused]
    refused += [(one.name, str(one)) for one in report.folders]
    yield from _reasons(sentence(N_("没有读进来的文件和文件夹")), refused)
    for file in report.files:
        if file.forms:
            yield from ("", *_file(file))
    left_out = [(one.name, str(one)) for one in report.left_out]
    yield from _reasons(sentence(N_("没有读的文件和文件夹")), left_out)
    if report.unread:
        yield from ("", sentence(N_("还没有轮到的文件")), *(_STEP + name for name in report.unread))


def _reasons(heading: str, reasons: Sequence[tuple[str, str]]) -> Iterator[str]:
    """What did not come in under a heading, with its reason below it; nothing where there is nothing."""
    if reasons:
        yield from ("", heading)
    for name, why in reasons:
        yield from (_STEP + name, *_set_in(why, 2))


def _file(file: FileLine) -> Iterator[str]:
    yield file.name
    for number, form in enumerate(file.forms, 1):
        yield f"{_STEP}{number}  {form.title}  {form.fate}  {form.ident}"
        for line in about(form):
            yield from _set_in(line, 3)
        if form.unplaced:
            told = {"count": len(form.unplaced)}
            yield from _set_in(sentence(N_("没有找到位置的文字（{count}）"), told), 3)
            for text in form.unplaced:
                yield from _set_in(text, 4)
        if form.notices:
            yield from _set_in(sentence(N_("请留意（{count}）"), {"count": len(form.notices)}), 3)
            for place, text in form.notices:
                yield from _set_in(sentence(N_("{where}：{what}"), {"where": place, "what": text}), 4)


def about(form: FormLine) -> list[str]:
    """What kind of form it is, how much of it is filled in, and what is wrong with it as a whole."""
    said = [sentence(N_("表样：{template} {version}"), {"template": form.template, "version": form.version})]
    if form.runner_up:
        said[0] += sentence(N_("，也有几分像“{template}”"), {"template": form.runner_up})
    counts = form.counts
    filled = {"filled": counts.filled, "fields": counts.fields, "rows": counts.rows, "indicators": counts.indicators}
    said.append(sentence(N_("填了 {fields} 栏中的 {filled} 栏，表格 {rows} 行，指标 {indicators} 条"), filled))
    if counts.different:
        said.append(sentence(N_("有 {count} 处与原文有出入，请核对。"), {"count": counts.different}))
    if not form.complete:
        said.append(sentence(N_("这份表不完整：来文里的表被截断了，缺的部分要补填。")))
    return said


def _set_in(text: str, steps: int) -> Iterator[str]:
    return (_STEP * steps + line for line in text.splitlines())
