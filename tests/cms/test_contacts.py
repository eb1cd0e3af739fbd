"""Whom to ask: offices with telephone and opening hours."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from cms.contacts import ContactPoint, PhoneField
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_number_is_stored_in_one_form_however_it_was_typed() -> None:
    contact = ContactPoint(key="ki", office={"de": "Amt"}, phone="02331 / 207-0")
    contact.full_clean()
    assert contact.phone == "+4923312070"


def test_a_number_that_is_none_is_refused_with_a_sentence() -> None:
    with pytest.raises(ValidationError) as refusal:
        ContactPoint(key="ki", office={"de": "Amt"}, phone="ruf mal an").full_clean()
    assert "ruf mal an" in refusal.value.message_dict["phone"][0]


def test_no_number_is_fine() -> None:
    assert PhoneField(blank=True).clean("", None) == ""


def test_a_contact_speaks_the_readers_language_and_falls_back_to_german() -> None:
    contact = factories.contact(office={"de": "Integrationszentrum", "tr": "Uyum Merkezi"}, role={"de": "Beratung"})
    with translation.override("tr"):
        assert (contact.office_name.plain, contact.office_name.lang) == ("Uyum Merkezi", "tr")
        assert (contact.role_name.plain, contact.role_name.lang) == ("Beratung", "de")


@pytest.mark.parametrize(("reader", "weekday"), [("de", "Dienstag"), ("en", "Tuesday"), ("ar", "الثلاثاء")])
def test_opening_hours_name_the_weekday_in_the_readers_language(reader: str, weekday: str) -> None:
    hours = {"weekday": "2", "opens": dt.time(9), "closes": dt.time(12, 30)}
    contact = factories.contact(opening_hours=[("hours", hours)])
    with translation.override(reader):
        shown = ContactPoint.objects.get(pk=contact.pk).hours
    assert shown == [{"weekday": weekday, "opens": dt.time(9), "closes": dt.time(12, 30)}]


def test_editors_see_the_german_name_or_else_the_key() -> None:
    assert str(factories.contact("ki", office={"de": "Zentrum"})) == "Zentrum"
    assert str(factories.contact("leer", office={})) == "leer"
