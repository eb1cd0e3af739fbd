"""Titles that say that something does not take place, as Outlook and people write them where no status can be set."""

import re

WORDS = (
    r"abgesagt|entf[äa]e?llt(?: heute| leider)?|f[äa]e?llt(?: heute| leider)? aus|ausgefallen|cancell?ed(?: event)?"
    r"|[iİıI]\u0307?ptal(?: edildi)?|отмен[её]н[оаы]?|отменя се|скасован[оаий]?|anulat[ăa]?|annul[ée]e?|odwołan[eya]"
    r"|ملغ[ىي]ة?|أ?لغيت|تم الإلغاء|لغو شد(?:ه)?"
)
BEFORE = re.compile(rf"^[\s*!\[(<-]*(?:{WORDS})[\s*!\])>]*\s*[:!\-–—|]+\s*(?P<title>\S.*)$", re.IGNORECASE)
BRACKETS = re.compile(rf"^\s*[*\[(]+\s*(?:{WORDS})\s*[!*\])]+\s*(?P<title>\S.*)$", re.IGNORECASE)
CAPITALS = re.compile(
    r"^\s*(?:ABGESAGT|ENTF(?:Ä|AE)LLT|FÄLLT AUS|CANCELL?ED|[İI]PTAL|ОТМЕНЕНО|СКАСОВАНО)\s+(?P<title>\S.*)$"
)
AFTER = re.compile(
    rf"^(?P<title>.*\S)\s*(?:[:\-–—|]+\s*(?:{WORDS})|[\[(*]+\s*(?:{WORDS})\s*[!*\])]+)[\s!.]*$", re.IGNORECASE
)
ALONE = re.compile(rf"^[\s*!\[(]*(?:{WORDS})[\s*!\])]*$", re.IGNORECASE)


def without_cancellation(title: str) -> tuple[str, bool]:
    """``title`` without the word, and whether it had one. A title that is nothing but the word stays."""
    for pattern in (BEFORE, BRACKETS, CAPITALS, AFTER):
        found = pattern.match(title)
        if found:
            return found["title"].strip(), True
    return title, ALONE.match(title) is not None
