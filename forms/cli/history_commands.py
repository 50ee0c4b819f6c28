"""`jixiao history` and `jixiao revert`: what became of a filing step by step, and the way back."""

from __future__ import annotations

import argparse

from forms.cli.commands import DONE, opened
from forms.cli.output import as_json, plain, say
from forms.cli.usage import Commands, UsageFault, command, json_switch
from forms.desk import Desk
from forms.errors import FilingUnknown
from forms.filing import Filing
from forms.history import Past, Step, read_past
from forms.history.doing import do_step
from forms.history.origins import origin_words, reason_words
from forms.history.restoring import WayBack, untouched, way_back, whole_way
from forms.interchange import Json
from forms.language import N_, sentence

_SHORT = 30


def add(commands: Commands) -> None:
    """The words of the commands."""
    known = command(commands, "history", sentence(N_("列出一份表的每一步修改：何时、怎样来的、改了什么")))
    known.add_argument("id", metavar="ID", help=sentence(N_("表的编号，可以只写开头几位")))
    json_switch(known)
    known.set_defaults(run=history)

    about = sentence(N_("把一份表恢复成某一步之后的样子，或只退回某一步；以前的内容都留在历史里"))
    back = command(commands, "revert", about)
    back.add_argument("id", metavar="ID", help=sentence(N_("表的编号，可以只写开头几位")))
    which = back.add_mutually_exclusive_group()
    whole = sentence(N_("恢复成第 N 步之后的样子；0 是刚进库时，步数见 jixiao history"))
    which.add_argument("--to", metavar="N", type=int, help=whole)
    one = sentence(N_("只退回第 N 步所改的，后来又改过的地方不动"))
    which.add_argument("--step", metavar="N", type=int, help=one)
    back.set_defaults(run=revert)


def history(given: argparse.Namespace) -> int:
    """Tell every step of a filing, the first one first."""
    with opened(given) as desk:
        steps = _past(desk, given.id).steps()
    if given.json:
        as_json([_object(one) for one in steps])
        return DONE
    for one in steps:
        kept = "".join(f"  [{one.number} {reason_words(one.reason)}]" for one in one.revisions)
        what = f"{one.where}  {_short(one.before)} → {_short(one.after)}" if one.before or one.after else one.where
        plain(f"{one.last:>5}  {one.time:%Y-%m-%d %H:%M}  {origin_words(one.origin)}  {what}{kept}")
    return DONE


def revert(given: argparse.Namespace) -> int:
    """Put a filing back, as one step that is itself in the history."""
    if given.to is None and given.step is None:
        raise UsageFault(N_("请写明 --to N 或 --step N；步数见 jixiao history。"))
    with opened(given) as desk:
        past = _past(desk, given.id)
        now = past.at(past.newest)
        if given.to is not None:
            _require(past, given.to, lowest=0)
            back = WayBack(whole_way(now, past.at(given.to)))
        else:
            back = _taking_back(past, given.step, now)
        if back.step is not None:
            seq = do_step(desk.library, past.template, now, past.edits, back.step)
            say(N_("已恢复，改动 {count} 处，是第 {seq} 步。"), count=len(back.step.leaves), seq=seq)
        else:
            say(N_("没有要恢复的，现在就是那样。"))
        if back.left:
            say(N_("有 {count} 处后来又改过，没有动。"), count=back.left)
    return DONE


def _taking_back(past: Past, number: int, now: Filing) -> WayBack:
    _require(past, number, lowest=1)
    found = past.change(next(one for one in past.steps() if one.first <= number <= one.last))
    still = untouched(found.differences, now)
    back = way_back(still, found.old.filing, now)
    return back._replace(left=back.left + len(found.differences) - len(still))


def _past(desk: Desk, named: str) -> Past:
    ident = desk.library.resolve(named)
    return read_past(desk.library, desk.templates.of(desk.library.filing(ident)), ident)


def _require(past: Past, number: int, lowest: int) -> None:
    if not lowest <= number <= past.newest:
        message = N_("没有第 {number} 步；这份表有 {count} 步，请看 jixiao history。")
        raise FilingUnknown(message, number=number, count=past.newest)


def _object(one: Step) -> Json:
    told: Json = {
        "step": one.last, "first": one.first, "time": one.time.isoformat(), "origin": one.origin,
        "where": one.where, "before": one.before, "after": one.after, "count": one.count,
    }  # fmt: skip
    return told | {"revisions": [kept.number for kept in one.revisions]}


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _SHORT else words[:_SHORT] + "…"
