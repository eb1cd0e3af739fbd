"""What no visitor may see stands in no answer to a program, whatever its form."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from cms.open_data import collections
from dates.models import AgendaItem
from directory.members import membership
from directory.models import Offer, OrganisationPage
from directory.records.record import record_of
from tests import factories

WORD = "geheim"
HSDS = ("organizations", "services", "service_at_locations", "locations", "schedules", "languages")


def offer(club: OrganisationPage, what: str) -> None:
    Offer.objects.create(organisation=club, what=what, weekday=1, starts=dt.time(15), locale=club.locale)


@pytest.fixture
def addresses(db: None) -> list[str]:
    """All addresses of a site with something private in every corner."""
    site = factories.municipality()
    directory, soon = factories.directory(site), timezone.now() + dt.timedelta(days=3)
    club = factories.organisation(directory, "Verein", slug="v", short_description="Offen", latitude=51, longitude=7)
    offer(club, "Nähen")
    club.short_description = f"Entwurf {WORD}"
    club.save_revision(clean=False)
    record = record_of(club)
    record.contact_email, record.internal_notes = f"{WORD}@example.org", WORD
    record.save()
    membership.join(organisation=club, user=factories.person(f"{WORD}.mitglied@example.org"))
    hidden = factories.organisation(directory, f"Verein {WORD}", slug="h", live=False)
    offer(hidden, f"Nähen {WORD}")
    behind = factories.organisation(directory, f"Hinter {WORD}", slug="b")
    offer(behind, f"Tanz {WORD}")
    PageViewRestriction.objects.create(page=behind, restriction_type=PageViewRestriction.LOGIN)
    for parent, slug in ((hidden, "e1"), (behind, "e2")):
        factories.event(parent, f"Fest {WORD}", slug=slug, start=soon)
    events = factories.event_index(site)
    factories.event(events, "Fest", slug="fest", start=soon)
    factories.event(events, f"Fest {WORD}", slug="e3", start=soon, live=False)
    body = factories.council_body(de="Rat")
    factories.council(site, body, slug="rat")
    open_one = factories.session(body, 1, soon)
    AgendaItem.objects.create(session=open_one, title=f"Punkt {WORD}", is_public=False)
    closed = factories.session(body, 2, soon, openness="closed", livestream_url=f"https://{WORD}.example/")
    AgendaItem.objects.create(session=closed, title=f"Punkt {WORD}")
    factories.session(body, 3, soon, is_public=False, information_url=f"https://{WORD}.example/")
    news = factories.news_index(site)
    factories.article(news, "Artikel", slug="a")
    factories.article(news, f"Artikel {WORD}", slug="n", live=False)
    found = ["openapi.json", "hsds/"] + [f"hsds/{name}" for name in HSDS]
    for each in collections.all_of_them():
        found += [f"{each.name}.json", f"{each.name}.csv"] + ([f"{each.name}.geojson"] if each.point else [])
    found += [f"{each}/{page.translation_key}.json" for each in ("organisations",) for page in (hidden, behind)]
    return found + [f"hsds/organizations/{page.translation_key}" for page in (hidden, behind)]


def test_nothing_private_stands_in_open_data(addresses: list[str], client: Client) -> None:
    for code in ("de", "ar"):
        for address in addresses:
            response = client.get(f"/{code}/data/{address}")
            assert response.status_code == (404 if len(address) > 50 else 200), address
            text = response.content.decode()
            assert WORD not in text, address
            assert not response.cookies
    assert "Nähen" in client.get("/de/data/offers.json").content.decode()
    assert "Fest" in client.get("/de/data/events.json").content.decode()
    assert client.get("/de/data/sessions.json").json()["total"] == 2
