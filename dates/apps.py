from django.apps import AppConfig


class DatesConfig(AppConfig):
    name = "dates"

    def ready(self) -> None:
        from cms import related, roles
        from dates.events import events_of

        related.register("directory.OrganisationPage", events_of)
        for name in (roles.PRESS, roles.ADMINISTRATORS):
            for model in ("councilsession", "councilbody", "place"):
                roles.register(name, *roles.all_of("dates", model))
