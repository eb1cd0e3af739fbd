"""Pictures that visitors see: who only adds pictures changes none, and lists none that they may not choose."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.models import Collection, Site

from cms.accounts import User, roles
from cms.media import Image
from news.models import NewsPage
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def ki() -> User:
    """Gets its rights with the first directory: adds and chooses pictures, changes none."""
    factories.directory(factories.municipality())
    return factories.ki()


@pytest.fixture
def picture(ki: User) -> Image:
    return factories.picture(uploaded_by_user=ki)


@pytest.fixture
def article(picture: Image) -> NewsPage:
    index = factories.news_index(Site.objects.get(is_default_site=True))
    return factories.article(index, main_image=picture, main_image_alt="Ein Bild")


@pytest.fixture
def client_of() -> Any:
    def log_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return log_in


def fields(picture: Image, **changes: Any) -> dict[str, Any]:
    return {"title": picture.title, "credit": "Neu", "collection": picture.collection_id, "tags": "", **changes}


def change(client: Client, picture: Image) -> str:
    file = SimpleUploadedFile("neu.png", factories.picture().file.read())
    client.post(reverse("wagtailimages:edit", args=[picture.pk]), fields(picture, file=file))
    return Image.objects.get(pk=picture.pk).credit


def test_a_public_picture_is_not_changed_by_who_only_adds(
    article: NewsPage, picture: Image, ki: User, client_of: Any
) -> None:
    name = picture.file.name
    assert change(client_of(ki), picture) == "Foto: Stadt Musterstadt"
    assert Image.objects.get(pk=picture.pk).file.name == name


def test_nor_deleted(article: NewsPage, picture: Image, ki: User, client_of: Any) -> None:
    client_of(ki).post(reverse("wagtailimages:delete", args=[picture.pk]))
    client_of(ki).post(f"{reverse('wagtail_bulk_action', args=['cms', 'image', 'delete'])}?id={picture.pk}")
    article.refresh_from_db()
    assert article.main_image == picture


def test_nor_from_the_form_after_an_upload(article: NewsPage, picture: Image, ki: User, client_of: Any) -> None:
    address = reverse("wagtailimages:edit_multiple", args=[picture.pk])
    posted = {f"image-{picture.pk}-{name}": value for name, value in fields(picture).items()}
    client_of(ki).post(address, posted, headers={"x-requested-with": "XMLHttpRequest"})
    assert Image.objects.get(pk=picture.pk).credit == "Foto: Stadt Musterstadt"


def test_what_nobody_sees_yet_may_be_corrected_by_who_uploaded_it(picture: Image, ki: User, client_of: Any) -> None:
    assert change(client_of(ki), picture) == "Neu"
    client_of(ki).post(reverse("wagtailimages:delete", args=[picture.pk]))
    assert not Image.objects.filter(pk=picture.pk).exists()


def test_the_press_office_changes_public_pictures(article: NewsPage, picture: Image, client_of: Any) -> None:
    assert change(client_of(factories.press()), picture) == "Neu"


# The API of the admin


def listed(client: Client, kind: str) -> int:
    answer = client.get(f"/admin/api/main/{kind}/")
    return answer.json()["meta"]["total_count"] if answer.status_code == 200 else 0


def test_the_api_lists_only_what_may_be_chosen(client_of: Any) -> None:
    own = Collection.get_first_root_node().add_child(name="Eigene")
    group = Group.objects.create(name="Praktikum")
    roles.grant(group, "wagtailadmin.access_admin")
    roles.grant_media(group, own, ("choose_image", "choose_document"))
    factories.picture(), factories.picture(collection=own)
    for collection in (own, Collection.get_first_root_node()):
        get_document_model().objects.create(title="x", file=ContentFile(b"x", "x.txt"), collection=collection)
    trainee, press = client_of(factories.person("", group)), client_of(factories.press())
    translator = client_of(factories.translator("ar"))
    assert [listed(client, "images") for client in (press, trainee, translator)] == [2, 1, 0]
    assert [listed(client, "documents") for client in (press, trainee, translator)] == [2, 1, 0]
    foreign = Image.objects.exclude(collection=own).get()
    assert trainee.get(f"/admin/api/main/images/{foreign.pk}/", follow=True).status_code == 404
