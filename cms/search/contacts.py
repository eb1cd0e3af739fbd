"""Offices to call: those that stand at the foot of a site, and those that a public page shows."""

from collections.abc import Collection, Iterable, Iterator

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, CharField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, ReferenceIndex, Site

from cms.localization import languages
from cms.localization.localized_text import choose
from cms.pages.contacts import ContactPoint
from cms.routing.address import path_of
from cms.routing.site_settings import SiteSettings
from cms.search import changes, page_changes, page_kinds
from cms.search.changes import Stale, Watched
from cms.search.kinds import Kind, Shown
from cms.search.passages import Indexed, Part, Passage

NAME = "contact"
FOOT = "#offices"


def _references() -> QuerySet[ReferenceIndex]:
    """Those of pages to offices."""
    contacts, pages = ContentType.objects.get_for_model(ContactPoint), ContentType.objects.get_for_model(Page)
    return ReferenceIndex.objects.filter(to_content_type=contacts, base_content_type=pages)


def _at_the_foot(site: Site) -> list[ContactPoint]:
    settings = SiteSettings.objects.filter(site=site).first()
    return settings.chosen_offices() if settings else []


def _uppermost(site: Site) -> Subquery:
    """The key of the uppermost public page that shows a contact point."""
    told = _references().filter(to_object_id=Cast(OuterRef(OuterRef("pk")), CharField()))
    numbers = told.annotate(page=Cast("object_id", BigIntegerField())).values("page")
    return Subquery(page_kinds.public(site).filter(pk__in=numbers).order_by("path").values("pk")[:1])


def public(site: Site, keys: Collection[int] | None = None) -> Iterator[tuple[ContactPoint, Page | None]]:
    """Each with the page that shows it; None for those at the foot of every page."""
    foot = {contact.pk for contact in _at_the_foot(site)}
    contacts = ContactPoint.objects.all() if keys is None else ContactPoint.objects.filter(pk__in=keys)
    rows = list(contacts.order_by("pk").annotate(shown_on=_uppermost(site)))
    pages = Page.objects.in_bulk([contact.shown_on for contact in rows if contact.shown_on])
    for contact in rows:
        page = pages.get(contact.shown_on)
        if contact.pk in foot:
            yield contact, None
        elif page is not None:
            yield contact, page


def indexed(site: Site, keys: Collection[int] | None) -> Iterator[Indexed]:
    for contact, _page in public(site, keys):
        said = (
            Passage(text, code, part)
            for words, part in ((contact.office, Part.TITLE), (contact.role, Part.TEASER))
            for code, text in sorted(words.items())
            if code in languages.BY_CODE
        )
        yield Indexed(NAME, contact.pk, list(said))


def shown(site: Site, keys: Collection[int]) -> dict[int, Shown]:
    reader = languages.active().code
    return {
        contact.pk: Shown(
            choose(contact.office),
            path_of(page, reader) if page is not None else f"{path_of(site.root_page, reader)}{FOOT}",
            (choose(contact.role),) if contact.role else (),
        )
        for contact, page in public(site, keys)
    }


KIND = Kind(NAME, _("Contact"), 60, indexed, shown, keys=lambda site: [contact.pk for contact, _page in public(site)])


# What may concern them


def watch() -> None:
    changes.watch(
        Watched(ContactPoint, "id", lambda values: [Stale(NAME, frozenset(map(int, values)))]),
        Watched(SiteSettings, "id", lambda _values: [Stale(NAME)]),
        Watched(ReferenceIndex, "to_content_type_id", _of_references),
        page_changes.page_column("id", _of_pages),
        *page_changes.hiding(lambda: [Stale(NAME)]),
    )


def _of_references(values: set[str]) -> Iterable[Stale]:
    if str(ContentType.objects.get_for_model(ContactPoint).pk) in values:
        yield Stale(NAME, frozenset(ContactPoint.objects.values_list("pk", flat=True)))


def _of_pages(values: set[str]) -> Iterable[Stale]:
    shown_there = _references().filter(object_id__in=values).values_list("to_object_id", flat=True)
    yield Stale(NAME, frozenset(map(int, shown_there)))
    if Page.objects.filter(pk__in=map(int, values), numchild__gt=0).exists():
        yield Stale(NAME)
