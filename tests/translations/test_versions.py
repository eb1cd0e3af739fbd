"""An earlier version of a translation is read and taken up again; passages are called what they are."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import translation
from wagtail.models import Revision

from cms.accounts import roles
from news.models import NewsPage
from tests import factories
from tests.translations import content
from translations import versions
from translations.models import TranslatedRevision, TranslationState
from translations.segments import read_source
from translations.workbench import passages

pytestmark = pytest.mark.django_db


@pytest.fixture
def page() -> NewsPage:
    """Public in Arabic in a second version; the first one was a person's, the third is a draft."""
    made = content.article()
    content.save(made, mark=" one")
    content.published(made, mark=" two")
    content.save(made, mark=" three")
    return made


def at_work(role: str = roles.translators("ar")) -> Client:
    client = Client()
    client.force_login(factories.person("", role))
    return client


def revisions(page: NewsPage) -> list[int]:
    """Those that somebody has translated: the first of all is the German text, copied."""
    found = TranslatedRevision.objects.filter(revision__in=content.translation(page).revisions.all())
    return list(found.order_by("pk").values_list("revision_id", flat=True))


def test_history_leads_to_a_page_that_shows_and_restores_an_earlier_version(page: NewsPage) -> None:
    client, twin = at_work(), content.translation(page)
    first = revisions(page)[0]
    address = f"/admin/pages/{twin.pk}/revisions/{first}/revert/"
    history = client.get(f"/admin/pages/{twin.pk}/history/").content.decode()
    assert address in history
    soup = BeautifulSoup(client.get(address).content, "html.parser")
    assert "ar one: Alle sind eingeladen." in soup.select_one(".tr-versions").get_text().replace("three", "")
    client.post(address, {})
    twin = content.translation(page)
    assert [segment.target for segment in content.segments(page)][1] == "ar one: Alle sind eingeladen."
    assert twin.get_latest_revision_as_object().lead == "ar one: Alle sind eingeladen."
    assert twin.lead == "ar two: Alle sind eingeladen."  # what visitors read
    assert content.status(page).state == TranslationState.PUBLISHED


def test_the_history_of_a_language_is_its_translators(page: NewsPage) -> None:
    twin = content.translation(page)
    address = f"/admin/pages/{twin.pk}/revisions/{revisions(page)[0]}/revert/"
    before = revisions(page)
    for role in (roles.translators("tr"), roles.KI):
        at_work(role).post(address, {})
        assert revisions(page) == before
    at_work(roles.PRESS).post(address, {})
    assert len(revisions(page)) == len(before) + 1


def test_sentences_whose_german_has_changed_stay(page: NewsPage) -> None:
    first = Revision.objects.get(pk=revisions(page)[0])
    content.publish_german(page, lead="Alle sind willkommen.")
    versions.restore(translated=content.translation(page), revision=first, user=None)
    targets = [segment.target for segment in content.segments(page)]
    assert targets[0] == "ar one: Ein Fest"
    assert targets[1] == ""


def test_what_a_machine_wrote_is_a_machines_again() -> None:
    page = content.article()
    first = content.save(page, tool="deepl")
    content.save(page, mark=" mine")
    versions.restore(translated=content.translation(page), revision=first, user=content.reviewer())
    assert all(segment.is_by_machine for segment in content.segments(page))
    assert content.status(page).segments_by_machine == 4


def test_a_version_of_before_the_words_were_kept_is_explained_not_restored(page: NewsPage) -> None:
    TranslatedRevision.objects.update(words=[])
    client, twin = at_work(), content.translation(page)
    address = f"/admin/pages/{twin.pk}/revisions/{revisions(page)[0]}/revert/"
    assert client.get(address).status_code == 200
    before = revisions(page)
    assert client.post(address, {}).status_code == 200
    assert revisions(page) == before


def test_passages_are_called_what_they_are() -> None:
    page = content.article()
    body = [
        ("heading", {"text": "Das Programm"}),
        ("paragraph", "<p>Es gibt:</p><ul><li>Musik</li><li>Essen</li></ul>"),
        ("quote", {"text": "Wie schön!", "name": "Ada Beispiel", "role": "Vorsitz"}),
        ("call_to_action", {"text": "Kommen Sie.", "label": "Anmelden", "url": "https://example.org"}),
        ("facts", {"heading": "Kurz", "items": [{"label": "Ort", "value": "Am Markt"}]}),
    ]
    content.publish_german(page, body=body)
    segments = content.segments(page)
    with translation.override("en"):
        named = passages.names(read_source(page), NewsPage, segments)
    found = {segment.source: named[segment.place] for segment in segments}
    assert found["Das Programm"] == "Heading"
    assert found["Es gibt:"] == "Paragraph"
    assert found["Musik"] == found["Essen"] == "Paragraph: item of a list"
    assert found["Wie schön!"] == "Quote"
    assert found["Ada Beispiel"] == "Quote: name"
    assert found["Anmelden"] == "Call to action: label of the button"
    assert found["Ort"] == "Fact list: label"


def test_rows_of_a_page_are_named_with_what_they_are_rows_of() -> None:
    from directory.models import OrganisationPage

    with translation.override("en"):
        assert passages._joined(passages._by_names(OrganisationPage, ["offers", "what"])).startswith("Offer: ")
