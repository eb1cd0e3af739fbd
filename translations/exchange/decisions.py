"""What a person decides about entries of a file that they have seen on the page: the page brings them along, signed.

So nothing is replaced that was not shown, and the file need not be uploaded a second time.
"""

from collections.abc import Sequence
from itertools import takewhile

from django.core import signing
from django.http import HttpRequest
from django.utils.translation import gettext

from translations.exchange.document import Document, Segment
from translations.exchange.merging import Finding, Identity

SALT = "translations.exchange"
VALID_FOR = 24 * 60 * 60
"""Seconds for which a page that lies open still counts."""
MOST_CHARACTERS = 400_000
"""Characters that one page brings along; more come with the next upload."""


class TooOld(Exception):
    """The page was not ours, or lay open for too long; says so."""


def offered(findings: Sequence[Finding], request: HttpRequest, code: str) -> tuple[list[Finding], str]:
    """As many of ``findings`` as a page can bring along, and what its form sends back."""
    characters = 0

    def fits(finding: Finding) -> bool:
        nonlocal characters
        now = finding.current.target if finding.current else ""
        characters += len(finding.segment.source) + len(finding.segment.target) + len(now)
        return characters <= MOST_CHARACTERS

    shown = list(takewhile(fits, findings))
    rows = [
        [f.segment.page, f.segment.context, f.segment.source, f.segment.target, f.segment.state, _now(f)] for f in shown
    ]
    return shown, signing.dumps([code, request.user.pk, rows], salt=SALT, compress=True) if rows else ""


def _now(finding: Finding) -> str:
    return finding.current.target if finding.current else ""


def chosen(request: HttpRequest, code: str) -> tuple[Document, dict[Identity, str]]:
    """The ticked entries, and by their identity the words that stood there when the person looked."""
    try:
        language, user, rows = signing.loads(request.POST["decided"], salt=SALT, max_age=VALID_FOR)
    except signing.BadSignature as error:
        raise TooOld(gettext("This page lay open for too long. Please upload the file again.")) from error
    if language != code or user != request.user.pk:
        raise TooOld(gettext("This page lay open for too long. Please upload the file again."))
    ticked = {int(number) for number in request.POST.getlist("take") if number.isdecimal() and len(number) < 6}
    segments: list[Segment] = []
    seen: dict[Identity, str] = {}
    for number, (page, context, source, target, state, now) in enumerate(rows):
        if number in ticked:
            segments.append(Segment(page, context, source, target, state))
            seen[segments[-1].identity] = now
    return Document(code, tuple(segments)), seen
