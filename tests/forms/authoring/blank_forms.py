"""Invented forms as people have them: blank or filled, as Word documents and workbooks, of several shapes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from docx import Document
from openpyxl import Workbook

Merge = tuple[int, int, int, int]


def document(path: Path, above: Sequence[str], rows: Sequence[Sequence[str]], merges: Sequence[Merge] = (),
             below: Sequence[str] = ()) -> Path:  # fmt: skip
    """A .docx with one table; merges are first row and column, last row and column, from 0."""
    made = Document()
    for line in above:
        made.add_paragraph(line)
    width = max(map(len, rows))
    table = made.add_table(len(rows), width)
    for number, row in enumerate(rows):
        for col, text in enumerate(row):
            if text:
                table.cell(number, col).text = text
    for top, left, bottom, right in merges:
        merged = table.cell(top, left).merge(table.cell(bottom, right))
        merged.text = merged.text.strip("\n")
    for line in below:
        made.add_paragraph(line)
    made.save(str(path))
    return path


def workbook(path: Path, rows: Sequence[Sequence[str]], merges: Sequence[str] = ()) -> Path:
    """A .xlsx with one sheet."""
    book = Workbook()
    sheet = book.worksheets[0]
    for number, row in enumerate(rows, 1):
        for col, text in enumerate(row, 1):
            if text:
                sheet.cell(number, col).value = text
    for merged in merges:
        sheet.merge_cells(merged)
    book.save(path)
    return path


def project(folder: Path) -> Path:
    """A blank project form with boxes, a unit, sums, placeholders, an opinion to be stamped, a line to sign."""
    rows = [
        ["项目名称", "", "", "", "", ""],
        ["主管部门", "", "", "实施单位", "", ""],
        ["项目属性", "", "新增项目□  延续项目□", "", "项目期限", "    年"],
        ["项目资金（万元）", "", "年度资金总额", "", "", ""],
        ["", "", "其中：财政拨款", "", "", ""],
        ["", "", "其他资金", "", "", ""],
        ["年度总体目标", "", "", "", "", ""],
        ["绩效指标", "一级指标", "二级指标", "三级指标", "", "指标值"],
        ["", "产出指标", "数量指标", "指标1：", "", ""],
        ["", "", "", "指标2：", "", ""],
        ["", "", "质量指标", "指标1：", "", ""],
        ["", "效益指标", "经济效益指标", "", "", ""],
        ["", "", "……", "", "", ""],
        ["", "满意度指标", "服务对象满意度指标", "", "", ""],
        ["主管部门审核意见", "", "（盖章）\n    年   月   日", "", "", ""],
    ]
    merges = [
        (0, 0, 0, 1), (0, 2, 0, 5), (1, 0, 1, 1), (1, 4, 1, 5), (2, 0, 2, 1), (2, 2, 2, 3), (3, 0, 5, 1), (3, 3, 3, 5),
        (4, 3, 4, 5), (5, 3, 5, 5), (6, 0, 6, 1), (6, 2, 6, 5), (7, 0, 13, 0), (8, 1, 10, 1), (11, 1, 12, 1),
        (8, 2, 9, 2), (14, 0, 14, 1), (14, 2, 14, 5), *((row, 3, row, 4) for row in range(7, 14)),
    ]  # fmt: skip
    above = ["附件2", "浣城县2026年度项目支出绩效目标申报表", "填报单位（盖章）：            单位：万元"]
    below = ["填报人：            联系电话：            填报日期：", "注：1.本表一式两份。"]
    return document(folder / "项目表.docx", above, rows, merges, below)


def evaluation(folder: Path) -> Path:
    """A blank self-evaluation: fixed rows of money, cells that are struck out, labels over blanks, a full score."""
    rows = [
        ["项目支出绩效自评表"], ["（2025年度）"], ["项目名称"], ["主管部门", "", "", "", "", "实施单位"],
        ["项目资金（万元）", "", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
        ["", "", "年度资金总额", "", "", "", "10"], ["", "", "其中：当年财政拨款", "", "", "", "—", "", "—"],
        ["年度总体目标", "预期目标", "", "", "", "实际完成情况"], [],
        ["绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分",
         "偏差原因分析及改进措施"],
        ["", "产出指标", "数量指标"], ["", "", "质量指标"], ["", "效益指标", "经济效益指标"],
        ["总分", "", "", "", "", "", "100", "", ""],
    ]  # fmt: skip
    merges = [
        "A1:I1", "A2:I2", "A3:B3", "C3:I3", "A4:B4", "C4:E4", "F4:G4", "H4:I4", "A5:B7", "A8:A9", "B8:E8", "F8:I8",
        "B9:E9", "F9:I9", "A10:A13", "B11:B12", "A14:F14",
    ]  # fmt: skip
    return workbook(folder / "自评表.xlsx", rows, merges)


def register(folder: Path) -> Path:
    """A blank register: numbered rows under a heading of two levels, sums below."""
    rows = [
        ["2026年乡村振兴项目库汇总表"], ["填报单位：", "", "", "", "", "", "", "单位：万元"],
        ["序号", "项目名称", "建设地点", "资金规模", "", "", "受益户数", "责任人"],
        ["", "", "", "合计", "财政资金", "自筹资金"], ["1"], ["2"], ["3"], ["合计"],
    ]  # fmt: skip
    merges = ["A1:H1", "A3:A4", "B3:B4", "C3:C4", "D3:F3", "G3:G4", "H3:H4", "A8:C8"]
    return workbook(folder / "项目库.xlsx", rows, merges)


SUMMARY = [
    ["2026年县级部门预算项目汇总表"], ["填报单位：", "", "", "", "", "单位：万元"],
    ["序号", "项目名称", "实施单位", "投资（万元）", "其中：财政资金", "绩效目标"],
]  # fmt: skip


def summary(folder: Path, *rows: Sequence[str]) -> Path:
    """A register with its total above the numbered rows and several notes below; blank, or filled with `rows`."""
    body = rows or (["合计"], ["1"], ["2"], ["3"])
    notes = [["注：1.本表由主管部门填报。"], ["2.“投资”：指项目总投资。"], ["3.绩效目标不超过200字。"]]
    ends = [f"A{number}:F{number}" for number in range(4 + len(body), 7 + len(body))]
    return workbook(folder / "汇总表.xlsx", [*SUMMARY, *body, *notes], ["A1:F1", "A4:B4", *ends])


def schedule(folder: Path) -> Path:
    """A blank form with numbered lines to write on, 一级 and 二级 in words of its own, and notes in paragraphs."""
    rows = [
        ["项目实施进度计划", "实施内容", "", "开始时间", "完成时间"], ["", "1.", "", "", ""], ["", "2.", "", "", ""],
        ["", "……", "", "", ""], ["一级指标", "二级指标", "三级指标", "指标目标值", "备注"],
        ["产出目标", "数量", "", "", ""], ["", "质量", "", "", ""], ["影响力目标", "长效管理", "", "", ""],
    ]  # fmt: skip
    merges = [(0, 0, 3, 0), *((row, 1, row, 2) for row in range(4)), (5, 0, 6, 0)]
    below = ["注：1.金额以元为单位。", "2.指标：应细化量化。", "3.本表一式三份。"]
    return document(folder / "进度表.docx", ["2026年项目进度与绩效表"], rows, merges, below)


def strange(folder: Path) -> Path:
    """A form of another field, whose labels no word list knows."""
    rows = [
        ["服务点全称", "", "成立于", ""], ["是否新建", "□是  □否", "占地", "          平方米"],
        ["一、建设背景", "", "", ""], ["", "", "", ""], ["二、所需经费", "", "", ""],
        ["土建", "              元", "设备", "              元"], ["村委会意见", "", "镇政府意见", ""],
    ]  # fmt: skip
    merges = [(2, 0, 2, 3), (3, 0, 3, 3), (4, 0, 4, 3)]
    return document(folder / "申请单.docx", ["乡镇便民服务点建设申请单"], rows, merges)


def filled(folder: Path) -> Path:
    """A filled form: which words are labels is told by place and by what labels look like."""
    rows = [
        ["项目名称", "城东水厂管网改造", "项目编号", "HC-2025-011"], ["承办科室", "建设股", "经办人", "张一山"],
        ["业务类别", "市政维护", "联系方式", "13800000000"],
        ["申请金额", "120.5万元", "起止时间", "2025年3月至2025年11月"],
        ["建设内容", "改造老旧供水管网12公里，更换水表3000只，惠及居民约九千人。"],
        ["一级指标", "二级指标", "三级指标", "指标值"], ["产出指标", "数量指标", "改造管网长度", "12公里"],
        ["", "质量指标", "验收合格率", "100%"], ["效益指标", "社会效益指标", "惠及居民人数", "9000人"],
    ]  # fmt: skip
    above = ["浣城县2025年度项目支出绩效目标申报表"]
    return document(folder / "填过的表.docx", above, rows, [(4, 1, 4, 3), (6, 0, 7, 0)])
