"""The collection of news articles."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from cms.media import copies
from cms.open_data.collections import Collection, Field, Question
from cms.open_data.kinds import DAY, FLAG, KEY, MOMENT, TEXT, URL, WORDS
from cms.open_data.parameters import day
from news.article import NewsPage, NewsPageQuerySet

FILTERS = (day("from", "Only articles of this day or later."), day("to", "Only articles of this day or earlier."))


def rows(question: Question) -> NewsPageQuerySet:
    found: NewsPageQuerySet = NewsPage.objects.listed().descendant_of(question.home)
    asked = {"date__gte": question.values.get("from"), "date__lte": question.values.get("to")}
    found = found.filter(**{name: value for name, value in asked.items() if value})
    return found.newest_first().for_cards().with_words()


def one(question: Question, translation_key: UUID) -> NewsPage | None:
    return rows(question).filter(translation_key=translation_key).first()


def _picture(article: Any, question: Question) -> str | None:
    return copies.address(article.main_image, question.request)


FIELDS = (
    Field("id", KEY, lambda article, question: article.translation_key, is_certain=True),
    Field("url", URL, lambda article, question: question.whole(article.reader_path), is_certain=True),
    Field("title", WORDS, lambda article, question: article.words.title, is_certain=True),
    Field("lead", WORDS, lambda article, question: article.words.lead or None),
    Field("date", DAY, lambda article, question: article.date, is_certain=True),
    Field(
        "only_month", FLAG, lambda article, question: article.date_is_month, "The day is not known.", is_certain=True
    ),
    Field("place", TEXT, lambda article, question: article.place or None),
    Field("picture", URL, _picture, "Not under the licence of the data: ask who made it."),
    Field(
        "picture_credit",
        TEXT,
        lambda article, question: (article.main_image.credit or None) if article.main_image else None,
    ),
    Field("published", MOMENT, lambda article, question: article.first_published_at),
    Field("updated", MOMENT, lambda article, question: article.last_published_at),
)
NEWS = Collection(
    name="news",
    item="Article",
    title=_("News"),
    description="Articles, the newest first.",
    fields=FIELDS,
    rows=rows,
    parameters=FILTERS,
    one=one,
)
