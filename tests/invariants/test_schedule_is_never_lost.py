"""Invariant 9, schedules: what is due happens once, later if need be, and somebody is told when it cannot."""

import datetime as dt
import os
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Revision
from wagtail.signals import page_published

from cms.accounts import User, roles
from cms.jobs import every_minute
from cms.jobs.schedule_failures import ScheduleFailure
from cms.media import Image
from news.models import NewsIndexPage, NewsPage
from tests import factories
from tests.journeys.product import MANAGE, ROOT, environment
from tests.translations import content

pytestmark = pytest.mark.django_db

Commit = Callable[..., Any]


@pytest.fixture
def index() -> NewsIndexPage:
    return factories.news_index(factories.municipality())


@pytest.fixture
def editor() -> User:
    return factories.person("redaktion@example.org", roles.PRESS, preferred_language="en")


@pytest.fixture
def uncredited() -> Image:
    return factories.picture("Sommerfest")


def scheduled(index: NewsIndexPage, title: str, by: User | None = None, *, minutes: int = 1, **fields: Any) -> NewsPage:
    """An article that should have been public for some minutes: no clock has run since."""
    page = factories.article(index, title, live=False, **fields)
    page.go_live_at = timezone.now() + dt.timedelta(hours=1)
    page.save_revision(user=by).publish(user=by)
    return overdue(page, minutes)


def overdue(page: NewsPage, minutes: int = 1) -> NewsPage:
    at = timezone.now() - dt.timedelta(minutes=minutes)
    revision = page.get_latest_revision()
    revision.content["go_live_at"] = at.isoformat()
    revision.approved_go_live_at = at
    revision.save()
    return NewsPage.objects.get(pk=page.pk)


def broken(index: NewsIndexPage, picture: Image, by: User | None = None) -> NewsPage:
    """Its picture has lost its credit since the time was set."""
    page = scheduled(index, "Ohne Bildnachweis", by, minutes=9, main_image=picture, main_image_alt="Menschen")
    Image.objects.filter(pk=picture.pk).update(credit="")
    return page


def a_minute(commit: Commit) -> None:
    with commit(execute=True):
        every_minute.do_all()


def is_live(page: Page) -> bool:
    return Page.objects.get(pk=page.pk).live


def is_scheduled(page: Page) -> bool:
    return Revision.page_revisions.filter(object_id=str(page.pk), approved_go_live_at__isnull=False).exists()


def again_now() -> None:
    ScheduleFailure.objects.update(try_at=timezone.now())


def test_one_that_fails_delays_nothing_else_and_keeps_its_time(
    index: NewsIndexPage, uncredited: Image, django_capture_on_commit_callbacks: Commit
) -> None:
    bad = broken(index, uncredited)
    good = [scheduled(index, f"Artikel {number}") for number in range(3)]
    a_minute(django_capture_on_commit_callbacks)
    assert [is_live(page) for page in good] == [True] * 3
    assert (is_live(bad), is_scheduled(bad)) == (False, True)


def test_what_is_mended_goes_live_by_itself(
    index: NewsIndexPage, uncredited: Image, django_capture_on_commit_callbacks: Commit
) -> None:
    bad = broken(index, uncredited)
    a_minute(django_capture_on_commit_callbacks)
    Image.objects.filter(pk=uncredited.pk).update(credit="Foto: Stadt")
    again_now()
    a_minute(django_capture_on_commit_callbacks)
    assert (is_live(bad), is_scheduled(bad)) == (True, False)
    assert not ScheduleFailure.objects.exists()


def test_who_has_set_the_time_is_told_once_in_their_language(
    index: NewsIndexPage, uncredited: Image, editor: User, django_capture_on_commit_callbacks: Commit
) -> None:
    bad = broken(index, uncredited, by=editor)
    for _ in range(3):
        again_now()
        a_minute(django_capture_on_commit_callbacks)
    [told] = [each for each in mail.outbox if each.to == [editor.email]]
    assert "Ohne Bildnachweis" in told.subject
    assert "“Sommerfest” has no credit" in str(told.body)
    assert f"/admin/pages/{bad.pk}/edit/" in str(told.body)
    assert ScheduleFailure.objects.get().attempts == 3


def test_a_time_that_is_set_anew_and_fails_anew_is_told_anew(
    index: NewsIndexPage, uncredited: Image, editor: User, django_capture_on_commit_callbacks: Commit
) -> None:
    bad = broken(index, uncredited, by=editor)
    a_minute(django_capture_on_commit_callbacks)
    overdue(bad, minutes=2)
    again_now()
    a_minute(django_capture_on_commit_callbacks)
    assert len([each for each in mail.outbox if each.to == [editor.email]]) == 2


def test_it_is_tried_less_and_less_often(
    index: NewsIndexPage, uncredited: Image, django_capture_on_commit_callbacks: Commit
) -> None:
    broken(index, uncredited)
    pauses = []
    for _ in range(6):
        again_now()
        a_minute(django_capture_on_commit_callbacks)
        pauses.append(round((ScheduleFailure.objects.get().try_at - timezone.now()).total_seconds() / 60))
    assert pauses == [1, 2, 5, 10, 15, 15]
    a_minute(django_capture_on_commit_callbacks)
    assert ScheduleFailure.objects.get().attempts == 6, "its time to be tried has not come"


def test_a_schedule_that_is_given_up_is_no_failure_any_more(
    index: NewsIndexPage, uncredited: Image, django_capture_on_commit_callbacks: Commit
) -> None:
    bad = broken(index, uncredited)
    a_minute(django_capture_on_commit_callbacks)
    Revision.page_revisions.filter(object_id=str(bad.pk)).update(approved_go_live_at=None)
    a_minute(django_capture_on_commit_callbacks)
    assert not ScheduleFailure.objects.exists()


@pytest.fixture
def listener() -> Iterator[Callable[[Callable[[Page], None]], None]]:
    """Something of ours that listens to what is published, and fails."""
    connected: list[Any] = []

    def listen(act: Callable[[Page], None]) -> None:
        def receiver(instance: Page, **_signal: Any) -> None:
            act(instance)

        connected.append(receiver)
        page_published.connect(receiver, weak=False)

    yield listen
    for receiver in connected:
        page_published.disconnect(receiver)


def test_an_unexpected_error_loses_nothing_and_is_told_without_its_details(
    index: NewsIndexPage,
    editor: User,
    listener: Callable[[Callable[[Page], None]], None],
    django_capture_on_commit_callbacks: Commit,
) -> None:
    page = scheduled(index, "Ein Artikel", editor)

    def fail(instance: Page) -> None:
        raise RuntimeError("secret detail")

    listener(fail)
    a_minute(django_capture_on_commit_callbacks)
    assert (is_live(page), is_scheduled(page)) == (False, True)
    [told] = [each for each in mail.outbox if each.to == [editor.email]]
    assert "secret detail" not in str(told.body)
    assert not PageLogEntry.objects.filter(page=page.pk, action="wagtail.publish.scheduled").exists()


def test_a_database_that_goes_away_is_nobodys_failure(
    index: NewsIndexPage,
    editor: User,
    listener: Callable[[Callable[[Page], None]], None],
    django_capture_on_commit_callbacks: Commit,
) -> None:
    page = scheduled(index, "Ein Artikel", editor)
    away = [True]

    def vanish(instance: Page) -> None:
        if away.pop() if away else False:
            raise OperationalError("server closed the connection unexpectedly")

    listener(vanish)
    a_minute(django_capture_on_commit_callbacks)
    assert (is_live(page), is_scheduled(page), mail.outbox) == (False, True, [])
    a_minute(django_capture_on_commit_callbacks)
    assert is_live(page)


# Expiry


def test_what_expires_is_taken_off_one_by_one(
    index: NewsIndexPage, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Commit
) -> None:
    pages = [factories.article(index, f"Artikel {number}") for number in range(3)]
    Page.objects.filter(pk__in=[page.pk for page in pages]).update(expire_at=timezone.now() - dt.timedelta(minutes=1))
    genuine = Page.unpublish

    def unpublish(self: Page, *args: Any, **kwargs: Any) -> Any:
        if self.pk == pages[0].pk:
            raise RuntimeError("this one cannot")
        return genuine(self, *args, **kwargs)

    monkeypatch.setattr(Page, "unpublish", unpublish)
    a_minute(django_capture_on_commit_callbacks)
    assert [is_live(page) for page in pages] == [True, False, False]
    monkeypatch.setattr(Page, "unpublish", genuine)
    again_now()
    a_minute(django_capture_on_commit_callbacks)
    assert not is_live(pages[0])


def test_a_version_that_comes_after_the_expiry_still_comes(
    index: NewsIndexPage, django_capture_on_commit_callbacks: Commit
) -> None:
    page = factories.article(index)
    page.go_live_at = timezone.now() + dt.timedelta(hours=1)
    page.save_revision().publish()
    Page.objects.filter(pk=page.pk).update(live=True, expire_at=timezone.now() - dt.timedelta(minutes=1))
    a_minute(django_capture_on_commit_callbacks)
    assert (is_live(page), is_scheduled(page)) == (False, True)


# On the first page of the admin


def test_the_press_sees_what_and_why_and_has_it_tried_again(
    index: NewsIndexPage, uncredited: Image, editor: User, django_capture_on_commit_callbacks: Commit
) -> None:
    bad = broken(index, uncredited)
    a_minute(django_capture_on_commit_callbacks)
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    assert "hat keinen Bildnachweis" in str(press_the_button(client, bad))
    Image.objects.filter(pk=uncredited.pk).update(credit="Foto: Stadt")
    press_the_button(client, bad)
    assert is_live(bad)
    assert "what-failed" not in client.get("/admin/").content.decode()


def press_the_button(client: Client, page: Page) -> list[str]:
    """ "Try again now" on the first page of the admin, as a browser sends it; what is said then."""
    panel = BeautifulSoup(client.get("/admin/").content, "html.parser").select_one("#failed-schedules").parent  # type: ignore[union-attr]
    assert panel is not None
    assert panel.select_one(f"a[href='/admin/pages/{page.pk}/edit/']")
    assert "hat keinen Bildnachweis" in panel.text
    form = panel.select_one("form")
    assert form is not None
    fields = {str(field["name"]): str(field["value"]) for field in form.select("input")}
    answer = client.post(str(form["action"]), fields, follow=True)
    return [str(message) for message in answer.context["messages"]]


@pytest.mark.parametrize(("role", "may"), [("press", True), ("administrator", True), ("ki", False), ("uk", False)])
def test_only_who_may_publish_it_sees_it_and_has_it_tried(
    role: str,
    may: bool,
    index: NewsIndexPage,
    uncredited: Image,
    client: Client,
    django_capture_on_commit_callbacks: Commit,
) -> None:
    bad = broken(index, uncredited)
    a_minute(django_capture_on_commit_callbacks)
    Image.objects.filter(pk=uncredited.pk).update(credit="Foto: Stadt")
    people = {"press": factories.press, "administrator": factories.administrator, "ki": factories.ki}
    client.force_login(people[role]() if role in people else factories.translator(role))
    assert ("Ohne Bildnachweis" in client.get("/admin/").content.decode()) == may
    client.post(f"/admin/what-failed/schedule/{ScheduleFailure.objects.get().pk}/again/")
    assert is_live(bad) == may


# Real clocks


class Installation:
    """A copy of the database of the test, on which real processes work."""

    def __init__(self, data: Path) -> None:
        self.data = data
        connection.ensure_connection()
        (data / "db.sqlite3").write_bytes(connection.connection.serialize())

    def start(self, *arguments: str) -> "subprocess.Popen[bytes]":
        with (self.data / "log").open("ab") as log:
            return subprocess.Popen([*MANAGE, *arguments], env=environment(self.data), cwd=ROOT, stdout=log, stderr=log)  # noqa: S603

    def ask(self, question: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.data / "db.sqlite3", timeout=20)) as database:
            return database.execute(question).fetchall()

    def count(self, where: str) -> int:
        return int(self.ask(f"SELECT count(*) FROM {where}")[0][0])  # noqa: S608

    @contextmanager
    def watched(self) -> Iterator[None]:
        try:
            yield
        except AssertionError:
            print((self.data / "log").read_text())
            raise


PUBLISHED = "wagtailcore_pagelogentry WHERE action = 'wagtail.publish.scheduled'"
WAITING = "wagtailcore_revision WHERE approved_go_live_at IS NOT NULL"
on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="the clocks share a copy of the SQLite file")


@pytest.fixture
def installation(index: NewsIndexPage, tmp_path: Path) -> Installation:
    for number in range(30):
        scheduled(index, f"Artikel {number}")
    return Installation(tmp_path)


@on_sqlite
@pytest.mark.parametrize("command", [("clock", "--once"), ("publish_scheduled",)])
def test_two_clocks_publish_each_thing_once(installation: Installation, command: tuple[str, ...]) -> None:
    clocks = [installation.start(*command) for _ in range(2)]
    with installation.watched():
        assert [clock.wait(120) for clock in clocks] == [0, 0]
        assert (installation.count(PUBLISHED), installation.count(WAITING)) == (30, 0)
        assert installation.ask(f"SELECT page_id FROM {PUBLISHED} GROUP BY page_id HAVING count(*) > 1") == []  # noqa: S608


@on_sqlite
def test_a_clock_that_is_killed_while_it_publishes_loses_nothing(installation: Installation) -> None:
    with installation.watched():
        for killed_after in (1, 8, 15):
            clock = installation.start("publish_scheduled")
            deadline = time.monotonic() + 120
            while installation.count(PUBLISHED) < killed_after and time.monotonic() < deadline:
                time.sleep(0.005)
            os.kill(clock.pid, signal.SIGKILL)
            clock.wait()
            done = installation.count(PUBLISHED)
            assert done + installation.count(WAITING) == 30
            assert installation.count("news_newspage JOIN wagtailcore_page ON id = page_ptr_id WHERE live") == done
        assert installation.start("publish_scheduled").wait(120) == 0
        assert (installation.count(PUBLISHED), installation.count(WAITING)) == (30, 0)


def test_cron_publishes_as_the_clock_does(index: NewsIndexPage, uncredited: Image) -> None:
    bad, good = broken(index, uncredited), scheduled(index, "Ein Artikel")
    call_command("publish_scheduled")
    assert (is_live(good), is_live(bad), is_scheduled(bad)) == (True, False, True)


def test_translations_that_are_due_are_published_too(django_capture_on_commit_callbacks: Commit) -> None:
    page = content.article()
    content.save(page, "ar")
    translated = content.translation(page, "ar")
    revision = translated.get_latest_revision()
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=timezone.now() - dt.timedelta(minutes=1))
    a_minute(django_capture_on_commit_callbacks)
    assert is_live(translated)
