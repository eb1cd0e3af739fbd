"""Invariant 2: nobody without publish rights changes one byte of a public page, by any route."""

import itertools
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from wagtail.models import Locale, Page, Site
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from cms.accounts import throttling
from cms.pages.base_page import BasePage
from cms.search.following import follow
from tests import factories
from tests.translations import content

pytestmark = pytest.mark.django_db
PUBLIC = [
    *(f"/de/{path}" for path in ("", "ueber-uns/", "aktuelles/artikel/", "organisationen/verein/")),
    *(f"/ar/{path}" for path in ("", "ueber-uns/", "aktuelles/", "aktuelles/artikel/", "aktuelles/feed/")),
    "/ar/search/?q=%D8%AE%D8%A8%D8%B1",
    "/tr/aktuelles/artikel/",
    "/sitemap.xml",
    "/sitemap-de.xml",
    "/sitemap-ar.xml",
]
PUBLISHED, SENT = "خبر منشور", "كلمات جديدة لم يقرأها أحد"


@pytest.fixture(scope="module")
def site(kept: None) -> Site:
    site = factories.municipality(offices=[("office", factories.contact())])
    pages = [
        site.root_page.specific,
        factories.content(site, "Über uns", slug="ueber-uns", body=[("heading", {"text": "Wer wir sind"})]),
        factories.news_index(site),
    ]
    picture = factories.picture()
    pages.append(factories.article(pages[-1], "Artikel", slug="artikel", main_image=picture, main_image_alt="Ein Bild"))
    club = factories.organisation(factories.directory(site), "Verein", slug="verein", short_description="Kurz")
    for page in pages:
        translate(page, "ar", PUBLISHED)
        translate(page, "tr", "Yayında")
    factories.member(club)
    draft = page_at("ueber-uns", "ar")
    draft.title = SENT
    draft.save_revision()
    return site


def translate(page: BasePage, code: str, words: str) -> None:
    """A published translation as wagtail-localize makes it, sentence by sentence."""
    locale = Locale.objects.get(language_code=code)
    source, _ = TranslationSource.get_or_create_from_instance(page)
    for segment in StringSegment.objects.filter(source=source):
        StringTranslation.objects.get_or_create(
            translation_of=segment.string, locale=locale, context=segment.context, defaults={"data": words}
        )
    Translation.objects.create(source=source, target_locale=locale)
    translated, _ = source.create_or_update_translation(locale, publish=False)
    translated.get_latest_revision().publish()


def page_at(slug: str, code: str) -> Any:
    if not slug:
        key = Site.objects.get(is_default_site=True).root_page.translation_key
        return Page.objects.get(translation_key=key, locale__language_code=code).specific
    return Page.objects.get(slug=slug, locale__language_code=code).specific


def public_bytes() -> dict[str, bytes]:
    visitor = Client()
    return {address: visitor.get(address).content for address in PUBLIC}


@pytest.fixture(scope="module")
def before(site: Site) -> dict[str, bytes]:
    """What visitors get before any of these tests; the search has followed what was written without a request."""
    follow()
    found = public_bytes()
    assert PUBLISHED in found["/ar/aktuelles/artikel/"].decode()
    return found


@pytest.fixture
def unchanged(before: dict[str, bytes]) -> Iterator[None]:
    """What visitors get after the test is what they got before it, byte for byte."""
    yield
    after = public_bytes()
    assert [address for address in before if before[address] != after[address]] == []
    assert SENT not in b"".join(after.values()).decode()


@pytest.fixture
def translator(client: Client) -> Client:
    client.force_login(factories.translator("ar"))
    return client


# Translators, by name of the way


@pytest.mark.parametrize("action", ["save", "submit", "publish"])
def test_writing_a_translation_publishes_nothing(unchanged: None, translator: Client, action: str) -> None:
    address = reverse("wagtailadmin_pages:edit", args=[page_at("artikel", "ar").pk])
    translator.post(address, {**content.workbench_fields(translator, address, SENT), "action": action})
    assert StringTranslation.objects.filter(data=SENT).exists(), "nothing was written; this test would prove nothing"


def test_the_way_past_the_workbench_is_closed(unchanged: None, translator: Client) -> None:
    page = page_at("artikel", "ar")
    translation = Translation.objects.get(source__object_id=page.translation_key, target_locale=page.locale)
    for segment in StringSegment.objects.filter(source=translation.source):
        address = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
        body = urlencode({"value": SENT})
        sent = translator.put(address, body, content_type="application/x-www-form-urlencoded")
        assert sent.status_code == 410
    assert not StringTranslation.objects.filter(data=SENT).exists()


@pytest.mark.parametrize("action", ["publish", "save", "submit", "", "unpublish"])
def test_the_translation_editor_publishes_nothing(unchanged: None, translator: Client, action: str) -> None:
    page = page_at("artikel", "ar")
    StringTranslation.objects.filter(locale=page.locale).update(data=SENT)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert translator.get(address).status_code == 200
    translator.post(address, {"action": action, f"action-{action}": "1"})


@pytest.mark.parametrize("kind", ["po", "xliff-1.2", "xliff-2.0"])
def test_an_uploaded_file_publishes_nothing(unchanged: None, translator: Client, kind: str) -> None:
    page = page_at("artikel", "ar")
    out = translator.get(reverse("translations:send_out", args=["ar"]), {"format": kind, "page": page.pk})
    file = SimpleUploadedFile("ar.po", out.content.decode().replace(PUBLISHED, SENT).encode())
    answer = translator.post(reverse("translations:take_back", args=["ar"]), {"file": file, "overwrite": "on"})
    assert answer.status_code == 200
    assert StringTranslation.objects.filter(data=SENT).exists(), "nothing was written; this test would prove nothing"


@pytest.mark.parametrize("slug", ["artikel", "ueber-uns", "aktuelles", ""])
def test_turning_a_translation_back_into_an_alias_is_not_for_translators(
    unchanged: None, translator: Client, slug: str
) -> None:
    """It would take the translation off the site without anybody's approval."""
    page = page_at(slug, "ar")
    for method in (translator.get, translator.post):
        method(reverse("wagtail_localize:convert_to_alias", args=[page.pk]))
    page.refresh_from_db()
    assert page.alias_of is None


def test_a_translation_cannot_be_stopped_to_reach_the_ordinary_editor(unchanged: None, translator: Client) -> None:
    page = page_at("ueber-uns", "ar")
    translation = Translation.objects.get(source__object_id=page.translation_key, target_locale=page.locale)
    assert translator.post(reverse("wagtail_localize:stop_translation", args=[translation.pk])).status_code == 410
    translation.refresh_from_db()
    assert translation.enabled
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = {"title": SENT, "slug": "neu", "lead": SENT, "teaser": SENT, "body-count": "0", "comments-TOTAL_FORMS": "0"}
    form |= {"comments-INITIAL_FORMS": "0", "seo_title": "", "search_description": ""}
    latest = page.latest_revision_id
    for action in ("action-publish", "action-submit", "action-restart-workflow", "action-save"):
        translator.post(address, {**form, action: "1"})
    page.refresh_from_db()
    assert page.latest_revision_id == latest


@pytest.mark.parametrize("code", ["de", "ar", "tr"])
@pytest.mark.parametrize(
    "way",
    ["unpublish", "delete", "convert_alias", "set_privacy", "lock", "copy", "move", "set_page_position", "unlock"],
)
def test_page_actions_change_nothing(unchanged: None, translator: Client, way: str, code: str) -> None:
    page = page_at("artikel", code)
    names = {"unpublish": "wagtailadmin_pages:unpublish", "set_page_position": "wagtailadmin_pages:set_page_position"}
    address = reverse(names.get(way, f"wagtailadmin_pages:{way}"), args=[page.pk])
    posted = {
        "restriction_type": "password",
        "password": "x",
        "new_title": SENT,
        "new_slug": "kopie",
        "new_parent_page": page.get_parent().pk,
        "publish_copies": "on",
        "position": "0",
        "confirm_site_name": "x",
    }
    translator.post(address, posted)


@pytest.mark.parametrize("action", ["delete", "publish", "unpublish", "move"])
@pytest.mark.parametrize("code", ["de", "ar", "tr"])
def test_bulk_actions_change_nothing(unchanged: None, translator: Client, action: str, code: str) -> None:
    page = page_at("ueber-uns", code)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    data = {"include_descendants": "on", "chooser": page.get_parent().pk, "next": "/admin/"}
    translator.post(f"{address}?id={page.pk}&next=/admin/", data)


def test_old_and_newer_revisions_stay_unpublished(unchanged: None, translator: Client) -> None:
    page = page_at("ueber-uns", "ar")
    latest = page.get_latest_revision()
    for name in ("revisions_revert", "revisions_view", "revisions_unschedule"):
        address = reverse(f"wagtailadmin_pages:{name}", args=[page.pk, latest.pk])
        translator.get(address)
        translator.post(address, {"action-publish": "1"})


# Any way at all


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from patterns(pattern, inner)
        elif pattern.name:
            yield prefix + pattern.name, pattern


def admin_addresses(site: Site) -> list[str]:
    """Every address of the admin, with the numbers of pages, pictures, records and people that are there."""
    root = next(each for each in get_resolver().url_patterns if str(each.pattern) == "admin/")
    article = page_at("artikel", "ar")
    translation = Translation.objects.get(source__object_id=article.translation_key, target_locale__language_code="ar")
    found = []
    for name, pattern in patterns(root):
        if name in ("wagtailadmin_logout", "wagtailadmin_login"):
            continue
        converters = pattern.pattern.converters
        count = pattern.pattern.regex.groups if hasattr(pattern.pattern, "regex") else len(converters)
        words = {
            "app_label": "wagtailcore",
            "model_name": "page",
            "content_type_app_name": "home",
            "content_type_model_name": "contentpage",
            "action": "publish",
            "task_name": "x",
            "mode": "",
        }
        for number in (article.pk, translation.pk) if count else (0,):
            values = {key: words.get(key, number) for key in converters}
            try:
                found.append(reverse(name, kwargs=values) if values else reverse(name))
            except NoReverseMatch:
                continue
    return list(dict.fromkeys(found))


POSTED = {
    "title": SENT, "slug": "neu", "name": SENT, "action-publish": "1", "action": "publish", "confirm": "on",
    "restriction_type": "password", "password": "x", "new_title": SENT, "new_slug": "kopie", "publish_copies": "on",
    "office_de": SENT, "key": "ki", "claim_de": SENT, "hostname": "x", "position": "0", "language_code": "xx",
}  # fmt: skip


def test_no_address_of_the_admin_lets_a_translator_change_a_public_page(
    unchanged: None, translator: Client, site: Site
) -> None:
    addresses = admin_addresses(site)
    assert len(addresses) > 200
    translator.raise_request_exception = False
    opened = 0
    for address in addresses:
        opened += translator.get(address).status_code == 200
        translator.post(address, POSTED)
    assert opened > 20, "the translator is not logged in; this test would prove nothing"


# Members of organisations


def test_no_address_of_the_admin_opens_for_a_member(unchanged: None, client: Client, site: Site) -> None:
    club = page_at("verein", "de")
    client.force_login(factories.member(club))
    client.raise_request_exception = False
    opened = []
    for address in [*admin_addresses(site), reverse("wagtailadmin_pages:edit", args=[club.pk])]:
        for answer in (client.get(address), client.post(address, POSTED)):
            if answer.status_code not in (302, 403, 404, 405):
                opened.append(address)
    open_to_all = ("/admin/password_reset/", "/admin/jsi18n/", "/admin/localize/jsi18n/", "/admin/sprite/")
    assert [address for address in dict.fromkeys(opened) if not address.startswith(open_to_all)] == []


def test_no_address_of_the_admin_opens_for_a_visitor(
    unchanged: None, client: Client, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.raise_request_exception = False
    # Or all but the first hundred addresses would be closed for that reason alone.
    monkeypatch.setattr(throttling.Limit, "count", lambda self, **_who: None)
    addresses = admin_addresses(site)
    opened = [
        address
        for address, method in itertools.product(addresses, ("get", "post"))
        if getattr(client, method)(address, POSTED).status_code not in (302, 403, 404, 405)
    ]
    open_to_all = ("/admin/password_reset/", "/admin/jsi18n/", "/admin/localize/jsi18n/", "/admin/sprite/")
    assert [address for address in dict.fromkeys(opened) if not address.startswith(open_to_all)] == []
