"""Topics, districts and languages by which organisations are sorted."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import translation

from cms.localization import languages
from directory.models import District, SpokenLanguage
from directory.profiles.taxonomy import SPOKEN, LanguageCodesField, create_languages
from tests import factories

pytestmark = pytest.mark.django_db


def test_every_language_that_can_be_spoken_has_its_row() -> None:
    assert set(SpokenLanguage.objects.values_list("code", flat=True)) == set(SPOKEN)


def test_creating_the_languages_again_changes_nothing() -> None:
    create_languages()
    assert SpokenLanguage.objects.count() == len(SPOKEN)


def test_the_languages_of_the_site_can_be_spoken() -> None:
    assert {language.code for language in languages.LANGUAGES} - set(SPOKEN) == {"de-simple"}


@pytest.mark.parametrize(("code", "name"), [("de", "Ukrainisch"), ("ar", "الأوكرانية"), ("tr", "Ukraynaca")])
def test_a_language_is_named_in_the_readers_language(code: str, name: str) -> None:
    with translation.override(code):
        assert str(SpokenLanguage.objects.get(code="uk")) == name


def test_every_language_has_a_name_in_german() -> None:
    assert [code for code in SPOKEN if languages.name_in(code, "de") == code] == []


def test_the_form_of_an_offer_takes_known_languages_only() -> None:
    field = LanguageCodesField(blank=True).formfield()
    assert field.clean(["ar", "uk"]) == ["ar", "uk"]
    assert not field.valid_value("xx")


def test_two_municipalities_may_have_districts_of_one_key_but_not_one_municipality() -> None:
    first = factories.municipality()
    second = factories.municipality("Hemer", hostname="hemer.localhost")
    for site in (first, second):
        District.objects.create(site=site, key="mitte", name="Mitte")
    with pytest.raises(IntegrityError), transaction.atomic():
        District.objects.create(site=first, key="mitte", name="Noch eine Mitte")


@pytest.mark.parametrize(("role", "allowed"), [("press", True), ("ki", False)])
def test_topics_are_kept_by_the_press_office(client: Client, role: str, allowed: bool) -> None:
    client.force_login(getattr(factories, role)())
    assert (client.get("/admin/snippets/directory/topic/").status_code == 200) == allowed


def test_languages_of_an_offer_keep_one_order_whatever_form_they_come_from() -> None:
    field = LanguageCodesField()
    assert field.to_python(["tr", "ar"]) == field.get_prep_value(["ar", "tr"]) == ["ar", "tr"]
    assert field.from_db_value('["tr", "klingon", "ar"]', None, connection) == ["ar", "tr"]
