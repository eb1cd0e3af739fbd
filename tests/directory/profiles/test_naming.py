"""An organisation is called the same in every language, from the second in which its name is changed."""

from typing import Any

import pytest
from django.test import Client

from directory.models import OrganisationPage
from tests import factories, webpages

pytestmark = pytest.mark.django_db
LANGUAGES = ("de", "ar", "tr", "de-simple")


@pytest.fixture
def organisation(db: None) -> OrganisationPage:
    """Translated into Arabic, borrowed elsewhere."""
    directory = factories.directory(factories.municipality())
    made = factories.organisation(directory, "Alter Zebraverein e.V.", slug="verein", short_description="Kurz")
    factories.translated(made, "ar", short_description="قصير", seo_title="Alter Zebraverein e.V.")
    return OrganisationPage.objects.get(pk=made.pk)


def rename(organisation: OrganisationPage, name: str) -> None:
    organisation.title = name
    organisation.save_revision().publish()


def found(client: Client, code: str, query: str) -> list[str]:
    page = webpages.read(client.get(f"/{code}/search/", {"q": query}))
    return [webpages.text(link) for link in page.select("main .list h3 a")]


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_new_name_stands_everywhere_at_once(organisation: OrganisationPage, client: Client, code: str) -> None:
    rename(organisation, "Neuer Gnubund e.V.")
    for path in ("organisationen/", "organisationen/verein/"):
        html = webpages.html(client.get(f"/{code}/{path}"))
        assert "Neuer Gnubund" in html
        assert "Zebraverein" not in html
    page = webpages.read(client.get(f"/{code}/organisationen/verein/"))
    for title in (page.title.string, page.find("meta", property="og:title")["content"]):
        assert "Neuer Gnubund e.V." in title
    assert webpages.structured_data(page)[0]["name"] == "Neuer Gnubund e.V."
    assert found(client, code, "Gnubund") == ["Neuer Gnubund e.V."]
    assert found(client, code, "Zebraverein") == []


def test_an_old_draft_of_a_translation_brings_no_old_name_back(organisation: OrganisationPage) -> None:
    twin = OrganisationPage.objects.get(translation_key=organisation.translation_key, locale__language_code="ar")
    draft = twin.save_revision()
    rename(organisation, "Neuer Gnubund e.V.")
    draft.publish()
    twin.refresh_from_db()
    assert (twin.title, twin.draft_title) == ("Neuer Gnubund e.V.", "Neuer Gnubund e.V.")


def test_a_name_is_no_untranslated_title(organisation: OrganisationPage, client: Client) -> None:
    def title(code: str) -> Any:
        return webpages.read(client.get(f"/{code}/organisationen/verein/")).title.string

    assert "(" not in title("ar")
    assert "(" in title("tr")
