"""News of the city: an index and its articles."""

from news.article import NewsPage, RelatedPage, RelatedSession
from news.index import NewsIndexPage

__all__ = ["NewsIndexPage", "NewsPage", "RelatedPage", "RelatedSession"]
