"""What an editor sends after the log-in has ended is offered for saving after the next one."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.sessions.models import Session
from django.http import QueryDict
from django.test import Client

from cms.forms.kept import KeptForm
from news.models import NewsPage
from tests import factories
from tests.news.admin_forms import fields_at
from tests.translations import content

pytestmark = pytest.mark.django_db


class Editor:
    def __init__(self) -> None:
        self.page = content.article()
        self.user = factories.press()
        self.client = Client()
        self.client.force_login(self.user)
        self.address = f"/admin/pages/{self.page.pk}/edit/"

    def back(self) -> BeautifulSoup:
        self.client.force_login(self.user)
        return BeautifulSoup(self.client.get(self.address).content, "html.parser")

    def newest(self) -> NewsPage:
        found: NewsPage = NewsPage.objects.get(pk=self.page.pk).get_latest_revision_as_object()
        return found


@pytest.fixture
def editor() -> Editor:
    made = Editor()
    form = {**fields_at(made.client, made.address), "title": "Ein großes Fest", "action-publish": "action-publish"}
    Session.objects.all().delete()
    answer = made.client.post(made.address, form)
    assert "/admin/login/" in answer["Location"]
    return made


def test_it_is_offered_until_it_is_saved_or_discarded(editor: Editor) -> None:
    for _look in range(2):
        soup = editor.back()
        kept = {area["name"]: area.get_text().strip() for area in soup.select("textarea[hidden]")}
        assert kept["title"] == "Ein großes Fest"
        assert not [name for name in kept if name.startswith("action-")]
    editor.client.post(editor.address, {"kept-discard": "1"})
    assert not editor.back().select("textarea[hidden]")
    assert not KeptForm.objects.exists()


def test_sent_again_it_is_a_draft_and_nothing_public_has_changed(editor: Editor) -> None:
    soup = editor.back()
    again = QueryDict(mutable=True)
    for area in soup.select("textarea[hidden]"):
        again.appendlist(str(area["name"]), area.get_text().removeprefix("\n"))
    editor.client.post(editor.address, {**dict(again.lists()), "kept-again": "1"})
    assert editor.newest().title == "Ein großes Fest"
    assert NewsPage.objects.get(pk=editor.page.pk).title == "Ein Fest"
    assert not KeptForm.objects.exists()


def test_an_autosave_without_log_in_keeps_nothing(editor: Editor) -> None:
    KeptForm.objects.all().delete()
    editor.client.post(editor.address, {"title": "x"}, headers={"accept": "application/json"})
    assert not KeptForm.objects.exists()


def test_who_may_not_edit_the_page_stores_nothing(editor: Editor) -> None:
    KeptForm.objects.all().delete()
    editor.user.groups.clear()
    editor.client.post(editor.address, {"title": "x"})
    assert not KeptForm.objects.exists()
