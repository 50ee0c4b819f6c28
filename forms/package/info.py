"""package.json: what a package says of itself, made from the filing and held against it."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping

from forms import __version__
from forms.errors import PackageRefused
from forms.files import digest
from forms.filing import Filing
from forms.language import N_

FORMAT = "1.0"
NAME = "package.json"
FILING, PDF, XLSX, TEMPLATE = "data/filing.json", "data/form.pdf", "data/form.xlsx", "data/template.yaml"
DERIVED = (PDF, XLSX)

_KNOWN_OF_FILING = ("region", "unit", "year")
_VERSION = re.compile(r"([0-9]{1,4})\.[0-9]{1,4}", re.ASCII)
_REVISION = re.compile(r"[1-9][0-9]{0,8}", re.ASCII)
_DIGEST = re.compile(r"(?:[0-9a-f]{64})?", re.ASCII)
_LONGEST_NAME = 60


def check_code(filing_json: bytes) -> str:
    """Give the 核验码: the first 60 bits of SHA-256 as 12 Base32 characters (RFC 4648) in three groups."""
    letters = base64.b32encode(hashlib.sha256(filing_json).digest()).decode("ascii")
    return "-".join((letters[:4], letters[4:8], letters[8:12]))


def package_id(filing: Filing, revision: int) -> str:
    """Name the package: 编号, 8 characters of the filing's id and the revision, ASCII, at most 60 characters."""
    tail = f"-{_plain(filing.id)[:8]}-r{revision}"
    return _plain(filing.template.id)[: _LONGEST_NAME - len(tail)].rstrip("-") + tail


def describe(filing: Filing, filing_json: bytes, revision: int, previous_digest: str) -> dict[str, object]:
    """Give package.json as a tree; region, unit and year stand in it only where they are known."""
    template = filing.template
    known = {"region": filing.unit.region, "unit": filing.unit.name, "year": filing.year}
    return {
        "format": FORMAT,
        "packageId": package_id(filing, revision),
        "filing": filing.id,
        "revision": str(revision),
        "previousDigest": previous_digest,
        "contentDigest": digest(filing_json),
        "checkCode": check_code(filing_json),
        "template": {"id": template.id, "version": template.version, "digest": template.digest},
        "generator": {"name": "jixiao", "version": __version__},
        "authoritative": FILING,
        "derived": list(DERIVED),
        "attachments": [],
        "mustUnderstand": [],
        **{name: text for name, text in known.items() if text},
    }


def require_format(info: Mapping[str, object]) -> None:
    """Refuse a package of another major version (`newer`) or with content that must be known (`must-understand`)."""
    version = info.get("format")
    stated = _VERSION.fullmatch(version) if isinstance(version, str) else None
    if stated is None:
        raise _not_described("format")
    if stated[1] != FORMAT.partition(".")[0]:
        message = N_("申报包的格式是 {version} 版，本程序只认识 1 版；请升级程序后再读取。")
        raise PackageRefused("newer", message, version=stated[0])
    if info.get("mustUnderstand") != []:
        message = N_("申报包含有本程序不认识而必须认识的内容；请升级程序后再读取。")
        raise PackageRefused("must-understand", message)


def require_described(info: Mapping[str, object], filing: Filing, filing_json: bytes) -> int:
    """Hold package.json against the filing and give the revision; PackageRefused, code `description`."""
    revision, previous = info.get("revision"), info.get("previousDigest")
    if not (isinstance(revision, str) and _REVISION.fullmatch(revision)):
        raise _not_described("revision")
    if not (isinstance(previous, str) and _DIGEST.fullmatch(previous)):
        raise _not_described("previousDigest")
    expected = describe(filing, filing_json, int(revision), previous)
    # Another release may have made it, and a later minor version may say more than this one knows of.
    for name in {**expected, **dict.fromkeys(_KNOWN_OF_FILING)}:
        if name not in ("format", "generator") and info.get(name) != expected.get(name):
            raise _not_described(name)
    return int(revision)


def _not_described(name: str) -> PackageRefused:
    message = N_("{file} 中的 {name} 与包内数据不符；请让填报单位重新导出。")
    return PackageRefused("description", message, file=NAME, name=name)


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "x"
