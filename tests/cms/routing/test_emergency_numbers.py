"""Whom to call in an emergency: what a municipality has filled in, in every language, where people look for help."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.models import Site

from cms.routing.emergency_numbers import EmergencyNumberBlock, EmergencyNumbers
from tests import factories, webpages

pytestmark = pytest.mark.django_db
POLICE = {"number": "110", "purpose": {"de": "Polizei", "ar": "الشرطة"}}
HELPLINE = {"number": "116016", "purpose": {"de": "Hilfetelefon"}, "hours": {"de": "abends"}, "spoken": ["ar", "xx"]}


@pytest.fixture
def site() -> Site:
    return factories.municipality()


def keep(site: Site, *rows: dict[str, Any]) -> None:
    numbers = [{"type": "number", "value": row} for row in rows]
    EmergencyNumbers.objects.update_or_create(site=site, defaults={"numbers": numbers})


@pytest.mark.parametrize("address", ["/ar/", "/ar/gibt-es-nicht/", "/ar/ankommen/", "/ar/barrier/"])
def test_they_stand_where_people_look_for_help(site: Site, client: Client, address: str) -> None:
    factories.step_by_step(site, "Ankommen", {}, slug="ankommen")
    keep(site, POLICE, HELPLINE)
    box = webpages.read(client.get(address)).select_one(".emergency")
    assert [each["href"] for each in box.select("a")] == ["tel:110", "tel:116016"]
    assert [webpages.language_of(each.bdi)[1] for each in box.select("a")] == ["ltr", "ltr"]
    assert "الشرطة" in webpages.text(box)
    assert webpages.language_of(box.find(string="Hilfetelefon").parent) == ("de", "ltr")


def test_a_helpline_says_when_and_in_which_languages_it_answers(site: Site, client: Client) -> None:
    keep(site, HELPLINE)
    said = webpages.text(webpages.read(client.get("/en/")).select_one(".emergency"))
    assert "abends" in said
    assert "Languages: Arabic" in said


def test_a_site_without_numbers_shows_no_empty_box(site: Site, client: Client) -> None:
    assert webpages.read(client.get("/en/")).select(".emergency") == []
    keep(site)
    assert webpages.read(client.get("/en/")).select(".emergency") == []


def test_a_row_without_number_costs_only_itself(site: Site, client: Client) -> None:
    keep(site, {"number": "", "purpose": {}}, POLICE)
    assert len(webpages.read(client.get("/en/")).select(".emergency li")) == 1


def test_another_site_has_its_own(site: Site, client: Client) -> None:
    factories.municipality("Anderswo", hostname="other.example")
    keep(site, POLICE)
    assert webpages.read(client.get("/en/", headers={"host": "other.example"})).select(".emergency") == []


def typed(number: str) -> Any:
    block = EmergencyNumberBlock()
    value = {"number": number, "purpose": {"de": "Polizei"}, "hours": {}, "spoken": []}
    return block.clean(block.to_python(value))["number"]


@pytest.mark.parametrize(("number", "kept"), [("110", "110"), ("116 117", "116117"), ("02331 2070", "+4923312070")])
def test_numbers_are_kept_as_everywhere(number: str, kept: str) -> None:
    assert typed(number) == kept


@pytest.mark.parametrize("number", ["", "11", "hundert", "110 oder 112"])
def test_what_cannot_be_called_is_refused(number: str) -> None:
    with pytest.raises(ValidationError):
        typed(number)


def test_the_press_office_fills_them_in(site: Site, client: Client) -> None:
    address = reverse("wagtailsettings:edit", args=["cms", "emergencynumbers", site.pk])
    client.force_login(factories.ki())
    assert client.get(address).status_code == 302
    client.force_login(factories.press())
    sent = {
        "numbers-count": "1",
        "numbers-0-deleted": "",
        "numbers-0-order": "0",
        "numbers-0-type": "number",
        "numbers-0-id": "",
        "numbers-0-value-number": "112",
        "numbers-0-value-purpose_de": "Feuerwehr",
        "numbers-0-value-purpose_ar": "الإطفاء",
        "numbers-0-value-spoken": ["de", "ar"],
    }
    assert client.post(address, sent).status_code == 302
    box = webpages.read(client.get("/ar/")).select_one(".emergency")
    assert "الإطفاء" in webpages.text(box)
