"""The handbooks call buttons, menus and fields what the screen calls them."""

import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.apps import apps
from django.conf import locale as django_locale
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
HANDBOOKS = ("editing.md", "organisations.md", "translating.md")
NAMED = re.compile(r"\*\*(.+?)\*\*|„([^“]+)“", re.DOTALL)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
LEADS_IN = (".", "?", ",")
"""Ends of bold words that begin a paragraph and are no name."""
NOT_ON_THE_SCREEN = {
    # What is only stressed.
    "30 Tage",
    "Aktuelles, Termine, Organisationen, Integrationsrat",
    "Aufgabe eines Workflows",
    "Aus Word, LibreOffice, Google Docs oder einer Mail einfügen:",
    "Das nächste Jahr:",
    "Dieselbe Liste noch einmal",
    "Eine ganze Pressemitteilung auf einmal:",
    "Fett und Links",
    "Gruppe einer Rolle",
    "Mehrere Werte",
    "Nummern und deutsche Namen",
    "Schon einmal übersetzt",
    "Selbst gehen:",
    "Strg+Eingabe",
    "Strg+S",
    "Sitzung hinzufügen:",
    "Tatsache",
    "Teilnehmen:",
    "Tippfehler",
    "Verlegt:",
    "Vor dem Erscheinen übersetzen:",
    "Vertrauenswürdige Organisationen",
    "Worte",
    "Zweifel",
    "Zahlen, Termine, Telefonnummern",
    "Zu zweit:",
    "Zum Drucken:",
    "Zurückziehen, Verschieben, Löschen",
    "einzige Website",
    # What people write, or stands in the content.
    "15 Uhr",
    "3 مساءً",
    "Arabisch, Deutsch",
    "Foto: …",
    "Fragestunde",
    "Miteinander in …",
    "Name / Stadt Hagen",
    "[von der Stadt einzutragen: …]",
    "e.V.",
    "fuzzy",
    "hier",
    "ue",
    "ü",
}


@cache
def on_the_screen() -> frozenset[str]:
    """Every German word of the interface: ours, Wagtail's and Django's; "…" stands for what is filled in."""
    said: set[str] = set()
    for folder in [*(Path(app.path) / "locale" for app in apps.get_app_configs()), Path(django_locale.__file__).parent]:
        for path in (folder / "de" / "LC_MESSAGES").glob("*.mo"):
            with path.open("rb") as file:
                said |= {form for message in read_mo(file) for form in forms(message.string)}
    with (settings.LOCALE_PATHS[0] / "de" / "LC_MESSAGES" / "django.po").open("rb") as file:
        said |= {form for message in read_po(file) for form in forms(message.string)}
    return frozenset(map(bare, said))


def forms(string: object) -> list[str]:
    return [string] if isinstance(string, str) else [str(form) for form in string] if isinstance(string, tuple) else []


def bare(text: str) -> str:
    return " ".join(PLACEHOLDER.sub("…", text).split()).strip(" .:?!").casefold()


def names_in(text: str) -> list[str]:
    """What stands in bold or in quotation marks, each step of a way by itself."""
    text = re.sub(r"```.*?```|`[^`]*`", "", text, flags=re.DOTALL)
    found = [" ".join((bold or quoted).strip("„“").split()) for bold, quoted in NAMED.findall(text) if bold or quoted]
    return [part for name in found if not name.endswith(LEADS_IN) or "→" in name for part in name.split(" → ")]


@pytest.mark.parametrize("handbook", HANDBOOKS)
def test_names_in_the_handbook_are_those_on_the_screen(handbook: str) -> None:
    names = names_in((ROOT / "docs" / handbook).read_text())
    assert len(names) > 5
    unknown = [name for name in names if name not in NOT_ON_THE_SCREEN and bare(name) not in on_the_screen()]
    assert not unknown


def test_a_name_that_is_on_no_screen_would_be_found() -> None:
    assert names_in("**Seiten → Zaubern.** und „Sofort\nzaubern“ und **Merke:**") == [
        "Seiten",
        "Zaubern.",
        "Sofort zaubern",
        "Merke:",
    ]
    assert bare("Um Änderungen bitten") in on_the_screen()
    assert bare("Sofort zaubern") not in on_the_screen()
