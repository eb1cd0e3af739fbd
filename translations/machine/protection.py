"""What a machine must not translate: proper names, and terms whose translation is fixed.

Each occurrence travels as ``<span id="p1" translate="no">…</span>``: ``translate="no"`` is HTML's own word for it,
documented by DeepL (HTML handling) and honoured by LibreTranslate (argosopentech/translate-html, pull request 3), and
named in the instructions for language models. It already holds what shall stand there, so that the sentence can be
built around it, and no segment has a ``span`` of its own (wagtail-localize forbids it).
"""

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

SPACE = r"(?:\s|&nbsp;)+"

TAGS_AND_ADDRESSES = "|".join(
    (
        r"""</?[a-zA-Z](?:[^<>"']|"[^"]*"|'[^']*')*>""",
        r"https?://[^\s<>]+",
        r"(?<!\w)www\.[^\s<>]+",
        r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
        r"(?<![\w.-])[\w-]+(?:\.[\w-]+)*\.(?:de|eu|com|org|net|info)\b(?:/[^\s<>]*)?",
    )
)
ENTITY = r"&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);"

PLACEHOLDER = re.compile(r"<span\b(?P<attributes>[^<>]*)>(?P<inside>[^<>]*)</span\s*>", re.IGNORECASE)
ID = re.compile(r"""\bid\s*=\s*["']?([\w-]+)""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Protected:
    """A fragment ready to be sent; ``kept`` has for each placeholder's id the HTML that shall stand there."""

    text: str
    kept: Mapping[str, str]


class Lost(Exception):
    """Placeholders are missing, doubled or changed; ``kept`` names their contents, ``sentence`` says it to people."""

    def __init__(self, kept: Sequence[str]) -> None:
        self.kept = list(kept)
        words = ", ".join(dict.fromkeys(html.unescape(each) for each in kept))
        self.sentence = _("The machine lost or changed what must stay: %(words)s.") % {"words": words}
        super().__init__(self.sentence)


def protect(text: str, *, terms: Mapping[str, str], names: Sequence[str]) -> Protected:
    """``text`` with placeholders for ``terms`` (German to fixed translation) and ``names``.

    Longest first, whole words, upper and lower case as given, never in tags, addresses or parts of a hyphenated
    compound. Terms are also found with the ending of a singular genitive; a plural is a term of its own, since its
    translation is another one. Where a name is also a term, the term holds. A term without translation is left alone.
    """
    fixed = {_normal(german): translation for german, translation in terms.items() if _normal(german) and translation}
    patterns = {name: _pattern(name) for name in map(_normal, names) if name}
    patterns |= {german: _pattern(german) + _genitive(german) for german in fixed}
    if not patterns:
        return Protected(text, {})
    kept: dict[str, str] = {}
    prefix = "p"
    while re.search(rf"\b{prefix}\d", text):
        prefix += "p"
    order = sorted(patterns, key=len, reverse=True)
    found = "|".join(f"(?P<w{number}>{patterns[each]})" for number, each in enumerate(order))
    # A name can begin with an entity (& Co), but none stands inside an address.
    whole = rf"(?:{TAGS_AND_ADDRESSES})|(?<!\w)(?<!\w-)(?:{found})(?!\w|-\w)|{ENTITY}"

    def placed(match: re.Match[str]) -> str:
        if match.lastgroup is None:
            return match[0]
        words = order[int(match.lastgroup[1:])]
        key = f"{prefix}{len(kept) + 1}"
        kept[key] = html.escape(fixed[words], quote=False) if words in fixed else match[0]
        return f'<span id="{key}" translate="no">{kept[key]}</span>'

    return Protected(re.sub(whole, placed, text), kept)


def restore(translated: str, protected: Protected) -> str:
    """``translated`` with terms and names in the place of the placeholders; raises ``Lost`` unless each stands there
    exactly once with what it held."""
    seen: list[str] = []
    changed: list[str] = []

    def put(match: re.Match[str]) -> str:
        found = ID.search(match["attributes"])
        key = found[1] if found else ""
        if key not in protected.kept:
            return match[0]
        seen.append(key)
        if _normal(html.unescape(match["inside"])) != _normal(html.unescape(protected.kept[key])):
            changed.append(key)
        return protected.kept[key]

    restored = PLACEHOLDER.sub(put, translated)
    lost = [each for key, each in protected.kept.items() if seen.count(key) != 1 or key in changed]
    if lost:
        raise Lost(lost)
    return restored


def _normal(text: str) -> str:
    return " ".join(text.split())


def _pattern(words: str) -> str:
    """``words`` as they stand in an escaped fragment, with any kind of space between them."""
    return SPACE.join(re.escape(html.escape(word, quote=False)) for word in words.split())


def _genitive(term: str) -> str:
    """The endings -s and -es, where they cannot be a plural (Büros) and the stem is long enough to be meant."""
    last = term.split()[-1]
    if len(last) < 4 or not last[0].isupper() or not last.isalpha() or last[-1].lower() in "aeiouyäöü":
        return ""
    return "(?:es)?" if last[-1].lower() in "sßxz" else "(?:e?s)?"
