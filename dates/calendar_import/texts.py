"""Texts of foreign calendars: a title of one line, a place of a few, a description with its paragraphs and links."""

import html
import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString
from django.utils.html import escape, strip_tags

from cms.localization.clean_text import clean, one_line

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


LONGEST = 20_000
"""Signs that are looked at."""
LONGEST_ADDRESS = 1000
MARKUP = re.compile(
    r"</?(?:html|body|p|br|div|span|a|b|i|u|em|strong|ul|ol|li|h[1-6]|table|font)\b[^<>]*>", re.IGNORECASE
)
ADDRESS = re.compile(r"https?://[^\s<>\"“”„]+[^\s<>\"“”„.,;:!?)\]]", re.IGNORECASE)
APART = {"p", "div", "ul", "ol", "li", "table", "tr", "section", "article", "blockquote", "pre"} | {
    f"h{level}" for level in range(1, 7)
}
UNSEEN = {"script", "style", "head", "title", "template"}


def line(value: Any, length: int) -> str:
    """``value`` without tags, line breaks and invisible controls, cut at a word where it is too long."""
    text = html.unescape(strip_tags(_first(value)))
    text = one_line(text)
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    return f"{cut.rsplit(' ', 1)[0] if ' ' in cut[length // 2 :] else cut}…"


def lines(value: Any, length: int) -> str:
    """As ``line``, with the lines that it has."""
    whole = "\n".join(filter(None, (line(each, length) for each in _first(value).split("\n"))))
    return whole if len(whole) <= length else line(whole, length)


def description(value: Any, address: Any, length: int) -> tuple[str, str]:
    """The first line, if it can stand alone within ``length``; and the rest as rich text, with the event's address."""
    text = clean(_first(value))
    paragraphs = _of_html(text) if MARKUP.search(text) else _of_plain(text)
    lead = ""
    if paragraphs and "<" not in paragraphs[0][0]:
        first = html.unescape(paragraphs[0][0])
        if len(first) <= length:
            lead, rest = first, paragraphs[0][1:]
            paragraphs = [*([rest] if rest else []), *paragraphs[1:]]
    found = _link(_first(address).strip())
    if found and found not in "".join("".join(each) for each in paragraphs):
        paragraphs.append([found])
    return lead, "".join(f"<p>{'<br/>'.join(each)}</p>" for each in paragraphs)


def _first(value: Any) -> str:
    return str(value[0] if isinstance(value, list) and value else value)[:LONGEST]


def _link(address: str, words: str = "") -> str:
    """A link, for what can be one; else nothing."""
    try:
        scheme = urlsplit(address).scheme.lower()
    except ValueError:
        return ""
    if scheme not in ("http", "https", "mailto", "tel") or len(address) > LONGEST_ADDRESS or " " in address:
        return ""
    return f'<a href="{escape(address)}">{escape(words or address)}</a>'


def _of_plain(text: str) -> list[list[str]]:
    """Paragraphs, each with its lines as HTML."""
    blocks = re.split(r"\n[ \t]*\n", text)
    found = [[_linked(one_line(each)) for each in block.split("\n") if one_line(each)] for block in blocks]
    return [block for block in found if block]


def _linked(text: str) -> str:
    parts, end = [], 0
    for found in ADDRESS.finditer(text):
        parts += [escape(text[end : found.start()]), _link(found[0]) or escape(found[0])]
        end = found.end()
    return "".join([*parts, escape(text[end:])])


def _of_html(text: str) -> list[list[str]]:
    paragraphs: list[list[str]] = [[""]]
    for piece in _pieces(BeautifulSoup(text, "html.parser")):
        if piece == "\n":
            if paragraphs[-1][-1].strip():
                paragraphs[-1].append("")
            else:
                paragraphs.append([""])
        elif piece == "\n\n":
            paragraphs.append([""])
        else:
            paragraphs[-1][-1] += piece
    found = [[" ".join(each.split()) for each in block if each.strip()] for block in paragraphs]
    return [block for block in found if block]


def _pieces(node: Tag) -> Iterable[str]:
    """Words and links as HTML; "\\n" between lines, "\\n\\n" between paragraphs."""
    todo: list[Any] = list(reversed(list(node.children)))
    while todo:
        child = todo.pop()
        if isinstance(child, str) and not isinstance(child, NavigableString):
            yield child
        elif isinstance(child, NavigableString):
            if type(child) is NavigableString:
                yield _linked(re.sub(r"\s+", " ", str(child)))
        elif child.name == "br":
            yield "\n"
        elif child.name == "a":
            words = one_line(child.get_text(" "))
            yield _link(str(child.get("href", "")).strip(), words) or escape(words)
        elif child.name in APART:
            yield "\n\n"
            todo.append("\n\n")
            if child.name == "li":
                todo += [*reversed(list(child.children)), "– "]
            else:
                todo += reversed(list(child.children))
        elif child.name not in UNSEEN:
            todo += reversed(list(child.children))
