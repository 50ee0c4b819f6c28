"""The export package (绩效申报包): one filing with its papers in a bag, written, read strictly, and verified."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

import msgspec

from forms.canonical import canonical, read_canonical, read_filing
from forms.errors import PackageRefused
from forms.files import digest
from forms.filing import Filing
from forms.language import N_, sentence
from forms.package.bag import Finding, bag, examine, is_signature
from forms.package.info import (
    FILING,
    PDF,
    TEMPLATE,
    XLSX,
    check_code,
    describe,
    package_id,
    require_described,
    require_format,
)
from forms.package.info import NAME as DESCRIPTION
from forms.zips import content, entries, write_zip

__all__ = ["Package", "Payload", "Report", "build", "check_code", "open_package", "package_id", "verify"]

PROFILE = "urn:jixiao:package:1.0"
PAYLOAD = (FILING, PDF, XLSX, TEMPLATE)

_MAGIC = {PDF: b"%PDF-", XLSX: b"PK\x03\x04"}
_MOST_BESIDE_PAPERS = 16 * 1024 * 1024  # filing.json of 8 MB, a template of 5 MB, and some: more is a bomb


@dataclass(frozen=True)
class Payload:
    """What goes into a package. `frozen_at` is the ISO date of the revision; `previous_digest` is empty at first."""

    filing: Filing
    revision: int
    previous_digest: str
    template_text: str
    pdf: bytes
    xlsx: bytes
    frozen_at: str


@dataclass(frozen=True)
class Package:
    """A package found intact. `files` are named without the top folder; `info` is package.json."""

    package_id: str
    revision: int
    filing: Filing
    template_text: str
    content_digest: str
    check_code: str
    files: dict[str, bytes]
    info: dict[str, object]

    @property
    def signed(self) -> bool:
        """Whether signature files travel with it; whose they are and whether they hold is not examined."""
        return any(map(is_signature, self.files))


@dataclass(frozen=True)
class Report:
    """What verifying found: whether nothing was changed, and apart from that what is known of the source."""

    package_id: str
    findings: tuple[Finding, ...]
    package: Package | None = None

    @property
    def intact(self) -> bool:
        """Whether every file is as it was packed."""
        return self.package is not None

    @property
    def integrity(self) -> str:
        """One sentence on the content."""
        if self.intact:
            return sentence(N_("完整：包内各文件与打包时一致。"))
        return sentence(
            N_("不完整：发现 {count} 处不符，请不要使用，并让填报单位重新导出。"), {"count": len(self.findings)}
        )

    @property
    def source(self) -> str:
        """One sentence on who made it, which digests cannot prove."""
        if self.package is None:
            return sentence(N_("来源未核验。"))
        if self.package.signed:
            return sentence(N_("附有签名文件：本程序不核验签名，请用签章系统核验来源。"))
        message = N_("来源未签名：不能证明由谁填报，请与盖章纸质件上的核验码 {code} 核对。")
        return sentence(message, {"code": self.package.check_code})

    def __str__(self) -> str:
        return "\n".join([self.integrity, *map(str, self.findings), self.source])


def build(payload: Payload) -> tuple[str, bytes]:
    """Give the file name and the bytes of the package; they have been read back strictly when this returns.

    The same payload gives the same bytes. PackageRefused as `open_package`, and `attachments` where there are any.
    """
    filing_json = canonical(payload.filing)
    if payload.filing.attachments:
        raise PackageRefused("attachments", N_("本版本的申报包还不能装入附件；请去掉附件后导出，附件另行报送。"))
    ident = package_id(payload.filing, payload.revision)
    info = describe(payload.filing, filing_json, payload.revision, payload.previous_digest)
    files = bag(
        {FILING: filing_json, PDF: payload.pdf, XLSX: payload.xlsx, TEMPLATE: payload.template_text.encode("utf-8")},
        {DESCRIPTION: canonical(info)},
        [
            ("Source-Organization", payload.filing.unit.name),
            ("External-Identifier", ident),
            ("Bagging-Date", date.fromisoformat(payload.frozen_at[:10]).isoformat()),
            ("BagIt-Profile-Identifier", PROFILE),
        ],
    )
    data = write_zip({f"{ident}/{name}": text for name, text in files.items()})
    if open_package(data).files != files:
        raise PackageRefused("read-back", N_("申报包写成后读回的内容不一致，没有保存；请重试，仍不行请联系技术支持。"))
    return f"{ident}.zip", data


def open_package(data: bytes) -> Package:
    """Read a package of which nothing was changed; PackageRefused tells the first thing that is wrong.

    Codes: those of `forms.zips.entries` and `forms.canonical.read_filing`; `changed`, `missing`, `added`, `oxum`,
    `layout`, `newer`, `must-understand`, `description`, `template`, `derived`, `damaged`.
    """
    report = verify(data)
    if report.package is None:
        first = report.findings[0]
        raise PackageRefused(first.code, first.message, file=first.file, **dict(first.params))
    return report.package


def verify(data: bytes) -> Report:
    """Examine a package in layers, structure, digests, content, and name every finding of the first that fails."""
    ident = ""
    try:
        with _boundary():
            ident, files, findings = _unpack(data)
            damaged = {finding.file for finding in findings}
            findings += [finding for finding in examine(files, (DESCRIPTION,)) if finding.file not in damaged]
            package = None if findings else _read(ident, files)
            return Report(ident, tuple(findings), package)
    except PackageRefused as error:
        return Report(ident, (_finding(error),))


@contextmanager
def _boundary() -> Iterator[None]:
    """Turn whatever hostile bytes make the libraries raise into one refusal."""
    try:
        yield
    except (
        struct.error, zlib.error, msgspec.MsgspecError,
        LookupError, ValueError, TypeError, EOFError, ArithmeticError, RuntimeError, MemoryError,
    ) as error:  # fmt: skip
        raise PackageRefused("damaged", N_("申报包已损坏，不能读取；请重新取得文件。")) from error


def _unpack(data: bytes) -> tuple[str, dict[str, bytes], list[Finding]]:
    """The top folder, the files below it, and a finding for each file whose bytes are damaged."""
    listed = entries(data)
    ident = listed[0].name.partition("/")[0]
    named = {entry.name.partition("/")[2]: entry for entry in listed if entry.name.startswith(ident + "/")}
    if outside := [entry.name for entry in listed if entry not in named.values()]:
        message = N_("{file} 不在申报包的文件夹内，不予读取；请核对文件来源。")
        raise PackageRefused("layout", message, file=outside[0])
    if sum(entry.size for name, entry in named.items() if name not in _MAGIC) > _MOST_BESIDE_PAPERS:
        raise PackageRefused("too-large", N_("申报包中表格以外的文件合计超过 16 MB，不予读取；请核对文件来源。"))
    files: dict[str, bytes] = {}
    findings: list[Finding] = []
    for name, entry in named.items():
        try:
            files[name] = content(data, entry)
        except PackageRefused as error:
            findings.append(Finding(error.code, name, error.message))
    return ident, files, findings


def _read(ident: str, files: dict[str, bytes]) -> Package:
    """Read the content of a bag whose digests are right."""
    _require_layout(files)
    info = read_canonical(files[DESCRIPTION])
    require_format(info)
    filing_json = files[FILING]
    filing = read_filing(filing_json)
    revision = require_described(info, filing, filing_json)
    if ident != info["packageId"]:
        raise PackageRefused(
            "layout", N_("申报包的文件夹名与 {file} 所记的不符；请让填报单位重新导出。"), file=DESCRIPTION
        )
    if digest(files[TEMPLATE]) != filing.template.digest:
        message = N_("{file} 不是填报时所用的表样（摘要不符）；请让填报单位重新导出。")
        raise PackageRefused("template", message, file=TEMPLATE)
    text = files[TEMPLATE].decode("utf-8")
    return Package(ident, revision, filing, text, digest(filing_json), check_code(filing_json), files, info)


def _require_layout(files: Mapping[str, bytes]) -> None:
    for name in PAYLOAD:
        if name not in files:
            raise PackageRefused("layout", N_("申报包缺少 {file}；请让填报单位重新导出。"), file=name)
    for name in files:
        if name.startswith("data/") and name not in PAYLOAD:
            raise PackageRefused("layout", N_("申报包不应装有 {file}，不予读取；请核对文件来源。"), file=name)
    for name, magic in _MAGIC.items():
        if not files[name].startswith(magic):
            raise PackageRefused("derived", N_("{file} 的内容与扩展名不符；请让填报单位重新导出。"), file=name)


def _finding(error: PackageRefused) -> Finding:
    params = {name: str(value) for name, value in error.params.items()}
    return Finding(error.code, params.pop("file", ""), error.message, tuple(params.items()))
