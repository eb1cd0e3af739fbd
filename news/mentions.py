"""Articles that speak of a page of another app."""

from django.utils.translation import gettext

from cms.pages.base_page import BasePage
from cms.pages.related import Section
from news.models import NewsPage

LENGTH = 6


def news_about(page: BasePage) -> Section:
    """The newest articles in which ``page`` took part."""
    articles = NewsPage.objects.listed().about(page).newest_first().defer("body").with_words()[:LENGTH]
    return Section(gettext("News"), "news/includes/mentions.html", list(articles))
