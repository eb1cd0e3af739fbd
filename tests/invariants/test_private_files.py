"""Invariant 3: a private file is unreachable by any address, and is kept nowhere."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction, Site

from cms.accounts import User
from cms.media import Image, Rendition
from cms.templatetags.pictures import picture_of
from directory.models import OrganisationPage
from directory.portal.own_pictures import collection_of
from news.models import NewsIndexPage, NewsPage
from tests import factories
from tests.conftest import ReadingClient

pytestmark = pytest.mark.django_db
SECRET = b"%PDF-1.7 streng vertraulich"
RANGES = ({"range": "bytes=0-"}, {"range": "bytes=-8"}, {"range": "bytes=1-3"}, {"if-none-match": "*"})


@pytest.fixture
def site() -> Site:
    return factories.municipality()


@pytest.fixture
def index(site: Site) -> NewsIndexPage:
    return factories.news_index(site)


@pytest.fixture
def organisation(site: Site) -> OrganisationPage:
    return factories.organisation(factories.directory(site), "Verein A")


@pytest.fixture
def stranger(organisation: OrganisationPage) -> User:
    """A member of another organisation."""
    return factories.member(factories.organisation(organisation.get_parent().specific, "Verein B"))


def collection(name: str = "Intern", below: Collection | None = None, **restriction: Any) -> Collection:
    made = (below or Collection.get_first_root_node()).add_child(name=name)
    if restriction:
        restricted = CollectionViewRestriction.objects.create(collection=made, **restriction)
        assert restricted.pk
    return made


def with_copies(image: Image) -> Image:
    """As a preview makes them."""
    assert "srcset" in picture_of({}, image)
    return image


def shown(index: NewsIndexPage, image: Image, **fields: Any) -> NewsPage:
    return factories.article(index, f"Artikel {image.pk}", main_image=image, main_image_alt="Ein Bild", **fields)


# What is private


def in_a_private_collection(index: NewsIndexPage, organisation: OrganisationPage) -> Image:
    private = collection(restriction_type="groups")
    image = factories.picture(collection=private)
    shown(index, image)
    return image


def below_a_private_collection(index: NewsIndexPage, organisation: OrganisationPage) -> Image:
    private = collection(restriction_type="password", password="offen")  # noqa: S106
    image = factories.picture(collection=collection("Darunter", collection("Dazwischen", private)))
    shown(index, image)
    return image


def of_a_page_never_published(index: NewsIndexPage, organisation: OrganisationPage) -> Image:
    image = factories.picture()
    shown(index, image, live=False)
    return image


def of_the_draft_of_a_public_page(index: NewsIndexPage, organisation: OrganisationPage) -> Image:
    article = shown(index, factories.picture())
    article.main_image = image = factories.picture()
    article.save_revision()
    return image


def of_a_page_taken_offline(index: NewsIndexPage, organisation: OrganisationPage) -> Image:
    image = factories.picture()
    shown(index, image).unpublish()
    return image


def of_a_page_below_one_that_is_offline(index: NewsIndexPage, organisation: OrganisationPage) -> Image:
    image = factories.picture()
    shown(index, image)
    index.unpublish()
    return image


def of_a_page_behind_a_password(index: NewsIndexPage, organisation: OrganisationPage) -> Image:
    image = factories.picture()
    PageViewRestriction.objects.create(page=shown(index, image), restriction_type="password", password="x")  # noqa: S106
    return image


def of_a_translation_whose_german_page_is_offline(index: NewsIndexPage, organisation: OrganisationPage) -> Image:
    image = factories.picture()
    article = shown(index, image)
    factories.translated(article, "ar", title="خبر")
    NewsPage.objects.filter(pk=article.pk).update(live=False)
    return image


def that_nothing_shows(index: NewsIndexPage, organisation: OrganisationPage) -> Image:
    return factories.picture()


def of_a_members_draft(index: NewsIndexPage, organisation: OrganisationPage) -> Image:
    image = factories.picture(collection=collection_of(organisation))
    organisation.logo = image
    organisation.save_revision()
    return image


def that_was_public_until_its_collection_was_closed(index: NewsIndexPage, organisation: OrganisationPage) -> Image:
    place = collection("Fotos")
    image = with_copies(factories.picture(collection=place))
    shown(index, image)
    assert Client().get(image.renditions.first().url).status_code == 200
    CollectionViewRestriction.objects.create(collection=place, restriction_type="groups")
    return image


def that_was_moved_into_a_private_collection(index: NewsIndexPage, organisation: OrganisationPage) -> Image:
    image = with_copies(factories.picture())
    shown(index, image)
    image.collection = collection(restriction_type="groups")
    image.save()
    return image


PICTURES = [value for name, value in list(globals().items()) if name.startswith(("in_a_", "below_", "of_", "that_"))]


def addresses_of(name: str) -> Iterator[str]:
    """Everywhere where the stored file ``name`` could answer, and tricks with its name."""
    folder, _, last = name.rpartition("/")
    yield f"/media/{name}"
    for path in (name.upper(), name.replace("/", "//"), name.replace("/", "%2f"), f"./{name}", f"{name}/", f"/{name}"):
        yield f"/media/{path}"
    for path in (f"x/../{name}", f"x/..%2f{name}", f"%2e%2e/private/{name}", f"{folder}/./{last}", f"{name}%00.png"):
        yield f"/media/{path}"
    for folder in ("documents", "original_images", "images"):
        yield f"/media/{folder}/{last}"
    yield f"/private/{name}"
    yield f"/static/%2e%2e/private/{name}"
    yield f"/{name}"


def body(answer: Any) -> bytes:
    return b"".join(answer)


def asked(client: Client, address: str) -> Iterator[Any]:
    yield client.get(address, follow=True)
    if address.startswith(("/media/images/", "/media/documents/", "/documents/")):
        for headers in RANGES:
            yield client.get(address, headers=headers)
        yield client.head(address)


def visitors(stranger: User) -> list[Client]:
    member = ReadingClient()
    member.force_login(stranger)
    return [ReadingClient(), member]


def names_of(image: Image) -> list[str]:
    return [image.file.name, *image.renditions.values_list("file", flat=True)]


@pytest.mark.parametrize("which", PICTURES, ids=lambda which: which.__name__)
def test_no_address_leads_to_a_picture_that_is_private(
    index: NewsIndexPage, organisation: OrganisationPage, stranger: User, which: Any
) -> None:
    image = with_copies(which(index, organisation))
    names = names_of(image)
    assert len(names) > 3
    contents = [default_storage.open(name).read() for name in names]
    tricks = [address for name in names[:2] for address in addresses_of(name)] if which is PICTURES[0] else []
    for client in visitors(stranger):
        for address in [*tricks, *(f"/media/{name}" for name in names)]:
            for answer in asked(client, address):
                assert answer.status_code not in {200, 206, 304, 416} or "html" in answer["Content-Type"], address
                assert body(answer) not in contents
                assert "ETag" not in answer.headers or "html" in answer["Content-Type"]


@pytest.mark.parametrize("restriction", ["login", "groups", "password"])
@pytest.mark.parametrize("deep", [False, True], ids=["in it", "below it"])
def test_no_address_leads_to_a_document_of_a_private_collection(
    organisation: OrganisationPage, stranger: User, restriction: str, deep: bool
) -> None:
    private = collection(restriction_type=restriction, password="offen")  # noqa: S106
    place = collection("Darunter", private) if deep else private
    document = get_document_model().objects.create(
        title="Protokoll", file=ContentFile(SECRET, "protokoll.pdf"), collection=place
    )
    # A log-in is all that the first kind asks for.
    for client in visitors(stranger)[: 1 if restriction == "login" else 2]:
        for address in [
            *addresses_of(document.file.name),
            document.url,
            document.url.upper(),
            f"{document.url}/",
            f"/documents/{document.pk}/",
            f"/documents/{document.pk}//protokoll.pdf",
            f"/de{document.url}",
        ]:
            for answer in asked(client, address):
                assert SECRET not in body(answer)
                assert SECRET[1:4] != body(answer) and SECRET[-8:] != body(answer)
                assert answer.status_code != 206
                assert "public" not in answer.get("Cache-Control", "")


def test_a_document_has_no_address_but_its_own() -> None:
    document = get_document_model().objects.create(title="Flyer", file=ContentFile(SECRET, "flyer.pdf"))
    client = ReadingClient()
    assert body(client.get(document.url)) == SECRET
    for address in addresses_of(document.file.name):
        assert SECRET not in body(client.get(address, follow=True))


def test_what_may_be_seen_after_a_log_in_is_kept_nowhere(index: NewsIndexPage, organisation: OrganisationPage) -> None:
    private = collection(restriction_type="login")
    document = get_document_model().objects.create(
        title="Protokoll", file=ContentFile(SECRET, "protokoll.pdf"), collection=private
    )
    image = with_copies(factories.picture(collection=private))
    shown(index, image)
    reader = ReadingClient()
    reader.force_login(factories.person())
    for address in (document.url, image.renditions.first().url):
        for answer in (reader.get(address), reader.get(address, headers={"range": "bytes=0-3"}), reader.head(address)):
            assert answer.status_code in {200, 206}
            assert answer["Cache-Control"] == "private, no-store"
        assert reader.get(image.file.url).status_code == 404  # the picture as it was sent


def test_a_page_behind_a_password_shows_its_pictures_to_who_knows_it(index: NewsIndexPage) -> None:
    image = with_copies(factories.picture())
    page = shown(index, image)
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="password", password="x")  # noqa: S106
    reader, address = ReadingClient(), image.renditions.first().url
    assert reader.get(address).status_code == 404
    reader.post(f"/de/protected/{restriction.pk}/{page.pk}/", {"password": "x", "return_url": "/de/"})
    answer = reader.get(address)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")


def test_those_who_work_with_a_picture_see_it_before_it_is_public(
    index: NewsIndexPage, organisation: OrganisationPage
) -> None:
    image = with_copies(of_a_members_draft(index, organisation))
    citys = with_copies(of_a_page_never_published(index, organisation))
    member, press = factories.member(organisation), factories.press()
    for user, sees in ((member, {image}), (press, {image, citys}), (factories.translator("ar"), set())):
        client = ReadingClient()
        client.force_login(user)
        for each in (image, citys):
            answer = client.get(each.renditions.first().url)
            assert answer.status_code == (200 if each in sees else 404), (user, each)
            assert "public" not in answer.get("Cache-Control", "")


def test_a_password_alone_shows_staff_nothing_where_a_second_factor_is_needed(
    index: NewsIndexPage, organisation: OrganisationPage, settings: Any
) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    image = with_copies(of_a_page_never_published(index, organisation))
    client = ReadingClient()
    client.force_login(factories.press())
    assert client.get(image.renditions.first().url).status_code == 404


def test_the_folder_is_closed_to_every_other_program(settings: Any) -> None:
    image = factories.picture()
    path = Path(image.file.path)
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


def test_every_copy_is_found_by_its_name_alone() -> None:
    """A sequence of all copies would make each picture of a page slower, the more there are."""
    assert ["file"] in [index.fields for index in Rendition._meta.indexes]
    assert ["file"] in [index.fields for index in Image._meta.indexes]
