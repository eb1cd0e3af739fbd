"""How the words are set: brackets, quotation marks, doubled words, spaces, and remarks that nobody asked for."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from translations.checks.findings import ERROR, WARNING, Finding, Pair, Severity
from translations.checks.text import WORD, folded, passage, shown

REMARKS = (
    "note|notes|n\\.?b\\.?|remark|translator'?s? note|translation note|hinweis|anmerkung|notă|notă de traducere|nota|"
    "not|çevirmen notu|dikkat|примечание|прим\\.? ?(?:пер|ред|перев\\w*)?|примітка|забележка|бележка|ملاحظة|ملحوظة|"
    "تنبيه|توجه|یادداشت|نکته|توضیح"
)
OF_TRANSLATORS = "translation|translated|übersetzung|traducere|çeviri|перевод|переклад|превод|الترجمة|ترجمة|ترجمه"


def _either(words: str) -> str:
    return "|".join(folded(word) for word in words.split("|"))


NOTE_END = r"(?:\.|\s+(?:of|by|from|des|der|del|ред|перев\w*|переклад\w*|прев\w*|مترجم|المترجم)\b[^:]{0,30})?\s*[:：]"
IN_BRACKETS = re.compile(rf"[(\[*]\s*(?:{_either(REMARKS)}|{_either(OF_TRANSLATORS)}){NOTE_END}")
OUTSIDE = re.compile(rf"(?:^|(?<=[\n.!?]))\s*(?:{_either(REMARKS)}){NOTE_END}")
GERMAN_NOTE = re.compile(
    r"(?:hinweis|anmerkung|achtung|bitte beachten\w*|wichtig|info|tipp|merke|ubersetzung|notiz|beachten sie)\w*\s*[:!]"
)
PREAMBLE = re.compile(
    r"^\s*(?:sure|certainly|of course|here (?:is|are)|here's|hier ist|natürlich|gerne|вот|ось|ето|إليك|işte|iată|این)\b"
    r"[^.\n]{0,60}(?:translat|übersetz|перевод|переклад|превод|ترجم|çevir|traduc)[^.\n]{0,60}:",
    re.IGNORECASE,
)
PAIRS = {"(": ")", "[": "]", "{": "}", "<": ">"}
LISTED = re.compile(r"(?:^|(?<=\n)|(?<=[;:,.] ))(?:\d{1,2}|[^\W\d_])\)(?=\s)")
DOUBLED = re.compile(r"(?<![\w'’-])([^\W\d_]{2,})[ \u00a0]+\1(?![\w'’-])", re.IGNORECASE)
MAY_DOUBLE = {
    # Languages that say a word twice to stress or to scatter it: only these are surely slips there.
    "tr": {"ve", "için", "ile", "olarak", "kadar", "gibi", "olan"},
    "fa": {"در", "از", "به", "با", "که", "را", "است", "برای", "این"},
    "ar": {"في", "من", "على", "إلى", "عن", "مع", "هذا", "هذه", "التي", "الذي", "أن", "أو"},
}
MAY_STAND_TWICE = {"die", "der", "das", "sie", "had", "that", "вы", "очень", "foarte", "много", "дуже"}


def added_notes(pair: Pair) -> Iterator[Finding]:
    """What a translator or a machine says about the text, in the text."""
    words, german = folded(pair.words), folded(pair.german)
    told = len(GERMAN_NOTE.findall(german))
    for pattern, severity in ((IN_BRACKETS, ERROR), (OUTSIDE, WARNING)):
        found = list(pattern.finditer(words))
        if len(found) > told + len(pattern.findall(german)):
            yield _remark(shown(passage(pair.words, found[-1].start(), len(words))), severity)
            return
    preamble = PREAMBLE.match(pair.words)
    if preamble and not PREAMBLE.match(pair.german):
        yield _remark(shown(preamble[0]), ERROR)
        return
    yield from _added_brackets(pair)


def _remark(passage: str, severity: Severity) -> Finding:
    sentence = _("There is a remark that the German text does not have: “%(words)s”.") % {"words": passage}
    return Finding("notes", severity, sentence, passage)


def _added_brackets(pair: Pair) -> Iterator[Finding]:
    """A sentence in brackets at the end that is nobody's name or abbreviation."""
    added = [
        match
        for match in re.finditer(r"[(\[]([^()\[\]]+)[)\]]", pair.words)
        if pair.words.count(match[0][0]) > pair.german.count(match[0][0])
    ]
    known = set(map(folded, WORD.findall(pair.german)))
    for match in added:
        words = WORD.findall(match[1])
        if len(words) >= 6 and not any(folded(word) in known for word in words):
            yield _remark(shown(match[0]), WARNING)
            return


def brackets(pair: Pair) -> Iterator[Finding]:
    wrong = _unbalanced(pair.words)
    if wrong and not _unbalanced(pair.german):
        yield Finding(
            "brackets", WARNING, _("A bracket is not opened or not closed: %(sign)s") % {"sign": wrong}, wrong
        )


def _unbalanced(text: str) -> str:
    """The first bracket without its counterpart; smileys and list numbers such as ``a)`` count as none."""
    opened: list[str] = []
    for sign in LISTED.sub(" ", re.sub(r"[:;]-?[()]", " ", text)):
        if sign in "([{":
            opened.append(sign)
        elif sign in ")]}" and (not opened or PAIRS[opened.pop()] != sign):
            return sign
    return opened[-1] if opened else ""


def quotation_marks(pair: Pair) -> Iterator[Finding]:
    wrong = _odd_quotes(pair.words)
    if wrong and not _odd_quotes(pair.german):
        sentence = _("A quotation mark is not opened or not closed: %(sign)s")
        yield Finding("quotes", WARNING, sentence % {"sign": wrong}, wrong)


def _odd_quotes(text: str) -> str:
    if text.count('"') % 2:
        return '"'
    if text.count("«") != text.count("»"):
        return "«" if text.count("«") > text.count("»") else "»"
    double = sum(text.count(sign) for sign in "„“”")
    if double % 2 and not text.count('"'):
        return next(sign for sign in text if sign in "„“”")
    return ""


def doubled_words(pair: Pair) -> Iterator[Finding]:
    code = pair.language.split("-")[0]
    german = {found[1].lower() for found in DOUBLED.finditer(pair.german)}
    for found in DOUBLED.finditer(pair.words):
        word = found[1].lower()
        allowed = word in german or word in MAY_STAND_TWICE
        if code in MAY_DOUBLE and word not in MAY_DOUBLE[code]:
            allowed = True
        if not allowed and not (found[1][0].isupper() and found[1] in pair.german):
            sentence = _("A word stands there twice: “%(words)s”.") % {"words": found[0]}
            yield Finding("doubled", WARNING, sentence, found[0])
            return


def spaces(pair: Pair) -> Iterator[Finding]:
    """At the beginning and the end, where nobody sees them and they part or glue what stands beside."""
    if not pair.target.strip():
        return
    at_start = pair.words[:1].isspace() and not pair.german[:1].isspace()
    at_end = pair.words[-1:].isspace() and not pair.german[-1:].isspace()
    if at_start or at_end:
        yield Finding("spaces", WARNING, _("There is a space at the beginning or at the end."), shown(pair.words))
