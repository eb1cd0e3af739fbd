"""Views of this app below ``/<language>/`` that are no pages."""

from django.urls import URLPattern, URLResolver, include, path

from dates.calendar_import import portal as following
from dates.calendars import views as calendars
from dates.embed import portal as embedding

urlpatterns: list[URLPattern | URLResolver] = [
    path("calendar/topic/<slug:key>.ics", calendars.topic, name="topic_calendar"),
    path("calendar/organisation/<uuid:key>.ics", calendars.organisation, name="organisation_calendar"),
    path("my/<uuid:key>/calendar/", following.followed_calendar, name="my_followed_calendar"),
    path("my/<uuid:key>/embed/", embedding.embed, name="my_embed"),
    path("my/<uuid:key>/events/", include("dates.portal.urls")),
]
