"""What the demo content lacks for every button of the admin to be shown."""

import datetime as dt
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    PageViewRestriction,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from cms.accounts import User, roles
from cms.bin import media as bin_media
from cms.bin import pages as bin_pages
from cms.jobs.schedule_failures import ScheduledAct, ScheduleFailure
from cms.localization import languages
from cms.mail.letters import Letter, LetterState, new_message_id
from cms.search.missed_words import MissedWord
from dates.calendar_import.models import FollowedCalendar
from directory.members import access_requests, membership
from directory.models import OrganisationPage
from directory.review import moderation
from home.barrier import BarrierReport
from home.models import ContentPage
from news.models import NewsIndexPage, NewsPage
from tests import factories


def german(model: Any) -> Any:
    return model.objects.sources().filter(live=True).order_by("pk").first()


def make_rows() -> None:
    site = Site.objects.get(is_default_site=True)
    organisation, article = german(OrganisationPage), german(NewsPage)
    press, admin = User.objects.get(email="press@example.org"), User.objects.get(email="admin@example.org")

    # Records of every kind
    BarrierReport.objects.create(site=site, message="Das Menü geht nicht", language="de", page="/de/")
    Redirect.objects.create(old_path="/de/alt", site=site, redirect_link="https://city.example/")
    FollowedCalendar.objects.get_or_create(organisation=organisation, url="https://club.example/calendar.ics")
    document = Document(title="Satzung")
    document.file.save("satzung.txt", ContentFile(b"Satzung"))
    factories.picture("Ein Platz")
    for name in ("Presse", "Archiv"):
        Collection.get_first_root_node().add_child(name=name)
    trainees = Group.objects.create(name="Praktikum")
    trainees.permissions.add(Permission.objects.get(codename="access_admin"))
    factories.person("praktikum@example.org", trainees)
    factories.person("verwaltung@example.org", roles.ADMINISTRATORS)
    access_requests.ask_for_access(
        organisation=organisation, site=site, name="Ana", email="ana@club.example", message="Ich bin im Vorstand."
    )
    membership.invite(organisation=organisation, email="bo@club.example", language="de", invited_by=press)

    # States of pages
    article.title = "Ein Entwurf"
    article.save_revision(user=press)
    scheduled = article.get_latest_revision_as_object()
    scheduled.go_live_at = timezone.now() + dt.timedelta(days=2)
    later = factories.article(german(NewsIndexPage), "Für übermorgen", live=False)
    later.go_live_at = timezone.now() + dt.timedelta(days=2)
    later.save_revision(user=press).publish(user=press)
    content = german(ContentPage)
    PageViewRestriction.objects.create(page=content, restriction_type="login")
    locked = factories.content(site, "Gesperrt")
    locked.locked, locked.locked_by, locked.locked_at = True, admin, timezone.now()
    locked.save()

    # What waits for review: of an organisation, and of somebody who writes news
    member = User.objects.get(email="member@example.org")
    own = member.memberships.get().organisation
    draft = own.get_latest_revision_as_object()
    draft.short_description = "Neu"
    draft.save_revision(user=member)
    moderation.submit(page=own, user=member)
    workflow, task = Workflow.objects.create(name="Vier Augen"), GroupApprovalTask.objects.create(name="Zweiter Blick")
    task.groups.set(Group.objects.filter(user=press) | Group.objects.filter(user=admin))
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    news = factories.article(german(NewsIndexPage), "Zur Prüfung", live=False)
    WorkflowPage.objects.create(workflow=workflow, page=german(NewsIndexPage))
    news.save_revision(user=press)
    workflow.start(news, press)

    # What is in the bin, and what went wrong
    for each in (factories.picture("Ein altes Bild"), Document.objects.create(title="Alt", file=document.file.name)):
        bin_media.put(media=each, user=press)
    bin_pages.put(page=factories.content(site, "Ein alter Text"), user=press)
    for by in (press, admin, User.objects.get(email="ki@example.org")):
        for number in range(2):
            Letter.objects.create(
                key=f"{by.pk}-{number}",
                content=f"{by.pk}-{number}",
                writer="none",
                to="somebody@example.org",
                subject="Ein Brief",
                message_id=new_message_id("city.example"),
                by=by,
                state=LetterState.GIVEN_UP,
                last_error="550",
                finished_at=timezone.now(),
            )
    MissedWord.objects.create(language="uk", word="велосипед", month=timezone.localdate().replace(day=1), count=9)
    ScheduleFailure.objects.create(
        act=ScheduledAct.PUBLISH,
        content_type=ContentType.objects.get_for_model(NewsPage),
        object_id=str(later.pk),
        revision=later.scheduled_revision,
        due_at=timezone.now() - dt.timedelta(hours=1),
        reasons={code: ["Das Bild fehlt."] for code in languages.BY_CODE},
    )
    for _ in range(2):
        DBTaskResult.objects.create(
            status=TaskResultStatus.FAILED,
            task_path="cms.jobs.tidying.forget_finished",
            args_kwargs={"args": [], "kwargs": {}},
            backend_name="default",
            enqueued_at=timezone.now(),
            finished_at=timezone.now(),
            run_after=timezone.now(),
            exception_class_path="builtins.ValueError",
            traceback="ValueError: it did not work",
        )
