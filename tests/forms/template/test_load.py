"""What a template file is refused for: every fault, at its line, in one sentence, all at once."""

from __future__ import annotations

import pytest

from forms.errors import TemplateRefused
from forms.template.drawing import LEVEL1, LEVEL2
from forms.template.load import is_set, load, load_set
from forms.template.model import Blank, Branch, Role, Words
from forms.values import Kind

SOUND = """\
语法: 1
编号: sample
模板: 样表
版本: "1"
单位: 万元
字段:
  甲: 金额*.2
  乙: 金额(元)
  丙: 选项(是, 否)
  丁: 金额 = 甲 - 乙
  年: 年度
默认: {丙: 是}
说明: {甲: 必须填}
表:
  任务:
    列: {名称: 文本*, 数: 金额}
    行: 1..9
  固定:
    列: {项: 行名, 数: 金额}
    行: [头, 尾]
    无格: {尾: [数]}
指标:
  列: {三级指标: 名称*, 指标值: 指标值}
  树:
    产出指标: [数量指标, 质量指标]
列宽: [1, 1, 1, 1]
版式: |
  甲 | [甲]万元 | 乙 | [乙]
  丙 | [丙□] | 丁 | [丁]
  名称 | < | 数 | <
  @任务
  项 | < | 数 | <
  @固定
  一级指标 | 二级指标 | 三级指标 | 指标值
  @指标
落款: 年：[年]
别名: {名称: [任务名称]}
规则:
  大小: 甲 >= 乙 | 甲 {左} 小于乙 {右}。
检查: {大小: 警告, R-SAT-OBJ: 关}
"""


def refused(text: str) -> list[str]:
    with pytest.raises(TemplateRefused) as refusal:
        load(text, "样表.yaml")
    sentence = str(refusal.value)
    assert sentence.startswith(f"表样“样表.yaml”不能使用，有 {len(refusal.value.faults)} 处错误。")
    return sentence.split("\n")[1:]


def changed(old: str, new: str) -> str:
    assert SOUND.count(old) == 1, old
    return SOUND.replace(old, new)


# What is written instead of what, and the faults that come of it.
FAULTS: list[tuple[str, str, tuple[str, ...]]] = [
    ("语法: 1", "语法: 2", ("第 1 行：“语法”应为 1；较新的表样要用较新的程序。",)),
    ("编号: sample", "编号: Sample_1", ("第 2 行：编号只用小写字母、数字和连字符，至多 32 个，例如 gd-quyu-2022。",)),
    ("编号: sample\n", "", ("第 1 行：缺少“编号”。",)),
    ("模板: 样表", "模板: [样表]", ("第 3 行：“模板”后面应是一段文字。", "第 3 行：缺少“模板”。")),
    ('版本: "1"', '版本号: "1"', ("第 1 行：缺少“版本”。", "第 4 行：不认识“版本号”，是不是“版本”？")),
    ("单位: 万元", "单位: 美元", ("第 5 行：单位只能是元、千元、万元、百万元、亿元。",)),
    ("  乙: 金额(元)", "  乙: 金额(镑)", ("第 8 行：“乙”的单位“镑”不是金额单位。",)),
    ("  乙: 金额(元)", "  乙: 文本(元)", ("第 8 行：“乙”的类型后面不能有括号；括号只用来写选项和金额的单位。",)),
    ("  乙: 金额(元)", "  乙: 货币", ("第 8 行：“乙”的类型“货币”不认识；可用：",)),
    ("  乙: 金额(元)", "  乙: 行名", ("第 8 行：“乙”的类型“行名”不认识；可用：",)),
    ("  乙: 金额(元)", "  乙: 文本.2", ("第 8 行：“乙”不是金额或百分比，没有小数位数。",)),
    ("  乙: 金额(元)", "  乙: {类型: 金额, 位: 两}", ("第 8 行：“位”应为整数，至多 9。",)),
    ("  乙: 金额(元)", "  乙: {位: 2}", ("第 8 行：“乙”没有写明“类型”。",)),
    ("  乙: 金额(元)", "  乙: {类型: 金额, 必填: 要}", ("第 8 行：“必填”只能写是或否。",)),
    ("  乙: 金额(元)", "  乙: {类型: 金额, 颜色: 红}", ("第 8 行：不认识“颜色”",)),
    ("  丙: 选项(是, 否)", "  丙: 选项", ("“丙”没有写明选项。",)),
    ("  丙: 选项(是, 否)", "  丙: [是, 否, 是]", ("第 9 行：“丙”的选项有空的、重复的，或超过 200 个。",)),
    ("  丁: 金额 = 甲 - 乙", "  丁: 金额 = 甲 -", ("第 10 行：公式“甲 -”不能用：",)),
    ("  丁: 金额 = 甲 - 乙", "  丁: 金额 = 甲 - 已", ("第 10 行：“丁”的公式用到“已”，表样里没有。",)),
    ("  丁: 金额 = 甲 - 乙", "  丁: 金额 = 甲 = 乙", ("第 10 行：“丁”的公式应算出一个值，不能是比较。",)),
    ("  丁: 金额 = 甲 - 乙", "  丁: 金额 = 丁 + 1", ("第 10 行：“丁”的公式绕回到它自己。",)),
    ("  年: 年度", "  序号: 文本\n  年: 年度", ("“序号”是一份表在一套中的序号", "“序号”没有画")),
    ("  年: 年度", '  "": 文本\n  年: 年度', ("第 11 行：名称“”不能用：", "没有画在版式中")),
    ("  年: 年度", '  "左[右": 文本\n  年: 年度', ("第 11 行：名称“左[右”不能用：", "没有画在版式中")),
    ("  年: 年度", '  "一\\n二": 文本\n  年: 年度', ("第 11 行：名称“一 二”不能用", "没有画在版式中")),
    ("默认: {丙: 是}", "默认: {丙: 也许}", ("第 12 行：“丙”的默认值“也许”不能填在这里：“也许”不在可选项内",)),
    ("默认: {丙: 是}", "默认: {丙: =档案.生日}", ("第 12 行：“丙”的默认值只能取自=档案.单位名称、",)),
    ("默认: {丙: 是}", "默认: {戊: 是}", ("第 12 行：“默认”中的“戊”没有在“字段”中定义。",)),
    ("默认: {丙: 是}", "默认: {丁: 1}", ("第 12 行：“丁”是算出来的，不能有默认值。",)),
    ("默认: {丙: 是}", "默认: 是", ("第 12 行：“默认”下面应是“名称: 内容”各行。",)),
    ("    行: 1..9", "    行: 9..1", ("第 17 行：表“任务”的行数应写成 1..40，至多 5000 行。",)),
    ("    行: 1..9", "    行: 1..99999999999", ("第 17 行：表“任务”的行数应写成 1..40",)),
    ("    行: [头, 尾]", "    行: [头, 头]", ("第 20 行：表“固定”的行名有重复的", "“无格”中的“尾”")),
    ("    无格: {尾: [数]}", "    无格: {尾巴: [数字]}", ("第 21 行：“无格”中的“尾巴”", "“无格”中的“数字”")),
    ("    无格: {尾: [数]}", "    级: {项: [5, 3]}", ("第 21 行：“级”应写成“科目编码: [3, 5, 7]”或“层次”",)),
    ("    无格: {尾: [数]}", '    样: "{n:二}{名}"', ("第 21 行：“样”中的序号只能写成", "“名”", "“项”应", "“数”应")),
    ("三级指标: 名称*, 指", "三级指标: 文本*, 指", ("第 23 行：指标“指标”应有且只有一列是“名称”。",)),
    ("三级指标: 名称*, 指", "一级指标: 文本, 三级指标: 名称*, 指", ("“一级指标”不用写在“列”里，它来自“树”。",)),
    ("    产出指标: [数量指标, 质量指标]", "    产出指标: [数量指标, 数量指标]", ("“数量指标”写了两次。",)),
    ("    产出指标: [数量指标, 质量指标]", "    产出指标: {数量指标: 三}", ("“数量指标”后面应是预留的行数",)),
    ("    产出指标: [数量指标, 质量指标]", "    产出指标: [[[]]]", ("“产出指标”下面应是二级指标的名称",)),
    ("列宽: [1, 1, 1, 1]", "列宽: [1, 1, 0, 1]", ("第 26 行：“列宽”应是一列大于零的数",)),
    ("列宽: [1, 1, 1, 1]", "列宽: [1, 1, 1]", tuple(f"第 {n} 行：这一行有 4 格" for n in (28, 29, 30, 32, 34))),
    ("列宽: [1, 1, 1, 1]\n", "列宽: [1, 1, 1, 1]\n纸张: B5\n", ("第 27 行：纸张“B5”不认识；可用：A4、",)),
    ("列宽: [1, 1, 1, 1]\n", "列宽: [1, 1, 1, 1]\n每页: [页脚]\n", ("第 27 行：“每页”只能写标题、抬头、表头。",)),
    ("列宽: [1, 1, 1, 1]\n", "列宽: [1, 1, 1, 1]\n抬头: {中: 甲}\n", ("第 27 行：不认识“中”。",)),
    ("列宽: [1, 1, 1, 1]\n", '列宽: [1, 1, 1, 1]\n标题: "{名}"\n', ("第 27 行：版式中的“名”没有在“字段”中定义。",)),
    ("  甲 | [甲]万元 |", "  < | [甲]万元 |", ("第 28 行：“<”的左边或上面没有可以合并的格。",)),
    ("  甲 | [甲]万元 |", "  甲 | [甲万元 |", ("第 28 行：“[”没有配成一对", "第 7 行：“甲”没有画在版式中。")),
    ("  甲 | [甲]万元 |", "  甲 | [己]万元 |", ("第 28 行：版式中的“己”没有在“字段”中定义", "第 7 行：“甲”没有画")),
    ("  甲 | [甲]万元 |", "  甲 | [甲][甲] |", ("第 7 行：“甲”在版式中画了两次。",)),
    ("[丙□]", "[丙□是]", ("第 9 行：“丙”画了方框，就要把各选项的方框都画出来，不再另画填写格。",)),
    ("[丙□]", "[丙□是][丙□是][丙□否]", ("第 9 行：“丙”的方框“是”画了两次。",)),
    ("[丙□]", "[丙□对]", ("第 29 行：“丙”没有选项“对”。",)),
    ("[丙□]", "[丙□是]\\[", ("第 9 行：“丙”画了方框",)),
    ("[丙□]", "[年□]", ("第 29 行：“年”不是选项，不能画方框。", "第 9 行：“丙”没有画")),
    ("  名称 | < | 数 | <\n", "  名字 | < | 数 | <\n", ("第 30 行：表头“名字”", "第 31 行：“任务”的列“名称”没有画")),
    ("  名称 | < | 数 | <\n", "  名称 | 名称 | 数 | <\n", ("第 31 行：“任务”的列“名称”画了两次。",)),
    ("  @任务\n", "  @任物\n", ("第 31 行：“@任物”既不是“表”也不是“指标”，是不是“任务”", "第 15 行")),
    ("落款: 年：[年]\n", "", ("第 11 行：“年”没有画在版式中。",)),
    ("别名: {名称: [任务名称]}", "别名: {名子: [任务名称]}", ("第 37 行：“别名”中的“名子”在表样里没有",)),
    ("别名: {名称: [任务名称]}", "别名: {名称: [[]]}", ("第 37 行：“名称”应是一列文字，如 [甲, 乙]。",)),
    ("  大小: 甲 >= 乙 | 甲 {左} 小于乙 {右}。", "  大小: 甲 >= 乙", ("第 39 行：规则“大小”应写成“公式 |", "“检查”")),
    ("  大小: 甲 >= 乙 |", "  大小: 甲 - 乙 |", ("第 39 行：规则“大小”应是条件", "“检查”中的“大小”")),
    ("  大小: 甲 >= 乙 |", "  大小: 甲 >= 丁丁 |", ("第 39 行：“大小”的公式用到“丁丁”，表样里没有，是不是“丁”？",)),
    ("  大小: 甲 >= 乙 |", "  大小: 甲 >= SUM(任务[数数]) |", ("第 39 行：“大小”的公式用到“任务[数数]”",)),
    ("  大小: 甲 >= 乙 |", "  大小: 逐行 任 甲 >= 乙 |", ("第 39 行：“逐行 任”：没有这个表或指标",)),
    ("小于乙 {右}。", "小于乙 {甲}。", ("第 39 行：规则“大小”的提示里只能用{左}、{右}、{差}。",)),
    ("检查: {大小: 警告,", "检查: {大小: 不要,", ("第 40 行：检查“大小”只能写关、错误、警告、提示。",)),
    ("检查: {大小: 警告,", "检查: {大大小: 警告,", ("第 40 行：“检查”中的“大大小”不是“规则”中的一条，是不是“大小”？",)),
    ("别名: {名称", "取整: 对\n别名: {名称", ("第 37 行：“取整”只能写是或否。",)),
    ("别名: {名称", "沿用: sample\n别名: {名称", ("第 37 行：“沿用”应写成 编号@版本",)),
    ("别名: {名称", "生效: 明年\n别名: {名称", ("第 37 行：“生效”应是日期，例如 2026-01-01。",)),
    ("别名: {名称", "页: [一]\n别名: {名称", ("“列宽”就要写在各页里。", "“版式”就要", "“落款”就要", "第 37 行：“页”")),
]  # fmt: skip


def test_the_sound_template_says_what_it_draws() -> None:
    template = load(SOUND)
    first, second = template.sheets[0].cells[:2]
    assert (first.words, second.parts) == ("甲", (Blank("甲"), Words("万元")))
    assert template.fields["乙"].unit == "元"
    assert template.fields["丙"].default == "是"
    assert template.tables["固定"].absent == {("尾", "数")}
    assert template.trees["指标"].by_role(Role.NAME) == template.trees["指标"].columns[0]
    assert [column.name for column in template.sheets[0].blocks[2].columns] == [LEVEL1, LEVEL2, "三级指标", "指标值"]
    assert [(rule.name, rule.line) for rule in template.rules] == [("大小", 39)]


@pytest.mark.parametrize(("old", "new", "expected"), FAULTS, ids=[str(number) for number in range(len(FAULTS))])
def test_each_fault_is_told_at_its_line_and_brings_no_others(old: str, new: str, expected: tuple[str, ...]) -> None:
    said = refused(changed(old, new))
    for sentence in expected:
        assert any(sentence in one for one in said), said
    assert len(said) <= len(expected), said
    assert all(one.startswith("第 ") and "{name}" not in one and "{near}" not in one for one in said)


def test_all_faults_are_told_at_once_in_the_order_of_their_lines() -> None:
    text = (
        SOUND.replace("单位: 万元", "单位: 美元")
        .replace("  年: 年度", "  年: 年岁")
        .replace("1..9", "九")
        .replace("|", "｜")
    )
    lines = [int(one.split()[1]) for one in refused(text)]
    assert lines == sorted(lines)
    assert {5, 11, 17} <= set(lines)


def test_lines_count_from_the_top_of_the_file_with_comments_and_empty_lines() -> None:
    text = "# 一\n\n# 三\n" + changed("  甲 | [甲]万元 |", "\n  # 一、小标题\n\n  甲 | [己]万元 |")
    assert any(one.startswith("第 34 行：版式中的“己”") for one in refused(text))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "第 1 行：文件应由“名称: 内容”各行组成。"),
        ("只有一行字", "第 1 行：文件应由"),
        ("- 甲\n- 乙", "第 1 行：文件应由"),
        ("语法: 1\n语法: 1", "第 2 行：“语法”写了两次。"),
        ("语法: 1\n甲: &a 1\n乙: *a", "第 2 行：不允许使用 & 和 * 引用"),
        ("语法: !!int 1", "第 1 行：不允许使用 ! 标记"),
        ("语法: 1\n---\n语法: 1", "一个文件只写一份表样"),
        ("语法: 1\n\t编号: a", "第 2 行：这里不合 YAML 的写法"),
        ('语法: "1\n编号: a\n', "第 1 行：这里不合 YAML 的写法"),
        ("语法: 1\n编号：a\n模板: 甲", "第 2 行：这里不合 YAML 的写法"),
        ('语法: 1\n编号: "a\\0"', "第 2 行：这里有不能印出的控制字符。"),
        ("语法: 1\n? [甲]\n: 乙", "第 2 行：名称只能是文字。"),
        ("语法: \ud800", "文件里有不成字的编码"),
        ("语法: \x07", "这里不合 YAML 的写法"),
    ],
)
def test_what_is_no_template_is_refused_at_its_line(text: str, said: str) -> None:
    assert any(said in one for one in refused(text)), refused(text)


def test_several_sheets_each_have_a_name_of_their_own() -> None:
    page = "  - 名: 表1\n    列宽: [1]\n    版式: |\n      字\n"
    head = '语法: 1\n编号: a\n模板: 甲\n版本: "1"\n纸张: A3横\n页:\n'
    assert [sheet.paper.name for sheet in load(head + page + page.replace("表1", "表2")).sheets] == ["A3横", "A3横"]
    assert any("每一页要有自己的“名”" in one for one in refused(head + page + page))


def test_an_empty_drawing_is_no_form() -> None:
    head = '语法: 1\n编号: a\n模板: 甲\n版本: "1"\n列宽: [1]\n版式: '
    assert refused(head + "|\n") == ["第 6 行：“版式”是空的。"]
    assert refused(head + "甲") == refused(head + "[甲]") == ["第 6 行：“版式”应写成 |，下面各行缩进着画出表格。"]


def test_escapes_print_the_signs_of_the_drawing() -> None:
    head = '语法: 1\n编号: a\n模板: 甲\n版本: "1"\n列宽: [1, 1, 1]\n版式: |\n'
    template = load(head + "  \\<左 | \\^ | 甲\\|乙\\n丙\\\\\n  \\[丁\\] | \\@戊 | \\{己\\}\n")
    assert [cell.words for cell in template.sheets[0].cells] == ["<左", "^", "甲|乙\n丙\\", "[丁]", "@戊", "{己}"]


def test_a_backslash_before_a_bar_may_itself_be_escaped() -> None:
    template = load('语法: 1\n编号: a\n模板: 甲\n版本: "1"\n列宽: [1, 1]\n版式: |\n  甲\\\\|乙\n')
    assert [cell.words for cell in template.sheets[0].cells] == ["甲\\", "乙"]


def test_a_heading_of_two_lines_may_share_the_words_below() -> None:
    text = """\
语法: 1
编号: a
模板: 甲
版本: "1"
表:
  资金: {列: {中期拨款: 金额, 年度拨款: 金额}, 行: 1..2}
列宽: [1, 1]
版式: |
  中期 | 年度
  拨款 | 拨款
  @资金
"""
    assert [(one.name, one.col) for one in load(text).sheets[0].blocks[0].columns] == [("中期拨款", 0), ("年度拨款", 1)]


def test_without_a_heading_columns_stand_in_order_and_the_last_has_the_rest() -> None:
    text = '语法: 1\n编号: a\n模板: 甲\n版本: "1"\n表:\n  目标: {列: {序号: 序号, 文: 长文}, 行: 1..2}\n'
    columns = load(text + "列宽: [1, 1, 1]\n版式: |\n  @目标\n").sheets[0].blocks[0].columns
    assert [(one.name, one.col, one.cols) for one in columns] == [("序号", 0, 1), ("文", 1, 2)]
    assert any("放不下 2 列" in one for one in refused(text + "列宽: [1]\n版式: |\n  @目标\n"))


def test_kinds_and_roles_of_columns() -> None:
    text = changed("指标值: 指标值}", "指标值: 指标值, 权: {角色: 权重}, 依: 依据, 源: [统计, 记录]}")
    text = text.replace("三级指标 | 指标值\n", "三级指标 | 指标值 | 权 | 依 | 源\n")
    tree = load(text.replace("列宽: [1, 1, 1, 1]", "列宽: [1, 1, 1, 1, 1, 1, 1]"))
    kinds = {column.name: column.kind for column in tree.trees["指标"].columns}
    assert kinds["权"] is Kind.MONEY
    assert kinds["依"] is Kind.LONG
    assert kinds["源"] is Kind.CHOICE


def test_branches_may_keep_rows_free_or_be_left_to_the_filer() -> None:
    text = changed(
        "    产出指标: [数量指标, 质量指标]", '    产出指标: {数量指标: 3, "……": 自填}\n    效益指标: [甲, {乙: 2}]'
    )
    limbs = load(text).trees["指标"].limbs
    assert limbs[0].branches == (Branch("数量指标", 3), Branch("……", free=True))
    assert limbs[1].branches == (Branch("甲"), Branch("乙", 2))


SET = '语法: 1\n编号: chengtao\n成套: 一套\n版本: "1"\n次序: [a, b-1]\n序号: "{n}、"\n'


def test_a_set_names_its_members_in_order() -> None:
    made = load_set(SET)
    assert (made.members, made.numbering, made.name) == (("a", "b-1"), "{n}、", "一套")
    assert is_set(SET)
    assert not is_set(SOUND)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (SET.replace("[a, b-1]", "[]"), "第 5 行：“次序”应列出各表样的编号"),
        (SET.replace("[a, b-1]", "[A]"), "第 5 行：“次序”应列出各表样的编号"),
        (SET + "顺序: 1\n", "第 7 行：不认识“顺序”，是不是"),
        (SOUND, "缺少“成套”"),
        ("", "文件应由"),
    ],
)
def test_a_faulty_set_is_refused(text: str, said: str) -> None:
    with pytest.raises(TemplateRefused) as refusal:
        load_set(text)
    assert said in str(refusal.value)


def test_a_circle_is_told_for_those_in_it_and_not_for_those_beside_it() -> None:
    fields = "  子: 金额 = 丑 + 甲\n  丑: 金额 = 寅\n  寅: 金额 = 子\n  卯: 金额 = 寅 + 1\n"
    text = changed("  年: 年度\n", fields + "  年: 年度\n").replace(
        "落款: 年：[年]", "落款: 年：[年] | [子][丑][寅][卯]"
    )
    assert refused(text) == [
        f"第 {line} 行：“{name}”的公式绕回到它自己。" for line, name in ((11, "子"), (12, "丑"), (13, "寅"))
    ]
