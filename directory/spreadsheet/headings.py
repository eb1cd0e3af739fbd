"""What a heading of an office's list means, however it is worded.

A heading is taken apart into ideas ("Vereinsname" is *organisation* and *name*, "Tel.-Nr." is *telephone* and
*number*), and two headings mean the same when their ideas are the same. A word that is no idea of ours makes a heading
unknown: "Telefon Kassenwart" is not the telephone of an organisation, and a guess would publish it.
"""

import re
import unicodedata
from functools import cache

from directory.spreadsheet.names import plain

IDEAS = {
    "name": "name namen names eigenname bezeichnung titel title benennung namensangabe",
    "organisation": (
        "verein vereine organisation organisationen organization organisations organizations verband gruppe group "
        "initiative association club mo mso migrantenorganisation migrantenselbstorganisation einrichtung institution "
        "gemeinschaft trager"
    ),
    "former": "fruher fruhere fruherer ehemals ehemalig ehemalige ehemaliger vormals former formerly previous",
    "german": "deutsch deutsche deutscher deutschen german",
    "own": (
        "eigen eigene eigener eigenen mutter herkunft herkunfts landes heimat original originale originaler native own "
        "its erst"
    ),
    "language": "sprache sprachen language languages lang spr",
    "number": (
        "nr nummer zahl no num number id kennung schlussel kennziffer kennnummer key identnummer kennzahl ident ziffer"
    ),
    "running": "lfd lfde laufend laufende laufender fortlaufende fortlfd running serial consecutive sequential",
    "description": (
        "beschreibung kurzbeschreibung description kurzinfo kurztext kurzinformation kurzportrait profil vorstellung "
        "about us uns selbstbeschreibung summary"
    ),
    "short": "kurz kurze kurzer short brief",
    "topic": (
        "thema themen topic topics schwerpunkt schwerpunkte themenfeld themenfelder themenbereich themenbereiche "
        "bereich bereiche arbeitsbereich arbeitsbereiche tatigkeitsfeld tatigkeitsfelder kategorie kategorien category "
        "categories arbeitsschwerpunkt arbeitsschwerpunkte handlungsfeld handlungsfelder arbeitsfeld arbeitsfelder "
        "stichworte schlagworte"
    ),
    "spoken": "gesprochen gesprochene gesprochenen gesprochener spoken",
    "district": (
        "stadtteil stadtteile bezirk ortsteil stadtbezirk district borough quarter quartier viertel stadtviertel "
        "neighbourhood neighborhood"
    ),
    "street": "strasse straße str street",
    "house": "haus hs house",
    "address": "adresse anschrift address postanschrift adr addr postadresse wohnanschrift vereinsanschrift",
    "postcode": "plz postleitzahl zip postcode postal postzahl zipcode",
    "code": "code",
    "post": "post postleit",
    "town": "ort stadt city town wohnort gemeinde kommune sitz vereinssitz",
    "telephone": (
        "tel telefon telephone phone fon rufnummer ruf fernsprecher festnetz telefonisch telnr fernruf mobil mobile "
        "handy mobilfunk cell mobiltelefon mobilnummer"
    ),
    "mail": "mail email emails mails emailadresse mailadresse elektronische",
    "web": "web website webseite homepage internet url www internetseite internetauftritt webauftritt weblink",
    "page": "seite site auftritt link links",
    "whatsapp": "whatsapp whats wa whatsappnummer",
    "social": "sozial soziale sozialen sozialer social facebook instagram insta fb youtube tiktok netzwerke",
    "media": "medien media netzwerk networks network kanale kanal profile profiles",
    "step free": (
        "barrierefrei barrierefreiheit stufenlos stufenfrei rollstuhlgerecht rollstuhl barrierearm accessible "
        "accessibility wheelchair rollstuhlgeeignet stepfree"
    ),
    "entrance": "zugang zuganglich zuganglichkeit eingang access entrance",
    "step": "step",
    "free": "free",
    "offers": (
        "angebot angebote offer offers termine veranstaltungsangebote gruppenangebote aktivitaten activities kurse"
    ),
    "hours": (
        "offnungszeiten offnungszeit sprechzeiten sprechzeit sprechstunde sprechstunden burozeiten geoffnet zeiten "
        "hours times opening open servicezeiten"
    ),
    "regular": "regelmassig regelmassige regelmassigen regelm regular",
    "contact": (
        "ansprechpartner ansprechpartnerin ansprechpartnerinnen ansprechpartners ansprechperson ansprechpersonen "
        "kontakt kontaktperson contact kontaktpersonen vorstand vorstands vorsitz vorsitzende vorsitzender "
        "vorsitzenden ap person verantwortliche verantwortlicher verantwortlichen"
    ),
    "invitation": "einladung einladungen einladen invitation invitations invite einzuladen",
    "correspondence": "korrespondenz korrespondenzsprache anschreiben correspondence",
    "wrong": "falsch wrong fehler",
    "what": "what",
    "private": "privat private privater intern interne internal personlich nicht not vertraulich kassenwart",
}
FILLERS = frozenset(
    "der die das des dem den in im fur zur zum of the for and und ist is an am e v ev bzw that dieser dieses dieser "
    "unsere unser uber von vom mit bei u ihrer ihre ihr pflicht pflichtfeld pflichtangabe optional required freiwillig "
    "angabe angaben offentlich offentliche public falls vorhanden available if bitte please oder or".split()
)
"""Words that change nothing about what a column holds."""
ENDINGS = ("s", "es", "er", "en", "e")
"""What German hangs on to words: "des Trägers", "stufenloser"."""
JOINTS = ("", "s", "n", "en", "es", "e")
"""What German puts between the parts of a compound."""
SHORTEST_PART = 3
"""Letters of a part of a compound; shorter ones are met inside other words by chance."""
SAME = str.maketrans({"ß": "ss"})


@cache
def _ideas_by_word() -> dict[str, str]:
    return {_folded(word): idea for idea, words in IDEAS.items() for word in words.split()}


def _folded(word: str) -> str:
    """Without umlauts and accents, however they are written: "Straße", "STRASSE", "Schlüssel", "Schluessel"."""
    bare = unicodedata.normalize("NFKD", word.casefold().translate(SAME))
    bare = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return re.sub("(?<![aeiouq])([aou])e", r"\1", bare)


def ideas(heading: str) -> frozenset[str]:
    """What ``heading`` is about. Words that mean nothing to us stand for themselves, except in brackets."""
    remarks = re.findall(r"[(\[{]([^)\]}]*)[)\]}]?", heading)
    outside = re.sub(r"[(\[{][^)\]}]*[)\]}]?", " ", heading)
    known = frozenset(_ideas_by_word().values())
    found = _of_words(outside)
    for remark in remarks:
        found |= _of_words(remark) & known
    return _simpler(found or _of_words(heading))


def _of_words(text: str) -> frozenset[str]:
    text = re.sub(r"(?i)\be\W?mail", "email", text.replace("#", " nr ").replace("№", " nr "))
    text = re.sub(r"(?i)(?<=\w)[-/*:_](?:innen|in|r|n)\b", "", text)  # "Vorsitzende/r", "Ansprechpartner:in"
    text = re.sub(r"(?<=[a-zäöüß])(?=[A-Z][a-z])", " ", text)  # "PostalCode"
    words = [_folded(word) for word in plain(text).split()]
    found: set[str] = set()
    for word in words:
        if word not in FILLERS and not word.isdigit():
            found |= _of_word(word) or {word}
    return frozenset(found)


@cache
def _of_word(word: str) -> frozenset[str]:
    """The idea of a word, or those of all parts of a compound; nothing when a part is unknown."""
    by_word = _ideas_by_word()
    for bare in (word, *(word.removesuffix(ending) for ending in ENDINGS if len(word) > len(ending) + SHORTEST_PART)):
        if bare in by_word:
            return frozenset({by_word[bare]})
    for end in range(len(word) - 1, SHORTEST_PART - 1, -1):
        first = by_word.get(word[:end])
        if first is None:
            continue
        for joint in JOINTS:
            rest = word[end:]
            if rest.startswith(joint) and len(rest) - len(joint) >= 2 and (others := _of_word(rest[len(joint) :])):
                return others | {first}
    return frozenset()


IMPLIED = {
    "telephone": {"number"},
    "mail": {"address"},
    "web": {"address", "page"},
    "postcode": {"code", "number"},
    "street": {"address"},
    "whatsapp": {"number", "telephone"},
    "social": {"media", "page"},
    "invitation": {"contact"},
    "running": {"number"},
    "step free": {"entrance"},
    "offers": {"regular"},
    "description": {"short"},
}
"""Ideas that add nothing beside another: a telephone is a number anyway."""
OF_COURSE = {"organisation"}
"""The list is about organisations, so the word adds nothing beside another."""


def _simpler(found: frozenset[str]) -> frozenset[str]:
    for idea, more in IMPLIED.items():
        if idea in found:
            found -= more
    return found - OF_COURSE if found - OF_COURSE else found
