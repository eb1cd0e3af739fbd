"""Whether a text is in the language and in the script that it should be in, and not the German one again."""

import re
import unicodedata
from collections.abc import Iterator

from django.utils.translation import gettext as _

from cms.localization import languages
from translations.checks.addresses import ADDRESS
from translations.checks.findings import ERROR, WARNING, Finding, Pair
from translations.checks.text import WORD, shown
from translations.plain_language.rules import analyse

SCRIPTS = {"ar": "ARABIC", "fa": "ARABIC", "uk": "CYRILLIC", "ru": "CYRILLIC", "bg": "CYRILLIC"}
"""Script of a language, as the names of its letters in Unicode begin; Latin for all others."""

FREQUENT = {
    # Words that nearly every longer text of the language has, and our other languages hardly.
    "de": "und oder nicht für mit ist sind wird werden auf bei eine einen einer einem zum zur das wir ihre können auch "
    "nach dem von sich nur über durch aus dass haben kann unser unsere der die den als wenn sie",
    "en": "and the of to is are for with you your this that from have can will be or by at not we our",
    "tr": "ve bir bu için ile olarak var daha çok olan kadar gibi veya ya her değil sizin bize olarak",
    "ro": "și şi este sunt pentru cu la din care în pe sau vă prin mai după să poate puteți",
    "ru": "что это для или также вы мы его их из от при можно чтобы если быть будет этот она они как по с и",
    "uk": "що це або також ви ми його їх їхній із від якщо щоб бути буде цей та як з і й до є про",
    "bg": "че това или също вие ние за са се да от ще ако бъде със като и по при който които",
    "ar": "في من على إلى عن مع هذا هذه التي الذي أن أو كل ذلك لا تم كما",
    "fa": "در از به با که این آن را است می برای و یا هر شود شما ما های",
}
WORDS = {code: frozenset(words.split()) for code, words in FREQUENT.items()}
ONLY_GERMAN = frozenset(
    "und oder nicht für mit ist sind wird werden auf bei eine einen einer zum zur das wir ihre können auch nach".split()
)
VERBS = frozenset("ist sind wird werden können kann haben hat gibt".split())
LETTERS_OF_OTHERS = {
    "uk": ("ыэёъ", "ru"),
    "ru": ("іїєґ", "uk"),
    "bg": ("ыэёіїєґ", "ru"),
    "ar": ("پچژگ", "fa"),
    "fa": ("ة", "ar"),
}
QUOTED = re.compile(r"[„“”\"«»‚‘][^„“”\"«»‚‘]{2,120}[“”\"«»‘’]|[(\[][^()\[\]]{2,160}[)\]]")
ROMAN = re.compile(r"[IVXLCM]{2,}")
SENTENCE = re.compile(r"[^.!?؟۔\n]+[.!?؟۔]*")


def script(pair: Pair) -> Iterator[Finding]:
    """Most letters of the words that do not stand in the German text belong to the script of the language, in the
    text as a whole and in each longer sentence."""
    wanted = "LATIN" if pair.is_german else SCRIPTS.get(pair.language, "LATIN")
    known = {word.lower() for word in _words(pair.german)}
    if not _in_script(pair.words, known, wanted, 0.6):
        sentence = _("The translation is not in the script of the language.")
        yield Finding("script", ERROR, sentence, shown(pair.words))
        return
    for part in SENTENCE.findall(QUOTED.sub(" ", ADDRESS.sub(" ", pair.words))):
        words = _words(part)
        foreign = [word for word in words if not _is_script(word, wanted)]
        small = [word for word in foreign if word[0].islower() or not word[0].isupper()]
        if len(words) >= 5 and len(foreign) >= 0.8 * len(words) and len(small) >= 2:
            sentence = _("A part is not in the script of the language: “%(words)s”.")
            yield Finding("script", ERROR, sentence % {"words": shown(part)}, shown(part))
            return


def _words(text: str) -> list[str]:
    """Without addresses and Roman numerals, which are the same in every language."""
    return [word for word in WORD.findall(ADDRESS.sub(" ", text)) if not ROMAN.fullmatch(word)]


def _in_script(text: str, known: set[str], wanted: str, share: float) -> bool:
    letters = [
        each
        for word in _words(text)
        if word.lower() not in known
        for each in word
        if each.isalpha() and unicodedata.category(each) != "Mn"
    ]
    right = sum(unicodedata.name(each, "").startswith(wanted) for each in letters)
    return right >= share * len(letters) if len(letters) > 3 else True


def _is_script(word: str, wanted: str) -> bool:
    return any(unicodedata.name(each, "").startswith(wanted) for each in word)


def other_language(pair: Pair) -> Iterator[Finding]:
    """A text, or a longer sentence of it, with the frequent words of another language."""
    code = pair.language.split("-")[0]
    if code not in WORDS:
        return
    unquoted = QUOTED.sub(" ", pair.words)
    german = {word.lower() for word in _words(QUOTED.sub(" ", pair.german))}
    for part in [pair.words, *SENTENCE.findall(unquoted)]:
        words = [word.lower() for word in _words(part)]
        if len(words) < 4:
            continue
        own = sum(word in WORDS[code] for word in words)
        for other, frequent in WORDS.items():
            count = sum(word in frequent for word in words)
            is_other = count >= max(3, 0.2 * len(words)) and count >= 3 * own
            if other == "de" and not is_other:
                # Half of it left as it stands in the German text.
                same = sum(word in german and len(word) > 2 for word in words)
                is_other = count >= 1 and own == 0 and same >= 0.75 * len(words) and len(words) >= 5
            if other != code and is_other:
                yield _in_other(other, part)
                return
    letters, other = LETTERS_OF_OTHERS.get(code, ("", ""))
    foreign = [
        word
        for word in _words(unquoted)
        if any(each in letters for each in word.lower()) and word.lower() not in german
    ]
    if len(foreign) >= 2 and len(foreign) >= 0.15 * len(_words(unquoted)):
        yield _in_other(other, ", ".join(foreign[:5]), WARNING)


def _in_other(code: str, passage: str, severity: object = ERROR) -> Finding:
    if code == languages.SOURCE:
        sentence = _("The text is still German: “%(words)s”.")
    else:
        sentence = _("This seems to be written in another language (%(language)s): “%(words)s”.")
    words = {"language": languages.get(code).native_name, "words": shown(passage)}
    return Finding("language", WARNING if severity == WARNING else ERROR, sentence % words, shown(passage))


def same(pair: Pair) -> Iterator[Finding]:
    """The German text again. Names and numbers may be the same, sentences may not; plain language may be, where the
    German text is plain already."""
    german, words = [[word.lower() for word in _words(text)] for text in (pair.german, pair.words)]
    if german != words or len(words) < 2:
        return
    sentence = _("This is the same as the German text.")
    if pair.is_german:
        if len(words) < 4 or not pair.words.rstrip('"“”»)').endswith((".", "!", "?", "…", ":")):
            return
        hints = [hint for hint in analyse(pair.german).hints if hint.kind != "abbreviation"]
        if hints:
            hard = _("This is the German text as it was, and hard to read: “%(words)s”.")
            yield Finding("same", WARNING, hard % {"words": hints[0].excerpt}, hints[0].excerpt)
        elif len(words) >= 7:
            yield Finding("same", WARNING, sentence, shown(pair.words))
        return
    has_german = any(word in ONLY_GERMAN for word in words)
    is_sentence = pair.words.rstrip().endswith((".", "!", "?")) and any(word.islower() for word in _words(pair.words))
    in_other_script = pair.language in SCRIPTS
    if (
        (len(words) > 3 and (has_german or len(words) > 8))
        or (is_sentence and has_german and len(words) > 2)
        or (is_sentence and in_other_script)
        or (in_other_script and any(word in VERBS for word in words))
    ):
        yield Finding("same", ERROR, _("The text is still German: “%(words)s”.") % {"words": shown(pair.words)})
    elif in_other_script and any(word.islower() and len(word) > 3 for word in _words(pair.words)):
        yield Finding("same", WARNING, sentence, shown(pair.words))
