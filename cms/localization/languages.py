"""The languages of the platform: one list, from which settings, URLs, checks and templates derive.

Adding a language is one line in ``LANGUAGES`` plus a catalogue in ``locale/``; the system check
``cms.checks.language_completeness`` says what is missing. Codes are BCP 47, lower case, as in URLs.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from babel import Locale as CldrLocale
from babel import UnknownLocaleError
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import to_locale

Direction = Literal["ltr", "rtl"]

SOURCE = "de"
"""Language in which the press office writes and from which everything is translated."""


@dataclass(frozen=True, slots=True)
class Language:
    """One language of the site.

    ``cldr`` is the locale whose dates, numbers and sorting apply (``de-simple`` uses ``de``);
    ``in_hreflang`` is False for variants that search engines do not know.
    """

    code: str
    name: str
    native_name: str
    direction: Direction = "ltr"
    cldr: str = ""
    in_hreflang: bool = True

    @property
    def cldr_locale(self) -> CldrLocale:
        return CldrLocale.parse(self.cldr or self.code)


LANGUAGES: tuple[Language, ...] = (
    Language("de", "German", "Deutsch"),
    Language("de-simple", "German (plain language)", "Einfache Sprache", cldr="de", in_hreflang=False),
    Language("en", "English", "English", cldr="en_GB"),
    Language("ar", "Arabic", "العربية", "rtl"),
    Language("uk", "Ukrainian", "Українська"),
    Language("tr", "Turkish", "Türkçe"),
    Language("ru", "Russian", "Русский"),
    Language("fa", "Persian", "فارسی", "rtl"),
    Language("bg", "Bulgarian", "Български"),
    Language("ro", "Romanian", "Română"),
)

BY_CODE: dict[str, Language] = {language.code: language for language in LANGUAGES}

RIGHT_TO_LEFT_SUBTAGS = frozenset({"ar", "fa", "he", "ur", "ps", "sd", "ug", "yi", "dv", "ckb"})
"""Languages, ours or borrowed, that are written from right to left in their usual script."""


def get(code: str | None) -> Language:
    """The language of that code; the source language when the code is not one of ours (fail closed)."""
    return BY_CODE.get((code or "").lower(), BY_CODE[SOURCE])


def active() -> Language:
    """The language of the current request, as activated from its URL."""
    return get(translation.get_language())


def direction_of(code: str) -> Direction:
    """Writing direction of any BCP 47 code, also of languages the site does not offer."""
    code = code.lower()
    if code in BY_CODE:
        return BY_CODE[code].direction
    return "rtl" if code.split("-")[0] in RIGHT_TO_LEFT_SUBTAGS else "ltr"


def attributes(code: str, *, within: str | None = None) -> SafeString:
    """HTML attributes `` lang="…" dir="…"`` for a passage, empty when it does not differ from its surroundings.

    ``within`` is the language around the passage, by default the active one. The result begins with a space,
    so that templates write ``<p{{ words.lang_attrs }}>``.
    """
    surrounding = within or active().code
    if code == surrounding:
        return mark_safe("")
    return mark_safe(f' lang="{code}" dir="{direction_of(code)}"')  # noqa: S308 (codes are from our own list or validated)


@cache
def name_in(code: str, reader: str) -> str:
    """Name of language ``code`` in the language ``reader``, from CLDR; the native name or the code when unknown."""
    if code == "de-simple":
        return BY_CODE[code].native_name
    name = get(reader).cldr_locale.languages.get(code.replace("-", "_"))
    return name or (BY_CODE[code].native_name if code in BY_CODE else code)


@cache
def own_name(code: str) -> str:
    """What language ``code`` is called in itself, from CLDR; empty when unknown."""
    if code in BY_CODE:
        return BY_CODE[code].native_name
    try:
        return CldrLocale.parse(code, sep="-").get_language_name() or ""
    except (UnknownLocaleError, ValueError):  # CLDR may have the name of a language, not the language
        return ""


def django_languages() -> list[tuple[str, str]]:
    """``LANGUAGES`` and ``WAGTAIL_CONTENT_LANGUAGES`` as Django's settings want them: code and native name."""
    return [(language.code, language.native_name) for language in LANGUAGES]


def lang_info(known: dict[str, Any]) -> dict[str, Any]:
    """``known`` (Django's LANG_INFO) completed with those of our languages that Django does not ship."""
    ours = {
        language.code: {
            "bidi": language.direction == "rtl",
            "code": language.code,
            "name": language.name,
            "name_local": language.native_name,
        }
        for language in LANGUAGES
        if language.code not in known
    }
    return {**known, **ours}


def catalogue_folder(code: str) -> str:
    """Folder name below ``locale/`` in which Django looks for that language's catalogue."""
    return to_locale(code)
