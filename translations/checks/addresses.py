"""Mail and web addresses, telephone numbers and accounts: the same signs, however they are spaced."""

import re
from collections.abc import Iterator
from functools import lru_cache

from django.utils.translation import gettext as _

from translations.checks.findings import ERROR, Finding, Pair
from translations.checks.text import european

ADDRESS = re.compile(
    r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:https?://|(?<!\w)www\.)[^\s<>\"'()]+"
    r"|(?<![\w.-])(?:[a-z\d-]+\.)+(?:de|eu|com|org|net|info|nrw|ruhr|online|app)\b(?:/[^\s<>\"'()]*)?",
    re.IGNORECASE | re.ASCII,
)
CLOSING = ".,;:!?/،؛؟…»”“‘’*_"
SCHEME = re.compile(r"^https?://(?:www\.)?|^www\.", re.IGNORECASE)
LANGUAGE_PART = re.compile(r"(?<=/)[a-z]{2}(?=/|$)")

CLOCKS = re.compile(
    r"(?<!\d)[012]?\d[.:][0-5]\d\s*(?:-|–|—|bis)\s*[012]?\d[.:][0-5]\d(?!\d)"
    r"|(?<!\d)\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d(?!\d)|(?<!\d)(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2}(?!\d)"
)
"""Ranges of times, and dates: digits with the signs of a telephone number between them."""
TELEPHONE = re.compile(
    r"(?<![\w.,:/])(?:\+\s?\d|\(?0)(?:[ \u00a0\u202f\u2011()/.\-–]{0,3}\d){5,16}(?![\d:])"
    r"|(?<![\w.,:/])\d[\d\s()/\-]{5,18}\d\s?\+(?!\w)"
)
ACCOUNT = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?:\s?\d{4}){3,7}(?:\s?\d{1,4})?(?!\w)")


def addresses(pair: Pair) -> Iterator[Finding]:
    wanted, found = _addresses(pair.german), _addresses(pair.words)
    changed = [shown for key, shown in wanted.items() if key not in found]
    changed += [shown for key, shown in found.items() if key not in wanted]
    if changed:
        words = ", ".join(changed)
        yield Finding(
            "addresses", ERROR, _("Web or e-mail addresses are lost or changed: %(words)s.") % {"words": words}, words
        )


def _addresses(text: str) -> dict[str, str]:
    """What identifies an address, and the address as it is written."""
    found: dict[str, str] = {}
    for match in ADDRESS.finditer(text):
        written = match[0].rstrip(CLOSING)
        bare = LANGUAGE_PART.sub("*", SCHEME.sub("", written.lower()))
        found.setdefault(bare.removesuffix("/*") if bare.endswith("/*") else bare, written)
    return found


def telephones(pair: Pair) -> Iterator[Finding]:
    wanted, found = _numbers(pair.german), _numbers(pair.words)
    all_digits = re.sub(r"\D", "", european(pair.words))
    changed = [shown for key, shown in wanted.items() if key not in found and key not in all_digits]
    german_digits = re.sub(r"\D", "", european(pair.german))
    changed += [shown for key, shown in found.items() if key not in wanted and key not in german_digits]
    if changed:
        words = ", ".join(changed)
        sentence = _("Telephone or account numbers are lost or changed: %(words)s.") % {"words": words}
        yield Finding("telephones", ERROR, sentence, words)


def _numbers(text: str) -> dict[str, str]:
    """The digits of a number as they are dialled inside of the country, and the number as it is written."""
    found: dict[str, str] = {}
    for match in _dialled(text):
        digits = re.sub(r"\D", "", re.sub(r"\(0\)", "", match[0]))
        digits = re.sub(r"^(?:00)?49(?=\d{6})", "", digits) if not digits.startswith("04") else digits
        found.setdefault(digits.lstrip("0"), " ".join(match[0].split()))
    return found


def _dialled(text: str) -> list[re.Match[str]]:
    written = european(text)
    masked = CLOCKS.sub(lambda match: "x" * len(match[0]), ADDRESS.sub(lambda match: "x" * len(match[0]), written))
    return [*ACCOUNT.finditer(masked), *TELEPHONE.finditer(ACCOUNT.sub(lambda match: "x" * len(match[0]), masked))]


@lru_cache(maxsize=8)
def without(text: str) -> str:
    """``text`` as long as before, with spaces for addresses, telephone numbers and accounts."""
    cut = list(text)
    for match in [*ADDRESS.finditer(text), *_dialled(text)]:
        cut[match.start() : match.end()] = " " * (match.end() - match.start())
    return "".join(cut)
