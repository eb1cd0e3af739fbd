"""Pages into the bin and back: with everything below them and all translations, private meanwhile.

Nothing is published on the way back that was not public before, and no mail is sent on either way.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from treebeard.mp_tree import MP_MoveHandler
from wagtail.coreutils import find_available_slug
from wagtail.log_actions import log
from wagtail.models import Page, Site

from cms.bin import quiet, tree
from cms.bin.models import Bin, BinEntry, BinKind
from cms.localization import languages, locales
from cms.pages.steps import Act, define, follow


class Refused(Exception):
    """Says in a sentence why this cannot go into the bin, or back."""


@dataclass(frozen=True)
class Restored:
    page: Page
    notes: list[str]
    """Sentences about what is not as it was before."""


def _binned_again(*, page: int, user: Any) -> tuple[Any, ...] | None:
    found = Page.objects.exclude(tree.OUTSIDE).filter(pk=page).first()
    return (found, user) if found is not None else None


def _restored_again(*, page: int, user: Any, kept: dict[str, Any]) -> tuple[Any, ...] | None:
    found = Page.objects.filter(tree.OUTSIDE, pk=page).first()
    return (found, kept, user) if found is not None else None


def _keep(page: int, step: str, made: Any) -> None:
    for entry in BinEntry.objects.select_for_update().filter(page=page):
        entry.kept["steps"][step] = made
        entry.save(update_fields=["kept"])


BINNED = define(Act("binned", _binned_again, keep=_keep))
"""Steps get the page in the bin, and who has put it there; what they return is kept (JSON)."""
RESTORED = define(Act("restored", _restored_again, anew=("restored",)))
"""Steps get the page, what was kept by the name of the step, and the person."""


# Into the bin


@transaction.atomic
def put(*, page: Page, user: Any) -> BinEntry:
    """Moves ``page`` into the bin; asks for no right. Raises Refused."""
    found = Page.objects.select_for_update().filter(pk=page.pk).first()
    if found is None or tree.is_binned(found):
        raise Refused(_("This page is in the bin already."))
    site = Site.objects.filter(root_page__path__startswith=found.path).first()
    if site is not None or found.depth == 1:
        raise Refused(_("This page is the home page of a site and cannot be deleted."))
    tops = _tops(found)
    below = Q()
    for top in tops:
        below |= Q(path__startswith=top.path)
    kept = {
        "parents": [ancestor.pk for ancestor in found.get_ancestors().order_by("-depth")],
        "tops": [_place(top) for top in tops],
        **quiet.begin(Page.objects.filter(below)),
    }
    for top in tops:
        # Past Wagtail's ``move``: no redirect, no clash of slugs, and translations don't run after it.
        MP_MoveHandler(Page.objects.get(pk=top.pk), Page.objects.get(pk=Bin.get().pk), "last-child").process()
        moved = Page.objects.get(pk=top.pk)
        moved._update_descendant_url_paths(top.url_path, f"{tree.PREFIX}{top.slug}/")
        Page.objects.filter(pk=top.pk).update(url_path=f"{tree.PREFIX}{top.slug}/")
    moved = Page.objects.get(pk=found.pk)
    kept["steps"] = follow(BINNED, moved, user, moved, user)
    entry = BinEntry.objects.create(kind=BinKind.PAGE, title=found.title, deleted_by=user, page=moved, kept=kept)
    log(instance=moved.specific, action="cms.bin", user=user)
    return entry


def _tops(page: Page) -> list[Page]:
    """``page`` and the uppermost of all pages that go with it, in the order of the tree."""
    own = page.get_descendants(inclusive=True)
    going = {row.pk: row for row in own}
    if page.locale_id == locales.id_of(languages.SOURCE):
        keys = [row.translation_key for row in own]
        twins = Page.objects.filter(tree.OUTSIDE, translation_key__in=keys).exclude(locale_id=page.locale_id)
        going |= {row.pk: row for row in twins}
    tops: list[Page] = []
    for row in sorted(going.values(), key=lambda row: row.path):
        if not tops or not row.path.startswith(tops[-1].path):
            tops.append(row)
    return tops


def _place(page: Page) -> dict[str, Any]:
    following = page.get_siblings().filter(path__gt=page.path).order_by("path").first()
    return {"page": page.pk, "parent": page.get_parent().pk, "before": following.pk if following else None}


# Back


def home_of(entry: BinEntry) -> Page | None:
    """The page below which that of ``entry`` goes when it is restored; None when there is none that takes it."""
    page, numbers = entry.page, entry.kept["parents"]
    former = Page.objects.filter(tree.OUTSIDE, pk__in=numbers).in_bulk()
    if numbers[0] in former:
        return former[numbers[0]]
    above = [former[pk] for pk in numbers if pk in former and former[pk].depth > 1]
    if not above or page.locale_id != locales.id_of(languages.SOURCE):
        return None
    others = above[-1].get_descendants().filter(locale_id=page.locale_id).order_by("-live", "path")
    return next((parent for parent in (*above, *others) if _takes(parent, page)), None)


def _takes(parent: Page, page: Page) -> bool:
    model = parent.specific_class
    return model is not None and page.specific_class in model.allowed_subpage_models()


@transaction.atomic
def restore(*, entry: BinEntry, user: Any, private: bool = False) -> Restored:
    """Moves the page of ``entry`` and all that went with it back; asks for no right. Raises Refused.

    With ``private`` nothing of it is public afterwards, whatever was before.
    """
    entry = BinEntry.objects.select_for_update(of=("self",)).select_related("page").get(pk=entry.pk)
    notes: list[str] = []
    parent = home_of(entry)
    if parent is None:
        raise Refused(_("No page is there below which this one could stand. Restore the page above it first."))
    source_id = locales.id_of(languages.SOURCE)
    if entry.page.locale_id != source_id:
        german = Page.objects.filter(translation_key=entry.page.translation_key, locale_id=source_id).first()
        if german is not None and tree.is_binned(german):
            raise Refused(_("The German page is in the bin as well. Restore that one first."))
    if parent.pk != entry.kept["parents"][0]:
        notes.append(
            _("The page above it is gone. It stands below “%(title)s” now.") % {"title": parent.specific.title}
        )
    _go_back(entry.page, parent, _position(entry.page, entry.kept["tops"], parent), notes)
    for place in entry.kept["tops"]:  # what does not follow by itself
        left = Page.objects.filter(pk=place["page"]).exclude(tree.OUTSIDE).first()
        above = Page.objects.filter(tree.OUTSIDE, pk=place["parent"]).first()
        if left is not None and above is not None:
            _go_back(left, above, None, notes)
    page = Page.objects.get(pk=entry.page.pk)
    quiet.end(entry.kept, private, notes)
    follow(RESTORED, page, user, page, entry.kept["steps"], user, kept=entry.kept["steps"])
    BinEntry.objects.filter(pk=entry.pk).delete()
    page = Page.objects.get(pk=page.pk).specific
    log(instance=page, action="cms.restore", user=user)
    return Restored(page, notes)


def _position(page: Page, places: Iterable[dict[str, Any]], parent: Page) -> Page | None:
    """The page before which it stood, if that still stands there."""
    before = next((place["before"] for place in places if place["page"] == page.pk), None)
    found = Page.objects.filter(pk=before).first()
    return found if found is not None and found.is_child_of(parent) else None


def _go_back(page: Page, parent: Page, before: Page | None, notes: list[str]) -> None:
    slug = find_available_slug(parent, page.slug, ignore_page_id=page.pk)
    if slug != page.slug:
        Page.objects.filter(pk=page.pk).update(slug=slug)
        notes.append(_("Its address is taken meanwhile. It ends with “%(slug)s” now.") % {"slug": slug})
    page = Page.objects.get(pk=page.pk)
    target = Page.objects.get(pk=(before or parent).pk)
    page.move(target, pos="left" if before else "last-child")


def entry_of(page: Page) -> BinEntry | None:
    """The entry with which a page has come into the bin."""
    above = Page.objects.exclude(tree.OUTSIDE).ancestor_of(page, inclusive=True).filter(depth=3).first()
    if above is None:
        return None
    for entry in BinEntry.objects.filter(kind=BinKind.PAGE):
        if any(place["page"] == above.pk for place in entry.kept["tops"]):
            return entry
    return None


# For good


@transaction.atomic
def remove(*, entry: BinEntry) -> None:
    """Deletes the page and all that went with it."""
    tops = [entry.page_id, *(place["page"] for place in entry.kept["tops"])]
    for number in tops:
        page = Page.objects.exclude(tree.OUTSIDE).filter(pk=number).first()
        if page is not None:
            page.delete()
    BinEntry.objects.filter(pk=entry.pk).delete()
