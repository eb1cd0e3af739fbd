"""Tags, codes and characters: what a person does not read, but a browser does."""

import html
import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise

from django.utils.translation import gettext as _

from translations.checks.findings import ERROR, WARNING, Finding, Pair
from translations.checks.text import TAG, plain, shown

PLAUSIBLE = re.compile(r"</?[a-zA-Z][^<>]{0,400}>")
VOID = frozenset({"br", "hr", "img", "wbr"})
STYLES = frozenset("b strong i em u s sub sup small br".split())
"""Tags without which the words say the same."""

CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffd\ufffe\uffff"
    "\u202a-\u202e\u206a-\u206f\ufff9-\ufffb\U000e0000-\U000e007f]"
)
"""Control characters, traces of a wrong encoding, and embeddings and overrides, which turn the order of other signs."""
REFERENCE = re.compile(r"&#(\d{1,7}|[xX][0-9a-fA-F]{1,6})")

LEFT_MARKS = re.compile(r"""</?span\b|translate\s*=\s*["']?no\b|&lt;/?(?:span|a|b|i|br|em|strong)\b""", re.IGNORECASE)
WEB_PAGE = re.compile(r"<!|<\?|</?(?:html|head|body|title)\b|\A\s*```", re.IGNORECASE)
ACTIVE = re.compile(r"<\s*/?\s*(?:script|style|iframe|object|embed)\b|<[^>]*\son\w+\s*=|javascript:", re.IGNORECASE)
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|(?<![\d\s%])%[sd]\b|\$?\{\w*\}|\{\{\s*\w+\s*\}\}|\[\[\w+\]\]")


def unreadable(pair: Pair) -> Iterator[Finding]:
    """Characters that nobody can read, neither as they are nor as ``&#…;``."""
    foreign = sorted(_controls(pair.target) - _controls(pair.source))
    if foreign:
        codes = ", ".join(f"U+{ord(character):04X}" for character in foreign)
        sentence = _("There are control characters, or traces of a wrong encoding: %(codes)s.")
        yield Finding("characters", ERROR, sentence % {"codes": codes}, codes)


def _controls(fragment: str) -> set[str]:
    numbers = (int(f"0{number.lower()}", 0 if number[0] in "xX" else 10) for number in REFERENCE.findall(fragment))
    spelt_out = "".join(chr(number) for number in numbers if number <= sys.maxunicode)
    return {each for each in CONTROL.findall(fragment + spelt_out) if unicodedata.category(each)}


def not_words(pair: Pair) -> Iterator[Finding]:
    """What a program has sent instead of a translation, or left in it."""
    for name, pattern, sentence in (
        ("program", ACTIVE, _("The translation has a program in it.")),
        ("page", WEB_PAGE, _("The answer is a web page or data instead of a translation.")),
        ("marks", LEFT_MARKS, _("Marks for names and terms are left in the translation.")),
    ):
        found = pattern.search(pair.target)
        if found and not pattern.search(pair.source):
            yield Finding(name, ERROR, sentence, shown(found[0]))
    if _is_json(pair.target) and not _is_json(pair.source):
        yield Finding("page", ERROR, _("The answer is a web page or data instead of a translation."))


def _is_json(text: str) -> bool:
    try:
        return isinstance(json.loads(html.unescape(text)), dict | list)
    except (ValueError, RecursionError):
        return False


# Tags


class _Tags(HTMLParser):
    """The tags of a fragment with their attributes, and whether each is closed where it should be."""

    def __init__(self, fragment: str) -> None:
        super().__init__()
        self.found: Counter[tuple[str, tuple[tuple[str, str | None], ...]]] = Counter()
        self.unclosed: list[str] = []
        self.is_nested = "<" not in PLAUSIBLE.sub("", fragment)
        for tag in PLAUSIBLE.findall(fragment):
            self.feed(tag)
        self.is_nested = self.is_nested and not self.unclosed and not self.rawdata
        self.empty = Counter(_without_words(fragment))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found[tag, tuple(sorted(attrs, key=str))] += 1
        if tag not in VOID:
            self.unclosed.append(tag)

    handle_startendtag = handle_starttag

    def handle_endtag(self, tag: str) -> None:
        if not self.unclosed or self.unclosed.pop() != tag:
            self.is_nested = False


def _without_words(fragment: str) -> Iterator[str]:
    """Names of tags that are closed again without any words in between."""
    for tag, following in pairwise(TAG.finditer(fragment)):
        name = tag["name"].lower()
        between = fragment[tag.end() : following.start()]
        if not tag["end"] and following["end"] and following["name"].lower() == name and not plain(between).strip():
            yield name


def tags(pair: Pair) -> Iterator[Finding]:
    """The same tags with the same attributes, in any order, well nested. Bold and the like may go when a person
    wants it so; links may not."""
    if "<" not in pair.source + pair.target:
        return
    wanted, found = _Tags(pair.source), _Tags(pair.target)
    lost, added = wanted.found - found.found, found.found - wanted.found
    is_style = all(name in STYLES and not attributes for name, attributes in lost) and not added
    severity = WARNING if is_style else ERROR
    if lost and added:
        sentence = _("Tags of the German text were changed: %(lost)s is missing, %(added)s is too much.")
    elif lost:
        sentence = _("Tags of the German text are missing: %(lost)s.")
    elif added:
        sentence = _("There are tags that the German text does not have: %(added)s.")
    else:
        sentence = ""
    if sentence:
        words = {"lost": _written(lost), "added": _written(added)}
        yield Finding("tags", severity, sentence % words, words["added"] or words["lost"])
    elif found.empty - wanted.empty:
        words = {"tags": ", ".join(f"<{name}></{name}>" for name in found.empty - wanted.empty)}
        yield Finding("tags", ERROR, _("There are no words between these tags: %(tags)s.") % words, words["tags"])
    if not found.is_nested and wanted.is_nested:
        yield Finding("tags", ERROR, _("The tags are not closed in the order in which they were opened."))


def _written(tags: Counter[tuple[str, tuple[tuple[str, str | None], ...]]]) -> str:
    written = (" ".join([name, *(f'{key}="{value}"' for key, value in attributes)]) for name, attributes in tags)
    return ", ".join(f"<{tag}>" for tag in written)[:300]


def placeholders(pair: Pair) -> Iterator[Finding]:
    """What a program fills in later."""
    wanted, found = Counter(PLACEHOLDER.findall(pair.german)), Counter(PLACEHOLDER.findall(pair.words))
    changed = [*(wanted - found), *(found - wanted)]
    if changed:
        words = ", ".join(changed)
        sentence = _("Placeholders must stay as they are in the German text: %(words)s.") % {"words": words}
        yield Finding("placeholders", ERROR, sentence, words)
