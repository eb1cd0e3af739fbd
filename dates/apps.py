from django.apps import AppConfig


class DatesConfig(AppConfig):
    name = "dates"

    def ready(self) -> None:
        from cms import every_minute, related, roles, search, sitemap
        from dates import session_addresses
        from dates.events import events_of
        from dates.oparl import runs

        related.register("directory.OrganisationPage", events_of)
        every_minute.register(runs.start_if_due)
        search.register(session_addresses.for_search)
        sitemap.register(session_addresses.for_sitemap)
        for name in (roles.PRESS, roles.ADMINISTRATORS):
            for model in ("councilsession", "councilbody", "place"):
                roles.register(name, *roles.all_of("dates", model))
