"""A page of the site says to which step of which step-by-step it belongs."""

import pytest
from bs4 import Tag
from django.test import Client
from wagtail.models import PageViewRestriction

from home.models import Step, StepByStepPage
from tests import factories, webpages

pytestmark = pytest.mark.django_db


@pytest.fixture
def way() -> StepByStepPage:
    site = factories.municipality()
    first, middle = factories.content(site, "Beratung"), factories.content(site, "Satzung")
    return factories.step_by_step(
        site,
        "Einen Verein gründen",
        {"title": "Fragen", "details": first},
        {"title": "Schreiben", "details": middle},
        {"title": "Eintragen"},
        slug="gruenden",
    )


def above(client: Client, slug: str, code: str = "en") -> Tag | None:
    return webpages.read(client.get(f"/{code}/{slug}/")).select_one("nav.belonging")


def test_a_page_says_where_one_is_with_what_comes_before_and_after(way: StepByStepPage, client: Client) -> None:
    said = above(client, "satzung")
    assert [(each["href"], webpages.text(each)) for each in said.select("a")] == [
        ("/en/gruenden/#step-2", "Einen Verein gründen"),
        ("/en/beratung/", "Fragen"),
        ("/en/gruenden/#step-3", "Eintragen"),
    ]
    assert "Step 2 of 3" in webpages.text(said)


def test_the_first_step_has_none_before_it(way: StepByStepPage, client: Client) -> None:
    said = above(client, "beratung")
    assert said.select("a[rel=prev]") == []
    assert [each["href"] for each in said.select("a[rel=next]")] == ["/en/satzung/"]


def test_so_it_does_in_another_language_with_that_languages_words(way: StepByStepPage, client: Client) -> None:
    translation = factories.translated(way, "ar", title="تأسيس جمعية")
    Step.objects.filter(step_by_step=translation, title="Eintragen").update(title="التسجيل")
    said = above(client, "satzung", "ar")
    texts = [webpages.text(each) for each in said.select("a")]
    assert texts == ["تأسيس جمعية", "Fragen", "التسجيل"]


def test_a_draft_is_no_way_to_belong_to(way: StepByStepPage, client: Client) -> None:
    StepByStepPage.objects.filter(pk=way.pk).update(live=False)
    assert above(client, "satzung") is None


def test_one_behind_a_login_is_not_spoken_of(way: StepByStepPage, client: Client) -> None:
    PageViewRestriction.objects.create(page=way, restriction_type=PageViewRestriction.LOGIN)
    assert above(client, "satzung") is None


def test_other_pages_say_nothing(way: StepByStepPage, client: Client) -> None:
    assert above(client, "gruenden") is None


def test_a_page_that_many_name_shows_two(way: StepByStepPage, client: Client) -> None:
    page = way.steps.first().details
    for number in range(3):
        factories.step_by_step(way.get_parent(), f"Weg {number}", {"details": page})
    assert len(above(client, "beratung").select("p")) == 2
