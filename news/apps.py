from django.apps import AppConfig


class NewsConfig(AppConfig):
    name = "news"

    def ready(self) -> None:
        from cms import query_parameters, related
        from news.mentions import news_about

        query_parameters.register("organisation")
        related.register("directory.OrganisationPage", news_about)
        related.register("dates.EventPage", news_about)
