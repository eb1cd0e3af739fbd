"""Plain German: what makes a text hard to read, found by rules that prefer silence to a false alarm.

The rules are those of plain language ("Einfache Sprache", DIN 8581-1:2024): short sentences with one thought, short
words, who does what, no officialese. They know word forms but no grammar, so what they find are hints to look at.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Literal

LONG_SENTENCE = 20  # words; longer ones are a hint
LONG_WORD, HEAVY_WORD, HEAVY_WORD_SYLLABLES = 18, 14, 6  # letters; letters together with syllables
ACTION_NOUNS, SUBORDINATE_CLAUSES, COMMAS = 3, 2, 3  # in one sentence
FIGURE_SENTENCES, FIGURE_WORDS = 3, 50  # fewer say nothing

Kind = Literal["long-sentence", "nested", "passive", "nominal", "long-word", "abbreviation"]


@dataclass(frozen=True, slots=True)
class Hint:
    """``count``: how many words, clauses or nouns, where they matter; ``instead``: what an abbreviation means."""

    kind: Kind
    excerpt: str
    sentence: str
    count: int = 0
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """``tokens`` are words and the marks ``,;:()–``; web addresses and numbers are no words. A heading or list entry
    without a mark at its end is not ``complete``."""

    text: str
    tokens: list[str]
    words: list[str]
    complete: bool


@dataclass(frozen=True, slots=True)
class Analysis:
    """``sentences`` and ``words`` count complete sentences only; ``wstf`` is None for too short a text."""

    sentences: int
    words: int
    wstf: float | None
    hints: tuple[Hint, ...]


def analyse(text: str) -> Analysis:
    """Figures and hints for German plain text whose paragraphs end with newlines; in time linear to its length."""
    found = list(sentences(text))
    complete = [sentence for sentence in found if sentence.complete]
    words = [word for sentence in complete for word in sentence.words]
    enough = len(complete) >= FIGURE_SENTENCES and len(words) >= FIGURE_WORDS
    wstf = wiener_sachtextformel(words, len(complete)) if enough else None
    of_sentences = [hint for sentence in found for hint in _of_sentence(sentence)]
    return Analysis(len(complete), len(words), wstf, (*of_sentences, *_of_words(found)))


def wiener_sachtextformel(words: list[str], sentences: int) -> float:
    """First Wiener Sachtextformel: roughly the school year whose pupils understand a factual text.

    Bamberger, R. & Vanecek, E.: Lesen – Verstehen – Lernen – Schreiben. Wien: Jugend und Volk, 1984.
    """
    counts, share = [syllables(word) for word in words], 100 / len(words)
    many, one = share * sum(count >= 3 for count in counts), share * counts.count(1)
    long = share * sum(len(word.replace("-", "")) > 6 for word in words)
    return 0.1935 * many + 0.1672 * len(words) / sentences + 0.1297 * long - 0.0327 * one - 0.875


_VOWELS = re.compile(r"aa|ee|oo|ai|ay|ei|ey|au|äu|eu|ie|ou|[aeiouyäöüáàâéèêëíîïóôúûı]")
# Vowels that meet without belonging together: be-urteilen, Muse-um, Ko-operation, Ide-en, Medi-en.
_APART = re.compile(
    r"^(?:be|ge)(?=urt|url|unr|inh|impf|irr|ein|eig|end|eh)|(?:mus|jubil)[eä](?=um)|ko(?=op|ord)|e(?=en$)"
    r"|(?:famili|lini|studi|prämi|akti|foli|medi|feri|itali|spani|rumäni|bulgari|syri)(?=e(?![rbfgt]))"
)


@lru_cache(maxsize=8192)
def syllables(word: str) -> int:
    """Spoken syllables of a German word by its groups of vowels; at least 1."""
    lower = re.sub(r"^y(?=[aeou])", "j", word.lower().replace("qu", "q"))
    return max(1, len(_VOWELS.findall(_APART.sub(r"\g<0>|", lower))))


_TOKEN = re.compile(r"[^\W\d_]+(?:(?:['’-]|[:*_](?=in))[^\W\d_]+)*|[,;:()–]")
_DATE = re.compile(  # set off by commas, but no clause: "am Montag, dem 5. Mai, um 16 Uhr"
    r",(?: (?:dem|den|um|ab|von|bis|Uhr|Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November"
    r"|Dezember|\d{1,4}(?:[.:]\d\d)?\.?)){1,8},"
)
_OPENING, _CLOSING = "\"'„“”‚‘’»«›‹([", "\"'“”‘’»«›‹)]"
_ORDINAL = re.compile(r"\d{1,2}(?:\.\d{1,2})?|[IVX]+")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,3}\.)+[^\W\d_]{1,3}")
_DOMAIN = re.compile(r"[\w.-]+\.(?:de|org|com|eu|net|info)(?:/\S*)?")
_OPENERS = frozenset(
    "Der Die Das Den Dem Des Ein Eine Einen Einem Einer Er Sie Es Wir Ihr Ich Man Wer Was Wo Wann Wie Warum Wenn Weil "
    "Als Da Dann Danach Dort Dabei Dazu Damit Darum Deshalb Doch Aber Und Auch Alle Viele Diese Dieser Dieses Diesen "
    "In Im Am An Auf Bei Beim Bis Für Mit Nach Nur Ohne Seit So Um Unter Von Vom Vor Zu Zum Zur Hier Heute Jetzt "
    "Bitte Kein Keine Nicht Noch Sein Seine Ihre Unser Unsere Außerdem Weitere Jede Jeder Beide".split()
)
_NEVER_LAST = frozenset("Dr Prof Hr Nr Tel St Abs Art bzw ca ggf evtl inkl max min vgl lt sog z.B d.h u.a".split())
_SELDOM_LAST = frozenset("Str str Mio Mrd Std Jh Co Mo Di Mi Do Fr Sa So Jan Feb Apr Aug Sep Sept Okt Nov Dez".split())


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of ``text``; each line (heading, list entry) ends one."""
    for line in unicodedata.normalize("NFC", text).splitlines():
        begun: list[str] = []
        chunks = line.split()
        for before, chunk, after in zip(["", *chunks], chunks, [*chunks[1:], ""], strict=False):
            begun.append(chunk)
            if not after or _ends(before, chunk, after):
                yield _sentence(begun)
                begun = []


def _sentence(chunks: list[str]) -> Sentence:
    words = " ".join(chunk for chunk in chunks if not _is_address(chunk))
    tokens = _TOKEN.findall(_DATE.sub(lambda match: match[0].replace(",", ""), words))
    complete = chunks[-1].rstrip(_CLOSING).endswith((".", "!", "?", "…", ":"))
    return Sentence(" ".join(chunks), tokens, [token for token in tokens if token[0].isalpha()], complete)


def _is_address(chunk: str) -> bool:
    bare = chunk.strip(_OPENING + _CLOSING + ".,;:!?")
    return "://" in bare or "@" in bare or bare.startswith("www.") or _DOMAIN.fullmatch(bare) is not None


def _ends(before: str, chunk: str, after: str) -> bool:
    """Whether a sentence ends with ``chunk`` when ``after`` follows it."""
    bare, following = chunk.rstrip(_CLOSING), after.lstrip(_OPENING)
    if not bare.endswith((".", "!", "?", "…")) or following[:1].islower():
        return False
    core = bare[:-1].lstrip(_OPENING)
    if bare[-1] != "." or core.endswith("."):
        return True
    letter_of_several = len(core) == 1 and core != "V" and len(before) == 2 and before[0].islower()  # z. B., i. d. R.
    if core in _NEVER_LAST or letter_of_several or (len(core) == 1 and core.islower()):
        return False
    may_go_on = core in _SELDOM_LAST or core.endswith("str") or len(core) == 1
    if may_go_on or _ORDINAL.fullmatch(core) or _DOTTED.fullmatch(core):
        return following.rstrip(",") in _OPENERS
    return True


_SUBORDINATING = frozenset(
    "dass weil wenn ob obwohl damit nachdem bevor während indem sodass falls sofern solange sobald wer was wo wie "
    "welche welcher welches welchen welchem die der das den dem denen deren dessen".split()
)
_ACTION_NOUN = re.compile(r"[A-ZÄÖÜ]\w{2,}(?:ung|ungen|heit|heiten|keit|keiten)")
_EVERYDAY = re.compile(r".*(?:zeit|wohn|kleid|rechn|mein|heiz|sitz|üb|kreuz|siedl|spr|schw)ung(?:en)?", re.IGNORECASE)
_WERDEN = frozenset("werde wirst wird werden werdet wurde wurdest wurden wurdet würde würdest würden würdet".split())
_OTHER_VERBS = frozenset("hat haben hatte hatten habe ist sind war waren bin sei seien".split())
_AFTER_PARTICIPLE = _WERDEN | frozenset(
    "und oder sowie von vom durch als wie worden kann können konnte konnten könnte soll sollen sollte sollten muss "
    "müssen musste mussten darf dürfen durfte durften".split()
)
_PARTICIPLE = re.compile(
    r"(?:ab|an|auf|aus|bei|dar|durch|ein|fest|fort|frei|heraus|her|hinzu|hin|los|mit|nach|statt|teil|um|unter|voran"
    r"|vorbei|vor|weg|weiter|wieder|zurück|zusammen|zu)?"
    r"(?:ge\w{2,}(?:t|en)|(?:be|emp|ent|er|ver|zer|miss|über|unter|wider|voll|wieder)\w{3,}t)|\w{2,}iert"
    r"|(?:be|ver|unter)schrieben|(?:be|ver|ge|ent)schlossen|be(?:sprochen|troffen|trieben|wiesen)|ent(?:schieden|worfen)"
    r"|(?:er|ent|ab|auf)hoben|verschoben|verboten|verliehen|verbunden|empfohlen|(?:über|unter|ent|vor)nommen|überwiesen"
)
_NO_PARTICIPLE = re.compile(
    r"gegen|gegenüber|ge(?:ben|fallen|hen|hören|lingen|lten|nießen|nügen|schehen|stalten|stehen|währen|winnen|worden"
    r"|wesen|gangen|kommen|blieben|recht|samt|spannt|wohnt|eignet|schickt)|zugeben|ernst|bereit|(?:un)?bekannt|bewusst"
    r"|beliebt|berühmt|bestimmt|überhaupt|verliebt|verrückt|verwandt"
    r"|(?:aus|an|auf|ab|mit|zu|vor|ein|her|nach|statt|um|weg|weiter)?(?:geben|gehen|gelten|gestalten|gewinnen)"
    r"|\w*(?:hält|lässt|spricht|trägt|fährt|fällt|gibt|steht|geht|kommt|ginnt|winnt)"
)


def _of_sentence(sentence: Sentence) -> Iterator[Hint]:
    text, words = sentence.text, sentence.words
    parts = groupby(sentence.tokens, lambda token: token[0].isalpha())
    clauses = [list(part) for are_words, part in parts if are_words]
    if len(words) > LONG_SENTENCE:
        yield Hint("long-sentence", text, text, len(words))
    subordinate = [each for each in clauses[1:] if each[0] in _SUBORDINATING and each[-1].islower()]
    if len(subordinate) >= SUBORDINATE_CLAUSES and sentence.tokens.count(",") >= COMMAS:
        yield Hint("nested", text, text, len(subordinate))
    if passive := next(filter(None, map(_passive, clauses)), None):
        yield Hint("passive", passive, text)
    nouns = [word for word in words if _ACTION_NOUN.fullmatch(word) and not _EVERYDAY.fullmatch(word)]
    if len(nouns) >= ACTION_NOUNS:
        yield Hint("nominal", ", ".join(nouns), text, len(nouns))


def _passive(clause: list[str]) -> str | None:
    """The words of a passive with "werden" in ``clause``: "eröffnet wird", "wird … eröffnet"; None without one."""
    begun = None
    for before, word, after in zip(["", *clause], clause, [*clause[1:], ""], strict=False):
        lower = word.lower()
        if lower == "worden" or (lower in _WERDEN and _is_participle(before)):
            return f"{before} {word}".strip()
        if begun and _is_participle(word) and (not after or after in _AFTER_PARTICIPLE):
            return f"{begun} {word}" if before == begun else f"{begun} … {word}"
        if lower in _WERDEN or lower in _OTHER_VERBS:
            begun = word if lower in _WERDEN else None
    return None


def _is_participle(word: str) -> bool:
    return word.islower() and bool(_PARTICIPLE.fullmatch(word)) and not _NO_PARTICIPLE.fullmatch(word)


_MEANINGS = dict(
    pair.split("=")
    for pair in (
        "z.B.=zum Beispiel|d.h.=das heißt|u.a.=unter anderem|v.a.=vor allem|i.d.R.=in der Regel|z.T.=zum Teil"
        "|s.o.=siehe oben|s.u.=siehe unten|o.g.=oben genannt|o.ä.=oder ähnlich|usw.=und so weiter|etc.=und so weiter"
        "|bzw.=oder|ca.=ungefähr|ggf.=wenn nötig|evtl.=vielleicht|inkl.=mit|zzgl.=dazu kommt|max.=höchstens"
        "|min.=mindestens|Nr.=Nummer|Str.=Straße|Tel.=Telefon|Std.=Stunden|Mio.=Millionen|Mrd.=Milliarden"
        "|vgl.=vergleiche|gem.=nach|lt.=nach|sog.=so genannt|Abs.=Absatz"
    ).split("|")
)
_SHORT = re.compile(r"(?<![\w.])(?:" + "|".join(r"\. ?".join(key.split("."))[:-2] for key in _MEANINGS) + ")")
_ACRONYM = re.compile(r"(?!(?:EU|UN|USA|NRW|WC|PDF|SMS|TV|CD|DVD|[IVX]+)$)[A-ZÄÖÜ]{2,6}")
_EXPLAINED = re.compile(r"\(([A-ZÄÖÜ]{2,6})\)|\b([A-ZÄÖÜ]{2,6}) \(")


def _of_words(found: list[Sentence]) -> Iterator[Hint]:
    """Each word once, where it comes first."""
    seen = {name for each in found for pair in _EXPLAINED.findall(each.text) for name in pair}
    for sentence in found:
        words = [] if sentence.text.isupper() else sentence.words
        short = _SHORT.findall(sentence.text)
        for word in [*short, *filter(_ACRONYM.fullmatch, words), *filter(_is_heavy, words)]:
            name = word.replace(" ", "")
            if name not in seen:
                seen.add(name)
                kind: Kind = "long-word" if _is_heavy(word) else "abbreviation"
                yield Hint(kind, word, sentence.text, instead=_MEANINGS.get(name, ""))


def _is_heavy(word: str) -> bool:
    """Whether a part of ``word`` between hyphens is too long; names with a capital inside are left alone."""
    return len(word) >= HEAVY_WORD and any(
        len(part) >= LONG_WORD or (len(part) >= HEAVY_WORD and syllables(part) >= HEAVY_WORD_SYLLABLES)
        for part in re.split(r"[-:*_'’]", word)
        if part[1:].islower()
    )
