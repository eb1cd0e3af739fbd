from django.apps import AppConfig


class NewsConfig(AppConfig):
    name = "news"

    def ready(self) -> None:
        from cms.admin import guards
        from cms.open_data import collections
        from cms.pages import related, share_picture
        from cms.routing import query_parameters
        from dates.events.event_page import EventPage
        from directory.profiles.organisation import OrganisationPage
        from news.article import NewsPage
        from news.index import NewsIndexPage
        from news.mentions import news_about
        from news.open_data import NEWS

        query_parameters.register("organisation")
        collections.register(NEWS)
        share_picture.register(NewsPage, "main_image")
        guards.keep_section(NewsIndexPage, guards.pages_below)
        related.register(OrganisationPage, news_about)
        related.register(EventPage, news_about)
