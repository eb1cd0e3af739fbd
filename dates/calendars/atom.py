"""The dates ahead as an Atom feed (RFC 4287): for readers of news, and for other websites of the city."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest

from cms.http.feeds import AtomFeed
from cms.localization import languages
from cms.localization.localized_text import LocalizedText
from cms.pages.base_page import BasePage
from cms.routing import sites
from cms.routing.query_parameters import query_of
from cms.routing.unchanged import FileOfContent
from dates.calendars import document
from dates.calendars.document import Entry

LENGTH = 50


@dataclass(frozen=True)
class Ahead:
    """An entry with the time at which it takes place next."""

    entry: Entry
    when: str
    start: dt.datetime


def atom(request: HttpRequest, index: BasePage, dates: Iterable[Ahead], *, title: LocalizedText) -> FileOfContent:
    """The next ``dates`` in the reader's language; one that moves or is cancelled is the same entry, updated."""
    settings = sites.settings_of(sites.of_request(request))
    language = languages.active().code
    listed = sorted(dates, key=lambda date: date.start)[:LENGTH]
    feed = AtomFeed(
        title=f"{settings.name}: {title.plain}",
        link=request.build_absolute_uri(index.reader_path),
        description=None,
        language=language,
        feed_url=request.build_absolute_uri(f"{request.path}{query_of(request)}"),
        published=index.facts.last_published_at,
    )
    for date in listed:
        entry = date.entry
        parts = (date.when, entry.location, entry.description)
        feed.add_words(
            title=entry.title.saying(document.summary(entry)),
            link=entry.url,
            summary=LocalizedText("\n\n".join(document.plain(part) for part in parts if part), language),
            unique_id=f"urn:uuid:{entry.uid}",
            updateddate=entry.changed,
        )
    return FileOfContent(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
