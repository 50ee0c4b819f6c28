"""Canonical bytes of a filing (RFC 8785): the same values give the same bytes, so that a digest names a content."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import NoReturn

import msgspec

from forms.errors import PackageRefused
from forms.filing import FORMAT, Filing
from forms.language import N_

MOST_BYTES = 8 * 1024 * 1024
MOST_DEPTH = 64

Tree = dict[str, object]

# Each version has one pure function that turns its tree into that of the next; none is ever changed afterwards.
READERS: Mapping[str, Callable[[Tree], Tree]] = {}


def canonical(value: Filing | Mapping[str, object] | Sequence[object] | str) -> bytes:
    """Give the bytes RFC 8785 prescribes for `value`, made of strings, bools, None, lists and dictionaries.

    A number is a fault of ours (TypeError): every number of our files is a string. PackageRefused, code `surrogate`
    or `too-deep`, where a text holds half a character or lists stand deeper than 64.
    """
    plain = msgspec.to_builtins(value) if isinstance(value, Filing) else value
    # For strings without numbers json writes what RFC 8785 section 3.2.2 asks; only the order of keys is ours.
    text = json.dumps(_ordered(plain, MOST_DEPTH), ensure_ascii=False, separators=(",", ":"))
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise _half_character() from error


def read_filing(data: bytes) -> Filing:
    """Read filing.json of any version known, which must be canonical byte for byte.

    PackageRefused says why not: `too-large`, `not-utf8`, `not-json`, `duplicate-key`, `number`, `too-deep`,
    `surrogate`, `unknown-version`, `not-a-filing`, `not-canonical`.
    """
    tree = read_json(data)
    version = tree.get("format")
    try:
        filing = msgspec.convert(_current(tree), Filing)
    except msgspec.ValidationError as error:
        message = N_("filing.json 的内容不符合填报数据格式（{reason}）；请让填报单位重新导出。")
        raise PackageRefused("not-a-filing", message, reason=str(error)) from error
    # An upgraded filing has other bytes by right; what was written by this version has none to spare.
    _require(canonical(filing if version == FORMAT else tree), data)
    return filing


def read_json(data: bytes) -> Tree:
    """Read one JSON object strictly; whether it is canonical is for the caller to ask. PackageRefused as above."""
    if len(data) > MOST_BYTES:
        raise PackageRefused("too-large", N_("数据文件超过 8 MB，不予读取；请核对文件来源。"))
    try:
        tree = json.loads(
            data.decode("utf-8"),
            object_pairs_hook=_object,
            parse_int=_number,
            parse_float=_number,
            parse_constant=_number,
        )
    except UnicodeDecodeError as error:
        raise PackageRefused("not-utf8", N_("数据文件不是 UTF-8 文字，可能已损坏；请重新取得文件。")) from error
    except RecursionError as error:
        raise _too_deep() from error
    except json.JSONDecodeError as error:
        message = N_("数据文件第 {line} 行第 {column} 个字处不是 JSON，可能已损坏；请重新取得文件。")
        raise PackageRefused("not-json", message, line=error.lineno, column=error.colno) from error
    if not isinstance(tree, dict):
        raise PackageRefused("not-json", N_("数据文件的最外层不是一个对象；请重新取得文件。"))
    return tree


def read_canonical(data: bytes) -> Tree:
    """Read one JSON object whose bytes are canonical; PackageRefused as `read_filing`."""
    tree = read_json(data)
    _require(canonical(tree), data)
    return tree


def _require(expected: bytes, data: bytes) -> None:
    if expected != data:
        message = N_("数据文件不是规范写法（RFC 8785），可能被其他软件改写过；请让填报单位重新导出。")
        raise PackageRefused("not-canonical", message)


def _current(tree: Tree) -> Tree:
    while (version := tree.get("format")) != FORMAT:
        reader = READERS.get(version) if isinstance(version, str) else None
        if reader is None:
            message = N_("填报数据的格式版本“{version}”本程序不认识；请升级程序后再读取。")
            raise PackageRefused("unknown-version", message, version=str(version)[:40])
        tree = reader(tree)
    return tree


def _ordered(value: object, depth: int) -> object:
    if value is None or isinstance(value, str | bool):
        return value
    if depth == 0:
        raise _too_deep()
    if isinstance(value, Mapping):
        # UTF-16 code units, not code points: RFC 8785 section 3.2.3; they differ beyond the basic plane.
        return {key: _ordered(value[key], depth - 1) for key in sorted(value, key=_code_units)}
    if isinstance(value, Sequence):
        return [_ordered(one, depth - 1) for one in value]
    raise TypeError(f"a number or other value has no place in a canonical file: {type(value).__name__}")


def _code_units(key: str) -> bytes:
    return key.encode("utf-16-be", "surrogatepass")


def _object(pairs: list[tuple[str, object]]) -> Tree:
    tree = dict(pairs)
    if len(tree) != len(pairs):
        counts = Counter(name for name, _ in pairs)
        twice = next(name for name, count in counts.items() if count > 1)
        message = N_("数据文件中“{name}”出现了两次，不予读取；请核对文件来源。")
        raise PackageRefused("duplicate-key", message, name=twice[:40])
    return tree


def _number(text: str) -> NoReturn:
    message = N_("数据文件中有不带引号的数 {number}，不予读取；请让填报单位重新导出。")
    raise PackageRefused("number", message, number=text[:40])


def _too_deep() -> PackageRefused:
    return PackageRefused("too-deep", N_("数据文件的层次超过 64 层，不予读取；请核对文件来源。"))


def _half_character() -> PackageRefused:
    return PackageRefused("surrogate", N_("文字中有半个字（不成对的代理码），无法保存；请删去显示为方框的字后重试。"))
