"""Deleting after anything that can happen to a page: no row is left that points to one that is gone."""

import datetime as dt
import random
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import GroupApprovalTask, Page, PageViewRestriction, Workflow, WorkflowTask

from dates.models import EventPage
from directory.models import OrganisationPage
from home.models import ContentPage
from news.article import RelatedPage
from news.models import NewsPage
from tests import factories
from translations import publishing
from translations.models import TranslationStatus
from translations.segments import read_source, segments_of, source_of
from translations.tree import structure

pytestmark = pytest.mark.django_db
LANGUAGES = ("ar", "en", "de-simple")


class Content:
    """A site on which acts are done at random, on rows read anew like those of a request."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 (to be repeated)
        self.site = factories.municipality()
        self.indexes = {
            NewsPage: factories.news_index(self.site),
            EventPage: factories.event_index(self.site),
            OrganisationPage: factories.directory(self.site),
            ContentPage: factories.content(self.site, "Rat und Hilfe"),
        }
        self.user = factories.administrator()
        self.done: list[str] = []
        for _ in range(6):
            self.add()

    def acts(self) -> list[Callable[[], None]]:
        names = (
            "add draft publish unpublish schedule submit begin translate publish_translation adapt move relate "
            "restrict redirect forget_status delete delete_translation delete_index alias save_row bare_publish"
        )
        return [getattr(self, name) for name in names.split()]

    def act(self) -> None:
        act = self.random.choice(self.acts())
        self.done.append(act.__name__)
        try:
            with transaction.atomic():
                act()
        except (publishing.Locked, publishing.NotPublishable, ValidationError):
            self.done[-1] += " refused"
        connection.check_constraints()

    def pick(self, *, german: bool = True, live: bool | None = None) -> Any:
        kinds = tuple(self.indexes)
        pages = Page.objects.filter(depth__gt=3).order_by("pk").specific()
        pages = [page for page in pages if isinstance(page, kinds)]
        pages = [page for page in pages if (page.locale.language_code == "de") == german]
        if live is not None:
            pages = [page for page in pages if page.live == live]
        return self.random.choice(pages) if pages else None

    def add(self) -> None:
        model = self.random.choice(list(self.indexes))
        parent = self.indexes[model]
        if not Page.objects.filter(pk=parent.pk).exists():
            return
        fields: dict[str, Any] = {NewsPage: {"lead": "Anfang"}, EventPage: {"start": timezone.now()}}.get(model, {})
        number = self.random.randrange(10**9)
        page = factories.page(parent, model, f"Seite {number}", live=False, **fields)
        if self.random.random() < 0.7:
            page.save_revision(user=self.user).publish(user=self.user)

    def draft(self) -> None:
        if page := self.pick():
            page.title = f"{page.title} neu"[:100]
            page.save_revision(user=self.user)

    def publish(self) -> None:
        if page := self.pick():
            page.save_revision(user=self.user).publish(user=self.user)

    def bare_publish(self) -> None:
        if page := Page.objects.filter(pk=getattr(self.pick(), "pk", None)).first():
            page.live = True
            page.save()

    def save_row(self) -> None:
        if page := self.pick(german=False):
            page.save()

    def unpublish(self) -> None:
        if page := self.pick(german=self.random.random() < 0.5, live=True):
            page.unpublish()

    def schedule(self) -> None:
        if page := self.pick():
            page.go_live_at = timezone.now() + dt.timedelta(days=1)
            page.save_revision(user=self.user).publish(user=self.user)

    def submit(self) -> None:
        page = self.pick(german=self.random.random() < 0.7)
        if page is None or page.alias_of_id or page.workflow_in_progress:
            return
        workflow = Workflow.objects.filter(name="Prüfen").first()
        if workflow is None:
            workflow = Workflow.objects.create(name="Prüfen")
            WorkflowTask.objects.create(workflow=workflow, task=GroupApprovalTask.objects.create(name="Prüfen"))
        page.save_revision(user=self.user)
        workflow.start(page, self.user)

    def begin(self) -> None:
        if page := self.pick():
            structure.begin(page, self.random.choice(LANGUAGES))

    def adapt(self) -> None:
        if page := self.pick():
            structure.adapt(page, "de-simple")

    def translate(self) -> None:
        page, language = self.pick(), self.random.choice(LANGUAGES)
        if page is None:
            return
        segments = segments_of(source_of(page) or read_source(page), language)
        words = {segment.place: "كلمات" for segment in segments}
        twin = structure.translation_of(page, language)
        if twin is None or not (structure.is_adapted(twin) or twin.locked):
            publishing.save_words(page=page, language=language, words=words, user=self.user)

    def publish_translation(self) -> None:
        if (page := self.pick(german=False)) and page.latest_revision:
            page.latest_revision.publish(user=self.user)

    def alias(self) -> None:
        page = self.pick()
        if page and not page.get_translations().filter(locale__language_code="tr").exists():
            page.copy_for_translation(factories.Locale.objects.get(language_code="tr"), copy_parents=True, alias=True)

    def move(self) -> None:
        page = self.pick()
        if isinstance(page, ContentPage) and page.pk != self.indexes[ContentPage].pk:
            target = self.random.choice([self.site.root_page, self.indexes[ContentPage]])
            if Page.objects.filter(pk=target.pk).exists():
                page.move(Page.objects.get(pk=target.pk), pos="last-child")

    def relate(self) -> None:
        articles = list(NewsPage.objects.order_by("pk"))
        page = self.pick()
        if articles and isinstance(page, OrganisationPage | EventPage):
            article = self.random.choice(articles)
            article.related.add(RelatedPage(page=page))
            article.save(clean=False)

    def restrict(self) -> None:
        if page := self.pick():
            PageViewRestriction.objects.create(page=page, restriction_type="login")

    def redirect(self) -> None:
        if page := self.pick(german=self.random.random() < 0.5):
            Redirect.objects.create(old_path=f"/alt/{self.random.randrange(10**9)}", redirect_page=page)

    def forget_status(self) -> None:
        if page := self.pick():
            TranslationStatus.objects.filter(page=page).delete()

    def delete(self) -> None:
        if page := self.pick():
            way = self.random.choice(["specific", "page", "queryset", "user"])
            if way == "queryset":
                type(page).objects.filter(pk=page.pk).delete()
            elif way == "page":
                Page.objects.get(pk=page.pk).delete()
            else:
                page.delete(**({"user": self.user} if way == "user" else {}))
            self.done[-1] += f" {type(page).__name__} by {way}, live {page.live}"

    def delete_translation(self) -> None:
        if page := self.pick(german=False):
            self.done[-1] += f" {type(page).__name__} {page.locale.language_code}"
            page.delete()

    def delete_index(self) -> None:
        if self.random.random() < 0.2:
            index = self.random.choice(list(self.indexes.values()))
            if found := Page.objects.filter(pk=index.pk).first():
                found.delete()
                self.done[-1] += f" {type(index).__name__}"


@pytest.mark.parametrize("seed", range(12))
def test_no_row_points_to_what_has_been_deleted(seed: int) -> None:
    content = Content(seed)
    for _ in range(60):
        try:
            content.act()
        except Exception as error:
            raise AssertionError(f"seed {seed}: {content.done[-12:]}") from error
    assert any(act.startswith("delete") for act in content.done)
