"""Files on S3-compatible storage: a real server and the real settings."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.test import Client
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction

from cms import checks
from cms.outbound import s3_storage
from cms.settings import environment
from tests import factories, s3_server
from tests.s3_server import BUCKET

CONTENT = b"%PDF-1.7 streng vertraulich"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with s3_server.running() as address:
        yield address


@pytest.fixture
def bucket(server: str, settings: Any) -> str:
    url = f"s3://key:secret@{server}/{BUCKET}?region=us-east-1"
    settings.STORAGES = {**settings.STORAGES, "default": environment.storage(url, Path("unused"), [server])}
    return server


def policy(answer: Any) -> dict[str, set[str]]:
    parts = (part.split() for part in answer["Content-Security-Policy"].split(";") if part.strip())
    return {name: set(sources) for name, *sources in parts}


# Settings


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "source"),
    [
        ("style=path", "https://s3.example.org"),
        ("style=virtual", "https://bilder.s3.example.org"),
        ("style=path&domain=dateien.example.org", "https://dateien.example.org"),
        ("style=virtual&domain=dateien.example.org", "https://bilder.dateien.example.org"),
    ],
)
def test_the_policy_names_the_host_of_the_addresses(client: Client, settings: Any, query: str, source: str) -> None:
    url = f"s3://key:secret@s3.example.org/bilder?region=eu-central-1&{query}"
    settings.STORAGES = {**settings.STORAGES, "default": environment.storage(url, Path("unused"))}
    assert s3_storage.source() == source
    signed = urlsplit(storages["default"].signed_url("images/a b.png", content_type="image/png"))
    assert f"{signed.scheme}://{signed.netloc}" == source
    assert signed.path.endswith("/images/a%20b.png")
    assert "X-Amz-Signature=" in signed.query and "X-Amz-Expires=300" in signed.query
    for address in ("/robots.txt", "/admin/login/"):
        found = policy(client.get(address))
        assert source in found["img-src"] and source in found["media-src"]
        assert not any(source in sources for name, sources in found.items() if name not in {"img-src", "media-src"})


def test_http_is_for_test_servers_on_this_machine_only() -> None:
    url = "s3://key:secret@127.0.0.1:9/bucket"
    assert environment.storage(url, Path("x"))["OPTIONS"]["endpoint_url"] == "https://127.0.0.1:9"
    assert environment.storage(url, Path("x"), ["127.0.0.1:9"])["OPTIONS"]["endpoint_url"] == "http://127.0.0.1:9"
    with pytest.raises(ImproperlyConfigured, match="style must be path or virtual"):
        environment.storage(f"{url}?style=x", Path("x"))


def test_a_storage_can_be_written_down_for_a_job(bucket: str) -> None:
    path, args, kwargs = default_storage.deconstruct()  # as Wagtail does to delete a file later
    assert path == "cms.outbound.s3_storage.SignedStorage"
    assert json.loads(json.dumps([args, kwargs])) == [list(args), kwargs]


# Delivery


@pytest.mark.django_db
def test_a_picture_is_stored_shown_and_deleted(bucket: str, client: Client) -> None:
    image = factories.picture()
    factories.article(
        factories.news_index(factories.municipality()), main_image=image, main_image_alt="Ein Bild", slug="mit-bild"
    )
    page = client.get("/de/aktuelles/mit-bild/").content.decode()
    copy = image.renditions.get(filter_spec="width-800|format-jpeg|jpegquality-76")
    assert copy.url == f"/media/{copy.file.name}" and copy.url in page
    assert bucket not in page
    answer = client.get(copy.url)
    assert answer.status_code == 302
    assert answer["Location"].startswith(f"http://{bucket}/{BUCKET}/images/")
    kept = dict(part.strip().partition("=")[::2] for part in answer["Cache-Control"].split(","))
    assert int(kept["max-age"]) < s3_storage.SIGNED_FOR and "public" in kept and "immutable" not in kept
    found = requests.get(answer["Location"], timeout=10)
    assert (found.status_code, found.headers["Content-Type"], found.content[:2]) == (200, "image/jpeg", b"\xff\xd8")
    part = requests.get(answer["Location"], headers={"Range": "bytes=0-1"}, timeout=10)
    assert (part.status_code, part.content) == (206, b"\xff\xd8")
    for file in (copy.file, image.file):
        assert file.storage.exists(file.name)
        file.storage.delete(file.name)
        assert not file.storage.exists(file.name)


@pytest.mark.django_db
def test_the_way_into_the_bucket_is_told_only_to_those_who_may_see_the_file(bucket: str, client: Client) -> None:
    private = Collection.get_first_root_node().add_child(name="Intern")
    CollectionViewRestriction.objects.create(collection=private, restriction_type="groups")
    document = get_document_model().objects.create(
        title="Protokoll", file=ContentFile(CONTENT, "protokoll.pdf"), collection=private
    )
    image = factories.picture(collection=private)
    copy = image.get_rendition("width-40")
    for address in (document.url, f"/media/{document.file.name}", copy.url, image.file.url):
        answer = client.get(address, follow=True)
        assert bucket not in str(answer.redirect_chain)
        assert answer.status_code == 404 or "/admin/login/" in answer.request["PATH_INFO"]
    client.force_login(factories.administrator())
    for address, content in ((document.url, CONTENT), (copy.url, copy.file.read())):
        answer = client.get(address)
        assert (answer.status_code, answer["Cache-Control"]) == (302, "private, no-store")
        assert "X-Amz-Signature" in answer["Location"]
        assert requests.get(answer["Location"], timeout=10).content == content


@pytest.mark.django_db
def test_a_bucket_that_answers_everybody_is_found(bucket: str) -> None:
    name = default_storage.save("documents/protokoll.pdf", ContentFile(CONTENT))
    assert requests.get(f"http://{bucket}/{BUCKET}/{name}", timeout=10).status_code == 403
    assert checks.bucket_is_private() == []
    for each in default_storage.bucket.objects.all():  # type: ignore[attr-defined]
        each.Acl().put(ACL="public-read")
    assert [problem.id for problem in checks.bucket_is_private()] == ["cms.E006"]
