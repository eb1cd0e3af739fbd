"""Times of day as languages tell them: 3 p.m., 3 مساءً, 3 часа дня, öğleden sonra 3."""

import re
from functools import cache

from translations.checks.text import folded

NOON, MIDNIGHT = 12 * 60, 0

# "morning" is up to noon, "noon" the hours around it, "night" those around midnight.
MARKERS: dict[str, dict[str, str]] = {
    "de": {
        "morning": "morgens|vormittags?|früh|am morgen|am vormittag|in der früh",
        "noon": "mittags|am mittag",
        "afternoon": "nachmittags|am nachmittag|abends|am abend",
        "night": "nachts|in der nacht",
    },
    "en": {
        "morning": r"a\. ?m\.?|am|in the morning",
        "noon": "noon|midday",
        "afternoon": r"p\. ?m\.?|pm|in the afternoon|in the evening|this evening|this afternoon",
        "night": "at night|tonight|midnight",
    },
    "tr": {
        "morning": "sabah(?:leyin|ları)?|öğleden önce",
        "noon": "öğlen|öğle|öğleyin",
        "afternoon": "öğleden sonra|akşam(?:ları|leyin|üstü)?|ikindi",
        "night": "gece",
    },
    "ru": {
        "morning": "утра|утром",
        "noon": "дня|днём",
        "afternoon": "вечера|вечером|пополудни|после обеда",
        "night": "ночи|ночью",
    },
    "uk": {
        "morning": "ранку|вранці|зранку",
        "noon": "дня|вдень|пополудні",
        "afternoon": "вечора|ввечері|увечері|після обіду",
        "night": "ночі|вночі",
    },
    "bg": {
        "morning": "сутринта|преди обяд|преди обед|пр\\. ?об",
        "noon": "на обяд|на обед|по обяд",
        "afternoon": "следобед|след обяд|вечерта|вечер|сл\\. ?об",
        "night": "през нощта|нощта",
    },
    "ro": {
        "morning": r"dimineața|a\. ?m\.?",
        "noon": "la prânz|la amiază",
        "afternoon": r"după[- ]amiaz[aă]|după[- ]mas[aă]|seara|p\. ?m\.?",
        "night": "noaptea",
    },
    "ar": {
        "morning": "صباحا|صباح|صباحًا|في الصباح|قبل الظهر|فجرا|ص",
        "noon": "ظهرا|ظهر",
        "afternoon": "مساء|مساءا|في المساء|بعد الظهر|عصرا|العصر|م",
        "night": "ليلا|في الليل",
    },
    "fa": {
        "morning": "صبح|پیش از ظهر|قبل از ظهر|بامداد|ق\\.ظ",
        "noon": "ظهر",
        "afternoon": "بعد ?از ?ظهر|بعدازظهر|عصر|ب\\.ظ",
        "night": "شب",
    },
}
HOUR_WORDS = (
    r"(?:uhr|o'clock|h\b|saat|часов|часа|час|ч\.?|годин[аиі]?|год\.?|часа|ora|ore|ساعت)?"
    r"(?:'?[a-z]{1,4})?"
)
BETWEEN = r"[\s,]*(?:um|ab|von|gegen|at|from|saat|в|о|об|на|от|з|с|la|ora|de la|de|الساعه|ساعت|من|از|في|در)?[\s,]*"
HALF = (
    r"\b(?:halb\w*|half|quarter|viertel|bucuk\w*|ceyrek|половин\w*|пол|четверт\w*|пив\w*|чверть|полов\w*|jumatate|sfert)"
    r"|\b(?:anderthalb|eineinhalb|полтор|півтор)\w*|½"
    r"|والنصف|ونصف|والربع|وربع|الا ربع|و نیم|ونیم|و ربع|نیم"
)
NAMED_TIMES: dict[str, tuple[str, str]] = {
    "de": ("mittag", "mitternacht"),
    "en": ("noon|midday", "midnight"),
    "tr": ("öğle|öğlen|öğleyin", "gece yarısı"),
    "ru": ("полдень|полудня|полудню", "полночь|полуночи"),
    "uk": ("полудень|полудня|опівдні", "північ|півночі|опівночі"),
    "bg": ("обяд|обед|пладне", "полунощ"),
    "ro": ("amiază|amiaza|prânz", "miezul nopții"),
    "ar": ("الظهر|ظهرا|ظهر", "منتصف الليل"),
    "fa": ("ظهر", "نیمه ?شب"),
}


def hours(hour: int, text: str, start: int, end: int, language: str) -> tuple[set[int], bool]:
    """Which hours of the day the number at ``start`` to ``end`` of the folded ``text`` can mean, and whether the text
    beside it says so."""
    code = language.split("-")[0]
    if not 0 <= hour <= 12 or code not in MARKERS:
        return {hour % 24}, False
    before, after = _beside(code)
    found = after.match(text, end) or before.search(text[max(0, start - 40) : start])
    if found:
        return {_of_day(hour, found.lastgroup or "")}, True
    if _anywhere(code).search(text):
        return {hour % 24, (hour + 12) % 24}, False
    return {hour % 24}, False


def _of_day(hour: int, part: str) -> int:
    if part == "morning":
        return hour % 12
    if part == "afternoon" or (part == "noon" and hour <= 5):
        return hour % 12 + 12
    if part == "night" and 6 <= hour < 12:
        return hour + 12
    return 0 if part == "night" and hour == 12 else hour


@cache
def _beside(code: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    parts = "|".join(f"(?P<{part}>{_marks(words)})" for part, words in MARKERS[code].items())
    after = re.compile(rf"\s*{HOUR_WORDS}[\s,]*(?:{parts})(?!\w)")
    return re.compile(rf"(?<!\w)(?:{parts}){BETWEEN}$"), after


def _marks(words: str) -> str:
    """Longest first; ``folded`` leaves the few signs of regular expressions alone."""
    return "|".join(sorted((folded(word) for word in words.split("|")), key=len, reverse=True))


@cache
def _anywhere(code: str) -> re.Pattern[str]:
    later = "|".join(_marks(words) for part, words in MARKERS[code].items() if part != "morning")
    return re.compile(rf"(?<!\w)(?:{later})(?!\w)")


@cache
def named_times(language: str) -> list[tuple[re.Pattern[str], int]]:
    """Words for noon and for midnight, with the minutes since midnight."""
    noon, midnight = NAMED_TIMES.get(language.split("-")[0], ("", ""))
    return [
        (re.compile(rf"(?<!\w)(?:{_marks(words)})"), minutes)
        for words, minutes in ((noon, NOON), (midnight, MIDNIGHT))
        if words
    ]
