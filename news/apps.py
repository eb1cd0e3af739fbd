from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    name = "news"

    def ready(self) -> None:
        from cms.admin import guards
        from cms.open_data import collections
        from cms.pages import related, share_picture
        from cms.routing import query_parameters
        from cms.search import page_kinds
        from dates.events.event_page import EventPage
        from directory.profiles.organisation import OrganisationPage
        from news.article import NewsPage
        from news.index import NewsIndexPage
        from news.mentions import news_about
        from news.open_data import NEWS

        query_parameters.register("organisation")
        page_kinds.register(
            NewsPage, label=_("News"), place=30, kind="news", facts=page_kinds.Facts(date=lambda page: page.date)
        )
        collections.register(NEWS)
        share_picture.register(NewsPage, "main_image")
        guards.keep_section(NewsIndexPage, guards.pages_below)
        related.register(OrganisationPage, news_about)
        related.register(EventPage, news_about)
