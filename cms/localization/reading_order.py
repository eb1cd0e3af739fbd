"""Numbers and names keep their order inside Arabic and Persian words.

Unicode's rules alone (UAX #9) draw "02331 207-4890" as "4890-207 02331" there, and put the last dot of "e.V." on the
wrong side. So what runs from left to right is set apart where text is shown, by the rule below; nobody who writes has
to know. In plain text it stands between isolates, in HTML (``reading_order_html``) in ``<bdi dir="ltr">``; without them
the text is the same. What stands between two left-to-right marks (U+200E) is one piece, whatever its signs.
"""

import re
from collections.abc import Iterator

from cms.localization import languages

LRM, LRI, FSI, PDI = "\u200e", "\u2066", "\u2068", "\u2069"
LRO, PDF = "\u202d", "\u202c"
ISOLATED = re.compile("[\u2066-\u2068](?:[^\u2066-\u2069]*)\u2069")
"""What was set apart before."""

RTL = (
    "\u0590-\u05ff\u0600-\u065f\u066a-\u06ef\u06fa-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc"
    "\U00010800-\U00010fff\U0001e800-\U0001efff"
)
"""Letters and signs of scripts that are written from right to left, but for their digits."""
LETTER = f"[^\\W\\d_{RTL}]"
ATOM = re.compile(f"(?:{LETTER}|[\\d_\u0300-\u036f])+")
HAS_WORD, FIRST_STRONG = re.compile(f"{LETTER}|§"), re.compile(f"({LETTER})|[{RTL}]")
MARKED = re.compile(f"{LRM}[^{LRM}\n{RTL}]+{LRM}")
ARABIC_DIGIT = re.compile("[\u0660-\u0669]")
"""Two such numbers stand in reversed order even from left to right, unless that is overridden."""

SPACE = "[ \u00a0\u2009\u202f]"
BETWEEN_NUMBERS = re.compile(f"{SPACE}?(?:[-‐‑–—−/(×+]|\\)[-/]?){SPACE}?|{SPACE}|[,.:'’·٫٬]|\\.\\.")
"""In telephone numbers, times, dates, amounts and ranges; in a list ("1, 2, 3") each number stands alone."""
BETWEEN_WORDS = re.compile(f"[^\\w\n\t\r{RTL}\u2066-\u2069\u202a-\u202e]{{1,4}}")
BEFORE_WORD = re.compile("[-/+]")
"""What ties a number to the word after it: "4-Zimmer"."""
UNIT = re.compile("(?:Uhr|EUR|Euro|km|cm|mm|m|m²|kg|g|l|h|min|MB|GB|KB|C|F)$")
ORDINAL = re.compile(f"\\.{SPACE}?")
POSTAL_CODE = re.compile(r"(?<!\d)\d{5}$")
BEFORE = re.compile(f"(?:[§€$£]{SPACE}?|[#@+№~]|(?<!\\S)[-−])$")
AFTER_NUMBER = re.compile(f"{SPACE}?[%‰°€$£]")
AFTER_LETTER = re.compile("[+#]{1,2}(?!\\w)")
ABBREVIATED = re.compile(
    f"(?:(?:^|[^\\w]){LETTER}\\.{SPACE}?(?:{LETTER}+\\.{SPACE}?)*{LETTER}+|(?<!\\w)(?:Co|Nr|Abs|Art|Dr|Prof|Inc|Ltd|Tel|St|bzw"
    f"|usw|evtl|inkl|ggf|Hbf|gem|Dipl|Ing|Mo|Di|Mi|Do|Fr|Sa|So)|[Ss]tr|(?<!\\w){LETTER})$"
)
"""Before a dot that belongs to it: "e.V", "z. B", "Co", "Rathausstr"."""
WEB = re.compile(r"://|www\.")
KEPT_BY_UNICODE = re.compile(r"\d+(?:[.,:/]\d+)*")
"""Rule W4: "17:30" and "28.01.2025" are never parted."""
PAIRS = {"(": ")", "[": "]", "„": "“", "«": "»", '"': '"'}


def runs(text: str) -> Iterator[tuple[int, int]]:
    """Begin and end of each piece of right-to-left ``text`` that has to keep its order from left to right."""
    begin = 0
    for kept in re.finditer(f"{ISOLATED.pattern}|{MARKED.pattern}", text):
        yield from _runs(text, begin, kept.start())
        if kept[0][0] == LRM:
            yield kept.span()
        begin = kept.end()
    yield from _runs(text, begin, len(text))


def _runs(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    start = stop = begin
    for atom in ATOM.finditer(text, begin, end):
        if stop > start and _belong_together(text[start:stop], text[stop : atom.start()], atom[0]):
            stop = atom.end()
            continue
        if stop > start:
            found = [*_whole(text, start, stop, begin, atom.start())]
            yield from found
            begin = max([stop, *(last for _first, last in found)])
        sign = BEFORE.search(text[begin : atom.start()])
        start, stop = (begin + sign.start() if sign else atom.start()), atom.end()
    if stop > start:
        yield from _whole(text, start, stop, begin, end)


def _belong_together(run: str, gap: str, atom: str) -> bool:
    if HAS_WORD.search(run):
        return BETWEEN_WORDS.fullmatch(gap) is not None
    if not HAS_WORD.search(atom):
        return BETWEEN_NUMBERS.fullmatch(gap) is not None
    if BEFORE_WORD.fullmatch(gap) or (AFTER_NUMBER.fullmatch(gap) and UNIT.match(atom)):
        return True
    if re.fullmatch(SPACE, gap):
        return bool(UNIT.match(atom) or (POSTAL_CODE.search(run) and atom[0].isupper()))
    return ORDINAL.fullmatch(gap) is not None and len(run) <= 2 and atom[0].isupper()


def _whole(text: str, start: int, stop: int, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """The run with the signs around it that are its own, none outside of ``begin`` and ``end``."""
    for opening, closing in PAIRS.items():
        lonely = _without_partner(text[start:stop], opening, closing)
        if lonely is None:
            continue
        place = start + lonely
        if text[place] == closing and start > begin and text[start - 1] == opening:
            start -= 1
        elif text[place] == opening and stop < end and text[stop] == closing:
            stop += 1
        elif opening != closing:
            # It belongs to the Arabic words around, and so does its place.
            yield from _runs(text, start, place)
            yield from _runs(text, place + 1, end)
            return
    stop += len(_signs_after(text[start:stop], text[stop:end]))
    if not KEPT_BY_UNICODE.fullmatch(text, start, stop):
        yield start, stop


def _without_partner(run: str, opening: str, closing: str) -> int | None:
    """Where in ``run`` the first bracket or quotation mark stands that has no partner there."""
    opened: list[int] = []
    for place, sign in enumerate(run):
        if sign == closing and (opened or opening != closing):
            if not opened:
                return place
            opened.pop()
        elif sign == opening:
            opened.append(place)
    return opened[-1] if opened else None


def _signs_after(run: str, rest: str) -> str:
    """The part of ``rest`` that belongs to the last word or number of ``run``."""
    signs = (AFTER_NUMBER if run[-1].isdecimal() else AFTER_LETTER).match(rest)
    if signs:
        return signs[0]
    is_part = ABBREVIATED if rest[:1] == "." else WEB if rest[:1] == "/" else None
    return rest[0] if is_part and is_part.search(run) else ""


def in_text(text: str) -> str:
    """Right-to-left plain ``text`` with isolates around each run. The same again for what has them."""
    parts, end = [], 0
    for start, stop in runs(text):
        parts += [text[end:start], isolated(text[start:stop])]
        end = stop
    return "".join([*parts, text[end:]])


def isolated(run: str) -> str:
    if ARABIC_DIGIT.search(run):
        return f"{LRI}{LRO}{run}{PDF}{PDI}"
    return f"{LRI}{run}{PDI}"


def apart(text: str, code: str) -> str:
    """``text`` of the language ``code`` for the middle of a plain text in the reader's language."""
    differs = languages.direction_of(code) != languages.active().direction
    return f"{FSI}{text}{PDI}" if differs else text


def for_reader(text: str) -> str:
    """Plain ``text`` in the reader's language as it may be shown: ``in_text`` where that runs from right to left."""
    return shown(text, languages.active().code)


def shown(text: str, code: str) -> str:
    """Plain ``text`` in the language ``code``. What has no word of that script is in order: it begins at the left."""
    is_mixed = languages.direction_of(code) == "rtl" and re.search(f"[{RTL}]", text)
    return in_text(text) if is_mixed else text


def runs_to_the_right(text: str) -> bool:
    """Whether the first letter of ``text`` is of a script that is written from right to left."""
    first = FIRST_STRONG.search(text)
    return first is not None and first[1] is None
