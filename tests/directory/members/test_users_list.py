"""The list of accounts in the admin: who belongs to which organisation."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Site

from cms.accounts import roles
from directory.models import Membership
from tests import factories, webpages

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(db: None) -> Site:
    return factories.municipality()


def test_the_list_of_accounts_says_who_belongs_where_since_when_and_by_whom(client: Client, site: Site) -> None:
    directory = factories.directory(site)
    bridge, tanz = (factories.organisation(directory, name) for name in ("Brücke", "Tanzverein"))
    press = factories.press()
    people = {name: factories.person(f"{name}@example.org") for name in ("both", "one", "none")}
    for name, organisation in (("both", bridge), ("both", tanz), ("one", tanz)):
        since = factories.berlin(2026, 5, 4)
        Membership.objects.create(user=people[name], organisation=organisation, since=since, by=press)
    client.force_login(factories.administrator())
    address = reverse("wagtailusers_users:index")

    def rows(query: str = "") -> dict[str, str]:
        page = webpages.read(client.get(f"{address}{query}"))
        found = {webpages.text(row): row for row in page.select("main table tbody tr")}
        return {name: text for text in found for name in people if f"{name}@example.org" in text}

    shown = rows()
    assert "Brücke 4" in shown["both"] and "Tanzverein" in shown["both"] and "2026" in shown["both"]
    assert press.get_full_name() in shown["one"] or press.email in shown["one"]
    assert "Brücke" not in shown["none"] + shown["one"]
    assert rows(f"?organisation={bridge.pk}").keys() == {"both"}
    assert rows(f"?organisation={tanz.pk}").keys() == {"both", "one"}
    assert rows(f"?organisation={tanz.pk}&q=one").keys() == {"one"}
    assert rows("?organisation=x").keys() == people.keys()


def test_the_list_of_accounts_asks_no_query_for_each_row(client: Client, site: Site) -> None:
    directory, press = factories.directory(site), factories.press()
    address = reverse("wagtailusers_users:index")

    def queries(numbers: range) -> int:
        for number in numbers:
            member = factories.person(f"m{number}@example.org")
            for each in range(2):
                made = factories.organisation(directory, f"Verein {number}-{each}")
                Membership.objects.create(user=member, organisation=made, by=press)
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    for actor in (factories.administrator(), factories.person("it@example.org", roles.ADMINISTRATORS)):
        client.force_login(actor)
        before = queries(range(3 * actor.pk, 3 * actor.pk + 3))
        assert before >= queries(range(1000 * actor.pk, 1000 * actor.pk + 6))
