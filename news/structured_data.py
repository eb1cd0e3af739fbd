"""schema.org NewsArticle."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from cms.media import copies
from cms.routing import sites

if TYPE_CHECKING:
    from news.models import NewsPage


def news_article(page: "NewsPage", request: HttpRequest) -> dict[str, Any]:
    facts, settings = page.facts, sites.settings_of(sites.of_request(request))
    image = facts.main_image
    return {
        "@type": "NewsArticle",
        "headline": page.words.title.plain,
        "description": page.words.lead.plain,
        "inLanguage": page.words.lang,
        "datePublished": facts.date.isoformat() if not facts.date_is_month else facts.date.strftime("%Y-%m"),
        "dateModified": facts.last_published_at.isoformat() if facts.last_published_at else None,
        "mainEntityOfPage": request.build_absolute_uri(page.reader_path),
        "image": copies.address(image, request),
        "publisher": {"@type": "GovernmentOrganization", "name": settings.municipality or settings.name},
    }
