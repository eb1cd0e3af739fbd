from django.apps import AppConfig


class DatesConfig(AppConfig):
    name = "dates"

    def ready(self) -> None:
        from cms.accounts import roles
        from cms.admin import guards
        from cms.jobs import every_minute
        from cms.open_data import collections
        from cms.pages import related, share_picture, steps
        from cms.pages.page_acts import PUBLISHED
        from cms.routing import query_parameters, sitemap
        from dates.calendar_import import portal as following
        from dates.calendar_import.fetching import look_at_those_due
        from dates.council import search as sessions_found
        from dates.council import session_addresses
        from dates.council.council_page import CouncilPage, what_would_have_no_address
        from dates.embed import portal as embedding
        from dates.events import search as events_found
        from dates.events.announced import tell_changes
        from dates.events.event_page import EventPage
        from dates.oparl import tasks
        from dates.open_data.events import EVENTS
        from dates.open_data.sessions import SESSIONS
        from dates.portal import listing
        from dates.portal import things as own_events
        from dates.programme import event_filters, event_periods
        from dates.programme.event_index import EventIndexPage
        from dates.programme.organised import events_of
        from directory.portal import parts, things
        from directory.profiles.organisation import OrganisationPage

        query_parameters.register("lang", *event_periods.PARAMETERS, *event_filters.PARAMETERS)
        collections.register(EVENTS, SESSIONS)
        share_picture.register(EventPage, "picture")
        steps.register(PUBLISHED, steps.Step("dates.announced", 300, tell_changes))
        guards.keep_section(EventIndexPage, guards.pages_below)
        guards.keep_section(CouncilPage, what_would_have_no_address)
        OrganisationPage.subpage_types.append(EventPage)
        parts.register(listing.EVENTS)
        parts.register(following.PART)
        parts.register(embedding.PART)
        things.register(own_events.KIND)
        every_minute.register(look_at_those_due)
        related.register(OrganisationPage, events_of)
        every_minute.register(tasks.start_if_due)
        sessions_found.register()
        events_found.register()
        sitemap.register(session_addresses.for_sitemap)
        for name in (roles.PRESS, roles.ADMINISTRATORS):
            for model in ("councilsession", "councilbody", "place", "eventseries", "followedcalendar", "schoolholiday"):
                roles.register(name, *roles.all_of("dates", model))
