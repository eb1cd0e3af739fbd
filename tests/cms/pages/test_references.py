"""Who edits pages refers to what they may choose: forged numbers of pictures, documents and drafts are refused."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.documents import get_document_model
from wagtail.models import Page, get_page_models
from wagtail.test.utils.form_data import inline_formset

from cms import checks
from cms.accounts import User, roles
from cms.bin.models import Bin
from cms.pages import references
from dates.models import EventPage
from directory.models import OrganisationPage
from news.models import NewsPage
from tests import factories
from tests.news.admin_forms import edit_address, fields_at, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def club() -> OrganisationPage:
    return factories.organisation(factories.directory(factories.municipality()), slug="verein")


@pytest.fixture
def trainee(club: OrganisationPage) -> User:
    """Edits profiles, chooses neither pictures nor documents."""
    group = Group.objects.create(name="Praktikum")
    roles.grant(group, "wagtailadmin.access_admin")
    roles.grant_pages(group, club.get_parent(), ("change_page",))
    return factories.person("", group)


def post(club: OrganisationPage, user: User, **fields: Any) -> OrganisationPage:
    """What the draft is after these fields were sent with all others of the form."""
    client, admin = Client(), Client()
    client.force_login(user)
    admin.force_login(User.objects.filter(is_superuser=True).first() or factories.administrator())
    client.post(edit_address(club), {**fields_at(admin, edit_address(club)), "short_description": "neu", **fields})
    return OrganisationPage.objects.get(pk=club.pk).get_latest_revision_as_object()


def test_a_forged_picture_is_refused(club: OrganisationPage, trainee: User) -> None:
    draft = post(club, trainee, logo=factories.picture().pk)
    assert (draft.logo, draft.short_description) == (None, "")


def test_a_picture_in_a_block_is_refused_as_well(club: OrganisationPage, trainee: User) -> None:
    block = {"type": "picture", "deleted": "", "order": "0", "id": "", "value-image": factories.picture().pk}
    block |= {"value-alt_text": "x", "value-caption": ""}
    fields = {"pictures-count": "1", **{f"pictures-0-{name}": value for name, value in block.items()}}
    assert len(post(club, trainee, **fields).pictures) == 0
    assert len(post(club, factories.press(), **fields).pictures) == 1


def test_who_may_choose_pictures_chooses_one(club: OrganisationPage) -> None:
    picture = factories.picture()
    assert post(club, factories.ki(), logo=picture.pk).logo == picture


def test_what_stood_there_before_may_stay(club: OrganisationPage, trainee: User) -> None:
    club.logo = factories.picture()
    club.save()
    draft = post(club, trainee)
    assert (draft.logo, draft.short_description) == (club.logo, "neu")


def rich_text(html: str) -> str:
    from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

    found: str = ContentstateConverter(features=["link", "document-link"]).from_database_format(html)
    return found


def test_a_forged_document_in_a_text_is_refused(club: OrganisationPage) -> None:
    document = get_document_model().objects.create(title="Intern", file=ContentFile(b"x", "intern.txt"))
    about = rich_text(f'<p><a linktype="document" id="{document.pk}">x</a></p>')
    assert post(club, factories.ki(), about=about).about == ""
    assert "document" in post(club, factories.press(), about=about).about


def test_a_link_to_a_draft_of_others_is_refused_and_one_to_a_public_page_is_not(club: OrganisationPage) -> None:
    site = club.get_site()
    draft = factories.content(site, "Geheimer Plan", live=False)
    ki = factories.ki()
    assert post(club, ki, about=rich_text(f'<p><a linktype="page" id="{draft.pk}">x</a></p>')).about == ""
    Page.objects.filter(pk=draft.pk).update(live=True)
    assert "page" in post(club, ki, about=rich_text(f'<p><a linktype="page" id="{draft.pk}">x</a></p>')).about


def test_references_of_every_kind_are_found(club: OrganisationPage) -> None:
    picture = factories.picture()
    club.logo = picture
    club.about = f'<p><a linktype="page" id="{club.pk}">x</a></p>'
    assert references.of(club) == {(type(picture), str(picture.pk)), (Page, str(club.pk))}


@pytest.mark.parametrize("model", get_page_models(), ids=lambda model: model.__name__)
def test_every_page_type_is_guarded(model: type[Page]) -> None:
    if model not in (Page, Bin):  # neither has an editor
        assert issubclass(model.get_edit_handler().get_form_class(), references.PageForm)


def test_a_page_type_without_the_guard_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(EventPage, "base_form_class", WagtailAdminPageForm)
    (problem,) = checks.page_forms_are_guarded()
    assert problem.id == "cms.E005"
    assert "EventPage" in problem.msg


def test_a_forged_picture_in_an_event_is_refused(club: OrganisationPage, client: Client) -> None:
    event = factories.event(factories.event_index(club.get_site(), slug="termine"))
    group = Group.objects.create(name="Termine")
    roles.grant(group, "wagtailadmin.access_admin")
    roles.grant_pages(group, event.get_parent(), ("change_page",))
    client.force_login(factories.person("", group))
    send(client, edit_address(event), "", picture=factories.picture().pk, lead="neu")
    draft = EventPage.objects.get(pk=event.pk).get_latest_revision_as_object()
    assert (draft.picture, draft.lead) == (None, event.lead)


def test_a_forged_page_in_a_row_is_refused(club: OrganisationPage, client: Client) -> None:
    """Somebody who writes news cannot name an organisation that nobody may see yet."""
    news = factories.article(factories.news_index(club.get_site(), slug="aktuelles"))
    group = Group.objects.create(name="Redaktion")
    roles.grant(group, "wagtailadmin.access_admin")
    roles.grant_pages(group, news.get_parent(), ("change_page",))
    client.force_login(factories.person("", group))
    hidden = factories.organisation(club.get_parent().specific, slug="geheim", live=False)
    for page, taken in ((hidden, 0), (club, 1)):
        send(client, edit_address(news), "", related=inline_formset([{"page": page.pk}]))
        assert NewsPage.objects.get(pk=news.pk).get_latest_revision_as_object().related.count() == taken
