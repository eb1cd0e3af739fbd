"""The page that all others are: facts on the source page, words in the reader's language."""

import datetime as dt
from typing import Any, ClassVar, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Length, Substr
from django.forms import Form
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PageManager, PagePermissionTester, PageQuerySet, Revision, TaskState
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from cms.admin import draft_titles
from cms.admin.page_memory import READ_FOR_RIGHTS, AskedOnce
from cms.admin.page_permissions import EditorPermissionTester
from cms.bin import tree
from cms.localization import languages, locales
from cms.localization.page_words import PageWords
from cms.localization.reader_translation import ReaderTranslation
from cms.pages import slugs, source_pages
from cms.pages.references import PageForm
from cms.routing import layout, restrictions
from cms.routing.address import path_of


def without_aliases(pages: PageQuerySet) -> PageQuerySet:
    """Real translations: an alias only repeats another language's words."""
    return pages.filter(alias_of__isnull=True)


def has_public_parent(path: str = "path") -> Exists:
    """Condition: the page right above the one whose tree path is ``path`` is live; else nobody gets there."""
    parent = Substr(OuterRef(path), 1, Length(OuterRef(path)) - Page.steplen)
    return Exists(Page.objects.annotate(wanted=parent).filter(live=True, path=F("wanted")))


class BasePageQuerySet(PageQuerySet):
    """Reads that every page type shares. Listings begin with ``sources()``."""

    def only(self, *fields: Any) -> Self:
        """Never without what rights are read from: each page of a list would ask for that once more."""
        return super().only(*fields, *READ_FOR_RIGHTS)

    def sources(self) -> Self:
        """The pages that hold the facts: those in the source language; none that lies in the bin."""
        return self.filter(tree.OUTSIDE, locale_id=locales.id_of(languages.SOURCE))

    def listed(self) -> Self:
        """Source pages that visitors may see in lists: live and not behind a password or log-in."""
        return self.sources().live().filter(restrictions.unrestricted())

    def for_cards(self) -> Self:
        """With everything that a card in a list shows, in a number of queries that does not grow."""
        return self

    def for_serving(self) -> Self:
        """With everything that the page itself shows beside its own fields."""
        return self

    def with_words(self) -> Self:
        """With what each page's ``words`` in the reader's language are read from: one query, none in German."""
        return self.prefetch_related("reader_translation")


BasePageManager = PageManager.from_queryset(BasePageQuerySet)


class BasePage(AskedOnce, Page):
    """What all page types have: a teaser, search title and description, facts and words."""

    teaser = models.TextField(
        _("teaser"), blank=True, max_length=300, help_text=_("One or two sentences for cards and lists.")
    )
    is_example = models.BooleanField(_("example"), default=False, editable=False)

    objects = BasePageManager()
    base_form_class = PageForm

    content_panels = [*Page.content_panels, FieldPanel("teaser")]
    found_by = [FieldPanel("slug", widget=slugs.widget()), FieldPanel("search_description")]
    navigation_panel = MultiFieldPanel([FieldPanel("show_in_menus")], _("Navigation"))
    promote_panels = [MultiFieldPanel([*found_by, FieldPanel("seo_title")], _("For search engines")), navigation_panel]
    search_fields = [*Page.search_fields, index.SearchField("teaser"), index.AutocompleteField("teaser")]
    override_translatable_fields = [
        SynchronizedField("slug", overridable=False),
        SynchronizedField("show_in_menus", overridable=False),
        SynchronizedField("is_example", overridable=False),
        TranslatableField("teaser"),
        TranslatableField("search_description"),
    ]

    title_is_name: ClassVar[bool] = False
    """Whether the title is a proper name, which no translation has of its own: a fact."""

    by_machine = False
    """Whether only a machine has written these words; with ``outdated_since`` known where visitors see them."""
    outdated_since: dt.datetime | None = None
    """Since when the German text says something else."""

    reader_translation = ReaderTranslation()
    """The translation whose words lists show of a source page."""

    class Meta:
        abstract = True

    permission_tester: ClassVar[type[PagePermissionTester]] = EditorPermissionTester

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        """What ``permission_tester`` says; in the bin nobody may do anything with a page."""
        if tree.is_binned(self):
            return PagePermissionTester(AnonymousUser(), self)
        return self.permission_tester(user, self)

    def get_admin_display_title(self) -> str:
        """That of the draft, for those who may edit it."""
        return str(super().get_admin_display_title() if draft_titles.may_know(self) else self.title)

    def _set_core_field_defaults(self) -> None:
        if not self.slug and self.path:
            self.slug = self._get_autogenerated_slug(slugs.of(self.title) or slugs.WITHOUT_LETTERS)
        super()._set_core_field_defaults()

    def save(self, *args: Any, **kwargs: Any) -> None:
        tree.keep_private(self)
        super().save(*args, **kwargs)

    def save_revision(self, *args: Any, overwrite_revision: Revision | None = None, **kwargs: Any) -> Any:
        """What waits for review stays as it was sent: autosave does not write into it, but makes a new revision."""
        tree.keep_unwritten(self)
        source_pages.point_page_to_sources(self)
        waiting = {"status": TaskState.STATUS_IN_PROGRESS}
        if overwrite_revision is not None and overwrite_revision.task_states.filter(**waiting).exists():
            overwrite_revision = None
        return super().save_revision(*args, overwrite_revision=overwrite_revision, **kwargs)

    def clean(self) -> None:
        """A title is one line, whatever was pasted: it stands in subjects of mails and in calendars."""
        super().clean()
        self.title, self.seo_title = " ".join(self.title.split()), " ".join(self.seo_title.split())

    @cached_property
    def facts(self) -> Self:
        """The source page, which holds the facts; the page itself when it is the source or has none."""
        if self.locale_id == locales.id_of(languages.SOURCE):
            return self
        source = type(self).objects.sources().filter(translation_key=self.translation_key).first()
        return source or self

    @property
    def words(self) -> PageWords:
        """The words in the reader's language where they exist, else those of the source."""
        return PageWords(self.reader_translation or self)

    @property
    def language(self) -> languages.Language:
        """The language in which this page is written."""
        return languages.get(locales.code_of(self.locale_id))

    def path_in(self, language: str) -> str:
        """Address of this page under ``/<language>/``, whether or not it is translated."""
        return path_of(self.facts, language)

    @property
    def reader_path(self) -> str:
        """Path of this page in the reader's language."""
        return self.path_in(languages.active().code)

    def path_to(self, view: str, *values: Any) -> str:
        """The same of a view of a page that has routes."""
        routed: Any = self
        return f"{self.reader_path}{routed.reverse_subpage(view, args=values)}"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context.update({"facts": self.facts, "words": self.words, "meta": self.meta(request)})
        context["layout"] = layout.around(request, page=self)
        return context

    def serve_password_required_response(self, request: HttpRequest, form: Form, action_url: str) -> TemplateResponse:
        """Asks for the password; unlike Wagtail's own it has nothing of the page at hand, not even its description."""
        context = {"form": form, "action_url": action_url}
        return TemplateResponse(request, "wagtailcore/password_required.html", context)

    def meta(self, request: HttpRequest) -> dict[str, Any]:
        """What goes into ``<head>``: title, description and the structured data of this page."""
        words = self.words
        name = words.title if self.title_is_name else words.seo_title or words.title
        return {
            "title": words.saying(name.plain),
            "description": words.search_description or words.teaser,
            "structured_data": self.structured_data(request),
        }

    def structured_data(self, request: HttpRequest) -> dict[str, Any] | None:
        """A schema.org object that describes this page; None when there is nothing apt."""
        return None
