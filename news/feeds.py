"""The Atom feed of an index (RFC 4287)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.http import HttpRequest

from cms.feeds import AtomFeed
from cms.frame import Frame
from cms.isolation import read_each
from cms.routing.unchanged import FileOfContent

if TYPE_CHECKING:
    from news.models import NewsIndexPage, NewsPage

LENGTH = 20


def atom(request: HttpRequest, index: "NewsIndexPage", articles: Sequence["NewsPage"]) -> FileOfContent:
    """``articles`` (with words attached) as an Atom document in the reader's language."""
    frame = Frame.of(request)
    feed = AtomFeed(
        title=f"{frame.settings.name}: {index.words.title.plain}",
        link=request.build_absolute_uri(index.reader_path),
        description=str(index.words.intro),
        language=frame.language.code,
        feed_url=request.build_absolute_uri(request.path),
        published=index.facts.last_published_at,
    )

    def add(article: "NewsPage") -> None:
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
