from django.apps import AppConfig


class DatesConfig(AppConfig):
    name = "dates"

    def ready(self) -> None:
        from wagtail.signals import page_published

        from cms import related, roles
        from dates.announced import on_published
        from dates.organised import events_of
        from dates.portal import part
        from directory.portal import parts

        page_published.connect(on_published, dispatch_uid="dates.announced")
        parts.register(part.EVENTS)
        related.register("directory.OrganisationPage", events_of)
        for name in (roles.PRESS, roles.ADMINISTRATORS):
            for model in ("councilsession", "councilbody", "place", "eventseries"):
                roles.register(name, *roles.all_of("dates", model))
