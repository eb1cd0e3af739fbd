"""No word of the interface is English or German where the reader chose another language."""

import re
import urllib.error
import urllib.request
from functools import cache
from pathlib import Path
from pprint import pformat

import pytest
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup

from cms.localization import languages
from tests import webpages
from tests.journeys.addresses import PAGES, path
from tests.journeys.product import ROOT, Product

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
SCRIPTS = {
    **dict.fromkeys(("ar", "fa"), re.compile(r"[\u0600-\u06ff]")),
    **dict.fromkeys(("uk", "ru", "bg"), re.compile(r"[\u0400-\u04ff]")),
}
"""Letters in which the words of a language are written; the others share the Latin ones."""
LATIN_WORD = re.compile(r"[A-Za-zÄÖÜäöüß]{3,}")
SAME_EVERYWHERE = re.compile(
    r"https?://\S+|\S+@\S+|\S+\.\S+/?\S*|WhatsApp|Google Calendar|Outlook|"
    r"Miteinander in Hagen|Miteinander|Beispielverein Brücke|\b(?:JSON|CSV|GeoJSON|HSDS 3\.0|OpenAPI 3\.1)(?=\s|$)",
    re.IGNORECASE,
)
"""E-mail and web addresses, names, and those of formats."""

Phrases = dict[str, set[str]]


@pytest.mark.parametrize("language", [each.code for each in languages.LANGUAGES])
def test_interface_speaks_the_readers_language(product: Product, language: str) -> None:
    own = {phrase for phrases in catalogue(language).values() for phrase in phrases}
    foreign = [source for source in ("en", "de") if source != language.partition("-")[0]]
    found = {}
    for name in PAGES:
        texts = shown(product, path(language, name), language)
        wrong = [text for text in texts if any(is_phrase_of(source, text) for source in foreign) and text not in own]
        wrong += [text for text in texts if is_in_foreign_script(text, language)]
        if wrong:
            found[name] = sorted(set(wrong))
    assert found == {}, pformat(found, width=160)


def shown(product: Product, address: str, language: str) -> list[str]:
    """All text of the page that says of itself that it is in ``language``."""
    request = urllib.request.Request(f"{product.url}{address}")  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=30) as response:  # noqa: S310
            markup = response.read()
    except urllib.error.HTTPError as error:  # the page for 404
        markup = error.read()
    page = BeautifulSoup(markup, "html.parser")
    for name in page.find_all("bdi", lang=False):  # of a person, a place or an office, within a sentence
        name.unwrap()
    for found in page.find_all("mark"):  # a word within a sentence
        found.unwrap()
    page.smooth()
    texts = [text for text, element in webpages.passages(page) if webpages.language_of(element)[0] == language]
    return [" ".join(text.split()) for text in texts]


@cache
def catalogue(language: str) -> Phrases:
    """What each phrase of the interface is called in ``language``, all plural forms; by its English key."""
    folder = languages.get(language).code.replace("-simple", "_Simple")
    with Path(ROOT, "locale", folder, "LC_MESSAGES", "django.po").open("rb") as file:
        messages = list(read_po(file))
    phrases: Phrases = {}
    for message in messages:
        key = message.id if isinstance(message.id, str) else message.id[0]
        forms = [message.string] if isinstance(message.string, str) else list(message.string)
        if language == "en":
            forms += [message.id] if isinstance(message.id, str) else list(message.id)
        phrases.setdefault(key, set()).update(filter(None, forms))
    return phrases


@cache
def patterns(language: str) -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """Phrases without placeholders, and those with, as patterns; what is hardly a word is left out."""
    phrases = {phrase for forms in catalogue(language).values() for phrase in forms}
    wordy = {phrase for phrase in phrases if len(re.sub(r"[\W\d_]", "", PLACEHOLDER.sub("", phrase))) >= 4}
    filled = [phrase for phrase in wordy if PLACEHOLDER.search(phrase)]
    compiled = [re.compile(".+".join(re.escape(part) for part in PLACEHOLDER.split(phrase))) for phrase in filled]
    return frozenset(wordy) - frozenset(filled), tuple(compiled)


def is_phrase_of(language: str, text: str) -> bool:
    plain, filled = patterns(language)
    return text in plain or any(pattern.fullmatch(text) for pattern in filled)


def is_in_foreign_script(text: str, language: str) -> bool:
    """Latin words alone, in a language that is not written in Latin letters."""
    letters = SCRIPTS.get(language)
    rest = SAME_EVERYWHERE.sub("", text)
    return letters is not None and LATIN_WORD.search(rest) is not None and letters.search(rest) is None
