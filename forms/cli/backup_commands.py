"""`jixiao backup`, `backups` and `retrieve`: copies of the library, and what is taken back out of them."""

from __future__ import annotations

import argparse
from contextlib import suppress
from pathlib import Path

from forms.cli.commands import DONE, UNREADABLE, library_path, opened
from forms.cli.output import as_json, complain, plain, say
from forms.cli.usage import Commands, UsageFault, command, json_switch
from forms.errors import FilingUnknown, JixiaoError, LibraryDamaged
from forms.interchange import Json
from forms.language import N_, sentence
from forms.retrieval import retrieve_copy, retrieve_state
from forms.store.backups import MADE_BY_HAND, REASONS, Backups
from forms.store.library import Library
from forms.store.swapping import Contents, put_in_place
from forms.store.thinning import Backup


def add(commands: Commands) -> None:
    """The words of the commands."""
    make = command(commands, "backup", sentence(N_("备份整个库，读回来核对过才算数")))
    make.add_argument(
        "-o", "--output", metavar="FILE", help=sentence(N_("写到哪个文件；不写就放在库旁边的备份文件夹里"))
    )
    make.set_defaults(run=back_up)

    known = command(commands, "backups", sentence(N_("列出库的备份：时间、大小、原因、表数，并核对每一份")))
    json_switch(known)
    known.set_defaults(run=list_backups)

    back = command(commands, "retrieve", sentence(N_("从备份取回一份表或整个库；不写编号就列出备份里的表")))
    back.add_argument("backup", metavar="BACKUP", help=sentence(N_("备份文件，或 jixiao backups 列出的号")))
    back.add_argument("id", nargs="?", metavar="ID", help=sentence(N_("表的编号，可以只写开头几位")))
    back.add_argument("--copy", action="store_true", help=sentence(N_("取回成另一份表，库里现有的那份不动")))
    back.add_argument("--all", action="store_true", help=sentence(N_("用备份换下整个库；现有的库留在旁边")))
    json_switch(back)
    back.set_defaults(run=retrieve)


def back_up(given: argparse.Namespace) -> int:
    """Make a backup now, in the folder of the backups or in a file that is named."""
    with opened(given) as desk:
        if given.output:
            to: Path | None = Path(given.output)
            desk.library.backup(Path(given.output))
        else:
            to = desk.library.keep_backup(MADE_BY_HAND)
    if to is None:
        say(N_("最近一份备份之后没有改动，不用再备份。"))
    else:
        say(N_("已备份到“{path}”，读回核对无误。"), path=str(to))
    return DONE


def list_backups(given: argparse.Namespace) -> int:
    """Tell what backups there are, the newest first, and whether each is whole."""
    found = [(one, *_looked_at(one)) for one in Backups(library_path(given).absolute()).all()]
    if given.json:
        as_json([_object(*one) for one in found])
        return DONE
    for one, count, faults in found:
        told = {"number": f"{one.number:>6}", "time": f"{one.time.astimezone():%Y-%m-%d %H:%M}", "count": count}
        sound = " ".join(faults) or sentence(N_("完好"))
        say(
            N_("{number}  {time}  {reason}  {size} KB  {count} 份表  {sound}"),
            reason=sentence(REASONS.get(one.reason, one.reason)), size=-(-one.size // 1024), sound=sound, **told,
        )  # fmt: skip
    if not found:
        say(N_("还没有备份。"))
    return DONE


def retrieve(given: argparse.Namespace) -> int:
    """Take one filing or everything out of a backup, or tell what is in it."""
    path = _backup(given)
    if given.all:
        if given.id or given.copy:
            raise UsageFault(N_("--all 换下整个库，不能再写编号或 --copy。"))
        return _retrieve_all(given, path)
    with Library.look_into(path) as backup:
        if not given.id:
            return _tell(given, backup)
        with opened(given) as desk:
            keep_first(desk.library, "restore")
            if given.copy:
                say(N_("已取回，编号 {id}。"), id=retrieve_copy(desk, backup, given.id))
            elif retrieve_state(desk, backup, given.id):
                say(N_("已恢复成备份里的样子；这是一步修改，可以再退回。"))
            else:
                say(N_("没有要恢复的，现在就是那样。"))
    return DONE


def _retrieve_all(given: argparse.Namespace, path: Path) -> int:
    # One that is damaged cannot be backed up; it is kept beside as it is.
    with suppress(LibraryDamaged), Library.open(library_path(given)) as library:
        keep_first(library, "restore")
    kept = put_in_place(library_path(given), path)
    say(N_("整个库已恢复成这份备份；原来的库留在“{path}”。"), path=str(kept))
    return DONE


def keep_first(library: Library, reason: str) -> None:
    """Back up before something risky; a disk that has no room for it stops nobody."""
    try:
        library.keep_backup(reason)
    except JixiaoError as error:
        complain(str(error))


def _tell(given: argparse.Namespace, backup: Library) -> int:
    if given.json:
        as_json([{"id": one.id, "title": one.title, "year": one.year, "unit": one.unit, "updated": one.updated}
                 for one in backup.list()])  # fmt: skip
    else:
        for one in backup.list():
            plain(f"{one.id}  {one.year or '----'}  {one.updated[:16].replace('T', ' ')}  {one.title}  {one.unit}")
    faults = backup.check()
    for fault in faults:
        complain(fault)
    return UNREADABLE if faults else DONE


def _backup(given: argparse.Namespace) -> Path:
    if not given.backup.isdecimal():
        return Path(given.backup)
    known = {one.number: one.path for one in Backups(library_path(given).absolute()).all()}
    if int(given.backup) not in known:
        raise FilingUnknown(N_("没有第 {number} 号备份；请看 jixiao backups。"), number=given.backup)
    return known[int(given.backup)]


def _looked_at(one: Backup) -> tuple[int, list[str]]:
    """The number of filings in a backup, and what is wrong with it."""
    try:
        contents = Contents(one.path)
    except JixiaoError as error:
        return 0, [str(error)]
    return len(contents.filings), contents.faults


def _object(one: Backup, count: int, faults: list[str]) -> Json:
    return {
        "number": one.number, "time": one.time.astimezone().isoformat(), "reason": one.reason, "size": one.size,
        "path": str(one.path), "filings": count, "faults": list(faults),
    }  # fmt: skip
