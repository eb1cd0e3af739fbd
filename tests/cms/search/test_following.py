"""The search follows what is written: after the request that writes it, by the clock, and by the command at night."""

from collections.abc import Iterable
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import Site

from cms.pages.base_page import BasePage
from cms.search import following, forms, index, kinds, page_kinds
from cms.search.models import SearchChange, SearchDocument, SearchPosting
from cms.search.passages import Indexed, Passage
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(db: None) -> Site:
    site = factories.municipality()
    following.follow()
    return site


def found(kind: str) -> set[int]:
    return set(SearchDocument.objects.filter(kind=kind).values_list("object_id", flat=True))


def test_every_page_type_can_be_found() -> None:
    ours = {model for model in apps.get_models() if issubclass(model, BasePage)}
    assert {model for name in page_kinds.names() for model in page_kinds.types(name)} == ours
    assert set(page_kinds.names()) < {kind.name for kind in kinds.in_order()}


def test_what_was_taken_off_is_gone_with_the_answer(site: Site, client: Client) -> None:
    page = factories.content(site, "Ankommen")
    following.follow()
    assert page.pk in found("page")
    client.force_login(factories.press())
    assert client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk])).status_code == 302
    assert page.pk not in found("page")
    assert not SearchChange.objects.exists()


def test_reading_writes_nothing(site: Site, client: Client) -> None:
    page = factories.content(site, "Ankommen")
    assert client.get("/de/ankommen/").status_code == 200
    assert page.pk not in found("page")


def test_what_a_failing_request_has_left_is_for_the_clock(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    factories.content(site, "Ankommen")
    with monkeypatch.context() as patched:
        patched.setattr(SearchChange.objects, "exists", lambda: 1 / 0)
        following.follow_at_once()
    following.every_minute()
    assert len(found("page")) == 2


def test_many_changes_are_worked_off_in_small_steps(site: Site) -> None:
    pages = [factories.content(site, f"Seite {number}") for number in range(index.AT_ONCE * 2)]
    following.follow(most=1)
    assert len(found("page") & {page.pk for page in pages}) <= index.AT_ONCE
    assert SearchChange.objects.filter(source="document page").exists()
    following.follow()
    assert {page.pk for page in pages} < found("page")


def test_a_whole_section_taken_off_is_gone_at_once(site: Site) -> None:
    section = factories.content(site, "Ankommen")
    pages = {factories.content(section, f"Seite {number}").pk for number in range(index.AT_ONCE * 3)}
    following.follow()
    assert pages < found("page")
    for page in section.get_descendants(inclusive=True).specific():
        page.unpublish()
    following.follow(most=1)
    assert not found("page") & (pages | {section.pk})


def test_a_draft_is_no_change(site: Site) -> None:
    page = factories.content(site, "Ankommen")
    following.follow()
    page.lead = "Entwurf"
    page.save_revision()
    assert not SearchChange.objects.filter(source__startswith="wagtailcore_page.").exists()


def test_one_that_cannot_be_read_costs_itself(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    odd, fine = factories.content(site, "Sonderbar"), factories.content(site, "Gut")
    said = page_kinds.words_of

    def fail(page: Any) -> Iterable[Passage]:
        if page.pk == odd.pk:
            raise ValueError("odd")
        return said(page)

    monkeypatch.setattr(page_kinds, "words_of", fail)
    following.follow()
    assert fine.pk in found("page") and odd.pk not in found("page")


def test_one_that_cannot_be_written_is_not_found_any_more(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    page = factories.content(site, "Sonderbar")
    following.follow()
    monkeypatch.setattr(forms, "postings_of", lambda _passages: 1 / 0)
    page.teaser = "anders"
    page.save()
    following.follow()
    assert page.pk not in found("page")
    assert not SearchChange.objects.exists()


def test_other_rules_make_every_document_anew(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    following.every_minute()
    monkeypatch.setattr(index, "rules", lambda: "otherwis")
    SearchPosting.objects.all().delete()
    following.every_minute()
    assert SearchPosting.objects.exists()
    assert not SearchDocument.objects.exclude(digest__startswith="otherwis").exists()


def test_the_same_passages_are_not_written_again(site: Site) -> None:
    document = SearchDocument.objects.get(kind="page")
    document.postings.all().delete()
    site.root_page.specific.save()
    following.follow()
    assert not document.postings.exists()


def test_the_command_says_what_it_has_repaired(site: Site) -> None:
    said = StringIO()
    call_command("search_index", stdout=said)
    assert "page: 1 documents\n" in said.getvalue() and "Nothing differed." in said.getvalue()
    SearchDocument.objects.all().delete()
    call_command("search_index", stdout=said)
    assert f"1 were missing, now repaired: page {site.root_page_id}" in said.getvalue()


def test_a_kind_without_keys_tells_them_by_what_it_reads(site: Site) -> None:
    kind = kinds.Kind("toy", "Toys", 99, lambda _site, _keys: [Indexed("toy", 3, [])], lambda _site, _keys: {})
    assert kind.public_keys(site) == {3}
