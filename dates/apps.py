from django.apps import AppConfig


class DatesConfig(AppConfig):
    name = "dates"

    def ready(self) -> None:
        from cms import every_minute, guards, related, roles, search, steps
        from cms.page_acts import PUBLISHED
        from cms.routing import query_parameters, sitemap
        from dates import event_filters, event_periods, session_addresses
        from dates.announced import tell_changes
        from dates.council import CouncilPage, what_would_have_no_address
        from dates.event import EventPage
        from dates.event_index import EventIndexPage
        from dates.following import portal as following
        from dates.following.schedule import look_at_those_due
        from dates.oparl import tasks
        from dates.organised import events_of
        from dates.portal import part
        from dates.portal import things as own_events
        from directory.organisation import OrganisationPage
        from directory.portal import parts, things

        query_parameters.register(*event_periods.PARAMETERS, *event_filters.PARAMETERS)
        steps.register(PUBLISHED, steps.Step("dates.announced", 300, tell_changes))
        guards.keep_section(EventIndexPage, guards.pages_below)
        guards.keep_section(CouncilPage, what_would_have_no_address)
        OrganisationPage.subpage_types.append(EventPage)
        parts.register(part.EVENTS)
        parts.register(following.PART)
        things.register(own_events.KIND)
        every_minute.register(look_at_those_due)
        related.register(OrganisationPage, events_of)
        every_minute.register(tasks.start_if_due)
        search.register(session_addresses.for_search)
        sitemap.register(session_addresses.for_sitemap)
        for name in (roles.PRESS, roles.ADMINISTRATORS):
            for model in ("councilsession", "councilbody", "place", "eventseries", "followedcalendar", "schoolholiday"):
                roles.register(name, *roles.all_of("dates", model))
