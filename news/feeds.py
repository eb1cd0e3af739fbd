"""The Atom feed of an index (RFC 4287)."""

from collections.abc import Sequence

from django.http import HttpRequest

from cms.http.feeds import AtomFeed
from cms.localization import languages
from cms.pages.base_page import BasePage
from cms.pages.isolation import read_each
from cms.routing import sites
from cms.routing.unchanged import FileOfContent

LENGTH = 20


def atom(request: HttpRequest, index: BasePage, articles: Sequence[BasePage]) -> FileOfContent:
    """``articles`` (with words attached) as an Atom document in the reader's language."""
    settings = sites.settings_of(sites.of_request(request))
    feed = AtomFeed(
        title=f"{settings.name}: {index.words.title.plain}",
        link=request.build_absolute_uri(index.reader_path),
        description=str(index.words.intro),
        language=languages.active().code,
        feed_url=request.build_absolute_uri(request.path),
        published=index.facts.last_published_at,
    )

    def add(article: BasePage) -> None:
        feed.add_words(
            title=article.words.title,
            link=request.build_absolute_uri(article.reader_path),
            summary=article.words.lead,
            unique_id=f"urn:uuid:{article.translation_key}",
            pubdate=article.first_published_at,
            updateddate=article.last_published_at,
        )

    read_each(articles, add)
    return FileOfContent(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
