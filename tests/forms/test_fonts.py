from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from fontTools.pens.recordingPen import RecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from forms.files import digest, resource
from forms.typeset import fonts
from forms.typeset.fonts import Face, faces, missing, vertical

TEXT, HEADING = faces()["text"], faces()["heading"]
RARE = "㛃㴋䶮喆堃犇赟𬭎𬸚"
BEYOND = "\U00020000"  # 𠀀: in neither face


def test_the_shipped_files_are_those_the_script_built() -> None:
    assert digest(TEXT.path.read_bytes()) == "8905b286757f43dd6ad861081c8ad56a948f77b64c4ba00cd208220400e89d20"
    assert digest(HEADING.path.read_bytes()) == "c3aa9c64b0139b00be6a858240b7652351e67f6943c7d1c634c8a4eef8f9fc61"


@pytest.mark.parametrize("face", [TEXT, HEADING], ids=["text", "heading"])
def test_every_character_is_found_with_the_glyph_and_width_another_reader_sees(face: Face) -> None:
    with TTFont(face.path) as font:
        cmap, metrics = font.getBestCmap(), font["hmtx"].metrics
        expected = {code: (font.getGlyphID(name), *metrics[name]) for code, name in cmap.items()}
    gids = {code: face.gid(chr(code)) for code in cmap}
    assert {code: (gid, face.glyph_advance(gid), face.bearing(gid)) for code, gid in gids.items()} == expected
    assert not any(face.has(chr(code)) for code in range(0x20, 0x30000, 7) if code not in cmap)


def test_both_character_maps_of_a_file_agree() -> None:
    at = _maps(TEXT)
    wrong = [code for code in range(0x20, 0x10000) if TEXT._lookup4(at[4], code) != TEXT._lookup12(at[12], code)]
    assert wrong == []
    assert TEXT._lookup4(at[4], 0x2CB4E) == 0


def _maps(face: Face) -> dict[int, int]:
    table = face._tables["cmap"][0]
    (count,) = face._read(">H", table + 2)
    starts = [table + face._read(">2HL", table + 4 + 8 * index)[2] for index in range(count)]
    return {face._read(">H", start)[0]: start for start in starts}


def test_the_text_face_has_the_names_and_symbols_of_forms() -> None:
    assert all(map(TEXT.has, RARE + "☐☑☒□■√≤≥％‰℃㎡①⑳Ⅳ〔〕【】《》“”‘’—…·"))
    assert all(map(TEXT.has, (chr(code) for code in range(0x3400, 0x4DC0))))
    assert all(map(HEADING.has, (chr(code) for code in range(0x4E00, 0x9FF0))))


@pytest.mark.parametrize("face", [TEXT, HEADING], ids=["text", "heading"])
def test_a_ticked_box_is_the_empty_box_with_a_tick(face: Face) -> None:
    contours = {}
    with TTFont(face.path) as font:
        glyphs, cmap = font.getGlyphSet(), font.getBestCmap()
        for box in "☐☑☒":
            pen = RecordingPen()
            glyphs[cmap[ord(box)]].draw(pen)
            contours[box] = [operator for operator, _ in pen.value].count("closePath")
    assert {face.advance(box) for box in contours} == {face.units}
    assert contours == {"☐": 2, "☑": 3, "☒": 3}


def test_width_adds_up_and_scales() -> None:
    assert TEXT.width("中文", 10.5) == 21.0
    assert TEXT.width("", 10.5) == 0.0
    assert TEXT.units_of("A1%") == TEXT.advance("A") + TEXT.advance("1") + TEXT.advance("%")


def test_a_face_borrows_what_it_lacks_from_the_other() -> None:
    assert not HEADING.has("𬭎")
    assert HEADING.source("𬭎") is TEXT
    assert HEADING.source("县") is HEADING
    assert HEADING.advance("𬭎") == 1000


def test_missing_characters_are_named_once_in_order() -> None:
    assert missing(f"甲{BEYOND}乙\U00020001{BEYOND}") == (BEYOND, "\U00020001")
    assert missing(RARE) == ()


def test_characters_without_a_shape_are_not_missing_and_have_no_width() -> None:
    assert missing("\n\r\t\u200d\ufe0f\U000e0100\u2028\u2009\ufeff") == ()
    assert TEXT.width("\u200d\ufe0f\n", 10) == 0.0
    assert TEXT.advance("\t") == TEXT.advance("\u2009") == TEXT.advance(" ")


def test_vertical_forms_exist_in_both_faces() -> None:
    turned = vertical("（年）《法》“引”…—")
    assert turned == "︵年︶︽法︾﹃引﹄︙︱"
    assert all(HEADING.has(ch) and TEXT.has(ch) for ch in turned)
    assert all(unicodedata.normalize("NFKC", form) for form in turned)


def test_a_rare_face_is_asked_for_what_both_lack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rare = _tiny_font(tmp_path / "HanaMinB.ttf")
    monkeypatch.setattr(fonts, "_rare_face", lambda: Face(rare))
    assert missing(BEYOND) == ()
    source = Face(resource("fonts", "jixiao-serif-sc.ttf")).source(BEYOND)
    assert source is not None
    assert source.postscript == "Tiny"


def test_a_rare_face_is_looked_for_in_the_folders_of_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "hanazono").mkdir()
    rare = _tiny_font(tmp_path / "hanazono" / "HanaMinB.ttf")
    monkeypatch.setattr(fonts, "_system_folders", lambda: (tmp_path,))
    found = fonts._rare_face.__wrapped__()
    assert found is not None
    assert found.path == rare
    monkeypatch.setattr(fonts, "_system_folders", lambda: (tmp_path / "none",))
    assert fonts._rare_face.__wrapped__() is None


def _tiny_font(path: Path) -> Path:
    """A font with one square for 𠀀, and short offsets in loca."""
    from fontTools.fontBuilder import FontBuilder

    pen = TTGlyphPen(None)
    for step, point in enumerate(((0, 0), (0, 400), (400, 400), (400, 0))):
        (pen.lineTo if step else pen.moveTo)(point)
    pen.closePath()
    builder = FontBuilder(500, isTTF=True)
    builder.setupGlyphOrder([".notdef", "square"])
    builder.setupCharacterMap({ord(BEYOND): "square"})
    builder.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "square": pen.glyph()})
    builder.setupHorizontalMetrics({".notdef": (500, 0), "square": (500, 0)})
    builder.setupHorizontalHeader(ascent=440, descent=-60)
    builder.setupNameTable({"psName": "Tiny"})
    builder.setupPost()
    builder.save(path)
    return path


def test_a_width_from_a_face_with_another_em_is_scaled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rare = Face(_tiny_font(tmp_path / "HanaMinB.ttf"))
    monkeypatch.setattr(fonts, "_rare_face", lambda: rare)
    assert Face(resource("fonts", "jixiao-serif-sc.ttf")).advance(BEYOND) == 1000
    assert len(rare.glyph(rare.gid(BEYOND))) > 20
