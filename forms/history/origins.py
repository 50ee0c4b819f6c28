"""Where a change or a revision came from, in words."""

from __future__ import annotations

from forms.journal import CONTINUED, PASTED, REDO, TYPED, UNDO
from forms.language import N_, sentence

FIX = "fix"
RESTORED = "restore"
RESCUED = "rescue"
EXPORT = "export"
IMPORT = "import"

ORIGINS = {
    TYPED: N_("填写"),
    CONTINUED: N_("填写"),
    PASTED: N_("粘贴"),
    FIX: N_("改正"),
    UNDO: N_("撤销"),
    REDO: N_("重做"),
    RESTORED: N_("恢复"),
    RESCUED: N_("找回"),
    "replace": N_("替换"),
    "library": N_("指标库"),
    IMPORT: N_("导入"),
    "new": N_("新填"),
    "carry": N_("沿用"),
    "copy": N_("复制"),
    "move": N_("移到新版"),
    EXPORT: N_("导出"),
}
REASONS = ORIGINS | {
    "carry": N_("做后面的表"), "check": N_("检查"), "close": N_("关闭"), "timer": N_("定时"), "bin": N_("放进回收站"),
}  # fmt: skip


def origin_words(origin: str) -> str:
    """Where a change came from; an origin of a program that knows more is told as it is written."""
    return sentence(ORIGINS.get(origin, origin))


def reason_words(reason: str) -> str:
    """Why a revision was kept."""
    return sentence(REASONS.get(reason, reason))
