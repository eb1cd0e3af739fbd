"""All articles: newest first, by year, by organisation, and as a feed."""

from django.core.paginator import Paginator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.search import index

from cms.localization.accepted_dates import is_accepted_year
from cms.pages.base_page import BasePage
from cms.routing.query_parameters import requested_page
from news import feeds
from news.article import NewsPage, NewsPageQuerySet, organisations_in


class NewsIndexPage(RoutablePageMixin, BasePage):
    """All articles, newest first; ``/2024/`` those of one year; ``/feed/`` as Atom."""

    intro = models.TextField(_("introduction"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("intro")]
    search_fields = [*BasePage.search_fields, index.SearchField("intro")]
    subpage_types = ["news.NewsPage"]
    max_count_per_parent = 1
    template = "news/news_index_page.html"
    per_page = 10

    class Meta:
        verbose_name = _("news index")

    def articles(self) -> NewsPageQuerySet:
        """The public articles of this index."""
        return NewsPage.objects.listed().child_of(self.facts)

    @path("")
    def all_years(self, request: HttpRequest) -> HttpResponse:
        return self._list(request, None)

    @path("<int:year>/", name="year")
    def one_year(self, request: HttpRequest, year: int) -> HttpResponse:
        return self._list(request, year)

    @path("feed/", name="feed")
    def feed(self, request: HttpRequest) -> HttpResponse:
        """The newest articles as Atom in the reader's language."""
        articles = self.articles().newest_first().for_cards().with_words()
        return feeds.atom(request, self, list(articles[: feeds.LENGTH]))

    def _list(self, request: HttpRequest, year: int | None) -> HttpResponse:
        articles = self.articles()
        organisations = organisations_in(articles)
        # An organisation that no article names is ignored, as the nearest valid answer.
        chosen = next((page for page in organisations if page.slug == request.GET.get("organisation")), None)
        if chosen is not None:
            articles = articles.about(chosen)
        articles = articles.newest_first()
        dates = list(articles.values_list("date", flat=True))
        if year is not None and not ((chosen and is_accepted_year(year)) or any(date.year == year for date in dates)):
            raise Http404
        shown = articles.in_year(year) if year else articles
        paginator = Paginator(shown.for_cards().with_words(), self.per_page)
        paginator.count = sum(year is None or date.year == year for date in dates)
        listed = requested_page(paginator, request)
        return self.render(
            request,
            context_overrides={
                "articles": listed,
                "year": year,
                "years": sorted({date.year for date in dates}, reverse=True),
                "organisations": organisations,
                "chosen": chosen,
                "index_path": self.reader_path,
                "feed_path": self.path_to("feed"),
            },
        )
