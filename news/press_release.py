"""A whole press release becomes a draft in one act: title, place, lead, text, and the organisations that it names.

Nothing is lost: what has no place of its own stays in the text, and the findings say what the person must look at.
"""

import re
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.accounts import User
from cms.localization import formats
from cms.pages.base_page import without_aliases
from cms.pasting import blocks
from cms.pasting.parts import Heading, Paragraph, Part, Picture, Reading
from cms.pasting.runs import Runs, lines_of, text_of
from directory.models import OrganisationPage
from news import dateline
from news.article import NewsPage, RelatedPage
from news.index import NewsIndexPage

LONGEST_TITLE = 255
LONGEST_TYPED_TITLE = 150
"""Of a first line that is no heading, and is taken for the title."""
SHORTEST_NAME = 5
CREDIT = re.compile(
    r"^(?P<caption>.*?)\s*\(?\b(?:Fotos?|Bild(?:nachweis)?):\s*(?P<credit>[^()]{2,120}?)\)?$", re.DOTALL
)
"""„Beim Fest. (Foto: Name/Stadt Hagen)“, which belongs to a picture."""


class Empty(Exception):
    """Nothing was pasted."""


@dataclass(frozen=True)
class Draft:
    article: NewsPage
    findings: list[str]


@transaction.atomic
def make_draft(*, index: NewsIndexPage, read: Reading, user: User) -> Draft:
    """A new article below ``index``, not public; raises Empty when ``read`` holds no words."""
    parts = list(read.parts)
    if not any(not isinstance(part, Picture) for part in parts):
        raise Empty
    caption, credit = _take_caption(parts)
    title = _take_title(parts)
    begun = dateline.split(_take_lead(parts))
    article = NewsPage(
        title=title or _("Press release"),
        place=begun.place,
        lead=begun.rest,
        main_image_caption=caption,
        live=False,
        owner=user,
    )
    article.date = begun.date or article.date
    article.body = article.body.stream_block.to_python(blocks.body(Reading(parts)).blocks)
    findings = blocks.findings(read) + _findings(article, title)
    if credit:
        findings.append(
            _("A picture's credit is in the text: “%(credit)s”. Choose the picture and write it there.")
            % {"credit": credit}
        )
    if begun.date:
        findings.append(
            _("The date of the article was taken from the text: %(date)s.") % {"date": formats.full_date(begun.date)}
        )
    organisations = named_in(" ".join(text for part in read.parts for text in _texts(part)), index)
    article.related = [RelatedPage(page=page) for page in organisations]
    if organisations:
        findings.append(
            ngettext(
                "One organisation is named in the text and was added: %(names)s. Please check it.",
                "%(count)d organisations are named in the text and were added: %(names)s. Please check them.",
                len(organisations),
            )
            % {"count": len(organisations), "names": ", ".join(page.title for page in organisations)}
        )
    index.add_child(instance=article)
    article.save_revision(user=user, log_action=True, clean=False)
    return Draft(article, findings)


def _findings(article: NewsPage, title: str) -> list[str]:
    found = []
    if not title:
        found.append(_("No title was found. Please write one."))
    longest = NewsPage._meta.get_field("lead").max_length or 0
    if len(article.lead) > longest:
        found.append(
            _(
                "The lead has %(length)d letters; at most %(longest)d are possible. "
                "It is kept as it is: please shorten it, or move a part of it into the text."
            )
            % {"length": len(article.lead), "longest": longest}
        )
    if not article.lead:
        found.append(_("No lead was found (the first paragraph has a link, or a heading before it). Please write one."))
    return found


def _take_title(parts: list[Part]) -> str:
    """The first heading, if only short lines are before it; else a first line that is short enough."""
    words = [part for part in parts if not isinstance(part, Picture)][:3]
    for part in words:
        if isinstance(part, Heading) and len(text_of(part.runs)) <= LONGEST_TITLE:
            parts.remove(part)
            return text_of(part.runs)
        if not isinstance(part, Paragraph) or len(text_of(part.runs)) > LONGEST_TYPED_TITLE:
            break
    first = words[0]
    if isinstance(first, Paragraph):
        line, *others = lines_of(first.runs)
        text = text_of(line)
        if len(text) <= LONGEST_TYPED_TITLE and text[-1] not in ".:;," and not _has_link(line):
            first.runs = first.runs[first.runs.index(_break_of(first.runs)) + 1 :] if others else []
            if not others:
                parts.remove(first)
            return text
    return ""


def _break_of(runs: Runs) -> object:
    return next(run for run in runs if run.text == "\n")


def _take_caption(parts: list[Part]) -> tuple[str, str]:
    """Of the first picture whose credit is written in the text, before or after it; two empty texts without one."""
    longest = NewsPage._meta.get_field("main_image_caption").max_length or 0
    for part in parts:
        found = CREDIT.match(text_of(part.runs)) if isinstance(part, Paragraph) and not _has_link(part.runs) else None
        if found is not None and len(found["caption"]) <= longest:
            parts.remove(part)
            return found["caption"], found["credit"]
    return "", ""


def _take_lead(parts: list[Part]) -> str:
    """The paragraph right behind the title, unless the plain text of a lead would lose its links."""
    first = next((part for part in parts if not isinstance(part, Picture)), None)
    if not isinstance(first, Paragraph) or _has_link(first.runs):
        return ""
    parts.remove(first)
    return text_of(first.runs)


def _has_link(runs: Runs) -> bool:
    return any(run.href for run in runs)


def _texts(part: Part) -> list[str]:
    if isinstance(part, Picture):
        return []
    if hasattr(part, "rows"):
        return [text_of(cell) for row in part.rows for cell in row]
    return [text_of(part.runs)]


def named_in(text: str, index: NewsIndexPage) -> list[OrganisationPage]:
    """The public organisations of this Site whose whole name stands in ``text``, in the order in which they do."""
    home = index.get_parent()
    listed = without_aliases(OrganisationPage.objects.listed().descendant_of(home))
    said = " ".join(text.split()).casefold()
    found = []
    for page in listed:
        name = re.sub(r",?\s+e\.\s?V\.?$", "", " ".join(page.title.split()), flags=re.IGNORECASE).casefold()
        place = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", said) if len(name) >= SHORTEST_NAME else None
        if place:
            found.append((place.start(), page))
    return [page for _place, page in sorted(found, key=lambda pair: pair[0])]
