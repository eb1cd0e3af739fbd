"""Terms and names that machines say in one way only."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from tests import factories
from translations.machine import glossary
from translations.machine.models import GlossaryTerm, KeptName, TranslationPolicy

pytestmark = pytest.mark.django_db


def test_terms_are_those_with_a_translation_into_the_language() -> None:
    GlossaryTerm.objects.create(german="Jobcenter", translations={"uk": "Центр зайнятості", "ar": ""})
    assert glossary.terms("uk") == {"Jobcenter": "Центр зайнятості"}
    assert glossary.terms("ar") == {}


def test_the_german_of_the_form_is_the_term() -> None:
    term = GlossaryTerm.objects.create(translations={"de": "Jobcenter", "uk": "Центр"})
    assert term.german == "Jobcenter"
    with pytest.raises(ValidationError):
        GlossaryTerm(translations={"de": "Jobcenter"}).full_clean()


def test_names_are_those_of_the_list_and_of_published_organisations() -> None:
    KeptName.objects.create(name="Haus der Vielfalt")
    directory = factories.directory(factories.municipality())
    factories.organisation(directory, "Freundeskreis e.V.", native_name="جمعية الأصدقاء")
    factories.organisation(directory, "Noch geheim e.V.", live=False)
    found = glossary.names()
    assert {"Haus der Vielfalt", "Freundeskreis e.V.", "جمعية الأصدقاء"} <= set(found)
    assert "Noch geheim e.V." not in found


def test_names_cost_the_same_for_three_organisations_and_for_thirty(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    directory = factories.directory(factories.municipality())
    for count in (3, 30):
        for number in range(count):
            factories.organisation(directory, f"Verein {count} {number}")
        with django_assert_num_queries(2):
            glossary.names()


@pytest.mark.parametrize(("role", "status"), [("press", 200), ("translator", 302)])
def test_the_press_office_keeps_the_glossary_and_the_policy(client: Client, role: str, status: int) -> None:
    site = factories.municipality()
    user = factories.press() if role == "press" else factories.translator("uk")
    client.force_login(user)
    for model in (GlossaryTerm, KeptName):
        address = reverse(model.snippet_viewset.get_url_name("add"))
        assert client.get(address).status_code == status
    policy = reverse("wagtailsettings:edit", args=["translations", "translationpolicy", site.pk])
    assert client.get(policy).status_code == status


def test_languages_of_the_policy_are_ticked(client: Client) -> None:
    site = factories.municipality()
    client.force_login(factories.press())
    address = reverse("wagtailsettings:edit", args=["translations", "translationpolicy", site.pk])
    client.post(address, {"unreviewed": ["uk", "ar"]})
    assert set(TranslationPolicy.for_site(site).unreviewed) == {"uk", "ar"}
    client.post(address, {"unreviewed": ["xx"]})
    assert set(TranslationPolicy.for_site(site).unreviewed) == {"uk", "ar"}
