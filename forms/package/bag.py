"""BagIt 1.0 (RFC 8493): payload files with their digests, and what has been changed, taken away or added since."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from forms.files import digest
from forms.language import N_, sentence
from forms.package.digests import sm3

Files = Mapping[str, bytes]

DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
MANIFESTS: Mapping[str, Callable[[bytes], str]] = {"manifest-sha256.txt": digest, "manifest-sm3.txt": sm3}
TAG_MANIFEST = "tagmanifest-sha256.txt"

_LINE = re.compile(r"([0-9a-f]{64})  ([a-z0-9._/-]{1,200})", re.ASCII)
# A signature is made over the tag manifest and so cannot stand in it.
_SIGNATURE = re.compile(r"signatures/[0-9]{4}\.(?:sm2\.p7s|sm2\.sig|minisig)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with a package: a stable word, the file by its name in the package, and the sentence."""

    code: str
    file: str
    message: str
    params: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return sentence(self.message, {"file": self.file, **dict(self.params)})


def bag(payload: Files, tags: Files, info: Sequence[tuple[str, str]]) -> dict[str, bytes]:
    """Give the files of a bag in the order they are written: tag files, `payload` (below `data/`), manifests.

    `info` fills bag-info.txt; the Payload-Oxum is added to it.
    """
    oxum = f"{sum(map(len, payload.values()))}.{len(payload)}"
    lines = [f"{label}: {' '.join(text.split())}\n" for label, text in (*info, ("Payload-Oxum", oxum)) if text.strip()]
    files = {"bagit.txt": DECLARATION, "bag-info.txt": "".join(lines).encode("utf-8"), **tags}
    files |= {name: manifest(payload, name) for name in MANIFESTS}
    return {**files, TAG_MANIFEST: _manifest(files, digest), **payload}


def manifest(payload: Files, name: str) -> bytes:
    """Give the text of the payload manifest called `name`, in the form `sha256sum -c` reads."""
    return _manifest(payload, MANIFESTS[name])


def is_signature(name: str) -> bool:
    """Whether a file of this name is a detached signature, which no manifest lists."""
    return _SIGNATURE.fullmatch(name) is not None


def examine(files: Files, tags: Collection[str] = ()) -> tuple[Finding, ...]:
    """Name every file of a bag that was changed, is missing or was added since it was packed; none when intact.

    `tags` names the tag files that must be there besides those of BagIt.
    """
    payload = {name: data for name, data in files.items() if name.startswith("data/")}
    covered = ("bagit.txt", "bag-info.txt", *tags, *MANIFESTS)
    findings = [_missing(name) for name in (*covered, TAG_MANIFEST) if name not in files]
    listed = _records(files[TAG_MANIFEST]) if TAG_MANIFEST in files else {}
    if listed is None or (listed and not listed.keys() >= set(covered)):
        return (*findings, _changed(TAG_MANIFEST))
    if TAG_MANIFEST in files:
        findings += _tag_findings(files, payload, listed)
    # A manifest that was itself changed accuses the wrong file; the other one is asked instead.
    doubted = {finding.file for finding in findings}
    records = [(name, _records(files[name])) for name in MANIFESTS if name in files and name not in doubted]
    for name, recorded in records:
        findings += [_changed(name)] if recorded is None else _payload_findings(payload, recorded, MANIFESTS[name])
    if not findings:
        findings += _oxum_findings(files["bag-info.txt"], payload)
    return tuple(dict.fromkeys(findings))


def _tag_findings(files: Files, payload: Files, listed: Mapping[str, str]) -> Iterable[Finding]:
    for name, data in files.items():
        if name == TAG_MANIFEST or name in payload or is_signature(name):
            continue
        if name not in listed:
            yield _added(name)
        elif digest(data) != listed[name]:
            yield _blame(name, data, payload)
    yield from (_missing(name) for name in listed if name not in files)


def _blame(name: str, data: bytes, payload: Files) -> Finding:
    """Tell which of a tag file and its record in the tag manifest was changed, where the rest of the bag shows it."""
    expected = DECLARATION if name == "bagit.txt" else manifest(payload, name) if name in MANIFESTS else None
    if expected is None:
        message = N_("{file} 或 {record} 被改动：两者不符。")
        return Finding("changed", name, message, (("record", TAG_MANIFEST),))
    return _changed(TAG_MANIFEST if data == expected else name)


def _payload_findings(payload: Files, recorded: Mapping[str, str], made: Callable[[bytes], str]) -> Iterable[Finding]:
    for name, data in payload.items():
        if name not in recorded:
            yield _added(name)
        elif made(data) != recorded[name]:
            yield _changed(name)
    yield from (_missing(name) for name in recorded if name not in payload)


def _oxum_findings(info: bytes, payload: Files) -> Iterable[Finding]:
    oxum = f"Payload-Oxum: {sum(map(len, payload.values()))}.{len(payload)}"
    if oxum not in info.decode("utf-8", "replace").splitlines():
        yield Finding("oxum", "bag-info.txt", N_("{file} 记录的文件数和字节数与包内数据不符。"))


def _manifest(files: Files, made: Callable[[bytes], str]) -> bytes:
    return "".join(f"{made(files[name])}  {name}\n" for name in sorted(files)).encode("ascii")


def _records(text: bytes) -> dict[str, str] | None:
    """The digests of a manifest by name; None where it is not one line a file, each once."""
    lines = [_LINE.fullmatch(line) for line in text.decode("ascii", "replace").split("\n")[:-1]]
    records = {line[2]: line[1] for line in lines if line}
    whole = len(records) == len(lines) and (not text or text.endswith(b"\n"))
    return records if whole else None


def _changed(name: str) -> Finding:
    return Finding("changed", name, N_("{file} 被改动。"))


def _missing(name: str) -> Finding:
    return Finding("missing", name, N_("缺少文件 {file}。"))


def _added(name: str) -> Finding:
    return Finding("added", name, N_("多出文件 {file}，打包时没有它。"))
