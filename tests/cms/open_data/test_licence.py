"""The licence is the Site's to choose, and what is given under it is the Site's own."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Site

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(db: None) -> Site:
    return factories.municipality("Miteinander", municipality="Stadt Musterstadt")


def said(client: Client, **headers: str) -> dict[str, str]:
    answer: dict[str, str] = client.get("/de/data/news.json", headers=headers).json()["licence"]
    return answer


def settings_page(site: Site) -> str:
    return reverse("wagtailsettings:edit", args=["cms", "opendatasettings", site.pk])


def test_an_administrator_chooses_it_and_everybody_is_told_at_once(site: Site, client: Client) -> None:
    assert said(client) == {
        "identifier": "DL-DE-BY-2.0",
        "name": "Datenlizenz Deutschland – Namensnennung – Version 2.0",
        "url": "https://www.govdata.de/dl-de/by-2-0",
        "attribution": "Stadt Musterstadt",
    }
    before = client.get("/de/data/news.json")["ETag"]
    admin = Client()
    admin.force_login(factories.administrator())
    values = {"licence": "CC0-1.0", "attribution": "Amt für Daten", "security_email": "", "security_policy": ""}
    assert admin.get(settings_page(site)).status_code == 200
    assert admin.post(settings_page(site), values).status_code == 302
    again = client.get("/de/data/news.json", headers={"if-none-match": before})
    assert again.status_code == 200
    assert (said(client)["identifier"], said(client)["attribution"]) == ("CC0-1.0", "Amt für Daten")
    document = client.get("/de/data/openapi.json").json()
    assert document["info"]["license"]["identifier"] == "CC0-1.0"
    assert "Amt für Daten" in document["info"]["description"]
    assert "publicdomain/zero" in again["Link"]


def test_nobody_else_chooses_it(site: Site) -> None:
    for person in (factories.press(), factories.ki(), factories.translator("ar")):
        client = Client()
        client.force_login(person)
        assert client.post(settings_page(site), {"licence": "CC0-1.0"}).status_code == 302
        assert said(Client())["identifier"] == "DL-DE-BY-2.0"


def test_each_municipality_gives_its_own(site: Site, client: Client) -> None:
    other = factories.municipality("Anderswo", hostname="anderswo.example")
    for place, name in ((site, "Hier e.V."), (other, "Dort e.V.")):
        factories.organisation(factories.directory(place), name)
        factories.article(factories.news_index(place), f"Bericht: {name}")
    for host, name in (("localhost", "Hier e.V."), ("anderswo.example", "Dort e.V.")):
        clubs = client.get("/de/data/organisations.json", headers={"host": host}).json()["items"]
        assert [item["name"] for item in clubs] == [name]
        news = client.get("/de/data/news.json", headers={"host": host}).json()["items"]
        assert [item["title"]["text"] for item in news] == [f"Bericht: {name}"]
    hsds = client.get("/de/data/hsds/organizations", headers={"host": "anderswo.example"}).json()["contents"]
    assert [each["name"] for each in hsds] == ["Dort e.V."]
