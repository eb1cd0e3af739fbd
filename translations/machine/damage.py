"""Notices what a machine has broken in a translation, before anybody reads it.

Not a judgement on quality: only what can be counted. Fragments are those of wagtail-localize, German is the source.
"""

import html
import json
import re
import unicodedata
from collections import Counter
from functools import cache
from itertools import pairwise

from babel.dates import get_month_names
from django.utils.translation import gettext as _

from cms import languages

SCRIPTS = {"ar": "ARABIC", "fa": "ARABIC", "uk": "CYRILLIC", "ru": "CYRILLIC", "bg": "CYRILLIC"}
"""Script of a language, as the names of its letters in Unicode begin; Latin for all others."""

TAG = re.compile(r"""<(?P<end>/?)(?P<name>[a-zA-Z][\w-]*)(?P<attributes>(?:[^<>"']|"[^"]*"|'[^']*')*)>""")
ATTRIBUTE = re.compile(r"""([^\s"'=<>/]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'<>]+))?""")
EMPTY_ELEMENTS = frozenset({"br", "wbr", "hr", "img"})
PLACEHOLDER = re.compile(r"""</?span\b|translate\s*=\s*["']?no\b|&lt;/?(?:span|a|b|i|br|em|strong)\b""", re.IGNORECASE)
PAGE = re.compile(r"<!|<\?|</?(?:html|head|body|title)\b|\A\s*```", re.IGNORECASE)
ACTIVE = re.compile(r"<\s*/?\s*(?:script|style|iframe|object|embed)\b|<[^>]*\son\w+\s*=|javascript:", re.IGNORECASE)
ADDRESS = re.compile(
    r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:https?://|(?<!\w)www\.)[^\s<>\"'()]+"
    r"|(?<![\w.-])(?:[a-z\d-]+\.)+(?:de|eu|com|org|net|info)\b(?:/[^\s<>\"'()]*)?",
    re.IGNORECASE | re.ASCII,
)
THOUSANDS = re.compile(r"(?<![\d.,])([1-9]\d{0,2})((?:[.,'’٬ \u00a0\u202f]\d{3})+)(?!\d)")
DATE = re.compile(r"(?<!\d)\d{1,2}\.\s?(\d{1,2})\.")
WORD = re.compile(r"[^\W\d_]+")
GERMAN = frozenset(
    "und oder nicht für mit ist sind wird werden auf bei eine einen einer zum zur das wir ihre können auch nach".split()
)
"""Frequent words of German that our other languages hardly have."""
NUMERALS = "null ein|erst zwei drei|dritt vier fünf sechs sieben|siebt acht neun zehn elf zwölf".split()


def damage(source: str, translated: str, language: str) -> str:
    """What is wrong with ``translated``, in a sentence; empty if nothing was noticed. Never raises."""
    if not _plain(translated).strip():
        return _("The translation is empty.") if _plain(source).strip() else ""
    if "\ufffd" in translated or any(
        unicodedata.category(each) in {"Cc", "Cs"} for each in translated if each not in "\t\n\r"
    ):
        return _("The translation has unreadable characters.")
    if not _right_length(_plain(source), _plain(translated)):
        return _("The translation is far longer or shorter than the German text.")
    if ACTIVE.search(translated) and not ACTIVE.search(source):
        return _("The translation has a program in it.")
    if (PAGE.search(translated) and not PAGE.search(source)) or (_is_json(translated) and not _is_json(source)):
        return _("The answer is a web page or data instead of a translation.")
    if PLACEHOLDER.search(translated) and not PLACEHOLDER.search(source):
        return _("Marks for names and terms are left in the translation.")
    return _tags_damage(source, translated) or _text_damage(_plain(source), _plain(translated), language)


def _text_damage(source: str, translated: str, language: str) -> str:
    lost, added = _difference(_addresses(source), _addresses(translated))
    if lost or added:
        words = {"words": ", ".join([*lost, *added])}
        return _("Web or e-mail addresses are lost or changed: %(words)s.") % words
    lost, added = _changed_numbers(ADDRESS.sub(" ", source), ADDRESS.sub(" ", translated), language)
    if lost or added:
        return _("Numbers are lost or changed: %(words)s.") % {"words": ", ".join([*lost, *added])}
    if language.startswith(languages.SOURCE):
        return ""
    if not _in_script(source, translated, language):
        return _("The translation is not in the script of the language.")
    if _is_german(source, translated):
        return _("The text is still German.")
    return ""


def _plain(fragment: str) -> str:
    """The text of a fragment, with a space for a line break and without soft hyphens and direction marks."""
    text = TAG.sub(lambda tag: " " if tag["name"].lower() == "br" else "", fragment)
    return "".join(each for each in html.unescape(text) if unicodedata.category(each) != "Cf")


def _right_length(source: str, translated: str) -> bool:
    """Bounds that the shortest German words and the longest compounds stay within, in all our languages."""
    before, after = len(source.strip()), len(translated.strip())
    return before / 5 - 6 <= after <= 3 * before + 40


def _is_json(text: str) -> bool:
    try:
        return isinstance(json.loads(html.unescape(text)), dict | list)
    except (ValueError, RecursionError):
        return False


# Tags


def _tags_damage(source: str, translated: str) -> str:
    lost, added = _difference(_tags(source), _tags(translated))
    if lost or added:
        return _("Formatting or links are lost or changed: %(words)s.") % {"words": ", ".join([*lost, *added])}
    if not _well_formed(translated) and _well_formed(source):
        return _("Formatting or links are not closed in the right order.")
    return ""


def _tags(fragment: str) -> Counter[str]:
    """Tags with their attributes, and once more as empty when there is nothing between beginning and end."""
    found: Counter[str] = Counter()
    tags = list(TAG.finditer(fragment))
    for tag, following in pairwise([*tags, None]):
        if tag is None or tag["end"]:
            continue
        attributes = sorted(
            f" {name.lower()}={_unquoted(value)}" for name, value in ATTRIBUTE.findall(tag["attributes"])
        )
        name = tag["name"].lower()
        found[f"<{name}{''.join(attributes)}>"] += 1
        between = fragment[tag.end() : following.start()] if following else ""
        if following and following["end"] and following["name"].lower() == name and not _plain(between).strip():
            found[f"<{name}></{name}>"] += 1
    return found


def _unquoted(value: str) -> str:
    return value[1:-1] if value[:1] in {"'", '"'} else value


def _well_formed(fragment: str) -> bool:
    opened: list[str] = []
    for tag in TAG.finditer(fragment):
        name = tag["name"].lower()
        if name in EMPTY_ELEMENTS or (not tag["end"] and tag["attributes"].endswith("/")):
            continue
        if not tag["end"]:
            opened.append(name)
        elif not opened or opened.pop() != name:
            return False
    return not opened


def _difference(before: Counter[str], after: Counter[str]) -> tuple[list[str], list[str]]:
    """What is lost and what is added."""
    return sorted((before - after).elements()), sorted((after - before).elements())


# Numbers, dates, addresses


def _addresses(text: str) -> Counter[str]:
    return Counter(match[0].lower().rstrip(".,;:!?/،؛؟…»”“") for match in ADDRESS.finditer(text))


def _changed_numbers(source: str, translated: str, language: str) -> tuple[list[str], list[str]]:
    """Numbers lost and added, apart from other ways of writing the same: 10 Uhr and 10:00, 15 Uhr and 3 p.m.,
    3.10. and 3 October, zwei and 2."""
    if _groups(source) == _groups(translated):
        return [], []
    lost, added = _difference(_numbers(source), _numbers(translated))
    if re.search(r"\b[ap]\.?\s?m\b", translated, re.IGNORECASE):
        afternoon = {str(hour): str(hour - 12) for hour in range(13, 24)}
        told = {hour for hour in lost if afternoon.get(hour) in added}
        lost = [each for each in lost if each not in told]
        added = [each for each in added if each not in {afternoon[hour] for hour in told}]
    months = {str(int(month)) for month in DATE.findall(source)} & _months_named(translated, language)
    named = _months_named(source, languages.SOURCE)
    words = {
        str(number) for number, word in enumerate(NUMERALS) if re.search(rf"(?i)\b(?:{word})(?:t?e[mnrs]?)?\b", source)
    }
    lost = [each for each in lost if each != "0" and each not in months]
    return lost, [each for each in added if each != "0" and each not in named | words]


def _numbers(text: str) -> Counter[str]:
    """Groups of digits, where those of thousands count as one."""
    return _groups(THOUSANDS.sub(lambda match: match[1] + re.sub(r"\D", "", match[2]), text))


def _groups(text: str) -> Counter[str]:
    """Groups of digits as European ones, short ones without leading zeros."""
    text = "".join(str(unicodedata.decimal(each)) if each.isdecimal() else each for each in text)
    return Counter(group if len(group) > 2 else str(int(group)) for group in re.findall(r"[0-9]+", text))


def _months_named(text: str, language: str) -> set[str]:
    """Numbers of the months that ``text`` names in ``language``."""
    text = text.lower()
    return {number for number, name in _month_names(language) if re.search(rf"(?<!\w){re.escape(name)}", text)}


@cache
def _month_names(language: str) -> tuple[tuple[str, str], ...]:
    """Pairs of number and name; in Arabic also the names of the Levant and Iraq."""
    locale = languages.get(language).cldr_locale
    forms = [get_month_names("wide", context, locale=locale) for context in ("format", "stand-alone")]
    if language == "ar":
        forms.append(get_month_names("wide", locale="ar_SY"))
    return tuple((str(number), name.lower()) for form in forms for number, name in form.items())


# Language


def _in_script(source: str, translated: str, language: str) -> bool:
    """Whether most letters of the words that do not stand in the source belong to the script of ``language``."""
    same = {word.lower() for word in WORD.findall(ADDRESS.sub(" ", source))}
    words = [word for word in WORD.findall(ADDRESS.sub(" ", translated)) if word.lower() not in same]
    letters = [each for word in words for each in word if unicodedata.category(each) != "Mn"]
    right = sum(unicodedata.name(each, "").startswith(SCRIPTS.get(language, "LATIN")) for each in letters)
    return right >= 0.6 * len(letters) if len(letters) > 3 else True


def _is_german(source: str, translated: str) -> bool:
    """Whether a longer text is the source again, or full of words that only German has."""
    words = [word.lower() for word in WORD.findall(translated)]
    frequent = sum(word in GERMAN for word in words)
    same = words == [word.lower() for word in WORD.findall(source)]
    return (same and (frequent > 0 or len(words) > 8) and len(words) > 3) or frequent >= max(3, 0.2 * len(words))
