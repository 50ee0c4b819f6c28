"""The second digest of a package, SM3 (GB/T 32905), from whichever certified library this machine has."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from forms.errors import JixiaoError
from forms.language import N_


def _of_openssl() -> Callable[[bytes], str] | None:
    try:
        hashlib.new("sm3")
    except ValueError:
        return None
    return lambda data: hashlib.new("sm3", data).hexdigest()


def _of_cryptography() -> Callable[[bytes], str] | None:
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415 — heavy, and hardly ever needed
    from cryptography.hazmat.primitives import hashes  # noqa: PLC0415 — heavy, and hardly ever needed

    def sm3(data: bytes) -> str:
        state = hashes.Hash(hashes.SM3())
        state.update(data)
        return state.finalize().hex()

    try:
        sm3(b"")
    except UnsupportedAlgorithm:
        return None
    return sm3


def _found() -> Callable[[bytes], str]:
    sm3 = _of_openssl() or _of_cryptography()
    if sm3 is None:
        raise JixiaoError(N_("本机的密码库没有国密 SM3 算法，不能生成或核验申报包；请改用完整安装包重新安装本程序。"))
    return sm3


sm3: Callable[[bytes], str] = _found()
"""SM3 of some bytes as 64 lower-case hexadecimal digits."""
