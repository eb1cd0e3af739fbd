"""What people call a language: its name in every language, and the countries and peoples by which they mean it.

A newcomer who types "Syrien" or "Syrer" looks for somebody who speaks Arabic. Names of languages and countries are
CLDR's; of peoples it has none.
"""

from collections.abc import Iterator
from functools import cache

from cms.localization import languages
from directory.profiles.peoples import PEOPLES

ALSO_CALLED = {"farsi": "fa", "kurmandschi": "ku", "kurmanji": "ku", "sorani": "ckb", "romanes": "rom", "romani": "rom"}
"""Names of languages that are in common use in Germany and not CLDR's."""

COUNTRIES = {
    "am": "ET",
    "ar": "SY IQ LB MA EG TN DZ SD LY YE JO PS",
    "az": "AZ",
    "bg": "BG",
    "bn": "BD",
    "bs": "BA",
    "ckb": "IQ IR",
    "cs": "CZ",
    "da": "DK",
    "el": "GR CY",
    "en": "GB US NG GH",
    "es": "ES CO MX VE PE",
    "et": "EE",
    "fa": "IR AF",
    "fi": "FI",
    "fr": "FR SN CM CI CD GN TG",
    "he": "IL",
    "hi": "IN",
    "hr": "HR",
    "hu": "HU",
    "hy": "AM",
    "id": "ID",
    "it": "IT",
    "ja": "JP",
    "ka": "GE",
    "kk": "KZ",
    "ko": "KR",
    "lt": "LT",
    "lv": "LV",
    "mk": "MK",
    "ne": "NP",
    "nl": "NL",
    "pl": "PL",
    "ps": "AF PK",
    "pt": "PT BR AO",
    "ro": "RO MD",
    "ru": "RU KZ",
    "sk": "SK",
    "sl": "SI",
    "so": "SO",
    "sq": "AL XK",
    "sr": "RS",
    "sv": "SE",
    "sw": "KE TZ",
    "ta": "LK IN",
    "th": "TH",
    "ti": "ER ET",
    "tr": "TR",
    "uk": "UA",
    "ur": "PK",
    "uz": "UZ",
    "vi": "VN",
    "zh": "CN",
}
"""Where most of those come from who speak it here (ISO 3166-1). CLDR's official languages would give an organisation
that speaks English ninety countries in ten languages."""


@cache
def names_of(code: str) -> tuple[str, ...]:
    """All names by which ``code`` is looked for, in the languages of the site and in itself; each once."""
    return tuple(dict.fromkeys(filter(None, _all_names(code))))


def _all_names(code: str) -> Iterator[str]:
    for reader in languages.LANGUAGES:
        yield languages.name_in(code, reader.code)
    yield languages.own_name(code)
    yield from (name for name, meant in ALSO_CALLED.items() if meant == code)
    for country in COUNTRIES.get(code, "").split():
        for reader in languages.LANGUAGES:
            yield reader.cldr_locale.territories.get(country, "")
    yield from (name.strip() for name in PEOPLES.get(code, "").replace("\n", ",").split(","))
