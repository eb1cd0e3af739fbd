"""The page that all others are: facts on the source page, words in the reader's language."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef
from django.db.models.functions import Length, Substr
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PageManager, PagePermissionTester, PageQuerySet, PageViewRestriction
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from cms import addresses, draft_titles, languages, locales, provenance, sites, slugs, source_pages
from cms.bin import tree
from cms.page_memory import READ_FOR_RIGHTS, AskedOnce
from cms.page_permissions import EditorPermissionTester
from cms.references import PageForm
from cms.wording import Wording


def without_aliases(pages: PageQuerySet) -> PageQuerySet:
    """Real translations: an alias only repeats another language's words."""
    return pages.filter(alias_of__isnull=True)


def behind_restriction(path: str = "path") -> Exists:
    """Condition: the page whose tree path is ``path`` is behind a password, log-in or group, or below one that is.

    Wagtail's ``public()`` would ask for the restrictions in a query of its own, each time.
    """
    listed = ExpressionWrapper(OuterRef(path), output_field=models.CharField())
    return Exists(PageViewRestriction.objects.annotate(listed=listed).filter(listed__startswith=F("page__path")))


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
        return self.sources().live().filter(~behind_restriction())

    def for_cards(self) -> Self:
        """With everything that a card in a list shows, in a number of queries that does not grow."""
        return self

    def for_serving(self) -> Self:
        """With everything that the page itself shows beside its own fields."""
        return self

    def worded(self, language: str | None = None) -> list[Any]:
        """Evaluates to a list whose pages have their ``words`` in the reader's language: one more query, always."""
        pages = list(self)
        give_words(pages, self.model, language or languages.active().code)
        return pages


def give_words(pages: Iterable["BasePage"], model: type[Page], language: str) -> None:
    """Attaches to each source page its words in ``language`` where a live translation exists; one query."""
    by_key = {page.translation_key: page for page in pages}
    if language == languages.SOURCE or not by_key:
        return
    found = model.objects.filter(translation_key__in=by_key, locale_id=locales.id_of(language), live=True)
    translations = provenance.annotated(without_aliases(found.defer_streamfields()), language)
    for translation in translations:
        by_key[translation.translation_key].written = translation


BasePageManager = PageManager.from_queryset(BasePageQuerySet)


def path_of(page: Page, language: str) -> str:
    """Address of ``page`` under ``/<language>/``, whether or not it is translated.

    Home pages are the roots of sites and stand right below the root of the tree, so the first part of ``url_path`` is
    that of the site; unlike ``get_url_parts`` this asks the database nothing. A page of another Site than the one being
    read gets its host as well; outside of a request the path alone is given.
    """
    below_site = page.url_path.partition("/")[2].partition("/")[2]
    path = f"/{language}/{below_site}"
    owner = sites.foreign_owner(page)
    return addresses.whole(path, owner) if owner else path


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

    written: "BasePage | None" = None
    """The translation whose words are shown, attached by listings and by serving."""

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

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        tree.keep_unwritten(self)
        source_pages.settle_page(self)
        return super().save_revision(*args, **kwargs)

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
    def words(self) -> Wording:
        """The words in the reader's language where they exist, else those of the source."""
        return Wording(self.written or self)

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
        return context

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """What visitors would see, with breadcrumbs and notices of this page."""
        from cms.frame import Frame  # which stands on this module

        Frame.of(request).page = self
        return super().serve_preview(request, mode_name)

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
