"""What an organisation writes in its own language becomes its translation, or a passage of its page."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from directory.models import DirectoryPage, Offer, OrganisationPage
from tests import factories, webpages
from translations.models import TranslationState, TranslationStatus

pytestmark = pytest.mark.django_db


@pytest.fixture
def directory(db: None) -> DirectoryPage:
    return factories.directory(factories.municipality())


@pytest.fixture
def verein(directory: DirectoryPage) -> OrganisationPage:
    return factories.organisation(directory, "Verein", short_description="Wir singen", about="<p>Montags.</p>")


def publish(verein: OrganisationPage, **changes: Any) -> OrganisationPage:
    page = OrganisationPage.objects.get(pk=verein.pk)
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return OrganisationPage.objects.get(pk=verein.pk)


def arabic(verein: OrganisationPage) -> Any:
    return OrganisationPage.objects.filter(translation_key=verein.translation_key, locale__language_code="ar").first()


def profile(client: Client, code: str) -> BeautifulSoup:
    return webpages.read(client.get(f"/{code}/organisationen/verein/"))


OWN = {"native_language": "ar", "own_short_description": "نحن نغني", "own_about": "<p>يوم الاثنين</p>"}


def test_they_are_published_as_a_translation_by_a_person(verein: OrganisationPage, client: Client) -> None:
    publish(verein, **OWN)
    page = profile(client, "ar")
    assert page.select_one(".lead").text == "نحن نغني"
    assert webpages.language_of(page.select_one(".lead")) == ("ar", "rtl")
    assert page.select("main > .notice") == []
    status = TranslationStatus.objects.get(page=verein, language="ar")
    assert (status.state, status.origin) == (TranslationState.PUBLISHED, "person")


def test_german_words_are_not_shown_as_the_other_language(verein: OrganisationPage, client: Client) -> None:
    Offer.objects.create(
        organisation=verein, locale=verein.locale, what="Chorprobe", weekday=1, starts="15:00", for_whom="Frauen"
    )
    publish(verein, teaser="Ein Chor", search_description="Chor in der Stadt", **OWN)
    page = profile(client, "ar")
    cell = page.find(string="Chorprobe").parent
    assert webpages.language_of(cell)[0] == "de"
    assert "Chor in der Stadt" not in str(page.head)


def test_the_german_page_keeps_its_words(verein: OrganisationPage, client: Client) -> None:
    publish(verein, **OWN)
    assert profile(client, "de").select_one(".lead").text == "Wir singen"


def test_what_a_translator_has_corrected_stays_when_something_else_is_published(verein: OrganisationPage) -> None:
    publish(verein, **OWN)
    twin = arabic(verein)
    twin.short_description = "نحن نغني معا"
    twin.save_revision().publish()
    publish(verein, phone="+4923312070")
    assert arabic(verein).short_description == "نحن نغني معا"
    publish(verein, own_short_description="جديد")
    assert arabic(verein).short_description == "جديد"


def test_what_only_translators_have_written_stays(verein: OrganisationPage) -> None:
    factories.translated(verein, "ar", short_description="جوقة")
    publish(verein, native_language="ar", own_about="<p>يوم الاثنين</p>")
    assert (arabic(verein).short_description, arabic(verein).about) == ("جوقة", "<p>يوم الاثنين</p>")
    publish(verein, own_short_description="نحن نغني", own_about="")
    assert (arabic(verein).short_description, arabic(verein).about) == ("نحن نغني", "")


def test_words_that_are_taken_back_are_not_public_any_more(verein: OrganisationPage, client: Client) -> None:
    publish(verein, **OWN)
    publish(verein, own_short_description="", own_about="")
    assert profile(client, "ar").select_one(".lead").text == "Wir singen"


def test_a_draft_publishes_nothing(verein: OrganisationPage) -> None:
    verein.native_language, verein.own_about = "ar", "<p>يوم</p>"
    verein.save_revision()
    assert arabic(verein) is None


def test_a_locked_translation_stays_as_it_is(verein: OrganisationPage) -> None:
    twin = factories.translated(verein, "ar", short_description="جوقة")
    twin.locked = True
    twin.save()
    publish(verein, **OWN)
    assert arabic(verein).short_description == "جوقة"


def test_a_language_that_the_site_does_not_have_is_a_passage_on_the_page(
    verein: OrganisationPage, client: Client
) -> None:
    publish(verein, native_language="ckb", own_short_description="ئێمە", own_about="<p>دووشەممە</p>")
    for code in ("de", "tr"):
        passage = profile(client, code).find(string="دووشەممە")
        assert webpages.language_of(passage.parent) == ("ckb", "rtl")


def test_german_is_no_own_language(verein: OrganisationPage, client: Client) -> None:
    publish(verein, native_language="de", own_short_description="Doppelt")
    assert "Doppelt" not in profile(client, "de").text


def test_a_picture_taken_away_is_gone_in_every_language(verein: OrganisationPage, client: Client) -> None:
    block = {"image": factories.picture().pk, "alt_text": "Ein Saal", "decorative": False, "caption": "Saal"}
    stream = verein.pictures.stream_block
    publish(verein, pictures=stream.to_python([{"type": "picture", "value": block}]))
    factories.translated(verein, "ar", short_description="جوقة")
    assert profile(client, "ar").article.find("img") is not None
    publish(verein, pictures=stream.to_python([]))
    assert profile(client, "ar").article.find("img") is None
