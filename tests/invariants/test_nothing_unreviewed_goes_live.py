"""Whatever happens to the workflow around it, what waits for review does not go live unseen."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupApprovalTask, Task, TaskState, Workflow, WorkflowPage, WorkflowTask

from cms.admin import guards
from cms.admin.refusals import Refused
from directory.models import DirectoryPage
from directory.review import moderation
from directory.review import workflow as reviews
from directory.review.task import ReviewTask
from tests import factories
from tests.cms.admin.test_guards import is_refused, told
from tests.directory.review import moderating

pytestmark = pytest.mark.django_db


@pytest.fixture
def club():
    """A public profile, with a change of a member's that waits."""
    club = moderating.published()
    moderating.sent(club, factories.member(club), short_description="Ungesehen")
    assert moderating.kind(club) == "waiting"
    return club


def require_unseen(club) -> None:
    assert moderating.current(club).short_description == "Alt"
    assert moderating.kind(club) == "waiting"
    assert TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).count() == 1


def by_view(client: Client, task: Task) -> None:
    client.force_login(factories.administrator())
    response = client.post(reverse("wagtailadmin_workflows:disable_task", args=[task.pk]))
    assert is_refused(response)
    assert "Verein" in told(response)[-1][1]


def by_deactivating(client: Client, task: Task) -> None:
    with pytest.raises(Refused), transaction.atomic():
        task.deactivate()


def by_saving(client: Client, task: Task) -> None:
    task.active = False
    with pytest.raises(Refused), transaction.atomic():
        task.save()


def by_deleting(client: Client, task: Task) -> None:
    with pytest.raises(Refused), transaction.atomic():
        task.delete()


def by_saving_past_the_guards(client: Client, task: Task) -> None:
    """As another program would, in the database itself; then the state is cancelled as Wagtail does it."""
    Task.objects.filter(pk=task.pk).update(active=False)
    with pytest.raises(Refused), transaction.atomic():
        TaskState.objects.get(task=task).specific.cancel()


@pytest.mark.parametrize("way", [by_view, by_deactivating, by_saving, by_deleting, by_saving_past_the_guards])
@pytest.mark.parametrize("model", [Task, ReviewTask])
def test_disabling_a_task_publishes_nothing_that_waits(
    client: Client, club, way: Callable, model: type[Task], django_capture_on_commit_callbacks: Callable
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        way(client, model.objects.get())
    assert moderating.current(club).short_description == "Alt"
    if way is not by_saving_past_the_guards:
        require_unseen(club)
        assert Task.objects.get().active


def test_the_guard_counts_for_every_kind_of_task(client: Client) -> None:
    site, press = factories.municipality(), factories.press()
    index = factories.news_index(site)
    task, other = GroupApprovalTask.objects.create(name="Blick"), GroupApprovalTask.objects.create(name="Zweiter")
    task.groups.set(Group.objects.all())
    workflow = Workflow.objects.create(name="Vier Augen")
    for order, each in enumerate((task, other)):
        WorkflowTask.objects.create(workflow=workflow, task=each, sort_order=order)
    WorkflowPage.objects.create(workflow=workflow, page=index)
    article = factories.article(index, "Neuigkeit", live=False)
    article.save_revision(user=press)
    workflow.start(article, press)
    by_view_of_news = reverse("wagtailadmin_workflows:disable_task", args=[task.pk])
    client.force_login(factories.administrator())
    assert is_refused(client.post(by_view_of_news))
    article.refresh_from_db()
    assert not article.live
    assert guards.waiting_in(other) == []
    client.cookies.pop("messages", None)
    assert told(client.post(reverse("wagtailadmin_workflows:disable_task", args=[other.pk])))[-1][0] == "success"
    assert not Task.objects.get(pk=other.pk).active


def test_the_only_task_of_a_directory_stays_when_nothing_waits(client: Client) -> None:
    moderating.published()
    client.force_login(factories.administrator())
    task = ReviewTask.objects.get()
    assert is_refused(client.post(reverse("wagtailadmin_workflows:disable_task", args=[task.pk])))
    assert Task.objects.get().active


def test_the_workflow_of_a_directory_stays(client: Client, club) -> None:
    client.force_login(factories.administrator())
    workflow = Workflow.objects.get()
    assert is_refused(client.post(reverse("wagtailadmin_workflows:disable", args=[workflow.pk])))
    with pytest.raises(Refused), transaction.atomic():
        WorkflowPage.objects.get().delete()
    assert Workflow.objects.get().active
    require_unseen(club)


def test_a_directory_may_get_another_workflow(client: Client, club) -> None:
    other = Workflow.objects.create(name="Andere")
    assigned = WorkflowPage.objects.get()
    assigned.workflow = other
    assigned.save()
    Workflow.objects.exclude(pk=other.pk).get().deactivate()
    assert DirectoryPage.objects.get().get_workflow() == other


def test_nothing_is_sent_to_a_workflow_without_an_active_task() -> None:
    club = moderating.published()
    member = factories.member(club)
    moderating.write(club, member, short_description="Ungesehen")
    WorkflowTask.objects.all().delete()
    with pytest.raises(moderation.NotSubmittable):
        moderation.submit(page=club, user=member)
    assert moderating.current(club).short_description == "Alt"
    assert [problem.id for problem in reviews.every_directory_has_a_workflow()] == ["directory.W001"]
