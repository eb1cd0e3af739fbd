"""Lists as offices have them: sixty organisations with fifteen faults, each of another kind.

``python -m tests.directory.spreadsheet.samples FOLDER`` writes them as files, to try the import by hand.
"""

import csv
import io
import sys
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook

KINDS = ("Kulturverein", "Sportgemeinschaft", "Elterninitiative", "Frauengruppe", "Jugendtreff")
PEOPLES = (
    "Afghanische Bulgarische Chilenische Dalmatische Eritreische Finnische Griechische Iranische Kurdische".split()
)
LANGUAGES = ("Arabisch", "türkisch", "uk", "Русский", "Englisch, Deutsch", "ar; de", "Farsi", "Polish", "română")
CONTACT_LANGUAGES = ("Deutsch", "ar", "Türkçe", "uk", "English")


def good(number: int) -> dict[str, str]:
    """The organisation number ``number``, written as carelessly as lists are."""
    name = f"{PEOPLES[number % 9]} {KINDS[number // 9 % 5]} {number}"
    return {
        "Kennung": f"O-{number:03}",
        "Name": name + (" e.V." if number % 2 else ""),
        "Beschreibung": f"Wir treffen uns seit {1960 + number}; alle sind willkommen.",
        "Themen": ("Kultur", "kultur, Sport", "Sport; Soziales")[number % 3],
        "Sprachen": LANGUAGES[number % 9],
        "Stadtbezirk": ("Mitte", "haspe", "")[number % 3],
        "Straße": f"Lange Straße {number}",
        "PLZ": ("58095", "D-58089")[number % 2],
        "Ort": "Hagen",
        "Telefon": f"02331 207-{number:04}",
        "E-Mail": f"verein{number}@example.org",
        "Website": ("", f"www.verein{number}.example.org", f"https://verein{number}.example.org")[number % 3],
        "Stufenlos": ("ja", "nein", "teilweise", "")[number % 4],
        "Öffnungszeiten": ("", "Mo–Fr 9–12, 14–17 Uhr; Sa n. V.", "Mo, Mi 10.00 bis 13.30 Uhr\nfeiertags geschlossen")[
            number % 3
        ],
        "Angebote": ("", f"Mo 15-17 Uhr Treffen {number}\nDonnerstag, 18:30 Chor | Gemeindehaus | Alle | de")[
            number % 2
        ],
        "E-Mail für Einladungen": f"vorstand{number}@example.org",
        "Sprache der Einladung": CONTACT_LANGUAGES[number % 5],
    }


FAULTS: dict[int, tuple[str, str]] = {
    3: ("Name", ""),
    6: ("Name", "Ein sehr langer Name " * 15),
    10: ("Telefon", "0815"),
    14: ("E-Mail", "verein(at)example.org"),
    18: ("Website", "javascript:alert(1)"),
    22: ("Themen", "Kultur, Raumfahrt"),
    25: ("Sprachen", "Klingonisch"),
    29: ("Stadtbezirk", "Atlantis"),
    33: ("PLZ", "1067"),
    37: ("Angebote", "jeden zweiten Mittwoch"),
    41: ("Beschreibung", "Sehr viel Text. " * 40),
    45: ("Stufenlos", "kommt darauf an"),
    49: ("E-Mail für Einladungen", "Frau Muster"),
    53: ("Sprache der Einladung", "Esperanto"),
    58: ("Kennung", "O-030"),
}
"""By number of the organisation: the column that is wrong and what stands there. The last one is number 30 again."""


def sixty() -> list[dict[str, str]]:
    rows = [good(number) for number in range(1, 61)]
    for number, (column, text) in FAULTS.items():
        rows[number - 1][column] = text
    return rows


def as_csv(
    rows: Sequence[dict[str, str]], *, encoding: str = "utf-8-sig", delimiter: str = ";", headings: Sequence[str] = ()
) -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, headings or list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue().encode(encoding, errors="replace")


def as_xlsx(rows: Sequence[dict[str, str]]) -> bytes:
    book = Workbook()
    book.active.append(list(rows[0]))
    for row in rows:
        book.active.append(list(row.values()))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    (folder / "sixty.csv").write_bytes(as_csv(sixty()))
    (folder / "sixty.xlsx").write_bytes(as_xlsx(sixty()))
