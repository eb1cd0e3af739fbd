"""Lists in the encodings of offices: recognised, or asked; never garbled without a word."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.spreadsheet import encodings, reading

HEAD = "Name des Vereins;Name in eigener Sprache\nVerein Hof;"
NAMES = {
    "cp1252": ["Brücke", "Straße", "Café Süd", "„Brücke“ – Verein", "50 €; Größe", "Ägypten", "Jugend"],
    "cp1251": ["Объединение «Лоцман»", "Українці в Хагені", "Болгарско сдружение", "Спілка", "ТОВ ДІМ", "Мир"],
    "cp1254": ["Şirin Çocuk Derneği", "Türk Birliği", "Barış", "Işık Evi", "Öğrenci Düşünce Kulübü", "Ağaç"],
    "cp1256": ["جمعية الأسرة", "جمعية الجسر النموذجية", "نادي", "بيت", "انجمن فرهنگي", "مركز ثقافي"],
    "cp1250": ["Casa Română"],
    "mac_roman": ["Brücke", "Größe Köln"],
    "cp850": ["Brücke", "Größe Köln"],
    "utf-8": ["Brücke", "جمعية", "Şirin", "Мир"],
    "utf-8-sig": ["Brücke", "جمعية"],
    "utf-16": ["Brücke", "جمعية الجسر", "Мир"],
    "utf-16-le": ["Brücke", "جمعية الجسر", "Мир"],
    "utf-16-be": ["Brücke", "جمعية الجسر", "Мир"],
}
UNCERTAIN = {
    "cp1252": ["Haus ü", "Círculo Español", "François"],
    "cp1254": ["Güneş", "Şiir"],
    "cp1250": ["Asociaţia Românilor", "Společnost Čechů"],
    "cp1251": ["Я"],
    "cp1256": ["دار"],
}


def texts(content: bytes) -> list[str]:
    return [found.text for found in encodings.decode(content)]


@pytest.mark.parametrize(("encoding", "name"), [(code, name) for code, names in NAMES.items() for name in names])
def test_an_encoding_is_recognised(encoding: str, name: str) -> None:
    assert texts(f"{HEAD}{name}\n".encode(encoding)) == [f"{HEAD}{name}\n"]


@pytest.mark.parametrize(("encoding", "name"), [(code, name) for code, names in UNCERTAIN.items() for name in names])
def test_what_may_be_read_in_several_ways_is_asked(encoding: str, name: str) -> None:
    found = texts(f"{HEAD}{name}\n".encode(encoding))
    assert f"{HEAD}{name}\n" in found
    assert 2 <= len(found) <= encodings.SHOWN_AT_MOST


@pytest.mark.parametrize("encoding", ["cp1252", "cp1251", "cp1254", "cp1256"])
def test_a_bad_byte_in_utf_8_is_asked(encoding: str) -> None:
    content = "Name;Ort\nBrücke Süd;Köln\n".encode() + "Größe;Hagen\n".encode("cp1252")
    found = encodings.decode(content)
    assert len(found) > 1
    assert "Brücke Süd;Köln\nGröße" in found[0].text


def test_utf_8_that_was_encoded_twice_is_asked() -> None:
    content = b"Name;Ort\n" + "Brücke".encode().decode("cp1252").encode() + ";Köln\n".encode()
    found = texts(content)
    assert found[0] == "Name;Ort\nBrücke;Köln\n"
    assert len(found) == 2


EXPECTED = {
    "arabic-windows-1256.csv": "جمعية الساحة",
    "numbered-names.csv": "Verein Nr. 111",
    "russian-windows-1251.csv": "Объединение «Лоцман»",
    "turkish-windows-1254.csv": "Şirin Çocuk Derneği",
    "utf-8-one-bad-byte.csv": "Haus ü",
}


@pytest.mark.parametrize("name", EXPECTED)
def test_lists_of_offices_are_read(name: str) -> None:
    found = reading.readings((Path(__file__).parent / "lists" / name).read_bytes())
    assert len(found) == (2 if "bad-byte" in name else 1)
    assert EXPECTED[name] in [cell for row in found[0].rows for cell in row.cells]


SENTENCES = {
    "cp1252": "Die Brücke für Mütter und Väter; größere Übergänge ändern Straßen schön",
    "cp1251": "Культурное объединение русскоязычных семей в Хагене",
    "cp1254": "Türkiye'den gelen kadınlar için dayanışma derneği, öğrenci yardımlaşması",
    "cp1256": "جمعية المرأة العربية للثقافة والتعليم والرياضة",
}


@given(st.sampled_from(sorted(SENTENCES)), st.integers(1, 30))
def test_longer_lists_leave_no_doubt(encoding: str, lines: int) -> None:
    text = HEAD + "\n".join([SENTENCES[encoding]] * lines)
    assert texts(text.encode(encoding)) == [text]


@given(st.binary(max_size=300))
def test_any_bytes_are_read_in_at_most_a_few_ways(content: bytes) -> None:
    assert len(encodings.decode(content)) <= encodings.SHOWN_AT_MOST
