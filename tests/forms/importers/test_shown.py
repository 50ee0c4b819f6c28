from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.importers.shown import CHINESE_FORMATS, Shown, shown


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (210, "General", "210"),
        (8254.22, "General", "8254.22"),
        (0.1 + 0.2, "General", "0.3"),
        (1e15, "General", "1000000000000000"),
        (1.5e-7, "General", "0.00000015"),
        (-3.5, "General", "-3.5"),
        (2110199, "General", "2110199"),
        (441200199001011234, "0", "441200199001011234"),
        (10**18, "0.00E+00", "1000000000000000000"),
        (60, "0.00", "60.00"),
        (1234567.5, "#,##0.00", "1,234,567.50"),
        (1234567, "#,##0", "1,234,567"),
        (0.5, "#,##0.00", "0.50"),
        (0.5, "#.##", ".5"),
        (0.95, "0%", "95%"),
        (0.955, "0.0%", "95.5%"),
        (1, "0.00%", "100.00%"),
        (20, '0.00"%"', "20.00%"),
        (20, "0\\%", "20%"),
        (90, '"≥"0"%"', "≥90%"),
        (0.9, '"≥"0%', "≥90%"),
        (50, '0"万元"', "50万元"),
        (50.5, '0.00"万元"', "50.50万元"),
        (2023, '0"年"', "2023年"),
        (2023, "0年", "2023年"),
        (7, "000", "007"),
        (3, '"第"0"项"', "第3项"),
        (12, "0.##", "12"),
        (-5, "0;-0", "-5"),
        (-5, "0;[Red](0)", "(5)"),
        (-5, "0_ ;[Red]\\-0\\ ", "-5"),
        (0, '0.00;-0.00;"零"0', "零0"),
        (12.5, '[$¥-804]#,##0.00;[Red]\\-[$¥-804]#,##0.00', "¥12.50"),
        (12345678, "0,", "12346"),
        (0, '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "0"),
        (1234.5, '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "1,234.50"),
        (-1234.5, '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-1,234.50"),
        (5, ";;;", "5"),
        (0.5, "# ?/?", "0.5"),
        (5, "[>100]0.0;0", "5"),
        (1380000, "000-0000", "1380000"),
        (5, "G/通用格式", "5"),
        (5, 'G/通用格式"个"', "5个"),
        (5, "@", "5"),
        (5, "0" * 300, "5"),
        (float("inf"), "0", "#NUM!"),
        (True, "General", "TRUE"),
        (False, "0", "FALSE"),
        (None, "0", ""),
        ("  ＜甲＞ ", "0", "  ＜甲＞ "),
        ("甲_x000D_\n乙_x000D_丙", "General", "甲\n乙\n丙"),
    ],
)  # fmt: skip
def test_the_text_is_what_the_cell_shows(value: object, number_format: str, text: str) -> None:
    assert shown(value, number_format).text == text


@pytest.mark.parametrize(
    ("number", "text"),
    [(5, "¥-5"), (7, "¥-5.00"), (37, "-5"), (40, "-5.00"), (41, "-5"), (42, "¥-5"), (43, "-5.00"), (44, "¥-5.00")],
)
def test_negative_numbers_have_a_minus_in_the_formats_written_by_number(number: int, text: str) -> None:
    assert shown(-5, CHINESE_FORMATS[number]) == Shown(text)


@pytest.mark.parametrize(
    ("value", "number_format", "expected"),
    [
        (1234.567, "0.00", Shown("1234.57", "1234.567")),
        (2.675, "0.00", Shown("2.68", "2.675")),
        (0.83333, "0.0%", Shown("83.3%", "83.333%")),
        (1999, "0,", Shown("2", "1.999")),
        (1.5, "0", Shown("2", "1.5")),
        (1.5, "0.00", Shown("1.50")),
    ],
)
def test_digits_that_the_format_rounds_away_are_told(value: float, number_format: str, expected: Shown) -> None:
    assert shown(value, number_format) == expected


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (datetime(2023, 12, 31), 'yyyy"年"m"月"d"日";@', "2023年12月31日"),
        (datetime(2023, 2, 3), 'yyyy"年"mm"月"dd"日"', "2023年02月03日"),
        (datetime(2023, 2, 3), "[$-804]yyyy年m月d日", "2023年2月3日"),
        (datetime(2023, 2, 3), 'yy"年"m"月"', "23年2月"),
        (datetime(2023, 2, 3, 8, 5), 'm"月"d"日" 上午/下午h"时"mm"分"', "2月3日 上午8时05分"),
        (datetime(2023, 12, 31), 'yyyy"年"m"月"d"日" aaaa', "2023年12月31日 星期日"),
        (datetime(2023, 12, 31), "yyyy-mm-dd", "2023-12-31"),
        (datetime(2023, 12, 31), "mm-dd-yy", "2023-12-31"),
        (datetime(2023, 12, 31, 8, 30), "yyyy/m/d h:mm", "2023-12-31 08:30"),
        (datetime(2023, 12, 31, 8, 30, 5), "yyyy/m/d h:mm:ss", "2023-12-31 08:30:05"),
        (date(2023, 12, 31), CHINESE_FORMATS[57], "2023年12月"),
        (time(8, 30), "h:mm", "08:30:00"),
        (timedelta(hours=30), "[h]:mm", "1 day, 6:00:00"),
    ],
)
def test_dates_are_chinese_where_the_format_is_and_iso_elsewhere(value: object, number_format: str, text: str) -> None:
    assert shown(value, number_format) == Shown(text)


@given(st.integers(-(10**30), 10**30))
def test_whole_numbers_lose_no_digit(number: int) -> None:
    assert shown(number, "General").text == str(number)
    assert shown(number, "0").text == str(number)
    assert shown(number, "#,##0").text.replace(",", "") == str(number)


@given(st.decimals(-(10**11), 10**11, places=4), st.integers(0, 6))
def test_a_number_is_shown_to_the_places_asked_and_kept_in_full(number: Decimal, places: int) -> None:
    text, full, _ = shown(float(number), "0." + "0" * places if places else "0")
    assert abs(Decimal(text) - number) <= Decimal(5).scaleb(-places - 1)
    assert Decimal(full or text) == number


@given(st.floats(allow_nan=False, allow_infinity=False), st.text('0#?.,%;-"年\\_*[]()<>=E+/@ ', max_size=20))
def test_no_format_fails_or_loses_the_number(value: float, number_format: str) -> None:
    assert any(character.isdigit() for character in shown(value, number_format).text)


@pytest.mark.parametrize("number_format", ['[>=1]"≥"0"次";0', "0!.0,", "# ?/?"])
def test_a_format_that_is_not_understood_is_marked(number_format: str) -> None:
    assert shown(12345, number_format) == Shown("12345", understood=False)
