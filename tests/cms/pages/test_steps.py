"""Whatever follows an act follows in one order, whoever connects first, and what fails fails alone."""

import json
import logging
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import signals as rows
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult
from wagtail import signals
from wagtail.log_actions import LogContext
from wagtail.models import Page, PageLogEntry, Workflow

from cms.accounts import User
from cms.bin import pages as bin_pages
from cms.mail.letters import Letter
from cms.pages import page_acts, review_acts, steps
from directory.members import membership
from directory.review import moderation
from news.index import NewsIndexPage
from news.models import NewsPage
from tests import factories
from tests.cms.pages.test_page_acts import work_all
from tests.directory.review import moderating
from tests.translations import content
from translations.models import TranslationStatus

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[3]


@pytest.fixture
def register() -> Iterator[dict[str, list[steps.Step]]]:
    """The register itself; it is afterwards as it was."""
    before = steps.in_order()
    yield steps._steps
    steps._steps.update(before)


@pytest.fixture(autouse=True)
def queue(settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


# The register


@pytest.mark.parametrize("step", [("another", 105), ("translations", 1)], ids=["place", "name"])
def test_two_steps_of_one_place_or_name_are_refused_at_start(register: Any, step: tuple[str, int]) -> None:
    with pytest.raises(ImproperlyConfigured, match="translations"):
        steps.register(page_acts.PUBLISHED, steps.Step(*step, lambda *_given: None))


def test_a_command_prints_the_steps_of_every_act_in_their_order(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("acts")
    printed = capsys.readouterr().out
    for act, found in steps.in_order().items():
        assert f"{act}: " + ", ".join(f"{step.place} {step.name}" for step in found) in printed


def test_the_document_names_every_act_and_step() -> None:
    text = re.sub(r"110–118 `translations\.<language>`", languages_with_places(), (ROOT / "docs/acts.md").read_text())
    lines = {line.split("|")[1].strip(): line for line in text.splitlines() if re.match(r"\| [a-z ]+ \| `", line)}
    assert {act: re.findall(r"(\d+) `([^`]+)`", line) for act, line in lines.items()} == {
        act: [(str(step.place), step.name) for step in found] for act, found in steps.in_order().items()
    }


def languages_with_places() -> str:
    found = steps.in_order()["published"]
    return " ".join(f"{step.place} `{step.name}`" for step in found if 110 <= step.place < 190)


# Each fails alone


def publish(page: NewsPage, _workflow: Workflow, person: User) -> None:
    page.lead = "Niemand ist eingeladen."
    page.save_revision(user=person).publish(user=person)


def unpublish(page: NewsPage, _workflow: Workflow, person: User) -> None:
    page.unpublish(user=person)


def move(page: NewsPage, _workflow: Workflow, _person: User) -> None:
    page.move(NewsIndexPage.objects.get(title="Archiv"), pos="last-child")


def delete(page: NewsPage, _workflow: Workflow, person: User) -> None:
    page.delete(user=person)


def put_into_bin(page: NewsPage, _workflow: Workflow, person: User) -> None:
    bin_pages.put(page=content.translation(page), user=person)


def restore(page: NewsPage, workflow: Workflow, person: User) -> None:
    entry = bin_pages.put(page=page, user=person)
    bin_pages.restore(entry=entry, user=person)


def send(page: NewsPage, workflow: Workflow, person: User) -> Any:
    page.lead = "Niemand ist eingeladen."
    page.save_revision(user=person)
    workflow.start(page, person)
    return NewsPage.objects.get(pk=page.pk).current_workflow_task_state


def approve(page: NewsPage, workflow: Workflow, person: User) -> None:
    send(page, workflow, person).approve(user=person)


def reject(page: NewsPage, workflow: Workflow, person: User) -> None:
    send(page, workflow, person).reject(user=person, comment="Kürzer.")


def cancel(page: NewsPage, workflow: Workflow, person: User) -> None:
    send(page, workflow, person).workflow_state.cancel(user=person)


ACTS: dict[str, Callable[[NewsPage, Workflow, User], Any]] = {
    "published": publish,
    "unpublished": unpublish,
    "moved": move,
    "deleted": delete,
    "binned": put_into_bin,
    "restored": restore,
    "task submitted": send,
    "submitted": send,
    "approved": approve,
    "rejected": reject,
    "cancelled": cancel,
}
HOLDS: dict[str, Callable[[Any], bool]] = {
    "published": lambda page: page.live and page.lead == "Niemand ist eingeladen.",
    "unpublished": lambda page: not page.live,
    "moved": lambda page: page.get_parent().title == "Archiv",
    "deleted": lambda page: page is None,
    "approved": lambda page: page.live and page.lead == "Niemand ist eingeladen.",
    "rejected": lambda page: page.current_workflow_state.status == "needs_changes",
    "cancelled": lambda page: page.current_workflow_state is None,
}


def test_every_act_is_tried() -> None:
    assert set(ACTS) == set(steps.in_order())


@pytest.mark.parametrize("act", ACTS)
def test_each_step_fails_alone_and_is_done_again(
    register: dict[str, list[steps.Step]], caplog: pytest.LogCaptureFixture, act: str
) -> None:
    article = content.article()
    content.published(article)
    factories.news_index(article.get_site(), title="Archiv", slug="archiv")
    workflow, person = content.review_workflow(article), content.reviewer()
    usual, done = list(register[act]), []

    def noted(step: steps.Step, fails: bool) -> steps.Step:
        def do(*given: Any) -> Any:
            if fails:
                raise RuntimeError("odd")
            done.append(step.name)
            return step.do(*given)

        return replace(step, do=do)

    def attempt(failing: str) -> list[str]:
        done.clear()
        register[act] = [noted(each, each.name == failing) for each in usual]
        with LogContext(user=person):
            ACTS[act](NewsPage.objects.get(pk=article.pk), workflow, person)
        register[act] = usual
        return list(done)

    with transaction.atomic():
        expected = attempt("")
        transaction.set_rollback(True)
    assert expected, act
    for failing in dict.fromkeys(expected):
        caplog.clear()
        with transaction.atomic(), caplog.at_level(logging.ERROR):
            assert set(attempt(failing)) == set(expected) - {failing}
            assert HOLDS.get(act, bool)(NewsPage.objects.filter(pk=article.pk).first()), failing
            assert f"step {failing} failed" in caplog.text
            assert f":{article.pk}: step" in caplog.text or act == "binned"
            jobs = DBTaskResult.objects.filter(task_path=steps.do_again.module_path)
            kept = [job.args_kwargs["kwargs"] for job in jobs]
            assert {(each["act"], each["step"]) for each in kept} == {(act, failing)}
            told = Letter.objects.filter(values__template__startswith="cms/mail/not_f")
            assert {letter.to for letter in told} == {person.email}
            work_all()
            assert {(job.status, job.traceback) for job in jobs.all()} == {("SUCCESSFUL", "")}
            transaction.set_rollback(True)


def test_what_a_job_keeps_of_a_page_in_the_bin_is_there_when_it_comes_back(register: Any) -> None:
    article = content.article()
    content.published(article, user=content.reviewer())
    before = content.status(article)
    usual = list(register["binned"])
    register["binned"] = [replace(each, do=lambda *_given: 1 / 0) for each in usual]
    entry = bin_pages.put(page=content.translation(article), user=None)
    register["binned"] = usual
    work_all()
    assert content.status(article).state == "missing"
    bin_pages.restore(entry=entry, user=None)
    after = content.status(article)
    assert (after.state, after.origin, after.live_strings) == (before.state, before.origin, before.live_strings)


# Whoever connects first

TOLD = [each for each in vars(signals).values() if hasattr(each, "receivers")]
ROWS = [rows.pre_save, rows.post_save, rows.pre_delete, rows.post_delete]


def turned_round(register: dict[str, list[steps.Step]]) -> None:
    """As if every app had connected and registered in the other order."""
    for signal in (*TOLD, *ROWS):
        signal.receivers.reverse()
        signal.sender_receivers_cache.clear()
    for name, found in steps.in_order().items():
        register[name] = []
        for step in reversed(found):
            steps.register(steps._acts[name], step)


def outcome() -> dict[str, Any]:
    """What a day's acts leave behind."""
    article = content.article()
    press = content.reviewer()
    for code in ("ar", "tr"):
        content.published(article, code, user=press)
    publish(NewsPage.objects.get(pk=article.pk), Workflow(), press)
    NewsPage.objects.get(pk=article.pk).unpublish()
    content.publish_german(article, lead="Alle sind eingeladen.")
    club = moderating.published(article.get_site())
    member = factories.person("mitglied@example.org")
    membership.join(organisation=club, user=member)
    moderating.sent(club, member, short_description="Neu")
    moderating.write(club, member, short_description="Noch neuer")
    correction = moderating.write(club, press, short_description="Verbessert")
    moderation.approve(page=club, user=press, revision_id=correction.pk)
    bin_pages.restore(entry=bin_pages.put(page=article, user=press), user=press)
    NewsPage.objects.get(pk=article.pk).delete()
    return {
        "pages": sorted(Page.objects.values_list("title", "draft_title", "live", "has_unpublished_changes")),
        "statuses": sorted(TranslationStatus.objects.values_list("language", "state", "origin", "may_follow")),
        "letters": sorted(
            (letter.to, letter.writer, str(letter.values.get("template"))) for letter in Letter.objects.all()
        ),
        "log": sorted(PageLogEntry.objects.values_list("action", "label")),
        "draft": moderating.draft_of(club).short_description,
        "live": moderating.current(club).short_description,
    }


def test_the_order_in_which_apps_connect_changes_nothing(register: dict[str, list[steps.Step]]) -> None:
    with transaction.atomic():
        usual = outcome()
        transaction.set_rollback(True)
    order, kept = steps.in_order(), [(signal, list(signal.receivers)) for signal in (*TOLD, *ROWS)]
    try:
        turned_round(register)
        assert [[step.name for step in found] for found in register.values()] == [
            [step.name for step in found] for found in order.values()
        ]
        assert outcome() == usual
    finally:
        for signal, receivers in kept:
            signal.receivers[:] = receivers
            signal.sender_receivers_cache.clear()


READY = """
import json, sys, django
from django.apps import apps
if sys.argv[1] == "reversed":
    usual = apps.get_app_configs
    apps.get_app_configs = lambda: usual() if apps.ready or not apps.models_ready else reversed(list(usual()))
django.setup()
from wagtail import signals
from cms.pages import steps
told = [each for each in vars(signals).values() if hasattr(each, "receivers")]
mails = [str(receiver) for each in told for _key, receiver, *_rest in each.receivers if "Notifier" in str(receiver)]
print(json.dumps([{name: [each.name for each in found] for name, found in sorted(steps.in_order().items())}, mails]))
"""


def test_apps_that_get_ready_in_the_other_order_do_the_same() -> None:
    usual, other = (
        json.loads(
            subprocess.run(  # noqa: S603
                [sys.executable, "-c", READY, order], cwd=ROOT, check=True, capture_output=True, text=True
            ).stdout
        )
        for order in ("usual", "reversed")
    )
    assert usual == other
    assert usual[1] == [], "Wagtail's app sends no mail about a review by itself"


# Beside a review


def test_what_is_published_beside_a_review_does_not_touch_the_review() -> None:
    club = moderating.published(phone="+4923312070")
    member = factories.member(club)
    moderating.sent(club, member, short_description="Neu")
    revision = moderating.write(club, member, phone="+4923312071")
    with CaptureQueriesContext(connection) as queries:
        page_acts.publish_beside_review(revision=revision, user=member)
    assert not [each for each in queries.captured_queries if each["sql"].startswith('UPDATE "wagtailcore_workflow')]
    assert moderating.kind(club) == "waiting"
    assert moderating.current(club).phone == "+4923312071"


def test_which_mail_an_act_sends_is_decided_in_one_place() -> None:
    assert set(review_acts.WAGTAILS) < set(steps.in_order())
    assert all(steps.in_order()[act][-1].name == "mails" for act in review_acts.WAGTAILS)
