"""Files go out and come back through the admin; what they bring is a draft."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cms import roles
from tests import factories
from tests.translations import content
from translations.exchange import document as exchanged
from translations.exchange import store

pytestmark = pytest.mark.django_db
FORMATS = ("po", "xliff-1.2", "xliff-2.0")


def logged_in(user: object) -> Client:
    client = Client()
    client.force_login(user)
    return client


def out(client: Client, page: object, fmt: str, code: str = "ar") -> bytes:
    answer = client.get(f"/admin/translations/{code}/file/out/?format={fmt}&page={page.pk}")
    assert answer.status_code == 200
    return answer.content


def back(client: Client, file: bytes, code: str = "ar", **fields: str) -> object:
    upload = SimpleUploadedFile("back.po", file)
    return client.post(f"/admin/translations/{code}/file/", {"file": upload, **fields})


@pytest.mark.parametrize("fmt", FORMATS)
def test_a_page_goes_out_is_translated_and_comes_back_as_a_draft(fmt):
    page = content.article()
    client = logged_in(factories.press())
    document = exchanged.read(out(client, page, fmt))
    assert [segment.source for segment in document.segments] == [segment.source for segment in content.segments(page)]
    filled = exchanged.Document(
        "ar",
        tuple(
            exchanged.Segment(s.page, s.context, s.source, f"ar: {s.source}", exchanged.TRANSLATED)
            for s in document.segments
        ),
        document.titles,
        document.made_at,
    )
    answer = back(client, exchanged.write(filled, format=fmt))
    assert answer.context["problems"] == []
    assert [s.target for s in content.segments(page)] == [f"ar: {s.source}" for s in document.segments]
    twin = content.translation(page)
    assert not twin.live
    assert twin.get_latest_revision_as_object().title == "ar: Ein Fest"


@pytest.mark.parametrize("fmt", FORMATS)
def test_what_goes_out_and_comes_back_untouched_changes_nothing(fmt):
    page = content.article()
    content.published(page)
    client = logged_in(content.reviewer())
    before = [(s.place, s.target, s.made_by) for s in content.segments(page)]
    latest = content.translation(page).latest_revision_id
    answer = back(client, out(client, page, fmt))
    assert answer.context["problems"] == []
    assert [(s.place, s.target, s.made_by) for s in content.segments(page)] == before
    assert content.translation(page).latest_revision_id == latest


def test_everything_there_is_to_do_goes_out_together():
    page = content.article()
    content.published(page, "ar")
    client = logged_in(content.reviewer())
    document = exchanged.read(client.get("/admin/translations/tr/file/out/?format=po").content)
    assert str(page.translation_key) in {segment.page for segment in document.segments}
    assert document.language == "tr"


@pytest.mark.parametrize("file", [b"", b"PK\x03\x04", b"<html></html>", "übrig".encode("latin-1"), b"{}"])
def test_a_file_that_is_none_is_refused_in_words(file):
    client = logged_in(factories.press())
    content.article()
    answer = back(client, file)
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]


def test_a_file_of_another_language_is_refused():
    page = content.article()
    client = logged_in(factories.press())
    answer = back(client, out(client, page, "po", "tr"), "ar")
    assert answer.context["form"].errors["file"]


def test_a_lost_link_is_named_and_the_rest_is_stored():
    page = content.article()
    content.publish_german(page, body=[("paragraph", '<p>Mehr <a href="https://example.org">hier</a>.</p>')])
    client = logged_in(factories.press())
    document = store.to_document(store.read_pages([page], "ar"), "ar")
    broken = tuple(
        exchanged.Segment(s.page, s.context, s.source, "ar: " + s.source.replace('<a id="a1">hier</a>', "hier"))
        for s in document.segments
    )
    file = exchanged.write(exchanged.Document("ar", broken, {}, document.made_at), format="xliff-1.2")
    answer = back(client, file)
    (problem,) = answer.context["problems"]
    assert "hier" in problem.segment.target
    assert sum(s.is_missing for s in content.segments(page)) == 1


@pytest.mark.parametrize(
    ("group", "allowed"),
    [(roles.PRESS, True), (roles.translators("ar"), True), (roles.translators("tr"), False), (roles.KI, False)],
)
def test_who_may_take_files_out_and_bring_them_back(group, allowed):
    page = content.article()
    content.save(page)
    content.save(page, "tr")
    client = logged_in(factories.person("", group))
    assert (client.get(f"/admin/translations/ar/file/out/?page={page.pk}").status_code == 200) == allowed
    assert (client.get("/admin/translations/ar/file/").status_code == 200) == allowed


def test_a_german_draft_does_not_go_out_to_translators():
    page = content.article()
    content.save(page)
    draft = factories.article(page.get_parent(), "Geheimer Entwurf", live=False)
    address = f"/admin/translations/ar/file/out/?page={draft.pk}"
    assert logged_in(factories.translator("ar")).get(address).status_code in (302, 404)
    assert logged_in(factories.press()).get(address).status_code == 200
