"""Names of months and of days of the week in our languages, in every form in which they stand in sentences.

The forms are those of CLDR; what CLDR does not have (cases, plurals, articles, spellings of daily life) is added here.
Words are compared as ``text.folded`` writes them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from babel import Locale

from cms.localization import languages
from translations.checks.text import folded

Kind = Literal["month", "weekday"]

ARABIC_LOCALES = ("ar", "ar_SY", "ar_DZ", "ar_MA")
"""Arabic names the months in Egypt's, the Levant's, Algeria's and Morocco's way."""

CASES_UK = "(?:ень|ня|ні|нем|ню|нів)"
EXTRA_MONTHS: dict[str, str] = {
    # number: forms, as regular expressions
    "de": "1:januars,jänner|2:februars,feber|3:märzes,maerz|5:mais|8:augusts|9:septembers|10:oktobers",
    "en": "",
    "tr": "",
    "ro": "",
    "bg": "",
    "ru": r"1:январ\w{1,3}|2:феврал\w{1,3}|3:март\w{0,2}|4:апрел\w{1,3}|5:ма(?:й|я|ю|е|ем)|6:июн\w{1,3}|7:июл\w{1,3}"
    r"|8:август\w{0,2}|9:сентябр\w{1,3}|10:октябр\w{1,3}|11:ноябр\w{1,3}|12:декабр\w{1,3}",
    "uk": f"1:січ{CASES_UK}|2:лют(?:ий|ого|ому|им)|3:берез{CASES_UK}|4:квіт{CASES_UK}|5:трав{CASES_UK}"
    f"|6:черв{CASES_UK}|7:лип{CASES_UK}|8:серп{CASES_UK}|9:верес{CASES_UK}|10:жовт{CASES_UK}"
    rf"|11:листопад\w{{0,2}}|12:груд{CASES_UK}",
    "ar": "1:ينائر,جانفیه|2:فيفري|4:ابريل,افريل|6:يونية,يونيه|7:يولية,يوليه|8:اغسطس|9:ايلول,شتنبر|11:نوفمبر",
    "fa": "1:ژانویه ی|5:می|7:جولای,ژولای|8:آگوست,اگوست|9:سپتمبر|10:اکتوبر|11:نومبر|12:دسمبر",
}
OF_DAY = "(?:e?n?s?|s?(?:abend|morgen|mittag|nachmittag|vormittag|nacht|früh)s?)"
SUFFIXES_TR = r"(?:'?[a-z]{1,6})?"
EXTRA_WEEKDAYS: dict[str, str] = {
    "de": f"0:montag{OF_DAY}|1:dienstag{OF_DAY}|2:mittwoch{OF_DAY}|3:donnerstag{OF_DAY}|4:freitag{OF_DAY}"
    f"|5:samstag{OF_DAY},sonnabend{OF_DAY}|6:sonntag{OF_DAY}",
    "en": "0:mondays?(?:'s)?|1:tuesdays?,tues|2:wednesdays?|3:thursdays?,thurs,thur|4:fridays?|5:saturdays?|6:sundays?",
    "tr": rf"0:pazartesi{SUFFIXES_TR}|1:salı(?:'?(?:dan|ya|yı|nın|lar\w*|da))?|2:çarşamba{SUFFIXES_TR}"
    rf"|3:perşembe{SUFFIXES_TR}|4:cuma(?!rtesi){SUFFIXES_TR}|5:cumartesi{SUFFIXES_TR}"
    r"|6:pazar(?:'?(?:dan|a|ı|ın|ları\w*|da))?",
    "ru": r"0:понедельник\w{0,3}|1:вторник\w{0,3}|2:сред(?:а|у|ы|е|ой|ам|ах)|3:четверг\w{0,3}|4:пятниц\w{1,3}"
    r"|5:суббот\w{0,3}|6:воскресен(?:ье|ья|ью|ьем|ьям|ьях|ий)",
    "uk": r"0:поне?діл(?:ок|ка|ку|ком|ки|ків|кам|ках)|1:вівтор(?:ок|ка|ку|ком|ки|ків|кам|ках)"
    r"|2:серед(?:а|у|и|і|ою|ам|ах)"
    r"|3:четвер(?:г\w{0,3})?|4:п'?ятниц\w{1,3}|5:субот\w{0,3}|6:неділ\w{1,3}",
    "bg": r"0:понеделни\w{1,4}|1:вторни\w{1,4}|2:сряд\w{1,4},среди(?:те)?|3:четвърт(?:ък|ъка|ъкът|ъци\w{0,2})"
    r"|4:пет(?:ък|ъка|ъкът|ъци\w{0,2})|5:събот\w{1,4}|6:недел[яи](?:та|те)?",
    "ro": r"0:luni,lunea,lunile|1:marți,marțea,marțile|2:miercuri,miercurea,miercurile|3:joi,joia,joile"
    r"|4:vineri,vinerea,vinerile|5:s[âî]mbăt(?:ă|a|ii|ăta),sâmbete(?:le)?|6:duminic(?:ă|a|ii|i|ile)",
    "ar": "0:الاثنين,الإثنين,اثنين,إثنين|1:الثلاثاء,ثلاثاء,الثلاثا|2:الأربعاء,أربعاء,الاربعا|3:الخميس,خميس,أخمسة"
    "|4:الجمعة,جمعة,الجمع|5:السبت,سبت,السبوت|6:الأحد,أحد,الآحاد",
    "fa": r"0:دو ?شنبه|1:سه ?شنبه|2:چهار ?شنبه|3:پنج ?شنبه|4:جمعه|5:شنبه|6:یک ?شنبه",
}

UNSURE = {
    # words that mean something else as well
    "de": "mai august marz so mi di mo do fr sa",
    "en": "may march august mar dec sun sat wed mon jan",
    "tr": "ocak ekim aralik mart kasim mayis pazar pazara pazari pazarin pazarda pazardan pazarlari sali",
    "ro": "mai luni lunile mar lun vin",
    "ru": "среда среду среды среде средои средам средах маи мая марта",
    "uk": "середи середу",
    "bg": "маи март среди средите пет",
    "ar": "اب مارس نیسان مای اثنین خمیس جمعه سبت احد الاحد الجمع اوت ایار شباط تموز ایلول",
    "fa": "مه می مارس اوت",
}
ARABIC_PREFIX = "(?:[وفبلک]|لل|ول|وب)?"
BEFORE = {"ar": rf"(?<!\w){ARABIC_PREFIX}", "uk": r"(?<!\w)(?:що)?"}
AFTER = {"fa": r"(?:های?|ها)?(?!\w)", "tr": r"(?!\w)"}
WHOLE_WEEK = re.compile(r"(?<!\w)(?P<weekdays>werktag\w*|wochentag\w*)|(?<!\w)(?P<weekend>wochenende\w*)")
SHORT_DAYS = re.compile(
    r"(?<!\w)(mo|di|mi|do|fr|sa|so)(?:\.(?!\w)|(?=\s*[-–/]\s*(?:mo|di|mi|do|fr|sa|so)\b))|"
    r"(?<=[-–/])\s?(mo|di|mi|do|fr|sa|so)\b|(?<!\w)(mo|di|mi|do|fr|sa|so)(?=[.:,]?\s*\d{1,2}[.:]?\d*\s*(?:-|–|uhr|bis))"
)
DAYS_DE = ("mo", "di", "mi", "do", "fr", "sa", "so")


@dataclass(frozen=True, slots=True)
class Named:
    """A month (1 to 12) or a day of the week (0 is Monday) that a text names; not ``sure`` where it may be another
    word."""

    kind: Kind
    number: int
    start: int
    end: int
    sure: bool


def named(text: str, language: str) -> Iterator[Named]:
    """What the folded ``text`` names in ``language``."""
    code = language.split("-")[0]
    unsure = set(UNSURE.get(code, "").split())
    for found in _pattern(code).finditer(text):
        kind, number, form = (found.lastgroup or "").split("_")[:3]
        beside_number = bool(re.search(r"\d\s?\.?\s*$", text[: found.start()][-4:])) or bool(
            re.match(r"\.?\s*\d", text[found.end() : found.end() + 3])
        )
        if form == "short" and kind == "month" and not beside_number:
            continue
        word = re.sub(rf"^{ARABIC_PREFIX}", "", found[0]) if code == "ar" else found[0]
        is_unsure = bool({word, found[0]} & unsure) or (form == "short" and kind == "weekday")
        if is_unsure and word != found[0] and not beside_number:
            continue  # Arabic "and" and "in" before it make other words: one, door
        sure = not is_unsure or (kind == "month" and beside_number)
        yield Named("month" if kind == "month" else "weekday", int(number), found.start(), found.end(), sure)
    if code == languages.SOURCE:
        for found in SHORT_DAYS.finditer(text):
            short = next(group for group in found.groups() if group)
            yield Named("weekday", DAYS_DE.index(short), found.start(), found.end(), True)
        for found in WHOLE_WEEK.finditer(text):
            for day in range(5) if found["weekdays"] else (5, 6):
                yield Named("weekday", day, found.start(), found.end(), False)


@cache
def _pattern(code: str) -> re.Pattern[str]:
    """One alternative for each word, the longest first, so that Cumartesi is not Cuma; its group says what it is."""
    listed: dict[str, str] = {}
    for group, words in sorted(_words(code), key=lambda entry: entry[0].endswith("_short")):
        for word in words:
            if word.removesuffix(r"\.?") not in listed:  # names too short to be cut count as written out
                listed[word] = group
    before, after = BEFORE.get(code, r"(?<!\w)"), AFTER.get(code, r"(?!\w)")
    alternatives = [
        f"(?P<{group}_{number}>{before}{word}{after})"
        for number, (word, group) in enumerate(sorted(listed.items(), key=lambda item: -len(item[0])))
    ]
    return re.compile("|".join(alternatives) or r"(?!)")


def _words(code: str) -> Iterator[tuple[str, list[str]]]:
    """Groups such as ``month_3_wide``, with their words as regular expressions."""
    for kind, table in (("month", EXTRA_MONTHS), ("weekday", EXTRA_WEEKDAYS)):
        for entry in filter(None, _entries(table.get(code, ""))):
            number, _colon, words = entry.partition(":")
            yield f"{kind}_{number}_wide", [folded_pattern(word) for word in split_words(words)]
    names = ARABIC_LOCALES if code == "ar" else (str(languages.get(code).cldr_locale),)
    for locale in map(Locale.parse, names):
        for kind, forms in (("month", locale.months), ("weekday", locale.days)):
            for width, form in (("wide", "wide"), ("abbreviated", "short"), ("short", "short")):
                for context in ("format", "stand-alone"):
                    for number, name in forms[context].get(width, {}).items():
                        word = re.escape(folded(name).rstrip("."))
                        if code == "tr" and kind == "month" and form == "wide":
                            word += SUFFIXES_TR
                        if len(word) > 1:
                            dot = r"\.?" if form == "short" else ""
                            yield f"{kind}_{number}_{form}", [word + dot]


def _entries(table: str) -> list[str]:
    """Cut only where the next number begins: there are bars inside of groups."""
    return re.split(r"\|(?=\d+:)", table)


def split_words(words: str) -> list[str]:
    """Cut at commas, other than those of ``{1,3}``."""
    return re.split(r",(?!\d*\})", words)


def folded_pattern(word: str) -> str:
    """``word`` with its letters folded; its ``\\w`` and groups stay."""
    return "".join(part if part.startswith("\\") else folded(part) for part in re.split(r"(\\w)", word))
