from django.apps import AppConfig


class NewsConfig(AppConfig):
    name = "news"

    def ready(self) -> None:
        from cms import related
        from news.mentions import news_about

        related.register("directory.OrganisationPage", news_about)
        related.register("dates.EventPage", news_about)
