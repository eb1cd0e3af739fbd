"""A fact is declared once: translated, reviewed, shown, found, listed and written as its line says."""

from typing import Any

import pytest
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import translation
from wagtail.models import Page, Site
from wagtail_localize.fields import get_translatable_fields

from cms.pages.facts import trusted, urgent
from dates.events.event_page import EventPage
from directory.models import DirectoryPage, OrganisationPage
from directory.portal.own_parts import OWN_PARTS
from directory.profiles.facts import FACTS, ProfileFact
from directory.profiles.listing import Listing
from directory.spreadsheet import values
from directory.spreadsheet.vocabulary import Vocabulary
from tests import factories

BOX = ProfileFact("by_appointment", is_shown=True, asked_as="by-appointment")
"""A box to tick that nothing in the code knows by its name."""
NAMES = [fact.name for fact in FACTS]
OWN_WORDS = {"own_short_description", "own_about"}


@pytest.fixture
def site(db: None) -> Site:
    return factories.municipality()


@pytest.fixture
def directory(site: Site) -> DirectoryPage:
    directory = factories.directory(site)
    factories.organisation(directory, "Mit Termin", by_appointment=True)
    factories.organisation(directory, "Ohne Termin")
    return directory


@pytest.mark.parametrize("name", NAMES)
def test_a_fact_is_not_translated(name: str) -> None:
    (field,) = [field for field in get_translatable_fields(OrganisationPage) if field.field_name == name]
    assert field.is_synchronized(OrganisationPage) and not field.is_translated(OrganisationPage)


@pytest.mark.parametrize("fact", [fact for fact in FACTS if fact.part], ids=lambda fact: fact.name)
def test_members_write_it_in_the_form_of_its_part(fact: ProfileFact) -> None:
    forms = {part.key: form for part, form in OWN_PARTS}
    assert fact.name in forms[fact.part].base_fields


@pytest.mark.parametrize("name", [name for name in NAMES if name != "seo_title"])
def test_the_press_office_has_a_field_for_each(name: str) -> None:
    form = OrganisationPage.get_edit_handler().get_form_class()
    assert name in form.base_fields or name in form.formsets


def test_names_and_pictures_wait_for_review() -> None:
    waiting = {fact.name for fact in FACTS if fact.name not in trusted(OrganisationPage)}
    assert waiting == {"title", "seo_title", "native_name", "native_language", "logo"} | OWN_WORDS


def test_what_is_urgent_of_an_event_is_so_of_nothing_else() -> None:
    assert urgent(EventPage) == {"start", "exceptions", "additions", "is_cancelled"} <= trusted(EventPage)
    assert urgent(OrganisationPage) == urgent(Page) == trusted(Page) == set()


# A box to tick: nothing but its line is needed


def test_a_ticked_box_is_said_with_its_label(directory: DirectoryPage) -> None:
    ticked, empty = OrganisationPage.objects.order_by("title")
    with translation.override("en"):
        assert (BOX.label_on(ticked), BOX.said_on(ticked), BOX.said_on(empty)) == ("By appointment", "yes", "")


def listing(directory: DirectoryPage, site: Site, **asked: str) -> Listing:
    return Listing(directory, asked, site=site, facts=[BOX])


def test_the_directory_is_narrowed_down_to_those_that_have_it(directory: DirectoryPage, site: Site) -> None:
    asked = listing(directory, site, **{"by-appointment": "1"})
    assert [page.title for page in asked.shown] == ["Mit Termin"]
    assert listing(directory, site).count == 2


def test_the_filter_is_a_box_with_the_number_of_those(directory: DirectoryPage, site: Site) -> None:
    with translation.override("en"):
        asked = listing(directory, site, **{"by-appointment": "1"})
        shown = render_to_string(
            "directory/profiles/includes/filters.html", {"listing": asked, "path": "/"}, HttpRequest()
        )
    assert '<input type="checkbox" name="by-appointment" value="1" checked> <span>By appointment (1)</span>' in shown


def test_a_box_that_nobody_has_ticked_is_no_filter(directory: DirectoryPage, site: Site) -> None:
    OrganisationPage.objects.update(by_appointment=False)
    assert [each.choices for each in listing(directory, site).filters] == [[]]


@pytest.mark.parametrize(
    ("cell", "value"), [("ja", True), ("x", True), ("Yes", True), ("nein", False), ("no", False), ("nobody", None)]
)
def test_lists_say_yes_or_no(site: Site, cell: str, value: bool | None) -> None:
    kind, vocabulary = values.kind_of(OrganisationPage._meta.get_field("by_appointment")), Vocabulary(site)
    with translation.override("en"):
        assert kind.names is not None and kind.names(vocabulary) == ["yes", "no"]
        if value is None:
            with pytest.raises(values.Wrong, match="yes, no"):
                kind.read(cell, vocabulary)
            return
        assert kind.read(cell, vocabulary) is value
        assert kind.write(value, vocabulary) == ("yes" if value else "")


@pytest.mark.parametrize(
    ("fields", "said"),
    [({"step_free": "partly"}, "partly"), ({"step_free": "odd"}, ""), ({}, ""), ({"district": "mitte"}, "Mitte")],
)
def test_details_say_what_is_known(site: Site, fields: dict[str, Any], said: str) -> None:
    if "district" in fields:
        fields = {"district": factories.district(site, "mitte")}
    page = factories.organisation(factories.directory(site))
    OrganisationPage.objects.filter(pk=page.pk).update(**fields)
    page = OrganisationPage.objects.get(pk=page.pk)
    with translation.override("en"):
        assert [str(each) for _label, each in page.details] == ([said] if said else [])
