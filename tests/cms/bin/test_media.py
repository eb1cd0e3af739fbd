"""Pictures and documents are deleted: by every button, with their files, never while visitors see them, and back."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import requests
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.documents import get_document_model
from wagtail.models import Collection, ReferenceIndex

from cms.bin import deleting, files, media, pages, usage
from cms.bin.files import FileRemoval
from cms.bin.models import BinEntry
from cms.jobs import every_minute
from cms.media import Image, Rendition, copies
from cms.settings import environment
from news.models import NewsIndexPage, NewsPage
from tests import factories, s3_server

pytestmark = pytest.mark.django_db
Document = get_document_model()
Press = Callable[..., Any]


@pytest.fixture
def news() -> NewsIndexPage:
    return factories.news_index(factories.municipality())


def document(title: str = "Merkblatt", **fields: Any) -> Any:
    return Document.objects.create(title=title, file=ContentFile(b"%PDF-1.4", "merkblatt.pdf"), **fields)


def picture_with_copies() -> tuple[Image, list[str]]:
    """A picture and the names of its file and of two renditions."""
    made = factories.picture()
    scaled = [made.get_rendition(spec) for spec in ("fill-20x20", "width-30")]
    return made, [made.file.name, *(copy.file.name for copy in scaled)]


SINGLE = [
    ("picture", "wagtailimages:delete"),
    ("picture", "wagtailimages:delete_multiple"),
    ("picture", "bulk"),
    ("document", "wagtaildocs:delete"),
    ("document", "wagtaildocs:delete_multiple"),
    ("document", "bulk"),
]

SINGLE_ROUTES = {"picture": "wagtailimages:delete", "document": "wagtaildocs:delete"}


def address(kind: str, route: str, pk: int) -> str:
    if route == "bulk":
        model = Image if kind == "picture" else Document
        return (
            f"{reverse('wagtail_bulk_action', args=[model._meta.app_label, model._meta.model_name, 'delete'])}?id={pk}"
        )
    return reverse(route, args=[pk])


@pytest.mark.parametrize(("kind", "route"), SINGLE)
def test_every_button_takes_row_file_and_copies_off_the_site_and_one_press_brings_them_back(
    kind: str, route: str, press_button: Press, client: Client
) -> None:
    made, names = picture_with_copies() if kind == "picture" else ((found := document()), [found.file.name])
    content = default_storage.open(names[0]).read()
    made.tags.add("fest")
    user, visitor = factories.press(), Client()
    client.force_login(user)  # a picture that no page shows is seen by those who work with it
    seen_at = made.url if kind == "document" else f"/media/{names[0]}"
    seen = (200, 200 if kind == "document" else 404)
    assert (client.get(seen_at).status_code, visitor.get(seen_at).status_code) == seen
    answer = press_button(user, address(kind, route, made.pk))
    assert answer.status_code in (200, 302)
    assert not type(made).objects.filter(pk=made.pk).exists()
    assert not Rendition.objects.filter(image=made.pk).exists()
    assert not any(default_storage.exists(name) for name in names)
    assert not FileRemoval.objects.exists()
    for former in (seen_at, *(f"/media/{name}" for name in names)):
        assert client.get(former).status_code == visitor.get(former).status_code == 404
    entry = BinEntry.objects.get()
    assert (entry.title, entry.deleted_by, entry.days_left) == (made.title, user, 30)
    for guess in (f"/media/bin/{entry.file}", f"/media/../bin/{entry.file}", f"/media/{entry.file}"):
        assert client.get(guess).status_code == visitor.get(guess).status_code == 404
    assert storages["bin"].open(entry.file).read() == content

    press_button(user, reverse("bin:restore", args=[entry.pk]))
    back = type(made).objects.get(pk=made.pk)
    assert default_storage.open(back.file.name).read() == content
    assert (back.title, back.created_at, back.uploaded_by_user) == (made.title, made.created_at, made.uploaded_by_user)
    assert list(back.tags.names()) == ["fest"]
    assert not storages["bin"].exists(entry.file)
    assert not BinEntry.objects.exists()
    seen_at = back.url if kind == "document" else f"/media/{back.file.name}"
    assert (client.get(seen_at).status_code, visitor.get(seen_at).status_code) == seen


def test_a_taken_name_is_not_overwritten_on_the_way_back() -> None:
    first = document()
    content, name = first.file.read(), first.file.name
    entry = media.put(media=first, user=None)
    default_storage.delete(name)  # as after the commit
    default_storage.delete("documents/merkblatt.pdf")
    second = Document(title="Neu")
    second.file.name = default_storage.save(name, ContentFile(b"other"))
    second.save()
    assert second.file.name == name
    back = media.restore(entry=entry, user=None)
    assert (back.file.read(), Document.objects.get(pk=second.pk).file.read()) == (content, b"other")


# While it is used


def test_what_a_live_page_shows_is_not_deleted_and_the_sentence_says_where(
    news: NewsIndexPage, press_button: Press
) -> None:
    picture, paper = factories.picture(), document()
    factories.article(news, "Sommerfest", main_image=picture, main_image_alt="Bild")
    guide = factories.content(news.get_parent(), "Ratgeber")
    guide.body = [("paragraph", f'<p><a linktype="document" id="{paper.pk}">Blatt</a></p>')]
    guide.save()
    user, client = factories.press(), Client()
    client.force_login(user)
    for kind, route in SINGLE:
        made, title = (picture, "Sommerfest") if kind == "picture" else (paper, "Ratgeber")
        if not route.endswith("multiple"):
            question = client.get(address(kind, route, made.pk)).content.decode()
            assert title in question
            assert "button serious" not in question
        press_button(user, address(kind, route, made.pk))
        assert type(made).objects.filter(pk=made.pk).exists(), route
        assert default_storage.exists(made.file.name)
    assert not BinEntry.objects.exists()


def test_in_bulk_the_others_go_and_the_one_in_use_stays(news: NewsIndexPage, press_button: Press) -> None:
    shown, unused = factories.picture(), factories.picture()
    factories.article(news, "Sommerfest", main_image=shown, main_image_alt="Bild")
    press, both = factories.press(), f"{address('picture', 'bulk', shown.pk)}&id={unused.pk}"
    client = Client()
    client.force_login(press)
    assert "button serious" in client.get(both).content.decode()
    press_button(press, both)
    assert list(Image.objects.all()) == [shown]
    assert BinEntry.objects.get().title == unused.title


def test_drafts_are_named_and_found_again(news: NewsIndexPage, press_button: Press) -> None:
    picture = factories.picture()
    unseen = factories.article(news, "Unveröffentlicht", main_image=picture, main_image_alt="Bild", live=False)
    public = factories.article(news, "Öffentlich")
    public.body = [("picture", {"image": picture, "alt_text": "Bild", "caption": ""})]
    public.save_revision()
    assert usage.of(picture) == usage.Usage([], [unseen.get_admin_display_title(), public.get_admin_display_title()])
    user, client = factories.press(), Client()
    client.force_login(user)
    question = client.get(address("picture", "wagtailimages:delete", picture.pk)).content.decode()
    assert "Unveröffentlicht" in question
    assert "Öffentlich" in question
    press_button(user, address("picture", "wagtailimages:delete", picture.pk))
    assert NewsPage.objects.get(pk=unseen.pk).main_image is None
    press_button(user, reverse("bin:restore", args=[BinEntry.objects.get().pk]))
    assert NewsPage.objects.get(pk=unseen.pk).main_image == picture
    draft = NewsPage.objects.get(pk=public.pk).get_latest_revision_as_object()
    assert draft.body[0].value["image"] == picture
    assert ReferenceIndex.get_references_to(picture).exists()


def test_what_was_published_without_the_picture_stays_without_it(news: NewsIndexPage) -> None:
    picture = factories.picture()
    article = factories.article(news, main_image=picture, main_image_alt="Bild", live=False)
    entry = media.put(media=picture, user=None)
    NewsPage.objects.filter(pk=article.pk).update(live=True)
    media.restore(entry=entry, user=None)
    assert NewsPage.objects.get(pk=article.pk).main_image is None


# For good


def test_after_thirty_days_the_clock_removes_it_with_its_file(django_capture_on_commit_callbacks: Any) -> None:
    kept, over = document("Neu"), document("Alt")
    entries = {each.title: media.put(media=each, user=None) for each in (kept, over)}
    BinEntry.objects.filter(title="Alt").update(deleted_at=timezone.now() - dt.timedelta(days=30, seconds=1))
    BinEntry.objects.filter(title="Neu").update(deleted_at=timezone.now() - dt.timedelta(days=29, hours=23))
    assert deleting.remove_what_is_over in every_minute._acts
    with django_capture_on_commit_callbacks(execute=True):
        deleting.remove_what_is_over()
    assert [entry.title for entry in BinEntry.objects.all()] == ["Neu"]
    assert not storages["bin"].exists(entries["Alt"].file)
    assert storages["bin"].exists(entries["Neu"].file)


def test_delete_now_asks_first(press_button: Press) -> None:
    entry, user = media.put(media=document(), user=None), factories.press()
    client = Client()
    client.force_login(user)
    assert client.get(reverse("bin:delete", args=[entry.pk])).status_code == 200
    assert BinEntry.objects.exists()
    press_button(user, reverse("bin:delete", args=[entry.pk]))
    assert not BinEntry.objects.exists()
    assert not storages["bin"].exists(entry.file)


def test_what_the_platform_tidies_up_itself_is_gone_at_once(committed: None) -> None:
    picture, _names = picture_with_copies()
    picture.delete()
    assert not BinEntry.objects.exists()
    assert FileRemoval.objects.count() == 3


# Files


def test_a_storage_that_does_not_answer_is_asked_again_by_the_clock(
    django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture, names = picture_with_copies()

    def refuse(self: Any, name: str) -> None:
        raise OSError("away")

    with monkeypatch.context() as away:
        away.setattr(type(storages["default"]), "delete", refuse)
        with django_capture_on_commit_callbacks(execute=True):
            picture.delete()
    assert all(default_storage.exists(name) for name in names)
    files.remove_those_left()
    assert all(default_storage.exists(name) for name in names)  # not before a minute is over
    FileRemoval.objects.update(since=timezone.now() - dt.timedelta(minutes=2))
    files.remove_those_left()
    assert not any(default_storage.exists(name) for name in names)
    assert not FileRemoval.objects.exists()
    assert files.remove_those_left in every_minute._acts


def test_a_file_that_has_got_an_old_name_is_not_removed_later() -> None:
    removal = FileRemoval.objects.create(storage="default", name=document().file.name)
    FileRemoval.objects.update(since=timezone.now() - dt.timedelta(days=1))
    files.remove_those_left()
    assert default_storage.exists(removal.name)
    assert not FileRemoval.objects.exists()


def test_a_transaction_that_fails_removes_nothing(django_capture_on_commit_callbacks: Any) -> None:
    from django.db import transaction

    picture, names = picture_with_copies()
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(KeyError), transaction.atomic():
        picture.delete()
        raise KeyError
    assert all(default_storage.exists(name) for name in names)
    assert not FileRemoval.objects.exists()


S3 = "s3://SCHLUESSEL:geheim@127.0.0.1:9/bucket?region=eu"


@pytest.mark.parametrize("url", ["", S3])
@pytest.mark.parametrize("kind", ["picture", "document"])
def test_whatever_is_put_into_the_queue_can_be_written_down_and_holds_no_key(
    kind: str, url: str, settings: Any, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    made = factories.picture() if kind == "picture" else document()
    if kind == "picture":
        made.get_rendition("width-20")
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    settings.STORAGES = {**settings.STORAGES, "default": environment.storage(url, tmp_path)}
    if url:
        settings.STORAGES["default"]["OPTIONS"]["client_config"] = _impatient()
    with django_capture_on_commit_callbacks(execute=True):
        made.delete()
    queued = " ".join(str(row.args_kwargs) for row in DBTaskResult.objects.all())
    assert "geheim" not in queued
    assert "SCHLUESSEL" not in queued
    assert not DBTaskResult.objects.filter(task_path__contains="delete_file").exists()
    assert FileRemoval.objects.exists() == bool(url)  # nobody answers there


def _impatient() -> Any:
    from botocore.config import Config

    return Config(connect_timeout=0.2, read_timeout=0.2, retries={"total_max_attempts": 1})


@pytest.mark.parametrize("url", ["", S3, "s3://files.example/bucket"])
def test_a_storage_can_be_written_down(url: str, tmp_path: Path) -> None:
    import json

    for made in (environment.storage(url, tmp_path), environment.bin_storage(url, tmp_path)):
        json.dumps(made)


def test_the_storage_of_the_bin_is_private(tmp_path: Path) -> None:
    config = environment.bin_storage(f"{S3}&domain=cdn.example", tmp_path)
    options = config["OPTIONS"]
    assert config["BACKEND"] == "cms.outbound.s3_storage.SignedStorage"
    assert (options["location"], options["querystring_auth"], options["file_overwrite"]) == ("bin", True, False)
    # Nothing opens its files to everybody: neither a right on each nor a host that serves them unsigned.
    assert not {"default_acl", "object_parameters", "custom_domain"} & set(options)


def keys() -> set[str]:
    return {each.key for each in default_storage.bucket.objects.all()}  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", ["picture", "document"])
def test_no_address_leads_to_what_lies_in_the_bin_of_a_bucket(
    kind: str, settings: Any, tmp_path: Path, press_button: Press
) -> None:
    with s3_server.running() as server:
        url = f"s3://key:secret@{server}/{s3_server.BUCKET}?region=us-east-1"
        both = {
            "default": environment.storage(url, tmp_path, [server]),
            "bin": environment.bin_storage(url, tmp_path, [server]),
        }
        settings.STORAGES = {**settings.STORAGES, **both}
        before = keys()  # of other tests: the server remembers them
        made = factories.picture() if kind == "picture" else document()
        content, user, insider = made.file.read(), factories.press(), Client()
        insider.force_login(user)
        seen_at = made.url if kind == "document" else made.file.url
        assert requests.get(insider.get(seen_at)["Location"], timeout=10).content == content
        press_button(user, address(kind, SINGLE_ROUTES[kind], made.pk))
        entry = BinEntry.objects.get()
        assert storages["bin"].open(entry.file).read() == content
        assert keys() - before == {f"bin/{entry.file}"}
        places = [storages["bin"].url(entry.file), f"/media/bin/{entry.file}", f"/media/images/../bin/{entry.file}"]
        for each in (seen_at, *places, f"/media/{made.file.name}"):
            for client in (Client(), insider):
                assert client.get(each).status_code == 404, each
        assert requests.get(f"http://{server}/{s3_server.BUCKET}/bin/{entry.file}", timeout=10).status_code == 403
        press_button(user, reverse("bin:restore", args=[entry.pk]))
        assert type(made).objects.get(pk=made.pk).file.read() == content
        assert not storages["bin"].exists(entry.file)


def test_replacing_a_picture_removes_the_old_file_and_its_copies(press_button: Press) -> None:
    picture, names = picture_with_copies()
    names.append(picture.get_rendition(copies.FALLBACK).file.name)
    new = factories.picture(title="Vorlage")
    fields = {"title": "Neu", "credit": "Neu", "collection": picture.collection_id, "tags": ""}
    upload = SimpleUploadedFile("ganz-neu.png", new.file.read())
    answer = press_button(
        factories.press(), reverse("wagtailimages:edit", args=[picture.pk]), {**fields, "file": upload}
    )
    assert answer.status_code == 302
    picture.refresh_from_db()
    assert picture.file.name not in names
    assert default_storage.exists(picture.file.name)
    assert not any(default_storage.exists(name) for name in names)
    # What is there now are the worker's copies of the new file.
    made = {copy.filter_spec: copy.file.name for copy in picture.renditions.all()}
    assert set(made) == set(copies.ALL)
    assert all("/ganz-neu." in name and default_storage.exists(name) for name in made.values())


# Who


ROLES = [
    ("press", "picture", True),
    ("press", "document", True),
    ("administrator", "picture", True),
    ("ki", "picture", False),
    ("ki", "document", False),
    ("translator", "picture", False),
    ("translator", "document", False),
]


@pytest.mark.parametrize(("role", "kind", "allowed"), ROLES)
def test_who_sees_and_restores_it_is_who_could_delete_it(
    role: str, kind: str, allowed: bool, press_button: Press, news: NewsIndexPage
) -> None:
    factories.directory(news.get_parent())
    user = factories.translator("ar") if role == "translator" else getattr(factories, role)()
    entry = media.put(media=factories.picture("Birnbaum") if kind == "picture" else document("Birnbaum"), user=None)
    client = Client()
    client.force_login(user)
    assert ("Birnbaum" in client.get(reverse("bin:index")).content.decode()) == allowed
    for name in ("bin:delete", "bin:restore"):
        press_button(user, reverse(name, args=[entry.pk])) if name == "bin:restore" or not allowed else None
    assert BinEntry.objects.exists() != allowed
    assert (Image if kind == "picture" else Document).objects.exists() == allowed


def test_of_a_collection_whose_owner_is_gone_it_comes_back_into_the_first(press_button: Press) -> None:
    own = Collection.get_first_root_node().add_child(name="Eigene")
    person = factories.person()
    paper = document(collection=own, uploaded_by_user=person)
    entry = media.put(media=paper, user=person)
    own.delete(), person.delete()
    entry.refresh_from_db()
    back = media.restore(entry=entry, user=None)
    assert (back.collection, back.uploaded_by_user) == (Collection.get_first_root_node(), None)


def test_a_page_in_the_bin_does_not_hold_its_picture(news: NewsIndexPage) -> None:
    picture = factories.picture()
    article = factories.article(news, main_image=picture, main_image_alt="Bild")
    pages.put(page=article, user=None)
    assert usage.of(picture) == usage.Usage([], [])
