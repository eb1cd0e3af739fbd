"""Invariant 10: one odd value, however it got into the database, never takes a page down."""

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import connection, models
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.fields import StreamField
from wagtail.models import Page

from cms.pages.contacts import PhoneField
from dates.models import CouncilPage, EventPage
from directory.models import OrganisationPage, Topic
from news.models import NewsPage
from tests import factories

pytestmark = pytest.mark.django_db
ROOMS = {"cms", "dates", "directory", "home", "news"}
OUTSIDE = set(
    "User Attempt Rendition Draft Consent Application Invitation InvitationRun Membership SpreadsheetImport "
    "SpreadsheetRow FollowedCalendar SourceEvent OParlSource SourceMeeting OParlRun BarrierReport".split()
)
"""Nobody is shown these in a list of content."""
SKELETON = set(
    "id uid key slug path depth numchild url_path draft_title locale_id translation_key content_type_id live "
    "page_ptr_id file file_size file_hash live_revision_id latest_revision_id "
    "latest_revision_created_at sort_order body_id session_id".split()
)
"""What makes a row a row and a page a page: where it stands, what it is, whose it is."""
DAYS = ["0001-01-01", "0026-03-02", "9999-12-31"]
STREAMS = [{"a": 1}, [1, "x"], [{"type": "paragraph"}], [{"type": "picture", "value": "x", "id": "1"}], "text", 5]
SIGNS = "\x0b\u202e\ufffe\u200b"


def odd_values(field: models.Field[Any, Any]) -> list[Any]:
    """As the database keeps them."""
    if isinstance(field, models.DateTimeField):
        moments = [f"{day} 00:00:00" for day in DAYS[:2]] + ["9999-12-31 23:59:59"]
        return [*moments, "2300-06-01 10:00:00", "1850-06-01 10:00:00"]
    if isinstance(field, models.DateField):
        return DAYS
    if isinstance(field, StreamField):
        return [json.dumps(value) for value in STREAMS]
    if isinstance(field, models.JSONField):
        return [json.dumps(value) for value in ([1, {}], {"de": 5, "xx": None}, "text", ["zz-weird", "../.."], 7)]
    if isinstance(field, PhoneField):
        return ["911911911911911911", "abc", SIGNS]
    if field.choices:
        return ["odd"[: field.max_length] if isinstance(field, models.CharField) else 99]
    if isinstance(field, models.CharField | models.TextField):
        return [SIGNS, "", "x"]
    return []


MODELS = [model for model in apps.get_models() if model._meta.app_label in ROOMS and model.__name__ not in OUTSIDE]
ROUNDS = range(6)
"""So many odd values the field has that has most."""


def spoil(row: models.Model, field: models.Field[Any, Any], value: Any) -> None:
    """Past all that guards a row."""
    table, key = field.model._meta.db_table, field.model._meta.pk.column
    cast = "::jsonb" if connection.vendor == "postgresql" and isinstance(field, models.JSONField | StreamField) else ""
    with connection.cursor() as cursor:
        statement = f'UPDATE "{table}" SET "{field.column}" = %s{cast} WHERE "{key}" = %s'  # noqa: S608 (our own names)
        cursor.execute(statement, [value, row.pk])


def pages(code: str) -> list[str]:
    """Every kind of page that there is, with its feeds and calendars; a few of each kind."""
    found = [f"/{code}/search/?q=integration", f"/{code}/search/?q=sitzung"]
    kinds: Counter[str] = Counter()
    for page in Page.objects.live().filter(locale__language_code="de", depth__gt=1).order_by("path").specific():
        kind = str(page._meta.model_name)
        kinds[kind] += 1
        if kinds[kind] <= MOST:
            found += [f"{page.path_in(code)}{rest}" for rest in ("", *MORE.get(kind, ()))]
        if isinstance(page, CouncilPage):
            found += [page.session_path(page.sessions[0]), f"{page.reader_path}{page.sessions[0].year}/"]
    organisation, topic = OrganisationPage.objects.listed().first(), Topic.objects.first()
    with translation.override(code):
        found.append(reverse("organisation_calendar", kwargs={"key": organisation.translation_key}))
        found.append(reverse("topic_calendar", kwargs={"key": topic.key}))
    return found


def members_pages(organisation: OrganisationPage) -> list[str]:
    return [reverse(name, kwargs={"key": organisation.translation_key}) for name in ("my_organisation", "my_events")]


def admin_pages() -> list[str]:
    """The listing of each kind of page, of sessions and of what editors choose from."""
    parents = {page.get_parent().pk for page in Page.objects.filter(locale__language_code="de", depth__gt=2)}
    listings = [reverse("wagtailadmin_explore", args=[pk]) for pk in sorted(parents)[:8]]
    return [reverse("wagtailadmin_home"), *listings, reverse("sessions:index"), reverse("wagtailimages:index")]


MOST = 2
MORE = {
    "eventindexpage": ("archiv/", "calendar.ics", "dates.xml", "?month=2027-01"),
    "eventpage": ("calendar.ics",),
    "councilpage": ("calendar.ics",),
    "newsindexpage": ("feed/",),
    "directorypage": ("?page=2",),
}


@pytest.fixture
def readers(demo: None) -> list[tuple[Client, list[str]]]:
    """Visitors in two languages, a member and an administrator, with what they look at."""
    organisation = OrganisationPage.objects.listed().first()
    factories.event(organisation, "Fest des Vereins", timezone.now() + dt.timedelta(days=9))
    member, administrator = Client(raise_request_exception=False), Client(raise_request_exception=False)
    member.force_login(factories.member(organisation))
    administrator.force_login(factories.person("betrieb@example.org", is_superuser=True))
    visitor = Client(raise_request_exception=False)
    return [
        (visitor, [*pages("de"), *pages("ar"), "/sitemap.xml", "/sitemap-de.xml"]),
        (member, members_pages(organisation)),
        (administrator, admin_pages()),
    ]


def looked_at(readers: list[tuple[Client, list[str]]]) -> dict[str, bytes]:
    """What stands on each page; an answer that is no page is an error in itself."""
    cache.clear()
    found: dict[str, bytes] = {}
    broken: dict[str, tuple[int, str]] = {}
    for client, addresses in readers:
        for address in addresses:
            response = client.get(address)
            body = b"".join(response) if response.streaming else response.content
            found[address] = body
            if response.status_code != 200:
                broken[address] = (response.status_code, str(getattr(response, "exc_info", ("", ""))[1])[:200])
    assert not broken, broken
    return found


def oddities(model: type[models.Model], number: int) -> Iterator[tuple[models.Model, models.Field[Any, Any], Any]]:
    """The odd value of that number of each field, in a row of its own as far as they go; the first row stays good."""
    rows = list(model._default_manager.order_by("pk"))
    spoilt = rows[1:] or rows
    fields = [field for field in model._meta.concrete_fields if not (field.primary_key or field.attname in SKELETON)]
    for place, field in enumerate(fields):
        values = odd_values(field)
        if number < len(values) and spoilt:
            yield spoilt[place % len(spoilt)], field, values[number]


@pytest.mark.parametrize("number", ROUNDS)
def test_odd_values_take_no_page_down(number: int, readers: list[tuple[Client, list[str]]]) -> None:
    titles = {page.title.encode() for page in good_pages()}
    before = in_whole(looked_at(readers))
    for model in MODELS:
        for row, field, value in oddities(model, number):
            spoil(row, field, value)
    after = in_whole(looked_at(readers))
    lost = {address: [t for t in titles if t in before[address] and t not in after[address]] for address in COMPLETE}
    lost = {address: gone for address, gone in lost.items() if gone}
    assert not lost, lost


def good_pages() -> Iterator[Page]:
    """The first of each kind of which lists are made; no odd value is put there."""
    for model in (EventPage, NewsPage, OrganisationPage):
        yield model.objects.order_by("pk")[0]


def in_whole(found: dict[str, bytes]) -> dict[str, bytes]:
    """What stands on all pages of a list: by an odd name another one may come to stand on the next."""
    return {path: b"".join(body for each, body in found.items() if each.partition("?")[0] == path) for path in COMPLETE}


COMPLETE = ["/de/organisationen/", "/ar/organisationen/", "/de/termine/calendar.ics", "/de/aktuelles/"]
"""Lists in which everything stands that there is, or what is newest."""


def test_every_kind_of_content_is_spoilt() -> None:
    names = {model.__name__ for model in MODELS}
    assert {"EventPage", "EventException", "CouncilSession", "NewsPage", "OrganisationPage", "Offer"} <= names
