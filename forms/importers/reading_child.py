"""The process that reads files nobody vouches for: bounded memory and time, one line of JSON a file, then gone."""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from pathlib import Path

MEMORY = 1 << 30  # bytes of address space
SECONDS = 20  # of processor time a file


def main() -> None:
    """Read each `kind:file` that comes in on a line and answer with a line, {"source": …} or {"refused": […]}.

    Anything unforeseen ends the process; the parent then says that the file cannot be read.
    """
    import msgspec  # noqa: PLC0415 — its place is known only after sys.path was set

    from forms.errors import SourceRefused  # noqa: PLC0415 — as above

    for line in sys.stdin:
        kind, _, file = line.rstrip("\n").partition(":")
        _limit()
        answer: dict[str, object]
        try:
            answer = {"source": _read(kind, Path(file).read_bytes())}
        except SourceRefused as refusal:
            answer = {"refused": (refusal.message, refusal.params)}
        sys.stdout.buffer.write(msgspec.json.encode(answer) + b"\n")
        sys.stdout.buffer.flush()


def _read(kind: str, data: bytes) -> object:
    if kind == "docx":
        from forms.importers import docx  # noqa: PLC0415 — each kind loads its own library only

        return docx.read(data)
    if kind == "xlsx":
        from forms.importers import xlsx  # noqa: PLC0415 — as above

        return xlsx.read(data)
    from forms.importers import text  # noqa: PLC0415 — as above

    return text.read(data)


def _limit() -> None:
    try:
        import resource  # noqa: PLC0415 — Windows has none; there the parent's clock is the limit
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + 1 + SECONDS
    hardest = resource.getrlimit(resource.RLIMIT_CPU)[1]
    with suppress(ValueError, OSError):  # macOS refuses some of them
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, hardest))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    sys.path[:] = json.loads(sys.argv[1])  # the child imports from where the parent does, and nowhere else
    main()
