"""Two versions of a template: a shipped one, and what a county made of it."""

from __future__ import annotations

from forms.template.load import load
from forms.template.model import Template
from tests.forms.authoring.content import every_template

_CHANGES = (
    ('版本: "2022.1"', '版本: "2023.1"'),
    ("\n单位: 万元\n", "\n单位: 元\n"),
    ("[资金需求]万元", "[资金需求]元"),
    ("地方主管部门", "地方实施部门"),
    ("  政策依据: 长文2000\n", ""),
    ("  政策依据     | < | [政策依据]\n", "  联系人 | < | [联系人]\n"),
    ("  资金需求: 金额*\n", "  资金需求: 金额.2\n  联系人: 文本\n"),
    ("时效指标, 成本指标]", "时效指标]"),
    ("资金需求 > 0", "资金需求 >= 0"),
    ("列宽: [5, 6, 17, 28, 32]", "列宽: [5, 6, 17, 28, 30]"),
    ("三级指标: 名称*100", "指标名称: 名称*100"),
    ("二级指标 | 三级指标 | 指标值", "二级指标 | 指标名称 | 指标值"),
    ("COUNTA(指标[三级指标])", "COUNTA(指标[指标名称])"),
)


def before() -> Template:
    """The shipped one."""
    return load(every_template()["templates/gd-quyu-2022"])


def after() -> Template:
    """The one that goes on with it: amounts in 元, fields renamed, new and gone, a branch and a column changed."""
    text = every_template()["templates/gd-quyu-2022"]
    for old, new in _CHANGES:
        assert old in text
        text = text.replace(old, new)
    return load(text)
