"""Every page of the demo content opens in the editor of everybody who may open it, in every language."""

import pytest
from django.http import HttpResponse
from django.test import Client
from wagtail.models import Page

from cms.accounts import User, roles
from cms.localization import languages, locales
from tests import factories
from translations import publishing

TRANSLATED = [language.code for language in languages.LANGUAGES if language.code != languages.SOURCE]


def opened(user: User, page: Page) -> HttpResponse:
    client = Client()
    client.force_login(user)
    return client.get(f"/admin/pages/{page.pk}/edit/")


def german_pages() -> list[Page]:
    pages = Page.objects.filter(depth__gt=1, locale_id=locales.id_of(languages.SOURCE), alias_of=None)
    return list(pages.specific().order_by("path"))


@pytest.mark.parametrize("role", [roles.ADMINISTRATORS, roles.PRESS, roles.KI])
def test_every_german_page_opens(demo: None, role: str) -> None:
    user = factories.person("new@example.org", role)
    for page in german_pages():
        may = page.permissions_for_user(user).can_edit()
        assert opened(user, page).status_code == (200 if may else 302), page.url_path


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_translation_opens_also_one_that_has_just_begun(demo: None, code: str) -> None:
    """In Arabic every page, in the other languages one of each type: a page has the same fields in each."""
    translator = factories.person("new@example.org", roles.translators(code))
    one_of_each = {type(page): page for page in german_pages()}.values()
    for page in german_pages() if code == "ar" else one_of_each:
        publishing.save_words(page=page, language=code, words={})
        translation = Page.objects.get(translation_key=page.translation_key, locale_id=locales.id_of(code))
        assert opened(translator, translation).status_code == 200, page.url_path
